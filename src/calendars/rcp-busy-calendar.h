/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/rcp-clock.h"
#include "base/rcp-busy.h"
#include "calendars/rcp-calendar.h"

G_BEGIN_DECLS

/**
 * RcpBusyState:
 *
 * @RCP_BUSY_STATE_LOADING: nothing is known yet
 * @RCP_BUSY_STATE_LIVE: what is known is what Evolution Data Server and the calendar's server know
 * @RCP_BUSY_STATE_OLD: what is known is of rcp_busy_calendar_get_as_of(), as one of them does not answer; it goes on trying
 */
typedef enum
{
  RCP_BUSY_STATE_LOADING,
  RCP_BUSY_STATE_LIVE,
  RCP_BUSY_STATE_OLD,
} RcpBusyState;

/**
 * RcpBusyCalendar:
 *
 * When a provider's calendar keeps the provider busy, within a window, live. What was known last stays when the server is
 * gone, with the time of when it was known. "changed" tells of other ranges, "notify::state" of another state.
 */
#define RCP_TYPE_BUSY_CALENDAR (rcp_busy_calendar_get_type ())
G_DECLARE_FINAL_TYPE (RcpBusyCalendar, rcp_busy_calendar, RCP, BUSY_CALENDAR, GObject)

/* @place: the zone of the place, for whole days. */
RcpBusyCalendar *rcp_busy_calendar_new (RcpCalendar *calendar, GTimeZone *place, RcpClock *clock);
void rcp_busy_calendar_set_window (RcpBusyCalendar *self, RcpTimeRange window);
/* For tests: seconds until its server is asked for news again. Before it starts. */
void rcp_busy_calendar_set_pace (RcpBusyCalendar *self, guint news_pause);
void rcp_busy_calendar_start (RcpBusyCalendar *self);
void rcp_busy_calendar_stop (RcpBusyCalendar *self);
GArray *rcp_busy_calendar_get_busy (RcpBusyCalendar *self); /* borrowed, of RcpBusy, normalized */
RcpBusyState rcp_busy_calendar_get_state (RcpBusyCalendar *self);
gint64 rcp_busy_calendar_get_as_of (RcpBusyCalendar *self); /* an instant; 0 when nothing was ever known */
guint rcp_busy_calendar_get_n_unread (RcpBusyCalendar *self); /* events that nobody could read */
const GError *rcp_busy_calendar_get_error (RcpBusyCalendar *self); /* why it is old, or NULL */
RcpCalendar *rcp_busy_calendar_get_calendar (RcpBusyCalendar *self);

G_END_DECLS
