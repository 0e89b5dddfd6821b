/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "calendars/rcp-recurrence.h"

#include <string.h>
#include <time.h>

#define DAY G_GINT64_CONSTANT (86400)

static RcpZones *zones;

static RcpRecurrence
make (const char *rule, const char *start)
{
  struct icaltimetype time = icaltime_from_string (start);
  RcpRecurrence recurrence = { icalrecurrencetype_from_string (rule), rcp_zones_get_utc (zones), 0, time.is_date != 0 };

  g_assert_true (rcp_wall_from_ical (time, &recurrence.start));
  return recurrence;
}

static gint64
wall_of (const char *text)
{
  gint64 wall;

  g_assert_true (rcp_wall_from_ical (icaltime_from_string (text), &wall));
  return wall;
}

static GArray *
expand (const RcpRecurrence *recurrence, gint64 from, gint64 until)
{
  GArray *found = g_array_new (FALSE, FALSE, sizeof (gint64));

  g_assert_true (rcp_recurrence_expand (recurrence, from, until, found));
  return found;
}

static char *
print (GArray *walls)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < walls->len; i++)
    g_string_append_printf (text, "%s%s", i > 0 ? "," : "",
                            icaltime_as_ical_string (rcp_wall_to_ical (g_array_index (walls, gint64, i), FALSE)));
  return g_string_free (text, FALSE);
}

static void
assert_same (GArray *walls, GArray *expected)
{
  g_autofree char *text = print (walls);
  g_autofree char *other = print (expected);

  g_assert_cmpstr (text, ==, other);
}

/* The obvious way: every day from DTSTART on is looked at. For rules whose parts pick days. */

typedef struct
{
  int year, month, day, weekday; /* 1 is Sunday, as libical has it */
  int days_in_month, year_day, days_in_year;
  gint64 julian;
} Slow;

static Slow
look_at (gint64 julian)
{
  GDate date;
  Slow slow = { .julian = julian };

  g_date_clear (&date, 1);
  g_date_set_julian (&date, (guint32) julian);
  slow.year = g_date_get_year (&date);
  slow.month = g_date_get_month (&date);
  slow.day = g_date_get_day (&date);
  slow.weekday = g_date_get_weekday (&date) % 7 + 1;
  slow.days_in_month = g_date_get_days_in_month (slow.month, slow.year);
  slow.year_day = (int) g_date_get_day_of_year (&date);
  slow.days_in_year = g_date_is_leap_year (slow.year) ? 366 : 365;
  return slow;
}

static gboolean
lists (const short *list, int value, int counted_back)
{
  for (guint i = 0; list[i] != ICAL_RECURRENCE_ARRAY_MAX; i++)
    if (list[i] == value || list[i] == counted_back)
      return TRUE;
  return FALSE;
}

static gboolean
has (const short *list)
{
  return list[0] != ICAL_RECURRENCE_ARRAY_MAX;
}

static gboolean
is_nth (int nth, int day, int days)
{
  return nth == 0 || (nth > 0 ? (day - 1) / 7 + 1 == nth : (days - day) / 7 + 1 == -nth);
}

static gboolean
matches_weekday (const struct icalrecurrencetype *rule, const Slow *at)
{
  gboolean by_month = rule->freq == ICAL_MONTHLY_RECURRENCE || has (rule->by_month);

  for (guint i = 0; has (rule->by_day + i); i++)
    if (icalrecurrencetype_day_day_of_week (rule->by_day[i]) == (enum icalrecurrencetype_weekday) at->weekday &&
        (by_month ? is_nth (icalrecurrencetype_day_position (rule->by_day[i]), at->day, at->days_in_month)
                  : is_nth (icalrecurrencetype_day_position (rule->by_day[i]), at->year_day, at->days_in_year)))
      return TRUE;
  return FALSE;
}

/* Weeks begin on Monday here. */
static gboolean
is_in_step (const struct icalrecurrencetype *rule, const Slow *first, const Slow *at)
{
  switch (rule->freq)
    {
    case ICAL_DAILY_RECURRENCE:
      return (at->julian - first->julian) % rule->interval == 0;
    case ICAL_WEEKLY_RECURRENCE:
      return ((at->julian - 1) / 7 - (first->julian - 1) / 7) % rule->interval == 0;
    case ICAL_MONTHLY_RECURRENCE:
      return ((at->year - first->year) * 12 + at->month - first->month) % rule->interval == 0;
    default:
      return (at->year - first->year) % rule->interval == 0;
    }
}

