/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-told"

#include "rcp-visit-change.h"

/* What has left to the patient cannot be called back: then a change is not undone in silence. */

static gboolean
refers_to (JsonObject *json, const char *member, RcpVisitChange *change)
{
  JsonArray *references = fhir_json_get_array (json, member);

  for (guint i = 0; references != NULL && i < json_array_get_length (references); i++)
    {
      const char *target = fhir_json_get_string (json_array_get_object_element (references, i), "reference");
      g_autofree char *relative = target != NULL ? fhir_reference_dup_relative (target) : NULL;

      if (g_strcmp0 (relative, fhir_resource_get_reference (rcp_visit_get_resource (change->visit))) == 0)
        return TRUE;
      for (guint j = 0; relative != NULL && j < change->notices->len; j++)
        if (g_strcmp0 (relative, fhir_resource_get_reference (change->notices->pdata[j])) == 0
            && rcp_visit_change_has_notice (change, change->notices->pdata[j]))
          return TRUE;
    }
  return FALSE;
}

/* Whether @message is about the visit, or follows from a notice about it, and was not stopped. */
static gboolean
tells_patient (RcpVisitChange *change, FhirResource *message)
{
  JsonObject *json = fhir_resource_get_json (message);
  const char *status = fhir_json_get_string (json, "status");

  return (g_strcmp0 (status, "completed") == 0 || g_strcmp0 (status, "in-progress") == 0)
         && (refers_to (json, "about", change) || refers_to (json, "basedOn", change));
}

static void
on_messages_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  RcpVisitChange *change = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (FhirBundle) bundle = fhir_client_search_all_finish (FHIR_CLIENT (source), result, &error);
  GPtrArray *messages;

  if (bundle == NULL)
    {
      g_task_return_error (task, rcp_scheduling_error_new_from_fhir (error, change->deed));
      return;
    }
  messages = fhir_bundle_get_matches (bundle);
  for (guint i = 0; i < messages->len; i++)
    if (tells_patient (change, messages->pdata[i]))
      {
        g_task_return_error (task, rcp_scheduling_error_new (RCP_SCHEDULING_ERROR_TOLD, change->deed,
                                                             "a Communication was sent"));
        return;
      }
  g_task_return_boolean (task, TRUE);
}

void
rcp_told_check_async (RcpVisitChange *change, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (change->client, cancellable, callback, user_data);
  const char *patient_id = rcp_visit_change_get_patient_id (change);
  g_autoptr (FhirSearch) search = NULL;
  g_autofree char *patients = rcp_visit_change_join_patients (change, "");

  g_task_set_source_tag (task, rcp_told_check_async);
  g_task_set_task_data (task, change, NULL);
  if (patient_id == NULL || !fhir_capabilities_has_search_param (change->capabilities, "Communication", "patient"))
    {
      g_task_return_boolean (task, TRUE);
      return;
    }
  search = fhir_search_new ("Communication");
  fhir_search_add (search, "patient", patients);
  fhir_search_add_instant (search, "sent", "ge", change->not_told_since);
  fhir_client_search_all_async (change->client, search, 0, cancellable, on_messages_read_cb, g_object_ref (task));
}

gboolean
rcp_told_check_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, rcp_told_check_async), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}
