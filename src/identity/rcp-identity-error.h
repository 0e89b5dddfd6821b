/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define RCP_IDENTITY_ERROR (rcp_identity_error_quark ())

/**
 * RcpIdentityError: the message is translated and says what failed, what the record holds, and what to do now; the
 * technical text is behind rcp_identity_error_get_detail().
 * @RCP_IDENTITY_ERROR_DISPUTED: another desk changed the same fields otherwise; nothing was changed
 * @RCP_IDENTITY_ERROR_GONE: there is no such patient or flag any more
 * @RCP_IDENTITY_ERROR_UNKNOWN: it could not be found out whether the record holds it; look again
 * @RCP_IDENTITY_ERROR_NOT_KEPT: the server answered yes but its record differs from what was asked
 * @RCP_IDENTITY_ERROR_REFUSED: the server will not take it
 * @RCP_IDENTITY_ERROR_OFFLINE: not reached; nothing was changed
 * @RCP_IDENTITY_ERROR_SIGN_IN: 401 or 403
 */
typedef enum
{
  RCP_IDENTITY_ERROR_FAILED,
  RCP_IDENTITY_ERROR_DISPUTED,
  RCP_IDENTITY_ERROR_GONE,
  RCP_IDENTITY_ERROR_UNKNOWN,
  RCP_IDENTITY_ERROR_NOT_KEPT,
  RCP_IDENTITY_ERROR_REFUSED,
  RCP_IDENTITY_ERROR_OFFLINE,
  RCP_IDENTITY_ERROR_SIGN_IN,
} RcpIdentityError;

GQuark rcp_identity_error_quark (void);
const char *rcp_identity_error_get_detail (const GError *error); /* or NULL */

/* @detail: technical text without anything of the patient, or NULL. (transfer full) */
GError *rcp_identity_error_new (RcpIdentityError code, const char *detail);
/* What a FHIR error means when nothing can be in the record: (transfer full). A cancelled call stays G_IO_ERROR_CANCELLED. */
GError *rcp_identity_error_new_from_fhir (const GError *cause);

G_END_DECLS
