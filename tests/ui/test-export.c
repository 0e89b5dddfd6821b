/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The days of one provider as a calendar file, from the real window, through the module of the calendars: rcp-export-dialog.c, and what of
 * rcp-window-own.c leads there; and as one that is kept fresh: rcp-subscribe-group.c, rcp-desk-files.c. */

#define G_LOG_DOMAIN "test-export"

#include "config.h"

#include <glib/gstdio.h>

#include "mirroring/rcp-visit-folder.h"
#include "ui-picture.h"
#include "ui/calendars/rcp-export-dialog.h"
#include "ui/rcp-dialog.h"
#include "ui/rcp-window-private.h"
#include "window-fixture.h"
#include "window-keys.h"

static guint
count (const char *text, const char *word)
{
  guint n = 0;

  for (const char *at = strstr (text, word); at; at = strstr (at + 1, word))
    n++;
  return n;
}

static GtkWindow *
open_dialog (WindowFixture *fixture)
{
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.export-calendar", NULL));
  WAIT_FOR (window_get_active () != GTK_WINDOW (fixture->window) && RCP_IS_EXPORT_DIALOG (window_get_active ()));
  return window_get_active ();
}

/* What is on for the first provider in the four weeks from the first day that is shown: asked of the record. */
static guint
count_in_record (WindowFixture *fixture, PracticeFixture *practice)
{
  g_autoptr (FhirClient) client = practice_fixture_create_client (practice);
  g_autoptr (FhirSearch) search = fhir_search_new ("Appointment");
  g_autoptr (FhirBundle) bundle = NULL;
  GAsyncResult *kept = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  GPtrArray *found;
  guint n = 0;

  fhir_search_add_printf (search, "actor", "Practitioner/%s",
                          rcp_provider_get_practitioner_id (rcp_board_model_get_provider (fixture->window->model, 0)));
  fhir_search_add (search, "date", "ge2026-11-22");
  fhir_search_add (search, "date", "lt2026-12-20");
  fhir_client_search_all_async (client, search, 0, NULL, keep_result_cb, &kept);
  result = keep_result_wait (&kept);
  bundle = fhir_client_search_all_finish (client, result, NULL);
  found = fhir_bundle_get_matches (bundle);
  for (guint i = 0; i < found->len; i++)
    {
      const char *status = fhir_json_get_string (fhir_resource_get_json (found->pdata[i]), "status");

      n += !g_str_equal (status, "cancelled") && !g_str_equal (status, "noshow") && !g_str_equal (status, "waitlist");
    }
  return n;
}

