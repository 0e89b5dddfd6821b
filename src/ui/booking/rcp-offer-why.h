/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "ui/booking/rcp-offer-ranking.h"

G_BEGIN_DECLS

/**
 * RcpOfferWhy:
 *
 * Why an offer stands where it does: each criterion with what is known, a bar, and points that add up to the score. What is not
 * known is said, and counts half.
 */
#define RCP_TYPE_OFFER_WHY (rcp_offer_why_get_type ())
G_DECLARE_FINAL_TYPE (RcpOfferWhy, rcp_offer_why, RCP, OFFER_WHY, GtkPopover)

GtkWidget *rcp_offer_why_new (void);
void rcp_offer_why_show (RcpOfferWhy *self, RcpOfferRanking *ranking, RcpOffer *offer);

G_END_DECLS
