/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-insurance"

#include "rcp-check-claim.h"

#include "base/rcp-iso8601.h"
#include "clinic/rcp-codes.h"

struct _RcpCheckClaim
{
  GObject parent_instance;

  FhirClient *record;
  RcpClock *clock;
  char *coverage;   /* "Coverage/3" */
  char *identifier; /* of the question */
  char *desk;
  char *token;      /* of this desk and this try alone */
  FhirResource *task;
};

G_DEFINE_FINAL_TYPE (RcpCheckClaim, rcp_check_claim, G_TYPE_OBJECT)

static void
rcp_check_claim_finalize (GObject *object)
{
  RcpCheckClaim *self = RCP_CHECK_CLAIM (object);

  g_clear_object (&self->record);
  g_clear_object (&self->clock);
  g_clear_object (&self->task);
  g_free (self->coverage);
  g_free (self->identifier);
  g_free (self->desk);
  g_free (self->token);
  G_OBJECT_CLASS (rcp_check_claim_parent_class)->finalize (object);
}

static void
rcp_check_claim_class_init (RcpCheckClaimClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rcp_check_claim_finalize;
}

static void
rcp_check_claim_init (RcpCheckClaim *self)
{
  self->token = g_uuid_string_random ();
}

/**
 * rcp_check_claim_new:
 * @coverage: what is asked about
 * @day: of the visit
 * @service_type: X12 code of what is asked for
 * @desk: (nullable): the name of the desk
 *
 * Returns: (transfer full): the record knows nothing of it yet
 */
RcpCheckClaim *
rcp_check_claim_new (FhirClient *record, RcpClock *clock, RcpCoverage *coverage, const GDate *day, const char *service_type, const char *desk)
{
  RcpCheckClaim *self;
  char date[11];

  g_return_val_if_fail (FHIR_IS_CLIENT (record), NULL);
  g_return_val_if_fail (RCP_IS_CLOCK (clock), NULL);
  g_return_val_if_fail (RCP_IS_COVERAGE (coverage), NULL);
  g_return_val_if_fail (day != NULL && g_date_valid (day), NULL);
  g_return_val_if_fail (service_type != NULL, NULL);

  g_date_strftime (date, sizeof date, "%Y-%m-%d", day);
  self = g_object_new (RCP_TYPE_CHECK_CLAIM, NULL);
  self->record = g_object_ref (record);
  self->clock = g_object_ref (clock);
  self->coverage = g_strconcat ("Coverage/", rcp_coverage_get_id (coverage), NULL);
  self->identifier = g_strconcat (rcp_coverage_get_id (coverage), "_", date, "_", service_type, NULL);
  self->desk = g_strdup (desk);
  return self;
}

static JsonObject *
make_one (const char *member, const char *value)
{
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, member, value);
  return object;
}

static JsonObject *
make_pair (const char *system, const char *member, const char *value)
{
  JsonObject *pair = make_one ("system", system);

  json_object_set_string_member (pair, member, value);
  return pair;
}

/* FHIR R4, Task; without anything of the patient but by reference. */
static JsonObject *
make_task (RcpCheckClaim *self, const char *status)
{
  g_autofree char *now = rcp_iso8601_format_utc (rcp_clock_get_now (self->clock));
  const char *since = self->task ? fhir_json_get_string (fhir_resource_get_json (self->task), "authoredOn") : now;
  JsonObject *task = make_one ("resourceType", "Task"), *code = json_object_new ();
  JsonArray *identifiers = json_array_new (), *codings = json_array_new ();

  if (self->task)
    json_object_set_string_member (task, "id", fhir_resource_get_id (self->task));
  json_array_add_object_element (identifiers, make_pair (RCP_SYSTEM_CHECK, "value", self->identifier));
  json_array_add_object_element (identifiers, make_pair (RCP_SYSTEM_CHECK_BY, "value", self->token));
  json_object_set_array_member (task, "identifier", identifiers);
  json_object_set_string_member (task, "status", status);
  json_object_set_string_member (task, "intent", "order");
  json_array_add_object_element (codings, make_pair (RCP_SYSTEM_CHECK, "code", "check-cover"));
  json_object_set_array_member (code, "coding", codings);
  json_object_set_object_member (task, "code", code);
  json_object_set_object_member (task, "focus", make_one ("reference", self->coverage));
  json_object_set_string_member (task, "authoredOn", since ? since : now);
  json_object_set_string_member (task, "lastModified", now);
  if (self->desk && *self->desk != '\0')
    json_object_set_object_member (task, "owner", make_one ("display", self->desk));
  return task;
}

