/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-insurance"

#include "rcp-check-coverage.h"

#include "insurance/rcp-eligibility-record.h"

typedef struct
{
  FhirClient *record;
  RcpEligibilityBackend *backend;
  RcpClock *clock;
  RcpEligibilityQuestion *question;
  guint days;
  GTimeZone *zone;
  GDate eve;
  char *desk;
  RcpEligibilityAnswer *answer;
  gboolean is_kept;
} Check;

static void
check_free (gpointer data)
{
  Check *self = data;

  g_object_unref (self->record);
  g_object_unref (self->backend);
  g_object_unref (self->clock);
  rcp_eligibility_question_unref (self->question);
  g_time_zone_unref (self->zone);
  g_free (self->desk);
  g_clear_pointer (&self->answer, rcp_eligibility_answer_unref);
  g_free (self);
}

static void
finish (GTask *task)
{
  Check *self = g_task_get_task_data (task);

  g_task_return_pointer (task, rcp_eligibility_answer_ref (self->answer), (GDestroyNotify) rcp_eligibility_answer_unref);
}

static void
on_stored_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Check *self = g_task_get_task_data (task);

  /* What the payer said is worth showing, whether the record could keep it or not. */
  self->is_kept = rcp_eligibility_store_finish (result, NULL);
  finish (task);
}

static void
on_checked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Check *self = g_task_get_task_data (task);
  GError *error = NULL;

  self->answer = rcp_eligibility_backend_check_finish (self->backend, result, &error);
  if (self->answer)
    rcp_eligibility_store_async (self->record, self->question->coverage, self->answer, self->desk, NULL, on_stored_cb, g_object_ref (task));
  else
    g_task_return_error (task, error);
}

static void
ask (GTask *task)
{
  Check *self = g_task_get_task_data (task);

  rcp_eligibility_backend_check_async (self->backend, self->question, g_task_get_cancellable (task), on_checked_cb, g_object_ref (task));
}

static void
on_loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Check *self = g_task_get_task_data (task);
  g_autoptr (GPtrArray) answers = rcp_eligibility_load_finish (result, NULL);
  const char *coverage = fhir_resource_get_reference (rcp_coverage_get_resource (self->question->coverage));

  if (g_task_return_error_if_cancelled (task))
    return;
  for (guint i = 0; answers && i < answers->len; i++)
    {
      RcpEligibilityAnswer *answer = g_ptr_array_index (answers, i);

      if (g_strcmp0 (answer->coverage, coverage) == 0 &&
          !rcp_eligibility_answer_is_stale (answer, &self->question->service_date, self->question->service_type,
                                            rcp_clock_get_now (self->clock), self->days, self->zone,
                                            g_date_valid (&self->eve) ? &self->eve : NULL))
        {
          self->answer = rcp_eligibility_answer_ref (answer);
          self->is_kept = TRUE;
          finish (task);
          return;
        }
    }
  ask (task);
}

/**
 * rcp_check_coverage_async:
 * @record: the clinic's record
 * @backend: the way to the payer
 * @clock: the time
 * @question: what to find out
 * @how: copied
 * @cancellable: (nullable): cancels it; an answer that has come is kept all the same
 * @callback: called with the result
 * @user_data: passed on
 *
 * Takes the answer that the record holds, unless it is stale; else asks the payer and keeps what it says.
 */
void
rcp_check_coverage_async (FhirClient *record, RcpEligibilityBackend *backend, RcpClock *clock, RcpEligibilityQuestion *question,
                          const RcpCheckHow *how, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  Check *self;

  g_return_if_fail (FHIR_IS_CLIENT (record));
  g_return_if_fail (RCP_IS_ELIGIBILITY_BACKEND (backend));
  g_return_if_fail (question != NULL && how != NULL && how->zone != NULL);

  task = g_task_new (record, cancellable, callback, user_data);
  g_task_set_source_tag (task, rcp_check_coverage_async);
  g_task_set_check_cancellable (task, FALSE);
  self = g_new0 (Check, 1);
  self->record = g_object_ref (record);
  self->backend = g_object_ref (backend);
  self->clock = g_object_ref (clock);
  self->question = rcp_eligibility_question_ref (question);
  self->days = how->days;
  self->zone = g_time_zone_ref (how->zone);
  self->eve = how->eve;
  self->desk = g_strdup (how->desk);
  g_task_set_task_data (task, self, check_free);
  if (how->asks_anyway)
    ask (task);
  else
    rcp_eligibility_load_async (record, rcp_patient_get_id (question->patient), cancellable, on_loaded_cb, g_object_ref (task));
}

/**
 * rcp_check_coverage_finish:
 * @is_kept: (out) (optional): whether the record holds the answer
 *
 * Returns: (transfer full): %NULL with G_IO_ERROR_CANCELLED, and with no other error
 */
RcpEligibilityAnswer *
rcp_check_coverage_finish (GAsyncResult *result, gboolean *is_kept, GError **error)
{
  Check *self;

  g_return_val_if_fail (g_async_result_is_tagged (result, rcp_check_coverage_async), NULL);

  self = g_task_get_task_data (G_TASK (result));
  if (is_kept)
    *is_kept = self->is_kept;
  return g_task_propagate_pointer (G_TASK (result), error);
}
