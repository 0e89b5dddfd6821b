/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-mirror-server"

/* rcp-mirror when the calendar's server restarts, hangs, wants another password, or others write there as well; and with two desks. */

#include "mirror-fixture.h"

#include <string.h>

#include "fault-proxy.h"

#define N_VISITS 8

static void
run_for (guint milliseconds)
{
  gint64 end = g_get_monotonic_time () + milliseconds * G_TIME_SPAN_MILLISECOND;

  while (g_get_monotonic_time () < end)
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (500);
}

static RcpVisit *
move_to (MirrorTown *town, RcpVisit *visit, guint day, guint minute)
{
  g_autoptr (RcpOffer) offer = desk_fixture_make_offer (town->desk, 0, day, minute, 1);
  g_autoptr (RcpVisit) now = mirror_town_read_visit (town, rcp_visit_get_id (visit));
  g_autoptr (GError) error = NULL;
  RcpVisit *moved = desk_fixture_move (town->desk, NULL, now, offer, &error);

  g_assert_no_error (error);
  return moved;
}

/* Everything that the desk does meanwhile arrives, once; and nobody is asked about what only seems to be missing. */
static void
test_restart (void)
{
  MirrorTown town;
  RcpMirror *mirrors[2] = { NULL };
  g_autoptr (RcpVisit) first = NULL, second = NULL, moved = NULL;

  if (!mirror_town_open (&town, TRUE, DESK_DAYS))
    return;
  first = mirror_town_book (&town, 1, 9 * 60);
  mirrors[0] = mirror_town_start (&town, NULL, NULL);
  mirror_town_wait_equal (&town, mirrors);
  KEEP_RESULT_UNTIL (rcp_mirror_get_standing (mirrors[0]) == RCP_MIRROR_CURRENT);

  caldav_server_stop (town.server);
  second = mirror_town_book (&town, 1, 10 * 60);
  moved = move_to (&town, first, 2, 9 * 60);
  rcp_mirror_look (mirrors[0]);
  KEEP_RESULT_UNTIL (rcp_mirror_get_standing (mirrors[0]) == RCP_MIRROR_BEHIND);
  g_assert_nonnull (rcp_mirror_get_error (mirrors[0]));
  /* Another mirror begins while nobody answers. */
  mirror_town_end (mirrors[0]);
  mirrors[0] = mirror_town_start (&town, NULL, NULL);
  KEEP_RESULT_UNTIL (rcp_mirror_get_standing (mirrors[0]) == RCP_MIRROR_BEHIND);

  caldav_server_start (town.server);
  mirror_town_wait_equal (&town, mirrors);
  KEEP_RESULT_UNTIL (rcp_mirror_get_standing (mirrors[0]) == RCP_MIRROR_CURRENT);
  g_assert_no_error (rcp_mirror_get_error (mirrors[0]));
  g_ptr_array_unref (mirror_town_wait_requests (&town, mirrors, 0));
  mirror_town_end (mirrors[0]);
  mirror_town_close (&town);
}

/* The server goes while an event is missing in the cache: that is no deletion. */
static void
test_gone_is_not_deleted (void)
{
  MirrorTown town;
  RcpMirror *mirrors[2] = { NULL };
  g_autoptr (RcpVisit) visit = NULL;
  g_autoptr (RcpCalendar) fresh = NULL;
  g_autoptr (GPtrArray) requests = NULL;
  ECalClient *kept;

  if (!mirror_town_open (&town, TRUE, DESK_DAYS))
    return;
  fresh = mirror_town_add_calendar (&town);
  /* Its cache is filled once, while the calendar is empty; it stays open, and says that it is connected. */
  kept = eds_connect (fresh);
  KEEP_RESULT_UNTIL (rcp_calendar_get_state (fresh) == RCP_CALENDAR_CONNECTED);
  visit = mirror_town_book (&town, 1, 9 * 60);
  mirrors[0] = mirror_town_start (&town, NULL, NULL);
  mirror_town_wait_equal (&town, mirrors);
  KEEP_RESULT_UNTIL (rcp_mirror_get_standing (mirrors[0]) == RCP_MIRROR_CURRENT);
  mirror_town_end (mirrors[0]);

  caldav_server_stop (town.server);
  mirrors[0] = mirror_town_start (&town, NULL, fresh);
  for (guint i = 0; i < 8; i++)
    {
      rcp_mirror_look (mirrors[0]);
      rcp_mirror_refresh (mirrors[0]);
      run_for (1000);
    }
  requests = mirror_town_read_requests (&town);
  g_assert_cmpuint (requests->len, ==, 0);
  caldav_server_start (town.server);
  KEEP_RESULT_UNTIL (rcp_mirror_get_standing (mirrors[0]) == RCP_MIRROR_CURRENT);
  g_ptr_array_unref (mirror_town_wait_requests (&town, mirrors, 0));
  mirror_town_wait_equal (&town, mirrors);
  mirror_town_end (mirrors[0]);
  g_object_unref (kept);
  mirror_town_close (&town);
}

