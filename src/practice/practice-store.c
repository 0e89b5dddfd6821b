/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "practice-store"

#include "practice-store-private.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

/* A shape of query that was not seen for a while can be prepared anew; the bound keeps hostile queries from filling memory. */
#define MAX_STATEMENTS 300

G_DEFINE_QUARK (practice-store-error-quark, practice_store_error)

void
practice_store_set_error (PracticeStore *store, GError **error)
{
  int code = sqlite3_errcode (store->db);

  /* Only the code in words: SQLite's own message may quote values. */
  g_set_error (error, PRACTICE_STORE_ERROR,
               code == SQLITE_BUSY ? PRACTICE_STORE_ERROR_BUSY : PRACTICE_STORE_ERROR_FAILED,
               "database: %s", sqlite3_errstr (sqlite3_extended_errcode (store->db)));
}

sqlite3_stmt *
practice_store_prepare (PracticeStore *store, const char *sql)
{
  g_autoptr (GError) error = NULL;

  if (!practice_store_flush (store, &error))
    {
      g_critical ("The index cannot be written: %s", error->message);
      return NULL;
    }

  return practice_store_prepare_record (store, sql);
}

sqlite3_stmt *
practice_store_prepare_record (PracticeStore *store, const char *sql)
{
  sqlite3_stmt *statement = g_hash_table_lookup (store->statements, sql);

  if (statement != NULL)
    {
      sqlite3_reset (statement);
      sqlite3_clear_bindings (statement);
      return statement;
    }

  if (sqlite3_prepare_v3 (store->db, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL) != SQLITE_OK)
    {
      g_critical ("A statement does not compile: %s", sqlite3_errmsg (store->db));
      return NULL;
    }

  g_hash_table_insert (store->statements, g_strdup (sql), statement);
  return statement;
}

gboolean
practice_store_run (PracticeStore *store, sqlite3_stmt *statement, GError **error)
{
  int result = statement != NULL ? sqlite3_step (statement) : SQLITE_ERROR;

  if (result != SQLITE_DONE && result != SQLITE_ROW)
    {
      practice_store_set_error (store, error);
      sqlite3_reset (statement);
      return FALSE;
    }

  sqlite3_reset (statement);
  return TRUE;
}

gboolean
practice_store_exec (PracticeStore *store, const char *sql, GError **error)
{
  if (sqlite3_exec (store->db, sql, NULL, NULL, NULL) == SQLITE_OK)
    return TRUE;

  practice_store_set_error (store, error);
  return FALSE;
}

char *
practice_store_get_setting (PracticeStore *store, const char *key)
{
  sqlite3_stmt *statement = practice_store_prepare_record (store, "SELECT value FROM setting WHERE key = ?");
  char *value = NULL;

  sqlite3_bind_text (statement, 1, key, -1, SQLITE_STATIC);
  if (sqlite3_step (statement) == SQLITE_ROW)
    value = g_strdup ((const char *) sqlite3_column_text (statement, 0));
  sqlite3_reset (statement);

  return value;
}

gboolean
practice_store_set_setting (PracticeStore *store, const char *key, const char *value, GError **error)
{
  sqlite3_stmt *statement = practice_store_prepare_record (store, "REPLACE INTO setting (key, value) VALUES (?, ?)");

  sqlite3_bind_text (statement, 1, key, -1, SQLITE_STATIC);
  sqlite3_bind_text (statement, 2, value, -1, SQLITE_STATIC);
  return practice_store_run (store, statement, error);
}

static gboolean
configure_connection (PracticeStore *store, GError **error)
{
  sqlite3_busy_timeout (store->db, 10000);
  sqlite3_extended_result_codes (store->db, 1);
  if (!practice_store_exec (store,
                            "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA foreign_keys = OFF;"
                            "PRAGMA temp_store = MEMORY; PRAGMA cache_size = -16384; PRAGMA mmap_size = 1073741824;"
                            "PRAGMA trusted_schema = OFF;",
                            error))
    return FALSE;

  return store->role == PRACTICE_STORE_WRITER || practice_store_exec (store, "PRAGMA query_only = ON", error);
}

