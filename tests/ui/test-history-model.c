/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-history-model"

/* rcp-history-model.c, rcp-history-text.c and rcp-history-value.c: what two desks did to a visit and a patient, in words; and
 * what is said where a server tells less. */

#include "canned-server.h"
#include "desk-fixture.h"
#include "keep-result.h"

#include "identity/rcp-register-patient.h"
#include "scheduling/rcp-undo.h"
#include "scheduling/rcp-wait-list.h"
#include "ui/history/rcp-history-model.h"
#include "ui/history/rcp-history-text.h"
#include "ui/rcp-error-text.h"

#define NINE (9 * 60)

typedef struct
{
  DeskFixture *record;
  RcpDesk *desk;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *kept = NULL;

  fixture->record = desk_fixture_new (2, 2);
  fixture->desk = rcp_desk_new (fixture->record->clock);
  rcp_desk_open_async (fixture->desk, fixture->record->client, NULL, desk_keep_result_cb, &kept);
  result = desk_wait (&kept);
  g_assert_true (rcp_desk_open_finish (fixture->desk, result, &error));
  g_assert_no_error (error);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_object (&fixture->desk);
  /* The hours that the desk was just publishing. */
  KEEP_RESULT_UNTIL (G_OBJECT (fixture->record->client)->ref_count == 1 && G_OBJECT (fixture->record->clock)->ref_count == 1);
  desk_fixture_free (fixture->record);
}

static RcpVisit *
run (Fixture *fixture, gpointer operation, const char *desk)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *kept = NULL;
  RcpVisit *visit;

  /* Each a minute after the other. */
  rcp_clock_set_now (fixture->record->clock, rcp_clock_get_now (fixture->record->clock) + G_TIME_SPAN_MINUTE);
  rcp_visit_operation_set_desk (operation, desk);
  rcp_visit_operation_run_async (operation, NULL, desk_keep_result_cb, &kept);
  result = desk_wait (&kept);
  visit = rcp_visit_operation_run_finish (operation, result, &error);
  g_assert_no_error (error);
  return visit;
}

static void
on_changed_cb (RcpHistoryModel *model, guint *n_changes)
{
  (*n_changes)++;
}

static void
settle (RcpHistoryModel *model)
{
  KEEP_RESULT_UNTIL (!rcp_history_model_is_loading (model));
}

static RcpHistoryModel *
read_history (RcpDesk *desk, const char *reference)
{
  RcpHistoryModel *model = rcp_history_model_new (desk, reference);
  guint n_changes = 0;
  gulong handler = g_signal_connect (model, "changed", G_CALLBACK (on_changed_cb), &n_changes);

  g_assert_cmpint (rcp_history_model_get_state (model), ==, RCP_HISTORY_LOADING);
  settle (model);
  g_assert_cmpuint (n_changes, >, 0);
  g_signal_handler_disconnect (model, handler);
  return model;
}

static guint
count (RcpHistoryModel *model)
{
  return g_list_model_get_n_items (rcp_history_model_get_entries (model));
}

/* "8:01 Booked for … / detail / detail (Window 2)" */
static char *
describe (RcpHistoryModel *model, guint index)
{
  RcpDesk *desk = rcp_history_model_get_desk (model);
  g_autoptr (RcpHistoryEntry) entry = g_list_model_get_item (rcp_history_model_get_entries (model), index);
  g_autofree char *clock = rcp_history_text_clock (entry, desk);
  g_autofree char *deed = rcp_history_text_deed (entry, desk);
  g_autofree char *about = rcp_history_text_about (entry, desk);
  g_autofree char *who = rcp_history_model_dup_who (model, entry);
  g_auto (GStrv) details = rcp_history_text_details (entry, desk);
  g_autofree char *lines = g_strjoinv (" / ", details);

  return g_strdup_printf ("%s %s%s%s%s%s%s (%s)", clock, deed, rcp_history_model_is_of_patient (model) && *about != '\0' ? " [" : "",
                          rcp_history_model_is_of_patient (model) ? about : "", rcp_history_model_is_of_patient (model) && *about != '\0' ? "]" : "",
                          *lines != '\0' ? " / " : "", lines, who);
}

