/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The visits of tomorrow by how they are covered, in the real window with a clearinghouse that answers: rcp-cover-window.c,
 * rcp-cover-row.c and rcp-window-insurance.c. Keys are pressed as on a keyboard. */

#define G_LOG_DOMAIN "test-cover-window"

#include "config.h"

#include <string.h>

#include "cover-desk.h"
#include "ui-picture.h"
#include "ui/insurance/rcp-cover-row.h"
#include "ui/insurance/rcp-cover-window.h"
#include "ui/insurance/rcp-insurance-box.h"
#include "ui/rcp-announcer.h"
#include "ui/rcp-window-private.h"
#include "window-fixture.h"
#include "window-keys.h"

#define N_INSURED 3

typedef struct
{
  WindowFixture window;
  PracticeFixture *practice;
  ScriptedHouse *house;
  FhirClient *client;
  GPtrArray *visits; /* of tomorrow; the first three are insured as M1 to M3 */
  RcpCoverWindow *cover;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  g_autoptr (GDate) tomorrow = g_date_new_dmy (24, 11, 2026);

  self->practice = window_fixture_start_sample ();
  self->client = practice_fixture_create_client (self->practice);
  self->house = scripted_house_new ('c');
  window_fixture_set_up (&self->window, NULL);
  cover_desk_say_how_to_ask (self->window.settings, self->house);
  self->visits = cover_desk_list_visits (self->client, tomorrow);
  for (guint i = 0; i < N_INSURED; i++)
    {
      g_autofree char *member = g_strdup_printf ("M%u", i + 1);
      g_autoptr (FhirResource) coverage = cover_desk_insure (self->client, rcp_visit_get_patient (self->visits->pdata[i]), member);
    }
  window_fixture_open (&self->window, self->practice);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  cover_desk_reset (self->window.settings);
  window_fixture_tear_down (&self->window, NULL);
  g_ptr_array_unref (self->visits);
  g_object_unref (self->client);
  scripted_house_free (self->house);
  practice_fixture_free (self->practice);
}

static RcpCoverList *
get_list (Fixture *self)
{
  return rcp_cover_window_get_list (self->cover);
}

static void
open_window (Fixture *self)
{
  GtkWindow *active;

  window_wait_focus ();
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (self->window.window), "win.insurance-list", NULL));
  WAIT_FOR (RCP_IS_COVER_WINDOW ((active = window_get_active ())));
  self->cover = RCP_COVER_WINDOW (active);
  WAIT_FOR (rcp_cover_list_is_read (get_list (self)) && window_find (GTK_WIDGET (self->cover), window_is_type, "RcpCoverRow"));
  g_assert_cmpstr (gtk_window_get_title (active), ==, "Insurance Tomorrow");
}

static gboolean
is_row_of (GtkWidget *widget, gconstpointer visit)
{
  return RCP_IS_COVER_ROW (widget) && rcp_cover_entry_is_for (rcp_cover_row_get_entry (RCP_COVER_ROW (widget)), (RcpVisit *) visit);
}

static RcpCoverRow *
find_row (Fixture *self, guint member)
{
  return (RcpCoverRow *) window_find (GTK_WIDGET (self->cover), is_row_of, self->visits->pdata[member - 1]);
}

static gboolean
says (Fixture *self, guint member, const char *words)
{
  g_autofree char *spoken = rcp_cover_row_dup_spoken (find_row (self, member));

  return strstr (spoken, words) != NULL;
}

static gboolean
has_said (Fixture *self, const char *words)
{
  GtkWidget *announcer = window_find (GTK_WIDGET (self->cover), window_is_type, "RcpAnnouncer");

  return announcer && strstr (rcp_announcer_get_said (RCP_ANNOUNCER (announcer)), words);
}

/* By keys alone: all are asked about, then one again, then its patient is beside the board. */
static void
test_keys (Fixture *self, gconstpointer data)
{
  GtkWidget *box;
  guint n_asked;

  scripted_house_say_of (self->house, "*MI*M2~", 'n');
  scripted_house_say_of (self->house, "*MI*M3~", 'f');
  open_window (self);
  g_assert_true (says (self, 1, "Acme Health: not checked"));
  window_press ("ctrl+Return");
  WAIT_FOR (scripted_house_get_n_asked (self->house) >= N_INSURED && rcp_cover_list_count_busy (get_list (self)) == 0);
  g_assert_true (says (self, 1, "Eligible"));
  g_assert_true (says (self, 1, "copay $25.00"));
  g_assert_true (says (self, 2, "Not eligible"));
  g_assert_true (says (self, 3, "(75)"));
  WAIT_FOR (has_said (self, "visits want attention"));
  ui_picture_save (GTK_WIDGET (self->cover), "cover-window");
  n_asked = scripted_house_get_n_asked (self->house);
  window_press ("ctrl+Return");
  WAIT_FOR (scripted_house_get_n_asked (self->house) > n_asked && rcp_cover_list_count_busy (get_list (self)) == 0);
  g_assert_cmpuint (scripted_house_count (self->house, "*MI*M1~"), ==, 1);
  g_assert_cmpuint (scripted_house_count (self->house, "*MI*M2~"), ==, 1);
  g_assert_cmpuint (scripted_house_count (self->house, "*MI*M3~"), ==, 2);
  gtk_widget_grab_focus (GTK_WIDGET (find_row (self, 2)));
  scripted_house_say_of (self->house, "*MI*M2~", 'c');
  window_press ("i");
  WAIT_FOR (says (self, 2, ": Eligible"));
  g_assert_true (gtk_widget_has_focus (GTK_WIDGET (find_row (self, 2))));
  window_press ("Return");
  WAIT_FOR (window_get_active () == GTK_WINDOW (self->window.window));
  WAIT_FOR (window_find (GTK_WIDGET (self->window.window), window_is_type, "RcpPatientPanel"));
  box = window_find (GTK_WIDGET (self->window.window), window_is_type, "RcpInsuranceBox");
  g_assert_cmpstr (rcp_patient_get_id (rcp_insurance_model_get_patient (rcp_insurance_box_get_model (RCP_INSURANCE_BOX (box)))), ==,
                   rcp_visit_get_patient_id (self->visits->pdata[1]));
}

