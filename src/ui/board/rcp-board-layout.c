/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which columns there are, and what lies in each. */

#define G_LOG_DOMAIN "rcp-board-layout"

#include "config.h"

#include "rcp-board-lanes.h"
#include "rcp-board-model-private.h"

static gboolean
is_at_place (RcpProvider *provider, RcpVisit *visit)
{
  RcpPlace *place = rcp_provider_get_place (provider);

  return place && g_strcmp0 (rcp_place_get_id (place), rcp_visit_get_location_id (visit)) == 0;
}

/* By practitioner; by place as well where he or she has several columns. */
RcpProvider *
rcp_board_model_find_provider (RcpBoardModel *self, RcpVisit *visit)
{
  const char *practitioner = rcp_visit_get_practitioner_id (visit);
  guint n_providers = self->providers ? g_list_model_get_n_items (self->providers) : 0;
  RcpProvider *found = NULL;

  for (guint i = 0; practitioner && i < n_providers; i++)
    {
      g_autoptr (RcpProvider) provider = g_list_model_get_item (self->providers, i);

      if (g_strcmp0 (rcp_provider_get_practitioner_id (provider), practitioner) != 0)
        continue;
      if (!found || (is_at_place (provider, visit) && !is_at_place (found, visit)))
        found = provider;
    }
  return found;
}

static gboolean
has_column (RcpBoardModel *self, RcpVisit *visit)
{
  guint n_rooms = self->rooms && rcp_board_model_is_by_room (self) ? g_list_model_get_n_items (self->rooms) : 0;

  if (!rcp_board_model_is_by_room (self))
    return rcp_board_model_find_provider (self, visit) != NULL;
  for (guint i = 0; i < n_rooms; i++)
    {
      g_autoptr (RcpRoom) room = g_list_model_get_item (self->rooms, i);

      if (rcp_columns_by_takes (rcp_column_set_get_by (self->column_set), room) && rcp_room_is_used_by (room, visit))
        return TRUE;
    }
  return FALSE;
}

static void
add_visit (RcpBoardModel *self, RcpVisit *visit)
{
  RcpTimeRange range = rcp_visit_get_range (visit);
  RcpBoardItem item = { visit, 0, 0, 1, 0, 0 };
  RcpBoardColumn *column;
  const RcpBoardDay *day;

  if (!rcp_time_range_overlaps (range, (RcpTimeRange) { g_array_index (self->days, RcpBoardDay, 0).range.start,
                                                        g_array_index (self->days, RcpBoardDay, self->days->len - 1).range.end }))
    return;
  if (!rcp_board_model_find_column (self, visit, &item.column))
    {
      if (!has_column (self, visit))
        self->n_homeless++;
      return;
    }
  column = rcp_board_model_get_column (self, item.column);
  day = rcp_board_model_get_day_of (self, column);
  item.visit = g_object_ref (visit);
  item.start = rcp_board_model_get_minute_of_day (self, day, MAX (range.start, day->range.start));
  item.end = MAX (item.start + 5, rcp_board_model_get_minute_of_day (self, day, MIN (range.end, day->range.end)));
  g_array_append_val (column->items, item);
}

static int
compare_items (gconstpointer a, gconstpointer b)
{
  const RcpBoardItem *first = a, *second = b;

  if (first->start != second->start)
    return first->start < second->start ? -1 : 1;
  if (first->end != second->end)
    return first->end > second->end ? -1 : 1;
  return g_strcmp0 (rcp_visit_get_id (first->visit), rcp_visit_get_id (second->visit));
}

void
rcp_board_model_lay_visits (RcpBoardModel *self)
{
  guint n_visits = self->visits ? g_list_model_get_n_items (self->visits) : 0;

  self->n_homeless = 0;
  for (guint i = 0; i < self->columns->len; i++)
    g_array_set_size (rcp_board_model_get_column (self, i)->items, 0);
  for (guint i = 0; i < n_visits; i++)
    {
      g_autoptr (RcpVisit) visit = g_list_model_get_item (self->visits, i);

      add_visit (self, visit);
    }
  for (guint i = 0; i < self->columns->len; i++)
    {
      GArray *items = rcp_board_model_get_column (self, i)->items;

      g_array_sort (items, compare_items);
      rcp_board_lanes_lay (items);
    }
}

const RcpBoardItem *
rcp_board_model_get_items (RcpBoardModel *self, guint index, guint *n_items)
{
  RcpBoardColumn *column = rcp_board_model_get_column (self, index);

  *n_items = column ? column->items->len : 0;
  return column ? (const RcpBoardItem *) (gpointer) column->items->data : NULL;
}

const RcpBoardSpan *
rcp_board_model_get_open_spans (RcpBoardModel *self, guint index, guint *n_spans)
{
  RcpBoardColumn *column = rcp_board_model_get_column (self, index);

  *n_spans = column ? column->open->len : 0;
  return column ? (const RcpBoardSpan *) (gpointer) column->open->data : NULL;
}

/**
 * rcp_board_model_count_day:
 * @self: a board
 * @column: a column
 * @is_closed: (out): whether nobody works on its day, and no visit lies on it; %FALSE before that is known
 *
 * Returns: how many visits the columns of that day hold
 */
guint
rcp_board_model_count_day (RcpBoardModel *self, guint index, gboolean *is_closed)
{
  RcpBoardColumn *column = rcp_board_model_get_column (self, index);
  guint n_visits = 0, n_open = 0;

  for (guint i = 0; column && i < self->columns->len; i++)
    if (rcp_board_model_get_column (self, i)->day == column->day)
      {
        n_visits += rcp_board_model_get_column (self, i)->items->len;
        n_open += rcp_board_model_get_column (self, i)->open->len;
      }
  *is_closed = self->state == RCP_BOARD_READY && n_visits == 0 && n_open == 0;
  return n_visits;
}

gboolean
rcp_board_model_is_closed (RcpBoardModel *self)
{
  if (self->state != RCP_BOARD_READY || self->columns->len == 0)
    return FALSE;
  for (guint i = 0; i < self->columns->len; i++)
    if (rcp_board_model_get_column (self, i)->items->len > 0 || rcp_board_model_get_column (self, i)->open->len > 0)
      return FALSE;
  return TRUE;
}

guint
rcp_board_model_get_n_visits (RcpBoardModel *self)
{
  guint n_visits = 0;

  for (guint i = 0; i < self->columns->len; i++)
    n_visits += rcp_board_model_get_column (self, i)->items->len;
  return n_visits;
}

guint
rcp_board_model_get_n_homeless (RcpBoardModel *self)
{
  return self->n_homeless;
}

RcpBoardSpan
rcp_board_model_get_hours (RcpBoardModel *self)
{
  RcpBoardSpan hours = { RCP_BOARD_USUAL_START, RCP_BOARD_USUAL_END };

  for (guint i = 0; i < self->columns->len; i++)
    {
      RcpBoardColumn *column = rcp_board_model_get_column (self, i);

      for (guint j = 0; j < column->open->len; j++)
        {
          hours.start = MIN (hours.start, g_array_index (column->open, RcpBoardSpan, j).start);
          hours.end = MAX (hours.end, g_array_index (column->open, RcpBoardSpan, j).end);
        }
      for (guint j = 0; j < column->items->len; j++)
        {
          hours.start = MIN (hours.start, g_array_index (column->items, RcpBoardItem, j).start);
          hours.end = MAX (hours.end, g_array_index (column->items, RcpBoardItem, j).end);
        }
    }
  hours.start -= hours.start % 60;
  hours.end = (hours.end + 59) / 60 * 60;
  return hours;
}
