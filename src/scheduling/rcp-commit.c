/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-commit"

#include "rcp-commit.h"

/* How often the same change is sent, and how often one look at the record is tried; with the pauses between them this
 * outlives the restart of a server. */
#define MAX_SENDS 6
#define MAX_SENDS_AFTER_NONSENSE 2
#define MAX_LOOKS 8
#define FIRST_PAUSE 100 /* ms */
#define LONGEST_PAUSE 2000

/**
 * A commit: send - look - judge - perhaps send again.
 *
 * @in_flight: a send ended without any reply, so the server may still carry it out later than what we read now.
 *   Repeating is safe all the same: ifMatch and ifNoneExist let only one of the two through. Taking a part back is not.
 * @answered: the last reply came, and was no plain yes although it said 200: some of the change may have been kept.
 * @failure: why we are looking, when the reply was not a plain yes.
 */
typedef struct
{
  FhirClient *client;
  RcpCommitPlan *plan;
  guint n_sends;
  guint n_looks;
  guint probe;
  gboolean in_flight;
  gboolean answered;
  guint n_undone;
  RcpVerdict verdict;
  RcpRecordState *state;
  GError *failure;
  char *difference;
  GPtrArray *leftovers;
  void (*next) (GTask *task);
} Commit;

static void send_change (GTask *task);
static void look (GTask *task);

RcpCommitPlan *
rcp_commit_plan_new (RcpDeed deed, RcpCommitJudge judge, RcpCommitUndo undo, gpointer user_data)
{
  RcpCommitPlan *plan = g_new0 (RcpCommitPlan, 1);

  plan->deed = deed;
  plan->judge = judge;
  plan->undo = undo;
  plan->user_data = user_data;
  plan->visits = g_ptr_array_new_with_free_func (g_object_unref);
  plan->probes = g_ptr_array_new_with_free_func ((GDestroyNotify)fhir_search_unref);
  return plan;
}

void
rcp_commit_plan_free (RcpCommitPlan *plan)
{
  if (plan == NULL)
    return;
  g_clear_object (&plan->transaction);
  g_clear_pointer (&plan->update, json_object_unref);
  g_clear_pointer (&plan->probes, g_ptr_array_unref);
  g_free (plan->if_match);
  g_clear_pointer (&plan->visits, g_ptr_array_unref);
  g_free (plan);
}

static void
commit_free (Commit *self)
{
  g_clear_object (&self->client);
  g_clear_pointer (&self->plan, rcp_commit_plan_free);
  g_clear_pointer (&self->state, rcp_record_state_free);
  g_clear_pointer (&self->leftovers, g_ptr_array_unref);
  g_clear_error (&self->failure);
  g_free (self->difference);
  g_free (self);
}

/* Ends with @code; the technical text is what differed and why we had to look. */
static void
fail (GTask *task, RcpSchedulingError code)
{
  Commit *self = g_task_get_task_data (task);
  g_autofree char *cause = self->failure != NULL ? rcp_scheduling_error_describe (self->failure) : NULL;
  g_autofree char *detail
      = g_strjoin (cause != NULL && self->difference != NULL ? "; " : "", cause != NULL ? cause : "",
                   self->difference != NULL ? self->difference : "", NULL);

  g_task_return_error (task, rcp_scheduling_error_new (code, self->plan->deed, detail));
}

static gboolean
on_pause_over_cb (gpointer user_data)
{
  GTask *task = user_data;
  Commit *self = g_task_get_task_data (task);

  self->next (task);
  return G_SOURCE_REMOVE;
}

/* Waits the longer the more often it was tried, and not just as long as the other desk that waits as well. */
static void
pause_then (GTask *task, guint n_tries, void (*next) (GTask *))
{
  Commit *self = g_task_get_task_data (task);
  guint pause = MIN (FIRST_PAUSE << MIN (n_tries, 5), LONGEST_PAUSE);
  g_autoptr (GSource) source = g_timeout_source_new (pause / 2 + g_random_int_range (0, pause));

  self->next = next;
  g_source_set_callback (source, on_pause_over_cb, g_object_ref (task), g_object_unref);
  g_source_attach (source, g_task_get_context (task));
}

/* Taking back what a server kept of a change that it did not make whole: one resource after the other, each only as we
 * read it. What cannot be taken back is told. */

static void undo_next (GTask *task);
static void decide_absent (GTask *task);

