/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A visit through the day in the real window, and what another desk does meanwhile: rcp-window-flow.c, rcp-waiting-page.c,
 * rcp-room-dialog.c, rcp-visit-panel.c, rcp-people-box.c. */

#define G_LOG_DOMAIN "test-flow"

#include "config.h"

#include <string.h>

#include "loop-clock.h"
#include "scheduling/rcp-book-visit.h"
#include "ui-picture.h"
#include "ui/board/rcp-visit-chip.h"
#include "ui/rcp-window-private.h"
#include "ui/visit/rcp-room-dialog.h"
#include "ui/visit/rcp-visit-panel.h"
#include "ui/waiting/rcp-waiting-page.h"
#include "window-fixture.h"

static gboolean
has_status (GtkWidget *widget, gconstpointer status)
{
  return window_is_visit (widget, NULL)
         && rcp_visit_get_status (rcp_visit_chip_get_visit (RCP_VISIT_CHIP (widget))) == (RcpVisitStatus) GPOINTER_TO_UINT (status);
}

static GtkWidget *
find_status (WindowFixture *fixture, RcpVisitStatus status)
{
  return window_find (GTK_WIDGET (fixture->window), has_status, GUINT_TO_POINTER (status));
}

/* As the desk knows it, whether it is in sight or not. Borrowed of the day, which the desk keeps. */
static RcpVisit *
get_known (WindowFixture *fixture, const char *id)
{
  g_autoptr (RcpDay) day = NULL;
  GDate today;

  rcp_desk_get_today (fixture->desk, &today);
  day = rcp_day_book_get (rcp_desk_get_day_book (fixture->desk), &today);
  return rcp_day_find_visit (day, id);
}

static RcpVisitStatus
get_status (WindowFixture *fixture, const char *id)
{
  RcpVisit *visit = get_known (fixture, id);

  return visit ? rcp_visit_get_status (visit) : RCP_VISIT_ERROR;
}

/* The chip of a visit as it is now, once it has come to @status. */
static GtkWidget *
wait_for_status (WindowFixture *fixture, const char *id, RcpVisitStatus status)
{
  GtkWidget *chip;

  WAIT_FOR ((chip = window_find (GTK_WIDGET (fixture->window), window_is_visit, id))
            && rcp_visit_get_status (rcp_visit_chip_get_visit (RCP_VISIT_CHIP (chip))) == status);
  return chip;
}

/* One who is expected. */
static GtkWidget *
find_expected (WindowFixture *fixture)
{
  GtkWidget *chip = find_status (fixture, RCP_VISIT_BOOKED);

  return chip ? chip : find_status (fixture, RCP_VISIT_CONFIRMED);
}

static GtkWidget *
find_dialog (GType type)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *l = windows; l; l = l->next)
    if (G_TYPE_CHECK_INSTANCE_TYPE (l->data, type) && gtk_widget_get_mapped (l->data))
      return l->data;
  return NULL;
}

static void
choose_room (void)
{
  GtkWidget *dialog = find_dialog (RCP_TYPE_ROOM_DIALOG);

  if (!dialog)
    return;
  ui_picture_save (dialog, "room-dialog");
  gtk_widget_activate_action (dialog, "room.choose", "u", 0);
}

