/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Where the keyboard is on the board, and where it goes. */

#define G_LOG_DOMAIN "rcp-board-cursor"

#include "config.h"

#include "rcp-board-lanes.h"
#include "rcp-board-model-private.h"

/* Whether the cursor is there. Time that is kept may begin where a visit does, or within one: what kind of stop it is counts first. */
static gboolean
stop_matches (RcpBoardModel *self, const RcpBoardStop *stop, gboolean of_any_kind)
{
  if (self->cursor_visit)
    return stop->visit && g_strcmp0 (rcp_visit_get_id (stop->visit), self->cursor_visit) == 0;
  if (!of_any_kind && (stop->visit || (stop->busy != NULL) != self->cursor_at_busy))
    return FALSE;
  return stop->span.start <= self->cursor_minute && self->cursor_minute < stop->span.end;
}

static int
find_stop (RcpBoardModel *self, GArray *stops)
{
  for (int of_any_kind = FALSE; of_any_kind <= TRUE; of_any_kind++)
    for (guint i = 0; i < stops->len; i++)
      if (stop_matches (self, &g_array_index (stops, RcpBoardStop, i), of_any_kind))
        return (int) i;
  return -1;
}

static int
find_nearest_stop (GArray *stops, int minute)
{
  int best = -1, best_distance = G_MAXINT;

  for (guint i = 0; i < stops->len; i++)
    {
      const RcpBoardSpan *span = &g_array_index (stops, RcpBoardStop, i).span;
      int distance = minute < span->start ? span->start - minute : minute >= span->end ? minute - span->end + 1 : 0;

      if (distance < best_distance)
        {
          best = (int) i;
          best_distance = distance;
        }
    }
  return best;
}

/* The day that is looked at is that of the keyboard. */
static void
place_cursor (RcpBoardModel *self, guint column, const RcpBoardStop *stop)
{
  const GDate *date = rcp_board_model_get_column_date (self, column);
  gboolean is_other_day = g_date_compare (date, &self->date) != 0;

  self->date = *date;
  self->has_cursor = TRUE;
  self->cursor_column = column;
  self->cursor_minute = stop->span.start;
  self->cursor_at_busy = stop->busy != NULL;
  g_free (self->cursor_visit);
  self->cursor_visit = stop->visit ? g_strdup (rcp_visit_get_id (stop->visit)) : NULL;
  rcp_board_model_emit (self, RCP_BOARD_CURSOR_MOVED);
  if (is_other_day)
    rcp_board_model_emit (self, RCP_BOARD_DATE_CHANGED);
}

/**
 * rcp_board_model_get_cursor:
 * @self: a board
 * @column: (out): its column
 * @stop: (out): the visit or the free time there, borrowed
 *
 * Returns: whether the cursor is at something that still is there
 */
gboolean
rcp_board_model_get_cursor (RcpBoardModel *self, guint *column, RcpBoardStop *stop)
{
  g_autoptr (GArray) stops = NULL;
  int index;

  if (!self->has_cursor)
    return FALSE;
  stops = rcp_board_model_collect_stops (self, self->cursor_column);
  index = find_stop (self, stops);
  if (index < 0)
    return FALSE;
  *column = self->cursor_column;
  *stop = g_array_index (stops, RcpBoardStop, index);
  return TRUE;
}

void
rcp_board_model_set_cursor (RcpBoardModel *self, guint column, int minute)
{
  g_autoptr (GArray) stops = rcp_board_model_collect_stops (self, column);
  int index = find_nearest_stop (stops, minute);

  if (index >= 0)
    place_cursor (self, column, &g_array_index (stops, RcpBoardStop, index));
}

void
rcp_board_model_set_cursor_visit (RcpBoardModel *self, RcpVisit *visit)
{
  RcpBoardStop stop = { .visit = visit };
  guint column;

  if (!rcp_board_model_find_column (self, visit, &column))
    return;
  stop.span.start = rcp_board_model_get_minute (self, column, rcp_visit_get_range (visit).start);
  place_cursor (self, column, &stop);
}

