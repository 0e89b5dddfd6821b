/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What payers have to authorize before visits, in the real window with a clearinghouse that answers: rcp-auth-model.c, rcp-auth-page.c,
 * rcp-auth-dialog.c, rcp-auth-text.c, rcp-auth-box.c, rcp-auth-settler.c, rcp-auth-keeper.c and rcp-window-auths.c. Keys are pressed as on a
 * keyboard. */

#define G_LOG_DOMAIN "test-auths"

#include "config.h"

#include <string.h>

#include "cover-desk.h"
#include "scheduling/rcp-book-visit.h"
#include "ui-picture.h"
#include "ui/insurance/rcp-auth-keeper.h"
#include "ui/insurance/rcp-auth-model.h"
#include "ui/insurance/rcp-cover-row.h"
#include "ui/insurance/rcp-cover-window.h"
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
  GPtrArray *visits; /* of tomorrow; the first three are insured as M1 to M3, of whom M1 and M2 must be authorized */
} Fixture;

/* The patient of @other comes to @visit as well. */
static void
bring (Fixture *self, RcpVisit *visit, RcpVisit *other)
{
  g_autoptr (JsonObject) json = fhir_resource_dup_json (rcp_visit_get_resource (visit));
  JsonObject *participant = json_object_new (), *actor = json_object_new ();
  g_autofree char *reference = g_strconcat ("Patient/", rcp_visit_get_patient_id (other), NULL);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (FhirResource) stored = NULL;
  GAsyncResult *kept = NULL;

  json_object_set_string_member (actor, "reference", reference);
  json_object_set_string_member (actor, "display", rcp_visit_get_patient_name (other));
  json_object_set_object_member (participant, "actor", actor);
  json_object_set_string_member (participant, "status", "accepted");
  json_array_add_object_element (json_object_get_array_member (json, "participant"), participant);
  fhir_client_update_async (self->client, json, NULL, NULL, keep_result_cb, &kept);
  result = keep_result_wait (&kept);
  stored = fhir_client_update_finish (self->client, result, NULL);
  g_assert_nonnull (stored);
}

/* @data: whether the second patient comes to the first visit, too */
static void
set_up (Fixture *self, gconstpointer data)
{
  g_autoptr (GDate) tomorrow = g_date_new_dmy (24, 11, 2026);

  self->practice = window_fixture_start_sample ();
  self->client = practice_fixture_create_client (self->practice);
  self->house = scripted_house_new ('e');
  scripted_house_say_of (self->house, "*MI*M3~", 'c');
  window_fixture_set_up (&self->window, NULL);
  cover_desk_say_how_to_ask (self->window.settings, self->house);
  self->visits = cover_desk_list_visits (self->client, tomorrow);
  for (guint i = 0; i < N_INSURED; i++)
    {
      g_autofree char *member = g_strdup_printf ("M%u", i + 1);
      g_autoptr (FhirResource) coverage = cover_desk_insure (self->client, rcp_visit_get_patient (self->visits->pdata[i]), member);
    }
  if (data)
    bring (self, self->visits->pdata[0], self->visits->pdata[1]);
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

static RcpAuthModel *
get_model (Fixture *self)
{
  return rcp_window_get_auths (self->window.window);
}

static guint
count (Fixture *self)
{
  return rcp_auth_model_get_count (get_model (self));
}

static gboolean
is_row_of (GtkWidget *widget, gconstpointer visit)
{
  return RCP_IS_COVER_ROW (widget) && rcp_cover_entry_is_for (rcp_cover_row_get_entry (RCP_COVER_ROW (widget)), (RcpVisit *) visit);
}

static gboolean
says (GtkWindow *cover, RcpVisit *visit, const char *words)
{
  GtkWidget *row = window_find (GTK_WIDGET (cover), is_row_of, visit);
  g_autofree char *spoken = row ? rcp_cover_row_dup_spoken (RCP_COVER_ROW (row)) : NULL;

  return spoken && strstr (spoken, words);
}

static GtkWindow *
open_list (Fixture *self)
{
  GtkWindow *active;

  window_wait_focus ();
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (self->window.window), "win.insurance-list", NULL));
  WAIT_FOR (RCP_IS_COVER_WINDOW ((active = window_get_active ())));
  WAIT_FOR (window_find (GTK_WIDGET (active), is_row_of, self->visits->pdata[0]));
  return active;
}

static void
close_list (Fixture *self)
{
  window_press ("Escape");
  WAIT_FOR (window_get_active () == GTK_WINDOW (self->window.window));
}

/* Asks about everybody: two visits are to be authorized, by today. */
static void
ask (Fixture *self)
{
  GtkWindow *cover = open_list (self);

  window_press ("ctrl+Return");
  WAIT_FOR (says (cover, self->visits->pdata[0], "authorization needed by Mon, 23 Nov"));
  WAIT_FOR (says (cover, self->visits->pdata[1], "authorization needed by Mon, 23 Nov"));
  WAIT_FOR (says (cover, self->visits->pdata[2], "Eligible"));
  g_assert_false (says (cover, self->visits->pdata[2], "authorization"));
  close_list (self);
  WAIT_FOR (count (self) == 2);
}

