/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "fhir"

#include "fhir-outcome.h"

#include <gio/gio.h>
#include <string.h>

#include "fhir-error-private.h"
#include "fhir-resource.h"

/* The text of the first issue: servers put it into either place. */
static const char *
issue_text (JsonObject *outcome)
{
  const char *text = fhir_json_get_string (outcome, "issue.0.diagnostics");

  return text != NULL ? text : fhir_json_get_string (outcome, "issue.0.details.text");
}

static gboolean
text_has (const char *text, const char *part)
{
  g_autofree char *folded = text != NULL ? g_ascii_strdown (text, -1) : NULL;

  return folded != NULL && strstr (folded, part) != NULL;
}

/* Whether a 409 or 503 means that the server was busy with itself: a deadlock, a lock that it did not get, a
 * transaction that the database took back. Nothing was stored, and the same request may work in a moment. */
static gboolean
is_transient (JsonObject *outcome)
{
  static const char *const codes[] = { "transient", "lock-error", "timeout", "throttled", "incomplete", NULL };
  const char *code = fhir_json_get_string (outcome, "issue.0.code");
  const char *text = issue_text (outcome);

  if (code != NULL && g_strv_contains (codes, code))
    return TRUE;

  return text_has (text, "deadlock") || text_has (text, "try again") || text_has (text, "could not serialize");
}

/* Medplum answers 400 "invalid" where a slot is gone. */
static gboolean
is_taken (JsonObject *outcome)
{
  const char *code = fhir_json_get_string (outcome, "issue.0.code");

  return g_strcmp0 (code, "conflict") == 0 || text_has (issue_text (outcome), "not available");
}

static FhirError
classify (guint status, JsonObject *outcome)
{
  switch (status)
    {
    case 400:
      return is_taken (outcome) ? FHIR_ERROR_CONFLICT : FHIR_ERROR_REFUSED;
    case 401:
      return FHIR_ERROR_UNAUTHORIZED;
    case 403:
      return FHIR_ERROR_FORBIDDEN;
    case 404:
    case 410:
      return FHIR_ERROR_NOT_FOUND;
    case 405:
    case 501:
      return FHIR_ERROR_UNSUPPORTED;
    case 408:
      return FHIR_ERROR_TIMEOUT;
    case 409:
      return is_transient (outcome) ? FHIR_ERROR_TRY_AGAIN : FHIR_ERROR_CONFLICT;
    case 412:
      return FHIR_ERROR_CONFLICT;
    case 422:
      return FHIR_ERROR_REFUSED;
    case 429:
      return FHIR_ERROR_THROTTLED;
    case 503:
      return is_transient (outcome) ? FHIR_ERROR_TRY_AGAIN : FHIR_ERROR_SERVER;
    default:
      return status >= 500 ? FHIR_ERROR_SERVER : FHIR_ERROR_FAILED;
    }
}

/**
 * fhir_outcome_to_error:
 * @status: HTTP status, of a reply or of an entry in one
 * @outcome: (nullable): what came with it, an OperationOutcome or anything
 *
 * Returns: (transfer full): the error that it means. Its message names the status and the code, nothing else
 */
GError *
fhir_outcome_to_error (guint status, JsonObject *outcome)
{
  g_autofree char *message = NULL;
  const char *code;

  if (g_strcmp0 (fhir_json_get_string (outcome, "resourceType"), "OperationOutcome") != 0)
    outcome = NULL;

  code = fhir_json_get_string (outcome, "issue.0.code");
  if (code != NULL)
    message = g_strdup_printf ("The server answered %u (%s)", status, code);
  else
    message = g_strdup_printf ("The server answered %u", status);

  return fhir_error_new_full (classify (status, outcome), status, code, issue_text (outcome), message);
}

/**
 * fhir_outcome_from_transport:
 * @error: what GIO or libsoup said
 *
 * Returns: (transfer full): it as an error of this domain; a cancellation stays what it is
 */
GError *
fhir_outcome_from_transport (const GError *error)
{
  if (error->domain == FHIR_ERROR || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return g_error_copy (error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT))
    return fhir_error_new_full (FHIR_ERROR_TIMEOUT, 0, NULL, error->message, "The server did not answer in time");

  /* libsoup's own words may repeat an address with a search in it: they travel as diagnostics. */
  return fhir_error_new_full (FHIR_ERROR_NETWORK, 0, NULL, error->message, "The server cannot be reached");
}
