/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "practice-engine"

#include "practice-engine-private.h"

#include <string.h>

static gboolean
is_read_method (const char *method)
{
  return strcmp (method, "GET") == 0 || strcmp (method, "HEAD") == 0;
}

/**
 * practice_request_is_read_only:
 * @request: a request
 *
 * Returns: whether it only reads, and so may run on a reader connection
 */
gboolean
practice_request_is_read_only (const PracticeRequest *request)
{
  if (is_read_method (request->method))
    return TRUE;
  if (strcmp (request->method, "POST") != 0)
    return FALSE;

  return g_str_has_suffix (request->path, "/_search") || g_str_has_suffix (request->path, "/$find")
         || g_str_has_suffix (request->path, "/$everything");
}

void
practice_response_clear (PracticeResponse *response)
{
  g_clear_pointer (&response->body, g_free);
  g_clear_pointer (&response->etag, g_free);
  g_clear_pointer (&response->location, g_free);
  *response = (PracticeResponse){ 0, };
}

void
practice_call_init (PracticeCall *call, PracticeStore *store, const PracticeRequest *request, PracticeResponse *response,
                    PracticeOutcome *outcome)
{
  *call = (PracticeCall){ .store = store, .request = request, .response = response, .outcome = outcome };
  call->path = *request->path != '\0' ? g_strsplit (request->path, "/", 6) : g_new0 (char *, 1);
  call->depth = g_strv_length (call->path);
}

void
practice_call_clear (PracticeCall *call)
{
  g_clear_pointer (&call->path, g_strfreev);
}

PracticeSearchContext
practice_call_get_search_context (const PracticeCall *call)
{
  const char *prefer = call->request->prefer;

  return (PracticeSearchContext){ call->request->base_url, call->request->now,
                                  prefer != NULL && strstr (prefer, "handling=strict") != NULL };
}

void
practice_call_fail_store (PracticeCall *call, GError *error)
{
  gboolean busy = error != NULL && g_error_matches (error, PRACTICE_STORE_ERROR, PRACTICE_STORE_ERROR_BUSY);

  practice_outcome_error (call->outcome, busy ? 503 : 500, busy ? "transient" : "exception", NULL, "%s",
                          error != NULL ? error->message : "The database failed");
  g_clear_error (&error);
}

PracticeJson *
practice_call_parse_body (PracticeCall *call)
{
  const PracticeRequest *request = call->request;
  PracticeJson *json;

  if (call->resource != NULL)
    return json_object_get (call->resource);
  if (request->content_type != NULL && strstr (request->content_type, "json") == NULL)
    {
      practice_outcome_error (call->outcome, 415, "not-supported", NULL, "This server takes JSON (application/fhir+json)");
      return NULL;
    }
  if (request->body == NULL || request->body_length == 0)
    {
      practice_outcome_error (call->outcome, 400, "required", NULL, "The request has no body");
      return NULL;
    }

  json = practice_json_parse (request->body, request->body_length, call->outcome);
  if (json != NULL && !json_object_is_type (json, json_type_object))
    {
      practice_outcome_error (call->outcome, 400, "structure", NULL, "The body is not a JSON object");
      g_clear_pointer (&json, practice_json_unref);
    }
  return json;
}

char *
practice_etag_new (gint64 version)
{
  return g_strdup_printf ("W/\"%" G_GINT64_FORMAT "\"", version);
}

gboolean
practice_etag_matches (const char *header, gint64 version)
{
  g_auto (GStrv) tags = g_strsplit (header, ",", 16);
  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, version);

  for (guint i = 0; tags[i] != NULL; i++)
    {
      char *tag = g_strstrip (tags[i]);
      gsize length;

      if (g_str_has_prefix (tag, "W/"))
        tag += 2;
      length = strlen (tag);
      if (length >= 2 && tag[0] == '"' && tag[length - 1] == '"')
        {
          tag[length - 1] = '\0';
          tag++;
        }
      if (strcmp (tag, number) == 0 || (strcmp (tag, "*") == 0 && version > 0))
        return TRUE;
    }

  return FALSE;
}

