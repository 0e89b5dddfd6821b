/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Two desks on one record: what the one does, the day of the other shows within two seconds, without a reload. Drives
 * rcp-change-watch.c, rcp-day-news.c and rcp-day-book.c, and measures the time and what watching costs while nothing
 * happens. */

#include "clinic-fixture.h"
#include "loop-clock.h"

#include <stdlib.h>

#define ROUNDS 4
#define MOST (2 * G_USEC_PER_SEC)
#define IDLE_SECONDS 6
#define WAIT_SECONDS 15 /* of fhir_client_poll_async() */

typedef struct
{
  PracticeFixture *practice;
  FhirClient *client;
  FhirClient *other; /* another desk */
  RcpRoster *roster;
  RcpDayBook *book;
  RcpDay *day;
  GArray *latencies; /* of gint64, microseconds */
} Fixture;

/* What a day is to show. */
typedef struct
{
  Fixture *fixture;
  const char *id;
  const char *schedule_id;
  RcpSlotStatus status;
  guint n_loads; /* finished since the count began */
} Expected;

static gboolean
is_loaded (gpointer day)
{
  return rcp_day_is_loaded (day) && !rcp_day_is_loading (day);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  GDate today = clinic_fixture_today ();

  fixture->practice = clinic_fixture_new ();
  fixture->client = practice_fixture_create_client (fixture->practice);
  fixture->other = practice_fixture_create_client (fixture->practice);
  fixture->roster = clinic_load_roster (fixture->client);
  fixture->book = rcp_day_book_new (fixture->client, fixture->roster);
  fixture->day = rcp_day_book_get (fixture->book, &today);
  fixture->latencies = g_array_new (FALSE, FALSE, sizeof (gint64));
  clinic_wait_until (is_loaded, fixture->day);
  rcp_day_book_set_watching (fixture->book, TRUE);
}

static gboolean
is_last_reference (gpointer object)
{
  return G_OBJECT (object)->ref_count == 1;
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  rcp_day_book_set_watching (fixture->book, FALSE);
  clinic_wait_until (is_loaded, fixture->day);
  g_assert_finalize_object (fixture->book);
  g_assert_finalize_object (fixture->day);
  g_object_unref (fixture->roster);
  clinic_wait_until (is_last_reference, fixture->client);
  g_assert_finalize_object (fixture->client);
  g_assert_finalize_object (fixture->other);
  g_array_unref (fixture->latencies);
  practice_fixture_free (fixture->practice);
}

static FhirResource *
create (Fixture *fixture, const char *text)
{
  g_autofree char *quoted = g_strdelimit (g_strdup (text), "'", '"');
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GAsyncResult) done = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *result = NULL;
  FhirResource *made;

  g_assert_true (json_parser_load_from_data (parser, quoted, -1, NULL));
  fhir_client_create_async (fixture->other, json_node_get_object (json_parser_get_root (parser)), NULL, NULL,
                            clinic_keep_result_cb, &result);
  done = clinic_wait (&result);
  made = fhir_client_create_finish (fixture->other, done, &error);
  g_assert_no_error (error);
  return made;
}

static void
delete (Fixture *fixture, const char *reference)
{
  g_autoptr (GAsyncResult) done = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *result = NULL;

  fhir_client_delete_async (fixture->other, reference, NULL, NULL, clinic_keep_result_cb, &result);
  done = clinic_wait (&result);
  g_assert_true (fhir_client_delete_finish (fixture->other, done, &error));
}

/* Waits from now on, when the other desk has its answer. */
static void
measure (Fixture *fixture, gboolean (*condition) (gpointer), Expected *expected)
{
  LoopClock clock = { 0 };
  gint64 took;

  loop_clock_start (&clock);
  clinic_wait_until (condition, expected);
  took = loop_clock_stop (&clock);
  g_array_append_val (fixture->latencies, took);
}

static gboolean
is_there (gpointer user_data)
{
  Expected *expected = user_data;

  return rcp_day_find_visit (expected->fixture->day, expected->id) != NULL;
}

static gboolean
is_not_there (gpointer user_data)
{
  return !is_there (user_data);
}

