/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-store"

/* practice-store.c, practice-store-schema.c, practice-store-records.c and practice-store-index.c. */

#include "practice/practice-store.h"

#include <string.h>
#include <unistd.h>

#include "engine-fixture.h"
#include "practice/practice-store-private.h"

static PracticeJson *
parse (const char *text)
{
  g_autofree char *quoted = g_strdelimit (g_strdup (text), "'", '"');
  g_autoptr (PracticeOutcome) outcome = practice_outcome_new ();
  PracticeJson *json = practice_json_parse (quoted, strlen (quoted), outcome);

  g_assert_nonnull (json);
  return json;
}

static gint64
write_resource (EngineFixture *fixture, const char *text)
{
  g_autoptr (PracticeJson) json = parse (text);
  g_autoptr (GError) error = NULL;
  g_autoptr (PracticeVersion) version = practice_store_write (fixture->store, json, fixture->now, &error);

  g_assert_no_error (error);
  return version->version;
}

static gint64
count_rows (PracticeStore *store, const char *sql)
{
  sqlite3_stmt *statement = practice_store_prepare (store, sql);
  gint64 count;

  g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_ROW);
  count = sqlite3_column_int64 (statement, 0);
  sqlite3_reset (statement);
  return count;
}

static void
test_durable_settings (void)
{
  g_autoptr (EngineFixture) fixture = engine_fixture_new ();
  sqlite3_stmt *statement = practice_store_prepare (fixture->store, "PRAGMA journal_mode");

  g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_ROW);
  g_assert_cmpstr ((const char *) sqlite3_column_text (statement, 0), ==, "wal");
  sqlite3_reset (statement);
  g_assert_cmpint (count_rows (fixture->store, "PRAGMA synchronous"), ==, 2);
  practice_store_set_bulk (fixture->store, TRUE);
  g_assert_cmpint (count_rows (fixture->store, "PRAGMA synchronous"), ==, 1);
  practice_store_set_bulk (fixture->store, FALSE);
  g_assert_cmpint (count_rows (fixture->store, "PRAGMA synchronous"), ==, 2);
}

static void
test_versions (void)
{
  g_autoptr (EngineFixture) fixture = engine_fixture_new ();
  g_autoptr (PracticeVersion) first = NULL;
  g_autoptr (PracticeVersion) current = NULL;
  g_autoptr (PracticeVersion) gone = NULL;
  g_autoptr (PracticeVersion) absent = NULL;

  g_assert_true (practice_store_begin (fixture->store, NULL));
  g_assert_cmpint (write_resource (fixture, "{'resourceType':'Basic','id':'a','code':{'text':'one'}}"), ==, 1);
  fixture->now += G_TIME_SPAN_SECOND;
  g_assert_cmpint (write_resource (fixture, "{'resourceType':'Basic','id':'a','code':{'text':'two'}}"), ==, 2);
  g_assert_true (practice_store_commit (fixture->store, NULL));

  first = practice_store_vread (fixture->store, "Basic", "a", 1);
  current = practice_store_read (fixture->store, "Basic", "a");
  absent = practice_store_vread (fixture->store, "Basic", "a", 3);
  g_assert_nonnull (strstr (first->content, "one"));
  g_assert_nonnull (strstr (first->content, "\"versionId\":\"1\""));
  g_assert_nonnull (strstr (current->content, "\"lastUpdated\":\"2026-03-10T12:00:01.000Z\""));
  g_assert_cmpint (current->version, ==, 2);
  g_assert_cmpint (current->last_updated - first->last_updated, ==, G_TIME_SPAN_SECOND);
  g_assert_null (absent);

  g_assert_true (practice_store_begin (fixture->store, NULL));
  g_assert_true (practice_store_delete (fixture->store, "Basic", "a", fixture->now, NULL));
  g_assert_true (practice_store_delete (fixture->store, "Basic", "a", fixture->now, NULL));
  g_assert_true (practice_store_delete (fixture->store, "Basic", "never", fixture->now, NULL));
  g_assert_true (practice_store_commit (fixture->store, NULL));
  gone = practice_store_read (fixture->store, "Basic", "a");
  g_assert_null (gone->content);
  g_assert_cmpint (gone->version, ==, 3);
  g_assert_cmpint (practice_store_count (fixture->store, "Basic"), ==, 0);
  g_assert_cmpint (practice_store_count (fixture->store, NULL), ==, 0);
}