static void
assert_told (RcpHistoryModel *model, guint index, const char *text)
{
  g_autofree char *told = describe (model, index);

  g_assert_cmpstr (told, ==, text);
}

static const char *
get_reference (RcpVisit *visit)
{
  return fhir_resource_get_reference (rcp_visit_get_resource (visit));
}

/* ---- a day of a visit ---- */

static RcpVisit *
work_on_visit (Fixture *fixture)
{
  DeskFixture *record = fixture->record;
  g_autoptr (RcpOffer) nine = desk_fixture_make_offer (record, 0, 0, NINE, 2);
  g_autoptr (RcpOffer) ten = desk_fixture_make_offer (record, 1, 2, NINE + 60, 2);
  g_autoptr (RcpOffer) eleven = desk_fixture_make_offer (record, 1, 2, NINE + 120, 2);
  g_autoptr (RcpBookVisit) book = rcp_book_visit_new (record->client, record->clock, desk_fixture_get_patient (record, 0), nine, NULL,
                                                      RCP_URGENCY_URGENT, "cough");
  g_autoptr (RcpVisit) booked = run (fixture, book, "Window 1");
  g_autoptr (RcpMoveVisit) move = rcp_move_visit_new (record->client, record->clock, booked, ten);
  g_autoptr (RcpVisit) moved = run (fixture, move, "Window 2");
  g_autoptr (RcpMoveVisit) later = rcp_move_visit_new (record->client, record->clock, moved, eleven);
  g_autoptr (RcpVisit) moved_again = run (fixture, later, "Window 2");
  g_autoptr (RcpUndo) take_back = rcp_undo_new (RCP_VISIT_OPERATION (later), record->roster, RCP_UNDO_GRACE);
  g_autoptr (RcpVisit) back = run (fixture, take_back, "Window 2");
  g_autoptr (RcpSetStatus) arrive = rcp_set_status_new (record->client, record->clock, back, RCP_VISIT_ARRIVED);
  g_autoptr (RcpVisit) arrived = run (fixture, arrive, "Window 1");
  g_autoptr (RcpSetStatus) see = rcp_set_status_new (record->client, record->clock, arrived, RCP_VISIT_WITH_PROVIDER);
  g_autoptr (RcpVisit) seen = run (fixture, see, "");
  g_autoptr (RcpUndo) undo = rcp_undo_new (RCP_VISIT_OPERATION (see), record->roster, RCP_UNDO_GRACE);
  g_autoptr (RcpVisit) unseen = run (fixture, undo, "Window 1");
  g_autoptr (RcpSetStatus) correct = rcp_set_status_new (record->client, record->clock, unseen, RCP_VISIT_BOOKED);
  g_autoptr (RcpVisit) corrected = run (fixture, correct, "Window 1");
  g_autoptr (RcpCancelVisit) cancel = rcp_cancel_visit_new (record->client, record->clock, corrected, "oth-weath", "snow");

  return run (fixture, cancel, "Window 2");
}

static void
test_visit (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RcpVisit) visit = work_on_visit (fixture);
  g_autoptr (RcpHistoryModel) model = read_history (fixture->desk, get_reference (visit));
  const char *first = rcp_provider_get_name (desk_fixture_get_provider (fixture->record, 0));
  const char *second = rcp_provider_get_name (desk_fixture_get_provider (fixture->record, 1));
  g_autofree char *booked = g_strdup_printf ("8:01 Booked for Mon, 23 Nov, 9:00 with %s / Duration: 30 min / Urgency: Urgent / Complaint: cough / "
                                             "Place: Corner Clinic (Window 1)", first);
  g_autofree char *moved = g_strdup_printf ("8:02 Moved from Mon, 23 Nov, 9:00 with %s to Wed, 25 Nov, 10:00 with %s (Window 2)", first, second);
  g_autofree char *text = NULL;

  g_assert_cmpint (rcp_history_model_get_state (model), ==, RCP_HISTORY_READY);
  g_assert_cmpuint (count (model), ==, 9);
  g_assert_false (rcp_history_model_has_older (model));
  g_assert_null (rcp_history_model_dup_notice (model));
  assert_told (model, 8, booked);
  assert_told (model, 7, moved);
  assert_told (model, 6, "8:03 Moved from Wed, 25 Nov, 10:00 to Wed, 25 Nov, 11:00 (Window 2)");
  assert_told (model, 5, "8:04 Moved back from Wed, 25 Nov, 11:00 to Wed, 25 Nov, 10:00 (Window 2)");
  assert_told (model, 4, "8:05 Status changed from “Booked” to “Arrived” (Window 1)");
  /* A desk without a name is called as the program calls it. */
  assert_told (model, 3, "8:06 Status changed from “Arrived” to “With the provider” (Front desk)");
  assert_told (model, 2, "8:07 Undone: “Arrived” again (Window 1)");
  assert_told (model, 1, "8:08 Status corrected from “Arrived” to “Booked” (Window 1)");
  assert_told (model, 0, "8:09 Cancelled: Weather / Comment: snow (Window 2)");

  text = rcp_history_model_dup_text (model, "Ana");
  g_assert_true (g_str_has_prefix (text, "Ana\n\nMonday, 23 November 2026\n8:09  Cancelled: Weather (Window 2)\n    Comment: snow\n"));
  g_assert_finalize_object (g_steal_pointer (&model));
}