static void
on_undone_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Commit *self = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (FhirResource) resource = fhir_client_update_finish (self->client, result, &error);

  if (resource == NULL)
    {
      g_clear_error (&self->failure);
      self->failure = g_steal_pointer (&error);
      fail (task, RCP_SCHEDULING_ERROR_UNKNOWN);
      return;
    }
  self->n_undone++;
  undo_next (task);
}

static void
undo_next (GTask *task)
{
  Commit *self = g_task_get_task_data (task);

  while (self->leftovers->len > 0)
    {
      g_autoptr (FhirResource) current = g_ptr_array_steal_index (self->leftovers, self->leftovers->len - 1);
      g_autoptr (JsonObject) back = self->plan->undo (self->state, current, self->plan->user_data);
      g_autofree char *if_match = fhir_resource_dup_if_match (current);

      if (back == NULL)
        continue;
      fhir_client_update_async (self->client, back, if_match, NULL, on_undone_cb, g_object_ref (task));
      return;
    }
  if (self->n_undone > 0)
    fail (task, RCP_SCHEDULING_ERROR_NOT_ATOMIC);
  else if (self->verdict == RCP_VERDICT_ABSENT)
    decide_absent (task);
  else
    fail (task, RCP_SCHEDULING_ERROR_UNKNOWN);
}

static void
undo (GTask *task)
{
  Commit *self = g_task_get_task_data (task);

  self->leftovers = rcp_record_state_dup_all (self->state);
  undo_next (task);
}

/* Whether a visit itself is no more the version that the change was made for. */
static gboolean
visit_has_changed (Commit *self)
{
  for (guint i = 0; i < self->plan->visits->len; i++)
    {
      FhirResource *before = self->plan->visits->pdata[i];
      FhirResource *visit = rcp_record_state_lookup (self->state, fhir_resource_get_reference (before));

      if (visit == NULL || g_strcmp0 (fhir_resource_get_version_id (visit), fhir_resource_get_version_id (before)) != 0)
        return TRUE;
    }
  return FALSE;
}

/* Whether the server says plainly that it did nothing and would do it another time. */
static gboolean
may_simply_repeat (const GError *error)
{
  return error->domain == FHIR_ERROR && !fhir_error_is_outcome_unknown (error)
         && (error->code == FHIR_ERROR_TRY_AGAIN || error->code == FHIR_ERROR_THROTTLED
             || error->code == FHIR_ERROR_NETWORK);
}

/* Whether the same change may be sent once more: the record does not hold it, and the server did not say why not. */
static gboolean
may_send_again (Commit *self)
{
  guint most = self->answered ? MAX_SENDS_AFTER_NONSENSE : MAX_SENDS;

  return self->n_sends < most && (fhir_error_is_outcome_unknown (self->failure) || may_simply_repeat (self->failure));
}

/* Nothing of the change is there: may it be sent again, or is it the answer? */
static void
decide_absent (GTask *task)
{
  Commit *self = g_task_get_task_data (task);

  if (self->failure == NULL)
    fail (task, RCP_SCHEDULING_ERROR_NOT_KEPT);
  else if (visit_has_changed (self))
    fail (task, RCP_SCHEDULING_ERROR_CHANGED);
  else if (g_error_matches (self->failure, FHIR_ERROR, FHIR_ERROR_CONFLICT))
    fail (task, RCP_SCHEDULING_ERROR_TAKEN);
  else if (may_send_again (self))
    pause_then (task, self->n_sends, send_change);
  else if (self->in_flight)
    fail (task, RCP_SCHEDULING_ERROR_UNKNOWN);
  else
    g_task_return_error (task, rcp_scheduling_error_new_from_fhir (self->failure, self->plan->deed));
}

/* Some of the change is there, or seems to be: the two requests of one look can lie on both sides of a commit, so a
 * part is believed only when it stays. */
static void
decide_part (GTask *task)
{
  Commit *self = g_task_get_task_data (task);

  if (self->n_looks < (self->in_flight ? MAX_LOOKS : 2))
    pause_then (task, self->n_looks, look);
  else if (self->failure == NULL)
    fail (task, RCP_SCHEDULING_ERROR_NOT_KEPT);
  else if (!self->in_flight && self->answered)
    undo (task);
  else if (!self->in_flight && !fhir_error_is_outcome_unknown (self->failure))
    decide_absent (task);
  else
    fail (task, RCP_SCHEDULING_ERROR_UNKNOWN);
}