static gboolean
has_status (RcpCheckClaim *self, const char *status)
{
  return self->task && g_strcmp0 (fhir_json_get_string (fhir_resource_get_json (self->task), "status"), status) == 0;
}

static gboolean
is_ours (RcpCheckClaim *self)
{
  return g_strcmp0 (fhir_json_get_identifier (fhir_resource_get_json (self->task), RCP_SYSTEM_CHECK_BY), self->token) == 0;
}

/* A desk has begun and not ended for longer than any check takes. */
static gboolean
is_abandoned (RcpCheckClaim *self)
{
  const char *text = fhir_json_get_string (fhir_resource_get_json (self->task), "lastModified");
  gint64 since;

  return has_status (self, "in-progress") &&
         (!text || !rcp_iso8601_parse_instant (text, &since) || rcp_clock_get_now (self->clock) - since > RCP_CHECK_CLAIM_LONGEST);
}

static void
on_taken_over_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  RcpCheckClaim *self = g_task_get_source_object (task);
  g_autoptr (FhirResource) stored = fhir_client_update_finish (FHIR_CLIENT (source), result, NULL);

  /* Another desk was faster, or it is not known what came of it: after a while somebody takes it over once more. */
  if (stored)
    g_set_object (&self->task, stored);
  g_task_return_boolean (task, stored != NULL && is_ours (self));
}

static void
on_created_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  RcpCheckClaim *self = g_task_get_source_object (task);
  g_autofree char *match = NULL;
  g_autoptr (JsonObject) mine = NULL;
  GError *error = NULL;

  g_clear_object (&self->task);
  self->task = fhir_client_create_finish (FHIR_CLIENT (source), result, &error);
  if (!self->task)
    {
      g_task_return_error (task, error);
      return;
    }
  if (is_ours (self) || !is_abandoned (self))
    {
      g_task_return_boolean (task, is_ours (self));
      return;
    }
  match = fhir_resource_dup_if_match (self->task);
  mine = make_task (self, "in-progress");
  fhir_client_update_async (self->record, mine, match, g_task_get_cancellable (task), on_taken_over_cb, g_object_ref (task));
}

/**
 * rcp_check_claim_take_async:
 * @cancellable: (nullable): cancels it
 * @callback: called with the result
 * @user_data: passed on
 */
void
rcp_check_claim_take_async (RcpCheckClaim *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autofree char *condition = NULL;
  g_autoptr (JsonObject) mine = NULL;
  GTask *task;

  g_return_if_fail (RCP_IS_CHECK_CLAIM (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, rcp_check_claim_take_async);
  condition = g_strconcat ("identifier=" RCP_SYSTEM_CHECK "|", self->identifier, NULL);
  mine = make_task (self, "in-progress");
  fhir_client_create_async (self->record, mine, condition, cancellable, on_created_cb, task);
}

/* Returns: whether this desk is the one that asks; %FALSE without @error when another one does, or has */
gboolean
rcp_check_claim_take_finish (RcpCheckClaim *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* Whether some desk has asked. */
gboolean
rcp_check_claim_is_done (RcpCheckClaim *self)
{
  g_return_val_if_fail (RCP_IS_CHECK_CLAIM (self), FALSE);

  return has_status (self, "completed");
}

static void
on_completed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (FhirResource) stored = fhir_client_update_finish (FHIR_CLIENT (source), result, &error);

  if (stored)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/* The payer was asked. */
void
rcp_check_claim_complete_async (RcpCheckClaim *self, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autofree char *match = NULL;
  g_autoptr (JsonObject) mine = NULL;
  GTask *task;

  g_return_if_fail (RCP_IS_CHECK_CLAIM (self) && self->task != NULL);

  task = g_task_new (self, NULL, callback, user_data);
  g_task_set_source_tag (task, rcp_check_claim_complete_async);
  match = fhir_resource_dup_if_match (self->task);
  mine = make_task (self, "completed");
  fhir_client_update_async (self->record, mine, match, NULL, on_completed_cb, task);
}

gboolean
rcp_check_claim_complete_finish (RcpCheckClaim *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
