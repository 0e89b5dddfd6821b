/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import-fixture.h"

#include <string.h>

static void
test_resource (ImportFixture *fixture, gconstpointer data)
{
  g_autoptr (PracticeJson) patient = NULL;

  import_fixture_write_text (fixture, "patient.json",
                             "{\"resourceType\":\"Patient\",\"id\":\"p\",\"meta\":{\"versionId\":\"7\"},"
                             "\"active\":true}");
  import_fixture_run_input (fixture);
  import_fixture_assert_counts (fixture, 1, 0, 0, 0);
  patient = import_fixture_read_resource (fixture, "Patient", "p");
  g_assert_cmpstr (practice_json_get_string (practice_json_get_object (patient, "meta"), "versionId"), ==, "1");

  import_fixture_run_input (fixture);
  import_fixture_assert_counts (fixture, 0, 1, 0, 0);
  g_assert_cmpint (import_fixture_get_version (fixture, "Patient", "p"), ==, 1);
}

static void
test_changed_file (ImportFixture *fixture, gconstpointer data)
{
  import_fixture_write_text (fixture, "patient.json", "{\"resourceType\":\"Patient\",\"id\":\"p\",\"active\":true}");
  import_fixture_run_input (fixture);
  import_fixture_write_text (fixture, "patient.json", "{\"resourceType\":\"Patient\",\"id\":\"p\",\"active\":false}");
  import_fixture_run_input (fixture);

  import_fixture_assert_counts (fixture, 1, 0, 0, 0);
  g_assert_cmpint (import_fixture_get_version (fixture, "Patient", "p"), ==, 2);
}

static void
test_transaction (ImportFixture *fixture, gconstpointer data)
{
  g_autoptr (PracticeJson) patient = NULL;
  g_autoptr (PracticeJson) encounter = NULL;

  import_fixture_run_data (fixture, "roster.ndjson");
  import_fixture_run_data (fixture, "transaction.json");
  import_fixture_assert_counts (fixture, 4, 0, 1, 0);
  g_assert_cmpuint (import_fixture_get_problem (fixture, 0)->entry, ==, 5);

  patient = import_fixture_read_resource (fixture, "Patient", "0b6a3d0e-5f1c-4c39-9a53-0d1f6a3c1a01");
  encounter = import_fixture_read_resource (fixture, "Encounter", "put-me");
  g_assert_cmpstr (import_fixture_get_reference (patient, "managingOrganization"), ==,
                   "Organization/0b6a3d0e-5f1c-4c39-9a53-0d1f6a3c1a02");
  g_assert_cmpstr (import_fixture_get_reference (patient, "generalPractitioner"), ==, "Practitioner/one");
  g_assert_cmpstr (import_fixture_get_reference (encounter, "subject"), ==,
                   "Patient/0b6a3d0e-5f1c-4c39-9a53-0d1f6a3c1a01");

  import_fixture_run_data (fixture, "transaction.json");
  import_fixture_assert_counts (fixture, 0, 4, 1, 0);
  g_assert_cmpint (practice_store_count (fixture->store, "Observation"), ==, 1);
}

/* Who is not in the record cannot be referred to yet: the condition stays as it was written. */
static void
test_unanswered_condition (ImportFixture *fixture, gconstpointer data)
{
  g_autoptr (PracticeJson) patient = NULL;

  import_fixture_run_data (fixture, "transaction.json");
  patient = import_fixture_read_resource (fixture, "Patient", "0b6a3d0e-5f1c-4c39-9a53-0d1f6a3c1a01");
  g_assert_cmpstr (import_fixture_get_reference (patient, "generalPractitioner"), ==,
                   "Practitioner?identifier=http://hl7.org/fhir/sid/us-npi|9990000001");
}

static void
test_create_if_none_exists (ImportFixture *fixture, gconstpointer data)
{
  g_autoptr (PracticeJson) patient = NULL;

  import_fixture_write_text (fixture, "hospital.json",
                             "{\"resourceType\":\"Organization\",\"id\":\"here-already\",\"identifier\":"
                             "[{\"system\":\"urn:example:orgs\",\"value\":\"42\"}],\"name\":\"Ours\"}");
  import_fixture_run_input (fixture);
  import_fixture_run_data (fixture, "transaction.json");

  g_assert_cmpint (practice_store_count (fixture->store, "Organization"), ==, 1);
  g_assert_cmpint (import_fixture_get_version (fixture, "Organization", "here-already"), ==, 1);
  patient = import_fixture_read_resource (fixture, "Patient", "0b6a3d0e-5f1c-4c39-9a53-0d1f6a3c1a01");
  g_assert_cmpstr (import_fixture_get_reference (patient, "managingOrganization"), ==, "Organization/here-already");
}

