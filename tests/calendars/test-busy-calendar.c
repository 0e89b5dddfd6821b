/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Also of rcp-busy-view, which it works through. */

#include "calendars/rcp-busy-calendar.h"

#include <time.h>

#include "eds-fixture.h"
#include "keep-result.h"

/* Evolution Data Server tells of changes a third of a second late; two seconds are the aim, and more on a busy machine. */
#define SOON 10
/* Of one turn of the main loop, in microseconds: three frames. */
#define MOST_WORK 50000

typedef struct
{
  RcpCalendar *calendar;
  RcpClock *clock;
  RcpBusyCalendar *busy;
  ECalClient *other; /* another program */
  guint n_changed;
  char *first;   /* what was told first, */
  gint64 as_of;  /* and of when it was */
} Fixture;

static RcpCalendars *calendars;

static gint64
instant (const char *text)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr (GDateTime) time = g_date_time_new_from_iso8601 (text, utc);

  return g_date_time_to_unix (time) * G_USEC_PER_SEC;
}

static char *print (RcpBusyCalendar *calendar);

static void
on_changed_cb (RcpBusyCalendar *busy, Fixture *fixture)
{
  if (fixture->n_changed++ > 0)
    return;
  fixture->first = print (busy);
  fixture->as_of = rcp_busy_calendar_get_as_of (busy);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GTimeZone) place = g_time_zone_new_identifier ("America/New_York");

  fixture->calendar = g_object_ref (eds_add_local (calendars, "Ana"));
  fixture->clock = rcp_clock_new_fixed (instant ("2026-03-01T12:00:00Z"));
  fixture->busy = rcp_busy_calendar_new (fixture->calendar, place, fixture->clock);
  fixture->other = eds_connect (fixture->calendar);
  g_signal_connect (fixture->busy, "changed", G_CALLBACK (on_changed_cb), fixture);
  rcp_busy_calendar_set_window (fixture->busy, (RcpTimeRange){ instant ("2026-03-01T05:00:00Z"), instant ("2026-04-01T04:00:00Z") });
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  rcp_busy_calendar_stop (fixture->busy);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  KEEP_RESULT_UNTIL (G_OBJECT (fixture->busy)->ref_count == 1);
  g_assert_finalize_object (fixture->busy);
  g_object_unref (fixture->clock);
  g_object_unref (fixture->other);
  g_object_unref (fixture->calendar);
  g_free (fixture->first);
}

static char *
print (RcpBusyCalendar *calendar)
{
  static const char letters[] = "-tBA";
  GArray *busy = rcp_busy_calendar_get_busy (calendar);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < busy->len; i++)
    {
      const RcpBusy *item = &g_array_index (busy, RcpBusy, i);
      g_autoptr (GDateTime) start = g_date_time_new_from_unix_utc (item->range.start / G_USEC_PER_SEC);
      g_autofree char *from = g_date_time_format (start, "%dT%H%M");

      g_string_append_printf (text, "%s+%d%c ", from, (int) ((item->range.end - item->range.start) / G_TIME_SPAN_MINUTE),
                              letters[item->kind]);
    }
  return g_string_free (text, FALSE);
}

static gboolean
is_busy (Fixture *fixture, const char *expected)
{
  g_autofree char *text = print (fixture->busy);

  return g_strcmp0 (text, expected) == 0;
}

/* Ends the test where it does not come to that; tells how long it took. */
static void
wait_for_busy (Fixture *fixture, const char *expected)
{
  gint64 began = g_get_monotonic_time ();

  while (!is_busy (fixture, expected))
    {
      if (g_get_monotonic_time () - began > SOON * G_USEC_PER_SEC)
        {
          g_autofree char *text = print (fixture->busy);

          g_assert_cmpstr (text, ==, expected);
        }
      if (!g_main_context_iteration (NULL, FALSE))
        g_usleep (500);
    }
  g_test_message ("%d ms until %s", (int) ((g_get_monotonic_time () - began) / 1000), expected);
}

