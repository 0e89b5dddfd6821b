/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "ui/insurance/rcp-cover-list.h"

G_BEGIN_DECLS

/**
 * RcpCoverRow:
 *
 * One visit of the insurance list.
 *
 * Signal: "check" when its button is pressed.
 */
#define RCP_TYPE_COVER_ROW (rcp_cover_row_get_type ())
G_DECLARE_FINAL_TYPE (RcpCoverRow, rcp_cover_row, RCP, COVER_ROW, GtkListBoxRow)

GtkWidget *rcp_cover_row_new (RcpDesk *desk, RcpCoverEntry *entry);
RcpCoverEntry *rcp_cover_row_get_entry (RcpCoverRow *self);
char *rcp_cover_row_dup_spoken (RcpCoverRow *self);

G_END_DECLS
