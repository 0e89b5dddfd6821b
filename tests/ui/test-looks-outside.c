/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What comes from outside of the record, in those looks in which it may go wrong: insurance (rcp-insurance-box.c, rcp-coverage-card.c,
 * rcp-coverage-dialog.c, rcp-raw-answer.c, rcp-cover-window.c, rcp-insurance-page.c), calendars (rcp-calendars-page.c, rcp-accounts-group.c,
 * rcp-account-dialog.c, rcp-mirror-rows.c), what providers ask for there (rcp-request-page.c), and one provider's own days
 * (rcp-own-dialog.c, rcp-export-dialog.c). */

#define G_LOG_DOMAIN "test-looks-outside"

#include "config.h"

#include "cover-desk.h"
#include "fake-calendars.h"
#include "insurance/rcp-change-coverage.h"
#include "looks-fixture.h"
#include "sample-calendars.h"
#include "ui/calendars/rcp-calendar-choice.h"
#include "ui/insurance/rcp-cover-window.h"
#include "ui/insurance/rcp-coverage-dialog.h"
#include "ui/insurance/rcp-insurance-box.h"
#include "ui/insurance/rcp-raw-answer.h"
#include "ui/preferences/rcp-account-dialog.h"
#include "ui/preferences/rcp-preferences-window.h"
#include "ui/rcp-dialog.h"
#include "ui/rcp-window-private.h"
#include "ui/insurance/rcp-auth-model.h"
#include "ui/requests/rcp-request-model.h"

#define PROVIDER "sample-d-ruiz"
#define REFUSED "The clearinghouse does not accept the clinic's sign-in"
#define HOUR (60 * G_TIME_SPAN_MINUTE)

static ScriptedHouse *house;

static void
on_result_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static gboolean
is_button (GtkWidget *widget, gconstpointer label)
{
  return GTK_IS_BUTTON (widget) && gtk_widget_get_mapped (widget) && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (widget)), label) == 0;
}

static gboolean
is_titled (GtkWidget *widget, gconstpointer title)
{
  return ADW_IS_PREFERENCES_ROW (widget) && gtk_widget_get_mapped (widget)
         && g_strcmp0 (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget)), title) == 0;
}

/* So far that @widget is seen to its end. The bar beside what scrolls would fade while the picture is taken. */
static void
scroll_to (GtkWidget *widget)
{
  GtkWidget *scrolled = gtk_widget_get_ancestor (widget, GTK_TYPE_SCROLLED_WINDOW), *child;
  GtkAdjustment *adjustment = gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scrolled));
  graphene_rect_t bounds;

  gtk_scrolled_window_set_overlay_scrolling (GTK_SCROLLED_WINDOW (scrolled), FALSE);
  /* What has just been shown has its place with one of the next frames. */
  for (guint frame = 0; frame < 5; frame++)
    gtk_test_widget_wait_for_draw (scrolled);
  child = gtk_viewport_get_child (GTK_VIEWPORT (gtk_scrolled_window_get_child (GTK_SCROLLED_WINDOW (scrolled))));
  WAIT_FOR (gtk_widget_compute_bounds (widget, child, &bounds) && bounds.size.height > 0);
  gtk_adjustment_set_value (adjustment, bounds.origin.y + bounds.size.height + 12 - gtk_adjustment_get_page_size (adjustment));
}

static void
look_and_close (GtkWidget *dialog, const char *what, const Look *look)
{
  looks_look_at (dialog, what, look);
  gtk_window_destroy (GTK_WINDOW (dialog));
}

