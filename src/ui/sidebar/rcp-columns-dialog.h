/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "clinic/rcp-roster.h"
#include "ui/board/rcp-column-set.h"

G_BEGIN_DECLS

/**
 * RcpColumnsDialog:
 *
 * Asks which providers or rooms the board shall show, and under which name to keep that.
 *
 * Signal: "chosen" (RcpColumnSet): its name is empty when it is not to be kept.
 */
#define RCP_TYPE_COLUMNS_DIALOG (rcp_columns_dialog_get_type ())
G_DECLARE_FINAL_TYPE (RcpColumnsDialog, rcp_columns_dialog, RCP, COLUMNS_DIALOG, AdwWindow)

/* @shown: what the board shows now, or NULL */
GtkWindow *rcp_columns_dialog_new (RcpRoster *roster, RcpColumnSet *shown);

G_END_DECLS
