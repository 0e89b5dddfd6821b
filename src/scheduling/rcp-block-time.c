/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-block-time"

#include "rcp-block-time.h"

#include <glib/gi18n.h>

#include "rcp-block-plan.h"
#include "rcp-block-visits.h"
#include "rcp-commit.h"
#include "rcp-own-visits.h"
#include "rcp-refit-private.h"

/* A slot that began earlier and is longer than this is not looked for. */
#define LONGEST_SLOT (4 * G_TIME_SPAN_HOUR)

struct _RcpBlockTime
{
  GObject parent_instance;

  FhirClient *client;
  RcpClock *clock;
  RcpDeed deed;
  char *schedule_id;
  char *actor;
  GTimeZone *zone;
  RcpTimeRange range;
  RcpBlockKind kind;
  char *words;
  char *desk;
  gint64 done_at;
  gint64 until;        /* of an undo */
  GHashTable *restore; /* of an undo: reference to FhirResource as it was */
  GHashTable *expect;  /* of an undo: reference to FhirResource as it was left */
  RcpBlockPlan *plan;
  gboolean is_over_visits;
  guint n_known;
  GPtrArray *visits;   /* of RcpVisit: those that become work to do, or stop being it; or NULL */
  GPtrArray *tasks;    /* of FhirBundle: what the record knows of them as work, by portions */
  gboolean adds_work;  /* they become it */
  GPtrArray *changed;  /* of RcpVisit: those of which that was news; or NULL */
  GHashTable *left; /* once done: reference to FhirResource as the record holds it */
  gboolean started;
};

G_DEFINE_FINAL_TYPE (RcpBlockTime, rcp_block_time, G_TYPE_OBJECT)

static void
rcp_block_time_finalize (GObject *object)
{
  RcpBlockTime *self = RCP_BLOCK_TIME (object);

  g_clear_object (&self->client);
  g_clear_object (&self->clock);
  g_clear_pointer (&self->zone, g_time_zone_unref);
  g_clear_pointer (&self->restore, g_hash_table_unref);
  g_clear_pointer (&self->expect, g_hash_table_unref);
  g_clear_pointer (&self->left, g_hash_table_unref);
  g_clear_pointer (&self->plan, rcp_block_plan_free);
  g_clear_pointer (&self->visits, g_ptr_array_unref);
  g_clear_pointer (&self->changed, g_ptr_array_unref);
  g_ptr_array_unref (self->tasks);
  g_free (self->schedule_id);
  g_free (self->actor);
  g_free (self->words);
  g_free (self->desk);
  G_OBJECT_CLASS (rcp_block_time_parent_class)->finalize (object);
}

static void
rcp_block_time_class_init (RcpBlockTimeClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rcp_block_time_finalize;
}

static void
rcp_block_time_init (RcpBlockTime *self)
{
  self->tasks = g_ptr_array_new_with_free_func (g_object_unref);
}

static RcpBlockTime *
construct (FhirClient *client,
           RcpClock *clock,
           RcpDeed deed,
           const char *schedule_id,
           const char *actor,
           GTimeZone *zone,
           RcpTimeRange range)
{
  RcpBlockTime *self = g_object_new (RCP_TYPE_BLOCK_TIME, NULL);

  self->client = g_object_ref (client);
  self->clock = g_object_ref (clock);
  self->deed = deed;
  self->schedule_id = g_strdup (schedule_id);
  self->actor = g_strdup (actor);
  self->zone = g_time_zone_ref (zone);
  self->range = range;
  return self;
}

/**
 * rcp_block_time_new:
 * @client: the record
 * @clock: the time
 * @schedule_id: whose slots
 * @actor: (nullable): reference of whose time it is: visits of it without a slot are found as well
 * @zone: of the place
 * @range: the time; a slot that it only touches in part is blocked as well
 * @kind: what for
 * @words: (nullable): more about it
 *
 * Returns: (transfer full): one change, to be run once
 */
RcpBlockTime *
rcp_block_time_new (FhirClient *client,
                    RcpClock *clock,
                    const char *schedule_id,
                    const char *actor,
                    GTimeZone *zone,
                    RcpTimeRange range,
                    RcpBlockKind kind,
                    const char *words)
{
  RcpBlockTime *self;

  g_return_val_if_fail (FHIR_IS_CLIENT (client), NULL);
  g_return_val_if_fail (RCP_IS_CLOCK (clock), NULL);
  g_return_val_if_fail (schedule_id != NULL && zone != NULL, NULL);
  g_return_val_if_fail (range.start < range.end, NULL);

  self = construct (client, clock, RCP_DEED_BLOCK, schedule_id, actor, zone, range);
  self->adds_work = TRUE;
  self->kind = kind;
  self->words = words != NULL ? g_strstrip (g_strdup (words)) : NULL;
  return self;
}

