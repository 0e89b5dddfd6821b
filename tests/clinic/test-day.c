/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Days of the sample clinic and the book that keeps them, from a real record that others change. */

#include "clinic-fixture.h"

typedef struct
{
  PracticeFixture *practice;
  FhirClient *client;
  FhirClient *other; /* another desk */
  RcpRoster *roster;
} Fixture;

/* One record for all: @data. Each test leaves the days as full as it found them, but for a visit or two. */
static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->practice = (PracticeFixture *) data;
  fixture->client = practice_fixture_create_client (fixture->practice);
  fixture->other = practice_fixture_create_client (fixture->practice);
  fixture->roster = clinic_load_roster (fixture->client);
}

static gboolean
is_last_reference (gpointer object)
{
  return G_OBJECT (object)->ref_count == 1;
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  /* Cancelled requests come back in a later turn of the main loop. */
  clinic_wait_until (is_last_reference, fixture->client);
  g_assert_finalize_object (fixture->roster);
  g_assert_finalize_object (fixture->client);
  g_assert_finalize_object (fixture->other);
}

static void
test_load (Fixture *fixture, gconstpointer data)
{
  GDate today = clinic_fixture_today ();
  RcpDay *day = rcp_day_new (fixture->client, fixture->roster, &today);
  guint64 n_requests = fhir_client_get_n_requests (fixture->client);
  GListModel *visits = G_LIST_MODEL (day);
  gint64 last_start = 0;
  guint n_named = 0;

  g_assert_false (rcp_day_is_loaded (day));
  clinic_load_day (day);
  g_assert_true (rcp_day_is_loaded (day));
  g_assert_null (rcp_day_get_error (day));
  /* What the server can do, the visits with all that belongs to them, and the slots; later days need two. */
  g_assert_cmpuint (fhir_client_get_n_requests (fixture->client) - n_requests, ==, 3);
  clinic_load_day (day);
  g_assert_cmpuint (fhir_client_get_n_requests (fixture->client) - n_requests, ==, 5);
  g_assert_cmpuint (g_list_model_get_n_items (visits), >=, 30);

  for (guint i = 0; i < g_list_model_get_n_items (visits); i++)
    {
      g_autoptr (RcpVisit) visit = g_list_model_get_item (visits, i);
      RcpProvider *provider = rcp_roster_find_provider_of_visit (fixture->roster, visit);
      RcpTimeRange range = rcp_visit_get_range (visit);

      g_assert_cmpint (range.start, >=, last_start);
      g_assert_true (rcp_time_range_contains (rcp_day_get_range (day), range));
      g_assert_nonnull (provider);
      g_assert_nonnull (rcp_visit_get_patient (visit));
      g_assert_true (rcp_day_find_visit (day, rcp_visit_get_id (visit)) == visit);
      n_named += rcp_visit_get_code (visit) != NULL;
      last_start = range.start;
    }
  g_assert_cmpuint (n_named, >, 0);
  g_assert_null (rcp_day_find_visit (day, "nothing"));
  g_assert_finalize_object (day);
}

static void
test_slots (Fixture *fixture, gconstpointer data)
{
  GDate today = clinic_fixture_today ();
  RcpDay *day = rcp_day_new (fixture->client, fixture->roster, &today);
  GListModel *providers = rcp_roster_get_providers (fixture->roster);
  guint n_with_slots = 0;

  clinic_load_day (day);
  for (guint i = 0; i < g_list_model_get_n_items (providers); i++)
    {
      g_autoptr (RcpProvider) provider = g_list_model_get_item (providers, i);
      GArray *slots = rcp_day_get_slots (day, rcp_provider_get_schedule_id (provider));
      GArray *open = rcp_day_get_open_ranges (day, rcp_provider_get_schedule_id (provider));

      for (guint j = 0; slots != NULL && j < slots->len; j++)
        {
          RcpSlot *slot = &g_array_index (slots, RcpSlot, j);

          g_assert_cmpstr (slot->schedule_id, ==, rcp_provider_get_schedule_id (provider));
          g_assert_true (rcp_time_range_contains (rcp_day_get_range (day), slot->range));
          if (slot->status != RCP_SLOT_UNAVAILABLE)
            g_assert_cmpuint (rcp_time_ranges_find (open, slot->range.start), <, open->len);
        }
      n_with_slots += slots != NULL;
    }
  g_assert_cmpuint (n_with_slots, >=, 8);
  g_assert_null (rcp_day_get_slots (day, "nobody"));
  g_assert_cmpuint (rcp_day_get_open_ranges (day, "nobody")->len, ==, 0);
  g_assert_finalize_object (day);
}