static gboolean
has_arrived (gpointer user_data)
{
  Expected *expected = user_data;
  RcpVisit *visit = rcp_day_find_visit (expected->fixture->day, expected->id);

  return visit != NULL && rcp_visit_get_status (visit) == RCP_VISIT_ARRIVED;
}

static const RcpSlot *
find_slot (Expected *expected)
{
  GArray *slots = rcp_day_get_slots (expected->fixture->day, expected->schedule_id);

  for (guint i = 0; slots != NULL && i < slots->len; i++)
    if (g_str_equal (g_array_index (slots, RcpSlot, i).id, expected->id))
      return &g_array_index (slots, RcpSlot, i);

  return NULL;
}

static gboolean
has_slot_status (gpointer user_data)
{
  Expected *expected = user_data;
  const RcpSlot *slot = find_slot (expected);

  return slot != NULL && slot->status == expected->status;
}

static gboolean
has_no_slot (gpointer user_data)
{
  return find_slot (user_data) == NULL;
}

static int
compare_latencies (gconstpointer a, gconstpointer b)
{
  gint64 left = *(const gint64 *) a;
  gint64 right = *(const gint64 *) b;

  return (left > right) - (left < right);
}

static void
assert_latencies (Fixture *fixture, const char *name)
{
  guint n = fixture->latencies->len;

  g_array_sort (fixture->latencies, compare_latencies);
  g_test_message ("%s: %u changes, p50 %.0f ms, p99 %.0f ms", name, n,
                  g_array_index (fixture->latencies, gint64, n / 2) / 1000.0,
                  g_array_index (fixture->latencies, gint64, (n * 99) / 100) / 1000.0);
  g_assert_cmpint (g_array_index (fixture->latencies, gint64, (n * 99) / 100), <, MOST);
}

/* Not in step with the questions. */
static void
pause_a_little (void)
{
  gint64 end = g_get_monotonic_time () + g_random_int_range (0, 1000) * 1000;

  while (g_get_monotonic_time () < end)
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (1000);
}

static void
test_visits (Fixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < ROUNDS; i++)
    {
      Expected expected = { .fixture = fixture };
      g_autoptr (FhirResource) made = NULL;

      pause_a_little ();
      made = create (fixture, "{'resourceType':'Appointment','status':'booked','start':'2026-11-23T15:00:00Z',"
                              "'end':'2026-11-23T15:15:00Z','participant':[{'actor':{'display':'x'},'status':'accepted'}]}");
      expected.id = fhir_resource_get_id (made);
      measure (fixture, is_there, &expected);
      pause_a_little ();
      g_object_unref (clinic_change_string (fixture->other, fhir_resource_get_reference (made), "status", "arrived"));
      measure (fixture, has_arrived, &expected);
      pause_a_little ();
      delete (fixture, fhir_resource_get_reference (made));
      measure (fixture, is_not_there, &expected);
    }
  assert_latencies (fixture, "visits made, arrived and deleted");
}

static const char *
get_schedule_id (Fixture *fixture)
{
  g_autoptr (RcpProvider) provider = g_list_model_get_item (rcp_roster_get_providers (fixture->roster), 0);

  return rcp_provider_get_schedule_id (provider);
}

static void
test_slots (Fixture *fixture, gconstpointer data)
{
  const char *schedule_id = get_schedule_id (fixture);
  g_autofree char *text = g_strdup_printf ("{'resourceType':'Slot','schedule':{'reference':'Schedule/%s'},'status':'free',"
                                           "'start':'2026-11-24T03:00:00Z','end':'2026-11-24T03:15:00Z'}", schedule_id);

  for (guint i = 0; i < ROUNDS; i++)
    {
      Expected expected = { .fixture = fixture, .schedule_id = schedule_id, .status = RCP_SLOT_FREE };
      g_autoptr (FhirResource) made = NULL;

      pause_a_little ();
      made = create (fixture, text);
      expected.id = fhir_resource_get_id (made);
      measure (fixture, has_slot_status, &expected);
      pause_a_little ();
      /* A block: no visit tells of it. */
      g_object_unref (clinic_change_string (fixture->other, fhir_resource_get_reference (made), "status", "busy-unavailable"));
      expected.status = RCP_SLOT_UNAVAILABLE;
      measure (fixture, has_slot_status, &expected);
      pause_a_little ();
      delete (fixture, fhir_resource_get_reference (made));
      measure (fixture, has_no_slot, &expected);
    }
  assert_latencies (fixture, "slots made, blocked and deleted");
}

