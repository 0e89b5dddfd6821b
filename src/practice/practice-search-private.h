/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "practice/practice-search.h"
#include "practice/practice-store-private.h"

G_BEGIN_DECLS

typedef enum
{
  PRACTICE_PREFIX_EQ,
  PRACTICE_PREFIX_NE,
  PRACTICE_PREFIX_GT,
  PRACTICE_PREFIX_LT,
  PRACTICE_PREFIX_GE,
  PRACTICE_PREFIX_LE,
  PRACTICE_PREFIX_SA,
  PRACTICE_PREFIX_EB,
  PRACTICE_PREFIX_AP,
} PracticePrefix;

typedef enum
{
  PRACTICE_MODIFIER_NONE,
  PRACTICE_MODIFIER_EXACT,
  PRACTICE_MODIFIER_CONTAINS,
  PRACTICE_MODIFIER_MISSING,
  PRACTICE_MODIFIER_NOT,
  PRACTICE_MODIFIER_TEXT,
  PRACTICE_MODIFIER_IDENTIFIER,
  PRACTICE_MODIFIER_BELOW,
} PracticeModifier;

/* One of the values between commas. Which members count depends on the type of the parameter. */
typedef struct
{
  PracticePrefix prefix;
  char *text;    /* string, code of a token, id or URL of a reference, uri, code or unit of a quantity; NULL: any */
  char *system;  /* token and quantity: NULL any, "" none */
  char *type;    /* reference: target type, "" for a URL, NULL any */
  gint64 low;    /* date: what the value covers */
  gint64 high;
  double number; /* number and quantity: the value and what its written precision covers */
  double number_low;
  double number_high;
} PracticeValue;

typedef enum
{
  PRACTICE_CLAUSE_PARAM,
  PRACTICE_CLAUSE_ID,
  PRACTICE_CLAUSE_UPDATED,
} PracticeClauseKind;

/* One criterion: name, modifier and values of which one has to fit. All criteria of a search have to be met. */
typedef struct _PracticeClause PracticeClause;
struct _PracticeClause
{
  PracticeClauseKind kind;
  const PracticeSearchParam *param;
  const char *type;   /* static: the resource type that is asked */
  PracticeModifier modifier;
  gboolean missing;   /* the value of :missing */
  GPtrArray *values;
  GPtrArray *chains;  /* (element-type PracticeClause) (nullable): what a target has to meet, one per target type */
  GPtrArray *merged;  /* (nullable): further criteria for the same single date value; borrowed */
  gboolean absorbed;  /* this criterion is among the merged of another */
  gint64 estimate;    /* number of matches, counted up to a cap; -1 when not counted */
};

typedef struct
{
  const PracticeSearchParam *param; /* NULL for _id and _lastUpdated */
  PracticeClauseKind kind;
  gboolean descending;
} PracticeSort;

typedef struct
{
  const char *source; /* static type name */
  const PracticeSearchParam *param;
  const char *target; /* static type name or NULL */
  gboolean reverse;
  gboolean iterate;
} PracticeInclude;

/* A value of a row that goes into and comes out of SQL and page tokens. */
typedef struct
{
  enum { PRACTICE_CELL_NULL, PRACTICE_CELL_INTEGER, PRACTICE_CELL_REAL, PRACTICE_CELL_TEXT } kind;
  gint64 integer;
  double real;
  char *text;
} PracticeCell;

struct _PracticeSearch
{
  const char *type;
  char *base_url;
  char *link_query;     /* the query without _page, for links and to tie page tokens to it */
  GPtrArray *clauses;   /* PracticeClause */
  GPtrArray *sorts;     /* PracticeSort */
  GPtrArray *includes;  /* PracticeInclude */
  GPtrArray *elements;  /* (nullable): names of _elements */
  GPtrArray *ignored;   /* names of parameters that were left out of account */
  GArray *after;        /* (nullable) (element-type PracticeCell): where the page begins */
  int leader;           /* with @after: the criterion that gave the order, -1 for none */
  guint count;
  gboolean count_only;
  gboolean accurate_total;
  gint64 now;
};

