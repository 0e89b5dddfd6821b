/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What another desk is about to book, on the board of this one: rcp-booking-marks.c, rcp-board-grid-marks.c, rcp-mark-chip.c and
 * rcp-booking-extras.c; two desks on one real record. */

#define G_LOG_DOMAIN "test-booking-marks"

#include "config.h"

#include "base/rcp-iso8601.h"
#include "fhir/fhir-json.h"
#include "loop-clock.h"
#include "scheduling/rcp-wait-list.h"
#include "ui-picture.h"
#include "ui/board/rcp-free-time.h"
#include "ui/board/rcp-mark-chip.h"
#include "ui/booking/rcp-booking-dialog.h"
#include "ui/rcp-window-private.h"
#include "window-fixture.h"

#define NOW G_GINT64_CONSTANT (1795425960000000) /* Monday 23 November 2026, 9:26 UTC */

/* What another desk does is to be seen within two seconds; on a machine that is busy with other tests, somewhat later. */
#define SOON (2 * G_TIME_SPAN_SECOND)

typedef struct
{
  WindowFixture own;
  PracticeFixture *practice;
  RcpDesk *other;
} Fixture;

static void
on_result_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RcpClock) clock = rcp_clock_new_fixed (NOW);
  g_autoptr (FhirClient) client = NULL;
  g_autoptr (GAsyncResult) result = NULL;

  window_fixture_set_up (&fixture->own, data);
  fixture->practice = window_fixture_start_sample ();
  window_fixture_open (&fixture->own, fixture->practice);
  client = practice_fixture_create_client (fixture->practice);
  fixture->other = rcp_desk_new (clock);
  g_object_set (fixture->other, "name", data, NULL);
  rcp_desk_open_async (fixture->other, client, NULL, on_result_cb, &result);
  WAIT_FOR (result);
  g_assert_true (rcp_desk_open_finish (fixture->other, result, NULL));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_object (&fixture->other);
  window_fixture_tear_down (&fixture->own, data);
  practice_fixture_free (fixture->practice);
}

static gboolean
is_mark (GtkWidget *widget, gconstpointer data)
{
  return g_str_equal (G_OBJECT_TYPE_NAME (widget), "RcpMarkChip") && gtk_widget_get_child_visible (widget);
}

static GtkWidget *
find_mark (Fixture *fixture)
{
  return window_find (GTK_WIDGET (fixture->own.window), is_mark, NULL);
}

/* Long enough for whatever visit the booking window asks for. */
static gboolean
is_free_for_an_hour (GArray *slots, guint first)
{
  gint64 end = g_array_index (slots, RcpSlot, first).range.start;

  for (guint i = first; i < slots->len && end < g_array_index (slots, RcpSlot, first).range.start + G_TIME_SPAN_HOUR; i++)
    {
      const RcpSlot *slot = &g_array_index (slots, RcpSlot, i);

      if (slot->status != RCP_SLOT_FREE || slot->range.start != end)
        return FALSE;
      end = slot->range.end;
    }
  return end >= g_array_index (slots, RcpSlot, first).range.start + G_TIME_SPAN_HOUR;
}

/* The first time of today that is free, and whose. */
static RcpProvider *
find_free (Fixture *fixture, RcpTimeRange *range)
{
  GListModel *providers = rcp_roster_get_providers (rcp_desk_get_roster (fixture->other));
  g_autoptr (RcpDay) day = NULL;
  GDate today;

  rcp_desk_get_today (fixture->own.desk, &today);
  day = rcp_day_book_get (rcp_desk_get_day_book (fixture->own.desk), &today);
  for (guint i = 0; i < g_list_model_get_n_items (providers); i++)
    {
      g_autoptr (RcpProvider) provider = g_list_model_get_item (providers, i);
      GArray *slots = rcp_day_get_slots (day, rcp_provider_get_schedule_id (provider));

      for (guint j = 0; slots && j < slots->len; j++)
        {
          const RcpSlot *slot = &g_array_index (slots, RcpSlot, j);

          if (slot->range.start < NOW || !is_free_for_an_hour (slots, j))
            continue;
          *range = slot->range;
          return provider; /* the roster keeps it */
        }
    }
  g_assert_not_reached ();
}

static RcpPatient *
pick_patient (Fixture *fixture)
{
  for (guint column = 0;; column++)
    {
      guint n_items;
      const RcpBoardItem *items = rcp_board_model_get_items (fixture->own.window->model, column, &n_items);

      if (n_items > 0 && rcp_visit_get_patient (items[0].visit))
        return rcp_visit_get_patient (items[0].visit);
    }
}

