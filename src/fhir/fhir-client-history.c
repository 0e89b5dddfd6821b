/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "fhir"

#include "fhir-client.h"
#include "fhir-client-private.h"

#include "base/rcp-iso8601.h"

#define PER_PAGE 100

/* What has been gathered of one history. */
typedef struct
{
  GPtrArray *versions;
  GHashTable *visited; /* links that were followed */
  guint limit;
  gboolean is_cut;
} Gathering;

static void
gathering_free (gpointer data)
{
  Gathering *self = data;

  g_clear_pointer (&self->versions, g_ptr_array_unref);
  g_hash_table_unref (self->visited);
  g_free (self);
}

/**
 * fhir_version_free:
 * @version: (nullable): a version
 */
void
fhir_version_free (FhirVersion *version)
{
  if (version == NULL)
    return;
  g_clear_object (&version->resource);
  g_free (version);
}

static FhirVersion *
read_entry (JsonObject *entry)
{
  FhirVersion *version = g_new0 (FhirVersion, 1);
  JsonObject *resource = fhir_json_get_object (entry, "resource");
  const char *updated = fhir_json_get_string (resource, "meta.lastUpdated");

  if (resource != NULL)
    version->resource = fhir_resource_new_with_etag (resource, fhir_json_get_string (entry, "response.etag"));
  if (updated == NULL)
    updated = fhir_json_get_string (entry, "response.lastModified");
  if (updated == NULL || !rcp_iso8601_parse_instant (updated, &version->updated))
    version->updated = 0;
  return version;
}

static const char *
find_next (JsonObject *bundle)
{
  for (guint i = 0; i < fhir_json_get_length (bundle, "link"); i++)
    {
      g_autofree char *path = g_strdup_printf ("link.%u", i);
      JsonObject *link = fhir_json_get_object (bundle, path);

      if (g_strcmp0 (fhir_json_get_string (link, "relation"), "next") == 0)
        return fhir_json_get_string (link, "url");
    }
  return NULL;
}

/* What is neither a version nor a deletion tells nothing: an OperationOutcome, an entry without method. */
static void
add_entries (Gathering *self, JsonObject *bundle)
{
  for (guint i = 0; i < fhir_json_get_length (bundle, "entry"); i++)
    {
      g_autofree char *path = g_strdup_printf ("entry.%u", i);
      JsonObject *entry = fhir_json_get_object (bundle, path);
      gboolean is_deletion = g_strcmp0 (fhir_json_get_string (entry, "request.method"), "DELETE") == 0;
      const char *type = fhir_json_get_string (entry, "resource.resourceType");

      if (is_deletion || (type != NULL && !g_str_equal (type, "OperationOutcome")))
        g_ptr_array_add (self->versions, read_entry (entry));
    }
}

static gpointer
to_versions (GTask *task, FhirReply *reply, GError **error)
{
  FhirClient *self = g_task_get_source_object (task);
  Gathering *gathering = g_task_get_task_data (task);
  const char *next;
  GUri *uri;

  if (g_strcmp0 (fhir_json_get_string (reply->json, "resourceType"), "Bundle") != 0)
    {
      g_propagate_error (error, fhir_client_bad_reply (reply, FALSE, "The reply is not a Bundle"));
      return NULL;
    }
  add_entries (gathering, reply->json);
  next = find_next (reply->json);
  gathering->is_cut = next != NULL && gathering->versions->len >= gathering->limit;
  if (next == NULL || gathering->is_cut)
    return g_steal_pointer (&gathering->versions);
  if (!g_hash_table_add (gathering->visited, g_strdup (next)))
    {
      g_propagate_error (error, fhir_client_bad_reply (reply, FALSE, "The pages of the history go in circles"));
      return NULL;
    }
  uri = fhir_channel_resolve_link (fhir_client_get_channel (self), next);
  if (uri == NULL)
    {
      g_propagate_error (error, fhir_client_bad_reply (reply, FALSE, "The next page is on another server"));
      return NULL;
    }
  fhir_client_send (g_object_ref (task), fhir_request_new ("GET", uri, FHIR_REPEAT_READ), to_versions,
                    (GDestroyNotify) g_ptr_array_unref);
  return NULL;
}

/**
 * fhir_client_history_async:
 * @self: a client
 * @reference: "Appointment/12"
 * @limit: no further page is asked for when so many versions are there
 * @cancellable: (nullable): cancels it, between two pages as well
 * @callback: called with the result
 * @user_data: passed on
 *
 * Reads all versions of one resource (instance history), page by page.
 */
void
fhir_client_history_async (FhirClient *self, const char *reference, guint limit, GCancellable *cancellable,
                           GAsyncReadyCallback callback, gpointer user_data)
{
  Gathering *gathering;
  g_autofree char *path = NULL;
  GTask *task;

  g_return_if_fail (FHIR_IS_CLIENT (self));
  g_return_if_fail (reference != NULL && limit > 0);

  task = g_task_new (self, cancellable, callback, user_data);
  gathering = g_new0 (Gathering, 1);
  gathering->versions = g_ptr_array_new_with_free_func ((GDestroyNotify) fhir_version_free);
  gathering->visited = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  gathering->limit = limit;
  path = g_strdup_printf ("%s/_history?_count=%u", reference, MIN (limit, PER_PAGE));
  g_task_set_source_tag (task, fhir_client_history_async);
  g_task_set_task_data (task, gathering, gathering_free);
  fhir_client_send (task, fhir_client_make_request (self, "GET", path, FHIR_REPEAT_READ), to_versions,
                    (GDestroyNotify) g_ptr_array_unref);
}

/**
 * fhir_client_history_finish:
 * @self: a client
 * @result: what the callback got
 * @is_cut: (out) (optional): whether there are older versions than those
 * @error: a FhirError
 *
 * Returns: (transfer full) (element-type FhirVersion): in the server's order, mostly the latest first
 */
GPtrArray *
fhir_client_history_finish (FhirClient *self, GAsyncResult *result, gboolean *is_cut, GError **error)
{
  Gathering *gathering;

  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  gathering = g_task_get_task_data (G_TASK (result));
  if (is_cut != NULL)
    *is_cut = gathering->is_cut;
  return g_task_propagate_pointer (G_TASK (result), error);
}
