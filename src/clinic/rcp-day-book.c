/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-clinic"

#include "rcp-day.h"
#include "rcp-day-private.h"

#include "clinic/rcp-change-watch.h"

#define MIN_DAYS 9         /* kept, however few are shown */
#define WATCH_INTERVAL 750 /* milliseconds: what another desk does is seen within two seconds */
#define RETRY_INTERVAL 3000

struct _RcpDayBook
{
  GObject parent_instance;

  FhirClient *client;
  RcpRoster *roster;
  GQueue days;      /* of RcpDay, the one looked at last first */
  GDate shown;      /* the first day of those that were asked for last */
  guint n_shown;
  guint prefetch_id;
  guint retry_id;
  RcpChangeWatch *watch;
  gboolean was_online;
};

G_DEFINE_FINAL_TYPE (RcpDayBook, rcp_day_book, G_TYPE_OBJECT)

enum
{
  PROP_ONLINE = 1,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];
static guint changed_signal;

static void
rcp_day_book_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  if (id == PROP_ONLINE)
    g_value_set_boolean (value, rcp_day_book_is_online (RCP_DAY_BOOK (object)));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
}

static void
drop_day (gpointer data)
{
  rcp_day_cancel (data);
  g_object_unref (data);
}

static void
rcp_day_book_dispose (GObject *object)
{
  RcpDayBook *self = RCP_DAY_BOOK (object);

  g_clear_handle_id (&self->prefetch_id, g_source_remove);
  g_clear_handle_id (&self->retry_id, g_source_remove);
  if (self->watch != NULL)
    rcp_change_watch_stop (self->watch);
  g_clear_object (&self->watch);
  g_queue_clear_full (&self->days, drop_day);
  g_clear_object (&self->client);
  g_clear_object (&self->roster);
  G_OBJECT_CLASS (rcp_day_book_parent_class)->dispose (object);
}

static void
rcp_day_book_class_init (RcpDayBookClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = rcp_day_book_get_property;
  object_class->dispose = rcp_day_book_dispose;

  /**
   * RcpDayBook:online:
   *
   * Whether the server answers, as far as watching has found out.
   */
  properties[PROP_ONLINE] =
      g_param_spec_boolean ("online", NULL, NULL, TRUE, G_PARAM_READABLE | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  /**
   * RcpDayBook::changed:
   * @changes: (element-type RcpChange) (nullable): what is new in the record; %NULL when anything may be
   */
  changed_signal = g_signal_new ("changed", RCP_TYPE_DAY_BOOK, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                 G_TYPE_PTR_ARRAY);
}

static void
rcp_day_book_init (RcpDayBook *self)
{
  g_queue_init (&self->days);
  g_date_clear (&self->shown, 1);
  self->was_online = TRUE;
}

static RcpDay *
find_day (RcpDayBook *self, const GDate *date)
{
  for (GList *link = self->days.head; link != NULL; link = link->next)
    if (g_date_compare (rcp_day_get_date (link->data), date) == 0)
      return link->data;

  return NULL;
}

static gboolean
is_shown (RcpDayBook *self, RcpDay *day)
{
  int after = g_date_valid (&self->shown) ? g_date_days_between (&self->shown, rcp_day_get_date (day)) : -1;

  return after >= 0 && (guint)after < self->n_shown;
}

static void schedule_prefetch (RcpDayBook *self);
static void load_day (RcpDayBook *self, RcpDay *day);

static gboolean
on_retry_cb (gpointer user_data)
{
  RcpDayBook *self = user_data;

  self->retry_id = 0;
  for (GList *link = self->days.head; link != NULL; link = link->next)
    if (rcp_day_get_error (link->data) != NULL && !rcp_day_is_loading (link->data))
      load_day (self, link->data);

  return G_SOURCE_REMOVE;
}

/* A change is told once. When the day could not be read then, nothing else would bring it. */
static void
schedule_retry (RcpDayBook *self)
{
  if (self->retry_id == 0 && self->roster != NULL)
    self->retry_id = g_timeout_add (RETRY_INTERVAL, on_retry_cb, self);
}

static void
on_day_loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GWeakRef *book = user_data;
  g_autoptr (RcpDayBook) self = g_weak_ref_get (book);
  g_autoptr (GError) error = NULL;

  /* The day keeps its error for who shows it. */
  if (!rcp_day_load_finish (RCP_DAY (source), result, &error))
    g_debug ("A day was not read: %s", g_quark_to_string (error->domain));
  if (self != NULL && error == NULL)
    schedule_prefetch (self);
  else if (self != NULL && rcp_day_is_loaded (RCP_DAY (source)))
    schedule_retry (self);

  g_weak_ref_clear (book);
  g_free (book);
}

