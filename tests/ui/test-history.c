/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The history in the real window: rcp-history-dialog.c and rcp-window-history.c, opened by key from a visit, a patient and the
 * wait list, read as a screen reader does, and when the record is away. */

#define G_LOG_DOMAIN "test-history"

#include "config.h"

#include "scheduling/rcp-wait-list.h"
#include "ui-picture.h"
#include "ui/board/rcp-visit-chip.h"
#include "ui/history/rcp-history-dialog.h"
#include "ui/rcp-window-private.h"
#include "window-fixture.h"

static gboolean
is_row (GtkWidget *widget, gconstpointer data)
{
  return GTK_IS_LIST_BOX_ROW (widget) && gtk_widget_get_mapped (widget);
}

static gboolean
is_status_page (GtkWidget *widget, gconstpointer title)
{
  return ADW_IS_STATUS_PAGE (widget) && gtk_widget_get_mapped (widget)
         && g_strcmp0 (adw_status_page_get_title (ADW_STATUS_PAGE (widget)), title) == 0;
}

static gboolean
is_button (GtkWidget *widget, gconstpointer label)
{
  return GTK_IS_BUTTON (widget) && gtk_widget_get_mapped (widget) && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (widget)), label) == 0;
}

static GtkWidget *
find_dialog (void)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *l = windows; l; l = l->next)
    if (RCP_IS_HISTORY_DIALOG (l->data) && gtk_widget_get_mapped (l->data))
      return l->data;
  return NULL;
}

static GtkWidget *
wait_for_dialog (void)
{
  GtkWidget *dialog;

  WAIT_FOR ((dialog = find_dialog ()) && (window_find (dialog, is_row, NULL) || window_find (dialog, window_is_type, "AdwStatusPage")));
  return dialog;
}

static void
close_dialog (GtkWidget *dialog)
{
  gtk_window_close (GTK_WINDOW (dialog));
  WAIT_FOR (!find_dialog ());
}

static void
on_result_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static RcpVisit *
run (WindowFixture *fixture, gpointer operation)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  RcpVisit *visit;

  rcp_visit_operation_set_desk (operation, "Window 2");
  rcp_visit_operation_run_async (operation, NULL, on_result_cb, &result);
  WAIT_FOR (result);
  visit = rcp_visit_operation_run_finish (operation, result, &error);
  g_assert_no_error (error);
  return visit;
}

/* A visit of today that is still to come: not its patient's arrival. */
static GtkWidget *
find_booked (WindowFixture *fixture)
{
  for (guint column = 0; column < rcp_board_model_get_n_columns (fixture->window->model); column++)
    {
      guint n_items;
      const RcpBoardItem *items = rcp_board_model_get_items (fixture->window->model, column, &n_items);

      for (guint i = 0; i < n_items; i++)
        {
          GtkWidget *chip = window_find (GTK_WIDGET (fixture->window), window_is_visit, rcp_visit_get_id (items[i].visit));

          if (chip != NULL && rcp_visit_get_status (items[i].visit) == RCP_VISIT_BOOKED)
            return chip;
        }
    }
  g_assert_not_reached ();
}

/* What a screen reader says of the first row that has @label. */
static void
assert_spoken (GtkWidget *dialog, const char *label, const char *spoken)
{
  GtkWidget *row = gtk_widget_get_ancestor (window_find (dialog, window_is_label, label), GTK_TYPE_LIST_BOX_ROW);
  g_autofree char *wrong = gtk_test_accessible_check_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken);

  g_assert_null (wrong);
  g_assert_cmpint (gtk_accessible_get_accessible_role (GTK_ACCESSIBLE (row)), ==, GTK_ACCESSIBLE_ROLE_LIST_ITEM);
  g_assert_true (gtk_widget_get_focusable (row));
}

static void
on_text_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(char **) user_data = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, NULL);
}

static void
test_visit (WindowFixture *fixture, gconstpointer data)
{
  g_autoptr (PracticeFixture) practice = window_fixture_start_sample ();
  g_autoptr (RcpSetStatus) arrive = NULL;
  g_autoptr (RcpVisit) arrived = NULL;
  g_autofree char *text = NULL;
  GtkWidget *chip, *dialog;
  RcpVisit *visit;

  window_fixture_open (fixture, practice);
  chip = find_booked (fixture);
  visit = rcp_visit_chip_get_visit (RCP_VISIT_CHIP (chip));
  arrive = rcp_set_status_new (rcp_desk_get_client (fixture->desk), rcp_desk_get_clock (fixture->desk), visit, RCP_VISIT_ARRIVED);
  arrived = run (fixture, arrive);
  g_assert_true (gtk_widget_activate_action (chip, "visit.history", NULL));
  dialog = wait_for_dialog ();
  WAIT_FOR (window_find (dialog, window_is_label, "Status changed from “Booked” to “Arrived”"));
  assert_spoken (dialog, "Status changed from “Booked” to “Arrived”", "9:26, Status changed from “Booked” to “Arrived”, Window 2");
  g_assert_nonnull (window_find (dialog, window_is_label, "Monday, 23 November 2026"));
  g_assert_nonnull (window_find (dialog, window_is_label, "Another program, without a name"));
  ui_picture_save (dialog, "history");

  g_assert_true (gtk_widget_activate_action (dialog, "history.copy", NULL));
  gdk_clipboard_read_text_async (gtk_widget_get_clipboard (dialog), NULL, on_text_read_cb, &text);
  WAIT_FOR (text);
  g_assert_nonnull (strstr (text, "9:26  Status changed from “Booked” to “Arrived” (Window 2)\n"));
  close_dialog (dialog);

  /* From the panel beside the board as well. */
  rcp_window_show_visit (fixture->window, arrived);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->window->visit_panel), "visit.history", NULL));
  close_dialog (wait_for_dialog ());
}

