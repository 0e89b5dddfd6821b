/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The windows that only some desks ever open, in those looks in which they may go wrong: preferences, several visits at once, a
 * time that is full or blocked, two patients who look alike. */

#define G_LOG_DOMAIN "test-looks-windows"

#include "config.h"

#include "base/rcp-iso8601.h"
#include "looks-fixture.h"
#include "scheduling/rcp-wait-list.h"
#include "ui/board/rcp-visit-chip.h"
#include "ui/booking/rcp-booking-dialog.h"
#include "ui/booking/rcp-overbook-window.h"
#include "ui/booking/rcp-series-dialog.h"
#include "ui/booking/rcp-together-window.h"
#include "ui/move/rcp-new-places-window.h"
#include "ui/move/rcp-pinboard.h"
#include "ui/patient/rcp-patient-dialog.h"
#include "ui/preferences/rcp-form-dialog.h"
#include "ui/preferences/rcp-preferences-window.h"
#include "ui/rcp-about.h"
#include "ui/rcp-dialog.h"
#include "ui/rcp-window-private.h"

#define NOON G_GINT64_CONSTANT (1795435200000000) /* Monday 23 November 2026, 12:00 UTC */

static void
on_result_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

/* The @nth visit of this afternoon. */
static RcpVisit *
pick_visit (WindowFixture *fixture, guint nth)
{
  for (guint column = 0;; column++)
    {
      guint n_items;
      const RcpBoardItem *items = rcp_board_model_get_items (fixture->window->model, column, &n_items);

      for (guint i = 0; i < n_items; i++)
        if (rcp_visit_get_patient (items[i].visit) && rcp_visit_get_range (items[i].visit).start >= NOON && nth-- == 0)
          return g_object_ref (items[i].visit);
    }
}

static RcpVisitType *
find_visit_type (WindowFixture *fixture)
{
  return rcp_roster_find_visit_type (rcp_desk_get_roster (fixture->desk), "consultation");
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

static gboolean
is_list (GtkWidget *widget, gconstpointer data)
{
  return GTK_IS_LIST_VIEW (widget) && gtk_widget_get_mapped (widget);
}

static void
look_and_close (GtkWindow *dialog, const char *what, const Look *look)
{
  looks_look_at (GTK_WIDGET (dialog), what, look);
  gtk_window_destroy (dialog);
}

static void
look_at_series (WindowFixture *fixture, RcpPatient *patient, RcpOffer *offer, const Look *look)
{
  g_autoptr (RcpSeriesModel) model
      = rcp_series_model_new (fixture->desk, patient, offer, find_visit_type (fixture), RCP_URGENCY_ROUTINE, NULL);
  GtkWindow *dialog = rcp_series_dialog_new (model);

  rcp_dialog_present (dialog, GTK_WINDOW (fixture->window));
  WAIT_FOR (window_find (GTK_WIDGET (dialog), is_row, NULL));
  look_and_close (dialog, "series", look);
}

static gboolean
is_why (GtkWidget *widget, gconstpointer data)
{
  return window_is_type (widget, "RcpOfferWhy") && gtk_widget_get_mapped (widget);
}

static gboolean
is_offer (GtkWidget *widget, gconstpointer data)
{
  return window_is_type (widget, "RcpOfferRow") && gtk_widget_get_mapped (widget);
}

/* What suits the patient best comes first, and why. */
static void
test_best (WindowFixture *fixture, gconstpointer data)
{
  g_autoptr (RcpVisit) visit = pick_visit (fixture, 0);
  GtkWindow *dialog = rcp_booking_dialog_new (fixture->desk);
  GtkWidget *window = GTK_WIDGET (dialog), *why;
  const Look *look = data;

  rcp_booking_dialog_set_patient (RCP_BOOKING_DIALOG (dialog), rcp_visit_get_patient (visit));
  rcp_dialog_present (dialog, GTK_WINDOW (fixture->window));
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (window_find (window, is_button, "Best Firs_t")), TRUE);
  WAIT_FOR (window_find (window, is_offer, NULL));
  looks_look_at (window, "booking-best", look);
  g_assert_true (gtk_widget_activate_action (window, "booking.why", NULL));
  WAIT_FOR ((why = window_find (window, is_why, NULL)));
  looks_look_at (why, "booking-why", look);
  gtk_popover_popdown (GTK_POPOVER (why));
  gtk_window_destroy (dialog);
  g_settings_reset (fixture->settings, "offer-order");
}

