/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-auth-settler"

#include "config.h"

#include "rcp-auth-settler.h"

#include "clinic/rcp-working-day.h"

/* Seconds until what failed is tried again: the first time, at most, and how often before only a change brings it up. */
#define FIRST_PAUSE 2
#define LONGEST_PAUSE 60
#define MAX_RETRIES 10

struct _RcpAuthSettler
{
  GObject parent_instance;

  RcpDesk *desk;
  RcpInsuranceModel *model;
  RcpVisit *visit;
  gboolean may_have_some; /* the record may hold work of the visit although no payer has said anything */
  char *settled;          /* what was found when it was settled last; NULL: it was not */
  GPtrArray *auths;       /* of RcpPriorAuth */
  FhirClient *client;     /* of the record to which it was written last */
  GCancellable *running;
  gboolean has_failed;
  guint n_retries;
  guint retry_id;         /* keeps this alive: the work is the record's, not that of the window which asked */
};

G_DEFINE_FINAL_TYPE (RcpAuthSettler, rcp_auth_settler, G_TYPE_OBJECT)

static guint changed_signal;

static void
rcp_auth_settler_dispose (GObject *object)
{
  RcpAuthSettler *self = RCP_AUTH_SETTLER (object);

  /* What is under way goes on: it is the record's, not this window's. */
  g_clear_object (&self->running);
  g_clear_object (&self->client);
  g_clear_object (&self->visit);
  g_clear_object (&self->model);
  g_clear_object (&self->desk);
  g_clear_pointer (&self->auths, g_ptr_array_unref);
  g_clear_pointer (&self->settled, g_free);
  G_OBJECT_CLASS (rcp_auth_settler_parent_class)->dispose (object);
}

