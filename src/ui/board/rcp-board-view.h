/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "rcp-board-model.h"
#include "ui/move/rcp-hold-model.h"

#include "scheduling/rcp-booking-marks.h"

G_BEGIN_DECLS

/**
 * RcpBoardView:
 *
 * The board with what surrounds it: scrolling, and what to say when there is nothing to show.
 *
 * Signals: "visit-activated" (RcpVisit), "visit-action" (RcpVisit, name), "time-activated" (RcpProvider or NULL, RcpRoom or NULL, start),
 * "head-activated" (column).
 */
#define RCP_TYPE_BOARD_VIEW (rcp_board_view_get_type ())
G_DECLARE_FINAL_TYPE (RcpBoardView, rcp_board_view, RCP, BOARD_VIEW, GtkWidget)

GtkWidget *rcp_board_view_new (RcpBoardModel *model);
/* Scrolls to now, if today is shown, and gives the board the keyboard. */
void rcp_board_view_show_now (RcpBoardView *self);
void rcp_board_view_grab_cursor (RcpBoardView *self);
void rcp_board_view_let_cursor_go (RcpBoardView *self);
/* While the pointer marks time to be blocked: marks none. FALSE: it was not marking any. */
gboolean rcp_board_view_stop_sweep (RcpBoardView *self);
/* What is held is put on this board. */
void rcp_board_view_set_hold (RcpBoardView *self, RcpHoldModel *hold);
/* What other desks are about to book, or NULL. */
void rcp_board_view_set_marks (RcpBoardView *self, RcpBookingMarks *marks);

G_END_DECLS
