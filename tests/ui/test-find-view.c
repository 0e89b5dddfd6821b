/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What Enter takes in the search of patients, however fast one types: rcp-find-view.c. */

#define G_LOG_DOMAIN "test-find-view"

#include "config.h"

#include <adwaita.h>

#include "base/rcp-iso8601.h"
#include "ui/find/rcp-find-view.h"
#include "window-fixture.h"

typedef struct
{
  PracticeFixture *practice;
  FhirClient *client;
  RcpClock *clock;
  GtkWidget *window;
  GtkEditable *entry;
  GtkListView *list;
  char *chosen; /* the sort name of who was */
} Fixture;

static void
on_chosen_cb (Fixture *fixture, RcpFound *found)
{
  g_assert_null (fixture->chosen);
  fixture->chosen = g_strdup (rcp_patient_get_sort_name (rcp_found_get_patient (found)));
}

static void
create_patient (Fixture *fixture, const char *family, const char *given)
{
  g_autofree char *text = g_strdup_printf ("{\"resourceType\":\"Patient\",\"name\":[{\"family\":\"%s\",\"given\":[\"%s\"]}]}",
                                           family, given);
  g_autoptr (JsonNode) node = json_from_string (text, NULL);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (FhirResource) created = NULL;
  GAsyncResult *kept = NULL;

  fhir_client_create_async (fixture->client, json_node_get_object (node), NULL, NULL, keep_result_cb, &kept);
  result = keep_result_wait (&kept);
  created = fhir_client_create_finish (fixture->client, result, NULL);
  g_assert_nonnull (created);
}

static GtkWidget *
find_list (Fixture *fixture)
{
  return window_find (fixture->window, window_is_type, "GtkListView");
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  GtkWidget *view;
  gint64 now;

  g_assert_true (rcp_iso8601_parse_instant ("2026-11-23T09:26:00Z", &now));
  fixture->practice = practice_fixture_new (NULL);
  fixture->client = practice_fixture_create_client (fixture->practice);
  fixture->clock = rcp_clock_new_fixed (now);
  create_patient (fixture, "Rossi", "Luca");
  create_patient (fixture, "Rossetti", "Anna");
  create_patient (fixture, "Müller", "Jonas");
  view = GTK_WIDGET (rcp_find_view_new (fixture->client, fixture->clock));
  g_signal_connect_swapped (view, "chosen", G_CALLBACK (on_chosen_cb), fixture);
  fixture->window = adw_window_new ();
  adw_window_set_content (ADW_WINDOW (fixture->window), view);
  gtk_window_present (GTK_WINDOW (fixture->window));
  gtk_test_widget_wait_for_draw (fixture->window);
  fixture->entry = GTK_EDITABLE (window_find (fixture->window, window_is_type, "GtkSearchEntry"));
  gtk_editable_set_text (fixture->entry, "ross");
  WAIT_FOR (find_list (fixture));
  fixture->list = GTK_LIST_VIEW (find_list (fixture));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  g_free (fixture->chosen);
  g_assert_finalize_object (fixture->client);
  g_object_unref (fixture->clock);
  practice_fixture_free (fixture->practice);
}

static guint
count_found (Fixture *fixture)
{
  return g_list_model_get_n_items (G_LIST_MODEL (gtk_list_view_get_model (fixture->list)));
}

static void
type_and_enter (Fixture *fixture, const char *text)
{
  gtk_editable_set_text (fixture->entry, text);
  g_signal_emit_by_name (fixture->entry, "activate");
}

/* Whom one sees is taken at once. */
static void
test_takes_the_selected (Fixture *fixture, gconstpointer data)
{
  g_assert_cmpuint (count_found (fixture), ==, 2);
  g_signal_emit_by_name (fixture->entry, "activate");
  g_assert_nonnull (fixture->chosen);
}

/* Two of the name "Ross..." are still shown when Enter comes. */
static void
test_takes_the_only_one_of_the_new_text (Fixture *fixture, gconstpointer data)
{
  type_and_enter (fixture, "muller");
  g_assert_null (fixture->chosen);
  WAIT_FOR (fixture->chosen);
  g_assert_cmpstr (fixture->chosen, ==, "Müller, Jonas");
}

static void
test_takes_none_of_several (Fixture *fixture, gconstpointer data)
{
  gtk_editable_set_text (fixture->entry, "muller");
  WAIT_FOR (count_found (fixture) == 1);
  type_and_enter (fixture, "ross");
  WAIT_FOR (count_found (fixture) == 2);
  g_assert_null (fixture->chosen);
  /* They can be seen now. */
  g_signal_emit_by_name (fixture->entry, "activate");
  g_assert_nonnull (fixture->chosen);
}

/* An Enter is for the text that it ended. */
static void
test_forgets_enter_when_one_types_on (Fixture *fixture, gconstpointer data)
{
  type_and_enter (fixture, "muller jon");
  gtk_editable_set_text (fixture->entry, "muller");
  WAIT_FOR (count_found (fixture) == 1);
  g_assert_null (fixture->chosen);
}

int
main (int argc, char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add ("/ui/find-view/takes-the-selected", Fixture, NULL, set_up, test_takes_the_selected, tear_down);
  g_test_add ("/ui/find-view/takes-the-only-one-of-the-new-text", Fixture, NULL, set_up,
              test_takes_the_only_one_of_the_new_text, tear_down);
  g_test_add ("/ui/find-view/takes-none-of-several", Fixture, NULL, set_up, test_takes_none_of_several, tear_down);
  g_test_add ("/ui/find-view/forgets-enter-when-one-types-on", Fixture, NULL, set_up,
              test_forgets_enter_when_one_types_on, tear_down);
  return g_test_run ();
}