static void
test_a_visit_goes_through_the_day (WindowFixture *fixture, gconstpointer data)
{
  g_autoptr (PracticeFixture) practice = window_fixture_start_sample ();
  g_autofree char *id = NULL;
  GtkWidget *chip;

  window_fixture_open (fixture, practice);
  WAIT_FOR ((chip = find_expected (fixture)));
  id = g_strdup (rcp_visit_get_id (rcp_visit_chip_get_visit (RCP_VISIT_CHIP (chip))));
  g_assert_true (gtk_widget_activate_action (chip, "visit.arrive", NULL));
  chip = wait_for_status (fixture, id, RCP_VISIT_ARRIVED);
  /* What one looks at stays: nothing was opened. */
  g_assert_null (window_find (GTK_WIDGET (fixture->window), window_is_type, "RcpVisitPanel"));
  gtk_widget_activate_action (chip, "visit.open", NULL);
  ui_picture_save (GTK_WIDGET (fixture->window), "window-arrived");
  g_assert_true (gtk_widget_activate_action (window_find (GTK_WIDGET (fixture->window), window_is_type, "RcpVisitPanel"), "visit.room", NULL));
  WAIT_FOR (find_dialog (RCP_TYPE_ROOM_DIALOG) || get_status (fixture, id) == RCP_VISIT_ROOMED);
  choose_room ();
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.close-panel", NULL);
  chip = wait_for_status (fixture, id, RCP_VISIT_ROOMED);
  gtk_widget_activate_action (chip, "visit.with-provider", NULL);
  chip = wait_for_status (fixture, id, RCP_VISIT_WITH_PROVIDER);
  /* The wrong key: the same keys put it right. */
  gtk_widget_activate_action (chip, "visit.arrive", NULL);
  chip = wait_for_status (fixture, id, RCP_VISIT_ARRIVED);
  gtk_widget_activate_action (chip, "visit.done", NULL);
  chip = wait_for_status (fixture, id, RCP_VISIT_FULFILLED);
}

static gboolean
is_undo (GtkWidget *widget, gconstpointer data)
{
  return GTK_IS_BUTTON (widget) && gtk_widget_get_mapped (widget) && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (widget)), "_Undo") == 0;
}

static void
test_a_step_is_undo (WindowFixture *fixture, gconstpointer data)
{
  g_autoptr (PracticeFixture) practice = window_fixture_start_sample ();
  g_autofree char *id = NULL;
  RcpVisitStatus before;
  GtkWidget *chip;

  window_fixture_open (fixture, practice);
  WAIT_FOR ((chip = find_expected (fixture)));
  id = g_strdup (rcp_visit_get_id (rcp_visit_chip_get_visit (RCP_VISIT_CHIP (chip))));
  before = rcp_visit_get_status (rcp_visit_chip_get_visit (RCP_VISIT_CHIP (chip)));
  gtk_widget_activate_action (chip, "visit.no-show", NULL);
  wait_for_status (fixture, id, RCP_VISIT_NOSHOW);
  WAIT_FOR (window_find (GTK_WIDGET (fixture->window), is_undo, NULL));
  g_signal_emit_by_name (window_find (GTK_WIDGET (fixture->window), is_undo, NULL), "clicked");
  wait_for_status (fixture, id, before);
}

static gboolean
is_row (GtkWidget *widget, gconstpointer data)
{
  return ADW_IS_PREFERENCES_ROW (widget) && gtk_widget_get_mapped (widget) && gtk_widget_get_ancestor (widget, RCP_TYPE_WAITING_PAGE);
}

static void
test_who_waits_is_listed (WindowFixture *fixture, gconstpointer data)
{
  g_autoptr (PracticeFixture) practice = window_fixture_start_sample ();
  GtkWidget *window = GTK_WIDGET (fixture->window), *row;
  g_autofree char *first = NULL;
  guint n_rows;

  window_fixture_open (fixture, practice);
  gtk_widget_activate_action (window, "win.show-page", "s", "waiting");
  WAIT_FOR ((n_rows = window_count (window, is_row, NULL)) > 1);
  ui_picture_save (window, "waiting");
  row = window_find (window, is_row, NULL);
  first = g_strdup (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)));
  g_signal_emit_by_name (gtk_widget_get_ancestor (row, GTK_TYPE_LIST_BOX), "row-activated", row);
  WAIT_FOR (window_find (window, window_is_type, "RcpVisitPanel"));
  gtk_widget_grab_focus (row);
  g_assert_true (gtk_widget_activate_action (window, "win.visit", "s", "with-provider"));
  WAIT_FOR (window_count (window, is_row, NULL) == n_rows - 1);
  /* The keyboard is at whoever is next. */
  row = gtk_window_get_focus (GTK_WINDOW (window));
  g_assert_true (is_row (row, NULL));
  g_assert_cmpstr (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)), !=, first);
  gtk_window_set_default_size (GTK_WINDOW (window), 360, 640);
  gtk_widget_activate_action (window, "win.close-panel", NULL);
  ui_picture_save (window, "waiting-narrow");
}