static gboolean
matches (const struct icalrecurrencetype *rule, const Slow *first, const Slow *at)
{
  gboolean picks_day = has (rule->by_day) || has (rule->by_month_day) || has (rule->by_year_day);

  if (!is_in_step (rule, first, at) || (has (rule->by_month) && !lists (rule->by_month, at->month, at->month)) ||
      (has (rule->by_month_day) && !lists (rule->by_month_day, at->day, at->day - at->days_in_month - 1)) ||
      (has (rule->by_year_day) && !lists (rule->by_year_day, at->year_day, at->year_day - at->days_in_year - 1)) ||
      (has (rule->by_day) && !matches_weekday (rule, at)))
    return FALSE;
  /* What the rule does not say comes from DTSTART (RFC 5545, 3.3.10): the month of a day of the month too, as libical has it. */
  if (rule->freq == ICAL_YEARLY_RECURRENCE && has (rule->by_month_day) && !has (rule->by_month) && at->month != first->month)
    return FALSE;
  if (picks_day || rule->freq == ICAL_DAILY_RECURRENCE)
    return TRUE;
  if (rule->freq == ICAL_WEEKLY_RECURRENCE)
    return at->weekday == first->weekday;
  return at->day == first->day &&
         (rule->freq == ICAL_MONTHLY_RECURRENCE || has (rule->by_month) || at->month == first->month);
}

static GArray *
expand_slowly (const RcpRecurrence *recurrence, gint64 from, gint64 until)
{
  GArray *found = g_array_new (FALSE, FALSE, sizeof (gint64));
  gint64 start = recurrence->start / DAY;
  Slow first = look_at (start + 719163);
  int n = 0;

  if (!icaltime_is_null_time (recurrence->rule.until))
    {
      gint64 last;

      g_assert_true (rcp_wall_from_ical (recurrence->rule.until, &last));
      until = MIN (until, last);
    }
  for (gint64 day = start; day * DAY <= until; day++)
    {
      Slow at = look_at (day + 719163);
      gint64 wall = day * DAY + recurrence->start % DAY;

      if (!matches (&recurrence->rule, &first, &at))
        continue;
      if (wall > until || (recurrence->rule.count > 0 && ++n > recurrence->rule.count))
        break;
      if (wall >= from)
        g_array_append_val (found, wall);
    }
  return found;
}

static void
append_some (GString *text, const char *name, const char *const *words, guint n_words)
{
  g_string_append_printf (text, ";%s=%s", name, words[g_test_rand_int_range (0, n_words)]);
}

#define SOME(name, ...)                                                                                                \
  if (g_test_rand_int_range (0, 3) == 0)                                                                               \
    {                                                                                                                  \
      static const char *const words[] = { __VA_ARGS__ };                                                              \
      append_some (text, name, words, G_N_ELEMENTS (words));                                                           \
    }

static char *
make_rule (void)
{
  static const char *const frequencies[] = { "DAILY", "WEEKLY", "MONTHLY", "YEARLY" };
  guint frequency = g_test_rand_int_range (0, 4);
  GString *text = g_string_new ("FREQ=");

  g_string_append_printf (text, "%s;INTERVAL=%d", frequencies[frequency], g_test_rand_int_range (1, 5));
  SOME ("BYMONTH", "1", "2,3", "11,6,7", "12")
  /* libical knows no BYYEARDAY beside BYMONTH or BYMONTHDAY. */
  if (frequency == 3 && strstr (text->str, "BYMONTH") == NULL)
    SOME ("BYYEARDAY", "1,100", "-1", "60,366")
  if (frequency >= 2 && strstr (text->str, "BYYEARDAY") == NULL)
    SOME ("BYMONTHDAY", "1", "31", "-1,15", "29,30", "13")
  if (frequency == 0)
    SOME ("BYMONTHDAY", "1", "13,14,31")
  if (frequency >= 2 && strstr (text->str, "DAY=") == NULL)
    SOME ("BYDAY", "2MO", "-1FR", "TU,1SA", "5WE,MO")
  if (strstr (text->str, "BYDAY=") == NULL && strstr (text->str, "BYYEARDAY") == NULL)
    SOME ("BYDAY", "MO", "SA,SU", "TH,MO,FR")
  if (g_test_rand_int_range (0, 4) == 0)
    g_string_append_printf (text, ";COUNT=%d", g_test_rand_int_range (1, 60));
  else
    SOME ("UNTIL", "20270105T120000Z", "20260301T000000Z", "20240229T093000Z")
  return g_string_free (text, FALSE);
}

