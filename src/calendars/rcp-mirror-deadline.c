/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-calendars"

#include "rcp-mirror-deadline.h"

struct _RcpMirrorDeadline
{
  GCancellable *cancellable;
  GCancellable *parent;
  gulong handler_id;
  guint timeout_id;
  gboolean is_over;
};

static gboolean
on_time_over_cb (gpointer data)
{
  RcpMirrorDeadline *self = data;

  self->timeout_id = 0;
  self->is_over = TRUE;
  /* The callback of the call may free this. */
  g_cancellable_cancel (self->cancellable);
  return G_SOURCE_REMOVE;
}

static void
on_parent_cancelled_cb (GCancellable *parent, GCancellable *cancellable)
{
  g_cancellable_cancel (cancellable);
}

/**
 * rcp_mirror_deadline_new:
 * @milliseconds: from now on
 * @parent: (nullable): what gives the call up as well
 *
 * Returns: (transfer full): a deadline that runs
 */
RcpMirrorDeadline *
rcp_mirror_deadline_new (guint milliseconds, GCancellable *parent)
{
  RcpMirrorDeadline *self = g_new0 (RcpMirrorDeadline, 1);

  self->cancellable = g_cancellable_new ();
  self->timeout_id = g_timeout_add (milliseconds, on_time_over_cb, self);
  if (parent != NULL)
    {
      self->parent = g_object_ref (parent);
      self->handler_id = g_cancellable_connect (parent, G_CALLBACK (on_parent_cancelled_cb),
                                                g_object_ref (self->cancellable), g_object_unref);
    }
  return self;
}

/**
 * rcp_mirror_deadline_free:
 * @self: (transfer full): a deadline, when its call has come back
 */
void
rcp_mirror_deadline_free (RcpMirrorDeadline *self)
{
  g_return_if_fail (self != NULL);

  g_clear_handle_id (&self->timeout_id, g_source_remove);
  /* Not g_cancellable_disconnect(): it waits for the handler that may be what frees this. */
  if (self->handler_id != 0)
    g_signal_handler_disconnect (self->parent, self->handler_id);
  g_clear_object (&self->parent);
  g_object_unref (self->cancellable);
  g_free (self);
}

/**
 * rcp_mirror_deadline_get_cancellable:
 * @self: a deadline
 *
 * Returns: (transfer none): for the call
 */
GCancellable *
rcp_mirror_deadline_get_cancellable (RcpMirrorDeadline *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->cancellable;
}

/**
 * rcp_mirror_deadline_explain:
 * @self: a deadline
 * @error: (inout): what the call came back with
 */
void
rcp_mirror_deadline_explain (RcpMirrorDeadline *self, GError **error)
{
  g_return_if_fail (self != NULL);

  if (error == NULL || *error == NULL || !self->is_over)
    return;
  g_clear_error (error);
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT, "The calendar does not answer");
}
