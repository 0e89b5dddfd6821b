/* SPDX-License-Identifier: GPL-3.0-or-later */
/* kill -9 in the middle of an import: the record opens, finds what it holds, and a second import completes it. */
#include "import-fixture.h"

#include "practice/practice-search.h"
#include "practice/practice-store-private.h"

#include <string.h>

/* Two commits of the import and some more. */
#define N_PATIENTS 24000

static void
write_patients (ImportFixture *fixture)
{
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < N_PATIENTS; i++)
    g_string_append_printf (text,
                            "{\"resourceType\":\"Patient\",\"id\":\"p%u\",\"identifier\":[{\"system\":\"urn:mrn\","
                            "\"value\":\"%u\"}],\"name\":[{\"family\":\"Killed\",\"given\":[\"Number%u\"]}],"
                            "\"birthDate\":\"19%02u-01-01\"}\n",
                            i, i, i % 500, i % 100);
  import_fixture_write_text (fixture, "patients.ndjson", text->str);
}

/* Imports @input into @database by the program; with @percent it is killed when it has come so far. */
static void
import (ImportFixture *fixture, const char *database, guint percent)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process
      = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, g_getenv ("RECEPTION_PRACTICE"), "--database", database,
                          "--import", fixture->input, NULL);
  g_autoptr (GDataInputStream) output = NULL;
  char *line;

  g_assert_no_error (error);
  output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (process));
  while ((line = g_data_input_stream_read_line (output, NULL, NULL, &error)) != NULL)
    {
      g_autofree char *owned = line;
      const char *figure = strstr (owned, ".ndjson ");

      if (percent > 0 && figure != NULL && g_ascii_strtoull (figure + strlen (".ndjson "), NULL, 10) >= percent)
        {
          g_subprocess_force_exit (process);
          break;
        }
    }
  g_assert_no_error (error);
  g_subprocess_wait (process, NULL, &error);
  g_assert_no_error (error);
  g_assert_true (percent > 0 ? g_subprocess_get_if_signaled (process) : g_subprocess_get_successful (process));
}

static gint64
get_integer (PracticeStore *store, const char *sql)
{
  sqlite3_stmt *statement = practice_store_prepare (store, sql);
  gint64 value;

  g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_ROW);
  value = sqlite3_column_int64 (statement, 0);
  sqlite3_reset (statement);
  return value;
}

static void
digest_rows (PracticeStore *store, GChecksum *checksum, const char *sql)
{
  sqlite3_stmt *statement = practice_store_prepare (store, sql);

  while (sqlite3_step (statement) == SQLITE_ROW)
    for (int i = 0; i < sqlite3_column_count (statement); i++)
      {
        const char *text = (const char *) sqlite3_column_text (statement, i);

        g_checksum_update (checksum, (const guchar *) (text != NULL ? text : "-"), -1);
        g_checksum_update (checksum, (const guchar *) "\n", 1);
      }
  sqlite3_reset (statement);
}

/* All that the record holds but the times at which it was stored. */
static char *
digest (const char *database)
{
  static const char *const queries[] = {
    "SELECT seq, rid, version, type, json_remove (content, '$.meta.lastUpdated') FROM version ORDER BY seq",
    "SELECT rid, type, id, version, deleted, seq FROM resource ORDER BY rid",
    "SELECT * FROM ix_string ORDER BY 1, 2, 3, 4",
    "SELECT * FROM ix_token ORDER BY 1, 2, 3, 4",
    "SELECT * FROM ix_date ORDER BY 1, 2, 3, 4",
    "SELECT folded FROM text ORDER BY 1",
    "SELECT * FROM date_shape ORDER BY 1",
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (PracticeStore) store = practice_store_open (database, PRACTICE_STORE_WRITER, &error);
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);

  g_assert_no_error (error);
  for (guint i = 0; i < G_N_ELEMENTS (queries); i++)
    digest_rows (store, checksum, queries[i]);
  return g_strdup (g_checksum_get_string (checksum));
}

static guint
count_found (PracticeStore *store, const char *query)
{
  PracticeSearchContext context = { .base_url = "", .now = IMPORT_FIXTURE_NOW, .strict = TRUE };
  g_autoptr (PracticeOutcome) outcome = practice_outcome_new ();
  g_autoptr (GPtrArray) ids = practice_search_match (store, "Patient", query, &context, N_PATIENTS + 1, outcome);

  g_assert_nonnull (ids);
  return ids->len;
}

/* What a search finds is what there is: whole commits, with their index. */
static guint
check_half (const char *database)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PracticeStore) store = practice_store_open (database, PRACTICE_STORE_WRITER, &error);
  gint64 count;

  g_assert_no_error (error);
  count = practice_store_count (store, NULL);
  g_assert_cmpint (count, <, N_PATIENTS);
  g_assert_cmpuint (count_found (store, "family=killed"), ==, count);
  g_assert_cmpuint (count_found (store, "identifier=urn:mrn|0"), ==, count > 0);
  g_assert_cmpuint (count_found (store, "given:contains=umber499"), ==, count / 500);
  g_assert_cmpint (get_integer (store, "SELECT count(*) FROM pragma_integrity_check WHERE integrity_check <> 'ok'"), ==, 0);
  return count;
}

static void
test_kill (ImportFixture *fixture, gconstpointer data)
{
  static const guint percents[] = { 3, 60, 90 };
  g_autofree char *whole = g_build_filename (fixture->folder, "whole.db", NULL);
  g_autofree char *expected = NULL;
  guint kept = 0;

  write_patients (fixture);
  import (fixture, whole, 0);
  expected = digest (whole);

  for (guint i = 0; i < G_N_ELEMENTS (percents); i++)
    {
      g_autofree char *name = g_strdup_printf ("killed-%u.db", percents[i]);
      g_autofree char *database = g_build_filename (fixture->folder, name, NULL);
      g_autofree char *completed = NULL;

      import (fixture, database, percents[i]);
      kept = check_half (database);
      import (fixture, database, 0);
      completed = digest (database);
      g_assert_cmpstr (completed, ==, expected);
    }
  /* The last was killed behind a commit, which has to be there. */
  g_assert_cmpuint (kept, >=, 10000);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  IMPORT_FIXTURE_ADD ("/practice/import-kill/comes-to-the-same", test_kill);
  return g_test_run ();
}
