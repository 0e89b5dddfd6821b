/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-insurance"

/* What a payer has to authorize before a visit, as work: rcp-prior-auth, rcp-prior-auth-json, rcp-prior-auths and
 * rcp-prior-auths-settle, in a real record, also at two desks and over a wire that loses things. */

#include "fhir/fhir-json.h"
#include "insurance-fixture.h"
#include "insurance/rcp-prior-auths.h"
#include "quoted-resource.h"
#include "x12-text.h"

typedef struct
{
  InsuranceFixture record;
  RcpCoverage *coverage;
  RcpVisit *visit;
  GDate day, due;
} Fixture;

static RcpVisit *
read_visit (Fixture *self)
{
  g_autofree char *reference = g_strconcat ("Appointment/", rcp_visit_get_id (self->visit), NULL);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (FhirResource) appointment = NULL;
  GAsyncResult *kept = NULL;

  fhir_client_read_async (self->record.client, reference, NULL, keep_result_cb, &kept);
  result = keep_result_wait (&kept);
  appointment = fhir_client_read_finish (self->record.client, result, NULL);
  g_assert_nonnull (appointment);
  return rcp_visit_new (appointment, NULL);
}

/* A visit on Monday March 16; the clinic works on the Friday before. */
static void
set_up (Fixture *self, gconstpointer data)
{
  g_autoptr (RcpCoverageFields) fields = insurance_make_fields ();
  g_autoptr (FhirResource) appointment = NULL, stored = NULL;
  g_autofree char *text = NULL, *json = NULL;

  insurance_fixture_set_up (&self->record, NULL);
  self->coverage = insurance_add (&self->record, self->record.client, fields, NULL);
  g_assert_nonnull (self->coverage);
  text = g_strdup_printf ("{'resourceType':'Appointment','status':'booked','start':'2026-03-16T13:00:00Z','end':'2026-03-16T13:20:00Z',"
                          "'participant':[{'actor':{'reference':'Patient/%s'},'status':'accepted'}]}", self->record.patient_id);
  appointment = quoted_resource (text);
  json = fhir_json_to_text (fhir_resource_get_json (appointment));
  stored = insurance_store (&self->record, json);
  self->visit = rcp_visit_new (stored, NULL);
  g_date_clear (&self->day, 1);
  g_date_set_dmy (&self->day, 16, 3, 2026);
  g_date_clear (&self->due, 1);
  g_date_set_dmy (&self->due, 13, 3, 2026);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  g_assert_finalize_object (self->visit);
  g_assert_finalize_object (self->coverage);
  insurance_fixture_tear_down (&self->record, NULL);
}

static GPtrArray *
make_findings (Fixture *self, RcpPriorAuthNeed need)
{
  GPtrArray *findings = g_ptr_array_new_with_free_func ((GDestroyNotify) rcp_prior_auth_finding_free);

  g_ptr_array_add (findings, rcp_prior_auth_finding_new (self->coverage, need));
  return findings;
}

static void
change_visit (Fixture *self, const char *member, const char *value)
{
  g_autoptr (RcpVisit) now = read_visit (self);
  g_autoptr (JsonObject) json = fhir_resource_dup_json (rcp_visit_get_resource (now));
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (FhirResource) stored = NULL;
  GAsyncResult *kept = NULL;

  json_object_set_string_member (json, member, value);
  fhir_client_update_async (self->record.client, json, NULL, NULL, keep_result_cb, &kept);
  result = keep_result_wait (&kept);
  stored = fhir_client_update_finish (self->record.client, result, NULL);
  g_assert_nonnull (stored);
  g_object_unref (self->visit);
  self->visit = rcp_visit_new (stored, NULL);
}

static GPtrArray *
settle_by (Fixture *self, FhirClient *client, GPtrArray *findings)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *kept = NULL;
  GPtrArray *auths;

  rcp_prior_auths_settle_async (client, self->record.clock, self->visit, findings, &self->due, "Desk 2", NULL, keep_result_cb, &kept);
  result = keep_result_wait (&kept);
  auths = rcp_prior_auths_settle_finish (result, &error);
  g_assert_no_error (error);
  return auths;
}