typedef struct
{
  guint n_signals;
  guint position;
  guint removed;
  guint added;
} Changes;

static void
on_items_changed_cb (GListModel *model, guint position, guint removed, guint added, gpointer user_data)
{
  Changes *changes = user_data;

  *changes = (Changes){ changes->n_signals + 1, position, removed, added };
}

/* What another desk changed is one row; the others stay the objects that they were. */
static void
test_refresh (Fixture *fixture, gconstpointer data)
{
  GDate today = clinic_fixture_today ();
  RcpDay *day = rcp_day_new (fixture->client, fixture->roster, &today);
  g_autoptr (RcpVisit) first = NULL;
  g_autoptr (RcpVisit) changed = NULL;
  g_autoptr (FhirResource) after = NULL;
  Changes changes = { 0 };

  clinic_load_day (day);
  g_signal_connect (day, "items-changed", G_CALLBACK (on_items_changed_cb), &changes);
  clinic_load_day (day);
  g_assert_cmpuint (changes.n_signals, ==, 0);

  first = g_list_model_get_item (G_LIST_MODEL (day), 0);
  changed = g_list_model_get_item (G_LIST_MODEL (day), 5);
  after = clinic_change_string (fixture->other, fhir_resource_get_reference (rcp_visit_get_resource (changed)),
                                "description", "Came by bus");
  clinic_load_day (day);
  g_assert_cmpuint (changes.n_signals, ==, 1);
  g_assert_cmpuint (changes.position, ==, 5);
  g_assert_cmpuint (changes.removed, ==, 1);
  g_assert_cmpuint (changes.added, ==, 1);
  g_assert_true (rcp_day_find_visit (day, rcp_visit_get_id (first)) == first);
  g_assert_false (rcp_day_find_visit (day, rcp_visit_get_id (changed)) == changed);
  g_assert_cmpstr (rcp_visit_get_complaint (rcp_day_find_visit (day, rcp_visit_get_id (changed))), ==, "Came by bus");

  g_clear_object (&after);
  after = clinic_change_string (fixture->other, fhir_resource_get_reference (rcp_visit_get_resource (changed)),
                                "status", "cancelled");
  clinic_load_day (day);
  g_assert_cmpuint (changes.n_signals, ==, 2);
  g_assert_cmpuint (changes.removed, ==, 1);
  g_assert_cmpuint (changes.added, ==, 0);
  g_assert_null (rcp_day_find_visit (day, rcp_visit_get_id (changed)));
  g_signal_handlers_disconnect_by_data (day, &changes);
  g_assert_finalize_object (day);
}

