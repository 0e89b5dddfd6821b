/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-mirror-clear"

#include "rcp-mirror-clear.h"

#include "calendars/rcp-mirror-calendar.h"
#include "rcp-mirror-ledger.h"
#include "scheduling/rcp-mirror-mark.h"
#include "scheduling/rcp-mirror-realm.h"
#include "scheduling/rcp-mirror-request.h"

/* Wherever the provider may have moved an event: a calendar of this computer finds none by its UID outside of the time that it is asked
 * for. */
#define ANYWHERE (3650 * G_TIME_SPAN_DAY)
/* A calendar that nobody had open is not connected at once. */
#define TRIES 20       /* while somebody waits */
#define MANY_TRIES 120 /* while nobody does */
#define PAUSE_MS 500

typedef struct
{
  FhirClient *client;
  RcpClock *clock;
  char *practitioner_id;
  RcpMirrorCalendar *calendar;
  RcpMirrorLedger *ledger;
  GHashTable *ids;    /* set of ids of visits whose events are to be taken out */
  GHashTable *held;   /* what the calendar does */
  GPtrArray *gone;    /* of RcpMirrorVisit: that are to be taken out */
  GArray *steps;
  guint n_tries;
  guint n_removed;
  char *mark;         /* that says so in the record; NULL before it does */
  GStrv marked;       /* what it says; NULL where the record knew the rest until now */
} Clear;

static void
clear_free (Clear *self)
{
  g_clear_pointer (&self->steps, g_array_unref);
  g_clear_pointer (&self->gone, g_ptr_array_unref);
  g_clear_pointer (&self->held, g_hash_table_unref);
  g_hash_table_unref (self->ids);
  g_strfreev (self->marked);
  g_free (self->mark);
  rcp_mirror_ledger_free (self->ledger);
  g_object_unref (self->calendar);
  g_free (self->practitioner_id);
  g_object_unref (self->clock);
  g_object_unref (self->client);
  g_free (self);
}

/* Where @error is set, the task ends with it. */
static gboolean
has_failed (GTask *task, GError *error)
{
  if (error != NULL)
    g_task_return_error (task, error);
  return error != NULL;
}

static void read_calendar (GTask *task);

static gboolean
on_pause_over_cb (gpointer data)
{
  read_calendar (data);
  return G_SOURCE_REMOVE;
}

/* FALSE where there is no hope, or it was waited for long enough; else takes @error. */
static gboolean
try_again (GTask *task, GError *error)
{
  Clear *self = g_task_get_task_data (task);
  gboolean is_watched = self->marked == NULL;

  if (error == NULL || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)
      || (is_watched && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_CONNECTED))
      || ++self->n_tries >= (is_watched ? TRIES : MANY_TRIES))
    return FALSE;
  g_error_free (error);
  g_timeout_add_full (G_PRIORITY_DEFAULT, PAUSE_MS, on_pause_over_cb, g_object_ref (task), g_object_unref);
  return TRUE;
}

static void
return_count (GTask *task)
{
  Clear *self = g_task_get_task_data (task);

  g_task_return_int (task, (gssize) self->n_removed);
}

/* A mark that stays is found at the next start, and then nothing is left to take out. */
static void
on_mark_dropped_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  if (!rcp_mirror_mark_drop_finish (result, &error))
    g_message ("The mark of a calendar that is cleared stays: code %d", error->code);
  return_count (task);
}

static void
on_steps_run_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Clear *self = g_task_get_task_data (task);
  GError *error = NULL;
  guint n_conflicts = 0;

  rcp_mirror_calendar_run_finish (RCP_MIRROR_CALENDAR (source), result, &n_conflicts, &error);
  if (try_again (task, error) || has_failed (task, error))
    return;
  /* What the provider changed at that moment is the provider's now. */
  self->n_removed = self->steps->len - MIN (n_conflicts, self->steps->len);
  if (self->mark == NULL)
    return_count (task);
  else
    rcp_mirror_mark_drop_async (self->client, self->mark, g_task_get_cancellable (task), on_mark_dropped_cb, g_object_ref (task));
}

