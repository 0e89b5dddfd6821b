/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rcp-board-model.h"

G_BEGIN_DECLS

/* Pure rules of one column. */

/* Gives every item of @items (sorted by start) a lane, so that no two that overlap share one. */
void rcp_board_lanes_lay (GArray *items);
/* @open less the items, cut at @grain from each opening: (transfer full) (element-type RcpBoardStop), with the items between. */
GArray *rcp_board_lanes_collect_stops (GArray *items, GArray *open, int grain);

G_END_DECLS
