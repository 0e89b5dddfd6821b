/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rcp-setup-apply"

#include "config.h"

#include "rcp-setup-apply.h"

#include "ui/rcp-desk-private.h"

/* Those who joined know what came of it, and count nothing: it is told once. */
static void
end (GTask *task, RcpRefitReport *report, GError *error)
{
  RcpDesk *desk = g_task_get_source_object (task);
  g_autoptr (GPtrArray) joined = g_ptr_array_ref (g_task_get_task_data (task));

  rcp_desk_end_refit (desk);
  if (error && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    rcp_desk_put_off_hours (desk, "Could not make slots follow their hours", error);
  for (guint i = 0; i < joined->len; i++)
    {
      if (error)
        g_task_return_error (joined->pdata[i], g_error_copy (error));
      else
        g_task_return_pointer (joined->pdata[i], g_new0 (RcpRefitReport, 1), g_free);
    }
  if (error)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, report, g_free);
}

static void
on_refitted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  RcpDesk *desk = g_task_get_source_object (task);
  g_autofree RcpRefitReport *report = g_new0 (RcpRefitReport, 1);
  GError *error = NULL;
  gboolean is_done = rcp_refit_hours_finish (result, report, &error);

  /* What was done until then is to be seen as well. */
  rcp_desk_reload_roster (desk);
  end (task, is_done ? g_steal_pointer (&report) : NULL, error);
}

static void
on_roster_reloaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  RcpDesk *desk = RCP_DESK (source);
  GError *error = NULL;

  if (!rcp_desk_reload_roster_finish (desk, result, &error))
    end (task, NULL, error);
  else
    rcp_refit_hours_async (rcp_desk_get_client (desk), rcp_desk_get_roster (desk), rcp_desk_get_clock (desk), RCP_HORIZON_DAYS,
                           g_task_get_cancellable (task), on_refitted_cb, g_object_ref (task));
}

/* Which hours are to be followed is read now and not before: others may have been saved while it waited. */
static void
begin (GTask *task)
{
  rcp_desk_reload_roster_async (g_task_get_source_object (task), g_task_get_cancellable (task), on_roster_reloaded_cb,
                                g_object_ref (task));
}

/**
 * rcp_setup_apply_async:
 * @desk: an open desk
 * @cancellable: (nullable): to stop; the desk goes on with it later
 * @callback: called when the slots follow
 * @user_data: for @callback
 *
 * Only one at a time changes slots: who saves hours while those of before are still being followed waits until that has ended, and
 * all who wait are served at once.
 */
void
rcp_setup_apply_async (RcpDesk *desk, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (RCP_IS_DESK (desk));

  task = g_task_new (desk, cancellable, callback, user_data);
  g_task_set_source_tag (task, rcp_setup_apply_async);
  g_task_set_task_data (task, g_ptr_array_new_with_free_func (g_object_unref), (GDestroyNotify) g_ptr_array_unref);
  rcp_desk_queue_refit (desk, task, begin);
}

/**
 * rcp_setup_apply_finish:
 * @result: what the callback got
 * @report: (out): what was done
 * @error: a FhirError
 */
gboolean
rcp_setup_apply_finish (GAsyncResult *result, RcpRefitReport *report, GError **error)
{
  g_autofree RcpRefitReport *done = NULL;

  g_return_val_if_fail (g_async_result_is_tagged (result, rcp_setup_apply_async), FALSE);

  done = g_task_propagate_pointer (G_TASK (result), error);
  if (done == NULL)
    return FALSE;
  *report = *done;
  return TRUE;
}
