/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-run-together"

#include "rcp-visit-operation-private.h"

/**
 * Several changes as one: what each needs is read and checked, one after the other; then all of them are one transaction,
 * judged as one, and taken back as one where a server kept a part of it.
 */
typedef struct
{
  GPtrArray *operations; /* of RcpVisitOperation */
  GPtrArray *changes;    /* of RcpVisitChange, in the same order */
  guint next;            /* of @changes: to be prepared, or to explain */
  GError *taken;         /* why not, while it is looked for who has the time */
} Together;

static void prepare_next (GTask *task);
static void explain_next (GTask *task);

static void
together_free (Together *self)
{
  g_ptr_array_unref (self->operations);
  g_ptr_array_unref (self->changes);
  g_clear_error (&self->taken);
  g_free (self);
}

static RcpDeed
get_deed (Together *self)
{
  return rcp_visit_operation_get_deed (self->operations->pdata[0]);
}

/* Whole when each is, absent when each is, else a part. */
static RcpVerdict
judge (RcpRecordState *state, gpointer user_data, char **difference)
{
  Together *self = user_data;
  guint n_whole = 0;
  guint n_absent = 0;

  for (guint i = 0; i < self->changes->len; i++)
    {
      g_autofree char *one = NULL;
      RcpVerdict verdict = rcp_visit_change_judge (state, self->changes->pdata[i], &one);

      n_whole += verdict == RCP_VERDICT_WHOLE;
      n_absent += verdict == RCP_VERDICT_ABSENT;
      if (*difference == NULL)
        *difference = g_steal_pointer (&one);
    }
  if (n_whole == self->changes->len)
    return RCP_VERDICT_WHOLE;
  return n_absent == self->changes->len ? RCP_VERDICT_ABSENT : RCP_VERDICT_PART;
}

static JsonObject *
undo (RcpRecordState *state, FhirResource *current, gpointer user_data)
{
  Together *self = user_data;
  JsonObject *back = NULL;

  for (guint i = 0; back == NULL && i < self->changes->len; i++)
    back = rcp_visit_change_undo (state, current, self->changes->pdata[i]);
  return back;
}

/* What a plain yes has to show comes first, of each. */
static void
add_probes (RcpCommitPlan *plan, GPtrArray *parts)
{
  for (guint after = 0; after < 2; after++)
    for (guint i = 0; i < parts->len; i++)
      {
        RcpCommitPlan *part = parts->pdata[i];

        for (guint j = after ? part->n_probes_after_yes : 0; j < (after ? part->probes->len : part->n_probes_after_yes); j++)
          g_ptr_array_add (plan->probes, fhir_search_ref (part->probes->pdata[j]));
        if (!after)
          plan->n_probes_after_yes += part->n_probes_after_yes;
      }
}

static RcpCommitPlan *
compose (Together *self, GError **error)
{
  g_autoptr (RcpCommitPlan) plan = rcp_commit_plan_new (get_deed (self), judge, undo, self);
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func ((GDestroyNotify)rcp_commit_plan_free);

  plan->transaction = fhir_transaction_new ();
  for (guint i = 0; i < self->changes->len; i++)
    {
      RcpCommitPlan *part;

      if (!rcp_visit_change_check_calendar (self->changes->pdata[i], error))
        return NULL;
      part = rcp_visit_change_compose (self->changes->pdata[i], plan->transaction, error);
      if (part == NULL)
        return NULL;
      g_ptr_array_add (parts, part);
      g_ptr_array_extend (plan->visits, part->visits, (GCopyFunc)(void *)g_object_ref, NULL);
    }
  add_probes (plan, parts);
  return g_steal_pointer (&plan);
}

static void
start (GTask *task)
{
  Together *self = g_task_get_task_data (task);

  self->next = 0;
  prepare_next (task);
}

static void
on_explained_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Together *self = g_task_get_task_data (task);
  g_autofree char *before = g_strdup (self->taken->message);

  g_clear_error (&self->taken);
  self->taken = rcp_taken_explain_finish (result);
  /* One who has the time is enough. */
  if (g_strcmp0 (before, self->taken->message) != 0)
    self->next = self->changes->len;
  explain_next (task);
}

static void
explain_next (GTask *task)
{
  Together *self = g_task_get_task_data (task);

  for (; self->next < self->changes->len; self->next++)
    {
      RcpVisitChange *change = self->changes->pdata[self->next];

      if (change->take == NULL)
        continue;
      self->next++;
      rcp_taken_explain_async (change, g_error_copy (self->taken), on_explained_cb, g_object_ref (task));
      return;
    }
  g_task_return_error (task, g_steal_pointer (&self->taken));
}

