/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Learned weights from the booking to Preferences, by keys on the real record: rcp-booking-learn.c and rcp-offer-choice.c keep what was
 * booked, rcp-learning-group.c shows what it teaches. */

#define G_LOG_DOMAIN "test-learning"

#include "config.h"

#include "matching/rcp-choice-file.h"
#include "matching/rcp-match-clinic.h"
#include "ui-picture.h"
#include "ui/booking/rcp-booking-dialog.h"
#include "ui/booking/rcp-offer-why.h"
#include "ui/preferences/rcp-preferences-window.h"
#include "ui/rcp-dialog.h"
#include "ui/rcp-source.h"
#include "ui/rcp-window-private.h"
#include "window-fixture.h"
#include "window-keys.h"

#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

static gboolean
is_button (GtkWidget *widget, gconstpointer label)
{
  return GTK_IS_BUTTON (widget) && gtk_widget_get_mapped (widget) && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (widget)), label) == 0;
}

static gboolean
is_row (GtkWidget *widget, gconstpointer title)
{
  return ADW_IS_ACTION_ROW (widget) && gtk_widget_get_mapped (widget)
         && g_strcmp0 (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget)), title) == 0;
}

static gboolean
is_spin (GtkWidget *widget, gconstpointer data)
{
  return GTK_IS_SPIN_BUTTON (widget);
}

static gboolean
is_list (GtkWidget *widget, gconstpointer data)
{
  return GTK_IS_LIST_VIEW (widget) && gtk_widget_get_mapped (widget) && gtk_widget_has_css_class (widget, "booking-offers");
}

static gboolean
is_why (GtkWidget *widget, gconstpointer data)
{
  return RCP_IS_OFFER_WHY (widget);
}

static gboolean
is_done (GtkWidget *widget, gconstpointer data)
{
  return ADW_IS_STATUS_PAGE (widget) && gtk_widget_get_mapped (widget)
         && g_strcmp0 (adw_status_page_get_title (ADW_STATUS_PAGE (widget)), "Booked") == 0;
}

static char *
dup_record (WindowFixture *fixture)
{
  g_autoptr (RcpSource) source = rcp_source_load (fixture->settings);

  return rcp_source_dup_key (source);
}

static guint
count_kept (WindowFixture *fixture)
{
  g_autofree char *file = rcp_choice_file_dup_default (), *record = dup_record (fixture);
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) choices = rcp_choice_file_load (file, record, &error);

  g_assert_no_error (error);
  return choices->len;
}

