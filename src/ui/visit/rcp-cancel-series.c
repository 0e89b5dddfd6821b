/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-cancel-series"

#include "config.h"

#include "rcp-cancel-series.h"

#include <glib/gi18n.h>

#include "scheduling/rcp-book-visit.h"
#include "ui/rcp-time-text.h"

/* What is told at the end. */
typedef struct
{
  GPtrArray *visits;
  GError *error;
} Report;

static void
report_free (Report *self)
{
  g_ptr_array_unref (self->visits);
  g_clear_error (&self->error);
  g_free (self);
}

static void
append_failure (RcpDesk *desk, GString *text, RcpVisit *visit, const GError *error)
{
  g_autofree char *day = rcp_time_text_short_day (rcp_visit_get_range (visit).start, rcp_desk_get_zone (desk));
  g_autofree char *time = rcp_time_text_clock (rcp_visit_get_range (visit).start, rcp_desk_get_zone (desk));

  /* Translators: a day, a time of day, and why the visit then was not cancelled. */
  g_string_append_printf (text, _("\n%s, %s: %s"), day, time, error->message);
}

static void
on_all_run_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  RcpDesk *desk = g_task_get_source_object (task);
  Report *report = g_task_get_task_data (task);
  g_autoptr (GPtrArray) results = rcp_run_all_finish (result);
  g_autoptr (GPtrArray) done = g_ptr_array_new ();
  g_autoptr (GString) failures = g_string_new (NULL);
  RcpVisit *first = NULL;
  guint n_failed = 0;

  for (guint i = 0; i < results->len; i++)
    {
      RcpRunAllResult *one = results->pdata[i];

      rcp_desk_invalidate (desk, rcp_visit_get_range (report->visits->pdata[i]));
      if (one->visit != NULL && first == NULL)
        first = g_object_ref (one->visit);
      if (one->visit != NULL)
        {
          g_ptr_array_add (done, one->operation);
          continue;
        }
      n_failed++;
      append_failure (desk, failures, report->visits->pdata[i], one->error);
    }
  if (n_failed > 0)
    report->error = g_error_new (RCP_SCHEDULING_ERROR, RCP_SCHEDULING_ERROR_FAILED,
                                 /* Translators: how many, of how many; what follows names them. */
                                 _("%u of %u visits were not cancelled.%s"), n_failed, results->len, failures->str);
  rcp_desk_tell_all_done (desk, done);
  g_task_return_pointer (task, first, g_object_unref);
}

static GPtrArray *
make_cancels (RcpDesk *desk, GPtrArray *visits, const char *reason, const char *comment)
{
  GPtrArray *cancels = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < visits->len; i++)
    {
      RcpCancelVisit *cancel = rcp_cancel_visit_new (rcp_desk_get_client (desk), rcp_desk_get_clock (desk), visits->pdata[i],
                                                     reason, comment);

      rcp_desk_equip (desk, RCP_VISIT_OPERATION (cancel));
      g_ptr_array_add (cancels, cancel);
    }
  return cancels;
}

void
rcp_cancel_series_async (RcpDesk *desk,
                         GPtrArray *visits,
                         const char *reason,
                         const char *comment,
                         GAsyncReadyCallback callback,
                         gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (desk, NULL, callback, user_data);
  g_autoptr (GPtrArray) cancels = NULL;
  Report *report = g_new0 (Report, 1);

  g_task_set_source_tag (task, rcp_cancel_series_async);
  g_task_set_task_data (task, report, (GDestroyNotify)report_free);
  report->visits = g_ptr_array_ref (visits);
  cancels = make_cancels (desk, visits, reason, comment);
  rcp_run_all_async (cancels, NULL, on_all_run_cb, g_object_ref (task));
}

RcpVisit *
rcp_cancel_series_finish (GAsyncResult *result, GError **error)
{
  Report *report;

  g_return_val_if_fail (g_async_result_is_tagged (result, rcp_cancel_series_async), NULL);

  report = g_task_get_task_data (G_TASK (result));
  if (report->error != NULL && error != NULL)
    *error = g_error_copy (report->error);
  return g_task_propagate_pointer (G_TASK (result), NULL);
}

static void
on_together_run_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  RcpDesk *desk = g_task_get_source_object (task);
  GPtrArray *cancels = g_task_get_task_data (task);
  GError *error = NULL;

  if (!rcp_run_together_finish (result, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  for (guint i = 0; i < cancels->len; i++)
    rcp_desk_invalidate (desk, rcp_visit_get_range (rcp_visit_operation_get_after (cancels->pdata[i])));
  rcp_desk_tell_all_done (desk, cancels);
  g_task_return_pointer (task, g_object_ref (rcp_visit_operation_get_after (cancels->pdata[0])), g_object_unref);
}

void
rcp_cancel_together_async (RcpDesk *desk,
                           GPtrArray *visits,
                           const char *reason,
                           const char *comment,
                           GAsyncReadyCallback callback,
                           gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (desk, NULL, callback, user_data);
  GPtrArray *cancels = make_cancels (desk, visits, reason, comment);

  g_task_set_source_tag (task, rcp_cancel_together_async);
  g_task_set_task_data (task, cancels, (GDestroyNotify)g_ptr_array_unref);
  rcp_run_together_async (cancels, NULL, on_together_run_cb, g_object_ref (task));
}

RcpVisit *
rcp_cancel_together_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, rcp_cancel_together_async), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