/* Two people at once, one of them again and again, and on top of what is booked. */
static void
test_bookings (WindowFixture *fixture, gconstpointer data)
{
  g_autoptr (RcpVisit) first = pick_visit (fixture, 0), second = pick_visit (fixture, 1);
  g_autoptr (RcpWish) wish = rcp_wish_new ();
  g_autoptr (RcpTogetherModel) together = NULL;
  g_autoptr (RcpOverbookModel) overbook = NULL;
  g_autoptr (RcpOffer) offer = NULL;
  const Look *look = data;
  GtkWindow *dialog;
  RcpOverbookWish on_top = { .patient = rcp_visit_get_patient (first), .visit_type = find_visit_type (fixture), .duration = 30 };

  rcp_desk_get_today (fixture->desk, &wish->from);
  g_date_add_days (&wish->from, 1);
  together = rcp_together_model_new (fixture->desk, rcp_visit_get_patient (first), on_top.visit_type, wish, NULL);
  rcp_together_model_add_person (together, rcp_visit_get_patient (second));
  dialog = rcp_together_window_new (together);
  rcp_dialog_present (dialog, GTK_WINDOW (fixture->window));
  WAIT_FOR (rcp_together_model_get_state (together) == RCP_TOGETHER_READY);
  look_and_close (dialog, "together", look);
  offer = g_list_model_get_item (rcp_together_model_get_offers (together), 0);
  look_at_series (fixture, rcp_visit_get_patient (first), offer, look);
  overbook = rcp_overbook_model_new (fixture->desk, &on_top, &wish->from);
  dialog = rcp_overbook_window_new (overbook);
  rcp_dialog_present (dialog, GTK_WINDOW (fixture->window));
  WAIT_FOR (window_find (GTK_WIDGET (dialog), is_list, NULL));
  look_and_close (dialog, "overbook", look);
  dialog = rcp_overbook_dialog_new (GTK_WINDOW (fixture->window), "Move García, Elena to Mon, 23 Nov, 14:00 with Dr. Samir Haddad",
                                    "Lindqvist, Tove has a visit until 14:15\nDr. Samir Haddad is at lunch until 14:30");
  rcp_dialog_present (dialog, GTK_WINDOW (fixture->window));
  look_and_close (dialog, "overbook-ask", look);
}

static char *
dup_typed (RcpPatient *patient)
{
  char date[16];

  g_date_strftime (date, sizeof date, "%Y-%m-%d", rcp_patient_get_birth_date (patient));
  return g_strdup_printf ("%s %s", rcp_patient_get_name (patient), date);
}

/* The same name and birth date as one who is in the record. */
static void
test_alike (WindowFixture *fixture, gconstpointer data)
{
  g_autoptr (RcpVisit) visit = pick_visit (fixture, 0);
  RcpPatient *patient = rcp_visit_get_patient (visit);
  g_autofree char *typed = dup_typed (patient);
  GtkWindow *dialog = rcp_patient_dialog_new (fixture->desk, NULL, typed);
  const Look *look = data;

  rcp_dialog_present (dialog, GTK_WINDOW (fixture->window));
  WAIT_FOR (window_find (GTK_WIDGET (dialog), is_button, "Co_mpare…"));
  looks_look_at (GTK_WIDGET (dialog), "register", look);
  g_signal_emit_by_name (window_find (GTK_WIDGET (dialog), is_button, "Co_mpare…"), "clicked");
  WAIT_FOR (window_find (GTK_WIDGET (dialog), window_is_type, "RcpCompareView"));
  look_and_close (dialog, "alike", look);
}

static void
look_at_form (WindowFixture *fixture, RcpSetupKind kind, const char *reference, const char *what, const Look *look)
{
  g_autoptr (RcpFormModel) model = rcp_form_model_new (fixture->desk, kind, reference);

  looks_look_at_dialog (fixture, rcp_form_dialog_new (model), what, look);
}

