/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-published"

/* What HL7 and Synthea publish must be taken, and come back as it was. */

#include "practice/practice-spec.h"

#include <lzma.h>
#include <string.h>

/* Parses and judges one published resource, which must be sound. */
static PracticeJson *
judge_published (const char *data, gsize length, const char *source)
{
  g_autoptr (PracticeOutcome) outcome = practice_outcome_new ();
  g_autoptr (PracticeJson) json = practice_json_parse (data, length, outcome);

  if (json != NULL)
    practice_spec_validate (json, NULL, outcome);
  if (practice_outcome_has_error (outcome))
    g_error ("%s: %s", source, practice_outcome_get_first_text (outcome));

  return g_steal_pointer (&json);
}

/* It must come back as it was, too. */
static void
check_published (const char *data, gsize length, const char *source)
{
  g_autoptr (PracticeOutcome) outcome = practice_outcome_new ();
  g_autoptr (PracticeJson) json = judge_published (data, length, source);
  g_autoptr (PracticeJson) again = NULL;
  g_autofree char *first = NULL, *second = NULL;
  gsize printed;

  first = practice_json_print (json, &printed);
  again = practice_json_parse (first, printed, outcome);
  second = practice_json_print (again, NULL);
  g_assert_cmpstr (first, ==, second);
}

static guint
check_folder (const char *path)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;
  guint count = 0;

  g_assert_nonnull (folder);
  while ((name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *inside = g_build_filename (path, name, NULL);
      g_autofree char *data = NULL;
      gsize length;

      if (g_file_test (inside, G_FILE_TEST_IS_DIR))
        count += check_folder (inside);
      else if (g_str_has_suffix (name, ".json") && g_file_get_contents (inside, &data, &length, NULL))
        {
          check_published (data, length, name);
          count++;
        }
    }

  return count;
}

static void
test_examples (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "fhir", NULL);

  g_assert_cmpuint (check_folder (path), >=, 12);
}

static char *
get_shared (const char *name)
{
  const char *folder = g_getenv ("RECEPTION_SHARED_DATA");
  g_autofree char *beside = g_test_build_filename (G_TEST_DIST, "..", "..", "shared", "data", NULL);
  char *path = g_build_filename (folder != NULL ? folder : beside, name, NULL);

  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    {
      g_test_skip_printf ("%s is not here", name);
      g_clear_pointer (&path, g_free);
    }

  return path;
}

static void
test_all_examples (void)
{
  g_autofree char *path = get_shared ("fhir-r4-examples");

  if (path != NULL)
    g_assert_cmpuint (check_folder (path), >=, 200);
}

static GByteArray *
read_xz (const char *path)
{
  g_autofree char *packed = NULL;
  lzma_stream stream = LZMA_STREAM_INIT;
  GByteArray *data = g_byte_array_new ();
  guint8 chunk[65536];
  lzma_ret result = LZMA_OK;
  gsize length;

  g_assert_true (g_file_get_contents (path, &packed, &length, NULL));
  g_assert_cmpint (lzma_stream_decoder (&stream, UINT64_MAX, 0), ==, LZMA_OK);
  stream.next_in = (const guint8 *) packed;
  stream.avail_in = length;
  while (result == LZMA_OK)
    {
      stream.next_out = chunk;
      stream.avail_out = sizeof chunk;
      result = lzma_code (&stream, LZMA_FINISH);
      g_byte_array_append (data, chunk, sizeof chunk - stream.avail_out);
    }
  g_assert_cmpint (result, ==, LZMA_STREAM_END);
  lzma_end (&stream);

  return data;
}

static guint
check_lines (const char *path)
{
  g_autoptr (GByteArray) data = read_xz (path);
  const char *line = (const char *) data->data;
  const char *end = line + data->len;
  guint count = 0;

  while (line < end)
    {
      const char *newline = memchr (line, '\n', end - line);
      gsize length = (newline != NULL ? newline : end) - line;

      if (length > 0)
        {
          practice_json_unref (judge_published (line, length, path));
          count++;
        }
      line += length + 1;
    }

  return count;
}

static void
test_synthea (void)
{
  g_autofree char *path = get_shared ("fhir-synthea/synthea-v2.4-2019-bundles.ndjson.xz");

  if (path != NULL)
    g_assert_cmpuint (check_lines (path), ==, 240);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/practice/published/examples", test_examples);
  g_test_add_func ("/practice/published/all-examples", test_all_examples);
  g_test_add_func ("/practice/published/synthea", test_synthea);
  return g_test_run ();
}