static void
add_coverage (WindowFixture *fixture, RcpPatient *patient)
{
  g_autoptr (RcpCoverageFields) fields = rcp_coverage_fields_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (RcpCoverage) coverage = NULL;

  rcp_coverage_fields_set (fields, RCP_COVERAGE_ORDER, "1");
  rcp_coverage_fields_set (fields, RCP_COVERAGE_PAYER_NAME, "Acme Health");
  rcp_coverage_fields_set (fields, RCP_COVERAGE_PAYER_ID, "12345");
  rcp_coverage_fields_set (fields, RCP_COVERAGE_MEMBER_ID, "W123456789");
  rcp_coverage_fields_set (fields, RCP_COVERAGE_PLAN, "Gold PPO");
  rcp_coverage_fields_set (fields, RCP_COVERAGE_RELATIONSHIP, "self");
  rcp_coverage_add_async (rcp_desk_get_client (fixture->desk), rcp_desk_get_clock (fixture->desk), rcp_patient_get_id (patient), fields, "",
                          NULL, on_result_cb, &result);
  WAIT_FOR (result);
  coverage = rcp_coverage_add_finish (result, NULL);
  g_assert_nonnull (coverage);
}

static void
say_how_to_ask (WindowFixture *fixture)
{
  g_settings_set_string (fixture->settings, "payer-url", scripted_house_get_url (house));
  g_settings_set_string (fixture->settings, "payer-sender", "CITYCLINIC");
  g_settings_set_string (fixture->settings, "payer-receiver", "CLEARING");
  g_settings_set_string (fixture->settings, "payer-provider-name", "City Clinic");
  g_settings_set_string (fixture->settings, "payer-npi", "1234567893");
  g_settings_set_enum (fixture->settings, "payer-way", RCP_PAYER_X12);
}

static RcpInsuranceModel *
open_insurance (WindowFixture *fixture)
{
  GtkWidget *window = GTK_WIDGET (fixture->window), *box;
  RcpVisit *visit = looks_open_visit (fixture);
  RcpInsuranceModel *model;

  g_signal_emit_by_name (window_find (window, window_is_type, "RcpVisitPanel"), "patient-requested", rcp_visit_get_patient (visit));
  WAIT_FOR ((box = window_find (window, window_is_type, "RcpInsuranceBox")));
  model = rcp_insurance_box_get_model (RCP_INSURANCE_BOX (box));
  WAIT_FOR (rcp_insurance_model_get_state (model) == RCP_INSURANCE_READY);
  if (rcp_insurance_model_get_n (model) > 0)
    return model;
  add_coverage (fixture, rcp_visit_get_patient (visit));
  rcp_insurance_model_reload (model);
  WAIT_FOR (rcp_insurance_model_get_n (model) == 1);
  return model;
}

/* The trace number is another one each time, and breaks into other lines. */
static void
fix_trace (GtkWidget *row, const char *trace)
{
  g_auto (GStrv) parts = g_strsplit (adw_action_row_get_subtitle (ADW_ACTION_ROW (row)), trace, -1);
  g_autofree char *text = g_strjoinv ("4711", parts);

  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), text);
}

static void
look_at_answer (WindowFixture *fixture, RcpInsuranceModel *model, char says, const char *what, const Look *look)
{
  const char *title = says == 'e' ? "Eligible" : says == 'n' ? "Not eligible" : "Cannot tell";
  GtkWidget *window = GTK_WIDGET (fixture->window);

  scripted_house_say (house, says);
  g_assert_true (gtk_widget_activate_action (window, "win.check-insurance", NULL));
  WAIT_FOR (!rcp_insurance_model_is_checking (model, 0) && !rcp_insurance_model_is_busy (model) && window_find (window, is_titled, title));
  fix_trace (window_find (window, is_titled, title), rcp_insurance_model_get_answer (model, 0)->trace);
  scroll_to (window_find (window, is_button, "_Raw Answer…"));
  looks_look_at (window, what, look);
}

static gboolean
is_text (GtkWidget *widget, gconstpointer text)
{
  return GTK_IS_LABEL (widget) && gtk_widget_get_mapped (widget) && g_strcmp0 (gtk_label_get_text (GTK_LABEL (widget)), text) == 0;
}

