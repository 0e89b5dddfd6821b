/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "practice-engine"

#include "practice-engine-private.h"

#include <string.h>

#include "base/rcp-iso8601.h"

/* A day's import in one Bundle is welcome; a denial of service is not. */
#define MAX_ENTRIES 20000

/* One entry on its way. The request borrows from the Bundle and from the strings here. */
typedef struct
{
  PracticeJson *json;     /* borrowed */
  PracticeJson *resource; /* borrowed, or NULL */
  PracticeRequest request;
  PracticeResponse response;
  char *path;
  char *type;             /* first segment of the path */
  char *id;               /* second segment; for a POST the id that it gets or that its condition found */
  gboolean exists;        /* ifNoneExist found the resource: nothing to do but tell */
} Entry;

typedef struct
{
  PracticeCall *call;
  GPtrArray *entries;
  GHashTable *targets;    /* fullUrl, or Type/id of one, to "Type/id" here */
} Transaction;

static void
entry_free (Entry *entry)
{
  practice_response_clear (&entry->response);
  g_free (entry->path);
  g_free (entry->type);
  g_free (entry->id);
  g_free (entry);
}

/* The URL of an entry is relative to the base, or absolute to this server. */
static void
set_url (Entry *entry, const char *url, const char *base_url)
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

static Entry *
parse_entry (PracticeCall *call, PracticeJson *json, guint index)
{
  Entry *entry = g_new0 (Entry, 1);
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
      Entry *entry = NULL;

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

/* Runs an entry; errors go to @outcome. */
static void
run_entry (PracticeCall *call, Entry *entry, PracticeOutcome *outcome)
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
      Entry *entry = entries->pdata[i];

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
      Entry *entry = entries->pdata[i];
      g_autoptr (PracticeOutcome) outcome = practice_outcome_new ();
      GError *error = NULL;

      if (!practice_store_savepoint_begin (call->store, &error))
        {
          practice_call_fail_store (call, error);
          return;
        }
      run_entry (call, entry, outcome);
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

static gboolean
has_method (const Entry *entry, const char *method)
{
  return strcmp (entry->request.method, method) == 0;
}

static gboolean
creates (const Entry *entry)
{
  return has_method (entry, "POST") && strchr (entry->path, '/') == NULL && practice_spec_is_resource_type (entry->type);
}

/* A conditional create finds what exists, or gets a new id, before anything refers to it. */
static gboolean
resolve_create (Transaction *transaction, Entry *entry)
{
  PracticeCall *call = transaction->call;
  const char *condition = entry->request.if_none_exist;
  int matches = 0;

  g_clear_pointer (&entry->id, g_free);
  if (condition != NULL)
    {
      const char *question = strchr (condition, '?');

      matches = practice_call_match (call, entry->type, question != NULL ? question + 1 : condition, &entry->id);
    }

  if (matches > 1)
    practice_outcome_error (call->outcome, 412, "multiple-matches", NULL, "Several resources meet ifNoneExist");
  entry->exists = matches == 1;
  if (matches == 0)
    entry->id = g_uuid_string_random ();
  return matches == 0 || matches == 1;
}

/* PUT, PATCH and DELETE with criteria instead of an id. */
static gboolean
resolve_conditional (Transaction *transaction, Entry *entry)
{
  PracticeCall *call = transaction->call;
  int matches = practice_call_match (call, entry->type, entry->request.query, &entry->id);

  if (matches > 1)
    practice_outcome_error (call->outcome, 412, "multiple-matches", NULL, "Several resources meet the criteria of an entry");
  if (matches == 0 && has_method (entry, "PUT"))
    {
      const char *given = entry->resource != NULL ? practice_json_get_string (entry->resource, "id") : NULL;

      entry->id = given != NULL && practice_id_is_valid (given) ? g_strdup (given) : g_uuid_string_random ();
    }
  if (matches == 0 || matches == 1)
    {
      if (entry->id != NULL && !has_method (entry, "DELETE"))
        {
          g_free (entry->path);
          entry->path = g_strdup_printf ("%s/%s", entry->type, entry->id);
          entry->request.path = entry->path;
          entry->request.query = NULL;
          if (has_method (entry, "PUT") && entry->resource != NULL)
            json_object_object_add (entry->resource, "id", json_object_new_string (entry->id));
        }
      return TRUE;
    }

  return FALSE;
}

static void
note_targets (Transaction *transaction, const Entry *entry)
{
  const char *full_url = practice_json_get_string (entry->json, "fullUrl");
  g_autofree char *local = NULL;
  g_auto (GStrv) parts = NULL;
  guint n;

  if (full_url == NULL || entry->id == NULL)
    return;

  local = g_strdup_printf ("%s/%s", entry->type, entry->id);
  /* The resource that was Patient/1 where it comes from may get another id here; "Patient/1" in the Bundle means it. */
  parts = g_strsplit (full_url, "/", -1);
  n = g_strv_length (parts);
  if (creates (entry) && n > 2 && strcmp (parts[n - 2], entry->type) == 0)
    g_hash_table_insert (transaction->targets, g_strdup_printf ("%s/%s", parts[n - 2], parts[n - 1]), g_strdup (local));
  g_hash_table_insert (transaction->targets, g_strdup (full_url), g_steal_pointer (&local));
}

static void
fail_at (Transaction *transaction, guint index)
{
  g_autofree char *expression = g_strdup_printf ("Bundle.entry[%u]", index);

  practice_outcome_warning (transaction->call->outcome, "processing", expression,
                            "The transaction failed at this entry; nothing of it was stored");
}

/* http.html#trules: one resource, one entry. */
static gboolean
check_identities (Transaction *transaction)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < transaction->entries->len; i++)
    {
      const Entry *entry = transaction->entries->pdata[i];

      if (entry->id == NULL || entry->exists || has_method (entry, "GET") || has_method (entry, "HEAD"))
        continue;
      if (!g_hash_table_add (seen, g_strdup_printf ("%s/%s", entry->type, entry->id)))
        {
          practice_outcome_error (transaction->call->outcome, 400, "duplicate", NULL,
                                  "Two entries of the transaction are about one resource");
          fail_at (transaction, i);
          return FALSE;
        }
    }

  for (guint i = 0; i < transaction->entries->len; i++)
    {
      const Entry *entry = transaction->entries->pdata[i];
      const char *condition = entry->request.if_none_exist;

      if (creates (entry) && condition != NULL && !entry->exists
          && !g_hash_table_add (seen, g_strdup_printf ("%s?%s", entry->type, condition)))
        {
          practice_outcome_error (transaction->call->outcome, 400, "duplicate", NULL,
                                  "Two entries of the transaction have the same ifNoneExist");
          fail_at (transaction, i);
          return FALSE;
        }
    }

  return TRUE;
}

