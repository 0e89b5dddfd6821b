/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "practice-store"

#include "practice-store-private.h"

#include <string.h>

#include "base/rcp-fold.h"

/* Texts whose folded form is kept at hand. */
#define MAX_TEXTS 20000

static const char *const tables[] = { "ix_string", "ix_token", "ix_reference", "ix_date", "ix_quantity", "ix_uri" };

/* What goes through practice_spec_extract while one resource is indexed. */
typedef struct
{
  PracticeStore *store;
  gint64 rid;
  GHashTable *dates_seen; /* params of dates that this resource had already */
  GError *error;
} Indexing;

static void
add_text (Indexing *indexing, const char *folded)
{
  PracticeStore *store = indexing->store;
  sqlite3_stmt *statement = practice_store_prepare_record (store, "INSERT OR IGNORE INTO text (folded) VALUES (?)");
  gint64 tid;

  sqlite3_bind_text (statement, 1, folded, -1, SQLITE_STATIC);
  if (!practice_store_run (store, statement, &indexing->error) || sqlite3_changes (store->db) == 0)
    return;

  tid = sqlite3_last_insert_rowid (store->db);
  statement = practice_store_prepare_record (store, "INSERT INTO text_trigram (rowid, folded) VALUES (?, ?)");
  sqlite3_bind_int64 (statement, 1, tid);
  sqlite3_bind_text (statement, 2, folded, -1, SQLITE_STATIC);
  practice_store_run (store, statement, &indexing->error);
}

/* The folded form of @text, borrowed, which is in the table "text" from then on. Most texts of a record come again and again. */
static const char *
fold (Indexing *indexing, const char *text)
{
  GHashTable *texts = indexing->store->texts;
  char *folded = g_hash_table_lookup (texts, text);

  if (folded != NULL)
    return folded;

  folded = rcp_fold_text (text);
  if (folded == NULL)
    return "";
  if (*folded != '\0')
    add_text (indexing, folded);
  if (g_hash_table_size (texts) >= MAX_TEXTS)
    g_hash_table_remove_all (texts);
  g_hash_table_insert (texts, g_strdup (text), folded);
  return folded;
}

static void
add_string (Indexing *indexing, guint param, const char *text)
{
  const char *folded = fold (indexing, text);

  if (*folded != '\0')
    practice_stage_add (indexing->store->stage, PRACTICE_STAGED_STRING, (gint64) param, folded, indexing->rid, text);
}

static void
add_token_row (Indexing *indexing, guint param, const char *system, const char *code)
{
  practice_stage_add (indexing->store->stage, PRACTICE_STAGED_TOKEN, (gint64) param, code, indexing->rid, system);
}

gboolean
practice_store_param_is_contact (const PracticeSearchParam *param)
{
  return param->type == PRACTICE_SEARCH_TOKEN
         && (strcmp (param->code, "phone") == 0 || strcmp (param->code, "telecom") == 0
             || strcmp (param->code, "email") == 0);
}

char *
practice_store_fold_contact (const char *value)
{
  g_autofree char *digits = NULL;
  gsize length;

  if (strchr (value, '@') != NULL)
    return g_utf8_strdown (value, -1);

  digits = rcp_fold_digits (value);
  length = strlen (digits);
  if (length < 7)
    return NULL;

  /* A national number is what its last ten digits are, with or without the code of the country before them. */
  return g_strdup (length > 10 ? digits + length - 10 : digits);
}

static void
add_token (Indexing *indexing, const PracticeIndexEntry *entry)
{
  const char *code = entry->value.token.code;

  if (code != NULL)
    {
      add_token_row (indexing, entry->param->id, entry->value.token.system, code);
      if (practice_store_param_is_contact (entry->param))
        {
          g_autofree char *folded = practice_store_fold_contact (code);

          if (folded != NULL && strcmp (folded, code) != 0)
            add_token_row (indexing, entry->param->id, entry->value.token.system, folded);
        }
    }
  else if (entry->value.token.system != NULL)
    {
      add_token_row (indexing, entry->param->id, entry->value.token.system, "");
    }

  if (entry->value.token.text != NULL)
    add_string (indexing, entry->param->id, entry->value.token.text);
}

