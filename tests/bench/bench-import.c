/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Filling a fresh record: the import of all of Synthea (115 MB), and the sample clinic. */
#include "bench.h"

#include <gio/gio.h>
#include <glib/gstdio.h>

#define SYNTHEA_MEGABYTES 115.1

static void
remove_record (const char *database)
{
  static const char *const suffixes[] = { "", "-wal", "-shm", ".lock" };

  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *path = g_strconcat (database, suffixes[i], NULL);

      g_unlink (path);
    }
}

/* Seconds that reception-practice takes for it, on a fresh record. */
static double
fill (const char *folder, const char *option, const char *value)
{
  g_autofree char *database = g_build_filename (folder, "fill.db", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process = NULL;
  gint64 start;
  double seconds;

  remove_record (database);
  start = g_get_monotonic_time ();
  process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_SILENCE, &error, g_getenv ("RECEPTION_PRACTICE"), "--database",
                              database, option, value, NULL);
  g_assert_no_error (error);
  g_subprocess_wait_check (process, NULL, &error);
  g_assert_no_error (error);
  seconds = (double)(g_get_monotonic_time () - start) / G_USEC_PER_SEC;
  remove_record (database);
  return seconds;
}

static void
measure_synthea (const char *folder)
{
  const char *shared = g_getenv ("RECEPTION_SHARED_DATA");
  g_autofree char *path = shared != NULL ? g_build_filename (shared, "fhir-synthea", NULL) : NULL;

  if (path == NULL || !g_file_test (path, G_FILE_TEST_IS_DIR))
    {
      g_print ("# import.synthea: skipped, RECEPTION_SHARED_DATA names no folder with fhir-synthea\n");
      return;
    }
  bench_report ("import.synthea", SYNTHEA_MEGABYTES / fill (folder, "--import", path), "MB/s");
}

int
main (int argc, char *argv[])
{
  const char *folder = argc > 1 ? argv[1] : ".";

  g_mkdir_with_parents (folder, 0700);
  measure_synthea (folder);
  bench_report ("sample-fill", fill (folder, "--sample", NULL), "s");
  return 0;
}
