/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "base/rcp-busy.h"

G_BEGIN_DECLS

/**
 * RcpBusyTimes:
 *
 * When people are busy by their own calendars, as far as it is known, by the id of the Practitioner. Whoever reads the
 * calendars tells it; who shows or books time asks it. "changed" (utf8) names whose time is another.
 */
#define RCP_TYPE_BUSY_TIMES (rcp_busy_times_get_type ())
G_DECLARE_FINAL_TYPE (RcpBusyTimes, rcp_busy_times, RCP, BUSY_TIMES, GObject)

/* As of when: only a part is known yet, and more is being read. */
#define RCP_BUSY_TIMES_PART G_GINT64_CONSTANT (-1)

RcpBusyTimes *rcp_busy_times_new (void);
/* @busy: (element-type RcpBusy): normalized; copied. @as_of: 0 while it is live, RCP_BUSY_TIMES_PART, else an instant. */
void rcp_busy_times_set (RcpBusyTimes *self, const char *person, GArray *busy, gint64 as_of);
void rcp_busy_times_remove (RcpBusyTimes *self, const char *person);
void rcp_busy_times_clear (RcpBusyTimes *self);
/* All of these accept NULL for @self and @person: nothing is known then. */
GArray *rcp_busy_times_get (RcpBusyTimes *self, const char *person);       /* borrowed, of RcpBusy, or NULL */
gint64 rcp_busy_times_get_as_of (RcpBusyTimes *self, const char *person); /* 0: it is of now */
GArray *rcp_busy_times_dup_taken (RcpBusyTimes *self, const char *person); /* of RcpTimeRange: not to be booked */
/* Whether any of @range is not to be booked. @found: (out) (optional): what keeps it, the earliest */
gboolean rcp_busy_times_find_taken (RcpBusyTimes *self, const char *person, RcpTimeRange range, RcpBusy *found);
GStrv rcp_busy_times_list_people (RcpBusyTimes *self);

/* Whether a time of this kind is not offered: what is tentative is. */
gboolean rcp_busy_kind_takes_time (RcpBusyKind kind);

G_END_DECLS
