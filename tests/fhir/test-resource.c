/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "await.h"

static void
test_identity (void)
{
  g_autoptr (JsonObject) json = await_json ("{\"resourceType\":\"Slot\",\"id\":\"77\",\"meta\":{\"versionId\":\"3\"}}");
  g_autoptr (FhirResource) resource = fhir_resource_new (json);
  g_autofree char *if_match = fhir_resource_dup_if_match (resource);

  g_assert_cmpstr (fhir_resource_get_resource_type (resource), ==, "Slot");
  g_assert_cmpstr (fhir_resource_get_id (resource), ==, "77");
  g_assert_cmpstr (fhir_resource_get_version_id (resource), ==, "3");
  g_assert_cmpstr (fhir_resource_get_reference (resource), ==, "Slot/77");
  g_assert_cmpstr (if_match, ==, "W/\"3\"");
  g_assert_true (json_object_is_immutable (fhir_resource_get_json (resource)));
  g_assert_finalize_object (g_steal_pointer (&resource));
}

/* meta counts; the ETag fills in for servers that leave the version out. */
static void
test_version (void)
{
  static const struct
  {
    const char *json;
    const char *etag;
    const char *version;
  } cases[] = {
    { "{\"resourceType\":\"Slot\",\"id\":\"7\",\"meta\":{\"versionId\":\"3\"}}", "W/\"4\"", "3" },
    { "{\"resourceType\":\"Slot\",\"id\":\"7\"}", "W/\"4\"", "4" },
    { "{\"resourceType\":\"Slot\",\"id\":\"7\"}", "\"9f-a\"", "9f-a" },
    { "{\"resourceType\":\"Slot\",\"id\":\"7\"}", "4", NULL },
    { "{\"resourceType\":\"Slot\",\"id\":\"7\"}", "W/\"\"", NULL },
    { "{\"resourceType\":\"Slot\",\"id\":\"7\"}", "W/\"4", NULL },
    { "{\"resourceType\":\"Slot\",\"id\":\"7\"}", NULL, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (JsonObject) json = await_json (cases[i].json);
      g_autoptr (FhirResource) resource = fhir_resource_new_with_etag (json, cases[i].etag);
      g_autofree char *if_match = fhir_resource_dup_if_match (resource);

      g_assert_cmpstr (fhir_resource_get_version_id (resource), ==, cases[i].version);
      g_assert_true ((if_match == NULL) == (cases[i].version == NULL));
    }
}

static void
test_dup_json (void)
{
  g_autoptr (JsonObject) json = await_json ("{\"resourceType\":\"Slot\",\"id\":\"77\",\"status\":\"free\"}");
  g_autoptr (FhirResource) resource = fhir_resource_new (json);
  g_autoptr (JsonObject) copy = fhir_resource_dup_json (resource);

  json_object_set_string_member (copy, "status", "busy");
  g_assert_cmpstr (fhir_json_get_string (fhir_resource_get_json (resource), "status"), ==, "free");
}

/* An OperationOutcome has no id, and something odd has no type. */
static void
test_without_identity (void)
{
  g_autoptr (JsonObject) json = await_json ("{\"id\":5}");
  g_autoptr (FhirResource) resource = fhir_resource_new (json);

  g_assert_null (fhir_resource_get_resource_type (resource));
  g_assert_null (fhir_resource_get_id (resource));
  g_assert_null (fhir_resource_get_reference (resource));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/fhir/resource/identity", test_identity);
  g_test_add_func ("/fhir/resource/version", test_version);
  g_test_add_func ("/fhir/resource/dup-json", test_dup_json);
  g_test_add_func ("/fhir/resource/without-identity", test_without_identity);

  return g_test_run ();
}
