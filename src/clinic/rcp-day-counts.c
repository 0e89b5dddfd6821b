/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-clinic"

#include "rcp-day-counts.h"

#include <string.h>

#include "clinic/rcp-count-news.h"
#include "clinic/rcp-count-question.h"
#include "clinic/rcp-day-private.h"

/* Changes come in flocks: a booking alone is three of them. */
#define PAUSE 250 /* milliseconds */
#define RETRY_INTERVAL 3000

struct _RcpDayCount
{
  GObject parent_instance;

  GDate date;
  RcpDayNumbers numbers;
  gint64 read_time; /* 0: never */
};

G_DEFINE_FINAL_TYPE (RcpDayCount, rcp_day_count, G_TYPE_OBJECT)

struct _RcpDayCounts
{
  GObject parent_instance;

  char *name; /* in the table of the book */
  RcpDayBook *book;
  GPtrArray *days; /* of RcpDayCount */
  GStrv schedule_ids;
  gboolean *is_old;   /* of each day: something changed since it was asked for */
  gboolean *is_asked; /* of each day: by the question under way */
  guint n_moved;      /* visits that may have been moved, since the last question */
  gboolean may_have_moved; /* the question under way is about one of them */
  guint n_looking;
  RcpCountQuestion *question; /* under way */
  GCancellable *cancellable;
  guint again_id;
  GError *error;
};

static void rcp_day_counts_list_model_init (GListModelInterface *iface);
static void rcp_day_counts_range_init (RcpDayRangeInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (RcpDayCounts, rcp_day_counts, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, rcp_day_counts_list_model_init)
                                   G_IMPLEMENT_INTERFACE (RCP_TYPE_DAY_RANGE, rcp_day_counts_range_init))

/* Of a book: its counts that live, by name. */
static G_DEFINE_QUARK (rcp-day-counts-table, rcp_day_counts_table)

static void
rcp_day_count_class_init (RcpDayCountClass *klass)
{
}

static void
rcp_day_count_init (RcpDayCount *self)
{
}

static RcpDayCount *
day_count_new (const GDate *date, const RcpDayNumbers *numbers)
{
  RcpDayCount *self = g_object_new (RCP_TYPE_DAY_COUNT, NULL);

  self->date = *date;
  if (numbers)
    {
      self->numbers = *numbers;
      self->read_time = g_get_monotonic_time ();
    }
  return self;
}

const GDate *
rcp_day_count_get_date (RcpDayCount *self)
{
  g_return_val_if_fail (RCP_IS_DAY_COUNT (self), NULL);

  return &self->date;
}

const RcpDayNumbers *
rcp_day_count_get_numbers (RcpDayCount *self)
{
  g_return_val_if_fail (RCP_IS_DAY_COUNT (self), NULL);

  return self->read_time > 0 ? &self->numbers : NULL;
}

static GType
rcp_day_counts_get_item_type (GListModel *model)
{
  return RCP_TYPE_DAY_COUNT;
}

static guint
rcp_day_counts_get_n_items (GListModel *model)
{
  return RCP_DAY_COUNTS (model)->days->len;
}

static gpointer
rcp_day_counts_get_item (GListModel *model, guint position)
{
  RcpDayCounts *self = RCP_DAY_COUNTS (model);

  return position < self->days->len ? g_object_ref (self->days->pdata[position]) : NULL;
}

static void
rcp_day_counts_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = rcp_day_counts_get_item_type;
  iface->get_n_items = rcp_day_counts_get_n_items;
  iface->get_item = rcp_day_counts_get_item;
}

static gint64
rcp_day_counts_get_read_time (RcpDayRange *range)
{
  RcpDayCounts *self = RCP_DAY_COUNTS (range);
  gint64 first = G_MAXINT64;

  for (guint i = 0; i < self->days->len; i++)
    first = MIN (first, ((RcpDayCount *) self->days->pdata[i])->read_time);
  return first;
}

static guint
rcp_day_counts_get_n_days (RcpDayRange *range)
{
  return RCP_DAY_COUNTS (range)->days->len;
}

static gboolean
rcp_day_counts_is_loaded (RcpDayRange *range)
{
  return rcp_day_counts_get_read_time (range) > 0;
}