static void
add_reference (Indexing *indexing, const PracticeIndexEntry *entry)
{
  const char *id = entry->value.reference.id;

  if (id == NULL)
    id = entry->value.reference.url;
  if (id != NULL)
    practice_stage_add (indexing->store->stage, PRACTICE_STAGED_REFERENCE, (gint64) entry->param->id, id,
                        entry->value.reference.id != NULL ? entry->value.reference.type : NULL, indexing->rid);

  /* For the modifier :identifier. */
  if (entry->value.reference.identifier_value != NULL)
    add_token_row (indexing, entry->param->id, entry->value.reference.identifier_system,
                   entry->value.reference.identifier_value);
}

void
practice_store_get_date_shape (PracticeStore *store, guint param, PracticeDateShape *shape)
{
  sqlite3_stmt *statement = practice_store_prepare_record (store,
    "SELECT max_length, multiple FROM date_shape WHERE param = ?");

  *shape = (PracticeDateShape){ 0, };
  sqlite3_bind_int (statement, 1, param);
  if (sqlite3_step (statement) == SQLITE_ROW)
    *shape = (PracticeDateShape){ sqlite3_column_int64 (statement, 0), sqlite3_column_int (statement, 1) != 0 };
  sqlite3_reset (statement);
}

static void
note_date_shape (Indexing *indexing, guint param, gint64 length, gboolean multiple)
{
  PracticeStore *store = indexing->store;
  PracticeDateShape *shape = g_hash_table_lookup (store->date_shapes, GUINT_TO_POINTER (param));
  sqlite3_stmt *statement;

  if (shape == NULL)
    {
      shape = g_new0 (PracticeDateShape, 1);
      practice_store_get_date_shape (store, param, shape);
      g_hash_table_insert (store->date_shapes, GUINT_TO_POINTER (param), shape);
    }
  if (length <= shape->max_length && multiple <= shape->multiple)
    return;

  shape->max_length = MAX (length, shape->max_length);
  shape->multiple |= multiple;
  statement = practice_store_prepare_record (store, "REPLACE INTO date_shape (param, max_length, multiple) VALUES (?, ?, ?)");
  sqlite3_bind_int (statement, 1, param);
  sqlite3_bind_int64 (statement, 2, shape->max_length);
  sqlite3_bind_int (statement, 3, shape->multiple);
  practice_store_run (store, statement, &indexing->error);
}

static void
add_date (Indexing *indexing, const PracticeIndexEntry *entry)
{
  gint64 start = entry->value.date.start, end = entry->value.date.end;
  gboolean open = start == G_MININT64 || end == G_MAXINT64;
  guint param = entry->param->id;

  practice_stage_add (indexing->store->stage, PRACTICE_STAGED_DATE, (gint64) param, start, end, indexing->rid);
  note_date_shape (indexing, param, open ? G_MAXINT64 : end - start,
                   !g_hash_table_add (indexing->dates_seen, GUINT_TO_POINTER (param)));
}

static void
add_quantity (Indexing *indexing, const PracticeIndexEntry *entry)
{
  practice_stage_add (indexing->store->stage, PRACTICE_STAGED_QUANTITY, (gint64) entry->param->id,
                      entry->value.quantity.value, entry->value.quantity.low, entry->value.quantity.high,
                      entry->value.quantity.system, entry->value.quantity.code, entry->value.quantity.unit,
                      indexing->rid);
}

static void
add_uri (Indexing *indexing, const PracticeIndexEntry *entry)
{
  practice_stage_add (indexing->store->stage, PRACTICE_STAGED_URI, (gint64) entry->param->id, entry->value.uri.text,
                      indexing->rid);
}

