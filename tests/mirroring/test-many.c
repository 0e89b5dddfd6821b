/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-many"

/* A thousand visits through rcp-mirror, and a thousand events through rcp-busy-calendar, of a calendar of this computer and of one on a
 * CalDAV server: each is there once, and no part of it looks at all of them again for each. The times are in the output. */

#include "mirror-fixture.h"

#include "calendars/rcp-busy-calendar.h"
#include "full-day.h"

#define MANY 1000
#define A_DAY 25
#define FEW 250
#define MOST_PASSES 12
#define LONGEST (15 * G_TIME_SPAN_MINUTE) /* Radicale looks through a whole calendar for each event that is put into it */

#define LONGEST_TO_READ (3 * G_TIME_SPAN_MINUTE)
#define SOON 20 /* seconds: also on a machine that is five times slower */

/* Lets the main loop run, however long a thousand of them take. */
#define WAIT_LONG(condition) \
  for (gint64 until = g_get_monotonic_time () + LONGEST; !(condition);) \
    { \
      g_assert_cmpint (g_get_monotonic_time (), <, until); \
      if (!g_main_context_iteration (NULL, FALSE)) \
        g_usleep (1000); \
    }

static double
seconds_since (gint64 began)
{
  return (double) (g_get_monotonic_time () - began) / G_USEC_PER_SEC;
}

/* Of this process: what others do to the machine meanwhile, and how long the calendar takes, is not in it. */
static double
get_work (void)
{
  struct timespec time;

  g_assert_cmpint (clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &time), ==, 0);
  return (double) time.tv_sec + (double) time.tv_nsec / 1e9;
}

static double
wait_until_current (RcpMirror *mirror)
{
  gint64 began = g_get_monotonic_time ();

  rcp_mirror_look_again (mirror);
  WAIT_LONG (rcp_mirror_get_standing (mirror) == RCP_MIRROR_CURRENT);
  return seconds_since (began);
}

/* How often the record is asked for one look: the visits, what the calendar's server was seen to have, the requests. */
static guint64
count_for_a_look (MirrorTown *town, RcpMirror *mirror)
{
  guint n_passes = rcp_mirror_get_n_passes (mirror);
  guint64 before = fhir_client_get_n_requests (town->desk->client);

  rcp_mirror_look (mirror);
  KEEP_RESULT_UNTIL (rcp_mirror_get_n_passes (mirror) > n_passes && rcp_mirror_get_standing (mirror) == RCP_MIRROR_CURRENT);
  return (fhir_client_get_n_requests (town->desk->client) - before) / (rcp_mirror_get_n_passes (mirror) - n_passes);
}

static void
assert_equal (MirrorTown *town, guint n)
{
  g_autofree char *record = mirror_town_print_record (town);
  g_autofree char *calendar = mirror_town_print_calendar (town);
  g_auto (GStrv) lines = g_strsplit (calendar, "\n", -1);

  g_assert_cmpstr (calendar, ==, record);
  g_assert_cmpuint (g_strv_length (lines), ==, n);
}

static void
add_visits (MirrorTown *town, guint first_day, guint n)
{
  for (guint day = 0; day < n / A_DAY; day++)
    full_day_add_some (town->desk, first_day + day, 1, A_DAY);
}

/* What was written in the last half minute is asked for again: as in a clinic, not all was. */
static void
let_it_age (MirrorTown *town, RcpMirror *mirror, double written)
{
  if (written < 31)
    g_usleep ((gulong) ((31 - written) * G_USEC_PER_SEC));
  full_day_add_some (town->desk, MANY / A_DAY, 1, 1);
  wait_until_current (mirror);
}

static void
test_mirror (gconstpointer data)
{
  gboolean with_server = GPOINTER_TO_INT (data);
  MirrorTown town;
  RcpMirror *mirror;
  double few, many, once_more, work_for_few, work_for_many;
  guint64 n_requests;
  guint n_passes;

  if (!mirror_town_open (&town, with_server, 1))
    return;
  add_visits (&town, 0, FEW);
  mirror = mirror_town_start (&town, NULL, NULL);
  work_for_few = -get_work ();
  few = wait_until_current (mirror);
  work_for_few += get_work ();
  assert_equal (&town, FEW);
  n_passes = rcp_mirror_get_n_passes (mirror);
  add_visits (&town, FEW / A_DAY, MANY - FEW);
  work_for_many = -get_work ();
  many = wait_until_current (mirror);
  work_for_many += get_work ();
  g_test_message ("%u visits in %.1f s, %u more in %.1f s; work %.2f and %.2f s", FEW, few, MANY - FEW, many, work_for_few, work_for_many);
  assert_equal (&town, MANY);
  g_assert_cmpuint (rcp_mirror_get_n_passes (mirror) - n_passes, <=, MOST_PASSES);
  /* Three times as many: with each of them as dear as before it is three times the work, were each to look at all it would be fifteen. */
  if (!with_server)
    g_assert_cmpfloat (work_for_many, <, 8 * MAX (work_for_few, 0.1));

  let_it_age (&town, mirror, many);
  n_requests = count_for_a_look (&town, mirror);
  g_test_message ("%u requests for a look", (guint) n_requests);
  g_assert_cmpuint (n_requests, <=, 3);
  mirror_town_end (mirror);

  /* Who starts with all of it there writes nothing. */
  mirror = mirror_town_start (&town, NULL, NULL);
  once_more = wait_until_current (mirror);
  g_test_message ("%.1f s to find all as it is", once_more);
  assert_equal (&town, MANY + 1);
  mirror_town_end (mirror);
  mirror_town_close (&town);
}

