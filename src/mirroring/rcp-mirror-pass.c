/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-mirror-pass"

#include "rcp-mirror-pass.h"

#include "clinic/rcp-values.h"
#include "rcp-mirror-words.h"
#include "scheduling/rcp-mirror-request.h"

#define MAX_IDS 50        /* in one question */
#define SETTLE 2000000    /* microseconds after which a failing refresh would have told so */

/* When an event was missed first, and how much trouble the server had made until then. */
typedef struct
{
  gint64 since;
  guint n_troubles;
} Suspect;

typedef struct
{
  RcpMirrorPass *pass;
  RcpMirrorFacts *facts;
  RcpMirrorPlan *plan;
  GHashTable *patients; /* id of a visit to that of its patient */
  GPtrArray *requests;
  GPtrArray *strays; /* ids of visits that the record is still to be asked for */
  RcpMirrorResult *result;
  GError *error; /* of the steps, while the record is written nevertheless */
} Run;

RcpMirrorPass *
rcp_mirror_pass_new (FhirClient *client, RcpClock *clock, RcpMirrorCalendar *calendar, const char *practitioner_id)
{
  RcpMirrorPass *pass = g_new0 (RcpMirrorPass, 1);
  g_autofree char *key = rcp_mirror_calendar_dup_key (calendar);

  pass->client = g_object_ref (client);
  pass->clock = g_object_ref (clock);
  pass->calendar = g_object_ref (calendar);
  pass->practitioner_id = g_strdup (practitioner_id);
  pass->ledger = rcp_mirror_ledger_new (practitioner_id, key);
  pass->seen = rcp_mirror_seen_new ();
  pass->suspects = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  return pass;
}

void
rcp_mirror_pass_free (RcpMirrorPass *pass)
{
  g_object_unref (pass->client);
  g_object_unref (pass->clock);
  g_object_unref (pass->calendar);
  rcp_mirror_ledger_free (pass->ledger);
  rcp_mirror_seen_free (pass->seen);
  g_hash_table_unref (pass->suspects);
  g_free (pass->practitioner_id);
  g_free (pass->zone);
  g_free (pass->place);
  g_free (pass);
}

void
rcp_mirror_result_free (RcpMirrorResult *result)
{
  g_clear_pointer (&result->requests, g_ptr_array_unref);
  g_free (result);
}

static void
run_free (Run *run)
{
  g_clear_pointer (&run->plan, rcp_mirror_plan_free);
  rcp_mirror_facts_free (run->facts);
  g_hash_table_unref (run->patients);
  g_clear_pointer (&run->requests, g_ptr_array_unref);
  g_clear_pointer (&run->strays, g_ptr_array_unref);
  g_clear_pointer (&run->result, rcp_mirror_result_free);
  g_clear_error (&run->error);
  g_free (run);
}

/* Where @error is set, the task ends with it. */
static gboolean
has_failed (GTask *task, GError *error)
{
  if (error != NULL)
    g_task_return_error (task, error);
  return error != NULL;
}

static void
return_result (GTask *task)
{
  Run *run = g_task_get_task_data (task);

  if (run->error != NULL)
    g_task_return_error (task, g_steal_pointer (&run->error));
  else
    g_task_return_pointer (task, g_steal_pointer (&run->result), (GDestroyNotify)rcp_mirror_result_free);
}

static void
on_record_written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Run *run = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (FhirBundle) reply = fhir_client_transact_finish (FHIR_CLIENT (source), result, &error);

  run->result->has_written = reply != NULL;
  /* Another desk was faster: what is left to write follows from the next look. */
  if (g_error_matches (error, FHIR_ERROR, FHIR_ERROR_CONFLICT))
    run->result->has_written = TRUE;
  else if (error != NULL && run->error == NULL)
    run->error = g_steal_pointer (&error);
  return_result (task);
}

