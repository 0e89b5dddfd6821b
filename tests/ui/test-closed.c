/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Each window that opens above another is gone when it is closed, with all that it shows: a desk opens hundreds of them from morning
 * till evening. Twice, as what is made once may be kept. */

#define G_LOG_DOMAIN "test-closed"

#include "config.h"

#include "fake-calendars.h"
#include "ui-picture.h"
#include "ui/board/rcp-visit-chip.h"
#include "ui/booking/rcp-booking-dialog.h"
#include "ui/booking/rcp-overbook-window.h"
#include "ui/insurance/rcp-auth-dialog.h"
#include "ui/booking/rcp-series-dialog.h"
#include "ui/booking/rcp-together-window.h"
#include "ui/calendars/rcp-export-dialog.h"
#include "ui/find/rcp-find-dialog.h"
#include "ui/history/rcp-history-dialog.h"
#include "ui/insurance/rcp-cover-window.h"
#include "ui/insurance/rcp-coverage-dialog.h"
#include "ui/insurance/rcp-raw-answer.h"
#include "ui/move/rcp-pinboard.h"
#include "ui/patient/rcp-patient-dialog.h"
#include "ui/move/rcp-new-places-window.h"
#include "ui/preferences/rcp-account-dialog.h"
#include "ui/preferences/rcp-form-dialog.h"
#include "ui/preferences/rcp-preferences-window.h"
#include "ui/rcp-about.h"
#include "ui/rcp-dialog.h"
#include "ui/rcp-error-dialog.h"
#include "ui/rcp-shortcuts-window.h"
#include "ui/rcp-window-private.h"
#include "ui/sidebar/rcp-columns-dialog.h"
#include "ui/sidebar/rcp-own-dialog.h"
#include "ui/sidebar/rcp-sets-dialog.h"
#include "ui/visit/rcp-cancel-dialog.h"
#include "ui/visit/rcp-room-dialog.h"
#include "window-fixture.h"

typedef struct
{
  WindowFixture *window;
  RcpVisit *visit; /* of this afternoon */
  RcpPatient *patient;
  RcpVisitType *visit_type;
  FakeCalendars *calendars;
} Desk;

typedef GtkWindow *(*Make) (Desk *desk);

static gboolean
is_to_come (GtkWidget *widget, gconstpointer data)
{
  const WindowFixture *fixture = data;
  RcpVisit *visit = window_is_visit (widget, NULL) ? rcp_visit_chip_get_visit (RCP_VISIT_CHIP (widget)) : NULL;

  return visit && rcp_visit_get_patient (visit) && rcp_visit_get_range (visit).start > rcp_clock_get_now (rcp_desk_get_clock (fixture->desk))
         && rcp_visit_may_move (visit);
}

static GtkWindow *
make_shortcuts (Desk *desk)
{
  return rcp_shortcuts_window_new ();
}

static GtkWindow *
make_history_of_visit (Desk *desk)
{
  return rcp_history_dialog_new_for_visit (desk->window->desk, desk->visit);
}

static GtkWindow *
make_cover (Desk *desk)
{
  return rcp_cover_window_new (desk->window->desk);
}

static GtkWindow *
make_history_of_patient (Desk *desk)
{
  return rcp_history_dialog_new_for_patient (desk->window->desk, desk->patient);
}

static GtkWindow *
make_raw_answer (Desk *desk)
{
  g_autoptr (RcpEligibilityAnswer) answer = rcp_eligibility_answer_new ("1", 0);

  answer->raw = g_bytes_new_static ("ISA", 3);
  answer->raw_type = g_strdup ("text/plain");
  return rcp_raw_answer_new (desk->window->desk, answer);
}

static GtkWindow *
make_coverage (Desk *desk)
{
  return rcp_coverage_dialog_new (desk->window->desk, rcp_patient_get_id (desk->patient), NULL, 1);
}