/* A failed refresh leaves what is shown, and says so. */
static void
test_failure (Fixture *fixture, gconstpointer data)
{
  GDate today = clinic_fixture_today ();
  RcpDay *day = rcp_day_new (fixture->client, fixture->roster, &today);
  g_autoptr (GAsyncResult) done = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *result = NULL;
  guint n_visits;

  clinic_load_day (day);
  n_visits = g_list_model_get_n_items (G_LIST_MODEL (day));
  practice_fixture_kill (fixture->practice);
  fhir_client_set_max_retries (fixture->client, 0);
  rcp_day_load_async (day, NULL, clinic_keep_result_cb, &result);
  g_assert_true (rcp_day_is_loading (day));
  done = clinic_wait (&result);
  g_assert_false (rcp_day_load_finish (day, done, &error));
  g_assert_error (error, FHIR_ERROR, FHIR_ERROR_NETWORK);
  g_assert_error (rcp_day_get_error (day), FHIR_ERROR, FHIR_ERROR_NETWORK);
  g_assert_true (rcp_day_is_loaded (day));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (day)), ==, n_visits);

  practice_fixture_start (fixture->practice);
  clinic_load_day (day);
  g_assert_null (rcp_day_get_error (day));
  g_clear_object (&done);
  g_assert_finalize_object (day);
}

static gboolean
is_loaded (gpointer user_data)
{
  return rcp_day_is_loaded (user_data) && !rcp_day_is_loading (user_data);
}

/* Turning a page shows the neighbour that was fetched meanwhile. */
static void
test_book_prefetches (Fixture *fixture, gconstpointer data)
{
  RcpDayBook *book = rcp_day_book_new (fixture->client, fixture->roster);
  GDate today = clinic_fixture_today ();
  GDate tomorrow = today;
  g_autoptr (GPtrArray) shown = rcp_day_book_show (book, &today, 1);
  g_autoptr (RcpDay) day = g_object_ref (g_ptr_array_index (shown, 0));
  g_autoptr (RcpDay) same = rcp_day_book_get (book, &today);
  g_autoptr (RcpDay) next = NULL;
  gint64 deadline = g_get_monotonic_time () + 10 * G_USEC_PER_SEC;

  g_assert_true (day == same);
  clinic_wait_until (is_loaded, day);
  while (fhir_client_get_n_requests (fixture->client) < 6 + 4 && g_get_monotonic_time () < deadline)
    g_main_context_iteration (NULL, TRUE);
  g_date_add_days (&tomorrow, 1);
  next = rcp_day_book_get (book, &tomorrow);
  clinic_wait_until (is_loaded, next);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (next)), >, 0);

  /* Looking through a month keeps no month. */
  for (guint i = 0; i < 30; i++)
    {
      g_autoptr (RcpDay) other = NULL;

      g_date_add_days (&tomorrow, 1);
      other = rcp_day_book_get (book, &tomorrow);
    }
  g_assert_finalize_object (book);
}

typedef struct
{
  RcpDay *day;
  const char *id;
  const char *complaint;
} Expected;

static gboolean
has_complaint (gpointer user_data)
{
  Expected *expected = user_data;
  RcpVisit *visit = rcp_day_find_visit (expected->day, expected->id);

  return visit != NULL && g_strcmp0 (rcp_visit_get_complaint (visit), expected->complaint) == 0;
}

static gboolean
is_gone (gpointer user_data)
{
  Expected *expected = user_data;

  return rcp_day_find_visit (expected->day, expected->id) == NULL;
}

static gboolean
has_failed (gpointer user_data)
{
  return rcp_day_get_error (user_data) != NULL && !rcp_day_is_loading (user_data);
}

static gboolean
is_offline (gpointer user_data)
{
  return !rcp_day_book_is_online (user_data);
}

static gboolean
is_online (gpointer user_data)
{
  return rcp_day_book_is_online (user_data);
}

