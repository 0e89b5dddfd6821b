/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-found-steps"

#include "rcp-clinic-json.h"

#include "fhir/fhir-json.h"

/**
 * The creates of a transaction, one after the other. Each is made on a condition, so whatever stops it half way, the
 * next try goes on where it stopped.
 *
 * @placed: "urn:uuid:..." to the reference that the server gave
 */
typedef struct
{
  FhirClient *client;
  JsonObject *bundle;
  guint next;
  GHashTable *placed;
} Steps;

static void create_next (GTask *task);

static void
steps_free (Steps *self)
{
  g_clear_object (&self->client);
  g_clear_pointer (&self->bundle, json_object_unref);
  g_clear_pointer (&self->placed, g_hash_table_unref);
  g_free (self);
}

static JsonObject *
peek_entry (Steps *self, guint index)
{
  return json_array_get_object_element (fhir_json_get_array (self->bundle, "entry"), index);
}

/* The resource with the references of what is stored already: (transfer full). */
static JsonObject *
resolve (Steps *self, JsonObject *resource, GError **error)
{
  g_autofree char *text = fhir_json_to_text (resource);
  g_autoptr (GString) resolved = g_string_new (text);
  g_autoptr (JsonNode) node = NULL;
  GHashTableIter iter;
  gpointer uuid;
  gpointer reference;

  g_hash_table_iter_init (&iter, self->placed);
  while (g_hash_table_iter_next (&iter, &uuid, &reference))
    g_string_replace (resolved, uuid, reference, 0);
  node = json_from_string (resolved->str, error);
  return node != NULL ? json_node_dup_object (node) : NULL;
}

static void
on_created_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Steps *self = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (FhirResource) resource = fhir_client_create_finish (self->client, result, &error);

  if (resource == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  g_hash_table_insert (self->placed, g_strdup (fhir_json_get_string (peek_entry (self, self->next), "fullUrl")),
                       g_strdup (fhir_resource_get_reference (resource)));
  self->next++;
  create_next (task);
}

static void
create_next (GTask *task)
{
  Steps *self = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) resource = NULL;
  JsonObject *entry;

  if (self->next == fhir_json_get_length (self->bundle, "entry"))
    {
      g_task_return_boolean (task, TRUE);
      return;
    }
  entry = peek_entry (self, self->next);
  resource = resolve (self, json_object_get_object_member (entry, "resource"), &error);
  if (resource == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  fhir_client_create_async (self->client, resource, fhir_json_get_string (entry, "request.ifNoneExist"),
                            g_task_get_cancellable (task), on_created_cb, g_object_ref (task));
}

void
rcp_found_steps_async (FhirClient *client,
                       FhirTransaction *transaction,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (client, cancellable, callback, user_data);
  Steps *self = g_new0 (Steps, 1);

  g_task_set_source_tag (task, rcp_found_steps_async);
  self->client = g_object_ref (client);
  self->bundle = fhir_transaction_to_json (transaction);
  self->placed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  g_task_set_task_data (task, self, (GDestroyNotify)steps_free);
  create_next (task);
}

gboolean
rcp_found_steps_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, rcp_found_steps_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
