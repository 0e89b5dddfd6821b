/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "practice-search"

#include "practice-search-private.h"

#include <string.h>

static const struct
{
  const char *name;
  PracticeModifier modifier;
  guint types; /* bit per PracticeSearchType */
} modifiers[] = {
  { "exact", PRACTICE_MODIFIER_EXACT, 1 << PRACTICE_SEARCH_STRING },
  { "contains", PRACTICE_MODIFIER_CONTAINS, 1 << PRACTICE_SEARCH_STRING },
  { "not", PRACTICE_MODIFIER_NOT, 1 << PRACTICE_SEARCH_TOKEN },
  { "text", PRACTICE_MODIFIER_TEXT, 1 << PRACTICE_SEARCH_TOKEN },
  { "identifier", PRACTICE_MODIFIER_IDENTIFIER, 1 << PRACTICE_SEARCH_REFERENCE },
  { "below", PRACTICE_MODIFIER_BELOW, 1 << PRACTICE_SEARCH_URI },
  { "missing", PRACTICE_MODIFIER_MISSING, ~0u },
};

void
practice_clause_free (PracticeClause *clause)
{
  g_clear_pointer (&clause->values, g_ptr_array_unref);
  g_clear_pointer (&clause->chains, g_ptr_array_unref);
  g_clear_pointer (&clause->merged, g_ptr_array_unref);
  g_free (clause);
}

/* The static name from the compiled tables, so that clauses need not own it. */
static const char *
intern_type (const char *type)
{
  const char *const *types = practice_spec_get_resource_types ();

  for (guint i = 0; types[i] != NULL; i++)
    if (strcmp (types[i], type) == 0)
      return types[i];

  return NULL;
}

static PracticeClause *
clause_new (PracticeClauseKind kind, const char *type, const PracticeSearchParam *param)
{
  PracticeClause *clause = g_new0 (PracticeClause, 1);

  clause->kind = kind;
  clause->type = type;
  clause->param = param;
  clause->estimate = -1;
  return clause;
}

static gboolean
parse_missing (PracticeClause *clause, const char *text, PracticeOutcome *outcome)
{
  clause->missing = strcmp (text, "true") == 0;
  if (clause->missing || strcmp (text, "false") == 0)
    return TRUE;

  practice_outcome_error (outcome, 400, "value", NULL, "The modifier :missing takes \"true\" or \"false\"");
  return FALSE;
}

/* Looks the modifier up; a type name after a reference parameter is one as well and goes to @target. */
static gboolean
parse_modifier (PracticeClause *clause, const char *name, const char **target, PracticeOutcome *outcome)
{
  PracticeSearchType type = clause->param != NULL ? clause->param->type
                            : clause->kind == PRACTICE_CLAUSE_ID ? PRACTICE_SEARCH_TOKEN : PRACTICE_SEARCH_DATE;

  for (guint i = 0; i < G_N_ELEMENTS (modifiers); i++)
    if (strcmp (modifiers[i].name, name) == 0 && (modifiers[i].types & (1u << type)) != 0 && clause->param != NULL)
      {
        clause->modifier = modifiers[i].modifier;
        return TRUE;
      }

  if (type == PRACTICE_SEARCH_REFERENCE && (*target = intern_type (name)) != NULL)
    return TRUE;

  /* search.html#modifiers: a server that does not support a modifier has to refuse the search. */
  practice_outcome_error (outcome, 400, "not-supported", NULL, "This search parameter does not take that modifier");
  return FALSE;
}

/* A reference without a type can only be to what the parameter allows. */
static void
fill_target_types (PracticeClause *clause, const char *target)
{
  const char *const *targets = clause->param->targets;

  if (target == NULL && targets != NULL && targets[0] != NULL && targets[1] == NULL)
    target = targets[0];

  for (guint i = 0; target != NULL && clause->values != NULL && i < clause->values->len; i++)
    {
      PracticeValue *value = clause->values->pdata[i];

      if (value->type == NULL)
        value->type = g_strdup (target);
    }
}

