/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rcp-board-model"

#include "config.h"

#include "rcp-board-model.h"

#include "rcp-board-lanes.h"

#include <string.h>

/* What a board shows at least, in minutes, so that turning the page does not move the scale. */
#define USUAL_START (8 * 60)
#define USUAL_END (18 * 60)
#define GRAIN 15

typedef struct
{
  RcpProvider *provider;
  GArray *items; /* of RcpBoardItem */
  GArray *open;  /* of RcpBoardSpan */
} Column;

struct _RcpBoardModel
{
  GObject parent_instance;

  RcpClock *clock;
  GTimeZone *zone;
  GDate date;
  RcpTimeRange range; /* of the date */
  GListModel *providers;
  char *place_filter;
  char *specialty_filter;
  GPtrArray *columns; /* of Column */
  GListModel *visits;
  gulong visits_handler;
  GHashTable *open_ranges; /* schedule id to GArray of RcpTimeRange */
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

G_DEFINE_FINAL_TYPE (RcpBoardModel, rcp_board_model, G_TYPE_OBJECT)

enum
{
  COLUMNS_CHANGED,
  CONTENTS_CHANGED,
  CURSOR_MOVED,
  DATE_CHANGED,
  NOW_CHANGED,
  STATE_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
column_free (gpointer data)
{
  Column *column = data;

  g_object_unref (column->provider);
  g_array_unref (column->items);
  g_array_unref (column->open);
  g_free (column);
}

static void
clear_item (gpointer data)
{
  g_clear_object (&((RcpBoardItem *) data)->visit);
}

static Column *
column_new (RcpProvider *provider)
{
  Column *column = g_new0 (Column, 1);

  column->provider = g_object_ref (provider);
  column->items = g_array_new (FALSE, TRUE, sizeof (RcpBoardItem));
  g_array_set_clear_func (column->items, clear_item);
  column->open = g_array_new (FALSE, TRUE, sizeof (RcpBoardSpan));
  return column;
}

static Column *
get_column (RcpBoardModel *self, guint index)
{
  return index < self->columns->len ? g_ptr_array_index (self->columns, index) : NULL;
}

static gboolean
passes_filter (RcpBoardModel *self, RcpProvider *provider)
{
  RcpPlace *place = rcp_provider_get_place (provider);

  if (self->place_filter && (!place || g_strcmp0 (rcp_place_get_id (place), self->place_filter) != 0))
    return FALSE;
  return !self->specialty_filter || g_strcmp0 (rcp_provider_get_specialty (provider), self->specialty_filter) == 0;
}

static gboolean
is_at_place (RcpProvider *provider, RcpVisit *visit)
{
  RcpPlace *place = rcp_provider_get_place (provider);

  return place && g_strcmp0 (rcp_place_get_id (place), rcp_visit_get_location_id (visit)) == 0;
}

/* By practitioner; by place as well where he or she has several columns. */
static RcpProvider *
find_provider (RcpBoardModel *self, RcpVisit *visit)
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

static void
add_visit (RcpBoardModel *self, RcpVisit *visit)
{
  RcpTimeRange range = rcp_visit_get_range (visit);
  RcpBoardItem item = { visit, 0, 0, 1, 0, 0 };
  Column *column;

  if (!rcp_time_range_overlaps (range, self->range))
    return;
  if (!rcp_board_model_find_column (self, visit, &item.column))
    {
      if (!find_provider (self, visit))
        self->n_homeless++;
      return;
    }
  column = get_column (self, item.column);
  item.visit = g_object_ref (visit);
  item.start = rcp_board_model_get_minute (self, MAX (range.start, self->range.start));
  item.end = MAX (item.start + 5, rcp_board_model_get_minute (self, MIN (range.end, self->range.end)));
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

static void
lay_visits (RcpBoardModel *self)
{
  guint n_visits = self->visits ? g_list_model_get_n_items (self->visits) : 0;

  self->n_homeless = 0;
  for (guint i = 0; i < self->columns->len; i++)
    g_array_set_size (get_column (self, i)->items, 0);
  for (guint i = 0; i < n_visits; i++)
    {
      g_autoptr (RcpVisit) visit = g_list_model_get_item (self->visits, i);

      add_visit (self, visit);
    }
  for (guint i = 0; i < self->columns->len; i++)
    {
      GArray *items = get_column (self, i)->items;

      g_array_sort (items, compare_items);
      rcp_board_lanes_lay (items);
    }
}

static void
lay_open (RcpBoardModel *self, Column *column)
{
  GArray *ranges = g_hash_table_lookup (self->open_ranges, rcp_provider_get_schedule_id (column->provider));

  g_array_set_size (column->open, 0);
  for (guint i = 0; ranges && i < ranges->len; i++)
    {
      RcpTimeRange range = g_array_index (ranges, RcpTimeRange, i);
      RcpBoardSpan span;

      if (!rcp_time_range_overlaps (range, self->range))
        continue;
      span.start = rcp_board_model_get_minute (self, MAX (range.start, self->range.start));
      span.end = rcp_board_model_get_minute (self, MIN (range.end, self->range.end));
      g_array_append_val (column->open, span);
    }
}

static void
contents_changed (RcpBoardModel *self)
{
  self->is_dirty = self->frozen > 0;
  if (!self->is_dirty)
    g_signal_emit (self, signals[CONTENTS_CHANGED], 0);
}

static void
rebuild_columns (RcpBoardModel *self)
{
  guint n_providers = self->providers ? g_list_model_get_n_items (self->providers) : 0;

  g_ptr_array_set_size (self->columns, 0);
  for (guint i = 0; i < n_providers; i++)
    {
      g_autoptr (RcpProvider) provider = g_list_model_get_item (self->providers, i);

      if (passes_filter (self, provider))
        {
          g_ptr_array_add (self->columns, column_new (provider));
          lay_open (self, get_column (self, self->columns->len - 1));
        }
    }
  lay_visits (self);
  if (self->cursor_column >= self->columns->len)
    rcp_board_model_clear_cursor (self);
  g_signal_emit (self, signals[COLUMNS_CHANGED], 0);
  contents_changed (self);
}

static void
on_visits_changed_cb (RcpBoardModel *self)
{
  lay_visits (self);
  contents_changed (self);
}

static void
drop_visits (RcpBoardModel *self)
{
  if (self->visits)
    g_clear_signal_handler (&self->visits_handler, self->visits);
  g_clear_object (&self->visits);
}

static void
update_range (RcpBoardModel *self)
{
  self->range = rcp_time_range_of_day (&self->date, self->zone);
}

static void
rcp_board_model_dispose (GObject *object)
{
  RcpBoardModel *self = RCP_BOARD_MODEL (object);

  drop_visits (self);
  g_clear_object (&self->providers);
  g_clear_object (&self->clock);
  g_ptr_array_set_size (self->columns, 0);
  G_OBJECT_CLASS (rcp_board_model_parent_class)->dispose (object);
}

static void
rcp_board_model_finalize (GObject *object)
{
  RcpBoardModel *self = RCP_BOARD_MODEL (object);

  g_ptr_array_unref (self->columns);
  g_hash_table_unref (self->open_ranges);
  g_time_zone_unref (self->zone);
  g_clear_error (&self->error);
  g_free (self->place_filter);
  g_free (self->specialty_filter);
  g_free (self->cursor_visit);
  g_free (self->selected);
  G_OBJECT_CLASS (rcp_board_model_parent_class)->finalize (object);
}

static void
rcp_board_model_class_init (RcpBoardModelClass *klass)
{
  static const char *const names[N_SIGNALS] = {
    "columns-changed", "contents-changed", "cursor-moved", "date-changed", "now-changed", "state-changed",
  };
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = rcp_board_model_dispose;
  object_class->finalize = rcp_board_model_finalize;
  for (guint i = 0; i < N_SIGNALS; i++)
    signals[i] = g_signal_new (names[i], RCP_TYPE_BOARD_MODEL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
rcp_board_model_init (RcpBoardModel *self)
{
  self->columns = g_ptr_array_new_with_free_func (column_free);
  self->open_ranges = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_array_unref);
  self->now = -1;
}

/**
 * rcp_board_model_new:
 * @clock: the time
 * @zone: of the clinic
 *
 * Returns: (transfer full): a board that shows today, without columns
 */
RcpBoardModel *
rcp_board_model_new (RcpClock *clock, GTimeZone *zone)
{
  RcpBoardModel *self;

  g_return_val_if_fail (RCP_IS_CLOCK (clock), NULL);

  self = g_object_new (RCP_TYPE_BOARD_MODEL, NULL);
  self->clock = g_object_ref (clock);
  self->zone = g_time_zone_ref (zone);
  rcp_time_get_day (rcp_clock_get_now (clock), zone, &self->date);
  update_range (self);
  self->now = rcp_board_model_get_now (self);
  return self;
}

void
rcp_board_model_set_zone (RcpBoardModel *self, GTimeZone *zone)
{
  g_return_if_fail (RCP_IS_BOARD_MODEL (self));

  g_time_zone_ref (zone);
  g_time_zone_unref (self->zone);
  self->zone = zone;
  update_range (self);
  rebuild_columns (self);
}

GTimeZone *
rcp_board_model_get_zone (RcpBoardModel *self)
{
  return self->zone;
}

/**
 * rcp_board_model_set_date:
 * @self: a board
 * @date: the day to show
 *
 * Turns the page. The visits and open times of the day before stay until somebody sets those of this one; a feed does so from its cache
 * inside of "date-changed", before anything is drawn.
 */
void
rcp_board_model_set_date (RcpBoardModel *self, const GDate *date)
{
  g_return_if_fail (RCP_IS_BOARD_MODEL (self));
  g_return_if_fail (date && g_date_valid (date));

  if (g_date_compare (&self->date, date) == 0)
    return;
  self->date = *date;
  update_range (self);
  self->now = rcp_board_model_get_now (self);
  drop_visits (self);
  g_hash_table_remove_all (self->open_ranges);
  for (guint i = 0; i < self->columns->len; i++)
    lay_open (self, get_column (self, i));
  lay_visits (self);
  g_clear_pointer (&self->cursor_visit, g_free);
  rcp_board_model_freeze (self);
  g_signal_emit (self, signals[DATE_CHANGED], 0);
  contents_changed (self);
  rcp_board_model_thaw (self);
}

const GDate *
rcp_board_model_get_date (RcpBoardModel *self)
{
  return &self->date;
}

void
rcp_board_model_go (RcpBoardModel *self, int days)
{
  GDate date = self->date;

  if (days < 0)
    g_date_subtract_days (&date, (guint) -days);
  else
    g_date_add_days (&date, (guint) days);
  rcp_board_model_set_date (self, &date);
}

void
rcp_board_model_go_today (RcpBoardModel *self)
{
  GDate today;

  rcp_time_get_day (rcp_clock_get_now (self->clock), self->zone, &today);
  rcp_board_model_set_date (self, &today);
}

gboolean
rcp_board_model_is_today (RcpBoardModel *self)
{
  return rcp_board_model_get_now (self) >= 0;
}

void
rcp_board_model_set_providers (RcpBoardModel *self, GListModel *providers)
{
  g_return_if_fail (RCP_IS_BOARD_MODEL (self));

  g_set_object (&self->providers, providers);
  rebuild_columns (self);
}

void
rcp_board_model_set_filter (RcpBoardModel *self, const char *place_id, const char *specialty)
{
  g_return_if_fail (RCP_IS_BOARD_MODEL (self));

  if (g_strcmp0 (place_id, self->place_filter) == 0 && g_strcmp0 (specialty, self->specialty_filter) == 0)
    return;
  g_free (self->place_filter);
  self->place_filter = g_strdup (place_id);
  g_free (self->specialty_filter);
  self->specialty_filter = g_strdup (specialty);
  rebuild_columns (self);
}

const char *
rcp_board_model_get_place_filter (RcpBoardModel *self)
{
  return self->place_filter;
}

const char *
rcp_board_model_get_specialty_filter (RcpBoardModel *self)
{
  return self->specialty_filter;
}

guint
rcp_board_model_get_n_columns (RcpBoardModel *self)
{
  return self->columns->len;
}

guint
rcp_board_model_get_n_providers (RcpBoardModel *self)
{
  return self->providers ? g_list_model_get_n_items (self->providers) : 0;
}

RcpProvider *
rcp_board_model_get_provider (RcpBoardModel *self, guint index)
{
  Column *column = get_column (self, index);

  return column ? column->provider : NULL;
}

gboolean
rcp_board_model_find_column (RcpBoardModel *self, RcpVisit *visit, guint *column)
{
  RcpProvider *provider = find_provider (self, visit);

  for (guint i = 0; provider && i < self->columns->len; i++)
    if (get_column (self, i)->provider == provider)
      {
        *column = i;
        return TRUE;
      }
  return FALSE;
}

void
rcp_board_model_freeze (RcpBoardModel *self)
{
  g_return_if_fail (RCP_IS_BOARD_MODEL (self));

  self->frozen++;
}

void
rcp_board_model_thaw (RcpBoardModel *self)
{
  g_return_if_fail (RCP_IS_BOARD_MODEL (self));
  g_return_if_fail (self->frozen > 0);

  if (--self->frozen == 0 && self->is_dirty)
    contents_changed (self);
}

static gboolean
ranges_equal (GArray *a, GArray *b)
{
  return a && a->len == b->len && (a->len == 0 || memcmp (a->data, b->data, a->len * sizeof (RcpTimeRange)) == 0);
}

void
rcp_board_model_set_visits (RcpBoardModel *self, GListModel *visits)
{
  g_return_if_fail (RCP_IS_BOARD_MODEL (self));
  g_return_if_fail (!visits || G_IS_LIST_MODEL (visits));

  drop_visits (self);
  if (visits)
    {
      self->visits = g_object_ref (visits);
      self->visits_handler = g_signal_connect_object (visits, "items-changed", G_CALLBACK (on_visits_changed_cb), self,
                                                      G_CONNECT_SWAPPED);
    }
  lay_visits (self);
  contents_changed (self);
}

void
rcp_board_model_set_open_ranges (RcpBoardModel *self, const char *schedule_id, GArray *ranges)
{
  g_return_if_fail (RCP_IS_BOARD_MODEL (self));
  g_return_if_fail (schedule_id != NULL);

  if (ranges_equal (g_hash_table_lookup (self->open_ranges, schedule_id), ranges))
    return;
  g_hash_table_insert (self->open_ranges, g_strdup (schedule_id), g_array_copy (ranges));
  for (guint i = 0; i < self->columns->len; i++)
    if (g_strcmp0 (rcp_provider_get_schedule_id (get_column (self, i)->provider), schedule_id) == 0)
      lay_open (self, get_column (self, i));
  contents_changed (self);
}

void
rcp_board_model_set_state (RcpBoardModel *self, RcpBoardState state, const GError *error)
{
  g_return_if_fail (RCP_IS_BOARD_MODEL (self));

  if (self->state == state && !error && !self->error)
    return;
  g_clear_error (&self->error);
  self->error = error ? g_error_copy (error) : NULL;
  self->state = state;
  g_signal_emit (self, signals[STATE_CHANGED], 0);
}

RcpBoardState
rcp_board_model_get_state (RcpBoardModel *self)
{
  return self->state;
}

const GError *
rcp_board_model_get_error (RcpBoardModel *self)
{
  return self->error;
}

const RcpBoardItem *
rcp_board_model_get_items (RcpBoardModel *self, guint index, guint *n_items)
{
  Column *column = get_column (self, index);

  *n_items = column ? column->items->len : 0;
  return column ? (const RcpBoardItem *) (gpointer) column->items->data : NULL;
}

const RcpBoardSpan *
rcp_board_model_get_open_spans (RcpBoardModel *self, guint index, guint *n_spans)
{
  Column *column = get_column (self, index);

  *n_spans = column ? column->open->len : 0;
  return column ? (const RcpBoardSpan *) (gpointer) column->open->data : NULL;
}

gboolean
rcp_board_model_is_closed (RcpBoardModel *self)
{
  if (self->state != RCP_BOARD_READY || self->columns->len == 0)
    return FALSE;
  for (guint i = 0; i < self->columns->len; i++)
    if (get_column (self, i)->items->len > 0 || get_column (self, i)->open->len > 0)
      return FALSE;
  return TRUE;
}

guint
rcp_board_model_get_n_visits (RcpBoardModel *self)
{
  guint n_visits = 0;

  for (guint i = 0; i < self->columns->len; i++)
    n_visits += get_column (self, i)->items->len;
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
  RcpBoardSpan hours = { USUAL_START, USUAL_END };

  for (guint i = 0; i < self->columns->len; i++)
    {
      Column *column = get_column (self, i);

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

gint64
rcp_board_model_get_instant (RcpBoardModel *self, int minute)
{
  return self->range.start + (gint64) minute * 60 * G_USEC_PER_SEC;
}

int
rcp_board_model_get_minute (RcpBoardModel *self, gint64 instant)
{
  return (int) ((instant - self->range.start) / (60 * G_USEC_PER_SEC));
}

int
rcp_board_model_get_now (RcpBoardModel *self)
{
  gint64 now = rcp_clock_get_now (self->clock);

  return now >= self->range.start && now < self->range.end ? rcp_board_model_get_minute (self, now) : -1;
}

/**
 * rcp_board_model_tick:
 * @self: a board
 *
 * Looks at the clock; "now-changed" when another minute has come.
 */
void
rcp_board_model_tick (RcpBoardModel *self)
{
  int now = rcp_board_model_get_now (self);

  if (now == self->now)
    return;
  self->now = now;
  g_signal_emit (self, signals[NOW_CHANGED], 0);
}

static gboolean
stop_matches (RcpBoardModel *self, const RcpBoardStop *stop)
{
  if (self->cursor_visit)
    return stop->visit && g_strcmp0 (rcp_visit_get_id (stop->visit), self->cursor_visit) == 0;
  return stop->span.start <= self->cursor_minute && self->cursor_minute < stop->span.end;
}

static int
find_stop (RcpBoardModel *self, GArray *stops)
{
  for (guint i = 0; i < stops->len; i++)
    if (stop_matches (self, &g_array_index (stops, RcpBoardStop, i)))
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

static void
place_cursor (RcpBoardModel *self, guint column, const RcpBoardStop *stop)
{
  self->has_cursor = TRUE;
  self->cursor_column = column;
  self->cursor_minute = stop->span.start;
  g_free (self->cursor_visit);
  self->cursor_visit = stop->visit ? g_strdup (rcp_visit_get_id (stop->visit)) : NULL;
  g_signal_emit (self, signals[CURSOR_MOVED], 0);
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
  stop.span.start = rcp_board_model_get_minute (self, rcp_visit_get_range (visit).start);
  place_cursor (self, column, &stop);
}

void
rcp_board_model_clear_cursor (RcpBoardModel *self)
{
  self->has_cursor = FALSE;
  self->cursor_column = 0;
  g_clear_pointer (&self->cursor_visit, g_free);
  g_signal_emit (self, signals[CURSOR_MOVED], 0);
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

  for (guint i = 0; i < self->columns->len && !self->has_cursor; i++)
    rcp_board_model_set_cursor (self, i, now >= 0 ? now : USUAL_START);
  return self->has_cursor;
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
  Column *column = get_column (self, index);

  if (!column)
    return g_array_new (FALSE, TRUE, sizeof (RcpBoardStop));
  return rcp_board_lanes_collect_stops (column->items, column->open, GRAIN);
}

void
rcp_board_model_set_selected (RcpBoardModel *self, const char *visit_id)
{
  if (g_strcmp0 (visit_id, self->selected) == 0)
    return;
  g_free (self->selected);
  self->selected = g_strdup (visit_id);
  g_signal_emit (self, signals[CURSOR_MOVED], 0);
}

const char *
rcp_board_model_get_selected (RcpBoardModel *self)
{
  return self->selected;
}

RcpVisit *
rcp_board_model_find_visit (RcpBoardModel *self, const char *visit_id)
{
  for (guint i = 0; i < self->columns->len; i++)
    {
      GArray *items = get_column (self, i)->items;

      for (guint j = 0; j < items->len; j++)
        {
          RcpVisit *visit = g_array_index (items, RcpBoardItem, j).visit;

          if (g_strcmp0 (rcp_visit_get_id (visit), visit_id) == 0)
            return visit;
        }
    }
  return NULL;
}