/* Nobody reads the statistics of memory, and they cost a lock for each allocation. */
static gpointer
configure_library (gpointer data)
{
  sqlite3_config (SQLITE_CONFIG_MEMSTATUS, 0);
  return NULL;
}

static PracticeStore *
open_store (const char *path, PracticeStoreRole role, PracticeStoreProgressFunc progress, gpointer user_data,
            GError **error)
{
  g_autoptr (PracticeStore) store = g_new0 (PracticeStore, 1);
  static GOnce configured = G_ONCE_INIT;
  int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | (role == PRACTICE_STORE_WRITER ? SQLITE_OPEN_CREATE : 0);

  g_once (&configured, configure_library, NULL);
  store->role = role;
  store->progress = progress;
  store->progress_data = user_data;
  store->statements = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify) sqlite3_finalize);
  store->date_shapes = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  store->texts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  if (sqlite3_open_v2 (path, &store->db, flags, NULL) != SQLITE_OK)
    {
      practice_store_set_error (store, error);
      return NULL;
    }

  if (role == PRACTICE_STORE_WRITER)
    store->stage = practice_stage_new (store->db);
  if (!configure_connection (store, error))
    return NULL;
  if (role == PRACTICE_STORE_WRITER && !practice_store_create_schema (store, error))
    return NULL;

  return g_steal_pointer (&store);
}

/**
 * practice_store_open:
 * @path: file name of the database
 * @role: what the connection is for; the writer makes the database when there is none, and has to be opened first
 * @error: return location
 *
 * Returns: (transfer full) (nullable): the connection
 */
PracticeStore *
practice_store_open (const char *path, PracticeStoreRole role, GError **error)
{
  g_return_val_if_fail (path != NULL, NULL);

  return open_store (path, role, NULL, NULL, error);
}

gboolean
practice_store_upgrade (const char *path, PracticeStoreProgressFunc progress, gpointer user_data, GError **error)
{
  g_autoptr (PracticeStore) store = NULL;

  g_return_val_if_fail (path != NULL, FALSE);

  store = open_store (path, PRACTICE_STORE_WRITER, progress, user_data, error);
  return store != NULL;
}

void
practice_store_close (PracticeStore *store)
{
  if (store == NULL)
    return;

  g_hash_table_unref (store->statements);
  g_hash_table_unref (store->date_shapes);
  g_hash_table_unref (store->texts);
  sqlite3_close (store->db);
  practice_stage_free (store->stage);
  g_free (store);
}

/**
 * practice_store_lock:
 * @path: file name of the database
 * @error: return location
 *
 * Returns: a descriptor to close when the server ends, or -1 when another server has the database
 */
int
practice_store_lock (const char *path, GError **error)
{
  g_autofree char *lock_path = g_strconcat (path, ".lock", NULL);
  int fd = open (lock_path, O_CREAT | O_RDWR | O_CLOEXEC, 0600);

  if (fd < 0)
    {
      g_set_error (error, PRACTICE_STORE_ERROR, PRACTICE_STORE_ERROR_FAILED, "%s: %s", lock_path, g_strerror (errno));
      return -1;
    }

  if (flock (fd, LOCK_EX | LOCK_NB) != 0)
    {
      close (fd);
      g_set_error (error, PRACTICE_STORE_ERROR, PRACTICE_STORE_ERROR_LOCKED, "another server uses this database: %s", path);
      return -1;
    }

  return fd;
}

/* After a rollback: what the writer believes to be in the database may not be. */
static void
forget (PracticeStore *store)
{
  practice_stage_clear (store->stage);
  g_hash_table_remove_all (store->date_shapes);
  g_hash_table_remove_all (store->texts);
}

