/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The openings of the booking window while more becomes known of the patient (rcp-booking-offers.c, rcp-offer-row.c,
 * rcp-offer-ranking.c): the row that the keyboard is at may move, but it stays chosen, and that the order has changed is said. */

#include "ui/booking/rcp-booking-dialog.h"
#include "ui/booking/rcp-offer-ranking.h"
#include "ui/booking/rcp-offer-why.h"
#include "ui/rcp-dialog.h"
#include "ui/rcp-time-text.h"
#include "ui/rcp-window-private.h"
#include "ui-picture.h"
#include "window-fixture.h"
#include "window-keys.h"

#include <string.h>

static RcpPatient *
dup_patient (WindowFixture *fixture, guint number)
{
  for (guint column = 0;; column++)
    {
      guint n_items;
      const RcpBoardItem *items = rcp_board_model_get_items (fixture->window->model, column, &n_items);

      for (guint i = 0; i < n_items; i++)
        if (rcp_visit_get_patient (items[i].visit) && number-- == 0)
          return g_object_ref (rcp_visit_get_patient (items[i].visit));
    }
}

static gboolean
is_toggle (GtkWidget *widget, gconstpointer label)
{
  return GTK_IS_TOGGLE_BUTTON (widget) && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (widget)), label) == 0;
}

static gboolean
is_list (GtkWidget *widget, gconstpointer data)
{
  return GTK_IS_LIST_VIEW (widget) && gtk_widget_get_mapped (widget) && gtk_widget_has_css_class (widget, "booking-offers");
}

static gboolean
is_notice (GtkWidget *widget, gconstpointer data)
{
  return gtk_widget_has_css_class (widget, "booking-notice") && gtk_widget_get_mapped (widget);
}

static gboolean
is_why (GtkWidget *widget, gconstpointer data)
{
  return RCP_IS_OFFER_WHY (widget);
}

/* That of the list, by way of the reasons, which are shown by it. */
static RcpOfferRanking *
get_ranking (GtkWidget *booking)
{
  return g_object_get_data (G_OBJECT (window_find (booking, is_why, NULL)), "ranking");
}

static RcpOffer *
get_chosen (GtkWidget *list)
{
  return gtk_single_selection_get_selected_item (GTK_SINGLE_SELECTION (gtk_list_view_get_model (GTK_LIST_VIEW (list))));
}

static gboolean
is_label (GtkWidget *widget, gconstpointer text)
{
  return GTK_IS_LABEL (widget) && g_strcmp0 (gtk_label_get_label (GTK_LABEL (widget)), text) == 0;
}

/* The offer of the row that has the keyboard: when, and with whom. */
static void
assert_keyboard_at (RcpOffer *offer)
{
  RcpProvider *provider = rcp_offer_get_provider (offer);
  gint64 start = rcp_offer_get_range (offer).start;
  g_autofree char *time = rcp_time_text_clock (start, rcp_provider_get_zone (provider));
  g_autofree char *day = rcp_time_text_short_day (start, rcp_provider_get_zone (provider));
  const char *const words[] = { time, day, rcp_provider_get_name (provider) };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (!window_find (window_get_focus (), is_label, words[i]))
      {
        g_autofree char *focus = window_describe_focus ();

        g_error ("the keyboard is at %s, not at %s", focus, words[i]);
      }
}

static GPtrArray *
list_items (GListModel *offers)
{
  GPtrArray *items = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < g_list_model_get_n_items (offers); i++)
    g_ptr_array_add (items, g_list_model_get_item (offers, i));
  return items;
}