static void
on_loading_changed_cb (RcpDay *day, GParamSpec *pspec, gpointer user_data)
{
  Expected *expected = user_data;

  if (!rcp_day_is_loading (day))
    expected->n_loads++;
}

static gboolean
has_been_read (gpointer user_data)
{
  return ((Expected *) user_data)->n_loads > 0;
}

/* What is about a visit, or about its patient, has the day read again; what is about others does not. */
static void
test_encounters_and_flags (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RcpVisit) visit = g_list_model_get_item (G_LIST_MODEL (fixture->day), 3);
  g_autofree char *encounter = g_strdup_printf ("{'resourceType':'Encounter','status':'arrived','class':{'code':'AMB'},"
                                                "'appointment':[{'reference':'Appointment/%s'}]}", rcp_visit_get_id (visit));
  g_autofree char *flag = g_strdup_printf ("{'resourceType':'Flag','status':'active','code':{'text':'x'},"
                                           "'subject':{'reference':'Patient/%s'}}", rcp_visit_get_patient_id (visit));
  static const char *const others[] = {
    "{'resourceType':'Flag','status':'active','code':{'text':'x'},'subject':{'reference':'Patient/none'}}",
    "{'resourceType':'Encounter','status':'arrived','class':{'code':'AMB'},'appointment':[{'reference':'Appointment/none'}]}",
    "{'resourceType':'Slot','schedule':{'reference':'Schedule/none'},'status':'free','start':'2027-03-01T03:00:00Z',"
    "'end':'2027-03-01T03:15:00Z'}",
    "{'resourceType':'Basic','code':{'text':'x'}}",
  };
  const char *const texts[] = { encounter, flag };
  Expected expected = { .fixture = fixture };
  gulong handler = g_signal_connect (fixture->day, "notify::loading", G_CALLBACK (on_loading_changed_cb), &expected);

  /* The sample clinic itself was made just now, which is told first. */
  clinic_wait_until (has_been_read, &expected);
  expected.n_loads = 0;
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    g_object_unref (create (fixture, others[i]));
  for (guint i = 0; i < 5; i++)
    pause_a_little ();
  g_assert_cmpuint (expected.n_loads, ==, 0);

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (FhirResource) made = NULL;

      expected.n_loads = 0;
      made = create (fixture, texts[i]);
      measure (fixture, has_been_read, &expected);
      expected.n_loads = 0;
      delete (fixture, fhir_resource_get_reference (made));
      measure (fixture, has_been_read, &expected);
    }
  g_signal_handler_disconnect (fixture->day, handler);
  assert_latencies (fixture, "encounters and flags");
}

static gboolean
on_idle_over_cb (gpointer user_data)
{
  *(gboolean *) user_data = TRUE;
  return G_SOURCE_REMOVE;
}

static gboolean
is_over (gpointer user_data)
{
  return *(gboolean *) user_data;
}

/* While nothing happens the record keeps the one question that is asked: it answers when something happens, or after a while. */
static void
test_idle (Fixture *fixture, gconstpointer data)
{
  gboolean over = FALSE;
  guint64 before;

  for (guint i = 0; i < 4; i++)
    pause_a_little ();
  before = fhir_client_get_n_requests (fixture->client);
  g_timeout_add_seconds (IDLE_SECONDS, on_idle_over_cb, &over);
  clinic_wait_until (is_over, &over);
  g_test_message ("%.0f requests a minute while nothing happens",
                  (fhir_client_get_n_requests (fixture->client) - before) * 60.0 / IDLE_SECONDS);
  g_assert_cmpuint (fhir_client_get_n_requests (fixture->client) - before, <=, 1 + IDLE_SECONDS / WAIT_SECONDS);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) g_test_add ("/clinic/live/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("visits", test_visits);
  ADD ("slots", test_slots);
  ADD ("encounters-and-flags", test_encounters_and_flags);
  ADD ("idle", test_idle);
#undef ADD
  return g_test_run ();
}
