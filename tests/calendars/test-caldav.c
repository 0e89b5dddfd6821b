/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The busy time of a calendar on a CalDAV server, over HTTPS and with a password: rcp-busy-calendar beside Radicale. What its
 * calendar says while the server is away: rcp-source-wait. */

#include "calendars/rcp-busy-calendar.h"
#include "calendars/rcp-source-wait.h"

#include "caldav-login.h"
#include "eds-fixture.h"
#include "keep-result.h"

typedef struct
{
  CaldavServer *server;
  RcpCalendars *calendars;
  RcpCalendar *calendar;
  RcpBusyCalendar *busy;
  RcpClock *clock;
  const char *password;
  guint news_pause; /* 0: the usual one */
  guint n_asked;
  gboolean is_silent; /* nobody gives the password once more */
  guint n_rejected;   /* what it was told meanwhile */
} Desk;

static gint64
instant (const char *text)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr (GDateTime) time = g_date_time_new_from_iso8601 (text, utc);

  return g_date_time_to_unix (time) * G_USEC_PER_SEC;
}

/* As the dialog of a desk would answer: trusts the certificate, then gives the password. */
static void
on_credentials_required_cb (ESourceRegistry *registry, ESource *source, ESourceCredentialsReason reason, const char *certificate,
                            GTlsCertificateFlags flags, const GError *error, Desk *desk)
{
  g_test_message ("asked: %d %s", reason, error != NULL ? error->message : "");
  if (desk->is_silent && reason == E_SOURCE_CREDENTIALS_REASON_REJECTED)
    {
      desk->n_rejected++;
      return;
    }
  if (caldav_login_answer (source, reason, certificate, desk->password))
    desk->n_asked++;
}

static char *
print (Desk *desk)
{
  GArray *busy = rcp_busy_calendar_get_busy (desk->busy);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < busy->len; i++)
    {
      g_autoptr (GDateTime) start = g_date_time_new_from_unix_utc (g_array_index (busy, RcpBusy, i).range.start / G_USEC_PER_SEC);
      g_autofree char *from = g_date_time_format (start, "%dT%H%M ");

      g_string_append (text, from);
    }
  return g_string_free (text, FALSE);
}

static void
wait_for_busy (Desk *desk, const char *expected)
{
  gint64 began = g_get_monotonic_time ();
  g_autofree char *text = print (desk);

  while (g_strcmp0 (text, expected) != 0 && g_get_monotonic_time () - began < keep_result_get_patience ())
    {
      if (!g_main_context_iteration (NULL, FALSE))
        g_usleep (500);
      g_free (text);
      text = print (desk);
    }
  g_assert_cmpstr (text, ==, expected);
  g_test_message ("%d ms until %s", (int) ((g_get_monotonic_time () - began) / 1000), expected);
}

static void
open_desk (Desk *desk)
{
  g_autoptr (GTimeZone) place = g_time_zone_new_identifier ("America/New_York");

  caldav_server_start (desk->server);
  caldav_server_put (desk->server, "a", "DTSTART:20260310T140000Z\r\nDURATION:PT1H\r\n");
  desk->calendars = eds_open ();
  g_signal_connect (rcp_calendars_get_registry (desk->calendars), "credentials-required",
                    G_CALLBACK (on_credentials_required_cb), desk);
  desk->calendar = caldav_login_add_calendar (desk->calendars, desk->server);
  desk->clock = rcp_clock_new_fixed (instant ("2026-03-01T12:00:00Z"));
  desk->busy = rcp_busy_calendar_new (desk->calendar, place, desk->clock);
  rcp_busy_calendar_set_window (desk->busy, (RcpTimeRange){ instant ("2026-03-01T05:00:00Z"), instant ("2026-04-01T04:00:00Z") });
  if (desk->news_pause > 0)
    rcp_busy_calendar_set_pace (desk->busy, desk->news_pause);
  rcp_busy_calendar_start (desk->busy);
}

static void
close_desk (Desk *desk)
{
  g_signal_handlers_disconnect_by_data (rcp_calendars_get_registry (desk->calendars), desk);
  rcp_busy_calendar_stop (desk->busy);
  g_object_unref (desk->busy);
  g_object_unref (desk->clock);
  g_object_unref (desk->calendar);
  g_object_unref (desk->calendars);
  caldav_server_free (desk->server);
}