/* ---- a patient ---- */

static RcpPatient *
register_patient (Fixture *fixture)
{
  g_autoptr (RcpPatientFields) fields = rcp_patient_fields_new ();
  g_autoptr (RcpRegisterPatient) operation = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *kept = NULL;
  RcpPatient *patient;

  rcp_patient_fields_set (fields, RCP_FIELD_FAMILY, "Garcia");
  rcp_patient_fields_set (fields, RCP_FIELD_GIVEN, "Maria");
  rcp_patient_fields_set (fields, RCP_FIELD_BIRTH_DATE, "1980-02-29");
  rcp_patient_fields_set (fields, RCP_FIELD_PHONE_MOBILE, "+12075550110");
  operation = rcp_register_patient_new (fixture->record->client, fixture->record->clock, fields, "Window 1", "a twin");
  rcp_register_patient_run_async (operation, NULL, desk_keep_result_cb, &kept);
  result = desk_wait (&kept);
  patient = rcp_register_patient_run_finish (operation, result, &error);
  g_assert_no_error (error);
  return patient;
}

static void
advance (Fixture *fixture)
{
  rcp_clock_set_now (fixture->record->clock, rcp_clock_get_now (fixture->record->clock) + G_TIME_SPAN_MINUTE);
}

static RcpPatient *
change_patient (Fixture *fixture, RcpPatient *patient)
{
  g_autoptr (RcpPatientFields) fields = rcp_patient_fields_new_from_patient (patient);
  g_autoptr (RcpChangePatient) operation = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *kept = NULL;
  RcpPatient *changed;

  advance (fixture);
  rcp_patient_fields_set (fields, RCP_FIELD_PHONE_MOBILE, "+12075550199");
  rcp_patient_fields_set (fields, RCP_FIELD_LANGUAGE, "es");
  rcp_patient_fields_set (fields, RCP_FIELD_BIRTH_DATE, "1981-02-28");
  operation = rcp_change_patient_new (fixture->record->client, fixture->record->clock, patient, fields, "Window 2");
  rcp_change_patient_run_async (operation, NULL, desk_keep_result_cb, &kept);
  result = desk_wait (&kept);
  changed = rcp_change_patient_run_finish (operation, result, &error);
  g_assert_no_error (error);
  return changed;
}

static void
flag_and_unflag (Fixture *fixture, RcpPatient *patient)
{
  g_autoptr (GAsyncResult) added = NULL;
  g_autoptr (GAsyncResult) ended = NULL;
  g_autoptr (RcpFlag) flag = NULL;
  GAsyncResult *kept = NULL;

  advance (fixture);
  rcp_flag_add_async (fixture->record->client, fixture->record->clock, rcp_patient_get_id (patient), "clinical", "Latex", "Window 1", NULL,
                      desk_keep_result_cb, &kept);
  added = desk_wait (&kept);
  flag = rcp_flag_add_finish (added, NULL);
  g_assert_nonnull (flag);
  advance (fixture);
  kept = NULL;
  rcp_flag_end_async (fixture->record->client, fixture->record->clock, flag, "Window 2", NULL, desk_keep_result_cb, &kept);
  ended = desk_wait (&kept);
  g_assert_true (rcp_flag_end_finish (ended, NULL));
}

