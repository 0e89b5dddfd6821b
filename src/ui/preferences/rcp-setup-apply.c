/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rcp-setup-apply"

#include "config.h"

#include "rcp-setup-apply.h"

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
  if (is_done)
    g_task_return_pointer (task, g_steal_pointer (&report), g_free);
  else
    g_task_return_error (task, error);
}

static void
on_roster_loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  RcpDesk *desk = g_task_get_source_object (task);
  GError *error = NULL;
  g_autoptr (RcpRoster) roster = rcp_roster_load_finish (result, &error);

  if (roster == NULL)
    g_task_return_error (task, error);
  else
    rcp_refit_hours_async (FHIR_CLIENT (source), roster, rcp_desk_get_clock (desk), RCP_HORIZON_DAYS,
                           g_task_get_cancellable (task), on_refitted_cb, g_object_ref (task));
}

/**
 * rcp_setup_apply_async:
 * @desk: an open desk
 * @cancellable: (nullable): to stop; the next start goes on with it
 * @callback: called when the slots follow
 * @user_data: for @callback
 */
void
rcp_setup_apply_async (RcpDesk *desk, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (RCP_IS_DESK (desk));

  task = g_task_new (desk, cancellable, callback, user_data);
  g_task_set_source_tag (task, rcp_setup_apply_async);
  rcp_roster_load_async (rcp_desk_get_client (desk), cancellable, on_roster_loaded_cb, g_steal_pointer (&task));
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
