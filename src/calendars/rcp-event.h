/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What an event says by itself. Private to the calendars. */

#include "base/rcp-busy.h"
#include "calendars/rcp-zones.h"

G_BEGIN_DECLS

/**
 * RcpEventTime:
 *
 * @wall: seconds since 1970 by the clock of @zone
 * @zone: where it is
 * @is_date: whether it is a whole day, from midnight on
 */
typedef struct
{
  gint64 wall;
  const RcpZone *zone;
  gboolean is_date;
} RcpEventTime;

gint64 rcp_event_time_get_instant (const RcpEventTime *time); /* seconds since 1970 UTC */

/**
 * RcpEventLength:
 *
 * How long an event takes: days by the wall clock and then seconds by any clock. An event from one time to another is
 * exactly so long at each of its instances, one with a DURATION in days nominally so (RFC 5545, 3.8.5.3).
 */
typedef struct
{
  gint64 days;
  gint64 seconds;
} RcpEventLength;

gint64 rcp_event_time_add (const RcpEventTime *start, RcpEventLength length); /* seconds since 1970 UTC */

/* FALSE when the event has none, or none that can be read. */
gboolean rcp_event_read_start (icalcomponent *event, RcpZones *zones, RcpEventTime *start);
gboolean rcp_event_read_length (icalcomponent *event, RcpZones *zones, const RcpEventTime *start, RcpEventLength *length);
gboolean rcp_event_time_read (icalproperty *prop, struct icaltimetype time, RcpZones *zones, RcpEventTime *read);
RcpEventLength rcp_event_length_from_duration (struct icaldurationtype duration);

/* How much the event keeps its time for who has the address @owner (may be NULL). */
RcpBusyKind rcp_event_get_kind (icalcomponent *event, const char *owner);

G_END_DECLS
