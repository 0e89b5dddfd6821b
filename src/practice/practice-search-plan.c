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
#define FIRST_LOOK 300
#define ESTIMATE_CAP 5000

void
practice_page_clear (PracticePage *page)
{
  g_clear_pointer (&page->rids, g_array_unref);
  g_clear_pointer (&page->next, g_array_unref);
  g_clear_pointer (&page->last, g_array_unref);
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
estimate (PracticeStore *store, const PracticeClause *clause, gint64 cap)
{
  g_autoptr (PracticeSql) sql = practice_sql_new ();
  sqlite3_stmt *statement;
  gint64 count = cap;

  practice_sql_printf (sql, "SELECT count(*) FROM (SELECT 1 FROM %s t WHERE ", practice_clause_get_table (clause));
  practice_clause_append_condition (clause, sql, store, "t");
  practice_sql_append (sql, " LIMIT ");
  practice_sql_integer (sql, cap);
  practice_sql_append (sql, ")");
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

/* Counts the matches of every criterion up to a small number, and further only when none is below it. */
static void
count_candidates (PracticeStore *store, PracticeSearch *search)
{
  static const gint64 caps[] = { FIRST_LOOK, ESTIMATE_CAP };
  gboolean found = FALSE;

  for (guint round = 0; round < G_N_ELEMENTS (caps) && !found; round++)
    for (guint i = 0; i < search->clauses->len; i++)
      {
        PracticeClause *clause = search->clauses->pdata[i];

        if (!can_lead (clause))
          continue;
        clause->estimate = estimate (store, clause, caps[round]);
        found |= clause->estimate < caps[round];
      }
}

static gboolean
is_better (const PracticeClause *clause, const PracticeClause *best)
{
  return best == NULL || clause->estimate < best->estimate
         || (clause->estimate == best->estimate && get_cost_of_kind (clause) < get_cost_of_kind (best));
}

/* Later pages keep the leader of the first: it makes the order. */
static PracticeClause *
choose_leader (PracticeStore *store, PracticeSearch *search, int *position)
{
  PracticeClause *best = NULL;
  guint candidates = 0;

  *position = search->after != NULL ? search->leader : -1;
  if (search->after != NULL && search->sorts->len == 0)
    {
      best = search->leader >= 0 ? search->clauses->pdata[search->leader] : NULL;
      return best != NULL && can_lead (best) ? best : NULL;
    }

  for (guint i = 0; i < search->clauses->len; i++)
    candidates += can_lead (search->clauses->pdata[i]);
  if (candidates > 1 || search->sorts->len > 0)
    count_candidates (store, search);

  for (guint i = 0; i < search->clauses->len; i++)
    {
      PracticeClause *clause = search->clauses->pdata[i];

      if (can_lead (clause) && is_better (clause, best))
        {
          best = clause;
          *position = (int) i;
        }
    }

  return best;
}

/* Whether rows of the index say all there is to ask: they exist for current resources of one type alone. */
static gboolean
index_suffices (const PracticeSearch *search, const PracticeSearchParam *param)
{
  for (guint i = 0; i < search->clauses->len; i++)
    if (((PracticeClause *) search->clauses->pdata[i])->kind != PRACTICE_CLAUSE_PARAM)
      return FALSE;

  return strcmp (param->base, search->type) == 0;
}

/* "FROM" the rows of an index, as "t", and the resource, as "r": one and the same alias where the index suffices. */
const char *
practice_search_append_from (const PracticeSearch *search, const PracticeSearchParam *param, const char *table,
                             PracticeSql *sql)
{
  if (index_suffices (search, param))
    {
      practice_sql_printf (sql, " FROM %s r WHERE ", table);
      return "r";
    }

  practice_sql_printf (sql, " FROM %s i CROSS JOIN resource r WHERE r.rid = i.rid AND r.type = ", table);
  practice_sql_string (sql, search->type);
  practice_sql_append (sql, " AND r.deleted = 0 AND ");
  return "i";
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
  return leader->chains == NULL && leader->values->len == 1 && leader->param->type == PRACTICE_SEARCH_STRING
         && (leader->modifier == PRACTICE_MODIFIER_NONE || leader->modifier == PRACTICE_MODIFIER_CONTAINS);
}

/* "FROM ... WHERE" of all matches, with the resource as "r". */
void
practice_search_append_matches (PracticeStore *store, PracticeSearch *search, const PracticeClause *leader,
                                PracticeSql *sql)
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
  const char *t = "r";

  if (leader != NULL && leads_in_order (leader))
    {
      practice_sql_append (sql, "SELECT DISTINCT r.rid");
      t = practice_search_append_from (search, leader->param, practice_clause_get_table (leader), sql);
      practice_clause_append_condition (leader, sql, store, t);
      append_other_checks (store, search, leader, sql);
    }
  else
    {
      practice_sql_append (sql, "SELECT r.rid");
      practice_search_append_matches (store, search, leader, sql);
    }

  if (search->after != NULL)
    {
      practice_sql_printf (sql, " AND %s.rid > ", t);
      practice_sql_cell (sql, &g_array_index (search->after, PracticeCell, 0));
    }
  practice_sql_printf (sql, " ORDER BY %s.rid LIMIT ", t);
  practice_sql_integer (sql, (gint64) search->count + 1);
}

/* A resource with several fitting strings is found by the first of them only. */
static void
append_first_only (const PracticeClause *leader, PracticeSql *sql, const char *t)
{
  const PracticeValue *value = leader->values->pdata[0];

  practice_sql_printf (sql, " AND NOT EXISTS (SELECT 1 FROM ix_string e INDEXED BY ix_string_rid WHERE e.rid = %s.rid"
                            " AND e.param = %s.param AND e.folded < %s.folded AND ", t, t, t);
  if (leader->modifier == PRACTICE_MODIFIER_CONTAINS)
    {
      practice_sql_append (sql, "instr(e.folded, ");
      practice_sql_string (sql, value->text);
      practice_sql_append (sql, ") > 0)");
    }
  else
    {
      practice_sql_append (sql, "e.folded >= ");
      practice_sql_string (sql, value->text);
      practice_sql_append (sql, ")");
    }
}

/* SELECT of rid, folded in the order of the string that leads. */
static void
build_by_string (PracticeStore *store, PracticeSearch *search, const PracticeClause *leader, PracticeSql *sql)
{
  const char *t;

  practice_sql_append (sql, "SELECT DISTINCT r.rid, folded");
  t = practice_search_append_from (search, leader->param, "ix_string", sql);
  practice_clause_append_condition (leader, sql, store, t);
  append_other_checks (store, search, leader, sql);
  append_first_only (leader, sql, t);
  if (search->after != NULL)
    {
      practice_sql_printf (sql, " AND (%s.folded, %s.rid) > (", t, t);
      practice_sql_cell (sql, &g_array_index (search->after, PracticeCell, 1));
      practice_sql_append (sql, ", ");
      practice_sql_cell (sql, &g_array_index (search->after, PracticeCell, 0));
      practice_sql_append (sql, ")");
    }
  practice_sql_printf (sql, " ORDER BY %s.folded, %s.rid LIMIT ", t, t);
  practice_sql_integer (sql, (gint64) search->count + 1);
}

static gboolean
count_matches (PracticeStore *store, PracticeSearch *search, const PracticeClause *leader, gint64 *total, GError **error)
{
  g_autoptr (PracticeSql) sql = practice_sql_new ();
  sqlite3_stmt *statement;
  gboolean result;

  practice_sql_append (sql, "SELECT count(*)");
  practice_search_append_matches (store, search, leader, sql);
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
  int result;

  while ((result = statement != NULL ? sqlite3_step (statement) : SQLITE_ERROR) == SQLITE_ROW)
    {
      gint64 rid = sqlite3_column_int64 (statement, 0);

      if (page->rids->len == search->count)
        {
          page->next = g_steal_pointer (&page->last);
          break;
        }
      g_array_append_val (page->rids, rid);
      if (page->rids->len == search->count)
        page->last = take_row (statement, leader);
    }
  if (result != SQLITE_ROW && result != SQLITE_DONE)
    practice_store_set_error (store, error);
  sqlite3_reset (statement);

  return result == SQLITE_ROW || result == SQLITE_DONE;
}

static void
set_plain_total (const PracticeSearch *search, PracticePage *page)
{
  /* One page that is all there is has its total for nothing. */
  if (search->after == NULL && page->next == NULL && page->total < 0)
    page->total = page->rids->len;
}

/* Along the index of the sort key, then what has no key. */
static gboolean
find_by_sort (PracticeStore *store, PracticeSearch *search, const PracticeClause *leader, int position,
              PracticePage *page, GError **error)
{
  gboolean keyed = search->after == NULL || g_array_index (search->after, PracticeCell, 1).kind != PRACTICE_CELL_NULL;

  if (keyed)
    {
      g_autoptr (PracticeSql) sql = practice_sql_new ();

      practice_sort_build_led (store, search, sql);
      if (!collect_rows (store, search, position, sql, page, error))
        return FALSE;
    }
  if (page->next == NULL)
    {
      g_autoptr (PracticeSql) sql = practice_sql_new ();

      practice_sort_build_unkeyed (store, search, leader, !keyed, sql);
      if (!collect_rows (store, search, position, sql, page, error))
        return FALSE;
    }

  set_plain_total (search, page);
  return TRUE;
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

  if (search->sorts->len > 0 && practice_sort_can_lead (store, search, leader != NULL ? leader->estimate : ESTIMATE_CAP,
                                                        ESTIMATE_CAP))
    return find_by_sort (store, search, leader, position, page, error);
  if (search->sorts->len > 0)
    practice_sort_build (store, search, leader, sql);
  else if (leader != NULL && leads_by_string (leader) && (search->after == NULL || search->after->len == 2))
    build_by_string (store, search, leader, sql);
  else
    build_by_rid (store, search, leader, sql);
  if (!collect_rows (store, search, position, sql, page, error))
    return FALSE;

  set_plain_total (search, page);
  return TRUE;
}
