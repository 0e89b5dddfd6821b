/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "await.h"

#include "fhir/fhir-json.h"

static const char patient_text[] =
  "{\"resourceType\":\"Patient\",\"id\":\"12\",\"active\":true,\"multipleBirthInteger\":2,"
  "\"identifier\":[{\"use\":\"old\"},{\"system\":\"urn:a\",\"value\":\"A1\"},{\"system\":\"urn:b\",\"value\":\"B1\"},"
  "{\"system\":\"urn:b\",\"value\":\"B2\"}],"
  "\"name\":[{\"family\":\"Quispe\",\"given\":[\"Ana\",\"Luz\"]}],"
  "\"extension\":[{\"url\":\"urn:x\",\"valueString\":\"first\"},{\"url\":\"urn:y\",\"valueInteger\":7},"
  "{\"url\":\"urn:x\",\"valueString\":\"second\"}],\"maritalStatus\":null,\"contact\":[\"odd\",3]}";

static void
test_paths (void)
{
  g_autoptr (JsonObject) patient = await_json (patient_text);

  g_assert_cmpstr (fhir_json_get_string (patient, "id"), ==, "12");
  g_assert_cmpstr (fhir_json_get_string (patient, "name.0.given.1"), ==, "Luz");
  g_assert_null (fhir_json_get_string (patient, "name.0.given.2"));
  g_assert_null (fhir_json_get_string (patient, "name.-1.given.0"));
  g_assert_null (fhir_json_get_string (patient, "name.first.given"));
  g_assert_null (fhir_json_get_string (patient, "name.0.given"));
  g_assert_null (fhir_json_get_string (patient, "id.0"));
  g_assert_null (fhir_json_get_string (patient, ""));
  g_assert_null (fhir_json_get_string (patient, "active"));
  g_assert_null (fhir_json_get_string (patient, "maritalStatus"));
  g_assert_null (fhir_json_get_string (NULL, "id"));
  g_assert_cmpint (fhir_json_get_int (patient, "multipleBirthInteger", -1), ==, 2);
  g_assert_cmpint (fhir_json_get_int (patient, "id", -1), ==, -1);
  g_assert_true (fhir_json_get_boolean (patient, "active", FALSE));
  g_assert_true (fhir_json_get_boolean (patient, "deceasedBoolean", TRUE));
  g_assert_nonnull (fhir_json_get_object (patient, "name.0"));
  g_assert_null (fhir_json_get_object (patient, "name"));
  g_assert_null (fhir_json_get_object (patient, "maritalStatus"));
  g_assert_nonnull (fhir_json_get_array (patient, "name.0.given"));
  g_assert_null (fhir_json_get_array (patient, "name.0"));
  g_assert_cmpuint (fhir_json_get_length (patient, "name.0.given"), ==, 2);
  g_assert_cmpuint (fhir_json_get_length (patient, "telecom"), ==, 0);
}

/* A name longer than any of FHIR must not be cut to one that exists. */
static void
test_long_segment (void)
{
  g_autoptr (JsonObject) object = json_object_new ();
  g_autofree char *name = g_strnfill (63, 'a');
  g_autofree char *longer = g_strnfill (64, 'a');

  json_object_set_string_member (object, name, "here");
  json_object_set_string_member (object, longer, "not here");
  g_assert_cmpstr (fhir_json_get_string (object, name), ==, "here");
  g_assert_null (fhir_json_get_string (object, longer));
}

static void
test_identifier (void)
{
  g_autoptr (JsonObject) patient = await_json (patient_text);

  g_assert_cmpstr (fhir_json_get_identifier (patient, "urn:b"), ==, "B1");
  g_assert_cmpstr (fhir_json_get_identifier (patient, NULL), ==, "A1");
  g_assert_null (fhir_json_get_identifier (patient, "urn:c"));
  g_assert_null (fhir_json_get_identifier (NULL, NULL));
}

static void
test_extension (void)
{
  g_autoptr (JsonObject) patient = await_json (patient_text);
  JsonObject *found = fhir_json_get_extension (patient, "urn:x");

  g_assert_cmpstr (fhir_json_get_string (found, "valueString"), ==, "first");
  g_assert_null (fhir_json_get_extension (patient, "urn:z"));
  g_assert_null (fhir_json_get_extension (fhir_json_get_object (patient, "name.0"), "urn:x"));
}

/* The copy of a sealed tree can be edited down to its leaves, and the tree does not notice. */
static void
test_dup (void)
{
  g_autoptr (JsonObject) patient = await_json (patient_text);
  g_autoptr (JsonObject) copy = NULL;
  g_autofree char *before = NULL, *same = NULL, *after = NULL, *edited = NULL;

  json_object_seal (patient);
  before = fhir_json_to_text (patient);
  copy = fhir_json_dup_object (patient);
  same = fhir_json_to_text (copy);
  g_assert_cmpstr (before, ==, same);

  json_object_set_string_member (copy, "id", "13");
  json_object_set_string_member (fhir_json_get_object (copy, "name.0"), "family", "Huanca");
  json_array_add_string_element (fhir_json_get_array (copy, "name.0.given"), "Sol");
  json_node_set_string (json_array_get_element (fhir_json_get_array (copy, "name.0.given"), 0), "Eva");
  after = fhir_json_to_text (patient);
  edited = fhir_json_to_text (copy);
  g_assert_cmpstr (before, ==, after);
  g_assert_cmpstr (before, !=, edited);
  g_assert_cmpstr (fhir_json_get_string (copy, "name.0.given.0"), ==, "Eva");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/fhir/json/paths", test_paths);
  g_test_add_func ("/fhir/json/long-segment", test_long_segment);
  g_test_add_func ("/fhir/json/identifier", test_identifier);
  g_test_add_func ("/fhir/json/extension", test_extension);
  g_test_add_func ("/fhir/json/dup", test_dup);

  return g_test_run ();
}