static void
wait_for_state (Desk *desk, RcpBusyState state)
{
  KEEP_RESULT_UNTIL (rcp_busy_calendar_get_state (desk->busy) == state);
}

/* With a wrong password nothing is known, and that is what it says. */
static void
try_passwords (Desk *desk)
{
  KEEP_RESULT_UNTIL (desk->n_asked >= 2);
  g_assert_cmpint (rcp_busy_calendar_get_state (desk->busy), !=, RCP_BUSY_STATE_LIVE);
  g_assert_cmpint (rcp_busy_calendar_get_as_of (desk->busy), ==, 0);
  KEEP_RESULT_UNTIL (rcp_calendar_get_state (desk->calendar) == RCP_CALENDAR_NEEDS_PASSWORD);
  desk->password = CALDAV_PASSWORD;
  wait_for_busy (desk, "10T1400 ");
  wait_for_state (desk, RCP_BUSY_STATE_LIVE);
}

/* What another program does on the server. */
static void
change_on_server (Desk *desk, ECalClient *other)
{
  caldav_server_put (desk->server, "b", "DTSTART;TZID=America/New_York:20260307T090000\r\nDURATION:PT1H\r\nRRULE:FREQ=DAILY;COUNT=2\r\n");
  caldav_login_refresh (other);
  wait_for_busy (desk, "07T1400 08T1300 10T1400 ");
  caldav_server_delete (desk->server, "a");
  caldav_login_refresh (other);
  wait_for_busy (desk, "07T1400 08T1300 ");
}

/* Without the server what was known stays, marked with its time. */
static void
lose_server (Desk *desk, ECalClient *other)
{
  gint64 then = rcp_clock_get_now (desk->clock);

  caldav_server_stop (desk->server);
  /* Its interval comes, and nobody answers. */
  caldav_login_refresh (other);
  wait_for_state (desk, RCP_BUSY_STATE_OLD);
  rcp_clock_set_now (desk->clock, then + G_TIME_SPAN_HOUR);
  g_assert_cmpint (rcp_busy_calendar_get_as_of (desk->busy), ==, then);
  g_assert_nonnull (rcp_busy_calendar_get_error (desk->busy));
  wait_for_busy (desk, "07T1400 08T1300 ");

  caldav_server_put (desk->server, "c", "DTSTART:20260320T140000Z\r\nDURATION:PT1H\r\n");
  caldav_server_start (desk->server);
  /* It finds that out by itself. */
  wait_for_busy (desk, "07T1400 08T1300 20T1400 ");
  wait_for_state (desk, RCP_BUSY_STATE_LIVE);
  g_assert_null (rcp_busy_calendar_get_error (desk->busy));
}

/* The server is back with nothing new, so that no event tells of it: that Evolution Data Server has asked it does. */
static void
lose_server_for_a_moment (Desk *desk, ECalClient *other)
{
  caldav_server_stop (desk->server);
  caldav_login_refresh (other);
  wait_for_state (desk, RCP_BUSY_STATE_OLD);
  caldav_server_start (desk->server);
  wait_for_state (desk, RCP_BUSY_STATE_LIVE);
  g_assert_null (rcp_busy_calendar_get_error (desk->busy));
}

/* On a busy machine a state of Evolution Data Server that is over overtakes the one that holds, and nobody complains: then it is a
 * matter of asking the server once more. */
static void
hear_old_states (Desk *desk)
{
  static const ESourceConnectionStatus states[] = { E_SOURCE_CONNECTION_STATUS_DISCONNECTED, E_SOURCE_CONNECTION_STATUS_CONNECTING };

  for (guint i = 0; i < G_N_ELEMENTS (states); i++)
    {
      e_source_set_connection_status (rcp_calendar_get_source (desk->calendar), states[i]);
      wait_for_state (desk, RCP_BUSY_STATE_OLD);
      wait_for_state (desk, RCP_BUSY_STATE_LIVE);
    }
}