static GPtrArray *
settle (Fixture *self, RcpPriorAuthNeed need)
{
  g_autoptr (GPtrArray) findings = make_findings (self, need);

  return settle_by (self, self->record.client, findings);
}

static guint
count_after (Fixture *self, RcpPriorAuthNeed need)
{
  g_autoptr (GPtrArray) auths = settle (self, need);

  return auths->len;
}

/* (transfer full) (element-type RcpPriorAuth) */
static GPtrArray *
read_open (Fixture *self)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *kept = NULL;
  GPtrArray *auths;

  rcp_prior_auths_read_async (self->record.client, self->record.clock, "Desk 2", NULL, keep_result_cb, &kept);
  result = keep_result_wait (&kept);
  auths = rcp_prior_auths_read_finish (result, &error);
  g_assert_no_error (error);
  return auths;
}

static guint
count_open (Fixture *self)
{
  g_autoptr (GPtrArray) auths = read_open (self);

  return auths->len;
}

static RcpPriorAuth *
receive (Fixture *self, FhirClient *client, RcpPriorAuth *auth, const char *number, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  GAsyncResult *kept = NULL;

  rcp_prior_auth_receive_async (client, self->record.clock, auth, number, "Desk 2", NULL, keep_result_cb, &kept);
  result = keep_result_wait (&kept);
  return rcp_prior_auth_receive_finish (result, error);
}

/* What is written, and that it says nothing of the patient but by reference. */
static void
test_task (Fixture *self, gconstpointer data)
{
  guint n_before = insurance_count (&self->record, "Provenance");
  g_autoptr (GPtrArray) auths = settle (self, RCP_PRIOR_AUTH_NEEDED), again = NULL, open = NULL;
  JsonObject *json = fhir_resource_get_json (rcp_prior_auth_get_task (auths->pdata[0]));
  g_autofree char *text = fhir_json_to_text (json), *visit = g_strconcat ("Appointment/", rcp_visit_get_id (self->visit), NULL);
  g_autofree char *patient = g_strconcat ("Patient/", self->record.patient_id, NULL);
  g_autofree char *coverage = g_strconcat ("Coverage/", rcp_coverage_get_id (self->coverage), NULL);

  g_assert_cmpuint (auths->len, ==, 1);
  g_assert_cmpstr (fhir_json_get_string (json, "status"), ==, "requested");
  g_assert_cmpstr (fhir_json_get_string (json, "code.coding.0.code"), ==, "authorize");
  g_assert_cmpstr (fhir_json_get_string (json, "focus.reference"), ==, visit);
  g_assert_cmpstr (fhir_json_get_string (json, "for.reference"), ==, patient);
  g_assert_cmpstr (fhir_json_get_string (json, "insurance.0.reference"), ==, coverage);
  g_assert_cmpstr (fhir_json_get_string (json, "restriction.period.end"), ==, "2026-03-13");
  g_assert_cmpstr (fhir_json_get_string (json, "reasonCode.coding.0.code"), ==, "required-by-payer");
  g_assert_null (strstr (text, "Doe"));
  g_assert_cmpstr (rcp_prior_auth_get_payer (auths->pdata[0]), ==, "Acme Health");
  g_assert_cmpint (g_date_compare (rcp_prior_auth_get_due (auths->pdata[0]), &self->due), ==, 0);
  again = settle (self, RCP_PRIOR_AUTH_NEEDED);
  g_assert_cmpuint (again->len, ==, 1);
  g_assert_cmpuint (insurance_count (&self->record, "Task"), ==, 1);
  g_assert_cmpuint (insurance_count (&self->record, "Provenance"), ==, n_before + 1);
  open = read_open (self);
  g_assert_cmpuint (open->len, ==, 1);
  g_assert_true (rcp_prior_auth_is_of_visit (open->pdata[0], self->visit));
  g_assert_cmpstr (rcp_visit_get_id (rcp_prior_auth_get_visit (open->pdata[0])), ==, rcp_visit_get_id (self->visit));
}