static void
wait_and_visit (Fixture *fixture, RcpPatient *patient)
{
  DeskFixture *record = fixture->record;
  RcpWaitWish wish = { .patient = patient, .duration = 30, .period = { record->now, record->now + 5 * G_TIME_SPAN_DAY },
                       .times = RCP_WISHED (RCP_TIME_OF_DAY_MORNING) };
  g_autoptr (RcpOffer) offer = desk_fixture_make_offer (record, 0, 1, NINE, 2);
  g_autoptr (RcpJoinWaitList) join = rcp_join_wait_list_new (record->client, record->clock, &wish);
  g_autoptr (RcpVisit) entry = run (fixture, join, "Window 1");
  g_autoptr (RcpWaiting) waiting = rcp_waiting_new (entry, NULL);
  g_autoptr (RcpBookWaiting) take = rcp_book_waiting_new (record->client, record->clock, waiting, offer);
  g_autoptr (RcpVisit) booked = run (fixture, take, "Window 2");
  g_autoptr (RcpSetStatus) confirm = rcp_set_status_new (record->client, record->clock, booked, RCP_VISIT_CONFIRMED);
  g_autoptr (RcpVisit) confirmed = run (fixture, confirm, "Window 1");

  g_assert_nonnull (confirmed);
}

static void
test_patient (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RcpPatient) patient = register_patient (fixture);
  g_autoptr (RcpPatient) changed = change_patient (fixture, patient);
  const char *provider = rcp_provider_get_name (desk_fixture_get_provider (fixture->record, 0));
  g_autofree char *booked = g_strdup_printf ("8:05 Booked from the wait list for Tue, 24 Nov, 9:00 with %s / Duration: 30 min / "
                                             "Place: Corner Clinic (Window 2)",
                                             provider);
  g_autofree char *confirmed = g_strdup_printf ("8:06 Status changed from “Booked” to “Confirmed” [Visit on Tue, 24 Nov, 9:00 with %s] (Window 1)",
                                                provider);
  g_autoptr (RcpHistoryModel) model = NULL;
  g_autofree char *registered = NULL, *copied = NULL;

  flag_and_unflag (fixture, patient);
  wait_and_visit (fixture, patient);
  model = read_history (fixture->desk, fhir_resource_get_reference (rcp_patient_get_resource (patient)));
  g_assert_true (rcp_history_model_is_of_patient (model));
  g_assert_cmpuint (count (model), ==, 7);
  registered = describe (model, 6);
  g_assert_true (g_str_has_prefix (registered, "8:00 Patient registered / Family Name: Garcia / Given Names: Maria / Birth Date: 29 Feb 1980 / "
                                               "Mobile Phone: (207)\u00a0555-0110 / "));
  g_assert_true (g_str_has_suffix (registered, " / Reason: a twin (Window 1)"));
  assert_told (model, 5, "8:01 Details changed / Birth Date: 29 Feb 1980 → 28 Feb 1981 / Mobile Phone: (207)\u00a0555-0110 → (207)\u00a0555-0199 / "
                         "Language: Spanish (Window 2)");
  /* What is copied can be found and dialled elsewhere. */
  copied = rcp_history_model_dup_text (model, "Maria");
  g_assert_nonnull (strstr (copied, "Mobile Phone: (207) 555-0110 → (207) 555-0199"));
  assert_told (model, 4, "8:02 Flag set: Latex / Kind: Clinical (Window 1)");
  assert_told (model, 3, "8:03 Flag ended: Latex (Window 2)");
  assert_told (model, 2, "8:04 Put on the wait list / Wished days: Mon, 23 Nov – Sat, 28 Nov / Wished time of day: in the morning (Window 1)");
  assert_told (model, 1, booked);
  assert_told (model, 0, confirmed);
}

