/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Every screen in every look: text twice as large, from right to left, dark, high contrast, on a small screen and as wide as a
 * phone. Pictures go to build/pictures/looks-*; what must hold in all of them is in looks-check.c. The button of rcp-book-button.c
 * is short on the phone. */

#define G_LOG_DOMAIN "test-looks"

#include "config.h"

#include "looks-accepted.h"
#include "looks-check.h"
#include "ui-picture.h"
#include "scheduling/rcp-book-visit.h"
#include "ui/board/rcp-visit-chip.h"
#include "ui/history/rcp-history-dialog.h"
#include "ui/rcp-dialog.h"
#include "ui/rcp-error-dialog.h"
#include "ui/visit/rcp-cancel-dialog.h"
#include "ui/visit/rcp-room-dialog.h"
#include "ui/visit/rcp-visit-panel.h"
#include "window-fixture.h"

#define USUAL_DPI (96 * 1024)

typedef struct
{
  const char *name;
  int dpi;
  GtkTextDirection direction;
  AdwColorScheme scheme;
  gboolean high_contrast;
  int width;
  int height;
  LooksRules rules;
} Look;

static const Look looks[] = {
  { "usual", USUAL_DPI, GTK_TEXT_DIR_LTR, ADW_COLOR_SCHEME_FORCE_LIGHT, FALSE, 1200, 760, LOOKS_ALL },
  { "dark", USUAL_DPI, GTK_TEXT_DIR_LTR, ADW_COLOR_SCHEME_FORCE_DARK, FALSE, 1200, 760, LOOKS_ALL },
  { "high-contrast", USUAL_DPI, GTK_TEXT_DIR_LTR, ADW_COLOR_SCHEME_FORCE_LIGHT, TRUE, 1200, 760, LOOKS_ALL },
  { "right-to-left", USUAL_DPI, GTK_TEXT_DIR_RTL, ADW_COLOR_SCHEME_FORCE_LIGHT, FALSE, 1200, 760, LOOKS_ALL },
  { "small-screen", USUAL_DPI, GTK_TEXT_DIR_LTR, ADW_COLOR_SCHEME_FORCE_LIGHT, FALSE, 1024, 600, LOOKS_ALL },
  { "phone", USUAL_DPI, GTK_TEXT_DIR_LTR, ADW_COLOR_SCHEME_FORCE_LIGHT, FALSE, 360, 640, 0 },
  { "phone-right-to-left", USUAL_DPI, GTK_TEXT_DIR_RTL, ADW_COLOR_SCHEME_FORCE_LIGHT, FALSE, 360, 640, 0 },
  { "large-text", 2 * USUAL_DPI, GTK_TEXT_DIR_LTR, ADW_COLOR_SCHEME_FORCE_LIGHT, FALSE, 1200, 760, 0 },
};

static PracticeFixture *practice;
static GSettings *accessibility; /* of the desktop; the test's own, in memory */
static RcpVisit *worked_on;      /* has a history */

static void
on_result_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static void
set_up (WindowFixture *fixture, gconstpointer data)
{
  const Look *look = data;

  g_settings_set_boolean (accessibility, "high-contrast", look->high_contrast);
  /* As GNOME has it: without the buttons that make a window small and large. */
  g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", look->dpi, "gtk-decoration-layout", ":close", NULL);
  adw_style_manager_set_color_scheme (adw_style_manager_get_default (), look->scheme);
  gtk_widget_set_default_direction (look->direction);
  g_assert_true (adw_style_manager_get_high_contrast (adw_style_manager_get_default ()) == look->high_contrast);
  window_fixture_set_up (fixture, NULL);
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), look->width, look->height);
  window_fixture_open (fixture, practice);
}

static void
tear_down (WindowFixture *fixture, gconstpointer data)
{
  window_fixture_tear_down (fixture, data);
  gtk_widget_set_default_direction (GTK_TEXT_DIR_LTR);
}

static void
look_at (GtkWidget *window, const char *what, const Look *look)
{
  g_autofree char *name = g_strdup_printf ("looks-%s-%s", what, look->name);
  g_autoptr (GdkTexture) picture = looks_take (window, name + strlen ("looks-"));

  ui_picture_keep (picture, name);
  g_test_message ("%s: %d × %d, at least %d wide", name, gtk_widget_get_width (window), gtk_widget_get_height (window),
                  looks_get_least_width (window));
  looks_check (window, look->rules);
  g_assert_true (g_getenv ("LOOKS_TELL") || gtk_widget_get_width (window) <= look->width);
  g_assert_true (g_getenv ("LOOKS_TELL") || gtk_widget_get_height (window) <= look->height);
  g_assert_cmpint (gtk_widget_get_direction (window), ==, look->direction);
}