/* Another desk notes that somebody else comes along to the visit of @chip. */
static void
bring_along (FhirClient *client, GtkWidget *chip, RcpPatient *other)
{
  g_autoptr (JsonObject) json = fhir_resource_dup_json (rcp_visit_get_resource (rcp_visit_chip_get_visit (RCP_VISIT_CHIP (chip))));
  g_autofree char *reference = g_strconcat ("Patient/", rcp_patient_get_id (other), NULL);
  JsonObject *participant = json_object_new (), *actor = json_object_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (FhirResource) stored = NULL;
  GAsyncResult *kept = NULL;

  json_object_set_string_member (actor, "reference", reference);
  json_object_set_string_member (actor, "display", rcp_patient_get_name (other));
  json_object_set_object_member (participant, "actor", actor);
  json_object_set_string_member (participant, "status", "needs-action");
  json_array_add_object_element (json_object_get_array_member (json, "participant"), participant);
  fhir_client_update_async (client, json, NULL, NULL, keep_result_cb, &kept);
  result = keep_result_wait (&kept);
  stored = fhir_client_update_finish (client, result, NULL);
  g_assert_nonnull (stored);
}

static gboolean
are_people (WindowFixture *fixture, const char *id, RcpVisitStatus first, RcpVisitStatus second)
{
  RcpVisit *visit = get_known (fixture, id);

  return visit && rcp_visit_get_n_people (visit) == 2 && rcp_visit_get_person_status (visit, 0) == first
         && rcp_visit_get_person_status (visit, 1) == second;
}

static void
assert_spoken (WindowFixture *fixture, const char *id, const char *words)
{
  g_autofree char *text = rcp_visit_chip_describe (get_known (fixture, id), NULL, "9:00");

  g_assert_nonnull (strstr (text, words));
}

static gboolean
is_person_row (GtkWidget *widget, gconstpointer name)
{
  return ADW_IS_ACTION_ROW (widget) && gtk_widget_get_mapped (widget) && gtk_widget_get_ancestor (widget, g_type_from_name ("RcpPeopleBox"))
         && (!name || g_strcmp0 (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget)), name) == 0);
}

static gboolean
is_next_button (GtkWidget *widget, gconstpointer data)
{
  return GTK_IS_BUTTON (widget) && g_strcmp0 (gtk_actionable_get_action_name (GTK_ACTIONABLE (widget)), "person.step") == 0;
}

/* The menu of the first who comes, as it is when it is opened. */
static GMenuModel *
open_person_menu (GtkWidget *window)
{
  GtkWidget *row = window_find (window, is_person_row, NULL), *button = window_find (row, window_is_type, "GtkMenuButton");

  gtk_menu_button_popup (GTK_MENU_BUTTON (button));
  WAIT_FOR (gtk_widget_get_mapped (GTK_WIDGET (gtk_menu_button_get_popover (GTK_MENU_BUTTON (button)))));
  gtk_menu_button_popdown (GTK_MENU_BUTTON (button));
  return gtk_menu_button_get_menu_model (GTK_MENU_BUTTON (button));
}

