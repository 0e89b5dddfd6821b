/* SPDX-License-Identifier: GPL-3.0-or-later */

/* By 24 hours; by 12 in tests/ui/test-texts.c, which makes itself the locale. */

#include <locale.h>

#include "base/rcp-when-text.h"

#define MORNING (G_GINT64_CONSTANT (1795424400) * G_USEC_PER_SEC) /* 2026-11-23T09:00:00Z, a Monday */

static void
test_by_24_hours (void)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc (), tokyo = g_time_zone_new_offset (9 * 3600 + 1800);
  g_autofree char *clock = rcp_when_text_clock (MORNING, utc), *east = rcp_when_text_clock (MORNING, tokyo);
  g_autofree char *day = rcp_when_text_day_and_clock (MORNING, utc), *never = rcp_when_text_clock (G_MAXINT64, utc);

  g_assert_false (rcp_when_text_is_twelve_hour ());
  g_assert_cmpstr (clock, ==, "9:00");
  g_assert_cmpstr (east, ==, "18:30");
  g_assert_cmpstr (day, ==, "Mon 23 Nov, 9:00");
  g_assert_cmpstr (never, ==, "");
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/when-text/by-24-hours", test_by_24_hours);
  return g_test_run ();
}