static void
test_number_text_is_kept (ImportFixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) versions = NULL;
  gint64 next;

  import_fixture_run_data (fixture, "transaction.json");
  versions = practice_store_history (fixture->store, "Observation", NULL, 0, 0, 10, &next);
  g_assert_cmpuint (versions->len, ==, 1);
  g_assert_nonnull (strstr (((PracticeVersion *)g_ptr_array_index (versions, 0))->content, "70.10"));
}

static void
test_document_is_one_thing (ImportFixture *fixture, gconstpointer data)
{
  import_fixture_run_data (fixture, "document.json");
  import_fixture_assert_counts (fixture, 1, 0, 0, 0);
  g_assert_cmpint (practice_store_count (fixture->store, "Bundle"), ==, 1);
  g_assert_cmpint (practice_store_count (fixture->store, "Composition"), ==, 0);
}

static void
test_searchset (ImportFixture *fixture, gconstpointer data)
{
  g_autoptr (PracticeJson) slot = NULL;

  import_fixture_write_text (
      fixture, "search.json",
      "{\"resourceType\":\"Bundle\",\"type\":\"searchset\",\"entry\":["
      "{\"fullUrl\":\"http://example.org/fhir/Slot/s\",\"resource\":{\"resourceType\":\"Slot\",\"id\":\"s\","
      "\"schedule\":{\"reference\":\"http://example.org/fhir/Schedule/c\"},\"status\":\"free\","
      "\"start\":\"2026-03-01T10:00:00Z\",\"end\":\"2026-03-01T10:15:00Z\"},\"search\":{\"mode\":\"match\"}},"
      "{\"fullUrl\":\"http://example.org/fhir/Schedule/c\",\"resource\":{\"resourceType\":\"Schedule\","
      "\"id\":\"c\",\"actor\":[{\"display\":\"Dr. Nobody\"}]},\"search\":{\"mode\":\"include\"}},"
      "{\"resource\":{\"resourceType\":\"OperationOutcome\",\"issue\":[{\"severity\":\"warning\","
      "\"code\":\"not-found\"}]},\"search\":{\"mode\":\"outcome\"}}]}");
  import_fixture_run_input (fixture);
  import_fixture_assert_counts (fixture, 2, 0, 1, 0);
  slot = import_fixture_read_resource (fixture, "Slot", "s");
  g_assert_cmpstr (import_fixture_get_reference (slot, "schedule"), ==, "Schedule/c");
}

static void
test_lines (ImportFixture *fixture, gconstpointer data)
{
  import_fixture_run_data (fixture, "roster.ndjson");
  import_fixture_assert_counts (fixture, 3, 0, 0, 2);
  g_assert_cmpuint (import_fixture_get_problem (fixture, 0)->line, ==, 4);
  g_assert_cmpuint (import_fixture_get_problem (fixture, 1)->line, ==, 5);
  g_assert_true (import_fixture_get_problem (fixture, 1)->failed);
  /* What is reported must not show what the resource says. */
  g_assert_null (strstr (import_fixture_get_problem (fixture, 0)->reason, "Cut off"));

  import_fixture_run_data (fixture, "roster.ndjson");
  import_fixture_assert_counts (fixture, 0, 3, 0, 2);
}

static void
test_bad_entries (ImportFixture *fixture, gconstpointer data)
{
  import_fixture_write_text (fixture, "bundle.json",
                             "{\"resourceType\":\"Bundle\",\"type\":\"collection\",\"entry\":["
                             "7,"
                             "{\"fullUrl\":\"urn:uuid:1\"},"
                             "{\"resource\":{\"resourceType\":\"Patient\",\"id\":\"good\"}},"
                             "{\"resource\":{\"resourceType\":\"Patient\",\"id\":\"bad\",\"birthDate\":5}},"
                             "{\"resource\":{\"resourceType\":\"Patient\"}}]}");
  import_fixture_run_input (fixture);
  import_fixture_assert_counts (fixture, 2, 0, 2, 1);
  g_assert_cmpuint (import_fixture_get_problem (fixture, 2)->entry, ==, 4);

  /* The one without id got one that is the same each time. */
  import_fixture_run_input (fixture);
  import_fixture_assert_counts (fixture, 0, 2, 2, 1);
}