/* Another desk changes, moves to another day, goes away, comes back. */
static void
test_book_watches (Fixture *fixture, gconstpointer data)
{
  RcpDayBook *book = rcp_day_book_new (fixture->client, fixture->roster);
  GDate today = clinic_fixture_today ();
  g_autoptr (RcpDay) day = rcp_day_book_get (book, &today);
  g_autoptr (RcpVisit) visit = NULL;
  g_autofree char *reference = NULL;
  Expected expected = { day, NULL, "Left the keys" };

  clinic_wait_until (is_loaded, day);
  rcp_day_book_set_watching (book, TRUE);
  g_assert_true (rcp_day_book_is_online (book));
  visit = g_list_model_get_item (G_LIST_MODEL (day), 3);
  reference = g_strdup (fhir_resource_get_reference (rcp_visit_get_resource (visit)));
  expected.id = rcp_visit_get_id (visit);

  g_object_unref (clinic_change_string (fixture->other, reference, "description", "Left the keys"));
  clinic_wait_until (has_complaint, &expected);
  g_object_unref (clinic_change_string (fixture->other, reference, "status", "cancelled"));
  clinic_wait_until (is_gone, &expected);

  fhir_client_set_max_retries (fixture->client, 0);
  practice_fixture_kill (fixture->practice);
  clinic_wait_until (is_offline, book);
  practice_fixture_start (fixture->practice);
  clinic_wait_until (is_online, book);

  rcp_day_book_set_watching (book, FALSE);
  clinic_wait_until (is_loaded, day);
  g_assert_finalize_object (book);
}

static void
test_book_invalidates (Fixture *fixture, gconstpointer data)
{
  RcpDayBook *book = rcp_day_book_new (fixture->client, fixture->roster);
  GDate today = clinic_fixture_today ();
  g_autoptr (RcpDay) day = rcp_day_book_get (book, &today);
  g_autoptr (RcpVisit) visit = NULL;
  Expected expected = { day, NULL, "Brings a dog" };

  clinic_wait_until (is_loaded, day);
  visit = g_list_model_get_item (G_LIST_MODEL (day), 1);
  expected.id = rcp_visit_get_id (visit);
  g_object_unref (clinic_change_string (fixture->other, fhir_resource_get_reference (rcp_visit_get_resource (visit)),
                                        "description", "Brings a dog"));
  rcp_day_book_invalidate (book, rcp_visit_get_range (visit));
  clinic_wait_until (has_complaint, &expected);
  g_assert_finalize_object (book);
}

/* A refresh that fails is made up for, without another change to cause it. */
static void
test_book_tries_again (Fixture *fixture, gconstpointer data)
{
  RcpDayBook *book = rcp_day_book_new (fixture->client, fixture->roster);
  GDate today = clinic_fixture_today ();
  g_autoptr (RcpDay) day = rcp_day_book_get (book, &today);
  g_autoptr (RcpVisit) visit = NULL;
  Expected expected = { day, NULL, "Comes by bus" };

  clinic_wait_until (is_loaded, day);
  visit = g_list_model_get_item (G_LIST_MODEL (day), 2);
  expected.id = rcp_visit_get_id (visit);
  g_object_unref (clinic_change_string (fixture->other, fhir_resource_get_reference (rcp_visit_get_resource (visit)),
                                        "description", "Comes by bus"));
  fhir_client_set_max_retries (fixture->client, 0);
  practice_fixture_kill (fixture->practice);
  rcp_day_book_invalidate (book, rcp_visit_get_range (visit));
  clinic_wait_until (has_failed, day);
  practice_fixture_start (fixture->practice);
  clinic_wait_until (has_complaint, &expected);
  g_assert_finalize_object (book);
}

int
main (int argc, char *argv[])
{
  g_autoptr (PracticeFixture) practice = NULL;

  g_test_init (&argc, &argv, NULL);
  practice = clinic_fixture_new ();
#define ADD(name, func) g_test_add ("/clinic/day/" name, Fixture, practice, set_up, func, tear_down)
  ADD ("load", test_load);
  ADD ("slots", test_slots);
  ADD ("refresh", test_refresh);
  ADD ("failure", test_failure);
  ADD ("book/prefetches", test_book_prefetches);
  ADD ("book/watches", test_book_watches);
  ADD ("book/invalidates", test_book_invalidates);
  ADD ("book/tries-again", test_book_tries_again);
#undef ADD
  return g_test_run ();
}
