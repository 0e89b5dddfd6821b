/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Find, over the two thousand people of the sample clinic; every answer is compared with looking at all of them. */

#include "clinic-fixture.h"

#include <string.h>

#include "base/rcp-fold.h"

typedef struct
{
  PracticeFixture *practice;
  FhirClient *client;
  GPtrArray *patients; /* of RcpPatient: all */
} World;

static World *
world_new (void)
{
  World *world = g_new0 (World, 1);
  g_autoptr (FhirSearch) search = fhir_search_new ("Patient");
  g_autoptr (GAsyncResult) done = NULL;
  g_autoptr (FhirBundle) bundle = NULL;
  GAsyncResult *result = NULL;
  GPtrArray *matches;

  world->practice = clinic_fixture_new ();
  world->client = practice_fixture_create_client (world->practice);
  world->patients = g_ptr_array_new_with_free_func (g_object_unref);
  fhir_search_add (search, "_count", "1000");
  fhir_client_search_all_async (world->client, search, 0, NULL, clinic_keep_result_cb, &result);
  done = clinic_wait (&result);
  bundle = fhir_client_search_all_finish (world->client, done, NULL);
  g_assert_nonnull (bundle);
  matches = fhir_bundle_get_matches (bundle);
  for (guint i = 0; i < matches->len; i++)
    g_ptr_array_add (world->patients, rcp_patient_new (g_ptr_array_index (matches, i)));
  g_assert_cmpuint (world->patients->len, ==, 2000);
  return world;
}

static void
world_free (World *world)
{
  g_ptr_array_unref (world->patients);
  g_assert_finalize_object (world->client);
  practice_fixture_free (world->practice);
  g_free (world);
}

static RcpFound *
find_id (GListModel *found, const char *id)
{
  for (guint i = 0; i < g_list_model_get_n_items (found); i++)
    {
      g_autoptr (RcpFound) item = g_list_model_get_item (found, i);

      if (g_strcmp0 (rcp_patient_get_id (rcp_found_get_patient (item)), id) == 0)
        return item;
    }

  return NULL;
}

static void
assert_finds (World *world, const char *text, RcpPatient *patient)
{
  g_autoptr (GListModel) found = clinic_find (world->client, text, 20);

  if (find_id (found, rcp_patient_get_id (patient)) == NULL)
    g_error ("'%s' did not find %s", text, rcp_patient_get_name (patient));
}

/* Every tenth person, by the whole name in both orders, in capitals, and by the date of birth beside a part of it. */
static void
test_people (gconstpointer data)
{
  World *world = (World *) data;

  for (guint i = 0; i < world->patients->len; i += 40)
    {
      RcpPatient *patient = g_ptr_array_index (world->patients, i);
      const GDate *birth = rcp_patient_get_birth_date (patient);
      g_autofree char *upper = g_utf8_strup (rcp_patient_get_name (patient), -1);
      g_autofree char *folded = rcp_fold_text (rcp_patient_get_sort_name (patient));
      g_autofree char *three = NULL;
      g_autofree char *mixed = NULL;
      g_autofree char *iso = NULL;

      assert_finds (world, rcp_patient_get_name (patient), patient);
      assert_finds (world, rcp_patient_get_sort_name (patient), patient);
      assert_finds (world, upper, patient);
      assert_finds (world, folded, patient);

      g_assert_nonnull (birth);
      three = g_utf8_substring (folded, 0, 3);
      mixed = g_strdup_printf ("%s %u/%u/%02u", three, g_date_get_month (birth), g_date_get_day (birth),
                               g_date_get_year (birth) % 100);
      iso = g_strdup_printf ("%04u-%02u-%02u", g_date_get_year (birth), g_date_get_month (birth), g_date_get_day (birth));
      assert_finds (world, mixed, patient);
      assert_finds (world, iso, patient);
      if (rcp_patient_get_mrn (patient) != NULL)
        assert_finds (world, rcp_patient_get_mrn (patient), patient);
    }
}