static void
test_patient (WindowFixture *fixture, gconstpointer data)
{
  g_autoptr (PracticeFixture) practice = window_fixture_start_sample ();
  GtkWidget *dialog;
  RcpVisit *visit;

  window_fixture_open (fixture, practice);
  visit = rcp_visit_chip_get_visit (RCP_VISIT_CHIP (find_booked (fixture)));
  rcp_window_show_found (fixture->window, rcp_visit_get_patient (visit), NULL);
  ui_picture_save (GTK_WIDGET (fixture->window), "patient-panel-history");
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->window->patient_panel), "patient.history", NULL));
  dialog = wait_for_dialog ();
  WAIT_FOR (window_find (dialog, window_is_label, "Patient entered"));
  /* The visits are part of it. */
  g_assert_cmpuint (window_count (dialog, is_row, NULL), >=, 2);
  close_dialog (dialog);
}

static void
test_wait_list (WindowFixture *fixture, gconstpointer data)
{
  g_autoptr (PracticeFixture) practice = window_fixture_start_sample ();
  g_autoptr (RcpJoinWaitList) join = NULL;
  g_autoptr (RcpVisit) entry = NULL;
  RcpWaitWish wish = { .duration = 30 };
  GtkWidget *page, *row, *dialog;
  gint64 now;

  window_fixture_open (fixture, practice);
  now = rcp_clock_get_now (rcp_desk_get_clock (fixture->desk));
  wish.patient = rcp_visit_get_patient (rcp_visit_chip_get_visit (RCP_VISIT_CHIP (find_booked (fixture))));
  wish.period = (RcpTimeRange) { now, now + 5 * G_TIME_SPAN_DAY };
  join = rcp_join_wait_list_new (rcp_desk_get_client (fixture->desk), rcp_desk_get_clock (fixture->desk), &wish);
  entry = run (fixture, join);
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.show-page", "s", "wait-list");
  rcp_wait_list_model_reload (fixture->window->wait_list);
  WAIT_FOR ((page = window_find (GTK_WIDGET (fixture->window), window_is_type, "RcpWaitListPage")) && (row = window_find (page, is_row, NULL)));
  gtk_widget_grab_focus (row);
  g_assert_true (gtk_widget_activate_action (page, "wait-list.history", NULL));
  dialog = wait_for_dialog ();
  WAIT_FOR (window_find (dialog, window_is_label, "Put on the wait list"));
  g_assert_nonnull (window_find (dialog, window_is_label, "Window 2"));
  close_dialog (dialog);
}

/* The record is away: the dialog says so, and reads it when it is there again. */
static void
test_offline (WindowFixture *fixture, gconstpointer data)
{
  g_autoptr (PracticeFixture) practice = window_fixture_start_sample ();
  g_autoptr (RcpVisit) visit = NULL;
  GtkWindow *window;
  GtkWidget *dialog;

  window_fixture_open (fixture, practice);
  visit = g_object_ref (rcp_visit_chip_get_visit (RCP_VISIT_CHIP (find_booked (fixture))));
  fhir_client_set_max_retries (rcp_desk_get_client (fixture->desk), 0);
  practice_fixture_kill (practice);
  window = rcp_history_dialog_new_for_visit (fixture->desk, visit);
  gtk_window_set_transient_for (window, GTK_WINDOW (fixture->window));
  gtk_window_present (window);
  WAIT_FOR ((dialog = find_dialog ()) && window_find (dialog, is_status_page, "The Record Cannot Be Reached"));
  ui_picture_save (dialog, "history-failed");
  practice_fixture_start (practice);
  g_signal_emit_by_name (window_find (dialog, is_button, "_Try Again"), "clicked");
  WAIT_FOR (window_find (dialog, is_row, NULL));
  close_dialog (dialog);
}

int
main (int argc, char *argv[])
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  ui_picture_load_style ();
#define ADD(name, test) g_test_add ("/ui/history/" name, WindowFixture, NULL, window_fixture_set_up, test, window_fixture_tear_down)
  ADD ("visit", test_visit);
  ADD ("patient", test_patient);
  ADD ("wait-list", test_wait_list);
  ADD ("offline", test_offline);
  return g_test_run ();
}
