/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Several visits as one in their window, rcp-together-window.c, from the booking window on the real record; told in the
 * panel, moved as one (rcp-move-more.c) and cancelled as one (rcp-cancel-series.c); and a series moved from here on. */

#define G_LOG_DOMAIN "test-together"

#include "config.h"

#include "scheduling/rcp-series.h"
#include "ui-picture.h"
#include "ui/booking/rcp-booking-dialog.h"
#include "ui/booking/rcp-series-model.h"
#include "ui/booking/rcp-together-window.h"
#include "ui/move/rcp-move-more.h"
#include "ui/rcp-dialog.h"
#include "ui/rcp-window-private.h"
#include "ui/visit/rcp-cancel-dialog.h"
#include "ui/visit/rcp-visit-panel.h"
#include "window-fixture.h"
#include "window-keys.h"

#include <string.h>

static GtkWidget *
find_window (GType type)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *l = windows; l; l = l->next)
    if (G_TYPE_CHECK_INSTANCE_TYPE (l->data, type) && gtk_widget_get_mapped (l->data))
      return l->data;
  return NULL;
}

static gboolean
is_button (GtkWidget *widget, gconstpointer prefix)
{
  return GTK_IS_BUTTON (widget) && gtk_widget_get_mapped (widget) && gtk_widget_is_sensitive (widget)
         && gtk_button_get_label (GTK_BUTTON (widget)) && g_str_has_prefix (gtk_button_get_label (GTK_BUTTON (widget)), prefix);
}

static gboolean
is_combo (GtkWidget *widget, gconstpointer data)
{
  return ADW_IS_COMBO_ROW (widget) && gtk_widget_get_mapped (widget);
}

/* An opening: its subtitle has a line for each part. */
static gboolean
is_opening (GtkWidget *widget, gconstpointer n_lines)
{
  const char *subtitle = ADW_IS_ACTION_ROW (widget) && gtk_widget_get_mapped (widget)
                             ? adw_action_row_get_subtitle (ADW_ACTION_ROW (widget)) : NULL;
  g_auto (GStrv) lines = subtitle ? g_strsplit (subtitle, "\n", -1) : NULL;

  return lines && g_object_get_data (G_OBJECT (widget), "offer") && g_strv_length (lines) == GPOINTER_TO_UINT (n_lines);
}

static gboolean
is_tick (GtkWidget *widget, gconstpointer data)
{
  return GTK_IS_CHECK_BUTTON (widget) && gtk_widget_get_mapped (widget);
}

static RcpPatient *
pick_patient (WindowFixture *fixture, guint nth)
{
  for (guint column = 0;; column++)
    {
      guint n_items;
      const RcpBoardItem *items = rcp_board_model_get_items (fixture->window->model, column, &n_items);

      for (guint i = 0; i < n_items; i++)
        if (rcp_visit_get_patient (items[i].visit) && nth-- == 0)
          return rcp_visit_get_patient (items[i].visit);
    }
}

static void
on_result_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static void
on_visit_cb (GtkWindow *dialog, RcpVisit *visit, gpointer user_data)
{
  *(RcpVisit **) user_data = g_object_ref (visit);
}

/* A model whose first part is wished for tomorrow. */
static RcpTogetherModel *
make_model (WindowFixture *fixture)
{
  g_autoptr (RcpWish) wish = rcp_wish_new ();
  g_autoptr (RcpVisitType) type = g_list_model_get_item (rcp_roster_get_visit_types (rcp_desk_get_roster (fixture->desk)), 0);

  rcp_desk_get_today (fixture->desk, &wish->from);
  g_date_add_days (&wish->from, 1);
  return rcp_together_model_new (fixture->desk, pick_patient (fixture, 0), type, wish, NULL);
}

static GPtrArray *
book_two (WindowFixture *fixture)
{
  g_autoptr (RcpTogetherModel) model = make_model (fixture);
  g_autoptr (RcpOffer) offer = NULL;
  g_autoptr (GAsyncResult) booked = NULL;
  GPtrArray *visits;

  rcp_together_model_add_person (model, pick_patient (fixture, 1));
  WAIT_FOR (rcp_together_model_get_state (model) == RCP_TOGETHER_READY);
  offer = g_list_model_get_item (rcp_together_model_get_offers (model), 0);
  rcp_together_model_book_async (model, offer, on_result_cb, &booked);
  WAIT_FOR (booked);
  visits = rcp_together_model_book_finish (model, booked, NULL);
  g_assert_nonnull (visits);
  g_assert_cmpuint (visits->len, ==, 2);
  return visits;
}