RcpBlockTime *
rcp_block_time_new_unblock (FhirClient *client,
                            RcpClock *clock,
                            const char *schedule_id,
                            const char *actor,
                            GTimeZone *zone,
                            RcpTimeRange range)
{
  g_return_val_if_fail (FHIR_IS_CLIENT (client), NULL);
  g_return_val_if_fail (RCP_IS_CLOCK (clock), NULL);
  g_return_val_if_fail (schedule_id != NULL && zone != NULL, NULL);
  g_return_val_if_fail (range.start < range.end, NULL);

  return construct (client, clock, RCP_DEED_UNBLOCK, schedule_id, actor, zone, range);
}

/**
 * rcp_block_time_new_undo:
 * @done: a change
 * @grace: microseconds after it was done
 *
 * Returns: (transfer full) (nullable): what takes it back
 */
RcpBlockTime *
rcp_block_time_new_undo (RcpBlockTime *done, gint64 grace)
{
  RcpBlockTime *self;

  g_return_val_if_fail (RCP_IS_BLOCK_TIME (done), NULL);

  if (done->left == NULL || done->deed == RCP_DEED_UNDO)
    return NULL;
  self = construct (done->client, done->clock, RCP_DEED_UNDO, done->schedule_id, done->actor, done->zone, done->range);
  self->desk = g_strdup (done->desk);
  self->until = done->done_at + grace;
  self->restore = g_hash_table_ref (rcp_block_plan_get_before (done->plan));
  self->expect = g_hash_table_ref (done->left);
  self->visits = g_ptr_array_ref (done->changed);
  self->adds_work = done->deed == RCP_DEED_UNBLOCK;
  return self;
}

void
rcp_block_time_set_over_visits (RcpBlockTime *self, guint n_visits)
{
  g_return_if_fail (RCP_IS_BLOCK_TIME (self));

  self->is_over_visits = TRUE;
  self->n_known = n_visits;
}

guint
rcp_block_time_get_n_visits (RcpBlockTime *self)
{
  g_return_val_if_fail (RCP_IS_BLOCK_TIME (self), 0);
  return self->visits != NULL ? self->visits->len : 0;
}

char *
rcp_block_time_describe_visits (RcpBlockTime *self)
{
  g_return_val_if_fail (RCP_IS_BLOCK_TIME (self), NULL);
  return self->visits != NULL ? rcp_block_visits_name (self->visits, self->zone) : NULL;
}

void
rcp_block_time_set_desk (RcpBlockTime *self, const char *desk)
{
  g_return_if_fail (RCP_IS_BLOCK_TIME (self));

  g_free (self->desk);
  self->desk = g_strdup (desk);
}

RcpTimeRange
rcp_block_time_get_range (RcpBlockTime *self)
{
  g_return_val_if_fail (RCP_IS_BLOCK_TIME (self), ((RcpTimeRange){ 0, 0 }));
  return self->range;
}

RcpDeed
rcp_block_time_get_deed (RcpBlockTime *self)
{
  g_return_val_if_fail (RCP_IS_BLOCK_TIME (self), RCP_DEED_BLOCK);
  return self->deed;
}

gint64
rcp_block_time_get_until (RcpBlockTime *self)
{
  g_return_val_if_fail (RCP_IS_BLOCK_TIME (self), 0);
  return self->until;
}

static void
keep_left (RcpBlockTime *self, RcpRecordState *state)
{
  g_autoptr (GPtrArray) all = rcp_record_state_dup_all (state);

  self->left = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  for (guint i = 0; i < all->len; i++)
    g_hash_table_replace (self->left, g_strdup (fhir_resource_get_reference (all->pdata[i])),
                          g_object_ref (all->pdata[i]));
  self->done_at = rcp_clock_get_now (self->clock);
}

static void
on_committed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  RcpBlockTime *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (RcpRecordState) state = rcp_commit_finish (result, &error);

  if (state == NULL && g_error_matches (error, RCP_SCHEDULING_ERROR, RCP_SCHEDULING_ERROR_TAKEN))
    {
      g_task_return_error (task, rcp_scheduling_error_new_because (
                                     RCP_SCHEDULING_ERROR_CHANGED, self->deed,
                                     _ ("Somebody else changed this time meanwhile."),
                                     rcp_scheduling_error_get_detail (error)));
      return;
    }
  if (state == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  keep_left (self, state);
  g_task_return_boolean (task, TRUE);
}

