/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/rcp-busy-times.h"
#include "calendars/rcp-busy-calendar.h"
#include "calendars/rcp-calendars.h"

G_BEGIN_DECLS

/**
 * RcpBusyKeeper:
 *
 * Reads the calendars that were chosen for people, each once, and tells an RcpBusyTimes what they keep together. Of whom
 * a calendar was never read since the start, what was known before stays, with the time of when that was.
 * "reading-changed" (utf8) names a calendar.
 */
#define RCP_TYPE_BUSY_KEEPER (rcp_busy_keeper_get_type ())
G_DECLARE_FINAL_TYPE (RcpBusyKeeper, rcp_busy_keeper, RCP, BUSY_KEEPER, GObject)

RcpBusyKeeper *rcp_busy_keeper_new (RcpCalendars *calendars, RcpBusyTimes *times, GTimeZone *place, RcpClock *clock);
gboolean rcp_busy_keeper_is_for (RcpBusyKeeper *self, RcpBusyTimes *times, GTimeZone *place);
void rcp_busy_keeper_set_chosen (RcpBusyKeeper *self, GVariant *chosen); /* a{sas}: Practitioner to uids */
RcpBusyCalendar *rcp_busy_keeper_find (RcpBusyKeeper *self, const char *uid); /* borrowed, or NULL */
void rcp_busy_keeper_stop (RcpBusyKeeper *self);

G_END_DECLS
