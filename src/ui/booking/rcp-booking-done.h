/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "ui/rcp-desk.h"

G_BEGIN_DECLS

/**
 * RcpBookingDonePart: the page of the booking window that says that all is done
 * @page: title, and who, when and with whom
 * @code_row: the confirmation code
 * @code: the same
 * @preparation_row: what to tell the patient
 * @next_row: what else there was, where the best was booked with one key
 */
typedef struct
{
  AdwStatusPage *page;
  AdwActionRow *code_row;
  GtkLabel *code;
  AdwActionRow *preparation_row;
  AdwActionRow *next_row;
} RcpBookingDonePart;

/* @next: (nullable): the alternatives in words */
void rcp_booking_done_show (const RcpBookingDonePart *part, RcpDesk *desk, RcpVisit *visit, gboolean is_moved, const char *next);

G_END_DECLS
