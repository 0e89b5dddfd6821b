/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "fhir"

#include "fhir-client.h"
#include "fhir-client-private.h"

#include "fhir-error-private.h"

/* The outcome of entry @index of a reply, where servers put it: beside the status, or as the resource. */
static JsonObject *
peek_outcome (JsonObject *bundle, guint index)
{
  g_autofree char *path = g_strdup_printf ("entry.%u.response.outcome", index);
  g_autofree char *fallback = g_strdup_printf ("entry.%u.resource", index);
  JsonObject *outcome = fhir_json_get_object (bundle, path);

  return outcome != NULL ? outcome : fhir_json_get_object (bundle, fallback);
}

/* A server that answers 200 around a failure has not kept the promise of a transaction: the other entries may well be
 * stored. */
static GError *
entry_failed (FhirReply *reply, FhirBundle *bundle, guint index)
{
  guint status = fhir_bundle_get_response_status (bundle, index);
  JsonObject *outcome = peek_outcome (reply->json, index);
  g_autofree char *message = NULL;
  GError *error;

  message = g_strdup_printf ("The server accepted the transaction and failed entry %u of it with %u", index + 1, status);
  error = fhir_error_new_full (FHIR_ERROR_BAD_REPLY, status, fhir_json_get_string (outcome, "issue.0.code"),
                               fhir_json_get_string (outcome, "issue.0.diagnostics"), message);
  fhir_error_mark_outcome_unknown (error);
  return error;
}

static gpointer
to_transaction_reply (GTask *task, FhirReply *reply, GError **error)
{
  guint n_sent = GPOINTER_TO_UINT (g_task_get_task_data (task));
  const char *type = fhir_json_get_string (reply->json, "type");
  g_autoptr (FhirBundle) bundle = NULL;

  if (g_strcmp0 (fhir_json_get_string (reply->json, "resourceType"), "Bundle") != 0
      || g_strcmp0 (type, "transaction-response") != 0)
    {
      g_propagate_error (error, fhir_client_bad_reply (reply, TRUE, "The reply is not that of a transaction"));
      return NULL;
    }

  bundle = fhir_bundle_new (reply->json);
  for (guint i = 0; i < fhir_bundle_get_n_responses (bundle); i++)
    {
      guint status = fhir_bundle_get_response_status (bundle, i);

      if (status < 200 || status >= 300)
        {
          g_propagate_error (error, entry_failed (reply, bundle, i));
          return NULL;
        }
    }

  if (fhir_bundle_get_n_responses (bundle) != n_sent || fhir_json_get_length (reply->json, "entry") != n_sent)
    {
      g_propagate_error (error, fhir_client_bad_reply (reply, TRUE, "The reply answers another number of entries"));
      return NULL;
    }

  return g_steal_pointer (&bundle);
}

/**
 * fhir_client_transact_async:
 * @self: a client
 * @transaction: what to do, all or nothing
 * @cancellable: (nullable): cancels it; then the outcome is unknown
 * @callback: called with the result
 * @user_data: passed on
 *
 * Sends a transaction. Where the CapabilityStatement was loaded and names no transactions, or they were tried and are
 * not all or nothing, nothing is sent, and the error is FHIR_ERROR_UNSUPPORTED.
 */
void
fhir_client_transact_async (FhirClient *self, FhirTransaction *transaction, GCancellable *cancellable,
                            GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (JsonObject) json = NULL;
  FhirCapabilities *capabilities;
  FhirRequest *request;
  FhirRepeat repeat;
  GTask *task;

  g_return_if_fail (FHIR_IS_CLIENT (self));
  g_return_if_fail (FHIR_IS_TRANSACTION (transaction));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, fhir_client_transact_async);
  g_task_set_task_data (task, GUINT_TO_POINTER (fhir_transaction_get_n_entries (transaction)), NULL);

  capabilities = fhir_client_peek_capabilities (self);
  if (fhir_client_get_distrusts_transactions (self)
      || (capabilities != NULL && !fhir_capabilities_has_transactions (capabilities)))
    {
      g_task_return_new_error (task, FHIR_ERROR, FHIR_ERROR_UNSUPPORTED, "The server has no transactions");
      g_object_unref (task);
      return;
    }

  repeat = fhir_transaction_is_repeatable (transaction) ? FHIR_REPEAT_SAFE : FHIR_REPEAT_NEVER;
  request = fhir_client_make_request (self, "POST", NULL, repeat);
  json = fhir_transaction_to_json (transaction);
  fhir_request_set_json (request, json);
  fhir_client_send (task, request, to_transaction_reply, g_object_unref);
}

FhirBundle *
fhir_client_transact_finish (FhirClient *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static gpointer
to_batch_reply (GTask *task, FhirReply *reply, GError **error)
{
  guint n_sent = GPOINTER_TO_UINT (g_task_get_task_data (task));
  g_autoptr (FhirBundle) bundle = NULL;

  if (g_strcmp0 (fhir_json_get_string (reply->json, "type"), "batch-response") == 0)
    bundle = fhir_bundle_new (reply->json);
  if (bundle != NULL && fhir_bundle_get_n_responses (bundle) == n_sent
      && fhir_json_get_length (reply->json, "entry") == n_sent)
    return g_steal_pointer (&bundle);
  g_propagate_error (error, fhir_client_bad_reply (reply, FALSE, "The reply is not that of the batch"));
  return NULL;
}

/**
 * fhir_client_batch_get_async:
 * @self: a client
 * @paths: (array zero-terminated=1): such as "Slot?status=free" or "Slot/_history", encoded
 * @cancellable: (nullable): cancels it
 * @callback: called with the result
 * @user_data: passed on
 *
 * Asks several questions at once; it is repeated like a read. FHIR R4, RESTful API, 3.1.0.11 batch/transaction.
 */
void
fhir_client_batch_get_async (FhirClient *self, const char *const *paths, GCancellable *cancellable,
                             GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (JsonObject) bundle = json_object_new ();
  JsonArray *entries = json_array_new ();
  FhirRequest *request;
  GTask *task;

  g_return_if_fail (FHIR_IS_CLIENT (self));
  g_return_if_fail (paths != NULL && paths[0] != NULL);

  for (guint i = 0; paths[i] != NULL; i++)
    {
      JsonObject *entry = json_object_new ();
      JsonObject *get = json_object_new ();

      json_object_set_string_member (get, "method", "GET");
      json_object_set_string_member (get, "url", paths[i]);
      json_object_set_object_member (entry, "request", get);
      json_array_add_object_element (entries, entry);
    }
  json_object_set_string_member (bundle, "resourceType", "Bundle");
  json_object_set_string_member (bundle, "type", "batch");
  json_object_set_array_member (bundle, "entry", entries);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, fhir_client_batch_get_async);
  g_task_set_task_data (task, GUINT_TO_POINTER (json_array_get_length (entries)), NULL);
  request = fhir_client_make_request (self, "POST", NULL, FHIR_REPEAT_READ);
  fhir_request_set_json (request, bundle);
  fhir_client_send (task, request, to_batch_reply, g_object_unref);
}

FhirBundle *
fhir_client_batch_get_finish (FhirClient *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
