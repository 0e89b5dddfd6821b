/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-refit-hours"

#include "rcp-refit-private.h"

#include "clinic/rcp-codes.h"
#include "rcp-setup-private.h"

/* Small enough that a desk that books meanwhile hardly waits; fewer for a server that does not take so many. */
#define CHANGES_PER_TRANSACTION 200
#define FEWEST_CHANGES 4
/* How often one Schedule is read again because another desk booked in between. */
#define MAX_READS 50
/* Slots may be published farther than the horizon, but not for ever. */
#define MAX_DAYS 800

/**
 * One Schedule after the other: read its slots, remove and add in transactions that a booking in between stops, read
 * again then; its visits become Tasks; and only then it says no more that it has to be done.
 */
typedef struct
{
  FhirClient *client;
  RcpRoster *roster;
  GPtrArray *targets; /* of RcpRefitTarget */
  gint64 now;
  guint horizon_days;
  guint next_target;
  GArray *slots;   /* of RcpSlot */
  GArray *removed; /* indices */
  GArray *added;   /* of RcpTimeRange */
  GArray *open;
  guint n_reads;
  guint next;    /* change: those to remove first, then those to add */
  guint n_sent;
  guint at_once;
  RcpRefitReport report;
} Refit;

static void refit_next_target (GTask *task);
static void read_slots (GTask *task);
static void send_changes (GTask *task);

static void
clear_plan (Refit *self)
{
  g_clear_pointer (&self->slots, g_array_unref);
  g_clear_pointer (&self->removed, g_array_unref);
  g_clear_pointer (&self->added, g_array_unref);
  g_clear_pointer (&self->open, g_array_unref);
}

static void
refit_free (Refit *self)
{
  clear_plan (self);
  g_clear_object (&self->client);
  g_clear_pointer (&self->targets, g_ptr_array_unref);
  g_clear_object (&self->roster);
  g_free (self);
}

static RcpRefitTarget *
get_target (Refit *self)
{
  return self->targets->pdata[self->next_target];
}

static void
on_unmarked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Refit *self = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (FhirResource) schedule = fhir_client_update_finish (self->client, result, &error);

  /* Changed again meanwhile: then it is to be done again, by whoever did that. */
  if (schedule == NULL && !g_error_matches (error, FHIR_ERROR, FHIR_ERROR_CONFLICT))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  self->report.n_schedules += schedule != NULL;
  self->next_target++;
  refit_next_target (task);
}

static void
on_visits_done_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Refit *self = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  gssize n = rcp_refit_visits_finish (result, &error);
  g_autoptr (JsonObject) schedule = NULL;
  g_autofree char *if_match = NULL;

  if (n < 0)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  self->report.n_visits += (guint)n;
  schedule = fhir_resource_dup_json (get_target (self)->schedule);
  if_match = fhir_resource_dup_if_match (get_target (self)->schedule);
  rcp_setup_drop_extensions (schedule, RCP_EXTENSION_REFIT);
  fhir_client_update_async (self->client, schedule, if_match, g_task_get_cancellable (task), on_unmarked_cb,
                            g_object_ref (task));
}

static void
look_at_visits (GTask *task)
{
  Refit *self = g_task_get_task_data (task);
  g_autoptr (GHashTable) ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < self->slots->len; i++)
    g_hash_table_add (ids, g_strdup (g_array_index (self->slots, RcpSlot, i).id));
  rcp_refit_visits_async (self->client, get_target (self), ids, self->now, self->open, g_task_get_cancellable (task),
                          on_visits_done_cb, g_object_ref (task));
}

static gboolean
is_smaller_wanted (Refit *self, const GError *error)
{
  return g_error_matches (error, FHIR_ERROR, FHIR_ERROR_REFUSED) && self->n_sent > FEWEST_CHANGES;
}

/* Somebody booked one of these slots, or did the same as we. What came of a send without a reply is seen as well. */
static gboolean
is_reading_again (Refit *self, const GError *error)
{
  return self->n_reads < MAX_READS
         && (g_error_matches (error, FHIR_ERROR, FHIR_ERROR_CONFLICT)
             || g_error_matches (error, FHIR_ERROR, FHIR_ERROR_NOT_FOUND));
}

static void
on_changes_sent_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Refit *self = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (FhirBundle) reply = fhir_client_transact_finish (self->client, result, &error);

  if (reply == NULL && is_smaller_wanted (self, error))
    {
      self->at_once = self->n_sent / 2;
      send_changes (task);
      return;
    }
  if (reply == NULL && is_reading_again (self, error))
    {
      read_slots (task);
      return;
    }
  if (reply == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  for (guint i = self->next; i < self->next + self->n_sent; i++)
    *(i < self->removed->len ? &self->report.n_removed : &self->report.n_added) += 1;
  self->next += self->n_sent;
  send_changes (task);
}

static void
add_change (Refit *self, FhirTransaction *transaction, guint index)
{
  if (index < self->removed->len)
    {
      const RcpSlot *slot = &g_array_index (self->slots, RcpSlot, g_array_index (self->removed, guint, index));
      g_autofree char *reference = g_strconcat ("Slot/", slot->id, NULL);
      g_autofree char *if_match = slot->version_id != NULL ? g_strdup_printf ("W/\"%s\"", slot->version_id) : NULL;

      fhir_transaction_delete (transaction, reference, if_match);
    }
  else
    {
      RcpTimeRange range = g_array_index (self->added, RcpTimeRange, index - self->removed->len);
      g_autoptr (JsonObject) slot = rcp_hours_slot_json_new (fhir_resource_get_id (get_target (self)->schedule), range);
      g_autofree char *condition = rcp_hours_slot_condition (slot);

      fhir_transaction_create (transaction, slot, condition);
    }
}