static gboolean
is_expander (GtkWidget *widget, gconstpointer title)
{
  return ADW_IS_EXPANDER_ROW (widget) && g_strcmp0 (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget)), title) == 0;
}

static gboolean
is_entry (GtkWidget *widget, gconstpointer title)
{
  return ADW_IS_ENTRY_ROW (widget) && g_strcmp0 (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget)), title) == 0;
}

/* Days off, of which the last is before the first. The bar beside what scrolls would fade while the picture is taken. */
static gboolean
is_ranking (GtkWidget *widget, gconstpointer data)
{
  return window_is_type (widget, "RcpRankingGroup");
}

/* The end of the page, which is longer than the window. */
static void
look_at_ranking (GtkWidget *dialog, const Look *look)
{
  GtkWidget *scrolled;
  GtkAdjustment *adjustment;

  rcp_preferences_window_show_page (RCP_PREFERENCES_WINDOW (dialog), "general");
  scrolled = gtk_widget_get_ancestor (window_find (dialog, is_ranking, NULL), GTK_TYPE_SCROLLED_WINDOW);
  adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scrolled));
  gtk_adjustment_set_value (adjustment, gtk_adjustment_get_upper (adjustment));
  looks_look_at (dialog, "preferences-ranking", look);
}

static void
look_at_days_off (WindowFixture *fixture, RcpSetupKind kind, const char *reference, const char *title, const char *what, const Look *look)
{
  g_autoptr (RcpFormModel) model = rcp_form_model_new (fixture->desk, kind, reference);
  GtkWidget *dialog = GTK_WIDGET (rcp_form_dialog_new (model)), *expander;

  rcp_dialog_present (GTK_WINDOW (dialog), GTK_WINDOW (fixture->window));
  gtk_scrolled_window_set_overlay_scrolling (GTK_SCROLLED_WINDOW (window_find (dialog, window_is_type, "GtkScrolledWindow")), FALSE);
  expander = window_find (dialog, is_expander, title);
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (expander), TRUE);
  gtk_editable_set_text (GTK_EDITABLE (window_find (expander, is_entry, "First Day")), "24 Dec 2026");
  gtk_editable_set_text (GTK_EDITABLE (window_find (expander, is_entry, "Last Day")), "20 Dec 2026");
  WAIT_FOR (gtk_widget_get_height (window_find (expander, is_entry, "Reason")) > 0);
  gtk_widget_grab_focus (window_find (expander, is_entry, "Reason"));
  look_and_close (GTK_WINDOW (dialog), what, look);
}

static void
test_preferences (WindowFixture *fixture, gconstpointer data)
{
  static const char *const pages[] = { "general", "providers", "rooms", "visit-types" };
  const Look *look = data;
  GtkWidget *dialog;

  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.preferences", NULL));
  WAIT_FOR ((dialog = looks_find_dialog (fixture)));
  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    {
      g_autofree char *what = g_strconcat ("preferences-", pages[i], NULL);

      rcp_preferences_window_show_page (RCP_PREFERENCES_WINDOW (dialog), pages[i]);
      looks_look_at (dialog, what, look);
    }
  look_at_ranking (dialog, look);
  gtk_window_destroy (GTK_WINDOW (dialog));
  look_at_form (fixture, RCP_SETUP_PROVIDER, "Practitioner/sample-d-ruiz", "form-provider", look);
  look_at_form (fixture, RCP_SETUP_ROOM, "Device/sample-g-ecg-1", "form-room", look);
  look_at_form (fixture, RCP_SETUP_VISIT_TYPE, "HealthcareService/sample-h-ecg", "form-visit-type", look);
  look_at_form (fixture, RCP_SETUP_PLACE, NULL, "form-place", look);
  look_at_days_off (fixture, RCP_SETUP_PROVIDER, "Practitioner/sample-d-ruiz", "Add Leave", "form-leave", look);
  look_at_days_off (fixture, RCP_SETUP_PLACE, NULL, "Add Closed Days", "form-closed-days", look);
}

