/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What payers say, in those looks in which it may go wrong: rcp-insurance-box.c, rcp-coverage-card.c, rcp-coverage-dialog.c,
 * rcp-raw-answer.c, rcp-cover-window.c, rcp-cover-row.c, rcp-auth-page.c and rcp-insurance-page.c. */

#define G_LOG_DOMAIN "test-looks-insurance"

#include "config.h"

#include "cover-desk.h"
#include "insurance/rcp-change-coverage.h"
#include "looks-fixture.h"
#include "ui/insurance/rcp-auth-model.h"
#include "ui/insurance/rcp-cover-window.h"
#include "ui/insurance/rcp-coverage-dialog.h"
#include "ui/insurance/rcp-insurance-box.h"
#include "ui/insurance/rcp-raw-answer.h"
#include "ui/rcp-window-private.h"

#define REFUSED "The clearinghouse does not accept the clinic's sign-in"

static ScriptedHouse *house;

static void
add_coverage (WindowFixture *fixture, RcpPatient *patient)
{
  g_autoptr (RcpCoverageFields) fields = rcp_coverage_fields_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (RcpCoverage) coverage = NULL;
  GAsyncResult *kept = NULL;

  rcp_coverage_fields_set (fields, RCP_COVERAGE_ORDER, "1");
  rcp_coverage_fields_set (fields, RCP_COVERAGE_PAYER_NAME, "Acme Health");
  rcp_coverage_fields_set (fields, RCP_COVERAGE_PAYER_ID, "12345");
  rcp_coverage_fields_set (fields, RCP_COVERAGE_MEMBER_ID, "W123456789");
  rcp_coverage_fields_set (fields, RCP_COVERAGE_PLAN, "Gold PPO");
  rcp_coverage_fields_set (fields, RCP_COVERAGE_RELATIONSHIP, "self");
  rcp_coverage_add_async (rcp_desk_get_client (fixture->desk), rcp_desk_get_clock (fixture->desk), rcp_patient_get_id (patient), fields, "",
                          NULL, keep_result_cb, &kept);
  result = keep_result_wait (&kept);
  coverage = rcp_coverage_add_finish (result, NULL);
  g_assert_nonnull (coverage);
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
  WAIT_FOR (!rcp_insurance_model_is_checking (model, 0) && !rcp_insurance_model_is_busy (model) && window_find (window, looks_is_titled, title));
  fix_trace (window_find (window, looks_is_titled, title), rcp_insurance_model_get_answer (model, 0)->trace);
  looks_scroll_to (window_find (window, looks_is_button, "_Raw Answer…"));
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
  fix_trace (window_find (window, looks_is_titled, "Cannot tell"), rcp_insurance_model_get_answer (model, 0)->trace);
  looks_scroll_to (window_find (window, is_text, failed));
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

  cover_desk_say_how_to_ask (fixture->settings, house);
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

/* Of tomorrow every third is insured until there is an answer of each kind. */
static void
insure_tomorrow (WindowFixture *fixture)
{
  static const char says[] = { 'c', 'n', 'f', 'e', 'c', 'c', '\0' };
  g_autoptr (GDate) tomorrow = g_date_new_dmy (24, 11, 2026);
  g_autoptr (GPtrArray) visits = NULL;
  FhirClient *client = rcp_desk_get_client (fixture->desk);

  scripted_house_say (house, 'c');
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

static void
remove_task (FhirClient *client, FhirResource *task)
{
  g_autoptr (GAsyncResult) result = NULL;
  GAsyncResult *kept = NULL;

  fhir_client_delete_async (client, fhir_resource_get_reference (task), NULL, NULL, keep_result_cb, &kept);
  result = keep_result_wait (&kept);
  g_assert_true (fhir_client_delete_finish (client, result, NULL));
}

/* As when all of them are there. */
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

  cover_desk_say_how_to_ask (fixture->settings, house);
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
  looks_scroll_to (GTK_WIDGET (gtk_list_box_get_row_at_index (GTK_LIST_BOX (visits), (int) g_list_model_get_n_items (rcp_cover_list_get_entries (list)) - 1)));
  looks_look_at (dialog, "cover-end", look);
  rcp_cover_list_set_day (list, far);
  WAIT_FOR (window_find (dialog, looks_is_status, "No Visits"));
  looks_look_at (dialog, "cover-empty", look);
  gtk_window_destroy (GTK_WINDOW (dialog));
  fhir_client_set_max_retries (rcp_desk_get_client (fixture->desk), 0);
  practice_fixture_kill (looks_get_practice ());
  dialog = open_cover (fixture);
  WAIT_FOR (window_find (dialog, looks_is_status, "The Insurances Could Not Be Read"));
  looks_look_and_close (dialog, "cover-gone", look);
  practice_fixture_start (looks_get_practice ());
}

/* The work of the desk, its question, and when all of it is done. */
static void
test_authorizations (WindowFixture *fixture, gconstpointer data)
{
  const Look *look = data;
  GtkWidget *window = GTK_WIDGET (fixture->window), *dialog;
  RcpCoverList *list;

  cover_desk_say_how_to_ask (fixture->settings, house);
  insure_tomorrow (fixture);
  dialog = open_cover (fixture);
  list = rcp_cover_window_get_list (RCP_COVER_WINDOW (dialog));
  WAIT_FOR (rcp_cover_list_is_read (list));
  rcp_cover_list_ask_all (list);
  WAIT_FOR (rcp_cover_list_count_busy (list) == 0);
  WAIT_FOR (count_auths (fixture) == 1);
  gtk_window_destroy (GTK_WINDOW (dialog));
  gtk_widget_activate_action (window, "win.show-page", "s", "authorizations");
  WAIT_FOR (window_find (window, looks_is_button, "Received…"));
  looks_look_at (window, "authorizations", look);
  g_signal_emit_by_name (window_find (window, looks_is_button, "Received…"), "clicked");
  WAIT_FOR ((dialog = looks_find_dialog (fixture)));
  looks_look_and_close (dialog, "authorizations-number", look);
  forget_auths (fixture);
  WAIT_FOR (window_find (window, looks_is_status, "Every Authorization Is There"));
  looks_look_at (window, "authorizations-empty", look);
}

/* How payers are asked, and what a trial says. */
static void
test_payers (WindowFixture *fixture, gconstpointer data)
{
  const Look *look = data;
  GtkWidget *dialog;

  g_settings_reset (fixture->settings, "payer-way");
  dialog = looks_open_preferences (fixture, "insurance");
  looks_look_at (dialog, "preferences-insurance-off", look);
  cover_desk_say_how_to_ask (fixture->settings, house);
  g_settings_set_string (fixture->settings, "payer-url", "https://edi.example.org/core");
  WAIT_FOR (window_find (dialog, looks_is_titled, "Address"));
  looks_look_at (dialog, "preferences-insurance", look);
  scripted_house_say (house, 'a');
  g_settings_set_string (fixture->settings, "payer-url", scripted_house_get_url (house));
  g_signal_emit_by_name (window_find (dialog, looks_is_button, "_Test"), "clicked");
  WAIT_FOR (window_find (dialog, looks_is_titled, REFUSED));
  looks_scroll_to (window_find (dialog, looks_is_titled, REFUSED));
  looks_look_and_close (dialog, "preferences-insurance-test", look);
}

int
main (int argc, char **argv)
{
  g_autoptr (GSettings) settings = NULL;
  int result;

  looks_start (&argc, &argv);
  settings = g_settings_new (APP_ID);
  house = scripted_house_new ('e');
  for (guint i = 0; i < LOOKS_N; i++)
    if (looks_is_telling (&looks[i]))
      {
        looks_add (&looks[i], "payers", test_payers);
        looks_add_alone (&looks[i], "insurance", test_insurance);
        looks_add_alone (&looks[i], "cover", test_cover);
        looks_add_alone (&looks[i], "authorizations", test_authorizations);
      }
  result = g_test_run ();
  cover_desk_reset (settings);
  scripted_house_free (house);
  looks_end ();
  return result;
}
