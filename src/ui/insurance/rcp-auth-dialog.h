/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "insurance/rcp-prior-auth.h"

G_BEGIN_DECLS

/**
 * RcpAuthDialog:
 *
 * Asks for the number under which a payer has authorized a visit.
 *
 * Signal: "received" (number).
 */
#define RCP_TYPE_AUTH_DIALOG (rcp_auth_dialog_get_type ())
G_DECLARE_FINAL_TYPE (RcpAuthDialog, rcp_auth_dialog, RCP, AUTH_DIALOG, AdwMessageDialog)

GtkWindow *rcp_auth_dialog_new (GtkWindow *parent, RcpPriorAuth *auth, const char *summary);

G_END_DECLS
