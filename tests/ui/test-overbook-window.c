/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A new visit on top of what is booked, from a full time of the board: rcp-overbook-window.c, rcp-overbook-model.c and
 * rcp-booking-extras.c in the real window, on the real record. */

#define G_LOG_DOMAIN "test-overbook-window"

#include "config.h"

#include "clinic/rcp-codes.h"
#include "fhir/fhir-json.h"
#include "scheduling/rcp-overbook.h"
#include "ui-picture.h"
#include "ui/booking/rcp-booking-dialog.h"
#include "ui/booking/rcp-overbook-window.h"
#include "ui/rcp-window-private.h"
#include "window-fixture.h"

#define NOW G_GINT64_CONSTANT (1795425960000000) /* Monday 23 November 2026, 9:26 UTC */

static void
on_result_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

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
is_button (GtkWidget *widget, gconstpointer label)
{
  return GTK_IS_BUTTON (widget) && gtk_widget_get_mapped (widget) && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (widget)), label) == 0;
}

static gboolean
is_entry_row (GtkWidget *widget, gconstpointer data)
{
  return ADW_IS_ENTRY_ROW (widget) && gtk_widget_get_mapped (widget);
}

static gboolean
is_list (GtkWidget *widget, gconstpointer data)
{
  return GTK_IS_LIST_VIEW (widget) && gtk_widget_get_mapped (widget);
}

static gboolean
is_mapped_label_with (GtkWidget *widget, gconstpointer words)
{
  return GTK_IS_LABEL (widget) && gtk_widget_get_mapped (widget) && strstr (gtk_label_get_text (GTK_LABEL (widget)), words);
}

/* A visit of this afternoon, and a patient of another one. */
static RcpVisit *
find_visit (WindowFixture *fixture, RcpPatient **other)
{
  RcpVisit *found = NULL;

  for (guint column = 0; column < rcp_board_model_get_n_columns (fixture->window->model); column++)
    {
      guint n_items;
      const RcpBoardItem *items = rcp_board_model_get_items (fixture->window->model, column, &n_items);

      for (guint i = 0; i < n_items; i++)
        {
          if (!found && rcp_visit_get_range (items[i].visit).start > NOW && rcp_visit_get_status (items[i].visit) == RCP_VISIT_BOOKED)
            found = items[i].visit;
          else if (found && rcp_visit_get_patient (items[i].visit)
                   && g_strcmp0 (rcp_visit_get_patient_id (items[i].visit), rcp_visit_get_patient_id (found)) != 0
                   && rcp_visit_get_range (items[i].visit).end <= rcp_visit_get_range (found).start)
            {
              *other = rcp_visit_get_patient (items[i].visit);
              return found;
            }
        }
    }
  g_assert_not_reached ();
}

static RcpFullTime *
get_selected (GtkWidget *window)
{
  GtkWidget *list = window_find (window, is_list, NULL);

  return gtk_single_selection_get_selected_item (GTK_SINGLE_SELECTION (gtk_list_view_get_model (GTK_LIST_VIEW (list))));
}

