/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-base"

#include "rcp-time-range.h"

#define MINUTES_PER_DAY (24 * 60)
#define SECONDS_PER_DAY (G_GINT64_CONSTANT (86400))
#define JULIAN_OF_1970 719163 /* g_date_get_julian() of 1970-01-01 */

/* Seconds east of UTC that hold at an instant. */
static gint64
get_offset (gint64 seconds, GTimeZone *zone)
{
  return g_time_zone_get_offset (zone, g_time_zone_find_interval (zone, G_TIME_TYPE_UNIVERSAL, seconds));
}

static gint64
floor_div (gint64 value, gint64 by)
{
  return value / by - (value % by < 0);
}

/* First second in (@before, @after] with another offset than @before's; there is one change between them. */
static gint64
find_transition (gint64 before, gint64 after, GTimeZone *zone)
{
  gint64 offset = get_offset (before, zone);

  while (after - before > 1)
    {
      gint64 middle = before + (after - before) / 2;

      if (get_offset (middle, zone) == offset)
        before = middle;
      else
        after = middle;
    }

  return after;
}

/* The instant of a wall clock that counts @local seconds since 1970. No zone changes its clock twice within two days. */
static gint64
resolve_local (gint64 local, GTimeZone *zone)
{
  gint64 before = get_offset (local - SECONDS_PER_DAY, zone);
  gint64 after = get_offset (local + SECONDS_PER_DAY, zone);

  if (before == after || get_offset (local - before, zone) == before)
    return local - before;
  if (get_offset (local - after, zone) == after)
    return local - after;

  return find_transition (local - SECONDS_PER_DAY, local + SECONDS_PER_DAY, zone);
}

/**
 * rcp_time_at_minute:
 * @day: a valid local day
 * @minutes: minutes after local midnight by the wall clock; 1440 and more are on the days after
 * @zone: the zone of the place
 *
 * Returns: the instant, in microseconds UTC; when the clock skips that time, the first instant after the gap; when it
 *   shows it twice, the first
 */
gint64
rcp_time_at_minute (const GDate *day, guint minutes, GTimeZone *zone)
{
  gint64 days;

  g_return_val_if_fail (day != NULL && g_date_valid (day), 0);
  g_return_val_if_fail (zone != NULL, 0);

  days = (gint64) g_date_get_julian (day) - JULIAN_OF_1970;
  return resolve_local (days * SECONDS_PER_DAY + (gint64) minutes * 60, zone) * G_USEC_PER_SEC;
}

/**
 * rcp_time_range_of_day:
 * @day: a valid local day
 * @zone: the zone of the place
 *
 * Returns: from the first instant of the day to the first of the next
 */
RcpTimeRange
rcp_time_range_of_day (const GDate *day, GTimeZone *zone)
{
  return (RcpTimeRange){
    .start = rcp_time_at_minute (day, 0, zone),
    .end = rcp_time_at_minute (day, MINUTES_PER_DAY, zone),
  };
}

/* Seconds since 1970 that the wall clock counts at @instant. */
static gint64
get_local (gint64 instant, GTimeZone *zone)
{
  gint64 seconds = floor_div (instant, G_USEC_PER_SEC);

  return seconds + get_offset (seconds, zone);
}

/**
 * rcp_time_get_day:
 * @instant: microseconds since 1970 UTC
 * @zone: the zone of the place
 * @day: (out caller-allocates): the local day
 */
void
rcp_time_get_day (gint64 instant, GTimeZone *zone, GDate *day)
{
  gint64 julian;

  g_return_if_fail (zone != NULL);
  g_return_if_fail (day != NULL);

  julian = floor_div (get_local (instant, zone), SECONDS_PER_DAY) + JULIAN_OF_1970;
  g_date_clear (day, 1);
  /* GDate knows the years 1 to 65535; an absurd instant of a record becomes the nearest day that it can say. */
  g_date_set_julian (day, (guint32) CLAMP (julian, 1, 23936166));
}

/**
 * rcp_time_get_minute:
 * @instant: microseconds since 1970 UTC
 * @zone: the zone of the place
 *
 * Returns: minutes on the wall clock after local midnight, 0 to 1439
 */
guint
rcp_time_get_minute (gint64 instant, GTimeZone *zone)
{
  gint64 local;

  g_return_val_if_fail (zone != NULL, 0);

  local = get_local (instant, zone);
  return (guint) ((local - floor_div (local, SECONDS_PER_DAY) * SECONDS_PER_DAY) / 60);
}

static int
compare_ranges (gconstpointer a, gconstpointer b)
{
  const RcpTimeRange *left = a;
  const RcpTimeRange *right = b;

  return (left->start > right->start) - (left->start < right->start);
}

/**
 * rcp_time_ranges_normalize:
 * @ranges: (element-type RcpTimeRange): ranges in any order
 *
 * Sorts the ranges, joins those that overlap or touch, and drops those that cover nothing; in place.
 */
void
rcp_time_ranges_normalize (GArray *ranges)
{
  guint kept = 0;

  g_return_if_fail (ranges != NULL);

  g_array_sort (ranges, compare_ranges);
  for (guint i = 0; i < ranges->len; i++)
    {
      RcpTimeRange range = g_array_index (ranges, RcpTimeRange, i);
      RcpTimeRange *last = kept > 0 ? &g_array_index (ranges, RcpTimeRange, kept - 1) : NULL;

      if (range.start >= range.end)
        continue;
      if (last != NULL && range.start <= last->end)
        last->end = MAX (last->end, range.end);
      else
        g_array_index (ranges, RcpTimeRange, kept++) = range;
    }

  g_array_set_size (ranges, kept);
}

/**
 * rcp_time_ranges_subtract:
 * @ranges: (element-type RcpTimeRange): normalized
 * @holes: (element-type RcpTimeRange): normalized
 *
 * Returns: (transfer full) (element-type RcpTimeRange): what @ranges cover and @holes do not, normalized
 */
GArray *
rcp_time_ranges_subtract (GArray *ranges, GArray *holes)
{
  GArray *result;
  guint first_hole = 0;

  g_return_val_if_fail (ranges != NULL, NULL);
  g_return_val_if_fail (holes != NULL, NULL);

  result = g_array_new (FALSE, FALSE, sizeof (RcpTimeRange));
  for (guint i = 0; i < ranges->len; i++)
    {
      RcpTimeRange rest = g_array_index (ranges, RcpTimeRange, i);

      while (first_hole < holes->len && g_array_index (holes, RcpTimeRange, first_hole).end <= rest.start)
        first_hole++;
      for (guint j = first_hole; j < holes->len && rest.start < rest.end; j++)
        {
          RcpTimeRange hole = g_array_index (holes, RcpTimeRange, j);
          RcpTimeRange before = { rest.start, MIN (hole.start, rest.end) };

          if (hole.start >= rest.end)
            break;
          if (before.start < before.end)
            g_array_append_val (result, before);
          rest.start = MAX (rest.start, hole.end);
        }
      if (rest.start < rest.end)
        g_array_append_val (result, rest);
    }

  return result;
}

/**
 * rcp_time_ranges_find:
 * @ranges: (element-type RcpTimeRange): normalized
 * @instant: microseconds since 1970 UTC
 *
 * Returns: the index of the first range that ends after @instant; the number of ranges when there is none
 */
guint
rcp_time_ranges_find (GArray *ranges, gint64 instant)
{
  guint low = 0;
  guint high;

  g_return_val_if_fail (ranges != NULL, 0);

  high = ranges->len;
  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (g_array_index (ranges, RcpTimeRange, middle).end > instant)
        high = middle;
      else
        low = middle + 1;
    }

  return low;
}
