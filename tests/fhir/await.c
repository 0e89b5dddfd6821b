/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "await.h"

void
await_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GAsyncResult **slot = user_data;

  g_assert_null (*slot);
  *slot = g_object_ref (result);
}

void
await_result (GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);
}

static gboolean
on_time_over_cb (gpointer data)
{
  *(gboolean *) data = TRUE;
  return G_SOURCE_REMOVE;
}

void
await_ms (guint ms)
{
  gboolean over = FALSE;

  g_timeout_add (ms, on_time_over_cb, &over);
  while (!over)
    g_main_context_iteration (NULL, TRUE);
}

JsonObject *
await_json (const char *text)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = json_from_string (text, &error);

  g_assert_no_error (error);
  return json_node_dup_object (node);
}

FhirCapabilities *
await_capabilities (FhirClient *client, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  fhir_client_load_capabilities_async (client, NULL, await_cb, &result);
  await_result (&result);
  return fhir_client_load_capabilities_finish (client, result, error);
}

FhirResource *
await_read (FhirClient *client, const char *reference, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  fhir_client_read_async (client, reference, NULL, await_cb, &result);
  await_result (&result);
  return fhir_client_read_finish (client, result, error);
}

FhirBundle *
await_search (FhirClient *client, FhirSearch *search, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  fhir_client_search_async (client, search, NULL, await_cb, &result);
  await_result (&result);
  return fhir_client_search_finish (client, result, error);
}

FhirBundle *
await_search_next (FhirClient *client, FhirBundle *page, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  fhir_client_search_next_async (client, page, NULL, await_cb, &result);
  await_result (&result);
  return fhir_client_search_next_finish (client, result, error);
}

FhirBundle *
await_search_all (FhirClient *client, FhirSearch *search, guint limit, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  fhir_client_search_all_async (client, search, limit, NULL, await_cb, &result);
  await_result (&result);
  return fhir_client_search_all_finish (client, result, error);
}

FhirResource *
await_create (FhirClient *client, JsonObject *resource, const char *if_none_exist, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  fhir_client_create_async (client, resource, if_none_exist, NULL, await_cb, &result);
  await_result (&result);
  return fhir_client_create_finish (client, result, error);
}

FhirResource *
await_update (FhirClient *client, JsonObject *resource, const char *if_match, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  fhir_client_update_async (client, resource, if_match, NULL, await_cb, &result);
  await_result (&result);
  return fhir_client_update_finish (client, result, error);
}

FhirResource *
await_patch (FhirClient *client, const char *reference, JsonArray *patch, const char *if_match, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  fhir_client_patch_async (client, reference, patch, if_match, NULL, await_cb, &result);
  await_result (&result);
  return fhir_client_patch_finish (client, result, error);
}

gboolean
await_delete (FhirClient *client, const char *reference, const char *if_match, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  fhir_client_delete_async (client, reference, if_match, NULL, await_cb, &result);
  await_result (&result);
  return fhir_client_delete_finish (client, result, error);
}

FhirBundle *
await_transact (FhirClient *client, FhirTransaction *transaction, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  fhir_client_transact_async (client, transaction, NULL, await_cb, &result);
  await_result (&result);
  return fhir_client_transact_finish (client, result, error);
}

FhirResource *
await_operation (FhirClient *client, const char *path, JsonObject *parameters, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  fhir_client_operation_async (client, path, parameters, NULL, await_cb, &result);
  await_result (&result);
  return fhir_client_operation_finish (client, result, error);
}

FhirResource *
await_operation_get (FhirClient *client, const char *path, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  fhir_client_operation_get_async (client, path, NULL, await_cb, &result);
  await_result (&result);
  return fhir_client_operation_finish (client, result, error);
}

GPtrArray *
await_history (FhirClient *client, const char *reference, guint limit, gboolean *is_cut, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  fhir_client_history_async (client, reference, limit, NULL, await_cb, &result);
  await_result (&result);
  return fhir_client_history_finish (client, result, is_cut, error);
}

gboolean
await_verify_transactions (FhirClient *client, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  fhir_client_verify_transactions_async (client, NULL, await_cb, &result);
  await_result (&result);
  return fhir_client_verify_transactions_finish (client, result, error);
}
