/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "await.h"

static void
test_promises (void)
{
  g_autoptr (JsonObject) json = await_json (
    "{\"resourceType\":\"CapabilityStatement\",\"fhirVersion\":\"4.0.1\",\"software\":{\"name\":\"Some server\"},"
    "\"rest\":[{\"mode\":\"client\",\"interaction\":[{\"code\":\"batch\"}]},{\"mode\":\"server\","
    "\"interaction\":[{\"code\":\"transaction\"}],\"searchParam\":[{\"name\":\"_lastUpdated\"}],"
    "\"operation\":[{\"name\":\"meta\"}],"
    "\"resource\":[{\"type\":\"Slot\",\"interaction\":[{\"code\":\"update\"}],\"searchParam\":[{\"name\":\"start\"}]},"
    "{\"type\":\"Appointment\",\"conditionalCreate\":true,\"operation\":[{\"name\":\"$book\"},{\"name\":\"hold\"}]}]}]}");
  g_autoptr (FhirCapabilities) capabilities = fhir_capabilities_new (json);

  g_assert_cmpstr (fhir_capabilities_get_fhir_version (capabilities), ==, "4.0.1");
  g_assert_cmpstr (fhir_capabilities_get_software (capabilities), ==, "Some server");
  g_assert_true (fhir_capabilities_has_transactions (capabilities));
  g_assert_false (fhir_capabilities_has_interaction (capabilities, NULL, "batch"));
  g_assert_true (fhir_capabilities_has_interaction (capabilities, "Slot", "update"));
  g_assert_false (fhir_capabilities_has_interaction (capabilities, "Slot", "delete"));
  g_assert_false (fhir_capabilities_has_interaction (capabilities, "Patient", "read"));
  g_assert_true (fhir_capabilities_has_search_param (capabilities, "Slot", "start"));
  g_assert_true (fhir_capabilities_has_search_param (capabilities, "Slot", "_lastUpdated"));
  g_assert_false (fhir_capabilities_has_search_param (capabilities, "Slot", "end"));
  g_assert_false (fhir_capabilities_has_search_param (capabilities, "Patient", "_lastUpdated"));
  g_assert_true (fhir_capabilities_has_operation (capabilities, "Appointment", "book"));
  g_assert_true (fhir_capabilities_has_operation (capabilities, "Appointment", "$hold"));
  g_assert_false (fhir_capabilities_has_operation (capabilities, "Slot", "book"));
  g_assert_true (fhir_capabilities_has_operation (capabilities, NULL, "meta"));
  g_assert_true (fhir_capabilities_has_conditional_create (capabilities, "Appointment"));
  g_assert_false (fhir_capabilities_has_conditional_create (capabilities, "Slot"));
  g_assert_finalize_object (g_steal_pointer (&capabilities));
}

/* What is not promised is not there, however odd the statement. */
static void
test_odd (void)
{
  static const char *const texts[] = {
    "{}",
    "{\"rest\":{}}",
    "{\"rest\":[null,3,{\"mode\":\"server\",\"resource\":[null,{\"type\":7},{\"type\":\"Slot\",\"operation\":[null,{}]}]}]}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (JsonObject) json = await_json (texts[i]);
      g_autoptr (FhirCapabilities) capabilities = fhir_capabilities_new (json);

      g_assert_null (fhir_capabilities_get_fhir_version (capabilities));
      g_assert_null (fhir_capabilities_get_software (capabilities));
      g_assert_false (fhir_capabilities_has_transactions (capabilities));
      g_assert_false (fhir_capabilities_has_operation (capabilities, "Slot", "find"));
      g_assert_false (fhir_capabilities_has_conditional_create (capabilities, "Slot"));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/fhir/capabilities/promises", test_promises);
  g_test_add_func ("/fhir/capabilities/odd", test_odd);

  return g_test_run ();
}
