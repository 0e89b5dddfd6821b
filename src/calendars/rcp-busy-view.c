/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-calendars"

#include "rcp-busy-view.h"

#include "calendars/rcp-event-list.h"

#define SLICE 5000       /* microseconds of reading, between which the screen is served */
#define SECONDS_TO_ANSWER 30
#define SERIES "(has-recurrences?)"
#define DO_NOT_WAIT ((guint32) -1)

/* How far its server was asked for news. A refresh that had begun before may end without any. */
typedef enum
{
  NEWS_NONE,
  NEWS_ASKED,
  NEWS_BEGUN,
  NEWS_ENDED
} News;

struct _RcpBusyView
{
  GObject parent_instance;

  ESource *source;
  RcpBusyReader *reader;
  RcpEventStore *store;
  RcpTimeRange near;
  RcpEventStore *near_store; /* NULL where nothing is told before all */
  GCancellable *cancellable; /* NULL while it does not run */
  guint timeout_id;          /* until it has to have told all */
  guint read_id;
  guint n_awaited; /* answers before which nothing is read */
  GHashTable *asked; /* set of TZIDs */
  gboolean is_complete;
  gboolean is_asking; /* for news */
  News news;
  ECalClient *client;
  ECalClientView *view;
};

G_DEFINE_FINAL_TYPE (RcpBusyView, rcp_busy_view, G_TYPE_OBJECT)