static GtkWidget *
open_page (Fixture *self)
{
  GtkWidget *window = GTK_WIDGET (self->window.window), *page;

  gtk_widget_activate_action (window, "win.show-page", "s", "authorizations");
  WAIT_FOR ((page = window_find (window, window_is_type, "RcpAuthPage")));
  return window_find (page, window_is_type, "GtkListBox");
}

static gboolean
is_dialog (void)
{
  GtkWindow *active = window_get_active ();

  return active && g_str_equal (G_OBJECT_TYPE_NAME (active), "RcpAuthDialog");
}

/* In the record: how many of that status there are, and under which number. */
static guint
count_tasks (Fixture *self, const char *status, const char *number)
{
  g_autoptr (FhirSearch) search = fhir_search_new ("Task");
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (FhirBundle) bundle = NULL;
  GAsyncResult *kept = NULL;
  guint n = 0;

  fhir_search_add (search, "code", "urn:reception:prior-auth|authorize");
  fhir_search_add (search, "status", status);
  fhir_client_search_async (self->client, search, NULL, keep_result_cb, &kept);
  result = keep_result_wait (&kept);
  bundle = fhir_client_search_finish (self->client, result, NULL);
  g_assert_nonnull (bundle);
  for (guint i = 0; i < fhir_bundle_get_matches (bundle)->len; i++)
    {
      JsonObject *json = fhir_resource_get_json (fhir_bundle_get_matches (bundle)->pdata[i]);

      n += g_strcmp0 (fhir_json_get_string (json, "output.0.valueString"), number) == 0;
    }
  return n;
}

/* From the list of tomorrow to the number, by the keyboard alone; an empty number is none. */
static void
test_received (Fixture *self, gconstpointer data)
{
  GtkWidget *list;
  GtkWindow *cover;

  ask (self);
  g_assert_cmpuint (count_tasks (self, "requested", NULL), ==, 2);
  list = open_page (self);
  g_assert_nonnull (gtk_list_box_get_row_at_index (GTK_LIST_BOX (list), 1));
  gtk_widget_grab_focus (GTK_WIDGET (gtk_list_box_get_row_at_index (GTK_LIST_BOX (list), 0)));
  window_press ("a");
  WAIT_FOR (is_dialog ());
  window_press ("Return");
  g_assert_true (is_dialog ());
  window_type ("A-123");
  window_press ("Return");
  WAIT_FOR (count (self) == 1);
  g_assert_cmpuint (count_tasks (self, "completed", "A-123"), ==, 1);
  WAIT_FOR (!is_dialog ());
  window_wait_focus ();
  WAIT_FOR (GTK_IS_LIST_BOX_ROW (window_get_focus ()));
  window_press ("a");
  WAIT_FOR (is_dialog ());
  window_press ("Escape");
  WAIT_FOR (!is_dialog ());
  window_wait_focus ();
  g_assert_cmpuint (count (self), ==, 1);
  cover = open_list (self);
  WAIT_FOR (says (cover, self->visits->pdata[0], "authorization A-123 received") ||
            says (cover, self->visits->pdata[1], "authorization A-123 received"));
  close_list (self);
}

/* The row keeps the keyboard when the list is made anew behind a dialog. */
static void
test_below_dialog (Fixture *self, gconstpointer data)
{
  GtkWidget *list;

  ask (self);
  list = open_page (self);
  window_keep_row_below_dialog (GTK_LIST_BOX (list), rcp_auth_model_get_list (get_model (self)));
}

static void
activate_first (Fixture *self, GtkWidget *list)
{
  g_autoptr (RcpPriorAuth) auth = g_list_model_get_item (rcp_auth_model_get_list (get_model (self)), 0);

  gtk_widget_grab_focus (GTK_WIDGET (gtk_list_box_get_row_at_index (GTK_LIST_BOX (list), 0)));
  window_press ("Return");
  window_fixture_wait_on_board (&self->window, rcp_prior_auth_get_visit (auth));
}

/* A row leads to its visit, on the board or in the list of the days: the keyboard is there. */
static void
test_row (Fixture *self, gconstpointer data)
{
  GtkWidget *list;

  ask (self);
  list = open_page (self);
  activate_first (self, list);
  rcp_window_set_view (self->window.window, "agenda");
  open_page (self);
  activate_first (self, list);
}

static gboolean
is_button (GtkWidget *widget, gconstpointer label)
{
  return GTK_IS_BUTTON (widget) && gtk_widget_get_mapped (widget) && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (widget)), label) == 0;
}

static GtkWidget *
find_in_panel (Fixture *self, const char *label)
{
  GtkWidget *box = window_find (GTK_WIDGET (self->window.window), window_is_type, "RcpAuthBox");

  return box ? window_find (box, is_button, label) : NULL;
}

