/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The clinic's weights in Preferences, rcp-ranking-group.c, on the real record: what is saved there puts the openings of the booking
 * window into another order. */

#define G_LOG_DOMAIN "test-ranking-group"

#include "config.h"

#include "matching/rcp-match-clinic.h"
#include "ui-picture.h"
#include "ui/booking/rcp-booking-dialog.h"
#include "ui/booking/rcp-offer-why.h"
#include "ui/preferences/rcp-preferences-window.h"
#include "ui/preferences/rcp-ranking-group.h"
#include "ui/rcp-dialog.h"
#include "ui/rcp-window-private.h"
#include "window-fixture.h"
#include "window-keys.h"

#include <math.h>

static gboolean
is_button (GtkWidget *widget, gconstpointer label)
{
  return GTK_IS_BUTTON (widget) && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (widget)), label) == 0;
}

static gboolean
is_list (GtkWidget *widget, gconstpointer data)
{
  return GTK_IS_LIST_VIEW (widget) && gtk_widget_get_mapped (widget) && gtk_widget_has_css_class (widget, "booking-offers");
}

static gboolean
is_row (GtkWidget *widget, gconstpointer title)
{
  return ADW_IS_ACTION_ROW (widget) && g_strcmp0 (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget)), title) == 0;
}

static gboolean
is_spin (GtkWidget *widget, gconstpointer data)
{
  return GTK_IS_SPIN_BUTTON (widget);
}

static gboolean
is_group (GtkWidget *widget, gconstpointer data)
{
  return RCP_IS_RANKING_GROUP (widget);
}

static gboolean
is_why (GtkWidget *widget, gconstpointer data)
{
  return RCP_IS_OFFER_WHY (widget);
}

/* Whether all is known that counts: the order may change until then. */
static gboolean
is_settled (GtkWidget *booking)
{
  GtkWidget *why = window_find (booking, is_why, NULL);

  return why && rcp_offer_ranking_is_complete (g_object_get_data (G_OBJECT (why), "ranking"));
}

static RcpPatient *
dup_patient (WindowFixture *fixture)
{
  for (guint column = 0;; column++)
    {
      guint n_items;
      const RcpBoardItem *items = rcp_board_model_get_items (fixture->window->model, column, &n_items);

      for (guint i = 0; i < n_items; i++)
        if (rcp_visit_get_patient (items[i].visit))
          return g_object_ref (rcp_visit_get_patient (items[i].visit));
    }
}

static double
get_score (GtkWidget *booking, RcpOffer *offer)
{
  gboolean is_barred;

  return rcp_offer_ranking_get_score (g_object_get_data (G_OBJECT (window_find (booking, is_why, NULL)), "ranking"), offer, &is_barred);
}

/* Who and when, of the openings that suit best first: what the list shows. @best: (nullable): the score of the first. */
static char *
read_order (WindowFixture *fixture, double *best)
{
  g_autoptr (RcpPatient) patient = dup_patient (fixture);
  GtkWidget *booking = GTK_WIDGET (rcp_booking_dialog_new (fixture->desk)), *list;
  GString *order = g_string_new (NULL);
  GListModel *offers;

  g_settings_set_string (fixture->settings, "offer-order", "best");
  rcp_booking_dialog_set_patient (RCP_BOOKING_DIALOG (booking), patient);
  rcp_dialog_present (GTK_WINDOW (booking), GTK_WINDOW (fixture->window));
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (window_find (booking, is_button, "Best Firs_t")), TRUE);
  WAIT_FOR ((list = window_find (booking, is_list, NULL)) && is_settled (booking));
  offers = G_LIST_MODEL (gtk_list_view_get_model (GTK_LIST_VIEW (list)));
  WAIT_FOR (g_list_model_get_n_items (offers) > 5);
  for (guint i = 0; i < 6; i++)
    {
      g_autoptr (RcpOffer) offer = g_list_model_get_item (offers, i);

      if (i == 0 && best)
        *best = get_score (booking, offer);
      g_string_append_printf (order, "%s %" G_GINT64_FORMAT "\n", rcp_provider_get_name (rcp_offer_get_provider (offer)),
                              rcp_offer_get_range (offer).start);
    }
  gtk_window_destroy (GTK_WINDOW (booking));
  g_settings_reset (fixture->settings, "offer-order");
  return g_string_free (order, FALSE);
}

