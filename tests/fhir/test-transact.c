/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "await.h"
#include "fault-server.h"

/* What a transaction may say it did, and what it must never say. */

typedef struct
{
  FaultServer *server;
  FhirClient *client;
  FhirTransaction *transaction; /* a slot is taken, a visit is stored */
} Fixture;

#define SLOT_OK "{\"response\":{\"status\":\"200 OK\",\"etag\":\"W/\\\"4\\\"\",\"location\":\"Slot/77/_history/4\"}}"
#define VISIT_OK \
  "{\"resource\":{\"resourceType\":\"Appointment\",\"id\":\"a1\",\"status\":\"booked\",\"meta\":{\"versionId\":\"1\"}}," \
  "\"response\":{\"status\":\"201 Created\"}}"
#define REPLY(entries) "{\"resourceType\":\"Bundle\",\"type\":\"transaction-response\",\"entry\":[" entries "]}"
#define OUTCOME(code, text) \
  "{\"resourceType\":\"OperationOutcome\",\"issue\":[{\"severity\":\"error\",\"code\":\"" code "\",\"diagnostics\":\"" text \
  "\"}]}"

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JsonObject) slot = await_json ("{\"resourceType\":\"Slot\",\"id\":\"77\",\"status\":\"busy\"}");
  g_autoptr (JsonObject) visit = await_json ("{\"resourceType\":\"Appointment\",\"status\":\"booked\"}");

  fixture->server = fault_server_new ();
  fixture->client = fhir_client_new (fault_server_get_base_url (fixture->server));
  g_object_set (fixture->client, "backoff-unit-ms", 1u, NULL);
  fixture->transaction = fhir_transaction_new ();
  fhir_transaction_update (fixture->transaction, slot, "W/\"3\"");
  fhir_transaction_create (fixture->transaction, visit, "identifier=urn:x|1");
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_cmpuint (fault_server_get_n_left (fixture->server), ==, 0);
  g_assert_finalize_object (fixture->transaction);
  g_assert_finalize_object (fixture->client);
  fault_server_free (fixture->server);
}

static void
assert_fails (Fixture *fixture, FhirError code, guint n_requests, gboolean unknown)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (FhirBundle) bundle = await_transact (fixture->client, fixture->transaction, &error);

  g_assert_null (bundle);
  g_assert_error (error, FHIR_ERROR, (int) code);
  g_assert_cmpint (fhir_error_is_outcome_unknown (error), ==, unknown);
  g_assert_cmpuint (fault_server_get_n_requests (fixture->server), ==, n_requests);
}

