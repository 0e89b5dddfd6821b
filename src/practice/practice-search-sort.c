/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "practice-search"

#include "practice-search-private.h"

/*
 * _sort. A few matches are sorted by the values that they have. Many matches with one key are rather found along the
 * index of that key, so that a page costs a page: first what has a value, then what has none.
 */

/* The index table of each type of parameter, and its column that has the value. */
static const char *const columns[][2] = {
  [PRACTICE_SEARCH_NUMBER] = { "ix_quantity", "value" },    [PRACTICE_SEARCH_DATE] = { "ix_date", "low" },
  [PRACTICE_SEARCH_STRING] = { "ix_string", "folded" },     [PRACTICE_SEARCH_TOKEN] = { "ix_token", "code" },
  [PRACTICE_SEARCH_REFERENCE] = { "ix_reference", "target_id" }, [PRACTICE_SEARCH_COMPOSITE] = { NULL, NULL },
  [PRACTICE_SEARCH_QUANTITY] = { "ix_quantity", "value" },  [PRACTICE_SEARCH_URI] = { "ix_uri", "uri" },
};

static void
append_sort_key (const PracticeSort *sort, guint i, PracticeSql *sql)
{
  if (sort->kind == PRACTICE_CLAUSE_ID)
    practice_sql_printf (sql, ", r.id AS k%u", i);
  else if (sort->kind == PRACTICE_CLAUSE_UPDATED)
    practice_sql_printf (sql, ", r.updated AS k%u", i);
  else
    {
      practice_sql_printf (sql, ", (SELECT %s(s.%s) FROM %s s WHERE s.rid = r.rid AND s.param = ",
                           sort->descending ? "max" : "min", columns[sort->param->type][1],
                           columns[sort->param->type][0]);
      practice_sql_integer (sql, sort->param->id);
      practice_sql_printf (sql, ") AS k%u", i);
    }
}

/* Rows behind the last one of the page before: equal in the first keys, behind in the next. What has no value comes last
 * in either direction. */
static void
append_behind (const PracticeSearch *search, PracticeSql *sql)
{
  practice_sql_append (sql, " WHERE (");
  for (guint i = 0; i <= search->sorts->len; i++)
    {
      const PracticeCell *cell = &g_array_index (search->after, PracticeCell, (i + 1) % (search->sorts->len + 1));

      practice_sql_append (sql, i > 0 ? " OR (" : "(");
      for (guint j = 0; j < i; j++)
        {
          practice_sql_printf (sql, "k%u IS ", j);
          practice_sql_cell (sql, &g_array_index (search->after, PracticeCell, j + 1));
          practice_sql_append (sql, " AND ");
        }
      if (i == search->sorts->len)
        {
          practice_sql_append (sql, "rid > ");
          practice_sql_cell (sql, cell);
        }
      else if (cell->kind == PRACTICE_CELL_NULL)
        {
          practice_sql_append (sql, "0");
        }
      else
        {
          const PracticeSort *sort = search->sorts->pdata[i];

          practice_sql_printf (sql, "(k%u %s ", i, sort->descending ? "<" : ">");
          practice_sql_cell (sql, cell);
          practice_sql_printf (sql, " OR k%u IS NULL)", i);
        }
      practice_sql_append (sql, ")");
    }
  practice_sql_append (sql, ")");
}

/* SELECT of rid and the sort keys. */
void
practice_sort_build (PracticeStore *store, PracticeSearch *search, const PracticeClause *leader, PracticeSql *sql)
{
  practice_sql_append (sql, "SELECT * FROM (SELECT r.rid AS rid");
  for (guint i = 0; i < search->sorts->len; i++)
    append_sort_key (search->sorts->pdata[i], i, sql);
  practice_search_append_matches (store, search, leader, sql);
  practice_sql_append (sql, ")");
  if (search->after != NULL)
    append_behind (search, sql);

  practice_sql_append (sql, " ORDER BY ");
  for (guint i = 0; i < search->sorts->len; i++)
    {
      const PracticeSort *sort = search->sorts->pdata[i];

      if (sort->kind == PRACTICE_CLAUSE_PARAM)
        practice_sql_printf (sql, "k%u IS NULL, ", i);
      practice_sql_printf (sql, "k%u%s, ", i, sort->descending ? " DESC" : "");
    }
  practice_sql_append (sql, "rid LIMIT ");
  practice_sql_integer (sql, (gint64) search->count + 1);
}