static gboolean
parse_values (PracticeClause *clause, const char *text, const char *target, const PracticeSearchContext *context,
              PracticeOutcome *outcome)
{
  PracticeSearchType type = clause->param != NULL ? clause->param->type
                            : clause->kind == PRACTICE_CLAUSE_ID ? PRACTICE_SEARCH_TOKEN : PRACTICE_SEARCH_DATE;

  if (clause->modifier == PRACTICE_MODIFIER_MISSING)
    return parse_missing (clause, text, outcome);

  clause->values = practice_values_parse (clause->param, type, clause->modifier, text, context, outcome);
  if (clause->values == NULL)
    return FALSE;
  if (type == PRACTICE_SEARCH_REFERENCE && clause->modifier == PRACTICE_MODIFIER_NONE)
    fill_target_types (clause, target);
  return TRUE;
}

/* One step of a chain: the rest of the name is asked of each target type that knows it. */
static gboolean
parse_chain (PracticeClause *clause, const char *target, const char *rest, const char *text,
             const PracticeSearchContext *context, gboolean *unknown, PracticeOutcome *outcome)
{
  const char *const single[] = { target, NULL };
  const char *const *targets = target != NULL ? single
                               : clause->param->targets != NULL ? clause->param->targets
                                                                : practice_spec_get_resource_types ();

  clause->chains = g_ptr_array_new_with_free_func ((GDestroyNotify) practice_clause_free);
  for (guint i = 0; targets[i] != NULL; i++)
    {
      g_autoptr (PracticeOutcome) attempt = practice_outcome_new ();
      const char *type = intern_type (targets[i]);
      gboolean not_there = FALSE;
      PracticeClause *link;

      if (type == NULL)
        continue;
      link = practice_clause_parse (type, rest, text, context, &not_there, attempt);
      if (link != NULL)
        g_ptr_array_add (clause->chains, link);
      else if (!not_there)
        {
          practice_outcome_error (outcome, practice_outcome_get_status (attempt), "value", NULL, "In a chain: %s",
                                  practice_outcome_get_first_text (attempt));
          return FALSE;
        }
    }

  *unknown = clause->chains->len == 0;
  return !*unknown;
}

static PracticeClause *
clause_for_name (const char *type, const char *code)
{
  const PracticeSearchParam *param;

  if (strcmp (code, "_id") == 0)
    return clause_new (PRACTICE_CLAUSE_ID, type, NULL);
  if (strcmp (code, "_lastUpdated") == 0)
    return clause_new (PRACTICE_CLAUSE_UPDATED, type, NULL);

  param = practice_spec_find_param (type, code);
  if (param == NULL || !param->indexed || param->type == PRACTICE_SEARCH_COMPOSITE
      || param->type == PRACTICE_SEARCH_SPECIAL)
    return NULL;
  return clause_new (PRACTICE_CLAUSE_PARAM, type, param);
}

/**
 * practice_clause_parse:
 * @type: resource type that is searched
 * @name: "code", "code:modifier", "code.other" or "code:Type.other", decoded
 * @text: decoded value
 * @unknown: (out): set when NULL is returned because the type has no such parameter; then @outcome is left alone
 *
 * Returns: (transfer full) (nullable): the criterion
 */
PracticeClause *
practice_clause_parse (const char *type, const char *name, const char *text, const PracticeSearchContext *context,
                       gboolean *unknown, PracticeOutcome *outcome)
{
  g_autoptr (PracticeClause) clause = NULL;
  g_auto (GStrv) steps = g_strsplit (name, ".", 2);
  g_auto (GStrv) parts = g_strsplit (steps[0] != NULL ? steps[0] : "", ":", 2);
  const char *target = NULL;

  *unknown = FALSE;
  type = intern_type (type);
  if (type != NULL && parts[0] != NULL)
    clause = clause_for_name (type, parts[0]);
  if (clause == NULL)
    {
      *unknown = TRUE;
      return NULL;
    }

  if (parts[1] != NULL && !parse_modifier (clause, parts[1], &target, outcome))
    return NULL;

  if (steps[1] == NULL)
    return parse_values (clause, text, target, context, outcome) ? g_steal_pointer (&clause) : NULL;

  if (clause->param == NULL || clause->param->type != PRACTICE_SEARCH_REFERENCE
      || clause->modifier != PRACTICE_MODIFIER_NONE || strchr (steps[1], '.') != NULL)
    {
      practice_outcome_error (outcome, 400, "not-supported", NULL, "Chains have one step, from a reference parameter");
      return NULL;
    }

  return parse_chain (clause, target, steps[1], text, context, unknown, outcome) ? g_steal_pointer (&clause) : NULL;
}
