/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "ui/find/rcp-find-model.h"

#include "base/rcp-iso8601.h"
#include "keep-result.h"
#include "practice-fixture.h"

/* The view-model of Find against a real record: what stands in the list is always the answer to the newest text. */

typedef struct
{
  PracticeFixture *practice;
  FhirClient *client;
  RcpClock *clock;
  RcpFindModel *model;
} Fixture;

static void
on_created_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (FhirResource) created = fhir_client_create_finish (FHIR_CLIENT (source), result, &error);

  g_assert_no_error (error);
  g_assert_nonnull (created);
  *(gboolean *) user_data = TRUE;
}

static void
create_patient (Fixture *fixture, const char *family, const char *given, const char *birth_date)
{
  g_autofree char *text = g_strdup_printf ("{\"resourceType\":\"Patient\",\"name\":[{\"family\":\"%s\",\"given\":[\"%s\"]}],"
                                           "\"birthDate\":\"%s\"}", family, given, birth_date);
  g_autoptr (JsonNode) node = json_from_string (text, NULL);
  gboolean done = FALSE;

  fhir_client_create_async (fixture->client, json_node_get_object (node), NULL, NULL, on_created_cb, &done);
  while (!done)
    g_main_context_iteration (NULL, TRUE);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  gint64 now;

  g_assert_true (rcp_iso8601_parse_instant ("2026-11-23T09:26:00Z", &now));
  fixture->practice = practice_fixture_new (NULL);
  fixture->client = practice_fixture_create_client (fixture->practice);
  fhir_client_set_max_retries (fixture->client, 0);
  fixture->clock = rcp_clock_new_fixed (now);
  fixture->model = rcp_find_model_new (fixture->client, fixture->clock);
  create_patient (fixture, "Rossi", "Luca", "1978-12-03");
  create_patient (fixture, "Rossetti", "Anna", "1990-01-20");
  create_patient (fixture, "Müller", "Jonas", "1978-12-03");
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_finalize_object (fixture->model);
  g_object_unref (fixture->client);
  g_object_unref (fixture->clock);
  practice_fixture_free (fixture->practice);
}

static void
wait_for_state (Fixture *fixture, RcpFindState state)
{
  KEEP_RESULT_UNTIL (rcp_find_model_get_state (fixture->model) == state);
}

static void
assert_result (Fixture *fixture, guint position, const char *sort_name)
{
  g_autoptr (RcpFound) found = g_list_model_get_item (rcp_find_model_get_results (fixture->model), position);

  g_assert_nonnull (found);
  g_assert_cmpstr (rcp_patient_get_sort_name (rcp_found_get_patient (found)), ==, sort_name);
}

static void
test_states (Fixture *fixture, gconstpointer data)
{
  GListModel *results = rcp_find_model_get_results (fixture->model);

  g_assert_cmpint (rcp_find_model_get_state (fixture->model), ==, RCP_FIND_EMPTY);
  rcp_find_model_set_text (fixture->model, "ross");
  g_assert_cmpint (rcp_find_model_get_state (fixture->model), ==, RCP_FIND_SEARCHING);
  wait_for_state (fixture, RCP_FIND_RESULTS);
  g_assert_cmpuint (g_list_model_get_n_items (results), ==, 2);

  rcp_find_model_set_text (fixture->model, "nobody of this name");
  wait_for_state (fixture, RCP_FIND_NOTHING);
  g_assert_cmpuint (g_list_model_get_n_items (results), ==, 0);

  rcp_find_model_set_text (fixture->model, "  ");
  g_assert_cmpint (rcp_find_model_get_state (fixture->model), ==, RCP_FIND_EMPTY);
}

static void
test_newest_text_wins (Fixture *fixture, gconstpointer data)
{
  /* A person types faster than any record answers. */
  rcp_find_model_set_text (fixture->model, "r");
  for (guint i = 0; i < 60; i++)
    {
      g_main_context_iteration (NULL, FALSE);
      g_usleep (1000);
    }
  rcp_find_model_set_text (fixture->model, "muller");
  wait_for_state (fixture, RCP_FIND_RESULTS);
  g_assert_cmpuint (g_list_model_get_n_items (rcp_find_model_get_results (fixture->model)), ==, 1);
  assert_result (fixture, 0, "Müller, Jonas");
}

static void
test_birth_date (Fixture *fixture, gconstpointer data)
{
  rcp_find_model_set_text (fixture->model, "3 Dec 1978");
  wait_for_state (fixture, RCP_FIND_RESULTS);
  g_assert_cmpuint (g_list_model_get_n_items (rcp_find_model_get_results (fixture->model)), ==, 2);

  rcp_find_model_set_text (fixture->model, "rossi 1978-12-03");
  wait_for_state (fixture, RCP_FIND_RESULTS);
  g_assert_cmpuint (g_list_model_get_n_items (rcp_find_model_get_results (fixture->model)), ==, 1);
  assert_result (fixture, 0, "Rossi, Luca");
}

static void
test_server_gone (Fixture *fixture, gconstpointer data)
{
  practice_fixture_kill (fixture->practice);
  rcp_find_model_set_text (fixture->model, "rossi");
  wait_for_state (fixture, RCP_FIND_FAILED);
  g_assert_nonnull (rcp_find_model_get_error_text (fixture->model));

  practice_fixture_start (fixture->practice);
  rcp_find_model_set_text (fixture->model, "rossi l");
  wait_for_state (fixture, RCP_FIND_RESULTS);
  assert_result (fixture, 0, "Rossi, Luca");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/ui/find-model/states", Fixture, NULL, set_up, test_states, tear_down);
  g_test_add ("/ui/find-model/newest-text-wins", Fixture, NULL, set_up, test_newest_text_wins, tear_down);
  g_test_add ("/ui/find-model/birth-date", Fixture, NULL, set_up, test_birth_date, tear_down);
  g_test_add ("/ui/find-model/server-gone", Fixture, NULL, set_up, test_server_gone, tear_down);
  return g_test_run ();
}
