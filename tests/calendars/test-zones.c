/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Of rcp-windows-zones too. */

#include "calendars/rcp-zones.h"

#include "base/rcp-time-range.h"

#define DAY G_GINT64_CONSTANT (86400)

static RcpZones *
new_zones (void)
{
  g_autoptr (GTimeZone) place = g_time_zone_new_identifier ("America/New_York");

  icalerror_set_errors_are_fatal (0);
  return rcp_zones_new (place);
}

static gint64
at (int year, int month, int day, int hour, int minute)
{
  g_autoptr (GDateTime) time = g_date_time_new_utc (year, month, day, hour, minute, 0);

  return g_date_time_to_unix (time);
}

static const char *const names[] = { "America/New_York", "Europe/Madrid",   "Europe/Dublin",   "Australia/Lord_Howe",
                                     "America/Sao_Paulo", "Asia/Kolkata",   "Africa/Cairo",    "Pacific/Apia",
                                     "Asia/Beirut",       "America/Havana", "Africa/Casablanca", "America/St_Johns" };

/* Tries every minute of two days: the first instant that shows this time; where there is none, with the clock of before
 * the gap. */
static gint64
find_slowly (GTimeZone *zone, gint64 wall)
{
  for (gint64 instant = wall - DAY; instant <= wall + DAY; instant += 60)
    if (instant + g_time_zone_get_offset (zone, g_time_zone_find_interval (zone, G_TIME_TYPE_UNIVERSAL, instant)) == wall)
      return instant;
  return wall - g_time_zone_get_offset (zone, g_time_zone_find_interval (zone, G_TIME_TYPE_UNIVERSAL, wall - DAY));
}

static void
test_against_slow (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (RcpZones) zones = new_zones ();
      g_autoptr (GTimeZone) system = g_time_zone_new_identifier (names[i]);
      const RcpZone *zone = rcp_zones_get (zones, names[i]);

      g_assert_nonnull (system);
      for (guint n = 0; n < 40; n++)
        {
          gint64 wall = at (2015, 1, 1, 0, 0) + (gint64) g_test_rand_int_range (0, 15 * 365 * 24 * 4) * 900;

          g_assert_cmpint (rcp_zone_to_instant (zone, wall), ==, find_slowly (system, wall));
        }
      /* Around each change of a year. */
      for (gint64 hour = at (2018, 1, 1, 0, 0); hour < at (2019, 1, 1, 0, 0); hour += 3600)
        {
          gint64 wall = rcp_zone_to_wall (zone, hour);
          gint64 next = rcp_zone_to_wall (zone, hour + 3600);

          if (next - wall == 3600)
            continue;
          for (gint64 time = wall - 7200; time < wall + 10800; time += 900)
            g_assert_cmpint (rcp_zone_to_instant (zone, time), ==, find_slowly (system, time));
        }
    }
}

static void
test_gap_and_fold (void)
{
  g_autoptr (RcpZones) zones = new_zones ();
  const RcpZone *zone = rcp_zones_get_place (zones);

  /* 02:30 does not exist on 8 March: EST still counts. 01:30 of 1 November comes twice: EDT is the first. */
  g_assert_cmpint (rcp_zone_to_instant (zone, at (2026, 3, 8, 2, 30)), ==, at (2026, 3, 8, 7, 30));
  g_assert_cmpint (rcp_zone_to_instant (zone, at (2026, 11, 1, 1, 30)), ==, at (2026, 11, 1, 5, 30));
  g_assert_cmpint (rcp_zone_to_wall (zone, at (2026, 11, 1, 6, 30)), ==, at (2026, 11, 1, 1, 30));
}

/* A whole day begins where the rest of the program says that it does. */
static void
test_midnights (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (RcpZones) zones = new_zones ();
      g_autoptr (GTimeZone) system = g_time_zone_new_identifier (names[i]);
      GDate day;

      g_date_clear (&day, 1);
      g_date_set_dmy (&day, 1, 1, 2016);
      for (guint n = 0; n < 365 * 10; n++, g_date_add_days (&day, 1))
        g_assert_cmpint (rcp_zone_to_instant (rcp_zones_get (zones, names[i]),
                                              at (g_date_get_year (&day), g_date_get_month (&day), g_date_get_day (&day), 0, 0)),
                         ==, rcp_time_range_of_day (&day, system).start / G_USEC_PER_SEC);
    }
}

static void
test_names (void)
{
  static const struct
  {
    const char *tzid;
    int hour; /* UTC, of noon on a day of January */
  } known[] = {
    { "Europe/Madrid", 11 },
    { "/freeassociation.sourceforge.net/Europe/Madrid", 11 },
    { "/mozilla.org/20050126_1/America/Indiana/Indianapolis", 17 },
    { "/softwarestudio.org/Olson_20011030_5/America/Los_Angeles", 20 },
    { "Romance Standard Time", 11 },
    { "eastern standard time", 17 },
    { "UTC", 12 },
    { "Etc/GMT+5", 17 },
  };
  static const char *const unknown[] = { "Nowhere/City", "", "leapseconds", "../../../etc/passwd", "/etc/passwd", "zone.tab",
                                         "Mitteleuropa", "America", "America/", "/", "GMT+0500 (Home)" };
  g_autoptr (RcpZones) zones = new_zones ();

  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    {
      g_assert_true (rcp_zones_knows (zones, known[i].tzid));
      g_assert_cmpint (rcp_zone_to_instant (rcp_zones_get (zones, known[i].tzid), at (2026, 1, 15, 12, 0)), ==,
                       at (2026, 1, 15, known[i].hour, 0));
    }
  for (guint i = 0; i < G_N_ELEMENTS (unknown); i++)
    {
      g_assert_false (rcp_zones_knows (zones, unknown[i]));
      g_assert_true (rcp_zones_get (zones, unknown[i]) == rcp_zones_get_place (zones));
    }
  g_assert_true (rcp_zones_get (zones, NULL) == rcp_zones_get_place (zones));
}

