/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-visit-operation"

#include "rcp-visit-operation-private.h"

typedef struct
{
  FhirClient *client;
  RcpClock *clock;
  RcpDeed deed;
  char *desk;
  RcpBusyTimes *busy_times; /* or NULL */
  gboolean started;
  gboolean is_together;
  RcpVisit *before;
  RcpVisit *after;
  RcpVisit *closed;
  gint64 done_at;
  GStrv revoked;
} RcpVisitOperationPrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (RcpVisitOperation, rcp_visit_operation, G_TYPE_OBJECT)

static RcpVisitOperationPrivate *
get_private (RcpVisitOperation *self)
{
  return rcp_visit_operation_get_instance_private (self);
}

static void
rcp_visit_operation_finalize (GObject *object)
{
  RcpVisitOperationPrivate *priv = get_private (RCP_VISIT_OPERATION (object));

  g_clear_object (&priv->client);
  g_clear_object (&priv->clock);
  g_clear_object (&priv->busy_times);
  g_clear_object (&priv->before);
  g_clear_object (&priv->after);
  g_clear_object (&priv->closed);
  g_strfreev (priv->revoked);
  g_free (priv->desk);
  G_OBJECT_CLASS (rcp_visit_operation_parent_class)->finalize (object);
}

static void
rcp_visit_operation_class_init (RcpVisitOperationClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rcp_visit_operation_finalize;
}

static void
rcp_visit_operation_init (RcpVisitOperation *self)
{
}

gpointer
rcp_visit_operation_construct (GType type, FhirClient *client, RcpClock *clock, RcpDeed deed)
{
  RcpVisitOperation *self = g_object_new (type, NULL);
  RcpVisitOperationPrivate *priv = get_private (self);

  priv->client = g_object_ref (client);
  priv->clock = g_object_ref (clock);
  priv->deed = deed;
  return self;
}

/**
 * rcp_visit_operation_set_desk:
 * @self: an operation that was not run yet
 * @desk: (nullable): the name of the desk, for the trace in the record
 */
void
rcp_visit_operation_set_desk (RcpVisitOperation *self, const char *desk)
{
  RcpVisitOperationPrivate *priv;

  g_return_if_fail (RCP_IS_VISIT_OPERATION (self));

  priv = get_private (self);
  g_free (priv->desk);
  priv->desk = g_strdup (desk);
}

const char *
rcp_visit_operation_get_desk (RcpVisitOperation *self)
{
  g_return_val_if_fail (RCP_IS_VISIT_OPERATION (self), NULL);
  return get_private (self)->desk;
}

/**
 * rcp_visit_operation_set_busy_times:
 * @self: an operation that was not run yet
 * @times: (nullable): what the calendars of providers keep, as it changes; %NULL when nobody knows
 *
 * A time that a calendar keeps when the change is about to be sent is not taken, unless that is done on purpose, with a reason.
 */
void
rcp_visit_operation_set_busy_times (RcpVisitOperation *self, RcpBusyTimes *times)
{
  g_return_if_fail (RCP_IS_VISIT_OPERATION (self));

  g_set_object (&get_private (self)->busy_times, times);
}

FhirClient *
rcp_visit_operation_get_client (RcpVisitOperation *self)
{
  g_return_val_if_fail (RCP_IS_VISIT_OPERATION (self), NULL);
  return get_private (self)->client;
}

RcpClock *
rcp_visit_operation_get_clock (RcpVisitOperation *self)
{
  g_return_val_if_fail (RCP_IS_VISIT_OPERATION (self), NULL);
  return get_private (self)->clock;
}

RcpDeed
rcp_visit_operation_get_deed (RcpVisitOperation *self)
{
  g_return_val_if_fail (RCP_IS_VISIT_OPERATION (self), RCP_DEED_BOOK);
  return get_private (self)->deed;
}

RcpVisit *
rcp_visit_operation_get_before (RcpVisitOperation *self)
{
  g_return_val_if_fail (RCP_IS_VISIT_OPERATION (self), NULL);
  return get_private (self)->before;
}