static void
take_out (GTask *task)
{
  Clear *self = g_task_get_task_data (task);
  GHashTableIter iter;
  const char *id;
  RcpMirrorHeld *held;

  g_array_set_size (self->steps, 0);
  g_ptr_array_set_size (self->gone, 0);
  g_hash_table_iter_init (&iter, self->held);
  while (g_hash_table_iter_next (&iter, (gpointer *) &id, (gpointer *) &held))
    {
      RcpMirrorStep step = { .kind = RCP_MIRROR_REMOVE, .held = held };

      /* Two providers may share a calendar. */
      if (!g_hash_table_contains (self->ids, id))
        continue;
      g_ptr_array_add (self->gone, rcp_mirror_visit_new (id, held->range, RCP_MIRROR_GONE));
      step.visit = g_ptr_array_index (self->gone, self->gone->len - 1);
      g_array_append_val (self->steps, step);
    }
  rcp_mirror_calendar_run_async (self->calendar, self->steps, rcp_clock_get_now (self->clock), g_task_get_cancellable (task),
                                 on_steps_run_cb, g_object_ref (task));
}

static void
on_forgotten_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (FhirBundle) reply = fhir_client_transact_finish (FHIR_CLIENT (source), result, &error);

  if (!has_failed (task, error))
    take_out (task);
}

/* (transfer container) (array zero-terminated=1) */
static const char **
list_ids (Clear *self)
{
  return (const char **) g_hash_table_get_keys_as_array (self->ids, NULL);
}

/* First of all: what is missing in the calendar and still known here would look like the provider's doing. What the provider
 * asked for ends with it. A mark remembers what is left to do. */
static void
forget (GTask *task, GPtrArray *requests)
{
  Clear *self = g_task_get_task_data (task);
  g_autoptr (FhirTransaction) transaction = fhir_transaction_new ();
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  g_autoptr (GPtrArray) forgotten = g_ptr_array_new ();
  g_autofree const char **ids = list_ids (self);
  g_autofree char *key = rcp_mirror_calendar_dup_key (self->calendar);

  for (guint i = 0; ids[i] != NULL; i++)
    g_ptr_array_add (forgotten, (gpointer) ids[i]);
  rcp_mirror_ledger_write (self->ledger, none, forgotten, transaction);
  if (ids[0] != NULL)
    self->mark = rcp_mirror_mark_add_to (transaction, key, self->practitioner_id, ids);
  for (guint i = 0; i < requests->len; i++)
    rcp_mirror_request_end_in (transaction, requests->pdata[i], RCP_MIRROR_END_WITHDRAWN, rcp_clock_get_now (self->clock));
  if (fhir_transaction_get_n_entries (transaction) == 0)
    take_out (task);
  else
    fhir_client_transact_async (self->client, transaction, g_task_get_cancellable (task), on_forgotten_cb, g_object_ref (task));
}

static void
on_requests_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (GPtrArray) requests = rcp_mirror_requests_read_finish (result, &error);

  if (!has_failed (task, error))
    forget (task, requests);
}

static void
on_calendar_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Clear *self = g_task_get_task_data (task);
  GError *error = NULL;

  g_clear_pointer (&self->held, g_hash_table_unref);
  self->held = rcp_mirror_calendar_read_finish (RCP_MIRROR_CALENDAR (source), result, &error);
  if (try_again (task, error) || has_failed (task, error))
    return;
  if (self->mark != NULL)
    take_out (task);
  else
    rcp_mirror_requests_read_async (self->client, self->practitioner_id, g_task_get_cancellable (task), on_requests_read_cb,
                                    g_object_ref (task));
}

/* What another desk mirrors there again since it was marked is not to go. */
static void
find_ids (Clear *self)
{
  g_autoptr (GHashTable) bases = rcp_mirror_ledger_dup_bases (self->ledger);
  GHashTableIter iter;
  gpointer id;

  for (guint i = 0; self->marked != NULL && self->marked[i] != NULL; i++)
    if (!g_hash_table_contains (bases, self->marked[i]))
      g_hash_table_add (self->ids, g_strdup (self->marked[i]));
  g_hash_table_iter_init (&iter, bases);
  while (self->marked == NULL && g_hash_table_iter_next (&iter, &id, NULL))
    g_hash_table_add (self->ids, g_strdup (id));
}