/* Until what Evolution Data Server was asked before has been answered. */
static void
let_it_tell (Desk *desk)
{
  GAsyncResult *kept = NULL;

  rcp_source_wait_ask_async (rcp_calendar_get_source (desk->calendar), keep_result_cb, &kept);
  g_object_unref (keep_result_wait (&kept));
}

/* It begins anew while the server is away, with the right password: it asks for another, but none would help. */
static void
begin_without_server (Desk *desk)
{
  gint64 end;

  caldav_server_stop (desk->server);
  desk->is_silent = TRUE;
  eds_kill ("dataserver.Calendar");
  KEEP_RESULT_UNTIL (desk->n_rejected > 0);
  /* Which of its own states comes last is a matter of chance: it waits for the password, or has given up. */
  end = g_get_monotonic_time () + 2 * G_USEC_PER_SEC;
  KEEP_RESULT_UNTIL (g_get_monotonic_time () > end);
  let_it_tell (desk);
  /* On a busy machine what it said of the time before may still be on its way. */
  KEEP_RESULT_UNTIL (rcp_calendar_get_state (desk->calendar) != RCP_CALENDAR_NEEDS_PASSWORD);
  /* It is connected as before until the new one of Evolution Data Server has said otherwise, which takes longer on a busy machine. */
  KEEP_RESULT_UNTIL (rcp_busy_calendar_get_state (desk->busy) != RCP_BUSY_STATE_LIVE);
}

static void
test_all (void)
{
  Desk desk = { .server = caldav_server_new (), .password = "wrong" };
  ECalClient *other;

  if (desk.server == NULL)
    {
      g_test_skip ("Radicale is not here");
      return;
    }
  open_desk (&desk);
  try_passwords (&desk);
  other = eds_connect (desk.calendar);
  change_on_server (&desk, other);
  lose_server (&desk, other);
  lose_server_for_a_moment (&desk, other);
  hear_old_states (&desk);
  g_object_unref (other);
  begin_without_server (&desk);
  close_desk (&desk);
}

static void
load_into_factory (const char *library)
{
  g_autoptr (GDBusConnection) bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GVariant) reply = g_dbus_connection_call_sync (
      bus, "org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", "UpdateActivationEnvironment",
      g_variant_new_parsed ("({'LD_PRELOAD': %s},)", library), NULL, G_DBUS_CALL_FLAGS_NONE, -1, NULL, &error);

  g_assert_no_error (error);
  g_assert_true (g_file_test (library, G_FILE_TEST_EXISTS));
}

/* Evolution Data Server has the password before it is ready for it and forgets to refresh: that is noticed, and asked for. */
static void
test_early_password (void)
{
  Desk desk = { .server = caldav_server_new (), .password = CALDAV_PASSWORD };

  if (desk.server == NULL)
    {
      g_test_skip ("Radicale is not here");
      return;
    }
  load_into_factory (g_getenv ("SLOW_FACTORY"));
  open_desk (&desk);
  wait_for_busy (&desk, "10T1400 ");
  wait_for_state (&desk, RCP_BUSY_STATE_LIVE);
  close_desk (&desk);
}

/* What the provider enters elsewhere comes to the desk in minutes, not at the hour of Evolution Data Server. */
static void
test_news (void)
{
  Desk desk = { .server = caldav_server_new (), .password = CALDAV_PASSWORD, .news_pause = 1 };

  if (desk.server == NULL)
    {
      g_test_skip ("Radicale is not here");
      return;
    }
  open_desk (&desk);
  wait_for_busy (&desk, "10T1400 ");
  wait_for_state (&desk, RCP_BUSY_STATE_LIVE);
  caldav_server_put (desk.server, "b", "DTSTART:20260311T140000Z\r\nDURATION:PT1H\r\n");
  wait_for_busy (&desk, "10T1400 11T1400 ");
  caldav_server_delete (desk.server, "a");
  wait_for_busy (&desk, "11T1400 ");
  close_desk (&desk);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  if (g_getenv ("SLOW_FACTORY") != NULL)
    g_test_add_func ("/calendars/caldav/early-password", test_early_password);
  else
    {
      g_test_add_func ("/calendars/caldav/over-https-with-a-password", test_all);
      g_test_add_func ("/calendars/caldav/news", test_news);
    }
  return g_test_run ();
}
