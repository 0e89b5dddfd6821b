/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import-fixture.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

static void
test_compressed (ImportFixture *fixture, gconstpointer data)
{
  g_autofree char *text = import_fixture_make_lines (5000);
  g_autoptr (GBytes) packed = import_fixture_compress (text);

  import_fixture_write_bytes (fixture, "patients.ndjson.xz", g_bytes_get_data (packed, NULL),
                              g_bytes_get_size (packed));
  import_fixture_run_input (fixture);
  import_fixture_assert_counts (fixture, 5000, 0, 0, 0);
  g_assert_cmpuint (fixture->report.bytes, ==, strlen (text));

  import_fixture_write_text (fixture, "patients.ndjson", text);
  import_fixture_run_input (fixture);
  import_fixture_assert_counts (fixture, 0, 10000, 0, 0);
}

static void
test_truncated_compressed (ImportFixture *fixture, gconstpointer data)
{
  g_autofree char *text = import_fixture_make_lines (3000);
  g_autoptr (GBytes) packed = import_fixture_compress (text);

  import_fixture_write_bytes (fixture, "patients.ndjson.xz", g_bytes_get_data (packed, NULL),
                              g_bytes_get_size (packed) * 2 / 3);
  import_fixture_run_input (fixture);
  g_assert_cmpuint (fixture->report.failed, ==, 1);
  import_fixture_assert_reason (fixture, 0, "cut off");
  g_assert_cmpuint (fixture->report.stored, >, 100);
  g_assert_cmpuint (fixture->report.stored, <, 3000);

  import_fixture_write_bytes (fixture, "patients.ndjson.xz", g_bytes_get_data (packed, NULL),
                              g_bytes_get_size (packed));
  import_fixture_run_input (fixture);
  g_assert_cmpuint (fixture->report.failed, ==, 0);
  g_assert_cmpint (practice_store_count (fixture->store, "Patient"), ==, 3000);
}

static void
test_damaged_compressed (ImportFixture *fixture, gconstpointer data)
{
  g_autofree char *text = import_fixture_make_lines (100);
  g_autoptr (GBytes) packed = import_fixture_compress (text);
  g_autofree guint8 *bytes = g_memdup2 (g_bytes_get_data (packed, NULL), g_bytes_get_size (packed));

  memset (bytes + g_bytes_get_size (packed) / 2, 0xa5, 16);
  import_fixture_write_bytes (fixture, "patients.ndjson.xz", bytes, g_bytes_get_size (packed));
  import_fixture_run_input (fixture);
  /* Lines out of the damaged place may be reported as well, before the decoder knows. */
  g_assert_cmpuint (fixture->report.failed, >=, 1);
  import_fixture_assert_reason (fixture, fixture->report.problems->len - 1, "damaged");
}

/* A name does not make a compressed file. */
static void
test_compressed_by_name_only (ImportFixture *fixture, gconstpointer data)
{
  import_fixture_write_text (fixture, "patient.json.xz", "{\"resourceType\":\"Patient\",\"id\":\"p\"}");
  import_fixture_run_input (fixture);
  import_fixture_assert_counts (fixture, 1, 0, 0, 0);
}

typedef struct
{
  const char *content;
  gssize length;
  const char *reason;
} BadFile;