/* By key "o" on the chip; the patient is then chosen, and the rest opens by itself. */
static void
test_from_the_board (WindowFixture *fixture, gconstpointer data)
{
  g_autoptr (PracticeFixture) practice = window_fixture_start_sample ();
  g_autoptr (RcpVisit) visit = NULL;
  g_autoptr (RcpPatient) other = NULL;
  GtkWidget *chip, *booking, *window, *button, *reason;
  RcpPatient *borrowed;

  window_fixture_open (fixture, practice);
  visit = g_object_ref (find_visit (fixture, &borrowed));
  other = g_object_ref (borrowed);
  rcp_board_model_set_cursor_visit (fixture->window->model, visit);
  rcp_board_view_grab_cursor (fixture->window->board);
  WAIT_FOR ((chip = window_find (GTK_WIDGET (fixture->window), window_is_visit, rcp_visit_get_id (visit))));
  g_assert_true (gtk_widget_activate_action (chip, "visit.overbook", NULL));
  WAIT_FOR ((booking = find_window (RCP_TYPE_BOOKING_DIALOG)));
  rcp_booking_dialog_set_patient (RCP_BOOKING_DIALOG (booking), other);
  WAIT_FOR ((window = find_window (RCP_TYPE_OVERBOOK_WINDOW)));
  WAIT_FOR (window_find (window, is_list, NULL) && get_selected (window)
            && rcp_full_time_get_range (get_selected (window)).start == rcp_visit_get_range (visit).start);
  /* Who is in the way is named. */
  g_assert_nonnull (strstr (rcp_full_time_get_conflicts (get_selected (window)), rcp_visit_get_patient_name (visit)));
  button = window_find (window, is_button, "_Overbook");
  reason = window_find (window, is_entry_row, NULL);
  g_assert_false (gtk_widget_is_sensitive (button));
  gtk_editable_set_text (GTK_EDITABLE (reason), "   ");
  g_assert_false (gtk_widget_is_sensitive (button));
  gtk_editable_set_text (GTK_EDITABLE (reason), "Chest pain");
  g_assert_true (gtk_widget_is_sensitive (button));
  ui_picture_save (window, "overbook");
  gtk_widget_activate (button);
  WAIT_FOR (window_find (booking, window_is_label, "Confirmation Code"));
  g_assert_null (find_window (RCP_TYPE_OVERBOOK_WINDOW));
  gtk_window_destroy (GTK_WINDOW (booking));
  /* It is on the board, with its reason, and can be taken back. */
  WAIT_FOR (rcp_undo_model_get_text (fixture->window->undo, 0));
  {
    RcpProvider *provider = rcp_roster_find_provider_of_visit (rcp_desk_get_roster (fixture->desk), visit);
    GDate today;
    g_autoptr (RcpDay) day = NULL;
    RcpTimeRange session = rcp_overbook_get_session (rcp_visit_get_range (visit).start, rcp_provider_get_zone (provider));

    rcp_desk_get_today (fixture->desk, &today);
    day = rcp_day_book_get (rcp_desk_get_day_book (fixture->desk), &today);
    WAIT_FOR (rcp_overbook_count (G_LIST_MODEL (day), provider, session, NULL) == 1);
  }
}

static void
set_rules (WindowFixture *fixture, RcpProvider *provider, int limit, int youngest)
{
  g_autofree char *reference = g_strconcat ("Schedule/", rcp_provider_get_schedule_id (provider), NULL);
  g_autoptr (GAsyncResult) read = NULL, updated = NULL, written = NULL;
  g_autoptr (FhirResource) schedule = NULL, changed = NULL, role = NULL;
  g_autoptr (JsonObject) json = NULL, of_role = fhir_resource_dup_json (rcp_provider_get_role (provider));
  g_autofree char *text = g_strdup_printf ("[{\"url\":\"%s\",\"valueInteger\":%d}]", RCP_EXTENSION_OVERBOOK, limit);
  g_autofree char *ages = g_strdup_printf ("[{\"url\":\"%s\",\"valueRange\":{\"low\":{\"value\":%d}}}]", RCP_EXTENSION_AGES, youngest);
  g_autoptr (JsonNode) extension = json_from_string (text, NULL);
  g_autoptr (JsonNode) limits = json_from_string (ages, NULL);
  RcpRoster *before = rcp_desk_get_roster (fixture->desk);

  fhir_client_read_async (rcp_desk_get_client (fixture->desk), reference, NULL, on_result_cb, &read);
  WAIT_FOR (read);
  schedule = fhir_client_read_finish (rcp_desk_get_client (fixture->desk), read, NULL);
  json = fhir_resource_dup_json (schedule);
  json_object_set_member (json, "extension", g_steal_pointer (&extension));
  fhir_client_update_async (rcp_desk_get_client (fixture->desk), json, NULL, NULL, on_result_cb, &updated);
  WAIT_FOR (updated);
  changed = fhir_client_update_finish (rcp_desk_get_client (fixture->desk), updated, NULL);
  g_assert_nonnull (changed);
  json_object_set_member (of_role, "extension", g_steal_pointer (&limits));
  fhir_client_update_async (rcp_desk_get_client (fixture->desk), of_role, NULL, NULL, on_result_cb, &written);
  WAIT_FOR (written);
  role = fhir_client_update_finish (rcp_desk_get_client (fixture->desk), written, NULL);
  g_assert_nonnull (role);
  rcp_desk_reload_roster (fixture->desk);
  WAIT_FOR (rcp_desk_get_roster (fixture->desk) != before);
}

