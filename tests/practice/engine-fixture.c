/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "engine-fixture"

#include "engine-fixture.h"

#include <glib/gstdio.h>
#include <string.h>

#include "base/rcp-iso8601.h"

EngineFixture *
engine_fixture_new (void)
{
  EngineFixture *fixture = g_new0 (EngineFixture, 1);
  g_autoptr (GError) error = NULL;

  fixture->folder = g_dir_make_tmp ("practice-XXXXXX", &error);
  g_assert_no_error (error);
  fixture->path = g_build_filename (fixture->folder, "practice.db", NULL);
  fixture->store = practice_store_open (fixture->path, PRACTICE_STORE_WRITER, &error);
  g_assert_no_error (error);
  g_assert_true (rcp_iso8601_parse_instant ("2026-03-10T12:00:00Z", &fixture->now));
  return fixture;
}

void
engine_fixture_free (EngineFixture *fixture)
{
  static const char *const suffixes[] = { "", "-wal", "-shm", ".lock" };

  g_clear_pointer (&fixture->json, practice_json_unref);
  practice_response_clear (&fixture->response);
  practice_store_close (fixture->store);
  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autofree char *path = g_strconcat (fixture->path, suffixes[i], NULL);

      g_unlink (path);
    }
  g_rmdir (fixture->folder);
  g_free (fixture->path);
  g_free (fixture->folder);
  g_free (fixture);
}

guint
engine_fixture_request (EngineFixture *fixture, const char *method, const char *url, const char *body)
{
  g_autofree char *quoted = body != NULL ? g_strdelimit (g_strdup (body), "'", '"') : NULL;
  const char *question = strchr (url, '?');
  g_autofree char *path = question != NULL ? g_strndup (url, question - url) : g_strdup (url);
  g_autoptr (GError) error = NULL;
  PracticeRequest request = {
    .method = method, .path = path, .query = question != NULL ? question + 1 : NULL,
    .content_type = fixture->content_type, .body = quoted, .body_length = quoted != NULL ? strlen (quoted) : 0,
    .if_match = fixture->if_match, .if_none_match = fixture->if_none_match,
    .if_modified_since = fixture->if_modified_since, .if_none_exist = fixture->if_none_exist,
    .prefer = fixture->prefer, .base_url = TEST_BASE, .now = fixture->now,
  };

  g_clear_pointer (&fixture->json, practice_json_unref);
  practice_response_clear (&fixture->response);
  g_assert_true (practice_store_begin (fixture->store, &error));
  practice_engine_handle (fixture->store, &request, &fixture->response);
  g_assert_true (practice_store_commit (fixture->store, &error));
  g_assert_no_error (error);

  fixture->if_match = fixture->if_none_match = fixture->if_modified_since = fixture->if_none_exist = NULL;
  fixture->prefer = fixture->content_type = NULL;
  if (fixture->response.body != NULL)
    {
      g_autoptr (PracticeOutcome) outcome = practice_outcome_new ();

      fixture->json = practice_json_parse (fixture->response.body, fixture->response.body_length, outcome);
      g_assert_cmpstr (practice_outcome_get_first_text (outcome), ==, NULL);
    }

  return fixture->response.status;
}

void
engine_fixture_put (EngineFixture *fixture, const char *body)
{
  g_autofree char *quoted = g_strdelimit (g_strdup (body), "'", '"');
  g_autoptr (PracticeOutcome) outcome = practice_outcome_new ();
  g_autoptr (PracticeJson) json = practice_json_parse (quoted, strlen (quoted), outcome);
  g_autofree char *url = NULL;
  guint status;

  g_assert_nonnull (json);
  url = g_strdup_printf ("%s/%s", practice_json_get_string (json, "resourceType"), practice_json_get_string (json, "id"));
  status = engine_fixture_request (fixture, "PUT", url, body);
  if (status != 200 && status != 201)
    g_error ("PUT %s: %u %s", url, status, fixture->response.body);
}

char *
engine_fixture_find (EngineFixture *fixture, const char *query)
{
  guint status = engine_fixture_request (fixture, "GET", query, NULL);
  PracticeJson *entries;
  GString *ids = g_string_new (NULL);

  if (status != 200)
    g_error ("GET %s: %u %s", query, status, fixture->response.body);
  entries = practice_json_get_array (fixture->json, "entry");
  for (gsize i = 0; entries != NULL && i < json_object_array_length (entries); i++)
    {
      PracticeJson *entry = json_object_array_get_idx (entries, i);

      if (strcmp (practice_json_get_string (practice_json_get_object (entry, "search"), "mode"), "match") == 0)
        g_string_append_printf (ids, "%s%s", ids->len > 0 ? " " : "",
                                practice_json_get_string (practice_json_get_object (entry, "resource"), "id"));
    }

  return g_string_free (ids, FALSE);
}

const char *
engine_fixture_get_code (EngineFixture *fixture)
{
  PracticeJson *issues = fixture->json != NULL ? practice_json_get_array (fixture->json, "issue") : NULL;

  return issues != NULL ? practice_json_get_string (json_object_array_get_idx (issues, 0), "code") : NULL;
}

const char *
engine_fixture_get_link (EngineFixture *fixture, const char *relation)
{
  PracticeJson *links = practice_json_get_array (fixture->json, "link");

  for (gsize i = 0; links != NULL && i < json_object_array_length (links); i++)
    {
      PracticeJson *link = json_object_array_get_idx (links, i);

      if (strcmp (practice_json_get_string (link, "relation"), relation) == 0)
        return practice_json_get_string (link, "url") + strlen (TEST_BASE "/");
    }

  return NULL;
}

gint64
engine_fixture_count (EngineFixture *fixture, const char *type)
{
  return practice_store_count (fixture->store, type);
}
