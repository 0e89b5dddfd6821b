/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-insurance"

/* What the record says of one visit is made what the payers say. */

#include "rcp-prior-auths.h"

#include "clinic/rcp-codes.h"
#include "identity/rcp-identity-write.h"

/* One to begin with, one after what was written, and those after what another desk wrote meanwhile or the wire lost. */
#define MAX_LOOKS 8

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
  GHashTable *made;    /* ids of coverages of which a Task was sent, and nobody has witnessed it yet */
  GPtrArray *auths;    /* what there is then */
} Settle;

/* @task: what is changed; NULL for a new one
 * @deed: what is done to it, for the Provenance
 * @coverage_id: of the one that is new */
typedef struct
{
  FhirResource *task;
  JsonObject *json;
  const char *deed;
  char *coverage_id;
} Write;

static void
write_free (gpointer data)
{
  Write *self = data;

  g_clear_object (&self->task);
  json_object_unref (self->json);
  g_free (self->coverage_id);
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
  g_hash_table_unref (self->made);
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
static Write *
add_write (Settle *self, FhirResource *task, const char *deed, JsonObject *json)
{
  Write *write = g_new0 (Write, 1);

  write->deed = deed;
  g_set_object (&write->task, task);
  write->json = json;
  g_ptr_array_add (self->writes, write);
  return write;
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
    add_write (self, task, "close-authorization", rcp_prior_auth_compose_over (task, has_gone ? "settled" : "not-needed", self->now));
  else if ((state == RCP_PRIOR_AUTH_OPEN && !is_due (self, auth)) ||
           (state == RCP_PRIOR_AUTH_OVER && !has_gone && need == RCP_PRIOR_AUTH_NEEDED))
    add_write (self, task, "require-authorization", rcp_prior_auth_compose_open (task, &self->due, self->now));
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
        add_write (self, NULL, "require-authorization", rcp_prior_auth_compose (self->visit, finding->coverage, &self->due, self->desk, self->now))
            ->coverage_id = g_strdup (rcp_coverage_get_id (finding->coverage));
    }
}

static void write_next (GTask *task);
static void look (GTask *task);

/* What the record holds is found out once more: another desk was faster, and what it made of it counts; or a reply was lost. */
static void
take_failure (GTask *task, GError *error)
{
  Settle *self = g_task_get_task_data (task);

  if (self->n_looks >= MAX_LOOKS || !rcp_identity_must_look (error))
    {
      g_task_return_error (task, error);
      return;
    }
  g_error_free (error);
  rcp_identity_pause_then (task, self->n_looks, look);
}

/* One is written: the next, or whether the record holds it all. */
static void
go_on (GTask *task)
{
  Settle *self = g_task_get_task_data (task);

  g_ptr_array_remove_index (self->writes, 0);
  if (self->writes->len > 0)
    write_next (task);
  else
    look (task);
}

static void
on_sent_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autofree char *etag = rcp_identity_send_finish (result, &error);

  if (!etag)
    {
      take_failure (task, error);
      return;
    }
  go_on (task);
}

static void
on_created_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (FhirResource) stored = fhir_client_create_finish (FHIR_CLIENT (source), result, &error);

  if (!stored)
    {
      take_failure (task, error);
      return;
    }
  go_on (task);
}

/* Two desks may enter the same at once, of which the record keeps one: its Provenance cannot go with it, or there would be two. */
static void
write_next (GTask *task)
{
  Settle *self = g_task_get_task_data (task);
  Write *write = self->writes->pdata[0];
  g_autofree char *condition = write->task ? fhir_resource_dup_if_match (write->task) : rcp_prior_auth_dup_condition (write->json);
  g_autoptr (RcpAct) act = rcp_act_new (write->deed, self->desk, NULL, self->now);

  if (write->task)
    {
      rcp_identity_send_async (self->client, write->json, condition, act, on_sent_cb, g_object_ref (task));
      return;
    }
  g_hash_table_add (self->made, g_strdup (write->coverage_id));
  fhir_client_create_async (self->client, write->json, condition, NULL, on_created_cb, g_object_ref (task));
}

static void witness (GTask *task);

/* It stands without a witness, as everything that a desk writes does where the wire fails. */
static void
on_witnessed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (FhirResource) provenance = fhir_client_create_finish (FHIR_CLIENT (source), result, &error);

  if (!provenance)
    g_message ("The Provenance of an authorization was not kept: code %d", error->code);
  witness (task);
}

/* A Provenance for the next that this has made, unless another desk that thought so too was faster; then it is over. */
static void
witness (GTask *task)
{
  Settle *self = g_task_get_task_data (task);
  g_autoptr (RcpAct) act = rcp_act_new ("require-authorization", self->desk, NULL, self->now);
  g_autoptr (JsonObject) provenance = NULL;
  g_autofree char *condition = NULL;

  for (guint i = 0; i < self->auths->len && !provenance; i++)
    {
      RcpPriorAuth *auth = self->auths->pdata[i];
      const char *reference = fhir_resource_get_reference (rcp_prior_auth_get_task (auth));

      if (!g_hash_table_remove (self->made, rcp_prior_auth_get_coverage_id (auth)))
        continue;
      provenance = rcp_act_to_provenance (act, reference, "CREATE");
      condition = g_strconcat ("target=", reference, NULL);
    }
  if (provenance)
    fhir_client_create_async (self->client, provenance, condition, NULL, on_witnessed_cb, g_object_ref (task));
  else
    g_task_return_pointer (task, g_ptr_array_ref (self->auths), (GDestroyNotify) g_ptr_array_unref);
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
  if (self->writes->len == 0)
    witness (task);
  else if (self->n_looks < MAX_LOOKS)
    write_next (task);
  else
    g_task_return_new_error (task, FHIR_ERROR, FHIR_ERROR_CONFLICT, "other desks keep changing it");
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
  self->made = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
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
