/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Insurance on the screen, in the real window on a real record, with a clearinghouse that answers: rcp-insurance-box.c, rcp-coverage-card.c,
 * rcp-coverage-dialog.c, rcp-coverage-line.c, rcp-raw-answer.c, rcp-insurance-model.c, rcp-payer.c. Keys are pressed as on a keyboard. */

#define G_LOG_DOMAIN "test-insurance-window"

#include "config.h"

#include <stdlib.h>
#include <string.h>

#include "clinic/rcp-visit-price.h"
#include "cover-desk.h"
#include "ui-picture.h"
#include "ui/booking/rcp-booking-dialog.h"
#include "ui/insurance/rcp-coverage-dialog.h"
#include "ui/insurance/rcp-coverage-line.h"
#include "ui/insurance/rcp-insurance-box.h"
#include "ui/insurance/rcp-raw-answer.h"
#include "ui/preferences/rcp-form-model.h"
#include "ui/rcp-window-private.h"
#include "window-fixture.h"
#include "window-keys.h"

typedef struct
{
  WindowFixture window;
  PracticeFixture *practice;
  ScriptedHouse *house;
  FhirClient *client;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  self->practice = window_fixture_start_sample ();
  self->client = practice_fixture_create_client (self->practice);
  self->house = scripted_house_new (data ? *(const char *) data : 'e');
  window_fixture_set_up (&self->window, NULL);
  cover_desk_say_how_to_ask (self->window.settings, self->house);
  window_fixture_open (&self->window, self->practice);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  cover_desk_reset (self->window.settings);
  window_fixture_tear_down (&self->window, NULL);
  g_object_unref (self->client);
  scripted_house_free (self->house);
  practice_fixture_free (self->practice);
}

static void
on_result_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static RcpInsuranceModel *
get_model (Fixture *self)
{
  GtkWidget *box = window_find (GTK_WIDGET (self->window.window), window_is_type, "RcpInsuranceBox");

  return box ? rcp_insurance_box_get_model (RCP_INSURANCE_BOX (box)) : NULL;
}

static gboolean
is_read (Fixture *self, guint n)
{
  RcpInsuranceModel *model = get_model (self);

  return model && rcp_insurance_model_get_state (model) == RCP_INSURANCE_READY && rcp_insurance_model_get_n (model) == n;
}

/* Elena García, beside the board. */
static void
open_patient_with (Fixture *self, guint n)
{
  window_wait_focus ();
  window_press ("slash");
  WAIT_FOR (GTK_IS_TEXT (window_get_focus ()));
  window_type ("garcia, elena");
  WAIT_FOR (window_find (GTK_WIDGET (window_get_active ()), window_is_type, "RcpFoundRow"));
  window_press ("Return");
  WAIT_FOR (window_find (GTK_WIDGET (self->window.window), window_is_type, "RcpPatientPanel"));
  WAIT_FOR (is_read (self, n));
}

static void
open_patient (Fixture *self)
{
  open_patient_with (self, 0);
}

static gboolean
is_button (GtkWidget *widget, gconstpointer label)
{
  return GTK_IS_BUTTON (widget) && gtk_widget_get_mapped (widget) && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (widget)), label) == 0;
}

static void
add_insurance (Fixture *self, guint n_before)
{
  GtkWidget *add = window_find (GTK_WIDGET (self->window.window), is_button, "Add _Insurance…");

  gtk_widget_grab_focus (add);
  window_press ("space");
  WAIT_FOR (RCP_IS_COVERAGE_DIALOG (window_get_active ()));
  WAIT_FOR (GTK_IS_TEXT (window_get_focus ()));
  window_type ("Acme Health");
  window_press ("Tab");
  window_type ("12345");
  window_press ("Tab");
  window_type ("W123456789");
  window_press ("Tab");
  window_press ("Tab");
  window_type ("Gold PPO");
  window_press ("ctrl+Return");
  WAIT_FOR (!RCP_IS_COVERAGE_DIALOG (window_get_active ()) && is_read (self, n_before + 1));
}