static void
fill_wish (Desk *desk, RcpWish *wish)
{
  rcp_desk_get_today (desk->window->desk, &wish->from);
  g_date_add_days (&wish->from, 1);
}

static RcpTogetherModel *
make_together_model (Desk *desk)
{
  g_autoptr (RcpWish) wish = rcp_wish_new ();
  RcpTogetherModel *model;

  fill_wish (desk, wish);
  model = rcp_together_model_new (desk->window->desk, desk->patient, desk->visit_type, wish, NULL);
  WAIT_FOR (rcp_together_model_get_state (model) == RCP_TOGETHER_READY);
  return model;
}

static GtkWindow *
make_together (Desk *desk)
{
  g_autoptr (RcpTogetherModel) model = make_together_model (desk);

  return rcp_together_window_new (model);
}

static GtkWindow *
make_series (Desk *desk)
{
  g_autoptr (RcpTogetherModel) together = make_together_model (desk);
  g_autoptr (RcpOffer) offer = g_list_model_get_item (rcp_together_model_get_offers (together), 0);
  g_autoptr (RcpSeriesModel) model
      = rcp_series_model_new (desk->window->desk, desk->patient, offer, desk->visit_type, RCP_URGENCY_ROUTINE, NULL);

  return rcp_series_dialog_new (model);
}

static GtkWindow *
make_overbooking (Desk *desk)
{
  RcpOverbookWish on_top = { .patient = desk->patient, .visit_type = desk->visit_type, .duration = 30 };
  g_autoptr (RcpWish) wish = rcp_wish_new ();
  g_autoptr (RcpOverbookModel) model = NULL;

  fill_wish (desk, wish);
  model = rcp_overbook_model_new (desk->window->desk, &on_top, &wish->from);
  return rcp_overbook_window_new (model);
}

static GtkWindow *
make_authorization (Desk *desk)
{
  g_autoptr (JsonNode) node = json_from_string ("{\"resourceType\":\"Task\",\"id\":\"1\",\"status\":\"requested\",\"intent\":\"order\",\"code\":"
                                                "{\"coding\":[{\"system\":\"urn:reception:prior-auth\",\"code\":\"authorize\"}]}}", NULL);
  g_autoptr (FhirResource) task = fhir_resource_new (json_node_get_object (node));
  g_autoptr (RcpPriorAuth) auth = rcp_prior_auth_new (task, NULL);

  return rcp_auth_dialog_new (GTK_WINDOW (desk->window->window), auth, "Acme Health");
}

static GtkWindow *
make_overbook_question (Desk *desk)
{
  return rcp_overbook_dialog_new (GTK_WINDOW (desk->window->window), "Move it", "It is full");
}

static GtkWindow *
make_empty_booking (Desk *desk)
{
  return rcp_booking_dialog_new (desk->window->desk);
}

static gboolean
is_book_button (GtkWidget *widget, gconstpointer data)
{
  return GTK_IS_BUTTON (widget) && gtk_widget_has_css_class (widget, "suggested-action") && gtk_widget_get_mapped (widget)
         && gtk_widget_is_sensitive (widget);
}

/* With its offers. */
static GtkWindow *
make_booking (Desk *desk)
{
  GtkWindow *dialog = rcp_booking_dialog_new (desk->window->desk);

  rcp_booking_dialog_set_patient (RCP_BOOKING_DIALOG (dialog), desk->patient);
  rcp_dialog_present (dialog, GTK_WINDOW (desk->window->window));
  WAIT_FOR (window_find (GTK_WIDGET (dialog), is_book_button, NULL));
  return dialog;
}

static GtkWindow *
make_move (Desk *desk)
{
  return rcp_booking_dialog_new_for_move (desk->window->desk, desk->visit);
}

static GtkWindow *
make_cancelling (Desk *desk)
{
  return rcp_cancel_dialog_new (GTK_WINDOW (desk->window->window), desk->window->desk, desk->visit);
}

