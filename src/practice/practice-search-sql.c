/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "practice-search"

#include "practice-search-private.h"

#include <string.h>

#include "base/rcp-fold.h"

/* The last character of Unicode: what begins with a prefix lies between it and it with this behind. */
#define LAST_CHARACTER "\xf4\x8f\xbf\xbf"

/* Beyond this a bound would not narrow anything (and could overflow). */
#define LONGEST_USEFUL_RANGE (G_GINT64_CONSTANT (1) << 60)

const char *
practice_clause_get_table (const PracticeClause *clause)
{
  if (clause->modifier == PRACTICE_MODIFIER_TEXT)
    return "ix_string";
  if (clause->modifier == PRACTICE_MODIFIER_IDENTIFIER)
    return "ix_token";

  switch (clause->param->type)
    {
    case PRACTICE_SEARCH_STRING:
      return "ix_string";
    case PRACTICE_SEARCH_TOKEN:
      return "ix_token";
    case PRACTICE_SEARCH_REFERENCE:
      return "ix_reference";
    case PRACTICE_SEARCH_DATE:
      return "ix_date";
    case PRACTICE_SEARCH_URI:
      return "ix_uri";
    case PRACTICE_SEARCH_NUMBER:
    case PRACTICE_SEARCH_QUANTITY:
    case PRACTICE_SEARCH_COMPOSITE:
    case PRACTICE_SEARCH_SPECIAL:
    default:
      return "ix_quantity";
    }
}

/* Whether the criterion is met by what is not in the index. */
gboolean
practice_clause_is_negative (const PracticeClause *clause)
{
  return clause->modifier == PRACTICE_MODIFIER_NOT
         || (clause->modifier == PRACTICE_MODIFIER_MISSING && clause->missing);
}

/* A pattern in which every sign stands for itself. */
static char *
make_glob (const char *text)
{
  GString *glob = g_string_new ("*");

  for (const char *p = text; *p != '\0'; p++)
    if (strchr ("*?[", *p) != NULL)
      g_string_append_printf (glob, "[%c]", *p);
    else
      g_string_append_c (glob, *p);
  g_string_append_c (glob, '*');

  return g_string_free (glob, FALSE);
}

static void
append_string (const PracticeClause *clause, const PracticeValue *value, PracticeSql *sql, const char *t)
{
  if (clause->modifier == PRACTICE_MODIFIER_EXACT)
    {
      g_autofree char *folded = rcp_fold_text (value->text);

      practice_sql_printf (sql, "(%s.folded = ", t);
      practice_sql_string (sql, folded);
      practice_sql_printf (sql, " AND %s.exact = ", t);
      practice_sql_string (sql, value->text);
      practice_sql_append (sql, ")");
    }
  else if (clause->modifier == PRACTICE_MODIFIER_CONTAINS && g_utf8_strlen (value->text, -1) >= 3)
    {
      g_autofree char *glob = make_glob (value->text);

      practice_sql_printf (sql, "%s.folded IN (SELECT g.folded FROM text_trigram g WHERE g.folded GLOB ", t);
      practice_sql_string (sql, glob);
      practice_sql_append (sql, ")");
    }
  else if (clause->modifier == PRACTICE_MODIFIER_CONTAINS)
    {
      practice_sql_printf (sql, "instr(%s.folded, ", t);
      practice_sql_string (sql, value->text);
      practice_sql_append (sql, ") > 0");
    }
  else
    {
      g_autofree char *end = g_strconcat (value->text, LAST_CHARACTER, NULL);

      practice_sql_printf (sql, "(%s.folded >= ", t);
      practice_sql_string (sql, value->text);
      practice_sql_printf (sql, " AND %s.folded < ", t);
      practice_sql_string (sql, end);
      practice_sql_append (sql, ")");
    }
}

static void
append_token (const PracticeValue *value, PracticeSql *sql, const char *t)
{
  const char *joiner = "(";

  if (value->text != NULL)
    {
      practice_sql_printf (sql, "(%s.code = ", t);
      practice_sql_string (sql, value->text);
      joiner = " AND ";
    }
  if (value->system != NULL)
    {
      practice_sql_printf (sql, "%s%s.system = ", joiner, t);
      practice_sql_string (sql, value->system);
    }
  practice_sql_append (sql, ")");
}

