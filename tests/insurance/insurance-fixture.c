/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-insurance"

#include "insurance-fixture.h"

FhirResource *
insurance_store (InsuranceFixture *self, const char *json)
{
  g_autoptr (JsonNode) node = json_from_string (json, NULL);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *kept = NULL;
  FhirResource *stored;

  g_assert_nonnull (node);
  fhir_client_create_async (self->client, json_node_get_object (node), NULL, NULL, keep_result_cb, &kept);
  result = keep_result_wait (&kept);
  stored = fhir_client_create_finish (self->client, result, &error);
  g_assert_no_error (error);
  return stored;
}

void
insurance_fixture_set_up (InsuranceFixture *self, gconstpointer data)
{
  g_autoptr (FhirResource) patient = NULL;

  self->practice = practice_fixture_new (NULL);
  self->proxy = fault_proxy_new (practice_fixture_get_folder (self->practice), practice_fixture_get_socket (self->practice));
  self->client = practice_fixture_create_client (self->practice);
  self->wire = fhir_client_new_for_socket (fault_proxy_get_socket (self->proxy));
  self->clock = rcp_clock_new_fixed (INSURANCE_NOW);
  g_date_clear (&self->today, 1);
  g_date_set_dmy (&self->today, 10, 3, 2026);
  patient = insurance_store (self, "{\"resourceType\":\"Patient\",\"name\":[{\"family\":\"Doe\",\"given\":[\"Jane\"]}],\"birthDate\":\"1980-02-14\","
                                   "\"gender\":\"female\"}");
  self->patient_id = g_strdup (fhir_resource_get_id (patient));
}

void
insurance_fixture_tear_down (InsuranceFixture *self, gconstpointer data)
{
  g_clear_object (&self->wire);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  fault_proxy_free (self->proxy);
  g_assert_finalize_object (self->client);
  g_assert_finalize_object (self->clock);
  practice_fixture_free (self->practice);
  g_free (self->patient_id);
}

RcpCoverageFields *
insurance_make_fields (void)
{
  static const char *const values[RCP_N_COVERAGE_FIELDS] = {
    "1", "Acme Health", "12345", "W123456789", "G-77", "Gold PPO", "self", "2026-01-01",
  };
  RcpCoverageFields *fields = rcp_coverage_fields_new ();

  for (guint i = 0; i < RCP_N_COVERAGE_FIELDS; i++)
    rcp_coverage_fields_set (fields, i, values[i]);
  return fields;
}

RcpCoverage *
insurance_add (InsuranceFixture *self, FhirClient *client, const RcpCoverageFields *fields, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  GAsyncResult *kept = NULL;

  rcp_coverage_add_async (client, self->clock, self->patient_id, fields, "Desk 2", NULL, keep_result_cb, &kept);
  result = keep_result_wait (&kept);
  return rcp_coverage_add_finish (result, error);
}

GPtrArray *
insurance_load (InsuranceFixture *self)
{
  GPtrArray *coverages = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GListModel) list = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *kept = NULL;

  rcp_coverages_load_async (self->client, self->patient_id, &self->today, NULL, keep_result_cb, &kept);
  result = keep_result_wait (&kept);
  list = rcp_coverages_load_finish (result, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < g_list_model_get_n_items (list); i++)
    g_ptr_array_add (coverages, g_list_model_get_item (list, i));
  return coverages;
}

guint
insurance_count (InsuranceFixture *self, const char *type)
{
  g_autoptr (FhirSearch) search = fhir_search_new (type);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (FhirBundle) bundle = NULL;
  GAsyncResult *kept = NULL;

  fhir_client_search_all_async (self->client, search, 0, NULL, keep_result_cb, &kept);
  result = keep_result_wait (&kept);
  bundle = fhir_client_search_all_finish (self->client, result, NULL);
  g_assert_nonnull (bundle);
  return fhir_bundle_get_matches (bundle)->len;
}