static void
test_file (WindowFixture *fixture, gconstpointer data)
{
  g_autoptr (PracticeFixture) practice = window_fixture_start_sample ();
  g_autofree char *folder = g_dir_make_tmp ("reception-export-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "days.ics", NULL), *text = NULL;
  g_autoptr (GFile) file = g_file_new_for_path (path);
  GtkWindow *dialog;
  GStatBuf info;
  guint n_visits;

  window_fixture_open (fixture, practice);
  gtk_widget_grab_focus (window_find (GTK_WIDGET (fixture->window), window_is_type, "RcpBoardView"));
  WAIT_FOR (window_get_active () == GTK_WINDOW (fixture->window));
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.export-calendar", NULL));
  g_assert_true (window_get_active () == GTK_WINDOW (fixture->window));

  window_press ("Down w");
  WAIT_FOR (rcp_board_model_get_n_owners (fixture->window->model) == 1);
  dialog = open_dialog (fixture);
  WAIT_FOR (rcp_desk_calendars_get_exporter (fixture->window->calendars));
  ui_picture_save (GTK_WIDGET (dialog), "export-dialog");
  n_visits = count_in_record (fixture, practice);
  g_assert_cmpuint (n_visits, >, 20);
  rcp_export_dialog_write (RCP_EXPORT_DIALOG (dialog), file);
  /* Without a window manager nobody gives the keyboard back. */
  WAIT_FOR (!rcp_dialog_is_over (GTK_WINDOW (fixture->window)));
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_cmpuint (count (text, "BEGIN:VEVENT"), ==, n_visits);
  g_assert_cmpuint (count (text, "SUMMARY:Visit\r\n"), ==, n_visits);
  g_assert_cmpint (g_stat (path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
  g_unlink (path);
  g_rmdir (folder);
}

static gboolean
is_message_dialog (GtkWindow *window)
{
  return ADW_IS_MESSAGE_DIALOG (window);
}

/* Where the file cannot be written that is said, and the dialog stays. */
static void
test_no_such_folder (WindowFixture *fixture, gconstpointer data)
{
  g_autoptr (PracticeFixture) practice = window_fixture_start_sample ();
  g_autoptr (GFile) file = g_file_new_for_path ("/nowhere/at/all/days.ics");
  GtkWindow *dialog;

  window_fixture_open (fixture, practice);
  gtk_widget_grab_focus (window_find (GTK_WIDGET (fixture->window), window_is_type, "RcpBoardView"));
  WAIT_FOR (window_get_active () == GTK_WINDOW (fixture->window));
  window_press ("Down w");
  WAIT_FOR (rcp_board_model_get_n_owners (fixture->window->model) == 1);
  dialog = open_dialog (fixture);
  WAIT_FOR (rcp_desk_calendars_get_exporter (fixture->window->calendars));
  rcp_export_dialog_write (RCP_EXPORT_DIALOG (dialog), file);
  WAIT_FOR (window_get_active () && is_message_dialog (window_get_active ()));
  window_press ("Escape");
  WAIT_FOR (window_get_active () == dialog);
  window_press ("Escape");
  WAIT_FOR (window_get_active () == GTK_WINDOW (fixture->window));
}

static char *
dup_kept_file (WindowFixture *fixture)
{
  const char *person = rcp_provider_get_practitioner_id (rcp_board_model_get_provider (fixture->window->model, 0));
  g_autofree char *address = rcp_desk_files_dup_address (rcp_desk_calendars_get_files (fixture->window->calendars), person);

  g_assert_true (g_str_has_prefix (address, "file:///"));
  return g_filename_from_uri (address, NULL, NULL);
}

/* How many visits the file holds, of which @word is said; 0 without a file. */
static guint
count_in_file (const char *path, const char *word)
{
  g_autofree char *text = NULL;

  return g_file_get_contents (path, &text, NULL, NULL) && g_str_has_suffix (text, "END:VCALENDAR\r\n") ? count (text, word) : 0;
}

/* Another desk cancels a visit of the first provider that is in the file. */
static void
cancel_one (WindowFixture *fixture, PracticeFixture *practice)
{
  g_autoptr (FhirClient) client = practice_fixture_create_client (practice);
  g_autoptr (FhirSearch) search = fhir_search_new ("Appointment");
  g_autoptr (FhirBundle) bundle = NULL;
  g_autoptr (FhirResource) stored = NULL;
  g_autoptr (JsonObject) json = NULL;
  GAsyncResult *kept = NULL;
  g_autoptr (GAsyncResult) found = NULL, updated = NULL;

  fhir_search_add_printf (search, "actor", "Practitioner/%s",
                          rcp_provider_get_practitioner_id (rcp_board_model_get_provider (fixture->window->model, 0)));
  fhir_search_add (search, "date", "ge2026-11-25");
  fhir_search_add (search, "date", "lt2026-12-10");
  fhir_search_add (search, "status", "booked");
  fhir_client_search_all_async (client, search, 0, NULL, keep_result_cb, &kept);
  found = keep_result_wait (&kept);
  bundle = fhir_client_search_all_finish (client, found, NULL);
  g_assert_cmpuint (fhir_bundle_get_matches (bundle)->len, >, 0);
  json = fhir_resource_dup_json (g_ptr_array_index (fhir_bundle_get_matches (bundle), 0));
  json_object_set_string_member (json, "status", "cancelled");
  fhir_client_update_async (client, json, NULL, NULL, keep_result_cb, &kept);
  updated = keep_result_wait (&kept);
  stored = fhir_client_update_finish (client, updated, NULL);
  g_assert_nonnull (stored);
}

static void
on_text_read_cb (GObject *clipboard, GAsyncResult *result, gpointer data)
{
  *(char **) data = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (clipboard), result, NULL);
}

static gboolean
focus_is_row (const char *title)
{
  GtkWidget *focus = window_get_focus ();

  return focus && ADW_IS_PREFERENCES_ROW (focus) && g_strcmp0 (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (focus)), title) == 0;
}

static gboolean
focus_is_button (void)
{
  return window_get_focus () && GTK_IS_BUTTON (window_get_focus ());
}

/* How many stops there are before depends on the platform. */
static void
walk_to (const char *key, const char *title)
{
  guint n = 0;

  while (!(title ? focus_is_row (title) : focus_is_button ()) && n++ < 12)
    window_press (key);
  g_assert_cmpuint (n, <=, 12);
}

/* By keys: on, its address, how much it says, and off again. */
static void
test_kept_fresh (WindowFixture *fixture, gconstpointer data)
{
  g_autoptr (PracticeFixture) practice = window_fixture_start_sample ();
  g_autofree char *folder = rcp_visit_folder_dup_default (), *other = NULL, *path = NULL, *address = NULL, *copied = NULL;
  GtkWindow *dialog;
  guint n_visits;

  other = rcp_visit_folder_dup_path (folder, "another record", "somebody");
  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_true (g_file_set_contents (other, "old", -1, NULL));
  window_fixture_open (fixture, practice);
  WAIT_FOR (!g_file_test (other, G_FILE_TEST_EXISTS));
  gtk_widget_grab_focus (window_find (GTK_WIDGET (fixture->window), window_is_type, "RcpBoardView"));
  WAIT_FOR (window_get_active () == GTK_WINDOW (fixture->window));
  window_press ("Down w");
  WAIT_FOR (rcp_board_model_get_n_owners (fixture->window->model) == 1);
  path = dup_kept_file (fixture);
  dialog = open_dialog (fixture);
  WAIT_FOR (rcp_desk_calendars_get_exporter (fixture->window->calendars));
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));

  window_wait_focus ();
  g_assert_true (window_find (GTK_WIDGET (dialog), window_is_label, "_Cancel"));
  walk_to ("Tab", "Keep a File Up to Date");
  window_press ("space");
  WAIT_FOR (count_in_file (path, "BEGIN:VEVENT") > 20 && window_find (GTK_WIDGET (dialog), window_is_label, "What Subscribers See"));
  n_visits = count_in_file (path, "BEGIN:VEVENT");
  g_assert_cmpuint (count_in_file (path, "SUMMARY:Visit\r\n"), ==, n_visits);
  ui_picture_save (GTK_WIDGET (dialog), "export-dialog-kept");
  /* It is so already: there is nothing that could be cancelled. */
  g_assert_true (window_find (GTK_WIDGET (dialog), window_is_label, "_Close"));
  g_assert_false (window_find (GTK_WIDGET (dialog), window_is_label, "_Cancel"));
  cancel_one (fixture, practice);
  WAIT_FOR (count_in_file (path, "BEGIN:VEVENT") == n_visits - 1);

  walk_to ("Tab", NULL);
  window_press ("space");
  WAIT_FOR (window_find (GTK_WIDGET (dialog), window_is_label, "Address copied"));
  gdk_clipboard_read_text_async (gtk_widget_get_clipboard (GTK_WIDGET (dialog)), NULL, on_text_read_cb, &copied);
  WAIT_FOR (copied);
  address = g_filename_to_uri (path, NULL, NULL);
  g_assert_cmpstr (copied, ==, address);

  rcp_desk_files_keep (rcp_desk_calendars_get_files (fixture->window->calendars),
                       rcp_provider_get_practitioner_id (rcp_board_model_get_provider (fixture->window->model, 0)), RCP_MIRROR_FULL);
  WAIT_FOR (count_in_file (path, "BEGIN:VEVENT") == n_visits - 1 && count_in_file (path, "SUMMARY:Visit\r\n") == 0);
  walk_to ("shift+Tab", "Keep a File Up to Date");
  window_press ("space");
  WAIT_FOR (!g_file_test (path, G_FILE_TEST_EXISTS) && !window_find (GTK_WIDGET (dialog), window_is_label, "What Subscribers See"));
  /* While a toast is there, Escape is the toast's where libadwaita has it so. */
  WAIT_FOR (!window_find (GTK_WIDGET (dialog), window_is_label, "Address copied"));
  window_press ("Escape");
  /* Without a window manager nobody gives the keyboard back. */
  WAIT_FOR (!rcp_dialog_is_over (GTK_WINDOW (fixture->window)));
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  ui_picture_load_style ();

#define ADD(name, test) g_test_add ("/export/" name, WindowFixture, NULL, window_fixture_set_up, test, window_fixture_tear_down)
  ADD ("file", test_file);
  ADD ("no-such-folder", test_no_such_folder);
  ADD ("kept-fresh", test_kept_fresh);
#undef ADD

  return g_test_run ();
}