static void
test_password (void)
{
  MirrorTown town;
  RcpMirror *mirrors[2] = { NULL };
  g_autoptr (RcpVisit) visit = NULL;
  g_autofree char *text = NULL;

  if (!mirror_town_open (&town, TRUE, DESK_DAYS))
    return;
  town.password = "wrong";
  visit = mirror_town_book (&town, 1, 9 * 60);
  mirrors[0] = mirror_town_start (&town, NULL, NULL);
  KEEP_RESULT_UNTIL (town.n_asked >= 2 && rcp_mirror_get_standing (mirrors[0]) == RCP_MIRROR_BEHIND);
  run_for (1000);
  text = mirror_town_print_calendar (&town);
  g_assert_cmpstr (text, ==, "");
  town.password = CALDAV_PASSWORD;
  mirror_town_wait_equal (&town, mirrors);
  KEEP_RESULT_UNTIL (rcp_mirror_get_standing (mirrors[0]) == RCP_MIRROR_CURRENT);
  mirror_town_end (mirrors[0]);
  mirror_town_close (&town);
}

/* What the provider moves on a telephone is a request at the desk in minutes, not at the hour of Evolution Data Server. */
static void
test_news (void)
{
  MirrorTown town;
  RcpMirror *mirrors[2] = { NULL };
  g_autoptr (RcpVisit) visit = NULL;
  RcpTimeRange range;

  if (!mirror_town_open (&town, TRUE, DESK_DAYS))
    return;
  visit = mirror_town_book (&town, 1, 9 * 60);
  mirrors[0] = mirror_town_start (&town, NULL, NULL);
  mirror_town_wait_equal (&town, mirrors);
  KEEP_RESULT_UNTIL (rcp_mirror_get_standing (mirrors[0]) == RCP_MIRROR_CURRENT);
  rcp_mirror_stop (mirrors[0]);
  rcp_mirror_set_news_pause (mirrors[0], 2);
  rcp_mirror_start (mirrors[0]);
  KEEP_RESULT_UNTIL (rcp_mirror_get_standing (mirrors[0]) == RCP_MIRROR_CURRENT);
  range = rcp_visit_get_range (visit);
  range.start += G_TIME_SPAN_HOUR;
  range.end += G_TIME_SPAN_HOUR;
  g_assert_true (mirror_town_move_event (&town, rcp_visit_get_id (visit), range));
  /* Nobody asks for it. */
  KEEP_RESULT_UNTIL (rcp_mirror_get_requests (mirrors[0])->len == 1);
  mirror_town_end (mirrors[0]);
  mirror_town_close (&town);
}

/* A server that accepts and never answers holds a call of Evolution Data Server for three minutes. */
static void
test_hung (void)
{
  MirrorTown town;
  RcpMirror *mirrors[2] = { NULL };
  g_autoptr (RcpVisit) first = NULL, second = NULL;
  gint64 began, longest = 0;

  if (!mirror_town_open (&town, TRUE, DESK_DAYS))
    return;
  first = mirror_town_book (&town, 1, 9 * 60);
  mirrors[0] = mirror_town_start (&town, NULL, NULL);
  mirror_town_wait_equal (&town, mirrors);
  KEEP_RESULT_UNTIL (rcp_mirror_get_standing (mirrors[0]) == RCP_MIRROR_CURRENT);

  caldav_server_hang (town.server);
  second = mirror_town_book (&town, 1, 10 * 60);
  rcp_mirror_look (mirrors[0]);
  began = g_get_monotonic_time ();
  while (rcp_mirror_get_standing (mirrors[0]) != RCP_MIRROR_BEHIND)
    {
      gint64 before = g_get_monotonic_time ();

      if (!g_main_context_iteration (NULL, FALSE))
        g_usleep (500);
      longest = MAX (longest, g_get_monotonic_time () - before);
      g_assert_cmpint (before - began, <, 20 * G_USEC_PER_SEC);
    }
  g_test_message ("given up after %d ms, the loop stood for %d ms at most", (int)((g_get_monotonic_time () - began) / 1000),
                  (int)(longest / 1000));
  g_assert_error (rcp_mirror_get_error (mirrors[0]), G_IO_ERROR, G_IO_ERROR_TIMED_OUT);
  g_assert_cmpint (longest, <, G_USEC_PER_SEC);
  /* It ends at once, whatever is on the way. */
  run_for (500);
  began = g_get_monotonic_time ();
  mirror_town_end (mirrors[0]);
  g_assert_cmpint (g_get_monotonic_time () - began, <, 5 * G_USEC_PER_SEC);

  caldav_server_start (town.server);
  mirrors[0] = mirror_town_start (&town, NULL, NULL);
  mirror_town_wait_equal (&town, mirrors);
  g_ptr_array_unref (mirror_town_wait_requests (&town, mirrors, 0));
  mirror_town_end (mirrors[0]);
  mirror_town_close (&town);
}

