/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * RcpBoardHead:
 *
 * Who or what a column of the board is for: the name, shortened to "Dr. A. Ruiz" before it is cut, and a detail below it. A screen reader
 * and the tooltip have the whole name.
 */
#define RCP_TYPE_BOARD_HEAD (rcp_board_head_get_type ())
G_DECLARE_FINAL_TYPE (RcpBoardHead, rcp_board_head, RCP, BOARD_HEAD, GtkWidget)

/* @short_name: where @name has no room; nullable. @detail: nullable. */
GtkWidget *rcp_board_head_new (const char *name, const char *short_name, const char *detail);
void rcp_board_head_set_text (RcpBoardHead *self, const char *name, const char *short_name, const char *detail);
/* Which name has room in @width pixels of text. */
const char *rcp_board_head_choose_name (RcpBoardHead *self, int width);

G_END_DECLS