static void
test_against_slow (void)
{
  static const char *const starts[] = { "20240229T093000", "20250131T233000", "20260102T000000", "20251231T120000",
                                        "20240106T080000" };

  for (guint round = 0; round < 800; round++)
    {
      g_autofree char *rule = make_rule ();
      const char *start = starts[g_test_rand_int_range (0, G_N_ELEMENTS (starts))];
      RcpRecurrence recurrence = make (rule, start);
      gint64 from = wall_of ("20240101T000000") + (gint64) g_test_rand_int_range (0, 1500) * DAY / 2;
      gint64 until = from + (gint64) g_test_rand_int_range (1, 800) * DAY / 2;
      g_autoptr (GArray) slow = expand_slowly (&recurrence, from, until);
      g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (gint64));

      g_test_message ("%s from %s", rule, start);
      /* libical takes a rule without any instance for a broken one. */
      if (!rcp_recurrence_expand (&recurrence, from, until, found))
        {
          g_autoptr (GArray) all = expand_slowly (&recurrence, 0, wall_of ("20800101T000000"));

          g_assert_cmpuint (all->len, ==, 0);
          continue;
        }
      assert_same (found, slow);
    }
}

/* A window in the middle has what the whole has there, also for rules that pick by position. */
static void
test_window_is_part (void)
{
  static const char *const rules[] = {
    "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-1", "FREQ=WEEKLY;BYDAY=TH,TH,MO;COUNT=9", "FREQ=WEEKLY;INTERVAL=2;WKST=SU;BYDAY=TU,SU",
    "FREQ=HOURLY;INTERVAL=5", "FREQ=MINUTELY;INTERVAL=700", "FREQ=DAILY;BYHOUR=8,12,16;BYMINUTE=0,30", "FREQ=YEARLY;INTERVAL=4;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8",
    "FREQ=MONTHLY;INTERVAL=18;BYMONTHDAY=10,11,12", "FREQ=DAILY;INTERVAL=10;COUNT=50", "FREQ=MONTHLY;BYMONTHDAY=-1;BYHOUR=0,23",
  };

  for (guint i = 0; i < G_N_ELEMENTS (rules); i++)
    {
      RcpRecurrence recurrence = make (rules[i], "20240206T093000");
      gint64 end = wall_of ("20280101T000000");
      g_autoptr (GArray) all = expand (&recurrence, 0, end);

      for (guint n = 0; n < 40; n++)
        {
          gint64 from = wall_of ("20240101T000000") + (gint64) g_test_rand_int_range (0, 1400 * 24) * 3600;
          gint64 long_after = from + (gint64) g_test_rand_int_range (1, 400) * DAY;
          gint64 until = MIN (long_after, end);
          g_autoptr (GArray) part = expand (&recurrence, from, until);
          g_autoptr (GArray) expected = g_array_new (FALSE, FALSE, sizeof (gint64));

          for (guint k = 0; k < all->len; k++)
            if (g_array_index (all, gint64, k) >= from && g_array_index (all, gint64, k) <= until)
              g_array_append_val (expected, g_array_index (all, gint64, k));
          g_test_message ("%s", rules[i]);
          assert_same (part, expected);
        }
    }
}

