/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/rcp-hours-text.h"

static void
check (const char *text, const char *canonical)
{
  g_autoptr (GArray) hours = NULL;
  g_autoptr (GArray) again = NULL;
  g_autofree char *formatted = NULL;
  g_autofree char *twice = NULL;

  g_assert_cmpint (rcp_hours_text_parse (text, 15, &hours, NULL), ==, RCP_HOURS_FINE);
  formatted = rcp_hours_text_format (hours);
  g_assert_cmpstr (formatted, ==, canonical);
  g_assert_cmpint (rcp_hours_text_parse (formatted, 15, &again, NULL), ==, RCP_HOURS_FINE);
  twice = rcp_hours_text_format (again);
  g_assert_cmpstr (twice, ==, canonical);
}

static void
test_fine (void)
{
  check ("", "");
  check ("  , ", "");
  check ("9-12", "9:00 – 12:00");
  check ("9-12, 13:30-17", "9:00 – 12:00, 13:30 – 17:00");
  check ("13.30—17h15;9-12", "9:00 – 12:00, 13:30 – 17:15");
  check ("9 am – 1 pm, 2p.m.-5 PM", "9:00 – 13:00, 14:00 – 17:00");
  check ("12 am - 12 pm", "0:00 – 12:00");
  check ("0-24", "0:00 – 24:00");
  check ("8:00\xc2\xa0–\xe2\x80\xaf" "9:00", "8:00 – 9:00");
  /* Parts that only touch are two parts: a break of no length. */
  check ("9-12,12-13", "9:00 – 12:00, 12:00 – 13:00");
}

static void
check_fault (const char *text, RcpHoursFault fault, const char *part)
{
  GArray *hours = NULL;
  g_autofree char *found = NULL;

  g_assert_cmpint (rcp_hours_text_parse (text, 15, &hours, &found), ==, fault);
  g_assert_cmpstr (found, ==, part);
  g_assert_null (hours);
}

static void
test_faults (void)
{
  check_fault ("nine to five", RCP_HOURS_UNREADABLE, "nine to five");
  check_fault ("9", RCP_HOURS_UNREADABLE, "9");
  check_fault ("9-12-13", RCP_HOURS_UNREADABLE, "9-12-13");
  check_fault ("9-25", RCP_HOURS_UNREADABLE, "9-25");
  check_fault ("9-24:15", RCP_HOURS_UNREADABLE, "9-24:15");
  check_fault ("9:60-12", RCP_HOURS_UNREADABLE, "9:60-12");
  check_fault ("13 pm-14", RCP_HOURS_UNREADABLE, "13 pm-14");
  check_fault ("9-12, 17-13", RCP_HOURS_BACKWARDS, "17-13");
  check_fault ("9-9", RCP_HOURS_BACKWARDS, "9-9");
  check_fault ("9-12, 11-13", RCP_HOURS_OVERLAP, "11-13");
  check_fault ("9:10-12", RCP_HOURS_OFF_GRAIN, "9:10-12");
  check_fault ("9-12, 13-17:05", RCP_HOURS_OFF_GRAIN, "13-17:05");
}

/* Random hours survive being written and read. */
static void
test_round_trip (void)
{
  for (guint round = 0; round < 2000; round++)
    {
      g_autoptr (GArray) hours = g_array_new (FALSE, FALSE, sizeof (RcpDayHours));
      GArray *read = NULL;
      g_autofree char *text = NULL;
      guint minute = 0;

      while (hours->len < 4)
        {
          RcpDayHours one;

          one.start = minute + (guint) g_test_rand_int_range (0, 20) * 15;
          one.end = one.start + (guint) g_test_rand_int_range (1, 20) * 15;
          if (one.end > 1440)
            break;
          g_array_append_val (hours, one);
          minute = one.end;
        }
      text = rcp_hours_text_format (hours);
      g_assert_cmpint (rcp_hours_text_parse (text, 15, &read, NULL), ==, RCP_HOURS_FINE);
      g_assert_cmpuint (read->len, ==, hours->len);
      g_assert_cmpmem (read->data, read->len * sizeof (RcpDayHours), hours->data, hours->len * sizeof (RcpDayHours));
      g_array_unref (read);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/hours-text/fine", test_fine);
  g_test_add_func ("/base/hours-text/faults", test_faults);
  g_test_add_func ("/base/hours-text/round-trip", test_round_trip);
  return g_test_run ();
}
