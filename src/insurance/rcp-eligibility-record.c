/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-insurance"

#include "rcp-eligibility-record.h"

#include "clinic/rcp-codes.h"
#include "identity/rcp-identity-write.h"
#include "insurance/rcp-eligibility-json.h"

#define MAX_ANSWERS 200

typedef struct
{
  FhirClient *client;
  RcpCoverage *coverage;
  RcpEligibilityAnswer *answer;
  RcpAct *act;
  guint n_sends;
  GError *failure;
} Store;

static void
store_free (gpointer data)
{
  Store *self = data;

  g_object_unref (self->client);
  g_object_unref (self->coverage);
  rcp_eligibility_answer_unref (self->answer);
  rcp_act_free (self->act);
  g_clear_error (&self->failure);
  g_free (self);
}

static JsonObject *
make_binary (const RcpEligibilityAnswer *answer, RcpCoverage *coverage)
{
  JsonObject *binary = json_object_new (), *context = json_object_new ();
  g_autofree char *data = g_base64_encode (g_bytes_get_data (answer->raw, NULL), g_bytes_get_size (answer->raw));

  json_object_set_string_member (binary, "resourceType", "Binary");
  json_object_set_string_member (binary, "contentType", answer->raw_type ? answer->raw_type : "application/octet-stream");
  /* Who may not see the patient may not see this either. */
  json_object_set_string_member (context, "reference",
                                 fhir_json_get_string (fhir_resource_get_json (rcp_coverage_get_resource (coverage)), "beneficiary.reference"));
  json_object_set_object_member (binary, "securityContext", context);
  json_object_set_string_member (binary, "data", data);
  return binary;
}

static void
add_raw (FhirTransaction *transaction, JsonObject *response, const RcpEligibilityAnswer *answer, RcpCoverage *coverage)
{
  g_autoptr (JsonObject) binary = NULL;
  JsonObject *extension = json_object_new (), *reference = json_object_new ();

  binary = make_binary (answer, coverage);
  json_object_set_string_member (reference, "reference", fhir_transaction_create (transaction, binary, NULL));
  json_object_set_string_member (extension, "url", RCP_EXTENSION_RAW_ANSWER);
  json_object_set_object_member (extension, "valueReference", reference);
  if (!json_object_has_member (response, "extension"))
    json_object_set_array_member (response, "extension", json_array_new ());
  json_array_add_object_element (json_object_get_array_member (response, "extension"), extension);
}

static FhirTransaction *
compose (Store *self)
{
  FhirTransaction *transaction = fhir_transaction_new ();
  g_autofree char *condition = g_strconcat ("identifier=" RCP_SYSTEM_TRACE "|", self->answer->trace, NULL);
  g_autoptr (JsonObject) request = rcp_eligibility_request_to_json (self->answer, self->coverage);
  const char *asked = fhir_transaction_create (transaction, request, condition);
  g_autoptr (JsonObject) response = rcp_eligibility_answer_to_json (self->answer, self->coverage, asked);
  g_autoptr (JsonObject) provenance = NULL;
  const char *answered;

  if (self->answer->raw)
    add_raw (transaction, response, self->answer, self->coverage);
  answered = fhir_transaction_create (transaction, response, condition);
  provenance = rcp_act_to_provenance (self->act, answered, "CREATE");
  fhir_transaction_create (transaction, provenance, NULL);
  return transaction;
}

static void send (GTask *task);

static void
give_up (GTask *task)
{
  Store *self = g_task_get_task_data (task);

  if (fhir_error_is_outcome_unknown (self->failure))
    g_task_return_error (task, rcp_identity_error_new (RCP_IDENTITY_ERROR_UNKNOWN, self->failure->message));
  else
    g_task_return_error (task, rcp_identity_error_new_from_fhir (self->failure));
}

static void
on_looked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Store *self = g_task_get_task_data (task);
  g_autoptr (FhirBundle) bundle = fhir_client_search_finish (FHIR_CLIENT (source), result, NULL);

  if (bundle && fhir_bundle_get_matches (bundle)->len > 0)
    g_task_return_boolean (task, TRUE);
  else if (bundle == NULL || self->n_sends == RCP_IDENTITY_MAX_SENDS)
    give_up (task);
  else
    rcp_identity_pause_then (task, self->n_sends, send);
}

static void
look (GTask *task)
{
  Store *self = g_task_get_task_data (task);
  g_autoptr (FhirSearch) search = fhir_search_new ("CoverageEligibilityResponse");

  fhir_search_add_printf (search, "identifier", RCP_SYSTEM_TRACE "|%s", self->answer->trace);
  fhir_client_search_async (self->client, search, NULL, on_looked_cb, g_object_ref (task));
}

static void
on_sent_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Store *self = g_task_get_task_data (task);
  g_autoptr (FhirBundle) reply = NULL;

  g_clear_error (&self->failure);
  reply = fhir_client_transact_finish (FHIR_CLIENT (source), result, &self->failure);
  if (reply)
    g_task_return_boolean (task, TRUE);
  else if (rcp_identity_must_look (self->failure))
    look (task);
  else
    give_up (task);
}

static void
send (GTask *task)
{
  Store *self = g_task_get_task_data (task);
  g_autoptr (FhirTransaction) transaction = compose (self);

  self->n_sends++;
  fhir_client_transact_async (self->client, transaction, NULL, on_sent_cb, g_object_ref (task));
}