static void
send_changes (GTask *task)
{
  Refit *self = g_task_get_task_data (task);
  g_autoptr (FhirTransaction) transaction = NULL;

  self->n_sent = MIN (self->at_once, self->removed->len + self->added->len - self->next);
  if (self->n_sent == 0)
    {
      look_at_visits (task);
      return;
    }
  transaction = fhir_transaction_new ();
  for (guint i = 0; i < self->n_sent; i++)
    add_change (self, transaction, self->next + i);
  fhir_client_transact_async (self->client, transaction, g_task_get_cancellable (task), on_changes_sent_cb,
                              g_object_ref (task));
}

/* To the horizon, and as far as there are slots already. */
static guint
count_days (Refit *self, const GDate *today)
{
  GDate last;
  int n_days = (int)self->horizon_days;

  if (self->slots->len > 0)
    {
      rcp_time_get_day (g_array_index (self->slots, RcpSlot, self->slots->len - 1).range.start, get_target (self)->zone,
                        &last);
      n_days = MAX (n_days, g_date_days_between (today, &last) + 1);
    }
  return (guint)MIN (n_days, MAX_DAYS);
}

static void
on_slots_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Refit *self = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (FhirBundle) bundle = fhir_client_search_all_finish (self->client, result, &error);
  g_autoptr (GArray) wanted = NULL;
  GDate today;
  guint n_days;

  if (bundle == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  clear_plan (self);
  self->slots = rcp_slots_from_bundle (bundle);
  rcp_time_get_day (self->now, get_target (self)->zone, &today);
  n_days = count_days (self, &today);
  self->open = rcp_refit_list_open (get_target (self), &today, n_days);
  wanted = rcp_refit_list_slots (get_target (self), &today, n_days, self->now, rcp_roster_get_grain (self->roster));
  rcp_refit_plan (self->slots, wanted, &self->removed, &self->added);
  self->next = 0;
  send_changes (task);
}

static void
read_slots (GTask *task)
{
  Refit *self = g_task_get_task_data (task);
  g_autoptr (FhirSearch) search = fhir_search_new ("Slot");

  self->n_reads++;
  fhir_search_add_printf (search, "schedule", "Schedule/%s", fhir_resource_get_id (get_target (self)->schedule));
  fhir_search_add_instant (search, "start", "ge", self->now);
  fhir_search_add (search, "_sort", "start");
  fhir_search_add (search, "_count", "1000");
  fhir_client_search_all_async (self->client, search, 0, g_task_get_cancellable (task), on_slots_read_cb,
                                g_object_ref (task));
}

static void
refit_next_target (GTask *task)
{
  Refit *self = g_task_get_task_data (task);

  if (self->next_target == self->targets->len)
    {
      g_task_return_boolean (task, TRUE);
      return;
    }
  self->n_reads = 0;
  read_slots (task);
}

/**
 * rcp_refit_hours_async:
 * @client: the record
 * @roster: the clinic, read after its hours were changed
 * @clock: the time
 * @horizon_days: how far ahead slots are published, today included
 * @cancellable: (nullable): to stop; what is done stays, and the rest is done next time
 * @callback: called with the result
 * @user_data: for @callback
 *
 * Makes slots follow changed hours, and lists the visits that do not fit any more.
 */
void
rcp_refit_hours_async (FhirClient *client,
                       RcpRoster *roster,
                       RcpClock *clock,
                       guint horizon_days,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  Refit *self;

  g_return_if_fail (FHIR_IS_CLIENT (client));
  g_return_if_fail (RCP_IS_ROSTER (roster));
  g_return_if_fail (RCP_IS_CLOCK (clock));

  task = g_task_new (client, cancellable, callback, user_data);
  g_task_set_source_tag (task, rcp_refit_hours_async);
  self = g_new0 (Refit, 1);
  self->client = g_object_ref (client);
  self->roster = g_object_ref (roster);
  self->targets = rcp_refit_list_targets (roster);
  self->now = rcp_clock_get_now (clock);
  self->horizon_days = horizon_days;
  self->at_once = CHANGES_PER_TRANSACTION;
  g_task_set_task_data (task, self, (GDestroyNotify)refit_free);
  refit_next_target (task);
}

/**
 * rcp_refit_hours_finish:
 * @result: what the callback got
 * @report: (out) (optional): what was done, also when not all of it was
 * @error: a FhirError; what was done until then stays
 *
 * Returns: whether all slots follow their hours
 */
gboolean
rcp_refit_hours_finish (GAsyncResult *result, RcpRefitReport *report, GError **error)
{
  Refit *self;

  g_return_val_if_fail (g_async_result_is_tagged (result, rcp_refit_hours_async), FALSE);

  self = g_task_get_task_data (G_TASK (result));
  if (report != NULL)
    *report = self->report;
  return g_task_propagate_boolean (G_TASK (result), error);
}
