/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-clinic"

#include "rcp-patient-finder.h"

#define MAX_VISITS 1000

static int
compare_latest_first (gconstpointer a, gconstpointer b, gpointer user_data)
{
  gint64 left = rcp_visit_get_range ((RcpVisit *) a).start;
  gint64 right = rcp_visit_get_range ((RcpVisit *) b).start;

  if (left != right)
    return left < right ? 1 : -1;
  return g_strcmp0 (rcp_visit_get_id ((RcpVisit *) a), rcp_visit_get_id ((RcpVisit *) b));
}

static void
on_visits_searched_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (FhirBundle) bundle = fhir_client_search_all_finish (FHIR_CLIENT (source), result, &error);
  g_autoptr (GListStore) visits = NULL;
  GPtrArray *matches;

  if (bundle == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  visits = g_list_store_new (RCP_TYPE_VISIT);
  matches = fhir_bundle_get_matches (bundle);
  for (guint i = 0; i < matches->len; i++)
    {
      g_autoptr (RcpVisit) visit = rcp_visit_new_in_bundle (g_ptr_array_index (matches, i), bundle);

      if (rcp_visit_get_status (visit) != RCP_VISIT_ERROR)
        g_list_store_append (visits, visit);
    }
  g_list_store_sort (visits, compare_latest_first, NULL);
  g_task_return_pointer (task, g_steal_pointer (&visits), g_object_unref);
}

/**
 * rcp_patient_visits_load_async:
 * @client: the record
 * @patient_id: the id of a Patient
 * @cancellable: (nullable): a cancellable
 * @callback: called when the visits are here
 * @user_data: data for @callback
 *
 * Reads the visits of a patient, past and to come, cancelled ones included.
 */
void
rcp_patient_visits_load_async (FhirClient *client, const char *patient_id, GCancellable *cancellable,
                               GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (FhirSearch) search = NULL;
  GTask *task;

  g_return_if_fail (FHIR_IS_CLIENT (client));
  g_return_if_fail (patient_id != NULL);

  task = g_task_new (client, cancellable, callback, user_data);
  g_task_set_source_tag (task, rcp_patient_visits_load_async);
  search = fhir_search_new ("Appointment");
  fhir_search_add_printf (search, "patient", "Patient/%s", patient_id);
  fhir_search_add (search, "_sort", "-date");
  fhir_search_add (search, "_include", "Appointment:patient");
  fhir_search_add (search, "_count", "200");
  fhir_client_search_all_async (client, search, MAX_VISITS, cancellable, on_visits_searched_cb, task);
}

/**
 * rcp_patient_visits_load_finish:
 * @result: the result
 * @error: return location for a #FhirError
 *
 * Returns: (transfer full) (element-type RcpVisit): the visits, latest first; %NULL on error
 */
GListModel *
rcp_patient_visits_load_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (G_IS_TASK (result), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
