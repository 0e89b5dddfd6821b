/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "ui/board/rcp-board-model.h"
#include "ui/rcp-desk.h"

G_BEGIN_DECLS

/**
 * RcpMonthView:
 *
 * The month around the day of a board: how many visits each day holds, how much is free and how long the own calendars keep, of those whose
 * columns the board shows.
 * The keyboard moves the day of the board; it asks the record only while it is seen.
 *
 * Signals: "day-activated": the day of the board shall be shown.
 */
#define RCP_TYPE_MONTH_VIEW (rcp_month_view_get_type ())
G_DECLARE_FINAL_TYPE (RcpMonthView, rcp_month_view, RCP, MONTH_VIEW, GtkWidget)

GtkWidget *rcp_month_view_new (RcpDesk *desk, RcpBoardModel *model);
/* Asks for the numbers again. */
void rcp_month_view_reload (RcpMonthView *self);

G_END_DECLS
