/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A mirrored visit as a VEVENT (RFC 5545), and back. Private to the calendars. */

#include "calendars/rcp-mirror-plan.h"
#include "calendars/rcp-zones.h"

G_BEGIN_DECLS

/* The event that a step makes, out of the one that is there: (transfer full), a VEVENT. @now: an instant. */
char *rcp_mirror_event_write (const RcpMirrorStep *step, const char *realm, gint64 now);
/* NULL for events of others, for instances of a series, and for what has no time that can be read: (transfer full). */
RcpMirrorHeld *rcp_mirror_event_read (icalcomponent *event, const char *realm, RcpZones *zones, gboolean has_server);

G_END_DECLS
