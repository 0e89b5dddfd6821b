/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Every screen in every look: text twice as large, from right to left, dark, high contrast, on a small screen and as wide as a
 * phone. Pictures go to build/pictures/looks-*; what must hold in all of them is in looks-check.c. The button of rcp-book-button.c
 * is short on the phone; the panels of rcp-side-layout.c leave the bars their room. */

#define G_LOG_DOMAIN "test-looks"

#include "config.h"

#include "looks-accepted.h"
#include "looks-fixture.h"
#include "ui-picture.h"
#include "scheduling/rcp-book-visit.h"
#include "ui/history/rcp-history-dialog.h"
#include "ui/rcp-dialog.h"
#include "ui/rcp-error-dialog.h"
#include "ui/rcp-title.h"
#include "ui/visit/rcp-cancel-dialog.h"
#include "ui/visit/rcp-room-dialog.h"
#include "ui/visit/rcp-visit-panel.h"

static RcpVisit *worked_on;      /* has a history */

static void
on_result_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

/* A day of the month whose numbers are there. */
static gboolean
is_counted_day (GtkWidget *widget, gconstpointer data)
{
  return gtk_widget_has_css_class (widget, "month-cell") && window_find (widget, window_is_type, "GtkLevelBar");
}

/* Somebody has the bars beside what they scroll, where they take room, and not over it. */
static void
check_with_bars (GtkWidget *window, const Look *look)
{
  g_autoptr (GdkTexture) picture = NULL;

  g_object_set (gtk_settings_get_default (), "gtk-overlay-scrolling", FALSE, NULL);
  picture = ui_picture_take (window);
  looks_check (window, look->rules);
  g_object_set (gtk_settings_get_default (), "gtk-overlay-scrolling", TRUE, NULL);
}

static void
test_window (WindowFixture *fixture, gconstpointer data)
{
  GtkWidget *window = GTK_WIDGET (fixture->window);
  const Look *look = data;
  RcpVisit *visit;

  looks_look_at (window, "board", look);
  gtk_widget_activate_action (window, "win.view", "s", "week");
  WAIT_FOR (window_find (window, window_is_visit, NULL) && !window_find (window, window_is_type, "GtkSpinner"));
  looks_look_at (window, "week", look);
  gtk_widget_child_focus (window_find (window, window_is_type, "RcpBoardView"), GTK_DIR_TAB_FORWARD);
  gtk_widget_activate_action (window, "win.own-week", NULL);
  WAIT_FOR (window_find (window, window_is_visit, NULL) && !window_find (window, window_is_type, "GtkSpinner"));
  looks_look_at (window, "own-week", look);
  gtk_widget_activate_action (window, "win.view", "s", "agenda");
  looks_look_at (window, "agenda", look);
  gtk_widget_activate_action (window, "win.view", "s", "month");
  WAIT_FOR (window_find (window, is_counted_day, NULL));
  looks_look_at (window, "month", look);
  gtk_widget_activate_action (window, "win.view", "s", "day");
  visit = looks_open_visit (fixture);
  looks_look_at (window, "visit", look);
  g_signal_emit_by_name (window_find (window, window_is_type, "RcpVisitPanel"), "patient-requested", rcp_visit_get_patient (visit));
  WAIT_FOR (window_find (window, window_is_type, "RcpPatientPanel"));
  looks_look_at (window, "patient", look);
  check_with_bars (window, look);
  gtk_widget_activate_action (window, "win.close-panel", NULL);
  gtk_widget_activate_action (window, "win.show-page", "s", "waiting");
  looks_look_at (window, "waiting", look);
}

static void
test_dialogs (WindowFixture *fixture, gconstpointer data)
{
  const Look *look = data;

  looks_look_at_action (fixture, "win.new-visit", "booking", look);
  looks_look_at_action (fixture, "win.find", "find", look);
  looks_look_at_action (fixture, "win.print", "print", look);
  looks_look_at_action (fixture, "win.choose-columns", "columns", look);
  looks_look_at_action (fixture, "win.edit-column-sets", "column-sets", look);
  looks_look_at_action (fixture, "win.shortcuts", "shortcuts", look);
}

static gboolean
is_offer (GtkWidget *widget, gconstpointer data)
{
  return window_is_type (widget, "RcpOfferRow");
}

static void
test_visit (WindowFixture *fixture, gconstpointer data)
{
  const Look *look = data;
  RcpVisit *visit = looks_open_visit (fixture);
  GListModel *rooms = rcp_roster_get_rooms (rcp_desk_get_roster (fixture->desk));
  g_autoptr (GError) error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED, "Could not connect: Connection refused");
  GtkWidget *dialog;

  looks_look_at_dialog (fixture, rcp_cancel_dialog_new (GTK_WINDOW (fixture->window), fixture->desk, visit), "cancel", look);
  looks_look_at_dialog (fixture, rcp_room_dialog_new (rooms, NULL), "rooms", look);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.print-visit", NULL));
  looks_look_at_dialog (fixture, NULL, "slip", look);
  rcp_error_dialog_present (GTK_WINDOW (fixture->window), "The Visit Was Not Booked", error);
  looks_look_at_dialog (fixture, NULL, "error", look);
  g_signal_emit_by_name (window_find (GTK_WIDGET (fixture->window), window_is_type, "RcpVisitPanel"), "move-requested", visit);
  WAIT_FOR ((dialog = looks_find_dialog (fixture)) && window_find (dialog, is_offer, NULL));
  looks_look_at_dialog (fixture, NULL, "move", look);
}