enum
{
  SIGNAL_READ,
  SIGNAL_NEAR_READ,
  SIGNAL_LOST,
  SIGNAL_REFRESHED,
  SIGNAL_TROUBLED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
rcp_busy_view_dispose (GObject *object)
{
  rcp_busy_view_stop (RCP_BUSY_VIEW (object));
  G_OBJECT_CLASS (rcp_busy_view_parent_class)->dispose (object);
}

static void
rcp_busy_view_finalize (GObject *object)
{
  RcpBusyView *self = RCP_BUSY_VIEW (object);

  g_clear_object (&self->source);
  g_clear_pointer (&self->reader, rcp_busy_reader_free);
  rcp_event_store_free (self->store);
  g_clear_pointer (&self->near_store, rcp_event_store_free);
  g_hash_table_unref (self->asked);
  G_OBJECT_CLASS (rcp_busy_view_parent_class)->finalize (object);
}

static void
rcp_busy_view_class_init (RcpBusyViewClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rcp_busy_view_dispose;
  G_OBJECT_CLASS (klass)->finalize = rcp_busy_view_finalize;

  signals[SIGNAL_READ] =
      g_signal_new ("read", RCP_TYPE_BUSY_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_NEAR_READ] = g_signal_new ("near-read", RCP_TYPE_BUSY_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                            G_TYPE_NONE, 1, G_TYPE_ARRAY);
  signals[SIGNAL_LOST] =
      g_signal_new ("lost", RCP_TYPE_BUSY_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
  signals[SIGNAL_REFRESHED] =
      g_signal_new ("refreshed", RCP_TYPE_BUSY_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_TROUBLED] = g_signal_new ("troubled", RCP_TYPE_BUSY_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                           G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
rcp_busy_view_init (RcpBusyView *self)
{
  self->store = rcp_event_store_new ();
  self->asked = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

/**
 * rcp_busy_view_new:
 * @source: of the calendar
 * @place: the zone of the place
 * @window: what is of interest
 *
 * Returns: (transfer full): a view that is not started
 */
RcpBusyView *
rcp_busy_view_new (ESource *source, GTimeZone *place, RcpTimeRange window)
{
  RcpBusyView *self = g_object_new (RCP_TYPE_BUSY_VIEW, NULL);

  self->source = g_object_ref (source);
  self->reader = rcp_busy_reader_new (place, window);
  return self;
}

static void
lose (RcpBusyView *self, const GError *error)
{
  g_autoptr (RcpBusyView) alive = g_object_ref (self);

  if (self->cancellable == NULL)
    return;
  rcp_busy_view_stop (self);
  g_signal_emit (self, signals[SIGNAL_LOST], 0, error);
}

/* The calendar tells no more of these events by themselves: one that is deleted meanwhile is not to stay. */
static void
tell_near (RcpBusyView *self)
{
  g_autoptr (RcpEventStore) store = g_steal_pointer (&self->near_store);
  g_autoptr (GArray) busy = rcp_event_store_collect (store);

  if (!self->is_complete)
    g_signal_emit (self, signals[SIGNAL_NEAR_READ], 0, busy);
}

static gboolean
on_read_cb (gpointer data)
{
  RcpBusyView *self = data;

  if (self->near_store != NULL)
    {
      if (!rcp_event_store_read (self->near_store, self->reader, SLICE))
        tell_near (self);
      return G_SOURCE_CONTINUE;
    }
  if (rcp_event_store_read (self->store, self->reader, SLICE))
    return G_SOURCE_CONTINUE;

  self->read_id = 0;
  if (self->is_complete)
    {
      g_clear_handle_id (&self->timeout_id, g_source_remove);
      g_signal_emit (self, signals[SIGNAL_READ], 0);
    }
  return G_SOURCE_REMOVE;
}

/* Nothing is read before the zones are known: an event that was read is let go. */
static void
read_soon (RcpBusyView *self)
{
  if (self->read_id == 0 && self->n_awaited == 0)
    self->read_id = g_idle_add (on_read_cb, self);
}

/* An answer of the calendar; NULL when it is too late for it. Takes @data. */
static RcpBusyView *
take_back (gpointer data, const GError *error)
{
  g_autoptr (RcpBusyView) self = data;

  if (self->cancellable == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return NULL;
  return g_steal_pointer (&self);
}

static void
on_zone_found_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  ICalTimezone *zone = NULL;
  gboolean found = e_cal_client_get_timezone_finish (E_CAL_CLIENT (object), result, &zone, &error);
  g_autoptr (RcpBusyView) self = take_back (data, error);

  if (self == NULL)
    return;
  if (found && zone != NULL)
    {
      g_autoptr (GObject) component = G_OBJECT (i_cal_timezone_get_component (zone));

      if (component != NULL)
        rcp_zones_add (rcp_busy_reader_get_zones (self->reader), i_cal_object_get_native (I_CAL_OBJECT (component)));
    }
  self->n_awaited--;
  read_soon (self);
}

static void
ask_for_zone (icalparameter *param, void *data)
{
  RcpBusyView *self = data;
  const char *tzid = icalparameter_get_tzid (param);

  if (tzid == NULL || rcp_zones_knows (rcp_busy_reader_get_zones (self->reader), tzid) ||
      !g_hash_table_add (self->asked, g_strdup (tzid)))
    return;
  self->n_awaited++;
  e_cal_client_get_timezone (self->client, tzid, self->cancellable, on_zone_found_cb, g_object_ref (self));
}

static void
take_event (RcpBusyView *self, RcpEventStore *store, ICalComponent *event)
{
  icalcomponent_foreach_tzid (i_cal_object_get_native (I_CAL_OBJECT (event)), ask_for_zone, self);
  rcp_event_store_put (store, event);
  if (self->n_awaited > 0)
    g_clear_handle_id (&self->read_id, g_source_remove);
}

static void
take_events (RcpBusyView *self, RcpEventStore *store, const GSList *events)
{
  for (const GSList *at = events; at != NULL; at = at->next)
    take_event (self, store, at->data);
  read_soon (self);
}

static void
on_objects_told_cb (ECalClientView *view, const GSList *objects, RcpBusyView *self)
{
  take_events (self, self->store, objects);
}

static void
on_series_told_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) events = rcp_event_list_ask_finish (result, &error);
  g_autoptr (RcpBusyView) self = take_back (data, error);

  if (self == NULL)
    return;
  self->n_awaited--;
  if (events != NULL)
    rcp_event_store_remove (self->store, rcp_event_list_get_uid (result), NULL);
  for (guint i = 0; events != NULL && i < events->len; i++)
    take_event (self, self->store, events->pdata[i]);
  read_soon (self);
}

/* Of a series of a server, Evolution Data Server 3.46 names no recurrence id when one detached instance is gone: it says the same as
 * when all of it is, and only the calendar knows. */
static void
take_away (RcpBusyView *self, const char *uid, const char *recurrence_id)
{
  if ((recurrence_id != NULL && *recurrence_id != '\0') || !rcp_event_store_is_series (self->store, uid))
    {
      rcp_event_store_remove (self->store, uid, recurrence_id);
      return;
    }
  self->n_awaited++;
  g_clear_handle_id (&self->read_id, g_source_remove);
  rcp_event_list_ask_async (self->client, uid, self->cancellable, on_series_told_cb, g_object_ref (self));
}

static void
on_objects_gone_cb (ECalClientView *view, const GSList *ids, RcpBusyView *self)
{
  for (const GSList *at = ids; at != NULL; at = at->next)
    take_away (self, e_cal_component_id_get_uid (at->data), e_cal_component_id_get_rid (at->data));
  read_soon (self);
}

static void
on_complete_cb (ECalClientView *view, const GError *error, RcpBusyView *self)
{
  if (error != NULL)
    {
      lose (self, error);
      return;
    }
  self->is_complete = TRUE;
  read_soon (self);
}

/* Evolution Data Server tells each view that it begins to refresh a calendar, and by no words that it has ended. */
static void
on_progressed_cb (ECalClientView *view, guint percent, const char *message, RcpBusyView *self)
{
  if (message != NULL && *message != '\0')
    {
      if (self->news == NEWS_ASKED)
        self->news = NEWS_BEGUN;
      return;
    }
  if (self->news == NEWS_BEGUN)
    self->news = NEWS_ENDED;
  g_signal_emit (self, signals[SIGNAL_REFRESHED], 0);
}

static void
on_view_made_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  ECalClientView *view = NULL;
  gboolean made = e_cal_client_get_view_finish (E_CAL_CLIENT (object), result, &view, &error);
  g_autoptr (RcpBusyView) self = take_back (data, error);
  g_autoptr (GObject) held = (GObject *) view;

  if (self == NULL)
    return;
  if (made)
    {
      self->view = E_CAL_CLIENT_VIEW (g_steal_pointer (&held));
      g_signal_connect_object (self->view, "objects-added", G_CALLBACK (on_objects_told_cb), self, 0);
      g_signal_connect_object (self->view, "objects-modified", G_CALLBACK (on_objects_told_cb), self, 0);
      g_signal_connect_object (self->view, "objects-removed", G_CALLBACK (on_objects_gone_cb), self, 0);
      g_signal_connect_object (self->view, "complete", G_CALLBACK (on_complete_cb), self, 0);
      g_signal_connect_object (self->view, "progress", G_CALLBACK (on_progressed_cb), self, 0);
      e_cal_client_view_start (self->view, &error);
    }
  if (error != NULL)
    lose (self, error);
}

/* All parts of all series besides what is in the window: an instance that was moved out of it is busy in it no more. */
static void
ask_for_view (RcpBusyView *self)
{
  g_autofree char *range = rcp_event_list_make_query (rcp_busy_reader_get_window (self->reader));
  g_autofree char *query = g_strdup_printf ("(or " SERIES " %s)", range);

  e_cal_client_get_view (self->client, query, self->cancellable, on_view_made_cb, g_object_ref (self));
}

/* What was listed goes to what is near, as far as it could be. The view tells all of it in any case. */
static void
take_list (RcpBusyView *self, GSList *events, const GError *error)
{
  if (error == NULL)
    take_events (self, self->near_store, events);
  else
    g_clear_pointer (&self->near_store, rcp_event_store_free);
}

static void
on_series_listed_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  GSList *events = NULL;
  gboolean listed = e_cal_client_get_object_list_finish (E_CAL_CLIENT (object), result, &events, &error);
  g_autoptr (RcpBusyView) self = take_back (data, error);

  if (self != NULL)
    {
      self->n_awaited--;
      take_list (self, events, error);
      ask_for_view (self);
    }
  if (listed)
    e_client_util_free_object_slist (events);
}

static void
on_near_listed_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  GSList *events = NULL;
  gboolean listed = e_cal_client_get_object_list_finish (E_CAL_CLIENT (object), result, &events, &error);
  g_autoptr (RcpBusyView) self = take_back (data, error);

