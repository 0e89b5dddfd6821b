/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "scheduling/rcp-openings.h"

#define ROUNDS 3000
#define MAX_SLOTS 120

static const char *const zones[]
    = { "UTC", "America/New_York", "Europe/Berlin", "Australia/Lord_Howe", "Africa/Casablanca" };

/* A DST change lies within a day of each of these. */
static const gint64 changes[] = { 1762063200, 1772953200, 1774746000, 1792976400, 1775343600, 1700000000 };

static gboolean
is_in_part (gint64 start, RcpTimeOfDay time_of_day, GTimeZone *zone)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (start / G_USEC_PER_SEC);
  g_autoptr (GDateTime) local = g_date_time_to_timezone (utc, zone);
  int hour = g_date_time_get_hour (local);

  switch (time_of_day)
    {
    case RCP_TIME_OF_DAY_MORNING:
      return hour < 12;
    case RCP_TIME_OF_DAY_AFTERNOON:
      return hour >= 12 && hour < 17;
    case RCP_TIME_OF_DAY_EVENING:
      return hour >= 17;
    case RCP_TIME_OF_DAY_ANY:
    default:
      return TRUE;
    }
}

/* The obvious way: from every slot on, walk as long as it is free and touches, until there is enough. */
static guint
slow_length (const RcpSlot *slots,
             guint n_slots,
             guint first,
             guint duration,
             RcpTimeRange window,
             RcpTimeOfDay time_of_day,
             GTimeZone *zone)
{
  gint64 have = 0;

  if (slots[first].range.start < window.start || !is_in_part (slots[first].range.start, time_of_day, zone))
    return 0;
  for (guint i = first; i < n_slots; i++)
    {
      if (slots[i].status != RCP_SLOT_FREE || slots[i].range.end > window.end)
        return 0;
      if (i > first && slots[i].range.start != slots[i - 1].range.end)
        return 0;
      have += slots[i].range.end - slots[i].range.start;
      if (have >= duration * G_TIME_SPAN_MINUTE)
        return i - first + 1;
    }
  return 0;
}

static guint
fill_random (RcpSlot *slots, gint64 start)
{
  guint n_slots = g_test_rand_int_range (0, MAX_SLOTS);
  gint64 at = start;

  for (guint i = 0; i < n_slots; i++)
    {
      if (g_test_rand_int_range (0, 10) == 0)
        at += g_test_rand_int_range (1, 40) * 15 * G_TIME_SPAN_MINUTE;
      slots[i]
          = (RcpSlot){ .range.start = at,
                       .status = g_test_rand_int_range (0, 10) < 6 ? RCP_SLOT_FREE : g_test_rand_int_range (0, 4) };
      /* Now and then a longer one. */
      at += (g_test_rand_int_range (0, 8) == 0 ? 20 : 15) * G_TIME_SPAN_MINUTE;
      slots[i].range.end = at;
    }
  return n_slots;
}

static void
test_against_slow_reference (void)
{
  RcpSlot slots[MAX_SLOTS];
  guint n_found = 0;

  for (guint round = 0; round < ROUNDS; round++)
    {
      g_autoptr (GTimeZone) zone = g_time_zone_new_identifier (zones[round % G_N_ELEMENTS (zones)]);
      g_autoptr (GArray) openings = g_array_new (FALSE, FALSE, sizeof (RcpOpening));
      gint64 start = (changes[round % G_N_ELEMENTS (changes)] - g_test_rand_int_range (0, 96) * 900) * G_USEC_PER_SEC;
      guint n_slots = fill_random (slots, start);
      guint duration = g_test_rand_int_range (1, 9) * 10;
      RcpTimeOfDay time_of_day = g_test_rand_int_range (0, 4);
      g_autoptr (GArray) days = NULL;
      RcpTimeRange window;
      guint next = 0;

      window.start = start + g_test_rand_int_range (-20, 60) * 10 * G_TIME_SPAN_MINUTE;
      window.end = window.start + g_test_rand_int_range (0, 200) * 10 * G_TIME_SPAN_MINUTE;
      days = rcp_openings_get_days (window, time_of_day, zone);
      rcp_openings_collect (slots, n_slots, duration, window, days, openings);
      for (guint i = 0; i < n_slots; i++)
        {
          guint length = slow_length (slots, n_slots, i, duration, window, time_of_day, zone);
          RcpOpening *opening;

          if (length == 0)
            continue;
          g_assert_cmpuint (next, <, openings->len);
          opening = &g_array_index (openings, RcpOpening, next++);
          g_assert_true (opening->first == &slots[i]);
          g_assert_cmpuint (opening->n_slots, ==, length);
        }
      g_assert_cmpuint (next, ==, openings->len);
      n_found += next;
    }
  /* The comparison means something only when there is much to find. */
  g_assert_cmpuint (n_found, >, ROUNDS);
}