static void
test_other_pages (WindowFixture *fixture, gconstpointer data)
{
  g_autoptr (RcpSource) nowhere = rcp_source_new (RCP_SOURCE_SERVER);
  g_autoptr (RcpSource) none = rcp_source_new (RCP_SOURCE_NONE);
  GtkWidget *window = GTK_WIDGET (fixture->window);
  const Look *look = data;

  gtk_widget_activate_action (window, "win.show-date", "s", "2026-11-22");
  WAIT_FOR (!window_find (window, looks_is_waiting, NULL));
  looks_look_at (window, "board-no-visits", look);
  gtk_widget_activate_action (window, "win.filter", "(ss)", "", "nobody");
  looks_look_at (window, "board-no-columns", look);
  rcp_window_open (fixture->window, none);
  looks_look_at (window, "welcome", look);
  nowhere->url = g_strdup ("unix:/nowhere/at/all");
  rcp_window_open (fixture->window, nowhere);
  WAIT_FOR (rcp_desk_get_state (fixture->desk) == RCP_DESK_FAILED);
  looks_look_at (window, "failed", look);
}

/* What two desks did to a visit and its patient, so that there is something to be told. */
static RcpVisit *
run (gpointer operation, const char *desk)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  RcpVisit *visit;

  rcp_visit_operation_set_desk (operation, desk);
  rcp_visit_operation_run_async (operation, NULL, on_result_cb, &result);
  WAIT_FOR (result);
  visit = rcp_visit_operation_run_finish (operation, result, &error);
  g_assert_no_error (error);
  return visit;
}

static RcpVisit *
work_on_visit (FhirClient *client, RcpClock *clock)
{
  g_autoptr (FhirSearch) search = fhir_search_new ("Appointment");
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (FhirBundle) bundle = NULL;
  g_autoptr (RcpVisit) visit = NULL, arrived = NULL, seen = NULL, corrected = NULL;
  g_autoptr (RcpVisitOperation) arrive = NULL, see = NULL, correct = NULL, cancel = NULL;

  fhir_search_add (search, "status", "booked");
  fhir_search_add (search, "date", "gt2026-11-24");
  fhir_search_add (search, "_include", "Appointment:patient");
  fhir_search_add (search, "_count", "1");
  fhir_client_search_async (client, search, NULL, on_result_cb, &result);
  WAIT_FOR (result);
  bundle = fhir_client_search_finish (client, result, NULL);
  visit = rcp_visit_new_in_bundle (fhir_bundle_get_matches (bundle)->pdata[0], bundle);
  arrive = RCP_VISIT_OPERATION (rcp_set_status_new (client, clock, visit, RCP_VISIT_ARRIVED));
  arrived = run (arrive, "Window 1");
  see = RCP_VISIT_OPERATION (rcp_set_status_new (client, clock, arrived, RCP_VISIT_WITH_PROVIDER));
  seen = run (see, "");
  correct = RCP_VISIT_OPERATION (rcp_set_status_new (client, clock, seen, RCP_VISIT_ARRIVED));
  corrected = run (correct, "Window 2, by the garden door");
  cancel = RCP_VISIT_OPERATION (rcp_cancel_visit_new (client, clock, corrected, "oth-weath", "The road from the valley is closed until Thursday"));
  return run (cancel, "Window 2, by the garden door");
}

static void
test_history (WindowFixture *fixture, gconstpointer data)
{
  const Look *look = data;
  GtkWindow *dialog = rcp_history_dialog_new_for_visit (fixture->desk, worked_on);

  rcp_dialog_present (dialog, GTK_WINDOW (fixture->window));
  WAIT_FOR (window_find (GTK_WIDGET (dialog), window_is_label, "Cancelled: Weather"));
  looks_look_at (GTK_WIDGET (dialog), "history", look);
  gtk_window_destroy (dialog);
  dialog = rcp_history_dialog_new_for_patient (fixture->desk, rcp_visit_get_patient (worked_on));
  rcp_dialog_present (dialog, GTK_WINDOW (fixture->window));
  WAIT_FOR (window_find (GTK_WIDGET (dialog), window_is_label, "Patient entered"));
  looks_look_at (GTK_WIDGET (dialog), "patient-history", look);
  gtk_window_destroy (dialog);
}