/* From the booking window: another visit of the same person, then another type, and all of it by one key. */
static void
test_window (WindowFixture *fixture, gconstpointer data)
{
  g_autoptr (PracticeFixture) practice = window_fixture_start_sample ();
  g_autoptr (RcpVisit) first = NULL;
  GtkWindow *booking;
  GtkWidget *window, *row;

  window_fixture_open (fixture, practice);
  booking = rcp_booking_dialog_new (fixture->desk);
  rcp_booking_dialog_set_patient (RCP_BOOKING_DIALOG (booking), pick_patient (fixture, 0));
  gtk_window_set_transient_for (booking, GTK_WINDOW (fixture->window));
  gtk_window_present (booking);
  WAIT_FOR (window_find (GTK_WIDGET (booking), is_button, "_Repeat"));
  ui_picture_save (GTK_WIDGET (booking), "booking-together");
  gtk_widget_activate_action (GTK_WIDGET (booking), "booking.add-visit", NULL);
  WAIT_FOR ((window = find_window (RCP_TYPE_TOGETHER_WINDOW)));
  WAIT_FOR ((row = window_find (window, is_opening, GUINT_TO_POINTER (2))));
  g_assert_cmpuint (window_count (window, is_combo, NULL), ==, 2);
  g_assert_nonnull (window_find (window, is_button, "_Book 2 Visits"));
  g_assert_nonnull (window_find (window, is_button, "Add Another _Person"));
  ui_picture_save (window, "together-visits");

  /* Somebody else is asked for, and not after all. */
  g_signal_emit_by_name (window_find (window, is_button, "Add Another _Person"), "clicked");
  WAIT_FOR (window_find (window, is_button, "_Back"));
  ui_picture_save (window, "together-who");
  gtk_window_close (GTK_WINDOW (window));
  WAIT_FOR ((row = window_find (window, is_opening, GUINT_TO_POINTER (2))));

  g_signal_connect (window, "booked", G_CALLBACK (on_visit_cb), &first);
  g_signal_emit_by_name (gtk_widget_get_parent (row), "row-activated", row);
  WAIT_FOR (first && window_find (window, is_button, "_Done"));
  ui_picture_save (window, "together-booked");
  g_assert_nonnull (rcp_visit_get_together_id (first));
  gtk_window_close (GTK_WINDOW (window));
  WAIT_FOR (!find_window (RCP_TYPE_TOGETHER_WINDOW));
  WAIT_FOR (!find_window (RCP_TYPE_BOOKING_DIALOG));
}

static gboolean
is_menu_button (GtkWidget *widget, gconstpointer label)
{
  return GTK_IS_MENU_BUTTON (widget) && g_strcmp0 (gtk_menu_button_get_label (GTK_MENU_BUTTON (widget)), label) == 0;
}

static gboolean
is_menu (GtkWidget *widget, gconstpointer data)
{
  return GTK_IS_POPOVER_MENU (widget) && gtk_widget_get_mapped (widget);
}

static gboolean
is_list (GtkWidget *widget, gconstpointer data)
{
  return GTK_IS_LIST_VIEW (widget) && gtk_widget_get_mapped (widget);
}

static void
expect_focus (const char *wanted)
{
  g_autofree char *found = NULL;

  WAIT_FOR ((g_free (found), found = window_describe_focus ()) && g_str_equal (found, wanted));
}

/* By its key the menu of what can be added is opened from an opening. Whoever thinks better of it, of the menu or of the window behind it,
 * has the keyboard at that opening again; who went to the button has it there. */
