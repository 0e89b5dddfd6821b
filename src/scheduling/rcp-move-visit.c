/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-move-visit"

#include "rcp-book-visit.h"

#include "rcp-visit-change.h"

struct _RcpMoveVisit
{
  GObject parent_instance;

  FhirClient *client;
  RcpClock *clock;
  RcpVisit *visit;
  RcpOffer *offer;
  gboolean started;
};

G_DEFINE_FINAL_TYPE (RcpMoveVisit, rcp_move_visit, G_TYPE_OBJECT)

static void
rcp_move_visit_finalize (GObject *object)
{
  RcpMoveVisit *self = RCP_MOVE_VISIT (object);

  g_clear_object (&self->client);
  g_clear_object (&self->clock);
  g_clear_object (&self->visit);
  g_clear_object (&self->offer);
  G_OBJECT_CLASS (rcp_move_visit_parent_class)->finalize (object);
}

static void
rcp_move_visit_class_init (RcpMoveVisitClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rcp_move_visit_finalize;
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
 * @offer: the new time; it may overlap the visit's own
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

  self = g_object_new (RCP_TYPE_MOVE_VISIT, NULL);
  self->client = g_object_ref (client);
  self->clock = g_object_ref (clock);
  self->visit = g_object_ref (visit);
  self->offer = g_object_ref (offer);
  return self;
}

static void
on_run_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  RcpVisit *visit = rcp_visit_change_run_finish (result, &error);

  if (visit != NULL)
    g_task_return_pointer (task, visit, g_object_unref);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/* Who was let in, has gone, stayed away or called off keeps the time under which that is noted; who waits may be given
 * another. */
static gboolean
may_move (RcpVisit *visit)
{
  RcpVisitStatus status = rcp_visit_get_status (visit);

  return status == RCP_VISIT_BOOKED || status == RCP_VISIT_PENDING || status == RCP_VISIT_ARRIVED;
}

/* Who came today has not come on another day. */
static gboolean
is_another_day (RcpMoveVisit *self)
{
  GTimeZone *zone = rcp_provider_get_zone (rcp_offer_get_provider (self->offer));
  GDate today, day;

  rcp_time_get_day (rcp_clock_get_now (self->clock), zone, &today);
  rcp_time_get_day (rcp_offer_get_range (self->offer).start, zone, &day);
  return g_date_compare (&day, &today) > 0;
}

void
rcp_move_visit_run_async (RcpMoveVisit *self,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  JsonObject *asked;

  g_return_if_fail (RCP_IS_MOVE_VISIT (self));
  g_return_if_fail (!self->started);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, rcp_move_visit_run_async);
  g_task_set_check_cancellable (task, FALSE);
  self->started = TRUE;
  if (!may_move (self->visit))
    {
      g_task_return_error (
          task, rcp_scheduling_error_new (RCP_SCHEDULING_ERROR_REFUSED, RCP_DEED_MOVE, "status does not allow it"));
      return;
    }
  asked = fhir_resource_dup_json (rcp_visit_get_resource (self->visit));
  rcp_visit_json_move (asked, self->offer);
  if (rcp_visit_get_status (self->visit) == RCP_VISIT_ARRIVED && is_another_day (self))
    json_object_set_string_member (asked, "status", rcp_visit_status_to_code (RCP_VISIT_BOOKED));
  rcp_visit_change_run_async (rcp_visit_change_new (self->client, self->clock, RCP_DEED_MOVE, self->visit, self->offer,
                                                    NULL, asked, rcp_visit_get_booking_id (self->visit)),
                              cancellable, on_run_cb, g_object_ref (task));
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
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