/* The clock of the machine may be set back; the history may not. */
static void
test_clock_set_back (void)
{
  g_autoptr (EngineFixture) fixture = engine_fixture_new ();
  g_autoptr (PracticeVersion) current = NULL;
  gint64 first = fixture->now;

  g_assert_true (practice_store_begin (fixture->store, NULL));
  write_resource (fixture, "{'resourceType':'Basic','id':'a'}");
  fixture->now -= G_TIME_SPAN_HOUR;
  write_resource (fixture, "{'resourceType':'Basic','id':'a'}");
  g_assert_true (practice_store_commit (fixture->store, NULL));
  current = practice_store_read (fixture->store, "Basic", "a");
  g_assert_cmpint (current->last_updated, ==, first);
}

static void
test_history (void)
{
  g_autoptr (EngineFixture) fixture = engine_fixture_new ();
  gint64 next;

  g_assert_true (practice_store_begin (fixture->store, NULL));
  for (int i = 0; i < 5; i++)
    {
      write_resource (fixture, "{'resourceType':'Basic','id':'a'}");
      write_resource (fixture, "{'resourceType':'Flag','id':'a'}");
      fixture->now += G_TIME_SPAN_SECOND;
    }
  g_assert_true (practice_store_commit (fixture->store, NULL));

  {
    g_autoptr (GPtrArray) all = practice_store_history (fixture->store, NULL, NULL, G_MININT64, 0, 100, &next);
    g_autoptr (GPtrArray) flags = practice_store_history (fixture->store, "Flag", NULL, G_MININT64, 0, 3, &next);
    g_autoptr (GPtrArray) rest = practice_store_history (fixture->store, "Flag", NULL, G_MININT64, next, 3, &next);
    g_autoptr (GPtrArray) late = practice_store_history (fixture->store, "Flag", "a", fixture->now - G_TIME_SPAN_SECOND, 0,
                                                         100, &next);

    g_assert_cmpuint (all->len, ==, 10);
    g_assert_cmpuint (flags->len, ==, 3);
    g_assert_cmpint (((PracticeVersion *) flags->pdata[0])->version, ==, 5);
    g_assert_cmpuint (rest->len, ==, 2);
    g_assert_cmpint (((PracticeVersion *) rest->pdata[1])->version, ==, 1);
    g_assert_cmpint (next, ==, 0);
    g_assert_cmpuint (late->len, ==, 1);
  }
}

/* What an older version was found by must not find the newer one. */
static void
test_index_follows (void)
{
  g_autoptr (EngineFixture) fixture = engine_fixture_new ();
  static const char *const tables[] = { "ix_string", "ix_token", "ix_reference", "ix_date", "ix_quantity", "ix_uri" };

  engine_fixture_put (fixture, "{'resourceType':'Patient','id':'p','name':[{'family':'Alt'}],'birthDate':'1980-01-01',"
                               "'generalPractitioner':[{'reference':'Practitioner/1'}],'gender':'male'}");
  engine_fixture_put (fixture, "{'resourceType':'Patient','id':'p','name':[{'family':'Neu'}],'birthDate':'1981-01-01'}");
  engine_fixture_assert_found (fixture, "Patient?family=alt", "");
  engine_fixture_assert_found (fixture, "Patient?birthdate=1980-01-01", "");
  engine_fixture_assert_found (fixture, "Patient?gender=male", "");
  engine_fixture_assert_found (fixture, "Patient?general-practitioner=Practitioner/1", "");
  engine_fixture_assert_found (fixture, "Patient?family=neu", "p");

  g_assert_cmpuint (engine_fixture_request (fixture, "DELETE", "Patient/p", NULL), ==, 204);
  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      g_autofree char *sql = g_strdup_printf ("SELECT count(*) FROM %s", tables[i]);

      g_assert_cmpint (count_rows (fixture->store, sql), ==, 0);
    }
}

static void
test_rollback (void)
{
  g_autoptr (EngineFixture) fixture = engine_fixture_new ();

  g_assert_true (practice_store_begin (fixture->store, NULL));
  write_resource (fixture, "{'resourceType':'Basic','id':'kept'}");
  g_assert_true (practice_store_savepoint_begin (fixture->store, NULL));
  write_resource (fixture, "{'resourceType':'Basic','id':'outer'}");
  g_assert_true (practice_store_savepoint_begin (fixture->store, NULL));
  write_resource (fixture, "{'resourceType':'Basic','id':'inner'}");
  g_assert_true (practice_store_savepoint_end (fixture->store, TRUE, NULL));
  g_assert_true (practice_store_savepoint_end (fixture->store, FALSE, NULL));
  write_resource (fixture, "{'resourceType':'Basic','id':'after'}");
  g_assert_true (practice_store_commit (fixture->store, NULL));
  g_assert_cmpint (practice_store_count (fixture->store, "Basic"), ==, 2);

  g_assert_true (practice_store_begin (fixture->store, NULL));
  write_resource (fixture, "{'resourceType':'Basic','id':'never'}");
  practice_store_rollback (fixture->store);
  g_assert_cmpint (practice_store_count (fixture->store, "Basic"), ==, 2);
}

