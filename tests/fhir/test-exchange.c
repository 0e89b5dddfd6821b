/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "await.h"
#include "fault-server.h"

#include <string.h>

/* What one request does when the world does not behave. */

#define PATIENT "{\"resourceType\":\"Patient\",\"id\":\"12\",\"meta\":{\"versionId\":\"1\"}}"

typedef struct
{
  FaultServer *server;
  FhirClient *client;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->server = fault_server_new ();
  fixture->client = fhir_client_new (fault_server_get_base_url (fixture->server));
  g_object_set (fixture->client, "backoff-unit-ms", 1u, NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_cmpuint (fault_server_get_n_left (fixture->server), ==, 0);
  g_assert_finalize_object (fixture->client);
  fault_server_free (fixture->server);
}

static void
assert_reads (Fixture *fixture, guint n_requests)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (FhirResource) resource = await_read (fixture->client, "Patient/12", &error);

  g_assert_no_error (error);
  g_assert_cmpstr (fhir_resource_get_reference (resource), ==, "Patient/12");
  g_assert_cmpuint (fault_server_get_n_requests (fixture->server), ==, n_requests);
}

static void
assert_fails (Fixture *fixture, FhirError code, guint n_requests)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (await_read (fixture->client, "Patient/12", &error));
  g_assert_error (error, FHIR_ERROR, (int) code);
  g_assert_false (fhir_error_is_outcome_unknown (error));
  g_assert_cmpuint (fault_server_get_n_requests (fixture->server), ==, n_requests);
}

static void
test_headers (Fixture *fixture, gconstpointer data)
{
  const char *request;

  fhir_client_set_bearer_token (fixture->client, "secret-token");
  fault_server_answer (fixture->server, 200, NULL, PATIENT);
  assert_reads (fixture, 1);
  request = fault_server_get_request (fixture->server, 0);
  g_assert_true (g_str_has_prefix (request, "GET /fhir/Patient/12 HTTP/1.1\r\n"));
  g_assert_nonnull (strstr (request, "\r\nAccept: application/fhir+json\r\n"));
  g_assert_nonnull (strstr (request, "\r\nCache-Control: no-cache\r\n"));
  g_assert_nonnull (strstr (request, "\r\nAuthorization: Bearer secret-token\r\n"));
  g_assert_nonnull (strcasestr (request, "\r\nAccept-Encoding: gzip"));

  fhir_client_set_bearer_token (fixture->client, NULL);
  fault_server_answer (fixture->server, 200, NULL, PATIENT);
  assert_reads (fixture, 2);
  g_assert_null (strstr (fault_server_get_request (fixture->server, 1), "Authorization"));
}

/* Signing in again is the caller's business: nothing is repeated, and the new token works. */
static void
test_unauthorized (Fixture *fixture, gconstpointer data)
{
  fhir_client_set_bearer_token (fixture->client, "old");
  fault_server_answer (fixture->server, 401, "WWW-Authenticate: Basic realm=\"x\"\r\n", "");
  assert_fails (fixture, FHIR_ERROR_UNAUTHORIZED, 1);
  fhir_client_set_bearer_token (fixture->client, "new");
  fault_server_answer (fixture->server, 200, NULL, PATIENT);
  assert_reads (fixture, 2);
  g_assert_nonnull (strstr (fault_server_get_request (fixture->server, 1), "Bearer new\r\n"));
}

static void
test_repeats (Fixture *fixture, gconstpointer data)
{
  fault_server_answer (fixture->server, 503, NULL, "");
  fault_server_answer (fixture->server, 502, "Content-Type: text/html\r\n", "<html/>");
  fault_server_answer (fixture->server, 504, NULL, "");
  fault_server_answer (fixture->server, 200, NULL, PATIENT);
  assert_reads (fixture, 4);

  for (guint i = 0; i < 4; i++)
    fault_server_answer (fixture->server, 503, NULL, "");
  assert_fails (fixture, FHIR_ERROR_SERVER, 8);

  fhir_client_set_max_retries (fixture->client, 0);
  fault_server_answer (fixture->server, 429, NULL, "");
  assert_fails (fixture, FHIR_ERROR_THROTTLED, 9);
  fault_server_answer (fixture->server, 500, NULL, "");
  assert_fails (fixture, FHIR_ERROR_SERVER, 10);
}

