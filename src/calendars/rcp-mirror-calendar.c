/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-calendars"

#include "rcp-mirror-calendar-private.h"

#include <string.h>

#include "rcp-mirror-uid.h"

#define PATIENCE 5000 /* milliseconds */
#define DO_NOT_WAIT ((guint32) -1)
#define KEY_LETTERS 32

struct _RcpMirrorCalendar
{
  GObject parent_instance;

  RcpCalendar *calendar;
  GTimeZone *place;
  char *realm;
  char *address; /* of e-mail; NULL: none */
  gboolean knows_address;
  guint patience;
  guint n_troubles;
  ECalClient *client; /* NULL until it is asked for, and when it has ended */
  ECalClientView *view;
  GCancellable *view_cancellable;
};

G_DEFINE_FINAL_TYPE (RcpMirrorCalendar, rcp_mirror_calendar, G_TYPE_OBJECT)

enum
{
  SIGNAL_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
drop_client (RcpMirrorCalendar *self)
{
  g_cancellable_cancel (self->view_cancellable);
  g_clear_object (&self->view_cancellable);
  if (self->view != NULL)
    g_signal_handlers_disconnect_by_data (self->view, self);
  if (self->client != NULL)
    g_signal_handlers_disconnect_by_data (self->client, self);
  g_clear_object (&self->view);
  g_clear_object (&self->client);
}

static void
rcp_mirror_calendar_dispose (GObject *object)
{
  drop_client (RCP_MIRROR_CALENDAR (object));
  G_OBJECT_CLASS (rcp_mirror_calendar_parent_class)->dispose (object);
}

static void
rcp_mirror_calendar_finalize (GObject *object)
{
  RcpMirrorCalendar *self = RCP_MIRROR_CALENDAR (object);

  g_clear_object (&self->calendar);
  g_clear_pointer (&self->place, g_time_zone_unref);
  g_free (self->realm);
  g_free (self->address);
  G_OBJECT_CLASS (rcp_mirror_calendar_parent_class)->finalize (object);
}

static void
rcp_mirror_calendar_class_init (RcpMirrorCalendarClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rcp_mirror_calendar_dispose;
  G_OBJECT_CLASS (klass)->finalize = rcp_mirror_calendar_finalize;
  signals[SIGNAL_CHANGED] =
      g_signal_new ("changed", RCP_TYPE_MIRROR_CALENDAR, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
rcp_mirror_calendar_init (RcpMirrorCalendar *self)
{
  self->patience = PATIENCE;
}

/**
 * rcp_mirror_calendar_new:
 * @calendar: which one
 * @place: the zone of the place
 *
 * Returns: (transfer full): a mirror that has done nothing yet
 */
RcpMirrorCalendar *
rcp_mirror_calendar_new (RcpCalendar *calendar, GTimeZone *place)
{
  RcpMirrorCalendar *self;

  g_return_val_if_fail (RCP_IS_CALENDAR (calendar), NULL);
  g_return_val_if_fail (place != NULL, NULL);

  self = g_object_new (RCP_TYPE_MIRROR_CALENDAR, NULL);
  self->calendar = g_object_ref (calendar);
  self->place = g_time_zone_ref (place);
  return self;
}

/**
 * rcp_mirror_calendar_set_realm:
 * @self: a mirror
 * @realm: what all desks of the record call it
 */
void
rcp_mirror_calendar_set_realm (RcpMirrorCalendar *self, const char *realm)
{
  g_return_if_fail (RCP_IS_MIRROR_CALENDAR (self));
  g_return_if_fail (realm != NULL);

  g_free (self->realm);
  self->realm = g_strdup (realm);
}

/**
 * rcp_mirror_calendar_set_patience:
 * @self: a mirror
 * @milliseconds: how long one call may take
 */
void
rcp_mirror_calendar_set_patience (RcpMirrorCalendar *self, guint milliseconds)
{
  g_return_if_fail (RCP_IS_MIRROR_CALENDAR (self));

  self->patience = milliseconds;
}

/**
 * rcp_mirror_calendar_get_calendar:
 * @self: a mirror
 *
 * Returns: (transfer none): which one it is
 */
RcpCalendar *
rcp_mirror_calendar_get_calendar (RcpMirrorCalendar *self)
{
  g_return_val_if_fail (RCP_IS_MIRROR_CALENDAR (self), NULL);

  return self->calendar;
}

/**
 * rcp_mirror_calendar_get_address:
 * @self: a mirror
 *
 * Returns: (nullable): who invites, where patients are invited
 */
const char *
rcp_mirror_calendar_get_address (RcpMirrorCalendar *self)
{
  g_return_val_if_fail (RCP_IS_MIRROR_CALENDAR (self), NULL);

  return self->address;
}

gboolean
rcp_mirror_calendar_knows_address (RcpMirrorCalendar *self)
{
  g_return_val_if_fail (RCP_IS_MIRROR_CALENDAR (self), FALSE);

  return self->knows_address;
}

guint
rcp_mirror_calendar_get_n_troubles (RcpMirrorCalendar *self)
{
  g_return_val_if_fail (RCP_IS_MIRROR_CALENDAR (self), 0);

  return self->n_troubles;
}

static gboolean
is_of_kind (RcpMirrorCalendar *self, const char *kind)
{
  ESource *source = rcp_calendar_get_source (self->calendar);
  g_autofree char *backend = NULL;

  if (e_source_has_extension (source, E_SOURCE_EXTENSION_CALENDAR))
    backend = e_source_backend_dup_backend_name (e_source_get_extension (source, E_SOURCE_EXTENSION_CALENDAR));
  return g_strcmp0 (backend, kind) == 0;
}

/**
 * rcp_mirror_calendar_has_server:
 * @self: a mirror
 *
 * Returns: whether the calendar is kept by another computer
 */
gboolean
rcp_mirror_calendar_has_server (RcpMirrorCalendar *self)
{
  g_return_val_if_fail (RCP_IS_MIRROR_CALENDAR (self), FALSE);

  return !is_of_kind (self, "local");
}

/* A calendar of this computer has the same uid at each desk ("system-calendar") and is another one there. */
static char *
make_address (RcpMirrorCalendar *self)
{
  ESource *source = rcp_calendar_get_source (self->calendar);
  g_autofree char *machine = NULL;

  if (e_source_has_extension (source, E_SOURCE_EXTENSION_WEBDAV_BACKEND))
    {
      g_autoptr (GUri) uri = e_source_webdav_dup_uri (e_source_get_extension (source, E_SOURCE_EXTENSION_WEBDAV_BACKEND));
      g_autofree char *host = g_ascii_strdown (g_uri_get_host (uri) != NULL ? g_uri_get_host (uri) : "", -1);

      return g_strdup_printf ("%s:%d%s", host, g_uri_get_port (uri), g_uri_get_path (uri));
    }
  g_file_get_contents ("/etc/machine-id", &machine, NULL, NULL);
  return g_strjoin ("\n", machine != NULL ? machine : g_get_host_name (), g_get_user_data_dir (), e_source_get_uid (source), NULL);
}

/**
 * rcp_mirror_calendar_dup_key:
 * @self: a mirror
 *
 * Returns: (transfer full): a hash of where the calendar is
 */
char *
rcp_mirror_calendar_dup_key (RcpMirrorCalendar *self)
{
  g_autofree char *address = NULL;
  g_autofree char *hash = NULL;

  g_return_val_if_fail (RCP_IS_MIRROR_CALENDAR (self), NULL);

  address = make_address (self);
  hash = g_compute_checksum_for_string (G_CHECKSUM_SHA256, address, -1);
  return g_strndup (hash, KEY_LETTERS);
}

RcpMirrorCall *
rcp_mirror_call_new (RcpMirrorCalendar *self, GTask *task)
{
  RcpMirrorCall *call = g_new0 (RcpMirrorCall, 1);

  call->self = g_object_ref (self);
  call->task = g_object_ref (task);
  call->deadline = rcp_mirror_deadline_new (self->patience, g_task_get_cancellable (task));
  return call;
}

GCancellable *
rcp_mirror_call_get_cancellable (RcpMirrorCall *call)
{
  return rcp_mirror_deadline_get_cancellable (call->deadline);
}

gboolean
rcp_mirror_error_is_conflict (const GError *error)
{
  return g_error_matches (error, E_CLIENT_ERROR, E_CLIENT_ERROR_OUT_OF_SYNC)
         || g_error_matches (error, E_CAL_CLIENT_ERROR, E_CAL_CLIENT_ERROR_OBJECT_NOT_FOUND)
         || g_error_matches (error, E_CAL_CLIENT_ERROR, E_CAL_CLIENT_ERROR_OBJECT_ID_ALREADY_EXISTS)
         /* A new event that another desk has put there a moment ago (If-None-Match). */
         || g_error_matches (error, E_SOUP_SESSION_ERROR, SOUP_STATUS_PRECONDITION_FAILED);
}

gboolean
rcp_mirror_calendar_is_refusal (const GError *error)
{
  return g_error_matches (error, E_CLIENT_ERROR, E_CLIENT_ERROR_PERMISSION_DENIED)
         || g_error_matches (error, E_CAL_CLIENT_ERROR, E_CAL_CLIENT_ERROR_NO_SUCH_CALENDAR);
}

GTask *
rcp_mirror_call_end (RcpMirrorCall *call, GError **error)
{
  GTask *task = call->task;

  rcp_mirror_deadline_explain (call->deadline, error);
  if (*error != NULL && !rcp_mirror_error_is_conflict (*error))
    call->self->n_troubles++;
  rcp_mirror_deadline_free (call->deadline);
  g_object_unref (call->self);
  g_free (call);
  return task;
}

ECalClient *
rcp_mirror_calendar_get_client (RcpMirrorCalendar *self)
{
  return self->client;
}

const char *
rcp_mirror_calendar_get_realm (RcpMirrorCalendar *self)
{
  return self->realm;
}

GTimeZone *
rcp_mirror_calendar_get_place (RcpMirrorCalendar *self)
{
  return self->place;
}

gboolean
rcp_mirror_calendar_tells_server (RcpMirrorCalendar *self)
{
  return is_of_kind (self, "caldav");
}

gboolean
rcp_mirror_calendar_is_connected (RcpMirrorCalendar *self)
{
  return self->client != NULL
         && (!rcp_mirror_calendar_has_server (self)
             || rcp_calendar_get_state (self->calendar) == RCP_CALENDAR_CONNECTED);
}

static void
on_backend_died_cb (EClient *client, RcpMirrorCalendar *self)
{
  self->n_troubles++;
  drop_client (self);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
on_backend_failed_cb (EClient *client, const char *message, RcpMirrorCalendar *self)
{
  self->n_troubles++;
}

static void
on_objects_told_cb (ECalClientView *view, const GSList *objects, RcpMirrorCalendar *self)
{
  for (const GSList *at = objects; at != NULL; at = at->next)
    if (rcp_mirror_uid_is_ours (i_cal_component_get_uid (at->data)))
      {
        g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
        return;
      }
}

static void
on_objects_gone_cb (ECalClientView *view, const GSList *ids, RcpMirrorCalendar *self)
{
  for (const GSList *at = ids; at != NULL; at = at->next)
    if (rcp_mirror_uid_is_ours (e_cal_component_id_get_uid (at->data)))
      {
        g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
        return;
      }
}

static void
on_view_made_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (RcpMirrorCalendar) self = data;
  g_autoptr (GError) error = NULL;
  ECalClientView *view = NULL;
  gboolean made = e_cal_client_get_view_finish (E_CAL_CLIENT (object), result, &view, &error);

  if (made && E_CAL_CLIENT (object) == self->client && self->view == NULL)
    {
      self->view = view;
      g_signal_connect_object (view, "objects-added", G_CALLBACK (on_objects_told_cb), self, 0);
      g_signal_connect_object (view, "objects-modified", G_CALLBACK (on_objects_told_cb), self, 0);
      g_signal_connect_object (view, "objects-removed", G_CALLBACK (on_objects_gone_cb), self, 0);
      /* What is there already is read when it is needed. */
      e_cal_client_view_set_flags (view, E_CAL_CLIENT_VIEW_FLAGS_NONE, NULL);
      e_cal_client_view_start (view, NULL);
    }
  else
    g_clear_object (&view);
}

typedef struct
{
  RcpMirrorCall *call;
  RcpMirrorReady ready;
} Opening;

static void
go_on_connected (RcpMirrorCalendar *self, GTask *task, RcpMirrorReady ready)
{
  if (rcp_mirror_calendar_is_connected (self))
    ready (task);
  else
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_NOT_CONNECTED, "The calendar's server cannot be reached");
}

/* Evolution Data Server does not look by itself whether a server is back before its next interval. */
static void
on_woken_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autofree Opening *opening = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (RcpMirrorCalendar) self = g_object_ref (opening->call->self);
  g_autoptr (GTask) task = NULL;

  e_client_refresh_finish (E_CLIENT (object), result, &error);
  task = rcp_mirror_call_end (opening->call, &error);
  if (error != NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    go_on_connected (self, task, opening->ready);
}

static void
wake (RcpMirrorCalendar *self, GTask *task, RcpMirrorReady ready)
{
  Opening *opening;

  if (rcp_mirror_calendar_is_connected (self))
    {
      ready (task);
      return;
    }
  opening = g_new0 (Opening, 1);
  opening->call = rcp_mirror_call_new (self, task);
  opening->ready = ready;
  e_client_refresh (E_CLIENT (self->client), rcp_mirror_call_get_cancellable (opening->call), on_woken_cb, opening);
}

static void
take_address (RcpMirrorCalendar *self, const char *address)
{
  g_free (self->address);
  self->address = address != NULL && strchr (address, '@') != NULL ? g_ascii_strdown (address, -1) : NULL;
  self->knows_address = TRUE;
}

static void
on_property_changed_cb (EClient *client, const char *name, const char *value, RcpMirrorCalendar *self)
{
  if (g_strcmp0 (name, E_CAL_BACKEND_PROPERTY_CAL_EMAIL_ADDRESS) != 0)
    return;
  take_address (self, value);
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
on_address_told_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autofree Opening *opening = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *address = NULL;
  g_autoptr (RcpMirrorCalendar) self = g_object_ref (opening->call->self);
  gboolean is_told = e_client_get_backend_property_finish (E_CLIENT (object), result, &address, &error);
  g_autoptr (GTask) task = rcp_mirror_call_end (opening->call, &error);

  /* A kind of calendar that does not know what is asked has no address; one that does not answer is asked again. */
  if (error != NULL && (error->domain == G_IO_ERROR || error->domain == G_DBUS_ERROR))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  take_address (self, is_told ? address : NULL);
  if (self->client != NULL)
    wake (self, task, opening->ready);
  else
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_NOT_CONNECTED, "Evolution Data Server has ended");
}

static void
ask_address (RcpMirrorCalendar *self, GTask *task, RcpMirrorReady ready)
{
  Opening *opening = g_new0 (Opening, 1);

  opening->call = rcp_mirror_call_new (self, task);
  opening->ready = ready;
  e_client_get_backend_property (E_CLIENT (self->client), E_CAL_BACKEND_PROPERTY_CAL_EMAIL_ADDRESS,
                                 rcp_mirror_call_get_cancellable (opening->call), on_address_told_cb, opening);
}

static void
on_connected_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autofree Opening *opening = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (RcpMirrorCalendar) self = g_object_ref (opening->call->self);
  g_autoptr (EClient) client = e_cal_client_connect_finish (result, &error);
  g_autoptr (GTask) task = rcp_mirror_call_end (opening->call, &error);

