/* SPDX-License-Identifier: GPL-3.0-or-later */
/* rcp-found-steps.c against a real record: step by step it comes to the same clinic as at once. */
#include "desk-fixture.h"

#include "scheduling/rcp-clinic-json.h"

static void
run_steps (DeskFixture *desk, FhirTransaction *transaction)
{
  GAsyncResult *kept = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  rcp_found_steps_async (desk->client, transaction, NULL, desk_keep_result_cb, &kept);
  result = desk_wait (&kept);
  rcp_found_steps_finish (result, &error);
  g_assert_no_error (error);
}

static GPtrArray *
list_founders (DeskFixture *desk)
{
  g_autoptr (FhirBundle) people = desk_fixture_search (desk, "Practitioner", "_sort", "family", NULL);
  GPtrArray *matches = fhir_bundle_get_matches (people);
  GPtrArray *founders = g_ptr_array_new_with_free_func ((GDestroyNotify)rcp_founder_free);

  for (guint i = 0; i < matches->len; i++)
    {
      RcpFounder *founder = g_new0 (RcpFounder, 1);

      founder->practitioner = g_object_ref (matches->pdata[i]);
      g_ptr_array_add (founders, founder);
    }
  return founders;
}

static void
add_practitioner (DeskFixture *desk)
{
  g_autoptr (FhirTransaction) transaction = fhir_transaction_new ();
  g_autoptr (JsonNode) node
      = json_from_string ("{\"resourceType\":\"Practitioner\",\"name\":[{\"family\":\"Zuletzt\"}]}", NULL);

  fhir_transaction_create (transaction, json_node_get_object (node), NULL);
  run_steps (desk, transaction);
}

static guint
count (DeskFixture *desk, const char *type)
{
  g_autoptr (FhirBundle) bundle = desk_fixture_search (desk, type, NULL);

  return fhir_bundle_get_matches (bundle)->len;
}

/* What is there stays as it is; what is new refers to what was there. */
static void
test_goes_on (void)
{
  g_autoptr (DeskFixture) desk = desk_fixture_new_for_days (1, 1, 1);
  g_autoptr (GPtrArray) organizations = g_ptr_array_new ();
  g_autoptr (GPtrArray) founders = NULL;
  g_autoptr (FhirTransaction) transaction = NULL;
  g_autoptr (FhirBundle) schedules = NULL;
  guint n_places = count (desk, "Location");
  guint n_types = count (desk, "HealthcareService");

  add_practitioner (desk);
  founders = list_founders (desk);
  g_assert_cmpuint (founders->len, ==, 2);
  transaction = rcp_found_compose ("Corner Clinic", "America/New_York", organizations, founders);
  run_steps (desk, transaction);
  g_assert_cmpuint (count (desk, "Location"), ==, n_places);
  g_assert_cmpuint (count (desk, "HealthcareService"), ==, n_types);
  g_assert_cmpuint (count (desk, "PractitionerRole"), ==, 2);

  schedules = desk_fixture_search (desk, "Schedule", NULL);
  g_assert_cmpuint (fhir_bundle_get_matches (schedules)->len, ==, 2);
  for (guint i = 0; i < 2; i++)
    {
      JsonObject *schedule = fhir_resource_get_json (fhir_bundle_get_matches (schedules)->pdata[i]);

      g_object_unref (desk_fixture_read (desk, fhir_json_get_string (schedule, "actor.1.reference")));
      g_object_unref (desk_fixture_read (desk, fhir_json_get_string (schedule, "actor.2.reference")));
    }
}

/* The first failure is told, and what was made until then may stay. */
static void
test_fails (void)
{
  g_autoptr (DeskFixture) desk = desk_fixture_new_for_days (1, 1, 1);
  g_autoptr (FhirTransaction) transaction = fhir_transaction_new ();
  g_autoptr (JsonNode) node = json_from_string ("{\"resourceType\":\"Slot\",\"status\":\"never\"}", NULL);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *kept = NULL;

  fhir_transaction_create (transaction, json_node_get_object (node), NULL);
  rcp_found_steps_async (desk->client, transaction, NULL, desk_keep_result_cb, &kept);
  result = desk_wait (&kept);
  g_assert_false (rcp_found_steps_finish (result, &error));
  g_assert_error (error, FHIR_ERROR, FHIR_ERROR_REFUSED);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scheduling/found-steps/goes-on", test_goes_on);
  g_test_add_func ("/scheduling/found-steps/fails", test_fails);
  return g_test_run ();
}
