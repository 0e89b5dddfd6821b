/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rcp-board-model"

#include "config.h"

#include "rcp-board-model-private.h"

#include <string.h>

#include "ui/sidebar/rcp-month-days.h"

G_DEFINE_FINAL_TYPE (RcpBoardModel, rcp_board_model, G_TYPE_OBJECT)

static guint signals[RCP_BOARD_N_SIGNALS];

void
rcp_board_model_emit (RcpBoardModel *self, RcpBoardSignal signal)
{
  g_signal_emit (self, signals[signal], 0);
}

RcpBoardColumn *
rcp_board_model_get_column (RcpBoardModel *self, guint index)
{
  return index < self->columns->len ? g_ptr_array_index (self->columns, index) : NULL;
}

/* What has come may lie on a day that has no columns yet. */
void
rcp_board_model_contents_changed (RcpBoardModel *self)
{
  self->is_dirty = self->frozen > 0;
  if (self->is_dirty)
    return;
  if (rcp_board_model_choose_days (self) != self->shown_days)
    {
      rcp_board_model_rebuild_columns (self);
      return;
    }
  if (self->open_is_old)
    rcp_board_model_lay_open (self);
  rcp_board_model_emit (self, RCP_BOARD_CONTENTS_CHANGED);
}

static void
on_visits_changed_cb (RcpBoardModel *self)
{
  rcp_board_model_lay_visits (self);
  rcp_board_model_contents_changed (self);
}

static void
drop_visits (RcpBoardModel *self)
{
  if (self->visits)
    g_clear_signal_handler (&self->visits_handler, self->visits);
  g_clear_object (&self->visits);
}

static void
rcp_board_model_dispose (GObject *object)
{
  RcpBoardModel *self = RCP_BOARD_MODEL (object);

  drop_visits (self);
  g_clear_object (&self->providers);
  g_clear_object (&self->rooms);
  g_clear_object (&self->busy_times);
  g_clear_object (&self->clock);
  g_ptr_array_set_size (self->columns, 0);
  G_OBJECT_CLASS (rcp_board_model_parent_class)->dispose (object);
}

static void
rcp_board_model_finalize (GObject *object)
{
  RcpBoardModel *self = RCP_BOARD_MODEL (object);

  g_ptr_array_unref (self->columns);
  g_array_unref (self->days);
  g_hash_table_unref (self->open_ranges);
  g_hash_table_unref (self->blocks);
  g_hash_table_unref (self->new_types);
  g_time_zone_unref (self->zone);
  g_clear_error (&self->error);
  g_clear_object (&self->column_set);
  g_free (self->cursor_visit);
  g_free (self->selected);
  G_OBJECT_CLASS (rcp_board_model_parent_class)->finalize (object);
}

static void
rcp_board_model_class_init (RcpBoardModelClass *klass)
{
  static const char *const names[RCP_BOARD_N_SIGNALS] = {
    "columns-changed", "contents-changed", "cursor-moved", "date-changed", "now-changed", "range-changed", "state-changed",
  };
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = rcp_board_model_dispose;
  object_class->finalize = rcp_board_model_finalize;
  for (guint i = 0; i < RCP_BOARD_N_SIGNALS; i++)
    signals[i] = g_signal_new (names[i], RCP_TYPE_BOARD_MODEL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
rcp_board_model_init (RcpBoardModel *self)
{
  self->columns = g_ptr_array_new_with_free_func (rcp_board_column_free);
  self->days = g_array_new (FALSE, TRUE, sizeof (RcpBoardDay));
  self->first_weekday = rcp_month_days_get_first_weekday ();
  self->open_ranges = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_array_unref);
  self->blocks = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) g_array_unref);
  self->new_types = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->now = -1;
  self->shown_days = 1;
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
  rcp_board_model_lay_days (self);
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
  rcp_board_model_lay_days (self);
  rcp_board_model_rebuild_columns (self);
}

GTimeZone *
rcp_board_model_get_zone (RcpBoardModel *self)
{
  return self->zone;
}

void
rcp_board_model_set_providers (RcpBoardModel *self, GListModel *providers)
{
  g_return_if_fail (RCP_IS_BOARD_MODEL (self));

  g_set_object (&self->providers, providers);
  rcp_board_model_rebuild_columns (self);
}

/**
 * rcp_board_model_set_columns:
 * @self: a board
 * @set: (nullable): which columns to show; %NULL for every provider
 */
void
rcp_board_model_set_columns (RcpBoardModel *self, RcpColumnSet *set)
{
  gboolean same;

  g_return_if_fail (RCP_IS_BOARD_MODEL (self));
  g_return_if_fail (!set || RCP_IS_COLUMN_SET (set));

  same = rcp_column_set_equal (set, self->column_set);
  /* The name may be another. */
  g_set_object (&self->column_set, set);
  if (!same)
    rcp_board_model_rebuild_columns (self);
}

RcpColumnSet *
rcp_board_model_get_columns (RcpBoardModel *self)
{
  return self->column_set;
}

void
rcp_board_model_set_rooms (RcpBoardModel *self, GListModel *rooms)
{
  g_return_if_fail (RCP_IS_BOARD_MODEL (self));

  g_set_object (&self->rooms, rooms);
  if (rcp_board_model_is_by_room (self))
    rcp_board_model_rebuild_columns (self);
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
    rcp_board_model_contents_changed (self);
}

/* Drops what was known of other days. */
void
rcp_board_model_turn (RcpBoardModel *self)
{
  drop_visits (self);
  g_hash_table_remove_all (self->open_ranges);
  g_hash_table_remove_all (self->blocks);
  g_clear_pointer (&self->cursor_visit, g_free);
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

  if (visits && visits == self->visits)
    return;
  drop_visits (self);
  if (visits)
    {
      self->visits = g_object_ref (visits);
      self->visits_handler = g_signal_connect_object (visits, "items-changed", G_CALLBACK (on_visits_changed_cb), self,
                                                      G_CONNECT_SWAPPED);
    }
  rcp_board_model_lay_visits (self);
  rcp_board_model_contents_changed (self);
}

void
rcp_board_model_set_open_ranges (RcpBoardModel *self, const char *schedule_id, GArray *ranges)
{
  g_return_if_fail (RCP_IS_BOARD_MODEL (self));
  g_return_if_fail (schedule_id != NULL);

  if (ranges_equal (g_hash_table_lookup (self->open_ranges, schedule_id), ranges))
    return;
  g_hash_table_insert (self->open_ranges, g_strdup (schedule_id), g_array_copy (ranges));
  self->open_is_old = TRUE;
  rcp_board_model_contents_changed (self);
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
  rcp_board_model_emit (self, RCP_BOARD_STATE_CHANGED);
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
  rcp_board_model_emit (self, RCP_BOARD_NOW_CHANGED);
}

void
rcp_board_model_set_selected (RcpBoardModel *self, const char *visit_id)
{
  if (g_strcmp0 (visit_id, self->selected) == 0)
    return;
  g_free (self->selected);
  self->selected = g_strdup (visit_id);
  rcp_board_model_emit (self, RCP_BOARD_CURSOR_MOVED);
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
      GArray *items = rcp_board_model_get_column (self, i)->items;

      for (guint j = 0; j < items->len; j++)
        {
          RcpVisit *visit = g_array_index (items, RcpBoardItem, j).visit;

          if (g_strcmp0 (rcp_visit_get_id (visit), visit_id) == 0)
            return visit;
        }
    }
  return NULL;
}