  if (self != NULL)
    {
      gboolean is_all = error != NULL || !rcp_event_list_has_series (events);

      self->near_store = rcp_event_store_new ();
      self->n_awaited += !is_all;
      take_list (self, events, error);
      if (is_all)
        ask_for_view (self);
      else
        e_cal_client_get_object_list (self->client, SERIES, self->cancellable, on_series_listed_cb, g_object_ref (self));
    }
  if (listed)
    e_client_util_free_object_slist (events);
}

static void
on_owner_told_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *address = NULL;
  gboolean told = e_client_get_backend_property_finish (E_CLIENT (object), result, &address, &error);
  g_autoptr (RcpBusyView) self = take_back (data, error);
  g_autofree char *query = NULL;

  if (self == NULL)
    return;
  /* Not every calendar knows whose it is. */
  if (told && address != NULL && *address != '\0')
    rcp_busy_reader_set_owner (self->reader, address);
  if (self->near.start == self->near.end)
    {
      ask_for_view (self);
      return;
    }
  query = rcp_event_list_make_query (self->near);
  e_cal_client_get_object_list (self->client, query, self->cancellable, on_near_listed_cb, g_object_ref (self));
}

static void
on_backend_died_cb (EClient *client, RcpBusyView *self)
{
  g_autoptr (GError) error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CLOSED, "The calendar's back end has ended");

  lose (self, error);
}

static void
on_backend_failed_cb (EClient *client, const char *message, RcpBusyView *self)
{
  g_autoptr (GError) error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_FAILED, message != NULL ? message : "");

  g_signal_emit (self, signals[SIGNAL_TROUBLED], 0, error);
}