/* Another program changes the event on the server, and the desk does, before either has seen it. */
static void
test_two_clients (void)
{
  MirrorTown town;
  RcpMirror *mirrors[2] = { NULL };
  g_autoptr (RcpVisit) visit = NULL;
  g_autofree char *text = NULL;

  if (!mirror_town_open (&town, TRUE, DESK_DAYS))
    return;
  visit = mirror_town_book (&town, 1, 9 * 60);
  mirrors[0] = mirror_town_start (&town, NULL, NULL);
  mirror_town_wait_equal (&town, mirrors);
  KEEP_RESULT_UNTIL (rcp_mirror_get_standing (mirrors[0]) == RCP_MIRROR_CURRENT);

  for (guint i = 0; i < 5; i++)
    {
      g_autofree char *note = g_strdup_printf ("COMMENT:note %u\r\nEND:VEVENT", i);
      g_autoptr (RcpVisit) moved = NULL;

      g_assert_true (mirror_town_edit_event (&town, rcp_visit_get_id (visit), "END:VEVENT", note));
      moved = move_to (&town, visit, 1, 10 * 60 + 15 * i);
      mirror_town_wait_equal (&town, mirrors);
    }
  text = mirror_town_read_event (&town, rcp_visit_get_id (visit));
  for (guint i = 0; i < 5; i++)
    {
      g_autofree char *note = g_strdup_printf ("COMMENT:note %u", i);

      g_assert_nonnull (strstr (text, note));
    }
  g_ptr_array_unref (mirror_town_wait_requests (&town, mirrors, 0));
  mirror_town_end (mirrors[0]);
  mirror_town_close (&town);
}

/* Both move it elsewhere: the visit is where the desk put it, the event waits for the answer, and then it is there too. */
static void
test_both_move (void)
{
  MirrorTown town;
  RcpMirror *mirrors[2] = { NULL };
  g_autoptr (RcpVisit) visit = NULL, moved = NULL;
  g_autoptr (GPtrArray) requests = NULL;
  RcpTimeRange range;

  if (!mirror_town_open (&town, TRUE, DESK_DAYS))
    return;
  visit = mirror_town_book (&town, 1, 9 * 60);
  mirrors[0] = mirror_town_start (&town, NULL, NULL);
  mirror_town_wait_equal (&town, mirrors);
  KEEP_RESULT_UNTIL (rcp_mirror_get_standing (mirrors[0]) == RCP_MIRROR_CURRENT);
  range = rcp_visit_get_range (visit);
  range.start += 2 * G_TIME_SPAN_HOUR;
  range.end += 2 * G_TIME_SPAN_HOUR;
  g_assert_true (mirror_town_move_event (&town, rcp_visit_get_id (visit), range));
  moved = move_to (&town, visit, 1, 13 * 60);
  requests = mirror_town_wait_requests (&town, mirrors, 1);
  g_assert_cmpint (rcp_mirror_request_get_range (requests->pdata[0]).start, ==, range.start);
  mirror_town_refuse (&town, requests->pdata[0]);
  mirror_town_wait_equal (&town, mirrors);
  g_ptr_array_unref (mirror_town_wait_requests (&town, mirrors, 0));
  mirror_town_end (mirrors[0]);
  mirror_town_close (&town);
}

