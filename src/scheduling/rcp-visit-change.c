/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-visit-change"

#include "rcp-visit-change.h"

#include "clinic/rcp-codes.h"

RcpVisitChange *
rcp_visit_change_new (FhirClient *client,
                      RcpClock *clock,
                      RcpDeed deed,
                      RcpVisit *visit,
                      RcpOffer *offer,
                      RcpPatient *patient,
                      JsonObject *asked,
                      const char *booking_id)
{
  RcpVisitChange *self = g_new0 (RcpVisitChange, 1);

  self->client = g_object_ref (client);
  self->clock = g_object_ref (clock);
  self->deed = deed;
  g_set_object (&self->visit, visit);
  g_set_object (&self->offer, offer);
  g_set_object (&self->patient, patient);
  self->asked = asked;
  self->booking_id = g_strdup (booking_id);
  self->slots = g_ptr_array_new_with_free_func (g_object_unref);
  self->notices = g_ptr_array_new_with_free_func (g_object_unref);
  self->before = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  self->after = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, (GDestroyNotify)json_object_unref);
  return self;
}

void
rcp_visit_change_free (RcpVisitChange *self)
{
  if (self == NULL)
    return;
  g_clear_object (&self->client);
  g_clear_object (&self->clock);
  g_clear_object (&self->visit);
  g_clear_object (&self->offer);
  g_clear_object (&self->patient);
  g_clear_object (&self->capabilities);
  g_clear_pointer (&self->asked, json_object_unref);
  g_clear_pointer (&self->plan, rcp_commit_plan_free);
  g_clear_pointer (&self->slots, g_ptr_array_unref);
  g_clear_pointer (&self->notices, g_ptr_array_unref);
  g_clear_pointer (&self->before, g_hash_table_unref);
  g_clear_pointer (&self->after, g_hash_table_unref);
  g_free (self->booking_id);
  g_free (self);
}

/* Before anything was sent, every failure means that nothing was changed. */
static void
fail_unsent (GTask *task, const GError *error)
{
  RcpVisitChange *self = g_task_get_task_data (task);

  g_task_return_error (task, rcp_scheduling_error_new_from_fhir (error, self->deed));
}

static void
on_explained_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;

  g_task_return_error (task, rcp_taken_explain_finish (result));
}

static const char *
get_patient_id (RcpVisitChange *self)
{
  if (self->patient != NULL)
    return rcp_patient_get_id (self->patient);
  return self->visit != NULL ? rcp_visit_get_patient_id (self->visit) : NULL;
}

static const char *
get_own_visit_id (RcpVisitChange *self)
{
  return self->visit != NULL ? rcp_visit_get_id (self->visit) : NULL;
}

/* Takes @error. */
static void
fail_taken (GTask *task, GError *error)
{
  RcpVisitChange *self = g_task_get_task_data (task);

  if (self->offer != NULL && g_error_matches (error, RCP_SCHEDULING_ERROR, RCP_SCHEDULING_ERROR_TAKEN))
    rcp_taken_explain_async (self->client, self->offer, self->deed, get_own_visit_id (self), error, on_explained_cb,
                             g_object_ref (task));
  else
    g_task_return_error (task, error);
}

/* The visit as the record holds it now. */
static RcpVisit *
make_visit (RcpVisitChange *self, RcpRecordState *state)
{
  g_autofree char *patient_reference = NULL;
  FhirResource *patient = NULL;
  FhirResource *appointment;
  const char *patient_id;

  if (self->visit != NULL)
    appointment = rcp_record_state_lookup (state, fhir_resource_get_reference (rcp_visit_get_resource (self->visit)));
  else
    appointment = rcp_record_state_find (state, "Appointment", RCP_SYSTEM_BOOKING, self->booking_id);
  patient_id = get_patient_id (self);
  if (patient_id != NULL)
    {
      patient_reference = g_strconcat ("Patient/", patient_id, NULL);
      patient = rcp_record_state_lookup (state, patient_reference);
    }
  if (patient == NULL && self->patient != NULL)
    patient = rcp_patient_get_resource (self->patient);
  if (patient == NULL && self->visit != NULL && rcp_visit_get_patient (self->visit) != NULL)
    patient = rcp_patient_get_resource (rcp_visit_get_patient (self->visit));
  return rcp_visit_new (appointment, patient);
}

static void
on_committed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  RcpVisitChange *self = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (RcpRecordState) state = rcp_commit_finish (result, &error);

  if (state == NULL)
    fail_taken (task, g_steal_pointer (&error));
  else
    g_task_return_pointer (task, make_visit (self, state), g_object_unref);
}

