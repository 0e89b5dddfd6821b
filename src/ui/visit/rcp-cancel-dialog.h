/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "ui/rcp-desk.h"

G_BEGIN_DECLS

/**
 * RcpCancelDialog:
 *
 * Asks why a visit is cancelled, cancels it, and says so. Signal "cancelled" (RcpVisit).
 */
#define RCP_TYPE_CANCEL_DIALOG (rcp_cancel_dialog_get_type ())
G_DECLARE_FINAL_TYPE (RcpCancelDialog, rcp_cancel_dialog, RCP, CANCEL_DIALOG, AdwMessageDialog)

GtkWindow *rcp_cancel_dialog_new (GtkWindow *parent, RcpDesk *desk, RcpVisit *visit);

G_END_DECLS
