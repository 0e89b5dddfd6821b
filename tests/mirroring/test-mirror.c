/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-mirror"

/* rcp-mirror, and the rcp-mirror-pass, rcp-mirror-calendar, rcp-mirror-read and rcp-mirror-run that it works through, beside a real
 * Evolution Data Server: with a calendar of this computer, and with one on a CalDAV server. */

#include "mirror-fixture.h"

#include <string.h>

#include "fault-proxy.h"

#define LOCAL GINT_TO_POINTER (FALSE)
#define CALDAV GINT_TO_POINTER (TRUE)

static void
assert_event (MirrorTown *town, RcpVisit *visit, const char *line)
{
  g_autofree char *text = mirror_town_read_event (town, rcp_visit_get_id (visit));

  g_assert_nonnull (text);
  if (strstr (text, line) == NULL)
    g_test_message ("%s", text);
  g_assert_nonnull (strstr (text, line));
}

static void
replace_visit (RcpVisit **visit, RcpVisit *new, GError *error)
{
  g_assert_no_error (error);
  g_assert_nonnull (new);
  g_object_unref (*visit);
  *visit = new;
}

static void
move_to (MirrorTown *town, RcpVisit **visit, guint day, guint minute)
{
  g_autoptr (RcpOffer) offer = desk_fixture_make_offer (town->desk, 0, day, minute, 1);
  g_autoptr (RcpVisit) now = mirror_town_read_visit (town, rcp_visit_get_id (*visit));
  GError *error = NULL;
  RcpVisit *moved = desk_fixture_move (town->desk, NULL, now, offer, &error);

  replace_visit (visit, moved, error);
}

static void
cancel (MirrorTown *town, RcpVisit **visit)
{
  g_autoptr (RcpVisit) now = mirror_town_read_visit (town, rcp_visit_get_id (*visit));
  GError *error = NULL;
  RcpVisit *cancelled = desk_fixture_cancel (town->desk, NULL, now, "pat", &error);

  replace_visit (visit, cancelled, error);
}

/* Booking, arriving, moving, to another provider, back, cancelling. */
static void
test_life (gconstpointer data)
{
  MirrorTown town;
  RcpMirror *mirrors[2] = { NULL };
  g_autoptr (RcpVisit) first = NULL, second = NULL;
  g_autoptr (RcpOffer) elsewhere = NULL;
  RcpVisit *visit;
  GError *error = NULL;

  if (!mirror_town_open (&town, GPOINTER_TO_INT (data), DESK_DAYS))
    return;
  mirrors[0] = mirror_town_start (&town, NULL, NULL);
  first = mirror_town_book (&town, 0, 9 * 60);
  second = mirror_town_book (&town, 1, 9 * 60 + 15);
  mirror_town_wait_equal (&town, mirrors);
  assert_event (&town, first, "STATUS:CONFIRMED");
  assert_event (&town, first, "DTSTART;TZID=America/New_York:20261123T090000");
  assert_event (&town, first, "SUMMARY:Visit");
  if (town.server != NULL)
    assert_event (&town, first, "BEGIN:VTIMEZONE\r\nTZID:America/New_York");

  visit = desk_fixture_set_status (town.desk, NULL, first, RCP_VISIT_ARRIVED, &error);
  replace_visit (&first, visit, error);
  move_to (&town, &second, 2, 10 * 60);
  mirror_town_wait_equal (&town, mirrors);
  assert_event (&town, second, "SEQUENCE:1");

  elsewhere = desk_fixture_make_offer (town.desk, 1, 2, 11 * 60, 1);
  visit = desk_fixture_move (town.desk, NULL, second, elsewhere, &error);
  replace_visit (&second, visit, error);
  mirror_town_wait_equal (&town, mirrors);
  move_to (&town, &second, 2, 10 * 60);
  mirror_town_wait_equal (&town, mirrors);

  cancel (&town, &second);
  mirror_town_wait_equal (&town, mirrors);
  assert_event (&town, second, "STATUS:CANCELLED");
  assert_event (&town, second, "TRANSP:TRANSPARENT");
  KEEP_RESULT_UNTIL (rcp_mirror_get_standing (mirrors[0]) == RCP_MIRROR_CURRENT);
  g_assert_cmpuint (rcp_mirror_get_requests (mirrors[0])->len, ==, 0);
  mirror_town_end (mirrors[0]);
  mirror_town_close (&town);
}

