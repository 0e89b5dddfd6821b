/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What the program knows of the calendars before the part that reads them is loaded: without Evolution Data Server's libraries. */

#include "base/rcp-busy-times.h"
#include "base/rcp-clock.h"
#include "calendars/rcp-calendar-login.h"

G_BEGIN_DECLS

/**
 * RcpCalendarReading:
 * @is_read: whether its events were read at least once since the program started
 * @as_of: 0 while what is known is live, else since when it is not
 * @n_unread: events that nobody could understand
 */
typedef struct
{
  gboolean is_read;
  gint64 as_of;
  guint n_unread;
} RcpCalendarReading;

/**
 * RcpAccountTrouble:
 * @RCP_ACCOUNT_WELL: nothing is known to be wrong
 * @RCP_ACCOUNT_NEEDS_PASSWORD: its server does not take the password any more, or there is none
 * @RCP_ACCOUNT_NOT_TRUSTED: its server shows a certificate that is not trusted
 *
 * What keeps an account from its server until somebody does something about it.
 */
typedef enum
{
  RCP_ACCOUNT_WELL,
  RCP_ACCOUNT_NEEDS_PASSWORD,
  RCP_ACCOUNT_NOT_TRUSTED,
} RcpAccountTrouble;

/**
 * RcpCalendarService:
 *
 * The calendars of this computer and of its accounts. "reading-changed" (utf8) names a calendar that is read otherwise now.
 */
#define RCP_TYPE_CALENDAR_SERVICE (rcp_calendar_service_get_type ())
G_DECLARE_INTERFACE (RcpCalendarService, rcp_calendar_service, RCP, CALENDAR_SERVICE, GObject)

struct _RcpCalendarServiceInterface
{
  GTypeInterface parent_interface;

  void (*open_async) (RcpCalendarService *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
  gboolean (*open_finish) (RcpCalendarService *self, GAsyncResult *result, GError **error);
  GListModel *(*get_calendars) (RcpCalendarService *self);
  void (*keep) (RcpCalendarService *self, GVariant *chosen, RcpBusyTimes *times, GTimeZone *place, RcpClock *clock);
  gboolean (*get_reading) (RcpCalendarService *self, const char *uid, RcpCalendarReading *reading);

  GListModel *(*get_accounts) (RcpCalendarService *self);
  void (*look_up_async) (RcpCalendarService *self, const RcpCalendarLogin *login, GCancellable *cancellable,
                         GAsyncReadyCallback callback, gpointer user_data);
  GPtrArray *(*look_up_finish) (RcpCalendarService *self, GAsyncResult *result, RcpServerCertificate **certificate, GError **error);
  void (*sign_in_async) (RcpCalendarService *self, const char *uid, const RcpCalendarLogin *login, GCancellable *cancellable,
                         GAsyncReadyCallback callback, gpointer user_data);
  gboolean (*sign_in_finish) (RcpCalendarService *self, GAsyncResult *result, GError **error);
  void (*remove_async) (RcpCalendarService *self, const char *uid, GCancellable *cancellable, GAsyncReadyCallback callback,
                        gpointer user_data);
  gboolean (*remove_finish) (RcpCalendarService *self, GAsyncResult *result, GError **error);
};

/* Finds the server of the calendars. An error where there is none; the program goes on. */
void rcp_calendar_service_open_async (RcpCalendarService *self, GCancellable *cancellable, GAsyncReadyCallback callback,
                                      gpointer user_data);
gboolean rcp_calendar_service_open_finish (RcpCalendarService *self, GAsyncResult *result, GError **error);
/* Once it is open: of objects with the properties of RcpCalendar, live. */
GListModel *rcp_calendar_service_get_calendars (RcpCalendarService *self);
/* Tells @times from now on what the calendars keep. @chosen: a{sas}, by Practitioner the uids; what was chosen before is given up.
 * @place: the zone of whole days */
void rcp_calendar_service_keep (RcpCalendarService *self, GVariant *chosen, RcpBusyTimes *times, GTimeZone *place, RcpClock *clock);
/* FALSE when nobody has chosen that calendar. */
gboolean rcp_calendar_service_get_reading (RcpCalendarService *self, const char *uid, RcpCalendarReading *reading);

/* Once it is open: of the accounts that Reception added, objects with the properties "uid", "name", "address", "user" and
 * "trouble" (an RcpAccountTrouble), live. */
GListModel *rcp_calendar_service_get_accounts (RcpCalendarService *self);
/* Asks a server for the calendars of a user; nothing is kept. A few seconds at most. */
void rcp_calendar_service_look_up_async (RcpCalendarService *self, const RcpCalendarLogin *login, GCancellable *cancellable,
                                         GAsyncReadyCallback callback, gpointer user_data);
/* (transfer full) (element-type RcpFoundCalendar), or NULL; @certificate: (transfer full) with RCP_CALENDAR_ERROR_NOT_TRUSTED, else NULL */
GPtrArray *rcp_calendar_service_look_up_finish (RcpCalendarService *self, GAsyncResult *result, RcpServerCertificate **certificate,
                                                GError **error);
/* Keeps the password and the account. @uid: of an account that gets another password or certificate; NULL: a new one, whose
 * calendars come by themselves */
void rcp_calendar_service_sign_in_async (RcpCalendarService *self, const char *uid, const RcpCalendarLogin *login,
                                         GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean rcp_calendar_service_sign_in_finish (RcpCalendarService *self, GAsyncResult *result, GError **error);
/* Forgets an account that Reception added, and its password. */
void rcp_calendar_service_remove_async (RcpCalendarService *self, const char *uid, GCancellable *cancellable,
                                        GAsyncReadyCallback callback, gpointer user_data);
gboolean rcp_calendar_service_remove_finish (RcpCalendarService *self, GAsyncResult *result, GError **error);

/* The one function of the module, by its name. (transfer full): not open yet */
#define RCP_CALENDARS_MODULE_SYMBOL "reception_calendars_new"
typedef RcpCalendarService *(*RcpCalendarsNewFunc) (void);

G_END_DECLS
