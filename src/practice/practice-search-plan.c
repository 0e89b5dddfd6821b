/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "practice-search"

#include "practice-search-private.h"

#include <string.h>

/*
 * How a search runs: the criterion with the fewest matches (counted in the index, up to a cap) leads, the others are
 * checked per resource. SQLite has no statistics of a database that is always fresh, so it is not left to choose.
 *
 * Without _sort the order is what the leading index gives for nothing: by creation, or by the string that was searched.
 * Pages go on behind the last row of the page before, so rows that come and go meanwhile move nothing.
 */
#define ESTIMATE_CAP 1000

void
practice_page_clear (PracticePage *page)
{
  g_clear_pointer (&page->rids, g_array_unref);
  g_clear_pointer (&page->next, g_array_unref);
}

static gboolean
can_lead (const PracticeClause *clause)
{
  return clause->kind == PRACTICE_CLAUSE_PARAM && !clause->absorbed
         && clause->modifier != PRACTICE_MODIFIER_MISSING && !practice_clause_is_negative (clause);
}

/* "date=ge..&date=lt.." on a parameter that has one value per resource is one range of the index. */
static void
merge_dates (PracticeStore *store, PracticeSearch *search)
{
  for (guint i = 0; i < search->clauses->len; i++)
    {
      PracticeClause *first = search->clauses->pdata[i];
      PracticeDateShape shape;

      if (!can_lead (first) || first->param->type != PRACTICE_SEARCH_DATE || first->merged != NULL)
        continue;
      practice_store_get_date_shape (store, first->param->id, &shape);
      for (guint j = i + 1; !shape.multiple && j < search->clauses->len; j++)
        {
          PracticeClause *other = search->clauses->pdata[j];

          if (!can_lead (other) || other->param != first->param)
            continue;
          if (first->merged == NULL)
            first->merged = g_ptr_array_new ();
          g_ptr_array_add (first->merged, other);
          other->absorbed = TRUE;
        }
    }
}

static gint64
estimate (PracticeStore *store, const PracticeClause *clause)
{
  g_autoptr (PracticeSql) sql = practice_sql_new ();
  sqlite3_stmt *statement;
  gint64 count = ESTIMATE_CAP;

  practice_sql_printf (sql, "SELECT count(*) FROM (SELECT 1 FROM %s t WHERE ", practice_clause_get_table (clause));
  practice_clause_append_condition (clause, sql, store, "t");
  practice_sql_printf (sql, " LIMIT %d)", ESTIMATE_CAP);
  statement = practice_sql_prepare (sql, store);
  if (statement != NULL && sqlite3_step (statement) == SQLITE_ROW)
    count = sqlite3_column_int64 (statement, 0);
  sqlite3_reset (statement);

  return count;
}

/* With equal numbers: what is found by equality is cheaper to lead than what is found by a range. */
static int
get_cost_of_kind (const PracticeClause *clause)
{
  if (clause->chains != NULL)
    return 2;

  switch (clause->param->type)
    {
    case PRACTICE_SEARCH_REFERENCE:
      return 0;
    case PRACTICE_SEARCH_STRING:
      return 1;
    case PRACTICE_SEARCH_TOKEN:
      return 3;
    default:
      return 4;
    }
}

/* Later pages keep the leader of the first: it makes the order. */
static PracticeClause *
choose_leader (PracticeStore *store, PracticeSearch *search, int *position)
{
  PracticeClause *best = NULL;
  guint candidates = 0;

  *position = search->after != NULL ? search->leader : -1;
  if (search->after != NULL)
    {
      best = search->leader >= 0 ? search->clauses->pdata[search->leader] : NULL;
      return best != NULL && can_lead (best) ? best : NULL;
    }

  for (guint i = 0; i < search->clauses->len; i++)
    candidates += can_lead (search->clauses->pdata[i]);

  for (guint i = 0; i < search->clauses->len; i++)
    {
      PracticeClause *clause = search->clauses->pdata[i];

      if (!can_lead (clause))
        continue;
      clause->estimate = candidates > 1 ? estimate (store, clause) : ESTIMATE_CAP;
      if (best == NULL || clause->estimate < best->estimate
          || (clause->estimate == best->estimate && get_cost_of_kind (clause) < get_cost_of_kind (best)))
        {
          best = clause;
          *position = (int) i;
        }
    }

  return best;
}

static void
append_other_checks (PracticeStore *store, PracticeSearch *search, const PracticeClause *leader, PracticeSql *sql)
{
  for (guint i = 0; i < search->clauses->len; i++)
    {
      PracticeClause *clause = search->clauses->pdata[i];

      if (clause != leader && !clause->absorbed)
        practice_clause_append_check (clause, sql, store, "r");
    }
}