static void
test_phone (gconstpointer data)
{
  World *world = (World *) data;
  guint n_phones = 0;

  for (guint i = 0; i < world->patients->len; i += 40)
    {
      RcpPatient *patient = g_ptr_array_index (world->patients, i);
      const char *phone = rcp_patient_get_phone (patient);
      g_autofree char *digits = phone != NULL ? rcp_fold_digits (phone) : NULL;
      g_autofree char *dotted = NULL;

      if (digits == NULL || strlen (digits) < 10)
        continue;
      dotted = g_strdup_printf ("%.3s.%.3s.%s", digits + strlen (digits) - 10, digits + strlen (digits) - 7,
                                digits + strlen (digits) - 4);
      assert_finds (world, phone, patient);
      assert_finds (world, digits, patient);
      assert_finds (world, dotted, patient);
      n_phones++;
    }
  g_assert_cmpuint (n_phones, >, 10);
}

/* The inside of a name is found too, and what begins with the words comes before it, and what equals them first. */
static void
test_order (gconstpointer data)
{
  World *world = (World *) data;
  g_autoptr (GListModel) found = clinic_find (world->client, "an", 100);
  guint last = 0;

  g_assert_cmpuint (g_list_model_get_n_items (found), >, 10);
  for (guint i = 0; i < g_list_model_get_n_items (found); i++)
    {
      g_autoptr (RcpFound) item = g_list_model_get_item (found, i);
      g_autofree char *name = rcp_fold_text (rcp_patient_get_name (rcp_found_get_patient (item)));
      g_auto (GStrv) parts = g_strsplit (name, " ", -1);
      guint rank = 3;

      for (guint j = 0; parts[j] != NULL; j++)
        rank = MIN (rank, g_str_equal (parts[j], "an") ? 0 : g_str_has_prefix (parts[j], "an") ? 1 : 2);
      g_assert_nonnull (strstr (name, "an"));
      g_assert_cmpuint (rank, >=, last);
      last = rank;
    }
}

static void
test_limit (gconstpointer data)
{
  World *world = (World *) data;
  g_autoptr (GListModel) found = clinic_find (world->client, "a", 7);
  g_autoptr (GListModel) nobody = clinic_find (world->client, "xyzzyq", 7);
  g_autoptr (GListModel) nothing = clinic_find (world->client, "  ", 7);
  g_autoptr (GListModel) odd = clinic_find (world->client, "a,b|c$d&e=f%'\\\"", 7);
  g_autoptr (GListModel) none = clinic_find (world->client, "a", 0);

  g_assert_cmpuint (g_list_model_get_n_items (found), ==, 7);
  g_assert_cmpuint (g_list_model_get_n_items (nobody), ==, 0);
  g_assert_cmpuint (g_list_model_get_n_items (nothing), ==, 0);
  g_assert_cmpuint (g_list_model_get_n_items (odd), ==, 0);
  g_assert_cmpuint (g_list_model_get_n_items (none), ==, 0);
}

/* The code on the card of a patient leads to the visit. */
static void
test_code (gconstpointer data)
{
  World *world = (World *) data;
  g_autoptr (RcpRoster) roster = clinic_load_roster (world->client);
  GDate today = clinic_fixture_today ();
  g_autoptr (RcpDay) day = rcp_day_new (world->client, roster, &today);
  guint n_codes = 0;

  clinic_load_day (day);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (day)) && n_codes < 5; i++)
    {
      g_autoptr (RcpVisit) visit = g_list_model_get_item (G_LIST_MODEL (day), i);
      g_autofree char *typed = NULL;
      g_autoptr (GListModel) found = NULL;
      g_autoptr (RcpFound) first = NULL;

      if (rcp_visit_get_code (visit) == NULL)
        continue;
      typed = g_ascii_strdown (rcp_visit_get_code (visit), -1);
      typed[3] = ' ';
      found = clinic_find (world->client, typed, 10);
      first = g_list_model_get_item (found, 0);
      g_assert_nonnull (first);
      g_assert_nonnull (rcp_found_get_visit (first));
      g_assert_cmpstr (rcp_visit_get_id (rcp_found_get_visit (first)), ==, rcp_visit_get_id (visit));
      g_assert_cmpstr (rcp_patient_get_id (rcp_found_get_patient (first)), ==, rcp_visit_get_patient_id (visit));
      n_codes++;
    }
  g_assert_cmpuint (n_codes, ==, 5);
}

