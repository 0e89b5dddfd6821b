/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "import-fixture.h"

#include <glib/gstdio.h>
#include <lzma.h>
#include <string.h>

void
import_fixture_set_up (ImportFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = NULL;

  fixture->folder = g_dir_make_tmp ("reception-import-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->input = g_build_filename (fixture->folder, "input", NULL);
  g_assert_cmpint (g_mkdir (fixture->input, 0700), ==, 0);
  path = g_build_filename (fixture->folder, "record.db", NULL);
  fixture->store = practice_store_open (path, PRACTICE_STORE_WRITER, &error);
  g_assert_no_error (error);
  fixture->options = (PracticeImportOptions){ .now = IMPORT_FIXTURE_NOW };
  practice_import_report_init (&fixture->report);
}

static void
remove_tree (const char *path)
{
  g_autoptr (GDir) dir = g_file_test (path, G_FILE_TEST_IS_SYMLINK) ? NULL : g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      remove_tree (child);
    }
  g_assert_cmpint (g_remove (path), ==, 0);
}

void
import_fixture_tear_down (ImportFixture *fixture, gconstpointer data)
{
  practice_import_report_clear (&fixture->report);
  practice_store_close (fixture->store);
  remove_tree (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->input);
}

void
import_fixture_write_bytes (ImportFixture *fixture, const char *name, const void *bytes, gssize length)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (fixture->input, name, NULL);

  g_file_set_contents (path, bytes, length, &error);
  g_assert_no_error (error);
}

void
import_fixture_write_text (ImportFixture *fixture, const char *name, const char *text)
{
  import_fixture_write_bytes (fixture, name, text, -1);
}

GBytes *
import_fixture_compress (const char *text)
{
  gsize bound = lzma_stream_buffer_bound (strlen (text));
  guint8 *packed = g_malloc (bound);
  size_t length = 0;

  g_assert_cmpint (
      lzma_easy_buffer_encode (3, LZMA_CHECK_CRC64, NULL, (const guint8 *)text, strlen (text), packed, &length, bound),
      ==, LZMA_OK);
  return g_bytes_new_take (packed, length);
}

/* Runs an import with a report of its own. */
void
import_fixture_run (ImportFixture *fixture, const char *path)
{
  const char *const paths[] = { path, NULL };
  g_autoptr (GError) error = NULL;

  practice_import_report_clear (&fixture->report);
  practice_import_report_init (&fixture->report);
  g_assert_true (practice_import_run (fixture->store, paths, &fixture->options, &fixture->report, NULL, &error));
  g_assert_no_error (error);
}

void
import_fixture_run_data (ImportFixture *fixture, const char *name)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "import", name, NULL);

  import_fixture_run (fixture, path);
}

void
import_fixture_run_input (ImportFixture *fixture)
{
  import_fixture_run (fixture, fixture->input);
}

void
import_fixture_assert_counts (ImportFixture *fixture, guint stored, guint unchanged, guint passed_over, guint failed)
{
  g_autofree char *text = practice_import_report_to_text (&fixture->report);

  g_test_message ("%s", text);
  g_assert_cmpuint (fixture->report.stored, ==, stored);
  g_assert_cmpuint (fixture->report.unchanged, ==, unchanged);
  g_assert_cmpuint (fixture->report.passed_over, ==, passed_over);
  g_assert_cmpuint (fixture->report.failed, ==, failed);
}

const PracticeImportProblem *
import_fixture_get_problem (ImportFixture *fixture, guint n)
{
  g_assert_cmpuint (n, <, fixture->report.problems->len);
  return g_ptr_array_index (fixture->report.problems, n);
}

void
import_fixture_assert_reason (ImportFixture *fixture, guint n, const char *part)
{
  const PracticeImportProblem *problem = import_fixture_get_problem (fixture, n);

  if (strstr (problem->reason, part) == NULL)
    g_test_message ("%s: %s", problem->file, problem->reason);
  g_assert_nonnull (strstr (problem->reason, part));
}

PracticeJson *
import_fixture_read_resource (ImportFixture *fixture, const char *type, const char *id)
{
  g_autoptr (PracticeVersion) version = practice_store_read (fixture->store, type, id);
  g_autoptr (PracticeOutcome) outcome = practice_outcome_new ();

  g_assert_nonnull (version);
  return practice_json_parse (version->content, version->length, outcome);
}

gint64
import_fixture_get_version (ImportFixture *fixture, const char *type, const char *id)
{
  g_autoptr (PracticeVersion) version = practice_store_read (fixture->store, type, id);

  return version != NULL ? version->version : 0;
}

const char *
import_fixture_get_reference (PracticeJson *resource, const char *member)
{
  PracticeJson *value = json_object_object_get (resource, member);

  if (json_object_is_type (value, json_type_array))
    value = json_object_array_get_idx (value, 0);
  return practice_json_get_string (value, "reference");
}

/* Many lines, so that the pieces which are read end within lines. */
char *
import_fixture_make_lines (guint n)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "{\"resourceType\":\"Patient\",\"id\":\"p%u\",\"name\":[{\"text\":\"%0*u\"}]}\n", i,
                            100 + (int)(i % 57), i);
  return g_string_free (text, FALSE);
}
