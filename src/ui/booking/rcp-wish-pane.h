/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "ui/booking/rcp-booking-model.h"

G_BEGIN_DECLS

/**
 * RcpWishPane:
 *
 * The left side of the booking dialog: for whom, what for, how soon, when, with whom. Each change goes to the model,
 * which searches anew. Signal "patient-change-requested".
 */
#define RCP_TYPE_WISH_PANE (rcp_wish_pane_get_type ())
G_DECLARE_FINAL_TYPE (RcpWishPane, rcp_wish_pane, RCP, WISH_PANE, GtkWidget)

void rcp_wish_pane_set_model (RcpWishPane *self, RcpDesk *desk, RcpBookingModel *model);
void rcp_wish_pane_show (RcpWishPane *self);
gboolean rcp_wish_pane_has_popover (RcpWishPane *self);

G_END_DECLS
