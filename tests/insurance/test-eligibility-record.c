/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-insurance"

/* Answers of payers in a real record (rcp-eligibility-record, rcp-eligibility-json), and how long they hold (rcp-eligibility-answer). */

#include "insurance-fixture.h"
#include "insurance/rcp-eligibility-record.h"
#include "insurance/rcp-estimate.h"
#include "x12-text.h"

#define RAW "ISA*00*raw~\nnot quite ASCII \xff\xfe"

static RcpCoverage *
add_coverage (InsuranceFixture *self)
{
  g_autoptr (RcpCoverageFields) fields = insurance_make_fields ();
  RcpCoverage *coverage = insurance_add (self, self->client, fields, NULL);

  g_assert_nonnull (coverage);
  return coverage;
}

static RcpEligibilityAnswer *
make_answer (InsuranceFixture *self, const char *trace)
{
  RcpEligibilityAnswer *answer = rcp_eligibility_answer_new (trace, INSURANCE_NOW);
  g_autoptr (RcpX12Reply) reply
    = x12_text_read_benefits ("EB*1**98~EB*C*IND*30***23*1500*****Y~EB*C*IND*30***29*700*****Y~EB*A*IND*98***27**.2***Y*Y~");
  RcpInsured *insured = g_ptr_array_index (reply->insured, 0);
  RcpDatedFact fact = { "291", { 0 }, { 0 } };

  g_ptr_array_unref (answer->benefits);
  answer->benefits = g_ptr_array_ref (insured->benefits);
  g_date_set_dmy (&fact.start, 1, 1, 2026);
  g_date_set_dmy (&fact.end, 31, 12, 2026);
  g_array_append_val (answer->dates, fact);
  answer->status = RCP_ELIGIBILITY_ELIGIBLE;
  answer->source = g_strdup ("ACME HEALTH PLAN");
  answer->service_type = g_strdup ("98");
  answer->service_date = self->today;
  answer->raw = g_bytes_new_static (RAW, sizeof RAW - 1);
  answer->raw_type = g_strdup ("application/edi-x12");
  return answer;
}

static gboolean
store (FhirClient *client, RcpCoverage *coverage, RcpEligibilityAnswer *answer, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  GAsyncResult *kept = NULL;

  rcp_eligibility_store_async (client, coverage, answer, "Desk 2", NULL, keep_result_cb, &kept);
  result = keep_result_wait (&kept);
  return rcp_eligibility_store_finish (result, error);
}

static GPtrArray *
load (InsuranceFixture *self)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *kept = NULL;
  GPtrArray *answers;

  rcp_eligibility_load_async (self->client, self->patient_id, NULL, keep_result_cb, &kept);
  result = keep_result_wait (&kept);
  answers = rcp_eligibility_load_finish (result, &error);
  g_assert_no_error (error);
  return answers;
}

/* Everything that is shown, and what the estimate is made of; the raw answer to the byte. */
static void
test_round (InsuranceFixture *self, gconstpointer data)
{
  g_autoptr (RcpCoverage) coverage = add_coverage (self);
  g_autoptr (RcpEligibilityAnswer) answer = make_answer (self, "REQ-1");
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) answers = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) raw = NULL;
  g_autofree char *type = NULL;
  GAsyncResult *kept = NULL;
  RcpEligibilityAnswer *read;
  const RcpDatedFact *fact;
  RcpCostShare share;
  RcpEstimate estimate;
  gint64 allowed = 90000;

  g_assert_true (store (self->client, coverage, answer, &error));
  g_assert_no_error (error);
  answers = load (self);
  g_assert_cmpuint (answers->len, ==, 1);
  read = g_ptr_array_index (answers, 0);
  g_assert_cmpint (read->status, ==, RCP_ELIGIBILITY_ELIGIBLE);
  g_assert_cmpstr (read->source, ==, "ACME HEALTH PLAN");
  g_assert_cmpint (read->at, ==, INSURANCE_NOW);
  g_assert_cmpstr (read->trace, ==, "REQ-1");
  g_assert_cmpstr (read->service_type, ==, "98");
  g_assert_cmpint (g_date_compare (&read->service_date, &self->today), ==, 0);
  g_assert_cmpstr (read->coverage, ==, fhir_resource_get_reference (rcp_coverage_get_resource (coverage)));
  g_assert_cmpuint (read->dates->len, ==, 1);
  fact = &g_array_index (read->dates, RcpDatedFact, 0);
  g_assert_cmpint (g_date_get_month (&fact->end), ==, 12);
  share = rcp_cost_share_read (read->benefits, "98", RCP_NETWORK_IN);
  estimate = rcp_estimate (&share, &allowed, RCP_NETWORK_IN);
  g_assert_cmpint (estimate.cost.least, ==, 74000);
  g_assert_cmpint (estimate.cost.most, ==, 74000);
  g_assert_cmpint (share.authorization, ==, RCP_AUTHORIZATION_NEEDED);

  g_assert_nonnull (read->raw_reference);
  rcp_eligibility_load_raw_async (self->client, read, NULL, keep_result_cb, &kept);
  result = keep_result_wait (&kept);
  raw = rcp_eligibility_load_raw_finish (result, &type, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (g_bytes_get_data (raw, NULL), g_bytes_get_size (raw), RAW, sizeof RAW - 1);
  g_assert_cmpstr (type, ==, "application/edi-x12");
}

