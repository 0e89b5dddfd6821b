/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "fhir"

#include "fhir-client.h"
#include "fhir-client-private.h"

#include <string.h>

#include "fhir-error-private.h"

/* What is written: known before, but for the id of what is created. */
typedef struct
{
  char *type;
  char *reference; /* NULL for what is created */
} Written;

static void
written_free (gpointer data)
{
  Written *self = data;

  g_free (self->type);
  g_free (self->reference);
  g_free (self);
}

/* A write that was answered without the resource is followed by a read; its failure leaves the write done. */
static gpointer
to_resource_after_write (GTask *task, FhirReply *reply, GError **error)
{
  Written *written = g_task_get_task_data (task);

  if (g_strcmp0 (fhir_json_get_string (reply->json, "resourceType"), written->type) != 0)
    {
      g_propagate_error (error, fhir_client_bad_reply (reply, TRUE, "The reply is another resource"));
      return NULL;
    }

  return fhir_client_to_resource (task, reply, error);
}

/* The resource as the server stored it: of the reply, or else read from where the reply says that it is. */
static gpointer
to_written_resource (GTask *task, FhirReply *reply, GError **error)
{
  FhirClient *self = g_task_get_source_object (task);
  Written *written = g_task_get_task_data (task);
  const char *found = fhir_json_get_string (reply->json, "resourceType");
  g_autofree char *reference = NULL;
  g_autofree char *id = NULL;

  if (g_strcmp0 (found, written->type) == 0)
    return fhir_client_to_resource (task, reply, error);

  reference = written->reference != NULL ? g_strdup (written->reference) : fhir_reference_dup_relative (reply->location);
  id = fhir_reference_dup_id (reference, written->type);
  if (id == NULL
      || (found != NULL && !g_str_equal (found, "OperationOutcome")))
    {
      g_propagate_error (error, fhir_client_bad_reply (reply, TRUE, "The reply does not say what was stored"));
      return NULL;
    }

  fhir_client_send_after_write (g_object_ref (task),
                                fhir_client_make_request (self, "GET", reference, FHIR_REPEAT_READ),
                                to_resource_after_write, g_object_unref);
  return NULL;
}

/* Remembers what is written and sends it. */
static void
send_write (FhirClient *self, GTask *task, FhirRequest *request, const char *type, const char *reference)
{
  Written *written = g_new0 (Written, 1);

  written->type = g_strdup (type);
  written->reference = g_strdup (reference);
  g_task_set_task_data (task, written, written_free);
  fhir_client_send (task, request, to_written_resource, g_object_unref);
}

/**
 * fhir_client_create_async:
 * @self: a client
 * @resource: what to store, without id
 * @if_none_exist: (nullable): search text behind the "?": nothing is stored where something matches already
 * @cancellable: (nullable): cancels it
 * @callback: called with the result
 * @user_data: passed on
 *
 * Creates a resource.
 */
void
fhir_client_create_async (FhirClient *self, JsonObject *resource, const char *if_none_exist, GCancellable *cancellable,
                          GAsyncReadyCallback callback, gpointer user_data)
{
  const char *type = fhir_json_get_string (resource, "resourceType");
  FhirRequest *request;
  GTask *task;

  g_return_if_fail (FHIR_IS_CLIENT (self));
  g_return_if_fail (type != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, fhir_client_create_async);
  request = fhir_client_make_request (self, "POST", type,
                                      if_none_exist != NULL ? FHIR_REPEAT_SAFE : FHIR_REPEAT_NEVER);
  request->if_none_exist = g_strdup (if_none_exist);
  fhir_request_set_json (request, resource);
  send_write (self, task, request, type, NULL);
}