static gboolean
is_row_titled (GtkWidget *widget, gconstpointer title)
{
  return ADW_IS_PREFERENCES_ROW (widget) && gtk_widget_get_mapped (widget) &&
         g_strcmp0 (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget)), title) == 0;
}

static AdwActionRow *
find_row (Fixture *self, const char *title)
{
  return (AdwActionRow *) window_find (GTK_WIDGET (self->window.window), is_row_titled, title);
}

static void
check_by_key (Fixture *self, const char *title)
{
  guint n_asked = scripted_house_get_n_asked (self->house);

  window_press ("i");
  WAIT_FOR (find_row (self, title) && !rcp_insurance_model_is_busy (get_model (self)));
  g_assert_cmpuint (scripted_house_get_n_asked (self->house), ==, n_asked + 1);
}

/* Entered and checked by keys; amounts, source and trace are there; so is what was asked. */
static void
test_eligible (Fixture *self, gconstpointer data)
{
  GtkWidget *window = GTK_WIDGET (self->window.window);
  const RcpEligibilityAnswer *answer;
  GtkWindow *raw;

  open_patient (self);
  g_assert_nonnull (window_find (window, window_is_label, "No insurance is known."));
  add_insurance (self, 0);
  g_assert_nonnull (find_row (self, "Acme Health · Gold PPO"));
  g_assert_nonnull (find_row (self, "Not checked yet"));
  check_by_key (self, "Eligible");
  g_assert_nonnull (strstr (scripted_house_get_last (self->house), "NM1*IL*1*GARC"));
  g_assert_nonnull (strstr (scripted_house_get_last (self->house), "EQ*98~"));
  answer = rcp_insurance_model_get_answer (get_model (self), 0);
  g_assert_nonnull (strstr (adw_action_row_get_subtitle (find_row (self, "Eligible")), "ACME HEALTH PLAN"));
  g_assert_nonnull (strstr (adw_action_row_get_subtitle (find_row (self, "Eligible")), answer->trace));
  g_assert_nonnull (window_find (window, window_is_label, "$25.00"));
  g_assert_nonnull (window_find (window, window_is_label, "$700.00"));
  g_assert_nonnull (window_find (window, window_is_label, "$3800.00"));
  g_assert_nonnull (window_find (window, window_is_label, "Needed before the visit"));
  ui_picture_save (window, "insurance-eligible");
  gtk_widget_grab_focus (window_find (window, is_button, "_Raw Answer…"));
  window_press ("space");
  WAIT_FOR (RCP_IS_RAW_ANSWER ((raw = window_get_active ())));
  ui_picture_save (GTK_WIDGET (raw), "insurance-raw");
  window_press ("Escape");
  WAIT_FOR (!RCP_IS_RAW_ANSWER (window_get_active ()));
}

static void
test_not_eligible (Fixture *self, gconstpointer data)
{
  open_patient (self);
  add_insurance (self, 0);
  check_by_key (self, "Not eligible");
  g_assert_null (window_find (GTK_WIDGET (self->window.window), window_is_label, "Copay"));
  ui_picture_save (GTK_WIDGET (self->window.window), "insurance-not-eligible");
}

/* Why it cannot be told is said, and everything else goes on. */
static void
test_cannot_tell (Fixture *self, gconstpointer data)
{
  open_patient (self);
  add_insurance (self, 0);
  check_by_key (self, "Cannot tell");
  g_assert_nonnull (strstr (adw_action_row_get_subtitle (find_row (self, "Cannot tell")), "does not find the insured person (75)"));
  g_assert_true (gtk_widget_is_sensitive (window_find (GTK_WIDGET (self->window.window), is_button, "New _Visit")));
  ui_picture_save (GTK_WIDGET (self->window.window), "insurance-cannot-tell");
  scripted_house_say (self->house, 'e');
  check_by_key (self, "Eligible");
}