/* One of two arrives from the panel, by the button with his or her name; the one key is for the other; and one goes alone. */
static void
test_each_of_several (WindowFixture *fixture, gconstpointer data)
{
  g_autoptr (PracticeFixture) practice = window_fixture_start_sample ();
  g_autoptr (FhirClient) other = practice_fixture_create_client (practice);
  GtkWidget *window = GTK_WIDGET (fixture->window), *chip, *row, *panel;
  GMenuModel *menu;
  g_autofree char *id = NULL;
  g_autofree char *name = NULL;
  g_autoptr (RcpPatient) companion = NULL;
  RcpVisitStatus first;

  window_fixture_open (fixture, practice);
  WAIT_FOR ((chip = find_expected (fixture)) && find_status (fixture, RCP_VISIT_FULFILLED));
  id = g_strdup (rcp_visit_get_id (rcp_visit_chip_get_visit (RCP_VISIT_CHIP (chip))));
  first = rcp_visit_get_status (rcp_visit_chip_get_visit (RCP_VISIT_CHIP (chip)));
  companion = g_object_ref (rcp_visit_get_patient (rcp_visit_chip_get_visit (RCP_VISIT_CHIP (find_status (fixture, RCP_VISIT_FULFILLED)))));
  name = g_strdup (rcp_patient_get_sort_name (companion));
  bring_along (other, chip, companion);
  WAIT_FOR (are_people (fixture, id, first, RCP_VISIT_BOOKED));
  assert_spoken (fixture, id, "2 people");

  gtk_widget_activate_action (window_find (window, window_is_visit, id), "visit.open", NULL);
  WAIT_FOR (window_count (window, is_person_row, NULL) > 0);
  panel = window_find (window, window_is_type, "RcpVisitPanel");
  ui_picture_save (window, "window-several");
  g_assert_true ((row = window_find (window, is_person_row, name)));
  g_assert_cmpuint (window_count (window, is_person_row, NULL), ==, 2);
  menu = open_person_menu (window);
  g_assert_cmpint (g_menu_model_get_n_items (menu), ==, 2);
  g_signal_emit_by_name (window_find (row, is_next_button, NULL), "clicked");
  WAIT_FOR (are_people (fixture, id, first, RCP_VISIT_ARRIVED));
  assert_spoken (fixture, id, "1 of 2 arrived");
  g_assert_cmpint (get_status (fixture, id), ==, RCP_VISIT_ARRIVED);
  WAIT_FOR (window_find (window, is_undo, NULL));
  g_signal_emit_by_name (window_find (window, is_undo, NULL), "clicked");
  WAIT_FOR (are_people (fixture, id, first, RCP_VISIT_BOOKED));
  /* What was undone is shown on the board. */
  WAIT_FOR (window_find (window, window_is_visit, id));
  gtk_widget_activate_action (window_find (window, window_is_visit, id), "visit.open", NULL);
  WAIT_FOR ((row = window_find (window, is_person_row, name)));
  g_signal_emit_by_name (window_find (row, is_next_button, NULL), "clicked");
  WAIT_FOR (are_people (fixture, id, first, RCP_VISIT_ARRIVED));
  /* The one key: who is here stays so. */
  gtk_widget_activate_action (panel, "visit.arrive", NULL);
  WAIT_FOR (are_people (fixture, id, RCP_VISIT_ARRIVED, RCP_VISIT_ARRIVED));
  assert_spoken (fixture, id, "2 people");
  /* Another row, whose menu is the one of before, filled anew: see rcp_lazy_menu_set(). */
  g_assert_true (open_person_menu (window) == menu);
  WAIT_FOR ((row = window_find (window, is_person_row, name)));
  g_assert_true (gtk_widget_activate_action (row, "person.step", "(us)", 1, "left"));
  WAIT_FOR (are_people (fixture, id, RCP_VISIT_ARRIVED, RCP_VISIT_LEFT));
  gtk_widget_activate_action (panel, "visit.done", NULL);
  WAIT_FOR (are_people (fixture, id, RCP_VISIT_FULFILLED, RCP_VISIT_LEFT));
}

