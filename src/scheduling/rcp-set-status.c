/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-set-status"

#include "rcp-book-visit.h"

#include "rcp-visit-change.h"

struct _RcpSetStatus
{
  GObject parent_instance;

  FhirClient *client;
  RcpClock *clock;
  RcpVisit *visit;
  RcpVisitStatus status;
  JsonObject *asked;
  gboolean started;
};

G_DEFINE_FINAL_TYPE (RcpSetStatus, rcp_set_status, G_TYPE_OBJECT)

static void
rcp_set_status_finalize (GObject *object)
{
  RcpSetStatus *self = RCP_SET_STATUS (object);

  g_clear_object (&self->client);
  g_clear_object (&self->clock);
  g_clear_object (&self->visit);
  g_clear_pointer (&self->asked, json_object_unref);
  G_OBJECT_CLASS (rcp_set_status_parent_class)->finalize (object);
}

static void
rcp_set_status_class_init (RcpSetStatusClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rcp_set_status_finalize;
}

static void
rcp_set_status_init (RcpSetStatus *self)
{
}

/**
 * rcp_set_status_new:
 * @client: the record
 * @clock: the time
 * @visit: as it was last read; a later change by another desk is noticed
 * @status: what it becomes; to cancel takes a reason and so a #RcpCancelVisit
 *
 * Returns: (transfer full): one change, to be run once
 */
RcpSetStatus *
rcp_set_status_new (FhirClient *client, RcpClock *clock, RcpVisit *visit, RcpVisitStatus status)
{
  RcpSetStatus *self;

  g_return_val_if_fail (FHIR_IS_CLIENT (client), NULL);
  g_return_val_if_fail (RCP_IS_CLOCK (clock), NULL);
  g_return_val_if_fail (RCP_IS_VISIT (visit), NULL);
  g_return_val_if_fail (status != RCP_VISIT_CANCELLED, NULL);

  self = g_object_new (RCP_TYPE_SET_STATUS, NULL);
  self->client = g_object_ref (client);
  self->clock = g_object_ref (clock);
  self->visit = g_object_ref (visit);
  self->status = status;
  return self;
}

static RcpVerdict
judge (RcpRecordState *state, gpointer user_data, char **difference)
{
  RcpSetStatus *self = user_data;
  FhirResource *visit
      = rcp_record_state_lookup (state, fhir_resource_get_reference (rcp_visit_get_resource (self->visit)));

  *difference = visit != NULL ? rcp_visit_json_compare (self->asked, fhir_resource_get_json (visit))
                              : g_strdup ("no Appointment");
  return *difference == NULL ? RCP_VERDICT_WHOLE : RCP_VERDICT_ABSENT;
}

static void
on_committed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  RcpSetStatus *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (RcpRecordState) state = rcp_commit_finish (result, &error);
  RcpPatient *patient = rcp_visit_get_patient (self->visit);
  FhirResource *visit;

  if (state == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  visit = rcp_record_state_lookup (state, fhir_resource_get_reference (rcp_visit_get_resource (self->visit)));
  g_task_return_pointer (task, rcp_visit_new (visit, patient != NULL ? rcp_patient_get_resource (patient) : NULL),
                         g_object_unref);
}

static void
on_voided_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  RcpVisit *visit = rcp_visit_change_run_finish (result, &error);

  if (visit != NULL)
    g_task_return_pointer (task, visit, g_object_unref);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/* Leaving cancelled or no-show takes the reason along (invariant app-4). */
static JsonObject *
make_asked (RcpSetStatus *self)
{
  JsonObject *asked = fhir_resource_dup_json (rcp_visit_get_resource (self->visit));

  json_object_set_string_member (asked, "status", rcp_visit_status_to_code (self->status));
  if (self->status != RCP_VISIT_NOSHOW)
    json_object_remove_member (asked, "cancelationReason");
  return asked;
}

static RcpCommitPlan *
make_plan (RcpSetStatus *self)
{
  FhirResource *before = rcp_visit_get_resource (self->visit);
  RcpCommitPlan *plan = rcp_commit_plan_new (RCP_DEED_SET_STATUS, judge, NULL, self);
  FhirSearch *probe = fhir_search_new ("Appointment");

  plan->update = json_object_ref (self->asked);
  plan->if_match = fhir_resource_dup_if_match (before);
  plan->visit_reference = g_strdup (fhir_resource_get_reference (before));
  plan->visit_version = g_strdup (fhir_resource_get_version_id (before));
  fhir_search_add (probe, "_id", rcp_visit_get_id (self->visit));
  g_ptr_array_add (plan->probes, probe);
  plan->n_probes_after_yes = 1;
  return plan;
}

void
rcp_set_status_run_async (RcpSetStatus *self,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (RCP_IS_SET_STATUS (self));
  g_return_if_fail (!self->started);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, rcp_set_status_run_async);
  g_task_set_check_cancellable (task, FALSE);
  self->started = TRUE;
  if (!rcp_visit_status_may_become (rcp_visit_get_status (self->visit), self->status))
    {
      g_task_return_error (task, rcp_scheduling_error_new (RCP_SCHEDULING_ERROR_REFUSED, RCP_DEED_SET_STATUS,
                                                           "no such step from this status"));
      return;
    }
  self->asked = make_asked (self);
  /* A visit that never was gives its times back. */
  if (self->status == RCP_VISIT_ERROR)
    rcp_visit_change_run_async (rcp_visit_change_new (self->client, self->clock, RCP_DEED_SET_STATUS, self->visit, NULL,
                                                      NULL, json_object_ref (self->asked),
                                                      rcp_visit_get_booking_id (self->visit)),
                                cancellable, on_voided_cb, g_object_ref (task));
  else
    rcp_commit_async (self->client, make_plan (self), cancellable, on_committed_cb, g_object_ref (task));
}

/**
 * rcp_set_status_run_finish:
 * @self: a change of status
 * @result: what the callback got
 * @error: a RcpSchedulingError, or G_IO_ERROR_CANCELLED when nothing was sent
 *
 * Returns: (transfer full): the visit as read back from the record
 */
RcpVisit *
rcp_set_status_run_finish (RcpSetStatus *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
