/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-calendars"

#include "rcp-eds-service.h"

#include "calendars/rcp-busy-keeper.h"

struct _RcpEdsService
{
  GObject parent_instance;

  RcpCalendars *calendars; /* NULL until it is open */
  RcpBusyKeeper *keeper;   /* NULL until something was chosen */
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
  g_clear_object (&self->calendars);
  G_OBJECT_CLASS (rcp_eds_service_parent_class)->dispose (object);
}

static void
rcp_eds_service_class_init (RcpEdsServiceClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rcp_eds_service_dispose;
}

static void
rcp_eds_service_init (RcpEdsService *self)
{
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

static void
rcp_eds_service_interface_init (RcpCalendarServiceInterface *iface)
{
  iface->open_async = rcp_eds_service_open_async;
  iface->open_finish = rcp_eds_service_open_finish;
  iface->get_calendars = rcp_eds_service_get_calendars;
  iface->keep = rcp_eds_service_keep;
  iface->get_reading = rcp_eds_service_get_reading;
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
