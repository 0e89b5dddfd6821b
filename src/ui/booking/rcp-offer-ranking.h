/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "matching/rcp-choice.h"
#include "matching/rcp-match-explain.h"
#include "scheduling/rcp-wish.h"
#include "ui/rcp-desk.h"

G_BEGIN_DECLS

typedef enum
{
  RCP_OFFER_ORDER_EARLIEST,
  RCP_OFFER_ORDER_BEST,
} RcpOfferOrder;

/**
 * RcpOfferRanking:
 *
 * Which of the offers suit the patient best, and why. What the roster and the patient's own record say is there at once; earlier
 * visits, the insurance, and where the middle of the postal code is when nobody knows where the patient lives, are read beside the search for openings, which never waits for them. "changed" is emitted when they have
 * come: whoever shows offers orders and explains them anew.
 */
#define RCP_TYPE_OFFER_RANKING (rcp_offer_ranking_get_type ())
G_DECLARE_FINAL_TYPE (RcpOfferRanking, rcp_offer_ranking, RCP, OFFER_RANKING, GObject)

RcpOfferRanking *rcp_offer_ranking_new (RcpDesk *desk);
void rcp_offer_ranking_set_patient (RcpOfferRanking *self, RcpPatient *patient); /* NULL: nothing is explained */
/* Whom the patient asks for; counts as soon as offers are shown anew. */
void rcp_offer_ranking_set_gender (RcpOfferRanking *self, RcpGender gender);
RcpGender rcp_offer_ranking_get_gender (RcpOfferRanking *self);
/* rcp-offer-musts.c: what the patient cannot do without: an or of RCP_BARRIER_LANGUAGE and RCP_BARRIER_NETWORK. Another patient has none. */
void rcp_offer_ranking_set_musts (RcpOfferRanking *self, guint musts);
guint rcp_offer_ranking_get_musts (RcpOfferRanking *self);
/* What is asked for by that: "Spanish, English", "Acme Gold": (transfer full); NULL when the record does not say: then it cannot be. */
char *rcp_offer_ranking_describe_must (RcpOfferRanking *self, RcpBarrier must);
/* The languages of the patient, the one that is liked best first: borrowed; empty when the record names none. */
const char *const *rcp_offer_ranking_get_languages (RcpOfferRanking *self);
/* Which of the musts @provider does not meet. @unknown: (out): those of all of them of which the record says nothing. */
guint rcp_offer_ranking_check_musts (RcpOfferRanking *self, RcpProvider *provider, guint *unknown);
gboolean rcp_offer_ranking_compares (RcpOfferRanking *self); /* not only when counts, but who: each provider has to have some */
void rcp_offer_ranking_set_order (RcpOfferRanking *self, RcpOfferOrder order);
RcpOfferOrder rcp_offer_ranking_get_order (RcpOfferRanking *self);
gboolean rcp_offer_ranking_is_complete (RcpOfferRanking *self); /* nothing is being read */

/* Fills @shown with @offers, ordered, @limit of them at most. */
void rcp_offer_ranking_show (RcpOfferRanking *self, GListStore *shown, GListModel *offers, const RcpWish *wish, guint limit);
/* Orders what is shown anew: whether it is in another order now. */
gboolean rcp_offer_ranking_rearrange (RcpOfferRanking *self, GListStore *shown, const RcpWish *wish);
/* The best of what is shown, the best first, whatever their order there: (transfer full) (element-type RcpOffer). Each
 * provider once. */
GPtrArray *rcp_offer_ranking_list_best (RcpOfferRanking *self, GListModel *shown, guint limit);

/* From 0 to 1; NAN when nothing is known of the patient, or a hard condition bars the provider: @is_barred. */
double rcp_offer_ranking_get_score (RcpOfferRanking *self, RcpOffer *offer, gboolean *is_barred);
/* One short sentence: (transfer full), NULL when nothing is known of the patient. */
char *rcp_offer_ranking_describe (RcpOfferRanking *self, RcpOffer *offer);
/* What adds up: (transfer full) (nullable) (element-type RcpMatchReason). NULL when a hard condition bars the provider. */
GArray *rcp_offer_ranking_explain (RcpOfferRanking *self, RcpOffer *offer);

/* rcp-offer-choice.c: what booking @offer out of what is shown says of the clinic's weights: (transfer full); NULL when it says nothing. */
GBytes *rcp_offer_ranking_dup_choice (RcpOfferRanking *self, GListModel *shown, RcpOffer *offer, const RcpWish *wish);

G_END_DECLS