/* The provider moves and deletes; the desk refuses, then accepts. */
static void
test_other_side (gconstpointer data)
{
  MirrorTown town;
  RcpMirror *mirrors[2] = { NULL };
  g_autoptr (RcpVisit) visit = NULL;
  g_autoptr (GPtrArray) moved = NULL, again = NULL, deleted = NULL, once_more = NULL;
  RcpTimeRange range;
  gint64 before;

  if (!mirror_town_open (&town, GPOINTER_TO_INT (data), DESK_DAYS))
    return;
  mirrors[0] = mirror_town_start (&town, NULL, NULL);
  visit = mirror_town_book (&town, 1, 9 * 60);
  mirror_town_wait_equal (&town, mirrors);
  KEEP_RESULT_UNTIL (rcp_mirror_get_standing (mirrors[0]) == RCP_MIRROR_CURRENT);
  before = rcp_visit_get_range (visit).start;
  range = (RcpTimeRange){ before + G_TIME_SPAN_HOUR, before + G_TIME_SPAN_HOUR + 15 * G_TIME_SPAN_MINUTE };

  g_assert_true (mirror_town_move_event (&town, rcp_visit_get_id (visit), range));
  moved = mirror_town_wait_requests (&town, mirrors, 1);
  g_assert_cmpint (rcp_mirror_request_get_deed (moved->pdata[0]), ==, RCP_MIRROR_MOVED);
  g_assert_cmpint (rcp_mirror_request_get_range (moved->pdata[0]).start, ==, range.start);
  g_assert_cmpstr (rcp_mirror_request_get_visit_id (moved->pdata[0]), ==, rcp_visit_get_id (visit));
  KEEP_RESULT_UNTIL (rcp_mirror_get_requests (mirrors[0])->len == 1);
  /* Nothing of it happens by itself. */
  g_assert_true (mirror_town_move_event (&town, rcp_visit_get_id (visit), range));
  mirror_town_refuse (&town, moved->pdata[0]);
  mirror_town_wait_equal (&town, mirrors);
  g_ptr_array_unref (mirror_town_wait_requests (&town, mirrors, 0));

  g_assert_true (mirror_town_move_event (&town, rcp_visit_get_id (visit), range));
  again = mirror_town_wait_requests (&town, mirrors, 1);
  move_to (&town, &visit, 1, 10 * 60);
  g_assert_cmpint (rcp_visit_get_range (visit).start, ==, range.start);
  g_ptr_array_unref (mirror_town_wait_requests (&town, mirrors, 0));
  mirror_town_wait_equal (&town, mirrors);

  g_assert_true (mirror_town_delete_event (&town, rcp_visit_get_id (visit)));
  deleted = mirror_town_wait_requests (&town, mirrors, 1);
  g_assert_cmpint (rcp_mirror_request_get_deed (deleted->pdata[0]), ==, RCP_MIRROR_DELETED);
  mirror_town_refuse (&town, deleted->pdata[0]);
  mirror_town_wait_equal (&town, mirrors);
  g_ptr_array_unref (mirror_town_wait_requests (&town, mirrors, 0));

  g_assert_true (mirror_town_delete_event (&town, rcp_visit_get_id (visit)));
  once_more = mirror_town_wait_requests (&town, mirrors, 1);
  cancel (&town, &visit);
  g_ptr_array_unref (mirror_town_wait_requests (&town, mirrors, 0));
  mirror_town_wait_equal (&town, mirrors);
  mirror_town_end (mirrors[0]);
  mirror_town_close (&town);
}

