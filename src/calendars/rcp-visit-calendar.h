/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Visits as a file that any calendar program reads: a VCALENDAR (RFC 5545). */

#include <libical/ical.h>

#include "calendars/rcp-mirror-values.h"

G_BEGIN_DECLS

/* The rules of a zone under its IANA name, as an event with that TZID needs them beside it: the caller's, to be freed by
 * icalcomponent_free(); or NULL when nobody knows the zone. */
icalcomponent *rcp_vtimezone_new (const char *name);
/* @visits: (element-type RcpMirrorVisit): what is cancelled or gone is left out. @realm: what all desks of this record call it; @title: of
 * the calendar; @about: (nullable): its description; @now: the instant of the writing. (transfer full) */
char *rcp_visit_calendar_write (GPtrArray *visits, const char *realm, const char *title, const char *about, gint64 now);

G_END_DECLS
