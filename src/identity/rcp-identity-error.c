/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-identity"

#include "rcp-identity-error.h"

#include <gio/gio.h>
#include <glib/gi18n.h>

#include "fhir/fhir-error.h"

typedef struct
{
  char *detail;
} RcpIdentityErrorPrivate;

static void
rcp_identity_error_private_init (RcpIdentityErrorPrivate *priv)
{
  priv->detail = NULL;
}

static void
rcp_identity_error_private_copy (const RcpIdentityErrorPrivate *from, RcpIdentityErrorPrivate *to)
{
  to->detail = g_strdup (from->detail);
}

static void
rcp_identity_error_private_clear (RcpIdentityErrorPrivate *priv)
{
  g_free (priv->detail);
}

G_DEFINE_EXTENDED_ERROR (RcpIdentityError, rcp_identity_error)

static const char *const messages[] = {
  [RCP_IDENTITY_ERROR_FAILED] = N_ ("Something went wrong. Nothing was saved. Try again."),
  [RCP_IDENTITY_ERROR_DISPUTED]
  = N_ ("Another desk changed the same data meanwhile. Nothing was saved. Choose what is right, then save again."),
  [RCP_IDENTITY_ERROR_GONE] = N_ ("This is no longer in the record. Nothing was saved. Search for the patient again."),
  [RCP_IDENTITY_ERROR_UNKNOWN]
  = N_ ("The record did not answer. It is not certain whether this was saved. Look for it when the connection is back."),
  [RCP_IDENTITY_ERROR_NOT_KEPT]
  = N_ ("The record said yes, but what it holds differs from what was asked. Look at the patient, and tell whoever runs the server."),
  [RCP_IDENTITY_ERROR_REFUSED] = N_ ("The record refused this. Nothing was saved. Check what was entered."),
  [RCP_IDENTITY_ERROR_OFFLINE]
  = N_ ("The record could not be reached. Nothing was saved. Try again when the connection is back."),
  [RCP_IDENTITY_ERROR_SIGN_IN]
  = N_ ("The record does not accept your sign-in for this. Nothing was saved. Sign in again."),
};

GError *
rcp_identity_error_new (RcpIdentityError code, const char *detail)
{
  GError *error = g_error_new_literal (RCP_IDENTITY_ERROR, code, _ (messages[code]));

  rcp_identity_error_get_private (error)->detail = g_strdup (detail);
  return error;
}

static RcpIdentityError
code_from_fhir (const GError *cause)
{
  if (cause->domain != FHIR_ERROR)
    return RCP_IDENTITY_ERROR_FAILED;
  switch ((FhirError) cause->code)
    {
    case FHIR_ERROR_NETWORK:
    case FHIR_ERROR_TIMEOUT:
    case FHIR_ERROR_THROTTLED:
    case FHIR_ERROR_SERVER:
    case FHIR_ERROR_TRY_AGAIN:
      return RCP_IDENTITY_ERROR_OFFLINE;
    case FHIR_ERROR_UNAUTHORIZED:
    case FHIR_ERROR_FORBIDDEN:
      return RCP_IDENTITY_ERROR_SIGN_IN;
    case FHIR_ERROR_NOT_FOUND:
      return RCP_IDENTITY_ERROR_GONE;
    case FHIR_ERROR_REFUSED:
    case FHIR_ERROR_UNSUPPORTED:
      return RCP_IDENTITY_ERROR_REFUSED;
    case FHIR_ERROR_CONFLICT:
    case FHIR_ERROR_FAILED:
    case FHIR_ERROR_BAD_REPLY:
    default:
      return RCP_IDENTITY_ERROR_FAILED;
    }
}

GError *
rcp_identity_error_new_from_fhir (const GError *cause)
{
  g_autofree char *detail = NULL;

  g_return_val_if_fail (cause != NULL, NULL);

  if (cause->domain == RCP_IDENTITY_ERROR || g_error_matches (cause, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return g_error_copy (cause);
  detail = g_strdup_printf ("HTTP %u, %s: %s", fhir_error_get_http_status (cause),
                            fhir_error_get_issue_code (cause) != NULL ? fhir_error_get_issue_code (cause) : "-", cause->message);
  return rcp_identity_error_new (code_from_fhir (cause), detail);
}

/**
 * rcp_identity_error_get_detail:
 * @error: any error
 *
 * Returns: (nullable): the technical text behind @error, for whoever runs the server
 */
const char *
rcp_identity_error_get_detail (const GError *error)
{
  if (error == NULL || error->domain != RCP_IDENTITY_ERROR)
    return NULL;
  return rcp_identity_error_get_private (error)->detail;
}
