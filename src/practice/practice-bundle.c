/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "practice-engine"

#include "practice-bundle-private.h"

#include <string.h>

#include "base/rcp-iso8601.h"

/* A day's import in one Bundle is welcome; a denial of service is not. */
#define MAX_ENTRIES 20000

static void
entry_free (PracticeEntry *entry)
{
  practice_response_clear (&entry->response);
  g_free (entry->path);
  g_free (entry->type);
  g_free (entry->id);
  g_free (entry);
}

/* The URL of an entry is relative to the base, or absolute to this server. */
static void
set_url (PracticeEntry *entry, const char *url, const char *base_url)
{
  const char *question;
  g_auto (GStrv) parts = NULL;

  if (base_url != NULL && g_str_has_prefix (url, base_url))
    url += strlen (base_url);
  while (*url == '/')
    url++;

  question = strchr (url, '?');
  entry->path = question != NULL ? g_strndup (url, question - url) : g_strdup (url);
  entry->request.path = entry->path;
  entry->request.query = question != NULL ? question + 1 : NULL;
  parts = g_strsplit (entry->path, "/", 3);
  entry->type = g_strdup (parts[0] != NULL ? parts[0] : "");
  if (parts[0] != NULL && parts[1] != NULL && *parts[1] != '_' && *parts[1] != '$')
    entry->id = g_strdup (parts[1]);
}

static gboolean
is_method (const char *method)
{
  static const char *const methods[] = { "GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", NULL };

  return method != NULL && g_strv_contains (methods, method);
}

/* A JSON Patch travels in a Bundle as a Binary (http.html#transaction); NULL when it is none. */
static PracticeJson *
decode_patch (PracticeJson *binary, PracticeOutcome *outcome)
{
  const char *data = practice_json_get_string (binary, "data");
  g_autofree guchar *patch = NULL;
  gsize length = 0;

  if (g_strcmp0 (practice_json_get_string (binary, "resourceType"), "Binary") != 0 || data == NULL)
    return NULL;

  patch = g_base64_decode (data, &length);
  return practice_json_parse ((const char *) patch, length, outcome);
}

static PracticeEntry *
parse_entry (PracticeCall *call, PracticeJson *json, guint index)
{
  PracticeEntry *entry = g_new0 (PracticeEntry, 1);
  PracticeJson *request = practice_json_get_object (json, "request");
  const char *method = request != NULL ? practice_json_get_string (request, "method") : NULL;
  const char *url = request != NULL ? practice_json_get_string (request, "url") : NULL;

  entry->json = json;
  entry->resource = practice_json_get_object (json, "resource");
  entry->request.base_url = call->request->base_url;
  entry->request.now = call->request->now;
  entry->request.prefer = call->request->prefer;
  if (!is_method (method) || url == NULL)
    {
      g_autofree char *expression = g_strdup_printf ("Bundle.entry[%u].request", index);

      practice_outcome_error (call->outcome, 400, "required", expression, "An entry needs request.method and request.url");
      entry_free (entry);
      return NULL;
    }

  entry->request.method = method;
  entry->request.if_match = practice_json_get_string (request, "ifMatch");
  entry->request.if_none_match = practice_json_get_string (request, "ifNoneMatch");
  entry->request.if_modified_since = practice_json_get_string (request, "ifModifiedSince");
  entry->request.if_none_exist = practice_json_get_string (request, "ifNoneExist");
  set_url (entry, url, call->request->base_url);
  return entry;
}

static GPtrArray *
parse_entries (PracticeCall *call, PracticeJson *bundle)
{
  g_autoptr (GPtrArray) entries = g_ptr_array_new_with_free_func ((GDestroyNotify) entry_free);
  PracticeJson *array = practice_json_get_array (bundle, "entry");
  gsize count = array != NULL ? json_object_array_length (array) : 0;

  if (count > MAX_ENTRIES)
    {
      practice_outcome_error (call->outcome, 413, "too-costly", NULL, "A Bundle may have %d entries", MAX_ENTRIES);
      return NULL;
    }

  for (gsize i = 0; i < count; i++)
    {
      PracticeJson *json = json_object_array_get_idx (array, i);
      PracticeEntry *entry = NULL;

      if (json_object_is_type (json, json_type_object))
        entry = parse_entry (call, json, i);
      else
        practice_outcome_error (call->outcome, 400, "structure", "Bundle.entry", "An entry is not an object");
      if (entry == NULL)
        return NULL;
      g_ptr_array_add (entries, entry);
    }

  return g_steal_pointer (&entries);
}