/* What payers can say no more of, and what only the desk can mend, are told apart; @n_trouble of the insured. */
static gboolean
counts (Fixture *self, guint n_trouble)
{
  RcpCoverList *list = get_list (self);
  guint n_without = rcp_cover_list_count_without (list);
  g_autofree char *trouble = n_trouble > 0 ? g_strdup_printf ("%u visit%s attention", n_trouble, n_trouble > 1 ? "s want" : " wants")
                                           : g_strdup ("Every visit with an insurance is covered");
  g_autofree char *text = g_strdup_printf ("%s · %u visits have no insurance on record", trouble, n_without);

  g_assert_cmpuint (rcp_cover_list_count_trouble (list), ==, n_trouble);
  return window_find (GTK_WIDGET (self->cover), window_is_label, text) != NULL;
}

static gboolean
is_check (GtkWidget *widget, gconstpointer data)
{
  return GTK_IS_BUTTON (widget) && gtk_widget_get_mapped (widget);
}

static gboolean
stands_before (GtkListBoxRow *row, const char *title)
{
  GtkWidget *header = gtk_list_box_row_get_header (row);

  return header && window_find (header, window_is_label, title);
}

/* Those without an insurance are a group of their own, and what pays after the first is below it; the keyboard goes by rows alone. */
static void
test_groups (Fixture *self, gconstpointer data)
{
  g_autoptr (FhirResource) second = cover_desk_insure_second (self->client, rcp_visit_get_patient (self->visits->pdata[1]), "S2");
  GtkListBox *list;
  GtkListBoxRow *row;
  g_autofree char *spoken = NULL;
  guint n_without = 0;

  scripted_house_say_of (self->house, "*MI*M2~", 'n');
  open_window (self);
  g_assert_true (says (self, 2, "Acme Health: not checked, Secondary · Beta Mutual: not checked"));
  g_assert_false (says (self, 1, "Secondary"));
  window_press ("ctrl+Return");
  WAIT_FOR (scripted_house_get_n_asked (self->house) >= N_INSURED && rcp_cover_list_count_busy (get_list (self)) == 0);
  g_assert_cmpuint (scripted_house_count (self->house, "*MI*S2~"), ==, 1);
  g_assert_true (says (self, 2, "Acme Health: Not eligible, Secondary · Beta Mutual: Eligible"));
  rcp_cover_list_reload (get_list (self));
  WAIT_FOR (rcp_cover_list_is_read (get_list (self)) && find_row (self, 2));
  list = GTK_LIST_BOX (gtk_widget_get_parent (GTK_WIDGET (find_row (self, 2))));
  /* The failure first, without a name; then the group; then the others. */
  row = gtk_list_box_get_row_at_index (list, 0);
  g_assert_true (row == GTK_LIST_BOX_ROW (find_row (self, 2)));
  g_assert_null (gtk_list_box_row_get_header (row));
  for (int i = 1; (row = gtk_list_box_get_row_at_index (list, i)); i++)
    {
      gboolean is_without = !rcp_cover_entry_get_coverage (rcp_cover_row_get_entry (RCP_COVER_ROW (row)));

      n_without += is_without;
      g_assert_true (is_without != (window_find (GTK_WIDGET (row), is_check, NULL) != NULL));
      g_assert_null (window_find (GTK_WIDGET (row), window_is_label, "No insurance is known for that day."));
      if (is_without)
        g_assert_true (stands_before (row, "No Insurance on Record") == (n_without == 1));
    }
  g_assert_cmpuint (n_without, >, 1);
  g_assert_cmpuint (n_without, ==, rcp_cover_list_count_without (get_list (self)));
  g_assert_true (counts (self, 1));
  row = gtk_list_box_get_row_at_index (list, (int) n_without + 1);
  g_assert_true (stands_before (row, "Other Visits"));
  gtk_widget_grab_focus (GTK_WIDGET (find_row (self, 2)));
  window_press ("Down");
  row = gtk_list_box_get_row_at_index (list, 1);
  g_assert_true (window_get_focus () == GTK_WIDGET (row));
  /* Who hears a row alone is told what the heading says, and that no payer is asked. */
  spoken = rcp_cover_row_dup_spoken (RCP_COVER_ROW (row));
  g_assert_true (g_str_has_suffix (spoken, ", No insurance is known for that day."));
  window_press ("i");
  WAIT_FOR (has_said (self, "No insurance is known for that day."));
  gtk_widget_grab_focus (GTK_WIDGET (find_row (self, 2)));
  scripted_house_say_of (self->house, "*MI*M2~", 'c');
  window_press ("i");
  WAIT_FOR (says (self, 2, ": Eligible") && rcp_cover_list_count_busy (get_list (self)) == 0);
  WAIT_FOR (counts (self, 0));
  window_press ("Escape");
  WAIT_FOR (window_get_active () == GTK_WINDOW (self->window.window));
}

