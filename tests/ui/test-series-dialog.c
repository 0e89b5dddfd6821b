/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A repeated visit in its window, rcp-series-dialog.c, from the booking window on the real record; and this visit
 * and those that follow cancelled: rcp-cancel-series.c. */

#define G_LOG_DOMAIN "test-series-dialog"

#include "config.h"

#include "scheduling/rcp-wait-list.h"
#include "ui-picture.h"
#include "ui/booking/rcp-booking-dialog.h"
#include "ui/booking/rcp-series-dialog.h"
#include "ui/rcp-window-private.h"
#include "ui/visit/rcp-cancel-dialog.h"
#include "window-fixture.h"

static GtkWidget *
find_window (GType type)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *l = windows; l; l = l->next)
    if (G_TYPE_CHECK_INSTANCE_TYPE (l->data, type) && gtk_widget_get_mapped (l->data))
      return l->data;
  return NULL;
}

static gboolean
is_button (GtkWidget *widget, gconstpointer prefix)
{
  return GTK_IS_BUTTON (widget) && gtk_widget_get_mapped (widget) && gtk_widget_is_sensitive (widget)
         && gtk_button_get_label (GTK_BUTTON (widget)) && g_str_has_prefix (gtk_button_get_label (GTK_BUTTON (widget)), prefix);
}

static gboolean
is_row (GtkWidget *widget, gconstpointer prefix)
{
  return ADW_IS_ACTION_ROW (widget) && gtk_widget_get_mapped (widget) && adw_action_row_get_subtitle (ADW_ACTION_ROW (widget))
         && g_str_has_prefix (adw_action_row_get_subtitle (ADW_ACTION_ROW (widget)), prefix);
}

static gboolean
is_tick (GtkWidget *widget, gconstpointer data)
{
  return GTK_IS_CHECK_BUTTON (widget) && gtk_widget_get_mapped (widget);
}

static gboolean
is_spin (GtkWidget *widget, gconstpointer data)
{
  return GTK_IS_SPIN_BUTTON (widget) && gtk_spin_button_get_value_as_int (GTK_SPIN_BUTTON (widget)) == GPOINTER_TO_INT (data);
}

static RcpPatient *
pick_patient (WindowFixture *fixture)
{
  for (guint column = 0;; column++)
    {
      guint n_items;
      const RcpBoardItem *items = rcp_board_model_get_items (fixture->window->model, column, &n_items);

      if (n_items > 0 && rcp_visit_get_patient (items[0].visit))
        return rcp_visit_get_patient (items[0].visit);
    }
}

static void
test_repeat (WindowFixture *fixture, gconstpointer data)
{
  g_autoptr (PracticeFixture) practice = window_fixture_start_sample ();
  GtkWindow *booking;
  GtkWidget *button, *dialog, *spin, *tick;

  window_fixture_open (fixture, practice);
  booking = rcp_booking_dialog_new (fixture->desk);
  rcp_booking_dialog_set_patient (RCP_BOOKING_DIALOG (booking), pick_patient (fixture));
  gtk_window_set_transient_for (booking, GTK_WINDOW (fixture->window));
  gtk_window_present (booking);
  WAIT_FOR ((button = window_find (GTK_WIDGET (booking), is_button, "_Repeat")));
  ui_picture_save (GTK_WIDGET (booking), "booking-repeat");
  g_signal_emit_by_name (button, "clicked");
  WAIT_FOR ((dialog = find_window (RCP_TYPE_SERIES_DIALOG)) && window_count (dialog, is_tick, NULL) > 0);

  spin = window_find (dialog, is_spin, GINT_TO_POINTER (6));
  gtk_test_accessible_assert_property (spin, GTK_ACCESSIBLE_PROPERTY_LABEL, "Visits");
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (spin), 4);
  WAIT_FOR (window_find (dialog, is_tick, NULL) && window_find (dialog, is_button, "_Book"));
  ui_picture_save (dialog, "series-dates");
  tick = window_find (dialog, is_tick, NULL);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (tick), FALSE);
  gtk_check_button_set_active (GTK_CHECK_BUTTON (tick), TRUE);
  g_signal_emit_by_name (window_find (dialog, is_button, "_Book"), "clicked");
  WAIT_FOR (window_find (dialog, is_row, "Booked, code"));
  ui_picture_save (dialog, "series-booked");

  g_signal_emit_by_name (window_find (dialog, is_button, "_Undo All"), "clicked");
  WAIT_FOR (window_find (dialog, is_button, "_Book"));
  g_assert_null (window_find (dialog, is_row, "Booked, code"));
  gtk_window_close (GTK_WINDOW (dialog));
  WAIT_FOR (!find_window (RCP_TYPE_SERIES_DIALOG));
  /* All was taken back, so that there is something to book again. */
  WAIT_FOR ((button = window_find (GTK_WIDGET (booking), is_button, "_Repeat")));
  gtk_window_close (booking);
  WAIT_FOR (!find_window (RCP_TYPE_BOOKING_DIALOG));
}