/* Synthea's patients refer to hospitals and practitioners by identifier, whatever their files are called. */
static void
test_hospitals_come_first (ImportFixture *fixture, gconstpointer data)
{
  g_autoptr (PracticeJson) patient = NULL;

  import_fixture_write_text (
      fixture, "Aaron.json",
      "{\"resourceType\":\"Bundle\",\"type\":\"transaction\",\"entry\":[{\"fullUrl\":"
      "\"urn:uuid:0b6a3d0e-5f1c-4c39-9a53-0d1f6a3c1a09\",\"request\":{\"method\":\"POST\",\"url\":\"Patient\"},"
      "\"resource\":{\"resourceType\":\"Patient\",\"managingOrganization\":{\"reference\":"
      "\"Organization?identifier=urn:example:orgs|42\"}}}]}");
  import_fixture_write_text (
      fixture, "hospitalInformation.json",
      "{\"resourceType\":\"Organization\",\"id\":\"h\",\"name\":\"Harbour Hospital\",\"identifier\":"
      "[{\"system\":\"urn:example:orgs\",\"value\":\"42\"}]}");
  import_fixture_run_input (fixture);
  patient = import_fixture_read_resource (fixture, "Patient", "0b6a3d0e-5f1c-4c39-9a53-0d1f6a3c1a09");
  g_assert_cmpstr (import_fixture_get_reference (patient, "managingOrganization"), ==, "Organization/h");
}

static void
test_desk_has_the_last_word (ImportFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PracticeJson) edited = NULL;
  g_autoptr (PracticeVersion) version = NULL;
  g_autoptr (PracticeVersion) deleted = NULL;

  import_fixture_run_data (fixture, "roster.ndjson");
  edited = import_fixture_read_resource (fixture, "Practitioner", "one");
  json_object_object_add (edited, "active", json_object_new_boolean (FALSE));
  g_assert_true (practice_store_begin (fixture->store, &error));
  version = practice_store_write (fixture->store, edited, IMPORT_FIXTURE_NOW, &error);
  g_assert_no_error (error);
  g_assert_true (practice_store_delete (fixture->store, "Practitioner", "two", IMPORT_FIXTURE_NOW, &error));
  g_assert_true (practice_store_commit (fixture->store, &error));

  import_fixture_run_data (fixture, "roster.ndjson");
  import_fixture_assert_counts (fixture, 0, 3, 0, 2);
  g_assert_cmpint (import_fixture_get_version (fixture, "Practitioner", "one"), ==, 2);
  deleted = practice_store_read (fixture->store, "Practitioner", "two");
  g_assert_null (deleted->content);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  IMPORT_FIXTURE_ADD ("/practice/import/resource", test_resource);
  IMPORT_FIXTURE_ADD ("/practice/import/changed-file", test_changed_file);
  IMPORT_FIXTURE_ADD ("/practice/import/transaction", test_transaction);
  IMPORT_FIXTURE_ADD ("/practice/import/unanswered-condition", test_unanswered_condition);
  IMPORT_FIXTURE_ADD ("/practice/import/create-if-none-exists", test_create_if_none_exists);
  IMPORT_FIXTURE_ADD ("/practice/import/number-text-is-kept", test_number_text_is_kept);
  IMPORT_FIXTURE_ADD ("/practice/import/document-is-one-thing", test_document_is_one_thing);
  IMPORT_FIXTURE_ADD ("/practice/import/searchset", test_searchset);
  IMPORT_FIXTURE_ADD ("/practice/import/lines", test_lines);
  IMPORT_FIXTURE_ADD ("/practice/import/bad-entries", test_bad_entries);
  IMPORT_FIXTURE_ADD ("/practice/import/hospitals-come-first", test_hospitals_come_first);
  IMPORT_FIXTURE_ADD ("/practice/import/desk-has-the-last-word", test_desk_has_the_last_word);

  return g_test_run ();
}