static void
test_thought_better (WindowFixture *fixture, gconstpointer data)
{
  g_autoptr (PracticeFixture) practice = window_fixture_start_sample ();
  g_autofree char *opening = NULL;
  GtkWidget *booking, *window;

  window_fixture_open (fixture, practice);
  booking = GTK_WIDGET (rcp_booking_dialog_new (fixture->desk));
  rcp_booking_dialog_set_patient (RCP_BOOKING_DIALOG (booking), pick_patient (fixture, 0));
  rcp_dialog_present (GTK_WINDOW (booking), GTK_WINDOW (fixture->window));
  WAIT_FOR (window_find (booking, is_list, NULL));
  window_wait_focus ();
  WAIT_FOR (GTK_IS_WINDOW (window_get_active ()) && g_str_equal (G_OBJECT_TYPE_NAME (window_get_focus ()), "GtkListItemWidget"));
  window_press ("Down Down");
  opening = window_describe_focus ();
  g_assert_true (g_str_has_prefix (opening, "GtkListItemWidget"));
  window_press ("alt+a");
  WAIT_FOR (window_find (booking, is_menu, NULL));
  window_press ("Escape");
  WAIT_FOR (!window_find (booking, is_menu, NULL));
  expect_focus (opening);
  window_press ("alt+a");
  WAIT_FOR (window_find (booking, is_menu, NULL));
  window_press ("Down Return");
  WAIT_FOR ((window = find_window (RCP_TYPE_TOGETHER_WINDOW)));
  WAIT_FOR (window_find (window, is_combo, NULL));
  window_wait_focus ();
  window_press ("Escape");
  WAIT_FOR (!find_window (RCP_TYPE_TOGETHER_WINDOW));
  window_wait_focus ();
  expect_focus (opening);
  gtk_widget_grab_focus (window_find (booking, is_menu_button, "_Add"));
  window_press ("Return");
  WAIT_FOR (window_find (booking, is_menu, NULL));
  window_press ("Escape");
  expect_focus ("GtkToggleButton Add");
  gtk_window_destroy (GTK_WINDOW (booking));
}

static gboolean
tells (GtkWidget *widget, gconstpointer name)
{
  return ADW_IS_ACTION_ROW (widget) && gtk_widget_get_visible (widget) && adw_action_row_get_subtitle (ADW_ACTION_ROW (widget))
         && strstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (widget)), name);
}

/* The panel names who else comes; cancelling asks for all of it, and one undo brings all back. */
static void
test_cancel (WindowFixture *fixture, gconstpointer data)
{
  g_autoptr (PracticeFixture) practice = window_fixture_start_sample ();
  g_autoptr (GPtrArray) visits = NULL;
  g_autoptr (GPtrArray) left = NULL;
  g_autoptr (GAsyncResult) read = NULL;
  g_autoptr (RcpVisit) cancelled = NULL;
  GtkWidget *panel, *tick;
  GtkWindow *dialog, *host;

  window_fixture_open (fixture, practice);
  visits = book_two (fixture);
  host = GTK_WINDOW (gtk_window_new ());
  gtk_window_set_default_size (host, 380, 640);
  panel = rcp_visit_panel_new (fixture->desk);
  gtk_window_set_child (host, panel);
  gtk_window_present (host);
  rcp_visit_panel_set_visit (RCP_VISIT_PANEL (panel), visits->pdata[0]);
  WAIT_FOR (window_find (panel, tells, rcp_visit_get_patient_name (visits->pdata[1])));
  ui_picture_save (GTK_WIDGET (host), "panel-together");
  gtk_window_destroy (host);

  dialog = rcp_cancel_dialog_new (GTK_WINDOW (fixture->window), fixture->desk, visits->pdata[0]);
  g_signal_connect (dialog, "cancelled", G_CALLBACK (on_visit_cb), &cancelled);
  rcp_dialog_present (dialog, GTK_WINDOW (fixture->window));
  WAIT_FOR ((tick = window_find (GTK_WIDGET (dialog), is_tick, NULL)));
  gtk_test_accessible_assert_property (gtk_widget_get_ancestor (tick, ADW_TYPE_ACTION_ROW), GTK_ACCESSIBLE_PROPERTY_LABEL, "Also the 1 visit booked with it");
  ui_picture_save (GTK_WIDGET (dialog), "cancel-together");
  gtk_check_button_set_active (GTK_CHECK_BUTTON (tick), TRUE);
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), "cancel-visit");
  WAIT_FOR (cancelled);
  rcp_together_read_async (rcp_desk_get_client (fixture->desk), rcp_visit_get_together_id (cancelled), NULL, on_result_cb, &read);
  WAIT_FOR (read);
  left = rcp_together_read_finish (read, NULL);
  g_assert_cmpuint (left->len, ==, 0);
  gtk_window_destroy (dialog);
}

