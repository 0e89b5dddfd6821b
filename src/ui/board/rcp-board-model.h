/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/rcp-busy-times.h"
#include "base/rcp-clock.h"
#include "clinic/rcp-day.h"
#include "rcp-column-set.h"

G_BEGIN_DECLS

/**
 * RcpBoardItem:
 * @visit: the visit
 * @column: its column
 * @lane: which of the lanes side by side, where visits overlap
 * @n_lanes: how many lanes share the width there
 * @start: minutes after the day's beginning; see rcp_board_model_get_minute()
 * @end: the minute at which it is over
 */
typedef struct
{
  RcpVisit *visit;
  guint column;
  guint lane;
  guint n_lanes;
  int start;
  int end;
} RcpBoardItem;

/* A time of one column that is open or free, in the same minutes; half-open. */
typedef struct
{
  int start;
  int end;
} RcpBoardSpan;

/* Working time that a provider's calendar keeps. */
typedef struct
{
  RcpBoardSpan span;
  RcpBusyKind kind;
} RcpBoardBusy;

/* One step of the keyboard: a visit, free time to book, blocked time, or time that a calendar keeps. */
typedef struct
{
  RcpBoardSpan span;
  RcpVisit *visit; /* NULL: free time, or a block */
  const RcpBlock *block; /* what the time is kept for; or NULL */
  const RcpBoardBusy *busy; /* what a calendar keeps there, tentative on free time; or NULL */
} RcpBoardStop;

typedef enum
{
  RCP_BOARD_LOADING,
  RCP_BOARD_READY,
  RCP_BOARD_FAILED,
} RcpBoardState;

typedef enum
{
  RCP_BOARD_DAY,
  RCP_BOARD_WEEK,
} RcpBoardPeriod;

typedef enum
{
  RCP_BOARD_MOVE_UP,
  RCP_BOARD_MOVE_DOWN,
  RCP_BOARD_MOVE_BACK,    /* to the column before, in reading direction */
  RCP_BOARD_MOVE_FORWARD, /* to the column after */
  RCP_BOARD_MOVE_FIRST,
  RCP_BOARD_MOVE_LAST,
} RcpBoardMove;

/**
 * RcpBoardModel:
 *
 * The rules of the board, without a widget: which days, which columns, where each visit lies, what is open, where the
 * keyboard is. A column is one provider or room on one day; those of a day stand together. Somebody (RcpBoardFeed) tells it
 * what the record holds of its days, from rcp_board_model_get_first_date() on.
 *
 * Signals: "columns-changed", "contents-changed", "cursor-moved", "date-changed" (the day that is looked at),
 * "range-changed" (the days are others), "now-changed", "state-changed".
 */
#define RCP_TYPE_BOARD_MODEL (rcp_board_model_get_type ())
G_DECLARE_FINAL_TYPE (RcpBoardModel, rcp_board_model, RCP, BOARD_MODEL, GObject)

RcpBoardModel *rcp_board_model_new (RcpClock *clock, GTimeZone *zone);
void rcp_board_model_set_zone (RcpBoardModel *self, GTimeZone *zone);
GTimeZone *rcp_board_model_get_zone (RcpBoardModel *self);

void rcp_board_model_set_date (RcpBoardModel *self, const GDate *date);
const GDate *rcp_board_model_get_date (RcpBoardModel *self);
/* Whole days or weeks, as one is shown. */
void rcp_board_model_step (RcpBoardModel *self, int steps);
void rcp_board_model_go_today (RcpBoardModel *self);
gboolean rcp_board_model_is_today (RcpBoardModel *self); /* one of the days that are seen */

/* A day, or the week around it: those of its days on which anybody works or a visit lies. */
void rcp_board_model_set_period (RcpBoardModel *self, RcpBoardPeriod period);
RcpBoardPeriod rcp_board_model_get_period (RcpBoardModel *self);
/* With which a week begins; that of the locale until it is set. */
void rcp_board_model_set_first_weekday (RcpBoardModel *self, GDateWeekday weekday);
/* The days whose contents it wants to be told: also those without columns. */
const GDate *rcp_board_model_get_first_date (RcpBoardModel *self);
guint rcp_board_model_get_n_days (RcpBoardModel *self);
gboolean rcp_board_model_has_instant (RcpBoardModel *self, gint64 instant); /* whether it is on one of them */

/* Columns: RcpProvider, or RcpRoom (rooms or devices), in order. A set says which of the three, and hides the others; NULL: every
 * provider. */
void rcp_board_model_set_providers (RcpBoardModel *self, GListModel *providers);
void rcp_board_model_set_rooms (RcpBoardModel *self, GListModel *rooms);
void rcp_board_model_set_columns (RcpBoardModel *self, RcpColumnSet *set);
RcpColumnSet *rcp_board_model_get_columns (RcpBoardModel *self); /* or NULL */
/* Of RcpVisitType: some are for patients only who were not here before. */
void rcp_board_model_set_visit_types (RcpBoardModel *self, GListModel *visit_types);
gboolean rcp_board_model_is_for_new_patient (RcpBoardModel *self, RcpVisit *visit);
guint rcp_board_model_get_n_columns (RcpBoardModel *self);
guint rcp_board_model_get_n_owners (RcpBoardModel *self); /* providers or rooms: columns of one day */
const GDate *rcp_board_model_get_column_date (RcpBoardModel *self, guint column); /* NULL: there is no such column */
gboolean rcp_board_model_is_column_today (RcpBoardModel *self, guint column);
guint rcp_board_model_get_n_providers (RcpBoardModel *self); /* hidden ones too */
RcpProvider *rcp_board_model_get_provider (RcpBoardModel *self, guint column); /* NULL in the column of a room */
RcpRoom *rcp_board_model_get_room (RcpBoardModel *self, guint column);         /* NULL in the column of a provider */
const char *rcp_board_model_get_column_name (RcpBoardModel *self, guint column);
const char *rcp_board_model_get_column_detail (RcpBoardModel *self, guint column); /* the specialty; or "" */
RcpPlace *rcp_board_model_get_column_place (RcpBoardModel *self, guint column);    /* or NULL */
gboolean rcp_board_model_is_by_room (RcpBoardModel *self);   /* or by device */
gboolean rcp_board_model_is_by_device (RcpBoardModel *self);
RcpProvider *rcp_board_model_find_provider (RcpBoardModel *self, RcpVisit *visit); /* of any column, or NULL */
gboolean rcp_board_model_find_column (RcpBoardModel *self, RcpVisit *visit, guint *column);

