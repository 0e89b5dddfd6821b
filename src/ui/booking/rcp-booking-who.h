/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/booking/rcp-booking-dialog.h"
#include "ui/booking/rcp-booking-model.h"

G_BEGIN_DECLS

/**
 * RcpBookingWho:
 *
 * Whom the booking dialog books for: the patient is searched, who is not in the record yet is registered over it, and what must be seen about the
 * patient stands above the offers.
 */
#define RCP_TYPE_BOOKING_WHO (rcp_booking_who_get_type ())
G_DECLARE_FINAL_TYPE (RcpBookingWho, rcp_booking_who, RCP, BOOKING_WHO, GObject)

/* All of it belongs to @dialog: Find goes into @find_slot, the flags into @flags_slot. */
RcpBookingWho *rcp_booking_who_new (RcpBookingDialog *dialog, RcpDesk *desk, RcpBookingModel *model, AdwClamp *find_slot, GtkBox *flags_slot);
/* The patient is another one, or the visit that is moved. */
void rcp_booking_who_show_flags (RcpBookingWho *self);

G_END_DECLS
