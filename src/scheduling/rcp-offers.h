/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Private to scheduling: making the result of a search for openings; pure. */

#include "scheduling/rcp-find-openings.h"
#include "scheduling/rcp-rooms.h"

G_BEGIN_DECLS

RcpOffers *rcp_offers_new (void);
/* Sets the sentence; takes @explanation. */
void rcp_offers_take_explanation (RcpOffers *self, char *explanation);
/* Adds the best @limit of @offers (element-type RcpOffer), earliest first. */
void rcp_offers_add (RcpOffers *self, GPtrArray *offers, guint limit, gboolean meets_wish);

/* The offers of one provider on @days (see rcp_openings_get_days()): at most @per_day starts of a day, spread over it,
 * the first one included. (element-type RcpOffer). Appends. @lost: (inout): the first time that the provider would have, were
 * the patient not elsewhere; empty when there is none. */
void rcp_offers_collect (RcpProvider *provider,
                         const RcpSlot *slots,
                         guint n_slots,
                         const RcpWish *wish,
                         RcpTimeRange window,
                         GArray *days,
                         guint per_day,
                         RcpFreeRooms *rooms,
                         RcpTimeRange *lost,
                         GPtrArray *offers);

/* Why no offer meets @wish, and what the nearest of @alternatives are: (transfer full). @end: the end of the searched
 * time. @lost: the first time that would meet it, were the patient not elsewhere; empty when there is none. @has_kept: whether
 * free time was left out for a provider's calendar. */
char *rcp_offers_explain (RcpRoster *roster,
                          const RcpWish *wish,
                          gint64 end,
                          guint horizon_days,
                          RcpTimeRange lost,
                          gboolean has_kept,
                          GListModel *alternatives);
/* "Maria Garcia already has a visit ...", with a full stop: (transfer full); NULL when nothing was lost. */
char *rcp_offers_explain_elsewhere (RcpRoster *roster, RcpOwnVisits *own, RcpTimeRange lost);

G_END_DECLS
