/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/booking/rcp-booking-model.h"

G_BEGIN_DECLS

/* For as long as @model lives: what the calendars of providers keep leaves its offers as soon as @times know it. */
void rcp_booking_busy_follow (RcpBookingModel *model, RcpBusyTimes *times);

G_END_DECLS
