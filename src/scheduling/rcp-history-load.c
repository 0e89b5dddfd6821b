/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-history"

#include "rcp-history-private.h"

/* One piece of a history is read: first it is searched what there is, then versions and traces of it are read, several at
 * a time. */

#define PER_PAGE 20        /* visits of a patient that are read at a time */
#define MOST_VERSIONS 1000 /* of one resource */
#define MOST_FLAGS 200
#define AT_ONCE 6          /* requests */
#define PER_TRACE_SEARCH 20

typedef struct
{
  FhirClient *client;
  char *reference;
  char *patient_id;  /* NULL for a visit */
  FhirBundle *after; /* the page of visits before this piece; NULL for the first */
  RcpHistoryPiece *piece;
  guint n_begun;   /* sources whose versions are being read or are there */
  guint n_running; /* requests */
  gboolean reads_versions;
  gboolean keeps_versions; /* the server says so */
  GError *error;           /* the first */
} Load;

static void next_step (GTask *task);

void
rcp_history_piece_free (RcpHistoryPiece *self)
{
  g_ptr_array_unref (self->sources);
  g_ptr_array_unref (self->traces);
  g_clear_object (&self->page);
  g_free (self);
}

static void
load_free (Load *self)
{
  g_clear_object (&self->client);
  g_clear_object (&self->after);
  g_clear_pointer (&self->piece, rcp_history_piece_free);
  g_clear_error (&self->error);
  g_free (self->reference);
  g_free (self->patient_id);
  g_free (self);
}

/* ---- failures ---- */

/* Whether a server that answers so has not got what was asked for, or keeps it from us. */
static gboolean
is_withheld (const GError *error)
{
  return g_error_matches (error, FHIR_ERROR, FHIR_ERROR_FORBIDDEN) || g_error_matches (error, FHIR_ERROR, FHIR_ERROR_UNSUPPORTED)
         || g_error_matches (error, FHIR_ERROR, FHIR_ERROR_REFUSED) || g_error_matches (error, FHIR_ERROR, FHIR_ERROR_NOT_FOUND);
}

static gboolean
has_no_versions (const GError *error)
{
  return g_error_matches (error, FHIR_ERROR, FHIR_ERROR_UNSUPPORTED) || g_error_matches (error, FHIR_ERROR, FHIR_ERROR_REFUSED)
         || fhir_error_get_http_status (error) == 404;
}

/* Takes @error. */
static void
keep_error (Load *load, GError *error)
{
  if (load->error == NULL)
    load->error = error;
  else
    g_error_free (error);
}

/* A part that the rest can do without: @gap tells that it is missing. Takes @error. */
static void
keep_gap (Load *load, GError *error, RcpHistoryGaps gap)
{
  if (!is_withheld (error))
    {
      keep_error (load, error);
      return;
    }
  load->piece->gaps |= gap;
  g_error_free (error);
}

/* What is deleted has no more to tell on some servers. Takes @error. */
static void
keep_end (Load *load, GError *error)
{
  if (fhir_error_get_http_status (error) != 410)
    {
      keep_error (load, error);
      return;
    }
  load->piece->gaps |= RCP_HISTORY_GAP_DELETED;
  g_error_free (error);
}

/* The answer to one of the searches that the rest can do without; NULL when it was kept from us. */
static FhirBundle *
finish_search (GTask *task, GAsyncResult *result, RcpHistoryGaps gap)
{
  Load *load = g_task_get_task_data (task);
  GError *error = NULL;
  FhirBundle *bundle = fhir_client_search_all_finish (load->client, result, &error);

  load->n_running--;
  if (bundle == NULL)
    keep_gap (load, error, gap);
  return bundle;
}

/* ---- versions ---- */

typedef struct
{
  GTask *task;
  RcpHistorySource *source;
} Job;

static Job *
job_new (GTask *task, RcpHistorySource *source)
{
  Job *job = g_new0 (Job, 1);

  job->task = g_object_ref (task);
  job->source = source;
  return job;
}

static void
job_free (Job *job)
{
  g_object_unref (job->task);
  g_free (job);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Job, job_free)

/* All that there is of it is what it is now. */
static void
take_current (Load *load, RcpHistorySource *source)
{
  FhirVersion *version = g_new0 (FhirVersion, 1);

  version->resource = g_object_ref (source->current);
  version->updated = rcp_history_get_instant (source->current, "meta.lastUpdated");
  g_ptr_array_add (source->versions, version);
  load->piece->gaps |= RCP_HISTORY_GAP_VERSIONS;
}

