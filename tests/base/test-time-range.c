/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/rcp-time-range.h"

#include <stdlib.h>
#include <time.h>

/* The reference is the C library: it says what the wall clock shows at each minute around a day, and what is looked
 * for is found by looking at all of them. */

#define SCAN_MINUTES (4 * 24 * 60)

static const char *const zone_names[] = {
  "America/New_York", "Europe/Berlin", "Asia/Kolkata", "Australia/Lord_Howe", "America/Havana", "UTC",
};

typedef struct
{
  gint64 first;                  /* seconds since 1970 of the first minute */
  gint64 local[SCAN_MINUTES];    /* wall-clock minutes since 1970 at each */
} Scan;

static void
scan_wall_clock (Scan *scan, const GDate *day)
{
  scan->first = ((gint64) g_date_get_julian (day) - 719163 - 2) * 86400;
  for (guint i = 0; i < SCAN_MINUTES; i++)
    {
      time_t seconds = (time_t) (scan->first + i * 60);
      struct tm tm;
      GDate local;

      localtime_r (&seconds, &tm);
      g_date_clear (&local, 1);
      g_date_set_dmy (&local, (GDateDay) tm.tm_mday, (GDateMonth) (tm.tm_mon + 1), (GDateYear) (tm.tm_year + 1900));
      scan->local[i] = ((gint64) g_date_get_julian (&local) - 719163) * 1440 + tm.tm_hour * 60 + tm.tm_min;
    }
}

/* First minute that shows @local; else the first behind the gap, where the clock jumps over it. */
static gint64
reference_instant (const Scan *scan, gint64 local)
{
  for (guint i = 0; i < SCAN_MINUTES; i++)
    if (scan->local[i] == local)
      return scan->first + i * 60;
  for (guint i = 1; i < SCAN_MINUTES; i++)
    if (scan->local[i - 1] < local && scan->local[i] > local)
      return scan->first + i * 60;

  g_assert_not_reached ();
}

static void
check_day (const GDate *day, GTimeZone *zone, Scan *scan)
{
  gint64 midnight = ((gint64) g_date_get_julian (day) - 719163) * 1440;
  RcpTimeRange range = rcp_time_range_of_day (day, zone);

  scan_wall_clock (scan, day);
  g_assert_cmpint (range.start, ==, reference_instant (scan, midnight) * G_USEC_PER_SEC);
  g_assert_cmpint (range.end, ==, reference_instant (scan, midnight + 1440) * G_USEC_PER_SEC);
  for (guint minute = 0; minute <= 1440; minute += 15)
    g_assert_cmpint (rcp_time_at_minute (day, minute, zone), ==,
                     reference_instant (scan, midnight + minute) * G_USEC_PER_SEC);

  for (guint i = 0; i < SCAN_MINUTES; i += 29)
    {
      gint64 instant = (scan->first + i * 60) * G_USEC_PER_SEC + g_test_rand_int_range (0, 60 * G_USEC_PER_SEC);
      GDate found;

      rcp_time_get_day (instant, zone, &found);
      g_assert_cmpint ((gint64) g_date_get_julian (&found) - 719163, ==, scan->local[i] / 1440);
      g_assert_cmpuint (rcp_time_get_minute (instant, zone), ==, scan->local[i] % 1440);
    }
}

/* Whether the clock changes from the day before @day to the day after it. */
static gboolean
is_near_change (const GDate *day)
{
  time_t before = (time_t) (((gint64) g_date_get_julian (day) - 719163 - 1) * 86400);
  time_t after = before + 3 * 86400;
  struct tm before_tm, after_tm;

  localtime_r (&before, &before_tm);
  localtime_r (&after, &after_tm);
  return before_tm.tm_gmtoff != after_tm.tm_gmtoff;
}

static void
test_against_libc (gconstpointer data)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier (data);
  g_autofree Scan *scan = g_new (Scan, 1);
  GDate day;

  g_assert_nonnull (zone);
  g_setenv ("TZ", data, TRUE);
  tzset ();

  /* Each day around a change of the clock, some days of two years, and days of fifty years. */
  g_date_clear (&day, 1);
  g_date_set_dmy (&day, 1, G_DATE_JANUARY, 2025);
  for (guint i = 0; i < 2 * 365; i++, g_date_add_days (&day, 1))
    if (i % 30 == 0 || is_near_change (&day))
      check_day (&day, zone, scan);
  for (guint i = 0; i < 50; i++)
    {
      g_date_set_julian (&day, (guint32) (719163 + g_test_rand_int_range (20 * 365, 66 * 365)));
      check_day (&day, zone, scan);
    }

  g_setenv ("TZ", "UTC", TRUE);
  tzset ();
}

