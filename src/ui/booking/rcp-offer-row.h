/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/booking/rcp-offer-ranking.h"
#include "ui/rcp-row.h"

G_BEGIN_DECLS

/**
 * RcpOfferRow:
 *
 * One opening in the list: time and day, provider, specialty and place, and why it suits; an alternative says so.
 */
#define RCP_TYPE_OFFER_ROW (rcp_offer_row_get_type ())
G_DECLARE_FINAL_TYPE (RcpOfferRow, rcp_offer_row, RCP, OFFER_ROW, RcpRow)

GtkWidget *rcp_offer_row_new (RcpOfferRanking *ranking);
GtkListItemFactory *rcp_offer_row_new_factory (RcpOfferRanking *ranking);
void rcp_offer_row_set_offer (RcpOfferRow *self, RcpOffer *offer);

G_END_DECLS
