/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "rcp-board-model.h"
#include "scheduling/rcp-booking-marks.h"
#include "ui/move/rcp-hold-model.h"

G_BEGIN_DECLS

/**
 * RcpBoardGrid:
 *
 * Draws a board: sticky column heads, the time scale, and one RcpVisitChip for every visit that can be seen. Scrollable.
 *
 * Signals: "visit-action" (RcpVisit, name of the action), "time-activated" (column, minute), "head-activated" (column).
 */
#define RCP_TYPE_BOARD_GRID (rcp_board_grid_get_type ())
G_DECLARE_FINAL_TYPE (RcpBoardGrid, rcp_board_grid, RCP, BOARD_GRID, GtkWidget)

RcpBoardGrid *rcp_board_grid_new (RcpBoardModel *model);
void rcp_board_grid_set_zoom (RcpBoardGrid *self, double zoom);
double rcp_board_grid_get_zoom (RcpBoardGrid *self);
void rcp_board_grid_scroll_to (RcpBoardGrid *self, int minute);
void rcp_board_grid_grab_cursor (RcpBoardGrid *self);
void rcp_board_grid_let_cursor_go (RcpBoardGrid *self);
/* By column, then by time: the order in which a screen reader reads them. Done by itself when the board has come to rest. Returns
 * how many had to change their place. */
guint rcp_board_grid_put_in_order (RcpBoardGrid *self);
guint rcp_board_grid_get_n_chips (RcpBoardGrid *self); /* made so far, at rest or not */

void rcp_board_grid_set_hold (RcpBoardGrid *self, RcpHoldModel *hold);
void rcp_board_grid_set_marks (RcpBoardGrid *self, RcpBookingMarks *marks);
/* As an arrow key does: to the cursor, or with what is held. */
void rcp_board_grid_press_arrow (RcpBoardGrid *self, RcpBoardMove move);
void rcp_board_grid_drag_to (RcpBoardGrid *self, double x, double y);

/* Marks time of a column, to be blocked. */
void rcp_board_grid_sweep_to (RcpBoardGrid *self, guint column, int from, int minute);
void rcp_board_grid_clear_sweep (RcpBoardGrid *self);
/* While the pointer marks time: leaves it unmarked. FALSE: it marks none. */
gboolean rcp_board_grid_stop_sweep (RcpBoardGrid *self);
gboolean rcp_board_grid_get_area (RcpBoardGrid *self, guint column, RcpBoardSpan span, graphene_rect_t *area);

G_END_DECLS