static gboolean
rcp_day_counts_is_loading (RcpDayRange *range)
{
  return RCP_DAY_COUNTS (range)->question != NULL;
}

static const GError *
rcp_day_counts_get_error (RcpDayRange *range)
{
  return RCP_DAY_COUNTS (range)->error;
}

static void
age_all (RcpDayCounts *self)
{
  for (guint i = 0; i < self->days->len; i++)
    self->is_old[i] = TRUE;
}

/* One row for each day that is another. Where a day has more visits than before, one that was moved came from another day. */
static void
take_numbers (RcpDayCounts *self, GArray *numbers)
{
  guint n_taken = 0;
  gboolean has_moved = FALSE;

  for (guint i = 0; i < self->days->len; i++)
    {
      RcpDayCount *day = self->days->pdata[i];
      const RcpDayNumbers *fresh;
      gboolean is_same;

      if (!self->is_asked[i])
        continue;
      fresh = &g_array_index (numbers, RcpDayNumbers, n_taken++);
      is_same = day->read_time > 0 && memcmp (fresh, &day->numbers, sizeof *fresh) == 0;
      self->is_asked[i] = FALSE;
      day->read_time = is_same ? g_get_monotonic_time () : day->read_time;
      if (is_same)
        continue;
      has_moved |= self->may_have_moved && fresh->n_visits > day->numbers.n_visits;
      g_ptr_array_index (self->days, i) = day_count_new (&day->date, fresh);
      g_object_unref (day);
      g_list_model_items_changed (G_LIST_MODEL (self), i, 1, 1);
    }
  if (has_moved)
    age_all (self);
}

/* What was asked for in vain is as old as before. */
static void
drop_question (RcpDayCounts *self)
{
  for (guint i = 0; i < self->days->len; i++)
    {
      self->is_old[i] |= self->is_asked[i];
      self->is_asked[i] = FALSE;
    }
  g_clear_pointer (&self->question, rcp_count_question_free);
  g_clear_object (&self->cancellable);
}

static void ask_soon (RcpDayCounts *self, guint pause);

/* Who let go of the counts waits for no answer. */
static void
on_counted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GWeakRef *counts = user_data;
  g_autoptr (RcpDayCounts) self = g_weak_ref_get (counts);
  g_autoptr (GError) error = NULL;
  g_autoptr (FhirBundle) reply = fhir_client_batch_get_finish (FHIR_CLIENT (source), result, &error);
  g_autoptr (GArray) numbers = NULL;

  g_weak_ref_clear (counts);
  g_free (counts);
  if (!self)
    return;
  if (reply)
    numbers = rcp_count_question_read (self->question, reply, &error);
  g_clear_error (&self->error);
  if (numbers)
    take_numbers (self, numbers);
  else
    {
      self->error = g_steal_pointer (&error);
      age_all (self);
    }
  drop_question (self);
  /* A change is told once: when it could not be counted then, nothing else would bring it. */
  ask_soon (self, self->error ? RETRY_INTERVAL : PAUSE);
  rcp_day_range_emit_changed (RCP_DAY_RANGE (self));
}

/* (transfer full) (element-type GDate) */
static GArray *
mark_asked (RcpDayCounts *self)
{
  GArray *days = g_array_new (FALSE, FALSE, sizeof (GDate));

  for (guint i = 0; i < self->days->len; i++)
    if (self->is_old[i])
      {
        g_array_append_val (days, ((RcpDayCount *) self->days->pdata[i])->date);
        self->is_old[i] = FALSE;
        self->is_asked[i] = TRUE;
      }
  return days;
}

/* One question at a time: the next one follows the answer. */
static void
ask (RcpDayCounts *self)
{
  g_autoptr (GArray) days = NULL;
  GWeakRef *counts;

  g_clear_handle_id (&self->again_id, g_source_remove);
  if (self->question)
    return;
  /* Of two, one may have come while the other went. */
  if (self->n_moved > 1)
    age_all (self);
  self->may_have_moved = self->n_moved > 0;
  self->n_moved = 0;
  days = mark_asked (self);
  self->question = rcp_count_question_new (rcp_day_book_get_roster (self->book), days, self->schedule_ids);
  if (!self->question)
    {
      drop_question (self);
      return;
    }
  counts = g_new0 (GWeakRef, 1);
  g_weak_ref_init (counts, self);
  self->cancellable = g_cancellable_new ();
  fhir_client_batch_get_async (rcp_day_book_get_client (self->book), rcp_count_question_get_paths (self->question), self->cancellable,
                               on_counted_cb, counts);
  rcp_day_range_emit_changed (RCP_DAY_RANGE (self));
}