/* Another program writes into the record, and says nothing about itself. */
static void
test_other_program (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RcpPatient) patient = register_patient (fixture);
  g_autoptr (JsonObject) json = fhir_resource_dup_json (rcp_patient_get_resource (patient));
  g_autoptr (RcpHistoryModel) model = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (FhirResource) changed = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *told = NULL;
  GAsyncResult *kept = NULL;

  json_object_set_string_member (json, "gender", "female");
  /* Beyond the two seconds in which a trace belongs to a version. */
  g_usleep (2100 * 1000);
  fhir_client_update_async (fixture->record->client, json, NULL, NULL, desk_keep_result_cb, &kept);
  result = desk_wait (&kept);
  changed = fhir_client_update_finish (fixture->record->client, result, &error);
  g_assert_no_error (error);
  model = read_history (fixture->desk, fhir_resource_get_reference (changed));
  g_assert_cmpuint (count (model), ==, 2);
  for (guint i = 0; i < 2 && told == NULL; i++)
    {
      g_autofree char *text = describe (model, i);

      if (strstr (text, "Sex changed / Sex: Female (Another program, without a name)") != NULL)
        told = g_steal_pointer (&text);
    }
  g_assert_nonnull (told);
}

/* ---- many ---- */

#define N_MANY 70

static void
test_older (Fixture *fixture, gconstpointer data)
{
  RcpPatient *patient = desk_fixture_get_patient (fixture->record, 0);
  const char *reference = fhir_resource_get_reference (rcp_patient_get_resource (patient));
  g_autoptr (RcpHistoryModel) model = NULL;

  for (guint i = 0; i < N_MANY; i++)
    {
      g_autofree char *text = g_strdup_printf ("{\"resourceType\":\"Appointment\",\"status\":\"proposed\",\"description\":\"number %u\",\"participant\":["
                                               "{\"actor\":{\"reference\":\"%s\"},\"status\":\"accepted\"}]}", i, reference);
      g_autoptr (JsonNode) node = json_from_string (text, NULL);
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (FhirResource) visit = NULL;
      GAsyncResult *kept = NULL;

      fhir_client_create_async (fixture->record->client, json_node_get_object (node), NULL, NULL, desk_keep_result_cb, &kept);
      result = desk_wait (&kept);
      visit = fhir_client_create_finish (fixture->record->client, result, NULL);
      g_assert_nonnull (visit);
    }
  model = read_history (fixture->desk, reference);
  g_assert_cmpuint (count (model), ==, 40);
  g_assert_true (rcp_history_model_has_older (model));
  rcp_history_model_show_older (model);
  settle (model);
  g_assert_cmpuint (count (model), ==, N_MANY + 1);
  g_assert_false (rcp_history_model_has_older (model));
  rcp_history_model_show_older (model);
  g_assert_false (rcp_history_model_is_loading (model));
}

/* ---- what goes wrong ---- */

static void
test_nothing (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RcpHistoryModel) model = read_history (fixture->desk, "Appointment/nothing");

  g_assert_cmpint (rcp_history_model_get_state (model), ==, RCP_HISTORY_FAILED);
  g_assert_error (rcp_history_model_get_error (model), FHIR_ERROR, FHIR_ERROR_NOT_FOUND);
  g_assert_false (rcp_history_model_has_older (model));
}

/* The server goes away and comes back. */
static void
test_offline (Fixture *fixture, gconstpointer data)
{
  g_autoptr (RcpVisit) visit = work_on_visit (fixture);
  g_autoptr (RcpHistoryModel) model = NULL;

  fhir_client_set_max_retries (fixture->record->client, 0);
  practice_fixture_kill (fixture->record->practice);
  model = read_history (fixture->desk, get_reference (visit));
  g_assert_cmpint (rcp_history_model_get_state (model), ==, RCP_HISTORY_FAILED);
  g_assert_cmpstr (rcp_error_text_get_title (rcp_history_model_get_error (model)), ==, "The Record Cannot Be Reached");
  practice_fixture_start (fixture->record->practice);
  rcp_history_model_retry (model);
  g_assert_cmpint (rcp_history_model_get_state (model), ==, RCP_HISTORY_LOADING);
  settle (model);
  g_assert_cmpint (rcp_history_model_get_state (model), ==, RCP_HISTORY_READY);
  g_assert_cmpuint (count (model), ==, 9);
  g_assert_null (rcp_history_model_get_error (model));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, function) g_test_add ("/ui/history-model/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("visit", test_visit);
  ADD ("patient", test_patient);
  ADD ("other-program", test_other_program);
  ADD ("older", test_older);
  ADD ("nothing", test_nothing);
  ADD ("offline", test_offline);
  return g_test_run ();
}