static void
write_record (GTask *task)
{
  Run *run = g_task_get_task_data (task);
  g_autoptr (FhirTransaction) transaction = fhir_transaction_new ();
  gint64 now = rcp_clock_get_now (run->pass->clock);

  rcp_mirror_ledger_write (run->pass->ledger, run->plan->seen, run->plan->forgotten, transaction);
  for (guint i = 0; i < run->plan->claims->len; i++)
    {
      const RcpMirrorClaim *claim = run->plan->claims->pdata[i];

      rcp_mirror_request_add_to (transaction, claim, run->pass->practitioner_id,
                                 g_hash_table_lookup (run->patients, claim->id), now);
    }
  for (guint i = 0; i < run->plan->closes->len; i++)
    {
      const RcpMirrorClose *close = &g_array_index (run->plan->closes, RcpMirrorClose, i);

      rcp_mirror_request_end_in (transaction, close->asked->tag, close->end, now);
    }
  if (fhir_transaction_get_n_entries (transaction) == 0)
    return_result (task);
  else
    fhir_client_transact_async (run->pass->client, transaction, g_task_get_cancellable (task), on_record_written_cb,
                                g_object_ref (task));
}

static void
on_steps_run_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Run *run = g_task_get_task_data (task);
  guint n_conflicts = 0;

  rcp_mirror_calendar_run_finish (RCP_MIRROR_CALENDAR (source), result, &n_conflicts, &run->error);
  if (run->error != NULL)
    run->pass->n_waiting = run->plan->steps->len;
  run->pass->has_clashed = n_conflicts > 0;
  if (n_conflicts > 0)
    run->result->is_behind = TRUE;
  write_record (task);
}

static void
carry_out (GTask *task)
{
  Run *run = g_task_get_task_data (task);

  run->pass->has_clashed = FALSE;
  run->result->n_steps = run->plan->steps->len;
  run->result->n_suspects = run->plan->suspects->len;
  run->result->is_behind = run->plan->has_unsent;
  run->result->n_mirrored = g_hash_table_size (run->facts->held);
  if (run->plan->steps->len == 0)
    write_record (task);
  else
    rcp_mirror_calendar_run_async (run->pass->calendar, run->plan->steps, rcp_clock_get_now (run->pass->clock),
                                   g_task_get_cancellable (task), on_steps_run_cb, g_object_ref (task));
}

static void
make_plan (Run *run)
{
  g_clear_pointer (&run->plan, rcp_mirror_plan_free);
  run->plan = rcp_mirror_plan_new (run->facts);
}

/* Evolution Data Server does not find an event either when its server has just gone. But then the refresh that was begun after the first
 * look has failed, and told so. */
static gboolean
is_proven (RcpMirrorPass *pass, const char *id)
{
  Suspect *suspect = g_hash_table_lookup (pass->suspects, id);
  guint n_troubles = rcp_mirror_calendar_get_n_troubles (pass->calendar);
  gint64 now = g_get_monotonic_time ();

  if (!rcp_mirror_calendar_has_server (pass->calendar))
    return TRUE;
  if (suspect != NULL && suspect->n_troubles == n_troubles)
    return now - suspect->since >= SETTLE;
  suspect = g_new (Suspect, 1);
  *suspect = (Suspect){ now, n_troubles };
  g_hash_table_replace (pass->suspects, g_strdup (id), suspect);
  return FALSE;
}

static void
on_checked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Run *run = g_task_get_task_data (task);
  GError *error = NULL;
  g_auto (GStrv) missing = rcp_mirror_calendar_check_finish (RCP_MIRROR_CALENDAR (source), result, &error);
  GHashTableIter iter;
  char *id;

  if (has_failed (task, error))
    return;
  g_hash_table_iter_init (&iter, run->pass->suspects);
  while (g_hash_table_iter_next (&iter, (gpointer *)&id, NULL))
    if (!g_strv_contains ((const char *const *)missing, id))
      g_hash_table_iter_remove (&iter);
  for (guint i = 0; missing[i] != NULL; i++)
    if (is_proven (run->pass, missing[i]))
      g_hash_table_add (run->facts->missing, g_strdup (missing[i]));
  make_plan (run);
  carry_out (task);
}