static void
set_weight (GtkWidget *preferences, const char *name, double weight)
{
  GtkWidget *spin = window_find (window_find (preferences, is_row, name), is_spin, NULL);

  gtk_spin_button_set_value (GTK_SPIN_BUTTON (spin), weight);
}

static GtkWidget *
open_preferences (WindowFixture *fixture)
{
  GtkWindow *preferences = rcp_preferences_window_new (fixture->desk, fixture->settings, fixture->window->calendars);
  GtkWidget *group;

  rcp_dialog_present (preferences, GTK_WINDOW (fixture->window));
  WAIT_FOR ((group = window_find (GTK_WIDGET (preferences), is_group, NULL)) && gtk_widget_get_mapped (group));
  WAIT_FOR (window_get_active () == preferences);
  return GTK_WIDGET (preferences);
}

/* By a key, as a desk would. */
static void
save (GtkWidget *preferences)
{
  window_wait_focus ();
  gtk_widget_grab_focus (window_find (preferences, is_button, "Sa_ve Ranking"));
  window_press ("Return");
  WAIT_FOR (window_find (preferences, is_row, "As every desk of the clinic has it"));
}

static RcpMatchRules
read_rules (WindowFixture *fixture, RcpMatchMethod *method)
{
  return rcp_match_clinic_read (rcp_desk_get_roster (fixture->desk), method);
}

static void
test_order (WindowFixture *fixture, gconstpointer data)
{
  g_autoptr (PracticeFixture) practice = window_fixture_start_sample ();
  static const char *const others[] = { "Network of the plan", "Distance", "Knows the patient", "Language", "Experience", "The clinic’s rating",
                                        "Time of day" };
  g_autofree char *before = NULL, *after = NULL, *again = NULL;
  GtkWidget *preferences;
  RcpMatchMethod method;

  window_fixture_open (fixture, practice);
  before = read_order (fixture, NULL);
  preferences = open_preferences (fixture);
  g_assert_nonnull (window_find (preferences, is_row, "As every desk of the clinic has it"));
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    set_weight (preferences, others[i], 0);
  g_assert_cmpstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (window_find (preferences, is_row, "Wait"))), ==, "100 % of all that counts");
  g_assert_nonnull (window_find (preferences, is_row, "Not saved yet"));
  ui_picture_save (preferences, "ranking");
  save (preferences);
  WAIT_FOR (read_rules (fixture, &method).weights[RCP_CRITERION_NETWORK] == 0);
  gtk_window_destroy (GTK_WINDOW (preferences));
  after = read_order (fixture, NULL);
  g_assert_cmpstr (after, !=, before);

  /* Back to what is usual: nothing is left of it in the record, and the order is that of before. */
  preferences = open_preferences (fixture);
  gtk_widget_activate (window_find (preferences, is_button, "_Reset"));
  WAIT_FOR (window_find (preferences, is_row, "Not saved yet"));
  save (preferences);
  WAIT_FOR (read_rules (fixture, &method).weights[RCP_CRITERION_NETWORK] > 0);
  g_assert_null (fhir_json_get_extension (fhir_resource_get_json (rcp_match_clinic_find (rcp_desk_get_roster (fixture->desk))),
                                          "urn:reception:ranking"));
  gtk_window_destroy (GTK_WINDOW (preferences));
  again = read_order (fixture, NULL);
  g_assert_cmpstr (again, ==, before);
}

/* The list of a row that is not scrolled to yet would open below the screen. */
static gboolean
is_in_view (GtkWidget *row, GtkWidget *window)
{
  graphene_rect_t bounds;

  return gtk_widget_compute_bounds (row, window, &bounds) && bounds.origin.y >= 0
         && bounds.origin.y + bounds.size.height <= gtk_widget_get_height (window);
}

