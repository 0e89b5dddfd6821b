/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "practice-engine"

#include "practice-engine-private.h"

#include <libsoup/soup.h>
#include <string.h>

#include "base/rcp-iso8601.h"

/* HTTP date of a header, or FHIR instant of a Bundle entry; to the second, as HTTP dates are. */
static gboolean
parse_moment (const char *text, gint64 *seconds)
{
  g_autoptr (GDateTime) moment = NULL;
  gint64 instant;

  if (rcp_iso8601_parse_instant (text, &instant))
    {
      *seconds = instant / G_USEC_PER_SEC;
      return TRUE;
    }

  moment = soup_date_time_new_from_http_string (text);
  if (moment == NULL)
    return FALSE;
  *seconds = g_date_time_to_unix (moment);
  return TRUE;
}

static gboolean
is_unchanged (const PracticeRequest *request, const PracticeVersion *version)
{
  gint64 since;

  if (request->if_none_match != NULL)
    return practice_etag_matches (request->if_none_match, version->version);

  return request->if_modified_since != NULL && parse_moment (request->if_modified_since, &since)
         && version->last_updated / G_USEC_PER_SEC <= since;
}

static void
respond_read (PracticeCall *call, const PracticeVersion *version)
{
  if (version == NULL)
    {
      practice_outcome_error (call->outcome, 404, "not-found", NULL, "There is no such resource");
    }
  else if (version->content == NULL)
    {
      practice_outcome_error (call->outcome, 410, "deleted", NULL, "The resource was deleted");
    }
  else if (is_unchanged (call->request, version))
    {
      call->response->status = 304;
      call->response->etag = practice_etag_new (version->version);
      call->response->last_modified = version->last_updated;
    }
  else
    {
      practice_call_respond_version (call, 200, version, FALSE);
    }
}

void
practice_call_read (PracticeCall *call)
{
  g_autoptr (PracticeVersion) version = practice_store_read (call->store, call->path[0], call->path[1]);

  respond_read (call, version);
}

void
practice_call_vread (PracticeCall *call)
{
  g_autoptr (PracticeVersion) version = NULL;
  guint64 number;

  if (g_ascii_string_to_unsigned (call->path[3], 10, 1, G_MAXINT64, &number, NULL))
    version = practice_store_vread (call->store, call->path[0], call->path[1], (gint64) number);
  respond_read (call, version);
}

/* What a history can be asked for. */
typedef struct
{
  gint64 since;
  gint64 before;
  guint count;
} HistoryQuery;

static gboolean
parse_history_query (PracticeCall *call, HistoryQuery *query)
{
  g_autoptr (GPtrArray) pairs = practice_query_decode (call->request->query);
  gboolean valid = pairs != NULL;

  *query = (HistoryQuery){ G_MININT64, 0, PRACTICE_SEARCH_DEFAULT_COUNT };
  for (guint i = 0; valid && i < pairs->len; i++)
    {
      const PracticeQueryPair *pair = pairs->pdata[i];
      RcpIso8601 moment;
      guint64 number;

      if (strcmp (pair->name, "_since") == 0)
        {
          valid = rcp_iso8601_parse (pair->value, &moment);
          query->since = valid ? moment.start : 0;
        }
      else if (strcmp (pair->name, "_count") == 0)
        {
          valid = g_ascii_string_to_unsigned (pair->value, 10, 0, G_MAXINT32, &number, NULL);
          query->count = valid ? CLAMP (number, 1, PRACTICE_SEARCH_MAX_COUNT) : 0;
        }
      else if (strcmp (pair->name, "_page") == 0)
        {
          valid = g_ascii_string_to_unsigned (pair->value, 36, 1, G_MAXINT64, &number, NULL);
          query->before = valid ? (gint64) number : 0;
        }
      else
        {
          valid = !practice_call_get_search_context (call).strict || *pair->name == '\0'
                  || strcmp (pair->name, "_format") == 0;
        }
    }

  if (!valid)
    practice_outcome_error (call->outcome, 400, "value", NULL, "A parameter of the history is not valid");
  return valid;
}

static void
append_string_member (GString *text, const char *name, const char *value)
{
  g_autoptr (PracticeJson) string = json_object_new_string (value);

  g_string_append_printf (text, "\"%s\":%s", name,
                          json_object_to_json_string_ext (string, JSON_C_TO_STRING_NOSLASHESCAPE));
}

