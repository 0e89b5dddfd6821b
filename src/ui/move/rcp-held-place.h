/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "rcp-hold-model.h"

G_BEGIN_DECLS

/**
 * RcpHeldPlace:
 *
 * The frame on the board where the held visit would be put. It has the keyboard, and says where it is and what is in the way there.
 * Its keys are actions of the window: "win.put" and "win.let-go".
 */
#define RCP_TYPE_HELD_PLACE (rcp_held_place_get_type ())
G_DECLARE_FINAL_TYPE (RcpHeldPlace, rcp_held_place, RCP, HELD_PLACE, GtkWidget)

GtkWidget *rcp_held_place_new (void);
void rcp_held_place_show (RcpHeldPlace *self, RcpHoldModel *hold);

/**
 * RcpHoldBar:
 *
 * Says below the board what is held, where it would be put, and every conflict there, before it is put. Not seen while nothing
 * is held.
 */
#define RCP_TYPE_HOLD_BAR (rcp_hold_bar_get_type ())
G_DECLARE_FINAL_TYPE (RcpHoldBar, rcp_hold_bar, RCP, HOLD_BAR, GtkWidget)

GtkWidget *rcp_hold_bar_new (RcpHoldModel *hold);

G_END_DECLS
