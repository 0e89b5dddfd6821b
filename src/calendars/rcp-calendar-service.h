/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What the program knows of the calendars before the part that reads them is loaded: without Evolution Data Server's libraries. */

#include "base/rcp-busy-times.h"
#include "base/rcp-clock.h"

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

/* The one function of the module, by its name. (transfer full): not open yet */
#define RCP_CALENDARS_MODULE_SYMBOL "reception_calendars_new"
typedef RcpCalendarService *(*RcpCalendarsNewFunc) (void);

G_END_DECLS
