/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What is shown while the record is read, when it is gone, and where there is nothing to show; in those looks in which that may
 * go wrong. */

#define G_LOG_DOMAIN "test-looks-states"

#include "config.h"

#include "looks-fixture.h"
#include "ui/booking/rcp-booking-dialog.h"
#include "ui/calendars/rcp-export-dialog.h"
#include "ui/find/rcp-find-dialog.h"
#include "ui/history/rcp-history-dialog.h"
#include "ui/move/rcp-new-places-window.h"
#include "ui/preferences/rcp-preferences-window.h"
#include "ui/print/rcp-print-dialog.h"
#include "ui/rcp-dialog.h"
#include "ui/rcp-window-private.h"
#include "ui/sidebar/rcp-column-sets.h"

#define PROVIDER "sample-d-ruiz"

static gboolean
is_status (GtkWidget *widget, gconstpointer title)
{
  return ADW_IS_STATUS_PAGE (widget) && gtk_widget_get_mapped (widget)
         && (!title || g_strcmp0 (adw_status_page_get_title (ADW_STATUS_PAGE (widget)), title) == 0);
}

static gboolean
is_search (GtkWidget *widget, gconstpointer data)
{
  return GTK_IS_SEARCH_ENTRY (widget) && gtk_widget_get_mapped (widget);
}

/* The first visit of the first column that has any. */
static RcpVisit *
pick_visit (WindowFixture *fixture)
{
  for (guint column = 0;; column++)
    {
      guint n_items;
      const RcpBoardItem *items = rcp_board_model_get_items (fixture->window->model, column, &n_items);

      if (n_items > 0 && rcp_visit_get_patient (items[0].visit))
        return g_object_ref (items[0].visit);
    }
}

static GtkWidget *
open_booking (WindowFixture *fixture, RcpVisit *visit)
{
  GtkWindow *dialog = rcp_booking_dialog_new (fixture->desk);

  rcp_booking_dialog_set_patient (RCP_BOOKING_DIALOG (dialog), rcp_visit_get_patient (visit));
  rcp_dialog_present (dialog, GTK_WINDOW (fixture->window));
  return GTK_WIDGET (dialog);
}

static GtkWidget *
open_find (WindowFixture *fixture, const char *typed)
{
  GtkWindow *dialog = rcp_find_dialog_new (fixture->desk);

  rcp_dialog_present (dialog, GTK_WINDOW (fixture->window));
  gtk_editable_set_text (GTK_EDITABLE (window_find (GTK_WIDGET (dialog), is_search, NULL)), typed);
  return GTK_WIDGET (dialog);
}

static GtkWidget *
open_history (WindowFixture *fixture, RcpVisit *visit)
{
  GtkWindow *dialog = rcp_history_dialog_new_for_visit (fixture->desk, visit);

  rcp_dialog_present (dialog, GTK_WINDOW (fixture->window));
  return GTK_WIDGET (dialog);
}

static GtkWidget *
open_new_places (WindowFixture *fixture)
{
  GtkWindow *dialog = rcp_new_places_window_new (fixture->desk);

  rcp_dialog_present (dialog, GTK_WINDOW (fixture->window));
  return GTK_WIDGET (dialog);
}

/* Once @test finds something in @dialog; then it is closed. */
static void
look_when (GtkWidget *dialog, WindowTest test, const char *what, const Look *look)
{
  WAIT_FOR (window_find (dialog, test, NULL));
  looks_look_at (dialog, what, look);
  gtk_window_destroy (GTK_WINDOW (dialog));
}

/* As a desk has it that was just opened: nothing of it is read yet, and its page is made now. Requests have none before they are read. */
static void
look_at_wait_list_loading (WindowFixture *fixture, const Look *look)
{
  GtkWidget *window = GTK_WIDGET (fixture->window);

  g_clear_object (&fixture->window->wait_list);
  fixture->window->wait_list = rcp_wait_list_model_new (fixture->desk);
  gtk_widget_activate_action (window, "win.show-page", "s", "wait-list");
  WAIT_FOR (window_find (window, looks_is_waiting, NULL));
  looks_look_at (window, "wait-list-loading", look);
  gtk_widget_activate_action (window, "win.show-page", "s", "board");
}

/* What is known of the patient is there; visits and insurances are not yet. */
static void
look_at_patient_loading (WindowFixture *fixture, RcpVisit *visit, const Look *look)
{
  rcp_window_show_found (fixture->window, rcp_visit_get_patient (visit), NULL);
  looks_look_at (GTK_WIDGET (fixture->window), "patient-loading", look);
  rcp_window_close_panel (fixture->window);
}