/* What the provider has written stays, and no more is said than may be. */
static void
test_words (gconstpointer data)
{
  MirrorTown town;
  RcpMirror *mirrors[2] = { NULL };
  g_autoptr (RcpVisit) visit = NULL;
  g_autofree char *text = NULL;

  if (!mirror_town_open (&town, GPOINTER_TO_INT (data), DESK_DAYS))
    return;
  visit = mirror_town_book (&town, 1, 9 * 60);
  mirrors[0] = mirror_town_start (&town, NULL, NULL);
  rcp_mirror_set_privacy (mirrors[0], RCP_MIRROR_FULL, "Corner Clinic");
  mirror_town_wait_equal (&town, mirrors);
  assert_event (&town, visit, "SUMMARY:Patient");
  assert_event (&town, visit, "LOCATION:Corner Clinic");
  KEEP_RESULT_UNTIL (rcp_mirror_get_standing (mirrors[0]) == RCP_MIRROR_CURRENT);

  g_assert_true (mirror_town_edit_event (&town, rcp_visit_get_id (visit), "END:VEVENT", "DESCRIPTION:ring first\r\nEND:VEVENT"));
  rcp_mirror_refresh (mirrors[0]);
  move_to (&town, &visit, 2, 10 * 60);
  mirror_town_wait_equal (&town, mirrors);
  assert_event (&town, visit, "DESCRIPTION:ring first");
  assert_event (&town, visit, "SUMMARY:Patient");

  rcp_mirror_set_privacy (mirrors[0], RCP_MIRROR_INITIALS, NULL);
  do
    {
      rcp_mirror_look (mirrors[0]);
      g_main_context_iteration (NULL, TRUE);
      g_free (text);
      text = mirror_town_read_event (&town, rcp_visit_get_id (visit));
    }
  while (strstr (text, "Patient0") != NULL);
  assert_event (&town, visit, "SUMMARY:A");
  assert_event (&town, visit, "DESCRIPTION:ring first");
  g_assert_null (strstr (text, "ATTENDEE"));
  g_assert_null (strstr (text, "ORGANIZER"));
  mirror_town_end (mirrors[0]);
  mirror_town_close (&town);
}

/* The mirror ends between any two things that it does, and another one goes on. */
static void
test_crash (gconstpointer data)
{
  MirrorTown town;
  RcpMirror *mirrors[2] = { NULL };
  g_autoptr (RcpVisit) visit = NULL;

  if (!mirror_town_open (&town, GPOINTER_TO_INT (data), DESK_DAYS))
    return;
  visit = mirror_town_book (&town, 1, 9 * 60);
  for (guint i = 0; i < 12; i++)
    {
      gint64 end = g_get_monotonic_time () + i * 25 * G_TIME_SPAN_MILLISECOND;

      mirrors[0] = mirror_town_start (&town, NULL, NULL);
      while (g_get_monotonic_time () < end)
        if (!g_main_context_iteration (NULL, FALSE))
          g_usleep (500);
      mirror_town_end (mirrors[0]);
      move_to (&town, &visit, 1, 13 * 60 + 15 * i);
    }
  mirrors[0] = mirror_town_start (&town, NULL, NULL);
  mirror_town_wait_equal (&town, mirrors);
  KEEP_RESULT_UNTIL (rcp_mirror_get_standing (mirrors[0]) == RCP_MIRROR_CURRENT);
  /* And nobody is asked about what the mirror itself has done. */
  g_assert_cmpuint (rcp_mirror_get_requests (mirrors[0])->len, ==, 0);
  mirror_town_end (mirrors[0]);
  mirror_town_close (&town);
}

/* The provider moves both beyond what is mirrored. */
static void
test_far_away (gconstpointer data)
{
  MirrorTown town;
  RcpMirror *mirrors[2] = { NULL };
  RcpVisit *visits[2];
  g_autoptr (GPtrArray) requests = NULL;

  if (!mirror_town_open (&town, GPOINTER_TO_INT (data), DESK_DAYS))
    return;
  mirrors[0] = mirror_town_start (&town, NULL, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (visits); i++)
    visits[i] = mirror_town_book (&town, 1, (9 + i) * 60);
  mirror_town_wait_equal (&town, mirrors);
  KEEP_RESULT_UNTIL (rcp_mirror_get_standing (mirrors[0]) == RCP_MIRROR_CURRENT);
  for (guint i = 0; i < G_N_ELEMENTS (visits); i++)
    {
      RcpTimeRange range = rcp_visit_get_range (visits[i]);

      range.start += 400 * G_TIME_SPAN_DAY;
      range.end += 400 * G_TIME_SPAN_DAY;
      g_assert_true (mirror_town_move_event (&town, rcp_visit_get_id (visits[i]), range));
    }
  requests = mirror_town_wait_requests (&town, mirrors, G_N_ELEMENTS (visits));
  for (guint i = 0; i < G_N_ELEMENTS (visits); i++)
    {
      g_assert_cmpint (rcp_mirror_request_get_deed (requests->pdata[i]), ==, RCP_MIRROR_MOVED);
      g_assert_cmpint (rcp_mirror_request_get_range (requests->pdata[i]).start, >,
                       rcp_visit_get_range (visits[1]).start + 399 * G_TIME_SPAN_DAY);
      mirror_town_refuse (&town, requests->pdata[i]);
    }
  mirror_town_wait_equal (&town, mirrors);
  g_ptr_array_unref (mirror_town_wait_requests (&town, mirrors, 0));
  KEEP_RESULT_UNTIL (rcp_mirror_get_standing (mirrors[0]) == RCP_MIRROR_CURRENT);
  mirror_town_end (mirrors[0]);
  mirror_town_close (&town);
  for (guint i = 0; i < G_N_ELEMENTS (visits); i++)
    g_object_unref (visits[i]);
}

