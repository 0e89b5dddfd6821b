/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "matching/rcp-match-record.h"
#include "ui/booking/rcp-offer-ranking.h"

G_BEGIN_DECLS

/* What became of one offer. */
typedef struct
{
  RcpOffer *offer;
  RcpMatchFacts facts;
  guint barriers;
  RcpMatch match; /* when nothing bars it */
  guint place;    /* of the order by rank */
} RcpRankedOffer;

struct _RcpOfferRanking
{
  GObject parent_instance;

  RcpDesk *desk;
  RcpOfferOrder order;
  RcpGender gender;
  guint musts;           /* an or of RcpBarrier: what bars only because the patient says so */
  RcpMatchPatient *patient;
  GHashTable *providers; /* schedule id to RcpMatchProvider */
  GHashTable *visits;    /* Practitioner's id to how many earlier visits of the patient */
  RcpCoverage *coverage;
  const char *networks[2];
  GCancellable *asking;
  guint n_asked;
  GHashTable *ranked;    /* RcpOffer to RcpRankedOffer */
  RcpMatchNeeds needs;   /* that they were ranked by */
  RcpMatchRules rules;
  RcpMatchMethod method;
  guint shared;          /* criteria that are the same for all of @ranked */
  gboolean has_shared;   /* that was found out */
};

/* The facts of @provider for the patient, whom there has to be; borrowed. */
RcpMatchProvider *rcp_offer_ranking_get_provider (RcpOfferRanking *self, RcpProvider *provider);

/* rcp-offer-order.c: the order of @offers (element-type RcpOffer), which were ranked. */
void rcp_offer_order_by_rank (RcpOfferRanking *self, GPtrArray *offers);
void rcp_offer_order_best_first (RcpOfferRanking *self, GPtrArray *offers);
void rcp_offer_order_asked_first (RcpOfferRanking *self, GPtrArray *offers);

G_END_DECLS