static void
test_nobody_waits (void)
{
  g_autoptr (RcpClock) clock = rcp_clock_new_fixed (0);
  g_autoptr (RcpDesk) desk = rcp_desk_new (clock);
  g_autoptr (RcpWaitingModel) model = rcp_waiting_model_new (clock);
  GtkWidget *window = gtk_window_new (), *page = rcp_waiting_page_new (desk, model);

  gtk_window_set_child (GTK_WINDOW (window), page);
  gtk_window_present (GTK_WINDOW (window));
  WAIT_FOR (window_find (window, window_is_type, "AdwStatusPage"));
  ui_picture_save (window, "waiting-empty");
  gtk_window_destroy (GTK_WINDOW (window));
}

static gboolean
is_scroller (GtkWidget *widget, gconstpointer data)
{
  return GTK_IS_SCROLLED_WINDOW (widget) && gtk_widget_get_mapped (widget) && gtk_widget_get_ancestor (widget, g_type_from_name ("RcpBoardView"));
}

static void
on_changed_elsewhere_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RcpVisit) visit = rcp_set_status_run_finish (RCP_SET_STATUS (source), result, &error);

  g_assert_no_error (error);
  loop_clock_start (user_data);
}

/* Another desk, with a client of its own, notes that a patient came: within two seconds this one shows it, and nothing else moves. */
static void
test_another_desk_is_seen (WindowFixture *fixture, gconstpointer data)
{
  g_autoptr (PracticeFixture) practice = window_fixture_start_sample ();
  g_autoptr (RcpClock) clock = NULL;
  g_autoptr (FhirClient) other = NULL;
  g_autoptr (RcpSetStatus) step = NULL;
  g_autoptr (RcpVisit) visit = NULL;
  g_autofree char *looked_at = NULL;
  GtkWidget *window = GTK_WIDGET (fixture->window), *panel, *focus;
  GtkAdjustment *adjustment;
  LoopClock since = { 0 };
  gint64 took;
  double place;

  window_fixture_open (fixture, practice);
  clock = g_object_ref (rcp_desk_get_clock (fixture->desk));
  WAIT_FOR (find_status (fixture, RCP_VISIT_ARRIVED) && find_expected (fixture));
  gtk_widget_activate_action (find_status (fixture, RCP_VISIT_ARRIVED), "visit.open", NULL);
  WAIT_FOR ((panel = window_find (window, window_is_type, "RcpVisitPanel")));
  looked_at = g_strdup (rcp_visit_get_id (rcp_visit_panel_get_visit (RCP_VISIT_PANEL (panel))));
  ui_picture_save (window, "window-two-desks");
  adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (window_find (window, is_scroller, NULL)));
  place = gtk_adjustment_get_value (adjustment);
  focus = gtk_window_get_focus (GTK_WINDOW (window));

  visit = g_object_ref (rcp_visit_chip_get_visit (RCP_VISIT_CHIP (find_expected (fixture))));
  other = practice_fixture_create_client (practice);
  step = rcp_set_status_new (other, clock, visit, RCP_VISIT_NOSHOW);
  rcp_set_status_run_async (step, NULL, on_changed_elsewhere_cb, &since);
  WAIT_FOR (since.source > 0);
  wait_for_status (fixture, rcp_visit_get_id (visit), RCP_VISIT_NOSHOW);
  took = loop_clock_stop (&since);
  g_test_message ("seen after %.2f s", (double) took / G_USEC_PER_SEC);
  g_assert_cmpint (took, <, 2 * G_USEC_PER_SEC);
  g_assert_cmpfloat (gtk_adjustment_get_value (adjustment), ==, place);
  g_assert_true (window_find (window, window_is_type, "RcpVisitPanel") == panel);
  g_assert_cmpstr (rcp_visit_get_id (rcp_visit_panel_get_visit (RCP_VISIT_PANEL (panel))), ==, looked_at);
  g_assert_true (gtk_window_get_focus (GTK_WINDOW (window)) == focus);
}