static void
on_connected_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (EClient) client = e_cal_client_connect_finish (result, &error);
  g_autoptr (RcpBusyView) self = take_back (data, error);

  if (self == NULL)
    return;
  if (client == NULL)
    {
      lose (self, error);
      return;
    }
  self->client = E_CAL_CLIENT (g_steal_pointer (&client));
  g_signal_connect_object (self->client, "backend-died", G_CALLBACK (on_backend_died_cb), self, 0);
  g_signal_connect_object (self->client, "backend-error", G_CALLBACK (on_backend_failed_cb), self, 0);
  e_client_get_backend_property (E_CLIENT (self->client), E_CAL_BACKEND_PROPERTY_CAL_EMAIL_ADDRESS, self->cancellable,
                                 on_owner_told_cb, g_object_ref (self));
}

static gboolean
on_time_over_cb (gpointer data)
{
  RcpBusyView *self = data;
  g_autoptr (GError) error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_TIMED_OUT, "The calendar does not answer");

  self->timeout_id = 0;
  lose (self, error);
  return G_SOURCE_REMOVE;
}

/**
 * rcp_busy_view_set_near:
 * @self: a view that is not started
 * @near: what is to be told before the rest
 *
 * Evolution Data Server takes a second to tell ten thousand events, and finds those of a week at once.
 */
void
rcp_busy_view_set_near (RcpBusyView *self, RcpTimeRange near)
{
  g_return_if_fail (RCP_IS_BUSY_VIEW (self));

  self->near = near;
}

/**
 * rcp_busy_view_start:
 * @self: a view
 *
 * Connects. A server that does not answer can hold a call for minutes: after half a minute the view is lost.
 */
void
rcp_busy_view_start (RcpBusyView *self)
{
  g_return_if_fail (RCP_IS_BUSY_VIEW (self));
  g_return_if_fail (self->cancellable == NULL);

  self->cancellable = g_cancellable_new ();
  self->timeout_id = g_timeout_add_seconds (SECONDS_TO_ANSWER, on_time_over_cb, self);
  e_cal_client_connect (self->source, E_CAL_CLIENT_SOURCE_TYPE_EVENTS, DO_NOT_WAIT, self->cancellable, on_connected_cb,
                        g_object_ref (self));
}

/**
 * rcp_busy_view_stop:
 * @self: a view
 *
 * Hears no more; what it knows stays.
 */
void
rcp_busy_view_stop (RcpBusyView *self)
{
  g_return_if_fail (RCP_IS_BUSY_VIEW (self));

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_handle_id (&self->timeout_id, g_source_remove);
  g_clear_handle_id (&self->read_id, g_source_remove);
  if (self->view != NULL)
    g_signal_handlers_disconnect_by_data (self->view, self);
  if (self->client != NULL)
    g_signal_handlers_disconnect_by_data (self->client, self);
  g_clear_object (&self->view);
  g_clear_object (&self->client);
}

/**
 * rcp_busy_view_get_store:
 * @self: a view
 *
 * Returns: (transfer none): the events
 */
RcpEventStore *
rcp_busy_view_get_store (RcpBusyView *self)
{
  g_return_val_if_fail (RCP_IS_BUSY_VIEW (self), NULL);

  return self->store;
}

static void
on_refreshed_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (GError) error = NULL;
  gboolean refreshed = e_client_refresh_finish (E_CLIENT (object), result, &error);
  g_autoptr (RcpBusyView) self = take_back (data, error);

  if (self == NULL)
    return;
  self->is_asking = FALSE;
  if (!refreshed)
    g_signal_emit (self, signals[SIGNAL_TROUBLED], 0, error);
}

/**
 * rcp_busy_view_refresh:
 * @self: a view
 *
 * Has Evolution Data Server ask the calendar's server for news now, not at its next interval.
 */
void
rcp_busy_view_refresh (RcpBusyView *self)
{
  g_return_if_fail (RCP_IS_BUSY_VIEW (self));

  if (self->client == NULL || self->is_asking)
    return;
  self->is_asking = TRUE;
  if (self->news != NEWS_BEGUN)
    self->news = NEWS_ASKED;
  e_client_refresh (E_CLIENT (self->client), self->cancellable, on_refreshed_cb, g_object_ref (self));
}

/**
 * rcp_busy_view_can_refresh:
 * @self: a view
 *
 * Returns: whether the calendar has a server that can be asked for news
 */
gboolean
rcp_busy_view_can_refresh (RcpBusyView *self)
{
  g_return_val_if_fail (RCP_IS_BUSY_VIEW (self), FALSE);

  return self->client != NULL && e_client_check_refresh_supported (E_CLIENT (self->client));
}

/**
 * rcp_busy_view_is_fresh:
 * @self: a view
 *
 * Returns: whether a refresh that began after rcp_busy_view_refresh() has ended
 */
gboolean
rcp_busy_view_is_fresh (RcpBusyView *self)
{
  g_return_val_if_fail (RCP_IS_BUSY_VIEW (self), FALSE);

  return self->news == NEWS_ENDED;
}