/* The book may go while a day is read: the day holds no reference to it. */
static void
load_day (RcpDayBook *self, RcpDay *day)
{
  GWeakRef *book = g_new0 (GWeakRef, 1);

  g_weak_ref_init (book, self);
  rcp_day_load_async (day, NULL, on_day_loaded_cb, book);
}

/* What is on the screen stays, and as much before and after it. */
static void
forget_days (RcpDayBook *self)
{
  guint max = MAX (MIN_DAYS, 3 * self->n_shown + 2);
  GList *link = self->days.tail;

  while (link != NULL && self->days.length > max)
    {
      GList *before = link->prev;

      if (!is_shown (self, link->data))
        {
          drop_day (link->data);
          g_queue_delete_link (&self->days, link);
        }
      link = before;
    }
}

static RcpDay *
add_day (RcpDayBook *self, const GDate *date)
{
  RcpDay *day = rcp_day_new (self->client, self->roster, date);

  g_queue_push_head (&self->days, day);
  forget_days (self);
  load_day (self, day);

  return day;
}

/* The first of as many days as are shown, from @from on, that nobody has read: read it. */
static gboolean
prefetch_from (RcpDayBook *self, int from)
{
  for (guint i = 0; i < self->n_shown; i++)
    {
      GDate date;
      gint64 julian = (gint64)g_date_get_julian (&self->shown) + from + (gint64)i;

      if (julian < 1)
        continue;
      g_date_clear (&date, 1);
      g_date_set_julian (&date, (guint32)julian);
      if (!g_date_valid (&date) || find_day (self, &date) != NULL)
        continue;
      add_day (self, &date);
      return TRUE;
    }

  return FALSE;
}

/* Reads one of the days around the shown ones, once those are there; the next when that is done. */
static gboolean
on_idle_cb (gpointer user_data)
{
  RcpDayBook *self = user_data;

  self->prefetch_id = 0;
  for (GList *link = self->days.head; link != NULL; link = link->next)
    if (is_shown (self, link->data) && rcp_day_is_loading (link->data) && !rcp_day_is_loaded (link->data))
      return G_SOURCE_REMOVE;
  if (!prefetch_from (self, (int)self->n_shown))
    prefetch_from (self, -(int)self->n_shown);

  return G_SOURCE_REMOVE;
}

static void
schedule_prefetch (RcpDayBook *self)
{
  if (self->prefetch_id == 0 && self->roster != NULL && g_date_valid (&self->shown))
    self->prefetch_id = g_idle_add_full (G_PRIORITY_LOW, on_idle_cb, self, NULL);
}

static void
refresh_day (RcpDayBook *self, RcpDay *day)
{
  load_day (self, day);
}

static void
refresh_all (RcpDayBook *self)
{
  for (GList *link = self->days.head; link != NULL; link = link->next)
    refresh_day (self, link->data);
}

static void
on_changed_cb (RcpChangeWatch *watch, GPtrArray *changed, RcpDayBook *self)
{
  g_signal_emit (self, changed_signal, 0, changed);
  if (changed == NULL)
    {
      refresh_all (self);
      return;
    }

  for (GList *link = self->days.head; link != NULL; link = link->next)
    for (guint i = 0; i < changed->len; i++)
      if (rcp_day_is_news (link->data, g_ptr_array_index (changed, i)))
        {
          refresh_day (self, link->data);
          break;
        }
}

static void
on_online_changed_cb (RcpChangeWatch *watch, GParamSpec *pspec, RcpDayBook *self)
{
  gboolean is_online = rcp_change_watch_is_online (watch);

  if (is_online && !self->was_online)
    refresh_all (self);
  self->was_online = is_online;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ONLINE]);
}

/**
 * rcp_day_book_new:
 * @client: the record
 * @roster: who works where
 *
 * Returns: (transfer full): a book without days
 */
RcpDayBook *
rcp_day_book_new (FhirClient *client, RcpRoster *roster)
{
  RcpDayBook *self;

  g_return_val_if_fail (FHIR_IS_CLIENT (client), NULL);
  g_return_val_if_fail (RCP_IS_ROSTER (roster), NULL);

  self = g_object_new (RCP_TYPE_DAY_BOOK, NULL);
  self->client = g_object_ref (client);
  self->roster = g_object_ref (roster);
  self->watch = rcp_change_watch_new (client, WATCH_INTERVAL);
  g_signal_connect_object (self->watch, "changed", G_CALLBACK (on_changed_cb), self, 0);
  g_signal_connect_object (self->watch, "notify::online", G_CALLBACK (on_online_changed_cb), self, 0);
  return self;
}

