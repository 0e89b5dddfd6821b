/* SPDX-License-Identifier: GPL-3.0-or-later */
/* rcp-shift.c: where visits go that go with another: by the clock on the wall over its changes, and in a real record. */
#include "desk-fixture.h"

#include "scheduling/rcp-shift.h"

#define NINE (9 * 60)

static gint64
at (GTimeZone *zone, guint day, guint month, guint year, guint minute)
{
  GDate date;

  g_date_set_dmy (&date, day, month, year);
  return rcp_time_at_minute (&date, minute, zone);
}

/* Against the obvious way: the wall clock's day and minute, added. */
static void
test_start (void)
{
  static const char *const zones[] = { "America/New_York", "Europe/Berlin", "Australia/Lord_Howe", "UTC" };

  for (guint round = 0; round < 3000; round++)
    {
      g_autoptr (GTimeZone) zone = g_time_zone_new_identifier (zones[round % G_N_ELEMENTS (zones)]);
      guint minute = g_test_rand_int_range (8 * 60, 18 * 60);
      guint from_minute = g_test_rand_int_range (8 * 60, 18 * 60);
      int shift = g_test_rand_int_range (-240, 240);
      int days = g_test_rand_int_range (-3, 40);
      GDate first, day, expected_day;
      gint64 from, to, start, expected;

      g_date_set_dmy (&first, 20, g_test_rand_bit () ? G_DATE_OCTOBER : G_DATE_MARCH, 2026);
      day = first;
      g_date_add_days (&day, g_test_rand_int_range (0, 60));
      from = rcp_time_at_minute (&first, from_minute, zone);
      start = rcp_time_at_minute (&day, minute, zone);
      g_date_set_julian (&expected_day, g_date_get_julian (&first) + days);
      to = rcp_time_at_minute (&expected_day, from_minute + shift, zone);
      g_date_set_julian (&expected_day, g_date_get_julian (&day) + days);
      expected = rcp_time_at_minute (&expected_day, minute + shift, zone);
      g_assert_cmpint (rcp_shift_get_start (start, from, to, zone), ==, expected);
    }
}

static void
test_midnight (void)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("America/New_York");
  gint64 from = at (zone, 2, G_DATE_MARCH, 2026, 60);

  /* Two hours later over midnight, and back. */
  g_assert_cmpint (rcp_shift_get_start (at (zone, 5, G_DATE_MARCH, 2026, 23 * 60), from, from + 2 * G_TIME_SPAN_HOUR, zone), ==,
                   at (zone, 6, G_DATE_MARCH, 2026, 60));
  g_assert_cmpint (rcp_shift_get_start (at (zone, 5, G_DATE_MARCH, 2026, 30), at (zone, 2, G_DATE_MARCH, 2026, NINE),
                                        at (zone, 2, G_DATE_MARCH, 2026, NINE - 60), zone),
                   ==, at (zone, 4, G_DATE_MARCH, 2026, 23 * 60 + 30));
}

static GPtrArray *
find (DeskFixture *desk, GPtrArray *visits, RcpOffer *offer, gint64 reach)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *kept = NULL;
  GPtrArray *parts;

  rcp_shift_find_async (desk->client, desk->roster, visits, visits->pdata[0], offer, reach, NULL, desk_keep_result_cb, &kept);
  result = desk_wait (&kept);
  parts = rcp_shift_find_finish (result, &error);
  g_assert_no_error (error);
  return parts;
}

static RcpVisit *
book (DeskFixture *desk, guint patient, guint provider, guint day, guint minute)
{
  g_autoptr (RcpOffer) offer = desk_fixture_make_offer (desk, provider, day, minute, 2);
  g_autoptr (GError) error = NULL;
  RcpVisit *visit = desk_fixture_book (desk, NULL, patient, offer, &error);

  g_assert_no_error (error);
  return visit;
}

static GPtrArray *
new_visits (void)
{
  return g_ptr_array_new_with_free_func (g_object_unref);
}

