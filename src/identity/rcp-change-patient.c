/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-identity"

#include "rcp-register-patient.h"

#include "identity/rcp-identity-write.h"

struct _RcpChangePatient
{
  GObject parent_instance;

  FhirClient *client;
  RcpPatient *patient;
  RcpPatientFields *base; /* what the desk saw */
  RcpPatientFields *ours;
  RcpAct *act;
  RcpPatientFieldSet disputed;
  RcpPatient *theirs;
  RcpPatientFields *merged;
  gboolean started;
};

G_DEFINE_FINAL_TYPE (RcpChangePatient, rcp_change_patient, G_TYPE_OBJECT)

static void
rcp_change_patient_finalize (GObject *object)
{
  RcpChangePatient *self = RCP_CHANGE_PATIENT (object);

  g_clear_object (&self->client);
  g_clear_object (&self->patient);
  g_clear_object (&self->theirs);
  g_clear_pointer (&self->base, rcp_patient_fields_free);
  g_clear_pointer (&self->ours, rcp_patient_fields_free);
  g_clear_pointer (&self->merged, rcp_patient_fields_free);
  g_clear_pointer (&self->act, rcp_act_free);
  G_OBJECT_CLASS (rcp_change_patient_parent_class)->finalize (object);
}

static void
rcp_change_patient_class_init (RcpChangePatientClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rcp_change_patient_finalize;
}

static void
rcp_change_patient_init (RcpChangePatient *self)
{
}

/**
 * rcp_change_patient_new:
 * @client: the record
 * @clock: the time
 * @patient: as it was when the change began; a later change by another desk is noticed
 * @fields: what it becomes; copied
 * @desk: (nullable): the name of the desk
 *
 * Returns: (transfer full): one change, to be run once
 */
RcpChangePatient *
rcp_change_patient_new (FhirClient *client, RcpClock *clock, RcpPatient *patient, const RcpPatientFields *fields, const char *desk)
{
  RcpChangePatient *self;

  g_return_val_if_fail (FHIR_IS_CLIENT (client), NULL);
  g_return_val_if_fail (RCP_IS_CLOCK (clock), NULL);
  g_return_val_if_fail (RCP_IS_PATIENT (patient), NULL);
  g_return_val_if_fail (fields != NULL, NULL);

  self = g_object_new (RCP_TYPE_CHANGE_PATIENT, NULL);
  self->client = g_object_ref (client);
  self->patient = g_object_ref (patient);
  self->base = rcp_patient_fields_new_from_patient (patient);
  self->ours = rcp_patient_fields_copy (fields);
  self->act = rcp_act_new ("change", desk, NULL, rcp_clock_get_now (clock));
  return self;
}

static void
keep_dispute (RcpChangePatient *self, FhirResource *current, const RcpPatientMerge *merge)
{
  self->disputed = merge->disputed;
  g_clear_object (&self->theirs);
  self->theirs = rcp_patient_new (current);
  g_clear_pointer (&self->merged, rcp_patient_fields_free);
  self->merged = rcp_patient_fields_copy (merge->merged);
}

static JsonObject *
prepare (FhirResource *current, gpointer user_data, GError **error)
{
  RcpChangePatient *self = user_data;
  g_autoptr (RcpPatientFields) theirs = rcp_patient_fields_new_from_json (fhir_resource_get_json (current));
  g_auto (RcpPatientMerge) merge = { NULL, 0, 0, 0 };
  JsonObject *wanted;

  rcp_patient_merge_init (&merge, self->base, self->ours, theirs);
  if (merge.disputed != 0)
    {
      keep_dispute (self, current, &merge);
      g_propagate_error (error, rcp_identity_error_new (RCP_IDENTITY_ERROR_DISPUTED, NULL));
      return NULL;
    }
  if (merge.changed == 0)
    return NULL;
  wanted = fhir_resource_dup_json (current);
  rcp_patient_fields_write (merge.merged, merge.changed, wanted);
  return wanted;
}

static void
on_updated_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  FhirResource *stored = rcp_identity_update_finish (result, &error);

  rcp_identity_return (task, stored, error, (RcpIdentityMake) rcp_patient_new);
}

/**
 * rcp_change_patient_run_async:
 * @self: a change
 * @cancellable: (nullable): heeded until the change is sent
 * @callback: called when it is over
 * @user_data: data for @callback
 */
void
rcp_change_patient_run_async (RcpChangePatient *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (RCP_IS_CHANGE_PATIENT (self));
  g_return_if_fail (!self->started);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, rcp_change_patient_run_async);
  g_task_set_check_cancellable (task, FALSE);
  self->started = TRUE;
  rcp_identity_update_async (self->client, rcp_patient_get_resource (self->patient), prepare, self, self->act, cancellable,
                             on_updated_cb, g_steal_pointer (&task));
}

/**
 * rcp_change_patient_run_finish:
 * @self: a change
 * @result: what the callback got
 * @error: a RcpIdentityError, or G_IO_ERROR_CANCELLED when nothing was sent
 *
 * Returns: (transfer full): the patient as read back from the record
 */
RcpPatient *
rcp_change_patient_run_finish (RcpChangePatient *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

RcpPatientFieldSet
rcp_change_patient_get_disputed (RcpChangePatient *self)
{
  g_return_val_if_fail (RCP_IS_CHANGE_PATIENT (self), 0);

  return self->disputed;
}

RcpPatient *
rcp_change_patient_get_theirs (RcpChangePatient *self)
{
  g_return_val_if_fail (RCP_IS_CHANGE_PATIENT (self), NULL);

  return self->theirs;
}

const RcpPatientFields *
rcp_change_patient_get_merged (RcpChangePatient *self)
{
  g_return_val_if_fail (RCP_IS_CHANGE_PATIENT (self), NULL);

  return self->merged;
}
