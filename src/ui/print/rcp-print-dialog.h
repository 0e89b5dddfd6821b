/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "rcp-print-model.h"

G_BEGIN_DECLS

/**
 * RcpPrintDialog:
 *
 * Shows the pages as they will be on paper, lets choose which, prints them or writes them to a PDF.
 */
G_DECLARE_FINAL_TYPE (RcpPrintDialog, rcp_print_dialog, RCP, PRINT_DIALOG, AdwWindow)
#define RCP_TYPE_PRINT_DIALOG (rcp_print_dialog_get_type ())

/* (transfer none): a window, not shown yet. */
GtkWindow *rcp_print_dialog_new (RcpPrintModel *model);

G_END_DECLS
