/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-move-visit"

#include "rcp-book-visit.h"

#include "rcp-visit-operation-private.h"

struct _RcpMoveVisit
{
  RcpVisitOperation parent_instance;

  RcpVisit *visit;
  RcpOffer *offer;
  char *overbook;
};

G_DEFINE_FINAL_TYPE (RcpMoveVisit, rcp_move_visit, RCP_TYPE_VISIT_OPERATION)

static void
rcp_move_visit_finalize (GObject *object)
{
  RcpMoveVisit *self = RCP_MOVE_VISIT (object);

  g_clear_object (&self->visit);
  g_clear_object (&self->offer);
  g_free (self->overbook);
  G_OBJECT_CLASS (rcp_move_visit_parent_class)->finalize (object);
}

/* Who came today has not come on another day. */
static gboolean
is_another_day (RcpMoveVisit *self)
{
  RcpClock *clock = rcp_visit_operation_get_clock (RCP_VISIT_OPERATION (self));
  GTimeZone *zone = rcp_provider_get_zone (rcp_offer_get_provider (self->offer));
  GDate today, day;

  rcp_time_get_day (rcp_clock_get_now (clock), zone, &today);
  rcp_time_get_day (rcp_offer_get_range (self->offer).start, zone, &day);
  return g_date_compare (&day, &today) > 0;
}

/* The patient will come again, so that the arrival that was noted counts no more. */
static void
take_arrival_back (RcpVisitChange *change)
{
  json_object_set_string_member (change->asked, "status", rcp_visit_status_to_code (RCP_VISIT_BOOKED));
  change->encounter_plan = RCP_ENCOUNTER_STEP;
  change->status = RCP_VISIT_BOOKED;
}

static gpointer
rcp_move_visit_prepare (RcpVisitOperation *operation, GError **error)
{
  RcpMoveVisit *self = RCP_MOVE_VISIT (operation);
  RcpVisitChange *change;
  JsonObject *asked;

  if (!rcp_visit_may_move (self->visit))
    {
      g_propagate_error (error, rcp_scheduling_error_new (RCP_SCHEDULING_ERROR_REFUSED, RCP_DEED_MOVE,
                                                          "status does not allow it"));
      return NULL;
    }
  asked = fhir_resource_dup_json (rcp_visit_get_resource (self->visit));
  rcp_visit_json_move (asked, self->offer);
  change = rcp_visit_change_new (rcp_visit_operation_get_client (operation), rcp_visit_operation_get_clock (operation),
                                 RCP_DEED_MOVE, self->visit, asked);
  change->code = "move";
  if (rcp_visit_get_status (self->visit) == RCP_VISIT_ARRIVED && is_another_day (self))
    take_arrival_back (change);
  rcp_visit_change_take_offer (change, self->offer);
  rcp_visit_change_put_beside (change, self->overbook);
  return change;
}

static void
rcp_move_visit_class_init (RcpMoveVisitClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rcp_move_visit_finalize;
  RCP_VISIT_OPERATION_CLASS (klass)->prepare = rcp_move_visit_prepare;
}

static void
rcp_move_visit_init (RcpMoveVisit *self)
{
}

/**
 * rcp_move_visit_new:
 * @client: the record
 * @clock: the time
 * @visit: as it was last read; a later change by another desk is noticed
 * @offer: where to
 *
 * Returns: (transfer full): one move, to be run once
 */
RcpMoveVisit *
rcp_move_visit_new (FhirClient *client, RcpClock *clock, RcpVisit *visit, RcpOffer *offer)
{
  RcpMoveVisit *self;

  g_return_val_if_fail (FHIR_IS_CLIENT (client), NULL);
  g_return_val_if_fail (RCP_IS_CLOCK (clock), NULL);
  g_return_val_if_fail (RCP_IS_VISIT (visit), NULL);
  g_return_val_if_fail (RCP_IS_OFFER (offer), NULL);

  self = rcp_visit_operation_construct (RCP_TYPE_MOVE_VISIT, client, clock, RCP_DEED_MOVE);
  self->visit = g_object_ref (visit);
  self->offer = g_object_ref (offer);
  return self;
}

/**
 * rcp_move_visit_set_overbook:
 * @self: a move that was not run yet
 * @reason: (nullable): why the visit is put where others are already; %NULL not to do so
 */
void
rcp_move_visit_set_overbook (RcpMoveVisit *self, const char *reason)
{
  g_return_if_fail (RCP_IS_MOVE_VISIT (self));

  g_free (self->overbook);
  self->overbook = g_strdup (reason);
}

void
rcp_move_visit_run_async (RcpMoveVisit *self,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_return_if_fail (RCP_IS_MOVE_VISIT (self));

  rcp_visit_operation_run_async (RCP_VISIT_OPERATION (self), cancellable, callback, user_data);
}

/**
 * rcp_move_visit_run_finish:
 * @self: a move
 * @result: what the callback got
 * @error: a RcpSchedulingError, or G_IO_ERROR_CANCELLED when nothing was sent
 *
 * Returns: (transfer full): the visit as read back from the record
 */
RcpVisit *
rcp_move_visit_run_finish (RcpMoveVisit *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (RCP_IS_MOVE_VISIT (self), NULL);

  return rcp_visit_operation_run_finish (RCP_VISIT_OPERATION (self), result, error);
}