static void
read_calendar (GTask *task)
{
  Clear *self = g_task_get_task_data (task);
  gint64 now = rcp_clock_get_now (self->clock);
  g_autofree const char **ids = list_ids (self);

  rcp_mirror_calendar_read_async (self->calendar, ids, (RcpTimeRange){ now - ANYWHERE, now + ANYWHERE }, g_task_get_cancellable (task),
                                  on_calendar_read_cb, g_object_ref (task));
}

static void
on_ledger_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Clear *self = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (FhirBundle) bundle = fhir_client_search_all_finish (FHIR_CLIENT (source), result, &error);

  if (has_failed (task, error))
    return;
  rcp_mirror_ledger_load (self->ledger, bundle);
  find_ids (self);
  read_calendar (task);
}

static void
on_realm_found_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Clear *self = g_task_get_task_data (task);
  GError *error = NULL;
  g_autofree char *realm = rcp_mirror_realm_find_finish (result, &error);
  g_autoptr (FhirSearch) search = NULL;

  if (has_failed (task, error))
    return;
  rcp_mirror_calendar_set_realm (self->calendar, realm);
  search = rcp_mirror_ledger_make_search (self->ledger);
  fhir_client_search_all_async (self->client, search, 0, g_task_get_cancellable (task), on_ledger_read_cb, g_object_ref (task));
}

static Clear *
clear_new (FhirClient *client, RcpClock *clock, const char *practitioner_id, RcpCalendar *calendar)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autofree char *key = NULL;
  Clear *self = g_new0 (Clear, 1);

  self->client = g_object_ref (client);
  self->clock = g_object_ref (clock);
  self->practitioner_id = g_strdup (practitioner_id);
  self->calendar = rcp_mirror_calendar_new (calendar, utc);
  key = rcp_mirror_calendar_dup_key (self->calendar);
  self->ledger = rcp_mirror_ledger_new (practitioner_id, key);
  self->ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->gone = g_ptr_array_new_with_free_func ((GDestroyNotify) rcp_mirror_visit_free);
  self->steps = g_array_new (FALSE, FALSE, sizeof (RcpMirrorStep));
  return self;
}

/**
 * rcp_mirror_clear_async:
 * @client: the record
 * @clock: the time
 * @practitioner_id: whose visits
 * @calendar: where they were mirrored
 * @cancellable: (nullable): to give it up
 * @callback: called with the result
 * @user_data: for @callback
 *
 * The record forgets before the calendar does, so that a desk that still mirrors there writes them again and asks nobody.
 */
void
rcp_mirror_clear_async (FhirClient *client, RcpClock *clock, const char *practitioner_id, RcpCalendar *calendar,
                        GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (FHIR_IS_CLIENT (client));
  g_return_if_fail (RCP_IS_CALENDAR (calendar));

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, rcp_mirror_clear_async);
  g_task_set_task_data (task, clear_new (client, clock, practitioner_id, calendar), (GDestroyNotify) clear_free);
  rcp_mirror_realm_find_async (client, cancellable, on_realm_found_cb, g_object_ref (task));
}

/**
 * rcp_mirror_clear_go_on_async:
 * @client: the record
 * @clock: the time
 * @mark: what a desk has left behind
 * @calendar: that it is about
 * @cancellable: (nullable): to give it up
 * @callback: called with the result, for rcp_mirror_clear_finish()
 * @user_data: for @callback
 */
void
rcp_mirror_clear_go_on_async (FhirClient *client, RcpClock *clock, const RcpMirrorMark *mark, RcpCalendar *calendar,
                              GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  Clear *self;

  g_return_if_fail (FHIR_IS_CLIENT (client));
  g_return_if_fail (mark != NULL);
  g_return_if_fail (RCP_IS_CALENDAR (calendar));

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, rcp_mirror_clear_go_on_async);
  self = clear_new (client, clock, mark->practitioner_id, calendar);
  self->mark = g_strdup (mark->name);
  self->marked = g_strdupv (mark->visits);
  g_task_set_task_data (task, self, (GDestroyNotify) clear_free);
  rcp_mirror_realm_find_async (client, cancellable, on_realm_found_cb, g_object_ref (task));
}

gboolean
rcp_mirror_clear_finish (GAsyncResult *result, guint *n_removed, GError **error)
{
  gssize n;

  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);

  n = g_task_propagate_int (G_TASK (result), error);
  if (n_removed != NULL)
    *n_removed = (guint) MAX (n, 0);
  return n >= 0;
}
