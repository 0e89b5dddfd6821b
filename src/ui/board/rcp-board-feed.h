/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rcp-board-model.h"
#include "ui/rcp-desk.h"

G_BEGIN_DECLS

/**
 * RcpBoardFeed:
 *
 * Tells a board what the record of a desk holds: its providers, and the visits of the days that are shown, as they change.
 */
#define RCP_TYPE_BOARD_FEED (rcp_board_feed_get_type ())
G_DECLARE_FINAL_TYPE (RcpBoardFeed, rcp_board_feed, RCP, BOARD_FEED, GObject)

RcpBoardFeed *rcp_board_feed_new (RcpDesk *desk, RcpBoardModel *model);
/* Reads the shown days again. */
void rcp_board_feed_reload (RcpBoardFeed *self);
/* Whether days that the board turns to wait until somebody sees it. */
void rcp_board_feed_set_resting (RcpBoardFeed *self, gboolean resting);

G_END_DECLS