/* The wait that the server asks for is kept, in both of its forms. */
static void
test_retry_after (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autoptr (GDateTime) later = g_date_time_add_seconds (now, 2);
  g_autofree char *date = g_date_time_format (later, "Retry-After: %a, %d %b %Y %H:%M:%S GMT\r\n");
  gint64 start = g_get_monotonic_time ();

  fault_server_answer (fixture->server, 429, "Retry-After: 1\r\n", "");
  fault_server_answer (fixture->server, 200, NULL, PATIENT);
  assert_reads (fixture, 2);
  g_assert_cmpint (g_get_monotonic_time () - start, >=, G_USEC_PER_SEC - 10000);

  fault_server_answer (fixture->server, 503, date, "");
  fault_server_answer (fixture->server, 200, NULL, PATIENT);
  assert_reads (fixture, 4);
  g_assert_cmpint (g_get_real_time () / 1000, >=, g_date_time_to_unix (later) * 1000 - 5);

  start = g_get_monotonic_time ();
  fault_server_answer (fixture->server, 429, "Retry-After: Thu, 01 Jan 1970 00:00:00 GMT\r\n", "");
  fault_server_answer (fixture->server, 429, "Retry-After: soon\r\n", "");
  fault_server_answer (fixture->server, 200, NULL, PATIENT);
  assert_reads (fixture, 7);
  g_assert_cmpint (g_get_monotonic_time () - start, <, G_USEC_PER_SEC);
}

/* A body that ends too early is never taken for the whole, cut at any byte. */
static void
test_cut (Fixture *fixture, gconstpointer data)
{
  static const char chunked[] = "HTTP/1.1 200 OK\r\nContent-Type: application/fhir+json\r\nTransfer-Encoding: chunked\r\n\r\n"
                                "10\r\n{\"resourceType\":";
  g_autoptr (GError) error = NULL;
  guint n = 0;

  fhir_client_set_max_retries (fixture->client, 0);
  for (gsize i = 0; i < strlen (PATIENT); i += 7)
    {
      fault_server_answer_cut (fixture->server, 200, PATIENT, i);
      assert_fails (fixture, FHIR_ERROR_NETWORK, ++n);
    }
  fault_server_answer_raw (fixture->server, chunked, sizeof chunked - 1);
  g_assert_null (await_read (fixture->client, "Patient/12", &error));
  g_assert_true (error->domain == FHIR_ERROR);
  fault_server_answer_raw (fixture->server, "nonsense\r\n\r\n", 12);
  assert_fails (fixture, FHIR_ERROR_NETWORK, n + 2);

  fhir_client_set_max_retries (fixture->client, 1);
  fault_server_answer_cut (fixture->server, 200, PATIENT, 10);
  fault_server_answer (fixture->server, 200, NULL, PATIENT);
  assert_reads (fixture, n + 4);
}

static void
test_slow (Fixture *fixture, gconstpointer data)
{
  gint64 start = g_get_monotonic_time ();

  fhir_client_set_timeout (fixture->client, 1);
  fault_server_answer_never (fixture->server);
  assert_fails (fixture, FHIR_ERROR_TIMEOUT, 1);
  g_assert_cmpint (g_get_monotonic_time () - start, <, 3 * G_USEC_PER_SEC);
}

