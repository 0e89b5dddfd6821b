/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-refit-visits"

#include "rcp-refit-private.h"

typedef struct
{
  FhirClient *client;
  RcpRefitTarget *target; /* borrowed: outlives this */
  GHashTable *slot_ids;
  GArray *open;
  gint64 now;
  GPtrArray *visits; /* of RcpVisit, of this Schedule */
  guint next;        /* of @visits */
  guint n_under_way;
  guint n_new;
  guint n_made; /* by the transaction under way */
} Visits;

static void
visits_free (Visits *self)
{
  g_clear_object (&self->client);
  g_clear_pointer (&self->slot_ids, g_hash_table_unref);
  g_clear_pointer (&self->open, g_array_unref);
  g_clear_pointer (&self->visits, g_ptr_array_unref);
  g_free (self);
}

/* A provider at two places has visits at both: those on slots of this Schedule, and those at this place that take no
 * slot. */
static gboolean
is_of_target (Visits *self, RcpVisit *visit)
{
  const char *const *ids = rcp_visit_get_slot_ids (visit);

  if (!g_str_has_prefix (self->target->actor, "Practitioner/"))
    return TRUE;
  for (guint i = 0; ids[i] != NULL; i++)
    if (g_hash_table_contains (self->slot_ids, ids[i]))
      return TRUE;
  return ids[0] == NULL && g_strcmp0 (rcp_visit_get_location_id (visit), self->target->site) == 0;
}

static void read_tasks (GTask *task);

static void
on_tasks_written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Visits *self = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (FhirBundle) reply = fhir_client_transact_finish (self->client, result, &error);

  /* Another desk ticked one of them off at this moment: read them again. */
  if (reply == NULL && !g_error_matches (error, FHIR_ERROR, FHIR_ERROR_CONFLICT))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  if (reply != NULL)
    {
      self->next += self->n_under_way;
      self->n_new += self->n_made;
    }
  read_tasks (task);
}

static void
put_task (FhirTransaction *transaction, RcpVisit *visit, FhirResource *task, const char *done, gint64 now)
{
  g_autoptr (JsonObject) json = rcp_refit_task_set_done (task, done, now);
  g_autofree char *if_match = fhir_resource_dup_if_match (task);

  if (done == NULL)
    rcp_refit_task_set_visit (json, visit);
  fhir_transaction_update (transaction, json, if_match);
}

/* A visit that fits no more gets its Task, unless somebody kept it there; one that fits again is ticked off, unless its time
 * is blocked: hours know nothing of that. */
static void
add_visit (Visits *self, FhirTransaction *transaction, RcpVisit *visit, FhirBundle *tasks)
{
  const char *fault = rcp_refit_find_fault (self->target, self->open, visit);
  FhirResource *known = rcp_refit_task_find (tasks, visit);

  if (fault == NULL && known != NULL && rcp_refit_task_is_open (known) && !rcp_refit_task_is_blocked (known))
    put_task (transaction, visit, known, "fits", self->now);
  else if (fault != NULL && known == NULL)
    {
      g_autoptr (JsonObject) json = rcp_refit_task_new (visit, fault, self->now);
      g_autofree char *condition = rcp_refit_task_condition (json);

      fhir_transaction_create (transaction, json, condition);
      self->n_made++;
    }
  else if (fault != NULL
           && (!rcp_refit_task_is_about (known, visit) || (!rcp_refit_task_is_open (known) && !rcp_refit_task_is_kept (known))))
    {
      put_task (transaction, visit, known, NULL, self->now);
      self->n_made++;
    }
}

static void
on_tasks_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Visits *self = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (FhirBundle) tasks = fhir_client_search_all_finish (self->client, result, &error);
  g_autoptr (FhirTransaction) transaction = NULL;

  if (tasks == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  transaction = fhir_transaction_new ();
  self->n_made = 0;
  for (guint i = self->next; i < self->next + self->n_under_way; i++)
    add_visit (self, transaction, self->visits->pdata[i], tasks);
  if (fhir_transaction_get_n_entries (transaction) == 0)
    {
      self->next += self->n_under_way;
      read_tasks (task);
      return;
    }
  fhir_client_transact_async (self->client, transaction, g_task_get_cancellable (task), on_tasks_written_cb,
                              g_object_ref (task));
}

static void
read_tasks (GTask *task)
{
  Visits *self = g_task_get_task_data (task);
  g_autoptr (FhirSearch) search = NULL;

  self->n_under_way = MIN (RCP_REFIT_TASKS_AT_ONCE, self->visits->len - self->next);
  if (self->n_under_way == 0)
    {
      g_task_return_int (task, self->n_new);
      return;
    }
  search = rcp_refit_task_make_search (self->visits, self->next, self->n_under_way);
  fhir_client_search_all_async (self->client, search, 0, g_task_get_cancellable (task), on_tasks_read_cb,
                                g_object_ref (task));
}

static void
on_visits_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Visits *self = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (FhirBundle) bundle = fhir_client_search_all_finish (self->client, result, &error);

  if (bundle == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  for (guint i = 0; i < fhir_bundle_get_matches (bundle)->len; i++)
    {
      g_autoptr (RcpVisit) visit = rcp_visit_new (fhir_bundle_get_matches (bundle)->pdata[i], NULL);

      if (rcp_visit_status_takes_time (rcp_visit_get_status (visit)) && rcp_visit_get_range (visit).start >= self->now
          && is_of_target (self, visit))
        g_ptr_array_add (self->visits, g_steal_pointer (&visit));
    }
  read_tasks (task);
}

void
rcp_refit_visits_async (FhirClient *client,
                        RcpRefitTarget *target,
                        GHashTable *slot_ids,
                        gint64 now,
                        GArray *open,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (client, cancellable, callback, user_data);
  g_autoptr (FhirSearch) search = fhir_search_new ("Appointment");
  Visits *self = g_new0 (Visits, 1);

  g_task_set_source_tag (task, rcp_refit_visits_async);
  self->client = g_object_ref (client);
  self->target = target;
  self->slot_ids = g_hash_table_ref (slot_ids);
  self->open = g_array_ref (open);
  self->now = now;
  self->visits = g_ptr_array_new_with_free_func (g_object_unref);
  g_task_set_task_data (task, self, (GDestroyNotify)visits_free);
  fhir_search_add (search, "actor", target->actor);
  fhir_search_add_instant (search, "date", "ge", now);
  fhir_search_add (search, "_count", "500");
  fhir_client_search_all_async (client, search, 0, cancellable, on_visits_read_cb, g_steal_pointer (&task));
}

gssize
rcp_refit_visits_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, rcp_refit_visits_async), -1);

  return g_task_propagate_int (G_TASK (result), error);
}
