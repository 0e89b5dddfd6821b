/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-insurance"

/* A check as a whole (rcp-check-coverage), and a payer whose answer takes its time (rcp-fhir-payer): both the record and the payer are
 * real reception-practices; the payer's staff is in this file. */

#include "insurance-fixture.h"
#include "insurance/rcp-check-coverage.h"
#include "insurance/rcp-eligibility-record.h"
#include "insurance/rcp-fhir-payer.h"

typedef struct
{
  InsuranceFixture record;
  InsuranceFixture payer;
  RcpEligibilityBackend *backend;
  RcpCoverage *coverage;
  RcpPatient *patient;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  g_autoptr (RcpCoverageFields) fields = insurance_make_fields ();
  g_autoptr (FhirResource) patient = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autofree char *reference = NULL;
  GAsyncResult *kept = NULL;
  RcpFhirPayer *payer;

  insurance_fixture_set_up (&self->record, NULL);
  insurance_fixture_set_up (&self->payer, NULL);
  rcp_coverage_fields_set (fields, RCP_COVERAGE_RELATIONSHIP, "child");
  rcp_coverage_fields_set (fields, RCP_COVERAGE_SUBSCRIBER_FAMILY, "Doe");
  rcp_coverage_fields_set (fields, RCP_COVERAGE_SUBSCRIBER_GIVEN, "John");
  self->coverage = insurance_add (&self->record, self->record.client, fields, NULL);
  g_assert_nonnull (self->coverage);
  reference = g_strconcat ("Patient/", self->record.patient_id, NULL);
  fhir_client_read_async (self->record.client, reference, NULL, keep_result_cb, &kept);
  result = keep_result_wait (&kept);
  patient = fhir_client_read_finish (self->record.client, result, NULL);
  self->patient = rcp_patient_new (patient);
  payer = rcp_fhir_payer_new (self->payer.client, self->record.clock);
  rcp_fhir_payer_set_patience (payer, 30000, 5);
  self->backend = RCP_ELIGIBILITY_BACKEND (payer);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_assert_finalize_object (self->backend);
  g_assert_finalize_object (self->coverage);
  g_assert_finalize_object (self->patient);
  insurance_fixture_tear_down (&self->payer, NULL);
  insurance_fixture_tear_down (&self->record, NULL);
}

/* The first request that the payer got under @trace. */
static FhirResource *
wait_for_request (Fixture *self, const char *trace)
{
  gint64 end = g_get_monotonic_time () + keep_result_get_patience ();

  for (;;)
    {
      g_autoptr (FhirSearch) search = fhir_search_new ("CoverageEligibilityRequest");
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (FhirBundle) bundle = NULL;
      GAsyncResult *kept = NULL;

      fhir_search_add_printf (search, "identifier", "urn:reception:trace|%s", trace);
      fhir_client_search_async (self->payer.client, search, NULL, keep_result_cb, &kept);
      result = keep_result_wait (&kept);
      bundle = fhir_client_search_finish (self->payer.client, result, NULL);
      g_assert_nonnull (bundle);
      if (fhir_bundle_get_matches (bundle)->len > 0)
        return g_object_ref (g_ptr_array_index (fhir_bundle_get_matches (bundle), 0));
      g_assert_cmpint (g_get_monotonic_time (), <, end);
    }
}

static FhirResource *
respond (Fixture *self, FhirResource *request, const char *outcome)
{
  g_autofree char *text = g_strdup_printf ("{\"resourceType\":\"CoverageEligibilityResponse\",\"status\":\"active\",\"purpose\":[\"benefits\"],"
                                           "\"created\":\"2026-03-10T14:00:05Z\",\"patient\":{\"display\":\"Jane Doe\"},"
                                           "\"request\":{\"reference\":\"%s\"},\"outcome\":\"%s\",\"insurer\":{\"display\":\"ACME HEALTH PLAN\"},"
                                           "\"insurance\":[{\"coverage\":{\"display\":\"Gold\"},\"inforce\":true}]}",
                                           fhir_resource_get_reference (request), outcome);

  return insurance_store (&self->payer, text);
}

static void
complete (Fixture *self, FhirResource *queued)
{
  g_autoptr (JsonObject) json = fhir_resource_dup_json (queued);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (FhirResource) stored = NULL;
  GAsyncResult *kept = NULL;

  json_object_set_string_member (json, "outcome", "complete");
  fhir_client_update_async (self->payer.client, json, NULL, NULL, keep_result_cb, &kept);
  result = keep_result_wait (&kept);
  stored = fhir_client_update_finish (self->payer.client, result, NULL);
  g_assert_nonnull (stored);
}

static RcpEligibilityQuestion *
make_question (Fixture *self, const char *trace)
{
  return rcp_eligibility_question_new (self->patient, self->coverage, &self->record.today, "98", trace);
}

