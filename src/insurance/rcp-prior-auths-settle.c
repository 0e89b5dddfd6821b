/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-insurance"

/* What the record says of one visit is made what the payers say. */

#include "rcp-prior-auths.h"

#include "clinic/rcp-codes.h"

#define MAX_LOOKS 5

typedef struct
{
  FhirClient *client;
  RcpVisit *visit;
  GPtrArray *findings; /* nullable */
  GDate due;
  char *desk;
  gint64 now;
  guint n_looks;
  GPtrArray *writes;   /* of Write, of which the first is next */
  GPtrArray *auths;    /* what there is then */
} Settle;

/* @task: what is changed; NULL for a new one */
typedef struct
{
  FhirResource *task;
  JsonObject *json;
} Write;

static void
write_free (gpointer data)
{
  Write *self = data;

  g_clear_object (&self->task);
  json_object_unref (self->json);
  g_free (self);
}

static void
settle_free (gpointer data)
{
  Settle *self = data;

  g_object_unref (self->client);
  g_object_unref (self->visit);
  g_clear_pointer (&self->findings, g_ptr_array_unref);
  g_free (self->desk);
  g_ptr_array_unref (self->writes);
  g_ptr_array_unref (self->auths);
  g_free (self);
}

RcpPriorAuthFinding *
rcp_prior_auth_finding_new (RcpCoverage *coverage, RcpPriorAuthNeed need)
{
  RcpPriorAuthFinding *self = g_new0 (RcpPriorAuthFinding, 1);

  self->coverage = g_object_ref (coverage);
  self->need = need;
  return self;
}

void
rcp_prior_auth_finding_free (RcpPriorAuthFinding *self)
{
  g_object_unref (self->coverage);
  g_free (self);
}

static gboolean
is_over (Settle *self)
{
  return !rcp_visit_status_takes_time (rcp_visit_get_status (self->visit)) || rcp_visit_get_range (self->visit).end <= self->now;
}

/* An insurance that is not among those in force pays nothing. */
static RcpPriorAuthNeed
find_need (Settle *self, const char *coverage_id)
{
  if (!self->findings)
    return RCP_PRIOR_AUTH_NOT_KNOWN;
  for (guint i = 0; i < self->findings->len; i++)
    {
      const RcpPriorAuthFinding *finding = self->findings->pdata[i];

      if (g_strcmp0 (rcp_coverage_get_id (finding->coverage), coverage_id) == 0)
        return finding->need;
    }
  return RCP_PRIOR_AUTH_NOT_NEEDED;
}

/* @json: (transfer full) */
static void
add_write (Settle *self, FhirResource *task, JsonObject *json)
{
  Write *write = g_new0 (Write, 1);

  g_set_object (&write->task, task);
  write->json = json;
  g_ptr_array_add (self->writes, write);
}

static gboolean
is_due (Settle *self, RcpPriorAuth *auth)
{
  const GDate *due = rcp_prior_auth_get_due (auth);

  return due && g_date_compare (due, &self->due) == 0;
}

/* What was received stays, whatever becomes of the visit: it is what the payer said. */
static void
judge (Settle *self, FhirResource *task)
{
  g_autoptr (RcpPriorAuth) auth = rcp_prior_auth_new (task, self->visit);
  RcpPriorAuthState state = rcp_prior_auth_get_state (auth);
  RcpPriorAuthNeed need = find_need (self, rcp_prior_auth_get_coverage_id (auth));
  gboolean has_gone = is_over (self);

  if (!rcp_prior_auth_is_of_visit (auth, self->visit))
    return;
  if (state == RCP_PRIOR_AUTH_OPEN && (has_gone || need == RCP_PRIOR_AUTH_NOT_NEEDED))
    add_write (self, task, rcp_prior_auth_compose_over (task, has_gone ? "settled" : "not-needed", self->now));
  else if ((state == RCP_PRIOR_AUTH_OPEN && !is_due (self, auth)) ||
           (state == RCP_PRIOR_AUTH_OVER && !has_gone && need == RCP_PRIOR_AUTH_NEEDED))
    add_write (self, task, rcp_prior_auth_compose_open (task, &self->due, self->now));
  else if (state != RCP_PRIOR_AUTH_OVER && !has_gone)
    g_ptr_array_add (self->auths, g_steal_pointer (&auth));
}

static gboolean
is_there (Settle *self, GPtrArray *tasks, RcpCoverage *coverage)
{
  for (guint i = 0; i < tasks->len; i++)
    {
      g_autoptr (RcpPriorAuth) auth = rcp_prior_auth_new (tasks->pdata[i], NULL);

      if (rcp_prior_auth_is_of_visit (auth, self->visit) && g_strcmp0 (rcp_prior_auth_get_coverage_id (auth), rcp_coverage_get_id (coverage)) == 0)
        return TRUE;
    }
  return FALSE;
}

static void
add_new (Settle *self, GPtrArray *tasks)
{
  for (guint i = 0; self->findings && !is_over (self) && i < self->findings->len; i++)
    {
      const RcpPriorAuthFinding *finding = self->findings->pdata[i];

      if (finding->need == RCP_PRIOR_AUTH_NEEDED && !is_there (self, tasks, finding->coverage))
        add_write (self, NULL, rcp_prior_auth_compose (self->visit, finding->coverage, &self->due, self->desk, self->now));
    }
}

static void write_next (GTask *task);
static void look (GTask *task);