/* While the payer is silent the desk books; what was there before stays. */
static void
test_silent (Fixture *self, gconstpointer data)
{
  open_patient (self);
  add_insurance (self, 0);
  window_press ("i");
  WAIT_FOR (rcp_insurance_model_is_checking (get_model (self), 0));
  g_assert_cmpstr (adw_action_row_get_subtitle (find_row (self, "Not checked yet")), ==, "The payer is being asked");
  window_press ("n");
  WAIT_FOR (window_get_active () != GTK_WINDOW (self->window.window));
  window_press ("Escape");
  WAIT_FOR (window_get_active () == GTK_WINDOW (self->window.window));
}

/* The second becomes the first, and the first ends. */
static void
test_order_and_end (Fixture *self, gconstpointer data)
{
  RcpInsuranceModel *model;
  g_autofree char *first = NULL;
  GtkWidget *box;

  open_patient (self);
  add_insurance (self, 0);
  add_insurance (self, 1);
  model = get_model (self);
  g_assert_cmpuint (rcp_coverage_get_order (rcp_insurance_model_get_coverage (model, 0)), ==, 1);
  g_assert_cmpuint (rcp_coverage_get_order (rcp_insurance_model_get_coverage (model, 1)), ==, 2);
  first = g_strdup (rcp_coverage_get_id (rcp_insurance_model_get_coverage (model, 0)));
  box = window_find (GTK_WIDGET (self->window.window), window_is_type, "RcpCoverageCard");
  g_assert_false (gtk_widget_activate_action (box, "coverage.up", NULL) && rcp_insurance_model_is_busy (model));
  gtk_widget_activate_action (gtk_widget_get_next_sibling (box), "coverage.up", NULL);
  WAIT_FOR (is_read (self, 2) && g_strcmp0 (rcp_coverage_get_id (rcp_insurance_model_get_coverage (model, 1)), first) == 0);
  g_assert_cmpuint (rcp_coverage_get_order (rcp_insurance_model_get_coverage (model, 1)), ==, 2);
  gtk_widget_activate_action (gtk_widget_get_next_sibling (box), "coverage.end", NULL);
  WAIT_FOR (ADW_IS_MESSAGE_DIALOG (window_get_active ()));
  window_press ("alt+e");
  WAIT_FOR (is_read (self, 2) && *rcp_coverage_get (rcp_insurance_model_get_coverage (model, 1), RCP_COVERAGE_END) != '\0');
  g_assert_cmpstr (rcp_coverage_get (rcp_insurance_model_get_coverage (model, 1), RCP_COVERAGE_END), ==, "2026-11-23");
}

/* What a clinic enters in Preferences, for all kinds of visits. */
static void
set_prices (Fixture *self, const char *price, const char *allowed, const char *service_type)
{
  GListModel *types = rcp_roster_get_visit_types (rcp_desk_get_roster (self->window.desk));

  for (guint i = 0; i < g_list_model_get_n_items (types); i++)
    {
      g_autoptr (RcpVisitType) type = g_list_model_get_item (types, i);
      g_autofree char *reference = g_strconcat ("HealthcareService/", rcp_visit_type_get_id (type), NULL);
      g_autoptr (RcpFormModel) form = rcp_form_model_new (self->window.desk, RCP_SETUP_VISIT_TYPE, reference);
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (GError) error = NULL;

      rcp_form_model_set_text (form, RCP_KEY_PRICE, price);
      rcp_form_model_set_text (form, RCP_KEY_ALLOWED, allowed);
      rcp_form_model_set_text (form, RCP_KEY_SERVICE_TYPE, service_type);
      rcp_form_model_save_async (form, on_result_cb, &result);
      WAIT_FOR (result);
      rcp_form_model_save_finish (form, result, &error);
      g_assert_no_error (error);
    }
}

static RcpCoverageLine *
find_line (GtkWindow *booking)
{
  return (RcpCoverageLine *) window_find (GTK_WIDGET (booking), window_is_type, "RcpCoverageLine");
}

static gboolean
says (GtkWindow *booking, const char *words)
{
  RcpCoverageLine *line = find_line (booking);

  return line && strstr (rcp_coverage_line_get_text (line), words);
}

