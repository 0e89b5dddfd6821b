/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A query of any shape is answered or refused, never a fault of the server: each is run against a small record, and
 * so is every link that comes back. */

#define G_LOG_DOMAIN "fuzz-search-params"

#include <string.h>

#include "practice/practice-engine.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static void
request (PracticeStore *store, const char *method, const char *path, const char *query, const char *body,
         PracticeResponse *response)
{
  PracticeRequest request = {
    .method = method, .path = path, .query = query, .body = body, .body_length = body != NULL ? strlen (body) : 0,
    .base_url = "http://x/fhir", .now = G_TIME_SPAN_DAY * 20000,
  };

  g_assert_true (practice_store_begin (store, NULL));
  practice_engine_handle (store, &request, response);
  g_assert_true (practice_store_commit (store, NULL));
}

static PracticeStore *
new_record (void)
{
  static const char *const resources[][2] = {
    { "Patient/p1", "{\"resourceType\":\"Patient\",\"id\":\"p1\",\"name\":[{\"family\":\"Gar\\u0327ia\",\"given\":[\"Mar\"]}],"
                    "\"birthDate\":\"1980\",\"identifier\":[{\"system\":\"s\",\"value\":\"1\"}],"
                    "\"telecom\":[{\"system\":\"phone\",\"value\":\"555 123 4567\"}]}" },
    { "Patient/p2", "{\"resourceType\":\"Patient\",\"id\":\"p2\",\"gender\":\"male\",\"link\":[{\"type\":\"seealso\","
                    "\"other\":{\"reference\":\"Patient/p1\"}}]}" },
    { "Patient/p3", "{\"resourceType\":\"Patient\",\"id\":\"p3\",\"name\":[{\"family\":\"Mar\"}]}" },
  };
  PracticeStore *store = practice_store_open (":memory:", PRACTICE_STORE_WRITER, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (resources); i++)
    {
      PracticeResponse response;

      request (store, "PUT", resources[i][0], NULL, resources[i][1], &response);
      g_assert_cmpuint (response.status, ==, 201);
      practice_response_clear (&response);
    }
  return store;
}

/* (transfer full) (nullable): the query of the next page, which has to be answered. */
static char *
get_next (const PracticeResponse *response)
{
  g_autoptr (PracticeOutcome) outcome = practice_outcome_new ();
  g_autoptr (PracticeJson) json = practice_json_parse (response->body, response->body_length, outcome);
  PracticeJson *links;

  g_assert_nonnull (json);
  links = practice_json_get_array (json, "link");
  if (response->status != 200 || json_object_array_length (links) < 2)
    return NULL;
  return g_strdup (strchr (practice_json_get_string (json_object_array_get_idx (links, 1), "url"), '?') + 1);
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  static PracticeStore *store = NULL;
  g_autofree char *query = g_strndup ((const char *) data, MIN (size, 2000));

  if (store == NULL)
    store = new_record ();

  for (guint page = 0; query != NULL && page < 6; page++)
    {
      PracticeResponse response;

      request (store, "GET", "Patient", query, NULL, &response);
      g_assert_true (response.status == 200 || (page == 0 && response.status == 400));
      g_free (query);
      query = get_next (&response);
      practice_response_clear (&response);
    }

  /* Three patients are at most three pages and an empty one. */
  g_assert_null (query);
  return 0;
}
