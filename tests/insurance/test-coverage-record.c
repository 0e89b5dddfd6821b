/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-insurance"

/* Insurances added, changed, ended and put in order (rcp-change-coverage), and read (rcp-coverage): in a real record. */

#include "insurance-fixture.h"

static RcpCoverage *
add_one (InsuranceFixture *self, const char *order, const char *payer, const char *end)
{
  g_autoptr (RcpCoverageFields) fields = insurance_make_fields ();
  g_autoptr (GError) error = NULL;
  RcpCoverage *coverage;

  rcp_coverage_fields_set (fields, RCP_COVERAGE_ORDER, order);
  rcp_coverage_fields_set (fields, RCP_COVERAGE_PAYER_NAME, payer);
  rcp_coverage_fields_set (fields, RCP_COVERAGE_END, end);
  coverage = insurance_add (self, self->client, fields, &error);
  g_assert_no_error (error);
  return coverage;
}

static RcpCoverage *
change (InsuranceFixture *self, FhirClient *client, RcpCoverage *coverage, RcpCoverageField field, const char *value, GError **error)
{
  g_autoptr (RcpCoverageFields) fields = rcp_coverage_fields_copy (rcp_coverage_get_fields (coverage));
  g_autoptr (GAsyncResult) result = NULL;
  GAsyncResult *kept = NULL;

  rcp_coverage_fields_set (fields, field, value);
  rcp_coverage_change_async (client, self->clock, coverage, fields, "Desk 2", NULL, keep_result_cb, &kept);
  result = keep_result_wait (&kept);
  return rcp_coverage_change_finish (result, error);
}

/* Everything comes back as it was entered, and the payer of a child is named with whose insurance it is. */
static void
test_add (InsuranceFixture *self, gconstpointer data)
{
  g_autoptr (RcpCoverageFields) fields = insurance_make_fields ();
  g_autoptr (GError) error = NULL;
  g_autoptr (RcpCoverage) added = NULL;
  g_autoptr (GPtrArray) loaded = NULL;

  rcp_coverage_fields_set (fields, RCP_COVERAGE_RELATIONSHIP, "child");
  rcp_coverage_fields_set (fields, RCP_COVERAGE_SUBSCRIBER_FAMILY, "Doe");
  rcp_coverage_fields_set (fields, RCP_COVERAGE_SUBSCRIBER_GIVEN, "John");
  rcp_coverage_fields_set (fields, RCP_COVERAGE_SUBSCRIBER_BIRTH_DATE, "1950-02-03");
  added = insurance_add (self, self->client, fields, &error);
  g_assert_no_error (error);
  loaded = insurance_load (self);
  g_assert_cmpuint (loaded->len, ==, 1);
  g_assert_cmpuint (rcp_coverage_fields_diff (rcp_coverage_get_fields (g_ptr_array_index (loaded, 0)), fields), ==, 0);
  g_assert_cmpstr (rcp_coverage_get_id (g_ptr_array_index (loaded, 0)), ==, rcp_coverage_get_id (added));
  g_assert_false (rcp_coverage_is_self (added));
  g_assert_cmpuint (insurance_count (self, "Provenance"), ==, 1);
}

/* Whatever the wire does: it is there once. */
static void
test_add_once (InsuranceFixture *self, gconstpointer data)
{
  g_autoptr (RcpCoverageFields) fields = insurance_make_fields ();
  g_autoptr (GError) error = NULL;
  g_autoptr (RcpCoverage) added = NULL;

  fault_proxy_push (self->proxy, GPOINTER_TO_INT (data), 40);
  added = insurance_add (self, self->wire, fields, &error);
  fault_proxy_settle (self->proxy);
  g_assert_no_error (error);
  g_assert_cmpuint (insurance_count (self, "Coverage"), ==, 1);
  g_assert_cmpuint (insurance_count (self, "Provenance"), ==, 1);
}