static void
append_reference (const PracticeValue *value, PracticeSql *sql, const char *t)
{
  practice_sql_printf (sql, "(%s.target_id = ", t);
  practice_sql_string (sql, value->text);
  if (value->type != NULL)
    {
      practice_sql_printf (sql, " AND %s.target_type = ", t);
      practice_sql_string (sql, value->type);
    }
  practice_sql_append (sql, ")");
}

/* "<joiner><t>.<column> <operator> <value>" */
static void
append_bound (PracticeSql *sql, const char *before, const char *t, const char *comparison, gint64 value)
{
  practice_sql_printf (sql, "%s%s.%s ", before, t, comparison);
  practice_sql_integer (sql, value);
}

/* The range [low, high) of the resource is no longer than @longest: what ends behind @end begins behind this. */
static void
append_lower_bound (PracticeSql *sql, const char *t, gint64 end, gint64 longest)
{
  if (longest < LONGEST_USEFUL_RANGE)
    append_bound (sql, " AND ", t, "low >=", end - longest);
}

/* search.html#prefix, with ranges half-open: low, high of the resource against value->low, value->high. */
static void
append_date (const PracticeValue *value, PracticeSql *sql, const char *t, gint64 longest)
{
  practice_sql_append (sql, "(");
  switch (value->prefix)
    {
    case PRACTICE_PREFIX_NE:
      append_bound (sql, "NOT (", t, "low >=", value->low);
      append_bound (sql, " AND ", t, "high <=", value->high);
      practice_sql_append (sql, ")");
      break;
    case PRACTICE_PREFIX_GT:
      append_bound (sql, "", t, "high >", value->high);
      append_lower_bound (sql, t, value->high, longest);
      break;
    case PRACTICE_PREFIX_LT:
      append_bound (sql, "", t, "low <", value->low);
      break;
    case PRACTICE_PREFIX_GE:
      append_bound (sql, "(", t, "high >", value->high);
      append_bound (sql, " OR ", t, "low >=", value->low);
      practice_sql_append (sql, ")");
      append_lower_bound (sql, t, value->low, longest);
      break;
    case PRACTICE_PREFIX_LE:
      append_bound (sql, "(", t, "low <", value->low);
      append_bound (sql, " OR ", t, "high <=", value->high);
      append_bound (sql, ") AND ", t, "low <", value->high);
      break;
    case PRACTICE_PREFIX_SA:
      append_bound (sql, "", t, "low >=", value->high);
      break;
    case PRACTICE_PREFIX_EB:
      append_bound (sql, "", t, "high <=", value->low);
      append_bound (sql, " AND ", t, "low <", value->low);
      break;
    case PRACTICE_PREFIX_AP:
      append_bound (sql, "", t, "low <", value->high);
      append_bound (sql, " AND ", t, "high >", value->low);
      append_lower_bound (sql, t, value->low, longest);
      break;
    case PRACTICE_PREFIX_EQ:
    default:
      append_bound (sql, "", t, "low >=", value->low);
      append_bound (sql, " AND ", t, "low <", value->high);
      append_bound (sql, " AND ", t, "high <=", value->high);
      break;
    }
  practice_sql_append (sql, ")");
}

static void
append_compared (PracticeSql *sql, const char *before, const char *t, const char *comparison, double value)
{
  practice_sql_printf (sql, "%s%s.%s ", before, t, comparison);
  practice_sql_real (sql, value);
}

