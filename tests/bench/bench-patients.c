/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Import of patients, and finding them while typing among 200,000. The record is made once, in the folder that is the
 * first argument. */
#include "bench.h"
#include "desk-fixture.h"

#include "clinic/rcp-patient-finder.h"

#include <glib/gstdio.h>
#include <stdio.h>

#define N_PATIENTS 200000
#define N_IMPORTED 20000

static const char *const families[]
    = { "Garcia", "Smith", "Müller", "Nguyen", "Okafor", "Rossi", "Kowalski", "Haddad", "O'Brien", "Lindqvist" };
static const char *const givens[]
    = { "Maria", "James", "Zoë", "Anh", "Chidi", "Giulia", "Piotr", "Layla", "Sinéad", "Bjørn", "Ana", "Luis" };

/* Invented people; the same each time. */
static void
write_patients (const char *path, guint first, guint n_patients)
{
  FILE *file = g_fopen (path, "w");

  g_assert_nonnull (file);
  for (guint i = first; i < first + n_patients; i++)
    fprintf (file,
             "{\"resourceType\":\"Patient\",\"id\":\"p%u\",\"active\":true,\"identifier\":[{\"type\":{\"coding\":[{"
             "\"system\":"
             "\"http://terminology.hl7.org/CodeSystem/"
             "v2-0203\",\"code\":\"MR\"}]},\"system\":\"urn:reception:mrn\",\"value\":\"%07u\"}],"
             "\"name\":[{\"use\":\"official\",\"family\":\"%s%c\",\"given\":[\"%s\",\"%s\"]}],\"telecom\":[{\"system\":"
             "\"phone\",\"value\":"
             "\"(555) "
             "%03u-%04u\",\"use\":\"home\"}],\"gender\":\"%s\",\"birthDate\":\"%04u-%02u-%02u\",\"address\":[{\"line\":"
             "[\"%u Main "
             "Street\"],\"city\":\"Springfield\",\"state\":\"MA\",\"postalCode\":\"%05u\"}]}\n",
             i, i, families[i % G_N_ELEMENTS (families)], 'a' + (i / 10) % 26, givens[(i / 7) % G_N_ELEMENTS (givens)],
             givens[(i / 11) % G_N_ELEMENTS (givens)], (i / 10000) % 1000, i % 10000, i % 2 == 0 ? "female" : "male",
             1930 + i % 90, 1 + i % 12, 1 + i % 28, i % 900, i % 100000);
  fclose (file);
}

static double
get_megabytes (const char *path)
{
  GStatBuf info;

  g_assert_cmpint (g_stat (path, &info), ==, 0);
  return (double)info.st_size / 1e6;
}

/* A server that takes @ndjson in, on @database; how long until it listened, in seconds. */
static double
import (const char *database, const char *ndjson)
{
  const char *arguments[] = { "--database", database, "--import", ndjson, NULL };
  gint64 start = g_get_monotonic_time ();
  PracticeFixture *practice = practice_fixture_new (arguments);
  double seconds = (double)(g_get_monotonic_time () - start) / G_USEC_PER_SEC;

  practice_fixture_free (practice);
  return seconds;
}

static void
measure_import (const char *folder)
{
  g_autofree char *ndjson = g_build_filename (folder, "import.ndjson", NULL);
  g_autofree char *database = g_build_filename (folder, "import.db", NULL);

  write_patients (ndjson, 0, N_IMPORTED);
  g_unlink (database);
  bench_report ("import", get_megabytes (ndjson) / import (database, ndjson), "MB/s");
  g_unlink (ndjson);
  g_unlink (database);
}

static char *
ensure_patients (const char *folder)
{
  g_autofree char *ndjson = g_build_filename (folder, "patients.ndjson", NULL);
  g_autofree char *making = g_build_filename (folder, "patients-making.db", NULL);
  char *database = g_build_filename (folder, "patients-200000.db", NULL);

  if (g_file_test (database, G_FILE_TEST_EXISTS))
    return database;
  write_patients (ndjson, 0, N_PATIENTS);
  g_unlink (making);
  import (making, ndjson);
  g_assert_cmpint (g_rename (making, database), ==, 0);
  g_unlink (ndjson);
  return database;
}

static void
find (FhirClient *client, RcpClock *clock, const char *text, Bench *bench)
{
  GAsyncResult *kept = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GListModel) found = NULL;
  g_autoptr (GError) error = NULL;

  bench_start (bench);
  rcp_patient_finder_find_async (client, clock, text, 20, NULL, desk_keep_result_cb, &kept);
  result = desk_wait (&kept);
  found = rcp_patient_finder_find_finish (result, &error);
  bench_stop (bench);
  g_assert_no_error (error);
}

/* Each as its letters are typed, and each way in which a desk asks. */
static void
measure_typing (const char *database)
{
  static const char *const typed[]
      = { "garciaf maria", "lindqv", "zoe mull", "12/3/1978", "555 012 3456", "0012345", "o'brien" };
  const char *arguments[] = { "--database", database, NULL };
  PracticeFixture *practice = practice_fixture_new (arguments);
  FhirClient *client = practice_fixture_create_client (practice);
  g_autoptr (RcpClock) clock = rcp_clock_new_fixed (DESK_NOW);
  Bench bench;
  Bench warm_up;

  bench_init (&bench);
  bench_init (&warm_up);
  find (client, clock, "smitha", &warm_up);
  for (guint i = 0; i < G_N_ELEMENTS (typed); i++)
    for (glong length = 2; length <= g_utf8_strlen (typed[i], -1); length++)
      {
        g_autofree char *text = g_utf8_substring (typed[i], 0, length);

        find (client, clock, text, &bench);
      }
  bench_report ("type-ahead-first", bench_get (&warm_up, 0.5), "ms");
  bench_report ("type-ahead-p50", bench_get (&bench, 0.5), "ms");
  bench_report ("type-ahead-p95", bench_get (&bench, 0.95), "ms");
  bench_report ("type-ahead-max", bench_get (&bench, 1), "ms");
  bench_clear (&bench);
  bench_clear (&warm_up);
  g_object_unref (client);
  practice_fixture_free (practice);
}

int
main (int argc, char *argv[])
{
  const char *folder = argc > 1 ? argv[1] : ".";
  g_autofree char *database = NULL;

  g_mkdir_with_parents (folder, 0700);
  measure_import (folder);
  database = ensure_patients (folder);
  measure_typing (database);
  return 0;
}