/* Of those whose room somebody else may have taken, any that has another room to try: then all is looked at anew. */
static gboolean
try_other_rooms (GTask *task)
{
  Together *self = g_task_get_task_data (task);
  gboolean has_another = FALSE;

  for (guint i = 0; i < self->changes->len; i++)
    has_another = rcp_visit_change_start_over (self->changes->pdata[i]) || has_another;
  if (has_another)
    start (task);
  return has_another;
}

/* Takes @error. */
static void
fail (GTask *task, GError *error)
{
  Together *self = g_task_get_task_data (task);

  if (!g_error_matches (error, RCP_SCHEDULING_ERROR, RCP_SCHEDULING_ERROR_TAKEN))
    {
      g_task_return_error (task, error);
      return;
    }
  if (try_other_rooms (task))
    {
      g_error_free (error);
      return;
    }
  self->taken = error;
  self->next = 0;
  explain_next (task);
}

static void
on_committed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Together *self = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (RcpRecordState) state = rcp_commit_finish (result, &error);

  if (state == NULL)
    {
      fail (task, g_steal_pointer (&error));
      return;
    }
  for (guint i = 0; i < self->changes->len; i++)
    {
      g_autoptr (RcpVisit) visit = rcp_visit_change_make_visit (self->changes->pdata[i], state);

      rcp_visit_operation_end (self->operations->pdata[i], self->changes->pdata[i], visit);
    }
  g_task_return_boolean (task, TRUE);
}

static void
send_all (GTask *task)
{
  Together *self = g_task_get_task_data (task);
  RcpVisitChange *first = self->changes->pdata[0];
  g_autoptr (GError) error = NULL;
  RcpCommitPlan *plan;

  if (!fhir_capabilities_has_transactions (first->capabilities))
    {
      g_task_return_error (task, rcp_scheduling_error_new (RCP_SCHEDULING_ERROR_NOT_ATOMIC, get_deed (self),
                                                           "no transaction interaction in the CapabilityStatement"));
      return;
    }
  plan = compose (self, &error);
  if (plan == NULL)
    fail (task, g_steal_pointer (&error));
  else
    rcp_commit_async (first->client, plan, g_task_get_cancellable (task), on_committed_cb, g_object_ref (task));
}

static void
on_prepared_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Together *self = g_task_get_task_data (task);
  GError *error = NULL;

  if (!rcp_visit_change_prepare_finish (result, &error))
    {
      if (g_error_matches (error, RCP_SCHEDULING_ERROR, RCP_SCHEDULING_ERROR_TAKEN) && try_other_rooms (task))
        g_error_free (error);
      else
        g_task_return_error (task, error);
      return;
    }
  self->next++;
  prepare_next (task);
}

static void
prepare_next (GTask *task)
{
  Together *self = g_task_get_task_data (task);

  if (self->next == self->changes->len)
    send_all (task);
  else
    rcp_visit_change_prepare_async (self->changes->pdata[self->next], g_task_get_cancellable (task), on_prepared_cb,
                                    g_object_ref (task));
}

/**
 * rcp_run_together_async:
 * @operations: (element-type RcpVisitOperation): none was run yet; at least one
 * @cancellable: (nullable): heeded until the changes are sent; from then on the answer is always told
 * @callback: called with the result
 * @user_data: for @callback
 *
 * Runs all of them in one transaction, with look-up, repeat and read-back as for one.
 */
void
rcp_run_together_async (GPtrArray *operations, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  Together *self;

  g_return_if_fail (operations != NULL && operations->len > 0);

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, rcp_run_together_async);
  g_task_set_check_cancellable (task, FALSE);
  self = g_new0 (Together, 1);
  self->operations = g_ptr_array_copy (operations, (GCopyFunc)(void *)g_object_ref, NULL);
  g_ptr_array_set_free_func (self->operations, g_object_unref);
  self->changes = g_ptr_array_new_with_free_func ((GDestroyNotify)rcp_visit_change_free);
  g_task_set_task_data (task, self, (GDestroyNotify)together_free);
  for (guint i = 0; i < operations->len; i++)
    {
      GError *error = NULL;
      RcpVisitChange *change = rcp_visit_operation_begin (operations->pdata[i], &error);

      if (change == NULL)
        {
          g_task_return_error (task, error);
          return;
        }
      change->group = self->changes;
      g_ptr_array_add (self->changes, change);
    }
  start (task);
}

gboolean
rcp_run_together_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, rcp_run_together_async), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}
