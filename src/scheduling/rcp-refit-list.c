/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-refit-list"

#include "rcp-refit-private.h"

#include "clinic/rcp-codes.h"
#include "clinic/rcp-elements.h"
#include "rcp-visit-json.h"

void
rcp_refit_free (RcpRefit *refit)
{
  g_clear_object (&refit->visit);
  g_clear_object (&refit->task);
  g_free (refit);
}

/* So long after a visit was dealt with it may still be undone. */
#define MAY_COME_BACK G_TIME_SPAN_HOUR

typedef struct
{
  FhirClient *client;
  gint64 now;
  GPtrArray *back;    /* Tasks of visits that are where they were again: what was done to them was undone */
  GPtrArray *refits;
  GPtrArray *settled; /* Tasks of which nothing is left to do */
  guint next;
} List;

static void
list_free (List *self)
{
  g_clear_object (&self->client);
  g_clear_pointer (&self->refits, g_ptr_array_unref);
  g_clear_pointer (&self->settled, g_ptr_array_unref);
  g_clear_pointer (&self->back, g_ptr_array_unref);
  g_free (self);
}

static void settle_next (GTask *task);

/* Another desk may tick it off at the same time; it is off the list either way. */
static void
on_settled_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  List *self = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (FhirResource) resource = fhir_client_update_finish (self->client, result, &error);

  if (resource == NULL && !g_error_matches (error, FHIR_ERROR, FHIR_ERROR_CONFLICT))
    g_message ("A Task of a visit that was dealt with stays open: code %d", error->code);
  self->next++;
  settle_next (task);
}

static void
settle_next (GTask *task)
{
  List *self = g_task_get_task_data (task);
  g_autoptr (JsonObject) json = NULL;
  g_autofree char *if_match = NULL;

  if (self->next == self->settled->len)
    {
      g_task_return_pointer (task, g_steal_pointer (&self->refits), (GDestroyNotify)g_ptr_array_unref);
      return;
    }
  json = rcp_refit_task_set_done (self->settled->pdata[self->next], "settled", self->now);
  if_match = fhir_resource_dup_if_match (self->settled->pdata[self->next]);
  fhir_client_update_async (self->client, json, if_match, g_task_get_cancellable (task), on_settled_cb,
                            g_object_ref (task));
}

/* Moved to another time or another provider, cancelled, or its time has come. */
static gboolean
is_settled (List *self, FhirResource *task, RcpVisit *visit)
{
  g_autofree char *name = rcp_refit_task_name (visit);
  const char *known = fhir_json_get_identifier (fhir_resource_get_json (task), RCP_SYSTEM_REFIT);

  return g_strcmp0 (known, name) != 0 || !rcp_refit_task_is_about (task, visit)
         || !rcp_visit_status_takes_time (rcp_visit_get_status (visit)) || rcp_visit_get_range (visit).end <= self->now;
}

/* What @task is about: (transfer full), or NULL. */
static RcpVisit *
dup_visit (FhirBundle *bundle, FhirResource *task)
{
  g_autofree char *focus = fhir_reference_dup_relative (fhir_json_get_string (fhir_resource_get_json (task), "focus.reference"));
  FhirResource *appointment = focus != NULL ? fhir_bundle_lookup (bundle, focus) : NULL;

  return appointment != NULL ? rcp_visit_new_in_bundle (appointment, bundle) : NULL;
}

static void
take_task (List *self, FhirBundle *bundle, FhirResource *task)
{
  JsonObject *json = fhir_resource_get_json (task);
  g_autoptr (RcpVisit) visit = dup_visit (bundle, task);
  RcpRefit *refit;

  if (visit == NULL || is_settled (self, task, visit))
    {
      g_ptr_array_add (self->settled, g_object_ref (task));
      return;
    }
  refit = g_new0 (RcpRefit, 1);
  refit->visit = g_steal_pointer (&visit);
  refit->task = g_object_ref (task);
  refit->why
      = rcp_refit_describe_fault (rcp_elements_get_code (fhir_json_get_object (json, "reasonCode"), RCP_SYSTEM_REFIT));
  g_ptr_array_add (self->refits, refit);
}