static void
test_cancelled (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) in_flight = NULL;
  g_autoptr (GAsyncResult) waiting = NULL;
  g_autoptr (GAsyncResult) before = NULL;
  g_autoptr (GError) error = NULL;

  fault_server_answer_never (fixture->server);
  fhir_client_read_async (fixture->client, "Patient/12", cancellable, await_cb, &in_flight);
  while (fault_server_get_n_requests (fixture->server) == 0)
    g_main_context_iteration (NULL, TRUE);
  g_cancellable_cancel (cancellable);
  await_result (&in_flight);
  g_assert_null (fhir_client_read_finish (fixture->client, in_flight, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);

  /* During the wait that a server asked for. */
  g_cancellable_reset (cancellable);
  fault_server_answer (fixture->server, 503, "Retry-After: 25\r\n", "");
  fhir_client_read_async (fixture->client, "Patient/12", cancellable, await_cb, &waiting);
  while (fault_server_get_n_requests (fixture->server) == 1)
    g_main_context_iteration (NULL, TRUE);
  await_ms (100);
  g_assert_null (waiting);
  g_cancellable_cancel (cancellable);
  await_result (&waiting);
  g_assert_null (fhir_client_read_finish (fixture->client, waiting, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);

  /* Before anything was sent. */
  fhir_client_read_async (fixture->client, "Patient/12", cancellable, await_cb, &before);
  await_result (&before);
  g_assert_null (fhir_client_read_finish (fixture->client, before, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (fault_server_get_n_requests (fixture->server), ==, 2);
}

/* The token and the search stay with the server that they are meant for. */
static void
test_redirects (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FaultServer) other = fault_server_new ();
  g_autofree char *away = g_strdup_printf ("Location: %s-not/Patient/12\r\n", fault_server_get_base_url (other));
  g_autofree char *home = g_strdup_printf ("Location: %s/Patient/12\r\n", fault_server_get_base_url (fixture->server));
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) patient = await_json ("{\"resourceType\":\"Patient\"}");

  fhir_client_set_bearer_token (fixture->client, "secret-token");
  fault_server_answer (fixture->server, 302, away, "");
  assert_fails (fixture, FHIR_ERROR_BAD_REPLY, 1);
  fault_server_answer (fixture->server, 307, "Location: ftp://127.0.0.1/fhir/x\r\n", "");
  assert_fails (fixture, FHIR_ERROR_BAD_REPLY, 2);
  fault_server_answer (fixture->server, 301, NULL, "");
  assert_fails (fixture, FHIR_ERROR_BAD_REPLY, 3);
  g_assert_cmpuint (fault_server_get_n_requests (other), ==, 0);

  fault_server_answer (fixture->server, 302, home, "");
  fault_server_answer (fixture->server, 200, NULL, PATIENT);
  assert_reads (fixture, 5);
  for (guint i = 0; i < 4; i++)
    fault_server_answer (fixture->server, 302, home, "");
  assert_fails (fixture, FHIR_ERROR_BAD_REPLY, 9);

  /* A write goes nowhere else at all. */
  fault_server_answer (fixture->server, 307, home, "");
  g_assert_null (await_create (fixture->client, patient, NULL, &error));
  g_assert_error (error, FHIR_ERROR, FHIR_ERROR_BAD_REPLY);
  g_assert_false (fhir_error_is_outcome_unknown (error));
  g_assert_cmpuint (fault_server_get_n_requests (fixture->server), ==, 10);
  g_clear_error (&error);

  /* "See other" is the answer to what was done. */
  fault_server_answer (fixture->server, 303, home, "");
  g_assert_null (await_create (fixture->client, patient, NULL, &error));
  g_assert_error (error, FHIR_ERROR, FHIR_ERROR_BAD_REPLY);
  g_assert_true (fhir_error_is_outcome_unknown (error));
  g_assert_cmpuint (fault_server_get_n_requests (fixture->server), ==, 11);
}

static void
test_refused (void)
{
  g_autoptr (FhirClient) client = fhir_client_new ("http://127.0.0.1:1/fhir");
  g_autoptr (FhirClient) by_socket = fhir_client_new_for_socket ("/nonexistent/reception/socket");
  g_autoptr (JsonObject) patient = await_json ("{\"resourceType\":\"Patient\"}");
  g_autoptr (GError) read_error = NULL;
  g_autoptr (GError) write_error = NULL;
  g_autoptr (GError) socket_error = NULL;

  g_object_set (client, "backoff-unit-ms", 1u, NULL);
  g_object_set (by_socket, "backoff-unit-ms", 1u, NULL);
  g_assert_null (await_read (client, "Patient/12", &read_error));
  g_assert_error (read_error, FHIR_ERROR, FHIR_ERROR_NETWORK);
  g_assert_cmpuint (fhir_client_get_n_requests (client), ==, 4);

  /* Nothing was sent, so nothing was done. */
  g_assert_null (await_create (client, patient, NULL, &write_error));
  g_assert_error (write_error, FHIR_ERROR, FHIR_ERROR_NETWORK);
  g_assert_false (fhir_error_is_outcome_unknown (write_error));
  g_assert_cmpuint (fhir_client_get_n_requests (client), ==, 5);

  g_assert_null (await_read (by_socket, "Patient/12", &socket_error));
  g_assert_error (socket_error, FHIR_ERROR, FHIR_ERROR_NETWORK);
}

static void
test_gzip (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GZlibCompressor) compressor = g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, -1);
  guchar packed[512];
  gsize n_read, n_packed;
  g_autoptr (GString) answer = g_string_new (NULL);

  g_converter_convert (G_CONVERTER (compressor), PATIENT, strlen (PATIENT), packed, sizeof packed,
                       G_CONVERTER_INPUT_AT_END, &n_read, &n_packed, NULL);
  g_assert_cmpuint (n_packed, >, 0);
  g_string_printf (answer,
                   "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Type: application/fhir+json\r\n"
                   "Content-Encoding: gzip\r\nContent-Length: %zu\r\n\r\n",
                   n_packed);
  g_string_append_len (answer, (const char *) packed, (gssize) n_packed);
  fault_server_answer_raw (fixture->server, answer->str, answer->len);
  assert_reads (fixture, 1);

  fhir_client_set_max_retries (fixture->client, 0);
  fault_server_answer_raw (fixture->server, answer->str, answer->len - 12);
  assert_fails (fixture, FHIR_ERROR_NETWORK, 2);
}