/* From the caller to the visit, by keys alone. */
static GtkWindow *
begin_booking (Fixture *self)
{
  GtkWindow *booking;

  window_press ("n");
  WAIT_FOR (RCP_IS_BOOKING_DIALOG ((booking = window_get_active ())));
  WAIT_FOR (GTK_IS_TEXT (window_get_focus ()));
  window_type ("garcia, elena");
  WAIT_FOR (window_find (GTK_WIDGET (booking), window_is_type, "RcpFoundRow"));
  window_press ("Return");
  WAIT_FOR (window_find (GTK_WIDGET (booking), window_is_type, "RcpOfferRow"));
  return booking;
}

static gboolean
is_ready (GtkWidget *widget, gconstpointer data)
{
  return GTK_IS_BUTTON (widget) && gtk_widget_get_mapped (widget) && gtk_widget_is_sensitive (widget) && gtk_widget_has_css_class (widget, "suggested-action");
}

/* Nothing is booked while openings are looked for. */
static void
finish_booking (GtkWindow *booking)
{
  WAIT_FOR (window_find (GTK_WIDGET (booking), is_ready, NULL));
  window_press ("ctrl+Return");
  WAIT_FOR (window_find (GTK_WIDGET (booking), is_button, "_Done"));
  window_press ("Return");
  WAIT_FOR (window_get_active () != booking);
}

/* The chosen offer says what the payer says, once for its day; and the visit is booked. */
static void
test_booking (Fixture *self, gconstpointer data)
{
  const char *words = *(const char *) data == 'e' ? "Eligible · if in network: copay $25.00" : *(const char *) data == 'n' ? "Not eligible" : "(75)";
  g_autofree char *picture = g_strdup_printf ("insurance-booking-%s", (const char *) data);
  GtkWindow *booking;

  open_patient (self);
  add_insurance (self, 0);
  booking = begin_booking (self);
  WAIT_FOR (says (booking, words));
  g_assert_true (says (booking, "Acme Health · Gold PPO: "));
  g_assert_cmpuint (scripted_house_get_n_asked (self->house), ==, 1);
  g_assert_cmpint (says (booking, "authorization needed before the visit"), ==, *(const char *) data == 'e');
  /* "If in network" says that nobody knows: the line does not say both. */
  g_assert_false (says (booking, "network not known"));
  ui_picture_save (GTK_WIDGET (booking), picture);
  finish_booking (booking);
  g_assert_cmpuint (scripted_house_get_n_asked (self->house), ==, 1);
}

/* With a price the line says what the patient pays and how sure that is, and the panel says the same of the visit that was booked. */
static void
test_amounts (Fixture *self, gconstpointer data)
{
  static const struct { char says; const char *line; const char *panel; } expected[] = {
    { 'e', "Eligible · if in network: patient pays at most $140.00 (copay alone; or copay, deductible and share), by the list price",
      "patient pays at most $140.00 (copay alone; or copay, deductible and share), by the list price, if in network" },
    { 'n', "Not eligible · patient pays about $140.00, the list price", "patient pays about $140.00, the list price" },
    { 'f', "what the patient pays is not known; the list price is $140.00", "what the patient pays is not known; the list price is $140.00" },
  };
  guint i = *(const char *) data == 'e' ? 0 : *(const char *) data == 'n' ? 1 : 2;
  g_autofree char *picture = g_strdup_printf ("insurance-amounts-%s", (const char *) data);
  g_autofree char *panel = g_strdup_printf ("insurance-amounts-panel-%s", (const char *) data);
  g_autofree char *fact = NULL;
  GtkWindow *booking;
  const char *name;

  open_patient (self);
  set_prices (self, "140", "", "98");
  add_insurance (self, 0);
  booking = begin_booking (self);
  WAIT_FOR (says (booking, expected[i].line));
  g_assert_false (says (booking, "network not known"));
  g_assert_false (says (booking, "$0.00"));
  ui_picture_save (GTK_WIDGET (booking), picture);
  finish_booking (booking);
  open_patient_with (self, 1);
  WAIT_FOR (rcp_insurance_model_get_visit_type (get_model (self)) && !rcp_insurance_model_is_busy (get_model (self)));
  name = rcp_visit_type_get_name (rcp_insurance_model_get_visit_type (get_model (self)));
  fact = g_strdup_printf ("%s: %s", name, expected[i].panel);
  WAIT_FOR (window_find (GTK_WIDGET (self->window.window), window_is_label, fact));
  ui_picture_save (GTK_WIDGET (self->window.window), panel);
}