/* Whether the index gives the rows of this criterion in the order of their rid. */
static gboolean
leads_in_order (const PracticeClause *leader)
{
  const PracticeValue *value;

  if (leader->chains != NULL || leader->values->len != 1 || leader->modifier != PRACTICE_MODIFIER_NONE)
    return FALSE;

  value = leader->values->pdata[0];
  switch (leader->param->type)
    {
    case PRACTICE_SEARCH_TOKEN:
      return value->text != NULL;
    case PRACTICE_SEARCH_REFERENCE:
      return value->type != NULL;
    case PRACTICE_SEARCH_URI:
      return TRUE;
    default:
      return FALSE;
    }
}

static gboolean
leads_by_string (const PracticeClause *leader)
{
  return leader->chains == NULL && leader->values->len == 1 && leader->modifier == PRACTICE_MODIFIER_NONE
         && leader->param->type == PRACTICE_SEARCH_STRING;
}

/* "FROM ... WHERE" of all matches, with the resource as "r". */
static void
append_matches (PracticeStore *store, PracticeSearch *search, const PracticeClause *leader, PracticeSql *sql)
{
  gboolean by_update = FALSE;

  for (guint i = 0; leader == NULL && i < search->clauses->len; i++)
    by_update |= ((PracticeClause *) search->clauses->pdata[i])->kind == PRACTICE_CLAUSE_UPDATED;
  for (guint i = 0; i < search->clauses->len; i++)
    by_update &= ((PracticeClause *) search->clauses->pdata[i])->kind != PRACTICE_CLAUSE_ID;

  practice_sql_printf (sql, " FROM resource r%s WHERE ", by_update ? " INDEXED BY resource_updated" : "");
  if (leader != NULL)
    {
      practice_sql_printf (sql, "r.rid IN (SELECT t.rid FROM %s t WHERE ", practice_clause_get_table (leader));
      practice_clause_append_condition (leader, sql, store, "t");
      practice_sql_append (sql, ") AND +r.type = ");
    }
  else
    {
      practice_sql_append (sql, "r.type = ");
    }
  practice_sql_string (sql, search->type);
  practice_sql_append (sql, leader != NULL ? " AND +r.deleted = 0" : " AND r.deleted = 0");
  append_other_checks (store, search, leader, sql);
}

/* SELECT of rid in the order of rid. */
static void
build_by_rid (PracticeStore *store, PracticeSearch *search, const PracticeClause *leader, PracticeSql *sql)
{
  const char *column = leader != NULL && leads_in_order (leader) ? "t.rid" : "r.rid";

  if (*column == 't')
    {
      practice_sql_printf (sql, "SELECT DISTINCT t.rid FROM %s t CROSS JOIN resource r WHERE r.rid = t.rid AND ",
                           practice_clause_get_table (leader));
      practice_clause_append_condition (leader, sql, store, "t");
      practice_sql_append (sql, " AND r.type = ");
      practice_sql_string (sql, search->type);
      practice_sql_append (sql, " AND r.deleted = 0");
      append_other_checks (store, search, leader, sql);
    }
  else
    {
      practice_sql_append (sql, "SELECT r.rid");
      append_matches (store, search, leader, sql);
    }

  if (search->after != NULL)
    {
      practice_sql_printf (sql, " AND %s > ", column);
      practice_sql_cell (sql, &g_array_index (search->after, PracticeCell, 0));
    }
  practice_sql_printf (sql, " ORDER BY %s LIMIT ", column);
  practice_sql_integer (sql, (gint64) search->count + 1);
}

/* SELECT of rid, folded in the order of the string that leads. A resource with several fitting strings is found by the
 * first of them only. */
static void
build_by_string (PracticeStore *store, PracticeSearch *search, const PracticeClause *leader, PracticeSql *sql)
{
  const PracticeValue *value = leader->values->pdata[0];

  practice_sql_append (sql, "SELECT DISTINCT t.rid, t.folded FROM ix_string t CROSS JOIN resource r WHERE r.rid = t.rid AND ");
  practice_clause_append_condition (leader, sql, store, "t");
  practice_sql_append (sql, " AND r.type = ");
  practice_sql_string (sql, search->type);
  practice_sql_append (sql, " AND r.deleted = 0"
                            " AND NOT EXISTS (SELECT 1 FROM ix_string e INDEXED BY ix_string_rid WHERE e.rid = t.rid"
                            " AND e.param = t.param AND e.folded < t.folded AND e.folded >= ");
  practice_sql_string (sql, value->text);
  practice_sql_append (sql, ")");
  append_other_checks (store, search, leader, sql);
  if (search->after != NULL)
    {
      practice_sql_append (sql, " AND (t.folded, t.rid) > (");
      practice_sql_cell (sql, &g_array_index (search->after, PracticeCell, 1));
      practice_sql_append (sql, ", ");
      practice_sql_cell (sql, &g_array_index (search->after, PracticeCell, 0));
      practice_sql_append (sql, ")");
    }
  practice_sql_append (sql, " ORDER BY t.folded, t.rid LIMIT ");
  practice_sql_integer (sql, (gint64) search->count + 1);
}