static gboolean
is_dialog (GtkWidget *window, GtkWidget *parent)
{
  return window != parent && gtk_widget_get_mapped (window);
}

static GtkWidget *
find_dialog (WindowFixture *fixture)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *l = windows; l; l = l->next)
    if (is_dialog (l->data, GTK_WIDGET (fixture->window)))
      return l->data;
  return NULL;
}

/* A dialog that an action of the window opens. */
static void
look_at_action (WindowFixture *fixture, const char *action, const char *what, const Look *look)
{
  GtkWidget *dialog;

  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->window), action, NULL));
  WAIT_FOR ((dialog = find_dialog (fixture)));
  look_at (dialog, what, look);
  gtk_window_destroy (GTK_WINDOW (dialog));
}

static gboolean
is_before (GtkWidget *chip, GtkWidget *other)
{
  RcpVisit *a = rcp_visit_chip_get_visit (RCP_VISIT_CHIP (chip)), *b = rcp_visit_chip_get_visit (RCP_VISIT_CHIP (other));
  gint64 gap = rcp_visit_get_range (a).start - rcp_visit_get_range (b).start;

  return gap != 0 ? gap < 0 : g_strcmp0 (rcp_visit_get_patient_name (a), rcp_visit_get_patient_name (b)) < 0;
}

static gboolean
is_confirmed (GtkWidget *widget)
{
  return window_is_visit (widget, NULL) && rcp_visit_get_status (rcp_visit_chip_get_visit (RCP_VISIT_CHIP (widget))) == RCP_VISIT_CONFIRMED;
}

/* Of those that are confirmed; the same one each time, in whatever order the board made its chips. */
static GtkWidget *
find_first_visit (GtkWidget *widget, GtkWidget *first)
{
  if (is_confirmed (widget) && (!first || is_before (widget, first)))
    first = widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    first = find_first_visit (child, first);
  return first;
}

static RcpVisit *
open_visit (WindowFixture *fixture)
{
  GtkWidget *window = GTK_WIDGET (fixture->window), *panel;

  gtk_widget_activate_action (find_first_visit (window, NULL), "visit.open", NULL);
  WAIT_FOR ((panel = window_find (window, window_is_type, "RcpVisitPanel")));
  return rcp_visit_panel_get_visit (RCP_VISIT_PANEL (panel));
}

static void
test_window (WindowFixture *fixture, gconstpointer data)
{
  GtkWidget *window = GTK_WIDGET (fixture->window);
  const Look *look = data;
  RcpVisit *visit;

  look_at (window, "board", look);
  gtk_widget_activate_action (window, "win.view", "s", "week");
  WAIT_FOR (window_find (window, window_is_visit, NULL) && !window_find (window, window_is_type, "GtkSpinner"));
  look_at (window, "week", look);
  gtk_widget_child_focus (window_find (window, window_is_type, "RcpBoardView"), GTK_DIR_TAB_FORWARD);
  gtk_widget_activate_action (window, "win.own-week", NULL);
  WAIT_FOR (window_find (window, window_is_visit, NULL) && !window_find (window, window_is_type, "GtkSpinner"));
  look_at (window, "own-week", look);
  gtk_widget_activate_action (window, "win.view", "s", "day");
  visit = open_visit (fixture);
  look_at (window, "visit", look);
  g_signal_emit_by_name (window_find (window, window_is_type, "RcpVisitPanel"), "patient-requested", rcp_visit_get_patient (visit));
  WAIT_FOR (window_find (window, window_is_type, "RcpPatientPanel"));
  look_at (window, "patient", look);
  gtk_widget_activate_action (window, "win.close-panel", NULL);
  gtk_widget_activate_action (window, "win.show-page", "s", "waiting");
  look_at (window, "waiting", look);
}

static void
test_dialogs (WindowFixture *fixture, gconstpointer data)
{
  const Look *look = data;

  look_at_action (fixture, "win.new-visit", "booking", look);
  look_at_action (fixture, "win.find", "find", look);
  look_at_action (fixture, "win.print", "print", look);
  look_at_action (fixture, "win.choose-columns", "columns", look);
  look_at_action (fixture, "win.edit-column-sets", "column-sets", look);
  look_at_action (fixture, "win.shortcuts", "shortcuts", look);
}

