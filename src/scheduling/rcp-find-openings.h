/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "scheduling/rcp-openings.h"

G_BEGIN_DECLS

/**
 * RcpOffers: the result: a GListModel of RcpOffer, earliest first, those that meet the wish before the alternatives;
 * and, when none meets it, a translated sentence that says why and what the nearest are.
 */
#define RCP_TYPE_OFFERS (rcp_offers_get_type ())
G_DECLARE_FINAL_TYPE (RcpOffers, rcp_offers, RCP, OFFERS, GObject)
const char *rcp_offers_get_explanation (RcpOffers *self); /* NULL when the wish is met */
guint rcp_offers_get_n_meeting (RcpOffers *self);

/* Asks for free slots of the suitable schedules in growing windows (3, 14, 42, 90 days) until @limit offers are found;
 * at most
 * @per_provider_day starts per provider and day, so that the list shows choice. */
void rcp_find_openings_async (FhirClient *client,
                              RcpRoster *roster,
                              const RcpWish *wish,
                              guint limit,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
RcpOffers *rcp_find_openings_finish (GAsyncResult *result, GError **error);

G_END_DECLS