/* A desk puts the event there, and ends before it could write down that it was seen. */
static void
leave_unwritten (MirrorTown *town)
{
  g_autoptr (FaultProxy) proxy = fault_proxy_new (practice_fixture_get_folder (town->desk->practice),
                                                  practice_fixture_get_socket (town->desk->practice));
  g_autoptr (FhirClient) client = fhir_client_new_for_socket (fault_proxy_get_socket (proxy));
  g_autoptr (FhirBundle) pages = NULL;
  RcpMirror *mirrors[2] = { NULL };

  for (guint i = 0; i < 1000; i++)
    fault_proxy_push (proxy, FAULT_LOSE_REQUEST, 0);
  mirrors[0] = mirror_town_start (town, client, NULL);
  mirror_town_wait_equal (town, mirrors);
  mirror_town_end (mirrors[0]);
  pages = desk_fixture_search (town->desk, "Basic", "code", "urn:reception:calendar|mirror", NULL);
  g_assert_cmpuint (fhir_bundle_get_matches (pages)->len, ==, 0);
}

/* An event that no page of the record knows, and that the provider has moved far away since: it is not found where the visit is, and
 * cannot be made a second time. */
static void
test_unwritten (gconstpointer data)
{
  MirrorTown town;
  RcpMirror *mirrors[2] = { NULL };
  g_autoptr (RcpVisit) visit = NULL;
  g_autoptr (GPtrArray) requests = NULL;
  RcpTimeRange range;

  if (!mirror_town_open (&town, GPOINTER_TO_INT (data), DESK_DAYS))
    return;
  visit = mirror_town_book (&town, 1, 9 * 60);
  leave_unwritten (&town);
  range = rcp_visit_get_range (visit);
  range.start += 400 * G_TIME_SPAN_DAY;
  range.end += 400 * G_TIME_SPAN_DAY;
  g_assert_true (mirror_town_move_event (&town, rcp_visit_get_id (visit), range));

  mirrors[0] = mirror_town_start (&town, NULL, NULL);
  requests = mirror_town_wait_requests (&town, mirrors, 1);
  g_assert_cmpint (rcp_mirror_request_get_deed (requests->pdata[0]), ==, RCP_MIRROR_MOVED);
  g_assert_cmpint (rcp_mirror_request_get_range (requests->pdata[0]).start, ==, range.start);
  mirror_town_refuse (&town, requests->pdata[0]);
  mirror_town_wait_equal (&town, mirrors);
  KEEP_RESULT_UNTIL (rcp_mirror_get_standing (mirrors[0]) == RCP_MIRROR_CURRENT);
  mirror_town_end (mirrors[0]);
  mirror_town_close (&town);
}

/* The back end of the calendar dies. */
static void
test_back_end_ends (gconstpointer data)
{
  MirrorTown town;
  RcpMirror *mirrors[2] = { NULL };
  g_autoptr (RcpVisit) first = NULL, second = NULL;

  if (!mirror_town_open (&town, GPOINTER_TO_INT (data), DESK_DAYS))
    return;
  first = mirror_town_book (&town, 1, 9 * 60);
  mirrors[0] = mirror_town_start (&town, NULL, NULL);
  mirror_town_wait_equal (&town, mirrors);
  eds_kill ("Calendar8");
  second = mirror_town_book (&town, 1, 10 * 60);
  if (town.other != NULL)
    {
      g_object_unref (town.other);
      town.other = eds_connect (town.calendar);
    }
  mirror_town_wait_equal (&town, mirrors);
  g_ptr_array_unref (mirror_town_wait_requests (&town, mirrors, 0));
  mirror_town_end (mirrors[0]);
  mirror_town_close (&town);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, function)                                                                                            \
  g_test_add_data_func ("/mirroring/mirror/local/" name, LOCAL, function);                                             \
  g_test_add_data_func ("/mirroring/mirror/caldav/" name, CALDAV, function)
  ADD ("life", test_life);
  ADD ("other-side", test_other_side);
  ADD ("words", test_words);
  ADD ("crash", test_crash);
  ADD ("far-away", test_far_away);
  ADD ("unwritten", test_unwritten);
  ADD ("back-end-ends", test_back_end_ends);
  return g_test_run ();
}
