/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which columns there are: providers, rooms or devices, as the set of columns says, and when each is open. */

#define G_LOG_DOMAIN "rcp-board-columns"

#include "config.h"

#include "rcp-board-model-private.h"

void
rcp_board_column_free (gpointer data)
{
  RcpBoardColumn *column = data;

  g_clear_object (&column->provider);
  g_clear_object (&column->room);
  g_array_unref (column->items);
  g_array_unref (column->open);
  g_array_unref (column->busy);
  g_free (column);
}

static void
clear_item (gpointer data)
{
  g_clear_object (&((RcpBoardItem *) data)->visit);
}

static RcpBoardColumn *
column_new (gpointer owner, guint day)
{
  RcpBoardColumn *column = g_new0 (RcpBoardColumn, 1);

  column->day = day;
  if (RCP_IS_ROOM (owner))
    column->room = g_object_ref (owner);
  else
    column->provider = g_object_ref (owner);
  column->items = g_array_new (FALSE, TRUE, sizeof (RcpBoardItem));
  g_array_set_clear_func (column->items, clear_item);
  column->open = g_array_new (FALSE, TRUE, sizeof (RcpBoardSpan));
  column->busy = g_array_new (FALSE, FALSE, sizeof (RcpBoardBusy));
  return column;
}

const char *
rcp_board_column_get_schedule_id (RcpBoardColumn *column)
{
  return column->room ? rcp_room_get_schedule_id (column->room) : rcp_provider_get_schedule_id (column->provider);
}

RcpPlace *
rcp_board_column_get_place (RcpBoardColumn *column)
{
  return column->room ? rcp_room_get_place (column->room) : rcp_provider_get_place (column->provider);
}

gboolean
rcp_board_model_is_by_room (RcpBoardModel *self)
{
  return self->column_set && rcp_column_set_get_by (self->column_set) != RCP_COLUMNS_BY_PROVIDER;
}

gboolean
rcp_board_model_is_by_device (RcpBoardModel *self)
{
  return self->column_set && rcp_column_set_get_by (self->column_set) == RCP_COLUMNS_BY_DEVICE;
}

static void
add_range (RcpBoardModel *self, RcpBoardColumn *column, RcpTimeRange range)
{
  const RcpBoardDay *day = rcp_board_model_get_day_of (self, column);
  RcpBoardSpan span;

  if (!rcp_time_range_overlaps (range, day->range))
    return;
  span.start = rcp_board_model_get_minute_of_day (self, day, MAX (range.start, day->range.start));
  span.end = rcp_board_model_get_minute_of_day (self, day, MIN (range.end, day->range.end));
  g_array_append_val (column->open, span);
}

static int
compare_spans (gconstpointer a, gconstpointer b)
{
  return ((const RcpBoardSpan *) a)->start - ((const RcpBoardSpan *) b)->start;
}

static void
join_spans (GArray *spans)
{
  guint n_kept = 0;

  g_array_sort (spans, compare_spans);
  for (guint i = 0; i < spans->len; i++)
    {
      RcpBoardSpan span = g_array_index (spans, RcpBoardSpan, i);
      RcpBoardSpan *last = n_kept > 0 ? &g_array_index (spans, RcpBoardSpan, n_kept - 1) : NULL;

      if (last && span.start <= last->end)
        last->end = MAX (last->end, span.end);
      else
        g_array_index (spans, RcpBoardSpan, n_kept++) = span;
    }
  g_array_set_size (spans, n_kept);
}

static gboolean
is_same_place (RcpPlace *a, RcpPlace *b)
{
  return a && b && g_strcmp0 (rcp_place_get_id (a), rcp_place_get_id (b)) == 0;
}

/* A room that no visit type needs has no slots of its own: it is open while anybody works at its place. */
static void
lay_open_of_place (RcpBoardModel *self, RcpBoardColumn *column)
{
  guint n_providers = self->providers ? g_list_model_get_n_items (self->providers) : 0;
  RcpPlace *place = rcp_board_column_get_place (column);

  for (guint i = 0; i < n_providers; i++)
    {
      g_autoptr (RcpProvider) provider = g_list_model_get_item (self->providers, i);
      GArray *ranges = g_hash_table_lookup (self->open_ranges, rcp_provider_get_schedule_id (provider));

      for (guint j = 0; ranges && j < ranges->len && (!place || is_same_place (rcp_provider_get_place (provider), place)); j++)
        add_range (self, column, g_array_index (ranges, RcpTimeRange, j));
    }
  join_spans (column->open);
}