static FhirSearch *
make_slot_search (RcpBlockTime *self)
{
  FhirSearch *search = fhir_search_new ("Slot");
  /* What is blocked under visits beside it is freed as well. */
  gint64 beside = self->deed == RCP_DEED_BLOCK ? 0 : LONGEST_SLOT;

  fhir_search_add_printf (search, "schedule", "Schedule/%s", self->schedule_id);
  fhir_search_add_instant (search, "start", "gt", self->range.start - LONGEST_SLOT);
  fhir_search_add_instant (search, "start", "lt", self->range.end + beside);
  fhir_search_add (search, "_count", "1000");
  return search;
}

static void
commit (GTask *task)
{
  RcpBlockTime *self = g_task_get_source_object (task);
  gint64 now = rcp_clock_get_now (self->clock);
  g_autoptr (RcpCommitPlan) plan = rcp_block_plan_make_commit (self->plan, self->deed, self->desk, self->words, now);

  self->changed = self->adds_work ? rcp_block_visits_add_work (plan->transaction, self->visits, self->tasks, now)
                                  : rcp_block_visits_end_work (plan->transaction, self->visits, self->tasks, now);
  g_ptr_array_add (plan->probes, make_slot_search (self));
  plan->n_probes_after_yes = 1;
  rcp_commit_async (self->client, g_steal_pointer (&plan), g_task_get_cancellable (task), on_committed_cb,
                    g_object_ref (task));
}

static void read_tasks (GTask *task);

static void
on_tasks_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  RcpBlockTime *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (FhirBundle) tasks = fhir_client_search_all_finish (self->client, result, &error);

  if (tasks == NULL)
    {
      g_task_return_error (task, rcp_scheduling_error_new_from_fhir (error, self->deed));
      return;
    }
  g_ptr_array_add (self->tasks, g_steal_pointer (&tasks));
  read_tasks (task);
}

/* What the record knows of the visits as work, one portion after the other; then all is changed at once. */
static void
read_tasks (GTask *task)
{
  RcpBlockTime *self = g_task_get_source_object (task);
  guint first = self->tasks->len * RCP_REFIT_TASKS_AT_ONCE;
  g_autoptr (FhirSearch) search = NULL;

  if (first >= self->visits->len)
    {
      commit (task);
      return;
    }
  search = rcp_refit_task_make_search (self->visits, first, MIN (RCP_REFIT_TASKS_AT_ONCE, self->visits->len - first));
  fhir_client_search_all_async (self->client, search, 0, g_task_get_cancellable (task), on_tasks_read_cb,
                                g_object_ref (task));
}

/* Where visits are looked for: what is freed may be more than what was asked for. */
static RcpTimeRange
get_reach (RcpBlockTime *self)
{
  return self->deed == RCP_DEED_BLOCK ? self->range : rcp_block_plan_get_reach (self->plan);
}

/* Whether the visits there are more than is known to whoever blocks. */
static gboolean
is_in_the_way (RcpBlockTime *self)
{
  if (self->is_over_visits)
    return self->visits->len > self->n_known;
  return self->visits->len > 0 || rcp_block_plan_is_booked (self->plan);
}

/* A visit of which only a part is free again fits no better than before. */
static void
keep_those_that_fit (RcpBlockTime *self)
{
  for (guint i = self->visits->len; i > 0; i--)
    if (rcp_block_plan_leaves_blocked (self->plan, rcp_visit_get_range (self->visits->pdata[i - 1])))
      g_ptr_array_remove_index (self->visits, i - 1);
}

static void
on_visits_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  RcpBlockTime *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (FhirBundle) bundle = fhir_client_search_all_finish (self->client, result, &error);
  g_autofree char *names = NULL;
  g_autofree char *what = NULL;

  if (bundle == NULL)
    {
      g_task_return_error (task, rcp_scheduling_error_new_from_fhir (error, self->deed));
      return;
    }
  g_ptr_array_unref (self->visits);
  self->visits = rcp_block_visits_pick (bundle, get_reach (self));
  if (self->deed == RCP_DEED_UNBLOCK)
    keep_those_that_fit (self);
  if (self->deed != RCP_DEED_BLOCK || !is_in_the_way (self))
    {
      read_tasks (task);
      return;
    }
  names = rcp_block_visits_name (self->visits, self->zone);
  /* Translators: a list of times and names of patients */
  what = names != NULL ? g_strdup_printf (_ ("There are visits in this time: %s."), names)
                       : g_strdup (_ ("There are visits in this time."));
  g_task_return_error (task, rcp_scheduling_error_new_because (RCP_SCHEDULING_ERROR_BOOKED, self->deed, what,
                                                               "a Slot is busy or an Appointment overlaps"));
}