/* The rules see what is wrong. */
static void
test_faults_are_found (void)
{
  GtkWidget *window = gtk_window_new (), *box = gtk_fixed_new (), *button = gtk_button_new_with_label ("A word too long");
  g_autofree char *inside = NULL, *cut = NULL, *outside = NULL;
  g_autoptr (GskTransform) away = gsk_transform_translate (NULL, &GRAPHENE_POINT_INIT (-20, 0));
  GtkLabel *label;

  gtk_fixed_put (GTK_FIXED (box), button, 0, 0);
  gtk_window_set_child (GTK_WINDOW (window), box);
  gtk_window_set_default_size (GTK_WINDOW (window), 300, 100);
  gtk_window_present (GTK_WINDOW (window));
  WAIT_FOR (gtk_widget_get_width (button) > 0);
  g_assert_null ((inside = looks_find_fault (window, LOOKS_ALL)));
  gtk_fixed_set_child_transform (GTK_FIXED (box), button, away);
  WAIT_FOR ((g_free (outside), outside = looks_find_fault (window, LOOKS_ALL)));
  g_assert_nonnull (strstr (outside, "outside"));
  gtk_fixed_set_child_transform (GTK_FIXED (box), button, NULL);
  label = GTK_LABEL (gtk_button_get_child (GTK_BUTTON (button)));
  gtk_label_set_ellipsize (label, PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (label, 4);
  WAIT_FOR ((g_free (cut), cut = looks_find_fault (window, LOOKS_ALL)) && g_str_has_prefix (cut, "cut"));
  gtk_window_destroy (GTK_WINDOW (window));
}

/* Of the same words and in the same room: a title of one line is cut, and ours goes on in another line. */
static void
test_titles (void)
{
  GtkWidget *window = adw_window_new (), *header = adw_header_bar_new ();
  g_autofree char *fault = NULL;

  adw_window_set_content (ADW_WINDOW (window), header);
  gtk_window_set_title (GTK_WINDOW (window), "The Visit of Maria Elena Garcia Fernandez de la Torre and Her Daughter");
  gtk_window_set_default_size (GTK_WINDOW (window), 360, 200);
  gtk_window_present (GTK_WINDOW (window));
  WAIT_FOR ((g_free (fault), fault = looks_find_fault (window, LOOKS_NAMES_WHOLE)) && g_str_has_prefix (fault, "a name that is cut"));
  rcp_title_put (ADW_HEADER_BAR (header), GTK_WINDOW (window));
  WAIT_FOR ((g_free (fault), fault = looks_find_fault (window, LOOKS_NAMES_WHOLE)) == NULL
            && gtk_widget_get_height (adw_header_bar_get_title_widget (ADW_HEADER_BAR (header))) > 0);
  gtk_window_destroy (GTK_WINDOW (window));
}

static GdkTexture *
paint (int x, int y)
{
  g_autofree guint32 *pixels = g_new (guint32, 400 * 400);
  g_autoptr (GBytes) bytes = NULL;

  for (int i = 0; i < 400 * 400; i++)
    pixels[i] = i % 400 >= x && i % 400 < x + 40 && i / 400 >= y && i / 400 < y + 40 ? 0xff202020 : 0xfff0f0f0;
  bytes = g_bytes_new (pixels, 400 * 400 * sizeof *pixels);
  return gdk_memory_texture_new (400, 400, GDK_MEMORY_DEFAULT, bytes, 400 * sizeof *pixels);
}

/* A picture is another when a button has moved, and not when its edges are a little softer. */
static void
test_differences_are_found (void)
{
  g_autoptr (GdkTexture) here = paint (80, 80), there = paint (88, 80), away = paint (296, 80);
  g_autoptr (GdkTexture) small_here = looks_shrink (here), small_there = looks_shrink (there), small_away = looks_shrink (away);

  g_assert_cmpint (gdk_texture_get_width (small_here), ==, 50);
  g_assert_cmpuint (looks_measure_difference (small_here, small_here), ==, 0);
  g_assert_cmpuint (looks_measure_difference (small_here, small_there), ==, 4); /* 10 of 2500 blocks */
  g_assert_cmpuint (looks_measure_difference (small_here, small_away), ==, 20); /* 50 of 2500 */
  g_assert_cmpuint (looks_measure_difference (small_here, here), ==, 1000);
}

int
main (int argc, char **argv)
{
  FhirClient *client;
  RcpClock *clock;
  int result;

  looks_start (&argc, &argv);
  client = practice_fixture_create_client (looks_get_practice ());
  clock = rcp_clock_new_fixed (G_GINT64_CONSTANT (1795425960000000)); /* as in the window */
  worked_on = work_on_visit (client, clock);
  g_test_add_func ("/ui/looks/faults-are-found", test_faults_are_found);
  g_test_add_func ("/ui/looks/titles", test_titles);
  g_test_add_func ("/ui/looks/differences-are-found", test_differences_are_found);
  for (guint i = 0; i < LOOKS_N; i++)
    {
      looks_add (&looks[i], "window", test_window);
      looks_add (&looks[i], "visit", test_visit);
      looks_add (&looks[i], "dialogs", test_dialogs);
      looks_add (&looks[i], "other-pages", test_other_pages);
      looks_add (&looks[i], "history", test_history);
    }
  result = g_test_run ();
  g_clear_object (&worked_on);
  g_clear_object (&client);
  g_clear_object (&clock);
  looks_end ();
  return result;
}
