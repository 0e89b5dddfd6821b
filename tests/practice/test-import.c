/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "practice/practice-import.h"

#include <glib/gstdio.h>
#include <lzma.h>
#include <string.h>
#include <unistd.h>

#define NOW G_GINT64_CONSTANT (1772445600000000)

typedef struct
{
  char *folder; /* of the database */
  char *input;  /* what is imported */
  PracticeStore *store;
  PracticeImportReport report;
  PracticeImportOptions options;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *path = NULL;

  fixture->folder = g_dir_make_tmp ("reception-import-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->input = g_build_filename (fixture->folder, "input", NULL);
  g_assert_cmpint (g_mkdir (fixture->input, 0700), ==, 0);
  path = g_build_filename (fixture->folder, "record.db", NULL);
  fixture->store = practice_store_open (path, PRACTICE_STORE_WRITER, &error);
  g_assert_no_error (error);
  fixture->options = (PracticeImportOptions) { .now = NOW };
  practice_import_report_init (&fixture->report);
}

static void
remove_tree (const char *path)
{
  g_autoptr(GDir) dir = g_file_test (path, G_FILE_TEST_IS_SYMLINK) ? NULL : g_dir_open (path, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      remove_tree (child);
    }
  g_assert_cmpint (g_remove (path), ==, 0);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  practice_import_report_clear (&fixture->report);
  practice_store_close (fixture->store);
  remove_tree (fixture->folder);
  g_free (fixture->folder);
  g_free (fixture->input);
}

static void
write_bytes (Fixture *fixture, const char *name, const void *bytes, gssize length)
{
  g_autoptr(GError) error = NULL;
  g_autofree char *path = g_build_filename (fixture->input, name, NULL);

  g_file_set_contents (path, bytes, length, &error);
  g_assert_no_error (error);
}

static void
write_text (Fixture *fixture, const char *name, const char *text)
{
  write_bytes (fixture, name, text, -1);
}

static GBytes *
compress (const char *text)
{
  gsize bound = lzma_stream_buffer_bound (strlen (text));
  guint8 *packed = g_malloc (bound);
  size_t length = 0;

  g_assert_cmpint (lzma_easy_buffer_encode (3, LZMA_CHECK_CRC64, NULL, (const guint8 *) text, strlen (text), packed,
                                            &length, bound), ==, LZMA_OK);
  return g_bytes_new_take (packed, length);
}

/* Runs an import with a report of its own. */
static void
import_path (Fixture *fixture, const char *path)
{
  const char *const paths[] = { path, NULL };
  g_autoptr(GError) error = NULL;

  practice_import_report_clear (&fixture->report);
  practice_import_report_init (&fixture->report);
  g_assert_true (practice_import_run (fixture->store, paths, &fixture->options, &fixture->report, NULL, &error));
  g_assert_no_error (error);
}

static void
import_data (Fixture *fixture, const char *name)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "import", name, NULL);

  import_path (fixture, path);
}

static void
import_input (Fixture *fixture)
{
  import_path (fixture, fixture->input);
}

static void
assert_counts (Fixture *fixture, guint stored, guint unchanged, guint passed_over, guint failed)
{
  g_autofree char *text = practice_import_report_to_text (&fixture->report);

  g_test_message ("%s", text);
  g_assert_cmpuint (fixture->report.stored, ==, stored);
  g_assert_cmpuint (fixture->report.unchanged, ==, unchanged);
  g_assert_cmpuint (fixture->report.passed_over, ==, passed_over);
  g_assert_cmpuint (fixture->report.failed, ==, failed);
}

static const PracticeImportProblem *
get_problem (Fixture *fixture, guint n)
{
  g_assert_cmpuint (n, <, fixture->report.problems->len);
  return g_ptr_array_index (fixture->report.problems, n);
}

static void
assert_reason (Fixture *fixture, guint n, const char *part)
{
  const PracticeImportProblem *problem = get_problem (fixture, n);

  if (strstr (problem->reason, part) == NULL)
    g_test_message ("%s: %s", problem->file, problem->reason);
  g_assert_nonnull (strstr (problem->reason, part));
}