/* Visits hold slots, or are put beside others and hold none: by time all of them are found. */
static void
read_visits (GTask *task)
{
  RcpBlockTime *self = g_task_get_source_object (task);
  g_autofree char *slots = rcp_block_plan_list_busy (self->plan);
  g_autoptr (FhirSearch) search = NULL;

  if (self->visits == NULL)
    self->visits = g_ptr_array_new ();
  if (self->deed == RCP_DEED_UNDO || (*slots == '\0' && self->actor == NULL))
    {
      read_tasks (task);
      return;
    }
  if (self->actor != NULL)
    {
      search = rcp_own_visits_make_search (self->actor, get_reach (self));
    }
  else
    {
      search = fhir_search_new ("Appointment");
      fhir_search_add (search, "slot", slots);
    }
  fhir_search_add (search, "_include", "Appointment:patient");
  fhir_client_search_all_async (self->client, search, 0, g_task_get_cancellable (task), on_visits_read_cb,
                                g_object_ref (task));
}

static gboolean
plan_change (RcpBlockTime *self, FhirBundle *slots, GError **error)
{
  const char *what = _ ("Nobody works in this time.");

  self->plan = rcp_block_plan_new (slots, self->range);
  if (self->deed == RCP_DEED_UNDO)
    {
      if (rcp_block_plan_restore (self->plan, self->restore, self->expect))
        return TRUE;
      g_propagate_error (error, rcp_scheduling_error_new_because (RCP_SCHEDULING_ERROR_CHANGED, self->deed,
                                                                  _ ("Somebody else changed this time meanwhile."),
                                                                  "a Slot has another version"));
      return FALSE;
    }
  if (self->deed == RCP_DEED_UNBLOCK)
    what = _ ("Nothing is blocked in this time.");
  if (self->deed == RCP_DEED_BLOCK ? rcp_block_plan_block (self->plan, self->kind, self->words)
                                   : rcp_block_plan_unblock (self->plan))
    return TRUE;
  g_propagate_error (error, rcp_scheduling_error_new_because (RCP_SCHEDULING_ERROR_REFUSED, self->deed, what, "no Slot"));
  return FALSE;
}

static void
on_slots_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  RcpBlockTime *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (FhirBundle) bundle = fhir_client_search_all_finish (self->client, result, &error);

  if (bundle == NULL)
    g_task_return_error (task, rcp_scheduling_error_new_from_fhir (error, self->deed));
  else if (!plan_change (self, bundle, &error))
    g_task_return_error (task, g_steal_pointer (&error));
  else
    read_visits (task);
}

static void
on_capabilities_loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  RcpBlockTime *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (FhirCapabilities) capabilities = fhir_client_load_capabilities_finish (self->client, result, &error);
  g_autoptr (FhirSearch) search = NULL;

  if (capabilities == NULL)
    {
      g_task_return_error (task, rcp_scheduling_error_new_from_fhir (error, self->deed));
      return;
    }
  if (!fhir_capabilities_has_transactions (capabilities))
    {
      g_task_return_error (task, rcp_scheduling_error_new (RCP_SCHEDULING_ERROR_NOT_ATOMIC, self->deed,
                                                           "no transaction interaction in the CapabilityStatement"));
      return;
    }
  search = make_slot_search (self);
  fhir_client_search_all_async (self->client, search, 0, g_task_get_cancellable (task), on_slots_read_cb,
                                g_object_ref (task));
}

/**
 * rcp_block_time_run_async:
 * @self: a change that was not run yet
 * @cancellable: (nullable): heeded until the change is sent; from then on the answer is always told
 * @callback: called with the result
 * @user_data: for @callback
 *
 * Blocks the time, or frees it: all of it, or nothing.
 */
void
rcp_block_time_run_async (RcpBlockTime *self,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (RCP_IS_BLOCK_TIME (self));
  g_return_if_fail (!self->started);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, rcp_block_time_run_async);
  g_task_set_check_cancellable (task, FALSE);
  self->started = TRUE;
  if (self->deed == RCP_DEED_UNDO && rcp_clock_get_now (self->clock) >= self->until)
    g_task_return_error (task, rcp_scheduling_error_new (RCP_SCHEDULING_ERROR_TOO_LATE, self->deed, NULL));
  else
    fhir_client_load_capabilities_async (self->client, cancellable, on_capabilities_loaded_cb, g_object_ref (task));
}

/**
 * rcp_block_time_run_finish:
 * @self: a change
 * @result: what the callback got
 * @error: a RcpSchedulingError, or G_IO_ERROR_CANCELLED when nothing was sent
 *
 * Returns: whether the record holds it, read back and compared
 */
gboolean
rcp_block_time_run_finish (RcpBlockTime *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  return g_task_propagate_boolean (G_TASK (result), error);
}