static void
test_find_at (void)
{
  static const char *const own[] = { "b", NULL };
  RcpSlot slots[3];
  RcpOpening opening;

  for (guint i = 0; i < 3; i++)
    slots[i]
        = (RcpSlot){ .range = { i * 900 * G_USEC_PER_SEC, (i + 1) * 900 * G_USEC_PER_SEC }, .status = RCP_SLOT_FREE };
  slots[0].id = g_ref_string_new ("a");
  slots[1].id = g_ref_string_new ("b");
  slots[2].id = g_ref_string_new ("c");
  slots[1].status = RCP_SLOT_BUSY;

  g_assert_true (rcp_openings_find_at (slots, 3, 0, 15, NULL, &opening));
  g_assert_cmpuint (opening.n_slots, ==, 1);
  g_assert_false (rcp_openings_find_at (slots, 3, 0, 30, NULL, &opening));
  g_assert_true (rcp_openings_find_at (slots, 3, 0, 30, own, &opening));
  g_assert_true (opening.first == slots);
  g_assert_cmpuint (opening.n_slots, ==, 2);
  g_assert_true (rcp_openings_find_at (slots, 3, slots[1].range.start, 20, own, &opening));
  g_assert_cmpuint (opening.n_slots, ==, 2);
  /* Past the end, and between two starts. */
  g_assert_false (rcp_openings_find_at (slots, 3, slots[2].range.start, 30, own, &opening));
  g_assert_false (rcp_openings_find_at (slots, 3, 5, 15, own, &opening));
  for (guint i = 0; i < 3; i++)
    rcp_slot_clear (&slots[i]);
}

static void
test_window (void)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("America/New_York");
  g_autoptr (RcpWish) wish = rcp_wish_new ();
  RcpTimeRange window;
  GDate day;

  /* The day on which the clocks go back: 25 hours. */
  g_date_set_dmy (&wish->from, 1, G_DATE_NOVEMBER, 2026);
  wish->urgency = RCP_URGENCY_EMERGENCY;
  window = rcp_openings_get_window (wish, 2, 90, zone);
  g_assert_cmpint (window.end - window.start, ==, 25 * G_TIME_SPAN_HOUR);

  wish->urgency = RCP_URGENCY_URGENT;
  window = rcp_openings_get_window (wish, 2, 90, zone);
  g_assert_cmpint (window.end - window.start, ==, 49 * G_TIME_SPAN_HOUR);

  wish->urgency = RCP_URGENCY_ROUTINE;
  wish->not_before = window.start + 10 * G_TIME_SPAN_HOUR;
  window = rcp_openings_get_window (wish, 2, 90, zone);
  g_assert_cmpint (window.start, ==, wish->not_before);
  g_assert_cmpint (window.end - window.start, ==, (90 * 24 + 1 - 10) * G_TIME_SPAN_HOUR);

  /* Too late for it: empty, not backwards. */
  wish->not_before = window.end + 1;
  window = rcp_openings_get_window (wish, 2, 90, zone);
  g_assert_cmpint (window.start, ==, window.end);

  /* Without a day, the day of the earliest instant. */
  g_date_clear (&wish->from, 1);
  wish->urgency = RCP_URGENCY_EMERGENCY;
  window = rcp_openings_get_window (wish, 2, 90, zone);
  rcp_time_get_day (wish->not_before, zone, &day);
  g_assert_cmpint (window.end, ==, rcp_time_range_of_day (&day, zone).end);
}

static gboolean
is_taken (GArray *taken, RcpTimeRange range)
{
  for (guint i = 0; i < taken->len; i++)
    if (rcp_time_range_overlaps (g_array_index (taken, RcpTimeRange, i), range))
      return TRUE;
  return FALSE;
}

