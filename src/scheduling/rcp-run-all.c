/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-series"

#include "rcp-series.h"

typedef struct
{
  GPtrArray *operations;
  GPtrArray *results;
} RunAll;

static void run_next (GTask *task);

static void
run_all_free (RunAll *self)
{
  g_ptr_array_unref (self->operations);
  g_clear_pointer (&self->results, g_ptr_array_unref);
  g_free (self);
}

static void
result_free (gpointer data)
{
  RcpRunAllResult *result = data;

  g_clear_object (&result->operation);
  g_clear_object (&result->visit);
  g_clear_error (&result->error);
  g_free (result);
}

static void
on_run_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  RunAll *self = g_task_get_task_data (task);
  RcpRunAllResult *one = g_new0 (RcpRunAllResult, 1);

  one->operation = g_object_ref (RCP_VISIT_OPERATION (source));
  one->visit = rcp_visit_operation_run_finish (one->operation, result, &one->error);
  g_ptr_array_add (self->results, one);
  run_next (task);
}

static void
run_next (GTask *task)
{
  RunAll *self = g_task_get_task_data (task);

  if (self->results->len == self->operations->len)
    g_task_return_pointer (task, g_steal_pointer (&self->results), (GDestroyNotify)g_ptr_array_unref);
  else
    rcp_visit_operation_run_async (self->operations->pdata[self->results->len], g_task_get_cancellable (task),
                                   on_run_cb, g_object_ref (task));
}

/**
 * rcp_run_all_async:
 * @operations: (element-type RcpVisitOperation): none was run yet
 * @cancellable: (nullable): heeded by those that are not sent yet, which then say so
 * @callback: called with the result
 * @user_data: for @callback
 *
 * Runs one after the other, and tells of each what became of it.
 */
void
rcp_run_all_async (GPtrArray *operations, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  RunAll *self = g_new0 (RunAll, 1);

  g_task_set_source_tag (task, rcp_run_all_async);
  g_task_set_check_cancellable (task, FALSE);
  self->operations = g_ptr_array_copy (operations, (GCopyFunc)(void *)g_object_ref, NULL);
  g_ptr_array_set_free_func (self->operations, g_object_unref);
  self->results = g_ptr_array_new_with_free_func (result_free);
  g_task_set_task_data (task, self, (GDestroyNotify)run_all_free);
  run_next (task);
}

GPtrArray *
rcp_run_all_finish (GAsyncResult *result)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, rcp_run_all_async), NULL);
  return g_task_propagate_pointer (G_TASK (result), NULL);
}