static void
test_visits (gconstpointer data)
{
  World *world = (World *) data;
  g_autoptr (RcpRoster) roster = clinic_load_roster (world->client);
  GDate today = clinic_fixture_today ();
  g_autoptr (RcpDay) day = rcp_day_new (world->client, roster, &today);
  g_autoptr (RcpVisit) visit = NULL;
  g_autoptr (GListModel) visits = NULL;
  g_autoptr (GAsyncResult) done = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *result = NULL;
  gint64 last = G_MAXINT64;
  gboolean is_there = FALSE;

  clinic_load_day (day);
  visit = g_list_model_get_item (G_LIST_MODEL (day), 0);
  rcp_patient_visits_load_async (world->client, rcp_visit_get_patient_id (visit), NULL, clinic_keep_result_cb, &result);
  done = clinic_wait (&result);
  visits = rcp_patient_visits_load_finish (done, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < g_list_model_get_n_items (visits); i++)
    {
      g_autoptr (RcpVisit) other = g_list_model_get_item (visits, i);

      g_assert_cmpstr (rcp_visit_get_patient_id (other), ==, rcp_visit_get_patient_id (visit));
      g_assert_cmpstr (rcp_visit_get_patient_name (other), ==, rcp_visit_get_patient_name (visit));
      g_assert_cmpint (rcp_visit_get_range (other).start, <=, last);
      last = rcp_visit_get_range (other).start;
      is_there |= g_strcmp0 (rcp_visit_get_id (other), rcp_visit_get_id (visit)) == 0;
    }
  g_assert_true (is_there);
}

/* The next key stroke cancels; an answer that cannot come is an error, not an empty list. */
static void
test_failure (gconstpointer data)
{
  World *world = (World *) data;
  g_autoptr (RcpClock) clock = rcp_clock_new_fixed (CLINIC_NOW);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (FhirClient) nowhere = fhir_client_new_for_socket ("/nonexistent/reception.socket");
  g_autoptr (GAsyncResult) done = NULL;
  g_autoptr (GAsyncResult) failed = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *result = NULL;

  rcp_patient_finder_find_async (world->client, clock, "garcia", 10, cancellable, clinic_keep_result_cb, &result);
  g_cancellable_cancel (cancellable);
  done = clinic_wait (&result);
  g_assert_null (rcp_patient_finder_find_finish (done, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);

  g_clear_error (&error);
  fhir_client_set_max_retries (nowhere, 0);
  rcp_patient_finder_find_async (nowhere, clock, "garcia", 10, NULL, clinic_keep_result_cb, &result);
  failed = clinic_wait (&result);
  g_assert_null (rcp_patient_finder_find_finish (failed, &error));
  g_assert_error (error, FHIR_ERROR, FHIR_ERROR_NETWORK);
}

int
main (int argc, char *argv[])
{
  World *world;
  int status;

  g_test_init (&argc, &argv, NULL);
  world = world_new ();
  g_test_add_data_func ("/clinic/patient-finder/people", world, test_people);
  g_test_add_data_func ("/clinic/patient-finder/phone", world, test_phone);
  g_test_add_data_func ("/clinic/patient-finder/order", world, test_order);
  g_test_add_data_func ("/clinic/patient-finder/limit", world, test_limit);
  g_test_add_data_func ("/clinic/patient-finder/code", world, test_code);
  g_test_add_data_func ("/clinic/patient-finder/visits", world, test_visits);
  g_test_add_data_func ("/clinic/patient-finder/failure", world, test_failure);
  status = g_test_run ();
  world_free (world);
  return status;
}
