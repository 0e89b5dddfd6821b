/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/rcp-busy.h"
#include "calendars/rcp-zones.h"

G_BEGIN_DECLS

/**
 * RcpBusyReader:
 *
 * What the events of a calendar (RFC 5545) keep busy within a window. Pure: no clock, no files but those of the system's zones.
 *
 * An event and its detached instances (RECURRENCE-ID) have one UID and are read together. Whole days and floating times are
 * in the zone of the place. RANGE=THISANDFUTURE is not heeded: no program writes it any more, they split a series in two.
 */
typedef struct _RcpBusyReader RcpBusyReader;

RcpBusyReader *rcp_busy_reader_new (GTimeZone *place, RcpTimeRange window);
void rcp_busy_reader_free (RcpBusyReader *self);
/* The mail address of whose calendar it is, with which invitations are answered; may be NULL. */
void rcp_busy_reader_set_owner (RcpBusyReader *self, const char *address);
void rcp_busy_reader_set_window (RcpBusyReader *self, RcpTimeRange window);
RcpTimeRange rcp_busy_reader_get_window (RcpBusyReader *self);
RcpZones *rcp_busy_reader_get_zones (RcpBusyReader *self); /* borrowed; takes VTIMEZONEs */

/* Appends to @busy (element-type RcpBusy), not normalized, what the VEVENTs of one UID keep. FALSE when one of them could not be
 * read; what the others keep is there all the same. */
gboolean rcp_busy_reader_read (RcpBusyReader *self, icalcomponent *const *events, guint n_events, GArray *busy);
/* All of a VCALENDAR, or of several in an XROOT, with their VTIMEZONEs. Returns how many UIDs could not be read. */
guint rcp_busy_reader_read_calendar (RcpBusyReader *self, icalcomponent *calendar, GArray *busy);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RcpBusyReader, rcp_busy_reader_free)

G_END_DECLS