static void
test_until (void)
{
  g_autoptr (GTimeZone) place = g_time_zone_new_identifier ("America/New_York");
  g_autoptr (RcpZones) own = rcp_zones_new (place);
  RcpRecurrence timed = make ("FREQ=DAILY;UNTIL=20260312T133000Z", "20260306T093000");
  RcpRecurrence dated = make ("FREQ=DAILY;UNTIL=20260308", "20260306T093000");
  RcpRecurrence whole = make ("FREQ=DAILY;UNTIL=20260308T040000Z", "20260306");
  g_autoptr (GArray) by_time = NULL;
  g_autoptr (GArray) by_date = NULL;
  g_autoptr (GArray) by_day = NULL;

  /* 13:30 UTC is 09:30 after the change of the clocks on 8 March: the last one counts. */
  timed.zone = dated.zone = whole.zone = rcp_zones_get_place (own);
  by_time = expand (&timed, 0, wall_of ("20270101T000000"));
  by_date = expand (&dated, 0, wall_of ("20270101T000000"));
  by_day = expand (&whole, 0, wall_of ("20270101T000000"));
  g_assert_cmpuint (by_time->len, ==, 7);
  g_assert_cmpuint (by_date->len, ==, 3);
  g_assert_cmpuint (by_day->len, ==, 2);
}

/* What libical 3.0.16 has wrong. */
static void
test_not_followed (void)
{
  static const char *const rules[] = { "FREQ=DAILY;BYMONTHDAY=-1", "FREQ=HOURLY;BYYEARDAY=1,-1", "FREQ=YEARLY;BYYEARDAY=1;BYMONTH=1",
                                       "FREQ=WEEKLY;BYMONTHDAY=1", "FREQ=YEARLY;BYWEEKNO=53;BYDAY=TU",
                                       "FREQ=WEEKLY;BYDAY=MO,TU,TH;BYSETPOS=2", "FREQ=MONTHLY;BYDAY=1MO;BYHOUR=8,9;BYSETPOS=1",
                                       "FREQ=HOURLY;BYHOUR=3,6;INTERVAL=7", "FREQ=SECONDLY;BYSECOND=4,5;COUNT=9" };

  for (guint i = 0; i < G_N_ELEMENTS (rules); i++)
    {
      RcpRecurrence recurrence = make (rules[i], "20260101T000000");
      g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (gint64));

      g_assert_false (rcp_recurrence_expand (&recurrence, 0, wall_of ("20260601T000000"), found));
    }
}

/* Rules that would keep a desk busy for hours, or for ever, are refused, and soon: by the time of the processor, as the machine may be
 * busy. */
static void
test_hostile (void)
{
  static const char *const rules[] = { "FREQ=SECONDLY", "FREQ=MINUTELY;BYMONTH=2;BYMONTHDAY=30", "FREQ=SECONDLY;COUNT=2000000000",
                                       "FREQ=DAILY;BYHOUR=0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23;"
                                       "BYMINUTE=0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29;"
                                       "BYSECOND=0,1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17,18,19,20,21,22,23,24,25,26,27,28,29;COUNT=90000000" };
  static const char *const never[] = { "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30", "FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=31",
                                       "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", "FREQ=YEARLY;BYMONTHDAY=31;BYMONTH=4;INTERVAL=1" };

  for (guint i = 0; i < G_N_ELEMENTS (rules); i++)
    {
      RcpRecurrence recurrence = make (rules[i], "19700101T000000");
      g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (gint64));
      clock_t began = clock ();

      g_assert_false (rcp_recurrence_expand (&recurrence, wall_of ("20260101T000000"), wall_of ("20270101T000000"), found));
      g_assert_cmpint (clock () - began, <, CLOCKS_PER_SEC);
    }
  for (guint i = 0; i < G_N_ELEMENTS (never); i++)
    {
      RcpRecurrence recurrence = make (never[i], "19700101T000000");
      g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (gint64));
      clock_t began = clock ();

      rcp_recurrence_expand (&recurrence, wall_of ("20260101T000000"), wall_of ("20270101T000000"), found);
      g_assert_cmpuint (found->len, ==, 0);
      g_test_message ("%s: %d ms", never[i], (int) ((clock () - began) * 1000 / CLOCKS_PER_SEC));
      g_assert_cmpint (clock () - began, <, CLOCKS_PER_SEC / 5);
    }
}

/* A short rule that ended long ago costs nothing, though its steps are small. */
static void
test_short_and_old (void)
{
  RcpRecurrence recurrence = make ("FREQ=MINUTELY;COUNT=3", "19900101T000000");
  g_autoptr (GArray) found = expand (&recurrence, wall_of ("20260101T000000"), wall_of ("20270101T000000"));
  g_autoptr (GArray) then = expand (&recurrence, 0, wall_of ("20270101T000000"));

  g_assert_cmpuint (found->len, ==, 0);
  g_assert_cmpuint (then->len, ==, 3);
}