static PracticeJson *
read_resource (Fixture *fixture, const char *type, const char *id)
{
  g_autoptr(PracticeVersion) version = practice_store_read (fixture->store, type, id);
  g_autoptr(PracticeOutcome) outcome = practice_outcome_new ();

  g_assert_nonnull (version);
  return practice_json_parse (version->content, version->length, outcome);
}

static gint64
get_version (Fixture *fixture, const char *type, const char *id)
{
  g_autoptr(PracticeVersion) version = practice_store_read (fixture->store, type, id);

  return version != NULL ? version->version : 0;
}

static const char *
get_reference (PracticeJson *resource, const char *member)
{
  PracticeJson *value = json_object_object_get (resource, member);

  if (json_object_is_type (value, json_type_array))
    value = json_object_array_get_idx (value, 0);
  return practice_json_get_string (value, "reference");
}

static void
test_resource (Fixture *fixture, gconstpointer data)
{
  g_autoptr(PracticeJson) patient = NULL;

  write_text (fixture, "patient.json", "{\"resourceType\":\"Patient\",\"id\":\"p\",\"meta\":{\"versionId\":\"7\"},"
                                       "\"active\":true}");
  import_input (fixture);
  assert_counts (fixture, 1, 0, 0, 0);
  patient = read_resource (fixture, "Patient", "p");
  g_assert_cmpstr (practice_json_get_string (practice_json_get_object (patient, "meta"), "versionId"), ==, "1");

  import_input (fixture);
  assert_counts (fixture, 0, 1, 0, 0);
  g_assert_cmpint (get_version (fixture, "Patient", "p"), ==, 1);
}

static void
test_changed_file (Fixture *fixture, gconstpointer data)
{
  write_text (fixture, "patient.json", "{\"resourceType\":\"Patient\",\"id\":\"p\",\"active\":true}");
  import_input (fixture);
  write_text (fixture, "patient.json", "{\"resourceType\":\"Patient\",\"id\":\"p\",\"active\":false}");
  import_input (fixture);

  assert_counts (fixture, 1, 0, 0, 0);
  g_assert_cmpint (get_version (fixture, "Patient", "p"), ==, 2);
}

static void
test_transaction (Fixture *fixture, gconstpointer data)
{
  g_autoptr(PracticeJson) patient = NULL;
  g_autoptr(PracticeJson) encounter = NULL;

  import_data (fixture, "roster.ndjson");
  import_data (fixture, "transaction.json");
  assert_counts (fixture, 4, 0, 1, 0);
  g_assert_cmpuint (get_problem (fixture, 0)->entry, ==, 5);

  patient = read_resource (fixture, "Patient", "0b6a3d0e-5f1c-4c39-9a53-0d1f6a3c1a01");
  encounter = read_resource (fixture, "Encounter", "put-me");
  g_assert_cmpstr (get_reference (patient, "managingOrganization"), ==,
                   "Organization/0b6a3d0e-5f1c-4c39-9a53-0d1f6a3c1a02");
  g_assert_cmpstr (get_reference (patient, "generalPractitioner"), ==, "Practitioner/one");
  g_assert_cmpstr (get_reference (encounter, "subject"), ==, "Patient/0b6a3d0e-5f1c-4c39-9a53-0d1f6a3c1a01");

  import_data (fixture, "transaction.json");
  assert_counts (fixture, 0, 4, 1, 0);
  g_assert_cmpint (practice_store_count (fixture->store, "Observation"), ==, 1);
}

/* Who is not in the record cannot be referred to yet: the condition stays as it was written. */
static void
test_unanswered_condition (Fixture *fixture, gconstpointer data)
{
  g_autoptr(PracticeJson) patient = NULL;

  import_data (fixture, "transaction.json");
  patient = read_resource (fixture, "Patient", "0b6a3d0e-5f1c-4c39-9a53-0d1f6a3c1a01");
  g_assert_cmpstr (get_reference (patient, "generalPractitioner"), ==,
                   "Practitioner?identifier=http://hl7.org/fhir/sid/us-npi|9990000001");
}

