/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "practice-search"

#include "practice-search-private.h"

#include <string.h>

/* More than this beside one page is a mistake of the client; the answer says that it was cut. */
#define MAX_INCLUDED 10000
#define MAX_ROUNDS 10

typedef struct
{
  PracticeStore *store;
  GHashTable *seen;   /* gint64 rids of matches and included */
  GArray *found;      /* rids in order */
  gboolean overflow;
} Collector;

static void
collect (Collector *collector, gint64 rid)
{
  gint64 *key;

  if (rid == 0 || g_hash_table_contains (collector->seen, &rid))
    return;
  if (collector->found->len >= MAX_INCLUDED)
    {
      collector->overflow = TRUE;
      return;
    }

  key = g_new (gint64, 1);
  *key = rid;
  g_hash_table_add (collector->seen, key);
  g_array_append_val (collector->found, rid);
}

/* All rids that a bound statement gives in its first column. */
static void
collect_rows (Collector *collector, sqlite3_stmt *statement)
{
  while (statement != NULL && sqlite3_step (statement) == SQLITE_ROW)
    collect (collector, sqlite3_column_int64 (statement, 0));
  sqlite3_reset (statement);
}

static void
include_targets (Collector *collector, const PracticeInclude *include, gint64 rid)
{
  sqlite3_stmt *statement = practice_store_prepare (collector->store,
    "SELECT x.rid FROM ix_reference t CROSS JOIN resource x WHERE t.rid = ?1 AND t.param = ?2"
    " AND (?3 IS NULL OR t.target_type = ?3) AND x.type = t.target_type AND x.id = t.target_id AND x.deleted = 0");

  sqlite3_bind_int64 (statement, 1, rid);
  sqlite3_bind_int (statement, 2, include->param->id);
  if (include->target != NULL)
    sqlite3_bind_text (statement, 3, include->target, -1, SQLITE_STATIC);
  collect_rows (collector, statement);
}

static void
include_sources (Collector *collector, const PracticeInclude *include, const char *type, const char *id)
{
  sqlite3_stmt *statement = practice_store_prepare (collector->store,
    "SELECT t.rid FROM ix_reference t CROSS JOIN resource x WHERE t.param = ? AND t.target_id = ? AND t.target_type = ?"
    " AND x.rid = t.rid AND x.type = ? AND x.deleted = 0");

  sqlite3_bind_int (statement, 1, include->param->id);
  sqlite3_bind_text (statement, 2, id, -1, SQLITE_STATIC);
  sqlite3_bind_text (statement, 3, type, -1, SQLITE_STATIC);
  sqlite3_bind_text (statement, 4, include->source, -1, SQLITE_STATIC);
  collect_rows (collector, statement);
}

static void
follow (Collector *collector, const PracticeSearch *search, gint64 rid, gboolean is_match)
{
  sqlite3_stmt *statement = practice_store_prepare (collector->store, "SELECT type, id FROM resource WHERE rid = ?");
  g_autofree char *type = NULL;
  g_autofree char *id = NULL;

  sqlite3_bind_int64 (statement, 1, rid);
  if (sqlite3_step (statement) == SQLITE_ROW)
    {
      type = g_strdup ((const char *) sqlite3_column_text (statement, 0));
      id = g_strdup ((const char *) sqlite3_column_text (statement, 1));
    }
  sqlite3_reset (statement);

  for (guint i = 0; type != NULL && i < search->includes->len; i++)
    {
      const PracticeInclude *include = search->includes->pdata[i];

      if (!is_match && !include->iterate)
        continue;
      if (!include->reverse && strcmp (include->source, type) == 0)
        include_targets (collector, include, rid);
      else if (include->reverse && (include->target == NULL || strcmp (include->target, type) == 0))
        include_sources (collector, include, type, id);
    }
}

/**
 * practice_search_include:
 * @rids: the matches of the page
 * @overflow: (out): whether some were left out
 *
 * Returns: (transfer full): rids of what _include and _revinclude ask for beside them
 */
GArray *
practice_search_include (PracticeStore *store, const PracticeSearch *search, const GArray *rids, gboolean *overflow)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  Collector collector = { store, seen, g_array_new (FALSE, FALSE, sizeof (gint64)), FALSE };
  guint begin = 0;

  for (guint i = 0; i < rids->len; i++)
    g_hash_table_add (seen, g_memdup2 (&g_array_index (rids, gint64, i), sizeof (gint64)));
  for (guint i = 0; search->includes->len > 0 && i < rids->len; i++)
    follow (&collector, search, g_array_index (rids, gint64, i), TRUE);

  for (guint round = 0; round < MAX_ROUNDS && begin < collector.found->len; round++)
    {
      guint end = collector.found->len;

      for (; begin < end; begin++)
        follow (&collector, search, g_array_index (collector.found, gint64, begin), FALSE);
    }

  *overflow = collector.overflow;
  return collector.found;
}

GArray *
practice_search_referrers (PracticeStore *store, const char *type, const char *id)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  Collector collector = { store, seen, g_array_new (FALSE, FALSE, sizeof (gint64)), FALSE };
  const char *const *types = practice_spec_get_resource_types ();

  for (guint i = 0; types[i] != NULL; i++)
    {
      g_autoptr (GPtrArray) params = practice_spec_list_params (types[i]);

      for (guint j = 0; j < params->len; j++)
        {
          const PracticeSearchParam *param = params->pdata[j];
          PracticeInclude include = { .source = types[i], .param = param, .reverse = TRUE };

          if (param->type == PRACTICE_SEARCH_REFERENCE && param->indexed)
            include_sources (&collector, &include, type, id);
        }
    }

  return collector.found;
}

GArray *
practice_search_referred (PracticeStore *store, const GArray *rids)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  Collector collector = { store, seen, g_array_new (FALSE, FALSE, sizeof (gint64)), FALSE };

  for (guint i = 0; i < rids->len; i++)
    g_hash_table_add (seen, g_memdup2 (&g_array_index (rids, gint64, i), sizeof (gint64)));
  for (guint i = 0; i < rids->len; i++)
    {
      sqlite3_stmt *statement = practice_store_prepare (store,
        "SELECT x.rid FROM ix_reference t CROSS JOIN resource x WHERE t.rid = ?"
        " AND x.type = t.target_type AND x.id = t.target_id AND x.deleted = 0");

      sqlite3_bind_int64 (statement, 1, g_array_index (rids, gint64, i));
      collect_rows (&collector, statement);
    }

  return collector.found;
}

PracticeVersion *
practice_search_load (PracticeStore *store, gint64 rid)
{
  return practice_store_load (store, rid);
}
