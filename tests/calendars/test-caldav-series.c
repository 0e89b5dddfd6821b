/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Series with exceptions, whole days and what keeps no time, over a change of the clocks, on a CalDAV server over HTTPS: rcp-busy-calendar
 * (and rcp-event-list) beside Radicale, where another program writes by PUT and DELETE. Beside a table made by hand, and beside slow_busy.py. */

#include "calendars/rcp-busy-calendar.h"

#include <libsoup/soup.h>

#include "caldav-login.h"
#include "eds-fixture.h"
#include "keep-result.h"

#define ZONE "America/New_York"
/* The clocks of New York change on 8 March, those of Madrid on the 29th. */
#define FROM "2026-03-01T05:00:00Z"
#define UNTIL "2026-04-05T04:00:00Z"
#define NEW_YORK                                                                                                                                     \
  "BEGIN:VTIMEZONE\r\nTZID:America/New_York\r\n"                                                                                                     \
  "BEGIN:STANDARD\r\nDTSTART:20071104T020000\r\nRRULE:FREQ=YEARLY;BYMONTH=11;BYDAY=1SU\r\nTZOFFSETFROM:-0400\r\nTZOFFSETTO:-0500\r\nEND:STANDARD\r\n" \
  "BEGIN:DAYLIGHT\r\nDTSTART:20070311T020000\r\nRRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=2SU\r\nTZOFFSETFROM:-0500\r\nTZOFFSETTO:-0400\r\nEND:DAYLIGHT\r\n" \
  "END:VTIMEZONE\r\n"
#define MADRID                                                                                                                                         \
  "BEGIN:VTIMEZONE\r\nTZID:Europe/Madrid\r\n"                                                                                                          \
  "BEGIN:STANDARD\r\nDTSTART:19961027T030000\r\nRRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\r\nTZOFFSETFROM:+0200\r\nTZOFFSETTO:+0100\r\nEND:STANDARD\r\n" \
  "BEGIN:DAYLIGHT\r\nDTSTART:19970330T020000\r\nRRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\r\nTZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200\r\nEND:DAYLIGHT\r\n"   \
  "END:VTIMEZONE\r\n"
#define N_ROUNDS 8
#define N_UIDS 5
/* Evolution Data Server forgets a question that comes while it answers one. */
#define SECONDS_TO_NEXT_REFRESH 5

typedef struct
{
  CaldavServer *server;
  RcpCalendars *calendars;
  RcpCalendar *calendar;
  RcpBusyCalendar *busy;
  RcpClock *clock;
  ECalClient *client; /* of the desk's own Evolution Data Server, to have it ask now */
  SoupSession *other; /* the program of somebody else */
} Desk;

static gint64
instant (const char *text)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr (GDateTime) time = g_date_time_new_from_iso8601 (text, utc);

  return g_date_time_to_unix (time) * G_USEC_PER_SEC;
}

static void
on_credentials_required_cb (ESourceRegistry *registry, ESource *source, ESourceCredentialsReason reason, const char *certificate)
{
  caldav_login_answer (source, reason, certificate, CALDAV_PASSWORD);
}

static gboolean
open_desk (Desk *desk)
{
  g_autoptr (GTimeZone) place = g_time_zone_new_identifier (ZONE);

  desk->server = caldav_server_new ();
  if (desk->server == NULL)
    {
      g_test_skip ("Radicale is not here");
      return FALSE;
    }
  caldav_server_start (desk->server);
  desk->other = soup_session_new ();
  desk->calendars = eds_open ();
  g_signal_connect (rcp_calendars_get_registry (desk->calendars), "credentials-required", G_CALLBACK (on_credentials_required_cb), NULL);
  desk->calendar = caldav_login_add_calendar (desk->calendars, desk->server);
  desk->clock = rcp_clock_new_fixed (instant ("2026-03-01T12:00:00Z"));
  desk->busy = rcp_busy_calendar_new (desk->calendar, place, desk->clock);
  rcp_busy_calendar_set_window (desk->busy, (RcpTimeRange){ instant (FROM), instant (UNTIL) });
  rcp_busy_calendar_start (desk->busy);
  KEEP_RESULT_UNTIL (rcp_busy_calendar_get_state (desk->busy) == RCP_BUSY_STATE_LIVE);
  desk->client = eds_connect (desk->calendar);
  return TRUE;
}

static void
close_desk (Desk *desk)
{
  g_signal_handlers_disconnect_by_func (rcp_calendars_get_registry (desk->calendars), on_credentials_required_cb, NULL);
  rcp_busy_calendar_stop (desk->busy);
  g_object_unref (desk->busy);
  g_object_unref (desk->clock);
  g_object_unref (desk->client);
  g_object_unref (desk->calendar);
  g_object_unref (desk->calendars);
  g_object_unref (desk->other);
  caldav_server_free (desk->server);
}