static gboolean
on_again_cb (gpointer user_data)
{
  RcpDayCounts *self = user_data;

  self->again_id = 0;
  ask (self);
  return G_SOURCE_REMOVE;
}

static gboolean
is_any_old (RcpDayCounts *self)
{
  for (guint i = 0; i < self->days->len; i++)
    if (self->is_old[i])
      return TRUE;
  return FALSE;
}

static void
ask_soon (RcpDayCounts *self, guint pause)
{
  if (self->n_looking > 0 && self->again_id == 0 && !self->question && is_any_old (self))
    self->again_id = g_timeout_add (pause, on_again_cb, self);
}

static void
rcp_day_counts_reload (RcpDayRange *range)
{
  age_all (RCP_DAY_COUNTS (range));
  ask (RCP_DAY_COUNTS (range));
}

static void
rcp_day_counts_range_init (RcpDayRangeInterface *iface)
{
  iface->get_n_days = rcp_day_counts_get_n_days;
  iface->is_loaded = rcp_day_counts_is_loaded;
  iface->is_loading = rcp_day_counts_is_loading;
  iface->get_error = rcp_day_counts_get_error;
  iface->get_read_time = rcp_day_counts_get_read_time;
  iface->reload = rcp_day_counts_reload;
}

static RcpDayCount *
find_day (RcpDayCounts *self, const GDate *date, guint *index)
{
  int after = g_date_days_between (&((RcpDayCount *) self->days->pdata[0])->date, date);

  *index = (guint) MAX (after, 0);
  return after >= 0 && *index < self->days->len ? self->days->pdata[*index] : NULL;
}

static void
on_day_touched (const GDate *day, gboolean may_have_moved, gpointer user_data)
{
  RcpDayCounts *self = user_data;
  guint index;
  gboolean is_shown = find_day (self, day, &index) != NULL;

  if (is_shown)
    self->is_old[index] = TRUE;
  else if (may_have_moved) /* the day that it came from may be one of these */
    age_all (self);
  self->n_moved += is_shown && may_have_moved;
}

static void
on_book_changed_cb (RcpDayCounts *self, GPtrArray *changes)
{
  if (!rcp_count_news_find (changes, rcp_roster_get_zone (rcp_day_book_get_roster (self->book)), on_day_touched, self))
    age_all (self);
  ask_soon (self, PAUSE);
}

static void
on_busy_changed_cb (RcpDayCounts *self)
{
  age_all (self);
  ask_soon (self, PAUSE);
}

/* Nobody has told of what was changed meanwhile in a record that could not be reached. */
static void
on_online_changed_cb (RcpDayCounts *self)
{
  if (!rcp_day_book_is_online (self->book))
    return;
  g_clear_handle_id (&self->again_id, g_source_remove);
  age_all (self);
  ask_soon (self, PAUSE);
}

static GHashTable *
get_table (RcpDayBook *book)
{
  GHashTable *table = g_object_get_qdata (G_OBJECT (book), rcp_day_counts_table_quark ());

  if (!table)
    {
      table = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
      g_object_set_qdata_full (G_OBJECT (book), rcp_day_counts_table_quark (), table, (GDestroyNotify) g_hash_table_unref);
    }
  return table;
}

static void
rcp_day_counts_dispose (GObject *object)
{
  RcpDayCounts *self = RCP_DAY_COUNTS (object);

  if (self->book && self->name)
    g_hash_table_remove (get_table (self->book), self->name);
  g_clear_pointer (&self->name, g_free);
  g_clear_handle_id (&self->again_id, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->book);
  G_OBJECT_CLASS (rcp_day_counts_parent_class)->dispose (object);
}

