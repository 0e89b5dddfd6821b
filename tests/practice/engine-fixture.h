/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "practice/practice-engine.h"
#include "practice/practice-search.h"

G_BEGIN_DECLS

#define TEST_BASE "http://x/fhir"

/**
 * EngineFixture: the engine on a database of its own in a temporary folder, without HTTP.
 */
typedef struct
{
  char *folder;
  char *path;
  PracticeStore *store;
  gint64 now;
  /* Headers of the next request; forgotten after it. */
  const char *if_match;
  const char *if_none_match;
  const char *if_modified_since;
  const char *if_none_exist;
  const char *prefer;
  const char *content_type;
  /* Of the last answer. */
  PracticeResponse response;
  PracticeJson *json;
} EngineFixture;

EngineFixture *engine_fixture_new (void);
void engine_fixture_free (EngineFixture *fixture);
/* Runs one request in a transaction of its own and returns the status. @body: JSON with single quotes, or NULL. */
guint engine_fixture_request (EngineFixture *fixture, const char *method, const char *url, const char *body);
/* PUT of @body (single quotes) at its own type and id, which has to succeed. */
void engine_fixture_put (EngineFixture *fixture, const char *body);
/* (transfer full): ids of the matches of a search, in order, joined by spaces. */
char *engine_fixture_find (EngineFixture *fixture, const char *query);
/* Borrowed: issue[0].code of the last answer, or NULL. */
const char *engine_fixture_get_code (EngineFixture *fixture);
/* Borrowed: link of the last answer, without the base and what is before the "?"; NULL when there is none. */
const char *engine_fixture_get_link (EngineFixture *fixture, const char *relation);
gint64 engine_fixture_count (EngineFixture *fixture, const char *type);

#define engine_fixture_assert_found(fixture, query, expected)             \
  G_STMT_START                                                            \
    {                                                                     \
      g_autofree char *found_ids = engine_fixture_find (fixture, query);  \
                                                                          \
      g_assert_cmpstr (found_ids, ==, expected);                          \
    }                                                                     \
  G_STMT_END

G_DEFINE_AUTOPTR_CLEANUP_FUNC (EngineFixture, engine_fixture_free)

G_END_DECLS