static void
test_done (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (FhirBundle) bundle = NULL;

  fault_server_answer (fixture->server, 200, NULL, REPLY (SLOT_OK "," VISIT_OK));
  bundle = await_transact (fixture->client, fixture->transaction, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (fhir_bundle_get_n_responses (bundle), ==, 2);
  g_assert_cmpuint (fhir_bundle_get_response_status (bundle, 0), ==, 200);
  g_assert_cmpstr (fhir_bundle_get_response_etag (bundle, 0), ==, "W/\"4\"");
  g_assert_cmpstr (fhir_bundle_get_response_reference (bundle, 0), ==, "Slot/77");
  g_assert_null (fhir_bundle_get_response_resource (bundle, 0));
  g_assert_cmpuint (fhir_bundle_get_response_status (bundle, 1), ==, 201);
  g_assert_cmpstr (fhir_bundle_get_response_reference (bundle, 1), ==, "Appointment/a1");
  g_assert_cmpstr (fhir_resource_get_version_id (fhir_bundle_get_response_resource (bundle, 1)), ==, "1");
  g_assert_true (g_str_has_prefix (fault_server_get_request (fixture->server, 0), "POST /fhir HTTP/1.1\r\n"));
  g_assert_nonnull (strstr (fault_server_get_request (fixture->server, 0), "\"ifMatch\":\"W/\\\"3\\\"\""));
}

static void
test_taken (Fixture *fixture, gconstpointer data)
{
  fault_server_answer (fixture->server, 409, NULL, OUTCOME ("conflict", "the slot has moved on"));
  assert_fails (fixture, FHIR_ERROR_CONFLICT, 1, FALSE);
  fault_server_answer (fixture->server, 412, NULL, OUTCOME ("lock-error", "version mismatch"));
  assert_fails (fixture, FHIR_ERROR_CONFLICT, 2, FALSE);
  fault_server_answer (fixture->server, 400, NULL, OUTCOME ("invalid", "Requested time slot is not available"));
  assert_fails (fixture, FHIR_ERROR_CONFLICT, 3, FALSE);
}

static void
test_try_again (Fixture *fixture, gconstpointer data)
{
  fault_server_answer (fixture->server, 409, NULL, OUTCOME ("transient", "busy"));
  assert_fails (fixture, FHIR_ERROR_TRY_AGAIN, 1, FALSE);
  fault_server_answer (fixture->server, 409, NULL, OUTCOME ("processing", "Deadlock found when trying to get lock"));
  assert_fails (fixture, FHIR_ERROR_TRY_AGAIN, 2, FALSE);
}

/* 200 around a failure: some of it may be stored. */
static void
test_failed_inside (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fault_server_answer (fixture->server, 200, NULL,
                       REPLY ("{\"response\":{\"status\":\"412\",\"outcome\":" OUTCOME ("conflict", "x") "}}," VISIT_OK));
  g_assert_null (await_transact (fixture->client, fixture->transaction, &error));
  g_assert_error (error, FHIR_ERROR, FHIR_ERROR_BAD_REPLY);
  g_assert_true (fhir_error_is_outcome_unknown (error));
  g_assert_cmpuint (fhir_error_get_http_status (error), ==, 412);
  g_assert_cmpstr (fhir_error_get_issue_code (error), ==, "conflict");
}

static void
test_odd_replies (Fixture *fixture, gconstpointer data)
{
  static const char *const replies[] = {
    REPLY (SLOT_OK),                           /* one entry is missing */
    REPLY (SLOT_OK "," VISIT_OK "," VISIT_OK), /* one too many */
    REPLY (SLOT_OK ",{\"response\":{}}"),      /* an entry without a status */
    REPLY (SLOT_OK ",{}"),                     /* an entry without a response */
    "{\"resourceType\":\"Bundle\",\"type\":\"transaction-response\"}",
    "{\"resourceType\":\"Bundle\",\"type\":\"batch-response\",\"entry\":[" SLOT_OK "," VISIT_OK "]}",
    OUTCOME ("informational", "all fine"),
    "{\"resourceType\":\"Bundle\",\"type\":\"transaction-resp",
    "[]",
    "{}",
    "",
  };

  for (guint i = 0; i < G_N_ELEMENTS (replies); i++)
    {
      fault_server_answer (fixture->server, 200, NULL, replies[i]);
      assert_fails (fixture, FHIR_ERROR_BAD_REPLY, i + 1, TRUE);
    }
}

static void
test_html (Fixture *fixture, gconstpointer data)
{
  fault_server_answer (fixture->server, 200, "Content-Type: text/html\r\n", "<html>Sign in</html>");
  assert_fails (fixture, FHIR_ERROR_BAD_REPLY, 1, TRUE);
  fault_server_answer (fixture->server, 502, "Content-Type: text/html\r\n", "<html>Bad gateway</html>");
  assert_fails (fixture, FHIR_ERROR_SERVER, 2, TRUE);
  fault_server_answer (fixture->server, 500, "Content-Type: text/html\r\n", "<html>Oops</html>");
  assert_fails (fixture, FHIR_ERROR_SERVER, 3, TRUE);
  fault_server_answer (fixture->server, 500, NULL, OUTCOME ("exception", "rolled back"));
  assert_fails (fixture, FHIR_ERROR_SERVER, 4, FALSE);
}

/* A cut or silent connection: never sent again by itself, and never called done or failed. */
static void
test_broken (Fixture *fixture, gconstpointer data)
{
  static const char head[] = "HTTP/1.1 200 OK\r\nContent-Le";

  fault_server_answer_cut (fixture->server, 200, REPLY (SLOT_OK "," VISIT_OK), 20);
  assert_fails (fixture, FHIR_ERROR_NETWORK, 1, TRUE);
  fault_server_answer_raw (fixture->server, head, sizeof head - 1);
  assert_fails (fixture, FHIR_ERROR_NETWORK, 2, TRUE);
  fhir_client_set_timeout (fixture->client, 1);
  fault_server_answer_never (fixture->server);
  assert_fails (fixture, FHIR_ERROR_TIMEOUT, 3, TRUE);
}

/* Only where the server says that it did nothing. */
static void
test_repeats (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (FhirBundle) bundle = NULL;

  fault_server_answer (fixture->server, 429, "Retry-After: 0\r\n", OUTCOME ("throttled", "slow down"));
  fault_server_answer (fixture->server, 503, "Retry-After: 0\r\n", OUTCOME ("transient", "restarting"));
  fault_server_answer (fixture->server, 200, NULL, REPLY (SLOT_OK "," VISIT_OK));
  bundle = await_transact (fixture->client, fixture->transaction, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (fault_server_get_n_requests (fixture->server), ==, 3);
  g_assert_cmpuint (fhir_client_get_n_requests (fixture->client), ==, 3);

  fault_server_answer (fixture->server, 503, NULL, "");
  assert_fails (fixture, FHIR_ERROR_SERVER, 4, TRUE);
  fault_server_answer (fixture->server, 504, "Retry-After: 0\r\n", "");
  assert_fails (fixture, FHIR_ERROR_SERVER, 5, TRUE);
}

static void
test_cancelled (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  fault_server_answer_never (fixture->server);
  fhir_client_transact_async (fixture->client, fixture->transaction, cancellable, await_cb, &result);
  while (fault_server_get_n_requests (fixture->server) == 0)
    g_main_context_iteration (NULL, TRUE);
  g_cancellable_cancel (cancellable);
  await_result (&result);
  g_assert_null (fhir_client_transact_finish (fixture->client, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_true (fhir_error_is_outcome_unknown (error));
}

/* Where the server says beforehand that it has no transactions nothing is sent. */
static void
test_unsupported (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (FhirCapabilities) capabilities = NULL;

  fault_server_answer (fixture->server, 200, NULL,
                       "{\"resourceType\":\"CapabilityStatement\",\"fhirVersion\":\"4.0.1\",\"rest\":[{\"mode\":\"server\"}]}");
  capabilities = await_capabilities (fixture->client, &error);
  g_assert_no_error (error);
  assert_fails (fixture, FHIR_ERROR_UNSUPPORTED, 1, FALSE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, function) g_test_add ("/fhir/transact/" path, Fixture, NULL, set_up, function, tear_down)
  ADD ("done", test_done);
  ADD ("taken", test_taken);
  ADD ("try-again", test_try_again);
  ADD ("failed-inside", test_failed_inside);
  ADD ("odd-replies", test_odd_replies);
  ADD ("html", test_html);
  ADD ("broken", test_broken);
  ADD ("repeats", test_repeats);
  ADD ("cancelled", test_cancelled);
  ADD ("unsupported", test_unsupported);
#undef ADD

  return g_test_run ();
}
