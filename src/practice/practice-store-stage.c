/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "practice-store"

#include "practice-store-private.h"

#include <stdarg.h>
#include <string.h>

/*
 * Index rows on their way into the database. One statement per row costs more than the row itself, so rows are kept here
 * and go in together, one statement per table; to sort them first cost more than it saved. That happens before anything can ask for them:
 * at a commit, at the bounds of a savepoint, and when practice_store_prepare() is called for a statement that may read
 * them. They are of the open transaction and vanish with it, so a crash finds nothing half done.
 *
 * SQLite reads them as virtual tables without a declaration in the schema (sqlite.org/vtab.html#epoonlyvtab).
 */

/* Small enough that whoever hands over the resources of an import is not held up; and a bound of memory. */
#define MAX_ROWS (1 << 12)
#define MAX_TEXT (16 << 20)

/* Types of columns: i an integer, r a real, t a text. */
typedef struct
{
  const char *module;
  const char *types;
  const char *declaration;
  const char *insertion;
} StagedTable;

static const StagedTable staged_tables[PRACTICE_N_STAGED] = {
  [PRACTICE_STAGED_STRING] = { "staged_string", "itit", "CREATE TABLE x (param, folded, rid, exact)",
                               "INSERT OR IGNORE INTO ix_string (param, folded, rid, exact) SELECT * FROM staged_string" },
  [PRACTICE_STAGED_TOKEN] = { "staged_token", "itit", "CREATE TABLE x (param, code, rid, system)",
                              "INSERT OR IGNORE INTO ix_token (param, code, rid, system) SELECT * FROM staged_token" },
  [PRACTICE_STAGED_REFERENCE] = { "staged_reference", "itti", "CREATE TABLE x (param, target_id, target_type, rid)",
                                  "INSERT OR IGNORE INTO ix_reference (param, target_id, target_type, rid)"
                                  " SELECT * FROM staged_reference" },
  [PRACTICE_STAGED_DATE] = { "staged_date", "iiii", "CREATE TABLE x (param, low, high, rid)",
                             "INSERT OR IGNORE INTO ix_date (param, low, high, rid) SELECT * FROM staged_date" },
  [PRACTICE_STAGED_QUANTITY] = { "staged_quantity", "irrrttti",
                                 "CREATE TABLE x (param, value, low, high, system, code, unit, rid)",
                                 "INSERT OR IGNORE INTO ix_quantity (param, value, low, high, system, code, unit, rid)"
                                 " SELECT * FROM staged_quantity" },
  [PRACTICE_STAGED_URI] = { "staged_uri", "iti", "CREATE TABLE x (param, uri, rid)",
                            "INSERT OR IGNORE INTO ix_uri (param, uri, rid) SELECT * FROM staged_uri" },
};

typedef union
{
  gint64 integer;
  double real;
  struct
  {
    guint32 offset;
    guint32 length;
  } text; /* in the texts of the stage */
} Cell;

typedef struct
{
  PracticeStage *stage;
  const StagedTable *table;
  guint n_columns;
  GArray *cells; /* row after row */
} StagedRows;

struct _PracticeStage
{
  StagedRows rows[PRACTICE_N_STAGED];
  GString *texts;
  guint n_rows;
};

typedef struct
{
  sqlite3_vtab base;
  StagedRows *rows;
} RowsTable;

typedef struct
{
  sqlite3_vtab_cursor base;
  gint64 row;
} RowsCursor;

static StagedRows *
get_rows (sqlite3_vtab_cursor *cursor)
{
  return ((RowsTable *) cursor->pVtab)->rows;
}

static int
rows_connect (sqlite3 *db, void *data, int argc, const char *const *argv, sqlite3_vtab **table, char **error)
{
  RowsTable *made = g_new0 (RowsTable, 1);

  made->rows = data;
  *table = &made->base;
  return sqlite3_declare_vtab (db, made->rows->table->declaration);
}

static int
rows_disconnect (sqlite3_vtab *table)
{
  g_free (table);
  return SQLITE_OK;
}

static int
rows_best_index (sqlite3_vtab *table, sqlite3_index_info *info)
{
  info->estimatedCost = 1000;
  return SQLITE_OK;
}

static int
rows_open (sqlite3_vtab *table, sqlite3_vtab_cursor **cursor)
{
  RowsCursor *made = g_new0 (RowsCursor, 1);

  *cursor = &made->base;
  return SQLITE_OK;
}

static int
rows_close (sqlite3_vtab_cursor *cursor)
{
  g_free (cursor);
  return SQLITE_OK;
}

static int
rows_filter (sqlite3_vtab_cursor *cursor, int index, const char *name, int argc, sqlite3_value **argv)
{
  ((RowsCursor *) cursor)->row = 0;
  return SQLITE_OK;
}

static int
rows_next (sqlite3_vtab_cursor *cursor)
{
  ((RowsCursor *) cursor)->row++;
  return SQLITE_OK;
}