/**
 * rcp_eligibility_store_async:
 * @client: the record
 * @coverage: what was asked about
 * @answer: its trace number is its own: stored twice, it is there once
 * @desk: (nullable): the name of the desk
 * @cancellable: (nullable): heeded until it is sent
 * @callback: called when it is over
 * @user_data: data for @callback
 */
void
rcp_eligibility_store_async (FhirClient *client, RcpCoverage *coverage, RcpEligibilityAnswer *answer, const char *desk,
                             GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  Store *self;

  g_return_if_fail (FHIR_IS_CLIENT (client));
  g_return_if_fail (RCP_IS_COVERAGE (coverage));
  g_return_if_fail (answer != NULL && answer->trace != NULL);

  task = g_task_new (client, cancellable, callback, user_data);
  g_task_set_source_tag (task, rcp_eligibility_store_async);
  if (g_task_return_error_if_cancelled (task))
    return;
  g_task_set_check_cancellable (task, FALSE);
  self = g_new0 (Store, 1);
  self->client = g_object_ref (client);
  self->coverage = g_object_ref (coverage);
  self->answer = rcp_eligibility_answer_ref (answer);
  self->act = rcp_act_new ("check-cover", desk, NULL, answer->at);
  g_task_set_task_data (task, self, store_free);
  send (task);
}

gboolean
rcp_eligibility_store_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, rcp_eligibility_store_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static int
compare_answers (gconstpointer a, gconstpointer b)
{
  const RcpEligibilityAnswer *one = *(RcpEligibilityAnswer *const *) a, *other = *(RcpEligibilityAnswer *const *) b;

  return (other->at > one->at) - (other->at < one->at);
}

static void
on_searched_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (FhirBundle) bundle = fhir_client_search_all_finish (FHIR_CLIENT (source), result, &error);
  g_autoptr (GPtrArray) answers = g_ptr_array_new_with_free_func ((GDestroyNotify) rcp_eligibility_answer_unref);

  if (bundle == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  for (guint i = 0; i < fhir_bundle_get_matches (bundle)->len; i++)
    {
      JsonObject *json = fhir_resource_get_json (g_ptr_array_index (fhir_bundle_get_matches (bundle), i));

      if (g_strcmp0 (fhir_json_get_string (json, "status"), "active") == 0)
        g_ptr_array_add (answers, rcp_eligibility_answer_from_json (json));
    }
  g_ptr_array_sort (answers, compare_answers);
  g_task_return_pointer (task, g_steal_pointer (&answers), (GDestroyNotify) g_ptr_array_unref);
}

/* The answers about a patient that the record holds, the last ones. */
void
rcp_eligibility_load_async (FhirClient *client, const char *patient_id, GCancellable *cancellable, GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_autoptr (FhirSearch) search = NULL;
  GTask *task;

  g_return_if_fail (FHIR_IS_CLIENT (client));
  g_return_if_fail (patient_id != NULL);

  task = g_task_new (client, cancellable, callback, user_data);
  g_task_set_source_tag (task, rcp_eligibility_load_async);
  search = fhir_search_new ("CoverageEligibilityResponse");
  fhir_search_add_printf (search, "patient", "Patient/%s", patient_id);
  fhir_search_add (search, "_sort", "-created");
  fhir_client_search_all_async (client, search, MAX_ANSWERS, cancellable, on_searched_cb, task);
}

/* Returns: (transfer full) (element-type RcpEligibilityAnswer): the newest first; %NULL with a FhirError */
GPtrArray *
rcp_eligibility_load_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, rcp_eligibility_load_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
on_raw_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  FhirResource *binary = fhir_client_read_finish (FHIR_CLIENT (source), result, &error);

  if (binary)
    g_task_return_pointer (task, binary, g_object_unref);
  else
    g_task_return_error (task, error);
}

/**
 * rcp_eligibility_load_raw_async:
 * @answer: one that has a raw_reference
 */
void
rcp_eligibility_load_raw_async (FhirClient *client, const RcpEligibilityAnswer *answer, GCancellable *cancellable,
                                GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task;

  g_return_if_fail (FHIR_IS_CLIENT (client));
  g_return_if_fail (answer->raw_reference != NULL);

  task = g_task_new (client, cancellable, callback, user_data);
  g_task_set_source_tag (task, rcp_eligibility_load_raw_async);
  fhir_client_read_async (client, answer->raw_reference, cancellable, on_raw_read_cb, task);
}

/**
 * rcp_eligibility_load_raw_finish:
 * @type: (out) (optional): (transfer full): media type
 *
 * Returns: (transfer full): the answer as it came; %NULL with a FhirError
 */
GBytes *
rcp_eligibility_load_raw_finish (GAsyncResult *result, char **type, GError **error)
{
  g_autoptr (FhirResource) binary = NULL;
  const char *data;
  guchar *bytes;
  gsize length;

  g_return_val_if_fail (g_async_result_is_tagged (result, rcp_eligibility_load_raw_async), NULL);

  binary = g_task_propagate_pointer (G_TASK (result), error);
  if (binary == NULL)
    return NULL;
  if (type)
    *type = g_strdup (fhir_json_get_string (fhir_resource_get_json (binary), "contentType"));
  data = fhir_json_get_string (fhir_resource_get_json (binary), "data");
  bytes = g_base64_decode (data ? data : "", &length);
  return g_bytes_new_take (bytes, length);
}