gboolean
practice_id_is_valid (const char *id)
{
  gsize length = strlen (id);

  return length >= 1 && length <= 64 && strspn (id, G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "-.") == length;
}

void
practice_call_respond_text (PracticeCall *call, guint status, char *body, gsize length)
{
  call->response->status = status;
  call->response->body = body;
  call->response->body_length = length;
}

void
practice_call_respond_json (PracticeCall *call, guint status, PracticeJson *json)
{
  gsize length = 0;
  char *text = practice_json_print (json, &length);

  practice_call_respond_text (call, status, text, length);
}

static void
respond_information (PracticeCall *call, guint status)
{
  g_autoptr (PracticeJson) outcome = json_object_new_object ();
  PracticeJson *issues = json_object_new_array ();
  PracticeJson *issue = json_object_new_object ();

  json_object_object_add (issue, "severity", json_object_new_string ("information"));
  json_object_object_add (issue, "code", json_object_new_string ("informational"));
  json_object_object_add (issue, "diagnostics", json_object_new_string ("Done"));
  json_object_array_add (issues, issue);
  json_object_object_add (outcome, "resourceType", json_object_new_string ("OperationOutcome"));
  json_object_object_add (outcome, "issue", issues);
  practice_call_respond_json (call, status, outcome);
}

void
practice_call_respond_version (PracticeCall *call, guint status, const PracticeVersion *version, gboolean written)
{
  PracticeResponse *response = call->response;
  const char *prefer = call->request->prefer;
  gboolean minimal = prefer != NULL ? strstr (prefer, "return=minimal") != NULL : FALSE;
  gboolean full = prefer != NULL && strstr (prefer, "return=representation") != NULL;

  response->status = status;
  response->etag = practice_etag_new (version->version);
  response->last_modified = version->last_updated;
  if (written)
    response->location = g_strdup_printf ("%s/%s/_history/%" G_GINT64_FORMAT, version->type, version->id, version->version);

  if (written && prefer != NULL && strstr (prefer, "return=OperationOutcome") != NULL)
    respond_information (call, status);
  else if (!written || full || (!minimal && !call->in_bundle))
    practice_call_respond_text (call, status, g_memdup2 (version->content, version->length + 1), version->length);
}

static void
respond_outcome (PracticeCall *call)
{
  g_autoptr (PracticeJson) json = practice_outcome_to_json (call->outcome);

  practice_response_clear (call->response);
  practice_call_respond_json (call, practice_outcome_get_status (call->outcome), json);
}

static void
refuse_method (PracticeCall *call)
{
  practice_outcome_error (call->outcome, 405, "not-supported", NULL, "That method is not known here");
}

static void
dispatch_system (PracticeCall *call)
{
  gboolean reads = is_read_method (call->request->method);
  const char *first = call->path[0];

  if (first == NULL)
    {
      if (strcmp (call->request->method, "POST") == 0)
        practice_call_bundle (call);
      else if (reads)
        practice_outcome_error (call->outcome, 400, "not-supported", NULL, "Search over all types is not offered");
      else
        refuse_method (call);
    }
  else if (strcmp (first, "metadata") == 0)
    {
      g_autoptr (PracticeJson) statement = NULL;

      if (!reads)
        {
          refuse_method (call);
          return;
        }
      statement = practice_capability_new (call->store, call->request->base_url, call->request->now);
      practice_call_respond_json (call, 200, statement);
    }
  else if (strcmp (first, "_history") == 0)
    {
      if (reads)
        practice_call_history (call);
      else
        refuse_method (call);
    }
  else
    {
      practice_outcome_error (call->outcome, 404, "not-found", NULL, "There is nothing of that name");
    }
}

