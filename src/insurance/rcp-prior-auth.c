/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-insurance"

#include "rcp-prior-auth.h"

#include "base/rcp-iso8601.h"
#include "base/rcp-time-range.h"
#include "clinic/rcp-codes.h"
#include "clinic/rcp-elements.h"

#define CODE "authorize"
#define DAY_LENGTH 10 /* of "2026-11-23" */

struct _RcpPriorAuth
{
  GObject parent_instance;

  FhirResource *task;
  RcpVisit *visit;
  char *coverage_id;
  RcpPriorAuthState state;
  GDate due;
};

G_DEFINE_FINAL_TYPE (RcpPriorAuth, rcp_prior_auth, G_TYPE_OBJECT)

static void
rcp_prior_auth_finalize (GObject *object)
{
  RcpPriorAuth *self = RCP_PRIOR_AUTH (object);

  g_clear_object (&self->task);
  g_clear_object (&self->visit);
  g_free (self->coverage_id);
  G_OBJECT_CLASS (rcp_prior_auth_parent_class)->finalize (object);
}

static void
rcp_prior_auth_class_init (RcpPriorAuthClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rcp_prior_auth_finalize;
}

static void
rcp_prior_auth_init (RcpPriorAuth *self)
{
  g_date_clear (&self->due, 1);
}

gboolean
rcp_prior_auth_is_one (FhirResource *task)
{
  JsonObject *code;

  g_return_val_if_fail (FHIR_IS_RESOURCE (task), FALSE);

  code = fhir_json_get_object (fhir_resource_get_json (task), "code");
  return g_strcmp0 (fhir_resource_get_resource_type (task), "Task") == 0 && g_strcmp0 (rcp_elements_get_code (code, RCP_SYSTEM_PRIOR_AUTH), CODE) == 0;
}

/* FHIR R4, Task.status: what another program makes of it counts as far as it is clear. */
static RcpPriorAuthState
read_state (FhirResource *task)
{
  static const char *const over[] = { "cancelled", "rejected", "failed", "entered-in-error", NULL };
  const char *status = fhir_json_get_string (fhir_resource_get_json (task), "status");

  if (g_strcmp0 (status, "completed") == 0)
    return RCP_PRIOR_AUTH_RECEIVED;
  return status && g_strv_contains (over, status) ? RCP_PRIOR_AUTH_OVER : RCP_PRIOR_AUTH_OPEN;
}

static void
read_due (RcpPriorAuth *self)
{
  const char *text = fhir_json_get_string (fhir_resource_get_json (self->task), "restriction.period.end");
  g_autofree char *day = g_strndup (text ? text : "", DAY_LENGTH);
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  RcpIso8601 parsed;

  if (rcp_iso8601_parse (day, &parsed) && parsed.precision == RCP_ISO8601_DAY)
    rcp_time_get_day (parsed.start, utc, &self->due);
}

/**
 * rcp_prior_auth_new:
 * @task: one that rcp_prior_auth_is_one()
 * @visit: (nullable): what it is about
 *
 * Returns: (transfer full): the work
 */
RcpPriorAuth *
rcp_prior_auth_new (FhirResource *task, RcpVisit *visit)
{
  RcpPriorAuth *self;

  g_return_val_if_fail (FHIR_IS_RESOURCE (task) && rcp_prior_auth_is_one (task), NULL);
  g_return_val_if_fail (visit == NULL || RCP_IS_VISIT (visit), NULL);

  self = g_object_new (RCP_TYPE_PRIOR_AUTH, NULL);
  self->task = g_object_ref (task);
  g_set_object (&self->visit, visit);
  self->coverage_id = fhir_reference_dup_id (fhir_json_get_string (fhir_resource_get_json (task), "insurance.0.reference"), "Coverage");
  self->state = read_state (task);
  read_due (self);
  return self;
}

FhirResource *
rcp_prior_auth_get_task (RcpPriorAuth *self)
{
  g_return_val_if_fail (RCP_IS_PRIOR_AUTH (self), NULL);

  return self->task;
}