static void
commit (GTask *task)
{
  RcpVisitChange *self = g_task_get_task_data (task);

  if (g_task_return_error_if_cancelled (task))
    return;
  g_task_set_check_cancellable (task, FALSE);
  rcp_commit_async (self->client, g_steal_pointer (&self->plan), NULL, on_committed_cb, g_object_ref (task));
}

static void
on_elsewhere_checked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (rcp_elsewhere_check_finish (result, &error))
    commit (task);
  else
    g_task_return_error (task, error);
}

/* With all that was read: is the time free, and are the people? */
static void
decide (GTask *task)
{
  RcpVisitChange *self = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  self->plan = rcp_visit_change_compose (self, &error);
  if (self->plan == NULL)
    fail_taken (task, g_steal_pointer (&error));
  else if (self->offer == NULL)
    commit (task);
  else
    rcp_elsewhere_check_async (self->client, self->offer, self->deed, get_patient_id (self), get_own_visit_id (self),
                               g_task_get_cancellable (task), on_elsewhere_checked_cb, g_object_ref (task));
}

static void
keep_matches (GPtrArray *kept, FhirBundle *bundle)
{
  GPtrArray *matches = fhir_bundle_get_matches (bundle);

  for (guint i = 0; i < matches->len; i++)
    g_ptr_array_add (kept, g_object_ref (matches->pdata[i]));
}

static void
on_notices_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  RcpVisitChange *self = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (FhirBundle) bundle = fhir_client_search_all_finish (self->client, result, &error);

  if (bundle == NULL)
    {
      fail_unsent (task, error);
      return;
    }
  keep_matches (self->notices, bundle);
  decide (task);
}

/* What was promised to the patient about the visit so far; there is no search by "about" in R4, so all that are
 * open for the patient. */
static void
read_notices (GTask *task)
{
  RcpVisitChange *self = g_task_get_task_data (task);
  const char *patient_id = self->visit != NULL ? rcp_visit_get_patient_id (self->visit) : NULL;
  g_autoptr (FhirSearch) search = NULL;

  if (patient_id == NULL || !fhir_capabilities_has_interaction (self->capabilities, "CommunicationRequest", "create"))
    {
      decide (task);
      return;
    }
  search = fhir_search_new ("CommunicationRequest");
  fhir_search_add (search, "patient", patient_id);
  fhir_search_add (search, "status", "active");
  fhir_client_search_all_async (self->client, search, 0, g_task_get_cancellable (task), on_notices_read_cb,
                                g_object_ref (task));
}

static void
on_slots_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  RcpVisitChange *self = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (FhirBundle) bundle = fhir_client_search_all_finish (self->client, result, &error);

  if (bundle == NULL)
    {
      fail_unsent (task, error);
      return;
    }
  keep_matches (self->slots, bundle);
  read_notices (task);
}

static void
read_slots (GTask *task)
{
  RcpVisitChange *self = g_task_get_task_data (task);
  g_autofree char *ids = rcp_visit_change_list_slots (self);
  g_autoptr (FhirSearch) search = NULL;

  if (*ids == '\0')
    {
      read_notices (task);
      return;
    }
  search = fhir_search_new ("Slot");
  fhir_search_add (search, "_id", ids);
  fhir_client_search_all_async (self->client, search, 0, g_task_get_cancellable (task), on_slots_read_cb,
                                g_object_ref (task));
}

static void
on_capabilities_loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  RcpVisitChange *self = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  self->capabilities = fhir_client_load_capabilities_finish (self->client, result, &error);
  if (self->capabilities == NULL)
    fail_unsent (task, error);
  else if (!fhir_capabilities_has_transactions (self->capabilities))
    g_task_return_error (task, rcp_scheduling_error_new (RCP_SCHEDULING_ERROR_NOT_ATOMIC, self->deed,
                                                         "no transaction interaction in the CapabilityStatement"));
  else
    read_slots (task);
}

void
rcp_visit_change_run_async (RcpVisitChange *self,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, rcp_visit_change_run_async);
  g_task_set_task_data (task, self, (GDestroyNotify)rcp_visit_change_free);
  fhir_client_load_capabilities_async (self->client, cancellable, on_capabilities_loaded_cb, g_object_ref (task));
}

RcpVisit *
rcp_visit_change_run_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, rcp_visit_change_run_async), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
