/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "practice/practice-store.h"

G_BEGIN_DECLS

/* One page may hold a whole day of a large board. */
#define PRACTICE_SEARCH_DEFAULT_COUNT 50
#define PRACTICE_SEARCH_MAX_COUNT 5000

/**
 * PracticeSearch: a search request, parsed and checked, not yet run.
 */
typedef struct _PracticeSearch PracticeSearch;

typedef struct
{
  const char *base_url; /* for absolute references and links, no trailing slash */
  gint64 now;           /* for the prefix "ap" */
  gboolean strict;      /* Prefer: handling=strict */
} PracticeSearchContext;

PracticeSearch *practice_search_parse (const char *type, const char *query, const PracticeSearchContext *context,
                                       PracticeOutcome *outcome);
void practice_search_free (PracticeSearch *search);

/* (transfer full): the searchset as JSON text, or NULL with errors in @outcome. */
char *practice_search_run (PracticeStore *store, PracticeSearch *search, PracticeOutcome *outcome, gsize *length);

/* The ids of the resources that meet the criteria of a conditional interaction, at most @limit; NULL with errors in
 * @outcome. Unknown parameters and an empty query are errors here: they would match everything. */
GPtrArray *practice_search_match (PracticeStore *store, const char *type, const char *query,
                                  const PracticeSearchContext *context, guint limit, PracticeOutcome *outcome);

/* (element-type gint64): what has @type/@id in one of its reference parameters; row numbers for the next function. */
GArray *practice_search_referrers (PracticeStore *store, const char *type, const char *id);
/* (element-type gint64): what those refer to, and is not among them. */
GArray *practice_search_referred (PracticeStore *store, const GArray *rids);
/* (transfer full): PracticeVersion of a row, NULL when deleted. */
PracticeVersion *practice_search_load (PracticeStore *store, gint64 rid);

/* Decodes application/x-www-form-urlencoded into pairs of name and value; NULL when it is not valid UTF-8. */
typedef struct
{
  char *name;
  char *value;
} PracticeQueryPair;

GPtrArray *practice_query_decode (const char *query);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (PracticeSearch, practice_search_free)

G_END_DECLS