static gboolean
on_accept_certificate_cb (void)
{
  return TRUE;
}

/* A phone, say: it has the server's own answer before the desk is told. */
static void
send_to (Desk *desk, const char *method, const char *uid, const char *text)
{
  g_autofree char *url = g_strdup_printf ("https://localhost:%u" CALDAV_PATH "%s.ics", caldav_server_get_port (desk->server), uid);
  g_autofree char *login = g_base64_encode ((const guchar *) CALDAV_USER ":" CALDAV_PASSWORD, strlen (CALDAV_USER ":" CALDAV_PASSWORD));
  g_autofree char *basic = g_strconcat ("Basic ", login, NULL);
  g_autoptr (SoupMessage) message = soup_message_new (method, url);
  g_autoptr (GBytes) body = text != NULL ? g_bytes_new (text, strlen (text)) : NULL, answer = NULL;
  g_autoptr (GError) error = NULL;

  g_signal_connect (message, "accept-certificate", G_CALLBACK (on_accept_certificate_cb), NULL);
  soup_message_headers_replace (soup_message_get_request_headers (message), "Authorization", basic);
  if (body != NULL)
    soup_message_set_request_body_from_bytes (message, "text/calendar; charset=utf-8", body);
  answer = soup_session_send_and_read (desk->other, message, NULL, &error);
  g_assert_no_error (error);
  g_test_message ("%s %s: %u", method, uid, soup_message_get_status (message));
  g_assert_true (SOUP_STATUS_IS_SUCCESSFUL (soup_message_get_status (message)));
}

/* @events: the lines of each VEVENT but its UID and DTSTAMP, with "|" between them: a series and its detached instances. */
static void
put (Desk *desk, const char *uid, const char *events)
{
  g_autoptr (GString) text = g_string_new ("BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Other//EN\r\n" NEW_YORK MADRID);
  g_auto (GStrv) each = g_strsplit (events, "|", -1);

  for (guint i = 0; each[i] != NULL; i++)
    g_string_append_printf (text, "BEGIN:VEVENT\r\nUID:%s\r\nDTSTAMP:20260101T000000Z\r\n%sEND:VEVENT\r\n", uid, each[i]);
  g_string_append (text, "END:VCALENDAR\r\n");
  send_to (desk, "PUT", uid, text->str);
}

/* As slow_busy.py has it. */
static char *
print (Desk *desk)
{
  static const char letters[] = "-tBA";
  GArray *busy = rcp_busy_calendar_get_busy (desk->busy);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < busy->len; i++)
    {
      const RcpBusy *item = &g_array_index (busy, RcpBusy, i);
      g_autoptr (GDateTime) start = g_date_time_new_from_unix_utc (item->range.start / G_USEC_PER_SEC);
      g_autofree char *from = g_date_time_format (start, "%m%dT%H%M");

      g_string_append_printf (text, "%s+%d%c ", from, (int) ((item->range.end - item->range.start) / G_TIME_SPAN_MINUTE), letters[item->kind]);
    }
  return g_string_free (text, FALSE);
}

/* The desk's Evolution Data Server asks its server now, as it does by itself every some minutes. */
static void
wait_for_busy (Desk *desk, const char *expected)
{
  gint64 end = g_get_monotonic_time () + keep_result_get_patience ();
  gint64 refreshed = 0;
  g_autofree char *text = print (desk);

  while (g_strcmp0 (text, expected) != 0 && g_get_monotonic_time () < end)
    {
      if (g_get_monotonic_time () - refreshed > SECONDS_TO_NEXT_REFRESH * G_USEC_PER_SEC)
        {
          caldav_login_refresh (desk->client);
          refreshed = g_get_monotonic_time ();
        }
      if (!g_main_context_iteration (NULL, FALSE))
        g_usleep (500);
      g_free (text);
      text = print (desk);
    }
  g_assert_cmpstr (text, ==, expected);
  g_assert_cmpuint (rcp_busy_calendar_get_n_unread (desk->busy), ==, 0);
}

#define HOUR "DURATION:PT1H\r\n"
#define WEEKLY "DTSTART;TZID=America/New_York:20260303T090000\r\n" HOUR "RRULE:FREQ=WEEKLY;COUNT=4\r\n"
#define ON_10 "RECURRENCE-ID;TZID=America/New_York:20260310T090000\r\n"
#define ON_24 "RECURRENCE-ID;TZID=America/New_York:20260324T090000\r\n"