static void
on_entry_found_cb (const PracticeIndexEntry *entry, gpointer user_data)
{
  Indexing *indexing = user_data;

  if (indexing->error != NULL)
    return;

  switch (entry->param->type)
    {
    case PRACTICE_SEARCH_STRING:
      add_string (indexing, entry->param->id, entry->value.string.text);
      break;
    case PRACTICE_SEARCH_TOKEN:
      add_token (indexing, entry);
      break;
    case PRACTICE_SEARCH_REFERENCE:
      add_reference (indexing, entry);
      break;
    case PRACTICE_SEARCH_DATE:
      add_date (indexing, entry);
      break;
    case PRACTICE_SEARCH_NUMBER:
    case PRACTICE_SEARCH_QUANTITY:
      add_quantity (indexing, entry);
      break;
    case PRACTICE_SEARCH_URI:
      add_uri (indexing, entry);
      break;
    case PRACTICE_SEARCH_COMPOSITE:
    case PRACTICE_SEARCH_SPECIAL:
    default:
      break;
    }
}

gboolean
practice_store_index (PracticeStore *store, gint64 rid, PracticeJson *resource, GError **error)
{
  g_autoptr (GHashTable) dates_seen = g_hash_table_new (NULL, NULL);
  Indexing indexing = { .store = store, .rid = rid, .dates_seen = dates_seen };

  practice_spec_extract (resource, on_entry_found_cb, &indexing);
  if (indexing.error == NULL)
    return !practice_stage_is_full (store->stage) || practice_store_flush (store, error);

  g_propagate_error (error, indexing.error);
  return FALSE;
}

gboolean
practice_store_unindex (PracticeStore *store, gint64 rid, GError **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      g_autofree char *sql = g_strdup_printf ("DELETE FROM %s WHERE rid = ?", tables[i]);
      sqlite3_stmt *statement = practice_store_prepare (store, sql);

      sqlite3_bind_int64 (statement, 1, rid);
      if (!practice_store_run (store, statement, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
reindex_version (PracticeStore *store, gint64 rid, const char *content, gsize length, GError **error)
{
  g_autoptr (PracticeOutcome) outcome = practice_outcome_new ();
  g_autoptr (PracticeJson) resource = practice_json_parse (content, length, outcome);

  return resource == NULL || practice_store_index (store, rid, resource, error);
}

static void
tell_progress (PracticeStore *store, gint64 done, gint64 total, guint *told)
{
  guint percent = total > 0 ? done * 100 / total : 100;

  if (store->progress == NULL || percent == *told)
    return;

  *told = percent;
  store->progress (percent, store->progress_data);
}

/**
 * practice_store_reindex:
 *
 * Fills the index tables from the resources, inside the caller's transaction.
 *
 * Returns: whether it could be done
 */
gboolean
practice_store_reindex (PracticeStore *store, GError **error)
{
  gint64 total = practice_store_count (store, NULL), done = 0;
  guint told = G_MAXUINT;
  sqlite3_stmt *statement;
  gboolean result = TRUE;

  if (!practice_store_exec (store,
                            "DELETE FROM ix_string; DELETE FROM ix_token; DELETE FROM ix_reference; DELETE FROM ix_date;"
                            "DELETE FROM ix_quantity; DELETE FROM ix_uri; DELETE FROM date_shape;",
                            error))
    return FALSE;

  statement = practice_store_prepare_record (store,
    "SELECT r.rid, v.content FROM resource r JOIN version v ON v.seq = r.seq WHERE r.deleted = 0");
  while (result && sqlite3_step (statement) == SQLITE_ROW)
    {
      result = reindex_version (store, sqlite3_column_int64 (statement, 0),
                                (const char *) sqlite3_column_text (statement, 1),
                                sqlite3_column_bytes (statement, 1), error);
      tell_progress (store, ++done, total, &told);
    }
  sqlite3_reset (statement);

  return result;
}
