/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * RcpWrapRow:
 *
 * Buttons side by side, as many as there is room for; the others stand in lines below. The last one stands at the end of its line.
 */
#define RCP_TYPE_WRAP_ROW (rcp_wrap_row_get_type ())
G_DECLARE_FINAL_TYPE (RcpWrapRow, rcp_wrap_row, RCP, WRAP_ROW, GtkWidget)

G_END_DECLS