/* Several changes at once: "contents-changed" is emitted once, by the last thaw. */
void rcp_board_model_freeze (RcpBoardModel *self);
void rcp_board_model_thaw (RcpBoardModel *self);

/* What the days hold. @visits: of RcpVisit, sorted by start, or NULL; followed while it is set. */
void rcp_board_model_set_visits (RcpBoardModel *self, GListModel *visits);
/* Working time of a provider or room: (element-type RcpTimeRange). */
void rcp_board_model_set_open_ranges (RcpBoardModel *self, const char *schedule_id, GArray *ranges);
/* Blocked time of a provider or room, by start: (element-type RcpBlock). */
void rcp_board_model_set_blocks (RcpBoardModel *self, const char *schedule_id, GArray *blocks);
/* By start; valid until "contents-changed". */
const RcpBlock *rcp_board_model_get_blocks (RcpBoardModel *self, guint column, guint *n_blocks);
/* What the calendars of providers keep of their working time, in the order of time; followed while it is set. */
void rcp_board_model_set_busy_times (RcpBoardModel *self, RcpBusyTimes *times);
const RcpBoardBusy *rcp_board_model_get_busy (RcpBoardModel *self, guint column, guint *n_busy); /* until "contents-changed" */
char *rcp_board_model_describe_busy (RcpBoardModel *self, guint column, const RcpBoardBusy *busy); /* "Busy": (transfer full) */
gboolean rcp_board_stop_is_free (const RcpBoardStop *stop);                                        /* whether it is to be booked */
RcpBoardSpan rcp_board_model_get_block_span (RcpBoardModel *self, guint column, const RcpBlock *block);
const char *rcp_board_model_get_schedule_id (RcpBoardModel *self, guint column);
void rcp_board_model_set_state (RcpBoardModel *self, RcpBoardState state, const GError *error);
RcpBoardState rcp_board_model_get_state (RcpBoardModel *self);
const GError *rcp_board_model_get_error (RcpBoardModel *self);

/* Sorted by start; valid until "contents-changed" or "columns-changed". */
const RcpBoardItem *rcp_board_model_get_items (RcpBoardModel *self, guint column, guint *n_items);
const RcpBoardSpan *rcp_board_model_get_open_spans (RcpBoardModel *self, guint column, guint *n_spans);
/* Of the day of a column, all of its columns. */
guint rcp_board_model_count_day (RcpBoardModel *self, guint column, gboolean *is_closed);
gboolean rcp_board_model_is_closed (RcpBoardModel *self); /* loaded, and no column is open or holds a visit */
guint rcp_board_model_get_n_visits (RcpBoardModel *self);
/* Visits that no column shows, because their provider has none; or that are in no room. */
guint rcp_board_model_get_n_homeless (RcpBoardModel *self);
/* Minutes that the board should show: whole hours. */
RcpBoardSpan rcp_board_model_get_hours (RcpBoardModel *self);

/* Minutes of a column's day to instants and back. Days side by side count by the clock, so that a time is at one height in all of
 * them; of a single one every hour has its place, also on the day on which the clock is changed. */
gint64 rcp_board_model_get_instant (RcpBoardModel *self, guint column, int minute);
int rcp_board_model_get_minute (RcpBoardModel *self, guint column, gint64 instant);
RcpTimeRange rcp_board_model_get_time (RcpBoardModel *self, guint column, RcpBoardSpan span);
/* What the clock says at a minute of the scale: an instant of a day on which it is not changed. */
gint64 rcp_board_model_get_scale_instant (RcpBoardModel *self, int minute);
/* From when to when, and on which day where there are several; to be read aloud: (transfer full). */
char *rcp_board_model_describe_time (RcpBoardModel *self, RcpTimeRange range);
/* The minute of now; -1 when today is not shown. */
int rcp_board_model_get_now (RcpBoardModel *self);
void rcp_board_model_tick (RcpBoardModel *self);

/* The cursor: a visit or free time that the keyboard is at. */
gboolean rcp_board_model_get_cursor (RcpBoardModel *self, guint *column, RcpBoardStop *stop);
void rcp_board_model_set_cursor (RcpBoardModel *self, guint column, int minute);
void rcp_board_model_set_cursor_visit (RcpBoardModel *self, RcpVisit *visit);
void rcp_board_model_clear_cursor (RcpBoardModel *self);
gboolean rcp_board_model_move (RcpBoardModel *self, RcpBoardMove move);
/* The stops of a column from top to bottom: (transfer full) (element-type RcpBoardStop). */
GArray *rcp_board_model_collect_stops (RcpBoardModel *self, guint column);

/* The visit that is looked at in the side panel; kept by id over refreshes. */
void rcp_board_model_set_selected (RcpBoardModel *self, const char *visit_id);
const char *rcp_board_model_get_selected (RcpBoardModel *self);
RcpVisit *rcp_board_model_find_visit (RcpBoardModel *self, const char *visit_id);

G_END_DECLS