/* What is done one after the other, to which file, and what is busy then, worked out by hand. */
static const struct
{
  const char *uid;
  const char *events; /* NULL: is deleted */
  const char *busy;
} steps[] = {
  /* 9:00 in New York is 14:00 UTC before the change, 13:00 after it. */
  { "week", WEEKLY, "0303T1400+60B 0310T1300+60B 0317T1300+60B 0324T1300+60B " },
  /* One is left out, one moved, one cancelled. */
  { "week", WEEKLY "EXDATE;TZID=America/New_York:20260317T090000\r\n|" ON_10 "DTSTART;TZID=America/New_York:20260311T160000\r\nDURATION:PT30M\r\n|" ON_24 "DTSTART;TZID=America/New_York:20260324T090000\r\n" HOUR "STATUS:CANCELLED\r\n",
    "0303T1400+60B 0311T2000+30B " },
  /* Moved over the change, to before it; the one that was cancelled takes place; what is left out is named in UTC. */
  { "week", WEEKLY "EXDATE:20260317T130000Z\r\n|" ON_10 "DTSTART;TZID=America/New_York:20260307T090000\r\n" HOUR,
    "0303T1400+60B 0307T1400+60B 0324T1300+60B " },
  /* A series that keeps no time, but for one instance; and one that does, but for one. */
  { "week", WEEKLY "TRANSP:TRANSPARENT\r\n|" ON_10 "DTSTART;TZID=America/New_York:20260310T090000\r\n" HOUR "TRANSP:OPAQUE\r\n", "0310T1300+60B " },
  { "week", WEEKLY "|" ON_10 "DTSTART;TZID=America/New_York:20260310T090000\r\n" HOUR "TRANSP:TRANSPARENT\r\n",
    "0303T1400+60B 0317T1300+60B 0324T1300+60B " },
  { "week", NULL, "" },
  /* The day of the change has 23 hours; a day that keeps no time has none. */
  { "day", "DTSTART;VALUE=DATE:20260308\r\nDTEND;VALUE=DATE:20260309\r\n", "0308T0500+1380B " },
  { "free", "DTSTART;VALUE=DATE:20260312\r\nTRANSP:TRANSPARENT\r\n", "0308T0500+1380B " },
  { "day", "DTSTART;VALUE=DATE:20260307\r\nDTEND;VALUE=DATE:20260310\r\n", "0307T0500+4260B " },
  /* Every Sunday, all day; one left out, one moved to the day after. */
  { "day", "DTSTART;VALUE=DATE:20260301\r\nRRULE:FREQ=WEEKLY;COUNT=4\r\nEXDATE;VALUE=DATE:20260315\r\n|RECURRENCE-ID;VALUE=DATE:20260322\r\nDTSTART;VALUE=DATE:20260323\r\n",
    "0301T0500+1440B 0308T0500+1380B 0323T0400+1440B " },
  { "day", NULL, "" },
  { "free", "DTSTART;VALUE=DATE:20260312\r\n", "0312T0400+1440B " },
  { "free", NULL, "" },
  /* 2:30 is not there on the 8th: by the offset before the gap (RFC 5545, 3.3.5). */
  { "night", "DTSTART;TZID=America/New_York:20260307T023000\r\nDURATION:PT15M\r\nRRULE:FREQ=DAILY;COUNT=3\r\n", "0307T0730+15B 0308T0730+15B 0309T0630+15B " },
  /* A length is exact: four hours from 23:00 on end at 4:00. */
  { "night", "DTSTART;TZID=America/New_York:20260307T230000\r\nDURATION:PT4H\r\n", "0308T0400+240B " },
  /* The clocks of Madrid change three weeks later: 16:00 there. */
  { "night", "DTSTART;TZID=Europe/Madrid:20260305T160000\r\n" HOUR "RRULE:FREQ=WEEKLY;UNTIL=20260402T140000Z\r\nEXDATE;TZID=Europe/Madrid:20260319T160000\r\n",
    "0305T1500+60B 0312T1500+60B 0326T1500+60B 0402T1400+60B " },
};

static void
test_table (void)
{
  Desk desk = { 0 };

  if (!open_desk (&desk))
    return;
  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      g_test_message ("step %u", i);
      if (steps[i].events != NULL)
        put (&desk, steps[i].uid, steps[i].events);
      else
        send_to (&desk, "DELETE", steps[i].uid, NULL);
      wait_for_busy (&desk, steps[i].busy);
    }
  close_desk (&desk);
}

/* An event as a walk meets it: where its instances are by its rule. */
typedef struct
{
  GDate first;
  guint step; /* days */
  guint n;
  int minute; /* -1: whole days */
  const char *zone;
} Walk;

