/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "fhir"

#include "fhir-client.h"
#include "fhir-client-private.h"

/* Whoever finds a scratch resource that a crash left behind can see what it was for. */
#define SCRATCH_SYSTEM "urn:reception:transaction-check"

/* A scratch resource is stored and changed once. Then a transaction stores a second one and changes the first on the
 * ground of its old version: it must fail, and leave no trace of the second. */
typedef struct
{
  char *uuid; /* identifies the second */
  char *old_version;
  gboolean holds;
  GQueue litter; /* references, to be deleted at the end */
} Check;

static void
check_free (gpointer data)
{
  Check *self = data;

  g_free (self->uuid);
  g_free (self->old_version);
  g_queue_clear_full (&self->litter, g_free);
  g_free (self);
}

static JsonObject *
make_scratch (const char *value)
{
  JsonObject *basic = json_object_new ();
  JsonObject *code = json_object_new ();
  JsonObject *identifier = json_object_new ();
  JsonArray *identifiers = json_array_new ();

  json_object_set_string_member (identifier, "system", SCRATCH_SYSTEM);
  json_object_set_string_member (identifier, "value", value);
  json_array_add_object_element (identifiers, identifier);
  json_object_set_string_member (code, "text", "Reception tries whether transactions hold");
  json_object_set_string_member (basic, "resourceType", "Basic");
  json_object_set_array_member (basic, "identifier", identifiers);
  json_object_set_object_member (basic, "code", code);
  return basic;
}

static void tidy (GTask *task);

/* What is left behind is harmless: the answer counts, not the broom. */
static void
on_deleted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  fhir_client_delete_finish (FHIR_CLIENT (source), result, NULL);
  tidy (user_data);
}

/* Deletes the next scratch resource; answers when there is none left. Takes @task. */
static void
tidy (GTask *task)
{
  FhirClient *self = g_task_get_source_object (task);
  Check *check = g_task_get_task_data (task);
  g_autofree char *reference = g_queue_pop_head (&check->litter);

  if (reference != NULL)
    {
      fhir_client_delete_async (self, reference, NULL, g_task_get_cancellable (task), on_deleted_cb, task);
      return;
    }

  fhir_client_set_distrusts_transactions (self, !check->holds);
  g_task_return_boolean (task, check->holds);
  g_object_unref (task);
}

static void
on_searched_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Check *check = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (FhirBundle) bundle = fhir_client_search_finish (FHIR_CLIENT (source), result, &error);
  GPtrArray *found;

  if (bundle == NULL)
    {
      g_task_return_error (task, error);
      g_object_unref (task);
      return;
    }

  found = fhir_bundle_get_matches (bundle);
  if (found->len > 0)
    check->holds = FALSE;
  for (guint i = 0; i < found->len; i++)
    g_queue_push_tail (&check->litter, g_strdup (fhir_resource_get_reference (g_ptr_array_index (found, i))));
  tidy (task);
}

/* The transaction must have failed over the version; any other failure decides nothing. */
static void
on_transacted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Check *check = g_task_get_task_data (task);
  g_autoptr (FhirSearch) search = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (FhirBundle) bundle = fhir_client_transact_finish (FHIR_CLIENT (source), result, &error);

  if (bundle == NULL && !g_error_matches (error, FHIR_ERROR, FHIR_ERROR_CONFLICT)
      && !g_error_matches (error, FHIR_ERROR, FHIR_ERROR_BAD_REPLY))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      g_object_unref (task);
      return;
    }

  check->holds = g_error_matches (error, FHIR_ERROR, FHIR_ERROR_CONFLICT);
  search = fhir_search_new ("Basic");
  fhir_search_add_printf (search, "identifier", "%s|%s", SCRATCH_SYSTEM, check->uuid);
  fhir_client_search_async (FHIR_CLIENT (source), search, g_task_get_cancellable (task), on_searched_cb, task);
}

static void
on_updated_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Check *check = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (FhirResource) resource = fhir_client_update_finish (FHIR_CLIENT (source), result, &error);
  g_autoptr (FhirTransaction) transaction = NULL;
  g_autoptr (JsonObject) second = NULL;
  g_autoptr (JsonObject) changed = NULL;

  if (resource == NULL)
    {
      g_task_return_error (task, error);
      g_object_unref (task);
      return;
    }

  transaction = fhir_transaction_new ();
  second = make_scratch (check->uuid);
  changed = fhir_resource_dup_json (resource);
  json_object_set_string_member (json_object_get_object_member (changed, "code"), "text", "Must not be stored");
  fhir_transaction_create (transaction, second, NULL);
  fhir_transaction_update (transaction, changed, check->old_version);
  fhir_client_transact_async (FHIR_CLIENT (source), transaction, g_task_get_cancellable (task), on_transacted_cb, task);
}

static void
on_created_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GTask *task = user_data;
  Check *check = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (FhirResource) resource = fhir_client_create_finish (FHIR_CLIENT (source), result, &error);
  g_autoptr (JsonObject) changed = NULL;

  if (resource == NULL)
    {
      g_task_return_error (task, error);
      g_object_unref (task);
      return;
    }

  check->old_version = fhir_resource_dup_if_match (resource);
  g_queue_push_tail (&check->litter, g_strdup (fhir_resource_get_reference (resource)));
  changed = fhir_resource_dup_json (resource);
  json_object_set_object_member (changed, "code", json_object_new ());
  json_object_set_string_member (json_object_get_object_member (changed, "code"), "text", "Changed once");
  fhir_client_update_async (FHIR_CLIENT (source), changed, check->old_version, g_task_get_cancellable (task),
                            on_updated_cb, task);
}

/**
 * fhir_client_verify_transactions_async:
 * @self: a client
 * @cancellable: (nullable): cancels it; a scratch resource may then stay behind
 * @callback: called with the result
 * @user_data: passed on
 *
 * Tries whether transactions are all or nothing and heed ifMatch inside of a Bundle: some servers promise it and do
 * not keep it. Two Basic resources are stored for it and deleted again, so it is meant for the set-up of a server.
 */
void
fhir_client_verify_transactions_async (FhirClient *self, GCancellable *cancellable, GAsyncReadyCallback callback,
                                       gpointer user_data)
{
  g_autoptr (JsonObject) first = NULL;
  g_autofree char *uuid = g_uuid_string_random ();
  Check *check;
  GTask *task;

  g_return_if_fail (FHIR_IS_CLIENT (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, fhir_client_verify_transactions_async);
  check = g_new0 (Check, 1);
  g_queue_init (&check->litter);
  check->uuid = g_uuid_string_random ();
  g_task_set_task_data (task, check, check_free);

  first = make_scratch (uuid);
  fhir_client_set_distrusts_transactions (self, FALSE);
  fhir_client_create_async (self, first, NULL, cancellable, on_created_cb, task);
}

gboolean
fhir_client_verify_transactions_finish (FhirClient *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