static RcpOverbookModel *
make_model (WindowFixture *fixture, RcpVisit *visit, RcpPatient *patient, RcpUrgency urgency, RcpFullTime **time)
{
  RcpProvider *provider = rcp_roster_find_provider_of_visit (rcp_desk_get_roster (fixture->desk), visit);
  RcpOverbookWish wish = { .patient = patient,
                           .urgency = urgency,
                           .schedule_id = rcp_provider_get_schedule_id (provider),
                           .duration = 15 };
  GDate today;
  RcpOverbookModel *model;
  guint position;

  rcp_desk_get_today (fixture->desk, &today);
  model = rcp_overbook_model_new (fixture->desk, &wish, &today);
  WAIT_FOR ((position = rcp_overbook_model_find (model, provider, rcp_visit_get_range (visit).start)) != G_MAXUINT);
  *time = g_list_model_get_item (rcp_overbook_model_get_times (model), position);
  return model;
}

static gboolean
is_full (RcpOverbookModel *model, RcpProvider *provider, gint64 start, RcpFullTime **time)
{
  g_clear_object (time);
  *time = g_list_model_get_item (rcp_overbook_model_get_times (model), rcp_overbook_model_find (model, provider, start));
  return *time && rcp_full_time_is_at_limit (*time);
}

static RcpVisit *
book (RcpOverbookModel *model, RcpFullTime *time, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  rcp_overbook_model_book_async (model, time, "In pain", on_result_cb, &result);
  WAIT_FOR (result);
  return rcp_overbook_model_book_finish (model, result, error);
}

typedef struct
{
  RcpVisit *visit; /* beside which others are put */
  RcpPatient *patient;
  RcpProvider *provider;
} Place;

static void
place_clear (Place *place)
{
  g_clear_object (&place->visit);
  g_clear_object (&place->patient);
  g_clear_object (&place->provider);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Place, place_clear)

/* One is allowed in the half day, and stands there. */
static void
fill_half_day (WindowFixture *fixture, Place *place)
{
  g_autoptr (RcpOverbookModel) model = NULL;
  g_autoptr (RcpFullTime) time = NULL;
  g_autoptr (RcpVisit) first = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *limit = NULL;
  RcpPatient *borrowed;

  place->visit = g_object_ref (find_visit (fixture, &borrowed));
  place->patient = g_object_ref (borrowed);
  set_rules (fixture, rcp_roster_find_provider_of_visit (rcp_desk_get_roster (fixture->desk), place->visit), 1, 0);
  model = make_model (fixture, place->visit, place->patient, RCP_URGENCY_ROUTINE, &time);
  place->provider = g_object_ref (rcp_full_time_get_provider (time));
  limit = rcp_full_time_describe_limit (time);
  g_assert_cmpstr (limit, ==, "0 of 1 overbooked visit in this half day");
  g_assert_false (rcp_full_time_is_at_limit (time));
  first = book (model, time, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (rcp_visit_get_overbook_reason (first), ==, "In pain");
}

/* At the limit even an urgent visit is refused. */
static void
test_limit (WindowFixture *fixture, gconstpointer data)
{
  g_autoptr (PracticeFixture) practice = window_fixture_start_sample ();
  g_auto (Place) place = { NULL };
  g_autoptr (RcpOverbookModel) model = NULL;
  g_autoptr (RcpFullTime) time = NULL;
  g_autoptr (RcpVisit) refused = NULL;
  g_autoptr (GError) error = NULL;

  window_fixture_open (fixture, practice);
  fill_half_day (fixture, &place);
  model = make_model (fixture, place.visit, place.patient, RCP_URGENCY_URGENT, &time);
  WAIT_FOR (is_full (model, place.provider, rcp_visit_get_range (place.visit).start, &time));
  g_assert_false (rcp_overbook_model_may_book (model, time));
  refused = book (model, time, &error);
  g_assert_null (refused);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_PERMISSION_DENIED);
}