/* Both mean to write all of it: what one has written already is in the way of the other's. */
static void
test_two_desks (void)
{
  MirrorTown town;
  RcpMirror *first, *second;

  g_assert_true (mirror_town_open (&town, FALSE, 1));
  add_visits (&town, 0, FEW);
  first = mirror_town_start (&town, NULL, NULL);
  second = mirror_town_start (&town, NULL, NULL);
  wait_until_current (first);
  wait_until_current (second);
  assert_equal (&town, FEW);
  mirror_town_end (first);
  mirror_town_end (second);
  mirror_town_close (&town);
}

static char *
make_lines (guint number, const char *uid)
{
  g_autoptr (GDateTime) start = g_date_time_new_from_unix_utc (DESK_NOW / G_USEC_PER_SEC + number * 1800);
  g_autofree char *from = g_date_time_format (start, "%Y%m%dT%H%M%SZ");

  return g_strdup_printf ("%s%s%sDTSTART:%s\r\nDURATION:PT10M\r\n", uid ? "UID:" : "", uid ? uid : "", uid ? "\r\n" : "", from);
}

static void
put (MirrorTown *town, guint number)
{
  g_autofree char *uid = g_strdup_printf ("other-%u", number);
  g_autofree char *lines = make_lines (number, town->server ? NULL : uid);

  if (town->server)
    caldav_server_put (town->server, uid, lines);
  else
    eds_put (town->other, lines);
}

/* Ends the test. */
static void
tell_what_is_known (RcpBusyCalendar *busy, guint n)
{
  RcpCalendar *calendar = rcp_busy_calendar_get_calendar (busy);
  const GError *error = rcp_busy_calendar_get_error (busy);
  ECalClient *client = eds_connect (calendar);
  GSList *events = NULL;

  e_cal_client_get_object_list_sync (client, "#t", &events, NULL, NULL);
  g_error ("%u of %u busy times are known, %u unread; state %d, calendar %d, %s; Evolution Data Server has %u events",
           rcp_busy_calendar_get_busy (busy)->len, n, rcp_busy_calendar_get_n_unread (busy), rcp_busy_calendar_get_state (busy),
           rcp_calendar_get_state (calendar), error != NULL ? error->message : "no error", g_slist_length (events));
}

static double
wait_for_busy (RcpBusyCalendar *busy, guint n)
{
  gint64 began = g_get_monotonic_time ();

  while (rcp_busy_calendar_get_busy (busy)->len != n)
    {
      if (g_get_monotonic_time () - began > LONGEST_TO_READ)
        tell_what_is_known (busy, n);
      if (!g_main_context_iteration (NULL, FALSE))
        g_usleep (1000);
    }
  return seconds_since (began);
}

static void
refresh (MirrorTown *town)
{
  ECalClient *client;

  if (town->server == NULL)
    return;
  client = eds_connect (town->calendar);
  e_client_refresh_sync (E_CLIENT (client), NULL, NULL);
  g_object_unref (client);
}

static void
test_busy (gconstpointer data)
{
  g_autoptr (GTimeZone) place = g_time_zone_new_identifier ("America/New_York");
  RcpBusyCalendar *busy;
  MirrorTown town;
  double all, one;

  if (!mirror_town_open (&town, GPOINTER_TO_INT (data), 1))
    return;
  for (guint i = 0; i < MANY; i++)
    put (&town, i);
  busy = rcp_busy_calendar_new (town.calendar, place, town.desk->clock);
  rcp_busy_calendar_set_window (busy, (RcpTimeRange){ DESK_NOW - G_TIME_SPAN_DAY, DESK_NOW + 60 * G_TIME_SPAN_DAY });
  rcp_busy_calendar_start (busy);
  all = wait_for_busy (busy, MANY);
  /* On a busy machine the server may be too slow for Evolution Data Server once; then it counts as away until it has answered. */
  WAIT_LONG (rcp_busy_calendar_get_state (busy) == RCP_BUSY_STATE_LIVE);
  g_assert_cmpuint (rcp_busy_calendar_get_n_unread (busy), ==, 0);
  put (&town, MANY);
  refresh (&town);
  one = wait_for_busy (busy, MANY + 1);
  g_test_message ("%u events in %.1f s, one more in %.1f s", MANY, all, one);
  /* It is not all read again for the one. */
  g_assert_cmpfloat (one, <, MAX (SOON, all / 2));
  rcp_busy_calendar_stop (busy);
  KEEP_RESULT_UNTIL (G_OBJECT (busy)->ref_count == 1);
  g_assert_finalize_object (busy);
  mirror_town_close (&town);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/mirroring/many/busy/local", GINT_TO_POINTER (FALSE), test_busy);
  g_test_add_data_func ("/mirroring/many/busy/caldav", GINT_TO_POINTER (TRUE), test_busy);
  g_test_add_func ("/mirroring/many/two-desks", test_two_desks);
  g_test_add_data_func ("/mirroring/many/mirror/local", GINT_TO_POINTER (FALSE), test_mirror);
  g_test_add_data_func ("/mirroring/many/mirror/caldav", GINT_TO_POINTER (TRUE), test_mirror);
  return g_test_run ();
}
