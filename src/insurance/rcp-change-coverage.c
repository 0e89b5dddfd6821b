/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-insurance"

#include "rcp-change-coverage.h"

#include "clinic/rcp-codes.h"
#include "identity/rcp-identity-write.h"

#define PAYER_FIELDS (RCP_COVERAGE_BIT (RCP_COVERAGE_PAYER_NAME) | RCP_COVERAGE_BIT (RCP_COVERAGE_PAYER_ID))

static gpointer
to_coverage (FhirResource *stored)
{
  return rcp_coverage_new (stored, NULL);
}

static void
on_created_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  FhirResource *stored = rcp_identity_create_finish (result, &error);

  rcp_identity_return (task, stored, error, to_coverage);
}

static void
on_updated_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  FhirResource *stored = rcp_identity_update_finish (result, &error);

  rcp_identity_return (task, stored, error, to_coverage);
}

static JsonObject *
make_coverage (const char *patient_id, const RcpCoverageFields *fields)
{
  JsonObject *coverage = json_object_new (), *identifier = json_object_new (), *beneficiary = json_object_new ();
  JsonArray *identifiers = json_array_new ();
  g_autofree char *entry = g_uuid_string_random ();
  g_autofree char *patient = g_strconcat ("Patient/", patient_id, NULL);

  json_object_set_string_member (identifier, "system", RCP_SYSTEM_REGISTRATION);
  json_object_set_string_member (identifier, "value", entry);
  json_array_add_object_element (identifiers, identifier);
  json_object_set_string_member (beneficiary, "reference", patient);
  json_object_set_string_member (coverage, "resourceType", "Coverage");
  json_object_set_array_member (coverage, "identifier", identifiers);
  json_object_set_string_member (coverage, "status", "active");
  json_object_set_object_member (coverage, "beneficiary", beneficiary);
  rcp_coverage_fields_write (fields, RCP_COVERAGE_ALL, coverage);
  return coverage;
}

static GTask *
make_task (FhirClient *client, gpointer tag, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (client, cancellable, callback, user_data);

  g_task_set_source_tag (task, tag);
  /* What was sent counts, whoever has lost interest. */
  g_task_set_check_cancellable (task, FALSE);
  return task;
}

/**
 * rcp_coverage_add_async:
 * @client: the record
 * @clock: the time
 * @patient_id: who is insured
 * @fields: with the name of the payer at least
 * @desk: (nullable): the name of the desk
 * @cancellable: (nullable): heeded until it is sent
 * @callback: called when it is over
 * @user_data: data for @callback
 */
void
rcp_coverage_add_async (FhirClient *client, RcpClock *clock, const char *patient_id, const RcpCoverageFields *fields, const char *desk,
                        GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (RcpAct) act = NULL;
  g_autoptr (JsonObject) coverage = NULL;

  g_return_if_fail (FHIR_IS_CLIENT (client));
  g_return_if_fail (RCP_IS_CLOCK (clock));
  g_return_if_fail (patient_id != NULL);
  g_return_if_fail (*rcp_coverage_fields_get (fields, RCP_COVERAGE_PAYER_NAME) != '\0');

  act = rcp_act_new ("cover", desk, NULL, rcp_clock_get_now (clock));
  coverage = make_coverage (patient_id, fields);
  rcp_identity_create_async (client, coverage, act, cancellable, on_created_cb,
                             make_task (client, rcp_coverage_add_async, cancellable, callback, user_data));
}

/* Returns: (transfer full): as the record holds it; %NULL with an RcpIdentityError */
RcpCoverage *
rcp_coverage_add_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, rcp_coverage_add_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* What the desk saw and what it made of it. */
typedef struct
{
  RcpCoverageFields *before;
  RcpCoverageFields *after;
  RcpCoverageFields *stored; /* before, without what was read from the payer's Organization */
} Change;

static void
change_free (gpointer data)
{
  Change *self = data;

  rcp_coverage_fields_free (self->before);
  rcp_coverage_fields_free (self->after);
  rcp_coverage_fields_free (self->stored);
  g_free (self);
}

/* What another desk changed otherwise meanwhile is not written over; what it changed besides stays. */
static JsonObject *
prepare_change (FhirResource *current, gpointer user_data, GError **error)
{
  Change *self = user_data;
  g_autoptr (RcpCoverageFields) theirs = rcp_coverage_fields_new_from_json (fhir_resource_get_json (current));
  RcpCoverageFieldSet ours = rcp_coverage_fields_diff (self->before, self->after);
  RcpCoverageFieldSet left = ours & rcp_coverage_fields_diff (theirs, self->after);
  JsonObject *wanted;

  if (left == 0)
    return NULL;
  if (left & rcp_coverage_fields_diff (self->stored, theirs))
    {
      g_propagate_error (error, rcp_identity_error_new (RCP_IDENTITY_ERROR_DISPUTED, NULL));
      return NULL;
    }
  /* A payer is named by both or not at all: half of another payer's would be nobody. */
  if (left & PAYER_FIELDS)
    left |= PAYER_FIELDS;
  wanted = fhir_resource_dup_json (current);
  rcp_coverage_fields_write (self->after, left, wanted);
  return wanted;
}