static void
on_current_read_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Job) job = user_data;
  Load *load = g_task_get_task_data (job->task);
  GError *error = NULL;

  load->n_running--;
  job->source->current = fhir_client_read_finish (load->client, result, &error);
  if (job->source->current != NULL)
    take_current (load, job->source);
  else
    keep_end (load, error);
  next_step (job->task);
}

/* A server without history still tells what is there now. */
static void
read_current (GTask *task, RcpHistorySource *source)
{
  Load *load = g_task_get_task_data (task);

  if (source->current != NULL)
    {
      take_current (load, source);
      return;
    }
  load->n_running++;
  fhir_client_read_async (load->client, source->reference, g_task_get_cancellable (task), on_current_read_cb,
                          job_new (task, source));
}

static void
on_versions_read_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Job) job = user_data;
  Load *load = g_task_get_task_data (job->task);
  GError *error = NULL;
  gboolean is_cut = FALSE;
  GPtrArray *versions = fhir_client_history_finish (load->client, result, &is_cut, &error);

  load->n_running--;
  if (versions != NULL)
    {
      g_ptr_array_unref (job->source->versions);
      job->source->versions = versions;
      job->source->is_whole = !is_cut;
      load->piece->gaps |= is_cut ? RCP_HISTORY_GAP_OLDEST : 0;
    }
  else if (has_no_versions (error))
    {
      g_error_free (error);
      read_current (job->task, job->source);
    }
  else
    {
      keep_end (load, error);
    }
  next_step (job->task);
}

static void
read_versions (GTask *task, RcpHistorySource *source)
{
  Load *load = g_task_get_task_data (task);

  if (!load->keeps_versions)
    {
      read_current (task, source);
      return;
    }
  load->n_running++;
  fhir_client_history_async (load->client, source->reference, MOST_VERSIONS, g_task_get_cancellable (task),
                             on_versions_read_cb, job_new (task, source));
}

/* ---- who did it ---- */

static void
on_traces_read_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Load *load = g_task_get_task_data (task);
  g_autoptr (FhirBundle) bundle = finish_search (task, result, RCP_HISTORY_GAP_TRACES);

  if (bundle != NULL)
    g_ptr_array_extend (load->piece->traces, fhir_bundle_get_matches (bundle), (GCopyFunc)(void *)g_object_ref, NULL);
  next_step (task);
}

/* Of many at once. */
static void
read_traces (GTask *task)
{
  Load *load = g_task_get_task_data (task);

  for (guint i = 0; i < load->piece->sources->len; i += PER_TRACE_SEARCH)
    {
      g_autoptr (FhirSearch) search = fhir_search_new ("Provenance");
      g_autoptr (GString) targets = g_string_new (NULL);

      for (guint k = i; k < MIN (i + PER_TRACE_SEARCH, load->piece->sources->len); k++)
        g_string_append_printf (targets, "%s%s", k > i ? "," : "", ((RcpHistorySource *)load->piece->sources->pdata[k])->reference);
      fhir_search_add (search, "target", targets->str);
      load->n_running++;
      fhir_client_search_all_async (load->client, search, 0, g_task_get_cancellable (task), on_traces_read_cb,
                                    g_object_ref (task));
    }
}

/* ---- what there is ---- */

static void
add_source (Load *load, const char *reference, FhirResource *current)
{
  for (guint i = 0; i < load->piece->sources->len; i++)
    if (g_str_equal (((RcpHistorySource *)load->piece->sources->pdata[i])->reference, reference))
      return;
  g_ptr_array_add (load->piece->sources, rcp_history_source_new (reference, current));
}

static void
add_found (Load *load, FhirBundle *bundle)
{
  GPtrArray *found = fhir_bundle_get_matches (bundle);

  for (guint i = 0; i < found->len; i++)
    add_source (load, fhir_resource_get_reference (found->pdata[i]), found->pdata[i]);
}

static void
on_flags_found_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (FhirBundle) bundle = finish_search (task, result, RCP_HISTORY_GAP_FLAGS);

  if (bundle != NULL)
    add_found (g_task_get_task_data (task), bundle);
  next_step (task);
}

static void search_visits (GTask *task);

static void
on_visits_found_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Load *load = g_task_get_task_data (task);
  GError *error = NULL;

  load->n_running--;
  load->piece->page = load->after != NULL ? fhir_client_search_next_finish (load->client, result, &error)
                                         : fhir_client_search_finish (load->client, result, &error);
  if (load->piece->page != NULL)
    {
      add_found (load, load->piece->page);
    }
  else if (!load->piece->is_unsorted
           && (g_error_matches (error, FHIR_ERROR, FHIR_ERROR_REFUSED) || g_error_matches (error, FHIR_ERROR, FHIR_ERROR_UNSUPPORTED)))
    {
      g_error_free (error);
      load->piece->is_unsorted = TRUE;
      search_visits (task);
    }
  else
    {
      keep_gap (load, error, RCP_HISTORY_GAP_VISITS);
    }
  next_step (task);
}