/* Against looking at each opening and each taken time. */
static void
test_drop_taken (void)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();
  RcpSlot slots[MAX_SLOTS];
  guint n_all_dropped = 0;

  for (guint round = 0; round < ROUNDS; round++)
    {
      g_autoptr (GArray) openings = g_array_new (FALSE, FALSE, sizeof (RcpOpening));
      g_autoptr (GArray) taken = g_array_new (FALSE, FALSE, sizeof (RcpTimeRange));
      g_autoptr (GArray) expected = g_array_new (FALSE, FALSE, sizeof (RcpOpening));
      guint n_slots = fill_random (slots, 0);
      RcpTimeRange window = { 0, 40 * G_TIME_SPAN_DAY };
      g_autoptr (GArray) days = rcp_openings_get_days (window, RCP_TIME_OF_DAY_ANY, zone);
      RcpTimeRange first = { 0, 0 };
      RcpTimeRange dropped = { 0, 0 };

      rcp_openings_collect (slots, n_slots, g_test_rand_int_range (1, 9) * 10, window, days, openings);
      for (guint i = g_test_rand_int_range (0, 20); i > 0; i--)
        {
          gint64 start = g_test_rand_int_range (0, 600) * 5 * G_TIME_SPAN_MINUTE;
          RcpTimeRange range = { start, start + g_test_rand_int_range (1, 20) * 5 * G_TIME_SPAN_MINUTE };

          g_array_append_val (taken, range);
        }
      rcp_time_ranges_normalize (taken);
      for (guint i = 0; i < openings->len; i++)
        {
          RcpOpening opening = g_array_index (openings, RcpOpening, i);

          if (!is_taken (taken, rcp_opening_get_range (&opening)))
            g_array_append_val (expected, opening);
          else if (first.end == 0)
            first = rcp_opening_get_range (&opening);
        }
      n_all_dropped += openings->len - expected->len;
      rcp_openings_drop_taken (openings, taken, &dropped);
      g_assert_cmpuint (openings->len, ==, expected->len);
      for (guint i = 0; i < expected->len; i++)
        g_assert_true (g_array_index (openings, RcpOpening, i).first == g_array_index (expected, RcpOpening, i).first);
      g_assert_cmpint (dropped.start, ==, first.start);
      g_assert_cmpint (dropped.end, ==, first.end);
    }
  g_assert_cmpuint (n_all_dropped, >, ROUNDS);
}

static void
test_wish (void)
{
  g_autoptr (RcpWish) wish = rcp_wish_new ();
  g_autoptr (RcpWish) copy = NULL;

  wish->visit_type = g_strdup ("ecg");
  wish->duration = 30;
  copy = rcp_wish_copy (wish);
  g_assert_cmpstr (copy->visit_type, ==, "ecg");
  g_assert_true (copy->visit_type != wish->visit_type);
  g_assert_null (copy->place_id);
  g_assert_cmpuint (copy->duration, ==, 30);
  rcp_wish_free (NULL);
}

/* Who is left out stays left out in a copy, which lives longer. */
static void
test_left_out (void)
{
  RcpWish *wish = rcp_wish_new ();
  g_autoptr (RcpWish) copy = NULL;

  g_assert_false (rcp_wish_leaves_out (wish, "s1"));
  wish->left_out = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_hash_table_add (wish->left_out, g_strdup ("s1"));
  copy = rcp_wish_copy (wish);
  rcp_wish_free (wish);
  g_assert_true (rcp_wish_leaves_out (copy, "s1"));
  g_assert_false (rcp_wish_leaves_out (copy, "s2"));
  g_assert_false (rcp_wish_leaves_out (copy, NULL));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scheduling/openings/against-slow-reference", test_against_slow_reference);
  g_test_add_func ("/scheduling/openings/find-at", test_find_at);
  g_test_add_func ("/scheduling/openings/window", test_window);
  g_test_add_func ("/scheduling/openings/drop-taken", test_drop_taken);
  g_test_add_func ("/scheduling/openings/wish", test_wish);
  g_test_add_func ("/scheduling/openings/left-out", test_left_out);
  return g_test_run ();
}