/* Each with a cache of its own, as on two computers; the record by two addresses. */
static void
test_two_desks (void)
{
  MirrorTown town;
  RcpMirror *mirrors[3] = { NULL };
  g_autoptr (RcpCalendar) calendar = NULL;
  g_autoptr (FhirClient) client = NULL;
  g_autoptr (GPtrArray) visits = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) requests = NULL;
  g_auto (GStrv) texts = NULL;

  if (!mirror_town_open (&town, TRUE, DESK_DAYS))
    return;
  calendar = mirror_town_add_calendar (&town);
  client = practice_fixture_create_client (town.desk->practice);
  mirrors[0] = mirror_town_start (&town, NULL, NULL);
  mirrors[1] = mirror_town_start (&town, client, calendar);
  for (guint i = 0; i < N_VISITS; i++)
    g_ptr_array_add (visits, mirror_town_book (&town, 1, 9 * 60 + 15 * i));
  mirror_town_wait_equal (&town, mirrors);
  texts = caldav_server_list (town.server);
  g_assert_cmpuint (g_strv_length (texts), ==, N_VISITS);
  for (guint i = 0; i < N_VISITS; i += 2)
    g_object_unref (move_to (&town, visits->pdata[i], 2, 9 * 60 + 15 * i));
  mirror_town_wait_equal (&town, mirrors);
  g_ptr_array_unref (mirror_town_wait_requests (&town, mirrors, 0));

  /* Both see that it is gone. Before it is written down that the server had it, it would be taken for one that never arrived. */
  for (guint i = 0; i < 2; i++)
    KEEP_RESULT_UNTIL (rcp_mirror_get_standing (mirrors[i]) == RCP_MIRROR_CURRENT);
  g_assert_true (mirror_town_delete_event (&town, rcp_visit_get_id (visits->pdata[1])));
  requests = mirror_town_wait_requests (&town, mirrors, 1);
  for (guint i = 0; i < 2; i++)
    KEEP_RESULT_UNTIL ((rcp_mirror_look (mirrors[i]), rcp_mirror_get_requests (mirrors[i])->len == 1));
  g_ptr_array_unref (requests);
  requests = mirror_town_wait_requests (&town, mirrors, 1);
  mirror_town_refuse (&town, requests->pdata[0]);
  mirror_town_wait_equal (&town, mirrors);
  g_ptr_array_unref (mirror_town_wait_requests (&town, mirrors, 0));
  mirror_town_end (mirrors[0]);
  mirror_town_end (mirrors[1]);
  mirror_town_close (&town);
}

/* The record hangs up at the worst moment of a write. */
static void
test_record_fails (void)
{
  static const Fault faults[] = { FAULT_LOSE_REQUEST, FAULT_LOSE_REPLY, FAULT_TRY_AGAIN, FAULT_CUT_REPLY };
  MirrorTown town;
  RcpMirror *mirrors[2] = { NULL };
  g_autoptr (FaultProxy) proxy = NULL;
  g_autoptr (FhirClient) client = NULL;

  if (!mirror_town_open (&town, FALSE, DESK_DAYS))
    return;
  proxy = fault_proxy_new (practice_fixture_get_folder (town.desk->practice), practice_fixture_get_socket (town.desk->practice));
  client = fhir_client_new_for_socket (fault_proxy_get_socket (proxy));
  mirrors[0] = mirror_town_start (&town, client, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      guint n = fault_proxy_get_n_transactions (proxy);

      fault_proxy_push (proxy, faults[i], 20);
      g_object_unref (mirror_town_book (&town, 1, 9 * 60 + 15 * i));
      mirror_town_wait_equal (&town, mirrors);
      KEEP_RESULT_UNTIL (fault_proxy_get_n_transactions (proxy) > n
                         && rcp_mirror_get_standing (mirrors[0]) == RCP_MIRROR_CURRENT);
    }
  g_ptr_array_unref (mirror_town_wait_requests (&town, mirrors, 0));
  mirror_town_end (mirrors[0]);
  mirror_town_close (&town);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, function) g_test_add_func ("/mirroring/server/" name, function)
  ADD ("restart", test_restart);
  ADD ("gone-is-not-deleted", test_gone_is_not_deleted);
  ADD ("password", test_password);
  ADD ("hung", test_hung);
  ADD ("news", test_news);
  ADD ("two-clients", test_two_clients);
  ADD ("both-move", test_both_move);
  ADD ("two-desks", test_two_desks);
  ADD ("record-fails", test_record_fails);
  return g_test_run ();
}