/* Stored, queued, answered; who it is travels within the request, and no more than that. */
static void
test_polled (Fixture *self, gconstpointer data)
{
  g_autoptr (RcpEligibilityQuestion) question = make_question (self, "POLLED-1");
  g_autoptr (FhirResource) request = NULL, queued = NULL;
  g_autoptr (RcpEligibilityAnswer) answer = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *kept = NULL;
  JsonObject *json;

  rcp_eligibility_backend_check_async (self->backend, question, NULL, keep_result_cb, &kept);
  request = wait_for_request (self, "POLLED-1");
  json = fhir_resource_get_json (request);
  g_assert_cmpstr (fhir_json_get_string (json, "patient.reference"), ==, "#patient");
  g_assert_cmpstr (fhir_json_get_string (json, "servicedDate"), ==, "2026-03-10");
  g_assert_cmpstr (fhir_json_get_string (json, "item.0.category.coding.0.code"), ==, "98");
  g_assert_cmpuint (fhir_json_get_length (json, "contained"), ==, 3);
  g_assert_cmpstr (fhir_json_get_string (json, "contained.0.name.0.family"), ==, "Doe");
  queued = respond (self, request, "queued");
  for (guint i = 0; i < 20; i++)
    g_main_context_iteration (NULL, FALSE);
  g_assert_null (kept);
  complete (self, queued);
  result = keep_result_wait (&kept);
  answer = rcp_eligibility_backend_check_finish (self->backend, result, &error);
  g_assert_no_error (error);
  g_assert_cmpint (answer->status, ==, RCP_ELIGIBILITY_ELIGIBLE);
  g_assert_cmpstr (answer->source, ==, "ACME HEALTH PLAN");
  g_assert_cmpstr (answer->raw_type, ==, "application/fhir+json");
  g_assert_cmpuint (insurance_count (&self->payer, "CoverageEligibilityRequest"), ==, 1);
}

static void
test_never (Fixture *self, gconstpointer data)
{
  g_autoptr (RcpEligibilityQuestion) question = make_question (self, "NEVER-1");
  g_autoptr (RcpEligibilityAnswer) answer = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  GAsyncResult *kept = NULL;

  rcp_fhir_payer_set_patience (RCP_FHIR_PAYER (self->backend), 300, 5);
  rcp_eligibility_backend_check_async (self->backend, question, NULL, keep_result_cb, &kept);
  result = keep_result_wait (&kept);
  answer = rcp_eligibility_backend_check_finish (self->backend, result, NULL);
  g_assert_cmpint (answer->status, ==, RCP_ELIGIBILITY_CANNOT_TELL);
  g_assert_cmpstr (answer->words, ==, "The payer has not answered yet");
}

/* @trace: what the payer will be asked under when it is asked. */
static RcpEligibilityAnswer *
check (Fixture *self, const char *trace, gboolean asks_anyway, gboolean expects_request)
{
  g_autoptr (RcpEligibilityQuestion) question = make_question (self, trace);
  g_autoptr (GTimeZone) zone = g_time_zone_new_utc ();
  RcpCheckHow how = { .days = 3, .zone = zone, .desk = "Desk 2", .asks_anyway = asks_anyway };
  g_autoptr (FhirResource) request = NULL, response = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *kept = NULL;
  RcpEligibilityAnswer *answer;
  gboolean is_kept;

  rcp_check_coverage_async (self->record.client, self->backend, self->record.clock, question, &how, NULL, keep_result_cb, &kept);
  if (expects_request)
    {
      request = wait_for_request (self, trace);
      response = respond (self, request, "complete");
    }
  result = keep_result_wait (&kept);
  answer = rcp_check_coverage_finish (result, &is_kept, &error);
  g_assert_no_error (error);
  g_assert_true (is_kept);
  g_assert_cmpint (answer->status, ==, RCP_ELIGIBILITY_ELIGIBLE);
  return answer;
}

/* Asked once, then known until it is stale or somebody wants to know. */
static void
test_kept (Fixture *self, gconstpointer data)
{
  g_autoptr (RcpEligibilityAnswer) first = check (self, "CHECK-1", FALSE, TRUE);
  g_autoptr (RcpEligibilityAnswer) second = check (self, "CHECK-2", FALSE, FALSE), third = NULL, fourth = NULL;

  g_assert_cmpstr (second->trace, ==, "CHECK-1");
  g_assert_cmpuint (insurance_count (&self->payer, "CoverageEligibilityRequest"), ==, 1);
  third = check (self, "CHECK-3", TRUE, TRUE);
  g_assert_cmpstr (third->trace, ==, "CHECK-3");
  rcp_clock_set_now (self->record.clock, INSURANCE_NOW + 4 * 24 * G_TIME_SPAN_HOUR);
  fourth = check (self, "CHECK-4", FALSE, TRUE);
  g_assert_cmpstr (fourth->trace, ==, "CHECK-4");
  g_assert_cmpuint (insurance_count (&self->record, "CoverageEligibilityResponse"), ==, 3);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, test) g_test_add ("/insurance/check-coverage/" name, Fixture, NULL, set_up, test, tear_down)
  ADD ("polled", test_polled);
  ADD ("never", test_never);
  ADD ("kept", test_kept);
  return g_test_run ();
}
