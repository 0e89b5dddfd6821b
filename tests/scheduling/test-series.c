/* SPDX-License-Identifier: GPL-3.0-or-later */
/* rcp-series.c against a slow reference that walks day by day, in zones whose clocks change. */
#include "scheduling/rcp-series.h"

#include "clinic-parts.h"

#define MINUTE G_TIME_SPAN_MINUTE
#define QUARTER (15 * G_TIME_SPAN_MINUTE)

static gint64
draw_first (GTimeZone *zone, GDate *day)
{
  g_date_set_julian (day, 739500 + g_test_rand_int_range (0, 730));
  return rcp_time_at_minute (day, 15 * g_test_rand_int_range (0, 96), zone);
}

/* Whether @day is the @index-th of a rule from @first on, by counting. */
static gboolean
is_day_of_rule (const RcpSeriesRule *rule, const GDate *first, const GDate *day, guint index)
{
  gint64 days = (gint64)g_date_get_julian (day) - g_date_get_julian (first);
  guint months;
  guint last;

  if (rule->unit == RCP_SERIES_DAYS)
    return days == (gint64)(index * rule->every);
  if (rule->unit == RCP_SERIES_WEEKS)
    return days == (gint64)(index * rule->every) * 7;
  months = (g_date_get_year (day) - g_date_get_year (first)) * 12 + g_date_get_month (day) - g_date_get_month (first);
  last = g_date_get_days_in_month (g_date_get_month (day), g_date_get_year (day));
  return months == index * rule->every && g_date_get_day (day) == MIN (g_date_get_day (first), last);
}

static void
test_random_rules (void)
{
  static const char *const zones[]
      = { "America/New_York", "Europe/Berlin", "Australia/Lord_Howe", "America/Sao_Paulo", "UTC" };

  for (guint round = 0; round < 300; round++)
    {
      g_autoptr (GTimeZone) zone
          = g_time_zone_new_identifier (zones[g_test_rand_int_range (0, G_N_ELEMENTS (zones))]);
      GDate first;
      RcpSeriesRule rule = { .every = g_test_rand_int_range (1, 5), .unit = g_test_rand_int_range (0, 3) };
      g_autoptr (GArray) starts = NULL;
      guint minute;
      guint n = 0;

      rule.first = draw_first (zone, &first);
      minute = rcp_time_get_minute (rule.first, zone);
      rcp_time_get_day (rule.first, zone, &first);
      if (g_test_rand_bit ())
        {
          rule.count = g_test_rand_int_range (1, 20);
        }
      else
        {
          rule.until = first;
          g_date_add_days (&rule.until, g_test_rand_int_range (0, 400));
        }
      starts = rcp_series_list (&rule, zone);
      g_assert_cmpuint (starts->len, <=, RCP_SERIES_MOST);
      if (rule.count > 0)
        g_assert_cmpuint (starts->len, ==, rule.count);
      for (GDate day = first; n < starts->len; g_date_add_days (&day, 1))
        {
          if (!is_day_of_rule (&rule, &first, &day, n))
            continue;
          if (n > 0)
            g_assert_cmpint (g_array_index (starts, gint64, n), ==, rcp_time_at_minute (&day, minute, zone));
          if (rule.count == 0)
            g_assert_cmpint (g_date_compare (&day, &rule.until), <=, 0);
          n++;
        }
      g_assert_cmpint (g_array_index (starts, gint64, 0), ==, rule.first);
    }
}

/* Nine o'clock stays nine o'clock when the clocks go back on 1 November 2026. */
static void
test_wall_clock (void)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("America/New_York");
  GDate day;
  RcpSeriesRule rule = { .every = 1, .unit = RCP_SERIES_WEEKS, .count = 3 };
  g_autoptr (GArray) starts = NULL;

  g_date_set_dmy (&day, 27, 10, 2026);
  rule.first = rcp_time_at_minute (&day, 9 * 60, zone);
  starts = rcp_series_list (&rule, zone);
  g_assert_cmpint (g_array_index (starts, gint64, 1) - g_array_index (starts, gint64, 0), ==,
                   (7 * 24 + 1) * G_TIME_SPAN_HOUR);
  g_assert_cmpint (g_array_index (starts, gint64, 2) - g_array_index (starts, gint64, 1), ==,
                   7 * 24 * G_TIME_SPAN_HOUR);
}

static void
test_last_of_month (void)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();
  static const GDateDay expected[] = { 31, 28, 31, 30 };
  GDate day;
  RcpSeriesRule rule = { .every = 1, .unit = RCP_SERIES_MONTHS, .count = 4 };
  g_autoptr (GArray) starts = NULL;

  g_date_set_dmy (&day, 31, 1, 2027);
  rule.first = rcp_time_at_minute (&day, 600, zone);
  starts = rcp_series_list (&rule, zone);
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      rcp_time_get_day (g_array_index (starts, gint64, i), zone, &day);
      g_assert_cmpuint (g_date_get_day (&day), ==, expected[i]);
    }
}

static void
add_slot (GArray *slots, gint64 start)
{
  g_autofree char *id = g_strdup_printf ("s%u", slots->len);
  RcpSlot slot = { .range = { start, start + QUARTER }, .status = RCP_SLOT_FREE, .id = g_ref_string_new (id),
                   .schedule_id = g_ref_string_new ("c") };

  g_array_append_val (slots, slot);
}