static void
wait_for_state (Fixture *fixture, RcpBusyState state)
{
  KEEP_RESULT_UNTIL (rcp_busy_calendar_get_state (fixture->busy) == state);
}

static void
start (Fixture *fixture)
{
  rcp_busy_calendar_start (fixture->busy);
  wait_for_state (fixture, RCP_BUSY_STATE_LIVE);
}

#define VISIT "UID:v\r\nDTSTART:20260310T140000Z\r\nDURATION:PT1H\r\nSUMMARY:Private\r\n"

static void
test_changes (Fixture *fixture, gconstpointer data)
{
  g_assert_cmpint (rcp_busy_calendar_get_state (fixture->busy), ==, RCP_BUSY_STATE_LOADING);
  g_assert_cmpint (rcp_busy_calendar_get_as_of (fixture->busy), ==, 0);
  start (fixture);
  g_assert_true (is_busy (fixture, ""));
  eds_put (fixture->other, VISIT);
  wait_for_busy (fixture, "10T1400+60B ");
  eds_change (fixture->other, "UID:v\r\nDTSTART:20260311T140000Z\r\nDURATION:PT30M\r\nSTATUS:TENTATIVE\r\n", E_CAL_OBJ_MOD_ALL);
  wait_for_busy (fixture, "11T1400+30t ");
  eds_put (fixture->other, "UID:d\r\nDTSTART;VALUE=DATE:20260308\r\nX-MICROSOFT-CDO-BUSYSTATUS:OOF\r\n");
  wait_for_busy (fixture, "08T0500+1380A 11T1400+30t ");
  /* Out of the window, and away. */
  eds_change (fixture->other, "UID:v\r\nDTSTART:20270311T140000Z\r\nDURATION:PT30M\r\n", E_CAL_OBJ_MOD_ALL);
  wait_for_busy (fixture, "08T0500+1380A ");
  eds_remove (fixture->other, "d", NULL);
  wait_for_busy (fixture, "");
  g_assert_cmpuint (fixture->n_changed, >=, 5);
}

static void
test_there_before (Fixture *fixture, gconstpointer data)
{
  eds_put (fixture->other, VISIT);
  start (fixture);
  g_assert_true (is_busy (fixture, "10T1400+60B "));
  g_assert_cmpint (rcp_busy_calendar_get_as_of (fixture->busy), ==, rcp_clock_get_now (fixture->clock));
}

/* What is kept this week is told before all of it, without an instance that was moved out of the week. */
static void
test_near (Fixture *fixture, gconstpointer data)
{
  eds_put (fixture->other, "UID:s\r\nDTSTART;TZID=America/New_York:20260228T090000\r\nDURATION:PT1H\r\nRRULE:FREQ=DAILY;COUNT=3\r\n");
  eds_change (fixture->other, "UID:s\r\nRECURRENCE-ID;TZID=America/New_York:20260301T090000\r\nDTSTART;TZID=America/New_York:20260320T090000\r\nDURATION:PT1H\r\n",
              E_CAL_OBJ_MOD_THIS);
  eds_put (fixture->other, "UID:n\r\nDTSTART:20260301T170000Z\r\nDURATION:PT15M\r\n");
  eds_put (fixture->other, VISIT);
  start (fixture);
  g_assert_cmpstr (fixture->first, ==, "01T1700+15B 02T1400+60B 20T1300+60B ");
  g_assert_cmpint (fixture->as_of, ==, 0);
  g_assert_true (is_busy (fixture, "01T1700+15B 02T1400+60B 10T1400+60B 20T1300+60B "));
  /* Of what was told first nothing stays behind. */
  eds_remove (fixture->other, "n", NULL);
  wait_for_busy (fixture, "02T1400+60B 10T1400+60B 20T1300+60B ");
}