static void
decide (GTask *task)
{
  Commit *self = g_task_get_task_data (task);

  g_clear_pointer (&self->difference, g_free);
  self->verdict = self->plan->judge (self->state, self->plan->user_data, &self->difference);
  if (self->verdict == RCP_VERDICT_WHOLE)
    g_task_return_pointer (task, g_steal_pointer (&self->state), (GDestroyNotify)rcp_record_state_free);
  else if (self->verdict == RCP_VERDICT_PART)
    decide_part (task);
  else if (self->failure != NULL && self->answered && !self->in_flight)
    undo (task);
  else
    decide_absent (task);
}

static void probe_next (GTask *task);

static void
on_probed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Commit *self = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (FhirBundle) bundle = fhir_client_search_finish (self->client, result, &error);

  if (bundle != NULL)
    {
      rcp_record_state_add (self->state, bundle);
      self->probe++;
      probe_next (task);
      return;
    }
  if (self->n_looks < MAX_LOOKS)
    {
      pause_then (task, self->n_looks, look);
      return;
    }
  if (self->failure == NULL)
    self->failure = g_steal_pointer (&error);
  fail (task, RCP_SCHEDULING_ERROR_UNKNOWN);
}

static void
probe_next (GTask *task)
{
  Commit *self = g_task_get_task_data (task);

  guint n_probes = self->plan->probes->len;

  if (self->failure == NULL && self->n_looks == 1)
    n_probes = MIN (n_probes, self->plan->n_probes_after_yes);
  if (self->probe == n_probes)
    decide (task);
  else
    fhir_client_search_async (self->client, self->plan->probes->pdata[self->probe], NULL, on_probed_cb,
                              g_object_ref (task));
}

static void
look (GTask *task)
{
  Commit *self = g_task_get_task_data (task);

  self->n_looks++;
  self->probe = 0;
  g_clear_pointer (&self->state, rcp_record_state_free);
  self->state = rcp_record_state_new ();
  probe_next (task);
}

static void
on_failed (GTask *task, GError *error)
{
  Commit *self = g_task_get_task_data (task);
  gboolean unknown = fhir_error_is_outcome_unknown (error);

  g_clear_error (&self->failure);
  self->failure = error;
  self->answered = g_error_matches (error, FHIR_ERROR, FHIR_ERROR_BAD_REPLY);
  if (unknown && !self->answered)
    self->in_flight = TRUE;
  self->n_looks = 0;

  /* A conflict may be with our own earlier send whose reply was lost. */
  if (unknown || self->in_flight || g_error_matches (error, FHIR_ERROR, FHIR_ERROR_CONFLICT)
      || g_error_matches (error, FHIR_ERROR, FHIR_ERROR_NOT_FOUND))
    look (task);
  else if (may_simply_repeat (error) && self->n_sends < MAX_SENDS)
    pause_then (task, self->n_sends, send_change);
  else
    g_task_return_error (task, rcp_scheduling_error_new_from_fhir (error, self->plan->deed));
}

static void
on_transacted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Commit *self = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (FhirBundle) reply = fhir_client_transact_finish (self->client, result, &error);

  if (reply == NULL)
    {
      on_failed (task, g_steal_pointer (&error));
      return;
    }
  g_clear_error (&self->failure);
  self->n_looks = 0;
  look (task);
}

static void
on_updated_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Commit *self = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (FhirResource) resource = fhir_client_update_finish (self->client, result, &error);

  if (resource == NULL)
    {
      on_failed (task, g_steal_pointer (&error));
      return;
    }
  g_clear_error (&self->failure);
  self->n_looks = 0;
  look (task);
}

static void
send_change (GTask *task)
{
  Commit *self = g_task_get_task_data (task);

  self->n_sends++;
  if (self->plan->transaction != NULL)
    fhir_client_transact_async (self->client, self->plan->transaction, NULL, on_transacted_cb, g_object_ref (task));
  else
    fhir_client_update_async (self->client, self->plan->update, self->plan->if_match, NULL, on_updated_cb,
                              g_object_ref (task));
}

void
rcp_commit_async (FhirClient *client,
                  RcpCommitPlan *plan,
                  GCancellable *cancellable,
                  GAsyncReadyCallback callback,
                  gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (client, cancellable, callback, user_data);
  Commit *self = g_new0 (Commit, 1);

  g_task_set_source_tag (task, rcp_commit_async);
  self->client = g_object_ref (client);
  self->plan = plan;
  g_task_set_task_data (task, self, (GDestroyNotify)commit_free);
  if (g_task_return_error_if_cancelled (task))
    return;

  /* From here on only the truth counts: a person who presses Escape now must still learn whether it was done. */
  g_task_set_check_cancellable (task, FALSE);
  send_change (task);
}

RcpRecordState *
rcp_commit_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, rcp_commit_async), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