RcpVisit *
rcp_visit_operation_get_after (RcpVisitOperation *self)
{
  g_return_val_if_fail (RCP_IS_VISIT_OPERATION (self), NULL);
  return get_private (self)->after;
}

RcpVisit *
rcp_visit_operation_get_closed (RcpVisitOperation *self)
{
  g_return_val_if_fail (RCP_IS_VISIT_OPERATION (self), NULL);
  return get_private (self)->closed;
}

gint64
rcp_visit_operation_get_done_at (RcpVisitOperation *self)
{
  g_return_val_if_fail (RCP_IS_VISIT_OPERATION (self), 0);
  return get_private (self)->done_at;
}

const char *const *
rcp_visit_operation_get_revoked (RcpVisitOperation *self)
{
  g_return_val_if_fail (RCP_IS_VISIT_OPERATION (self), NULL);
  return (const char *const *)get_private (self)->revoked;
}

gboolean
rcp_visit_operation_is_together (RcpVisitOperation *self)
{
  g_return_val_if_fail (RCP_IS_VISIT_OPERATION (self), FALSE);
  return get_private (self)->is_together;
}

RcpVisitChange *
rcp_visit_operation_begin (RcpVisitOperation *self, GError **error)
{
  RcpVisitOperationPrivate *priv = get_private (self);
  RcpVisitChange *change;

  g_return_val_if_fail (!priv->started, NULL);

  priv->started = TRUE;
  change = RCP_VISIT_OPERATION_GET_CLASS (self)->prepare (self, error);
  if (change == NULL)
    return NULL;
  change->desk = g_strdup (priv->desk);
  g_set_object (&change->busy_times, priv->busy_times);
  return change;
}

void
rcp_visit_operation_end (RcpVisitOperation *self, RcpVisitChange *change, RcpVisit *visit)
{
  RcpVisitOperationPrivate *priv = get_private (self);

  priv->is_together = TRUE;
  g_set_object (&priv->after, visit);
  g_set_object (&priv->before, change->visit);
  g_set_object (&priv->closed, change->closes);
  priv->revoked = g_strdupv (change->revoked);
  priv->done_at = rcp_clock_get_now (priv->clock);
}

static void
on_change_run_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  RcpVisitOperationPrivate *priv = get_private (g_task_get_source_object (task));
  g_autoptr (GError) error = NULL;
  g_autoptr (RcpVisit) visit = rcp_visit_change_run_finish (result, &error);

  if (visit == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  g_set_object (&priv->after, visit);
  g_set_object (&priv->before, rcp_visit_change_get_before (result));
  g_set_object (&priv->closed, rcp_visit_change_get_closed (result));
  priv->revoked = rcp_visit_change_dup_revoked (result);
  priv->done_at = rcp_clock_get_now (priv->clock);
  g_task_return_pointer (task, g_steal_pointer (&visit), g_object_unref);
}

/**
 * rcp_visit_operation_run_async:
 * @self: an operation that was not run yet
 * @cancellable: (nullable): heeded until the change is sent; from then on the answer is always told
 * @callback: called with the result
 * @user_data: for @callback
 *
 * Makes the change: either the record holds all of it, read back and compared, or an error says where the visit stands.
 */
void
rcp_visit_operation_run_async (RcpVisitOperation *self,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (GError) error = NULL;
  RcpVisitOperationPrivate *priv;
  RcpVisitChange *change;

  g_return_if_fail (RCP_IS_VISIT_OPERATION (self));
  priv = get_private (self);
  g_return_if_fail (!priv->started);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, rcp_visit_operation_run_async);
  g_task_set_check_cancellable (task, FALSE);
  change = rcp_visit_operation_begin (self, &error);
  if (change == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  rcp_visit_change_run_async (change, cancellable, on_change_run_cb, g_object_ref (task));
}

/**
 * rcp_visit_operation_run_finish:
 * @self: an operation
 * @result: what the callback got
 * @error: a RcpSchedulingError, or G_IO_ERROR_CANCELLED when nothing was sent
 *
 * Returns: (transfer full): the visit as read back from the record
 */
RcpVisit *
rcp_visit_operation_run_finish (RcpVisitOperation *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
