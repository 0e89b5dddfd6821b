/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* One connection to a calendar, for as long as it holds. Private to the calendars. */

#include <libecal/libecal.h>

#include "calendars/rcp-busy-reader.h"
#include "calendars/rcp-event-store.h"

G_BEGIN_DECLS

/**
 * RcpBusyView:
 *
 * Connects to a calendar, asks for its events in the window of a reader, and reads them as they come. The signal "read"
 * tells that all that is known is read: the first time when the calendar has told all that it has. "lost" (GError) tells
 * that it will hear no more, or never has; once, and nothing after it. "troubled" (GError) tells that Evolution Data Server
 * itself did not reach the calendar's server. "refreshed" tells that it has just asked that server, where "troubled" follows unless
 * it was reached. "near-read" (GArray of RcpBusy) tells, before all of it, what is kept about the time
 * that was to be told first.
 */
#define RCP_TYPE_BUSY_VIEW (rcp_busy_view_get_type ())
G_DECLARE_FINAL_TYPE (RcpBusyView, rcp_busy_view, RCP, BUSY_VIEW, GObject)

RcpBusyView *rcp_busy_view_new (ESource *source, GTimeZone *place, RcpTimeRange window);
void rcp_busy_view_set_near (RcpBusyView *self, RcpTimeRange near);
void rcp_busy_view_start (RcpBusyView *self);
void rcp_busy_view_stop (RcpBusyView *self); /* no signal afterwards */
void rcp_busy_view_refresh (RcpBusyView *self); /* has the server asked for news now; what fails is told by "troubled" */
gboolean rcp_busy_view_can_refresh (RcpBusyView *self);
gboolean rcp_busy_view_is_fresh (RcpBusyView *self); /* that refresh has ended */
RcpEventStore *rcp_busy_view_get_store (RcpBusyView *self);

G_END_DECLS
