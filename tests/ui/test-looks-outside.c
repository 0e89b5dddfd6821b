/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What comes from outside of the record, in those looks in which it may go wrong: calendars (rcp-calendars-page.c, rcp-accounts-group.c,
 * rcp-account-dialog.c, rcp-mirror-rows.c), what providers ask for there (rcp-request-page.c), and one provider's own days
 * (rcp-own-dialog.c, rcp-export-dialog.c, rcp-subscribe-group.c). What payers say is in test-looks-insurance.c. */

#define G_LOG_DOMAIN "test-looks-outside"

#include "config.h"

#include "fake-calendars.h"
#include "looks-fixture.h"
#include "sample-calendars.h"
#include "ui/calendars/rcp-calendar-choice.h"
#include "ui/preferences/rcp-account-dialog.h"
#include "ui/rcp-dialog.h"
#include "ui/rcp-window-private.h"
#include "ui/requests/rcp-request-model.h"

#define PROVIDER "sample-d-ruiz"
#define HOUR (60 * G_TIME_SPAN_MINUTE)

static void
choose_calendars (WindowFixture *fixture)
{
  const char *record = rcp_desk_calendars_get_record (fixture->window->calendars);
  g_autoptr (RcpCalendarChoice) choice = rcp_calendar_choice_load (fixture->settings, record, PROVIDER);

  rcp_calendar_choice_set_busy (choice, SAMPLE_CALENDAR_DIARY, TRUE);
  rcp_calendar_choice_set_busy (choice, SAMPLE_CALENDAR_TEAM, TRUE);
  g_free (choice->mirror);
  choice->mirror = g_strdup (SAMPLE_CALENDAR_VISITS);
  rcp_calendar_choice_save (choice, fixture->settings, record, PROVIDER);
}

/* Whose calendars keep time, one that shows visits and is behind, one that is not reached, and an account that needs its password. */
static void
test_calendars (WindowFixture *fixture, gconstpointer data)
{
  const Look *look = data;
  GtkWidget *dialog, *row;

  choose_calendars (fixture);
  dialog = looks_open_preferences (fixture, "calendars");
  WAIT_FOR ((row = window_find (dialog, looks_is_titled, "Dr. Ana Ruiz")));
  looks_look_at (dialog, "preferences-calendars", look);
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (row), TRUE);
  WAIT_FOR (window_find (row, looks_is_titled, "Visits in the calendar"));
  looks_scroll_to (window_find (row, looks_is_titled, "Visits in the calendar"));
  looks_look_at (dialog, "preferences-mirror", look);
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (row), FALSE);
  WAIT_FOR (window_find (dialog, looks_is_titled, "Work"));
  looks_scroll_to (window_find (dialog, looks_is_titled, "Work"));
  looks_look_and_close (dialog, "preferences-calendars-list", look);
}

static RcpServerCertificate *
make_certificate (void)
{
  RcpServerCertificate *certificate = g_new0 (RcpServerCertificate, 1);

  certificate->pem = g_strdup ("PEM");
  certificate->subject = g_strdup ("calendar.clinic.example");
  certificate->issuer = g_strdup ("calendar.clinic.example");
  certificate->fingerprint = g_strdup ("8E:16:F4:0B:27:52:9D:3C:61:AA:07:BE:40:F9:13:D5:7C:28:E0:94:35:6B:CF:82:1D:A9:50:77:EE:03:B6:4F");
  certificate->valid_from = G_GINT64_CONSTANT (1767225600000000);
  certificate->valid_until = G_GINT64_CONSTANT (1798761600000000);
  certificate->faults = G_TLS_CERTIFICATE_UNKNOWN_CA;
  return certificate;
}

static GPtrArray *
make_found (void)
{
  GPtrArray *found = g_ptr_array_new_with_free_func ((GDestroyNotify) rcp_found_calendar_free);

  g_ptr_array_add (found, rcp_found_calendar_new ("Diary", "#62a0ea", TRUE));
  g_ptr_array_add (found, rcp_found_calendar_new ("Team Meetings and Holidays", "#33d17a", FALSE));
  g_ptr_array_add (found, rcp_found_calendar_new ("Visits", "#9141ac", TRUE));
  return found;
}

/* Each step on the way to an account, and what is said of a wrong password. */
static void
test_account (WindowFixture *fixture, gconstpointer data)
{
  g_autoptr (FakeCalendars) calendars = fake_calendars_new ();
  g_autoptr (RcpAccountModel) model = rcp_account_model_new (RCP_CALENDAR_SERVICE (calendars), NULL);
  GtkWindow *dialog = rcp_account_dialog_new (model);
  const Look *look = data;

  rcp_dialog_present (dialog, GTK_WINDOW (fixture->window));
  looks_look_at (GTK_WIDGET (dialog), "account-ask", look);
  gtk_editable_set_text (GTK_EDITABLE (window_find (GTK_WIDGET (dialog), looks_is_titled, "Address or Name of the Server")), "calendar.clinic.example");
  gtk_editable_set_text (GTK_EDITABLE (window_find (GTK_WIDGET (dialog), looks_is_titled, "User Name")), "ana");
  gtk_editable_set_text (GTK_EDITABLE (window_find (GTK_WIDGET (dialog), looks_is_titled, "Password")), "secret");
  g_signal_emit_by_name (window_find (GTK_WIDGET (dialog), looks_is_button, "_Continue"), "clicked");
  looks_look_at (GTK_WIDGET (dialog), "account-look", look);
  fake_calendars_answer (calendars, NULL, make_certificate (), g_error_new_literal (RCP_CALENDAR_ERROR, RCP_CALENDAR_ERROR_NOT_TRUSTED, "x"));
  looks_look_at (GTK_WIDGET (dialog), "account-judge", look);
  rcp_account_model_trust (model);
  fake_calendars_answer_error (calendars, RCP_CALENDAR_ERROR_PASSWORD);
  looks_look_at (GTK_WIDGET (dialog), "account-problem", look);
  rcp_account_model_look (model, "calendar.clinic.example", "ana", "secret");
  fake_calendars_answer (calendars, make_found (), NULL, NULL);
  looks_look_and_close (GTK_WIDGET (dialog), "account-found", look);
}