/* Reads it again while the record answers nothing, and where there is none any more. */
static void
look_at_insurance_unread (WindowFixture *fixture, RcpInsuranceModel *model, const Look *look)
{
  static const char failed[] = "The insurances could not be read. Check the connection.";
  GtkWidget *window = GTK_WIDGET (fixture->window);

  looks_lose_record (fixture);
  rcp_insurance_model_reload (model);
  WAIT_FOR (window_find (window, is_text, failed));
  fix_trace (window_find (window, is_titled, "Cannot tell"), rcp_insurance_model_get_answer (model, 0)->trace);
  scroll_to (window_find (window, is_text, failed));
  looks_look_at (window, "insurance-gone", look);
  practice_fixture_start (looks_get_practice ());
}

/* As it came, but for the trace number, which is another one each time. */
static void
look_at_raw (WindowFixture *fixture, const Look *look)
{
  static const char raw[]
    = "ISA*00*          *00*          *ZZ*PAYER          *ZZ*RECEPTION      *260310*0915*^*00501*000000007*0*T*:~"
      "GS*HB*PAYER*RECEPTION*20260310*0915*7*X*005010X279A1~ST*271*0007*005010X279A1~BHT*0022*11*4711*20260310*0915~HL*1**20*1~"
      "NM1*PR*2*ACME HEALTH PLAN*****PI*12345~HL*2*1*21*1~NM1*1P*2*CITY CLINIC*****XX*1234567893~HL*3*2*22*0~TRN*2*4711*9CITYCLINC~"
      "NM1*IL*1*DOE*JANE****MI*W123456789~EB*1**30~EB*B*IND*98***27*25*****Y~SE*11*0007~GE*1*7~IEA*1*000000007~";
  g_autoptr (RcpEligibilityAnswer) answer = rcp_eligibility_answer_new ("4711", 0);

  answer->raw = g_bytes_new_static (raw, sizeof raw - 1);
  looks_look_at_dialog (fixture, rcp_raw_answer_new (fixture->desk, answer), "insurance-raw", look);
}

static guint
count_auths (WindowFixture *fixture)
{
  return rcp_auth_model_get_count (g_object_get_data (G_OBJECT (fixture->window), "rcp-auths"));
}

/* Until the sidebar counts @n_auths: it is on every picture. */
static void
ask_until (WindowFixture *fixture, char says, guint n_auths)
{
  scripted_house_say (house, says);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.check-insurance", NULL));
  WAIT_FOR (count_auths (fixture) == n_auths);
}

/* The three answers that there are, and what came back as it came. */
static void
test_insurance (WindowFixture *fixture, gconstpointer data)
{
  const Look *look = data;
  RcpInsuranceModel *model;

  say_how_to_ask (fixture);
  model = open_insurance (fixture);
  ask_until (fixture, 'e', 1);
  look_at_answer (fixture, model, 'e', "insurance-eligible", look);
  look_at_raw (fixture, look);
  ask_until (fixture, 'n', 0);
  look_at_answer (fixture, model, 'n', "insurance-not-eligible", look);
  look_at_answer (fixture, model, 'f', "insurance-cannot-tell", look);
  looks_look_at_dialog (fixture,
                        rcp_coverage_dialog_new (fixture->desk, rcp_patient_get_id (rcp_insurance_model_get_patient (model)),
                                                 rcp_insurance_model_get_coverage (model, 0), 1),
                        "insurance-change", look);
  look_at_insurance_unread (fixture, model, look);
}

/* Of tomorrow the first seven are insured, with an answer of each kind; once for all looks. */
static void
insure_tomorrow (WindowFixture *fixture)
{
  static const char says[] = { 'c', 'n', 'f', 'e', 'c', 'c', '\0' };
  static gboolean is_done = FALSE;
  g_autoptr (GDate) tomorrow = g_date_new_dmy (24, 11, 2026);
  g_autoptr (GPtrArray) visits = NULL;
  FhirClient *client = rcp_desk_get_client (fixture->desk);

  if (is_done)
    return;
  is_done = TRUE;
  visits = cover_desk_list_visits (client, tomorrow);
  for (guint i = 0; says[i]; i++)
    {
      g_autofree char *member = g_strdup_printf ("M%u", i + 1), *part = g_strdup_printf ("*MI*%s~", member);
      g_autoptr (FhirResource) coverage = cover_desk_insure (client, rcp_visit_get_patient (visits->pdata[i * 3]), member);
      g_autoptr (FhirResource) more = i == 1 ? cover_desk_insure_second (client, rcp_visit_get_patient (visits->pdata[i * 3]), "S2") : NULL;

      scripted_house_say_of (house, part, says[i]);
    }
}

