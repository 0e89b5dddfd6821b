/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-clinic"

#include "rcp-day-span.h"

struct _RcpDaySpan
{
  GObject parent_instance;

  GPtrArray *days;
  GArray *counts; /* of guint: how many visits of each day are in the list */
};

static void rcp_day_span_list_model_init (GListModelInterface *iface);
static void rcp_day_span_range_init (RcpDayRangeInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (RcpDaySpan, rcp_day_span, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, rcp_day_span_list_model_init)
                                   G_IMPLEMENT_INTERFACE (RCP_TYPE_DAY_RANGE, rcp_day_span_range_init))

static GType
rcp_day_span_get_item_type (GListModel *model)
{
  return RCP_TYPE_VISIT;
}

/* Where the visits of a day begin; past the last: how many there are. */
static guint
get_offset (RcpDaySpan *self, guint index)
{
  guint offset = 0;

  for (guint i = 0; i < index; i++)
    offset += g_array_index (self->counts, guint, i);
  return offset;
}

static guint
rcp_day_span_get_n_items (GListModel *model)
{
  return get_offset (RCP_DAY_SPAN (model), RCP_DAY_SPAN (model)->counts->len);
}

static gpointer
rcp_day_span_get_item (GListModel *model, guint position)
{
  RcpDaySpan *self = RCP_DAY_SPAN (model);

  for (guint i = 0; i < self->counts->len; i++)
    {
      guint count = g_array_index (self->counts, guint, i);

      if (position < count)
        return g_list_model_get_item (g_ptr_array_index (self->days, i), position);
      position -= count;
    }
  return NULL;
}

static void
rcp_day_span_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = rcp_day_span_get_item_type;
  iface->get_n_items = rcp_day_span_get_n_items;
  iface->get_item = rcp_day_span_get_item;
}

static guint
rcp_day_span_get_n_days (RcpDayRange *range)
{
  return RCP_DAY_SPAN (range)->days->len;
}

static gboolean
rcp_day_span_is_loaded (RcpDayRange *range)
{
  RcpDaySpan *self = RCP_DAY_SPAN (range);

  for (guint i = 0; i < self->days->len; i++)
    if (!rcp_day_is_loaded (g_ptr_array_index (self->days, i)))
      return FALSE;
  return TRUE;
}

static gboolean
rcp_day_span_is_loading (RcpDayRange *range)
{
  RcpDaySpan *self = RCP_DAY_SPAN (range);

  for (guint i = 0; i < self->days->len; i++)
    if (rcp_day_is_loading (g_ptr_array_index (self->days, i)))
      return TRUE;
  return FALSE;
}

/* Of a day that was never read; when there is none, of one that could not be read again. */
static const GError *
rcp_day_span_get_error (RcpDayRange *range)
{
  RcpDaySpan *self = RCP_DAY_SPAN (range);
  gboolean is_loaded = rcp_day_span_is_loaded (range);

  for (guint i = 0; i < self->days->len; i++)
    {
      RcpDay *day = g_ptr_array_index (self->days, i);

      if (rcp_day_is_loaded (day) == is_loaded && !rcp_day_is_loading (day) && rcp_day_get_error (day) != NULL)
        return rcp_day_get_error (day);
    }
  return NULL;
}

static gint64
rcp_day_span_get_read_time (RcpDayRange *range)
{
  RcpDaySpan *self = RCP_DAY_SPAN (range);
  gint64 first = G_MAXINT64;

  for (guint i = 0; i < self->days->len; i++)
    first = MIN (first, rcp_day_get_read_time (g_ptr_array_index (self->days, i)));
  return first;
}

static void
rcp_day_span_reload (RcpDayRange *range)
{
  RcpDaySpan *self = RCP_DAY_SPAN (range);

  for (guint i = 0; i < self->days->len; i++)
    rcp_day_load_async (g_ptr_array_index (self->days, i), NULL, NULL, NULL);
}

static void
rcp_day_span_range_init (RcpDayRangeInterface *iface)
{
  iface->get_n_days = rcp_day_span_get_n_days;
  iface->is_loaded = rcp_day_span_is_loaded;
  iface->is_loading = rcp_day_span_is_loading;
  iface->get_error = rcp_day_span_get_error;
  iface->get_read_time = rcp_day_span_get_read_time;
  iface->reload = rcp_day_span_reload;
}

static guint
find_index (RcpDaySpan *self, RcpDay *day)
{
  guint index = 0;

  return g_ptr_array_find (self->days, day, &index) ? index : 0;
}

/* The rows of a day come while it is not called loaded yet: they count from their first change on. */
static void
on_items_changed_cb (RcpDay *day, guint position, guint removed, guint added, RcpDaySpan *self)
{
  guint index = find_index (self, day);

  g_array_index (self->counts, guint, index) += added - removed;
  g_list_model_items_changed (G_LIST_MODEL (self), get_offset (self, index) + position, removed, added);
}