static void
forget_all (void)
{
  g_autofree char *file = rcp_choice_file_dup_default ();

  g_unlink (file);
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

static RcpOfferRanking *
get_ranking (GtkWidget *booking)
{
  return g_object_get_data (G_OBJECT (window_find (booking, is_why, NULL)), "ranking");
}

static gboolean
has_offers (GtkWidget *booking, RcpOfferOrder order)
{
  GtkWidget *list = window_find (booking, is_list, NULL);
  RcpOfferRanking *ranking = get_ranking (booking);

  return list && rcp_offer_ranking_is_complete (ranking) && rcp_offer_ranking_get_order (ranking) == order
         && g_list_model_get_n_items (G_LIST_MODEL (gtk_list_view_get_model (GTK_LIST_VIEW (list)))) > 4;
}

/* By keys: an order, some openings down, booked. */
static void
book (WindowFixture *fixture, RcpOfferOrder order, const char *keys)
{
  g_autoptr (RcpPatient) patient = dup_patient (fixture);
  GtkWidget *booking = GTK_WIDGET (rcp_booking_dialog_new (fixture->desk));

  rcp_booking_dialog_set_patient (RCP_BOOKING_DIALOG (booking), patient);
  rcp_dialog_present (GTK_WINDOW (booking), GTK_WINDOW (fixture->window));
  WAIT_FOR (window_get_active () == GTK_WINDOW (booking));
  window_wait_focus ();
  if (order == RCP_OFFER_ORDER_BEST)
    window_press ("alt+t");
  WAIT_FOR (has_offers (booking, order));
  gtk_widget_grab_focus (window_find (booking, is_list, NULL));
  window_press (keys);
  WAIT_FOR (window_find (booking, is_done, NULL));
  gtk_window_destroy (GTK_WINDOW (booking));
  g_settings_reset (fixture->settings, "offer-order");
}

static GtkWidget *
open_preferences (WindowFixture *fixture)
{
  GtkWindow *preferences = rcp_preferences_window_new (fixture->desk, fixture->settings, fixture->window->calendars);

  rcp_dialog_present (preferences, GTK_WINDOW (fixture->window));
  WAIT_FOR (window_get_active () == preferences);
  WAIT_FOR (window_find (GTK_WIDGET (preferences), is_row, "Learn from Bookings"));
  window_wait_focus ();
  return GTK_WIDGET (preferences);
}

/* Turns it on, by a key. */
static void
turn_on (WindowFixture *fixture)
{
  GtkWidget *preferences = open_preferences (fixture);

  g_assert_false (g_settings_get_boolean (fixture->settings, "learn-bookings"));
  g_assert_null (window_find (preferences, is_button, "_Forget"));
  gtk_widget_grab_focus (window_find (preferences, is_row, "Learn from Bookings"));
  window_press ("space");
  WAIT_FOR (g_settings_get_boolean (fixture->settings, "learn-bookings"));
  gtk_window_destroy (GTK_WINDOW (preferences));
}

/* Nothing while it is off; then what is booked out of Best First, and nothing else. */
static void
test_kept (WindowFixture *fixture, gconstpointer data)
{
  g_autoptr (PracticeFixture) practice = window_fixture_start_sample ();
  GtkWidget *preferences;

  forget_all ();
  window_fixture_open (fixture, practice);
  book (fixture, RCP_OFFER_ORDER_BEST, "Down Return");
  turn_on (fixture);
  g_assert_cmpuint (count_kept (fixture), ==, 0);
  book (fixture, RCP_OFFER_ORDER_EARLIEST, "Down Return");
  gtk_window_destroy (GTK_WINDOW (open_preferences (fixture)));
  g_assert_cmpuint (count_kept (fixture), ==, 0);
  book (fixture, RCP_OFFER_ORDER_BEST, "Down Return");
  WAIT_FOR (count_kept (fixture) > 0);
  g_assert_cmpuint (count_kept (fixture), ==, 1);
  preferences = open_preferences (fixture);
  WAIT_FOR (window_find (preferences, is_row, "1 booking kept"));
  g_assert_null (window_find (preferences, is_button, "_Use These Weights"));
  gtk_window_destroy (GTK_WINDOW (preferences));
  forget_all ();
  g_settings_reset (fixture->settings, "learn-bookings");
}

/* As @n bookings left it in which only the language counted. */
static void
put_choices (WindowFixture *fixture, guint n)
{
  g_autofree char *file = rcp_choice_file_dup_default (), *record = dup_record (fixture);
  g_autoptr (GRand) rand = g_rand_new_with_seed (1);

  for (guint i = 0; i < n; i++)
    {
      RcpChoiceRow rows[3] = { { "a", FALSE, { 0 } }, { "b", FALSE, { 0 } }, { "c", FALSE, { 0 } } };
      g_autoptr (GBytes) choice = NULL;

      for (guint j = 0; j < G_N_ELEMENTS (rows); j++)
        {
          for (guint k = 0; k < RCP_CHOICE_CRITERIA; k++)
            rows[j].scores[k] = g_rand_double (rand);
          rows[j].scores[RCP_CRITERION_LANGUAGE] = j == 0;
        }
      choice = rcp_choice_new (rows, G_N_ELEMENTS (rows), 0);
      g_assert_true (rcp_choice_file_add (file, record, choice, NULL));
    }
}

static double
get_weight (GtkWidget *preferences, const char *name)
{
  return gtk_spin_button_get_value (GTK_SPIN_BUTTON (window_find (window_find (preferences, is_row, name), is_spin, NULL)));
}

static double
read_language (WindowFixture *fixture)
{
  RcpMatchMethod method;

  return rcp_match_clinic_read (rcp_desk_get_roster (fixture->desk), &method).weights[RCP_CRITERION_LANGUAGE];
}

/* What was learned is told with its error, is used and saved by a person's own keys, and is forgotten. */
static void
test_used (WindowFixture *fixture, gconstpointer data)
{
  g_autoptr (PracticeFixture) practice = window_fixture_start_sample ();
  GtkWidget *preferences, *row;
  double before;

  forget_all ();
  window_fixture_open (fixture, practice);
  put_choices (fixture, 100);
  before = read_language (fixture);
  preferences = open_preferences (fixture);
  WAIT_FOR ((row = window_find (preferences, is_row, "Learned from 100 bookings")));
  g_assert_nonnull (strstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (row)), "chance in 50 %"));
  WAIT_FOR (window_find (preferences, is_button, "_Use These Weights"));
  g_assert_cmpfloat (get_weight (preferences, "Language"), ==, before);
  gtk_widget_grab_focus (window_find (preferences, is_button, "_Use These Weights"));
  window_press ("Return");
  WAIT_FOR (window_find (preferences, is_row, "Not saved yet"));
  g_assert_cmpfloat (get_weight (preferences, "Language"), >, 2 * before);
  g_assert_cmpfloat (read_language (fixture), ==, before);
  ui_picture_save (preferences, "learned-weights");
  /* The keyboard is where they are saved. */
  window_press ("Return");
  WAIT_FOR (window_find (preferences, is_row, "As every desk of the clinic has it"));
  WAIT_FOR (read_language (fixture) > 2 * before);

  /* Of the clinic's weights, which are these now, they are no better. */
  WAIT_FOR (window_find (preferences, is_row, "Nothing better learned from 100 bookings"));
  WAIT_FOR (!window_find (preferences, is_button, "_Use These Weights"));
  window_wait_focus ();
  gtk_widget_grab_focus (window_find (preferences, is_button, "_Forget"));
  window_press ("Return");
  WAIT_FOR (!window_find (preferences, is_button, "_Forget"));
  g_assert_null (window_find (preferences, is_row, "Nothing better learned from 100 bookings"));
  g_assert_cmpuint (count_kept (fixture), ==, 0);
  g_assert_true (window_get_focus () == window_find (preferences, is_row, "Learn from Bookings"));
  gtk_window_destroy (GTK_WINDOW (preferences));
}