/* An instance that another program moves to the next year is busy here no more, and is again when it comes back. */
static void
test_series (Fixture *fixture, gconstpointer data)
{
  start (fixture);
  eds_put (fixture->other, "UID:s\r\nDTSTART;TZID=America/New_York:20260306T090000\r\nDURATION:PT1H\r\nRRULE:FREQ=DAILY;COUNT=4\r\n");
  wait_for_busy (fixture, "06T1400+60B 07T1400+60B 08T1300+60B 09T1300+60B ");
  eds_change (fixture->other, "UID:s\r\nRECURRENCE-ID;TZID=America/New_York:20260307T090000\r\nDTSTART;TZID=America/New_York:20270307T090000\r\nDURATION:PT1H\r\n",
              E_CAL_OBJ_MOD_THIS);
  wait_for_busy (fixture, "06T1400+60B 08T1300+60B 09T1300+60B ");
  eds_change (fixture->other, "UID:s\r\nRECURRENCE-ID;TZID=America/New_York:20260307T090000\r\nDTSTART;TZID=America/New_York:20260307T120000\r\nDURATION:PT1H\r\n",
              E_CAL_OBJ_MOD_THIS);
  wait_for_busy (fixture, "06T1400+60B 07T1700+60B 08T1300+60B 09T1300+60B ");
  eds_remove (fixture->other, "s", NULL);
  wait_for_busy (fixture, "");
}

/* A zone that only the calendar knows. */
static void
test_own_zone (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GObject) definition = G_OBJECT (i_cal_component_new_from_string (
      "BEGIN:VTIMEZONE\r\nTZID:Office\r\nBEGIN:STANDARD\r\nDTSTART:19700101T000000\r\nTZOFFSETFROM:+0300\r\nTZOFFSETTO:+0300\r\nEND:STANDARD\r\nEND:VTIMEZONE\r\n"));
  ICalTimezone *zone = i_cal_timezone_new ();
  g_autoptr (GError) error = NULL;

  i_cal_timezone_set_component (zone, I_CAL_COMPONENT (definition));
  e_cal_client_add_timezone_sync (fixture->other, zone, NULL, &error);
  g_assert_no_error (error);
  start (fixture);
  eds_put (fixture->other, "UID:v\r\nDTSTART;TZID=Office:20260310T170000\r\nDURATION:PT1H\r\n");
  wait_for_busy (fixture, "10T1400+60B ");
  g_object_unref (zone);
}

static void
test_window (Fixture *fixture, gconstpointer data)
{
  eds_put (fixture->other, VISIT);
  eds_put (fixture->other, "UID:a\r\nDTSTART:20260412T150000Z\r\nDURATION:PT1H\r\n");
  start (fixture);
  rcp_busy_calendar_set_window (fixture->busy, (RcpTimeRange){ instant ("2026-04-01T04:00:00Z"), instant ("2026-05-01T04:00:00Z") });
  /* Until the new one is told, the old is what is known. */
  g_assert_true (is_busy (fixture, "10T1400+60B "));
  wait_for_busy (fixture, "12T1500+60B ");
  eds_put (fixture->other, "UID:b\r\nDTSTART:20260413T150000Z\r\nDURATION:PT1H\r\n");
  wait_for_busy (fixture, "12T1500+60B 13T1500+60B ");
}

static void
test_unread (Fixture *fixture, gconstpointer data)
{
  eds_put (fixture->other, VISIT);
  eds_put (fixture->other, "UID:w\r\nDTSTART:20260310T150000Z\r\nDURATION:PT1H\r\nRRULE:FREQ=YEARLY;BYWEEKNO=10\r\n");
  start (fixture);
  g_assert_cmpuint (rcp_busy_calendar_get_n_unread (fixture->busy), ==, 1);
  g_assert_true (is_busy (fixture, "10T1400+120B "));
}