static gint64
query_integer (PracticeStore *store, const char *sql)
{
  sqlite3_stmt *statement = practice_store_prepare_record (store, sql);
  gint64 value = 0;

  if (sqlite3_step (statement) == SQLITE_ROW)
    value = sqlite3_column_int64 (statement, 0);
  sqlite3_reset (statement);

  return value;
}

gboolean
practice_store_begin (PracticeStore *store, GError **error)
{
  gboolean writes = store->role == PRACTICE_STORE_WRITER;

  /* Between transactions no statement runs, so this is where the cache can be emptied. */
  if (g_hash_table_size (store->statements) > MAX_STATEMENTS)
    g_hash_table_remove_all (store->statements);

  if (!practice_store_run (store, practice_store_prepare_record (store, writes ? "BEGIN IMMEDIATE" : "BEGIN"), error))
    return FALSE;

  store->savepoints = 0;
  /* A transaction that was lost left them. */
  practice_stage_clear (store->stage);
  if (writes)
    store->next_seq = query_integer (store, "SELECT max(seq) FROM version") + 1;
  return TRUE;
}

gboolean
practice_store_in_transaction (PracticeStore *store)
{
  return sqlite3_get_autocommit (store->db) == 0;
}

gboolean
practice_store_commit (PracticeStore *store, GError **error)
{
  if (practice_store_flush (store, error)
      && practice_store_run (store, practice_store_prepare_record (store, "COMMIT"), error))
    return TRUE;

  practice_store_rollback (store);
  return FALSE;
}

void
practice_store_rollback (PracticeStore *store)
{
  forget (store);
  if (practice_store_in_transaction (store))
    practice_store_run (store, practice_store_prepare_record (store, "ROLLBACK"), NULL);
}

gboolean
practice_store_savepoint_begin (PracticeStore *store, GError **error)
{
  g_autofree char *sql = g_strdup_printf ("SAVEPOINT s%u", store->savepoints);

  /* Without a transaction around it a savepoint would be one of its own, and its end a commit. */
  if (!practice_store_in_transaction (store))
    {
      g_set_error_literal (error, PRACTICE_STORE_ERROR, PRACTICE_STORE_ERROR_FAILED, "database: the transaction was lost");
      return FALSE;
    }
  if (!practice_store_flush (store, error)
      || !practice_store_run (store, practice_store_prepare_record (store, sql), error))
    return FALSE;
  store->savepoints++;
  return TRUE;
}

gboolean
practice_store_savepoint_end (PracticeStore *store, gboolean keep, GError **error)
{
  g_autofree char *rollback = NULL;
  g_autofree char *release = NULL;

  g_return_val_if_fail (store->savepoints > 0, FALSE);

  store->savepoints--;
  rollback = g_strdup_printf ("ROLLBACK TO s%u", store->savepoints);
  release = g_strdup_printf ("RELEASE s%u", store->savepoints);
  if (keep && !practice_store_flush (store, error))
    return FALSE;
  if (!keep)
    {
      forget (store);
      if (!practice_store_run (store, practice_store_prepare_record (store, rollback), error))
        return FALSE;
    }

  return practice_store_run (store, practice_store_prepare_record (store, release), error);
}

void
practice_store_set_bulk (PracticeStore *store, gboolean bulk)
{
  g_return_if_fail (store->role == PRACTICE_STORE_WRITER);

  if (store->bulk == bulk)
    return;

  store->bulk = bulk;
  /* NORMAL cannot corrupt a WAL database, it can only lose the last commits: an import can be repeated. */
  practice_store_exec (store,
                       bulk ? "PRAGMA synchronous = NORMAL; PRAGMA wal_autocheckpoint = 8000; PRAGMA cache_size = -131072;"
                            : "PRAGMA synchronous = FULL; PRAGMA wal_autocheckpoint = 1000; PRAGMA cache_size = -16384;"
                              "PRAGMA wal_checkpoint(TRUNCATE);",
                       NULL);
}