/* By contract it is an amount and no bound: 25, or 25 + 75 + 0, capped by nothing. */
static void
test_allowed (Fixture *self, gconstpointer data)
{
  GtkWindow *booking;

  open_patient (self);
  set_prices (self, "140", "100", "98");
  add_insurance (self, 0);
  booking = begin_booking (self);
  WAIT_FOR (says (booking, "if in network: patient pays about $25.00 to $100.00 (copay alone; or copay, deductible and share)"));
  ui_picture_save (GTK_WIDGET (booking), "insurance-amounts-allowed");
  window_press ("Escape");
  WAIT_FOR (window_get_active () != booking);
}

static guint
count_asked (Fixture *self, const char *member)
{
  g_autofree char *part = g_strdup_printf ("*MI*%s~", member);

  return scripted_house_count (self->house, part);
}

static gboolean
is_shown_second (Fixture *self, const char *title)
{
  GtkWidget *card = window_find (GTK_WIDGET (self->window.window), window_is_type, "RcpCoverageCard");

  return window_find (gtk_widget_get_next_sibling (card), is_row_titled, title) != NULL;
}

static void
add_second (Fixture *self)
{
  g_autoptr (FhirResource) second = cover_desk_insure_second (self->client, rcp_insurance_model_get_patient (get_model (self)), "S2");

  rcp_insurance_model_reload (get_model (self));
  WAIT_FOR (is_read (self, 2));
}

/* What is left to pay is told by what pays first, and that the other may pay of it; both payers are asked, and neither waits for the
 * other; what is known to be good is asked again only where all is. */
static void
test_second (Fixture *self, gconstpointer data)
{
  static const char estimate[] = "patient pays about $25.00 to $100.00 (copay alone; or copay, deductible and share)";
  g_autofree char *alone = NULL, *shared = NULL;
  RcpInsuranceModel *model;
  GtkWindow *booking;

  open_patient (self);
  set_prices (self, "140", "100", "98");
  add_insurance (self, 0);
  add_second (self);
  booking = begin_booking (self);
  WAIT_FOR (says (booking, estimate) && says (booking, "; another insurance may pay a part of it"));
  finish_booking (booking);
  open_patient_with (self, 2);
  model = get_model (self);
  WAIT_FOR (rcp_insurance_model_get_visit_type (model) && !rcp_insurance_model_is_busy (model));
  alone = g_strdup_printf ("%s: %s, if in network", rcp_visit_type_get_name (rcp_insurance_model_get_visit_type (model)), estimate);
  shared = g_strdup_printf ("%s; another insurance may pay a part of it", alone);
  WAIT_FOR (window_find (GTK_WIDGET (self->window.window), window_is_label, shared));
  scripted_house_say_of (self->house, "*MI*S2~", 'n');
  window_press ("i");
  WAIT_FOR (is_shown_second (self, "Not eligible"));
  WAIT_FOR (window_find (GTK_WIDGET (self->window.window), window_is_label, alone));
  g_assert_cmpuint (count_asked (self, "W123456789"), ==, 1);
  g_assert_cmpuint (count_asked (self, "S2"), ==, 1);
  scripted_house_say_of (self->house, "*MI*S2~", 'e');
  window_press ("i");
  WAIT_FOR (is_shown_second (self, "Eligible"));
  ui_picture_save (GTK_WIDGET (self->window.window), "insurance-second");
  g_assert_cmpuint (window_count (GTK_WIDGET (self->window.window), window_is_label, "Estimate"), ==, 1);
  g_assert_cmpuint (count_asked (self, "W123456789"), ==, 1);
  scripted_house_say_of (self->house, "*MI*S2~", 'w');
  window_press ("i");
  WAIT_FOR (count_asked (self, "W123456789") == 2 && count_asked (self, "S2") == 3 && !rcp_insurance_model_is_checking (model, 0));
  g_assert_true (rcp_insurance_model_is_checking (model, 1));
  scripted_house_release (self->house, 'e');
  WAIT_FOR (!rcp_insurance_model_is_busy (model));
}