/* The days of one provider. */
static void
look_at_own_loading (WindowFixture *fixture, const Look *look)
{
  GtkWidget *window = GTK_WIDGET (fixture->window), *dialog;

  gtk_widget_activate_action (window, "win.own-days", NULL);
  WAIT_FOR ((dialog = looks_find_dialog (fixture)));
  g_signal_emit_by_name (dialog, "chosen", PROVIDER);
  gtk_window_destroy (GTK_WINDOW (dialog));
  gtk_widget_activate_action (window, "win.show-date", "s", "2026-12-10");
  WAIT_FOR (rcp_board_model_get_n_owners (fixture->window->model) == 1 && window_find (window, looks_is_waiting, NULL));
  looks_look_at (window, "own-days-loading", look);
}

static void
test_loading (WindowFixture *fixture, gconstpointer data)
{
  g_autoptr (RcpVisit) visit = pick_visit (fixture);
  GtkWidget *window = GTK_WIDGET (fixture->window);
  const Look *look = data;

  practice_fixture_pause (looks_get_practice ());
  look_when (open_booking (fixture, visit), looks_is_waiting, "booking-loading", look);
  look_when (open_history (fixture, visit), looks_is_waiting, "history-loading", look);
  look_when (open_new_places (fixture), looks_is_waiting, "new-places-loading", look);
  look_at_wait_list_loading (fixture, look);
  look_at_patient_loading (fixture, visit, look);
  gtk_widget_activate_action (window, "win.show-date", "s", "2026-12-03");
  WAIT_FOR (window_find (window, looks_is_waiting, NULL));
  looks_look_at (window, "board-loading", look);
  look_at_own_loading (fixture, look);
  practice_fixture_resume (looks_get_practice ());
  WAIT_FOR (!window_find (window, looks_is_waiting, NULL));
  g_settings_reset (fixture->settings, "own-provider");
}

static gboolean
is_notice (GtkWidget *widget, gconstpointer data)
{
  return gtk_widget_has_css_class (widget, "booking-notice") && gtk_widget_get_mapped (widget);
}

/* A button whose words are cut. */
static gboolean
is_cut_button (GtkWidget *widget, gconstpointer data)
{
  return GTK_IS_LABEL (widget) && gtk_widget_get_mapped (widget) && gtk_widget_get_ancestor (widget, GTK_TYPE_BUTTON)
         && pango_layout_is_ellipsized (gtk_label_get_layout (GTK_LABEL (widget)));
}

/* What is wrong is said once, and what can be done about it is cut in no look. */
static void
look_at_booking_gone (WindowFixture *fixture, RcpVisit *visit, const Look *look)
{
  GtkWidget *dialog = open_booking (fixture, visit);

  WAIT_FOR (window_find (dialog, is_status, "Openings Could Not Be Read"));
  looks_look_at (dialog, "booking-gone", look);
  g_assert_null (window_find (dialog, is_notice, NULL));
  g_assert_null (window_find (dialog, is_cut_button, NULL));
  gtk_window_destroy (GTK_WINDOW (dialog));
}

/* What is not known is said, and not taken for nothing. */
static void
look_at_wait_list_gone (WindowFixture *fixture, const Look *look)
{
  GtkWidget *window = GTK_WIDGET (fixture->window);

  gtk_widget_activate_action (window, "win.show-page", "s", "wait-list");
  rcp_wait_list_model_reload (fixture->window->wait_list);
  WAIT_FOR (window_find (window, is_status, "The Wait List Could Not Be Read"));
  looks_look_at (window, "wait-list-gone", look);
  gtk_widget_activate_action (window, "win.show-page", "s", "board");
}

static gboolean
is_no_calendars (GtkWidget *widget, gconstpointer data)
{
  return ADW_IS_ACTION_ROW (widget) && gtk_widget_get_mapped (widget)
         && g_str_equal (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget)), "No Calendars");
}

/* Where the part of the program that knows calendars is missing. */
static void
look_at_no_calendars (WindowFixture *fixture, const Look *look)
{
  g_autoptr (RcpProvider) provider = g_list_model_get_item (rcp_roster_get_providers (rcp_desk_get_roster (fixture->desk)), 0);
  GtkWidget *dialog;

  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.preferences", NULL));
  WAIT_FOR ((dialog = looks_find_dialog (fixture)));
  rcp_preferences_window_show_page (RCP_PREFERENCES_WINDOW (dialog), "calendars");
  look_when (dialog, is_no_calendars, "preferences-calendars-gone", look);
  looks_look_at_dialog (fixture,
                        rcp_export_dialog_new (fixture->desk, fixture->window->calendars, provider,
                                               rcp_board_model_get_first_date (fixture->window->model)),
                        "own-export-gone", look);
}