/* @before: (transfer full); @after: (transfer full) */
static void
change (FhirClient *client, RcpClock *clock, RcpCoverage *coverage, const char *code, RcpCoverageFields *before, RcpCoverageFields *after,
        const char *desk, GCancellable *cancellable, GTask *task)
{
  g_autoptr (RcpAct) act = rcp_act_new (code, desk, NULL, rcp_clock_get_now (clock));
  Change *self = g_new0 (Change, 1);

  self->before = before;
  self->after = after;
  self->stored = rcp_coverage_fields_new_from_json (fhir_resource_get_json (rcp_coverage_get_resource (coverage)));
  g_task_set_task_data (task, self, change_free);
  rcp_identity_update_async (client, rcp_coverage_get_resource (coverage), prepare_change, self, act, cancellable, on_updated_cb, task);
}

/**
 * rcp_coverage_change_async:
 * @coverage: as it was shown
 * @fields: what it shall be: those that differ from @coverage are written
 * @cancellable: (nullable): heeded until it is sent
 *
 * Fields that another desk changed otherwise since are an RCP_IDENTITY_ERROR_DISPUTED, and nothing is written.
 */
void
rcp_coverage_change_async (FhirClient *client, RcpClock *clock, RcpCoverage *coverage, const RcpCoverageFields *fields, const char *desk,
                           GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_return_if_fail (FHIR_IS_CLIENT (client));
  g_return_if_fail (RCP_IS_COVERAGE (coverage));
  g_return_if_fail (fields != NULL);

  change (client, clock, coverage, "change-cover", rcp_coverage_fields_copy (rcp_coverage_get_fields (coverage)),
          rcp_coverage_fields_copy (fields), desk, cancellable,
          make_task (client, rcp_coverage_change_async, cancellable, callback, user_data));
}

RcpCoverage *
rcp_coverage_change_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, rcp_coverage_change_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * rcp_coverage_end_async:
 * @last_day: the last day on which it holds
 *
 * It stays in the record: visits until then are covered by it.
 */
void
rcp_coverage_end_async (FhirClient *client, RcpClock *clock, RcpCoverage *coverage, const GDate *last_day, const char *desk,
                        GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  RcpCoverageFields *after;
  char text[11];

  g_return_if_fail (FHIR_IS_CLIENT (client));
  g_return_if_fail (RCP_IS_COVERAGE (coverage));
  g_return_if_fail (last_day != NULL && g_date_valid (last_day));

  g_date_strftime (text, sizeof text, "%Y-%m-%d", last_day);
  after = rcp_coverage_fields_copy (rcp_coverage_get_fields (coverage));
  rcp_coverage_fields_set (after, RCP_COVERAGE_END, text);
  change (client, clock, coverage, "end-cover", rcp_coverage_fields_copy (rcp_coverage_get_fields (coverage)), after, desk, cancellable,
          make_task (client, rcp_coverage_end_async, cancellable, callback, user_data));
}

RcpCoverage *
rcp_coverage_end_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, rcp_coverage_end_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
on_ordered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (FhirBundle) reply = fhir_client_transact_finish (FHIR_CLIENT (source), result, &error);

  if (reply)
    g_task_return_boolean (task, TRUE);
  else if (g_error_matches (error, FHIR_ERROR, FHIR_ERROR_CONFLICT))
    g_task_return_error (task, rcp_identity_error_new (RCP_IDENTITY_ERROR_DISPUTED, NULL));
  else if (fhir_error_is_outcome_unknown (error))
    g_task_return_error (task, rcp_identity_error_new (RCP_IDENTITY_ERROR_UNKNOWN, error->message));
  else
    g_task_return_error (task, rcp_identity_error_new_from_fhir (error));
}

static void
add_place (FhirTransaction *transaction, RcpCoverage *coverage, guint order, const RcpAct *act)
{
  FhirResource *resource = rcp_coverage_get_resource (coverage);
  g_autoptr (JsonObject) wanted = NULL, provenance = NULL;
  g_autofree char *version = fhir_resource_dup_if_match (resource);

  if (rcp_coverage_get_order (coverage) == order)
    return;
  wanted = fhir_resource_dup_json (resource);
  json_object_set_int_member (wanted, "order", order);
  fhir_transaction_update (transaction, wanted, version);
  provenance = rcp_act_to_provenance (act, fhir_resource_get_reference (resource), "UPDATE");
  fhir_transaction_create (transaction, provenance, NULL);
}

/**
 * rcp_coverages_put_in_order_async:
 * @coverages: (element-type RcpCoverage): the primary first
 * @cancellable: (nullable): heeded until it is sent
 *
 * All at once: there are never two primaries. One that was changed since is an RCP_IDENTITY_ERROR_DISPUTED, and nothing is written.
 */
void
rcp_coverages_put_in_order_async (FhirClient *client, RcpClock *clock, GPtrArray *coverages, const char *desk, GCancellable *cancellable,
                                  GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (FhirTransaction) transaction = fhir_transaction_new ();
  g_autoptr (RcpAct) act = NULL;
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (FHIR_IS_CLIENT (client));
  g_return_if_fail (coverages != NULL);

  act = rcp_act_new ("order-cover", desk, NULL, rcp_clock_get_now (clock));
  task = make_task (client, rcp_coverages_put_in_order_async, cancellable, callback, user_data);
  for (guint i = 0; i < coverages->len; i++)
    add_place (transaction, g_ptr_array_index (coverages, i), i + 1, act);
  if (fhir_transaction_get_n_entries (transaction) == 0)
    g_task_return_boolean (task, TRUE);
  else
    fhir_client_transact_async (client, transaction, cancellable, on_ordered_cb, g_object_ref (task));
}

gboolean
rcp_coverages_put_in_order_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, rcp_coverages_put_in_order_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