static void
check_suspects (GTask *task)
{
  Run *run = g_task_get_task_data (task);
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();

  make_plan (run);
  for (guint i = 0; i < MIN (run->plan->suspects->len, MAX_IDS); i++)
    g_ptr_array_add (ids, run->plan->suspects->pdata[i]);
  if (ids->len == 0)
    {
      g_hash_table_remove_all (run->pass->suspects);
      carry_out (task);
      return;
    }
  g_ptr_array_add (ids, NULL);
  rcp_mirror_calendar_check_async (run->pass->calendar, (const char *const *)ids->pdata, g_task_get_cancellable (task),
                                   on_checked_cb, g_object_ref (task));
}

static void
take_visit (Run *run, RcpVisit *visit)
{
  RcpMirrorPass *pass = run->pass;
  RcpMirrorVisit *mirrored
      = rcp_mirror_words_for (visit, pass->practitioner_id, pass->privacy, pass->zone, pass->place);

  g_hash_table_replace (run->facts->wanted, mirrored->id, mirrored);
  if (rcp_visit_get_patient_id (visit) != NULL)
    g_hash_table_replace (run->patients, g_strdup (mirrored->id), g_strdup (rcp_visit_get_patient_id (visit)));
}

static void
take_visits (Run *run, FhirBundle *bundle)
{
  GPtrArray *matches = fhir_bundle_get_matches (bundle);

  for (guint i = 0; i < matches->len; i++)
    {
      g_autoptr (RcpVisit) visit = rcp_visit_new_in_bundle (matches->pdata[i], bundle);

      if (rcp_visit_get_id (visit) != NULL)
        take_visit (run, visit);
    }
}

/* What is over for long stays in the calendar as it is, and nobody answers for it any more. */
static void
close_past (Run *run, const char *id)
{
  RcpMirrorVisit *visit = g_hash_table_lookup (run->facts->wanted, id);

  if (visit == NULL || visit->range.end >= run->pass->window.start || visit->state >= RCP_MIRROR_CANCELLED)
    return;
  g_hash_table_remove (run->facts->held, id);
  visit->state = RCP_MIRROR_GONE;
}

static void ask_for_strays (GTask *task);

static void
on_strays_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Run *run = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (FhirBundle) bundle = fhir_client_search_all_finish (FHIR_CLIENT (source), result, &error);
  guint n = MIN (run->strays->len, MAX_IDS);

  if (has_failed (task, error))
    return;
  take_visits (run, bundle);
  for (guint i = 0; i < n; i++)
    {
      const char *id = run->strays->pdata[i];

      if (g_hash_table_lookup (run->facts->wanted, id) == NULL)
        {
          RcpMirrorVisit *gone = rcp_mirror_visit_new (id, (RcpTimeRange){ 0, 0 }, RCP_MIRROR_GONE);

          g_hash_table_replace (run->facts->wanted, gone->id, gone);
        }
      close_past (run, id);
    }
  g_ptr_array_remove_range (run->strays, 0, n);
  ask_for_strays (task);
}

static void
ask_for_strays (GTask *task)
{
  Run *run = g_task_get_task_data (task);
  g_autoptr (FhirSearch) search = NULL;
  g_autoptr (GString) ids = NULL;

  if (run->strays->len == 0)
    {
      check_suspects (task);
      return;
    }
  ids = g_string_new (NULL);
  for (guint i = 0; i < MIN (run->strays->len, MAX_IDS); i++)
    g_string_append_printf (ids, "%s%s", i > 0 ? "," : "", (char *)run->strays->pdata[i]);
  search = fhir_search_new ("Appointment");
  fhir_search_add (search, "_id", ids->str);
  fhir_search_add (search, "_include", "Appointment:patient");
  fhir_client_search_all_async (run->pass->client, search, 0, g_task_get_cancellable (task), on_strays_read_cb,
                                g_object_ref (task));
}