/* The slots of the provider of @visit from @start to @end: NULL when one is not free, or missing. */
static GArray *
read_free (WindowFixture *fixture, RcpVisit *visit, RcpTimeRange range)
{
  RcpProvider *provider = rcp_roster_find_provider_of_visit (rcp_desk_get_roster (fixture->desk), visit);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (FhirSearch) search = fhir_search_new ("Slot");
  g_autoptr (FhirBundle) bundle = NULL;
  g_autoptr (GArray) slots = NULL;
  gint64 reached = range.start;

  fhir_search_add_printf (search, "schedule", "Schedule/%s", rcp_provider_get_schedule_id (provider));
  fhir_search_add_instant (search, "start", "ge", range.start);
  fhir_search_add_instant (search, "start", "lt", range.end);
  fhir_client_search_async (rcp_desk_get_client (fixture->desk), search, NULL, on_result_cb, &result);
  WAIT_FOR (result);
  bundle = fhir_client_search_finish (rcp_desk_get_client (fixture->desk), result, NULL);
  slots = rcp_slots_from_bundle (bundle);
  for (guint i = 0; i < slots->len && g_array_index (slots, RcpSlot, i).range.start == reached; i++)
    if (g_array_index (slots, RcpSlot, i).status == RCP_SLOT_FREE)
      reached = g_array_index (slots, RcpSlot, i).range.end;
  return reached == range.end ? g_steal_pointer (&slots) : NULL;
}

/* The first quarter of an hour, @minutes or more later than @visit, from which on as long as until @end was free is free:
 * for @visit alone. */
static RcpOffer *
make_offer (WindowFixture *fixture, RcpVisit *visit, gint64 end, guint minutes)
{
  RcpTimeRange range = rcp_visit_get_range (visit);
  gint64 quarter = 15 * G_TIME_SPAN_MINUTE;

  for (gint64 shift = minutes * G_TIME_SPAN_MINUTE;; shift += quarter)
    {
      g_autoptr (GArray) slots = read_free (fixture, visit, (RcpTimeRange){ range.start + shift, end + shift });

      if (slots)
        return rcp_offer_new (rcp_roster_find_provider_of_visit (rcp_desk_get_roster (fixture->desk), visit),
                              (const RcpSlot *) (gpointer) slots->data, (guint) ((range.end - range.start) / quarter));
    }
}

static RcpMoveAnswer
move (WindowFixture *fixture, RcpVisit *visit, RcpOffer *offer, const char *response, const char *picture, RcpVisit **moved)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  RcpMoveAnswer answer;
  GtkWidget *dialog;

  rcp_move_more_async (fixture->desk, GTK_WINDOW (fixture->window), visit, offer, on_result_cb, &result);
  WAIT_FOR ((dialog = find_window (ADW_TYPE_MESSAGE_DIALOG)) || result);
  if (dialog)
    {
      ui_picture_save (dialog, picture);
      adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), response);
      gtk_window_destroy (GTK_WINDOW (dialog));
    }
  WAIT_FOR (result);
  answer = rcp_move_more_finish (result, moved, &error);
  g_assert_no_error (error);
  WAIT_FOR (!find_window (ADW_TYPE_MESSAGE_DIALOG));
  return answer;
}

/* Of a visit by itself nothing is asked; of two that belong together all go, or only this one, or none. */
static void
test_move (WindowFixture *fixture, gconstpointer data)
{
  g_autoptr (PracticeFixture) practice = window_fixture_start_sample ();
  g_autoptr (GPtrArray) visits = NULL;
  g_autoptr (GPtrArray) after = NULL;
  g_autoptr (RcpOffer) week = NULL;
  g_autoptr (RcpVisit) none = NULL;
  gint64 shift;
  g_autoptr (RcpVisit) moved = NULL;
  g_autoptr (GAsyncResult) read = NULL;

  window_fixture_open (fixture, practice);
  visits = book_two (fixture);
  week = make_offer (fixture, visits->pdata[0], rcp_visit_get_range (visits->pdata[1]).end, 7 * 24 * 60);
  shift = rcp_offer_get_range (week).start - rcp_visit_get_range (visits->pdata[0]).start;
  g_assert_cmpint (move (fixture, visits->pdata[0], week, "stay", "move-together", &none), ==, RCP_MOVE_STAYS);
  g_assert_cmpint (move (fixture, visits->pdata[0], week, "alone", "move-together", &none), ==, RCP_MOVE_ALONE);
  g_assert_null (none);
  g_assert_cmpint (move (fixture, visits->pdata[0], week, "all", "move-together", &moved), ==, RCP_MOVE_DONE);
  g_assert_cmpstr (rcp_visit_get_id (moved), ==, rcp_visit_get_id (visits->pdata[0]));
  rcp_together_read_async (rcp_desk_get_client (fixture->desk), rcp_visit_get_together_id (moved), NULL, on_result_cb, &read);
  WAIT_FOR (read);
  after = rcp_together_read_finish (read, NULL);
  for (guint i = 0; i < 2; i++)
    g_assert_cmpint (rcp_visit_get_range (after->pdata[i]).start, ==,
                     rcp_visit_get_range (visits->pdata[i]).start + shift);
}