static void
test_windows (void)
{
  static const char *const some[] = { "AUS Central Standard Time", "Yukon Standard Time", "UTC+13", "W. Europe Standard Time",
                                      "Central Standard Time (Mexico)", "Samoa Standard Time", "Tonga Standard Time" };

  for (guint i = 0; i < G_N_ELEMENTS (some); i++)
    {
      const char *iana = rcp_windows_zone_to_iana (some[i]);
      g_autoptr (GTimeZone) zone = iana != NULL ? g_time_zone_new_identifier (iana) : NULL;

      g_assert_nonnull (zone);
    }
  g_assert_null (rcp_windows_zone_to_iana ("Western Standard Time"));
}

#define RULES(offsets)                                                                                                  \
  "BEGIN:VTIMEZONE\r\nTZID:Home\r\n" offsets "END:VTIMEZONE\r\n"
#define PART(kind, from, to, start, rest)                                                                               \
  "BEGIN:" kind "\r\nTZOFFSETFROM:" from "\r\nTZOFFSETTO:" to "\r\nDTSTART:" start "\r\n" rest "END:" kind "\r\n"

static gboolean
add (RcpZones *zones, const char *text)
{
  icalcomponent *component = icalcomponent_new_from_string (text);
  gboolean added;

  g_assert_nonnull (component);
  added = rcp_zones_add (zones, component);
  icalcomponent_free (component);
  return added;
}

/* Every hour of two years as in a zone of the system that has the same rules. */
static void
test_own_rules (void)
{
  g_autoptr (RcpZones) zones = new_zones ();

  g_assert_true (add (zones,
                      RULES (PART ("STANDARD", "-0400", "-0500", "20071104T020000", "RRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=1SU\r\n")
                             PART ("DAYLIGHT", "-0500", "-0400", "20070311T020000", "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=2SU\r\n"))));
  g_assert_true (rcp_zones_knows (zones, "Home"));
  for (gint64 wall = at (2026, 1, 1, 0, 0); wall < at (2028, 1, 1, 0, 0); wall += 1800)
    g_assert_cmpint (rcp_zone_to_instant (rcp_zones_get (zones, "Home"), wall), ==,
                     rcp_zone_to_instant (rcp_zones_get_place (zones), wall));
}

static void
test_bad_rules (void)
{
  g_autoptr (RcpZones) zones = new_zones ();

  g_assert_false (add (zones, RULES ("")));
  g_assert_false (add (zones, RULES (PART ("STANDARD", "-0400", "-0500", "19700101T000000", "RRULE:FREQ=SECONDLY\r\n"))));
  g_assert_false (add (zones, RULES (PART ("STANDARD", "-0400", "-0500", "19700101T000000",
                                           "RRULE:FREQ=YEARLY;BYHOUR=1,2,3;BYMINUTE=1,2,3\r\n"))));
  g_assert_false (add (zones, RULES ("BEGIN:STANDARD\r\nTZOFFSETFROM:-0500\r\nDTSTART:19700101T000000\r\nEND:STANDARD\r\n")));
  g_assert_false (add (zones, "BEGIN:VEVENT\r\nUID:1\r\nEND:VEVENT\r\n"));
  g_assert_false (rcp_zones_knows (zones, "Home"));
}

/* An old VTIMEZONE with a name of IANA does not put the clock wrong. */
static void
test_system_knows_better (void)
{
  g_autoptr (RcpZones) zones = new_zones ();
  icalcomponent *component = icalcomponent_new_from_string (
      "BEGIN:VTIMEZONE\r\nTZID:Europe/Madrid\r\n" PART ("STANDARD", "+0000", "+0900", "19700101T000000", "") "END:VTIMEZONE\r\n");

  g_assert_true (rcp_zones_add (zones, component));
  icalcomponent_free (component);
  g_assert_cmpint (rcp_zone_to_instant (rcp_zones_get (zones, "Europe/Madrid"), at (2026, 1, 15, 12, 0)), ==,
                   at (2026, 1, 15, 11, 0));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/calendars/zones/against-slow", test_against_slow);
  g_test_add_func ("/calendars/zones/gap-and-fold", test_gap_and_fold);
  g_test_add_func ("/calendars/zones/midnights", test_midnights);
  g_test_add_func ("/calendars/zones/names", test_names);
  g_test_add_func ("/calendars/zones/windows", test_windows);
  g_test_add_func ("/calendars/zones/own-rules", test_own_rules);
  g_test_add_func ("/calendars/zones/bad-rules", test_bad_rules);
  g_test_add_func ("/calendars/zones/system-knows-better", test_system_knows_better);
  return g_test_run ();
}
