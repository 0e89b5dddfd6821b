/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "fhir"

#include "fhir-client.h"
#include "fhir-client-private.h"

#include "fhir-bundle-private.h"

/* What one of the searches has gathered. */
typedef struct
{
  char *type;          /* what is searched; NULL when a page is asked for by its link */
  FhirBundle *joined;  /* NULL while only one page is wanted, or none came yet */
  GHashTable *visited; /* links that were followed */
  gboolean all;
  guint limit;
} Gathering;

static void
gathering_free (gpointer data)
{
  Gathering *self = data;

  g_free (self->type);
  g_clear_object (&self->joined);
  g_clear_pointer (&self->visited, g_hash_table_unref);
  g_free (self);
}

static gpointer to_page (GTask *task, FhirReply *reply, GError **error);

/* Asks for the page behind @link; FALSE when it leads elsewhere. */
static gboolean
follow (GTask *task, const char *link)
{
  FhirClient *self = g_task_get_source_object (task);
  GUri *uri = fhir_channel_resolve_link (fhir_client_get_channel (self), link);
  FhirRequest *request;

  if (uri == NULL)
    return FALSE;

  request = fhir_request_new ("GET", uri, FHIR_REPEAT_READ);
  request->wants_bundle = TRUE;
  fhir_client_send (g_object_ref (task), request, to_page, g_object_unref);
  return TRUE;
}

/* Joins @page to the others and asks for the next one; the whole when there is none. */
static gpointer
gather (GTask *task, FhirReply *reply, FhirBundle *page, GError **error)
{
  Gathering *gathering = g_task_get_task_data (task);
  const char *next = fhir_bundle_get_next (page);
  gboolean has_room;

  /* Some servers cut a search at _count and offer no further page. Half a day must not pass for the whole. */
  if (gathering->joined == NULL && next == NULL
      && fhir_bundle_get_total (page) > (gint64) fhir_bundle_get_matches (page)->len
      && (gathering->limit == 0 || fhir_bundle_get_matches (page)->len < gathering->limit))
    {
      g_propagate_error (error, fhir_client_bad_reply (reply, FALSE, "The server counts more than it gives"));
      return NULL;
    }

  /* Nearly all searches: there is nothing to join it to. */
  if (gathering->joined == NULL && next == NULL
      && (gathering->limit == 0 || fhir_bundle_get_matches (page)->len <= gathering->limit))
    return g_object_ref (page);

  if (gathering->joined == NULL)
    gathering->joined = g_object_new (FHIR_TYPE_BUNDLE, NULL);
  has_room = fhir_bundle_join (gathering->joined, page, gathering->limit);
  if (next == NULL || !has_room)
    return g_steal_pointer (&gathering->joined);

  /* A server that sends in circles would keep the desk waiting for ever. */
  if (!g_hash_table_add (gathering->visited, g_strdup (next)))
    g_propagate_error (error, fhir_client_bad_reply (reply, FALSE, "The pages of the search go in circles"));
  else if (!follow (task, next))
    g_propagate_error (error, fhir_client_bad_reply (reply, FALSE, "The next page is on another server"));

  return NULL;
}

static gpointer
to_page (GTask *task, FhirReply *reply, GError **error)
{
  Gathering *gathering = g_task_get_task_data (task);
  g_autoptr (FhirBundle) page = g_steal_pointer (&reply->bundle);

  if (page == NULL)
    {
      g_propagate_error (error, fhir_client_bad_reply (reply, FALSE, "The reply is empty"));
      return NULL;
    }

  if (gathering->type != NULL)
    fhir_bundle_set_search_type (page, gathering->type);

  return gathering->all ? gather (task, reply, page, error) : g_steal_pointer (&page);
}

static void
start_search (FhirClient *self, FhirSearch *search, gpointer tag, gboolean all, guint limit, GCancellable *cancellable,
              GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, cancellable, callback, user_data);
  Gathering *gathering = g_new0 (Gathering, 1);
  g_autofree char *path = fhir_search_to_string (search);
  FhirRequest *request;

  g_task_set_source_tag (task, tag);
  g_task_set_task_data (task, gathering, gathering_free);
  gathering->type = g_strdup (fhir_search_get_resource_type (search));
  gathering->all = all;
  gathering->limit = limit;
  if (all)
    gathering->visited = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  request = fhir_client_make_request (self, "GET", path, FHIR_REPEAT_READ);
  request->strict = TRUE;
  request->wants_bundle = TRUE;
  fhir_client_send (task, request, to_page, g_object_unref);
}

/**
 * fhir_client_search_async:
 * @self: a client
 * @search: what to search
 * @cancellable: (nullable): cancels it
 * @callback: called with the result
 * @user_data: passed on
 *
 * Asks for the first page. Parameters that the server does not know are an error rather than ignored: an ignored
 * filter would show what was not asked for.
 */
void
fhir_client_search_async (FhirClient *self, FhirSearch *search, GCancellable *cancellable,
                          GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (FHIR_IS_CLIENT (self));
  g_return_if_fail (search != NULL);

  start_search (self, search, fhir_client_search_async, FALSE, 0, cancellable, callback, user_data);
}

FhirBundle *
fhir_client_search_finish (FhirClient *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * fhir_client_search_next_async:
 * @self: a client
 * @page: a page that has a next one
 * @cancellable: (nullable): cancels it
 * @callback: called with the result
 * @user_data: passed on
 *
 * Asks for the page behind @page. FHIR_ERROR_NOT_FOUND when @page is the last one, FHIR_ERROR_BAD_REPLY when its link
 * leads to another server.
 */
void
fhir_client_search_next_async (FhirClient *self, FhirBundle *page, GCancellable *cancellable,
                               GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  Gathering *gathering;
  FhirResource *first;

  g_return_if_fail (FHIR_IS_CLIENT (self));
  g_return_if_fail (FHIR_IS_BUNDLE (page));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, fhir_client_search_next_async);
  gathering = g_new0 (Gathering, 1);
  g_task_set_task_data (task, gathering, gathering_free);
  if (fhir_bundle_get_matches (page)->len > 0)
    {
      first = g_ptr_array_index (fhir_bundle_get_matches (page), 0);
      gathering->type = g_strdup (fhir_resource_get_resource_type (first));
    }

  if (fhir_bundle_get_next (page) == NULL)
    g_task_return_new_error (task, FHIR_ERROR, FHIR_ERROR_NOT_FOUND, "There is no further page");
  else if (!follow (task, fhir_bundle_get_next (page)))
    g_task_return_new_error (task, FHIR_ERROR, FHIR_ERROR_BAD_REPLY, "The next page is on another server");
}

FhirBundle *
fhir_client_search_next_finish (FhirClient *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * fhir_client_search_all_async:
 * @self: a client
 * @search: what to search
 * @limit: at most so many matches; 0 has no limit
 * @cancellable: (nullable): cancels it, between two pages as well
 * @callback: called with the result
 * @user_data: passed on
 *
 * Asks for all pages, one after the other, and joins them.
 */
void
fhir_client_search_all_async (FhirClient *self, FhirSearch *search, guint limit, GCancellable *cancellable,
                              GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (FHIR_IS_CLIENT (self));
  g_return_if_fail (search != NULL);

  start_search (self, search, fhir_client_search_all_async, TRUE, limit, cancellable, callback, user_data);
}

FhirBundle *
fhir_client_search_all_finish (FhirClient *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