static void
add_stray (Run *run, const char *id)
{
  if (g_hash_table_lookup (run->facts->wanted, id) == NULL
      && !g_ptr_array_find_with_equal_func (run->strays, id, g_str_equal, NULL))
    g_ptr_array_add (run->strays, g_strdup (id));
}

/* Visits of which something is known, and which are not in the window with this provider. */
static void
find_strays (Run *run)
{
  GHashTableIter iter;
  gpointer id;

  run->strays = g_ptr_array_new_with_free_func (g_free);
  g_hash_table_iter_init (&iter, run->facts->bases);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    add_stray (run, id);
  g_hash_table_iter_init (&iter, run->facts->held);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    add_stray (run, id);
  for (guint i = 0; i < run->requests->len; i++)
    add_stray (run, rcp_mirror_request_get_visit_id (run->requests->pdata[i]));
}

/* The calendar is away: what it lacks is told by what it was seen to have. A cancelled visit that it has is not counted, as nobody
 * knows whether it is struck out there. */
static guint
count_waiting (Run *run)
{
  GHashTableIter iter;
  RcpMirrorVisit *visit;
  guint n = 0;

  g_hash_table_iter_init (&iter, run->facts->wanted);
  while (g_hash_table_iter_next (&iter, NULL, (gpointer *)&visit))
    {
      const RcpMirrorBase *base = g_hash_table_lookup (run->facts->bases, visit->id);

      if (visit->state < RCP_MIRROR_CANCELLED
          && (base == NULL || base->range.start != visit->range.start || base->range.end != visit->range.end))
        n++;
    }
  return n;
}

static void
on_calendar_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Run *run = g_task_get_task_data (task);
  GError *error = NULL;
  GHashTable *held = rcp_mirror_calendar_read_finish (RCP_MIRROR_CALENDAR (source), result, &error);

  run->pass->n_waiting = held == NULL ? count_waiting (run) : 0;
  if (has_failed (task, error))
    return;
  g_hash_table_unref (run->facts->held);
  run->facts->held = held;
  run->facts->invites = run->pass->invites;
  run->facts->host = g_strdup (rcp_mirror_calendar_get_address (run->pass->calendar));
  run->facts->is_just_on = run->pass->is_just_on;
  run->facts->now = rcp_clock_get_now (run->pass->clock);
  find_strays (run);
  ask_for_strays (task);
}

static void
take_requests (Run *run)
{
  for (guint i = 0; i < run->requests->len; i++)
    {
      RcpMirrorRequest *request = run->requests->pdata[i];
      g_autoptr (RcpMirrorClaim) claim
          = rcp_mirror_claim_new (rcp_mirror_request_get_visit_id (request), rcp_mirror_request_get_deed (request),
                                  rcp_mirror_request_get_range (request));

      g_ptr_array_add (run->facts->asked,
                       rcp_mirror_asked_new (claim, rcp_mirror_request_is_refused (request), request));
      if (!rcp_mirror_request_is_refused (request))
        g_ptr_array_add (run->result->requests, g_object_ref (request));
    }
}

/* A visit that was never seen there has its event where the visit is, or none; unless a desk ended before it wrote down that it was seen,
 * and the provider has moved it far since. Then it cannot be created, and is looked for. */
static void
read_calendar (GTask *task)
{
  Run *run = g_task_get_task_data (task);
  g_autoptr (GHashTable) ids = g_hash_table_new (g_str_hash, g_str_equal);
  GHashTableIter iter;
  gpointer id;
  g_autofree const char **list = NULL;

  g_hash_table_iter_init (&iter, run->facts->bases);
  while (g_hash_table_iter_next (&iter, &id, NULL))
    g_hash_table_add (ids, id);
  if (run->pass->has_clashed)
    {
      g_hash_table_iter_init (&iter, run->facts->wanted);
      while (g_hash_table_iter_next (&iter, &id, NULL))
        g_hash_table_add (ids, id);
    }
  for (guint i = 0; i < run->requests->len; i++)
    g_hash_table_add (ids, (gpointer)rcp_mirror_request_get_visit_id (run->requests->pdata[i]));
  list = (const char **)g_hash_table_get_keys_as_array (ids, NULL);
  rcp_mirror_calendar_read_async (run->pass->calendar, list, run->pass->window, g_task_get_cancellable (task),
                                  on_calendar_read_cb, g_object_ref (task));
}