/* A file that is not whole is said so, and can be forgotten. */
static void
test_damaged (WindowFixture *fixture, gconstpointer data)
{
  g_autoptr (PracticeFixture) practice = window_fixture_start_sample ();
  g_autofree char *file = rcp_choice_file_dup_default ();
  GtkWidget *preferences, *row;

  forget_all ();
  window_fixture_open (fixture, practice);
  put_choices (fixture, 1);
  g_assert_cmpint (truncate (file, 60), ==, 0);
  preferences = open_preferences (fixture);
  WAIT_FOR ((row = window_find (preferences, is_row, "What was kept cannot be read")));
  g_assert_cmpstr (adw_action_row_get_subtitle (ADW_ACTION_ROW (row)), ==, "The file of what was booked is damaged.");
  gtk_widget_grab_focus (window_find (preferences, is_button, "_Forget"));
  window_press ("Return");
  WAIT_FOR (!window_find (preferences, is_row, "What was kept cannot be read"));
  g_assert_false (g_file_test (file, G_FILE_TEST_EXISTS));
  gtk_window_destroy (GTK_WINDOW (preferences));
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  ui_picture_load_style ();
  g_test_add ("/ui/learning/kept", WindowFixture, NULL, window_fixture_set_up, test_kept, window_fixture_tear_down);
  g_test_add ("/ui/learning/used", WindowFixture, NULL, window_fixture_set_up, test_used, window_fixture_tear_down);
  g_test_add ("/ui/learning/damaged", WindowFixture, NULL, window_fixture_set_up, test_damaged, window_fixture_tear_down);
  return g_test_run ();
}
