/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "practice-search"

#include "practice-search-private.h"

static void
clear_cell (gpointer data)
{
  PracticeCell *cell = data;

  g_free (cell->text);
}

GArray *
practice_cells_new (void)
{
  GArray *cells = g_array_new (FALSE, FALSE, sizeof (PracticeCell));

  g_array_set_clear_func (cells, clear_cell);
  return cells;
}

void
practice_cells_add_column (GArray *cells, sqlite3_stmt *statement, int column)
{
  PracticeCell cell = { .kind = PRACTICE_CELL_NULL };

  switch (sqlite3_column_type (statement, column))
    {
    case SQLITE_INTEGER:
      cell.kind = PRACTICE_CELL_INTEGER;
      cell.integer = sqlite3_column_int64 (statement, column);
      break;
    case SQLITE_FLOAT:
      cell.kind = PRACTICE_CELL_REAL;
      cell.real = sqlite3_column_double (statement, column);
      break;
    case SQLITE_TEXT:
      cell.kind = PRACTICE_CELL_TEXT;
      cell.text = g_strdup ((const char *) sqlite3_column_text (statement, column));
      break;
    default:
      break;
    }

  g_array_append_val (cells, cell);
}

PracticeSql *
practice_sql_new (void)
{
  PracticeSql *sql = g_new0 (PracticeSql, 1);

  sql->text = g_string_sized_new (512);
  sql->cells = practice_cells_new ();
  return sql;
}

void
practice_sql_free (PracticeSql *sql)
{
  g_string_free (sql->text, TRUE);
  g_array_unref (sql->cells);
  g_free (sql);
}

void
practice_sql_append (PracticeSql *sql, const char *text)
{
  g_string_append (sql->text, text);
}

void
practice_sql_printf (PracticeSql *sql, const char *format, ...)
{
  va_list args;

  va_start (args, format);
  g_string_append_vprintf (sql->text, format, args);
  va_end (args);
}

void
practice_sql_cell (PracticeSql *sql, const PracticeCell *cell)
{
  PracticeCell copy = *cell;

  copy.text = g_strdup (cell->text);
  g_array_append_val (sql->cells, copy);
  g_string_append_c (sql->text, '?');
}

void
practice_sql_integer (PracticeSql *sql, gint64 value)
{
  practice_sql_cell (sql, &(PracticeCell){ .kind = PRACTICE_CELL_INTEGER, .integer = value });
}

void
practice_sql_real (PracticeSql *sql, double value)
{
  practice_sql_cell (sql, &(PracticeCell){ .kind = PRACTICE_CELL_REAL, .real = value });
}

void
practice_sql_string (PracticeSql *sql, const char *value)
{
  practice_sql_cell (sql, &(PracticeCell){ .kind = PRACTICE_CELL_TEXT, .text = (char *) value });
}

/**
 * practice_sql_prepare:
 *
 * Returns: the statement with its parameters bound; @sql has to outlive its use
 */
sqlite3_stmt *
practice_sql_prepare (PracticeSql *sql, PracticeStore *store)
{
  sqlite3_stmt *statement = practice_store_prepare (store, sql->text->str);

  for (guint i = 0; statement != NULL && i < sql->cells->len; i++)
    {
      const PracticeCell *cell = &g_array_index (sql->cells, PracticeCell, i);

      if (cell->kind == PRACTICE_CELL_INTEGER)
        sqlite3_bind_int64 (statement, i + 1, cell->integer);
      else if (cell->kind == PRACTICE_CELL_REAL)
        sqlite3_bind_double (statement, i + 1, cell->real);
      else if (cell->kind == PRACTICE_CELL_TEXT)
        sqlite3_bind_text (statement, i + 1, cell->text, -1, SQLITE_STATIC);
    }

  return statement;
}
