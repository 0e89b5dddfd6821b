/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "await.h"

#include "fhir/fhir-exchange.h"

static void
test_body (void)
{
  g_autoptr (FhirRequest) request =
    fhir_request_new ("PUT", g_uri_parse ("http://host/fhir/Slot/7", G_URI_FLAGS_NONE, NULL), FHIR_REPEAT_NEVER);
  g_autoptr (JsonObject) first = await_json ("{\"resourceType\":\"Slot\",\"id\":\"7\",\"comment\":\"ñ \\\"x\\\"\"}");
  g_autoptr (JsonObject) second = await_json ("{\"resourceType\":\"Slot\"}");
  g_autoptr (JsonObject) parsed = NULL;
  gsize length;
  const char *text;

  g_assert_null (request->body);
  g_assert_cmpstr (request->content_type, ==, "application/fhir+json");
  fhir_request_set_json (request, second);
  fhir_request_set_json (request, first);
  text = g_bytes_get_data (request->body, &length);
  g_assert_cmpuint (length, ==, strlen (text));
  parsed = await_json (text);
  g_assert_cmpstr (fhir_json_get_string (parsed, "comment"), ==, "ñ \"x\"");
}

/* An address that cannot be built is an error of the exchange, not a crash. */
static void
test_without_address (void)
{
  g_autoptr (FhirChannel) channel = fhir_channel_new ("http://127.0.0.1:1/fhir", NULL);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  fhir_exchange_async (channel, fhir_request_new ("GET", NULL, FHIR_REPEAT_READ), NULL, await_cb, &result);
  await_result (&result);
  g_assert_null (fhir_exchange_finish (result, &error));
  g_assert_error (error, FHIR_ERROR, FHIR_ERROR_FAILED);
  g_assert_cmpuint (channel->n_requests, ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/fhir/request/body", test_body);
  g_test_add_func ("/fhir/request/without-address", test_without_address);

  return g_test_run ();
}