/* An hour of the first column, which is in sight on a phone too. */
static void
test_block (WindowFixture *fixture, gconstpointer data)
{
  GtkWidget *window = GTK_WIDGET (fixture->window), *popover;
  const Look *look = data;

  gtk_widget_activate_action (window_find (window, window_is_type, "RcpBoardGrid"), "board.block", "(uii)", 0, 9 * 60, 10 * 60);
  WAIT_FOR ((popover = window_find (window, window_is_type, "RcpBlockPopover")));
  looks_look_at (popover, "block", look);
  gtk_popover_popdown (GTK_POPOVER (popover));
}

/* The platform's own, with our words. */
static void
test_about (WindowFixture *fixture, gconstpointer data)
{
  const Look *look = data;

  rcp_about_present (GTK_WINDOW (fixture->window));
  looks_look_at_dialog (fixture, NULL, "about", look);
}

/* The work that a change of hours leaves behind: see rcp-refit-visits.c. */
static void
add_refit (WindowFixture *fixture, RcpVisit *visit)
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

static void
put_on_wait_list (WindowFixture *fixture, RcpVisit *visit)
{
  g_autoptr (RcpJoinWaitList) join = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (RcpVisit) joined = NULL;
  RcpWaitWish wish = { .patient = rcp_visit_get_patient (visit), .visit_type = find_visit_type (fixture), .duration = 30,
                       .urgency = RCP_URGENCY_ROUTINE, .period = { NOON, NOON + 14 * G_TIME_SPAN_DAY } };

  join = rcp_join_wait_list_new (rcp_desk_get_client (fixture->desk), rcp_desk_get_clock (fixture->desk), &wish);
  rcp_visit_operation_run_async (RCP_VISIT_OPERATION (join), NULL, on_result_cb, &result);
  WAIT_FOR (result);
  joined = rcp_visit_operation_run_finish (RCP_VISIT_OPERATION (join), result, NULL);
  g_assert_nonnull (joined);
}

static void
look_at_new_places (WindowFixture *fixture, GtkWindow *preferences, const Look *look)
{
  GtkWindow *dialog = rcp_new_places_window_new (fixture->desk);

  rcp_dialog_present (dialog, preferences);
  WAIT_FOR (window_find (GTK_WIDGET (dialog), is_row, NULL));
  look_and_close (dialog, "new-places", look);
}

/* The lists that are empty in the sample clinic, with something in them: filled once, for all looks. */
static void
test_lists (WindowFixture *fixture, gconstpointer data)
{
  static gboolean is_filled;
  GtkWidget *window = GTK_WIDGET (fixture->window), *dialog;
  const Look *look = data;

  for (guint i = 0; i < 3 && !is_filled; i++)
    {
      g_autoptr (RcpVisit) visit = pick_visit (fixture, 2 * i);

      add_refit (fixture, visit);
      put_on_wait_list (fixture, visit);
    }
  is_filled = TRUE;
  gtk_widget_activate_action (window, "win.show-page", "s", "wait-list");
  gtk_widget_activate_action (window, "win.refresh", NULL);
  WAIT_FOR (rcp_wait_list_model_get_count (fixture->window->wait_list) == 3 && window_find (window, is_row, NULL));
  looks_look_at (window, "wait-list", look);
  g_assert_true (gtk_widget_activate_action (window, "win.refits", NULL));
  WAIT_FOR ((dialog = looks_find_dialog (fixture)) && window_find (dialog, is_row, NULL));
  looks_look_at (dialog, "refits", look);
  look_at_new_places (fixture, GTK_WINDOW (dialog), look);
  gtk_window_destroy (GTK_WINDOW (dialog));
}

int
main (int argc, char **argv)
{
  int result;

  looks_start (&argc, &argv);
  for (guint i = 0; i < LOOKS_N; i++)
    if (looks_is_telling (&looks[i]))
      {
        looks_add (&looks[i], "bookings", test_bookings);
        looks_add (&looks[i], "best", test_best);
        looks_add (&looks[i], "alike", test_alike);
        looks_add (&looks[i], "preferences", test_preferences);
        looks_add (&looks[i], "block", test_block);
        looks_add (&looks[i], "about", test_about);
        looks_add (&looks[i], "lists", test_lists);
      }
  result = g_test_run ();
  looks_end ();
  return result;
}