static int
compare_refits (gconstpointer a, gconstpointer b)
{
  RcpTimeRange left = rcp_visit_get_range ((*(RcpRefit *const *)a)->visit);
  RcpTimeRange right = rcp_visit_get_range ((*(RcpRefit *const *)b)->visit);

  return (left.start > right.start) - (left.start < right.start);
}

static void
on_tasks_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  List *self = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (FhirBundle) bundle = fhir_client_search_all_finish (self->client, result, &error);

  if (bundle == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  for (guint i = 0; i < fhir_bundle_get_matches (bundle)->len; i++)
    take_task (self, bundle, fhir_bundle_get_matches (bundle)->pdata[i]);
  g_ptr_array_sort (self->refits, compare_refits);
  settle_next (task);
}

/* @status: of the Tasks; @along: what comes along with their visits. (transfer full) */
static FhirSearch *
make_search (const char *status, const char *along)
{
  FhirSearch *search = fhir_search_new ("Task");

  fhir_search_add (search, "code", RCP_SYSTEM_REFIT "|refit");
  fhir_search_add (search, "status", status);
  fhir_search_add (search, "_include", "Task:focus");
  fhir_search_add (search, "_include:iterate", along);
  fhir_search_add (search, "_count", "200");
  return search;
}

static void
read_open (GTask *task)
{
  List *self = g_task_get_task_data (task);
  g_autoptr (FhirSearch) search = make_search ("requested", "Appointment:patient");

  fhir_client_search_all_async (self->client, search, 0, g_task_get_cancellable (task), on_tasks_read_cb, g_object_ref (task));
}

static void reopen_next (GTask *task);

/* Another desk may have opened it at the same time. */
static void
on_reopened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (FhirResource) resource = fhir_client_update_finish (FHIR_CLIENT (source), result, &error);

  if (resource == NULL && !g_error_matches (error, FHIR_ERROR, FHIR_ERROR_CONFLICT))
    g_message ("A Task of a visit that is back stays ticked off: code %d", error->code);
  reopen_next (task);
}

static void
reopen_next (GTask *task)
{
  List *self = g_task_get_task_data (task);
  g_autoptr (FhirResource) next = NULL;
  g_autoptr (JsonObject) json = NULL;
  g_autofree char *if_match = NULL;

  if (self->back->len == 0)
    {
      read_open (task);
      return;
    }
  next = g_ptr_array_steal_index (self->back, self->back->len - 1);
  json = rcp_refit_task_set_done (next, NULL, self->now);
  if_match = fhir_resource_dup_if_match (next);
  fhir_client_update_async (self->client, json, if_match, g_task_get_cancellable (task), on_reopened_cb, g_object_ref (task));
}

/* Whether some of the time of @visit is blocked still. A visit may also be moved back once the time is free: then it fits. */
static gboolean
is_in_blocked_time (FhirBundle *bundle, RcpVisit *visit)
{
  for (const char *const *id = rcp_visit_get_slot_ids (visit); *id != NULL; id++)
    {
      g_autofree char *reference = g_strconcat ("Slot/", *id, NULL);
      FhirResource *slot = fhir_bundle_lookup (bundle, reference);

      if (slot != NULL && rcp_slot_json_is_blocked (fhir_resource_get_json (slot)))
        return TRUE;
    }
  return FALSE;
}

static gboolean
is_back (List *self, FhirBundle *bundle, FhirResource *task)
{
  g_autoptr (RcpVisit) visit = dup_visit (bundle, task);

  return visit != NULL && rcp_refit_task_is_settled (task) && !is_settled (self, task, visit)
         && (!rcp_refit_task_is_blocked (task) || is_in_blocked_time (bundle, visit));
}

