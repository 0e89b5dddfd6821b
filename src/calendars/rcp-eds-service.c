/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-calendars"

#include "rcp-eds-service.h"

#include "calendars/rcp-busy-keeper.h"
#include "calendars/rcp-caldav-accounts.h"
#include "calendars/rcp-caldav-discovery.h"

#define LOOK_UP_MS 8000 /* what a person waits for a server that does not answer */

struct _RcpEdsService
{
  GObject parent_instance;

  RcpCalendars *calendars; /* NULL until it is open */
  RcpCaldavAccounts *accounts; /* the same */
  RcpBusyKeeper *keeper;   /* NULL until something was chosen */
  GHashTable *located;     /* by the address of a login, where the calendars were found instead */
};

static void rcp_eds_service_interface_init (RcpCalendarServiceInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (RcpEdsService, rcp_eds_service, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (RCP_TYPE_CALENDAR_SERVICE, rcp_eds_service_interface_init))

static void
rcp_eds_service_dispose (GObject *object)
{
  RcpEdsService *self = RCP_EDS_SERVICE (object);

  if (self->keeper != NULL)
    rcp_busy_keeper_stop (self->keeper);
  g_clear_object (&self->keeper);
  g_clear_object (&self->accounts);
  g_clear_object (&self->calendars);
  G_OBJECT_CLASS (rcp_eds_service_parent_class)->dispose (object);
}

static void
rcp_eds_service_finalize (GObject *object)
{
  g_hash_table_unref (RCP_EDS_SERVICE (object)->located);
  G_OBJECT_CLASS (rcp_eds_service_parent_class)->finalize (object);
}

static void
rcp_eds_service_class_init (RcpEdsServiceClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rcp_eds_service_dispose;
  G_OBJECT_CLASS (klass)->finalize = rcp_eds_service_finalize;
}

static void
rcp_eds_service_init (RcpEdsService *self)
{
  self->located = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

static void
on_opened_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  RcpEdsService *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (RcpCalendars) calendars = rcp_calendars_open_finish (result, &error);

  if (calendars == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  g_set_object (&self->calendars, calendars);
  g_clear_object (&self->accounts);
  self->accounts = rcp_caldav_accounts_new (rcp_calendars_get_registry (calendars));
  g_task_return_boolean (task, TRUE);
}

static void
rcp_eds_service_open_async (RcpCalendarService *service, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (service, cancellable, callback, user_data);

  g_task_set_source_tag (task, rcp_eds_service_open_async);
  rcp_calendars_open_async (cancellable, on_opened_cb, task);
}

static gboolean
rcp_eds_service_open_finish (RcpCalendarService *service, GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static GListModel *
rcp_eds_service_get_calendars (RcpCalendarService *service)
{
  return (GListModel *) RCP_EDS_SERVICE (service)->calendars;
}

static void
on_reading_changed_cb (RcpEdsService *self, const char *uid)
{
  g_signal_emit_by_name (self, "reading-changed", uid);
}

static void
rcp_eds_service_keep (RcpCalendarService *service, GVariant *chosen, RcpBusyTimes *times, GTimeZone *place, RcpClock *clock)
{
  RcpEdsService *self = RCP_EDS_SERVICE (service);

  g_return_if_fail (self->calendars != NULL);

  /* Another record may be in another zone. */
  if (self->keeper != NULL && !rcp_busy_keeper_is_for (self->keeper, times, place))
    {
      rcp_busy_keeper_stop (self->keeper);
      g_clear_object (&self->keeper);
    }
  if (self->keeper == NULL)
    {
      self->keeper = rcp_busy_keeper_new (self->calendars, times, place, clock);
      g_signal_connect_object (self->keeper, "reading-changed", G_CALLBACK (on_reading_changed_cb), self, G_CONNECT_SWAPPED);
    }
  rcp_busy_keeper_set_chosen (self->keeper, chosen);
}

static gboolean
rcp_eds_service_get_reading (RcpCalendarService *service, const char *uid, RcpCalendarReading *reading)
{
  RcpEdsService *self = RCP_EDS_SERVICE (service);
  RcpBusyCalendar *reader = self->keeper != NULL ? rcp_busy_keeper_find (self->keeper, uid) : NULL;
  gint64 as_of;

  if (reader == NULL)
    return FALSE;
  as_of = rcp_busy_calendar_get_as_of (reader);
  reading->is_read = as_of != 0;
  reading->as_of = rcp_busy_calendar_get_state (reader) == RCP_BUSY_STATE_LIVE ? 0 : as_of;
  reading->n_unread = rcp_busy_calendar_get_n_unread (reader);
  return TRUE;
}

static GListModel *
rcp_eds_service_get_accounts (RcpCalendarService *service)
{
  return (GListModel *) RCP_EDS_SERVICE (service)->accounts;
}

/* What others do for the service comes back as the service's own, with their result in it. */
static void
on_forwarded_cb (GObject *object, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;

  g_task_return_pointer (task, g_object_ref (result), g_object_unref);
}

static GAsyncResult *
take_result (GAsyncResult *result)
{
  return g_task_propagate_pointer (G_TASK (result), NULL);
}

static GTask *
make_forward (RcpCalendarService *service, gpointer tag, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (service, NULL, callback, user_data);

  g_task_set_source_tag (task, tag);
  return task;
}

static void
rcp_eds_service_look_up_async (RcpCalendarService *service, const RcpCalendarLogin *login, GCancellable *cancellable,
                               GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = make_forward (service, rcp_eds_service_look_up_async, callback, user_data);

  g_task_set_task_data (task, g_strdup (login->url), g_free);
  rcp_caldav_discover_async (login, LOOK_UP_MS, cancellable, on_forwarded_cb, task);
}

static GPtrArray *
rcp_eds_service_look_up_finish (RcpCalendarService *service, GAsyncResult *result, RcpServerCertificate **certificate, GError **error)
{
  g_autoptr (GAsyncResult) own = take_result (result);
  char *url = rcp_caldav_discover_dup_url (own);

  if (url != NULL)
    g_hash_table_replace (RCP_EDS_SERVICE (service)->located, g_strdup (g_task_get_task_data (G_TASK (result))), url);
  return rcp_caldav_discover_finish (own, certificate, error);
}

/* (transfer full): with where its calendars were found. */
static RcpCalendarLogin *
go_where_it_was_found (RcpEdsService *self, const RcpCalendarLogin *login)
{
  RcpCalendarLogin *copy = rcp_calendar_login_copy (login);
  const char *url = g_hash_table_lookup (self->located, login->url);

  if (url != NULL)
    {
      g_free (copy->url);
      copy->url = g_strdup (url);
    }
  return copy;
}

static void
rcp_eds_service_sign_in_async (RcpCalendarService *service, const char *uid, const RcpCalendarLogin *login, GCancellable *cancellable,
                               GAsyncReadyCallback callback, gpointer user_data)
{
  RcpEdsService *self = RCP_EDS_SERVICE (service);
  g_autoptr (RcpCalendarLogin) found = go_where_it_was_found (self, login);
  GTask *task = make_forward (service, rcp_eds_service_sign_in_async, callback, user_data);

  if (uid != NULL)
    rcp_caldav_accounts_sign_in_async (self->accounts, uid, found, cancellable, on_forwarded_cb, task);
  else
    rcp_caldav_accounts_add_async (self->accounts, found, cancellable, on_forwarded_cb, task);
}

static gboolean
rcp_eds_service_sign_in_finish (RcpCalendarService *service, GAsyncResult *result, GError **error)
{
  RcpEdsService *self = RCP_EDS_SERVICE (service);
  g_autoptr (GAsyncResult) own = take_result (result);
  g_autofree char *uid = NULL;

  if (!g_async_result_is_tagged (own, rcp_caldav_accounts_add_async))
    return rcp_caldav_accounts_sign_in_finish (self->accounts, own, error);
  uid = rcp_caldav_accounts_add_finish (self->accounts, own, error);
  return uid != NULL;
}

static void
rcp_eds_service_remove_async (RcpCalendarService *service, const char *uid, GCancellable *cancellable, GAsyncReadyCallback callback,
                              gpointer user_data)
{
  RcpEdsService *self = RCP_EDS_SERVICE (service);

  rcp_caldav_accounts_remove_async (self->accounts, uid, cancellable, on_forwarded_cb,
                                    make_forward (service, rcp_eds_service_remove_async, callback, user_data));
}

static gboolean
rcp_eds_service_remove_finish (RcpCalendarService *service, GAsyncResult *result, GError **error)
{
  g_autoptr (GAsyncResult) own = take_result (result);

  return rcp_caldav_accounts_remove_finish (RCP_EDS_SERVICE (service)->accounts, own, error);
}

static void
rcp_eds_service_interface_init (RcpCalendarServiceInterface *iface)
{
  iface->open_async = rcp_eds_service_open_async;
  iface->open_finish = rcp_eds_service_open_finish;
  iface->get_calendars = rcp_eds_service_get_calendars;
  iface->keep = rcp_eds_service_keep;
  iface->get_reading = rcp_eds_service_get_reading;
  iface->get_accounts = rcp_eds_service_get_accounts;
  iface->look_up_async = rcp_eds_service_look_up_async;
  iface->look_up_finish = rcp_eds_service_look_up_finish;
  iface->sign_in_async = rcp_eds_service_sign_in_async;
  iface->sign_in_finish = rcp_eds_service_sign_in_finish;
  iface->remove_async = rcp_eds_service_remove_async;
  iface->remove_finish = rcp_eds_service_remove_finish;
}

/**
 * rcp_eds_service_new:
 *
 * Returns: (transfer full): not open yet
 */
RcpCalendarService *
rcp_eds_service_new (void)
{
  return g_object_new (RCP_TYPE_EDS_SERVICE, NULL);
}