static GtkWindow *
open_dialog (Fixture *fixture, RcpProvider *provider, RcpTimeRange range)
{
  GtkWindow *dialog = rcp_booking_dialog_new (fixture->other);

  rcp_booking_dialog_set_patient (RCP_BOOKING_DIALOG (dialog), pick_patient (fixture));
  rcp_booking_dialog_set_start (RCP_BOOKING_DIALOG (dialog), provider, range.start);
  gtk_window_present (dialog);
  return dialog;
}

static gboolean
is_book_button (GtkWidget *widget, gconstpointer data)
{
  return GTK_IS_BUTTON (widget) && gtk_widget_get_mapped (widget) && gtk_widget_is_sensitive (widget)
         && gtk_button_get_label (GTK_BUTTON (widget)) && g_str_has_prefix (gtk_button_get_label (GTK_BUTTON (widget)), "_Book ");
}

static void
test_shown_until_cancelled (Fixture *fixture, gconstpointer data)
{
  RcpTimeRange range;
  RcpProvider *provider = find_free (fixture, &range);
  GtkWindow *dialog;
  GtkWidget *mark;
  LoopClock clock = { 0 };
  gint64 took;

  g_assert_null (find_mark (fixture));
  dialog = open_dialog (fixture, provider, range);
  WAIT_FOR (window_find (GTK_WIDGET (dialog), is_book_button, NULL));
  loop_clock_start (&clock);
  WAIT_FOR ((mark = find_mark (fixture)));
  took = loop_clock_stop (&clock);
  g_test_message ("seen after %d ms", (int) (took / 1000));
  g_assert_cmpint (took, <, 2 * SOON);
  g_assert_nonnull (window_find (mark, window_is_label, "Front 2"));
  /* No word of the patient is in the mark: who reads the board's marks learns of no one. */
  {
    GPtrArray *marks = rcp_booking_marks_get (rcp_desk_get_marks (fixture->own.desk));
    const RcpBookingMark *told = marks->pdata[0];
    g_autofree char *spoken = rcp_mark_describe (told);

    g_assert_cmpuint (marks->len, ==, 1);
    g_assert_cmpstr (told->schedule_id, ==, rcp_provider_get_schedule_id (provider));
    g_assert_cmpint (told->range.start, ==, range.start);
    g_assert_cmpstr (spoken, ==, "being booked at desk Front 2");
  }
  /* The desk that books sees no mark of its own. */
  g_assert_cmpuint (rcp_booking_marks_get (rcp_desk_get_marks (fixture->other))->len, ==, 0);
  gtk_window_destroy (dialog);
  WAIT_FOR (!find_mark (fixture));
}

/* Two choose the same time: the mark is in nobody's way, and goes with the booking. */
static void
test_blocks_nobody (Fixture *fixture, gconstpointer data)
{
  RcpTimeRange range;
  RcpProvider *provider = find_free (fixture, &range);
  GtkWindow *dialog = open_dialog (fixture, provider, range);
  RcpProvider *own = rcp_roster_find_provider (rcp_desk_get_roster (fixture->own.desk), rcp_provider_get_schedule_id (provider));
  g_autoptr (GAsyncResult) read = NULL;
  g_autoptr (RcpOffer) offer = NULL;

  WAIT_FOR (find_mark (fixture));
  rcp_free_offer_read_async (rcp_desk_get_client (fixture->own.desk), NULL, own, range, NULL, on_result_cb, &read);
  WAIT_FOR (read);
  offer = rcp_free_offer_read_finish (read, NULL);
  g_assert_nonnull (offer);
  gtk_widget_activate (window_find (GTK_WIDGET (dialog), is_book_button, NULL));
  WAIT_FOR (window_find (GTK_WIDGET (dialog), window_is_label, "Confirmation Code"));
  WAIT_FOR (!find_mark (fixture));
  gtk_window_destroy (dialog);
}

/* What a desk leaves behind that has crashed: @seconds from now it is over. */
static void
leave_mark (Fixture *fixture, RcpProvider *provider, RcpTimeRange range, gint64 seconds)
{
  g_autofree char *start = rcp_iso8601_format_utc (range.start);
  g_autofree char *end = rcp_iso8601_format_utc (range.end);
  g_autofree char *until = rcp_iso8601_format_utc (NOW + seconds * G_TIME_SPAN_SECOND);
  g_autofree char *text = g_strdup_printf (
    "{\"resourceType\":\"Task\",\"status\":\"in-progress\",\"intent\":\"order\",\"identifier\":[{\"system\":\"%s\",\"value\":\"x\"}],"
    "\"code\":{\"coding\":[{\"system\":\"%s\",\"code\":\"booking\"}]},\"focus\":{\"reference\":\"Schedule/%s\"},"
    "\"executionPeriod\":{\"start\":\"%s\",\"end\":\"%s\"},\"restriction\":{\"period\":{\"end\":\"%s\"}}}",
    RCP_SYSTEM_MARK, RCP_SYSTEM_MARK, rcp_provider_get_schedule_id (provider), start, end, until);
  g_autoptr (JsonNode) node = json_from_string (text, NULL);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (FhirResource) task = NULL;
  g_autoptr (GError) error = NULL;

  fhir_client_create_async (rcp_desk_get_client (fixture->other), json_node_get_object (node), NULL, NULL, on_result_cb, &result);
  WAIT_FOR (result);
  task = fhir_client_create_finish (rcp_desk_get_client (fixture->other), result, &error);
  g_assert_no_error (error);
}

