/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "ui/rcp-desk.h"

G_BEGIN_DECLS

/**
 * RcpBookingDialog:
 *
 * Who - what and when - booked, in one window; or, for a visit that is to move, only when. Signal "booked" (RcpVisit)
 * after the record was read back, also for a move.
 */
#define RCP_TYPE_BOOKING_DIALOG (rcp_booking_dialog_get_type ())
G_DECLARE_FINAL_TYPE (RcpBookingDialog, rcp_booking_dialog, RCP, BOOKING_DIALOG, AdwWindow)

GtkWindow *rcp_booking_dialog_new (RcpDesk *desk);
/* To move @visit. */
GtkWindow *rcp_booking_dialog_new_for_move (RcpDesk *desk, RcpVisit *visit);
void rcp_booking_dialog_set_patient (RcpBookingDialog *self, RcpPatient *patient);
/* @owner: the RcpProvider whose time it is, or the RcpRoom that is to be taken along; @start: 0 for any time of the provider */
void rcp_booking_dialog_set_start (RcpBookingDialog *self, gpointer owner, gint64 start);
/* The time of @provider is full: once the patient is chosen, what is in the way there is named, and a reason asked for. */
void rcp_booking_dialog_overbook_at (RcpBookingDialog *self, RcpProvider *provider, gint64 start);
/* The visit is booked: shows and tells it. */
void rcp_booking_dialog_finish (RcpBookingDialog *self, RcpVisit *visit);

G_END_DECLS