static void
test_late_facts (WindowFixture *fixture, gconstpointer data)
{
  g_autoptr (PracticeFixture) practice = window_fixture_start_sample ();
  g_autoptr (RcpPatient) patient = NULL, other = NULL;
  g_autoptr (GPtrArray) before = NULL, after = NULL;
  g_autoptr (RcpOffer) chosen = NULL;
  GtkWidget *booking, *list;
  GListModel *offers;

  window_fixture_open (fixture, practice);
  patient = dup_patient (fixture, 0);
  other = dup_patient (fixture, 3);
  booking = GTK_WIDGET (rcp_booking_dialog_new (fixture->desk));
  rcp_booking_dialog_set_patient (RCP_BOOKING_DIALOG (booking), patient);
  rcp_dialog_present (GTK_WINDOW (booking), GTK_WINDOW (fixture->window));
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (window_find (booking, is_toggle, "Best Firs_t")), TRUE);
  WAIT_FOR ((list = window_find (booking, is_list, NULL)) && rcp_offer_ranking_is_complete (get_ranking (booking)));
  window_wait_focus ();
  offers = G_LIST_MODEL (gtk_list_view_get_model (GTK_LIST_VIEW (list)));
  WAIT_FOR (g_list_model_get_n_items (offers) > 0);
  window_press ("Down Down Down");
  chosen = g_object_ref (get_chosen (list));
  before = list_items (offers);
  g_assert_true (chosen == before->pdata[3]);
  assert_keyboard_at (chosen);

  rcp_offer_ranking_set_patient (get_ranking (booking), other);
  WAIT_FOR (rcp_offer_ranking_is_complete (get_ranking (booking)));
  WAIT_FOR (window_find (booking, is_notice, NULL));
  after = list_items (offers);
  g_assert_cmpuint (after->len, ==, before->len);
  g_assert_cmpint (memcmp (after->pdata, before->pdata, after->len * sizeof (gpointer)), !=, 0);
  g_assert_true (get_chosen (list) == chosen);
  window_press ("shift");
  assert_keyboard_at (chosen);
  gtk_window_destroy (GTK_WINDOW (booking));
  g_settings_reset (fixture->settings, "offer-order");
}

static gboolean
is_alert (GtkWidget *widget, gconstpointer words)
{
  return GTK_IS_LABEL (widget) && gtk_widget_get_mapped (widget) && gtk_widget_has_css_class (widget, "error")
         && strstr (gtk_label_get_label (GTK_LABEL (widget)), words);
}

/* Until the list has openings, and all of them are of the day that it is. */
static gboolean
is_of_today_only (WindowFixture *fixture, GtkWidget *booking)
{
  GtkWidget *list = window_find (booking, is_list, NULL);
  GListModel *offers = list ? G_LIST_MODEL (gtk_list_view_get_model (GTK_LIST_VIEW (list))) : NULL;
  GDate today, day;

  rcp_desk_get_today (fixture->desk, &today);
  for (guint i = 0; offers && i < g_list_model_get_n_items (offers); i++)
    {
      g_autoptr (RcpOffer) offer = g_list_model_get_item (offers, i);

      rcp_time_get_day (rcp_offer_get_range (offer).start, rcp_provider_get_zone (rcp_offer_get_provider (offer)), &day);
      if (g_date_compare (&day, &today) != 0)
        return FALSE;
    }
  return offers && g_list_model_get_n_items (offers) > 0;
}

static gboolean
is_saying (GtkWidget *widget, gconstpointer words)
{
  return GTK_IS_LABEL (widget) && gtk_widget_get_mapped (widget) && strstr (gtk_label_get_label (GTK_LABEL (widget)), words);
}