/* When the server of the calendars dies, what was known stays, with its time; and it is found again. */
static void
test_server_dies (Fixture *fixture, gconstpointer data)
{
  gint64 then = rcp_clock_get_now (fixture->clock);

  eds_put (fixture->other, VISIT);
  start (fixture);
  eds_kill ("dataserver.Calendar8");
  eds_kill ("Subprocess.Backend");
  wait_for_state (fixture, RCP_BUSY_STATE_OLD);
  rcp_clock_set_now (fixture->clock, then + G_TIME_SPAN_HOUR);
  g_assert_true (is_busy (fixture, "10T1400+60B "));
  g_assert_cmpint (rcp_busy_calendar_get_as_of (fixture->busy), ==, then);
  g_assert_nonnull (rcp_busy_calendar_get_error (fixture->busy));
  wait_for_state (fixture, RCP_BUSY_STATE_LIVE);
  g_assert_null (rcp_busy_calendar_get_error (fixture->busy));
  g_assert_cmpint (rcp_busy_calendar_get_as_of (fixture->busy), ==, then + G_TIME_SPAN_HOUR);
  g_object_unref (fixture->other);
  fixture->other = eds_connect (fixture->calendar);
  eds_put (fixture->other, "UID:x\r\nDTSTART:20260312T140000Z\r\nDURATION:PT1H\r\n");
  wait_for_busy (fixture, "10T1400+60B 12T1400+60B ");
}

static void
test_stop (Fixture *fixture, gconstpointer data)
{
  eds_put (fixture->other, VISIT);
  start (fixture);
  rcp_busy_calendar_stop (fixture->busy);
  g_assert_cmpint (rcp_busy_calendar_get_state (fixture->busy), ==, RCP_BUSY_STATE_OLD);
  g_assert_true (is_busy (fixture, "10T1400+60B "));
  rcp_busy_calendar_start (fixture->busy);
  /* Given up on the way. */
  rcp_busy_calendar_stop (fixture->busy);
}

/* What this thread has worked, in microseconds: also on a busy machine. */
static gint64
get_work (void)
{
  struct timespec time;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &time);
  return (gint64) time.tv_sec * G_USEC_PER_SEC + time.tv_nsec / 1000;
}

/* Five thousand events, also as they come all at once, leave the main loop free. */
static void
test_many (Fixture *fixture, gconstpointer data)
{
  GSList *events = NULL;
  g_autoptr (GError) error = NULL;
  gint64 longest = 0;
  gint64 began;

  for (guint i = 0; i < 5000; i++)
    {
      g_autofree char *text = g_strdup_printf ("BEGIN:VEVENT\r\nUID:m%u\r\nDTSTART;TZID=Europe/Madrid:202603%02uT%02u%02u00\r\nDURATION:PT1M\r\nEND:VEVENT\r\n",
                                               i, i % 31 + 1, i / 31 % 24, i / 31 / 24 * 2 % 60);

      events = g_slist_prepend (events, i_cal_component_new_from_string (text));
    }
  e_cal_client_create_objects_sync (fixture->other, events, 0, NULL, NULL, &error);
  g_assert_no_error (error);
  g_slist_free_full (events, g_object_unref);

  began = g_get_monotonic_time ();
  rcp_busy_calendar_start (fixture->busy);
  while (rcp_busy_calendar_get_state (fixture->busy) != RCP_BUSY_STATE_LIVE)
    {
      gint64 before = get_work ();

      if (g_get_monotonic_time () - began > keep_result_get_patience ())
        keep_result_too_late ("5000 events");
      if (!g_main_context_iteration (NULL, FALSE))
        g_usleep (200);
      longest = MAX (longest, get_work () - before);
    }
  g_test_message ("5000 events in %d ms, longest turn %d ms", (int) ((g_get_monotonic_time () - began) / 1000), (int) (longest / 1000));
  g_assert_cmpuint (rcp_busy_calendar_get_busy (fixture->busy)->len, >, 4000);
  g_assert_cmpint (longest, <, MOST_WORK * keep_result_get_patience () / (60 * G_USEC_PER_SEC));
}

int
main (int argc, char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  calendars = eds_open ();
#define ADD(name, func) g_test_add ("/calendars/busy-calendar/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("changes", test_changes);
  ADD ("there-before", test_there_before);
  ADD ("near", test_near);
  ADD ("series", test_series);
  ADD ("own-zone", test_own_zone);
  ADD ("window", test_window);
  ADD ("unread", test_unread);
  ADD ("stop", test_stop);
  ADD ("many", test_many);
  ADD ("server-dies", test_server_dies);
#undef ADD
  status = g_test_run ();
  g_object_unref (calendars);
  return status;
}