static GtkWindow *
make_rooms (Desk *desk)
{
  return rcp_room_dialog_new (rcp_roster_get_rooms (rcp_desk_get_roster (desk->window->desk)), NULL);
}

static GtkWindow *
make_find (Desk *desk)
{
  return rcp_find_dialog_new (desk->window->desk);
}

static GtkWindow *
make_registration (Desk *desk)
{
  return rcp_patient_dialog_new (desk->window->desk, NULL, "Ng");
}

static GtkWindow *
make_change_of_patient (Desk *desk)
{
  return rcp_patient_dialog_new (desk->window->desk, desk->patient, NULL);
}

static GtkWindow *
make_own (Desk *desk)
{
  return rcp_own_dialog_new (rcp_roster_get_providers (rcp_desk_get_roster (desk->window->desk)), NULL);
}

static GtkWindow *
make_sets (Desk *desk)
{
  return rcp_sets_dialog_new (desk->window->window->sets);
}

static GtkWindow *
make_columns (Desk *desk)
{
  return rcp_columns_dialog_new (rcp_desk_get_roster (desk->window->desk), rcp_board_model_get_columns (desk->window->window->model));
}

static GtkWindow *
make_export (Desk *desk)
{
  RcpWindow *window = desk->window->window;
  g_autoptr (RcpProvider) provider = g_list_model_get_item (rcp_roster_get_providers (rcp_desk_get_roster (window->desk)), 0);

  return rcp_export_dialog_new (window->desk, window->calendars, provider, rcp_board_model_get_date (window->model));
}

static GtkWindow *
make_preferences (Desk *desk)
{
  GtkWindow *preferences = rcp_preferences_window_new (desk->window->desk, desk->window->settings, desk->window->window->calendars);
  static const char *const pages[] = { "general", "providers", "rooms", "visit-types" };

  for (guint i = 0; i < G_N_ELEMENTS (pages); i++)
    rcp_preferences_window_show_page (RCP_PREFERENCES_WINDOW (preferences), pages[i]);
  return preferences;
}

static GtkWindow *
make_form_of (Desk *desk, RcpSetupKind kind, const char *reference)
{
  g_autoptr (RcpFormModel) model = rcp_form_model_new (desk->window->desk, kind, reference);

  return rcp_form_dialog_new (model);
}

static GtkWindow *
make_provider_form (Desk *desk)
{
  return make_form_of (desk, RCP_SETUP_PROVIDER, "Practitioner/sample-d-ruiz");
}

static GtkWindow *
make_room_form (Desk *desk)
{
  return make_form_of (desk, RCP_SETUP_ROOM, "Device/sample-g-ecg-1");
}

static GtkWindow *
make_visit_type_form (Desk *desk)
{
  return make_form_of (desk, RCP_SETUP_VISIT_TYPE, "HealthcareService/sample-h-ecg");
}

static GtkWindow *
make_place_form (Desk *desk)
{
  return make_form_of (desk, RCP_SETUP_PLACE, NULL);
}

static GtkWindow *
make_new_places (Desk *desk)
{
  return rcp_new_places_window_new (desk->window->desk);
}

static GtkWindow *
make_account (Desk *desk)
{
  g_autoptr (RcpAccountModel) model = rcp_account_model_new (RCP_CALENDAR_SERVICE (desk->calendars), NULL);

  return rcp_account_dialog_new (model);
}

/* What opened by itself, above the window of the desk; or NULL. */
static GtkWindow *
find_opened (Desk *desk, const char *type)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *l = windows; l; l = l->next)
    if (g_str_equal (G_OBJECT_TYPE_NAME (l->data), type) && gtk_widget_get_mapped (l->data))
      return l->data;
  return NULL;
}

static GtkWindow *
make_sheets (Desk *desk)
{
  GtkWindow *opened;

  gtk_widget_activate_action (GTK_WIDGET (desk->window->window), "win.print", NULL);
  WAIT_FOR ((opened = find_opened (desk, "RcpPrintDialog")));
  return opened;
}