static void
test_change (InsuranceFixture *self, gconstpointer data)
{
  g_autoptr (RcpCoverage) added = add_one (self, "1", "Acme Health", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (RcpCoverage) changed = change (self, self->client, added, RCP_COVERAGE_MEMBER_ID, "W9", &error);
  g_autoptr (RcpCoverage) besides = NULL, disputed = NULL, again = NULL;
  g_autoptr (GPtrArray) loaded = NULL;

  g_assert_no_error (error);
  g_assert_cmpuint (rcp_coverage_fields_diff (rcp_coverage_get_fields (changed), rcp_coverage_get_fields (added)), ==,
                    RCP_COVERAGE_BIT (RCP_COVERAGE_MEMBER_ID));
  /* From a view that is old: another field goes through, the same field does not, the same value is nothing new. */
  besides = change (self, self->client, added, RCP_COVERAGE_PLAN, "Silver", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (rcp_coverage_get (besides, RCP_COVERAGE_MEMBER_ID), ==, "W9");
  disputed = change (self, self->client, added, RCP_COVERAGE_MEMBER_ID, "W8", &error);
  g_assert_error (error, RCP_IDENTITY_ERROR, RCP_IDENTITY_ERROR_DISPUTED);
  g_assert_null (disputed);
  g_clear_error (&error);
  again = change (self, self->client, added, RCP_COVERAGE_MEMBER_ID, "W9", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (fhir_resource_get_version_id (rcp_coverage_get_resource (again)), ==,
                   fhir_resource_get_version_id (rcp_coverage_get_resource (besides)));
  loaded = insurance_load (self);
  g_assert_cmpstr (rcp_coverage_get (g_ptr_array_index (loaded, 0), RCP_COVERAGE_MEMBER_ID), ==, "W9");
  g_assert_cmpstr (rcp_coverage_get (g_ptr_array_index (loaded, 0), RCP_COVERAGE_PLAN), ==, "Silver");
}

/* A payer that is an Organization of the server: its name comes along, and another payer takes its place as a whole. */
static void
test_organization (InsuranceFixture *self, gconstpointer data)
{
  g_autoptr (FhirResource) payer
    = insurance_store (self, "{\"resourceType\":\"Organization\",\"name\":\"Big Payer\",\"identifier\":[{\"system\":\"urn:x\",\"value\":\"60054\"}]}");
  g_autofree char *text = g_strdup_printf ("{\"resourceType\":\"Coverage\",\"status\":\"active\",\"beneficiary\":{\"reference\":\"Patient/%s\"},"
                                           "\"payor\":[{\"reference\":\"%s\"}]}",
                                           self->patient_id, fhir_resource_get_reference (payer));
  g_autoptr (FhirResource) stored = insurance_store (self, text);
  g_autoptr (GPtrArray) loaded = insurance_load (self);
  g_autoptr (GError) error = NULL;
  g_autoptr (RcpCoverage) changed = NULL;

  g_assert_cmpuint (loaded->len, ==, 1);
  g_assert_cmpstr (rcp_coverage_get (g_ptr_array_index (loaded, 0), RCP_COVERAGE_PAYER_NAME), ==, "Big Payer");
  g_assert_cmpstr (rcp_coverage_get (g_ptr_array_index (loaded, 0), RCP_COVERAGE_PAYER_ID), ==, "60054");
  changed = change (self, self->client, g_ptr_array_index (loaded, 0), RCP_COVERAGE_PAYER_ID, "77", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (rcp_coverage_get (changed, RCP_COVERAGE_PAYER_NAME), ==, "Big Payer");
  g_assert_cmpstr (rcp_coverage_get (changed, RCP_COVERAGE_PAYER_ID), ==, "77");
  g_assert_null (fhir_json_get_string (fhir_resource_get_json (rcp_coverage_get_resource (changed)), "payor.0.reference"));
}

static void
test_end (InsuranceFixture *self, gconstpointer data)
{
  g_autoptr (RcpCoverage) added = add_one (self, "1", "Acme Health", NULL), ended = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *kept = NULL;
  GDate next = self->today;

  rcp_coverage_end_async (self->client, self->clock, added, &self->today, NULL, NULL, keep_result_cb, &kept);
  result = keep_result_wait (&kept);
  ended = rcp_coverage_end_finish (result, &error);
  g_assert_no_error (error);
  g_date_add_days (&next, 1);
  g_assert_true (rcp_coverage_is_in_force (ended, &self->today));
  g_assert_false (rcp_coverage_is_in_force (ended, &next));
  g_assert_cmpuint (insurance_count (self, "Coverage"), ==, 1);
}

static gboolean
put_in_order (InsuranceFixture *self, GPtrArray *coverages, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  GAsyncResult *kept = NULL;

  rcp_coverages_put_in_order_async (self->client, self->clock, coverages, NULL, NULL, keep_result_cb, &kept);
  result = keep_result_wait (&kept);
  return rcp_coverages_put_in_order_finish (result, error);
}

static char *
name_all (GPtrArray *coverages)
{
  GString *names = g_string_new (NULL);

  for (guint i = 0; i < coverages->len; i++)
    g_string_append_printf (names, "%s%s", i > 0 ? "," : "", rcp_coverage_get (g_ptr_array_index (coverages, i), RCP_COVERAGE_PAYER_NAME));
  return g_string_free (names, FALSE);
}

/* Those that hold first, by their order; then the others. The order changes as a whole, or not at all. */
static void
test_order (InsuranceFixture *self, gconstpointer data)
{
  g_autoptr (RcpCoverage) third = add_one (self, "", "None", NULL), second = add_one (self, "2", "Two", NULL);
  g_autoptr (RcpCoverage) over = add_one (self, "1", "Over", "2026-03-09"), first = add_one (self, "1", "One", NULL);
  g_autoptr (GPtrArray) loaded = insurance_load (self), turned = g_ptr_array_new (), after = NULL, unchanged = NULL;
  g_autofree char *before_names = name_all (loaded), *after_names = NULL, *unchanged_names = NULL;
  g_autoptr (RcpCoverage) moved = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpstr (before_names, ==, "One,Two,None,Over");
  g_ptr_array_add (turned, second);
  g_ptr_array_add (turned, first);
  g_assert_true (put_in_order (self, turned, &error));
  g_assert_no_error (error);
  after = insurance_load (self);
  after_names = name_all (after);
  g_assert_cmpstr (after_names, ==, "Two,One,None,Over");
  /* With one that another desk has changed since, nothing moves. */
  moved = change (self, self->client, third, RCP_COVERAGE_PLAN, "Other", &error);
  g_assert_no_error (error);
  g_ptr_array_set_size (turned, 0);
  g_ptr_array_add (turned, third);
  g_ptr_array_add (turned, g_ptr_array_index (after, 0));
  g_ptr_array_add (turned, g_ptr_array_index (after, 1));
  g_assert_false (put_in_order (self, turned, &error));
  g_assert_error (error, RCP_IDENTITY_ERROR, RCP_IDENTITY_ERROR_DISPUTED);
  unchanged = insurance_load (self);
  unchanged_names = name_all (unchanged);
  g_assert_cmpstr (unchanged_names, ==, "Two,One,None,Over");
}

int
main (int argc, char **argv)
{
  static const struct { const char *name; Fault fault; } faults[] = {
    { "lose-request", FAULT_LOSE_REQUEST }, { "lose-reply", FAULT_LOSE_REPLY }, { "cut-reply", FAULT_CUT_REPLY },
    { "no-fhir", FAULT_NO_FHIR },           { "try-again", FAULT_TRY_AGAIN },
  };

  g_test_init (&argc, &argv, NULL);
#define ADD(name, test) \
  g_test_add ("/insurance/coverage-record/" name, InsuranceFixture, NULL, insurance_fixture_set_up, test, insurance_fixture_tear_down)
  ADD ("add", test_add);
  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      g_autofree char *path = g_strconcat ("/insurance/coverage-record/add-once/", faults[i].name, NULL);

      g_test_add (path, InsuranceFixture, GINT_TO_POINTER (faults[i].fault), insurance_fixture_set_up, test_add_once, insurance_fixture_tear_down);
    }
  ADD ("change", test_change);
  ADD ("organization", test_organization);
  ADD ("end", test_end);
  ADD ("order", test_order);
  return g_test_run ();
}