static void
lay_open_of_column (RcpBoardModel *self, RcpBoardColumn *column)
{
  GArray *ranges = g_hash_table_lookup (self->open_ranges, rcp_board_column_get_schedule_id (column));

  g_array_set_size (column->open, 0);
  for (guint i = 0; ranges && i < ranges->len; i++)
    add_range (self, column, g_array_index (ranges, RcpTimeRange, i));
  if (column->room && (!ranges || ranges->len == 0))
    lay_open_of_place (self, column);
}

void
rcp_board_model_lay_open (RcpBoardModel *self)
{
  self->open_is_old = FALSE;
  for (guint i = 0; i < self->columns->len; i++)
    lay_open_of_column (self, rcp_board_model_get_column (self, i));
  rcp_board_model_lay_busy (self);
}

static gboolean
is_wanted (RcpBoardModel *self, gpointer owner)
{
  RcpRoom *room = RCP_IS_ROOM (owner) ? owner : NULL;
  RcpPlace *place = room ? rcp_room_get_place (room) : rcp_provider_get_place (owner);
  const char *place_id = place ? rcp_place_get_id (place) : NULL;

  if (!self->column_set)
    return TRUE;
  if (room && !rcp_columns_by_takes (rcp_column_set_get_by (self->column_set), room))
    return FALSE;
  return rcp_column_set_has (self->column_set, place_id, room ? NULL : rcp_provider_get_specialty (owner),
                             room ? rcp_room_get_schedule_id (room) : rcp_provider_get_schedule_id (owner));
}

static void
add_columns (RcpBoardModel *self, GListModel *owners, guint day)
{
  guint n_owners = owners ? g_list_model_get_n_items (owners) : 0;

  for (guint i = 0; i < n_owners; i++)
    {
      g_autoptr (GObject) owner = g_list_model_get_item (owners, i);

      if (is_wanted (self, owner))
        g_ptr_array_add (self->columns, column_new (owner, day));
    }
}

/* Rooms come by name: those of one place stand together, in the order in which the places first come. */
static int
compare_places (gconstpointer a, gconstpointer b)
{
  RcpPlace *first = rcp_board_column_get_place (*(RcpBoardColumn **) a), *second = rcp_board_column_get_place (*(RcpBoardColumn **) b);
  guint first_day = (*(RcpBoardColumn **) a)->day, second_day = (*(RcpBoardColumn **) b)->day;

  if (first_day != second_day)
    return first_day < second_day ? -1 : 1;
  return g_strcmp0 (first ? rcp_place_get_name (first) : NULL, second ? rcp_place_get_name (second) : NULL);
}

/* The cursor goes where its column went, on the day that is looked at; when that is hidden, to the same time in the first. */
static void
follow_cursor (RcpBoardModel *self, const char *schedule)
{
  guint first = rcp_board_model_find_first_column (self);

  for (guint i = 0; i < self->columns->len; i++)
    if (rcp_board_model_get_column (self, i)->day == rcp_board_model_get_column (self, first)->day
        && g_strcmp0 (rcp_board_column_get_schedule_id (rcp_board_model_get_column (self, i)), schedule) == 0)
      {
        self->cursor_column = i;
        return;
      }
  g_clear_pointer (&self->cursor_visit, g_free);
  if (self->columns->len > 0)
    rcp_board_model_set_cursor (self, first, self->cursor_minute);
  else
    rcp_board_model_clear_cursor (self);
}

guint
rcp_board_model_find_first_column (RcpBoardModel *self)
{
  for (guint i = 0; i < self->columns->len; i++)
    if (g_date_compare (rcp_board_model_get_column_date (self, i), &self->date) == 0)
      return i;
  return 0;
}