static GtkWidget *
open_cover (WindowFixture *fixture)
{
  GtkWidget *dialog;

  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.insurance-list", NULL));
  WAIT_FOR ((dialog = looks_find_dialog (fixture)));
  return dialog;
}

static gboolean
is_status (GtkWidget *widget, gconstpointer title)
{
  return ADW_IS_STATUS_PAGE (widget) && gtk_widget_get_mapped (widget) && g_str_equal (adw_status_page_get_title (ADW_STATUS_PAGE (widget)), title);
}

static void
remove_task (FhirClient *client, FhirResource *task)
{
  g_autoptr (GAsyncResult) result = NULL;
  GAsyncResult *kept = NULL;

  fhir_client_delete_async (client, fhir_resource_get_reference (task), NULL, NULL, keep_result_cb, &kept);
  result = keep_result_wait (&kept);
  g_assert_true (fhir_client_delete_finish (client, result, NULL));
}

/* Each picture is of the same record, whatever was looked at before. */
static void
forget_auths (WindowFixture *fixture)
{
  RcpAuthModel *model = g_object_get_data (G_OBJECT (fixture->window), "rcp-auths");

  rcp_auth_model_reload (model);
  WAIT_FOR (count_auths (fixture) > 0);
  for (guint i = 0; i < count_auths (fixture); i++)
    {
      g_autoptr (RcpPriorAuth) auth = g_list_model_get_item (rcp_auth_model_get_list (model), i);

      remove_task (rcp_desk_get_client (fixture->desk), rcp_prior_auth_get_task (auth));
    }
  rcp_auth_model_reload (model);
  WAIT_FOR (count_auths (fixture) == 0);
}

/* Not read, not to be read, with all that may be said, and with nobody. */
static void
test_cover (WindowFixture *fixture, gconstpointer data)
{
  g_autoptr (GDate) far = g_date_new_dmy (1, 6, 2027);
  const Look *look = data;
  GtkWidget *dialog, *visits;
  RcpCoverList *list;

  say_how_to_ask (fixture);
  insure_tomorrow (fixture);
  practice_fixture_pause (looks_get_practice ());
  dialog = open_cover (fixture);
  WAIT_FOR (window_find (dialog, looks_is_waiting, NULL));
  looks_look_at (dialog, "cover-loading", look);
  practice_fixture_resume (looks_get_practice ());
  list = rcp_cover_window_get_list (RCP_COVER_WINDOW (dialog));
  WAIT_FOR (rcp_cover_list_is_read (list));
  rcp_cover_list_ask_all (list);
  WAIT_FOR (rcp_cover_list_count_busy (list) == 0);
  rcp_cover_list_reload (list);
  WAIT_FOR (rcp_cover_list_is_read (list));
  looks_look_at (dialog, "cover", look);
  visits = gtk_widget_get_parent (window_find (dialog, window_is_type, "RcpCoverRow"));
  scroll_to (GTK_WIDGET (gtk_list_box_get_row_at_index (GTK_LIST_BOX (visits), (int) g_list_model_get_n_items (rcp_cover_list_get_entries (list)) - 1)));
  looks_look_at (dialog, "cover-end", look);
  rcp_cover_list_set_day (list, far);
  WAIT_FOR (window_find (dialog, is_status, "No Visits"));
  looks_look_at (dialog, "cover-empty", look);
  gtk_window_destroy (GTK_WINDOW (dialog));
  forget_auths (fixture);
  fhir_client_set_max_retries (rcp_desk_get_client (fixture->desk), 0);
  practice_fixture_kill (looks_get_practice ());
  dialog = open_cover (fixture);
  WAIT_FOR (window_find (dialog, is_status, "The Insurances Could Not Be Read"));
  look_and_close (dialog, "cover-gone", look);
  practice_fixture_start (looks_get_practice ());
}