static void
test_create_if_none_exists (Fixture *fixture, gconstpointer data)
{
  g_autoptr(PracticeJson) patient = NULL;

  write_text (fixture, "hospital.json", "{\"resourceType\":\"Organization\",\"id\":\"here-already\",\"identifier\":"
                                        "[{\"system\":\"urn:example:orgs\",\"value\":\"42\"}],\"name\":\"Ours\"}");
  import_input (fixture);
  import_data (fixture, "transaction.json");

  g_assert_cmpint (practice_store_count (fixture->store, "Organization"), ==, 1);
  g_assert_cmpint (get_version (fixture, "Organization", "here-already"), ==, 1);
  patient = read_resource (fixture, "Patient", "0b6a3d0e-5f1c-4c39-9a53-0d1f6a3c1a01");
  g_assert_cmpstr (get_reference (patient, "managingOrganization"), ==, "Organization/here-already");
}

static void
test_number_text_is_kept (Fixture *fixture, gconstpointer data)
{
  g_autoptr(GPtrArray) versions = NULL;
  gint64 next;

  import_data (fixture, "transaction.json");
  versions = practice_store_history (fixture->store, "Observation", NULL, 0, 0, 10, &next);
  g_assert_cmpuint (versions->len, ==, 1);
  g_assert_nonnull (strstr (((PracticeVersion *) g_ptr_array_index (versions, 0))->content, "70.10"));
}

static void
test_document_is_one_thing (Fixture *fixture, gconstpointer data)
{
  import_data (fixture, "document.json");
  assert_counts (fixture, 1, 0, 0, 0);
  g_assert_cmpint (practice_store_count (fixture->store, "Bundle"), ==, 1);
  g_assert_cmpint (practice_store_count (fixture->store, "Composition"), ==, 0);
}

static void
test_searchset (Fixture *fixture, gconstpointer data)
{
  g_autoptr(PracticeJson) slot = NULL;

  write_text (fixture, "search.json",
              "{\"resourceType\":\"Bundle\",\"type\":\"searchset\",\"entry\":["
              "{\"fullUrl\":\"http://example.org/fhir/Slot/s\",\"resource\":{\"resourceType\":\"Slot\",\"id\":\"s\","
              "\"schedule\":{\"reference\":\"http://example.org/fhir/Schedule/c\"},\"status\":\"free\","
              "\"start\":\"2026-03-01T10:00:00Z\",\"end\":\"2026-03-01T10:15:00Z\"},\"search\":{\"mode\":\"match\"}},"
              "{\"fullUrl\":\"http://example.org/fhir/Schedule/c\",\"resource\":{\"resourceType\":\"Schedule\","
              "\"id\":\"c\",\"actor\":[{\"display\":\"Dr. Nobody\"}]},\"search\":{\"mode\":\"include\"}},"
              "{\"resource\":{\"resourceType\":\"OperationOutcome\",\"issue\":[{\"severity\":\"warning\","
              "\"code\":\"not-found\"}]},\"search\":{\"mode\":\"outcome\"}}]}");
  import_input (fixture);
  assert_counts (fixture, 2, 0, 1, 0);
  slot = read_resource (fixture, "Slot", "s");
  g_assert_cmpstr (get_reference (slot, "schedule"), ==, "Schedule/c");
}

static void
test_lines (Fixture *fixture, gconstpointer data)
{
  import_data (fixture, "roster.ndjson");
  assert_counts (fixture, 3, 0, 0, 2);
  g_assert_cmpuint (get_problem (fixture, 0)->line, ==, 4);
  g_assert_cmpuint (get_problem (fixture, 1)->line, ==, 5);
  g_assert_true (get_problem (fixture, 1)->failed);
  /* What is reported must not show what the resource says. */
  g_assert_null (strstr (get_problem (fixture, 0)->reason, "Cut off"));

  import_data (fixture, "roster.ndjson");
  assert_counts (fixture, 0, 3, 0, 2);
}

/* Many lines, so that the pieces which are read end within lines. */
static char *
make_lines (guint n)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < n; i++)
    g_string_append_printf (text, "{\"resourceType\":\"Patient\",\"id\":\"p%u\",\"name\":[{\"text\":\"%0*u\"}]}\n", i,
                            100 + (int) (i % 57), i);
  return g_string_free (text, FALSE);
}