static void
take_written (GTask *task, FhirResource *stored, GError *error)
{
  Settle *self = g_task_get_task_data (task);

  /* Another desk was faster: what it made of it counts. */
  if (g_error_matches (error, FHIR_ERROR, FHIR_ERROR_CONFLICT) && self->n_looks < MAX_LOOKS)
    {
      g_error_free (error);
      look (task);
      return;
    }
  if (error)
    {
      g_task_return_error (task, error);
      return;
    }
  if (rcp_prior_auth_is_one (stored))
    {
      g_autoptr (RcpPriorAuth) auth = rcp_prior_auth_new (stored, self->visit);

      if (rcp_prior_auth_get_state (auth) != RCP_PRIOR_AUTH_OVER)
        g_ptr_array_add (self->auths, g_steal_pointer (&auth));
    }
  g_ptr_array_remove_index (self->writes, 0);
  write_next (task);
}

static void
on_created_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (FhirResource) stored = fhir_client_create_finish (FHIR_CLIENT (source), result, &error);

  take_written (task, stored, error);
}

static void
on_updated_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (FhirResource) stored = fhir_client_update_finish (FHIR_CLIENT (source), result, &error);

  take_written (task, stored, error);
}

static void
write_next (GTask *task)
{
  Settle *self = g_task_get_task_data (task);
  g_autofree char *condition = NULL;
  Write *write;

  if (self->writes->len == 0)
    {
      g_task_return_pointer (task, g_ptr_array_ref (self->auths), (GDestroyNotify) g_ptr_array_unref);
      return;
    }
  write = self->writes->pdata[0];
  condition = write->task ? fhir_resource_dup_if_match (write->task) : rcp_prior_auth_dup_condition (write->json);
  if (write->task)
    fhir_client_update_async (self->client, write->json, condition, NULL, on_updated_cb, g_object_ref (task));
  else
    fhir_client_create_async (self->client, write->json, condition, NULL, on_created_cb, g_object_ref (task));
}

static void
on_searched_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Settle *self = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (FhirBundle) bundle = fhir_client_search_all_finish (FHIR_CLIENT (source), result, &error);
  g_autoptr (GPtrArray) tasks = g_ptr_array_new ();

  if (!bundle)
    {
      g_task_return_error (task, error);
      return;
    }
  for (guint i = 0; i < fhir_bundle_get_matches (bundle)->len; i++)
    if (rcp_prior_auth_is_one (fhir_bundle_get_matches (bundle)->pdata[i]))
      g_ptr_array_add (tasks, fhir_bundle_get_matches (bundle)->pdata[i]);
  for (guint i = 0; i < tasks->len; i++)
    judge (self, tasks->pdata[i]);
  add_new (self, tasks);
  write_next (task);
}

static void
look (GTask *task)
{
  Settle *self = g_task_get_task_data (task);
  g_autoptr (FhirSearch) search = fhir_search_new ("Task");

  self->n_looks++;
  g_ptr_array_set_size (self->writes, 0);
  g_ptr_array_set_size (self->auths, 0);
  fhir_search_add_printf (search, "focus", "Appointment/%s", rcp_visit_get_id (self->visit));
  fhir_search_add (search, "code", RCP_SYSTEM_PRIOR_AUTH "|authorize");
  fhir_client_search_all_async (self->client, search, 0, g_task_get_cancellable (task), on_searched_cb, g_object_ref (task));
}

/**
 * rcp_prior_auths_settle_async:
 * @client: the record
 * @clock: the time
 * @visit: as it is now, for one patient
 * @findings: (nullable) (element-type RcpPriorAuthFinding): of all insurances of the patient in force; %NULL: they were not read
 * @due: the day on which an authorization must be there
 * @desk: (nullable): the name of the desk
 * @cancellable: (nullable): heeded until it is written
 * @callback: called with the result
 * @user_data: for @callback
 *
 * For each insurance whose payer wants to authorize @visit there is one open Task afterwards, however many desks do this; those that
 * nobody wants any more are closed, and one of a visit that was moved is due on another day. One that was received stays received.
 */
void
rcp_prior_auths_settle_async (FhirClient *client, RcpClock *clock, RcpVisit *visit, GPtrArray *findings, const GDate *due, const char *desk,
                              GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  Settle *self;

  g_return_if_fail (FHIR_IS_CLIENT (client));
  g_return_if_fail (RCP_IS_CLOCK (clock));
  g_return_if_fail (RCP_IS_VISIT (visit) && rcp_visit_get_patient_id (visit));
  g_return_if_fail (due != NULL && g_date_valid (due));

  task = g_task_new (client, cancellable, callback, user_data);
  g_task_set_source_tag (task, rcp_prior_auths_settle_async);
  g_task_set_check_cancellable (task, FALSE);
  self = g_new0 (Settle, 1);
  self->client = g_object_ref (client);
  self->visit = g_object_ref (visit);
  self->findings = findings ? g_ptr_array_ref (findings) : NULL;
  self->due = *due;
  self->desk = g_strdup (desk);
  self->now = rcp_clock_get_now (clock);
  self->writes = g_ptr_array_new_with_free_func (write_free);
  self->auths = g_ptr_array_new_with_free_func (g_object_unref);
  g_task_set_task_data (task, self, settle_free);
  look (task);
}

/* Returns: (transfer full) (element-type RcpPriorAuth): those of the visit that are open or received; %NULL with a FhirError */
GPtrArray *
rcp_prior_auths_settle_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, rcp_prior_auths_settle_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
