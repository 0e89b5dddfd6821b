/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/rcp-weekly-hours.h"

static GDate
make_day (guint day, GDateMonth month, guint year)
{
  GDate date;

  g_date_clear (&date, 1);
  g_date_set_dmy (&date, (GDateDay) day, month, (GDateYear) year);
  return date;
}

static void
test_expand (void)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Europe/Berlin");
  g_autoptr (RcpWeeklyHours) hours = rcp_weekly_hours_new ();
  GDate monday = make_day (23, G_DATE_NOVEMBER, 2026);
  GDate tuesday = make_day (24, G_DATE_NOVEMBER, 2026);
  g_autoptr (GArray) open = NULL;
  g_autoptr (GArray) closed = NULL;

  g_assert_true (rcp_weekly_hours_is_empty (hours));
  rcp_weekly_hours_add (hours, G_DATE_MONDAY, 13 * 60, 17 * 60);
  rcp_weekly_hours_add (hours, G_DATE_MONDAY, 9 * 60, 12 * 60);
  rcp_weekly_hours_add (hours, G_DATE_MONDAY, 11 * 60, 12 * 60);
  rcp_weekly_hours_add (hours, G_DATE_TUESDAY, 600, 600);
  rcp_weekly_hours_add (hours, G_DATE_WEDNESDAY, 0, 2000);
  g_assert_false (rcp_weekly_hours_is_empty (hours));

  open = rcp_weekly_hours_expand (hours, &monday, zone);
  g_assert_cmpuint (open->len, ==, 2);
  g_assert_cmpint (g_array_index (open, RcpTimeRange, 0).start, ==, rcp_time_at_minute (&monday, 540, zone));
  g_assert_cmpint (g_array_index (open, RcpTimeRange, 0).end, ==, rcp_time_at_minute (&monday, 720, zone));
  closed = rcp_weekly_hours_expand (hours, &tuesday, zone);
  g_assert_cmpuint (closed->len, ==, 0);
}

static void
test_leave (void)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();
  g_autoptr (RcpWeeklyHours) hours = rcp_weekly_hours_new ();
  GDate monday = make_day (23, G_DATE_NOVEMBER, 2026);
  RcpTimeRange noon = { rcp_time_at_minute (&monday, 600, zone), rcp_time_at_minute (&monday, 660, zone) };
  g_autoptr (GArray) open = NULL;

  rcp_weekly_hours_add (hours, G_DATE_MONDAY, 540, 720);
  rcp_weekly_hours_add_leave (hours, noon);
  open = rcp_weekly_hours_expand (hours, &monday, zone);
  g_assert_cmpuint (open->len, ==, 2);
  g_assert_cmpint (g_array_index (open, RcpTimeRange, 0).end, ==, noon.start);
  g_assert_cmpint (g_array_index (open, RcpTimeRange, 1).start, ==, noon.end);
}

/* A night shift on the days on which New York changes its clock. */
static void
test_clock_change (void)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("America/New_York");
  g_autoptr (RcpWeeklyHours) hours = rcp_weekly_hours_new ();
  GDate spring = make_day (8, G_DATE_MARCH, 2026);
  GDate autumn = make_day (1, G_DATE_NOVEMBER, 2026);
  g_autoptr (GArray) shorter = NULL;
  g_autoptr (GArray) longer = NULL;

  rcp_weekly_hours_add (hours, G_DATE_SUNDAY, 0, 1440);
  shorter = rcp_weekly_hours_expand (hours, &spring, zone);
  longer = rcp_weekly_hours_expand (hours, &autumn, zone);
  g_assert_cmpint (g_array_index (shorter, RcpTimeRange, 0).end - g_array_index (shorter, RcpTimeRange, 0).start, ==,
                   23 * G_TIME_SPAN_HOUR);
  g_assert_cmpint (g_array_index (longer, RcpTimeRange, 0).end - g_array_index (longer, RcpTimeRange, 0).start, ==,
                   25 * G_TIME_SPAN_HOUR);

  /* Hours that lie in the gap do not exist that day. */
  rcp_weekly_hours_free (g_steal_pointer (&hours));
  hours = rcp_weekly_hours_new ();
  rcp_weekly_hours_add (hours, G_DATE_SUNDAY, 125, 175);
  g_array_unref (g_steal_pointer (&shorter));
  shorter = rcp_weekly_hours_expand (hours, &spring, zone);
  g_assert_cmpuint (shorter->len, ==, 0);
}

static void
test_cut (void)
{
  g_autoptr (GArray) ranges = g_array_new (FALSE, FALSE, sizeof (RcpTimeRange));
  g_autoptr (GArray) slots = NULL;
  RcpTimeRange morning = { 0, 50 * G_TIME_SPAN_MINUTE };
  RcpTimeRange later = { 7 * G_TIME_SPAN_HOUR, 7 * G_TIME_SPAN_HOUR + 15 * G_TIME_SPAN_MINUTE };
  RcpTimeRange brief = { 9 * G_TIME_SPAN_HOUR, 9 * G_TIME_SPAN_HOUR + 14 * G_TIME_SPAN_MINUTE };

  g_array_append_val (ranges, morning);
  g_array_append_val (ranges, later);
  g_array_append_val (ranges, brief);
  slots = rcp_weekly_hours_cut (ranges, 15);
  g_assert_cmpuint (slots->len, ==, 4);
  for (guint i = 0; i < slots->len; i++)
    {
      RcpTimeRange slot = g_array_index (slots, RcpTimeRange, i);

      g_assert_cmpint (slot.end - slot.start, ==, 15 * G_TIME_SPAN_MINUTE);
      g_assert_cmpint (slot.start, ==, i < 3 ? i * 15 * G_TIME_SPAN_MINUTE : later.start);
    }
}

static void
test_list (void)
{
  g_autoptr (RcpWeeklyHours) hours = rcp_weekly_hours_new ();
  g_autoptr (GArray) monday = NULL;
  g_autoptr (GArray) tuesday = NULL;

  rcp_weekly_hours_add (hours, G_DATE_MONDAY, 780, 1020);
  rcp_weekly_hours_add (hours, G_DATE_MONDAY, 540, 660);
  rcp_weekly_hours_add (hours, G_DATE_MONDAY, 600, 720);
  monday = rcp_weekly_hours_list (hours, G_DATE_MONDAY);
  tuesday = rcp_weekly_hours_list (hours, G_DATE_TUESDAY);
  g_assert_cmpuint (tuesday->len, ==, 0);
  g_assert_cmpuint (monday->len, ==, 2);
  g_assert_cmpuint (g_array_index (monday, RcpDayHours, 0).start, ==, 540);
  g_assert_cmpuint (g_array_index (monday, RcpDayHours, 0).end, ==, 720);
  g_assert_cmpuint (g_array_index (monday, RcpDayHours, 1).start, ==, 780);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/weekly-hours/expand", test_expand);
  g_test_add_func ("/base/weekly-hours/leave", test_leave);
  g_test_add_func ("/base/weekly-hours/clock-change", test_clock_change);
  g_test_add_func ("/base/weekly-hours/cut", test_cut);
  g_test_add_func ("/base/weekly-hours/list", test_list);
  return g_test_run ();
}