static void
look_at_dialog (WindowFixture *fixture, GtkWindow *dialog, const char *what, const Look *look)
{
  if (dialog)
    {
      rcp_dialog_present (dialog, GTK_WINDOW (fixture->window));
    }
  WAIT_FOR ((dialog = GTK_WINDOW (find_dialog (fixture))));
  look_at (GTK_WIDGET (dialog), what, look);
  gtk_window_destroy (dialog);
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
  RcpVisit *visit = open_visit (fixture);
  GListModel *rooms = rcp_roster_get_rooms (rcp_desk_get_roster (fixture->desk));
  g_autoptr (GError) error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED, "Could not connect: Connection refused");
  GtkWidget *dialog;

  look_at_dialog (fixture, rcp_cancel_dialog_new (GTK_WINDOW (fixture->window), fixture->desk, visit), "cancel", look);
  if (g_list_model_get_n_items (rooms) > 0)
    look_at_dialog (fixture, rcp_room_dialog_new (rooms, NULL), "rooms", look);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.print-visit", NULL));
  look_at_dialog (fixture, NULL, "slip", look);
  rcp_error_dialog_present (GTK_WINDOW (fixture->window), "The Visit Was Not Booked", error);
  look_at_dialog (fixture, NULL, "error", look);
  g_signal_emit_by_name (window_find (GTK_WIDGET (fixture->window), window_is_type, "RcpVisitPanel"), "move-requested", visit);
  WAIT_FOR ((dialog = find_dialog (fixture)) && window_find (dialog, is_offer, NULL));
  look_at_dialog (fixture, NULL, "move", look);
}

static void
test_other_pages (WindowFixture *fixture, gconstpointer data)
{
  g_autoptr (RcpSource) nowhere = rcp_source_new (RCP_SOURCE_SERVER);
  g_autoptr (RcpSource) none = rcp_source_new (RCP_SOURCE_NONE);
  GtkWidget *window = GTK_WIDGET (fixture->window);
  const Look *look = data;

  gtk_widget_activate_action (window, "win.show-date", "s", "2026-11-22");
  look_at (window, "board-no-visits", look);
  gtk_widget_activate_action (window, "win.filter", "(ss)", "", "nobody");
  look_at (window, "board-no-columns", look);
  rcp_window_open (fixture->window, none);
  look_at (window, "welcome", look);
  nowhere->url = g_strdup ("unix:/nowhere/at/all");
  rcp_window_open (fixture->window, nowhere);
  WAIT_FOR (rcp_desk_get_state (fixture->desk) == RCP_DESK_FAILED);
  look_at (window, "failed", look);
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
  look_at (GTK_WIDGET (dialog), "history", look);
  gtk_window_destroy (dialog);
  dialog = rcp_history_dialog_new_for_patient (fixture->desk, rcp_visit_get_patient (worked_on));
  rcp_dialog_present (dialog, GTK_WINDOW (fixture->window));
  WAIT_FOR (window_find (GTK_WIDGET (dialog), window_is_label, "Patient entered"));
  look_at (GTK_WIDGET (dialog), "patient-history", look);
  gtk_window_destroy (dialog);
}

static void
add (const Look *look, const char *name, void (*test) (WindowFixture *, gconstpointer))
{
  g_autofree char *path = g_strdup_printf ("/ui/looks/%s/%s", look->name, name);

  g_test_add (path, WindowFixture, look, set_up, test, tear_down);
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

  accessibility = g_settings_new ("org.gnome.desktop.a11y.interface");
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  ui_picture_load_style ();
  practice = window_fixture_start_sample ();
  client = practice_fixture_create_client (practice);
  clock = rcp_clock_new_fixed (G_GINT64_CONSTANT (1795425960000000)); /* as in the window */
  worked_on = work_on_visit (client, clock);
  g_test_add_func ("/ui/looks/faults-are-found", test_faults_are_found);
  g_test_add_func ("/ui/looks/differences-are-found", test_differences_are_found);
  for (guint i = 0; i < G_N_ELEMENTS (looks); i++)
    {
      add (&looks[i], "window", test_window);
      add (&looks[i], "visit", test_visit);
      add (&looks[i], "dialogs", test_dialogs);
      add (&looks[i], "other-pages", test_other_pages);
      add (&looks[i], "history", test_history);
    }
  result = g_test_run ();
  g_clear_object (&worked_on);
  g_clear_object (&client);
  g_clear_object (&clock);
  practice_fixture_free (practice);
  g_clear_object (&accessibility);
  return result;
}
