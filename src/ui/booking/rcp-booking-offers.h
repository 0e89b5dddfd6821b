/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "ui/booking/rcp-booking-model.h"

G_BEGIN_DECLS

/**
 * RcpBookingOffersPart: the widgets of the booking window that show its offers
 * @list: of the offers
 * @earliest: chooses the order
 * @best: the same
 * @why: opens the reasons of the chosen offer
 */
typedef struct
{
  GtkListView *list;
  GtkToggleButton *earliest;
  GtkToggleButton *best;
  GtkMenuButton *why;
} RcpBookingOffersPart;

/* Fills @part from @model, in the order that this desk chose last: the chosen offer is in what is returned: (transfer full). */
GtkSingleSelection *rcp_booking_offers_set_up (const RcpBookingOffersPart *part, RcpBookingModel *model);
/* Whether the reasons are open, which Escape closes first. */
gboolean rcp_booking_offers_has_popover (GtkMenuButton *why);

/* Chooses the best of what is offered, whatever the order: in words the two that come next: (transfer full) (nullable). */
char *rcp_booking_offers_choose_best (RcpBookingModel *model, GtkSingleSelection *selection);
void rcp_booking_offers_show_notice (RcpBookingModel *model, GtkImage *icon, GtkLabel *label, GtkWidget *offers);

G_END_DECLS
