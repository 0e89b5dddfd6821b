/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "practice-engine"

#include "practice-engine-private.h"

#include <string.h>

#include "practice-patch.h"

int
practice_call_match (PracticeCall *call, const char *type, const char *query, char **id)
{
  PracticeSearchContext context = practice_call_get_search_context (call);
  g_autoptr (GPtrArray) ids = practice_search_match (call->store, type, query, &context, 2, call->outcome);

  if (ids == NULL)
    return -1;

  if (ids->len == 1)
    *id = g_strdup (ids->pdata[0]);
  return (int) ids->len;
}

static void
refuse_multiple (PracticeCall *call)
{
  practice_outcome_error (call->outcome, 412, "multiple-matches", NULL, "Several resources meet the criteria");
}

PracticeVersion *
practice_call_store (PracticeCall *call, PracticeJson *resource, const char *type, const char *id)
{
  PracticeVersion *version;
  GError *error = NULL;

  json_object_object_add (resource, "id", json_object_new_string (id));
  practice_spec_validate (resource, type, call->outcome);
  if (practice_outcome_has_error (call->outcome))
    return NULL;

  version = practice_store_write (call->store, resource, call->request->now, &error);
  if (version == NULL)
    practice_call_fail_store (call, error);
  return version;
}

/* A body of the type that the URL names. */
static PracticeJson *
parse_resource (PracticeCall *call)
{
  g_autoptr (PracticeJson) resource = practice_call_parse_body (call);
  const char *type;

  if (resource == NULL)
    return NULL;

  type = practice_json_get_string (resource, "resourceType");
  if (g_strcmp0 (type, call->path[0]) != 0)
    {
      practice_outcome_error (call->outcome, 400, "invalid", NULL, "The body is not a resource of the type of the URL");
      return NULL;
    }

  return g_steal_pointer (&resource);
}

/* If-None-Exist: TRUE when the call is answered by it, with what exists or with an error. */
static gboolean
answer_if_exists (PracticeCall *call)
{
  g_autofree char *id = NULL;
  g_autoptr (PracticeVersion) version = NULL;
  const char *query = call->request->if_none_exist;
  int matches;

  if (query == NULL || call->assigned_id != NULL)
    return FALSE;
  if (strchr (query, '?') != NULL)
    query = strchr (query, '?') + 1;

  matches = practice_call_match (call, call->path[0], query, &id);
  if (matches == 0)
    return FALSE;
  if (matches > 1)
    refuse_multiple (call);
  if (matches != 1)
    return TRUE;

  version = practice_store_read (call->store, call->path[0], id);
  practice_call_respond_version (call, 200, version, TRUE);
  return TRUE;
}

void
practice_call_create (PracticeCall *call)
{
  g_autoptr (PracticeJson) resource = parse_resource (call);
  g_autoptr (PracticeVersion) version = NULL;
  g_autofree char *id = NULL;

  if (resource == NULL || answer_if_exists (call))
    return;

  id = call->assigned_id != NULL ? g_strdup (call->assigned_id) : g_uuid_string_random ();
  version = practice_call_store (call, resource, call->path[0], id);
  if (version != NULL)
    practice_call_respond_version (call, 201, version, TRUE);
}

/* If-Match and If-None-Match of a write against what is there. */
static gboolean
check_preconditions (PracticeCall *call, const PracticeVersion *current)
{
  const PracticeRequest *request = call->request;
  gint64 version = current != NULL && current->content != NULL ? current->version : 0;

  if (request->if_match != NULL && !practice_etag_matches (request->if_match, version))
    {
      practice_outcome_error (call->outcome, 412, "conflict", NULL,
                              "The resource is no longer the version that If-Match names");
      return FALSE;
    }
  if (request->if_none_match != NULL && version > 0 && practice_etag_matches (request->if_none_match, version))
    {
      practice_outcome_error (call->outcome, 412, "duplicate", NULL, "The resource exists already");
      return FALSE;
    }

  return TRUE;
}

static void
update_as (PracticeCall *call, PracticeJson *resource, const char *id)
{
  g_autoptr (PracticeVersion) current = practice_store_read (call->store, call->path[0], id);
  g_autoptr (PracticeVersion) version = NULL;

  if (!check_preconditions (call, current))
    return;

  version = practice_call_store (call, resource, call->path[0], id);
  if (version != NULL)
    practice_call_respond_version (call, current == NULL || current->content == NULL ? 201 : 200, version, TRUE);
}

