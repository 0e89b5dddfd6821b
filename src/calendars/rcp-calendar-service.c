/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-calendar-service"

#include "rcp-calendar-service.h"

G_DEFINE_INTERFACE (RcpCalendarService, rcp_calendar_service, G_TYPE_OBJECT)

static void
rcp_calendar_service_default_init (RcpCalendarServiceInterface *iface)
{
  g_signal_new ("reading-changed", RCP_TYPE_CALENDAR_SERVICE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

/**
 * rcp_calendar_service_open_async:
 * @self: a service
 * @cancellable: (nullable): to give it up
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Finds the server of the calendars, and starts it where the session can. May be tried again.
 */
void
rcp_calendar_service_open_async (RcpCalendarService *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (RCP_IS_CALENDAR_SERVICE (self));

  RCP_CALENDAR_SERVICE_GET_IFACE (self)->open_async (self, cancellable, callback, user_data);
}

/**
 * rcp_calendar_service_open_finish:
 * @self: a service
 * @result: what the callback got
 * @error: why there are no calendars
 *
 * Returns: whether it is open
 */
gboolean
rcp_calendar_service_open_finish (RcpCalendarService *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (RCP_IS_CALENDAR_SERVICE (self), FALSE);

  return RCP_CALENDAR_SERVICE_GET_IFACE (self)->open_finish (self, result, error);
}

/**
 * rcp_calendar_service_get_calendars:
 * @self: a service
 *
 * Returns: (transfer none) (nullable): objects with the properties "uid", "name", "account", "account-uid", "colour", "enabled", "can-be-written" and "state"; %NULL until it is open
 */
GListModel *
rcp_calendar_service_get_calendars (RcpCalendarService *self)
{
  g_return_val_if_fail (RCP_IS_CALENDAR_SERVICE (self), NULL);

  return RCP_CALENDAR_SERVICE_GET_IFACE (self)->get_calendars (self);
}

/**
 * rcp_calendar_service_keep:
 * @self: an open service
 * @chosen: a{sas}: the id of a Practitioner and the uids of the calendars that keep his or her time
 * @times: what is told
 * @place: the zone of whole days
 * @clock: the time
 */
void
rcp_calendar_service_keep (RcpCalendarService *self, GVariant *chosen, RcpBusyTimes *times, GTimeZone *place, RcpClock *clock)
{
  g_return_if_fail (RCP_IS_CALENDAR_SERVICE (self));
  g_return_if_fail (g_variant_is_of_type (chosen, G_VARIANT_TYPE ("a{sas}")));

  RCP_CALENDAR_SERVICE_GET_IFACE (self)->keep (self, chosen, times, place, clock);
}

/**
 * rcp_calendar_service_get_reading:
 * @self: a service
 * @uid: of a calendar
 * @reading: (out caller-allocates): how well it is read
 *
 * Returns: whether it is read at all: somebody has chosen it
 */
gboolean
rcp_calendar_service_get_reading (RcpCalendarService *self, const char *uid, RcpCalendarReading *reading)
{
  g_return_val_if_fail (RCP_IS_CALENDAR_SERVICE (self), FALSE);

  return RCP_CALENDAR_SERVICE_GET_IFACE (self)->get_reading (self, uid, reading);
}

/**
 * rcp_calendar_service_get_accounts:
 * @self: a service
 *
 * Returns: (transfer none) (nullable): the accounts that Reception added; %NULL until it is open
 */
GListModel *
rcp_calendar_service_get_accounts (RcpCalendarService *self)
{
  g_return_val_if_fail (RCP_IS_CALENDAR_SERVICE (self), NULL);

  return RCP_CALENDAR_SERVICE_GET_IFACE (self)->get_accounts (self);
}

/**
 * rcp_calendar_service_look_up_async:
 * @self: an open service
 * @login: where and who
 * @cancellable: (nullable): to give it up
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Asks a server for the calendars of a user. A server that does not answer is given up after a few seconds.
 */
void
rcp_calendar_service_look_up_async (RcpCalendarService *self, const RcpCalendarLogin *login, GCancellable *cancellable,
                                    GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (RCP_IS_CALENDAR_SERVICE (self));
  g_return_if_fail (login != NULL);

  RCP_CALENDAR_SERVICE_GET_IFACE (self)->look_up_async (self, login, cancellable, callback, user_data);
}

/**
 * rcp_calendar_service_look_up_finish:
 * @self: a service
 * @result: what the callback got
 * @certificate: (out) (transfer full) (nullable): with %RCP_CALENDAR_ERROR_NOT_TRUSTED, which it is
 * @error: of RCP_CALENDAR_ERROR, or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable) (element-type RcpFoundCalendar): at least one
 */
GPtrArray *
rcp_calendar_service_look_up_finish (RcpCalendarService *self, GAsyncResult *result, RcpServerCertificate **certificate, GError **error)
{
  g_return_val_if_fail (RCP_IS_CALENDAR_SERVICE (self), NULL);
  g_return_val_if_fail (certificate != NULL, NULL);

  return RCP_CALENDAR_SERVICE_GET_IFACE (self)->look_up_finish (self, result, certificate, error);
}

/**
 * rcp_calendar_service_sign_in_async:
 * @self: an open service
 * @uid: (nullable): of an account that gets another password or certificate; %NULL: a new one
 * @login: that its server took
 * @cancellable: (nullable): to give it up
 * @callback: called when it is done
 * @user_data: for @callback
 */
void
rcp_calendar_service_sign_in_async (RcpCalendarService *self, const char *uid, const RcpCalendarLogin *login,
                                    GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (RCP_IS_CALENDAR_SERVICE (self));
  g_return_if_fail (login != NULL);

  RCP_CALENDAR_SERVICE_GET_IFACE (self)->sign_in_async (self, uid, login, cancellable, callback, user_data);
}

/**
 * rcp_calendar_service_sign_in_finish:
 * @self: a service
 * @result: what the callback got
 * @error: %RCP_CALENDAR_ERROR_KEYRING where the password cannot be kept: then nothing is different
 *
 * Returns: whether the account is there
 */
gboolean
rcp_calendar_service_sign_in_finish (RcpCalendarService *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (RCP_IS_CALENDAR_SERVICE (self), FALSE);

  return RCP_CALENDAR_SERVICE_GET_IFACE (self)->sign_in_finish (self, result, error);
}

/**
 * rcp_calendar_service_remove_async:
 * @self: an open service
 * @uid: of an account that Reception added
 * @cancellable: (nullable): to give it up
 * @callback: called when it is done
 * @user_data: for @callback
 */
void
rcp_calendar_service_remove_async (RcpCalendarService *self, const char *uid, GCancellable *cancellable, GAsyncReadyCallback callback,
                                   gpointer user_data)
{
  g_return_if_fail (RCP_IS_CALENDAR_SERVICE (self));
  g_return_if_fail (uid != NULL);

  RCP_CALENDAR_SERVICE_GET_IFACE (self)->remove_async (self, uid, cancellable, callback, user_data);
}

gboolean
rcp_calendar_service_remove_finish (RcpCalendarService *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (RCP_IS_CALENDAR_SERVICE (self), FALSE);

  return RCP_CALENDAR_SERVICE_GET_IFACE (self)->remove_finish (self, result, error);
}