static void
test_expires (Fixture *fixture, gconstpointer data)
{
  RcpTimeRange range;
  RcpProvider *provider = find_free (fixture, &range);
  GtkWidget *mark;

  leave_mark (fixture, provider, range, -1);
  leave_mark (fixture, provider, range, 4);
  WAIT_FOR ((mark = find_mark (fixture)));
  g_assert_cmpuint (rcp_booking_marks_get (rcp_desk_get_marks (fixture->own.desk))->len, ==, 1);
  g_assert_nonnull (window_find (mark, window_is_label, "Another desk"));
  WAIT_FOR (!find_mark (fixture));
  g_assert_cmpuint (rcp_booking_marks_get (rcp_desk_get_marks (fixture->own.desk))->len, ==, 0);
}

/* A window that stays open keeps its mark beyond the time for which it was set. */
static void
test_renewed (Fixture *fixture, gconstpointer data)
{
  RcpTimeRange range;
  RcpProvider *provider = find_free (fixture, &range);
  gint64 end;

  rcp_booking_marks_set_lifetime (rcp_desk_get_marks (fixture->other), 3 * G_TIME_SPAN_SECOND);
  rcp_booking_marks_set (rcp_desk_get_marks (fixture->other), rcp_provider_get_schedule_id (provider), range, "Front 2");
  WAIT_FOR (find_mark (fixture));
  end = g_get_monotonic_time () + 6 * G_TIME_SPAN_SECOND;
  WAIT_FOR (g_get_monotonic_time () > end);
  g_assert_nonnull (find_mark (fixture));
  /* The desk closes: its mark goes with it. */
  g_clear_object (&fixture->other);
  WAIT_FOR (!find_mark (fixture));
}

/* Who goes through the free times with the keyboard hears of it. */
static void
test_spoken (Fixture *fixture, gconstpointer data)
{
  RcpTimeRange range;
  RcpProvider *provider = find_free (fixture, &range);
  GtkWidget *free_time;
  guint column;

  rcp_booking_marks_set (rcp_desk_get_marks (fixture->other), rcp_provider_get_schedule_id (provider), range, "Front 2");
  WAIT_FOR (find_mark (fixture));
  for (column = 0; g_strcmp0 (rcp_board_model_get_schedule_id (fixture->own.window->model, column), rcp_provider_get_schedule_id (provider)) != 0;
       column++)
    g_assert_cmpuint (column, <, rcp_board_model_get_n_columns (fixture->own.window->model));
  rcp_board_model_set_cursor (fixture->own.window->model, column,
                              (int) ((range.start - NOW) / G_TIME_SPAN_MINUTE) + 9 * 60 + 26);
  rcp_board_view_grab_cursor (fixture->own.window->board);
  WAIT_FOR ((free_time = window_find (GTK_WIDGET (fixture->own.window), window_is_type, "RcpFreeTime")));
  WAIT_FOR (rcp_free_time_get_mark (RCP_FREE_TIME (free_time)) != NULL);
  g_assert_cmpstr (rcp_free_time_get_mark (RCP_FREE_TIME (free_time)), ==, "being booked at desk Front 2");
  ui_picture_save (GTK_WIDGET (fixture->own.window), "booking-mark");
  rcp_booking_marks_set (rcp_desk_get_marks (fixture->other), NULL, range, NULL);
  WAIT_FOR (rcp_free_time_get_mark (RCP_FREE_TIME (free_time)) == NULL);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  ui_picture_load_style ();
#define ADD(name, func) g_test_add ("/ui/booking-marks/" name, Fixture, "Front 2", set_up, func, tear_down)
  ADD ("shown-until-cancelled", test_shown_until_cancelled);
  ADD ("blocks-nobody", test_blocks_nobody);
  ADD ("expires", test_expires);
  ADD ("renewed", test_renewed);
  ADD ("spoken", test_spoken);
#undef ADD
  return g_test_run ();
}