/* The second visit of a series and those behind it go a day later; the first stays. */
static void
test_move_following (WindowFixture *fixture, gconstpointer data)
{
  g_autoptr (PracticeFixture) practice = window_fixture_start_sample ();
  g_autoptr (RcpTogetherModel) one = NULL;
  g_autoptr (RcpOffer) offer = NULL;
  g_autoptr (RcpOffer) day = NULL;
  g_autoptr (RcpSeriesModel) model = NULL;
  g_autoptr (GAsyncResult) booked = NULL;
  g_autoptr (GAsyncResult) read = NULL;
  g_autoptr (GAsyncResult) read_again = NULL;
  g_autoptr (RcpVisit) first = NULL;
  g_autoptr (RcpVisit) moved = NULL;
  g_autoptr (GPtrArray) before = NULL;
  g_autoptr (GPtrArray) after = NULL;
  guint n_moved = 0;

  window_fixture_open (fixture, practice);
  one = make_model (fixture);
  WAIT_FOR (rcp_together_model_get_state (one) == RCP_TOGETHER_READY);
  offer = g_list_model_get_item (rcp_together_model_get_offers (one), 0);
  model = rcp_series_model_new (fixture->desk, pick_patient (fixture, 0), offer, NULL, RCP_URGENCY_ROUTINE, NULL);
  rcp_series_model_set_rule (model, RCP_SERIES_WEEKS, 1, 10);
  WAIT_FOR (rcp_series_model_get_state (model) == RCP_SERIES_READY);
  rcp_series_model_book_async (model, on_result_cb, &booked);
  WAIT_FOR (booked);
  first = rcp_series_model_book_finish (model, booked);
  rcp_series_read_async (rcp_desk_get_client (fixture->desk), rcp_visit_get_series_id (first), 0, NULL, on_result_cb, &read);
  WAIT_FOR (read);
  before = rcp_series_read_finish (read, NULL);
  g_assert_cmpuint (before->len, >=, 3);
  day = make_offer (fixture, before->pdata[1], rcp_visit_get_range (before->pdata[1]).end, 24 * 60);
  g_assert_cmpint (move (fixture, before->pdata[1], day, "all", "move-following", &moved), ==, RCP_MOVE_DONE);
  g_assert_cmpint (rcp_visit_get_range (moved).start, ==, rcp_offer_get_range (day).start);
  rcp_series_read_async (rcp_desk_get_client (fixture->desk), rcp_visit_get_series_id (first), 0, NULL, on_result_cb, &read_again);
  WAIT_FOR (read_again);
  after = rcp_series_read_finish (read_again, NULL);
  g_assert_cmpuint (after->len, ==, before->len);
  g_assert_cmpint (rcp_visit_get_range (after->pdata[0]).start, ==, rcp_visit_get_range (before->pdata[0]).start);
  for (guint i = 1; i < after->len; i++)
    n_moved += rcp_visit_get_range (after->pdata[i]).start > rcp_visit_get_range (before->pdata[i]).start;
  g_assert_cmpuint (n_moved, >=, 1);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  ui_picture_load_style ();
  g_test_add ("/ui/together/window", WindowFixture, NULL, window_fixture_set_up, test_window, window_fixture_tear_down);
  g_test_add ("/ui/together/thought-better", WindowFixture, NULL, window_fixture_set_up, test_thought_better, window_fixture_tear_down);
  g_test_add ("/ui/together/cancel", WindowFixture, NULL, window_fixture_set_up, test_cancel, window_fixture_tear_down);
  g_test_add ("/ui/together/move", WindowFixture, NULL, window_fixture_set_up, test_move, window_fixture_tear_down);
  g_test_add ("/ui/together/move-following", WindowFixture, NULL, window_fixture_set_up, test_move_following,
              window_fixture_tear_down);
  return g_test_run ();
}