static void
test_walls (void)
{
  gint64 wall;

  g_assert_cmpint (wall_of ("20260308T023000"), ==, G_GINT64_CONSTANT (1772937000));
  g_assert_cmpint (wall_of ("19691231"), ==, -DAY);
  g_assert_false (rcp_wall_from_ical (icaltime_from_string ("20260230T000000"), &wall));
  g_assert_false (rcp_wall_from_ical (icaltime_from_string ("00000101T000000"), &wall));
  for (gint64 time = -40000 * DAY; time < 40000 * DAY; time += 9 * DAY + 12345)
    {
      g_assert_true (rcp_wall_from_ical (rcp_wall_to_ical (time, FALSE), &wall));
      g_assert_cmpint (wall, ==, time);
    }
}

/* The examples of RFC 5545 and others, each with the instances that it has to have. */
static void
test_published (void)
{
  const char *shared = g_getenv ("RECEPTION_SHARED_DATA");
  g_autofree char *path = shared != NULL ? g_build_filename (shared, "ical", "icalrecur_test.txt", NULL)
                                         : g_test_build_filename (G_TEST_DIST, "..", "shared", "data", "ical", "icalrecur_test.txt", NULL);
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  g_autofree char *rule = NULL;
  g_autofree char *start = NULL;
  guint n = 0;

  if (!g_file_get_contents (path, &text, NULL, NULL))
    {
      g_test_skip ("the shared data is not here");
      return;
    }
  lines = g_strsplit (text, "\n", -1);
  for (guint i = 0; lines[i] != NULL; i++)
    {
      const char *expected = strchr (lines[i], ':') != NULL ? strchr (lines[i], ':') + 1 : "";

      if (g_str_has_prefix (lines[i], "RRULE:"))
        {
          g_free (rule);
          rule = g_strdup (expected);
        }
      if (g_str_has_prefix (lines[i], "DTSTART:"))
        {
          g_free (start);
          start = g_strdup (expected);
        }
      if (g_str_has_prefix (lines[i], "INSTANCES:") && !g_str_has_prefix (expected, "***"))
        {
          RcpRecurrence recurrence = make (rule, start);
          g_autoptr (GArray) found = g_array_new (FALSE, FALSE, sizeof (gint64));
          g_autofree char *printed = NULL;
          g_auto (GStrv) parts = NULL;
          g_autofree char *joined = NULL;
          gint64 until;
          const char *last = strrchr (expected, ',') != NULL ? strrchr (expected, ',') + 1 : expected;

          g_test_message ("%s", rule);
          /* Some end as the calendar of libical does; what is not followed, as what is broken, has no instances. */
          if (recurrence.is_date || !rcp_wall_from_ical (icaltime_from_string (last), &until) ||
              !rcp_recurrence_expand (&recurrence, 0, until, found))
            continue;
          printed = print (found);
          parts = g_strsplit (expected, "Z", -1);
          joined = g_strjoinv ("", parts);
          g_assert_cmpstr (printed, ==, joined);
          n++;
        }
    }
  g_test_message ("%u rules", n);
  g_assert_cmpuint (n, >=, 70);
}

int
main (int argc, char *argv[])
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  int status;

  g_test_init (&argc, &argv, NULL);
  icalerror_set_errors_are_fatal (0);
  zones = rcp_zones_new (utc);
  g_test_add_func ("/calendars/recurrence/walls", test_walls);
  g_test_add_func ("/calendars/recurrence/against-slow", test_against_slow);
  g_test_add_func ("/calendars/recurrence/window-is-part", test_window_is_part);
  g_test_add_func ("/calendars/recurrence/until", test_until);
  g_test_add_func ("/calendars/recurrence/not-followed", test_not_followed);
  g_test_add_func ("/calendars/recurrence/hostile", test_hostile);
  g_test_add_func ("/calendars/recurrence/short-and-old", test_short_and_old);
  g_test_add_func ("/calendars/recurrence/published", test_published);
  status = g_test_run ();
  rcp_zones_free (zones);
  return status;
}
