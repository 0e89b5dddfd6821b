/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "await.h"

#include "fhir/fhir-outcome.h"

#define NAME "Quispe"

static JsonObject *
outcome (const char *code, const char *diagnostics)
{
  g_autofree char *text = g_strdup_printf (
    "{\"resourceType\":\"OperationOutcome\",\"issue\":[{\"severity\":\"error\",\"code\":\"%s\",\"diagnostics\":\"%s\"}]}", code,
    diagnostics);

  return await_json (text);
}

static void
test_decisions (void)
{
  static const struct
  {
    guint status;
    const char *code;
    const char *text;
    FhirError expected;
  } cases[] = {
    { 400, "invalid", "Patient.birthDate", FHIR_ERROR_REFUSED },
    { 400, "invalid", "Requested time slot is not available", FHIR_ERROR_CONFLICT },
    { 400, "conflict", "x", FHIR_ERROR_CONFLICT },
    { 401, "login", "x", FHIR_ERROR_UNAUTHORIZED },
    { 403, "forbidden", "x", FHIR_ERROR_FORBIDDEN },
    { 404, "not-found", "x", FHIR_ERROR_NOT_FOUND },
    { 405, "not-supported", "x", FHIR_ERROR_UNSUPPORTED },
    { 408, "timeout", "x", FHIR_ERROR_TIMEOUT },
    { 409, "conflict", "x", FHIR_ERROR_CONFLICT },
    { 409, "duplicate", "x", FHIR_ERROR_CONFLICT },
    { 409, "processing", "HAPI-0550: version constraint failure", FHIR_ERROR_CONFLICT },
    { 409, "transient", "x", FHIR_ERROR_TRY_AGAIN },
    { 409, "lock-error", "x", FHIR_ERROR_TRY_AGAIN },
    { 409, "timeout", "x", FHIR_ERROR_TRY_AGAIN },
    { 409, "processing", "Deadlock found", FHIR_ERROR_TRY_AGAIN },
    { 409, "processing", "could not serialize access", FHIR_ERROR_TRY_AGAIN },
    { 410, "deleted", "x", FHIR_ERROR_NOT_FOUND },
    { 412, "conflict", "x", FHIR_ERROR_CONFLICT },
    { 412, "lock-error", "x", FHIR_ERROR_CONFLICT },
    { 412, "multiple-matches", "x", FHIR_ERROR_CONFLICT },
    { 418, "processing", "x", FHIR_ERROR_FAILED },
    { 422, "business-rule", "x", FHIR_ERROR_REFUSED },
    { 429, "throttled", "x", FHIR_ERROR_THROTTLED },
    { 500, "exception", "x", FHIR_ERROR_SERVER },
    { 501, "not-supported", "x", FHIR_ERROR_UNSUPPORTED },
    { 503, "transient", "x", FHIR_ERROR_TRY_AGAIN },
    { 503, "exception", "x", FHIR_ERROR_SERVER },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (JsonObject) json = outcome (cases[i].code, cases[i].text);
      g_autoptr (GError) error = fhir_outcome_to_error (cases[i].status, json);

      g_test_message ("%u %s", cases[i].status, cases[i].code);
      g_assert_error (error, FHIR_ERROR, (int) cases[i].expected);
      g_assert_cmpuint (fhir_error_get_http_status (error), ==, cases[i].status);
      g_assert_cmpstr (fhir_error_get_issue_code (error), ==, cases[i].code);
      g_assert_cmpstr (fhir_error_get_diagnostics (error), ==, cases[i].text);
    }
}

/* The message may be logged: what a server wrote about a patient travels beside it. */
static void
test_privacy (void)
{
  g_autoptr (JsonObject) json = outcome ("duplicate", "A patient " NAME " exists");
  g_autoptr (JsonObject) by_details = await_json (
    "{\"resourceType\":\"OperationOutcome\",\"issue\":[{\"code\":\"invalid\",\"details\":{\"text\":\"" NAME "\"}}]}");
  g_autoptr (GError) error = fhir_outcome_to_error (409, json);
  g_autoptr (GError) detailed = fhir_outcome_to_error (422, by_details);
  g_autoptr (GError) transport = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_FAILED, "GET /fhir/Patient?name=" NAME);
  g_autoptr (GError) mapped = fhir_outcome_from_transport (transport);

  g_assert_null (strstr (error->message, NAME));
  g_assert_nonnull (strstr (fhir_error_get_diagnostics (error), NAME));
  g_assert_null (strstr (detailed->message, NAME));
  g_assert_cmpstr (fhir_error_get_diagnostics (detailed), ==, NAME);
  g_assert_null (strstr (mapped->message, NAME));
}

/* A body that is no OperationOutcome says nothing. */
static void
test_other_body (void)
{
  g_autoptr (JsonObject) json = await_json ("{\"resourceType\":\"Patient\",\"issue\":[{\"code\":\"transient\"}]}");
  g_autoptr (GError) error = fhir_outcome_to_error (409, json);
  g_autoptr (GError) bare = fhir_outcome_to_error (409, NULL);

  g_assert_error (error, FHIR_ERROR, FHIR_ERROR_CONFLICT);
  g_assert_null (fhir_error_get_issue_code (error));
  g_assert_error (bare, FHIR_ERROR, FHIR_ERROR_CONFLICT);
  g_assert_null (fhir_error_get_diagnostics (bare));
}

static void
test_transport (void)
{
  g_autoptr (GError) cancelled = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "x");
  g_autoptr (GError) timed_out = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_TIMED_OUT, "x");
  g_autoptr (GError) refused = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED, "x");
  g_autoptr (GError) a = fhir_outcome_from_transport (cancelled);
  g_autoptr (GError) b = fhir_outcome_from_transport (timed_out);
  g_autoptr (GError) c = fhir_outcome_from_transport (refused);

  g_assert_error (a, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_error (b, FHIR_ERROR, FHIR_ERROR_TIMEOUT);
  g_assert_error (c, FHIR_ERROR, FHIR_ERROR_NETWORK);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/fhir/outcome/decisions", test_decisions);
  g_test_add_func ("/fhir/outcome/privacy", test_privacy);
  g_test_add_func ("/fhir/outcome/other-body", test_other_body);
  g_test_add_func ("/fhir/outcome/transport", test_transport);

  return g_test_run ();
}
