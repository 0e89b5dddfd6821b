/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define FHIR_ERROR (fhir_error_quark ())

/**
 * FhirError:
 * @FHIR_ERROR_FAILED: anything else
 * @FHIR_ERROR_NETWORK: no connection, or it broke
 * @FHIR_ERROR_TIMEOUT: no reply in time
 * @FHIR_ERROR_UNAUTHORIZED: 401, sign in again
 * @FHIR_ERROR_FORBIDDEN: 403
 * @FHIR_ERROR_NOT_FOUND: 404 and 410
 * @FHIR_ERROR_CONFLICT: 409 and 412 (and Medplum's 400 for a taken slot): somebody was faster, re-read
 * @FHIR_ERROR_TRY_AGAIN: 409/503 with an issue code "transient" or "lock-error"-like "try again": nothing was stored
 * @FHIR_ERROR_REFUSED: 400 and 422, the server will not take this content
 * @FHIR_ERROR_THROTTLED: 429 after the retries
 * @FHIR_ERROR_SERVER: 5xx
 * @FHIR_ERROR_BAD_REPLY: not FHIR, truncated, wrong JSON, or a failed entry inside a transaction answered 200
 * @FHIR_ERROR_UNSUPPORTED: the server's CapabilityStatement says it cannot
 */
typedef enum
{
  FHIR_ERROR_FAILED,
  FHIR_ERROR_NETWORK,
  FHIR_ERROR_TIMEOUT,
  FHIR_ERROR_UNAUTHORIZED,
  FHIR_ERROR_FORBIDDEN,
  FHIR_ERROR_NOT_FOUND,
  FHIR_ERROR_CONFLICT,
  FHIR_ERROR_TRY_AGAIN,
  FHIR_ERROR_REFUSED,
  FHIR_ERROR_THROTTLED,
  FHIR_ERROR_SERVER,
  FHIR_ERROR_BAD_REPLY,
  FHIR_ERROR_UNSUPPORTED,
} FhirError;

GQuark fhir_error_quark (void);

/* What travels beside the message (an extended GError): 0/NULL when the error is not of this domain. */
guint fhir_error_get_http_status (const GError *error);
const char *fhir_error_get_issue_code (const GError *error);
const char *fhir_error_get_diagnostics (const GError *error);
/* Whether the request may have been carried out although this error came back: a write that timed out, was cut, or
 * answered by something unreadable. The caller must look before it repeats. */
gboolean fhir_error_is_outcome_unknown (const GError *error);

G_END_DECLS