/* Beside the visit: written down there, and put right there. */
static void
test_panel (Fixture *self, gconstpointer data)
{
  ask (self);
  rcp_window_show_visit (self->window.window, self->visits->pdata[2]);
  WAIT_FOR (window_find (GTK_WIDGET (self->window.window), window_is_type, "RcpVisitPanel"));
  g_assert_null (find_in_panel (self, "Received…"));
  rcp_window_show_visit (self->window.window, self->visits->pdata[0]);
  WAIT_FOR (find_in_panel (self, "Received…"));
  g_signal_emit_by_name (find_in_panel (self, "Received…"), "clicked");
  WAIT_FOR (is_dialog ());
  window_type ("A-1");
  window_press ("Return");
  WAIT_FOR (find_in_panel (self, "Change…"));
  g_signal_emit_by_name (find_in_panel (self, "Change…"), "clicked");
  WAIT_FOR (is_dialog ());
  window_type ("A-2");
  window_press ("Return");
  WAIT_FOR (count_tasks (self, "completed", "A-2") == 1);
  g_assert_cmpuint (count_tasks (self, "completed", "A-1"), ==, 0);
}

static gboolean
is_row_for (GtkWidget *widget, gconstpointer name)
{
  return ADW_IS_ACTION_ROW (widget) && g_str_has_suffix (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget)), name) &&
         window_find (widget, is_button, "Received…");
}

/* Of several who come to one visit each has what his payer wants beside it, by name. */
static void
test_several (Fixture *self, gconstpointer data)
{
  GtkWindow *cover = open_list (self);
  g_autoptr (RcpVisit) visit = NULL;
  GtkWidget *box;

  visit = g_object_ref (rcp_visit_get_whole (rcp_cover_entry_get_visit (rcp_cover_row_get_entry (RCP_COVER_ROW (window_find (GTK_WIDGET (cover), is_row_of, self->visits->pdata[0]))))));
  g_assert_cmpuint (rcp_visit_get_n_people (visit), ==, 2);
  window_press ("ctrl+Return");
  WAIT_FOR (count_tasks (self, "requested", NULL) == 3);
  close_list (self);
  rcp_window_show_visit (self->window.window, visit);
  WAIT_FOR ((box = window_find (GTK_WIDGET (self->window.window), window_is_type, "RcpAuthBox")));
  WAIT_FOR (window_count (box, is_button, "Received…") == 2);
  for (guint i = 0; i < 2; i++)
    g_assert_nonnull (window_find (box, is_row_for, rcp_visit_get_patient_name (self->visits->pdata[i])));
  ui_picture_save (GTK_WIDGET (self->window.window), "panel-authorizations");
}

static void
cancel (Fixture *self, RcpVisit *visit)
{
  RcpDesk *desk = self->window.desk;
  g_autoptr (RcpCancelVisit) operation = rcp_cancel_visit_new (rcp_desk_get_client (desk), rcp_desk_get_clock (desk), visit, "pat", NULL);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (RcpVisit) cancelled = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *kept = NULL;

  rcp_visit_operation_run_async (RCP_VISIT_OPERATION (operation), NULL, keep_result_cb, &kept);
  result = keep_result_wait (&kept);
  cancelled = rcp_visit_operation_run_finish (RCP_VISIT_OPERATION (operation), result, &error);
  g_assert_no_error (error);
  rcp_desk_tell_done (desk, G_OBJECT (operation));
}

/* Nobody has to ask for what nobody comes for; and it is wanted again when the cancellation is undone. */
static void
test_cancelled (Fixture *self, gconstpointer data)
{
  ask (self);
  cancel (self, self->visits->pdata[0]);
  WAIT_FOR (count (self) == 1);
  WAIT_FOR (count_tasks (self, "cancelled", NULL) == 1);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (self->window.window), "win.undo", NULL));
  WAIT_FOR (count_tasks (self, "requested", NULL) == 2);
  WAIT_FOR (count (self) == 2);
  WAIT_FOR (rcp_auth_keeper_count_busy (g_object_get_data (G_OBJECT (self->window.window), "rcp-auth-keeper")) == 0);
}

/* The payer says something else: it is off the list. */
static void
test_other_answer (Fixture *self, gconstpointer data)
{
  GtkWindow *cover;

  ask (self);
  scripted_house_say (self->house, 'c');
  cover = open_list (self);
  gtk_widget_grab_focus (window_find (GTK_WIDGET (cover), is_row_of, self->visits->pdata[0]));
  window_press ("i");
  WAIT_FOR (!says (cover, self->visits->pdata[0], "authorization"));
  close_list (self);
  WAIT_FOR (count (self) == 1);
  g_assert_cmpuint (count_tasks (self, "cancelled", NULL), ==, 1);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  ui_picture_load_style ();
#define ADD(name, test) g_test_add ("/ui/auths/" name, Fixture, NULL, set_up, test, tear_down)
  ADD ("received", test_received);
  ADD ("below-dialog", test_below_dialog);
  ADD ("row", test_row);
  ADD ("panel", test_panel);
  ADD ("cancelled", test_cancelled);
  ADD ("other-answer", test_other_answer);
  g_test_add ("/ui/auths/several", Fixture, GINT_TO_POINTER (TRUE), set_up, test_several, tear_down);
  return g_test_run ();
}