/* SQL under construction with its parameters in order. */
typedef struct
{
  GString *text;
  GArray *cells;
} PracticeSql;

PracticeSql *practice_sql_new (void);
void practice_sql_free (PracticeSql *sql);
void practice_sql_append (PracticeSql *sql, const char *text);
void practice_sql_printf (PracticeSql *sql, const char *format, ...) G_GNUC_PRINTF (2, 3);
/* Each appends "?" and its value. */
void practice_sql_integer (PracticeSql *sql, gint64 value);
void practice_sql_real (PracticeSql *sql, double value);
void practice_sql_string (PracticeSql *sql, const char *value);
void practice_sql_cell (PracticeSql *sql, const PracticeCell *cell);
sqlite3_stmt *practice_sql_prepare (PracticeSql *sql, PracticeStore *store);

GArray *practice_cells_new (void);
void practice_cells_add_column (GArray *cells, sqlite3_stmt *statement, int column);

/* practice-search-values.c */
GPtrArray *practice_values_parse (const PracticeSearchParam *param, PracticeSearchType type, PracticeModifier modifier,
                                  const char *text, const PracticeSearchContext *context, PracticeOutcome *outcome);
void practice_value_free (PracticeValue *value);

/* practice-search-clause.c */
void practice_clause_free (PracticeClause *clause);
PracticeClause *practice_clause_parse (const char *type, const char *name, const char *text,
                                       const PracticeSearchContext *context, gboolean *unknown,
                                       PracticeOutcome *outcome);

/* practice-search-sql.c */
const char *practice_clause_get_table (const PracticeClause *clause);
gboolean practice_clause_is_negative (const PracticeClause *clause);
/* Appends the condition on the index rows "t" (or on the resource "r", when the kind is not PARAM). */
void practice_clause_append_condition (const PracticeClause *clause, PracticeSql *sql, PracticeStore *store,
                                       const char *alias);
/* Appends " AND ..." for the resource with that alias. */
void practice_clause_append_check (const PracticeClause *clause, PracticeSql *sql, PracticeStore *store,
                                   const char *resource_alias);

/* practice-search-plan.c */
typedef struct
{
  GArray *rids;     /* gint64 */
  GArray *next;     /* (nullable): cells of the last row when there is more, and which criterion led */
  GArray *last;     /* (nullable): cells of the last row of a full page */
  gint64 total;     /* -1 when not known */
} PracticePage;

void practice_page_clear (PracticePage *page);
gboolean practice_search_find (PracticeStore *store, PracticeSearch *search, PracticePage *page, GError **error);

/* Appends " FROM ... WHERE" of all matches, with the resource as "r". */
void practice_search_append_matches (PracticeStore *store, PracticeSearch *search, const PracticeClause *leader,
                                     PracticeSql *sql);
/* Appends " FROM ... WHERE " of the rows of one index and returns their alias; "r.rid" is the resource. */
const char *practice_search_append_from (const PracticeSearch *search, const PracticeSearchParam *param,
                                         const char *table, PracticeSql *sql);

/* practice-search-sort.c */
gboolean practice_sort_can_lead (PracticeStore *store, const PracticeSearch *search, gint64 estimate, gint64 cap);
void practice_sort_build (PracticeStore *store, PracticeSearch *search, const PracticeClause *leader, PracticeSql *sql);
void practice_sort_build_led (PracticeStore *store, PracticeSearch *search, PracticeSql *sql);
void practice_sort_build_unkeyed (PracticeStore *store, PracticeSearch *search, const PracticeClause *leader,
                                  gboolean behind, PracticeSql *sql);

/* practice-search-page.c */
char *practice_page_token_new (const PracticeSearch *search, const GArray *cells);
GArray *practice_page_token_parse (const PracticeSearch *search, const char *token, int *leader);

/* practice-search-include.c: rids of further resources, in the order found, that are not in @rids; @overflow tells
 * that the bound was reached. */
GArray *practice_search_include (PracticeStore *store, const PracticeSearch *search, const GArray *rids,
                                 gboolean *overflow);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PracticeSql, practice_sql_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (PracticeClause, practice_clause_free)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (PracticePage, practice_page_clear)

G_END_DECLS