/* PUT Type?criteria (http.html#cond-update) */
static void
update_conditionally (PracticeCall *call, PracticeJson *resource, const char *given_id)
{
  g_autofree char *id = NULL;
  int matches = practice_call_match (call, call->path[0], call->request->query, &id);

  if (matches > 1)
    refuse_multiple (call);
  if (matches < 0 || matches > 1)
    return;

  if (matches == 0)
    {
      g_autoptr (PracticeVersion) taken = NULL;

      id = given_id != NULL ? g_strdup (given_id)
           : call->assigned_id != NULL ? g_strdup (call->assigned_id) : g_uuid_string_random ();
      taken = practice_store_read (call->store, call->path[0], id);
      if (taken != NULL && taken->content != NULL)
        {
          practice_outcome_error (call->outcome, 409, "duplicate", NULL, "A resource with that id does not meet the criteria");
          return;
        }
    }
  else if (given_id != NULL && strcmp (given_id, id) != 0)
    {
      practice_outcome_error (call->outcome, 400, "value", NULL, "The resource that meets the criteria has another id");
      return;
    }

  update_as (call, resource, id);
}

void
practice_call_update (PracticeCall *call)
{
  g_autoptr (PracticeJson) resource = parse_resource (call);
  g_autofree char *id = NULL;

  if (resource == NULL)
    return;

  id = g_strdup (practice_json_get_string (resource, "id"));
  if (id != NULL && !practice_id_is_valid (id))
    practice_outcome_error (call->outcome, 400, "value", NULL, "The resource has no valid id");
  else if (call->depth == 1)
    update_conditionally (call, resource, id);
  else if (g_strcmp0 (id, call->path[1]) != 0)
    practice_outcome_error (call->outcome, 400, "value", NULL, "The id of the resource is not the id of the URL");
  else
    update_as (call, resource, id);
}

/* The id of the URL or of the only match of its criteria; NULL with an error, or with none when nothing matches. */
static char *
get_subject_id (PracticeCall *call)
{
  char *id = NULL;
  int matches;

  if (call->depth > 1)
    return g_strdup (call->path[1]);

  matches = practice_call_match (call, call->path[0], call->request->query, &id);
  if (matches > 1)
    refuse_multiple (call);
  return id;
}

static void
patch_current (PracticeCall *call, const PracticeVersion *current)
{
  g_autoptr (PracticeJson) resource = practice_json_parse (current->content, current->length, call->outcome);
  g_autoptr (PracticeJson) patch = NULL;
  g_autoptr (PracticeVersion) version = NULL;

  if (resource == NULL)
    return;
  patch = call->resource != NULL ? json_object_get (call->resource)
          : practice_json_parse (call->request->body, call->request->body_length, call->outcome);
  if (patch == NULL || !practice_patch_apply (&resource, patch, call->outcome))
    return;

  if (!json_object_is_type (resource, json_type_object)
      || g_strcmp0 (practice_json_get_string (resource, "resourceType"), current->type) != 0
      || g_strcmp0 (practice_json_get_string (resource, "id"), current->id) != 0)
    {
      practice_outcome_error (call->outcome, 422, "business-rule", NULL, "A patch cannot change the type or the id");
      return;
    }

  version = practice_call_store (call, resource, current->type, current->id);
  if (version != NULL)
    practice_call_respond_version (call, 200, version, TRUE);
}

void
practice_call_patch (PracticeCall *call)
{
  const PracticeRequest *request = call->request;
  g_autofree char *id = NULL;
  g_autoptr (PracticeVersion) current = NULL;

  if (call->resource == NULL
      && (request->content_type == NULL || !g_str_has_prefix (request->content_type, "application/json-patch+json")))
    {
      practice_outcome_error (call->outcome, 415, "not-supported", NULL, "PATCH takes application/json-patch+json");
      return;
    }

  id = get_subject_id (call);
  if (practice_outcome_has_error (call->outcome))
    return;
  if (id != NULL)
    current = practice_store_read (call->store, call->path[0], id);
  if (current == NULL)
    practice_outcome_error (call->outcome, 404, "not-found", NULL, "There is no such resource");
  else if (current->content == NULL)
    practice_outcome_error (call->outcome, 410, "deleted", NULL, "The resource was deleted");
  else if (check_preconditions (call, current))
    patch_current (call, current);
}

void
practice_call_delete (PracticeCall *call)
{
  g_autofree char *id = get_subject_id (call);
  g_autoptr (PracticeVersion) current = NULL;
  g_autoptr (PracticeVersion) tombstone = NULL;
  GError *error = NULL;

  if (practice_outcome_has_error (call->outcome))
    return;

  call->response->status = 204;
  if (id == NULL)
    return;
  current = practice_store_read (call->store, call->path[0], id);
  if (!check_preconditions (call, current) || current == NULL)
    return;

  if (!practice_store_delete (call->store, call->path[0], id, call->request->now, &error))
    {
      practice_call_fail_store (call, error);
      return;
    }
  tombstone = practice_store_read (call->store, call->path[0], id);
  call->response->etag = practice_etag_new (tombstone->version);
  call->response->last_modified = tombstone->last_updated;
}