static void
rcp_day_counts_finalize (GObject *object)
{
  RcpDayCounts *self = RCP_DAY_COUNTS (object);

  g_clear_pointer (&self->question, rcp_count_question_free);
  g_ptr_array_unref (self->days);
  g_strfreev (self->schedule_ids);
  g_free (self->is_old);
  g_free (self->is_asked);
  g_clear_error (&self->error);
  G_OBJECT_CLASS (rcp_day_counts_parent_class)->finalize (object);
}

static void
rcp_day_counts_class_init (RcpDayCountsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = rcp_day_counts_dispose;
  object_class->finalize = rcp_day_counts_finalize;
}

static void
rcp_day_counts_init (RcpDayCounts *self)
{
  self->days = g_ptr_array_new_with_free_func (g_object_unref);
}

static RcpDayCounts *
day_counts_new (RcpDayBook *book, const GDate *first, guint n_days, const char *const *schedule_ids)
{
  RcpDayCounts *self = g_object_new (RCP_TYPE_DAY_COUNTS, NULL);
  RcpBusyTimes *times = rcp_roster_get_busy_times (rcp_day_book_get_roster (book));

  self->book = g_object_ref (book);
  self->schedule_ids = g_strdupv ((char **) schedule_ids);
  self->is_old = g_new0 (gboolean, n_days);
  self->is_asked = g_new0 (gboolean, n_days);
  for (guint i = 0; i < n_days; i++)
    {
      GDate date = *first;

      g_date_add_days (&date, i);
      g_ptr_array_add (self->days, day_count_new (&date, NULL));
    }
  g_signal_connect_object (book, "changed", G_CALLBACK (on_book_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (book, "notify::online", G_CALLBACK (on_online_changed_cb), self, G_CONNECT_SWAPPED);
  if (times)
    g_signal_connect_object (times, "changed", G_CALLBACK (on_busy_changed_cb), self, G_CONNECT_SWAPPED);
  return self;
}

/**
 * rcp_day_counts_of:
 * @book: the days of the record; it tells of changes, while it watches for them
 * @first: the first local day of the clinic
 * @n_days: how many from there on
 * @schedule_ids: (nullable): whose; %NULL for every provider
 *
 * Returns: (transfer full): these days, counted or being counted; the same for all who ask for the same
 */
RcpDayCounts *
rcp_day_counts_of (RcpDayBook *book, const GDate *first, guint n_days, const char *const *schedule_ids)
{
  g_autofree char *whose = NULL, *name = NULL;
  RcpDayCounts *self;

  g_return_val_if_fail (RCP_IS_DAY_BOOK (book), NULL);
  g_return_val_if_fail (first && g_date_valid (first), NULL);
  g_return_val_if_fail (n_days > 0, NULL);

  whose = schedule_ids ? g_strjoinv (" ", (char **) schedule_ids) : g_strdup ("*");
  name = g_strdup_printf ("%u %u %s", g_date_get_julian (first), n_days, whose);
  self = g_hash_table_lookup (get_table (book), name);
  if (self)
    return g_object_ref (self);
  self = day_counts_new (book, first, n_days, schedule_ids);
  self->name = g_strdup (name);
  g_hash_table_insert (get_table (book), g_steal_pointer (&name), self);
  rcp_day_range_reload (RCP_DAY_RANGE (self));
  return self;
}

void
rcp_day_counts_look (RcpDayCounts *self)
{
  g_return_if_fail (RCP_IS_DAY_COUNTS (self));

  self->n_looking++;
  if (is_any_old (self))
    ask (self);
}

void
rcp_day_counts_look_away (RcpDayCounts *self)
{
  g_return_if_fail (RCP_IS_DAY_COUNTS (self));
  g_return_if_fail (self->n_looking > 0);

  if (--self->n_looking == 0)
    g_clear_handle_id (&self->again_id, g_source_remove);
}

const RcpDayNumbers *
rcp_day_counts_find (RcpDayCounts *self, const GDate *date)
{
  RcpDayCount *day;
  guint index;

  g_return_val_if_fail (RCP_IS_DAY_COUNTS (self), NULL);
  g_return_val_if_fail (date && g_date_valid (date), NULL);

  day = find_day (self, date, &index);
  return day ? rcp_day_count_get_numbers (day) : NULL;
}