/* A visit each day: one day is full then, so that it goes to the nearest, and not at all when nothing is near. */
static void
test_series (void)
{
  g_autoptr (DeskFixture) desk = desk_fixture_new (1, 3);
  g_autoptr (GPtrArray) visits = new_visits ();
  g_autoptr (GPtrArray) near = NULL;
  g_autoptr (GPtrArray) exact = NULL;
  g_autoptr (RcpVisit) other = book (desk, 2, 0, 2, NINE + 60);
  g_autoptr (RcpOffer) ten = NULL;
  RcpShiftPart *part;

  for (guint day = 0; day < 4; day++)
    g_ptr_array_add (visits, book (desk, 0, 0, day, NINE));
  ten = desk_fixture_make_offer (desk, 0, 0, NINE + 60, 2);
  near = find (desk, visits, ten, 4 * G_TIME_SPAN_HOUR);
  g_assert_cmpuint (near->len, ==, 4);
  for (guint i = 0; i < 4; i++)
    {
      part = near->pdata[i];
      g_assert_cmpint (part->fit, ==, i == 2 ? RCP_SERIES_SHIFTED : RCP_SERIES_FITS);
      g_assert_cmpint (part->wanted, ==, rcp_visit_get_range (part->visit).start + G_TIME_SPAN_HOUR);
    }
  part = near->pdata[2];
  g_assert_cmpint (rcp_offer_get_range (part->offer).start, ==, part->wanted + 30 * G_TIME_SPAN_MINUTE);
  exact = find (desk, visits, ten, 0);
  part = exact->pdata[2];
  g_assert_cmpint (part->fit, ==, RCP_SERIES_NOTHING);
  g_assert_null (part->offer);
}

/* One after the other with one provider: each goes to where the next one is, as that one goes as well; who is with
 * somebody else stays there. */
static void
test_together (void)
{
  g_autoptr (DeskFixture) desk = desk_fixture_new (2, 3);
  g_autoptr (GPtrArray) visits = new_visits ();
  g_autoptr (GPtrArray) parts = NULL;
  g_autoptr (RcpOffer) later = NULL;

  g_ptr_array_add (visits, book (desk, 0, 0, 1, NINE));
  g_ptr_array_add (visits, book (desk, 1, 0, 1, NINE + 30));
  g_ptr_array_add (visits, book (desk, 2, 1, 1, NINE));
  later = desk_fixture_make_offer (desk, 0, 1, NINE + 30, 2);
  parts = find (desk, visits, later, 0);
  for (guint i = 0; i < 3; i++)
    {
      RcpShiftPart *part = parts->pdata[i];

      g_assert_cmpint (part->fit, ==, RCP_SERIES_FITS);
      g_assert_true (rcp_offer_get_provider (part->offer) == desk_fixture_get_provider (desk, i == 2 ? 1 : 0));
      g_assert_cmpint (rcp_offer_get_range (part->offer).start, ==,
                       rcp_visit_get_range (part->visit).start + 30 * G_TIME_SPAN_MINUTE);
    }
}

/* A calendar came to keep the time of one of them: that one goes beside it, and not at all when it has to be exact. */
static void
test_kept (void)
{
  g_autoptr (DeskFixture) desk = desk_fixture_new (1, 1);
  g_autoptr (RcpBusyTimes) times = rcp_busy_times_new ();
  g_autoptr (GArray) busy = g_array_new (FALSE, FALSE, sizeof (RcpBusy));
  g_autoptr (GPtrArray) visits = new_visits ();
  g_autoptr (GPtrArray) near = NULL, exact = NULL;
  g_autoptr (RcpOffer) ten = NULL, tomorrow = NULL;
  RcpShiftPart *part;
  RcpBusy kept;

  for (guint day = 0; day < 2; day++)
    g_ptr_array_add (visits, book (desk, 0, 0, day, NINE));
  ten = desk_fixture_make_offer (desk, 0, 0, NINE + 60, 2);
  tomorrow = desk_fixture_make_offer (desk, 0, 1, NINE + 60, 2);
  kept = (RcpBusy){ rcp_offer_get_range (tomorrow), RCP_BUSY_BUSY };
  kept.range.start += 20 * G_TIME_SPAN_MINUTE;
  g_array_append_val (busy, kept);
  rcp_busy_times_set (times, rcp_provider_get_practitioner_id (desk_fixture_get_provider (desk, 0)), busy, 0);
  rcp_roster_set_busy_times (desk->roster, times);

  near = find (desk, visits, ten, 4 * G_TIME_SPAN_HOUR);
  part = near->pdata[1];
  g_assert_cmpint (part->fit, ==, RCP_SERIES_SHIFTED);
  g_assert_cmpint (rcp_offer_get_range (part->offer).start, ==, part->wanted - 15 * G_TIME_SPAN_MINUTE);
  exact = find (desk, visits, ten, 0);
  part = exact->pdata[1];
  g_assert_cmpint (part->fit, ==, RCP_SERIES_NOTHING);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scheduling/shift/start", test_start);
  g_test_add_func ("/scheduling/shift/midnight", test_midnight);
  g_test_add_func ("/scheduling/shift/series", test_series);
  g_test_add_func ("/scheduling/shift/together", test_together);
  g_test_add_func ("/scheduling/shift/kept", test_kept);
  return g_test_run ();
}