static void
on_requests_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Run *run = g_task_get_task_data (task);
  GError *error = NULL;

  run->requests = rcp_mirror_requests_read_finish (result, &error);
  if (has_failed (task, error))
    return;
  take_requests (run);
  read_calendar (task);
}

static void
on_ledger_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Run *run = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (FhirBundle) bundle = fhir_client_search_all_finish (FHIR_CLIENT (source), result, &error);

  if (has_failed (task, error))
    return;
  rcp_mirror_ledger_load (run->pass->ledger, bundle);
  g_hash_table_unref (run->facts->bases);
  run->facts->bases = rcp_mirror_ledger_dup_bases (run->pass->ledger);
  rcp_mirror_requests_read_async (run->pass->client, run->pass->practitioner_id, g_task_get_cancellable (task),
                                  on_requests_read_cb, g_object_ref (task));
}

static void
on_visits_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Run *run = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (FhirBundle) bundle = fhir_client_search_all_finish (FHIR_CLIENT (source), result, &error);
  g_autoptr (FhirSearch) search = NULL;

  if (has_failed (task, error))
    return;
  rcp_mirror_seen_take (run->pass->seen, bundle,
                        &(RcpMirrorTongue){ run->pass->practitioner_id, run->pass->privacy, run->pass->zone, run->pass->place });
  rcp_mirror_seen_tell (run->pass->seen, run->facts->wanted, run->patients);
  search = rcp_mirror_ledger_make_search (run->pass->ledger);
  fhir_client_search_all_async (run->pass->client, search, 0, g_task_get_cancellable (task), on_ledger_read_cb,
                                g_object_ref (task));
}

static void
on_capabilities_loaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Run *run = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (FhirCapabilities) capabilities = fhir_client_load_capabilities_finish (FHIR_CLIENT (source), result, &error);
  g_autoptr (FhirSearch) search = NULL;

  if (has_failed (task, error))
    return;
  search = rcp_mirror_seen_make_search (run->pass->seen, run->pass->practitioner_id, run->pass->window,
                                        fhir_capabilities_has_search_param (capabilities, "Appointment", "_lastUpdated"),
                                        g_get_monotonic_time ());
  fhir_client_search_all_async (run->pass->client, search, 0, g_task_get_cancellable (task), on_visits_read_cb, g_object_ref (task));
}

/**
 * rcp_mirror_pass_run_async:
 * @pass: what is needed
 * @cancellable: (nullable): to give it up
 * @callback: called with the result
 * @user_data: for @callback
 *
 * The record is read before the calendar: what a desk books meanwhile is found by the next pass, and nothing that was read is old enough
 * to undo it, as each write tells which version it means.
 */
void
rcp_mirror_pass_run_async (RcpMirrorPass *pass, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  Run *run;

  g_return_if_fail (pass != NULL);

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, rcp_mirror_pass_run_async);
  run = g_new0 (Run, 1);
  run->pass = pass;
  run->facts = rcp_mirror_facts_new ();
  run->patients = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  run->result = g_new0 (RcpMirrorResult, 1);
  run->result->requests = g_ptr_array_new_with_free_func (g_object_unref);
  g_task_set_task_data (task, run, (GDestroyNotify)run_free);
  fhir_client_load_capabilities_async (pass->client, cancellable, on_capabilities_loaded_cb, g_object_ref (task));
}

RcpMirrorResult *
rcp_mirror_pass_run_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
