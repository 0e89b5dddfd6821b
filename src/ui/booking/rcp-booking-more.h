/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/booking/rcp-booking-dialog.h"
#include "ui/booking/rcp-booking-model.h"

G_BEGIN_DECLS

/* Opens, above the booking window, the one for several visits as one, with what is wished for in @model as the first part:
 * then asks for another person, or adds another visit of the same. When all is booked the booking window ends with the
 * first visit. */
void rcp_booking_together_open (RcpBookingDialog *dialog, RcpDesk *desk, RcpBookingModel *model, gboolean asks_person);

/* Books @offer again and again: opens the window for that. When it is booked the booking window ends with the first visit. */
void rcp_booking_repeat (RcpBookingDialog *dialog, RcpDesk *desk, RcpBookingModel *model, RcpOffer *offer);

/* Who it is for, in the title of the window and of its header. */
void rcp_booking_show_title (GtkWindow *window, GObject *title, RcpBookingModel *model);

G_END_DECLS
