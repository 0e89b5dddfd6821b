/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "practice-search"

#include "practice-search-private.h"

#include <string.h>

/* Bounds that no desk meets. */
#define MAX_PAIRS 200
#define MAX_SORTS 5
#define MAX_ALL_VALUES 2000

static void
query_pair_free (gpointer data)
{
  PracticeQueryPair *pair = data;

  g_free (pair->name);
  g_free (pair->value);
  g_free (pair);
}

/* (nullable): "+" is a space; NULL when what comes out is not UTF-8 or has a NUL. */
static char *
decode_component (const char *text, gsize length)
{
  g_autofree char *copy = g_strndup (text, length);
  g_autofree char *decoded = NULL;

  g_strdelimit (copy, "+", ' ');
  decoded = g_uri_unescape_string (copy, NULL);
  return decoded != NULL && g_utf8_validate (decoded, -1, NULL) ? g_steal_pointer (&decoded) : NULL;
}

GPtrArray *
practice_query_decode (const char *query)
{
  g_autoptr (GPtrArray) pairs = g_ptr_array_new_with_free_func (query_pair_free);

  for (const char *p = query; p != NULL && *p != '\0';)
    {
      gsize length = strcspn (p, "&");
      const char *equals = memchr (p, '=', length);
      gsize name_length = equals != NULL ? (gsize) (equals - p) : length;

      if (length > 0)
        {
          PracticeQueryPair *pair = g_new0 (PracticeQueryPair, 1);

          g_ptr_array_add (pairs, pair);
          pair->name = decode_component (p, name_length);
          pair->value = equals != NULL ? decode_component (equals + 1, length - name_length - 1) : g_strdup ("");
          if (pair->name == NULL || pair->value == NULL)
            return NULL;
        }
      p += length + (p[length] == '&');
    }

  return g_steal_pointer (&pairs);
}

void
practice_search_free (PracticeSearch *search)
{
  g_free (search->base_url);
  g_free (search->link_query);
  g_ptr_array_unref (search->clauses);
  g_ptr_array_unref (search->sorts);
  g_ptr_array_unref (search->includes);
  g_clear_pointer (&search->elements, g_ptr_array_unref);
  g_ptr_array_unref (search->ignored);
  g_clear_pointer (&search->after, g_array_unref);
  g_free (search);
}

static PracticeSearch *
search_new (const char *type, const PracticeSearchContext *context)
{
  PracticeSearch *search = g_new0 (PracticeSearch, 1);
  const char *const *types = practice_spec_get_resource_types ();

  for (guint i = 0; types[i] != NULL; i++)
    if (strcmp (types[i], type) == 0)
      search->type = types[i];
  search->base_url = g_strdup (context->base_url != NULL ? context->base_url : "");
  search->clauses = g_ptr_array_new_with_free_func ((GDestroyNotify) practice_clause_free);
  search->sorts = g_ptr_array_new_with_free_func (g_free);
  search->includes = g_ptr_array_new_with_free_func (g_free);
  search->ignored = g_ptr_array_new_with_free_func (g_free);
  search->count = PRACTICE_SEARCH_DEFAULT_COUNT;
  search->now = context->now;
  return search;
}

static void
parse_count (PracticeSearch *search, const char *value, PracticeOutcome *outcome)
{
  guint64 count;

  if (!g_ascii_string_to_unsigned (value, 10, 0, G_MAXINT32, &count, NULL))
    practice_outcome_error (outcome, 400, "value", NULL, "_count is not a number");
  else
    search->count = MIN (count, PRACTICE_SEARCH_MAX_COUNT);
}

static void
parse_sort (PracticeSearch *search, const char *value, const PracticeSearchContext *context, PracticeOutcome *outcome)
{
  g_auto (GStrv) codes = g_strsplit (value, ",", MAX_SORTS + 1);

  if (g_strv_length (codes) > MAX_SORTS)
    practice_outcome_error (outcome, 400, "too-costly", NULL, "_sort takes at most %d parameters", MAX_SORTS);
  for (guint i = 0; codes[i] != NULL && i < MAX_SORTS; i++)
    {
      PracticeSort *sort = g_new0 (PracticeSort, 1);
      const char *code = codes[i];

      g_ptr_array_add (search->sorts, sort);
      sort->descending = *code == '-';
      code += sort->descending;
      sort->param = practice_spec_find_param (search->type, code);
      if (strcmp (code, "_id") == 0)
        sort->kind = PRACTICE_CLAUSE_ID;
      else if (strcmp (code, "_lastUpdated") == 0)
        sort->kind = PRACTICE_CLAUSE_UPDATED;
      else if (sort->param == NULL || !sort->param->indexed || sort->param->type == PRACTICE_SEARCH_COMPOSITE
               || sort->param->type == PRACTICE_SEARCH_SPECIAL)
        {
          g_ptr_array_remove_index (search->sorts, search->sorts->len - 1);
          if (context->strict)
            practice_outcome_error (outcome, 400, "not-supported", NULL, "_sort by a parameter that this server does not know");
          else
            g_ptr_array_add (search->ignored, g_strdup ("_sort"));
        }
    }
}

