/* SPDX-License-Identifier: GPL-3.0-or-later */

/* When rcp-desk-calendars looks for the calendars of a record (rcp-calendars-loader): without any that it could find. */

#include <glib/gstdio.h>

#include "base/rcp-busy-memory.h"
#include "scheduling/rcp-mirror-mark.h"
#include "ui/calendars/rcp-calendar-choice.h"
#include "ui/rcp-window-private.h"
#include "window-fixture.h"

#define PERSON "prov-1"

static char *
choose (WindowFixture *fixture, const RcpSource *source)
{
  const char *uids[] = { "diary", NULL };
  RcpCalendarChoice choice = { (GStrv) uids, (char *) "", (char *) "busy" };
  char *record = rcp_source_dup_key (source);

  rcp_calendar_choice_save (&choice, fixture->settings, record, PERSON);
  return record;
}

static void
remember (const char *record)
{
  g_autofree char *file = rcp_busy_memory_dup_default_file ();
  g_autoptr (RcpBusyTimes) times = rcp_busy_times_new ();
  g_autoptr (GArray) busy = g_array_new (FALSE, FALSE, sizeof (RcpBusy));
  g_autoptr (GVariant) copy = NULL;
  g_autoptr (GError) error = NULL;

  rcp_busy_times_set (times, PERSON, busy, 7);
  copy = rcp_busy_memory_copy (times, 8);
  g_assert_true (rcp_busy_memory_save (file, record, copy, &error));
  g_assert_no_error (error);
}

static RcpSource *
make_source (const char *url)
{
  RcpSource *source = rcp_source_new (RCP_SOURCE_SERVER);

  source->url = g_strdup (url);
  return source;
}

/* The first time they are looked for while the record is, which is not there yet; later there is no hurry. */
static void
test_expect (WindowFixture *fixture, gconstpointer data)
{
  g_autoptr (RcpSource) none = make_source ("http://127.0.0.1:1/a"), known = make_source ("http://127.0.0.1:1/b");
  g_autoptr (RcpSource) first = make_source ("http://127.0.0.1:1/c");
  g_autofree char *known_record = choose (fixture, known), *first_record = choose (fixture, first);

  remember (known_record);
  rcp_window_open (fixture->window, none);
  g_assert_cmpint (rcp_desk_calendars_get_state (fixture->window->calendars), ==, RCP_CALENDARS_OFF);
  rcp_window_open (fixture->window, known);
  g_assert_cmpint (rcp_desk_calendars_get_state (fixture->window->calendars), ==, RCP_CALENDARS_OFF);
  rcp_window_open (fixture->window, first);
  g_assert_cmpint (rcp_desk_calendars_get_state (fixture->window->calendars), !=, RCP_CALENDARS_OFF);
  WAIT_FOR (rcp_desk_calendars_get_state (fixture->window->calendars) == RCP_CALENDARS_FAILED);
}

/* What was found in the file for the sake of the calendars is what the desk is told once the record is open. */
static void
test_read_once (WindowFixture *fixture, gconstpointer data)
{
  g_autoptr (PracticeFixture) practice = window_fixture_start_sample ();
  g_autofree char *url = g_strconcat ("unix:", practice_fixture_get_socket (practice), NULL);
  g_autofree char *file = rcp_busy_memory_dup_default_file ();
  g_autoptr (RcpSource) source = make_source (url);
  g_autofree char *record = choose (fixture, source);

  remember (record);
  rcp_window_open (fixture->window, source);
  g_assert_cmpint (g_unlink (file), ==, 0);
  WAIT_FOR (window_find (GTK_WIDGET (fixture->window), window_is_visit, NULL));
  g_assert_nonnull (rcp_busy_times_get (rcp_desk_get_busy_times (fixture->window->desk), PERSON));
  g_assert_cmpint (rcp_busy_times_get_as_of (rcp_desk_get_busy_times (fixture->window->desk), PERSON), ==, 7);
}

static void
leave_mark (PracticeFixture *practice)
{
  static const char *const visits[] = { "v-1", NULL };
  g_autoptr (FhirClient) client = practice_fixture_create_client (practice);
  g_autoptr (FhirTransaction) transaction = fhir_transaction_new ();
  g_autofree char *name = rcp_mirror_mark_add_to (transaction, "c0ffee", PERSON, visits);
  GAsyncResult *kept = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (FhirBundle) reply = NULL;
  g_autoptr (GError) error = NULL;

  fhir_client_transact_async (client, transaction, NULL, keep_result_cb, &kept);
  result = keep_result_wait (&kept);
  reply = fhir_client_transact_finish (client, result, &error);
  g_assert_no_error (error);
}

/* A calendar that a desk has left half cleared is looked for also by one that has chosen none. */
static void
test_left_behind (WindowFixture *fixture, gconstpointer data)
{
  g_autoptr (PracticeFixture) practice = window_fixture_start_sample ();

  leave_mark (practice);
  window_fixture_open (fixture, practice);
  WAIT_FOR (rcp_desk_calendars_get_state (fixture->window->calendars) != RCP_CALENDARS_OFF);
}

/* Without one, nothing is loaded. */
static void
test_nothing (WindowFixture *fixture, gconstpointer data)
{
  g_autoptr (PracticeFixture) practice = window_fixture_start_sample ();
  gint64 end;

  window_fixture_open (fixture, practice);
  end = g_get_monotonic_time () + 3 * G_USEC_PER_SEC;
  WAIT_FOR (g_get_monotonic_time () > end);
  g_assert_cmpint (rcp_desk_calendars_get_state (fixture->window->calendars), ==, RCP_CALENDARS_OFF);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add ("/ui/desk-calendars/expect", WindowFixture, NULL, window_fixture_set_up, test_expect, window_fixture_tear_down);
  g_test_add ("/ui/desk-calendars/read-once", WindowFixture, NULL, window_fixture_set_up, test_read_once, window_fixture_tear_down);
  g_test_add ("/ui/desk-calendars/left-behind", WindowFixture, NULL, window_fixture_set_up, test_left_behind, window_fixture_tear_down);
  g_test_add ("/ui/desk-calendars/nothing", WindowFixture, NULL, window_fixture_set_up, test_nothing, window_fixture_tear_down);
  return g_test_run ();
}