/* At once: each desk has it, and it is there once. */
static void
test_two_desks (Fixture *self, gconstpointer data)
{
  g_autoptr (FhirClient) other = practice_fixture_create_client (self->record.practice);
  g_autoptr (GPtrArray) findings = make_findings (self, RCP_PRIOR_AUTH_NEEDED);
  FhirClient *clients[] = { self->record.client, other, self->record.client, other };
  GAsyncResult *kept[G_N_ELEMENTS (clients)] = { NULL };
  guint n_before = insurance_count (&self->record, "Provenance");

  for (guint i = 0; i < G_N_ELEMENTS (clients); i++)
    rcp_prior_auths_settle_async (clients[i], self->record.clock, self->visit, findings, &self->due, NULL, NULL, keep_result_cb, &kept[i]);
  for (guint i = 0; i < G_N_ELEMENTS (clients); i++)
    {
      g_autoptr (GAsyncResult) result = keep_result_wait (&kept[i]);
      g_autoptr (GPtrArray) auths = rcp_prior_auths_settle_finish (result, NULL);

      g_assert_nonnull (auths);
      g_assert_cmpuint (auths->len, ==, 1);
    }
  g_assert_cmpuint (insurance_count (&self->record, "Task"), ==, 1);
  g_assert_cmpuint (insurance_count (&self->record, "Provenance"), ==, n_before + 1);
}

static void
test_answer_changes (Fixture *self, gconstpointer data)
{
  g_autoptr (GPtrArray) nothing = g_ptr_array_new (), auths = NULL;

  g_assert_cmpuint (count_after (self, RCP_PRIOR_AUTH_NOT_NEEDED), ==, 0);
  g_assert_cmpuint (insurance_count (&self->record, "Task"), ==, 0);
  g_assert_cmpuint (count_after (self, RCP_PRIOR_AUTH_NOT_KNOWN), ==, 0);
  g_assert_cmpuint (insurance_count (&self->record, "Task"), ==, 0);
  g_assert_cmpuint (count_after (self, RCP_PRIOR_AUTH_NEEDED), ==, 1);
  g_assert_cmpuint (count_after (self, RCP_PRIOR_AUTH_NOT_KNOWN), ==, 1);
  g_assert_cmpuint (count_after (self, RCP_PRIOR_AUTH_NOT_NEEDED), ==, 0);
  g_assert_cmpuint (count_open (self), ==, 0);
  g_assert_cmpuint (count_after (self, RCP_PRIOR_AUTH_NEEDED), ==, 1);
  /* The insurance has ended. */
  auths = settle_by (self, self->record.client, nothing);
  g_assert_cmpuint (auths->len, ==, 0);
  g_assert_cmpuint (insurance_count (&self->record, "Task"), ==, 1);
}

/* Cancelled by this desk, and undone; cancelled by somebody else, who knows of no Task; moved. */
static void
test_visit_changes (Fixture *self, gconstpointer data)
{
  guint n_before = insurance_count (&self->record, "Provenance");
  g_autoptr (GPtrArray) moved = NULL;
  JsonObject *json;

  g_assert_cmpuint (count_after (self, RCP_PRIOR_AUTH_NEEDED), ==, 1);
  change_visit (self, "status", "cancelled");
  g_assert_cmpuint (count_after (self, RCP_PRIOR_AUTH_NEEDED), ==, 0);
  change_visit (self, "status", "booked");
  g_assert_cmpuint (count_open (self), ==, 0);
  g_assert_cmpuint (count_after (self, RCP_PRIOR_AUTH_NEEDED), ==, 1);
  g_assert_cmpuint (count_open (self), ==, 1);
  g_date_set_dmy (&self->due, 11, 3, 2026);
  moved = settle (self, RCP_PRIOR_AUTH_NOT_KNOWN);
  json = fhir_resource_get_json (rcp_prior_auth_get_task (moved->pdata[0]));
  g_assert_cmpstr (fhir_json_get_string (json, "restriction.period.end"), ==, "2026-03-11");
  change_visit (self, "status", "cancelled");
  g_assert_cmpuint (count_open (self), ==, 0);
  /* Made, closed, wanted again, moved, closed. */
  g_assert_cmpuint (insurance_count (&self->record, "Provenance"), ==, n_before + 5);
  change_visit (self, "status", "booked");
  g_assert_cmpuint (count_open (self), ==, 0);
  g_assert_cmpuint (insurance_count (&self->record, "Task"), ==, 1);
}

