/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rcp-board-model.h"

G_BEGIN_DECLS

/* What a board shows at least, in minutes, so that turning the page does not move the scale. */
#define RCP_BOARD_USUAL_START (8 * 60)
#define RCP_BOARD_USUAL_END (18 * 60)
#define RCP_BOARD_GRAIN 15

/* One local day, from left to right. */
typedef struct
{
  GDate date;
  RcpTimeRange range;
  gboolean is_even; /* 24 hours: minutes that passed are those of the clock */
} RcpBoardDay;

typedef struct
{
  guint day;             /* index of its RcpBoardDay */
  RcpProvider *provider; /* NULL in the column of a room */
  RcpRoom *room;         /* NULL in the column of a provider */
  GArray *items; /* of RcpBoardItem */
  GArray *open;  /* of RcpBoardSpan */
  GArray *busy;  /* of RcpBoardBusy: what calendars keep of it */
} RcpBoardColumn;

struct _RcpBoardModel
{
  GObject parent_instance;

  RcpClock *clock;
  GTimeZone *zone;
  RcpBoardPeriod period;
  GDateWeekday first_weekday;
  GDate date;   /* that is looked at: one of the days */
  GArray *days; /* of RcpBoardDay: one, or a week; also those without columns */
  GListModel *providers;
  GListModel *rooms;
  GHashTable *new_types; /* codes of visit types for new patients */
  RcpColumnSet *column_set; /* NULL: every provider */
  GPtrArray *columns; /* of RcpBoardColumn */
  GListModel *visits;
  gulong visits_handler;
  GHashTable *open_ranges; /* schedule id to GArray of RcpTimeRange, of all days */
  GHashTable *blocks;      /* schedule id to GArray of RcpBlock, of all days, by start */
  RcpBusyTimes *busy_times; /* or NULL */
  guint shown_days;        /* bits by index: the days that have columns */
  guint n_homeless;
  guint frozen;
  gboolean is_dirty; /* changed while frozen */
  gboolean open_is_old; /* the open spans of the columns */
  RcpBoardState state;
  GError *error;
  int now;
  gboolean has_cursor;
  guint cursor_column;
  int cursor_minute;
  char *cursor_visit; /* id, or NULL at free time */
  gboolean cursor_at_busy; /* at what a calendar keeps */
  char *selected;
};

typedef enum
{
  RCP_BOARD_COLUMNS_CHANGED,
  RCP_BOARD_CONTENTS_CHANGED,
  RCP_BOARD_CURSOR_MOVED,
  RCP_BOARD_DATE_CHANGED,
  RCP_BOARD_NOW_CHANGED,
  RCP_BOARD_RANGE_CHANGED,
  RCP_BOARD_STATE_CHANGED,
  RCP_BOARD_N_SIGNALS
} RcpBoardSignal;

void rcp_board_model_emit (RcpBoardModel *self, RcpBoardSignal signal);
/* "contents-changed", or later when frozen. */
void rcp_board_model_contents_changed (RcpBoardModel *self);
void rcp_board_model_turn (RcpBoardModel *self);
RcpBoardColumn *rcp_board_model_get_column (RcpBoardModel *self, guint index);

/* rcp-board-days.c: which days there are */
void rcp_board_model_lay_days (RcpBoardModel *self);
RcpBoardDay *rcp_board_model_get_day_of (RcpBoardModel *self, RcpBoardColumn *column);
/* The day that an instant is on; FALSE: none of the board's. */
gboolean rcp_board_model_find_day (RcpBoardModel *self, gint64 instant, guint *index);
int rcp_board_model_get_minute_of_day (RcpBoardModel *self, const RcpBoardDay *day, gint64 instant);
gint64 rcp_board_model_get_instant_of_day (RcpBoardModel *self, const RcpBoardDay *day, int minute);
/* Bits of the days that are to have columns. */
guint rcp_board_model_choose_days (RcpBoardModel *self);
/* rcp-board-cursor.c */
void rcp_board_model_bring_cursor (RcpBoardModel *self);
/* rcp-board-blocks.c */
void rcp_board_model_add_block_stops (RcpBoardModel *self, guint column, GArray *stops);
/* rcp-board-busy.c */
void rcp_board_model_lay_busy (RcpBoardModel *self);
void rcp_board_model_add_busy_stops (RcpBoardModel *self, guint column, GArray *stops);
/* rcp-board-layout.c: who and what lies where */
void rcp_board_column_free (gpointer column);
const char *rcp_board_column_get_schedule_id (RcpBoardColumn *column);
RcpPlace *rcp_board_column_get_place (RcpBoardColumn *column);
gboolean rcp_board_model_is_by_room (RcpBoardModel *self);
guint rcp_board_model_find_first_column (RcpBoardModel *self); /* of the day that is looked at */
void rcp_board_model_rebuild_columns (RcpBoardModel *self);
void rcp_board_model_lay_visits (RcpBoardModel *self);
void rcp_board_model_lay_open (RcpBoardModel *self);

G_END_DECLS