static void
search_visits (GTask *task)
{
  Load *load = g_task_get_task_data (task);
  g_autoptr (FhirSearch) search = fhir_search_new ("Appointment");

  fhir_search_add_printf (search, "patient", "Patient/%s", load->patient_id);
  fhir_search_add_printf (search, "_count", "%u", PER_PAGE);
  if (!load->piece->is_unsorted)
    fhir_search_add (search, "_sort", "-_lastUpdated");
  load->n_running++;
  fhir_client_search_async (load->client, search, g_task_get_cancellable (task), on_visits_found_cb, g_object_ref (task));
}

static void
search_flags (GTask *task)
{
  Load *load = g_task_get_task_data (task);
  g_autoptr (FhirSearch) search = fhir_search_new ("Flag");

  fhir_search_add_printf (search, "patient", "Patient/%s", load->patient_id);
  load->n_running++;
  fhir_client_search_all_async (load->client, search, MOST_FLAGS, g_task_get_cancellable (task), on_flags_found_cb,
                                g_object_ref (task));
}

/* ---- the order of it all ---- */

static void
next_step (GTask *task)
{
  Load *load = g_task_get_task_data (task);

  if (!load->reads_versions && load->n_running == 0 && load->error == NULL)
    {
      load->reads_versions = TRUE;
      read_traces (task);
    }
  while (load->reads_versions && load->error == NULL && load->n_running < AT_ONCE && load->n_begun < load->piece->sources->len)
    read_versions (task, load->piece->sources->pdata[load->n_begun++]);
  if (load->n_running > 0)
    return;
  if (load->error != NULL)
    g_task_return_error (task, g_steal_pointer (&load->error));
  else
    g_task_return_pointer (task, g_steal_pointer (&load->piece), (GDestroyNotify)rcp_history_piece_free);
}

/* A server whose statement tells nothing of what it does with visits is asked. */
static gboolean
says_no_history (FhirCapabilities *capabilities, const char *type)
{
  return fhir_capabilities_has_interaction (capabilities, type, "read")
         && !fhir_capabilities_has_interaction (capabilities, type, "history-instance");
}

static void
on_capabilities_loaded_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Load *load = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (FhirCapabilities) capabilities = fhir_client_load_capabilities_finish (load->client, result, &error);

  if (capabilities == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  load->keeps_versions = !says_no_history (capabilities, load->patient_id != NULL ? "Patient" : "Appointment");
  if (load->after != NULL)
    {
      load->n_running++;
      fhir_client_search_next_async (load->client, load->after, g_task_get_cancellable (task), on_visits_found_cb,
                                     g_object_ref (task));
    }
  else
    {
      add_source (load, load->reference, NULL);
      if (load->patient_id != NULL)
        {
          search_flags (task);
          search_visits (task);
        }
    }
  next_step (task);
}

/**
 * rcp_history_read_piece_async:
 * @client: the record
 * @reference: what the history is of
 * @after: (nullable): the page of visits that was read last; %NULL for the first piece
 * @cancellable: (nullable): to stop
 * @callback: called with the result
 * @user_data: for @callback
 *
 * Each resource is asked for its versions once, and many together for who made them.
 */
void
rcp_history_read_piece_async (FhirClient *client, const char *reference, FhirBundle *after, GCancellable *cancellable,
                              GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (client, cancellable, callback, user_data);
  Load *load = g_new0 (Load, 1);

  g_task_set_source_tag (task, rcp_history_read_piece_async);
  load->client = g_object_ref (client);
  load->reference = g_strdup (reference);
  load->patient_id = fhir_reference_dup_id (reference, "Patient");
  g_set_object (&load->after, after);
  load->piece = g_new0 (RcpHistoryPiece, 1);
  load->piece->sources = g_ptr_array_new_with_free_func ((GDestroyNotify)rcp_history_source_free);
  load->piece->traces = g_ptr_array_new_with_free_func (g_object_unref);
  g_task_set_task_data (task, load, (GDestroyNotify)load_free);
  fhir_client_load_capabilities_async (client, cancellable, on_capabilities_loaded_cb, task);
}

RcpHistoryPiece *
rcp_history_read_piece_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, rcp_history_read_piece_async), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