/* No two dates overlap; what fits is exact; an exception is the nearest that is left, and nothing means that none is. */
static void
test_random_offers (void)
{
  g_autoptr (RcpProvider) provider = parts_provider ("c", "207Q00000X");

  for (guint round = 0; round < 300; round++)
    {
      g_autoptr (GArray) slots = g_array_new (FALSE, FALSE, sizeof (RcpSlot));
      g_autoptr (GArray) starts = g_array_new (FALSE, FALSE, sizeof (gint64));
      guint n_slots = g_test_rand_int_range (1, 3);
      gint64 reach = g_test_rand_int_range (0, 20) * QUARTER;
      g_autoptr (GPtrArray) dates = NULL;

      g_array_set_clear_func (slots, (GDestroyNotify)rcp_slot_clear);
      for (gint64 at = 0; at < 60; at++)
        if (g_test_rand_int_range (0, 3) > 0)
          add_slot (slots, at * QUARTER);
      for (gint64 at = g_test_rand_int_range (0, 10); at < 60; at += g_test_rand_int_range (1, 12))
        {
          gint64 start = at * QUARTER;

          g_array_append_val (starts, start);
        }
      dates = rcp_series_offer (provider, (const RcpSlot *)(void *)slots->data, slots->len, starts, n_slots * 15, reach, NULL, NULL);
      g_assert_cmpuint (dates->len, ==, starts->len);
      for (guint i = 0; i < dates->len; i++)
        {
          RcpSeriesDate *date = dates->pdata[i];
          RcpTimeRange range;

          g_assert_cmpint (date->wanted, ==, g_array_index (starts, gint64, i));
          g_assert_cmpint (date->offer == NULL, ==, date->fit == RCP_SERIES_NOTHING);
          if (date->offer == NULL)
            continue;
          range = rcp_offer_get_range (date->offer);
          g_assert_cmpint (range.end - range.start, ==, n_slots * QUARTER);
          g_assert_cmpint (date->fit == RCP_SERIES_FITS, ==, range.start == date->wanted);
          g_assert_cmpint (ABS (range.start - date->wanted), <=, reach);
          for (guint j = 0; j < i; j++)
            if (((RcpSeriesDate *)dates->pdata[j])->offer != NULL)
              g_assert_false (
                  rcp_time_range_overlaps (range, rcp_offer_get_range (((RcpSeriesDate *)dates->pdata[j])->offer)));
        }
    }
}

/* The holiday's visit goes to the nearest time, not to that of the next date. */
static void
test_exception (void)
{
  g_autoptr (RcpProvider) provider = parts_provider ("c", "207Q00000X");
  g_autoptr (GArray) slots = g_array_new (FALSE, FALSE, sizeof (RcpSlot));
  g_autoptr (GArray) starts = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GPtrArray) dates = NULL;
  gint64 wanted[] = { 10 * QUARTER, 20 * QUARTER, 100 * QUARTER };

  g_array_set_clear_func (slots, (GDestroyNotify)rcp_slot_clear);
  add_slot (slots, 5 * QUARTER);
  add_slot (slots, 17 * QUARTER);
  add_slot (slots, 20 * QUARTER);
  g_array_append_vals (starts, wanted, G_N_ELEMENTS (wanted));
  dates = rcp_series_offer (provider, (const RcpSlot *)(void *)slots->data, slots->len, starts, 15, 12 * QUARTER, NULL, NULL);
  g_assert_cmpint (((RcpSeriesDate *)dates->pdata[0])->fit, ==, RCP_SERIES_SHIFTED);
  g_assert_cmpint (rcp_offer_get_range (((RcpSeriesDate *)dates->pdata[0])->offer).start, ==, 5 * QUARTER);
  g_assert_cmpint (((RcpSeriesDate *)dates->pdata[1])->fit, ==, RCP_SERIES_FITS);
  g_assert_cmpint (((RcpSeriesDate *)dates->pdata[2])->fit, ==, RCP_SERIES_NOTHING);
}

/* What fits the provider is nothing when the patient is elsewhere, and the nearest that is left is taken instead. */
static void
test_elsewhere (void)
{
  g_autoptr (RcpProvider) provider = parts_provider ("c", "207Q00000X");
  g_autoptr (GArray) slots = g_array_new (FALSE, FALSE, sizeof (RcpSlot));
  g_autoptr (GArray) starts = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GArray) taken = g_array_new (FALSE, FALSE, sizeof (RcpTimeRange));
  g_autoptr (GPtrArray) dates = NULL;
  gint64 wanted = 10 * QUARTER;
  RcpTimeRange visit = { 10 * QUARTER - 1, 12 * QUARTER };

  g_array_set_clear_func (slots, (GDestroyNotify)rcp_slot_clear);
  for (guint i = 0; i < 20; i++)
    add_slot (slots, i * QUARTER);
  g_array_append_val (starts, wanted);
  g_array_append_val (taken, visit);
  dates = rcp_series_offer (provider, (const RcpSlot *)(void *)slots->data, slots->len, starts, 15, 12 * QUARTER, NULL, taken);
  g_assert_cmpint (((RcpSeriesDate *)dates->pdata[0])->fit, ==, RCP_SERIES_SHIFTED);
  g_assert_cmpint (rcp_offer_get_range (((RcpSeriesDate *)dates->pdata[0])->offer).start, ==, 12 * QUARTER);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scheduling/series/random-rules", test_random_rules);
  g_test_add_func ("/scheduling/series/elsewhere", test_elsewhere);
  g_test_add_func ("/scheduling/series/wall-clock", test_wall_clock);
  g_test_add_func ("/scheduling/series/last-of-month", test_last_of_month);
  g_test_add_func ("/scheduling/series/random-offers", test_random_offers);
  g_test_add_func ("/scheduling/series/exception", test_exception);
  return g_test_run ();
}
