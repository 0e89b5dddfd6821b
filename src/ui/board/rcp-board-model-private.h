/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rcp-board-model.h"

G_BEGIN_DECLS

/* What a board shows at least, in minutes, so that turning the page does not move the scale. */
#define RCP_BOARD_USUAL_START (8 * 60)
#define RCP_BOARD_USUAL_END (18 * 60)
#define RCP_BOARD_GRAIN 15

typedef struct
{
  RcpProvider *provider; /* NULL in the column of a room */
  RcpRoom *room;         /* NULL in the column of a provider */
  GArray *items; /* of RcpBoardItem */
  GArray *open;  /* of RcpBoardSpan */
} RcpBoardColumn;

struct _RcpBoardModel
{
  GObject parent_instance;

  RcpClock *clock;
  GTimeZone *zone;
  GDate date;
  RcpTimeRange range; /* of the date */
  GListModel *providers;
  GListModel *rooms;
  GHashTable *new_types; /* codes of visit types for new patients */
  RcpColumnSet *column_set; /* NULL: every provider */
  GPtrArray *columns; /* of RcpBoardColumn */
  GListModel *visits;
  gulong visits_handler;
  GHashTable *open_ranges; /* schedule id to GArray of RcpTimeRange */
  GHashTable *blocks;      /* schedule id to GArray of RcpBlock */
  guint n_homeless;
  guint frozen;
  gboolean is_dirty; /* changed while frozen */
  RcpBoardState state;
  GError *error;
  int now;
  gboolean has_cursor;
  guint cursor_column;
  int cursor_minute;
  char *cursor_visit; /* id, or NULL at free time */
  char *selected;
};

typedef enum
{
  RCP_BOARD_COLUMNS_CHANGED,
  RCP_BOARD_CONTENTS_CHANGED,
  RCP_BOARD_CURSOR_MOVED,
  RCP_BOARD_DATE_CHANGED,
  RCP_BOARD_NOW_CHANGED,
  RCP_BOARD_STATE_CHANGED,
  RCP_BOARD_N_SIGNALS
} RcpBoardSignal;

void rcp_board_model_emit (RcpBoardModel *self, RcpBoardSignal signal);
/* "contents-changed", or later when frozen. */
void rcp_board_model_contents_changed (RcpBoardModel *self);
RcpBoardColumn *rcp_board_model_get_column (RcpBoardModel *self, guint index);

/* rcp-board-blocks.c */
void rcp_board_model_add_block_stops (RcpBoardModel *self, guint column, GArray *stops);
/* rcp-board-layout.c: who and what lies where */
void rcp_board_column_free (gpointer column);
const char *rcp_board_column_get_schedule_id (RcpBoardColumn *column);
RcpPlace *rcp_board_column_get_place (RcpBoardColumn *column);
gboolean rcp_board_model_is_by_room (RcpBoardModel *self);
void rcp_board_model_rebuild_columns (RcpBoardModel *self);
void rcp_board_model_lay_visits (RcpBoardModel *self);
void rcp_board_model_lay_open (RcpBoardModel *self, RcpBoardColumn *column);

G_END_DECLS
