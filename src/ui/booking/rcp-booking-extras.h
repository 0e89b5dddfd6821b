/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/booking/rcp-booking-dialog.h"
#include "ui/booking/rcp-booking-model.h"

G_BEGIN_DECLS

/**
 * RcpBookingExtras:
 *
 * What stands below the offers of the booking dialog: what speaks against the selected one, and the way to book on top of
 * what is booked.
 */
#define RCP_TYPE_BOOKING_EXTRAS (rcp_booking_extras_get_type ())
G_DECLARE_FINAL_TYPE (RcpBookingExtras, rcp_booking_extras, RCP, BOOKING_EXTRAS, GObject)

/* All of it belongs to @dialog; @overbook_button opens the full times. */
RcpBookingExtras *rcp_booking_extras_new (RcpBookingDialog *dialog,
                                          RcpDesk *desk,
                                          RcpBookingModel *model,
                                          GtkSingleSelection *offers,
                                          GtkLabel *misfit_label,
                                          GtkButton *overbook_button);
/* The full times are opened by themselves as soon as the patient is known, at the time of @provider that has @start in it. */
void rcp_booking_extras_overbook_at (RcpBookingExtras *self, RcpProvider *provider, gint64 start);

G_END_DECLS