static int
rows_eof (sqlite3_vtab_cursor *cursor)
{
  StagedRows *rows = get_rows (cursor);

  return ((RowsCursor *) cursor)->row * rows->n_columns >= rows->cells->len;
}

static int
rows_column (sqlite3_vtab_cursor *cursor, sqlite3_context *context, int column)
{
  StagedRows *rows = get_rows (cursor);
  const Cell *cell = &g_array_index (rows->cells, Cell, ((RowsCursor *) cursor)->row * rows->n_columns + column);

  switch (rows->table->types[column])
    {
    case 'i':
      sqlite3_result_int64 (context, cell->integer);
      break;
    case 'r':
      sqlite3_result_double (context, cell->real);
      break;
    default:
      /* The texts stay where they are while a statement reads them. */
      sqlite3_result_text (context, rows->stage->texts->str + cell->text.offset, cell->text.length, SQLITE_STATIC);
      break;
    }

  return SQLITE_OK;
}

static int
rows_rowid (sqlite3_vtab_cursor *cursor, sqlite3_int64 *rowid)
{
  *rowid = ((RowsCursor *) cursor)->row;
  return SQLITE_OK;
}

static const sqlite3_module rows_module = {
  .xConnect = rows_connect,
  .xBestIndex = rows_best_index,
  .xDisconnect = rows_disconnect,
  .xOpen = rows_open,
  .xClose = rows_close,
  .xFilter = rows_filter,
  .xNext = rows_next,
  .xEof = rows_eof,
  .xColumn = rows_column,
  .xRowid = rows_rowid,
};

/* Registers the virtual tables with the connection; free the stage after it is closed. */
PracticeStage *
practice_stage_new (sqlite3 *db)
{
  PracticeStage *stage = g_new0 (PracticeStage, 1);

  stage->texts = g_string_new (NULL);
  for (guint i = 0; i < PRACTICE_N_STAGED; i++)
    {
      StagedRows *rows = &stage->rows[i];

      rows->stage = stage;
      rows->table = &staged_tables[i];
      rows->n_columns = strlen (rows->table->types);
      rows->cells = g_array_new (FALSE, FALSE, sizeof (Cell));
      sqlite3_create_module (db, rows->table->module, &rows_module, rows);
    }

  return stage;
}

void
practice_stage_free (PracticeStage *stage)
{
  if (stage == NULL)
    return;

  for (guint i = 0; i < PRACTICE_N_STAGED; i++)
    g_array_unref (stage->rows[i].cells);
  g_string_free (stage->texts, TRUE);
  g_free (stage);
}

void
practice_stage_clear (PracticeStage *stage)
{
  if (stage == NULL || stage->n_rows == 0)
    return;

  for (guint i = 0; i < PRACTICE_N_STAGED; i++)
    g_array_set_size (stage->rows[i].cells, 0);
  g_string_truncate (stage->texts, 0);
  stage->n_rows = 0;
}

/* Takes a row: the values of its columns in their order, each as gint64, double or text. */
void
practice_stage_add (PracticeStage *stage, PracticeStaged table, ...)
{
  StagedRows *rows = &stage->rows[table];
  va_list values;

  va_start (values, table);
  for (const char *type = rows->table->types; *type != '\0'; type++)
    {
      Cell cell;

      if (*type == 'i')
        cell.integer = va_arg (values, gint64);
      else if (*type == 'r')
        cell.real = va_arg (values, double);
      else
        {
          const char *text = va_arg (values, const char *);

          cell.text.offset = stage->texts->len;
          cell.text.length = text != NULL ? strlen (text) : 0;
          g_string_append_len (stage->texts, text != NULL ? text : "", cell.text.length);
        }
      g_array_append_val (rows->cells, cell);
    }
  va_end (values);
  stage->n_rows++;
}

gboolean
practice_stage_is_empty (PracticeStage *stage)
{
  return stage == NULL || stage->n_rows == 0;
}

gboolean
practice_stage_is_full (PracticeStage *stage)
{
  return stage->n_rows >= MAX_ROWS || stage->texts->len >= MAX_TEXT;
}

/**
 * practice_store_flush:
 *
 * Writes the index rows that wait. What could not be written is forgotten: the caller gives the transaction up.
 *
 * Returns: whether all are written
 */
gboolean
practice_store_flush (PracticeStore *store, GError **error)
{
  PracticeStage *stage = store->stage;
  gboolean ok = TRUE;

  if (practice_stage_is_empty (stage))
    return TRUE;

  for (guint i = 0; ok && i < PRACTICE_N_STAGED; i++)
    {
      const StagedRows *rows = &stage->rows[i];

      if (rows->cells->len > 0)
        ok = practice_store_run (store, practice_store_prepare_record (store, rows->table->insertion), error);
    }
  practice_stage_clear (stage);

  return ok;
}