static void
test_compressed (Fixture *fixture, gconstpointer data)
{
  g_autofree char *text = make_lines (5000);
  g_autoptr(GBytes) packed = compress (text);

  write_bytes (fixture, "patients.ndjson.xz", g_bytes_get_data (packed, NULL), g_bytes_get_size (packed));
  import_input (fixture);
  assert_counts (fixture, 5000, 0, 0, 0);
  g_assert_cmpuint (fixture->report.bytes, ==, strlen (text));

  write_text (fixture, "patients.ndjson", text);
  import_input (fixture);
  assert_counts (fixture, 0, 10000, 0, 0);
}

static void
test_truncated_compressed (Fixture *fixture, gconstpointer data)
{
  g_autofree char *text = make_lines (3000);
  g_autoptr(GBytes) packed = compress (text);

  write_bytes (fixture, "patients.ndjson.xz", g_bytes_get_data (packed, NULL), g_bytes_get_size (packed) * 2 / 3);
  import_input (fixture);
  g_assert_cmpuint (fixture->report.failed, ==, 1);
  assert_reason (fixture, 0, "cut off");
  g_assert_cmpuint (fixture->report.stored, >, 100);
  g_assert_cmpuint (fixture->report.stored, <, 3000);

  write_bytes (fixture, "patients.ndjson.xz", g_bytes_get_data (packed, NULL), g_bytes_get_size (packed));
  import_input (fixture);
  g_assert_cmpuint (fixture->report.failed, ==, 0);
  g_assert_cmpint (practice_store_count (fixture->store, "Patient"), ==, 3000);
}

static void
test_damaged_compressed (Fixture *fixture, gconstpointer data)
{
  g_autofree char *text = make_lines (100);
  g_autoptr(GBytes) packed = compress (text);
  g_autofree guint8 *bytes = g_memdup2 (g_bytes_get_data (packed, NULL), g_bytes_get_size (packed));

  memset (bytes + g_bytes_get_size (packed) / 2, 0xa5, 16);
  write_bytes (fixture, "patients.ndjson.xz", bytes, g_bytes_get_size (packed));
  import_input (fixture);
  /* Lines out of the damaged place may be reported as well, before the decoder knows. */
  g_assert_cmpuint (fixture->report.failed, >=, 1);
  assert_reason (fixture, fixture->report.problems->len - 1, "damaged");
}

/* A name does not make a compressed file. */
static void
test_compressed_by_name_only (Fixture *fixture, gconstpointer data)
{
  write_text (fixture, "patient.json.xz", "{\"resourceType\":\"Patient\",\"id\":\"p\"}");
  import_input (fixture);
  assert_counts (fixture, 1, 0, 0, 0);
}

typedef struct
{
  const char *content;
  gssize length;
  const char *reason;
} BadFile;

static void
test_bad_documents (Fixture *fixture, gconstpointer data)
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

      write_bytes (fixture, name, files[i].content, files[i].length);
    }
  import_input (fixture);
  assert_counts (fixture, 0, 0, 0, G_N_ELEMENTS (files));
  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    assert_reason (fixture, i, files[i].reason);
  g_assert_cmpint (practice_store_count (fixture->store, NULL), ==, 0);
}

static void
test_bad_entries (Fixture *fixture, gconstpointer data)
{
  write_text (fixture, "bundle.json",
              "{\"resourceType\":\"Bundle\",\"type\":\"collection\",\"entry\":["
              "7,"
              "{\"fullUrl\":\"urn:uuid:1\"},"
              "{\"resource\":{\"resourceType\":\"Patient\",\"id\":\"good\"}},"
              "{\"resource\":{\"resourceType\":\"Patient\",\"id\":\"bad\",\"birthDate\":5}},"
              "{\"resource\":{\"resourceType\":\"Patient\"}}]}");
  import_input (fixture);
  assert_counts (fixture, 2, 0, 2, 1);
  g_assert_cmpuint (get_problem (fixture, 2)->entry, ==, 4);

  /* The one without id got one that is the same each time. */
  import_input (fixture);
  assert_counts (fixture, 0, 2, 2, 1);
}