static guint
count_requests (WindowFixture *fixture)
{
  return rcp_request_model_get_count (g_object_get_data (G_OBJECT (fixture->window), "rcp-requests"));
}

/* Whether there is any left. What is being answered is not answered twice. */
static gboolean
press_refuse (GtkWidget *window)
{
  GtkWidget *refuse = window_find (window, looks_is_button, "Refuse");

  if (refuse)
    g_signal_emit_by_name (refuse, "clicked");
  return refuse != NULL;
}

/* What was refused waits for its calendar: each look has visits of its own, and the same ones when it is the only look. */
static guint
count_looks_before (const Look *look)
{
  guint count = 0;

  for (const Look *other = looks; other < look; other++)
    count += looks_is_telling (other) ? 1 : 0;
  return count;
}

/* One visit was moved to where another is, one was deleted; and then the desk has answered. */
static void
test_requests (WindowFixture *fixture, gconstpointer data)
{
  GtkWidget *window = GTK_WIDGET (fixture->window);
  FhirClient *client = rcp_desk_get_client (fixture->desk);
  const Look *look = data;
  guint n_asked = 2 * count_looks_before (look);
  g_autoptr (RcpVisit) moved = window_fixture_pick_late_visit (fixture, n_asked), deleted = window_fixture_pick_late_visit (fixture, n_asked + 1);

  window_fixture_ask (fixture, client, moved, RCP_MIRROR_MOVED, -2 * HOUR, 0);
  window_fixture_ask (fixture, client, deleted, RCP_MIRROR_DELETED, 0, 1);
  WAIT_FOR (count_requests (fixture) == 2);
  gtk_widget_activate_action (window, "win.show-page", "s", "requests");
  WAIT_FOR (window_count (window, looks_is_button, "Refuse") == 2);
  adw_toast_dismiss (fixture->window->toast);
  looks_look_at (window, "requests", look);
  WAIT_FOR (!press_refuse (window));
  WAIT_FOR (window_find (window, looks_is_status, "Every Request Is Answered"));
  looks_look_at (window, "requests-empty", look);
  looks_lose_record (fixture);
  rcp_request_model_reload (g_object_get_data (G_OBJECT (window), "rcp-requests"));
  WAIT_FOR (window_find (window, looks_is_status, "Requests Could Not Be Read"));
  looks_look_at (window, "requests-gone", look);
  practice_fixture_start (looks_get_practice ());
}

static void
test_own (WindowFixture *fixture, gconstpointer data)
{
  GtkWidget *window = GTK_WIDGET (fixture->window), *dialog;
  const Look *look = data;

  g_settings_reset (fixture->settings, "own-provider");
  gtk_widget_activate_action (window, "win.own-days", NULL);
  WAIT_FOR ((dialog = looks_find_dialog (fixture)));
  looks_look_at (dialog, "own-choose", look);
  g_signal_emit_by_name (dialog, "chosen", PROVIDER);
  gtk_window_destroy (GTK_WINDOW (dialog));
  WAIT_FOR (rcp_board_model_get_n_owners (fixture->window->model) == 1 && window_find (window, window_is_visit, NULL)
            && !window_find (window, looks_is_waiting, NULL));
  looks_look_at (window, "own-days", look);
  looks_look_at_action (fixture, "win.export-calendar", "own-export", look);
  rcp_desk_files_keep (rcp_desk_calendars_get_files (fixture->window->calendars), PROVIDER, RCP_MIRROR_BUSY_ONLY);
  gtk_widget_activate_action (window, "win.export-calendar", NULL);
  WAIT_FOR ((dialog = looks_find_dialog (fixture)) && window_find (dialog, window_is_label, "Up to date as of Mon 23 Nov, 9:26."));
  looks_look_at_dialog (fixture, NULL, "own-export-kept", look);
  g_settings_reset (fixture->settings, "visit-files");
  looks_lose_record (fixture);
  gtk_widget_activate_action (window, "win.show-date", "s", "2026-12-10");
  WAIT_FOR (window_find (window, window_is_type, "AdwStatusPage") && !rcp_day_book_is_online (rcp_desk_get_day_book (fixture->desk)));
  looks_look_at (window, "own-days-gone", look);
  practice_fixture_start (looks_get_practice ());
  g_settings_reset (fixture->settings, "own-provider");
}

int
main (int argc, char **argv)
{
  g_autoptr (GSettings) settings = NULL;
  int result;

  looks_start (&argc, &argv);
  settings = g_settings_new (APP_ID);
  for (guint i = 0; i < LOOKS_N; i++)
    if (looks_is_telling (&looks[i]))
      {
        looks_add (&looks[i], "own", test_own);
        looks_add (&looks[i], "account", test_account);
        looks_add (&looks[i], "calendars", test_calendars);
        looks_add (&looks[i], "requests", test_requests);
      }
  result = g_test_run ();
  g_settings_reset (settings, "calendars");
  looks_end ();
  return result;
}
