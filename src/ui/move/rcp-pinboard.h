/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "rcp-hold-model.h"

G_BEGIN_DECLS

/**
 * RcpPinboard:
 *
 * The visits that were taken off the board and not put yet, in the sidebar. Enter takes one in the hand, Delete puts it back where it is
 * in the record; they are dragged to it and from it. Not seen while it is empty.
 */
#define RCP_TYPE_PINBOARD (rcp_pinboard_get_type ())
G_DECLARE_FINAL_TYPE (RcpPinboard, rcp_pinboard, RCP, PINBOARD, GtkWidget)

GtkWidget *rcp_pinboard_new (RcpHoldModel *hold);

/* rcp-overbook-dialog.c */
/**
 * RcpOverbookDialog:
 *
 * Names all that is in the way and asks why a visit shall stand there nevertheless. Signal: "confirmed" (reason).
 */
#define RCP_TYPE_OVERBOOK_DIALOG (rcp_overbook_dialog_get_type ())
GType rcp_overbook_dialog_get_type (void);

/* @summary: what would be done; @conflicts: a line for each */
GtkWindow *rcp_overbook_dialog_new (GtkWindow *parent, const char *summary, const char *conflicts);

G_END_DECLS