static void
test_bad_documents (ImportFixture *fixture, gconstpointer data)
{
  static const BadFile files[] = {
    { "", 0, "empty" },
    { " \n\t ", -1, "empty" },
    { "{\"resourceType\":\"Patient\",", -1, "" },
    { "{\"resourceType\":\"Patient\",\"id\":\"\xff\xfe\"}", -1, "UTF-8" },
    { "[1,2]", -1, "no JSON object" },
    { "{\"hello\":\"world\"}", -1, "no FHIR resource" },
    { "{\"resourceType\":\"Spaceship\",\"id\":\"a\"}", -1, "unknown resourceType" },
    { "{\"resourceType\":\"Patient\",\"id\":\"no id!\"}", -1, "id" },
    { "{\"resourceType\":\"Patient\",\"id\":12}", -1, "id" },
    { "{\"resourceType\":\"Patient\",\"id\":\"a\",\"birthDate\":\"tomorrow\"}", -1, "" },
    { "{\"resourceType\":\"Patient\",\"id\":\"a\",\"id\":\"b\"}", -1, "" },
    { "\0\0\0\0", 4, "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    {
      g_autofree char *name = g_strdup_printf ("bad-%02u.json", i);

      import_fixture_write_bytes (fixture, name, files[i].content, files[i].length);
    }
  import_fixture_run_input (fixture);
  import_fixture_assert_counts (fixture, 0, 0, 0, G_N_ELEMENTS (files));
  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    import_fixture_assert_reason (fixture, i, files[i].reason);
  g_assert_cmpint (practice_store_count (fixture->store, NULL), ==, 0);
}

static void
test_long_line (ImportFixture *fixture, gconstpointer data)
{
  g_autoptr (GString) text = g_string_new ("{\"resourceType\":\"Patient\",\"id\":\"first\"}\n");

  for (guint i = 0; i < 3 * 1024 * 1024; i++)
    g_string_append_c (text, 'x');
  g_string_append (text, "\n{\"resourceType\":\"Patient\",\"id\":\"last\"}");
  import_fixture_write_text (fixture, "patients.ndjson", text->str);
  fixture->options.max_line = 1024 * 1024;
  import_fixture_run_input (fixture);
  import_fixture_assert_counts (fixture, 2, 0, 0, 1);
  g_assert_cmpuint (import_fixture_get_problem (fixture, 0)->line, ==, 2);
  import_fixture_assert_reason (fixture, 0, "longer than");
}

static void
test_long_document (ImportFixture *fixture, gconstpointer data)
{
  g_autofree char *text = import_fixture_make_lines (5000);

  import_fixture_write_text (fixture, "patients.json", text);
  fixture->options.max_document = 100000;
  import_fixture_run_input (fixture);
  import_fixture_assert_counts (fixture, 0, 0, 0, 1);
  import_fixture_assert_reason (fixture, 0, "longer than");
}

static void
test_byte_order_mark (ImportFixture *fixture, gconstpointer data)
{
  import_fixture_write_text (fixture, "patient.json", "\xef\xbb\xbf{\"resourceType\":\"Patient\",\"id\":\"p\"}");
  import_fixture_run_input (fixture);
  import_fixture_assert_counts (fixture, 1, 0, 0, 0);
}

static void
test_windows_lines (ImportFixture *fixture, gconstpointer data)
{
  import_fixture_write_text (fixture, "patients.ndjson",
                             "{\"resourceType\":\"Patient\",\"id\":\"p\"}\r\n\r\n"
                             "{\"resourceType\":\"Patient\",\"id\":\"q\"}\r\n");
  import_fixture_run_input (fixture);
  import_fixture_assert_counts (fixture, 2, 0, 0, 0);
}

static void
test_folders (ImportFixture *fixture, gconstpointer data)
{
  g_autofree char *inner = g_build_filename (fixture->input, "inner", NULL);
  g_autofree char *loop = g_build_filename (inner, "loop", NULL);
  g_autofree char *device = g_build_filename (fixture->input, "zero.json", NULL);
  g_autofree char *dangling = g_build_filename (fixture->input, "dangling.json", NULL);

  g_assert_cmpint (g_mkdir (inner, 0700), ==, 0);
  g_assert_cmpint (symlink ("..", loop), ==, 0);
  g_assert_cmpint (symlink ("/dev/zero", device), ==, 0);
  g_assert_cmpint (symlink ("nowhere", dangling), ==, 0);
  import_fixture_write_text (fixture, "inner/patient.json", "{\"resourceType\":\"Patient\",\"id\":\"p\"}");
  import_fixture_write_text (fixture, "README.txt", "hello");
  import_fixture_write_text (fixture, ".hidden.json", "no JSON");
  import_fixture_run_input (fixture);
  import_fixture_assert_counts (fixture, 1, 0, 3, 1);
}

static void
test_missing_path (ImportFixture *fixture, gconstpointer data)
{
  import_fixture_run (fixture, "/nonexistent/patients.ndjson");
  import_fixture_assert_counts (fixture, 0, 0, 0, 1);
}

typedef struct
{
  GCancellable *cancellable;
  guint calls;
  guint last;
} Progress;

static void
on_progress_cb (const char *file, guint percent, gpointer user_data)
{
  Progress *progress = user_data;

  g_assert_cmpuint (percent, >=, progress->last);
  g_assert_cmpuint (percent, <=, 100);
  progress->last = percent;
  progress->calls++;
  if (progress->cancellable != NULL)
    g_cancellable_cancel (progress->cancellable);
}

static void
test_progress (ImportFixture *fixture, gconstpointer data)
{
  g_autofree char *text = import_fixture_make_lines (10000);
  Progress progress = {
    0,
  };

  import_fixture_write_text (fixture, "patients.ndjson", text);
  fixture->options.progress = on_progress_cb;
  fixture->options.user_data = &progress;
  import_fixture_run_input (fixture);
  g_assert_cmpuint (progress.calls, >, 2);
  g_assert_cmpuint (progress.last, ==, 100);
}

static void
test_stop_and_repeat (ImportFixture *fixture, gconstpointer data)
{
  g_autofree char *text = import_fixture_make_lines (10000);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  Progress progress = { .cancellable = cancellable };
  const char *const paths[] = { fixture->input, NULL };
  gint64 kept;

  import_fixture_write_text (fixture, "patients.ndjson", text);
  fixture->options.progress = on_progress_cb;
  fixture->options.user_data = &progress;
  g_assert_false (
      practice_import_run (fixture->store, paths, &fixture->options, &fixture->report, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  kept = practice_store_count (fixture->store, NULL);
  g_assert_cmpint (kept, >, 0);
  g_assert_cmpint (kept, <, 10000);
  g_assert_cmpint (kept, ==, fixture->report.stored);

  fixture->options.progress = NULL;
  import_fixture_run_input (fixture);
  g_assert_cmpuint (fixture->report.stored, ==, 10000 - kept);
  g_assert_cmpuint (fixture->report.unchanged, ==, kept);
}

static void
test_many_problems (ImportFixture *fixture, gconstpointer data)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *report = NULL;

  for (guint i = 0; i < PRACTICE_IMPORT_MAX_PROBLEMS + 7; i++)
    g_string_append (text, "{}\n");
  import_fixture_write_text (fixture, "bad.ndjson", text->str);
  import_fixture_run_input (fixture);
  g_assert_cmpuint (fixture->report.failed, ==, PRACTICE_IMPORT_MAX_PROBLEMS + 7);
  g_assert_cmpuint (fixture->report.problems->len, ==, PRACTICE_IMPORT_MAX_PROBLEMS);
  report = practice_import_report_to_text (&fixture->report);
  g_assert_nonnull (strstr (report, "bad.ndjson:1: could not be taken"));
  g_assert_nonnull (strstr (report, "and 7 more"));
}

static void
test_command_line (ImportFixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "import", "roster.ndjson", NULL);
  const char *const paths[] = { path, NULL };

  if (g_test_subprocess ())
    {
      g_assert_true (practice_import_from_command_line (fixture->store, paths, IMPORT_FIXTURE_NOW, NULL));
      return;
    }

  g_test_trap_subprocess (NULL, 0, 0);
  g_test_trap_assert_passed ();
  g_test_trap_assert_stdout ("*importing roster.ndjson 100 %*roster.ndjson:5*3 stored*2 failed*");
}

/* A disk that is full: the import fails as a whole, and what is there opens and is whole. */
static void
test_full_disk (ImportFixture *fixture, gconstpointer data)
{
  const char *const paths[] = { fixture->input, NULL };
  g_autofree char *text = import_fixture_make_lines (20000);
  g_autoptr(GError) error = NULL;
  struct rlimit limit = { 4000000, 4000000 };

  if (!g_test_subprocess ())
    {
      g_test_trap_subprocess (NULL, 0, 0);
      g_test_trap_assert_passed ();
      return;
    }

  import_fixture_write_text (fixture, "patients.ndjson", text);
  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  g_assert_false (practice_import_run (fixture->store, paths, &fixture->options, &fixture->report, NULL, &error));
  g_assert_error (error, PRACTICE_STORE_ERROR, PRACTICE_STORE_ERROR_FAILED);
  g_assert_cmpint (practice_store_count (fixture->store, NULL) % 10000, ==, 0);
}

/* Reads lines until one begins with @prefix. */
static void
wait_for_line (GDataInputStream *stream, const char *prefix)
{
  for (;;)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *line = g_data_input_stream_read_line (stream, NULL, NULL, &error);

      g_assert_no_error (error);
      g_assert_nonnull (line);
      if (g_str_has_prefix (line, prefix))
        return;
    }
}