/* The day, moved to the front. */
static RcpDay *
take_day (RcpDayBook *self, const GDate *date)
{
  RcpDay *day = find_day (self, date);

  if (day == NULL)
    return add_day (self, date);
  g_queue_remove (&self->days, day);
  g_queue_push_head (&self->days, day);
  if (!rcp_day_is_loaded (day) && !rcp_day_is_loading (day))
    load_day (self, day);
  return day;
}

/**
 * rcp_day_book_get:
 * @self: a book
 * @date: a local day of the clinic
 *
 * Returns: (transfer full): the day, loaded or being loaded
 */
RcpDay *
rcp_day_book_get (RcpDayBook *self, const GDate *date)
{
  g_return_val_if_fail (RCP_IS_DAY_BOOK (self), NULL);
  g_return_val_if_fail (date != NULL && g_date_valid (date), NULL);

  return g_object_ref (take_day (self, date));
}

/**
 * rcp_day_book_show:
 * @self: a book
 * @first: a local day of the clinic
 * @n_days: how many from there on
 *
 * Tells what is on the screen: these days are kept and watched before all others, and as many after and before them are
 * read ahead.
 *
 * Returns: (transfer full) (element-type RcpDay): the days, loaded or being loaded
 */
GPtrArray *
rcp_day_book_show (RcpDayBook *self, const GDate *first, guint n_days)
{
  GTimeZone *zone;
  GPtrArray *days;
  GDate last;

  g_return_val_if_fail (RCP_IS_DAY_BOOK (self), NULL);
  g_return_val_if_fail (first != NULL && g_date_valid (first), NULL);
  g_return_val_if_fail (n_days > 0, NULL);

  zone = rcp_roster_get_zone (self->roster);
  last = *first;
  g_date_add_days (&last, n_days - 1);
  self->shown = *first;
  self->n_shown = n_days;
  rcp_change_watch_set_range (self->watch, (RcpTimeRange){ rcp_time_range_of_day (first, zone).start,
                                                           rcp_time_range_of_day (&last, zone).end });
  days = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < n_days; i++)
    {
      GDate date = *first;

      g_date_add_days (&date, i);
      g_ptr_array_add (days, g_object_ref (take_day (self, &date)));
    }
  forget_days (self);
  schedule_prefetch (self);
  return days;
}

/**
 * rcp_day_book_adopt:
 * @self: a book that does not have the day of @day
 * @day: a day that was read elsewhere, with the roster of @self
 *
 * Takes in a day, to be asked for by rcp_day_book_get(). From now on the client of the book reads it.
 */
void
rcp_day_book_adopt (RcpDayBook *self, RcpDay *day)
{
  g_return_if_fail (RCP_IS_DAY_BOOK (self));
  g_return_if_fail (RCP_IS_DAY (day));
  g_return_if_fail (find_day (self, rcp_day_get_date (day)) == NULL);

  rcp_day_set_client (day, self->client);
  g_queue_push_head (&self->days, g_object_ref (day));
}

/**
 * rcp_day_book_invalidate:
 * @self: a book
 * @range: what was changed
 *
 * Reads again, now, the days of the book that overlap @range.
 */
void
rcp_day_book_invalidate (RcpDayBook *self, RcpTimeRange range)
{
  g_return_if_fail (RCP_IS_DAY_BOOK (self));

  for (GList *link = self->days.head; link != NULL; link = link->next)
    if (rcp_time_range_overlaps (rcp_day_get_range (link->data), range))
      refresh_day (self, link->data);
}

/**
 * rcp_day_book_set_watching:
 * @self: a book
 * @watching: whether to look for changes by others
 */
void
rcp_day_book_set_watching (RcpDayBook *self, gboolean watching)
{
  g_return_if_fail (RCP_IS_DAY_BOOK (self));

  if (watching)
    rcp_change_watch_start (self->watch);
  else
    rcp_change_watch_stop (self->watch);
}

/**
 * rcp_day_book_is_online:
 * @self: a book
 *
 * Returns: %FALSE while watching finds that the server does not answer
 */
gboolean
rcp_day_book_is_online (RcpDayBook *self)
{
  g_return_val_if_fail (RCP_IS_DAY_BOOK (self), FALSE);

  return self->watch == NULL || rcp_change_watch_is_online (self->watch);
}

FhirClient *
rcp_day_book_get_client (RcpDayBook *self)
{
  g_return_val_if_fail (RCP_IS_DAY_BOOK (self), NULL);

  return self->client;
}

RcpRoster *
rcp_day_book_get_roster (RcpDayBook *self)
{
  g_return_val_if_fail (RCP_IS_DAY_BOOK (self), NULL);

  return self->roster;
}