/* Type, and Type/_search */
static void
dispatch_type (PracticeCall *call)
{
  const char *method = call->request->method;

  if (is_read_method (method))
    practice_call_search (call);
  else if (strcmp (method, "POST") == 0)
    practice_call_create (call);
  else if (strcmp (method, "PUT") == 0)
    practice_call_update (call);
  else if (strcmp (method, "PATCH") == 0)
    practice_call_patch (call);
  else if (strcmp (method, "DELETE") == 0)
    practice_call_delete (call);
  else
    refuse_method (call);
}

static void
dispatch_instance (PracticeCall *call)
{
  const char *method = call->request->method;

  if (!practice_id_is_valid (call->path[1]))
    practice_outcome_error (call->outcome, is_read_method (method) ? 404 : 400, "value", NULL, "That is not a valid id");
  else if (is_read_method (method))
    practice_call_read (call);
  else if (strcmp (method, "PUT") == 0)
    practice_call_update (call);
  else if (strcmp (method, "PATCH") == 0)
    practice_call_patch (call);
  else if (strcmp (method, "DELETE") == 0)
    practice_call_delete (call);
  else
    refuse_method (call);
}

/* What has more than a type and an id. */
static void
dispatch_deep (PracticeCall *call)
{
  gboolean reads = is_read_method (call->request->method);

  if (strcmp (call->path[2], "_history") != 0 || call->depth > 4)
    practice_outcome_error (call->outcome, 404, "not-found", NULL, "There is nothing of that name");
  else if (!reads)
    refuse_method (call);
  else if (call->depth == 3)
    practice_call_history (call);
  else
    practice_call_vread (call);
}

void
practice_call_dispatch (PracticeCall *call)
{
  gboolean reads = is_read_method (call->request->method);
  gboolean posts = strcmp (call->request->method, "POST") == 0;

  if (call->depth > 0 && *call->path[call->depth - 1] == '$')
    practice_call_operation (call);
  else if (call->depth == 0 || (call->depth == 1 && g_ascii_islower (*call->path[0])) || *call->path[0] == '_')
    dispatch_system (call);
  else if (!practice_spec_is_resource_type (call->path[0]))
    practice_outcome_error (call->outcome, 404, "not-supported", NULL, "R4 has no resource type of that name");
  else if (call->depth == 1)
    dispatch_type (call);
  else if (call->depth == 2 && strcmp (call->path[1], "_search") == 0)
    (reads || posts ? practice_call_search : refuse_method) (call);
  else if (call->depth == 2 && strcmp (call->path[1], "_history") == 0)
    (reads ? practice_call_history : refuse_method) (call);
  else if (call->depth == 2)
    dispatch_instance (call);
  else
    dispatch_deep (call);
}

/**
 * practice_engine_handle:
 * @store: a connection in a transaction
 * @request: what is asked
 * @response: (out caller-allocates): the answer; clear it with practice_response_clear()
 *
 * Runs one request. When the answer is an error, nothing of it remains in the store.
 */
void
practice_engine_handle (PracticeStore *store, const PracticeRequest *request, PracticeResponse *response)
{
  g_autoptr (PracticeOutcome) outcome = practice_outcome_new ();
  gboolean writes = !practice_request_is_read_only (request);
  g_autoptr (GError) error = NULL;
  PracticeCall call;

  *response = (PracticeResponse){ 0, };
  practice_call_init (&call, store, request, response, outcome);
  if (writes && !practice_store_savepoint_begin (store, &error))
    {
      practice_call_fail_store (&call, g_steal_pointer (&error));
    }
  else
    {
      practice_call_dispatch (&call);
      if (writes && !practice_store_savepoint_end (store, !practice_outcome_has_error (outcome), &error))
        practice_call_fail_store (&call, g_steal_pointer (&error));
    }

  if (practice_outcome_has_error (outcome))
    respond_outcome (&call);
  practice_call_clear (&call);
}