void
rcp_board_model_clear_cursor (RcpBoardModel *self)
{
  self->has_cursor = FALSE;
  self->cursor_column = 0;
  g_clear_pointer (&self->cursor_visit, g_free);
  rcp_board_model_emit (self, RCP_BOARD_CURSOR_MOVED);
}

/* Columns without a single stop (a provider's day off) are stepped over. */
static gboolean
move_across (RcpBoardModel *self, int step)
{
  for (int column = (int) self->cursor_column + step; column >= 0 && column < (int) self->columns->len; column += step)
    {
      g_autoptr (GArray) stops = rcp_board_model_collect_stops (self, (guint) column);
      int index = find_nearest_stop (stops, self->cursor_minute);

      if (index >= 0)
        {
          place_cursor (self, (guint) column, &g_array_index (stops, RcpBoardStop, index));
          return TRUE;
        }
    }
  return FALSE;
}

static gboolean
move_along (RcpBoardModel *self, RcpBoardMove move)
{
  g_autoptr (GArray) stops = rcp_board_model_collect_stops (self, self->cursor_column);
  int at = find_stop (self, stops);
  int to;

  if (stops->len == 0)
    return FALSE;
  if (at < 0)
    at = find_nearest_stop (stops, self->cursor_minute);
  to = move == RCP_BOARD_MOVE_FIRST ? 0
       : move == RCP_BOARD_MOVE_LAST ? (int) stops->len - 1
       : move == RCP_BOARD_MOVE_UP ? at - 1
                                   : at + 1;
  if (to < 0 || to >= (int) stops->len)
    return FALSE;
  place_cursor (self, self->cursor_column, &g_array_index (stops, RcpBoardStop, to));
  return TRUE;
}

static gboolean
enter_board (RcpBoardModel *self)
{
  int now = rcp_board_model_get_now (self);

  for (guint i = rcp_board_model_find_first_column (self); i < self->columns->len && !self->has_cursor; i++)
    rcp_board_model_set_cursor (self, i, now >= 0 ? now : RCP_BOARD_USUAL_START);
  for (guint i = 0; i < self->columns->len && !self->has_cursor; i++)
    rcp_board_model_set_cursor (self, i, RCP_BOARD_USUAL_START);
  return self->has_cursor;
}

/* To the same provider or room and time of the day that is looked at now. */
void
rcp_board_model_bring_cursor (RcpBoardModel *self)
{
  RcpBoardColumn *from = self->has_cursor ? rcp_board_model_get_column (self, self->cursor_column) : NULL;

  for (guint i = rcp_board_model_find_first_column (self); from && i < self->columns->len; i++)
    if (g_strcmp0 (rcp_board_column_get_schedule_id (rcp_board_model_get_column (self, i)), rcp_board_column_get_schedule_id (from)) == 0)
      {
        self->cursor_column = i;
        g_clear_pointer (&self->cursor_visit, g_free);
        rcp_board_model_set_cursor (self, i, self->cursor_minute);
        return;
      }
}

/**
 * rcp_board_model_move:
 * @self: a board
 * @move: where to
 *
 * Returns: whether the cursor moved
 */
gboolean
rcp_board_model_move (RcpBoardModel *self, RcpBoardMove move)
{
  g_return_val_if_fail (RCP_IS_BOARD_MODEL (self), FALSE);

  if (!self->has_cursor)
    return enter_board (self);
  if (move == RCP_BOARD_MOVE_BACK)
    return move_across (self, -1);
  if (move == RCP_BOARD_MOVE_FORWARD)
    return move_across (self, 1);
  return move_along (self, move);
}

GArray *
rcp_board_model_collect_stops (RcpBoardModel *self, guint index)
{
  RcpBoardColumn *column = rcp_board_model_get_column (self, index);
  GArray *stops;

  if (!column)
    return g_array_new (FALSE, TRUE, sizeof (RcpBoardStop));
  stops = rcp_board_lanes_collect_stops (column->items, column->open, RCP_BOARD_GRAIN);
  rcp_board_model_add_block_stops (self, index, stops);
  rcp_board_model_add_busy_stops (self, index, stops);
  return stops;
}