void
practice_entry_run (PracticeCall *call, PracticeEntry *entry, PracticeOutcome *outcome)
{
  g_autoptr (PracticeJson) patch = NULL;
  PracticeCall inner;

  practice_response_clear (&entry->response);
  practice_call_init (&inner, call->store, &entry->request, &entry->response, outcome);
  inner.in_bundle = TRUE;
  inner.resource = entry->resource;
  if (strcmp (entry->request.method, "PATCH") == 0)
    {
      patch = entry->resource != NULL ? decode_patch (entry->resource, outcome) : NULL;
      inner.resource = patch;
    }
  if (strcmp (entry->request.method, "POST") == 0)
    inner.assigned_id = entry->id;

  if (inner.depth == 0)
    practice_outcome_error (outcome, 400, "not-supported", NULL, "A Bundle in a Bundle is not taken");
  else if (!practice_outcome_has_error (outcome))
    practice_call_dispatch (&inner);
  practice_call_clear (&inner);
}

static const char *
get_reason (guint status)
{
  switch (status)
    {
    case 200:
      return "200 OK";
    case 201:
      return "201 Created";
    case 204:
      return "204 No Content";
    case 304:
      return "304 Not Modified";
    default:
      return NULL;
    }
}

static void
append_response (GString *text, const PracticeResponse *response, gboolean is_error)
{
  const char *reason = get_reason (response->status);

  g_string_append_c (text, '{');
  if (response->body != NULL && !is_error)
    {
      g_string_append (text, "\"resource\":");
      g_string_append_len (text, response->body, response->body_length);
      g_string_append_c (text, ',');
    }
  if (reason != NULL)
    g_string_append_printf (text, "\"response\":{\"status\":\"%s\"", reason);
  else
    g_string_append_printf (text, "\"response\":{\"status\":\"%u\"", response->status);
  if (response->location != NULL)
    g_string_append_printf (text, ",\"location\":\"%s\"", response->location);
  if (response->etag != NULL)
    {
      g_auto (GStrv) parts = g_strsplit (response->etag, "\"", -1);
      g_autofree char *escaped = g_strjoinv ("\\\"", parts);

      g_string_append_printf (text, ",\"etag\":\"%s\"", escaped);
    }
  if (response->last_modified != 0)
    {
      g_autofree char *moment = rcp_iso8601_format_utc (response->last_modified);

      g_string_append_printf (text, ",\"lastModified\":\"%s\"", moment);
    }
  if (response->body != NULL && is_error)
    {
      g_string_append (text, ",\"outcome\":");
      g_string_append_len (text, response->body, response->body_length);
    }
  g_string_append (text, "}}");
}

static void
respond_entries (PracticeCall *call, GPtrArray *entries, const char *type)
{
  GString *text = g_string_new (NULL);
  gsize length;

  g_string_append_printf (text, "{\"resourceType\":\"Bundle\",\"type\":\"%s\"", type);
  for (guint i = 0; i < entries->len; i++)
    {
      PracticeEntry *entry = entries->pdata[i];

      g_string_append (text, i == 0 ? ",\"entry\":[" : ",");
      append_response (text, &entry->response, entry->response.status >= 400);
    }
  g_string_append (text, entries->len > 0 ? "]}" : "}");
  length = text->len;
  practice_call_respond_text (call, 200, g_string_free (text, FALSE), length);
}

/* Each entry for itself: what fails does not touch the others. */
static void
run_batch (PracticeCall *call, GPtrArray *entries)
{
  for (guint i = 0; i < entries->len; i++)
    {
      PracticeEntry *entry = entries->pdata[i];
      g_autoptr (PracticeOutcome) outcome = practice_outcome_new ();
      GError *error = NULL;

      if (!practice_store_savepoint_begin (call->store, &error))
        {
          practice_call_fail_store (call, error);
          return;
        }
      practice_entry_run (call, entry, outcome);
      if (!practice_store_savepoint_end (call->store, !practice_outcome_has_error (outcome), &error))
        {
          practice_call_fail_store (call, error);
          return;
        }
      if (practice_outcome_has_error (outcome))
        {
          g_autoptr (PracticeJson) json = practice_outcome_to_json (outcome);

          practice_response_clear (&entry->response);
          entry->response.status = practice_outcome_get_status (outcome);
          entry->response.body = practice_json_print (json, &entry->response.body_length);
        }
    }
}

void
practice_call_bundle (PracticeCall *call)
{
  g_autoptr (PracticeJson) bundle = practice_call_parse_body (call);
  g_autoptr (GPtrArray) entries = NULL;
  const char *type;

  if (bundle == NULL)
    return;

  type = practice_json_get_string (bundle, "type");
  if (g_strcmp0 (practice_json_get_string (bundle, "resourceType"), "Bundle") != 0
      || (g_strcmp0 (type, "transaction") != 0 && g_strcmp0 (type, "batch") != 0))
    {
      practice_outcome_error (call->outcome, 400, "invalid", "Bundle.type", "The base takes a Bundle of type transaction or batch");
      return;
    }

  entries = parse_entries (call, bundle);
  if (entries == NULL)
    return;

  if (strcmp (type, "batch") == 0)
    {
      run_batch (call, entries);
      respond_entries (call, entries, "batch-response");
    }
  else if (practice_transaction_run (call, entries))
    {
      respond_entries (call, entries, "transaction-response");
    }
}
