/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-set-status"

#include "rcp-book-visit.h"

#include "rcp-visit-operation-private.h"

struct _RcpSetStatus
{
  RcpVisitOperation parent_instance;

  RcpVisit *visit;
  RcpVisitStatus status;
  char *room_id;
  char *room_name;
};

G_DEFINE_FINAL_TYPE (RcpSetStatus, rcp_set_status, RCP_TYPE_VISIT_OPERATION)

static void
rcp_set_status_finalize (GObject *object)
{
  RcpSetStatus *self = RCP_SET_STATUS (object);

  g_clear_object (&self->visit);
  g_free (self->room_id);
  g_free (self->room_name);
  G_OBJECT_CLASS (rcp_set_status_parent_class)->finalize (object);
}

/* Booked and confirmed have no Encounter; all that comes later has one, or may have one that is to be struck out. Of several, how
 * far each is, and so the visit, is told by the Encounters alone. */
static gboolean
touches_encounter (RcpSetStatus *self, RcpVisit *whole)
{
  RcpVisitStatus from = rcp_visit_get_status (whole);

  return rcp_visit_get_n_people (whole) > 1 || rcp_visit_status_is_present (from) || rcp_visit_status_is_present (self->status)
         || from == RCP_VISIT_FULFILLED || from == RCP_VISIT_LEFT || from == RCP_VISIT_NOSHOW
         || self->status == RCP_VISIT_FULFILLED || self->status == RCP_VISIT_LEFT;
}

/* The change, without what it does to the time of the visit. */
static RcpVisitChange *
make_change (RcpSetStatus *self, RcpVisit *whole)
{
  RcpVisitOperation *operation = RCP_VISIT_OPERATION (self);
  RcpVisitChange *change
      = rcp_visit_change_new (rcp_visit_operation_get_client (operation), rcp_visit_operation_get_clock (operation), RCP_DEED_SET_STATUS,
                              whole, fhir_resource_dup_json (rcp_visit_get_resource (whole)));

  change->status = self->status;
  change->room_id = g_strdup (self->room_id);
  change->room_name = g_strdup (self->room_name);
  if (whole != self->visit)
    change->person_id = g_strdup (rcp_visit_get_patient_id (self->visit));
  if (touches_encounter (self, whole))
    change->encounter_plan = RCP_ENCOUNTER_STEP;
  return change;
}

static gpointer
rcp_set_status_prepare (RcpVisitOperation *operation, GError **error)
{
  RcpSetStatus *self = RCP_SET_STATUS (operation);
  RcpVisit *whole = rcp_visit_get_whole (self->visit);
  g_autoptr (RcpVisitChange) change = make_change (self, whole);
  RcpVisitStep step = rcp_visit_change_plan_steps (change);
  RcpVisitStatus to;

  if (step == RCP_STEP_NONE)
    {
      g_propagate_error (error, rcp_scheduling_error_new (RCP_SCHEDULING_ERROR_REFUSED, RCP_DEED_SET_STATUS,
                                                          "no such step from this status"));
      return NULL;
    }
  rcp_visit_change_ask_for_status (change);
  change->code = step == RCP_STEP_CORRECTION ? "correct" : "status";
  to = rcp_visit_change_get_status_after (change);
  /* A visit that never was gives its times back; one that takes place after all must have its own again. */
  if (!rcp_visit_status_takes_time (rcp_visit_get_status (whole)) && rcp_visit_status_takes_time (to))
    rcp_visit_change_take_back (change, whole, NULL);
  else
    change->keeps_slots = to != RCP_VISIT_ERROR;
  return g_steal_pointer (&change);
}

static void
rcp_set_status_class_init (RcpSetStatusClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rcp_set_status_finalize;
  RCP_VISIT_OPERATION_CLASS (klass)->prepare = rcp_set_status_prepare;
}

static void
rcp_set_status_init (RcpSetStatus *self)
{
}

/**
 * rcp_set_status_new:
 * @client: the record
 * @clock: the time
 * @visit: as it was last read, perhaps as it is for one of several, who alone takes the step then; a later change by another
 *   desk is noticed
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

  self = rcp_visit_operation_construct (RCP_TYPE_SET_STATUS, client, clock, RCP_DEED_SET_STATUS);
  self->visit = g_object_ref (visit);
  self->status = status;
  return self;
}

/**
 * rcp_set_status_set_room:
 * @self: a change of status that was not run yet
 * @room_id: (nullable): id of the Location where the patient is now
 * @room_name: (nullable): its name
 */
void
rcp_set_status_set_room (RcpSetStatus *self, const char *room_id, const char *room_name)
{
  g_return_if_fail (RCP_IS_SET_STATUS (self));

  g_free (self->room_id);
  g_free (self->room_name);
  self->room_id = g_strdup (room_id);
  self->room_name = g_strdup (room_name);
}

void
rcp_set_status_run_async (RcpSetStatus *self,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_return_if_fail (RCP_IS_SET_STATUS (self));

  rcp_visit_operation_run_async (RCP_VISIT_OPERATION (self), cancellable, callback, user_data);
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
  g_return_val_if_fail (RCP_IS_SET_STATUS (self), NULL);

  return rcp_visit_operation_run_finish (RCP_VISIT_OPERATION (self), result, error);
}