/* The work of the desk, its question, and when all of it is done. */
static void
test_authorizations (WindowFixture *fixture, gconstpointer data)
{
  const Look *look = data;
  GtkWidget *window = GTK_WIDGET (fixture->window), *dialog;
  RcpCoverList *list;

  say_how_to_ask (fixture);
  insure_tomorrow (fixture);
  dialog = open_cover (fixture);
  list = rcp_cover_window_get_list (RCP_COVER_WINDOW (dialog));
  WAIT_FOR (rcp_cover_list_is_read (list));
  rcp_cover_list_ask_all (list);
  WAIT_FOR (rcp_cover_list_count_busy (list) == 0);
  WAIT_FOR (count_auths (fixture) == 1);
  gtk_window_destroy (GTK_WINDOW (dialog));
  gtk_widget_activate_action (window, "win.show-page", "s", "authorizations");
  WAIT_FOR (window_find (window, is_button, "Received…"));
  looks_look_at (window, "authorizations", look);
  g_signal_emit_by_name (window_find (window, is_button, "Received…"), "clicked");
  WAIT_FOR ((dialog = looks_find_dialog (fixture)));
  look_and_close (dialog, "authorizations-number", look);
  forget_auths (fixture);
  WAIT_FOR (window_find (window, is_status, "Every Authorization Is There"));
  looks_look_at (window, "authorizations-empty", look);
}

static GtkWidget *
open_preferences (WindowFixture *fixture, const char *page)
{
  GtkWidget *dialog;

  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.preferences", NULL));
  WAIT_FOR ((dialog = looks_find_dialog (fixture)));
  rcp_preferences_window_show_page (RCP_PREFERENCES_WINDOW (dialog), page);
  return dialog;
}