/* That a life may be in danger comes before any time; and times of another day are no answer. */
static void
test_emergency (WindowFixture *fixture, gconstpointer data)
{
  g_autoptr (PracticeFixture) practice = window_fixture_start_sample ();
  g_autoptr (RcpPatient) patient = NULL;
  g_autoptr (RcpProvider) provider = NULL;
  GtkWidget *booking, *alert;
  GDate today;

  window_fixture_open (fixture, practice);
  patient = dup_patient (fixture, 0);
  booking = GTK_WIDGET (rcp_booking_dialog_new (fixture->desk));
  rcp_booking_dialog_set_patient (RCP_BOOKING_DIALOG (booking), patient);
  rcp_dialog_present (GTK_WINDOW (booking), GTK_WINDOW (fixture->window));
  WAIT_FOR (window_find (booking, is_list, NULL));
  g_assert_false (is_of_today_only (fixture, booking));
  g_assert_null (window_find (booking, is_alert, "call the emergency number"));
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (window_find (booking, is_toggle, "Today Only")), TRUE);
  WAIT_FOR ((alert = window_find (booking, is_alert, "If life may be in danger, call the emergency number first.")));
  g_assert_cmpint (gtk_accessible_get_accessible_role (GTK_ACCESSIBLE (alert)), ==, GTK_ACCESSIBLE_ROLE_ALERT);
  WAIT_FOR (is_of_today_only (fixture, booking));
  ui_picture_save (booking, "booking-emergency");

  /* After the last hour of the day. */
  rcp_desk_get_today (fixture->desk, &today);
  provider = g_list_model_get_item (rcp_roster_get_providers (rcp_desk_get_roster (fixture->desk)), 0);
  rcp_booking_dialog_set_start (RCP_BOOKING_DIALOG (booking), provider, rcp_time_at_minute (&today, 23 * 60, rcp_desk_get_zone (fixture->desk)));
  WAIT_FOR (window_find (booking, is_saying, "Nothing else is free today either"));
  g_assert_nonnull (window_find (booking, is_alert, "call the emergency number"));
  ui_picture_save (booking, "booking-emergency-nothing");
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (window_find (booking, is_toggle, "Routine")), TRUE);
  WAIT_FOR (!window_find (booking, is_alert, "call the emergency number"));
  gtk_window_destroy (GTK_WINDOW (booking));
}

static gboolean
is_provider_row (GtkWidget *widget, gconstpointer data)
{
  return ADW_IS_COMBO_ROW (widget) && g_strcmp0 (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget)), "_Provider") == 0;
}

static gboolean
is_said_of_gender (GtkWidget *widget, gconstpointer words)
{
  g_autofree char *text = GTK_IS_LABEL (widget) && gtk_widget_get_mapped (widget) ? g_utf8_casefold (gtk_label_get_label (GTK_LABEL (widget)), -1) : NULL;

  return text && strstr (text, words);
}

static gboolean
is_man (WindowFixture *fixture, RcpOffer *offer)
{
  g_autofree char *reference = g_strconcat ("Practitioner/", rcp_provider_get_practitioner_id (rcp_offer_get_provider (offer)), NULL);
  FhirResource *person = rcp_roster_lookup_resource (rcp_desk_get_roster (fixture->desk), reference);

  return g_strcmp0 (fhir_json_get_string (fhir_resource_get_json (person), "gender"), "male") == 0;
}

/* How many of the first three are with a man; 4 while they are looked for. */
static guint
count_men (WindowFixture *fixture, GtkWidget *booking)
{
  GtkWidget *list = window_find (booking, is_list, NULL);
  GListModel *offers = list ? G_LIST_MODEL (gtk_list_view_get_model (GTK_LIST_VIEW (list))) : NULL;
  guint n = 0;

  if (!offers || g_list_model_get_n_items (offers) < 3 || !rcp_offer_ranking_is_complete (get_ranking (booking)))
    return 4;
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (RcpOffer) offer = g_list_model_get_item (offers, i);

      n += is_man (fixture, offer);
    }
  return n;
}

static gboolean
is_in_list (void)
{
  GtkWidget *focus = window_get_focus ();

  return focus && gtk_widget_get_ancestor (focus, GTK_TYPE_POPOVER);
}

/* In the list of providers, the entry that is @steps below the first: by keys alone. */
static void
ask_for (GtkWidget *booking, guint steps)
{
  AdwComboRow *row = ADW_COMBO_ROW (window_find (booking, is_provider_row, NULL));

  window_press ("alt+p");
  WAIT_FOR (is_in_list ());
  window_press ("Home");
  for (guint i = 0; i < steps; i++)
    window_press ("Down");
  window_press ("Return");
  WAIT_FOR (adw_combo_row_get_selected (row) == steps);
}

