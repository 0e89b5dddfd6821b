/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "scheduling/rcp-booking-marks.h"

G_BEGIN_DECLS

/**
 * RcpMarkChip:
 *
 * A time on the board that another desk is about to book: an icon and the name of the desk. The pointer goes through it: it
 * tells, and is in nobody's way.
 */
#define RCP_TYPE_MARK_CHIP (rcp_mark_chip_get_type ())
G_DECLARE_FINAL_TYPE (RcpMarkChip, rcp_mark_chip, RCP, MARK_CHIP, GtkWidget)

GtkWidget *rcp_mark_chip_new (void);
/* @owner: whose column */
void rcp_mark_chip_set_mark (RcpMarkChip *self, const RcpBookingMark *mark, const char *owner, GTimeZone *zone);
/* "being booked at desk Front 2": (transfer full). */
char *rcp_mark_describe (const RcpBookingMark *mark);

G_END_DECLS