RcpVisit *
rcp_prior_auth_get_visit (RcpPriorAuth *self)
{
  g_return_val_if_fail (RCP_IS_PRIOR_AUTH (self), NULL);

  return self->visit;
}

/* Whether it is for the patient of @visit, who may be one of several. */
gboolean
rcp_prior_auth_is_of_visit (RcpPriorAuth *self, RcpVisit *visit)
{
  g_autofree char *id = NULL, *patient = NULL;

  g_return_val_if_fail (RCP_IS_PRIOR_AUTH (self), FALSE);
  g_return_val_if_fail (RCP_IS_VISIT (visit), FALSE);

  id = fhir_reference_dup_id (fhir_json_get_string (fhir_resource_get_json (self->task), "focus.reference"), "Appointment");
  patient = fhir_reference_dup_id (fhir_json_get_string (fhir_resource_get_json (self->task), "for.reference"), "Patient");
  return g_strcmp0 (id, rcp_visit_get_id (visit)) == 0 && g_strcmp0 (patient, rcp_visit_get_patient_id (visit)) == 0;
}

const char *
rcp_prior_auth_get_coverage_id (RcpPriorAuth *self)
{
  g_return_val_if_fail (RCP_IS_PRIOR_AUTH (self), NULL);

  return self->coverage_id;
}

const char *
rcp_prior_auth_get_payer (RcpPriorAuth *self)
{
  const char *payer;

  g_return_val_if_fail (RCP_IS_PRIOR_AUTH (self), "");

  payer = fhir_json_get_string (fhir_resource_get_json (self->task), "insurance.0.display");
  return payer ? payer : "";
}

RcpPriorAuthState
rcp_prior_auth_get_state (RcpPriorAuth *self)
{
  g_return_val_if_fail (RCP_IS_PRIOR_AUTH (self), RCP_PRIOR_AUTH_OVER);

  return self->state;
}

const GDate *
rcp_prior_auth_get_due (RcpPriorAuth *self)
{
  g_return_val_if_fail (RCP_IS_PRIOR_AUTH (self), NULL);

  return g_date_valid (&self->due) ? &self->due : NULL;
}

const char *
rcp_prior_auth_get_number (RcpPriorAuth *self)
{
  JsonObject *json;

  g_return_val_if_fail (RCP_IS_PRIOR_AUTH (self), NULL);

  json = fhir_resource_get_json (self->task);
  return self->state == RCP_PRIOR_AUTH_RECEIVED ? fhir_json_get_string (json, "output.0.valueString") : NULL;
}

/**
 * rcp_prior_auth_judge:
 * @answer: (nullable): what the payer said last
 * @day: of the visit
 * @service_type: X12 code of the visit
 * @side: of the network on which the provider stands
 *
 * X12 271, EB11. Only an answer for this very day and service says anything. Where the insurance does not pay at all there is nothing
 * to authorize; that the payer does not know (U) is not known.
 */
RcpPriorAuthNeed
rcp_prior_auth_judge (const RcpEligibilityAnswer *answer, const GDate *day, const char *service_type, RcpNetwork side)
{
  RcpCostShare share;

  if (!answer || answer->status == RCP_ELIGIBILITY_CANNOT_TELL || !g_date_valid (&answer->service_date) ||
      g_date_compare (&answer->service_date, day) != 0 || g_strcmp0 (answer->service_type, service_type) != 0)
    return RCP_PRIOR_AUTH_NOT_KNOWN;
  if (answer->status == RCP_ELIGIBILITY_NOT_ELIGIBLE)
    return RCP_PRIOR_AUTH_NOT_NEEDED;
  share = rcp_cost_share_read (answer->benefits, service_type, side == RCP_NETWORK_OUT ? RCP_NETWORK_OUT : RCP_NETWORK_IN);
  if (share.is_excluded)
    return RCP_PRIOR_AUTH_NOT_NEEDED;
  if (share.authorization == RCP_AUTHORIZATION_UNKNOWN)
    return RCP_PRIOR_AUTH_NOT_KNOWN;
  return share.authorization == RCP_AUTHORIZATION_NEEDED ? RCP_PRIOR_AUTH_NEEDED : RCP_PRIOR_AUTH_NOT_NEEDED;
}
