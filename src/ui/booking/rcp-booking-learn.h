/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/booking/rcp-booking-model.h"

G_BEGIN_DECLS

/* What is learned from a booking, while the desk has turned that on in Preferences. */

/* What booking @offer says: (transfer full); NULL when it says nothing, or nothing is to be learned. */
GBytes *rcp_booking_learn_dup_choice (RcpBookingModel *model, RcpOffer *offer);
/* It was booked: kept in the background. @choice: nullable. */
void rcp_booking_learn_keep (GBytes *choice);

G_END_DECLS
