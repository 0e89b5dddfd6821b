/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "fhir"

#include "fhir-error.h"
#include "fhir-error-private.h"

#include <gio/gio.h>

typedef struct
{
  guint http_status;
  char *issue_code;
  char *diagnostics;
  gboolean outcome_unknown;
} FhirErrorPrivate;

static void
fhir_error_private_init (FhirErrorPrivate *priv)
{
}

static void
fhir_error_private_copy (const FhirErrorPrivate *source, FhirErrorPrivate *copy)
{
  copy->http_status = source->http_status;
  copy->issue_code = g_strdup (source->issue_code);
  copy->diagnostics = g_strdup (source->diagnostics);
  copy->outcome_unknown = source->outcome_unknown;
}

static void
fhir_error_private_clear (FhirErrorPrivate *priv)
{
  g_free (priv->issue_code);
  g_free (priv->diagnostics);
}

G_DEFINE_EXTENDED_ERROR (FhirError, fhir_error)

/* The private part of @error; NULL when it is of another domain. */
static FhirErrorPrivate *
peek_private (const GError *error)
{
  if (error == NULL || error->domain != FHIR_ERROR)
    return NULL;

  return fhir_error_get_private (error);
}

/**
 * fhir_error_new_full:
 * @code: what kind of failure
 * @http_status: status of the reply, 0 when there was none
 * @issue_code: (nullable): code of the first issue of an OperationOutcome
 * @diagnostics: (nullable): technical text of the server. It may name patients: it is shown, never logged
 * @message: text that names nobody
 *
 * Returns: (transfer full): a new error
 */
GError *
fhir_error_new_full (FhirError code, guint http_status, const char *issue_code, const char *diagnostics,
                     const char *message)
{
  GError *error = g_error_new_literal (FHIR_ERROR, (int) code, message);
  FhirErrorPrivate *priv = fhir_error_get_private (error);

  priv->http_status = http_status;
  priv->issue_code = g_strdup (issue_code);
  priv->diagnostics = g_strdup (diagnostics);
  return error;
}

/**
 * fhir_error_mark_outcome_unknown:
 * @error: (nullable): an error; only one of this domain is marked
 *
 * Notes that the request behind @error may have been carried out.
 */
void
fhir_error_mark_outcome_unknown (GError *error)
{
  FhirErrorPrivate *priv = peek_private (error);

  if (priv != NULL)
    priv->outcome_unknown = TRUE;
}

/**
 * fhir_error_get_http_status:
 * @error: (nullable): any error
 *
 * Returns: the HTTP status that came with it, 0 when there was none
 */
guint
fhir_error_get_http_status (const GError *error)
{
  FhirErrorPrivate *priv = peek_private (error);

  return priv != NULL ? priv->http_status : 0;
}

/**
 * fhir_error_get_issue_code:
 * @error: (nullable): any error
 *
 * Returns: (nullable): OperationOutcome.issue.code, such as "conflict"
 */
const char *
fhir_error_get_issue_code (const GError *error)
{
  FhirErrorPrivate *priv = peek_private (error);

  return priv != NULL ? priv->issue_code : NULL;
}

/**
 * fhir_error_get_diagnostics:
 * @error: (nullable): any error
 *
 * The technical text of the server. It may contain what was sent: show it on request, never log it.
 *
 * Returns: (nullable): the text
 */
const char *
fhir_error_get_diagnostics (const GError *error)
{
  FhirErrorPrivate *priv = peek_private (error);

  return priv != NULL ? priv->diagnostics : NULL;
}

/**
 * fhir_error_is_outcome_unknown:
 * @error: (nullable): the error of a write
 *
 * A cancelled write counts as unknown: whoever cancels cannot know how far it had come.
 *
 * Returns: whether the request may have been carried out in spite of @error
 */
gboolean
fhir_error_is_outcome_unknown (const GError *error)
{
  FhirErrorPrivate *priv = peek_private (error);

  if (priv == NULL)
    return g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);

  return priv->outcome_unknown;
}