static void
test_gone (WindowFixture *fixture, gconstpointer data)
{
  g_autoptr (RcpVisit) visit = pick_visit (fixture);
  GtkWidget *window = GTK_WIDGET (fixture->window);
  const Look *look = data;

  look_at_no_calendars (fixture, look);
  looks_lose_record (fixture);
  look_at_booking_gone (fixture, visit, look);
  look_when (open_history (fixture, visit), is_status, "history-gone", look);
  {
    GtkWidget *dialog = open_new_places (fixture);

    WAIT_FOR (window_find (dialog, is_status, "No Free Times Read"));
    look_when (dialog, is_status, "new-places-gone", look);
  }
  {
    GtkWidget *dialog = open_find (fixture, "garcia");

    WAIT_FOR (window_find (dialog, is_status, "Could Not Search"));
    look_when (dialog, is_status, "find-gone", look);
  }
  look_at_wait_list_gone (fixture, look);
  gtk_widget_activate_action (window, "win.show-date", "s", "2026-12-04");
  WAIT_FOR (window_find (window, is_status, NULL) && !rcp_day_book_is_online (rcp_desk_get_day_book (fixture->desk)));
  looks_look_at (window, "board-gone", look);
  practice_fixture_start (looks_get_practice ());
}

#define NOT_YET G_GINT64_CONSTANT (1937995200000000) /* 2031: nobody has hours so far ahead */

static void
look_at_no_opening (WindowFixture *fixture, const Look *look)
{
  g_autoptr (RcpVisit) visit = pick_visit (fixture);
  GtkWidget *dialog = open_booking (fixture, visit);
  RcpProvider *provider = rcp_roster_find_provider_of_visit (rcp_desk_get_roster (fixture->desk), visit);

  rcp_booking_dialog_set_start (RCP_BOOKING_DIALOG (dialog), provider, NOT_YET);
  WAIT_FOR (window_find (dialog, is_status, "No Opening"));
  looks_look_at (dialog, "booking-nothing", look);
  gtk_window_destroy (GTK_WINDOW (dialog));
}

static gboolean
has_empty_page (GtkWidget *widget, gconstpointer data)
{
  return GTK_IS_STACK (widget) && gtk_stack_get_child_by_name (GTK_STACK (widget), "empty");
}

/* Our own record always knows what was done: the page is for servers that do not. */
static void
look_at_no_history (WindowFixture *fixture, const Look *look)
{
  g_autoptr (RcpVisit) visit = pick_visit (fixture);
  GtkWidget *dialog = open_history (fixture, visit);

  WAIT_FOR (!window_find (dialog, looks_is_waiting, NULL));
  gtk_stack_set_visible_child_name (GTK_STACK (window_find (dialog, has_empty_page, NULL)), "empty");
  gtk_widget_action_set_enabled (dialog, "history.copy", FALSE);
  looks_look_at (dialog, "history-empty", look);
  gtk_window_destroy (GTK_WINDOW (dialog));
}

static void
look_at_nobody_waiting (WindowFixture *fixture, const Look *look)
{
  g_autoptr (GListStore) nobody = g_list_store_new (RCP_TYPE_VISIT);

  /* By the next minute the window would look who waits. */
  g_clear_handle_id (&fixture->window->ticker, g_source_remove);
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.show-page", "s", "waiting");
  rcp_waiting_model_set_visits (fixture->window->waiting, G_LIST_MODEL (nobody));
  WAIT_FOR (window_find (GTK_WIDGET (fixture->window), is_status, "Nobody Waits"));
  looks_look_at (GTK_WIDGET (fixture->window), "waiting-empty", look);
}

static void
test_empty (WindowFixture *fixture, gconstpointer data)
{
  GtkWidget *window = GTK_WIDGET (fixture->window), *dialog;
  const Look *look = data;

  gtk_widget_activate_action (window, "win.show-page", "s", "wait-list");
  WAIT_FOR (window_find (window, is_status, NULL));
  looks_look_at (window, "wait-list-empty", look);
  dialog = open_find (fixture, "zzqx");
  WAIT_FOR (window_find (dialog, is_status, "No Patient Found"));
  look_when (dialog, is_status, "find-nobody", look);
  g_assert_true (gtk_widget_activate_action (window, "win.refits", NULL));
  WAIT_FOR ((dialog = looks_find_dialog (fixture)));
  look_when (dialog, is_status, "refits-empty", look);
  dialog = open_new_places (fixture);
  WAIT_FOR (window_find (dialog, is_status, "Every Visit Fits"));
  look_when (dialog, is_status, "new-places-empty", look);
  while (g_list_model_get_n_items (G_LIST_MODEL (fixture->window->sets)) > 0)
    rcp_column_sets_remove (fixture->window->sets, 0);
  looks_look_at_action (fixture, "win.edit-column-sets", "column-sets-empty", look);
  look_at_no_opening (fixture, look);
  look_at_no_history (fixture, look);
  look_at_nobody_waiting (fixture, look);
}

int
main (int argc, char **argv)
{
  int result;

  looks_start (&argc, &argv);
  for (guint i = 0; i < LOOKS_N; i++)
    if (looks_is_telling (&looks[i]))
      {
        looks_add (&looks[i], "loading", test_loading);
        looks_add (&looks[i], "gone", test_gone);
        looks_add (&looks[i], "empty", test_empty);
      }
  result = g_test_run ();
  looks_end ();
  return result;
}