static void
test_long_line (Fixture *fixture, gconstpointer data)
{
  g_autoptr(GString) text = g_string_new ("{\"resourceType\":\"Patient\",\"id\":\"first\"}\n");

  for (guint i = 0; i < 3 * 1024 * 1024; i++)
    g_string_append_c (text, 'x');
  g_string_append (text, "\n{\"resourceType\":\"Patient\",\"id\":\"last\"}");
  write_text (fixture, "patients.ndjson", text->str);
  fixture->options.max_line = 1024 * 1024;
  import_input (fixture);
  assert_counts (fixture, 2, 0, 0, 1);
  g_assert_cmpuint (get_problem (fixture, 0)->line, ==, 2);
  assert_reason (fixture, 0, "longer than");
}

static void
test_long_document (Fixture *fixture, gconstpointer data)
{
  g_autofree char *text = make_lines (5000);

  write_text (fixture, "patients.json", text);
  fixture->options.max_document = 100000;
  import_input (fixture);
  assert_counts (fixture, 0, 0, 0, 1);
  assert_reason (fixture, 0, "longer than");
}

static void
test_byte_order_mark (Fixture *fixture, gconstpointer data)
{
  write_text (fixture, "patient.json", "\xef\xbb\xbf{\"resourceType\":\"Patient\",\"id\":\"p\"}");
  import_input (fixture);
  assert_counts (fixture, 1, 0, 0, 0);
}

static void
test_windows_lines (Fixture *fixture, gconstpointer data)
{
  write_text (fixture, "patients.ndjson", "{\"resourceType\":\"Patient\",\"id\":\"p\"}\r\n\r\n"
                                          "{\"resourceType\":\"Patient\",\"id\":\"q\"}\r\n");
  import_input (fixture);
  assert_counts (fixture, 2, 0, 0, 0);
}

static void
test_folders (Fixture *fixture, gconstpointer data)
{
  g_autofree char *inner = g_build_filename (fixture->input, "inner", NULL);
  g_autofree char *loop = g_build_filename (inner, "loop", NULL);
  g_autofree char *device = g_build_filename (fixture->input, "zero.json", NULL);
  g_autofree char *dangling = g_build_filename (fixture->input, "dangling.json", NULL);

  g_assert_cmpint (g_mkdir (inner, 0700), ==, 0);
  g_assert_cmpint (symlink ("..", loop), ==, 0);
  g_assert_cmpint (symlink ("/dev/zero", device), ==, 0);
  g_assert_cmpint (symlink ("nowhere", dangling), ==, 0);
  write_text (fixture, "inner/patient.json", "{\"resourceType\":\"Patient\",\"id\":\"p\"}");
  write_text (fixture, "README.txt", "hello");
  write_text (fixture, ".hidden.json", "no JSON");
  import_input (fixture);
  assert_counts (fixture, 1, 0, 3, 1);
}

static void
test_missing_path (Fixture *fixture, gconstpointer data)
{
  import_path (fixture, "/nonexistent/patients.ndjson");
  assert_counts (fixture, 0, 0, 0, 1);
}

/* Synthea's patients refer to hospitals and practitioners by identifier, whatever their files are called. */
static void
test_hospitals_come_first (Fixture *fixture, gconstpointer data)
{
  g_autoptr(PracticeJson) patient = NULL;

  write_text (fixture, "Aaron.json",
              "{\"resourceType\":\"Bundle\",\"type\":\"transaction\",\"entry\":[{\"fullUrl\":"
              "\"urn:uuid:0b6a3d0e-5f1c-4c39-9a53-0d1f6a3c1a09\",\"request\":{\"method\":\"POST\",\"url\":\"Patient\"},"
              "\"resource\":{\"resourceType\":\"Patient\",\"managingOrganization\":{\"reference\":"
              "\"Organization?identifier=urn:example:orgs|42\"}}}]}");
  write_text (fixture, "hospitalInformation.json",
              "{\"resourceType\":\"Organization\",\"id\":\"h\",\"name\":\"Harbour Hospital\",\"identifier\":"
              "[{\"system\":\"urn:example:orgs\",\"value\":\"42\"}]}");
  import_input (fixture);
  patient = read_resource (fixture, "Patient", "0b6a3d0e-5f1c-4c39-9a53-0d1f6a3c1a09");
  g_assert_cmpstr (get_reference (patient, "managingOrganization"), ==, "Organization/h");
}