/* Whether what a criterion asks can be asked of the row of the sort key itself: the same date, of which there is one. */
static gboolean
is_on_key (PracticeStore *store, const PracticeClause *clause, const PracticeSort *sort)
{
  PracticeDateShape shape;

  if (clause->param != sort->param || clause->param == NULL || clause->chains != NULL
      || clause->param->type != PRACTICE_SEARCH_DATE || clause->modifier != PRACTICE_MODIFIER_NONE)
    return FALSE;

  practice_store_get_date_shape (store, clause->param->id, &shape);
  return !shape.multiple;
}

/**
 * practice_sort_can_lead:
 * @estimate: of the best criterion
 * @cap: what counts as many
 *
 * Returns: whether to go along the index of the sort key
 */
gboolean
practice_sort_can_lead (PracticeStore *store, const PracticeSearch *search, gint64 estimate, gint64 cap)
{
  const PracticeSort *sort = search->sorts->pdata[0];
  guint others = 0;

  if (search->sorts->len != 1 || sort->kind != PRACTICE_CLAUSE_PARAM || estimate < cap)
    return FALSE;

  for (guint i = 0; i < search->clauses->len; i++)
    others += !is_on_key (store, search->clauses->pdata[i], sort);
  /* Several wide criteria may have little in common, and the way along the index would be long. */
  return others <= 1;
}

static void
append_first_key_only (const PracticeSort *sort, PracticeSql *sql, const char *t)
{
  const char *const *column = columns[sort->param->type];

  practice_sql_printf (sql, " AND NOT EXISTS (SELECT 1 FROM %s e INDEXED BY %s_rid WHERE e.rid = %s.rid AND e.param = %s.param"
                            " AND e.%s %s %s.%s)",
                       column[0], column[0], t, t, column[1], sort->descending ? ">" : "<", t, column[1]);
}

/* SELECT of rid and key along the index of the key. */
void
practice_sort_build_led (PracticeStore *store, PracticeSearch *search, PracticeSql *sql)
{
  const PracticeSort *sort = search->sorts->pdata[0];
  const char *const *column = columns[sort->param->type];
  const char *t;

  practice_sql_printf (sql, "SELECT DISTINCT r.rid, %s", column[1]);
  t = practice_search_append_from (search, sort->param, column[0], sql);
  practice_sql_printf (sql, "%s.param = ", t);
  practice_sql_integer (sql, sort->param->id);
  for (guint i = 0; i < search->clauses->len; i++)
    {
      const PracticeClause *clause = search->clauses->pdata[i];

      if (clause->absorbed)
        continue;
      if (is_on_key (store, clause, sort))
        {
          practice_sql_append (sql, " AND ");
          practice_clause_append_condition (clause, sql, store, t);
        }
      else
        {
          practice_clause_append_check (clause, sql, store, "r");
        }
    }
  append_first_key_only (sort, sql, t);
  if (search->after != NULL)
    {
      const PracticeCell *key = &g_array_index (search->after, PracticeCell, 1);

      practice_sql_printf (sql, " AND %s.%s %s ", t, column[1], sort->descending ? "<=" : ">=");
      practice_sql_cell (sql, key);
      practice_sql_printf (sql, " AND (%s.%s <> ", t, column[1]);
      practice_sql_cell (sql, key);
      practice_sql_printf (sql, " OR %s.rid > ", t);
      practice_sql_cell (sql, &g_array_index (search->after, PracticeCell, 0));
      practice_sql_append (sql, ")");
    }
  practice_sql_printf (sql, " ORDER BY %s.%s%s, %s.rid LIMIT ", t, column[1], sort->descending ? " DESC" : "", t);
  practice_sql_integer (sql, (gint64) search->count + 1);
}

/* SELECT of rid and NULL: the matches that have no key. @behind: go on behind the page before. */
void
practice_sort_build_unkeyed (PracticeStore *store, PracticeSearch *search, const PracticeClause *leader, gboolean behind,
                             PracticeSql *sql)
{
  const PracticeSort *sort = search->sorts->pdata[0];

  practice_sql_append (sql, "SELECT r.rid, NULL");
  practice_search_append_matches (store, search, leader, sql);
  practice_sql_printf (sql, " AND NOT EXISTS (SELECT 1 FROM %s s WHERE s.rid = r.rid AND s.param = ",
                       columns[sort->param->type][0]);
  practice_sql_integer (sql, sort->param->id);
  practice_sql_append (sql, ")");
  if (behind)
    {
      practice_sql_append (sql, " AND r.rid > ");
      practice_sql_cell (sql, &g_array_index (search->after, PracticeCell, 0));
    }
  practice_sql_append (sql, " ORDER BY r.rid LIMIT ");
  practice_sql_integer (sql, (gint64) search->count + 1);
}