static void
test_known_days (void)
{
  g_autoptr (GTimeZone) new_york = g_time_zone_new_identifier ("America/New_York");
  g_autoptr (GTimeZone) apia = g_time_zone_new_identifier ("Pacific/Apia");
  GDate spring, autumn, skipped;
  RcpTimeRange range;

  g_date_clear (&spring, 1);
  g_date_set_dmy (&spring, 8, G_DATE_MARCH, 2026);
  g_date_clear (&autumn, 1);
  g_date_set_dmy (&autumn, 1, G_DATE_NOVEMBER, 2026);
  g_date_clear (&skipped, 1);
  g_date_set_dmy (&skipped, 30, G_DATE_DECEMBER, 2011);

  range = rcp_time_range_of_day (&spring, new_york);
  g_assert_cmpint (range.end - range.start, ==, 23 * G_TIME_SPAN_HOUR);
  g_assert_cmpint (rcp_time_at_minute (&spring, 150, new_york) - range.start, ==, 2 * G_TIME_SPAN_HOUR);
  range = rcp_time_range_of_day (&autumn, new_york);
  g_assert_cmpint (range.end - range.start, ==, 25 * G_TIME_SPAN_HOUR);
  g_assert_cmpint (rcp_time_at_minute (&autumn, 90, new_york) - range.start, ==, 90 * G_TIME_SPAN_MINUTE);
  g_assert_cmpint (rcp_time_at_minute (&autumn, 120, new_york) - range.start, ==, 180 * G_TIME_SPAN_MINUTE);

  /* Samoa had no such day at all. */
  range = rcp_time_range_of_day (&skipped, apia);
  g_assert_cmpint (range.end - range.start, ==, 0);
}

static void
test_absurd_instants (void)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();
  GDate day;

  rcp_time_get_day (G_MAXINT64, zone, &day);
  g_assert_true (g_date_valid (&day));
  rcp_time_get_day (G_MININT64, zone, &day);
  g_assert_true (g_date_valid (&day));
  g_assert_cmpuint (rcp_time_get_minute (-1, zone), ==, 1439);
}

/* Ranges over few minutes, so that a set of booleans is the reference. */
#define N_CELLS 60

static GArray *
make_ranges (gboolean *cells)
{
  GArray *ranges = g_array_new (FALSE, FALSE, sizeof (RcpTimeRange));
  guint n = (guint) g_test_rand_int_range (0, 8);

  for (guint i = 0; i < N_CELLS; i++)
    cells[i] = FALSE;
  for (guint i = 0; i < n; i++)
    {
      gint64 start = g_test_rand_int_range (0, N_CELLS);
      gint64 end = start + g_test_rand_int_range (-2, 20);
      RcpTimeRange range = { start, MIN (end, N_CELLS) };

      for (gint64 cell = range.start; cell < range.end; cell++)
        cells[cell] = TRUE;
      g_array_append_val (ranges, range);
    }

  return ranges;
}

static void
assert_covers (GArray *ranges, const gboolean *cells)
{
  guint n_cells = 0, n_covered = 0;

  for (guint i = 0; i < N_CELLS; i++)
    n_cells += cells[i] ? 1 : 0;
  for (guint i = 0; i < ranges->len; i++)
    {
      RcpTimeRange range = g_array_index (ranges, RcpTimeRange, i);

      g_assert_cmpint (range.start, <, range.end);
      if (i > 0)
        g_assert_cmpint (g_array_index (ranges, RcpTimeRange, i - 1).end, <=, range.start);
      for (gint64 cell = range.start; cell < range.end; cell++, n_covered++)
        g_assert_true (cells[cell]);
    }
  g_assert_cmpuint (n_covered, ==, n_cells);
}

static void
test_sets (void)
{
  for (guint round = 0; round < 5000; round++)
    {
      gboolean cells[N_CELLS], hole_cells[N_CELLS];
      g_autoptr (GArray) ranges = make_ranges (cells);
      g_autoptr (GArray) holes = make_ranges (hole_cells);
      g_autoptr (GArray) rest = NULL;

      rcp_time_ranges_normalize (ranges);
      rcp_time_ranges_normalize (holes);
      assert_covers (ranges, cells);
      for (guint i = 1; i < ranges->len; i++)
        g_assert_cmpint (g_array_index (ranges, RcpTimeRange, i - 1).end, <, g_array_index (ranges, RcpTimeRange, i).start);

      for (gint64 at = -1; at <= N_CELLS; at++)
        {
          guint expected = 0;

          while (expected < ranges->len && g_array_index (ranges, RcpTimeRange, expected).end <= at)
            expected++;
          g_assert_cmpuint (rcp_time_ranges_find (ranges, at), ==, expected);
        }

      rest = rcp_time_ranges_subtract (ranges, holes);
      for (guint i = 0; i < N_CELLS; i++)
        cells[i] = cells[i] && !hole_cells[i];
      assert_covers (rest, cells);
    }
}

static void
test_half_open (void)
{
  RcpTimeRange a = { 0, 10 }, b = { 10, 20 }, c = { 9, 11 };

  g_assert_false (rcp_time_range_overlaps (a, b));
  g_assert_true (rcp_time_range_overlaps (a, c));
  g_assert_true (rcp_time_range_contains ((RcpTimeRange){ 0, 20 }, b));
  g_assert_false (rcp_time_range_contains (a, c));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (zone_names); i++)
    {
      g_autofree char *path = g_strdup_printf ("/base/time-range/against-libc/%s", zone_names[i]);

      g_test_add_data_func (path, zone_names[i], test_against_libc);
    }
  g_test_add_func ("/base/time-range/known-days", test_known_days);
  g_test_add_func ("/base/time-range/absurd-instants", test_absurd_instants);
  g_test_add_func ("/base/time-range/sets", test_sets);
  g_test_add_func ("/base/time-range/half-open", test_half_open);
  return g_test_run ();
}
