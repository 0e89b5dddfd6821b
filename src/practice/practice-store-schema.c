/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "practice-store"

#include "practice-store-private.h"

/*
 * A resource has one row in "resource", whose rid is the sequence number of its first version, and one row per version
 * in "version": the current text is there once, and the history of everything is the order of seq.
 *
 * The index tables hold the values of search parameters. Each is kept twice, by value (to find the resources) and by
 * resource (to check a further criterion of a resource already found, and to remove what an older version had), and
 * both orders cover what a search asks for, so that no search reads the tables behind them.
 */
#define SCHEMA_VERSION 1

/* To be raised whenever the same resource would give other index rows: by folding, extraction or the tables above. */
#define INDEX_FORMAT "2"

static const char schema[] =
  "CREATE TABLE IF NOT EXISTS setting (key TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;"
  "CREATE TABLE IF NOT EXISTS resource (rid INTEGER PRIMARY KEY, type TEXT NOT NULL, id TEXT NOT NULL,"
  "  version INTEGER NOT NULL, updated INTEGER NOT NULL, deleted INTEGER NOT NULL, seq INTEGER NOT NULL,"
  "  UNIQUE (type, id));"
  "CREATE INDEX IF NOT EXISTS resource_type ON resource (type, deleted);"
  "CREATE INDEX IF NOT EXISTS resource_updated ON resource (type, updated);"
  "CREATE TABLE IF NOT EXISTS version (seq INTEGER PRIMARY KEY, rid INTEGER NOT NULL, version INTEGER NOT NULL,"
  "  type TEXT NOT NULL, updated INTEGER NOT NULL, content TEXT);"
  "CREATE UNIQUE INDEX IF NOT EXISTS version_rid ON version (rid, version);"
  "CREATE INDEX IF NOT EXISTS version_type ON version (type);"
  /* For histories since an instant: desks ask every second. */
  "CREATE INDEX IF NOT EXISTS version_updated ON version (updated, type);"

  "CREATE TABLE IF NOT EXISTS ix_string (param INTEGER NOT NULL, folded TEXT NOT NULL, rid INTEGER NOT NULL,"
  "  exact TEXT NOT NULL, PRIMARY KEY (param, folded, rid, exact)) WITHOUT ROWID;"
  "CREATE INDEX IF NOT EXISTS ix_string_rid ON ix_string (rid, param, folded);"
  "CREATE TABLE IF NOT EXISTS ix_token (param INTEGER NOT NULL, code TEXT NOT NULL, rid INTEGER NOT NULL,"
  "  system TEXT NOT NULL, PRIMARY KEY (param, code, rid, system)) WITHOUT ROWID;"
  "CREATE INDEX IF NOT EXISTS ix_token_rid ON ix_token (rid, param, code, system);"
  "CREATE TABLE IF NOT EXISTS ix_reference (param INTEGER NOT NULL, target_id TEXT NOT NULL, target_type TEXT NOT NULL,"
  "  rid INTEGER NOT NULL, PRIMARY KEY (param, target_id, target_type, rid)) WITHOUT ROWID;"
  "CREATE INDEX IF NOT EXISTS ix_reference_rid ON ix_reference (rid, param);"
  "CREATE TABLE IF NOT EXISTS ix_date (param INTEGER NOT NULL, low INTEGER NOT NULL, high INTEGER NOT NULL,"
  "  rid INTEGER NOT NULL, PRIMARY KEY (param, low, high, rid)) WITHOUT ROWID;"
  "CREATE INDEX IF NOT EXISTS ix_date_rid ON ix_date (rid, param, low, high);"
  "CREATE TABLE IF NOT EXISTS ix_quantity (param INTEGER NOT NULL, value REAL NOT NULL, low REAL NOT NULL,"
  "  high REAL NOT NULL, system TEXT NOT NULL, code TEXT NOT NULL, unit TEXT NOT NULL, rid INTEGER NOT NULL,"
  "  PRIMARY KEY (param, value, rid, low, high, system, code, unit)) WITHOUT ROWID;"
  "CREATE INDEX IF NOT EXISTS ix_quantity_rid ON ix_quantity (rid, param);"
  "CREATE TABLE IF NOT EXISTS ix_uri (param INTEGER NOT NULL, uri TEXT NOT NULL, rid INTEGER NOT NULL,"
  "  PRIMARY KEY (param, uri, rid)) WITHOUT ROWID;"
  "CREATE INDEX IF NOT EXISTS ix_uri_rid ON ix_uri (rid, param, uri);"

  /* Which values a date parameter has: lets a search turn "ends after" into a range of beginnings. */
  "CREATE TABLE IF NOT EXISTS date_shape (param INTEGER PRIMARY KEY, max_length INTEGER NOT NULL,"
  "  multiple INTEGER NOT NULL);"
  /* Every distinct folded string once, with its trigrams, for :contains. */
  "CREATE TABLE IF NOT EXISTS text (tid INTEGER PRIMARY KEY, folded TEXT NOT NULL UNIQUE);"
  "CREATE VIRTUAL TABLE IF NOT EXISTS text_trigram USING fts5 (folded, content = 'text', content_rowid = 'tid',"
  "  tokenize = 'trigram', detail = 'none', columnsize = 0);";

static gboolean
check_version (PracticeStore *store, GError **error)
{
  g_autofree char *version = practice_store_get_setting (store, "schema");

  if (version == NULL)
    return practice_store_set_setting (store, "schema", G_STRINGIFY (SCHEMA_VERSION), error);

  if (g_ascii_strtoll (version, NULL, 10) > SCHEMA_VERSION)
    {
      g_set_error_literal (error, PRACTICE_STORE_ERROR, PRACTICE_STORE_ERROR_NEWER,
                           "a newer Reception wrote this database; this one does not understand it");
      return FALSE;
    }

  return TRUE;
}

/* The keys of the index tables are numbers of the compiled definitions: other definitions, other numbers. */
static gboolean
check_definitions (PracticeStore *store, GError **error)
{
  g_autofree char *known = practice_store_get_setting (store, "definitions");
  g_autofree char *current = g_strconcat (INDEX_FORMAT "-", practice_spec_get_checksum (), NULL);

  if (g_strcmp0 (known, current) == 0)
    return TRUE;
  if (known != NULL && !practice_store_reindex (store, error))
    return FALSE;

  return practice_store_set_setting (store, "definitions", current, error);
}

gboolean
practice_store_create_schema (PracticeStore *store, GError **error)
{
  if (!practice_store_exec (store, "BEGIN IMMEDIATE", error))
    return FALSE;

  if (!practice_store_exec (store, schema, error)
      || !check_version (store, error)
      || !check_definitions (store, error))
    {
      practice_store_rollback (store);
      return FALSE;
    }

  return practice_store_commit (store, error);
}
