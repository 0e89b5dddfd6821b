/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-booking-wait"

#include "config.h"

#include "rcp-booking-model.h"

#include <glib/gi18n.h>

#include "scheduling/rcp-wait-list.h"

/* How long somebody waits before the wish is looked at again. */
#define WAIT_DAYS 90

/* An earlier time than the one that the patient has; else any within three months. */
static RcpTimeRange
get_period (RcpBookingModel *model, RcpDesk *desk)
{
  RcpVisit *moving = rcp_booking_model_get_moving (model);
  GDate day = rcp_booking_model_get_wish (model)->from;
  gint64 start = MAX (rcp_clock_get_now (rcp_desk_get_clock (desk)),
                      rcp_time_range_of_day (&day, rcp_desk_get_zone (desk)).start);

  if (moving != NULL)
    return (RcpTimeRange){ MIN (start, rcp_visit_get_range (moving).start), rcp_visit_get_range (moving).start };
  g_date_add_days (&day, WAIT_DAYS);
  return (RcpTimeRange){ start, rcp_time_range_of_day (&day, rcp_desk_get_zone (desk)).end };
}

static void
on_joined_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  RcpVisit *visit = rcp_visit_operation_run_finish (RCP_VISIT_OPERATION (source), result, &error);

  if (visit != NULL)
    {
      rcp_desk_tell_done (g_task_get_task_data (task), source);
      g_task_return_pointer (task, visit, g_object_unref);
      return;
    }
  rcp_booking_model_tell (g_task_get_source_object (task), error->message, rcp_scheduling_error_get_detail (error));
  g_task_return_error (task, error);
}

/**
 * rcp_booking_wait_async:
 * @self: with a patient
 * @desk: the open desk of @self
 * @callback: called when the record holds the entry, or does not
 * @user_data: for @callback
 *
 * Puts the patient on the wait list with what is wished for.
 */
void
rcp_booking_wait_async (RcpBookingModel *self, RcpDesk *desk, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, callback, user_data);
  const RcpWish *wish = rcp_booking_model_get_wish (self);
  RcpOfferRanking *ranking = rcp_booking_model_get_ranking (self);
  guint musts = rcp_offer_ranking_get_musts (ranking);
  g_autofree char *network = musts & RCP_BARRIER_NETWORK ? rcp_offer_ranking_describe_must (ranking, RCP_BARRIER_NETWORK) : NULL;
  g_autoptr (GPtrArray) providers = rcp_wait_wish_list_providers (wish, rcp_desk_get_roster (desk));
  RcpWaitWish wait = {
    .patient = rcp_booking_model_get_patient (self),
    .visit_type = rcp_booking_model_get_visit_type (self),
    .providers = providers,
    .languages = musts & RCP_BARRIER_LANGUAGE ? rcp_offer_ranking_get_languages (ranking) : NULL,
    .network = network,
    .gender = rcp_offer_ranking_get_gender (ranking),
    .urgency = wish->urgency,
    .times = wish->time_of_day != RCP_TIME_OF_DAY_ANY ? RCP_WISHED (wish->time_of_day) : 0,
    .duration = wish->duration,
    .period = get_period (self, desk),
    .complaint = rcp_booking_model_get_complaint (self),
    .booked = rcp_booking_model_get_moving (self),
  };
  g_autoptr (RcpJoinWaitList) join = NULL;

  g_task_set_source_tag (task, rcp_booking_wait_async);
  g_task_set_task_data (task, g_object_ref (desk), g_object_unref);
  if (wait.patient == NULL)
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "%s", _ ("Choose a patient first."));
      return;
    }
  join = rcp_join_wait_list_new (rcp_desk_get_client (desk), rcp_desk_get_clock (desk), &wait);
  rcp_desk_equip (desk, RCP_VISIT_OPERATION (join));
  rcp_visit_operation_run_async (RCP_VISIT_OPERATION (join), NULL, on_joined_cb, g_object_ref (task));
}

RcpVisit *
rcp_booking_wait_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, rcp_booking_wait_async), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