/* search.html#number: equality is within the written precision of the value asked for, order is by the plain value. */
static void
append_quantity (const PracticeValue *value, PracticeSql *sql, const char *t)
{
  static const char *const comparisons[] = {
    [PRACTICE_PREFIX_GT] = "value >", [PRACTICE_PREFIX_LT] = "value <", [PRACTICE_PREFIX_GE] = "value >=",
    [PRACTICE_PREFIX_LE] = "value <=", [PRACTICE_PREFIX_SA] = "low >", [PRACTICE_PREFIX_EB] = "high <",
    [PRACTICE_PREFIX_AP] = NULL,
  };
  const char *comparison = comparisons[value->prefix];

  if (comparison != NULL)
    {
      append_compared (sql, "(", t, comparison, value->number);
    }
  else
    {
      append_compared (sql, value->prefix == PRACTICE_PREFIX_NE ? "(NOT (" : "((", t, "value >=", value->number_low);
      append_compared (sql, " AND ", t, "value <", value->number_high);
      practice_sql_append (sql, ")");
    }

  if (value->system != NULL)
    {
      practice_sql_printf (sql, " AND %s.system = ", t);
      practice_sql_string (sql, value->system);
    }
  if (value->text != NULL)
    {
      practice_sql_append (sql, " AND ");
      practice_sql_string (sql, value->text);
      practice_sql_printf (sql, " IN (%s.code, %s.unit)", t, t);
    }
  practice_sql_append (sql, ")");
}

static void
append_uri (const PracticeClause *clause, const PracticeValue *value, PracticeSql *sql, const char *t)
{
  g_autofree char *end = g_strconcat (value->text, LAST_CHARACTER, NULL);

  practice_sql_printf (sql, "(%s.uri %s ", t, clause->modifier == PRACTICE_MODIFIER_BELOW ? ">=" : "=");
  practice_sql_string (sql, value->text);
  if (clause->modifier == PRACTICE_MODIFIER_BELOW)
    {
      practice_sql_printf (sql, " AND %s.uri < ", t);
      practice_sql_string (sql, end);
    }
  practice_sql_append (sql, ")");
}

/* The rows of the reference that point at something which meets the rest of the chain. */
static void
append_chains (const PracticeClause *clause, PracticeSql *sql, PracticeStore *store, const char *t)
{
  for (guint i = 0; i < clause->chains->len; i++)
    {
      const PracticeClause *link = clause->chains->pdata[i];

      practice_sql_printf (sql, "%s(%s.target_type = ", i > 0 ? " OR " : "", t);
      practice_sql_string (sql, link->type);
      practice_sql_printf (sql, " AND %s.target_id IN (SELECT x.id FROM resource x WHERE x.type = ", t);
      practice_sql_string (sql, link->type);
      practice_sql_append (sql, " AND x.deleted = 0");
      if (link->kind == PRACTICE_CLAUSE_PARAM && link->modifier != PRACTICE_MODIFIER_MISSING
          && !practice_clause_is_negative (link))
        {
          practice_sql_printf (sql, " AND x.rid IN (SELECT c.rid FROM %s c WHERE ", practice_clause_get_table (link));
          practice_clause_append_condition (link, sql, store, "c");
          practice_sql_append (sql, ")");
        }
      else
        {
          practice_clause_append_check (link, sql, store, "x");
        }
      practice_sql_append (sql, "))");
    }
}

static void
append_value (const PracticeClause *clause, const PracticeValue *value, PracticeSql *sql, const char *t, gint64 longest)
{
  const char *table = practice_clause_get_table (clause);

  if (strcmp (table, "ix_string") == 0)
    append_string (clause, value, sql, t);
  else if (strcmp (table, "ix_token") == 0)
    append_token (value, sql, t);
  else if (strcmp (table, "ix_reference") == 0)
    append_reference (value, sql, t);
  else if (strcmp (table, "ix_date") == 0)
    append_date (value, sql, t, longest);
  else if (strcmp (table, "ix_uri") == 0)
    append_uri (clause, value, sql, t);
  else
    append_quantity (value, sql, t);
}