static GtkWindow *
make_about (Desk *desk)
{
  rcp_about_present (GTK_WINDOW (desk->window->window));
  return find_opened (desk, "AdwAboutWindow");
}

static GtkWindow *
make_error (Desk *desk)
{
  g_autoptr (GError) error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_FAILED, "It did not work");

  rcp_error_dialog_present (GTK_WINDOW (desk->window->window), "Not Done", error);
  return find_opened (desk, "AdwMessageDialog");
}

static const struct
{
  const char *name;
  const char *type;
  Make make;
} windows[] = {
  { "about", "AdwAboutWindow", make_about },
  { "account", "RcpAccountDialog", make_account },
  { "authorization", "RcpAuthDialog", make_authorization },
  { "booking", "RcpBookingDialog", make_booking },
  { "booking-nobody", "RcpBookingDialog", make_empty_booking },
  { "booking-to-move", "RcpBookingDialog", make_move },
  { "cancelling", "RcpCancelDialog", make_cancelling },
  { "columns", "RcpColumnsDialog", make_columns },
  { "coverage", "RcpCoverageDialog", make_coverage },
  { "error", "AdwMessageDialog", make_error },
  { "cover", "RcpCoverWindow", make_cover },
  { "export", "RcpExportDialog", make_export },
  { "find", "RcpFindDialog", make_find },
  { "form-of-place", "RcpFormDialog", make_place_form },
  { "form-of-provider", "RcpFormDialog", make_provider_form },
  { "form-of-room", "RcpFormDialog", make_room_form },
  { "form-of-visit-type", "RcpFormDialog", make_visit_type_form },
  { "history-of-patient", "RcpHistoryDialog", make_history_of_patient },
  { "history-of-visit", "RcpHistoryDialog", make_history_of_visit },
  { "new-places", "RcpNewPlacesWindow", make_new_places },
  { "overbook-question", "RcpOverbookDialog", make_overbook_question },
  { "overbooking", "RcpOverbookWindow", make_overbooking },
  { "own", "RcpOwnDialog", make_own },
  { "patient", "RcpPatientDialog", make_change_of_patient },
  { "patient-new", "RcpPatientDialog", make_registration },
  { "preferences", "RcpPreferencesWindow", make_preferences },
  { "raw-answer", "RcpRawAnswer", make_raw_answer },
  { "rooms", "RcpRoomDialog", make_rooms },
  { "series", "RcpSeriesDialog", make_series },
  { "sets", "RcpSetsDialog", make_sets },
  { "sheets", "RcpPrintDialog", make_sheets },
  { "shortcuts", "RcpShortcutsWindow", make_shortcuts },
  { "together", "RcpTogetherWindow", make_together },
};

static void
on_gone_cb (gpointer n_alive, GObject *object)
{
  (*(guint *) n_alive)--;
}

static void
watch (gpointer object, guint *n_alive)
{
  (*n_alive)++;
  g_object_weak_ref (object, on_gone_cb, n_alive);
}

/* A section that was in a popover stays for ever in GTK 4.8: see rcp_lazy_menu_set(). */
static void
watch_menu (GMenuModel *menu, guint *n_alive)
{
  int n_items = g_menu_model_get_n_items (menu);

  watch (menu, n_alive);
  for (int i = 0; i < n_items; i++)
    {
      g_autoptr (GMenuModel) section = g_menu_model_get_item_link (menu, i, G_MENU_LINK_SECTION);

      if (section)
        watch_menu (section, n_alive);
    }
}

/* All but the tip that GTK has for a whole screen. */
static void
watch_all (GtkWidget *widget, guint *n_alive)
{
  if (g_str_equal (G_OBJECT_TYPE_NAME (widget), "GtkTooltipWindow"))
    return;
  watch (widget, n_alive);
  if (GTK_IS_MENU_BUTTON (widget) && gtk_menu_button_get_menu_model (GTK_MENU_BUTTON (widget)))
    watch_menu (gtk_menu_button_get_menu_model (GTK_MENU_BUTTON (widget)), n_alive);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    watch_all (child, n_alive);
}