static const char *
intern_type (const char *type)
{
  const char *const *types = practice_spec_get_resource_types ();

  for (guint i = 0; type != NULL && types[i] != NULL; i++)
    if (strcmp (types[i], type) == 0)
      return types[i];
  return NULL;
}

static void
parse_include (PracticeSearch *search, const char *name, const char *value, PracticeOutcome *outcome)
{
  g_auto (GStrv) parts = g_strsplit (value, ":", 3);
  const char *colon = strchr (name, ':');
  PracticeInclude include = { .reverse = g_str_has_prefix (name, "_revinclude"), .iterate = colon != NULL };
  guint n = g_strv_length (parts);

  if (colon != NULL && strcmp (colon, ":iterate") != 0)
    {
      practice_outcome_error (outcome, 400, "not-supported", NULL, "_include takes no modifier but :iterate");
      return;
    }

  include.source = n >= 2 ? intern_type (parts[0]) : NULL;
  include.param = include.source != NULL ? practice_spec_find_param (include.source, parts[1]) : NULL;
  include.target = n == 3 ? intern_type (parts[2]) : NULL;
  if (include.param == NULL || include.param->type != PRACTICE_SEARCH_REFERENCE || !include.param->indexed
      || (n == 3 && include.target == NULL))
    {
      practice_outcome_error (outcome, 400, "not-supported", NULL, "Not a reference that can be included");
      return;
    }

  g_ptr_array_add (search->includes, g_memdup2 (&include, sizeof include));
}

static void
parse_summary (PracticeSearch *search, const char *value, PracticeOutcome *outcome)
{
  if (strcmp (value, "count") == 0)
    search->count_only = TRUE;
  else if (strcmp (value, "false") != 0)
    practice_outcome_error (outcome, 400, "not-supported", NULL, "_summary takes \"count\" or \"false\" here");
}

static void
parse_total (PracticeSearch *search, const char *value, PracticeOutcome *outcome)
{
  search->accurate_total = strcmp (value, "accurate") == 0 || strcmp (value, "estimate") == 0;
  if (!search->accurate_total && strcmp (value, "none") != 0)
    practice_outcome_error (outcome, 400, "value", NULL, "_total takes \"none\", \"estimate\" or \"accurate\"");
}

static void
parse_elements (PracticeSearch *search, const char *value)
{
  g_auto (GStrv) names = g_strsplit (value, ",", -1);

  if (search->elements == NULL)
    search->elements = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; names[i] != NULL; i++)
    if (*names[i] != '\0')
      g_ptr_array_add (search->elements, g_strdup (names[i]));
}

/* Parameters that shape the result. Returns FALSE when @pair is none of them. */
static gboolean
parse_result_param (PracticeSearch *search, const PracticeQueryPair *pair, const PracticeSearchContext *context,
                    PracticeOutcome *outcome)
{
  if (strcmp (pair->name, "_count") == 0)
    parse_count (search, pair->value, outcome);
  else if (strcmp (pair->name, "_sort") == 0)
    parse_sort (search, pair->value, context, outcome);
  else if (g_str_has_prefix (pair->name, "_include") || g_str_has_prefix (pair->name, "_revinclude"))
    parse_include (search, pair->name, pair->value, outcome);
  else if (strcmp (pair->name, "_summary") == 0)
    parse_summary (search, pair->value, outcome);
  else if (strcmp (pair->name, "_total") == 0)
    parse_total (search, pair->value, outcome);
  else if (strcmp (pair->name, "_elements") == 0)
    parse_elements (search, pair->value);
  else
    return strcmp (pair->name, "_format") == 0 || strcmp (pair->name, "_pretty") == 0
           || strcmp (pair->name, "_page") == 0;

  return TRUE;
}

static void
parse_criterion (PracticeSearch *search, const PracticeQueryPair *pair, const PracticeSearchContext *context,
                 PracticeOutcome *outcome)
{
  gboolean unknown = FALSE;
  PracticeClause *clause;

  /* search.html: "parameters with no value are ignored". */
  if (*pair->value == '\0')
    return;

  clause = practice_clause_parse (search->type, pair->name, pair->value, context, &unknown, outcome);
  if (clause != NULL)
    g_ptr_array_add (search->clauses, clause);
  else if (unknown && context->strict)
    practice_outcome_error (outcome, 400, "not-supported", NULL, "%s has no search parameter of one of the names asked for",
                            search->type);
  else if (unknown)
    g_ptr_array_add (search->ignored, g_strdup (pair->name));
}

