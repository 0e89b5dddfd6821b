/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-mirror-realm"

#include "rcp-mirror-realm.h"

#include "base/rcp-iso8601.h"
#include "clinic/rcp-codes.h"
#include "rcp-visit-json.h"

#define CODE "realm"
#define CONDITION "code=" RCP_SYSTEM_REALM "|" CODE

typedef struct
{
  FhirClient *client;
  gboolean has_created;
} Search;

static void
search_free (Search *search)
{
  g_object_unref (search->client);
  g_free (search);
}

static gint64
get_time (FhirResource *resource)
{
  const char *text = fhir_json_get_string (fhir_resource_get_json (resource), "meta.lastUpdated");
  gint64 time;

  return text != NULL && rcp_iso8601_parse_instant (text, &time) ? time : G_MAXINT64;
}

/* Where a server let two desks make one each, all desks take the older. */
static gboolean
comes_before (FhirResource *a, FhirResource *b)
{
  if (get_time (a) != get_time (b))
    return get_time (a) < get_time (b);
  return g_strcmp0 (fhir_resource_get_id (a), fhir_resource_get_id (b)) < 0;
}

static const char *
choose (FhirBundle *bundle)
{
  GPtrArray *matches = fhir_bundle_get_matches (bundle);
  FhirResource *best = NULL;

  for (guint i = 0; i < matches->len; i++)
    {
      FhirResource *resource = matches->pdata[i];

      if (fhir_json_get_identifier (fhir_resource_get_json (resource), RCP_SYSTEM_REALM) != NULL
          && (best == NULL || comes_before (resource, best)))
        best = resource;
    }
  return best != NULL ? fhir_json_get_identifier (fhir_resource_get_json (best), RCP_SYSTEM_REALM) : NULL;
}

static void look (GTask *task);

static void
on_created_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (FhirResource) created = NULL;
  GError *error = NULL;

  created = fhir_client_create_finish (FHIR_CLIENT (source), result, &error);
  if (created == NULL)
    g_task_return_error (task, error);
  else
    look (task);
}

static void
create (GTask *task)
{
  Search *search = g_task_get_task_data (task);
  g_autofree char *name = g_uuid_string_random ();
  g_autoptr (JsonObject) basic = json_object_new ();

  search->has_created = TRUE;
  json_object_set_string_member (basic, "resourceType", "Basic");
  json_object_set_array_member (basic, "identifier", rcp_json_array_of (rcp_json_identifier (RCP_SYSTEM_REALM, name)));
  json_object_set_object_member (basic, "code", rcp_json_concept (RCP_SYSTEM_REALM, CODE, NULL));
  fhir_client_create_async (search->client, basic, CONDITION, g_task_get_cancellable (task), on_created_cb,
                            g_object_ref (task));
}

static void
on_found_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Search *search = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (FhirBundle) bundle = fhir_client_search_all_finish (FHIR_CLIENT (source), result, &error);
  const char *name = bundle != NULL ? choose (bundle) : NULL;

  if (bundle == NULL)
    g_task_return_error (task, error);
  else if (name != NULL)
    g_task_return_pointer (task, g_strdup (name), g_free);
  else if (search->has_created)
    /* A server that finds a resource some time after it was made: asked again later, it will. */
    g_task_return_new_error (task, FHIR_ERROR, FHIR_ERROR_TRY_AGAIN, "The record does not find its name yet");
  else
    create (task);
}

static void
look (GTask *task)
{
  Search *search = g_task_get_task_data (task);
  g_autoptr (FhirSearch) question = fhir_search_new ("Basic");

  fhir_search_add (question, "code", RCP_SYSTEM_REALM "|" CODE);
  fhir_client_search_all_async (search->client, question, 0, g_task_get_cancellable (task), on_found_cb,
                                g_object_ref (task));
}

/**
 * rcp_mirror_realm_find_async:
 * @client: the record
 * @cancellable: (nullable): to give it up
 * @callback: called with the result
 * @user_data: for @callback
 *
 * Reads what names the record in calendars. A record without a name gets one by a conditional create, so that desks that ask at the same
 * time agree.
 */
void
rcp_mirror_realm_find_async (FhirClient *client,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  Search *search;

  g_return_if_fail (FHIR_IS_CLIENT (client));

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, rcp_mirror_realm_find_async);
  search = g_new0 (Search, 1);
  search->client = g_object_ref (client);
  g_task_set_task_data (task, search, (GDestroyNotify)search_free);
  look (task);
}

/**
 * rcp_mirror_realm_find_finish:
 * @result: what the callback got
 * @error: a FhirError
 *
 * Returns: (transfer full): the name
 */
char *
rcp_mirror_realm_find_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