/* Why it cannot be told, by the payer's own codes. */
static void
test_cannot_tell (InsuranceFixture *self, gconstpointer data)
{
  g_autoptr (RcpCoverage) coverage = add_coverage (self);
  g_autoptr (RcpEligibilityAnswer) answer = rcp_eligibility_answer_new ("REQ-2", INSURANCE_NOW);
  RcpRejection rejection = { "75", "C", "22" };
  g_autoptr (GPtrArray) answers = NULL;
  g_autoptr (GError) error = NULL;
  RcpEligibilityAnswer *read;

  g_array_append_val (answer->rejections, rejection);
  rcp_eligibility_answer_set_words (answer, "The payer does not know this member");
  g_assert_true (store (self->client, coverage, answer, &error));
  g_assert_no_error (error);
  answers = load (self);
  read = g_ptr_array_index (answers, 0);
  g_assert_cmpint (read->status, ==, RCP_ELIGIBILITY_CANNOT_TELL);
  g_assert_cmpstr (read->words, ==, "The payer does not know this member");
  g_assert_cmpuint (read->rejections->len, ==, 1);
  g_assert_cmpstr (g_array_index (read->rejections, RcpRejection, 0).code, ==, "75");
  g_assert_cmpstr (g_array_index (read->rejections, RcpRejection, 0).follow_up, ==, "C");
  g_assert_null (read->raw_reference);
}

/* The newest first, and not those of another patient. */
static void
test_order (InsuranceFixture *self, gconstpointer data)
{
  g_autoptr (RcpCoverage) coverage = add_coverage (self);
  g_autoptr (RcpEligibilityAnswer) old = make_answer (self, "OLD"), new = make_answer (self, "NEW");
  g_autoptr (GPtrArray) answers = NULL, others = NULL;
  g_autofree char *own = NULL;

  old->at -= G_USEC_PER_SEC;
  g_assert_true (store (self->client, coverage, new, NULL));
  g_assert_true (store (self->client, coverage, old, NULL));
  answers = load (self);
  g_assert_cmpuint (answers->len, ==, 2);
  g_assert_cmpstr (((RcpEligibilityAnswer *) g_ptr_array_index (answers, 0))->trace, ==, "NEW");
  own = g_steal_pointer (&self->patient_id);
  self->patient_id = g_strdup ("another");
  others = load (self);
  g_assert_cmpuint (others->len, ==, 0);
}

/* Whatever the wire does: question and answer are there once. */
static void
test_once (InsuranceFixture *self, gconstpointer data)
{
  g_autoptr (RcpCoverage) coverage = add_coverage (self);
  g_autoptr (RcpEligibilityAnswer) answer = make_answer (self, "REQ-3");
  g_autoptr (GError) error = NULL;

  /* One that comes late comes after it was sent again. */
  fhir_client_set_timeout (self->wire, GPOINTER_TO_INT (data) == FAULT_LATE ? 1 : 20);
  fault_proxy_push (self->proxy, GPOINTER_TO_INT (data), GPOINTER_TO_INT (data) == FAULT_LATE ? 2500 : 40);
  g_assert_true (store (self->wire, coverage, answer, &error));
  fault_proxy_settle (self->proxy);
  g_assert_no_error (error);
  g_assert_cmpuint (insurance_count (self, "CoverageEligibilityRequest"), ==, 1);
  g_assert_cmpuint (insurance_count (self, "CoverageEligibilityResponse"), ==, 1);
}

static gboolean
is_stale (InsuranceFixture *self, gint64 asked, gint64 now, int days_to_visit, const char *service_type, RcpEligibilityStatus status)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("America/New_York");
  g_autoptr (RcpEligibilityAnswer) answer = rcp_eligibility_answer_new ("T", asked);
  GDate visit;

  g_date_clear (&visit, 1);
  g_date_set_dmy (&visit, 20, 3, 2026);
  answer->service_date = visit;
  answer->service_type = g_strdup ("98");
  answer->status = status;
  if (days_to_visit > 0)
    g_date_add_days (&visit, days_to_visit);
  return rcp_eligibility_answer_is_stale (answer, &visit, service_type, now, 5, zone, NULL);
}