/* Conditions of the kinds that are columns of the resource itself. An update is an instant. */
static void
append_own_column (const PracticeClause *clause, const PracticeValue *value, PracticeSql *sql, const char *r)
{
  if (clause->kind == PRACTICE_CLAUSE_ID)
    {
      practice_sql_printf (sql, "%s.id = ", r);
      practice_sql_string (sql, value->text != NULL ? value->text : "");
      return;
    }

  switch (value->prefix)
    {
    case PRACTICE_PREFIX_NE:
      append_bound (sql, "NOT (", r, "updated >=", value->low);
      append_bound (sql, " AND ", r, "updated <", value->high);
      practice_sql_append (sql, ")");
      break;
    case PRACTICE_PREFIX_GT:
    case PRACTICE_PREFIX_SA:
      append_bound (sql, "", r, "updated >=", value->high);
      break;
    case PRACTICE_PREFIX_GE:
      append_bound (sql, "", r, "updated >=", value->low);
      break;
    case PRACTICE_PREFIX_LT:
    case PRACTICE_PREFIX_EB:
      append_bound (sql, "", r, "updated <", value->low);
      break;
    case PRACTICE_PREFIX_LE:
      append_bound (sql, "", r, "updated <", value->high);
      break;
    case PRACTICE_PREFIX_EQ:
    case PRACTICE_PREFIX_AP:
    default:
      append_bound (sql, "(", r, "updated >=", value->low);
      append_bound (sql, " AND ", r, "updated <", value->high);
      practice_sql_append (sql, ")");
      break;
    }
}

/* The values from @begin to @end, as a balanced tree of OR: SQLite bounds how deep an expression may be. */
static void
append_alternatives (const PracticeClause *clause, guint begin, guint end, PracticeSql *sql, const char *alias,
                     gint64 longest)
{
  guint middle = begin + (end - begin) / 2;

  if (end - begin == 1 && clause->kind != PRACTICE_CLAUSE_PARAM)
    {
      append_own_column (clause, clause->values->pdata[begin], sql, alias);
    }
  else if (end - begin == 1)
    {
      append_value (clause, clause->values->pdata[begin], sql, alias, longest);
    }
  else
    {
      practice_sql_append (sql, "(");
      append_alternatives (clause, begin, middle, sql, alias, longest);
      practice_sql_append (sql, " OR ");
      append_alternatives (clause, middle, end, sql, alias, longest);
      practice_sql_append (sql, ")");
    }
}

void
practice_clause_append_condition (const PracticeClause *clause, PracticeSql *sql, PracticeStore *store, const char *alias)
{
  PracticeDateShape shape = { 0, };

  if (clause->kind != PRACTICE_CLAUSE_PARAM)
    {
      append_alternatives (clause, 0, clause->values->len, sql, alias, 0);
      return;
    }

  practice_sql_printf (sql, "%s.param = ", alias);
  practice_sql_integer (sql, clause->param->id);
  if (clause->modifier == PRACTICE_MODIFIER_MISSING)
    return;

  if (clause->chains == NULL && clause->param->type == PRACTICE_SEARCH_DATE)
    practice_store_get_date_shape (store, clause->param->id, &shape);
  practice_sql_append (sql, " AND (");
  if (clause->chains != NULL)
    append_chains (clause, sql, store, alias);
  if (clause->values != NULL)
    append_alternatives (clause, 0, clause->values->len, sql, alias, shape.max_length);
  practice_sql_append (sql, ")");

  for (guint i = 0; clause->merged != NULL && i < clause->merged->len; i++)
    {
      practice_sql_append (sql, " AND ");
      practice_clause_append_condition (clause->merged->pdata[i], sql, store, alias);
    }
}

void
practice_clause_append_check (const PracticeClause *clause, PracticeSql *sql, PracticeStore *store,
                              const char *resource_alias)
{
  const char *alias = strcmp (resource_alias, "r") == 0 ? "t" : "c";

  practice_sql_append (sql, " AND ");
  if (clause->kind != PRACTICE_CLAUSE_PARAM)
    {
      append_alternatives (clause, 0, clause->values->len, sql, resource_alias, 0);
      return;
    }

  practice_sql_printf (sql, "%sEXISTS (SELECT 1 FROM %s %s WHERE %s.rid = %s.rid AND ",
                       practice_clause_is_negative (clause) ? "NOT " : "",
                       practice_clause_get_table (clause), alias, alias, resource_alias);
  practice_clause_append_condition (clause, sql, store, alias);
  practice_sql_append (sql, ")");
}