/* A savepoint never commits by itself, not even when the transaction around it is gone. */
static void
test_lost_transaction (void)
{
  g_autoptr (EngineFixture) fixture = engine_fixture_new ();
  g_autoptr (GError) error = NULL;

  g_assert_true (practice_store_begin (fixture->store, NULL));
  g_assert_true (practice_store_in_transaction (fixture->store));
  write_resource (fixture, "{'resourceType':'Basic','id':'never'}");
  g_assert_true (practice_store_exec (fixture->store, "ROLLBACK", NULL));
  g_assert_false (practice_store_in_transaction (fixture->store));
  g_assert_false (practice_store_savepoint_begin (fixture->store, &error));
  g_assert_error (error, PRACTICE_STORE_ERROR, PRACTICE_STORE_ERROR_FAILED);
  g_assert_false (practice_store_commit (fixture->store, NULL));
  g_assert_cmpint (practice_store_count (fixture->store, NULL), ==, 0);
}

static void
count_progress (guint percent, gpointer user_data)
{
  GArray *told = user_data;

  g_array_append_val (told, percent);
}

/* A large record takes a while to be indexed anew: whoever waits is told how far it is. */
static void
test_upgrade_tells_progress (void)
{
  g_autoptr (EngineFixture) fixture = engine_fixture_new ();
  g_autoptr (GArray) told = g_array_new (FALSE, FALSE, sizeof (guint));
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 4; i++)
    {
      g_autofree char *json = g_strdup_printf ("{'resourceType':'Patient','id':'p%u','name':[{'family':'Neu'}]}", i);

      engine_fixture_put (fixture, json);
    }
  g_assert_true (practice_store_upgrade (fixture->path, count_progress, told, &error));
  g_assert_cmpuint (told->len, ==, 0);

  g_assert_true (practice_store_set_setting (fixture->store, "definitions", "of yesterday", &error));
  g_assert_true (practice_store_exec (fixture->store, "DELETE FROM ix_string", &error));
  g_assert_true (practice_store_upgrade (fixture->path, count_progress, told, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (told->len, ==, 4);
  g_assert_cmpuint (g_array_index (told, guint, 0), ==, 25);
  g_assert_cmpuint (g_array_index (told, guint, 3), ==, 100);
  engine_fixture_assert_found (fixture, "Patient?family=neu&_sort=_id", "p0 p1 p2 p3");
}

/* Rows of the index wait to be written together; nothing may see the record without them. */
static void
test_staged_rows (void)
{
  g_autoptr (EngineFixture) fixture = engine_fixture_new ();
  PracticeStore *store = fixture->store;
  g_autoptr (GError) error = NULL;

  g_assert_true (practice_store_begin (store, NULL));
  write_resource (fixture, "{'resourceType':'Patient','id':'kept','name':[{'family':'Kept'}]}");
  g_assert_false (practice_stage_is_empty (store->stage));
  g_assert_cmpint (count_rows (store, "SELECT count(*) FROM ix_string WHERE folded = 'kept'"), >, 0);
  g_assert_true (practice_stage_is_empty (store->stage));

  write_resource (fixture, "{'resourceType':'Patient','id':'outer','name':[{'family':'Outer'}]}");
  g_assert_true (practice_store_savepoint_begin (store, NULL));
  write_resource (fixture, "{'resourceType':'Patient','id':'undone','name':[{'family':'Undone'}]}");
  g_assert_true (practice_store_savepoint_end (store, FALSE, NULL));
  g_assert_true (practice_stage_is_empty (store->stage));
  /* What was undone took its text along: it has to come back with the next that has it. */
  write_resource (fixture, "{'resourceType':'Patient','id':'again','name':[{'family':'Undone'}]}");
  g_assert_true (practice_store_commit (store, &error));
  g_assert_no_error (error);
  engine_fixture_assert_found (fixture, "Patient?family=outer", "outer");
  engine_fixture_assert_found (fixture, "Patient?family:contains=ndon", "again");

  g_assert_true (practice_store_begin (store, NULL));
  write_resource (fixture, "{'resourceType':'Patient','id':'lost','name':[{'family':'Lost'}]}");
  practice_store_rollback (store);
  g_assert_true (practice_store_begin (store, NULL));
  g_assert_cmpint (count_rows (store, "SELECT count(*) FROM ix_string WHERE folded = 'lost'"), ==, 0);
  g_assert_true (practice_store_commit (store, NULL));
}

/* Other definitions number the parameters anew: the index is made again from the resources. */
static void
test_reindex (void)
{
  g_autoptr (EngineFixture) fixture = engine_fixture_new ();
  g_autoptr (GError) error = NULL;

  engine_fixture_put (fixture, "{'resourceType':'Patient','id':'p','name':[{'family':'Neu'}]}");
  g_assert_true (practice_store_set_setting (fixture->store, "definitions", "of yesterday", &error));
  g_assert_true (practice_store_exec (fixture->store, "DELETE FROM ix_string", &error));
  engine_fixture_assert_found (fixture, "Patient?family=neu", "");
  practice_store_close (fixture->store);
  fixture->store = practice_store_open (fixture->path, PRACTICE_STORE_WRITER, &error);
  g_assert_no_error (error);
  engine_fixture_assert_found (fixture, "Patient?family=neu", "p");
}

static void
test_newer_schema (void)
{
  g_autoptr (EngineFixture) fixture = engine_fixture_new ();
  g_autoptr (PracticeStore) second = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (practice_store_set_setting (fixture->store, "schema", "99", NULL));
  second = practice_store_open (fixture->path, PRACTICE_STORE_WRITER, &error);
  g_assert_null (second);
  g_assert_error (error, PRACTICE_STORE_ERROR, PRACTICE_STORE_ERROR_NEWER);
}

static void
test_lock (void)
{
  g_autoptr (EngineFixture) fixture = engine_fixture_new ();
  g_autoptr (GError) error = NULL;
  int first = practice_store_lock (fixture->path, &error);

  g_assert_cmpint (first, >=, 0);
  g_assert_cmpint (practice_store_lock (fixture->path, &error), ==, -1);
  g_assert_error (error, PRACTICE_STORE_ERROR, PRACTICE_STORE_ERROR_LOCKED);
  close (first);
  first = practice_store_lock (fixture->path, NULL);
  g_assert_cmpint (first, >=, 0);
  close (first);
}

/* A reader sees what is committed, and nothing else; it cannot write. */
static void
test_reader (void)
{
  g_autoptr (EngineFixture) fixture = engine_fixture_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (PracticeStore) reader = practice_store_open (fixture->path, PRACTICE_STORE_READER, &error);

  g_assert_no_error (error);
  g_assert_true (practice_store_begin (fixture->store, NULL));
  write_resource (fixture, "{'resourceType':'Basic','id':'a'}");
  g_assert_cmpint (practice_store_count (reader, "Basic"), ==, 0);
  g_assert_true (practice_store_commit (fixture->store, NULL));
  g_assert_cmpint (practice_store_count (reader, "Basic"), ==, 1);
  g_assert_false (practice_store_exec (reader, "DELETE FROM resource", &error));
  g_assert_error (error, PRACTICE_STORE_ERROR, PRACTICE_STORE_ERROR_FAILED);
}

static void
test_not_a_database (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (PracticeStore) store = practice_store_open ("/proc/version", PRACTICE_STORE_WRITER, &error);

  g_assert_null (store);
  g_assert_error (error, PRACTICE_STORE_ERROR, PRACTICE_STORE_ERROR_FAILED);
}

static void
test_contacts (void)
{
  static const struct { const char *value, *folded; } cases[] = {
    { "(555) 123-4567", "5551234567" },   { "+1 555 123 4567", "5551234567" }, { "555.123.4567", "5551234567" },
    { "123-4567", "1234567" },            { "911", NULL },                     { "A.B@Example.ORG", "a.b@example.org" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *folded = practice_store_fold_contact (cases[i].value);

      g_assert_cmpstr (folded, ==, cases[i].folded);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/practice/store/durable-settings", test_durable_settings);
  g_test_add_func ("/practice/store/versions", test_versions);
  g_test_add_func ("/practice/store/clock-set-back", test_clock_set_back);
  g_test_add_func ("/practice/store/history", test_history);
  g_test_add_func ("/practice/store/index-follows", test_index_follows);
  g_test_add_func ("/practice/store/rollback", test_rollback);
  g_test_add_func ("/practice/store/lost-transaction", test_lost_transaction);
  g_test_add_func ("/practice/store/reindex", test_reindex);
  g_test_add_func ("/practice/store/upgrade-tells-progress", test_upgrade_tells_progress);
  g_test_add_func ("/practice/store/staged-rows", test_staged_rows);
  g_test_add_func ("/practice/store/newer-schema", test_newer_schema);
  g_test_add_func ("/practice/store/lock", test_lock);
  g_test_add_func ("/practice/store/reader", test_reader);
  g_test_add_func ("/practice/store/not-a-database", test_not_a_database);
  g_test_add_func ("/practice/store/contacts", test_contacts);
  return g_test_run ();
}
