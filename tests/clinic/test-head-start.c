/* SPDX-License-Identifier: GPL-3.0-or-later */

/* rcp-head-start.c from a real record, and what a day book does with the day that it read. */

#include "clinic-fixture.h"

#include <glib/gstdio.h>
#include <unistd.h>

#include "clinic/rcp-head-start.h"

static gboolean
take (RcpHeadStart *head_start, RcpRoster **roster, RcpDay **day, GError **error)
{
  g_autoptr (GAsyncResult) done = NULL;
  GAsyncResult *result = NULL;

  rcp_head_start_take_async (head_start, clinic_keep_result_cb, &result);
  done = clinic_wait (&result);
  return rcp_head_start_take_finish (head_start, done, roster, day, error);
}

static gboolean
is_last_reference (gpointer object)
{
  return G_OBJECT (object)->ref_count == 1;
}

/* The same as is read in the usual way. */
static void
test_reads (gconstpointer data)
{
  PracticeFixture *practice = (PracticeFixture *) data;
  FhirClient *client = practice_fixture_create_client (practice);
  RcpHeadStart *head_start = rcp_head_start_new (practice_fixture_get_socket (practice), CLINIC_NOW);
  GDate today = clinic_fixture_today ();
  g_autoptr (RcpRoster) roster = NULL;
  g_autoptr (RcpRoster) expected_roster = clinic_load_roster (client);
  g_autoptr (RcpDay) expected = rcp_day_new (client, expected_roster, &today);
  g_autoptr (RcpDay) day = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (take (head_start, &roster, &day, &error));
  g_assert_no_error (error);
  clinic_load_day (expected);
  g_assert_cmpuint (g_list_model_get_n_items (rcp_roster_get_providers (roster)), ==,
                    g_list_model_get_n_items (rcp_roster_get_providers (expected_roster)));
  g_assert_cmpint (g_date_compare (rcp_day_get_date (day), &today), ==, 0);
  g_assert_true (rcp_day_is_loaded (day));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (day)), ==, g_list_model_get_n_items (G_LIST_MODEL (expected)));
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (expected)); i++)
    {
      g_autoptr (RcpVisit) visit = g_list_model_get_item (G_LIST_MODEL (expected), i);

      g_assert_nonnull (rcp_day_find_visit (day, rcp_visit_get_id (visit)));
    }
  clinic_wait_until (is_last_reference, head_start);
  g_assert_finalize_object (head_start);
  g_object_unref (client);
}

/* No request for the day, and what changed meanwhile comes with the next one. */
static void
test_is_adopted (gconstpointer data)
{
  PracticeFixture *practice = (PracticeFixture *) data;
  FhirClient *client = practice_fixture_create_client (practice);
  g_autoptr (RcpHeadStart) head_start = rcp_head_start_new (practice_fixture_get_socket (practice), CLINIC_NOW);
  GDate today = clinic_fixture_today ();
  RcpRoster *roster = NULL;
  RcpDay *day = NULL;
  RcpDayBook *book;
  RcpDay *given;
  RcpVisit *visit;
  g_autofree char *id = NULL;

  g_assert_true (take (head_start, &roster, &day, NULL));
  book = rcp_day_book_new (client, roster);
  rcp_day_book_adopt (book, day);
  given = rcp_day_book_get (book, &today);
  g_assert_true (given == day);
  g_assert_false (rcp_day_is_loading (day));
  g_assert_cmpuint (fhir_client_get_n_requests (client), ==, 0);

  visit = g_list_model_get_item (G_LIST_MODEL (day), 0);
  id = g_strdup (rcp_visit_get_id (visit));
  g_object_unref (clinic_change_string (client, fhir_resource_get_reference (rcp_visit_get_resource (visit)), "description",
                                        "Comes by train"));
  clinic_load_day (day);
  g_assert_cmpstr (rcp_visit_get_complaint (rcp_day_find_visit (day, id)), ==, "Comes by train");

  g_object_unref (visit);
  g_object_unref (given);
  g_object_unref (day);
  g_assert_finalize_object (book);
  clinic_wait_until (is_last_reference, roster); /* its neighbours were being read */
  g_assert_finalize_object (roster);
  clinic_wait_until (is_last_reference, client);
  g_assert_finalize_object (client);
}

/* A server that is not there yet, and is given up. */
static void
test_cancelled (void)
{
  RcpHeadStart *head_start = rcp_head_start_new ("/nowhere/at/all", CLINIC_NOW);
  RcpRoster *roster = NULL;
  RcpDay *day = NULL;
  g_autoptr (GError) error = NULL;

  rcp_head_start_cancel (head_start);
  g_assert_false (take (head_start, &roster, &day, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_null (roster);
  g_assert_null (day);
  clinic_wait_until (is_last_reference, head_start);
  g_assert_finalize_object (head_start);
}

/* It begins before the server listens, and ends well when nobody takes it. */
static void
test_waits_for_the_server (gconstpointer data)
{
  PracticeFixture *practice = (PracticeFixture *) data;
  g_autofree char *path = g_build_filename (practice_fixture_get_folder (practice), "later", NULL);
  g_autoptr (RcpHeadStart) head_start = rcp_head_start_new (path, CLINIC_NOW);
  RcpHeadStart *forgotten = rcp_head_start_new (path, CLINIC_NOW);
  g_autoptr (RcpRoster) roster = NULL;
  g_autoptr (RcpDay) day = NULL;

  g_assert_finalize_object (forgotten);
  g_assert_cmpint (symlink (practice_fixture_get_socket (practice), path), ==, 0);
  g_assert_true (take (head_start, &roster, &day, NULL));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (day)), >=, 30);
  g_assert_cmpint (g_unlink (path), ==, 0);
}

int
main (int argc, char *argv[])
{
  g_autoptr (PracticeFixture) practice = NULL;

  g_test_init (&argc, &argv, NULL);
  practice = clinic_fixture_new ();
  g_test_add_data_func ("/clinic/head-start/reads", practice, test_reads);
  g_test_add_data_func ("/clinic/head-start/is-adopted", practice, test_is_adopted);
  g_test_add_func ("/clinic/head-start/cancelled", test_cancelled);
  g_test_add_data_func ("/clinic/head-start/waits-for-the-server", practice, test_waits_for_the_server);
  return g_test_run ();
}
