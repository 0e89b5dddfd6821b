/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-freed-times"

#include "config.h"

#include "rcp-freed-times.h"

#include <glib/gi18n.h>

#include "insurance/rcp-provider-network.h"
#include "ui/rcp-time-text.h"

/* More than these at once are no help to anybody. */
#define MAX_SHOWN 6

struct _RcpFreed
{
  GObject parent_instance;

  RcpProvider *provider;
  RcpTimeRange range;
  GPtrArray *candidates;
};

G_DEFINE_FINAL_TYPE (RcpFreed, rcp_freed, G_TYPE_OBJECT)

static void
rcp_freed_finalize (GObject *object)
{
  RcpFreed *self = RCP_FREED (object);

  g_clear_object (&self->provider);
  g_clear_pointer (&self->candidates, g_ptr_array_unref);
  G_OBJECT_CLASS (rcp_freed_parent_class)->finalize (object);
}

static void
rcp_freed_class_init (RcpFreedClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rcp_freed_finalize;
}

static void
rcp_freed_init (RcpFreed *self)
{
}

RcpProvider *
rcp_freed_get_provider (RcpFreed *self)
{
  g_return_val_if_fail (RCP_IS_FREED (self), NULL);
  return self->provider;
}

RcpTimeRange
rcp_freed_get_range (RcpFreed *self)
{
  g_return_val_if_fail (RCP_IS_FREED (self), ((RcpTimeRange){ 0, 0 }));
  return self->range;
}

GPtrArray *
rcp_freed_get_candidates (RcpFreed *self)
{
  g_return_val_if_fail (RCP_IS_FREED (self), NULL);
  return self->candidates;
}

char *
rcp_freed_describe (RcpFreed *self)
{
  GTimeZone *zone;
  g_autofree char *day = NULL;
  g_autofree char *time = NULL;

  g_return_val_if_fail (RCP_IS_FREED (self), NULL);

  zone = rcp_provider_get_zone (self->provider);
  day = rcp_time_text_short_day (self->range.start, zone);
  time = rcp_time_text_range (self->range, zone);
  /* Translators: day, time and provider of a time that has become free. */
  return g_strdup_printf (_ ("%s, %s with %s"), day, time, rcp_provider_get_name (self->provider));
}

/* What became free in one column. */
typedef struct
{
  RcpProvider *provider;
  GArray *ranges; /* of RcpTimeRange, normalized */
  GArray *starts; /* of gint64: where something became free, and a visit can begin; in no order */
} Column;

static void
column_free (Column *self)
{
  g_object_unref (self->provider);
  g_array_unref (self->ranges);
  g_array_unref (self->starts);
  g_free (self);
}

struct _RcpFreedTimes
{
  GObject parent_instance;

  GHashTable *columns; /* schedule id to Column */
  GListStore *list;
};

G_DEFINE_FINAL_TYPE (RcpFreedTimes, rcp_freed_times, G_TYPE_OBJECT)

static void
rcp_freed_times_finalize (GObject *object)
{
  RcpFreedTimes *self = RCP_FREED_TIMES (object);

  g_hash_table_unref (self->columns);
  g_object_unref (self->list);
  G_OBJECT_CLASS (rcp_freed_times_parent_class)->finalize (object);
}

static void
rcp_freed_times_class_init (RcpFreedTimesClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rcp_freed_times_finalize;
}

static void
rcp_freed_times_init (RcpFreedTimes *self)
{
  self->columns = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)column_free);
  self->list = g_list_store_new (RCP_TYPE_FREED);
}

RcpFreedTimes *
rcp_freed_times_new (void)
{
  return g_object_new (RCP_TYPE_FREED_TIMES, NULL);
}

static Column *
get_column (RcpFreedTimes *self, RcpProvider *provider)
{
  const char *id = rcp_provider_get_schedule_id (provider);
  Column *column = g_hash_table_lookup (self->columns, id);

  if (column != NULL)
    return column;
  column = g_new0 (Column, 1);
  column->provider = g_object_ref (provider);
  column->ranges = g_array_new (FALSE, FALSE, sizeof (RcpTimeRange));
  column->starts = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_hash_table_insert (self->columns, g_strdup (id), column);
  return column;
}

static void
add_start (Column *self, gint64 start)
{
  for (guint i = 0; i < self->starts->len; i++)
    if (g_array_index (self->starts, gint64, i) == start)
      return;
  g_array_append_val (self->starts, start);
}

/* The first start in @range, or its end when there is none. */
static gint64
find_start (Column *self, RcpTimeRange range)
{
  gint64 first = range.end;

  for (guint i = 0; i < self->starts->len; i++)
    {
      gint64 start = g_array_index (self->starts, gint64, i);

      if (start >= range.start && start < first)
        first = start;
    }
  return first;
}

