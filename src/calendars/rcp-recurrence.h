/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* When a recurrence rule has its instances. Private to the calendars. */

#include <glib.h>
#include <libical/ical.h>

#include "calendars/rcp-zones.h"

G_BEGIN_DECLS

/**
 * RcpRecurrence:
 *
 * @rule: of an RRULE or EXRULE
 * @zone: that DTSTART is in
 * @start: DTSTART, seconds since 1970 by the wall clock of @zone
 * @is_date: whether DTSTART is a whole day
 */
typedef struct
{
  struct icalrecurrencetype rule;
  const RcpZone *zone;
  gint64 start;
  gboolean is_date;
} RcpRecurrence;

/* Appends what lies in [from, until] by the wall clock to @found (element-type gint64). DTSTART is only among it where it
 * follows the rule. FALSE when the rule cannot be followed: it is broken, or has more instances than anyone can have. */
gboolean rcp_recurrence_expand (const RcpRecurrence *self, gint64 from, gint64 until, GArray *found);

/* What libical reads, as seconds since 1970 of its clock, whatever zone it is in. FALSE when there is no such day. */
gboolean rcp_wall_from_ical (struct icaltimetype time, gint64 *wall);
struct icaltimetype rcp_wall_to_ical (gint64 wall, gboolean is_date);

G_END_DECLS