static gboolean
has_reason (RcpDay *day, const char *reason)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (day)); i++)
    {
      g_autoptr (RcpVisit) visit = g_list_model_get_item (G_LIST_MODEL (day), i);

      if (g_strcmp0 (rcp_visit_get_overbook_reason (visit), reason) == 0)
        return TRUE;
    }
  return FALSE;
}

/* An emergency goes beyond it, after a second question; the record keeps that it did. */
static void
test_beyond_limit (WindowFixture *fixture, gconstpointer data)
{
  g_autoptr (PracticeFixture) practice = window_fixture_start_sample ();
  g_auto (Place) place = { NULL };
  g_autoptr (RcpOverbookModel) model = NULL;
  g_autoptr (RcpFullTime) time = NULL;
  g_autoptr (RcpDay) day = NULL;
  GtkWindow *window;
  GtkWidget *question;
  GDate today;

  window_fixture_open (fixture, practice);
  fill_half_day (fixture, &place);
  model = make_model (fixture, place.visit, place.patient, RCP_URGENCY_EMERGENCY, &time);
  WAIT_FOR (is_full (model, place.provider, rcp_visit_get_range (place.visit).start, &time));
  g_assert_true (rcp_overbook_model_may_book (model, time));
  g_assert_true (rcp_overbook_model_needs_second_yes (model, time));
  window = rcp_overbook_window_new (model);
  rcp_overbook_window_set_start (RCP_OVERBOOK_WINDOW (window), place.provider, rcp_visit_get_range (place.visit).start);
  gtk_window_present (window);
  WAIT_FOR (window_find (GTK_WIDGET (window), is_mapped_label_with, "Only an emergency goes beyond it."));
  gtk_editable_set_text (GTK_EDITABLE (window_find (GTK_WIDGET (window), is_entry_row, NULL)), "Stroke");
  gtk_widget_activate (window_find (GTK_WIDGET (window), is_button, "_Overbook"));
  WAIT_FOR ((question = find_window (ADW_TYPE_MESSAGE_DIALOG)));
  ui_picture_save (GTK_WIDGET (window), "overbook-beyond");
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (question), "overbook");
  WAIT_FOR (!find_window (RCP_TYPE_OVERBOOK_WINDOW));
  rcp_desk_get_today (fixture->desk, &today);
  day = rcp_day_book_get (rcp_desk_get_day_book (fixture->desk), &today);
  WAIT_FOR (has_reason (day, "Stroke (emergency, beyond the limit)"));
}

/* What is set up for a provider is named when one of his or her times is selected, and forbids nothing. */
static void
test_names_misfits (WindowFixture *fixture, gconstpointer data)
{
  g_autoptr (PracticeFixture) practice = window_fixture_start_sample ();
  g_autoptr (RcpVisit) visit = NULL;
  g_autoptr (RcpPatient) patient = NULL;
  RcpPatient *borrowed;
  GtkWindow *booking;

  window_fixture_open (fixture, practice);
  visit = g_object_ref (find_visit (fixture, &borrowed));
  patient = g_object_ref (borrowed);
  set_rules (fixture, rcp_roster_find_provider_of_visit (rcp_desk_get_roster (fixture->desk), visit), 1, 130);
  booking = rcp_booking_dialog_new (fixture->desk);
  rcp_booking_dialog_set_patient (RCP_BOOKING_DIALOG (booking), patient);
  rcp_booking_dialog_set_start (RCP_BOOKING_DIALOG (booking),
                                rcp_roster_find_provider_of_visit (rcp_desk_get_roster (fixture->desk), visit), NOW);
  gtk_window_present (booking);
  WAIT_FOR (window_find (GTK_WIDGET (booking), is_mapped_label_with, "sees patients from 130 years on"));
  ui_picture_save (GTK_WIDGET (booking), "booking-misfit");
  gtk_window_destroy (booking);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  ui_picture_load_style ();
#define ADD(name, func) g_test_add ("/ui/overbook/" name, WindowFixture, NULL, window_fixture_set_up, func, window_fixture_tear_down)
  ADD ("from-the-board", test_from_the_board);
  ADD ("limit", test_limit);
  ADD ("beyond-limit", test_beyond_limit);
  ADD ("names-misfits", test_names_misfits);
#undef ADD
  return g_test_run ();
}