/* A server that cannot say what was ticked off lately lists what is open all the same. */
static void
on_settled_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  List *self = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (FhirBundle) bundle = fhir_client_search_all_finish (self->client, result, &error);
  GPtrArray *tasks = bundle != NULL ? fhir_bundle_get_matches (bundle) : NULL;

  if (bundle == NULL && !g_error_matches (error, FHIR_ERROR, FHIR_ERROR_REFUSED)
      && !g_error_matches (error, FHIR_ERROR, FHIR_ERROR_UNSUPPORTED))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  for (guint i = 0; tasks != NULL && i < tasks->len; i++)
    if (is_back (self, bundle, tasks->pdata[i]))
      g_ptr_array_add (self->back, g_object_ref (tasks->pdata[i]));
  reopen_next (task);
}

/**
 * rcp_refit_list_async:
 * @client: the record
 * @clock: the time
 * @cancellable: (nullable): to give up
 * @callback: called with the result
 * @user_data: for @callback
 *
 * Reads the visits that fit the hours no more. One that was moved or cancelled lately and is back where it was, as that was undone, is
 * among them again.
 */
void
rcp_refit_list_async (
    FhirClient *client, RcpClock *clock, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (FhirSearch) search = NULL;
  List *self;

  g_return_if_fail (FHIR_IS_CLIENT (client));
  g_return_if_fail (RCP_IS_CLOCK (clock));

  task = g_task_new (client, cancellable, callback, user_data);
  g_task_set_source_tag (task, rcp_refit_list_async);
  self = g_new0 (List, 1);
  self->client = g_object_ref (client);
  self->now = rcp_clock_get_now (clock);
  self->refits = g_ptr_array_new_with_free_func ((GDestroyNotify)rcp_refit_free);
  self->settled = g_ptr_array_new_with_free_func (g_object_unref);
  g_task_set_task_data (task, self, (GDestroyNotify)list_free);
  self->back = g_ptr_array_new_with_free_func (g_object_unref);
  search = make_search ("completed", "Appointment:slot");
  fhir_search_add_instant (search, "modified", "ge", self->now - MAY_COME_BACK);
  fhir_client_search_all_async (client, search, 0, cancellable, on_settled_read_cb, g_steal_pointer (&task));
}

/**
 * rcp_refit_list_finish:
 * @result: what the callback got
 * @error: a FhirError
 *
 * Returns: (transfer full) (element-type RcpRefit): what is left to do, by time; %NULL with @error
 */
GPtrArray *
rcp_refit_list_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, rcp_refit_list_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
on_kept_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (FhirResource) resource = fhir_client_update_finish (FHIR_CLIENT (source), result, &error);

  if (resource == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_boolean (task, TRUE);
}

/**
 * rcp_refit_keep_async:
 * @client: the record
 * @clock: the time
 * @refit: what to tick off
 * @cancellable: (nullable): to give up
 * @callback: called with the result
 * @user_data: for @callback
 *
 * Leaves the visit where it is, on purpose. It does not come on the list again for this time.
 */
void
rcp_refit_keep_async (FhirClient *client,
                      RcpClock *clock,
                      RcpRefit *refit,
                      GCancellable *cancellable,
                      GAsyncReadyCallback callback,
                      gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (JsonObject) json = NULL;
  g_autofree char *if_match = NULL;

  g_return_if_fail (FHIR_IS_CLIENT (client));
  g_return_if_fail (refit != NULL);

  task = g_task_new (client, cancellable, callback, user_data);
  g_task_set_source_tag (task, rcp_refit_keep_async);
  json = rcp_refit_task_set_done (refit->task, "kept", rcp_clock_get_now (clock));
  if_match = fhir_resource_dup_if_match (refit->task);
  fhir_client_update_async (client, json, if_match, cancellable, on_kept_cb, g_steal_pointer (&task));
}

gboolean
rcp_refit_keep_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, rcp_refit_keep_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
