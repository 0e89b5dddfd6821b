/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "clinic/rcp-patient-mail.h"

#define NOBODY NULL

static void
expect (const char *members, const char *expected)
{
  g_autofree char *text = g_strdup_printf ("{\"resourceType\":\"Patient\",\"id\":\"7\",%s}", members);
  g_autoptr (JsonNode) node = json_from_string (text, NULL);
  g_autoptr (FhirResource) resource = fhir_resource_new (json_node_get_object (node));
  g_autoptr (RcpPatient) patient = rcp_patient_new (resource);
  g_autofree char *address = rcp_patient_dup_mail_address (patient);

  g_assert_cmpstr (address, ==, expected);
}

#define MAIL(value) "\"telecom\":[{\"system\":\"phone\",\"value\":\"1\"},{\"system\":\"email\",\"value\":\"" value "\"}]"
#define MAIL_THAT(value, more) "\"telecom\":[{\"system\":\"email\",\"value\":\"" value "\"," more "}]"

static void
test_address (void)
{
  expect (MAIL ("Maria.Garcia@Example.org"), "maria.garcia@example.org");
  expect (MAIL (" m@example.org "), "m@example.org");
  expect (MAIL ("maria+clinic@mail.example.org"), "maria+clinic@mail.example.org");
  expect ("\"active\":true", NOBODY);
  expect (MAIL ("none"), NOBODY);
  expect (MAIL ("@example.org"), NOBODY);
  expect (MAIL ("maria@"), NOBODY);
  expect (MAIL ("maria@.org"), NOBODY);
  expect (MAIL ("a@b@example.org"), NOBODY);
  expect (MAIL ("a b@example.org"), NOBODY);
  expect (MAIL ("Maria <m@example.org>"), NOBODY);
  expect (MAIL ("a@example.org,b@example.org"), NOBODY);
  /* What would begin a line of its own in a calendar. */
  expect (MAIL ("m@example.org\\r\\nATTACH:file"), NOBODY);
  expect (MAIL ("m@example.org?cc=x"), NOBODY);
  expect (MAIL ("m\\u00e1@example.org"), NOBODY);
}

static void
test_permission (void)
{
  expect (MAIL ("m@example.org") ",\"active\":true,\"deceasedBoolean\":false", "m@example.org");
  expect (MAIL ("m@example.org") ",\"active\":false", NOBODY);
  expect (MAIL ("m@example.org") ",\"deceasedBoolean\":true", NOBODY);
  expect (MAIL ("m@example.org") ",\"deceasedDateTime\":\"2026-01-01\"", NOBODY);
  expect (MAIL ("m@example.org") ",\"extension\":[{\"url\":\"urn:reception:do-not-contact\",\"valueBoolean\":true}]", NOBODY);
  expect (MAIL ("m@example.org") ",\"extension\":[{\"url\":\"urn:reception:do-not-contact\",\"valueBoolean\":false}]", "m@example.org");
  expect (MAIL_THAT ("m@example.org", "\"use\":\"old\""), NOBODY);
  expect (MAIL_THAT ("m@example.org", "\"period\":{\"end\":\"2020-01-01\"}"), NOBODY);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/clinic/patient-mail/address", test_address);
  g_test_add_func ("/clinic/patient-mail/permission", test_permission);
  return g_test_run ();
}