void
rcp_freed_times_add (RcpFreedTimes *self, RcpProvider *provider, RcpTimeRange range)
{
  Column *column;

  g_return_if_fail (RCP_IS_FREED_TIMES (self));
  g_return_if_fail (RCP_IS_PROVIDER (provider));

  column = get_column (self, provider);
  add_start (column, range.start);
  g_array_append_val (column->ranges, range);
  rcp_time_ranges_normalize (column->ranges);
}

void
rcp_freed_times_remove (RcpFreedTimes *self, RcpProvider *provider, RcpTimeRange range)
{
  g_autoptr (GArray) holes = g_array_new (FALSE, FALSE, sizeof (RcpTimeRange));
  Column *column;
  GArray *left;

  g_return_if_fail (RCP_IS_FREED_TIMES (self));
  g_return_if_fail (RCP_IS_PROVIDER (provider));

  column = get_column (self, provider);
  add_start (column, range.end);
  g_array_append_val (holes, range);
  left = rcp_time_ranges_subtract (column->ranges, holes);
  g_array_unref (column->ranges);
  column->ranges = left;
}

void
rcp_freed_times_clear (RcpFreedTimes *self)
{
  g_return_if_fail (RCP_IS_FREED_TIMES (self));

  g_hash_table_remove_all (self->columns);
  g_list_store_remove_all (self->list);
}

static int
compare_freed (gconstpointer a, gconstpointer b)
{
  const RcpFreed *of_a = *(RcpFreed *const *)a;
  const RcpFreed *of_b = *(RcpFreed *const *)b;

  if (of_a->range.start != of_b->range.start)
    return of_a->range.start < of_b->range.start ? -1 : 1;
  return g_strcmp0 (rcp_provider_get_schedule_id (of_a->provider), rcp_provider_get_schedule_id (of_b->provider));
}

/* What is over is nobody's any more. */
static void
drop_past (Column *column, gint64 now)
{
  for (guint i = column->ranges->len; i > 0; i--)
    if (g_array_index (column->ranges, RcpTimeRange, i - 1).start < now)
      g_array_remove_index (column->ranges, i - 1);
  for (guint i = column->starts->len; i > 0; i--)
    if (g_array_index (column->starts, gint64, i - 1) < now)
      g_array_remove_index_fast (column->starts, i - 1);
}

/* Less what the provider's own calendar keeps; after that a visit begins where a slot does. */
static GArray *
list_offered (Column *column, RcpRoster *roster)
{
  g_autoptr (GArray) taken
      = rcp_busy_times_dup_taken (rcp_roster_get_busy_times (roster), rcp_provider_get_practitioner_id (column->provider));
  GArray *offered = rcp_time_ranges_subtract (column->ranges, taken);

  for (guint i = offered->len; i > 0; i--)
    {
      RcpTimeRange *range = &g_array_index (offered, RcpTimeRange, i - 1);

      range->start = find_start (column, *range);
      if (range->start == range->end)
        g_array_remove_index (offered, i - 1);
    }
  return offered;
}

static int
find_network (RcpProvider *provider, const char *name)
{
  RcpNetwork network = rcp_provider_network_find_name (provider, name);

  return network == RCP_NETWORK_IN ? 1 : network == RCP_NETWORK_OUT ? 0 : -1;
}

static void
rank_column (Column *column, GListModel *waiting, RcpRoster *roster, gint64 now, GPtrArray *all)
{
  g_autoptr (GArray) offered = NULL;

  drop_past (column, now);
  offered = list_offered (column, roster);
  for (guint i = 0; i < offered->len; i++)
    {
      RcpTimeRange range = g_array_index (offered, RcpTimeRange, i);
      g_autoptr (GPtrArray) candidates = rcp_waiting_rank (waiting, roster, column->provider, range, find_network, now);
      RcpFreed *freed;

      if (candidates->len == 0)
        continue;
      freed = g_object_new (RCP_TYPE_FREED, NULL);
      freed->provider = g_object_ref (column->provider);
      freed->range = range;
      freed->candidates = g_steal_pointer (&candidates);
      g_ptr_array_add (all, freed);
    }
}

void
rcp_freed_times_rank (RcpFreedTimes *self, GListModel *waiting, RcpRoster *roster, gint64 now)
{
  g_autoptr (GPtrArray) all = g_ptr_array_new_with_free_func (g_object_unref);
  GHashTableIter iter;
  gpointer column;

  g_return_if_fail (RCP_IS_FREED_TIMES (self));

  g_hash_table_iter_init (&iter, self->columns);
  while (g_hash_table_iter_next (&iter, NULL, &column))
    rank_column (column, waiting, roster, now, all);
  g_ptr_array_sort (all, compare_freed);
  g_list_store_splice (self->list, 0, g_list_model_get_n_items (G_LIST_MODEL (self->list)), all->pdata,
                       MIN (all->len, MAX_SHOWN));
}

GListModel *
rcp_freed_times_get_list (RcpFreedTimes *self)
{
  g_return_val_if_fail (RCP_IS_FREED_TIMES (self), NULL);
  return G_LIST_MODEL (self->list);
}