  if (client == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  if (self->client == NULL)
    {
      self->client = E_CAL_CLIENT (g_steal_pointer (&client));
      self->view_cancellable = g_cancellable_new ();
      g_signal_connect_object (self->client, "backend-died", G_CALLBACK (on_backend_died_cb), self, 0);
      g_signal_connect_object (self->client, "backend-error", G_CALLBACK (on_backend_failed_cb), self, 0);
      g_signal_connect_object (self->client, "backend-property-changed", G_CALLBACK (on_property_changed_cb), self, 0);
      e_cal_client_get_view (self->client, "#t", self->view_cancellable, on_view_made_cb, g_object_ref (self));
    }
  ask_address (self, task, opening->ready);
}

void
rcp_mirror_calendar_open (RcpMirrorCalendar *self, GTask *task, RcpMirrorReady ready)
{
  g_autoptr (GTask) held = task;
  Opening *opening;

  if (self->client != NULL && self->knows_address)
    {
      wake (self, task, ready);
      return;
    }
  if (self->client != NULL)
    {
      ask_address (self, task, ready);
      return;
    }
  opening = g_new0 (Opening, 1);
  opening->call = rcp_mirror_call_new (self, task);
  opening->ready = ready;
  e_cal_client_connect (rcp_calendar_get_source (self->calendar), E_CAL_CLIENT_SOURCE_TYPE_EVENTS, DO_NOT_WAIT,
                        rcp_mirror_call_get_cancellable (opening->call), on_connected_cb, opening);
}

static void
on_refreshed_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  RcpMirrorCall *call = data;
  g_autoptr (GError) error = NULL;
  gboolean is_done = e_client_refresh_finish (E_CLIENT (object), result, &error);
  g_autoptr (GTask) task = rcp_mirror_call_end (call, &error);