static GSubprocess *
start_program (ImportFixture *fixture)
{
  g_autofree char *program = g_test_build_filename (G_TEST_BUILT, "..", "src", "practice", "reception-practice", NULL);
  g_autofree char *database = g_build_filename (fixture->folder, "program.db", NULL);
  g_autoptr (GError) error = NULL;
  GSubprocess *process;

  process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_SILENCE, &error, program,
                              "--database", database, "--import", fixture->input,
                              "/nonexistent/second-path.json", NULL);
  g_assert_no_error (error);
  return process;
}

/* The real program, stopped by the signal of Ctrl+C in the middle, and started again. */
static void
test_interrupted_program (ImportFixture *fixture, gconstpointer data)
{
  g_autofree char *text = import_fixture_make_lines (12000);
  g_autofree char *database = g_build_filename (fixture->folder, "program.db", NULL);
  g_autoptr (GSubprocess) stopped = NULL;
  g_autoptr (GSubprocess) repeated = NULL;
  g_autoptr (GDataInputStream) output = NULL;
  g_autoptr (PracticeStore) store = NULL;

  import_fixture_write_text (fixture, "patients.ndjson", text);
  stopped = start_program (fixture);
  output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (stopped));
  wait_for_line (output, "importing patients.ndjson");
  g_subprocess_send_signal (stopped, SIGINT);
  wait_for_line (output, "imported 1 files");
  g_assert_true (g_subprocess_wait (stopped, NULL, NULL));
  g_assert_true (g_subprocess_get_if_exited (stopped));
  g_assert_cmpint (g_subprocess_get_exit_status (stopped), ==, 1);

  store = practice_store_open (database, PRACTICE_STORE_WRITER, NULL);
  g_assert_cmpint (practice_store_count (store, NULL), <, 12000);
  g_clear_pointer (&store, practice_store_close);

  repeated = start_program (fixture);
  g_assert_true (g_subprocess_communicate (repeated, NULL, NULL, NULL, NULL, NULL));
  g_assert_true (g_subprocess_get_successful (repeated));
  store = practice_store_open (database, PRACTICE_STORE_WRITER, NULL);
  g_assert_cmpint (practice_store_count (store, NULL), ==, 12000);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  IMPORT_FIXTURE_ADD ("/practice/import-files/compressed", test_compressed);
  IMPORT_FIXTURE_ADD ("/practice/import-files/truncated-compressed", test_truncated_compressed);
  IMPORT_FIXTURE_ADD ("/practice/import-files/damaged-compressed", test_damaged_compressed);
  IMPORT_FIXTURE_ADD ("/practice/import-files/compressed-by-name-only", test_compressed_by_name_only);
  IMPORT_FIXTURE_ADD ("/practice/import-files/bad-documents", test_bad_documents);
  IMPORT_FIXTURE_ADD ("/practice/import-files/long-line", test_long_line);
  IMPORT_FIXTURE_ADD ("/practice/import-files/long-document", test_long_document);
  IMPORT_FIXTURE_ADD ("/practice/import-files/byte-order-mark", test_byte_order_mark);
  IMPORT_FIXTURE_ADD ("/practice/import-files/windows-lines", test_windows_lines);
  IMPORT_FIXTURE_ADD ("/practice/import-files/folders", test_folders);
  IMPORT_FIXTURE_ADD ("/practice/import-files/missing-path", test_missing_path);
  IMPORT_FIXTURE_ADD ("/practice/import-files/progress", test_progress);
  IMPORT_FIXTURE_ADD ("/practice/import-files/stop-and-repeat", test_stop_and_repeat);
  IMPORT_FIXTURE_ADD ("/practice/import-files/many-problems", test_many_problems);
  IMPORT_FIXTURE_ADD ("/practice/import-files/command-line", test_command_line);
  IMPORT_FIXTURE_ADD ("/practice/import-files/full-disk", test_full_disk);
  IMPORT_FIXTURE_ADD ("/practice/import-files/interrupted-program", test_interrupted_program);

  return g_test_run ();
}