static void
append_time (GString *text, const char *name, const Walk *walk, guint instance, int days_later, int minutes_later)
{
  GDate date = walk->first;

  g_date_add_days (&date, instance * walk->step + (guint) days_later);
  g_string_append_printf (text, "%s;%s%s:%04d%02d%02d", name, walk->minute < 0 ? "VALUE=DATE" : "TZID=", walk->minute < 0 ? "" : walk->zone,
                          g_date_get_year (&date), g_date_get_month (&date), g_date_get_day (&date));
  if (walk->minute >= 0)
    g_string_append_printf (text, "T%02d%02d00", (walk->minute + minutes_later) / 60, (walk->minute + minutes_later) % 60);
  g_string_append (text, "\r\n");
}

static void
append_length (GString *text, const Walk *walk)
{
  if (walk->minute < 0)
    g_string_append_printf (text, "DURATION:P%dD\r\n", g_test_rand_int_range (1, 3));
  else
    g_string_append_printf (text, "DURATION:PT%dM\r\n", 15 * g_test_rand_int_range (1, 8));
}

/* (transfer full): a series with exceptions. */
static char *
make_events (void)
{
  static const char *zones[] = { ZONE, "Europe/Madrid", ZONE };
  static const char *kinds[] = { "", "", "STATUS:TENTATIVE\r\n", "TRANSP:TRANSPARENT\r\n", "X-MICROSOFT-CDO-BUSYSTATUS:OOF\r\n" };
  GString *text = g_string_new (NULL);
  Walk walk = { .step = (guint) g_test_rand_int_range (1, 9), .n = (guint) g_test_rand_int_range (3, 12) };

  g_date_set_dmy (&walk.first, 22, G_DATE_FEBRUARY, 2026);
  g_date_add_days (&walk.first, (guint) g_test_rand_int_range (0, 20));
  walk.minute = g_test_rand_int_range (0, 4) == 0 ? -1 : 15 * g_test_rand_int_range (0, 80);
  walk.zone = zones[g_test_rand_int_range (0, G_N_ELEMENTS (zones))];
  append_time (text, "DTSTART", &walk, 0, 0, 0);
  append_length (text, &walk);
  g_string_append_printf (text, "RRULE:FREQ=DAILY;INTERVAL=%u;COUNT=%u\r\n%s", walk.step, walk.n, kinds[g_test_rand_int_range (0, G_N_ELEMENTS (kinds))]);
  for (guint i = 0; i < walk.n; i++)
    if (g_test_rand_int_range (0, 5) == 0)
      append_time (text, "EXDATE", &walk, i, 0, 0);
  for (guint i = 1; i < walk.n; i++)
    if (g_test_rand_int_range (0, 4) == 0)
      {
        g_string_append_c (text, '|');
        append_time (text, "RECURRENCE-ID", &walk, i, 0, 0);
        append_time (text, "DTSTART", &walk, i, g_test_rand_int_range (0, 3), 15 * g_test_rand_int_range (0, 14));
        append_length (text, &walk);
        g_string_append (text, kinds[g_test_rand_int_range (0, G_N_ELEMENTS (kinds))]);
      }
  return g_string_free (text, FALSE);
}

/* (transfer full): by the slow reference, from the files that the server keeps. */
static char *
look_up (Desk *desk)
{
  g_auto (GStrv) texts = caldav_server_list (desk->server);
  g_autofree char *all = g_strjoinv ("\r\n", texts), *answer = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, "/usr/bin/python3",
                                                      "-B", g_getenv ("SLOW_BUSY"), ZONE, FROM, UNTIL, NULL);

  g_assert_no_error (error);
  g_subprocess_communicate_utf8 (process, all, NULL, &answer, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_get_successful (process));
  return g_steal_pointer (&answer);
}

static void
test_walk (void)
{
  Desk desk = { 0 };
  gboolean is_there[N_UIDS] = { FALSE };

  if (!open_desk (&desk))
    return;
  for (guint i = 0; i < N_ROUNDS; i++)
    {
      g_autofree char *expected = NULL;

      for (guint j = 0; j < 2; j++)
        {
          guint which = (guint) g_test_rand_int_range (0, N_UIDS);
          g_autofree char *uid = g_strdup_printf ("e%u", which), *events = make_events (), *text = NULL;

          if (is_there[which] && g_test_rand_int_range (0, 4) == 0)
            send_to (&desk, "DELETE", uid, NULL);
          else
            put (&desk, uid, events);
          text = caldav_server_read (desk.server, uid);
          is_there[which] = text != NULL;
        }
      expected = look_up (&desk);
      g_test_message ("round %u: %s", i, expected);
      wait_for_busy (&desk, expected);
    }
  close_desk (&desk);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/calendars/caldav-series/table", test_table);
  g_test_add_func ("/calendars/caldav-series/walk", test_walk);
  return g_test_run ();
}