  if (is_done)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
refresh (GTask *task)
{
  RcpMirrorCalendar *self = g_task_get_source_object (task);
  RcpMirrorCall *call = rcp_mirror_call_new (self, task);

  e_client_refresh (E_CLIENT (self->client), rcp_mirror_call_get_cancellable (call), on_refreshed_cb, call);
}

/**
 * rcp_mirror_calendar_refresh_async:
 * @self: a mirror
 * @cancellable: (nullable): to give it up
 * @callback: called when Evolution Data Server has begun with it
 * @user_data: for @callback
 */
void
rcp_mirror_calendar_refresh_async (RcpMirrorCalendar *self,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  GTask *task;

  g_return_if_fail (RCP_IS_MIRROR_CALENDAR (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, rcp_mirror_calendar_refresh_async);
  if (rcp_mirror_calendar_has_server (self))
    {
      rcp_mirror_calendar_open (self, task, refresh);
      return;
    }
  g_task_return_boolean (task, TRUE);
  g_object_unref (task);
}

/**
 * rcp_mirror_calendar_refresh_finish:
 * @self: a mirror
 * @result: what the callback got
 * @error: why it could not begin
 *
 * Returns: whether it has begun
 */
gboolean
rcp_mirror_calendar_refresh_finish (RcpMirrorCalendar *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