#define DAY (24 * G_TIME_SPAN_HOUR)

static void
test_stale (void)
{
  gint64 now = INSURANCE_NOW; /* Tuesday March 10, 10:00 in New York; the visit is on the 20th */

  g_assert_false (is_stale (NULL, now, now, 0, "98", RCP_ELIGIBILITY_ELIGIBLE));
  g_assert_false (is_stale (NULL, now, now + 5 * DAY, 0, "98", RCP_ELIGIBILITY_NOT_ELIGIBLE));
  g_assert_true (is_stale (NULL, now, now + 6 * DAY, 0, "98", RCP_ELIGIBILITY_ELIGIBLE));
  g_assert_true (is_stale (NULL, now, now, 1, "98", RCP_ELIGIBILITY_ELIGIBLE));
  g_assert_true (is_stale (NULL, now, now, 0, "30", RCP_ELIGIBILITY_ELIGIBLE));
  g_assert_true (is_stale (NULL, now, now, 0, "98", RCP_ELIGIBILITY_CANNOT_TELL));
  /* February, by the clinic's clock, though not in UTC. */
  g_assert_true (is_stale (NULL, now - 9 * DAY - 10 * G_TIME_SPAN_HOUR, now - 9 * DAY, 0, "98", RCP_ELIGIBILITY_ELIGIBLE));
  /* The day before the visit it is asked again, once. */
  g_assert_false (is_stale (NULL, now + 7 * DAY, now + 8 * DAY, 0, "98", RCP_ELIGIBILITY_ELIGIBLE));
  g_assert_true (is_stale (NULL, now + 8 * DAY, now + 9 * DAY, 0, "98", RCP_ELIGIBILITY_ELIGIBLE));
  g_assert_false (is_stale (NULL, now + 9 * DAY, now + 10 * DAY, 0, "98", RCP_ELIGIBILITY_ELIGIBLE));
}

/* The visit is on Monday March 23; the clinic works on Fridays and not on weekends. */
static void
test_stale_after_rest (void)
{
  static const struct { int asked, now; guint days; gboolean is_stale; } cases[] = {
    { 10, 10, 3, FALSE }, { 10, 13, 3, FALSE }, { 10, 13, 1, FALSE }, { 10, 13, 0, TRUE }, { 9, 10, 3, TRUE }, { 9, 13, 7, TRUE }, { 12, 13, 3, FALSE },
    { 8, 9, 3, FALSE },
  };
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("America/New_York");
  GDate visit, eve;

  g_date_clear (&visit, 1);
  g_date_clear (&eve, 1);
  g_date_set_dmy (&visit, 23, 3, 2026);
  g_date_set_dmy (&eve, 20, 3, 2026);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (RcpEligibilityAnswer) answer = rcp_eligibility_answer_new ("T", INSURANCE_NOW + cases[i].asked * DAY);

      answer->service_date = visit;
      answer->status = RCP_ELIGIBILITY_ELIGIBLE;
      g_assert_cmpint (rcp_eligibility_answer_is_stale (answer, &visit, NULL, INSURANCE_NOW + cases[i].now * DAY, cases[i].days, zone, &eve), ==,
                       cases[i].is_stale);
    }
}

int
main (int argc, char **argv)
{
  static const struct { const char *name; Fault fault; } faults[] = {
    { "lose-request", FAULT_LOSE_REQUEST }, { "lose-reply", FAULT_LOSE_REPLY }, { "cut-reply", FAULT_CUT_REPLY }, { "no-fhir", FAULT_NO_FHIR },
    { "late", FAULT_LATE },
  };

  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/insurance/eligibility-record/stale", test_stale);
  g_test_add_func ("/insurance/eligibility-record/stale-after-rest", test_stale_after_rest);
#define ADD(name, test) \
  g_test_add ("/insurance/eligibility-record/" name, InsuranceFixture, NULL, insurance_fixture_set_up, test, insurance_fixture_tear_down)
  ADD ("round", test_round);
  ADD ("cannot-tell", test_cannot_tell);
  ADD ("order", test_order);
  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      g_autofree char *path = g_strconcat ("/insurance/eligibility-record/once/", faults[i].name, NULL);

      g_test_add (path, InsuranceFixture, GINT_TO_POINTER (faults[i].fault), insurance_fixture_set_up, test_once, insurance_fixture_tear_down);
    }
  return g_test_run ();
}
