/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * RcpTimeRange:
 * @start: microseconds since 1970 UTC
 * @end: the first instant that is not covered any more; half-open
 */
typedef struct
{
  gint64 start;
  gint64 end;
} RcpTimeRange;

static inline gboolean
rcp_time_range_overlaps (RcpTimeRange a, RcpTimeRange b)
{
  return a.start < b.end && b.start < a.end;
}

static inline gboolean
rcp_time_range_contains (RcpTimeRange outer, RcpTimeRange inner)
{
  return outer.start <= inner.start && inner.end <= outer.end;
}

/* The local day of a zone: 23, 24 or 25 hours. A local time that does not exist is the first one after the gap; one that exists
 * twice is the first. */
RcpTimeRange rcp_time_range_of_day (const GDate *day, GTimeZone *zone);
/* @minutes after local midnight of @day, by the wall clock. */
gint64 rcp_time_at_minute (const GDate *day, guint minutes, GTimeZone *zone);
/* The local day that holds @instant. */
void rcp_time_get_day (gint64 instant, GTimeZone *zone, GDate *day);
/* Minutes on the wall clock after local midnight: 0 to 1439. */
guint rcp_time_get_minute (gint64 instant, GTimeZone *zone);

/* Sorts and joins what overlaps or touches, in place, of a GArray of RcpTimeRange. */
void rcp_time_ranges_normalize (GArray *ranges);
/* @ranges less @holes, both normalized: (transfer full). */
GArray *rcp_time_ranges_subtract (GArray *ranges, GArray *holes);
/* Index of the first of the normalized @ranges that ends after @instant; their number when there is none. */
guint rcp_time_ranges_find (GArray *ranges, gint64 instant);

G_END_DECLS
