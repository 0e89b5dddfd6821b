/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "ui/calendars/rcp-account-model.h"

G_BEGIN_DECLS

/**
 * RcpAccountDialog:
 *
 * Adds an account of a calendar server, or lets one in again; closes itself when that is done.
 */
#define RCP_TYPE_ACCOUNT_DIALOG (rcp_account_dialog_get_type ())
G_DECLARE_FINAL_TYPE (RcpAccountDialog, rcp_account_dialog, RCP, ACCOUNT_DIALOG, AdwWindow)

GtkWindow *rcp_account_dialog_new (RcpAccountModel *model); /* (transfer none) */

G_END_DECLS