/* A physical therapist's visit is not asked about as one in an office. */
static void
test_service_type (Fixture *self, gconstpointer data)
{
  GtkWindow *booking;

  open_patient (self);
  set_prices (self, "", "", "PT");
  add_insurance (self, 0);
  booking = begin_booking (self);
  WAIT_FOR (says (booking, "Eligible"));
  g_assert_nonnull (strstr (scripted_house_get_last (self->house), "EQ*PT~"));
  g_assert_false (says (booking, "copay $25.00"));
  window_press ("Escape");
  WAIT_FOR (window_get_active () != booking);
}

/* Nothing waits for a payer who says nothing. */
static void
test_booking_silent (Fixture *self, gconstpointer data)
{
  GtkWindow *booking;

  open_patient (self);
  add_insurance (self, 0);
  booking = begin_booking (self);
  WAIT_FOR (says (booking, "the payer is being asked"));
  finish_booking (booking);
}

/* The payer does not accept the clinic: the desk is told at the test of the settings, not by the first patient. */
static char *
run_test (Fixture *self, gboolean *is_open)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  char *words;

  rcp_payer_test_async (rcp_desk_get_payer (self->window.desk), NULL, on_result_cb, &result);
  WAIT_FOR (result);
  words = rcp_payer_test_finish (result, is_open, &error);
  g_assert_no_error (error);
  return words;
}

static void
test_test (Fixture *self, gconstpointer data)
{
  g_autofree char *works = NULL, *refused = NULL, *incomplete = NULL, *nowhere = NULL;
  gboolean is_open;

  works = run_test (self, &is_open);
  g_assert_true (is_open);
  g_assert_nonnull (strstr (works, "It works"));
  g_assert_null (strstr (scripted_house_get_last (self->house), "GARC"));
  scripted_house_say (self->house, 'a');
  refused = run_test (self, &is_open);
  g_assert_false (is_open);
  g_assert_cmpstr (refused, ==, "The clearinghouse does not accept the clinic's sign-in");
  g_settings_set_string (self->window.settings, "payer-npi", "12");
  incomplete = run_test (self, &is_open);
  g_assert_false (is_open);
  g_assert_cmpstr (incomplete, ==, "The National Provider Identifier must have ten digits.");
  g_settings_set_string (self->window.settings, "payer-url", "http://elsewhere.example/");
  nowhere = run_test (self, &is_open);
  g_assert_cmpstr (nowhere, ==, "The address must begin with https://.");
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  ui_picture_load_style ();
#define ADD(name, says, test) g_test_add ("/ui/insurance/" name, Fixture, says, set_up, test, tear_down)
  ADD ("eligible", "e", test_eligible);
  ADD ("not-eligible", "n", test_not_eligible);
  ADD ("cannot-tell", "f", test_cannot_tell);
  ADD ("silent", "s", test_silent);
  ADD ("order-and-end", "e", test_order_and_end);
  ADD ("booking-eligible", "e", test_booking);
  ADD ("booking-not-eligible", "n", test_booking);
  ADD ("booking-cannot-tell", "f", test_booking);
  ADD ("amounts-eligible", "e", test_amounts);
  ADD ("amounts-not-eligible", "n", test_amounts);
  ADD ("amounts-cannot-tell", "f", test_amounts);
  ADD ("amounts-allowed", "e", test_allowed);
  ADD ("second", "e", test_second);
  ADD ("service-type", "e", test_service_type);
  ADD ("booking-silent", "s", test_booking_silent);
  ADD ("test", "f", test_test);
  return g_test_run ();
}
