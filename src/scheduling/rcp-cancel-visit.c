/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-cancel-visit"

#include "rcp-book-visit.h"

#include "rcp-visit-change.h"

struct _RcpCancelVisit
{
  GObject parent_instance;

  FhirClient *client;
  RcpClock *clock;
  RcpVisit *visit;
  char *reason;
  char *comment;
  gboolean started;
};

G_DEFINE_FINAL_TYPE (RcpCancelVisit, rcp_cancel_visit, G_TYPE_OBJECT)

static void
rcp_cancel_visit_finalize (GObject *object)
{
  RcpCancelVisit *self = RCP_CANCEL_VISIT (object);

  g_clear_object (&self->client);
  g_clear_object (&self->clock);
  g_clear_object (&self->visit);
  g_free (self->reason);
  g_free (self->comment);
  G_OBJECT_CLASS (rcp_cancel_visit_parent_class)->finalize (object);
}

static void
rcp_cancel_visit_class_init (RcpCancelVisitClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rcp_cancel_visit_finalize;
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
 * @reason: a code of rcp_cancel_reasons()
 * @comment: (nullable): what else was said
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

  self = g_object_new (RCP_TYPE_CANCEL_VISIT, NULL);
  self->client = g_object_ref (client);
  self->clock = g_object_ref (clock);
  self->visit = g_object_ref (visit);
  self->reason = g_strdup (reason);
  self->comment = comment != NULL ? g_strstrip (g_strdup (comment)) : NULL;
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

void
rcp_cancel_visit_run_async (RcpCancelVisit *self,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  JsonObject *asked;

  g_return_if_fail (RCP_IS_CANCEL_VISIT (self));
  g_return_if_fail (!self->started);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, rcp_cancel_visit_run_async);
  g_task_set_check_cancellable (task, FALSE);
  self->started = TRUE;
  if (!rcp_visit_status_may_become (rcp_visit_get_status (self->visit), RCP_VISIT_CANCELLED))
    {
      g_task_return_error (
          task, rcp_scheduling_error_new (RCP_SCHEDULING_ERROR_REFUSED, RCP_DEED_CANCEL, "status does not allow it"));
      return;
    }
  asked = fhir_resource_dup_json (rcp_visit_get_resource (self->visit));
  rcp_visit_json_cancel (asked, self->reason, self->comment);
  rcp_visit_change_run_async (rcp_visit_change_new (self->client, self->clock, RCP_DEED_CANCEL, self->visit, NULL, NULL,
                                                    asked, rcp_visit_get_booking_id (self->visit)),
                              cancellable, on_run_cb, g_object_ref (task));
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
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