/* Ids for everything that other entries may refer to. */
static gboolean
resolve_ids (Transaction *transaction)
{
  for (guint i = 0; i < transaction->entries->len; i++)
    {
      Entry *entry = transaction->entries->pdata[i];
      gboolean conditional = (has_method (entry, "PUT") || has_method (entry, "PATCH"))
                             && entry->id == NULL && entry->request.query != NULL;

      if (!practice_spec_is_resource_type (entry->type))
        continue;
      if ((creates (entry) && !resolve_create (transaction, entry))
          || (conditional && !resolve_conditional (transaction, entry)))
        {
          fail_at (transaction, i);
          return FALSE;
        }
      note_targets (transaction, entry);
    }

  return check_identities (transaction);
}

static char *
rewrite_reference (const char *reference, gpointer user_data)
{
  Transaction *transaction = user_data;
  PracticeCall *call = transaction->call;
  const char *target = g_hash_table_lookup (transaction->targets, reference);
  const char *question = strchr (reference, '?');
  g_autofree char *type = NULL;
  g_autofree char *id = NULL;
  int matches;

  if (target != NULL)
    return g_strdup (target);
  if (question == NULL)
    return NULL;

  /* "Patient?identifier=..": the one resource that meets the criteria. */
  type = g_strndup (reference, question - reference);
  if (!practice_spec_is_resource_type (type))
    return NULL;
  matches = practice_call_match (call, type, question + 1, &id);
  if (matches == 1)
    return g_strdup_printf ("%s/%s", type, id);
  if (matches >= 0)
    practice_outcome_error (call->outcome, 412, matches == 0 ? "not-found" : "multiple-matches", NULL,
                            "The criteria of a reference do not lead to one resource");
  return NULL;
}

static char *
note_condition (const char *reference, gpointer user_data)
{
  gboolean *conditional = user_data;

  *conditional |= strchr (reference, '?') != NULL;
  return NULL;
}

static gboolean
has_conditional_reference (const Entry *entry)
{
  gboolean conditional = FALSE;

  if (entry->resource != NULL)
    practice_spec_map_references (entry->resource, note_condition, &conditional);
  return conditional;
}

/* What an entry that had nothing to do answers: the resource that was there. */
static void
tell_existing (PracticeCall *call, Entry *entry)
{
  g_autoptr (PracticeVersion) version = practice_store_read (call->store, entry->type, entry->id);
  PracticeCall inner;

  practice_call_init (&inner, call->store, &entry->request, &entry->response, call->outcome);
  inner.in_bundle = TRUE;
  practice_call_respond_version (&inner, 200, version, TRUE);
  practice_call_clear (&inner);
}

static gboolean
run_step (Transaction *transaction, guint index)
{
  PracticeCall *call = transaction->call;
  Entry *entry = transaction->entries->pdata[index];

  if (entry->resource != NULL && !entry->exists)
    practice_spec_map_references (entry->resource, rewrite_reference, transaction);
  if (!practice_outcome_has_error (call->outcome))
    {
      if (entry->exists)
        tell_existing (call, entry);
      else
        run_entry (call, entry, call->outcome);
    }

  if (!practice_outcome_has_error (call->outcome))
    return TRUE;
  fail_at (transaction, index);
  return FALSE;
}

/* All entries of one method; those with conditional references after the others, which they may mean. */
static gboolean
run_method (Transaction *transaction, const char *method)
{
  for (int late = 0; late < 2; late++)
    for (guint i = 0; i < transaction->entries->len; i++)
      {
        Entry *entry = transaction->entries->pdata[i];

        if (has_method (entry, method) && entry->response.status == 0
            && (late || !has_conditional_reference (entry)) && !run_step (transaction, i))
          return FALSE;
      }

  return TRUE;
}

/* http.html#trules: DELETE, POST, PUT and PATCH, GET and HEAD, whatever the order of the entries is. */
static gboolean
run_transaction (PracticeCall *call, GPtrArray *entries)
{
  g_autoptr (GHashTable) targets = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  Transaction transaction = { call, entries, targets };

  return run_method (&transaction, "DELETE") && resolve_ids (&transaction)
         && run_method (&transaction, "POST") && run_method (&transaction, "PUT")
         && run_method (&transaction, "PATCH") && run_method (&transaction, "GET")
         && run_method (&transaction, "HEAD");
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
  else if (run_transaction (call, entries))
    {
      respond_entries (call, entries, "transaction-response");
    }
}