static void
test_desk_has_the_last_word (Fixture *fixture, gconstpointer data)
{
  g_autoptr(GError) error = NULL;
  g_autoptr(PracticeJson) edited = NULL;
  g_autoptr(PracticeVersion) version = NULL;
  g_autoptr(PracticeVersion) deleted = NULL;

  import_data (fixture, "roster.ndjson");
  edited = read_resource (fixture, "Practitioner", "one");
  json_object_object_add (edited, "active", json_object_new_boolean (FALSE));
  g_assert_true (practice_store_begin (fixture->store, &error));
  version = practice_store_write (fixture->store, edited, NOW, &error);
  g_assert_no_error (error);
  g_assert_true (practice_store_delete (fixture->store, "Practitioner", "two", NOW, &error));
  g_assert_true (practice_store_commit (fixture->store, &error));

  import_data (fixture, "roster.ndjson");
  assert_counts (fixture, 0, 3, 0, 2);
  g_assert_cmpint (get_version (fixture, "Practitioner", "one"), ==, 2);
  deleted = practice_store_read (fixture->store, "Practitioner", "two");
  g_assert_null (deleted->content);
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
test_progress (Fixture *fixture, gconstpointer data)
{
  g_autofree char *text = make_lines (10000);
  Progress progress = { 0, };

  write_text (fixture, "patients.ndjson", text);
  fixture->options.progress = on_progress_cb;
  fixture->options.user_data = &progress;
  import_input (fixture);
  g_assert_cmpuint (progress.calls, >, 2);
  g_assert_cmpuint (progress.last, ==, 100);
}

static void
test_stop_and_repeat (Fixture *fixture, gconstpointer data)
{
  g_autofree char *text = make_lines (10000);
  g_autoptr(GCancellable) cancellable = g_cancellable_new ();
  g_autoptr(GError) error = NULL;
  Progress progress = { .cancellable = cancellable };
  const char *const paths[] = { fixture->input, NULL };
  gint64 kept;

  write_text (fixture, "patients.ndjson", text);
  fixture->options.progress = on_progress_cb;
  fixture->options.user_data = &progress;
  g_assert_false (practice_import_run (fixture->store, paths, &fixture->options, &fixture->report, cancellable,
                                       &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  kept = practice_store_count (fixture->store, NULL);
  g_assert_cmpint (kept, >, 0);
  g_assert_cmpint (kept, <, 10000);
  g_assert_cmpint (kept, ==, fixture->report.stored);

  fixture->options.progress = NULL;
  import_input (fixture);
  g_assert_cmpuint (fixture->report.stored, ==, 10000 - kept);
  g_assert_cmpuint (fixture->report.unchanged, ==, kept);
}

static void
test_many_problems (Fixture *fixture, gconstpointer data)
{
  g_autoptr(GString) text = g_string_new (NULL);
  g_autofree char *report = NULL;

  for (guint i = 0; i < PRACTICE_IMPORT_MAX_PROBLEMS + 7; i++)
    g_string_append (text, "{}\n");
  write_text (fixture, "bad.ndjson", text->str);
  import_input (fixture);
  g_assert_cmpuint (fixture->report.failed, ==, PRACTICE_IMPORT_MAX_PROBLEMS + 7);
  g_assert_cmpuint (fixture->report.problems->len, ==, PRACTICE_IMPORT_MAX_PROBLEMS);
  report = practice_import_report_to_text (&fixture->report);
  g_assert_nonnull (strstr (report, "bad.ndjson:1: could not be taken"));
  g_assert_nonnull (strstr (report, "and 7 more"));
}

static void
test_command_line (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "import", "roster.ndjson", NULL);
  const char *const paths[] = { path, NULL };

  if (g_test_subprocess ())
    {
      g_assert_true (practice_import_from_command_line (fixture->store, paths, NOW, NULL));
      return;
    }

  g_test_trap_subprocess (NULL, 0, 0);
  g_test_trap_assert_passed ();
  g_test_trap_assert_stdout ("*importing roster.ndjson 100 %*roster.ndjson:5*3 stored*2 failed*");
}

static char *
find_shared_data (const char *name)
{
  const char *shared = g_getenv ("RECEPTION_SHARED_DATA");
  g_autofree char *path = shared != NULL ? g_build_filename (shared, name, NULL)
                                         : g_test_build_filename (G_TEST_DIST, "..", "..", "shared", "data", name, NULL);

  return g_file_test (path, G_FILE_TEST_IS_DIR) ? g_steal_pointer (&path) : NULL;
}

static void
test_hl7_examples (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = find_shared_data ("fhir-r4-examples");

  if (path == NULL)
    {
      g_test_skip ("HL7's examples (fhir-r4-examples) are not here");
      return;
    }

  import_path (fixture, path);
  assert_counts (fixture, 611, 17, 14, 0);
  g_assert_cmpuint (fixture->report.files, ==, 293);
  g_assert_cmpint (practice_store_count (fixture->store, NULL), ==, 593);
  import_path (fixture, path);
  assert_counts (fixture, 0, 628, 14, 0);
}

static void
test_synthea_roster (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = find_shared_data ("fhir-synthea/synthea-2025-1000-roster");

  if (path == NULL)
    {
      g_test_skip ("Synthea's roster (fhir-synthea) is not here");
      return;
    }

  import_path (fixture, path);
  g_assert_cmpuint (fixture->report.failed, ==, 0);
  g_assert_cmpint (practice_store_count (fixture->store, "Patient"), ==, 1131);
  g_assert_cmpint (practice_store_count (fixture->store, "PractitionerRole"), ==, 835);
  g_assert_cmpint (practice_store_count (fixture->store, "Location"), ==, 836);
}

/* All of it is 115 MB: only where slow tests are wanted ("-m slow"). */
static void
test_synthea (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = find_shared_data ("fhir-synthea");
  gint64 start = g_get_monotonic_time ();
  double seconds;

  if (path == NULL || !g_test_slow ())
    {
      g_test_skip (path == NULL ? "Synthea's patients (fhir-synthea) are not here" : "a slow test");
      return;
    }

  import_path (fixture, path);
  seconds = (g_get_monotonic_time () - start) / 1e6;
  g_test_message ("%.1f MB/s", fixture->report.bytes / 1e6 / seconds);
  assert_counts (fixture, 77404, 582, 0, 0);
  g_assert_cmpint (practice_store_count (fixture->store, NULL), ==, 77234);
  g_assert_cmpint (practice_store_count (fixture->store, "Encounter"), ==, 6766);
  g_assert_cmpint (practice_store_count (fixture->store, "Patient"), ==, 240 + 1131);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, function) g_test_add ("/practice/import/" name, Fixture, NULL, set_up, function, tear_down)
  ADD ("resource", test_resource);
  ADD ("changed-file", test_changed_file);
  ADD ("transaction", test_transaction);
  ADD ("unanswered-condition", test_unanswered_condition);
  ADD ("create-if-none-exists", test_create_if_none_exists);
  ADD ("number-text-is-kept", test_number_text_is_kept);
  ADD ("document-is-one-thing", test_document_is_one_thing);
  ADD ("searchset", test_searchset);
  ADD ("lines", test_lines);
  ADD ("compressed", test_compressed);
  ADD ("truncated-compressed", test_truncated_compressed);
  ADD ("damaged-compressed", test_damaged_compressed);
  ADD ("compressed-by-name-only", test_compressed_by_name_only);
  ADD ("bad-documents", test_bad_documents);
  ADD ("bad-entries", test_bad_entries);
  ADD ("long-line", test_long_line);
  ADD ("long-document", test_long_document);
  ADD ("byte-order-mark", test_byte_order_mark);
  ADD ("windows-lines", test_windows_lines);
  ADD ("folders", test_folders);
  ADD ("missing-path", test_missing_path);
  ADD ("hospitals-come-first", test_hospitals_come_first);
  ADD ("desk-has-the-last-word", test_desk_has_the_last_word);
  ADD ("progress", test_progress);
  ADD ("stop-and-repeat", test_stop_and_repeat);
  ADD ("many-problems", test_many_problems);
  ADD ("command-line", test_command_line);
  ADD ("hl7-examples", test_hl7_examples);
  ADD ("synthea-roster", test_synthea_roster);
  ADD ("synthea", test_synthea);
#undef ADD

  return g_test_run ();
}
