/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import-fixture.h"

static char *
find_shared_data (const char *name)
{
  const char *shared = g_getenv ("RECEPTION_SHARED_DATA");
  g_autofree char *path = shared != NULL
                              ? g_build_filename (shared, name, NULL)
                              : g_test_build_filename (G_TEST_DIST, "..", "..", "shared", "data", name, NULL);

  return g_file_test (path, G_FILE_TEST_IS_DIR) ? g_steal_pointer (&path) : NULL;
}

static void
test_hl7_examples (ImportFixture *fixture, gconstpointer data)
{
  g_autofree char *path = find_shared_data ("fhir-r4-examples");

  if (path == NULL)
    {
      g_test_skip ("HL7's examples (fhir-r4-examples) are not here");
      return;
    }

  import_fixture_run (fixture, path);
  import_fixture_assert_counts (fixture, 611, 17, 14, 0);
  g_assert_cmpuint (fixture->report.files, ==, 293);
  g_assert_cmpint (practice_store_count (fixture->store, NULL), ==, 593);
  import_fixture_run (fixture, path);
  import_fixture_assert_counts (fixture, 0, 628, 14, 0);
}

static void
test_synthea_roster (ImportFixture *fixture, gconstpointer data)
{
  g_autofree char *path = find_shared_data ("fhir-synthea/synthea-2025-1000-roster");

  if (path == NULL)
    {
      g_test_skip ("Synthea's roster (fhir-synthea) is not here");
      return;
    }

  import_fixture_run (fixture, path);
  g_assert_cmpuint (fixture->report.failed, ==, 0);
  g_assert_cmpint (practice_store_count (fixture->store, "Patient"), ==, 1131);
  g_assert_cmpint (practice_store_count (fixture->store, "PractitionerRole"), ==, 835);
  g_assert_cmpint (practice_store_count (fixture->store, "Location"), ==, 836);
}

/* All of it is 115 MB: only where slow tests are wanted ("-m slow"). */
static void
test_synthea (ImportFixture *fixture, gconstpointer data)
{
  g_autofree char *path = find_shared_data ("fhir-synthea");
  gint64 start = g_get_monotonic_time ();
  double seconds;

  if (path == NULL || !g_test_slow ())
    {
      g_test_skip (path == NULL ? "Synthea's patients (fhir-synthea) are not here" : "a slow test");
      return;
    }

  import_fixture_run (fixture, path);
  seconds = (g_get_monotonic_time () - start) / 1e6;
  g_test_message ("%.1f MB/s", fixture->report.bytes / 1e6 / seconds);
  import_fixture_assert_counts (fixture, 77404, 582, 0, 0);
  g_assert_cmpint (practice_store_count (fixture->store, NULL), ==, 77234);
  g_assert_cmpint (practice_store_count (fixture->store, "Encounter"), ==, 6766);
  g_assert_cmpint (practice_store_count (fixture->store, "Patient"), ==, 240 + 1131);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  IMPORT_FIXTURE_ADD ("/practice/import-data/hl7-examples", test_hl7_examples);
  IMPORT_FIXTURE_ADD ("/practice/import-data/synthea-roster", test_synthea_roster);
  IMPORT_FIXTURE_ADD ("/practice/import-data/synthea", test_synthea);

  return g_test_run ();
}
