/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The zones that the times of a calendar are in. */

#include <glib.h>
#include <libical/ical.h>

G_BEGIN_DECLS

/**
 * RcpZone:
 *
 * From a wall clock to an instant and back. Wall clocks count seconds since 1970 by what they show; instants count them
 * in UTC.
 */
typedef struct _RcpZone RcpZone;

/* A time that does not exist is read with the offset before the gap, one that exists twice is the first (RFC 5545, 3.3.5). */
gint64 rcp_zone_to_instant (const RcpZone *zone, gint64 wall);
gint64 rcp_zone_to_wall (const RcpZone *zone, gint64 instant);

/**
 * RcpZones:
 *
 * The zones of a calendar by their TZID. One of IANA is known by its name, also behind the prefix of a program
 * ("/freeassociation.sourceforge.net/Europe/Madrid"), and one of Windows by its own ("Romance Standard Time"): the system
 * knows their rules better than an old VTIMEZONE does. Any other is what its VTIMEZONE says; an unknown one is the place's.
 */
typedef struct _RcpZones RcpZones;

RcpZones *rcp_zones_new (GTimeZone *place);
void rcp_zones_free (RcpZones *self);
/* Learns a VTIMEZONE. FALSE when it is none, or defines no offsets in a way that can be followed. */
gboolean rcp_zones_add (RcpZones *self, icalcomponent *vtimezone);
gboolean rcp_zones_knows (RcpZones *self, const char *tzid);
const RcpZone *rcp_zones_get (RcpZones *self, const char *tzid); /* borrowed; that of the place for NULL */
const RcpZone *rcp_zones_get_utc (RcpZones *self);
const RcpZone *rcp_zones_get_place (RcpZones *self);

/* The IANA name of a zone of Windows, or NULL. */
const char *rcp_windows_zone_to_iana (const char *name);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RcpZones, rcp_zones_free)

G_END_DECLS