static gboolean
is_waiting (GtkWidget *widget, gconstpointer data)
{
  return GTK_IS_SPINNER (widget) && gtk_widget_get_mapped (widget) && gtk_spinner_get_spinning (GTK_SPINNER (widget));
}

static gboolean
is_discard_button (GtkWidget *widget, gconstpointer data)
{
  return GTK_IS_BUTTON (widget) && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (widget)), "_Discard") == 0;
}

/* Where something was typed, it is asked whether that may go: it may. */
static void
close_window (Desk *desk, GtkWindow *window)
{
  GtkWindow *question;

  gtk_window_close (window);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  question = find_opened (desk, "AdwMessageDialog");
  if (question)
    g_signal_emit_by_name (window_find (GTK_WIDGET (question), is_discard_button, NULL), "clicked");
}

static void
open_and_close (Desk *desk, guint index)
{
  GtkWindow *window = windows[index].make (desk);
  guint n_alive = 0;

  g_assert_cmpstr (G_OBJECT_TYPE_NAME (window), ==, windows[index].type);
  if (!gtk_widget_get_mapped (GTK_WIDGET (window)))
    rcp_dialog_present (window, GTK_WINDOW (desk->window->window));
  WAIT_FOR (gtk_widget_get_mapped (GTK_WIDGET (window)) && !window_find (GTK_WIDGET (window), is_waiting, NULL));
  gtk_test_widget_wait_for_draw (GTK_WIDGET (window));
  watch_all (GTK_WIDGET (window), &n_alive);
  g_test_message ("%s: %u", windows[index].name, n_alive);
  close_window (desk, window);
  WAIT_FOR (n_alive == 0);
}

static void
test_closed_windows_are_gone (WindowFixture *fixture, gconstpointer data)
{
  g_autoptr (PracticeFixture) practice = window_fixture_start_sample ();
  g_autoptr (RcpVisit) visit = NULL;
  g_autoptr (RcpPatient) patient = NULL;
  g_autoptr (FakeCalendars) calendars = fake_calendars_new ();
  Desk desk = { .window = fixture, .calendars = calendars };
  GtkWidget *chip;

  window_fixture_open (fixture, practice);
  WAIT_FOR ((chip = window_find (GTK_WIDGET (fixture->window), is_to_come, fixture)));
  desk.visit = visit = g_object_ref (rcp_visit_chip_get_visit (RCP_VISIT_CHIP (chip)));
  desk.patient = patient = g_object_ref (rcp_visit_get_patient (visit));
  desk.visit_type = rcp_roster_find_visit_type (rcp_desk_get_roster (fixture->desk), "consultation");
  for (guint round = 0; round < 2; round++)
    for (guint i = 0; i < G_N_ELEMENTS (windows); i++)
      open_and_close (&desk, i);
  /* GTK tells all that scrolls: nothing may be told that is gone. */
  g_object_set (gtk_settings_get_default (), "gtk-overlay-scrolling", FALSE, NULL);
  g_object_set (gtk_settings_get_default (), "gtk-overlay-scrolling", TRUE, NULL);
}

/* That of the test before, which its fixture closed. */
static void
test_main_window_is_gone (void)
{
  g_object_set (gtk_settings_get_default (), "gtk-overlay-scrolling", FALSE, NULL);
  g_object_set (gtk_settings_get_default (), "gtk-overlay-scrolling", TRUE, NULL);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  ui_picture_load_style ();
  g_test_add ("/ui/closed/windows-are-gone", WindowFixture, NULL, window_fixture_set_up, test_closed_windows_are_gone, window_fixture_tear_down);
  g_test_add_func ("/ui/closed/main-window-is-gone", test_main_window_is_gone);
  return g_test_run ();
}