/* A patient asks for a woman, then for a man, then for nobody: by keys, and the order follows. Nobody is left out, and it is said. */
static void
test_gender (WindowFixture *fixture, gconstpointer data)
{
  g_autoptr (PracticeFixture) practice = window_fixture_start_sample ();
  g_autoptr (RcpPatient) patient = NULL;
  GtkWidget *booking;

  window_fixture_open (fixture, practice);
  patient = dup_patient (fixture, 0);
  booking = GTK_WIDGET (rcp_booking_dialog_new (fixture->desk));
  rcp_booking_dialog_set_patient (RCP_BOOKING_DIALOG (booking), patient);
  rcp_dialog_present (GTK_WINDOW (booking), GTK_WINDOW (fixture->window));
  WAIT_FOR (window_get_active () == GTK_WINDOW (booking));
  window_wait_focus ();
  window_press ("alt+t");
  WAIT_FOR (rcp_offer_ranking_get_order (get_ranking (booking)) == RCP_OFFER_ORDER_BEST && count_men (fixture, booking) < 4);
  g_assert_null (window_find (booking, is_said_of_gender, "of the gender asked for"));
  ask_for (booking, RCP_GENDER_MALE);
  WAIT_FOR (count_men (fixture, booking) == 3);
  WAIT_FOR (window_find (booking, is_said_of_gender, "of the gender asked for"));
  ui_picture_save (booking, "booking-any-man");
  ask_for (booking, RCP_GENDER_FEMALE);
  WAIT_FOR (count_men (fixture, booking) == 0);
  ask_for (booking, RCP_GENDER_ANY);
  WAIT_FOR (!window_find (booking, is_said_of_gender, "of the gender asked for"));
  g_assert_cmpint (rcp_offer_ranking_get_gender (get_ranking (booking)), ==, RCP_GENDER_ANY);
  gtk_window_destroy (GTK_WINDOW (booking));
  g_settings_reset (fixture->settings, "offer-order");
}

/* Whoever has opened a list while openings are looked for keeps the keyboard there when they come: the next key is meant for the list. */
static void
test_gone_elsewhere (WindowFixture *fixture, gconstpointer data)
{
  g_autoptr (PracticeFixture) practice = window_fixture_start_sample ();
  g_autoptr (RcpPatient) patient = NULL;
  GtkWidget *booking;

  window_fixture_open (fixture, practice);
  patient = dup_patient (fixture, 0);
  practice_fixture_pause (practice);
  booking = GTK_WIDGET (rcp_booking_dialog_new (fixture->desk));
  rcp_booking_dialog_set_patient (RCP_BOOKING_DIALOG (booking), patient);
  rcp_dialog_present (GTK_WINDOW (booking), GTK_WINDOW (fixture->window));
  WAIT_FOR (window_get_active () == GTK_WINDOW (booking));
  window_wait_focus ();
  window_press ("alt+p");
  WAIT_FOR (is_in_list ());
  g_assert_null (window_find (booking, is_list, NULL));
  practice_fixture_resume (practice);
  WAIT_FOR (window_find (booking, is_list, NULL) && count_men (fixture, booking) < 4);
  g_assert_true (is_in_list ());
  window_press ("Escape");
  WAIT_FOR (!is_in_list ());
  gtk_window_destroy (GTK_WINDOW (booking));
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  ui_picture_load_style ();
  g_test_add ("/ui/offers-window/late-facts", WindowFixture, NULL, window_fixture_set_up, test_late_facts, window_fixture_tear_down);
  g_test_add ("/ui/offers-window/gender", WindowFixture, NULL, window_fixture_set_up, test_gender, window_fixture_tear_down);
  g_test_add ("/ui/offers-window/gone-elsewhere", WindowFixture, NULL, window_fixture_set_up, test_gone_elsewhere, window_fixture_tear_down);
  g_test_add ("/ui/offers-window/emergency", WindowFixture, NULL, window_fixture_set_up, test_emergency, window_fixture_tear_down);
  return g_test_run ();
}