static void
rcp_auth_settler_class_init (RcpAuthSettlerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rcp_auth_settler_dispose;
  changed_signal = g_signal_new ("changed", RCP_TYPE_AUTH_SETTLER, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
rcp_auth_settler_init (RcpAuthSettler *self)
{
}

/* What is known may be of another patient or day than the visit, of which the model is about to be told. */
static gboolean
is_of_visit (RcpAuthSettler *self, const GDate *day)
{
  RcpPatient *patient = rcp_insurance_model_get_patient (self->model);

  return patient && g_strcmp0 (rcp_patient_get_id (patient), rcp_visit_get_patient_id (self->visit)) == 0 &&
         g_date_compare (rcp_insurance_model_get_day (self->model), day) == 0;
}

/* (transfer full) (element-type RcpPriorAuthFinding): of each insurance that is in force */
static GPtrArray *
find_all (RcpAuthSettler *self)
{
  GPtrArray *findings = g_ptr_array_new_with_free_func ((GDestroyNotify) rcp_prior_auth_finding_free);
  RcpInsuranceModel *model = self->model;

  for (guint i = 0; i < rcp_insurance_model_get_n (model); i++)
    if (rcp_insurance_model_is_in_force (model, i))
      g_ptr_array_add (findings,
                       rcp_prior_auth_finding_new (rcp_insurance_model_get_coverage (model, i),
                                                   rcp_prior_auth_judge (rcp_insurance_model_get_answer (model, i), rcp_insurance_model_get_day (model),
                                                                         rcp_insurance_model_get_service_type (model),
                                                                         rcp_insurance_model_get_network (model, i))));
  return findings;
}

/* (transfer full): the same for the same; @is_known: whether any payer says anything of the visit */
static char *
print (GPtrArray *findings, gboolean *is_known)
{
  GString *text = g_string_new ("+");

  *is_known = FALSE;
  for (guint i = 0; i < findings->len; i++)
    {
      const RcpPriorAuthFinding *finding = findings->pdata[i];

      g_string_append_printf (text, "%s=%d ", rcp_coverage_get_id (finding->coverage), finding->need);
      *is_known |= finding->need != RCP_PRIOR_AUTH_NOT_KNOWN;
    }
  return g_string_free (text, FALSE);
}

static void update (RcpAuthSettler *self);

static gboolean
on_retry_cb (gpointer data)
{
  RcpAuthSettler *self = data;

  self->retry_id = 0;
  /* Another record may have been opened meanwhile. */
  if (rcp_desk_get_client (self->desk) == self->client)
    update (self);
  /* Nothing was to be done any more. */
  if (!self->running)
    g_signal_emit (self, changed_signal, 0);
  return G_SOURCE_REMOVE;
}

static void
forget_failure (RcpAuthSettler *self)
{
  self->has_failed = FALSE;
  self->n_retries = 0;
  g_clear_handle_id (&self->retry_id, g_source_remove);
}

static void
queue_retry (RcpAuthSettler *self)
{
  self->has_failed = TRUE;
  if (!self->visit || self->retry_id != 0 || self->n_retries == MAX_RETRIES)
    return;
  self->retry_id = g_timeout_add_seconds_full (G_PRIORITY_DEFAULT, MIN (FIRST_PAUSE << self->n_retries, LONGEST_PAUSE), on_retry_cb,
                                               g_object_ref (self), g_object_unref);
  self->n_retries++;
}

typedef struct
{
  RcpAuthSettler *settler;
  GCancellable *running;
} Run;

static void
on_settled_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Run *run = user_data;
  g_autoptr (RcpAuthSettler) self = run->settler;
  g_autoptr (GCancellable) running = run->running;
  g_autoptr (GPtrArray) auths = rcp_prior_auths_settle_finish (result, NULL);

  g_free (run);
  /* It is about another visit by now, or about none. */
  if (self->running != running)
    return;
  g_clear_object (&self->running);
  if (!auths)
    {
      queue_retry (self);
      g_signal_emit (self, changed_signal, 0);
      return;
    }
  forget_failure (self);
  g_clear_pointer (&self->auths, g_ptr_array_unref);
  self->auths = g_steal_pointer (&auths);
  g_signal_emit (self, changed_signal, 0);
  if (self->visit)
    update (self);
}

static void
settle (RcpAuthSettler *self, GPtrArray *findings, const GDate *day)
{
  GDate due;
  Run *run = g_new0 (Run, 1);

  rcp_working_day_find_previous (rcp_desk_get_roster (self->desk), day, &due);
  g_set_object (&self->client, rcp_desk_get_client (self->desk));
  self->running = g_cancellable_new ();
  run->settler = g_object_ref (self);
  run->running = g_object_ref (self->running);
  rcp_prior_auths_settle_async (self->client, rcp_desk_get_clock (self->desk), self->visit, findings, &due,
                                rcp_desk_get_name (self->desk), NULL, on_settled_cb, run);
}

/* Of a visit of which no payer has said anything the record is asked only where it may hold something. */
static void
update (RcpAuthSettler *self)
{
  g_autoptr (GPtrArray) findings = NULL;
  g_autofree char *found = NULL;
  gboolean is_over, is_known = FALSE, has_changed;
  GDate day;

  if (!self->visit || self->running || !rcp_desk_get_client (self->desk) || !rcp_desk_get_roster (self->desk))
    return;
  rcp_time_get_day (rcp_visit_get_range (self->visit).start, rcp_desk_get_zone (self->desk), &day);
  is_over = !rcp_visit_status_takes_time (rcp_visit_get_status (self->visit));
  /* A payer that is still being asked holds up nothing of what another one has said. */
  if (!is_over && (rcp_insurance_model_get_state (self->model) != RCP_INSURANCE_READY || !is_of_visit (self, &day)))
    return;
  findings = is_over ? NULL : find_all (self);
  found = is_over ? g_strdup ("-") : print (findings, &is_known);
  if (g_strcmp0 (found, self->settled) == 0 && (!self->has_failed || self->retry_id != 0))
    return;
  has_changed = self->settled != NULL;
  g_free (self->settled);
  self->settled = g_steal_pointer (&found);
  if (is_known || has_changed || self->may_have_some)
    settle (self, findings, &day);
}

/**
 * rcp_auth_settler_new:
 * @desk: an open desk
 * @model: what the payers say of the patient
 *
 * Returns: (transfer full): of no visit
 */
RcpAuthSettler *
rcp_auth_settler_new (RcpDesk *desk, RcpInsuranceModel *model)
{
  RcpAuthSettler *self;

  g_return_val_if_fail (RCP_IS_DESK (desk), NULL);
  g_return_val_if_fail (RCP_IS_INSURANCE_MODEL (model), NULL);

  self = g_object_new (RCP_TYPE_AUTH_SETTLER, NULL);
  self->desk = g_object_ref (desk);
  self->model = g_object_ref (model);
  g_signal_connect_object (model, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  return self;
}

/**
 * rcp_auth_settler_set_visit:
 * @visit: (nullable): a booked visit, for one patient; of one that was cancelled the work is closed
 * @may_have_some: whether the record may hold work of it although no payer has said anything of it as it is
 *
 * To be told after the model was told of the patient, the day and the kind of the visit.
 */
void
rcp_auth_settler_set_visit (RcpAuthSettler *self, RcpVisit *visit, gboolean may_have_some)
{
  g_return_if_fail (RCP_IS_AUTH_SETTLER (self));
  g_return_if_fail (visit == NULL || RCP_IS_VISIT (visit));

  if (visit && !rcp_visit_get_patient_id (visit))
    visit = NULL;
  g_set_object (&self->visit, visit);
  self->may_have_some = may_have_some;
  g_clear_pointer (&self->settled, g_free);
  g_clear_pointer (&self->auths, g_ptr_array_unref);
  g_clear_object (&self->running);
  forget_failure (self);
  update (self);
}

gboolean
rcp_auth_settler_is_busy (RcpAuthSettler *self)
{
  g_return_val_if_fail (RCP_IS_AUTH_SETTLER (self), FALSE);

  return self->running != NULL;
}

/* Whether something is under way, or will be tried again. */
gboolean
rcp_auth_settler_is_pending (RcpAuthSettler *self)
{
  g_return_val_if_fail (RCP_IS_AUTH_SETTLER (self), FALSE);

  return self->running != NULL || self->retry_id != 0;
}

RcpPriorAuth *
rcp_auth_settler_find (RcpAuthSettler *self, RcpCoverage *coverage)
{
  g_return_val_if_fail (RCP_IS_AUTH_SETTLER (self), NULL);
  g_return_val_if_fail (RCP_IS_COVERAGE (coverage), NULL);

  for (guint i = 0; self->auths && i < self->auths->len; i++)
    if (g_strcmp0 (rcp_prior_auth_get_coverage_id (self->auths->pdata[i]), rcp_coverage_get_id (coverage)) == 0)
      return self->auths->pdata[i];
  return NULL;
}
