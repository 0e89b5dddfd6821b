/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-history"

#include "rcp-history.h"

/* A patient's history goes into so many of the latest visits. */
#define MOST_VISITS 40
#define MOST_VERSIONS 200

/* One resource after the other: its versions, then who made them. */
typedef struct
{
  FhirClient *client;
  GTimeZone *zone;
  GQueue references; /* still to be read */
  char *reference;
  GPtrArray *versions;
  GPtrArray *entries;
} Read;

static void read_next (GTask *task);

static void
read_free (Read *self)
{
  g_clear_object (&self->client);
  g_time_zone_unref (self->zone);
  g_queue_clear_full (&self->references, g_free);
  g_clear_pointer (&self->versions, g_ptr_array_unref);
  g_ptr_array_unref (self->entries);
  g_free (self->reference);
  g_free (self);
}

static int
compare_entries (gconstpointer a, gconstpointer b)
{
  gint64 left = rcp_history_entry_get_when (*(RcpHistoryEntry *const *)a);
  gint64 right = rcp_history_entry_get_when (*(RcpHistoryEntry *const *)b);

  return (left < right) - (left > right);
}

static void
finish (GTask *task)
{
  Read *self = g_task_get_task_data (task);
  GListStore *list = g_list_store_new (RCP_TYPE_HISTORY_ENTRY);

  g_ptr_array_sort (self->entries, compare_entries);
  g_list_store_splice (list, 0, 0, self->entries->pdata, self->entries->len);
  g_task_return_pointer (task, list, g_object_unref);
}

static void
on_traces_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Read *self = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (FhirBundle) bundle = fhir_client_search_all_finish (self->client, result, &error);

  if (bundle == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  rcp_history_compose (self->versions, fhir_bundle_get_matches (bundle), self->zone, self->entries);
  read_next (task);
}

static void
keep_versions (Read *self, JsonObject *bundle)
{
  g_clear_pointer (&self->versions, g_ptr_array_unref);
  self->versions = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < fhir_json_get_length (bundle, "entry"); i++)
    {
      g_autofree char *path = g_strdup_printf ("entry.%u.resource", i);
      JsonObject *version = fhir_json_get_object (bundle, path);

      if (version != NULL)
        g_ptr_array_add (self->versions, fhir_resource_new (version));
    }
}

static void
on_versions_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Read *self = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (FhirResource) bundle = fhir_client_operation_finish (self->client, result, &error);
  g_autoptr (FhirSearch) search = NULL;

  if (bundle == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  keep_versions (self, fhir_resource_get_json (bundle));
  search = fhir_search_new ("Provenance");
  fhir_search_add (search, "target", self->reference);
  fhir_client_search_all_async (self->client, search, 0, g_task_get_cancellable (task), on_traces_read_cb,
                                g_object_ref (task));
}

static void
read_next (GTask *task)
{
  Read *self = g_task_get_task_data (task);
  g_autofree char *path = NULL;

  g_free (self->reference);
  self->reference = g_queue_pop_head (&self->references);
  if (self->reference == NULL)
    {
      finish (task);
      return;
    }
  path = g_strdup_printf ("%s/_history?_count=%u", self->reference, MOST_VERSIONS);
  fhir_client_operation_get_async (self->client, path, g_task_get_cancellable (task), on_versions_read_cb,
                                   g_object_ref (task));
}

static void
on_visits_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Read *self = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (FhirBundle) bundle = fhir_client_search_all_finish (self->client, result, &error);
  GPtrArray *visits;

  if (bundle == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  visits = fhir_bundle_get_matches (bundle);
  for (guint i = 0; i < visits->len; i++)
    g_queue_push_tail (&self->references, g_strdup (fhir_resource_get_reference (visits->pdata[i])));
  read_next (task);
}

/**
 * rcp_history_read_async:
 * @client: the record
 * @reference: "Appointment/1", or "Patient/2" for the patient and the latest visits
 * @zone: of the place, for the times that are told
 * @cancellable: (nullable): to stop
 * @callback: called with the result
 * @user_data: for @callback
 *
 * Reads who did what, when and from which desk, with the old and new values.
 */
void
rcp_history_read_async (FhirClient *client,
                        const char *reference,
                        GTimeZone *zone,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autofree char *patient_id = NULL;
  g_autoptr (FhirSearch) search = NULL;
  Read *self;

  g_return_if_fail (FHIR_IS_CLIENT (client));
  g_return_if_fail (reference != NULL && zone != NULL);

  task = g_task_new (client, cancellable, callback, user_data);
  g_task_set_source_tag (task, rcp_history_read_async);
  self = g_new0 (Read, 1);
  self->client = g_object_ref (client);
  self->zone = g_time_zone_ref (zone);
  g_queue_init (&self->references);
  self->entries = g_ptr_array_new_with_free_func (g_object_unref);
  g_task_set_task_data (task, self, (GDestroyNotify)read_free);
  g_queue_push_tail (&self->references, g_strdup (reference));
  patient_id = fhir_reference_dup_id (reference, "Patient");
  if (patient_id == NULL)
    {
      read_next (task);
      return;
    }
  search = fhir_search_new ("Appointment");
  fhir_search_add (search, "patient", patient_id);
  fhir_search_add (search, "_sort", "-date");
  fhir_search_add (search, "_elements", "id,meta");
  fhir_client_search_all_async (client, search, MOST_VISITS, cancellable, on_visits_read_cb, g_object_ref (task));
}

/**
 * rcp_history_read_finish:
 * @result: what the callback got
 * @error: a FhirError
 *
 * Returns: (transfer full): a list of RcpHistoryEntry, the latest first
 */
GListModel *
rcp_history_read_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, rcp_history_read_async), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