static void
on_day_changed_cb (RcpDaySpan *self)
{
  rcp_day_range_emit_changed (RCP_DAY_RANGE (self));
}

static void
rcp_day_span_dispose (GObject *object)
{
  RcpDaySpan *self = RCP_DAY_SPAN (object);

  g_array_set_size (self->counts, 0);
  g_ptr_array_set_size (self->days, 0);
  G_OBJECT_CLASS (rcp_day_span_parent_class)->dispose (object);
}

static void
rcp_day_span_finalize (GObject *object)
{
  RcpDaySpan *self = RCP_DAY_SPAN (object);

  g_ptr_array_unref (self->days);
  g_array_unref (self->counts);
  G_OBJECT_CLASS (rcp_day_span_parent_class)->finalize (object);
}

static void
rcp_day_span_class_init (RcpDaySpanClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = rcp_day_span_dispose;
  object_class->finalize = rcp_day_span_finalize;
}

static void
rcp_day_span_init (RcpDaySpan *self)
{
  self->counts = g_array_new (FALSE, TRUE, sizeof (guint));
}

/**
 * rcp_day_span_new:
 * @book: the days of the record
 * @first: the first local day of the clinic
 * @n_days: how many
 *
 * Returns: (transfer full): these days, read or being read
 */
RcpDaySpan *
rcp_day_span_new (RcpDayBook *book, const GDate *first, guint n_days)
{
  RcpDaySpan *self;

  g_return_val_if_fail (RCP_IS_DAY_BOOK (book), NULL);
  g_return_val_if_fail (first != NULL && g_date_valid (first), NULL);
  g_return_val_if_fail (n_days > 0, NULL);

  self = g_object_new (RCP_TYPE_DAY_SPAN, NULL);
  self->days = rcp_day_book_show (book, first, n_days);
  for (guint i = 0; i < n_days; i++)
    {
      RcpDay *day = g_ptr_array_index (self->days, i);
      guint count = g_list_model_get_n_items (G_LIST_MODEL (day));

      g_array_append_val (self->counts, count);
      g_signal_connect_object (day, "items-changed", G_CALLBACK (on_items_changed_cb), self, 0);
      g_signal_connect_object (day, "notify::loaded", G_CALLBACK (on_day_changed_cb), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (day, "notify::loading", G_CALLBACK (on_day_changed_cb), self, G_CONNECT_SWAPPED);
    }
  return self;
}

RcpDay *
rcp_day_span_get_day (RcpDaySpan *self, guint index)
{
  g_return_val_if_fail (RCP_IS_DAY_SPAN (self), NULL);

  return index < self->days->len ? g_ptr_array_index (self->days, index) : NULL;
}

RcpDay *
rcp_day_span_find_day (RcpDaySpan *self, const GDate *date)
{
  g_return_val_if_fail (RCP_IS_DAY_SPAN (self), NULL);

  for (guint i = 0; i < self->days->len; i++)
    if (g_date_compare (rcp_day_get_date (g_ptr_array_index (self->days, i)), date) == 0)
      return g_ptr_array_index (self->days, i);
  return NULL;
}

GArray *
rcp_day_span_dup_open_ranges (RcpDaySpan *self, const char *schedule_id)
{
  GArray *all = g_array_new (FALSE, FALSE, sizeof (RcpTimeRange));

  g_return_val_if_fail (RCP_IS_DAY_SPAN (self), all);

  for (guint i = 0; i < self->days->len; i++)
    {
      GArray *ranges = rcp_day_get_open_ranges (g_ptr_array_index (self->days, i), schedule_id);

      g_array_append_vals (all, ranges->data, ranges->len);
    }
  return all;
}

static void
clear_block (gpointer data)
{
  g_clear_pointer (&((RcpBlock *) data)->words, g_ref_string_release);
}

GArray *
rcp_day_span_dup_blocks (RcpDaySpan *self, const char *schedule_id)
{
  GArray *all = g_array_new (FALSE, FALSE, sizeof (RcpBlock));

  g_return_val_if_fail (RCP_IS_DAY_SPAN (self), all);

  g_array_set_clear_func (all, clear_block);
  for (guint i = 0; i < self->days->len; i++)
    {
      GArray *blocks = rcp_day_get_blocks (g_ptr_array_index (self->days, i), schedule_id);

      for (guint j = 0; j < blocks->len; j++)
        {
          RcpBlock block = g_array_index (blocks, RcpBlock, j);

          if (block.words)
            g_ref_string_acquire (block.words);
          g_array_append_val (all, block);
        }
    }
  return all;
}