FhirResource *
fhir_client_create_finish (FhirClient *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * fhir_client_update_async:
 * @self: a client
 * @resource: what to store, with its id
 * @if_match: (nullable): ETag of the version that it replaces, see fhir_resource_dup_if_match()
 * @cancellable: (nullable): cancels it
 * @callback: called with the result
 * @user_data: passed on
 *
 * Replaces a resource; FHIR_ERROR_CONFLICT when it has changed since.
 */
void
fhir_client_update_async (FhirClient *self, JsonObject *resource, const char *if_match, GCancellable *cancellable,
                          GAsyncReadyCallback callback, gpointer user_data)
{
  const char *type = fhir_json_get_string (resource, "resourceType");
  const char *id = fhir_json_get_string (resource, "id");
  g_autofree char *path = NULL;
  FhirRequest *request;
  GTask *task;

  g_return_if_fail (FHIR_IS_CLIENT (self));
  g_return_if_fail (type != NULL && id != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, fhir_client_update_async);
  path = g_strconcat (type, "/", id, NULL);
  request = fhir_client_make_request (self, "PUT", path, FHIR_REPEAT_NEVER);
  request->if_match = g_strdup (if_match);
  fhir_request_set_json (request, resource);
  send_write (self, task, request, type, path);
}

FhirResource *
fhir_client_update_finish (FhirClient *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * fhir_client_patch_async:
 * @self: a client
 * @reference: "Patient/12"
 * @patch: a JSON Patch (RFC 6902)
 * @if_match: (nullable): ETag of the version that it changes
 * @cancellable: (nullable): cancels it
 * @callback: called with the result
 * @user_data: passed on
 *
 * Changes a part of a resource.
 */
void
fhir_client_patch_async (FhirClient *self, const char *reference, JsonArray *patch, const char *if_match,
                         GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_ARRAY);
  g_auto (GStrv) parts = NULL;
  FhirRequest *request;
  GTask *task;
  char *text;

  g_return_if_fail (FHIR_IS_CLIENT (self));
  g_return_if_fail (reference != NULL && patch != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, fhir_client_patch_async);
  request = fhir_client_make_request (self, "PATCH", reference, FHIR_REPEAT_NEVER);
  request->content_type = "application/json-patch+json";
  request->if_match = g_strdup (if_match);

  json_node_set_array (node, patch);
  text = json_to_string (node, FALSE);
  request->body = g_bytes_new_take (text, strlen (text));
  parts = g_strsplit (reference, "/", 2);
  send_write (self, task, request, parts[0], reference);
}

FhirResource *
fhir_client_patch_finish (FhirClient *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static gpointer
to_true (GTask *task, FhirReply *reply, GError **error)
{
  return GINT_TO_POINTER (TRUE);
}

/**
 * fhir_client_delete_async:
 * @self: a client
 * @reference: "Patient/12"
 * @if_match: (nullable): ETag of the version that is deleted
 * @cancellable: (nullable): cancels it
 * @callback: called with the result
 * @user_data: passed on
 *
 * Deletes a resource.
 */
void
fhir_client_delete_async (FhirClient *self, const char *reference, const char *if_match, GCancellable *cancellable,
                          GAsyncReadyCallback callback, gpointer user_data)
{
  FhirRequest *request;
  GTask *task;

  g_return_if_fail (FHIR_IS_CLIENT (self));
  g_return_if_fail (reference != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, fhir_client_delete_async);
  request = fhir_client_make_request (self, "DELETE", reference, FHIR_REPEAT_NEVER);
  request->if_match = g_strdup (if_match);
  fhir_client_send (task, request, to_true, NULL);
}

gboolean
fhir_client_delete_finish (FhirClient *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_pointer (G_TASK (result), error) != NULL;
}

static gpointer
to_operation_result (GTask *task, FhirReply *reply, GError **error)
{
  if (reply->json == NULL)
    {
      g_propagate_error (error, fhir_client_bad_reply (reply, TRUE, "The reply is empty"));
      return NULL;
    }

  return fhir_client_to_resource (task, reply, error);
}

/**
 * fhir_client_operation_async:
 * @self: a client
 * @path: such as "Appointment/$book"
 * @parameters: a Parameters resource
 * @cancellable: (nullable): cancels it
 * @callback: called with the result
 * @user_data: passed on
 *
 * Calls an operation that may change something.
 */
void
fhir_client_operation_async (FhirClient *self, const char *path, JsonObject *parameters, GCancellable *cancellable,
                             GAsyncReadyCallback callback, gpointer user_data)
{
  FhirRequest *request;
  GTask *task;

  g_return_if_fail (FHIR_IS_CLIENT (self));
  g_return_if_fail (path != NULL && parameters != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, fhir_client_operation_async);
  request = fhir_client_make_request (self, "POST", path, FHIR_REPEAT_NEVER);
  fhir_request_set_json (request, parameters);
  fhir_client_send (task, request, to_operation_result, g_object_unref);
}

/**
 * fhir_client_operation_get_async:
 * @self: a client
 * @path: such as "Slot/$find?start=2026-03-10T08:00:00Z", encoded
 * @cancellable: (nullable): cancels it
 * @callback: called with the result; ends with fhir_client_operation_finish()
 * @user_data: passed on
 *
 * Calls an operation that changes nothing; it is repeated like a read.
 */
void
fhir_client_operation_get_async (FhirClient *self, const char *path, GCancellable *cancellable,
                                 GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task;

  g_return_if_fail (FHIR_IS_CLIENT (self));
  g_return_if_fail (path != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, fhir_client_operation_get_async);
  fhir_client_send (task, fhir_client_make_request (self, "GET", path, FHIR_REPEAT_READ), fhir_client_to_resource,
                    g_object_unref);
}

FhirResource *
fhir_client_operation_finish (FhirClient *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