/* By @keys in the list of ways to sum: the entry at @position. */
static void
choose_method (GtkWidget *preferences, const char *keys, guint position)
{
  GtkWidget *row = window_find (preferences, is_row, "How It Is Summed");

  window_wait_focus ();
  gtk_widget_grab_focus (row);
  WAIT_FOR (is_in_view (row, preferences));
  window_press ("Return");
  WAIT_FOR (window_get_focus () && gtk_widget_get_ancestor (window_get_focus (), GTK_TYPE_POPOVER));
  window_press (keys);
  WAIT_FOR (adw_combo_row_get_selected (ADW_COMBO_ROW (row)) == position);
  WAIT_FOR (window_find (preferences, is_row, "Not saved yet"));
  save (preferences);
}

/* Closeness to the ideal instead of a sum: it is in the record, and the next booking ranks by it; and back again. */
static void
test_method (WindowFixture *fixture, gconstpointer data)
{
  g_autoptr (PracticeFixture) practice = window_fixture_start_sample ();
  g_autofree char *before = NULL, *after = NULL, *again = NULL;
  double sum = 0, closeness = 0, sum_again = 0;
  RcpMatchMethod method;
  GtkWidget *preferences;

  window_fixture_open (fixture, practice);
  before = read_order (fixture, &sum);
  preferences = open_preferences (fixture);
  choose_method (preferences, "Down Return", 1);
  WAIT_FOR ((read_rules (fixture, &method), method == RCP_MATCH_METHOD_TOPSIS));
  gtk_window_destroy (GTK_WINDOW (preferences));
  after = read_order (fixture, &closeness);
  g_assert_cmpfloat (fabs (closeness - sum), >, 0.001);
  g_assert_cmpfloat (closeness, >, 0.5); /* the best is nearer to the ideal than to its opposite */
  g_assert_cmpfloat (closeness, <=, 1);

  preferences = open_preferences (fixture);
  choose_method (preferences, "Up Return", 0);
  WAIT_FOR ((read_rules (fixture, &method), method == RCP_MATCH_METHOD_SUM));
  gtk_window_destroy (GTK_WINDOW (preferences));
  again = read_order (fixture, &sum_again);
  g_assert_cmpstr (again, ==, before);
  g_assert_cmpfloat_with_epsilon (sum_again, sum, 1e-9);
}

/* Nothing at all cannot count, and a record that is gone keeps what is typed. */
static void
test_refused (WindowFixture *fixture, gconstpointer data)
{
  g_autoptr (PracticeFixture) practice = window_fixture_start_sample ();
  static const char *const all[] = { "Network of the plan", "Distance", "Wait", "Knows the patient", "Language", "Experience",
                                     "The clinic’s rating", "Time of day" };
  GtkWidget *preferences;

  window_fixture_open (fixture, practice);
  preferences = open_preferences (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    set_weight (preferences, all[i], 0);
  g_signal_emit_by_name (window_find (preferences, is_button, "Sa_ve Ranking"), "clicked");
  g_assert_nonnull (window_find (preferences, is_row, "Something has to count"));
  set_weight (preferences, "Wait", 7);
  fhir_client_set_max_retries (rcp_desk_get_client (fixture->desk), 0);
  practice_fixture_kill (practice);
  g_signal_emit_by_name (window_find (preferences, is_button, "Sa_ve Ranking"), "clicked");
  g_assert_nonnull (window_find (preferences, is_row, "Being saved…"));
  WAIT_FOR (window_find (preferences, is_row, "Not saved yet"));
  gtk_window_destroy (GTK_WINDOW (preferences));
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  ui_picture_load_style ();
  g_test_add ("/ui/ranking-group/order", WindowFixture, NULL, window_fixture_set_up, test_order, window_fixture_tear_down);
  g_test_add ("/ui/ranking-group/method", WindowFixture, NULL, window_fixture_set_up, test_method, window_fixture_tear_down);
  g_test_add ("/ui/ranking-group/refused", WindowFixture, NULL, window_fixture_set_up, test_refused, window_fixture_tear_down);
  return g_test_run ();
}
