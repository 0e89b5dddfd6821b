/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The list of the visits that no longer fit, rcp-refit-page.c, in its window, on the real record. */

#define G_LOG_DOMAIN "test-refit-page"

#include "config.h"

#include "base/rcp-iso8601.h"
#include "fhir/fhir-json.h"
#include "ui-picture.h"
#include "ui/preferences/rcp-refit-page.h"
#include "ui/rcp-window-private.h"
#include "ui/visit/rcp-cancel-dialog.h"
#include "window-fixture.h"

#define NOW G_GINT64_CONSTANT (1795425960000000) /* Monday 23 November 2026, 9:26 UTC */

static void
on_result_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

/* The work that a change of hours leaves behind. */
static void
add_work (WindowFixture *fixture, RcpVisit *visit)
{
  g_autofree char *start = rcp_iso8601_format_utc (rcp_visit_get_range (visit).start);
  g_autofree char *text = g_strdup_printf (
    "{\"resourceType\":\"Task\",\"status\":\"requested\",\"intent\":\"order\",\"identifier\":[{\"system\":\"urn:reception:refit\","
    "\"value\":\"%s/%s\"}],\"code\":{\"coding\":[{\"system\":\"urn:reception:refit\",\"code\":\"refit\"}]},"
    "\"reasonCode\":{\"coding\":[{\"system\":\"urn:reception:refit\",\"code\":\"hours\"}]},\"focus\":{\"reference\":\"Appointment/%s\"}}",
    rcp_visit_get_id (visit), start, rcp_visit_get_id (visit));
  g_autoptr (JsonNode) node = json_from_string (text, NULL);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (FhirResource) task = NULL;

  fhir_client_create_async (rcp_desk_get_client (fixture->desk), json_node_get_object (node), NULL, NULL, on_result_cb, &result);
  WAIT_FOR (result);
  task = fhir_client_create_finish (rcp_desk_get_client (fixture->desk), result, NULL);
  g_assert_nonnull (task);
}

/* @n visits of this afternoon. */
static void
add_some_work (WindowFixture *fixture, guint n)
{
  for (guint column = 0; n > 0 && column < rcp_board_model_get_n_columns (fixture->window->model); column++)
    {
      guint n_items;
      const RcpBoardItem *items = rcp_board_model_get_items (fixture->window->model, column, &n_items);
      g_autoptr (GPtrArray) visits = g_ptr_array_new_with_free_func (g_object_unref);

      for (guint i = 0; i < n_items; i++)
        if (rcp_visit_get_range (items[i].visit).start > NOW && rcp_visit_get_status (items[i].visit) == RCP_VISIT_BOOKED)
          g_ptr_array_add (visits, g_object_ref (items[i].visit));
      for (guint i = 0; n > 0 && i < visits->len; i++, n--)
        add_work (fixture, visits->pdata[i]);
    }
  g_assert_cmpuint (n, ==, 0);
}

static gboolean
is_row (GtkWidget *widget, gconstpointer data)
{
  return ADW_IS_PREFERENCES_ROW (widget) && gtk_widget_get_mapped (widget);
}

static gboolean
is_button (GtkWidget *widget, gconstpointer label)
{
  return GTK_IS_BUTTON (widget) && gtk_widget_get_mapped (widget) && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (widget)), label) == 0;
}

static void
collect_rows (GtkWidget *widget, GPtrArray *rows)
{
  if (is_row (widget, NULL))
    g_ptr_array_add (rows, widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    collect_rows (child, rows);
}

static GtkWidget *
find_message (void)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *l = windows; l; l = l->next)
    if (ADW_IS_MESSAGE_DIALOG (l->data) && gtk_widget_get_mapped (l->data))
      return l->data;
  return NULL;
}

static void
on_changed_cb (guint *n_read)
{
  ++*n_read;
}

static void
test_keep (WindowFixture *fixture, gconstpointer data)
{
  g_autoptr (PracticeFixture) practice = window_fixture_start_sample ();
  g_autoptr (GPtrArray) before = g_ptr_array_new (), after = g_ptr_array_new ();
  GtkWidget *window, *page, *dialog;
  guint n_read = 0;

  window_fixture_open (fixture, practice);
  add_some_work (fixture, 4);
  window = adw_window_new ();
  page = rcp_refit_page_new (fixture->desk);
  g_signal_connect_swapped (page, "changed", G_CALLBACK (on_changed_cb), &n_read);
  adw_window_set_content (ADW_WINDOW (window), page);
  gtk_window_set_default_size (GTK_WINDOW (window), 640, 480);
  gtk_window_present (GTK_WINDOW (window));
  WAIT_FOR (rcp_refit_page_get_n_visits (RCP_REFIT_PAGE (page)) == 4 && window_count (window, is_row, NULL) == 4);
  ui_picture_save (window, "refits");

  /* Read again, as when hours are published behind it, no row is another: a button that is being pressed stays. */
  collect_rows (page, before);
  n_read = 0;
  rcp_refit_page_reload (RCP_REFIT_PAGE (page));
  WAIT_FOR (n_read > 0);
  collect_rows (page, after);
  g_assert_cmpuint (after->len, ==, 4);
  for (guint i = 0; i < 4; i++)
    g_assert_true (before->pdata[i] == after->pdata[i]);

  /* One is kept: the others stay, and the keyboard goes on to the next. */
  gtk_widget_grab_focus (window_find (before->pdata[1], is_button, "Keep"));
  gtk_widget_activate (window_find (before->pdata[1], is_button, "Keep"));
  WAIT_FOR (window_count (window, is_row, NULL) == 3);
  g_ptr_array_set_size (after, 0);
  collect_rows (page, after);
  g_assert_true (after->pdata[0] == before->pdata[0] && after->pdata[1] == before->pdata[2] && after->pdata[2] == before->pdata[3]);
  g_assert_nonnull (gtk_widget_get_focus_child (after->pdata[1]));

  /* Cancelled right from here, or not. */
  gtk_widget_activate (window_find (after->pdata[0], is_button, "Cancel Visit…"));
  WAIT_FOR ((dialog = find_message ()));
  g_assert_true (RCP_IS_CANCEL_DIALOG (dialog));
  gtk_window_destroy (GTK_WINDOW (dialog));

  /* And all the rest, after a question. */
  gtk_widget_activate (window_find (window, is_button, "_Keep All"));
  WAIT_FOR ((dialog = find_message ()));
  g_assert_cmpstr (adw_message_dialog_get_heading (ADW_MESSAGE_DIALOG (dialog)), ==, "Keep 3 Visits?");
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  gtk_window_destroy (GTK_WINDOW (dialog));
  g_assert_cmpuint (rcp_refit_page_get_n_visits (RCP_REFIT_PAGE (page)), ==, 3);
  gtk_widget_activate (window_find (window, is_button, "_Keep All"));
  WAIT_FOR ((dialog = find_message ()));
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), "keep");
  gtk_window_destroy (GTK_WINDOW (dialog));
  WAIT_FOR (rcp_refit_page_get_n_visits (RCP_REFIT_PAGE (page)) == 0);
  WAIT_FOR (window_find (window, window_is_label, "Every Visit Fits"));
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  ui_picture_load_style ();
  g_test_add ("/ui/refit-page/keep", WindowFixture, NULL, window_fixture_set_up, test_keep, window_fixture_tear_down);
  return g_test_run ();
}
