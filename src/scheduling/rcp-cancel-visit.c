/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-cancel-visit"

#include "rcp-book-visit.h"

#include "rcp-visit-operation-private.h"

struct _RcpCancelVisit
{
  RcpVisitOperation parent_instance;

  RcpVisit *visit;
  char *reason;
  char *comment;
};

G_DEFINE_FINAL_TYPE (RcpCancelVisit, rcp_cancel_visit, RCP_TYPE_VISIT_OPERATION)

static void
rcp_cancel_visit_finalize (GObject *object)
{
  RcpCancelVisit *self = RCP_CANCEL_VISIT (object);

  g_clear_object (&self->visit);
  g_free (self->reason);
  g_free (self->comment);
  G_OBJECT_CLASS (rcp_cancel_visit_parent_class)->finalize (object);
}

static gpointer
rcp_cancel_visit_prepare (RcpVisitOperation *operation, GError **error)
{
  RcpCancelVisit *self = RCP_CANCEL_VISIT (operation);
  RcpVisitChange *change;
  JsonObject *asked;

  if (!rcp_visit_may_become (rcp_visit_get_whole (self->visit), RCP_VISIT_CANCELLED))
    {
      g_propagate_error (error, rcp_scheduling_error_new (RCP_SCHEDULING_ERROR_REFUSED, RCP_DEED_CANCEL,
                                                          "status does not allow it"));
      return NULL;
    }
  asked = fhir_resource_dup_json (rcp_visit_get_resource (self->visit));
  rcp_visit_json_cancel (asked, self->reason, self->comment);
  change = rcp_visit_change_new (rcp_visit_operation_get_client (operation), rcp_visit_operation_get_clock (operation),
                                 RCP_DEED_CANCEL, self->visit, asked);
  change->code = "cancel";
  /* Who has come has an Encounter. */
  if (rcp_visit_status_is_present (rcp_visit_get_status (self->visit)))
    change->encounter_plan = RCP_ENCOUNTER_STEP;
  change->status = RCP_VISIT_CANCELLED;
  if (rcp_visit_get_n_people (change->visit) > 1)
    rcp_visit_change_plan_steps (change);
  return change;
}

static void
rcp_cancel_visit_class_init (RcpCancelVisitClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rcp_cancel_visit_finalize;
  RCP_VISIT_OPERATION_CLASS (klass)->prepare = rcp_cancel_visit_prepare;
}

static void
rcp_cancel_visit_init (RcpCancelVisit *self)
{
}

/**
 * rcp_cancel_visit_new:
 * @client: the record
 * @clock: the time
 * @visit: as it was last read; a later change by another desk is noticed
 * @reason: code of RCP_SYSTEM_CANCELLATION, see rcp_cancel_reasons()
 * @comment: (nullable): more about it
 *
 * Returns: (transfer full): one cancellation, to be run once
 */
RcpCancelVisit *
rcp_cancel_visit_new (FhirClient *client, RcpClock *clock, RcpVisit *visit, const char *reason, const char *comment)
{
  RcpCancelVisit *self;

  g_return_val_if_fail (FHIR_IS_CLIENT (client), NULL);
  g_return_val_if_fail (RCP_IS_CLOCK (clock), NULL);
  g_return_val_if_fail (RCP_IS_VISIT (visit), NULL);
  g_return_val_if_fail (reason != NULL, NULL);

  self = rcp_visit_operation_construct (RCP_TYPE_CANCEL_VISIT, client, clock, RCP_DEED_CANCEL);
  self->visit = g_object_ref (visit);
  self->reason = g_strdup (reason);
  self->comment = comment != NULL ? g_strstrip (g_strdup (comment)) : NULL;
  return self;
}

void
rcp_cancel_visit_run_async (RcpCancelVisit *self,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_return_if_fail (RCP_IS_CANCEL_VISIT (self));

  rcp_visit_operation_run_async (RCP_VISIT_OPERATION (self), cancellable, callback, user_data);
}

/**
 * rcp_cancel_visit_run_finish:
 * @self: a cancellation
 * @result: what the callback got
 * @error: a RcpSchedulingError, or G_IO_ERROR_CANCELLED when nothing was sent
 *
 * Returns: (transfer full): the visit as read back from the record
 */
RcpVisit *
rcp_cancel_visit_run_finish (RcpCancelVisit *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (RCP_IS_CANCEL_VISIT (self), NULL);

  return rcp_visit_operation_run_finish (RCP_VISIT_OPERATION (self), result, error);
}