void
rcp_board_model_rebuild_columns (RcpBoardModel *self)
{
  RcpBoardColumn *at_cursor = self->has_cursor ? rcp_board_model_get_column (self, self->cursor_column) : NULL;
  g_autofree char *schedule = at_cursor ? g_strdup (rcp_board_column_get_schedule_id (at_cursor)) : NULL;

  g_ptr_array_set_size (self->columns, 0);
  self->shown_days = rcp_board_model_choose_days (self);
  for (guint day = 0; day < self->days->len; day++)
    if (self->shown_days & (1u << day))
      add_columns (self, rcp_board_model_is_by_room (self) ? self->rooms : self->providers, day);
  if (rcp_board_model_is_by_room (self))
    g_ptr_array_sort (self->columns, compare_places);
  rcp_board_model_lay_open (self);
  rcp_board_model_lay_visits (self);
  if (!schedule && self->cursor_column >= self->columns->len)
    rcp_board_model_clear_cursor (self);
  rcp_board_model_emit (self, RCP_BOARD_COLUMNS_CHANGED);
  if (schedule)
    follow_cursor (self, schedule);
  rcp_board_model_contents_changed (self);
}

gboolean
rcp_board_model_find_column (RcpBoardModel *self, RcpVisit *visit, guint *column)
{
  RcpProvider *provider = rcp_board_model_is_by_room (self) ? NULL : rcp_board_model_find_provider (self, visit);
  RcpTimeRange range = rcp_visit_get_range (visit);

  for (guint i = 0; i < self->columns->len; i++)
    {
      RcpBoardColumn *candidate = rcp_board_model_get_column (self, i);

      if (!rcp_time_range_overlaps (range, rcp_board_model_get_day_of (self, candidate)->range))
        continue;
      if (candidate->room ? rcp_room_is_used_by (candidate->room, visit) : candidate->provider == provider)
        {
          *column = i;
          return TRUE;
        }
    }
  return FALSE;
}

guint
rcp_board_model_get_n_owners (RcpBoardModel *self)
{
  guint n_owners = 0;

  while (n_owners < self->columns->len && rcp_board_model_get_column (self, n_owners)->day == rcp_board_model_get_column (self, 0)->day)
    n_owners++;
  return n_owners;
}

RcpProvider *
rcp_board_model_get_provider (RcpBoardModel *self, guint index)
{
  RcpBoardColumn *column = rcp_board_model_get_column (self, index);

  return column ? column->provider : NULL;
}

RcpRoom *
rcp_board_model_get_room (RcpBoardModel *self, guint index)
{
  RcpBoardColumn *column = rcp_board_model_get_column (self, index);

  return column ? column->room : NULL;
}

const char *
rcp_board_model_get_column_name (RcpBoardModel *self, guint index)
{
  RcpBoardColumn *column = rcp_board_model_get_column (self, index);

  g_return_val_if_fail (column != NULL, NULL);

  return column->room ? rcp_room_get_name (column->room) : rcp_provider_get_name (column->provider);
}

const char *
rcp_board_model_get_column_detail (RcpBoardModel *self, guint index)
{
  RcpProvider *provider = rcp_board_model_get_provider (self, index);
  const char *specialty = provider ? rcp_provider_get_specialty_name (provider) : NULL;

  return specialty ? specialty : "";
}

RcpPlace *
rcp_board_model_get_column_place (RcpBoardModel *self, guint index)
{
  RcpBoardColumn *column = rcp_board_model_get_column (self, index);

  return column ? rcp_board_column_get_place (column) : NULL;
}

void
rcp_board_model_set_visit_types (RcpBoardModel *self, GListModel *visit_types)
{
  guint n_types;

  g_return_if_fail (RCP_IS_BOARD_MODEL (self));

  g_hash_table_remove_all (self->new_types);
  n_types = visit_types ? g_list_model_get_n_items (visit_types) : 0;
  for (guint i = 0; i < n_types; i++)
    {
      g_autoptr (RcpVisitType) type = g_list_model_get_item (visit_types, i);

      if (rcp_visit_type_is_for_new_patients (type) && rcp_visit_type_get_code (type))
        g_hash_table_add (self->new_types, g_strdup (rcp_visit_type_get_code (type)));
    }
}

gboolean
rcp_board_model_is_for_new_patient (RcpBoardModel *self, RcpVisit *visit)
{
  const char *code = rcp_visit_get_type_code (visit);

  return code && g_hash_table_contains (self->new_types, code);
}
