/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "rcp-column-sets.h"

G_BEGIN_DECLS

/**
 * RcpSetsDialog:
 *
 * Renames, sorts and deletes the column sets of this desk. Every change is kept at once.
 */
#define RCP_TYPE_SETS_DIALOG (rcp_sets_dialog_get_type ())
G_DECLARE_FINAL_TYPE (RcpSetsDialog, rcp_sets_dialog, RCP, SETS_DIALOG, AdwWindow)

GtkWindow *rcp_sets_dialog_new (RcpColumnSets *sets);

G_END_DECLS