/* However much a server sends, only so much is kept. */
static void
test_giant (Fixture *fixture, gconstpointer data)
{
  g_autofree char *filling = g_strnfill (300000, ' ');
  g_autofree char *giant = g_strconcat (PATIENT, filling, NULL);

  fault_server_answer (fixture->server, 200, NULL, giant);
  assert_reads (fixture, 1);
  g_object_set (fixture->client, "max-reply-bytes", (guint64) 250000, NULL);
  fault_server_answer (fixture->server, 200, NULL, giant);
  assert_fails (fixture, FHIR_ERROR_BAD_REPLY, 2);
}

static void
test_bad_bodies (Fixture *fixture, gconstpointer data)
{
  fault_server_answer (fixture->server, 200, "Content-Type: text/html\r\n", "<html>Please sign in</html>");
  assert_fails (fixture, FHIR_ERROR_BAD_REPLY, 1);
  fault_server_answer (fixture->server, 200, "Content-Type: application/fhir+xml\r\n", "<Patient/>");
  assert_fails (fixture, FHIR_ERROR_BAD_REPLY, 2);
  fault_server_answer (fixture->server, 200, NULL, "");
  assert_fails (fixture, FHIR_ERROR_BAD_REPLY, 3);
  fault_server_answer (fixture->server, 200, NULL, "{\"resourceType\":\"Patient\",\"id\":\"13\"}");
  assert_fails (fixture, FHIR_ERROR_BAD_REPLY, 4);
  fault_server_answer (fixture->server, 404, "Content-Type: text/html\r\n", "<html>?</html>");
  assert_fails (fixture, FHIR_ERROR_NOT_FOUND, 5);
  fault_server_answer (fixture->server, 200, "Content-Type: application/json; charset=utf-8\r\n", PATIENT);
  assert_reads (fixture, 6);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, function) g_test_add ("/fhir/exchange/" path, Fixture, NULL, set_up, function, tear_down)
  ADD ("headers", test_headers);
  ADD ("unauthorized", test_unauthorized);
  ADD ("repeats", test_repeats);
  ADD ("retry-after", test_retry_after);
  ADD ("cut", test_cut);
  ADD ("slow", test_slow);
  ADD ("cancelled", test_cancelled);
  ADD ("redirects", test_redirects);
  ADD ("gzip", test_gzip);
  ADD ("giant", test_giant);
  ADD ("bad-bodies", test_bad_bodies);
#undef ADD
  g_test_add_func ("/fhir/exchange/refused", test_refused);

  return g_test_run ();
}
