/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-slot-pool"

#include "rcp-slot-pool.h"

#include "rcp-free-slots.h"

static const guint window_days[] = { 3, 14, 42, RCP_SEARCH_DAYS };

typedef struct
{
  GArray *slots; /* of RcpSlot */
  gboolean is_tidy;
} Column;

struct _RcpSlotPool
{
  FhirClient *client;
  RcpRoster *roster;
  gboolean has_kept; /* a free slot that a calendar keeps */
  GHashTable *columns; /* schedule id to Column */
};

/* One reading: the slots, and the visits of each patient, are under way together. */
typedef struct
{
  RcpSlotPool *pool; /* borrowed */
  guint n_under_way;
  GError *error; /* the first */
} Reading;

static void
column_free (gpointer data)
{
  Column *column = data;

  g_array_unref (column->slots);
  g_free (column);
}

RcpSlotPool *
rcp_slot_pool_new (FhirClient *client, RcpRoster *roster)
{
  RcpSlotPool *self = g_new0 (RcpSlotPool, 1);

  self->client = g_object_ref (client);
  self->roster = g_object_ref (roster);
  self->columns = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, column_free);
  return self;
}

void
rcp_slot_pool_free (RcpSlotPool *self)
{
  if (self == NULL)
    return;
  g_object_unref (self->client);
  g_object_unref (self->roster);
  g_hash_table_unref (self->columns);
  g_free (self);
}

void
rcp_slot_pool_clear (RcpSlotPool *self)
{
  g_hash_table_remove_all (self->columns);
  self->has_kept = FALSE;
}

static Column *
get_column (RcpSlotPool *self, const char *schedule_id)
{
  Column *column = g_hash_table_lookup (self->columns, schedule_id);

  if (column == NULL)
    {
      column = g_new0 (Column, 1);
      column->slots = g_array_new (FALSE, FALSE, sizeof (RcpSlot));
      g_array_set_clear_func (column->slots, (GDestroyNotify)rcp_slot_clear);
      g_hash_table_insert (self->columns, g_strdup (schedule_id), column);
    }
  return column;
}

static void
keep_slots (RcpSlotPool *self, GArray *slots)
{
  for (guint i = 0; i < slots->len; i++)
    {
      RcpSlot *slot = &g_array_index (slots, RcpSlot, i);
      Column *column = get_column (self, slot->schedule_id);

      column->is_tidy = FALSE;
      g_array_append_vals (column->slots, slot, 1);
      /* Moved, not copied. */
      *slot = (RcpSlot){ 0 };
    }
}

static int
compare_slots (gconstpointer a, gconstpointer b)
{
  const RcpSlot *left = a;
  const RcpSlot *right = b;

  if (left->range.start != right->range.start)
    return left->range.start < right->range.start ? -1 : 1;
  return g_strcmp0 (left->id, right->id);
}

/* Pages come in the server's order, and one slot may be on two of them when another desk books meanwhile. */
static void
tidy (GArray *slots)
{
  g_array_sort (slots, compare_slots);
  for (guint i = slots->len; i > 1; i--)
    if (g_strcmp0 (g_array_index (slots, RcpSlot, i - 1).id, g_array_index (slots, RcpSlot, i - 2).id) == 0)
      g_array_remove_index (slots, i - 1);
}

/* What the provider's own calendar keeps is not offered. Both are by start. */
static void
drop_kept (RcpSlotPool *self, const char *schedule_id, GArray *slots)
{
  RcpProvider *provider = rcp_roster_find_provider (self->roster, schedule_id);
  g_autoptr (GArray) taken = provider != NULL ? rcp_busy_times_dup_taken (rcp_roster_get_busy_times (self->roster),
                                                                          rcp_provider_get_practitioner_id (provider))
                                              : NULL;

  for (guint i = slots->len; taken != NULL && i > 0; i--)
    {
      RcpTimeRange range = g_array_index (slots, RcpSlot, i - 1).range;
      guint at = rcp_time_ranges_find (taken, range.start);

      if (at < taken->len && rcp_time_range_overlaps (g_array_index (taken, RcpTimeRange, at), range))
        {
          g_array_remove_index (slots, i - 1);
          self->has_kept = TRUE;
        }
    }
}

GArray *
rcp_slot_pool_get (RcpSlotPool *self, const char *schedule_id)
{
  Column *column = g_hash_table_lookup (self->columns, schedule_id);

  if (column == NULL)
    return NULL;
  if (!column->is_tidy)
    {
      tidy (column->slots);
      drop_kept (self, schedule_id, column->slots);
    }
  column->is_tidy = TRUE;
  return column->slots;
}

gboolean
rcp_slot_pool_has_kept (RcpSlotPool *self)
{
  return self->has_kept;
}

static void
reading_free (gpointer data)
{
  Reading *reading = data;

  g_clear_error (&reading->error);
  g_free (reading);
}

/* Takes @error, of one part of the reading, or NULL. */
static void
end_part (GTask *task, GError *error)
{
  Reading *reading = g_task_get_task_data (task);

  reading->n_under_way--;
  if (reading->error == NULL)
    reading->error = g_steal_pointer (&error);
  g_clear_error (&error);
  if (reading->n_under_way > 0)
    return;
  if (reading->error != NULL)
    g_task_return_error (task, g_steal_pointer (&reading->error));
  else
    g_task_return_boolean (task, TRUE);
}

static void
on_own_visits_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  rcp_own_visits_read_finish (RCP_OWN_VISITS (source), result, &error);
  end_part (task, error);
}

static void
on_slots_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Reading *reading = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GArray) slots = rcp_free_slots_read_finish (result, &error);

  if (slots != NULL)
    keep_slots (reading->pool, slots);
  end_part (task, error);
}

void
rcp_slot_pool_read_async (RcpSlotPool *self,
                          const char *schedules,
                          GArray *ranges,
                          GPtrArray *own,
                          RcpTimeRange window,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self->client, cancellable, callback, user_data);
  Reading *reading = g_new0 (Reading, 1);

  g_task_set_source_tag (task, rcp_slot_pool_read_async);
  reading->pool = self;
  reading->n_under_way = 1 + (own != NULL ? own->len : 0);
  g_task_set_task_data (task, reading, reading_free);
  for (guint i = 0; own != NULL && i < own->len; i++)
    rcp_own_visits_read_async (own->pdata[i], window, cancellable, on_own_visits_read_cb, g_object_ref (task));
  rcp_free_slots_read_async (self->client, schedules, ranges, cancellable, on_slots_read_cb, g_object_ref (task));
}

gboolean
rcp_slot_pool_read_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, rcp_slot_pool_read_async), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}

void
rcp_search_steps_start (RcpSearchSteps *self, RcpTimeRange window, gint64 lead)
{
  *self = (RcpSearchSteps){ .window = window, .read_until = window.start - lead };
}

gboolean
rcp_search_steps_are_over (const RcpSearchSteps *self)
{
  return self->read_until >= self->window.end;
}

RcpTimeRange
rcp_search_steps_next (RcpSearchSteps *self)
{
  RcpTimeRange step = { self->read_until, self->window.end };

  if (self->step + 1 < G_N_ELEMENTS (window_days))
    step.end = MIN (self->window.end, self->window.start + window_days[self->step] * G_TIME_SPAN_DAY);
  self->step++;
  self->read_until = step.end;
  return step;
}