static void
test_received (Fixture *self, gconstpointer data)
{
  g_autoptr (GPtrArray) auths = settle (self, RCP_PRIOR_AUTH_NEEDED), after = NULL;
  guint n_before = insurance_count (&self->record, "Provenance");
  g_autoptr (GError) error = NULL;
  g_autoptr (RcpPriorAuth) received = receive (self, self->record.client, auths->pdata[0], "A-123", &error), corrected = NULL, disputed = NULL;

  g_assert_no_error (error);
  g_assert_cmpint (rcp_prior_auth_get_state (received), ==, RCP_PRIOR_AUTH_RECEIVED);
  g_assert_cmpstr (rcp_prior_auth_get_number (received), ==, "A-123");
  g_assert_cmpuint (insurance_count (&self->record, "Provenance"), ==, n_before + 1);
  g_assert_cmpuint (count_open (self), ==, 0);
  after = settle (self, RCP_PRIOR_AUTH_NEEDED);
  g_assert_cmpuint (after->len, ==, 1);
  g_assert_cmpstr (rcp_prior_auth_get_number (after->pdata[0]), ==, "A-123");
  corrected = receive (self, self->record.client, received, "A-124", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (rcp_prior_auth_get_number (corrected), ==, "A-124");
  /* Another desk still sees it open. */
  disputed = receive (self, self->record.client, auths->pdata[0], "B-1", &error);
  g_assert_null (disputed);
  g_assert_error (error, RCP_IDENTITY_ERROR, RCP_IDENTITY_ERROR_DISPUTED);
}

/* Whatever the wire does: one Task, one number, one Provenance of it. */
static void
test_once (Fixture *self, gconstpointer data)
{
  g_autoptr (GPtrArray) auths = settle (self, RCP_PRIOR_AUTH_NEEDED);
  guint n_before = insurance_count (&self->record, "Provenance");
  g_autoptr (GError) error = NULL;
  g_autoptr (RcpPriorAuth) received = NULL;

  fault_proxy_push (self->record.proxy, GPOINTER_TO_INT (data), 40);
  received = receive (self, self->record.wire, auths->pdata[0], "A-123", &error);
  fault_proxy_settle (self->record.proxy);
  g_assert_no_error (error);
  g_assert_cmpstr (rcp_prior_auth_get_number (received), ==, "A-123");
  g_assert_cmpuint (insurance_count (&self->record, "Provenance"), ==, n_before + 1);
}

/* Whatever the wire does when nobody wants it any more: closed once, with one Provenance of it. */
static void
test_closed_once (Fixture *self, gconstpointer data)
{
  g_autoptr (GPtrArray) findings = make_findings (self, RCP_PRIOR_AUTH_NOT_NEEDED), auths = NULL;
  guint n_before;

  g_assert_cmpuint (count_after (self, RCP_PRIOR_AUTH_NEEDED), ==, 1);
  n_before = insurance_count (&self->record, "Provenance");
  fault_proxy_push (self->record.proxy, GPOINTER_TO_INT (data), 40);
  auths = settle_by (self, self->record.wire, findings);
  fault_proxy_settle (self->record.proxy);
  g_assert_cmpuint (auths->len, ==, 0);
  g_assert_cmpuint (count_open (self), ==, 0);
  g_assert_cmpuint (insurance_count (&self->record, "Provenance"), ==, n_before + 1);
}

/* X12 271, EB11, for the day and the service alone. */
static void
test_judge (void)
{
  static const struct { const char *lines, *service; RcpEligibilityStatus status; int days; RcpNetwork side; RcpPriorAuthNeed need; } cases[] = {
    { "EB*A*IND*98***27**.2***Y*Y~", "98", RCP_ELIGIBILITY_ELIGIBLE, 0, RCP_NETWORK_IN, RCP_PRIOR_AUTH_NEEDED },
    { "EB*A*IND*98***27**.2***Y*Y~", "98", RCP_ELIGIBILITY_ELIGIBLE, 0, RCP_NETWORK_UNKNOWN, RCP_PRIOR_AUTH_NEEDED },
    { "EB*A*IND*98***27**.2***Y*Y~", "98", RCP_ELIGIBILITY_ELIGIBLE, 0, RCP_NETWORK_OUT, RCP_PRIOR_AUTH_NOT_NEEDED },
    { "EB*A*IND*98***27**.2***Y*Y~", "98", RCP_ELIGIBILITY_ELIGIBLE, 1, RCP_NETWORK_IN, RCP_PRIOR_AUTH_NOT_KNOWN },
    { "EB*A*IND*98***27**.2***Y*Y~", "30", RCP_ELIGIBILITY_ELIGIBLE, 0, RCP_NETWORK_IN, RCP_PRIOR_AUTH_NOT_KNOWN },
    { "EB*A*IND*62***27**.2***Y*Y~", "98", RCP_ELIGIBILITY_ELIGIBLE, 0, RCP_NETWORK_IN, RCP_PRIOR_AUTH_NOT_NEEDED },
    { "EB*A*IND*98***27**.2***N*Y~", "98", RCP_ELIGIBILITY_ELIGIBLE, 0, RCP_NETWORK_IN, RCP_PRIOR_AUTH_NOT_NEEDED },
    { "EB*A*IND*98***27**.2***U*Y~", "98", RCP_ELIGIBILITY_ELIGIBLE, 0, RCP_NETWORK_IN, RCP_PRIOR_AUTH_NOT_KNOWN },
    { "EB*1**98~EB*I*IND*98*******Y*Y~", "98", RCP_ELIGIBILITY_ELIGIBLE, 0, RCP_NETWORK_IN, RCP_PRIOR_AUTH_NOT_NEEDED },
    { "EB*A*IND*98***27**.2***Y*Y~", "98", RCP_ELIGIBILITY_NOT_ELIGIBLE, 0, RCP_NETWORK_IN, RCP_PRIOR_AUTH_NOT_NEEDED },
    { "EB*A*IND*98***27**.2***Y*Y~", "98", RCP_ELIGIBILITY_CANNOT_TELL, 0, RCP_NETWORK_IN, RCP_PRIOR_AUTH_NOT_KNOWN },
  };
  GDate day;

  g_date_clear (&day, 1);
  g_date_set_dmy (&day, 16, 3, 2026);
  g_assert_cmpint (rcp_prior_auth_judge (NULL, &day, "98", RCP_NETWORK_IN), ==, RCP_PRIOR_AUTH_NOT_KNOWN);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (RcpX12Reply) reply = x12_text_read_benefits (cases[i].lines);
      const RcpInsured *insured = g_ptr_array_index (reply->insured, 0);
      RcpEligibilityAnswer answer = { .status = cases[i].status, .benefits = insured->benefits, .service_type = (char *) cases[i].service };
      GDate asked = day;

      g_date_add_days (&asked, (guint) cases[i].days);
      answer.service_date = asked;
      g_assert_cmpint (rcp_prior_auth_judge (&answer, &day, "98", cases[i].side), ==, cases[i].need);
    }
}

int
main (int argc, char **argv)
{
  static const struct { const char *name; Fault fault; } faults[] = {
    { "lose-request", FAULT_LOSE_REQUEST }, { "lose-reply", FAULT_LOSE_REPLY }, { "cut-reply", FAULT_CUT_REPLY }, { "no-fhir", FAULT_NO_FHIR },
  };

  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/insurance/prior-auths/judge", test_judge);
#define ADD(name, test) g_test_add ("/insurance/prior-auths/" name, Fixture, NULL, set_up, test, tear_down)
  ADD ("task", test_task);
  ADD ("two-desks", test_two_desks);
  ADD ("answer-changes", test_answer_changes);
  ADD ("visit-changes", test_visit_changes);
  ADD ("received", test_received);
  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      g_autofree char *path = g_strconcat ("/insurance/prior-auths/once/", faults[i].name, NULL);
      g_autofree char *closed = g_strconcat ("/insurance/prior-auths/closed-once/", faults[i].name, NULL);

      g_test_add (path, Fixture, GINT_TO_POINTER (faults[i].fault), set_up, test_once, tear_down);
      g_test_add (closed, Fixture, GINT_TO_POINTER (faults[i].fault), set_up, test_closed_once, tear_down);
    }
  return g_test_run ();
}