static void
append_link_pair (GString *link, const PracticeQueryPair *pair)
{
  g_autofree char *name = g_uri_escape_string (pair->name, ":", TRUE);
  g_autofree char *value = g_uri_escape_string (pair->value, "/:,|", FALSE);

  g_string_append_printf (link, "%s%s=%s", link->len > 0 ? "&" : "", name, value);
}

static void
parse_pairs (PracticeSearch *search, GPtrArray *pairs, const PracticeSearchContext *context, PracticeOutcome *outcome)
{
  g_autoptr (GString) link = g_string_new (NULL);
  const char *token = NULL;

  for (guint i = 0; i < pairs->len; i++)
    {
      const PracticeQueryPair *pair = pairs->pdata[i];

      if (strcmp (pair->name, "_page") == 0)
        token = pair->value;
      else
        append_link_pair (link, pair);
      if (!parse_result_param (search, pair, context, outcome))
        parse_criterion (search, pair, context, outcome);
    }

  search->link_query = g_string_free (g_steal_pointer (&link), FALSE);
  if (token == NULL)
    return;

  search->after = practice_page_token_parse (search, token, &search->leader);
  if (search->after == NULL)
    practice_outcome_error (outcome, 400, "value", NULL, "The page token does not belong to this search");
}

static guint
count_values (const PracticeClause *clause)
{
  guint count = clause->values != NULL ? clause->values->len : 1;

  for (guint i = 0; clause->chains != NULL && i < clause->chains->len; i++)
    count += count_values (clause->chains->pdata[i]);
  return count;
}

/* One request must not become thousands of searches. */
static void
check_size (const PracticeSearch *search, PracticeOutcome *outcome)
{
  guint count = 0;

  for (guint i = 0; i < search->clauses->len; i++)
    count += count_values (search->clauses->pdata[i]);
  if (count > MAX_ALL_VALUES)
    practice_outcome_error (outcome, 400, "too-costly", NULL, "The search has more than %d values", MAX_ALL_VALUES);
}

/**
 * practice_search_parse:
 * @type: a resource type
 * @query: (nullable): undecoded
 * @context: base URL, clock and strictness
 * @outcome: gets what is wrong
 *
 * Returns: (transfer full) (nullable): the search, or NULL when it cannot be answered
 */
PracticeSearch *
practice_search_parse (const char *type, const char *query, const PracticeSearchContext *context, PracticeOutcome *outcome)
{
  g_autoptr (PracticeSearch) search = NULL;
  g_autoptr (GPtrArray) pairs = practice_query_decode (query);

  g_return_val_if_fail (practice_spec_is_resource_type (type), NULL);

  if (pairs == NULL || pairs->len > MAX_PAIRS)
    {
      practice_outcome_error (outcome, 400, "invalid", NULL, "The query is not UTF-8, or has too many parameters");
      return NULL;
    }

  search = search_new (type, context);
  parse_pairs (search, pairs, context, outcome);
  check_size (search, outcome);
  return practice_outcome_has_error (outcome) ? NULL : g_steal_pointer (&search);
}

GPtrArray *
practice_search_match (PracticeStore *store, const char *type, const char *query, const PracticeSearchContext *context,
                       guint limit, PracticeOutcome *outcome)
{
  PracticeSearchContext strict = *context;
  g_autoptr (PracticeSearch) search = NULL;
  g_auto (PracticePage) page = { NULL, };
  g_autoptr (GPtrArray) ids = g_ptr_array_new_with_free_func (g_free);

  strict.strict = TRUE;
  search = practice_search_parse (type, query, &strict, outcome);
  if (search == NULL)
    return NULL;
  if (search->clauses->len == 0)
    {
      practice_outcome_error (outcome, 412, "incomplete", NULL, "The criteria are empty, so they would match everything");
      return NULL;
    }

  search->count = limit;
  search->count_only = FALSE;
  g_clear_pointer (&search->after, g_array_unref);
  g_ptr_array_set_size (search->sorts, 0);
  if (!practice_search_find (store, search, &page, NULL))
    {
      practice_outcome_error (outcome, 500, "exception", NULL, "The database failed");
      return NULL;
    }

  for (guint i = 0; i < page.rids->len; i++)
    {
      g_autoptr (PracticeVersion) version = practice_store_load (store, g_array_index (page.rids, gint64, i));

      if (version != NULL)
        g_ptr_array_add (ids, g_strdup (version->id));
    }
  return g_steal_pointer (&ids);
}