/* How payers are asked, and what a trial says. */
static void
test_payers (WindowFixture *fixture, gconstpointer data)
{
  const Look *look = data;
  GtkWidget *dialog;

  g_settings_reset (fixture->settings, "payer-way");
  dialog = open_preferences (fixture, "insurance");
  looks_look_at (dialog, "preferences-insurance-off", look);
  say_how_to_ask (fixture);
  g_settings_set_string (fixture->settings, "payer-url", "https://edi.example.org/core");
  WAIT_FOR (window_find (dialog, is_titled, "Address"));
  looks_look_at (dialog, "preferences-insurance", look);
  scripted_house_say (house, 'a');
  g_settings_set_string (fixture->settings, "payer-url", scripted_house_get_url (house));
  g_signal_emit_by_name (window_find (dialog, is_button, "_Test"), "clicked");
  WAIT_FOR (window_find (dialog, is_titled, REFUSED));
  scroll_to (window_find (dialog, is_titled, REFUSED));
  look_and_close (dialog, "preferences-insurance-test", look);
}

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
  dialog = open_preferences (fixture, "calendars");
  WAIT_FOR ((row = window_find (dialog, is_titled, "Dr. Ana Ruiz")));
  looks_look_at (dialog, "preferences-calendars", look);
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (row), TRUE);
  WAIT_FOR (window_find (row, is_titled, "Visits in the calendar"));
  scroll_to (window_find (row, is_titled, "Visits in the calendar"));
  looks_look_at (dialog, "preferences-mirror", look);
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (row), FALSE);
  WAIT_FOR (window_find (dialog, is_titled, "Work"));
  scroll_to (window_find (dialog, is_titled, "Work"));
  look_and_close (dialog, "preferences-calendars-list", look);
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
  gtk_editable_set_text (GTK_EDITABLE (window_find (GTK_WIDGET (dialog), is_titled, "Address or Name of the Server")), "calendar.clinic.example");
  gtk_editable_set_text (GTK_EDITABLE (window_find (GTK_WIDGET (dialog), is_titled, "User Name")), "ana");
  gtk_editable_set_text (GTK_EDITABLE (window_find (GTK_WIDGET (dialog), is_titled, "Password")), "secret");
  g_signal_emit_by_name (window_find (GTK_WIDGET (dialog), is_button, "_Continue"), "clicked");
  looks_look_at (GTK_WIDGET (dialog), "account-look", look);
  fake_calendars_answer (calendars, NULL, make_certificate (), g_error_new_literal (RCP_CALENDAR_ERROR, RCP_CALENDAR_ERROR_NOT_TRUSTED, "x"));
  looks_look_at (GTK_WIDGET (dialog), "account-judge", look);
  rcp_account_model_trust (model);
  fake_calendars_answer_error (calendars, RCP_CALENDAR_ERROR_PASSWORD);
  looks_look_at (GTK_WIDGET (dialog), "account-problem", look);
  rcp_account_model_look (model, "calendar.clinic.example", "ana", "secret");
  fake_calendars_answer (calendars, make_found (), NULL, NULL);
  look_and_close (GTK_WIDGET (dialog), "account-found", look);
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
  GtkWidget *refuse = window_find (window, is_button, "Refuse");

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
  WAIT_FOR (window_count (window, is_button, "Refuse") == 2);
  adw_toast_dismiss (fixture->window->toast);
  looks_look_at (window, "requests", look);
  WAIT_FOR (!press_refuse (window));
  WAIT_FOR (window_find (window, is_status, "Every Request Is Answered"));
  looks_look_at (window, "requests-empty", look);
  looks_lose_record (fixture);
  rcp_request_model_reload (g_object_get_data (G_OBJECT (window), "rcp-requests"));
  WAIT_FOR (window_find (window, is_status, "Requests Could Not Be Read"));
  looks_look_at (window, "requests-gone", look);
  practice_fixture_start (looks_get_practice ());
}

static gboolean
is_unread (GtkWidget *widget, gconstpointer data)
{
  return ADW_IS_STATUS_PAGE (widget) && gtk_widget_get_mapped (widget);
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
  looks_lose_record (fixture);
  gtk_widget_activate_action (window, "win.show-date", "s", "2026-12-10");
  WAIT_FOR (window_find (window, is_unread, NULL) && !rcp_day_book_is_online (rcp_desk_get_day_book (fixture->desk)));
  looks_look_at (window, "own-days-gone", look);
  practice_fixture_start (looks_get_practice ());
  g_settings_reset (fixture->settings, "own-provider");
}

static void
reset_settings (void)
{
  static const char *const keys[] = { "payer-way", "payer-url", "payer-sender", "payer-receiver", "payer-provider-name", "payer-npi", "calendars" };
  g_autoptr (GSettings) settings = g_settings_new (APP_ID);

  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    g_settings_reset (settings, keys[i]);
}

int
main (int argc, char **argv)
{
  int result;

  looks_start (&argc, &argv);
  house = scripted_house_new ('e');
  for (guint i = 0; i < LOOKS_N; i++)
    if (looks_is_telling (&looks[i]))
      {
        looks_add (&looks[i], "own", test_own);
        looks_add (&looks[i], "account", test_account);
        looks_add (&looks[i], "payers", test_payers);
        looks_add (&looks[i], "insurance", test_insurance);
        looks_add (&looks[i], "cover", test_cover);
        looks_add (&looks[i], "calendars", test_calendars);
        looks_add (&looks[i], "requests", test_requests);
        looks_add (&looks[i], "authorizations", test_authorizations);
      }
  result = g_test_run ();
  reset_settings ();
  scripted_house_free (house);
  looks_end ();
  return result;
}