/* Other days, by keys; and one on which nobody is booked. */
static void
test_days (Fixture *self, gconstpointer data)
{
  g_autoptr (GDate) far = g_date_new_dmy (1, 6, 2027);

  open_window (self);
  g_assert_true (RCP_IS_COVER_ROW (window_get_focus ()));
  window_press ("alt+Right");
  WAIT_FOR (g_date_get_day (rcp_cover_list_get_day (get_list (self))) == 25);
  WAIT_FOR (rcp_cover_list_is_read (get_list (self)));
  g_assert_cmpstr (gtk_window_get_title (GTK_WINDOW (self->cover)), ==, "Insurance");
  WAIT_FOR (RCP_IS_COVER_ROW (window_get_focus ()));
  window_press ("alt+Left");
  WAIT_FOR (g_date_get_day (rcp_cover_list_get_day (get_list (self))) == 24);
  WAIT_FOR (window_find (GTK_WIDGET (self->cover), window_is_type, "RcpCoverRow"));
  rcp_cover_list_set_day (get_list (self), far);
  WAIT_FOR (window_find (GTK_WIDGET (self->cover), window_is_label, "No Visits"));
  window_press ("Escape");
  WAIT_FOR (window_get_active () == GTK_WINDOW (self->window.window));
}

/* A desk that asks nobody is told so, and nobody is asked. */
static void
test_no_payer (Fixture *self, gconstpointer data)
{
  g_settings_reset (self->window.settings, "payer-way");
  open_window (self);
  g_assert_nonnull (window_find (GTK_WIDGET (self->cover), window_is_label,
                                 "This desk does not ask payers. Choose how in Preferences, under Insurance."));
  gtk_widget_grab_focus (GTK_WIDGET (find_row (self, 1)));
  window_press ("ctrl+Return");
  window_press ("i");
  WAIT_FOR (has_said (self, "does not ask payers"));
  g_assert_cmpuint (rcp_cover_list_count_busy (get_list (self)), ==, 0);
  g_assert_cmpuint (scripted_house_get_n_asked (self->house), ==, 0);
  window_press ("Escape");
  WAIT_FOR (window_get_active () == GTK_WINDOW (self->window.window));
}

static guint
count_answers (Fixture *self)
{
  g_autoptr (FhirSearch) search = fhir_search_new ("CoverageEligibilityResponse");
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (FhirBundle) bundle = NULL;
  GAsyncResult *kept = NULL;

  fhir_client_search_async (self->client, search, NULL, keep_result_cb, &kept);
  result = keep_result_wait (&kept);
  bundle = fhir_client_search_finish (self->client, result, NULL);
  g_assert_nonnull (bundle);
  return fhir_bundle_get_matches (bundle)->len;
}

/* Closed while a payer is silent: the desk works on, and what the payer says then is kept. */
static void
test_closed (Fixture *self, gconstpointer data)
{
  scripted_house_say (self->house, 'w');
  open_window (self);
  window_press ("ctrl+Return");
  WAIT_FOR (scripted_house_get_n_asked (self->house) == N_INSURED);
  window_press ("Escape");
  WAIT_FOR (window_get_active () == GTK_WINDOW (self->window.window));
  scripted_house_release (self->house, 'n');
  WAIT_FOR (count_answers (self) == N_INSURED);
  open_window (self);
  g_assert_true (says (self, 1, "Not eligible"));
  window_press ("Escape");
  WAIT_FOR (window_get_active () == GTK_WINDOW (self->window.window));
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  ui_picture_load_style ();
#define ADD(name, test) g_test_add ("/ui/cover-window/" name, Fixture, NULL, set_up, test, tear_down)
  ADD ("keys", test_keys);
  ADD ("groups", test_groups);
  ADD ("days", test_days);
  ADD ("no-payer", test_no_payer);
  ADD ("closed", test_closed);
  return g_test_run ();
}