static void
on_result_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static void
on_cancelled_cb (GtkWindow *dialog, RcpVisit *visit, gpointer user_data)
{
  *(RcpVisit **) user_data = g_object_ref (visit);
}

/* The first free quarter of an hour of tomorrow. */
static RcpOffer *
find_offer (WindowFixture *fixture)
{
  g_autoptr (RcpProvider) provider = g_list_model_get_item (rcp_roster_get_providers (rcp_desk_get_roster (fixture->desk)), 0);
  GDate day;

  rcp_desk_get_today (fixture->desk, &day);
  g_date_add_days (&day, 1);
  for (guint minute = 8 * 60;; minute += 15)
    {
      gint64 start = rcp_time_at_minute (&day, minute, rcp_provider_get_zone (provider));
      RcpTimeRange range = { start, start + 15 * G_TIME_SPAN_MINUTE };
      g_autoptr (GAsyncResult) result = NULL;
      RcpOffer *offer;

      g_assert_cmpuint (minute, <, 24 * 60);
      rcp_free_offer_read_async (rcp_desk_get_client (fixture->desk), NULL, provider, range, NULL, on_result_cb, &result);
      WAIT_FOR (result);
      offer = rcp_free_offer_read_finish (result, NULL);
      if (offer)
        return offer;
    }
}

/* Three weeks; from the second on they are called off. */
static void
test_cancel_following (WindowFixture *fixture, gconstpointer data)
{
  g_autoptr (PracticeFixture) practice = window_fixture_start_sample ();
  g_autoptr (RcpOffer) offer = NULL;
  g_autoptr (RcpSeriesModel) model = NULL;
  g_autoptr (GAsyncResult) booked = NULL;
  g_autoptr (GAsyncResult) read = NULL;
  g_autoptr (RcpVisit) first = NULL;
  g_autoptr (RcpVisit) cancelled = NULL;
  g_autoptr (GPtrArray) before = NULL;
  g_autoptr (GPtrArray) after = NULL;
  GtkWindow *dialog;
  GtkWidget *tick;

  window_fixture_open (fixture, practice);
  offer = find_offer (fixture);
  model = rcp_series_model_new (fixture->desk, pick_patient (fixture), offer, NULL, RCP_URGENCY_ROUTINE, NULL);
  rcp_series_model_set_rule (model, RCP_SERIES_WEEKS, 1, 3);
  WAIT_FOR (rcp_series_model_get_state (model) == RCP_SERIES_READY);
  rcp_series_model_book_async (model, on_result_cb, &booked);
  WAIT_FOR (booked);
  first = rcp_series_model_book_finish (model, booked);
  rcp_series_read_async (rcp_desk_get_client (fixture->desk), rcp_visit_get_series_id (first), 0, NULL, on_result_cb, &read);
  WAIT_FOR (read);
  before = rcp_series_read_finish (read, NULL);
  g_clear_object (&read);
  g_assert_cmpuint (before->len, >=, 2);

  dialog = rcp_cancel_dialog_new (GTK_WINDOW (fixture->window), fixture->desk, before->pdata[before->len - 2]);
  g_signal_connect (dialog, "cancelled", G_CALLBACK (on_cancelled_cb), &cancelled);
  gtk_window_present (dialog);
  WAIT_FOR ((tick = window_find (GTK_WIDGET (dialog), is_tick, NULL)));
  gtk_test_accessible_assert_property (gtk_widget_get_ancestor (tick, ADW_TYPE_ACTION_ROW), GTK_ACCESSIBLE_PROPERTY_LABEL, "Also the 1 visit that follows");
  ui_picture_save (GTK_WIDGET (dialog), "cancel-following");
  gtk_check_button_set_active (GTK_CHECK_BUTTON (tick), TRUE);
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), "cancel-visit");
  WAIT_FOR (cancelled);
  g_assert_cmpstr (rcp_visit_get_id (cancelled), ==, rcp_visit_get_id (before->pdata[before->len - 2]));
  rcp_series_read_async (rcp_desk_get_client (fixture->desk), rcp_visit_get_series_id (first), 0, NULL, on_result_cb, &read);
  WAIT_FOR (read);
  after = rcp_series_read_finish (read, NULL);
  g_assert_cmpuint (after->len, ==, before->len - 2);
  gtk_window_destroy (dialog);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  ui_picture_load_style ();
  g_test_add ("/ui/series-dialog/repeat", WindowFixture, NULL, window_fixture_set_up, test_repeat, window_fixture_tear_down);
  g_test_add ("/ui/series-dialog/cancel-following", WindowFixture, NULL, window_fixture_set_up, test_cancel_following,
              window_fixture_tear_down);
  return g_test_run ();
}