static void
on_cancelled_elsewhere_cb (GObject *source, GAsyncResult *result, gpointer is_done)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (RcpVisit) visit = rcp_cancel_visit_run_finish (RCP_CANCEL_VISIT (source), result, &error);

  g_assert_no_error (error);
  *(gboolean *) is_done = TRUE;
}

/* Another desk cancels the visit that was looked at before: the patient who is looked at now, and the keyboard, stay. */
static void
test_a_patient_stays (WindowFixture *fixture, gconstpointer data)
{
  g_autoptr (PracticeFixture) practice = window_fixture_start_sample ();
  g_autoptr (RcpClock) clock = NULL;
  g_autoptr (FhirClient) other = NULL;
  g_autoptr (RcpCancelVisit) cancel = NULL;
  g_autoptr (RcpVisit) visit = NULL;
  GtkWidget *window = GTK_WIDGET (fixture->window), *panel;
  gboolean is_done = FALSE;

  window_fixture_open (fixture, practice);
  clock = g_object_ref (rcp_desk_get_clock (fixture->desk));
  WAIT_FOR (find_status (fixture, RCP_VISIT_ARRIVED) && find_expected (fixture));
  visit = g_object_ref (rcp_visit_chip_get_visit (RCP_VISIT_CHIP (find_expected (fixture))));
  gtk_widget_activate_action (find_expected (fixture), "visit.open", NULL);
  WAIT_FOR ((panel = window_find (window, window_is_type, "RcpVisitPanel")));
  rcp_window_show_found (fixture->window,
                         rcp_visit_get_patient (rcp_visit_chip_get_visit (RCP_VISIT_CHIP (find_status (fixture, RCP_VISIT_ARRIVED)))), NULL);
  WAIT_FOR ((panel = window_find (window, window_is_type, "RcpPatientPanel")) && gtk_widget_get_focus_child (panel));

  other = practice_fixture_create_client (practice);
  cancel = rcp_cancel_visit_new (other, clock, visit, "pat", NULL);
  rcp_cancel_visit_run_async (cancel, NULL, on_cancelled_elsewhere_cb, &is_done);
  WAIT_FOR (is_done && !get_known (fixture, rcp_visit_get_id (visit)));
  WAIT_FOR (!window_find (window, window_is_visit, rcp_visit_get_id (visit)));
  g_assert_true (gtk_widget_get_child_visible (panel));
  g_assert_true (adw_flap_get_reveal_flap (ADW_FLAP (gtk_widget_get_ancestor (panel, ADW_TYPE_FLAP))));
  g_assert_nonnull (gtk_widget_get_focus_child (panel));
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  ui_picture_load_style ();
  g_test_add ("/ui/flow/a-visit-goes-through-the-day", WindowFixture, NULL, window_fixture_set_up, test_a_visit_goes_through_the_day,
              window_fixture_tear_down);
  g_test_add ("/ui/flow/a-step-is-undone", WindowFixture, NULL, window_fixture_set_up, test_a_step_is_undo, window_fixture_tear_down);
  g_test_add ("/ui/flow/who-waits-is-listed", WindowFixture, NULL, window_fixture_set_up, test_who_waits_is_listed, window_fixture_tear_down);
  g_test_add ("/ui/flow/each-of-several", WindowFixture, NULL, window_fixture_set_up, test_each_of_several, window_fixture_tear_down);
  g_test_add_func ("/ui/flow/nobody-waits", test_nobody_waits);
  g_test_add ("/ui/flow/another-desk-is-seen", WindowFixture, NULL, window_fixture_set_up, test_another_desk_is_seen, window_fixture_tear_down);
  g_test_add ("/ui/flow/a-patient-stays", WindowFixture, NULL, window_fixture_set_up, test_a_patient_stays, window_fixture_tear_down);
  return g_test_run ();
}