static void
append_history_entry (GString *text, const PracticeCall *call, const PracticeVersion *version)
{
  g_autofree char *updated = rcp_iso8601_format_utc (version->last_updated);
  gboolean created = version->version == 1 && version->content != NULL;
  const char *method = version->content == NULL ? "DELETE" : created ? "POST" : "PUT";

  g_string_append_printf (text, "{\"fullUrl\":\"%s/%s/%s\"", call->request->base_url, version->type, version->id);
  if (version->content != NULL)
    {
      g_string_append (text, ",\"resource\":");
      g_string_append_len (text, version->content, version->length);
    }
  g_string_append_printf (text, ",\"request\":{\"method\":\"%s\",\"url\":\"%s%s%s\"}", method, version->type,
                          created ? "" : "/", created ? "" : version->id);
  g_string_append_printf (text,
                          ",\"response\":{\"status\":\"%s\",\"etag\":\"W/\\\"%" G_GINT64_FORMAT "\\\"\","
                          "\"lastModified\":\"%s\"}}",
                          version->content == NULL ? "204" : created ? "201" : "200", version->version, updated);
}

static void
append_history_links (GString *text, const PracticeCall *call, const HistoryQuery *query, gint64 next)
{
  g_autofree char *self = g_strdup_printf ("%s/%s", call->request->base_url, call->request->path);

  g_string_append (text, ",\"link\":[{\"relation\":\"self\",");
  append_string_member (text, "url", self);
  g_string_append_c (text, '}');
  if (next > 0)
    {
      g_autoptr (GString) url = g_string_new (self);
      char digits[16];
      int i = sizeof digits - 1;

      /* Base 36, so that nobody takes it for a version or an offset. */
      digits[i] = '\0';
      for (gint64 rest = next; rest > 0 && i > 0; rest /= 36)
        digits[--i] = "0123456789abcdefghijklmnopqrstuvwxyz"[rest % 36];
      g_string_append_printf (url, "?_count=%u&_page=%s", query->count, digits + i);
      if (query->since != G_MININT64)
        {
          g_autofree char *since = rcp_iso8601_format_utc (query->since);

          g_string_append_printf (url, "&_since=%s", since);
        }
      g_string_append (text, ",{\"relation\":\"next\",");
      append_string_member (text, "url", url->str);
      g_string_append_c (text, '}');
    }
  g_string_append_c (text, ']');
}

void
practice_call_history (PracticeCall *call)
{
  const char *type = call->depth >= 2 ? call->path[0] : NULL;
  const char *id = call->depth >= 3 ? call->path[1] : NULL;
  g_autoptr (GPtrArray) versions = NULL;
  HistoryQuery query;
  GString *text;
  gint64 next;
  gsize length;

  if (!parse_history_query (call, &query))
    return;

  versions = practice_store_history (call->store, type, id, query.since, query.before, query.count, &next);
  if (id != NULL && versions->len == 0)
    {
      g_autoptr (PracticeVersion) current = practice_store_read (call->store, type, id);

      if (current == NULL)
        {
          practice_outcome_error (call->outcome, 404, "not-found", NULL, "There is no such resource");
          return;
        }
    }

  text = g_string_new ("{\"resourceType\":\"Bundle\",\"type\":\"history\"");
  if (next == 0 && query.before == 0)
    g_string_append_printf (text, ",\"total\":%u", versions->len);
  append_history_links (text, call, &query, next);
  for (guint i = 0; i < versions->len; i++)
    {
      g_string_append (text, i == 0 ? ",\"entry\":[" : ",");
      append_history_entry (text, call, versions->pdata[i]);
    }
  g_string_append (text, versions->len > 0 ? "]}" : "}");
  length = text->len;
  practice_call_respond_text (call, 200, g_string_free (text, FALSE), length);
}

/* GET Type?query, GET or POST Type/_search: the parameters of a form count as those of the query. */
void
practice_call_search (PracticeCall *call)
{
  const PracticeRequest *request = call->request;
  PracticeSearchContext context = practice_call_get_search_context (call);
  g_autoptr (PracticeSearch) search = NULL;
  g_autoptr (GString) query = g_string_new (request->query);
  char *text;
  gsize length = 0;

  if (strcmp (request->method, "POST") == 0 && request->body_length > 0)
    {
      if (request->content_type == NULL
          || !g_str_has_prefix (request->content_type, "application/x-www-form-urlencoded"))
        {
          practice_outcome_error (call->outcome, 415, "not-supported", NULL,
                                  "_search takes application/x-www-form-urlencoded");
          return;
        }
      if (memchr (request->body, '\0', request->body_length) != NULL)
        {
          practice_outcome_error (call->outcome, 400, "invalid", NULL, "The form has a NUL in it");
          return;
        }
      if (query->len > 0)
        g_string_append_c (query, '&');
      g_string_append_len (query, request->body, request->body_length);
    }

  search = practice_search_parse (call->path[0], query->str, &context, call->outcome);
  if (search == NULL)
    return;

  text = practice_search_run (call->store, search, call->outcome, &length);
  if (text != NULL)
    practice_call_respond_text (call, 200, text, length);
}
