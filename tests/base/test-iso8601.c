/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/rcp-iso8601.h"

static void
test_refuses (void)
{
  static const char *const bad[] = {
    "", "0000", "19", "19700", "1970-13", "1970-00", "1970-1-1", "1970-02-29", "1970-01-00", "1970-01-32",
    "1970-01-01T", "1970-01-01T24:00:00Z", "1970-01-01T10", "1970-01-01T10:60Z", "1970-01-01T10:00:00.Z",
    "1970-01-01T10:00:00+1", "1970-01-01T10:00:00+15:00", "1970-01-01T10:00:00Zz", "1970-01-01 10:00:00Z",
    "1970-01-01T10:00:00+01:0", "٢٠٢٠", "9999-12-31T23:59:59-12:00", "0001-01-01T00:00:00+14:00",
  };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      RcpIso8601 parsed;

      if (rcp_iso8601_parse (bad[i], &parsed))
        g_error ("took '%s'", bad[i]);
    }
}

static void
test_against_gdatetime (void)
{
  /* GDateTime is the reference: random instants of three thousand years, in random offsets. */
  for (guint i = 0; i < 20000; i++)
    {
      gint64 seconds = (gint64) (g_test_rand_double_range (-30000000000.0, 60000000000.0));
      int offset = g_test_rand_int_range (-56, 57) * 15 * 60;
      g_autoptr (GTimeZone) zone = g_time_zone_new_offset (offset);
      g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (seconds);
      g_autoptr (GDateTime) there = g_date_time_to_timezone (utc, zone);
      g_autofree char *date = g_strdup_printf ("%04d-%02d-%02d", g_date_time_get_year (there),
                                               g_date_time_get_month (there), g_date_time_get_day_of_month (there));
      g_autofree char *text = g_date_time_format (there, "T%H:%M:%S%:z");
      g_autofree char *whole = g_strconcat (date, text, NULL);
      RcpIso8601 parsed;

      g_assert_true (rcp_iso8601_parse (whole, &parsed));
      g_assert_cmpint (parsed.start, ==, seconds * G_USEC_PER_SEC);
      g_assert_cmpint (parsed.end - parsed.start, ==, G_USEC_PER_SEC);
      g_assert_true (parsed.has_zone);
    }
}

static void
test_precision (void)
{
  RcpIso8601 parsed;

  g_assert_true (rcp_iso8601_parse ("2024-02", &parsed));
  g_assert_cmpint (parsed.end - parsed.start, ==, 29 * G_TIME_SPAN_DAY);
  g_assert_true (rcp_iso8601_parse ("2023", &parsed));
  g_assert_cmpint (parsed.end - parsed.start, ==, 365 * G_TIME_SPAN_DAY);
  g_assert_true (rcp_iso8601_parse ("2024-02-29T10:30", &parsed));
  g_assert_cmpint (parsed.end - parsed.start, ==, G_TIME_SPAN_MINUTE);
  g_assert_false (parsed.has_zone);
  g_assert_true (rcp_iso8601_parse ("2024-02-29T10:30:01.25Z", &parsed));
  g_assert_cmpint (parsed.end - parsed.start, ==, 10000);
  g_assert_cmpint (parsed.start % G_USEC_PER_SEC, ==, 250000);
}

static void
test_instant (void)
{
  gint64 instant;
  g_autofree char *text = rcp_iso8601_format_utc (-1000);

  g_assert_cmpstr (text, ==, "1969-12-31T23:59:59.999Z");
  g_assert_true (rcp_iso8601_parse_instant (text, &instant));
  g_assert_cmpint (instant, ==, -1000);
  g_assert_false (rcp_iso8601_parse_instant ("1970-01-01T00:00:00", &instant));
  g_assert_false (rcp_iso8601_parse_instant ("1970-01-01T00:00Z", &instant));
  g_assert_false (rcp_iso8601_parse_instant (NULL, &instant));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/iso8601/refuses", test_refuses);
  g_test_add_func ("/base/iso8601/against-gdatetime", test_against_gdatetime);
  g_test_add_func ("/base/iso8601/precision", test_precision);
  g_test_add_func ("/base/iso8601/instant", test_instant);
  return g_test_run ();
}