static void
append_sort_key (const PracticeSort *sort, guint i, PracticeSql *sql)
{
  static const char *const columns[][2] = {
    [PRACTICE_SEARCH_NUMBER] = { "ix_quantity", "value" },    [PRACTICE_SEARCH_DATE] = { "ix_date", "low" },
    [PRACTICE_SEARCH_STRING] = { "ix_string", "folded" },     [PRACTICE_SEARCH_TOKEN] = { "ix_token", "code" },
    [PRACTICE_SEARCH_REFERENCE] = { "ix_reference", "target_id" }, [PRACTICE_SEARCH_COMPOSITE] = { NULL, NULL },
    [PRACTICE_SEARCH_QUANTITY] = { "ix_quantity", "value" },  [PRACTICE_SEARCH_URI] = { "ix_uri", "uri" },
  };

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
static void
build_sorted (PracticeStore *store, PracticeSearch *search, const PracticeClause *leader, PracticeSql *sql)
{
  practice_sql_append (sql, "SELECT * FROM (SELECT r.rid AS rid");
  for (guint i = 0; i < search->sorts->len; i++)
    append_sort_key (search->sorts->pdata[i], i, sql);
  append_matches (store, search, leader, sql);
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

static gboolean
count_matches (PracticeStore *store, PracticeSearch *search, const PracticeClause *leader, gint64 *total, GError **error)
{
  g_autoptr (PracticeSql) sql = practice_sql_new ();
  sqlite3_stmt *statement;
  gboolean result;

  practice_sql_append (sql, "SELECT count(*)");
  append_matches (store, search, leader, sql);
  statement = practice_sql_prepare (sql, store);
  result = statement != NULL && sqlite3_step (statement) == SQLITE_ROW;
  if (result)
    *total = sqlite3_column_int64 (statement, 0);
  else
    practice_store_set_error (store, error);
  sqlite3_reset (statement);

  return result;
}

static GArray *
take_row (sqlite3_stmt *statement, gint64 leader)
{
  GArray *cells = practice_cells_new ();
  PracticeCell cell = { .kind = PRACTICE_CELL_INTEGER, .integer = leader };

  for (int i = 0; i < sqlite3_column_count (statement); i++)
    practice_cells_add_column (cells, statement, i);
  g_array_append_val (cells, cell);
  return cells;
}

static gboolean
collect_rows (PracticeStore *store, PracticeSearch *search, gint64 leader, PracticeSql *sql, PracticePage *page,
              GError **error)
{
  sqlite3_stmt *statement = practice_sql_prepare (sql, store);
  g_autoptr (GArray) last = NULL;
  int result;

  while ((result = statement != NULL ? sqlite3_step (statement) : SQLITE_ERROR) == SQLITE_ROW)
    {
      gint64 rid = sqlite3_column_int64 (statement, 0);

      if (page->rids->len == search->count)
        {
          page->next = g_steal_pointer (&last);
          break;
        }
      g_array_append_val (page->rids, rid);
      if (page->rids->len == search->count)
        last = take_row (statement, leader);
    }
  if (result != SQLITE_ROW && result != SQLITE_DONE)
    practice_store_set_error (store, error);
  sqlite3_reset (statement);

  return result == SQLITE_ROW || result == SQLITE_DONE;
}

/**
 * practice_search_find:
 * @store: a connection in a transaction
 * @search: what to find
 * @page: (out): the rids of one page, where the next begins, and the total if it was asked for or is plain
 * @error: return location
 *
 * Returns: whether the database could answer
 */
gboolean
practice_search_find (PracticeStore *store, PracticeSearch *search, PracticePage *page, GError **error)
{
  g_autoptr (PracticeSql) sql = practice_sql_new ();
  PracticeClause *leader;
  int position;

  *page = (PracticePage){ .rids = g_array_new (FALSE, FALSE, sizeof (gint64)), .total = -1 };
  merge_dates (store, search);
  leader = choose_leader (store, search, &position);
  if ((search->count_only || search->accurate_total) && !count_matches (store, search, leader, &page->total, error))
    return FALSE;
  if (search->count_only || search->count == 0)
    return page->total >= 0 || count_matches (store, search, leader, &page->total, error);

  if (search->sorts->len > 0)
    build_sorted (store, search, leader, sql);
  else if (leader != NULL && leads_by_string (leader) && (search->after == NULL || search->after->len == 2))
    build_by_string (store, search, leader, sql);
  else
    build_by_rid (store, search, leader, sql);
  if (!collect_rows (store, search, position, sql, page, error))
    return FALSE;

  /* One page that is all there is has its total for nothing. */
  if (search->after == NULL && page->next == NULL)
    page->total = page->rids->len;
  return TRUE;
}
