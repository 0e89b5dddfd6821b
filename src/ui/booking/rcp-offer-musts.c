/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the patient cannot do without: a provider who speaks the language, as there is no interpreter; one in the network of the plan. */

#define G_LOG_DOMAIN "rcp-offer-ranking"

#include "config.h"

#include "rcp-offer-ranking-private.h"

#include <math.h>

#include "clinic/rcp-language.h"

void
rcp_offer_ranking_set_musts (RcpOfferRanking *self, guint musts)
{
  g_return_if_fail (RCP_IS_OFFER_RANKING (self));
  g_return_if_fail ((musts & ~(guint) (RCP_BARRIER_LANGUAGE | RCP_BARRIER_NETWORK)) == 0);

  self->musts = musts;
}

guint
rcp_offer_ranking_get_musts (RcpOfferRanking *self)
{
  g_return_val_if_fail (RCP_IS_OFFER_RANKING (self), 0);

  return self->musts;
}

gboolean
rcp_offer_ranking_compares (RcpOfferRanking *self)
{
  g_return_val_if_fail (RCP_IS_OFFER_RANKING (self), FALSE);

  return self->order == RCP_OFFER_ORDER_BEST || self->gender != RCP_GENDER_ANY;
}

char *
rcp_offer_ranking_describe_must (RcpOfferRanking *self, RcpBarrier must)
{
  g_autofree char *codes = NULL;

  g_return_val_if_fail (RCP_IS_OFFER_RANKING (self), NULL);

  if (must == RCP_BARRIER_NETWORK)
    return self->networks[0] != NULL && *self->networks[0] != '\0' ? g_strdup (self->networks[0]) : NULL;
  if (self->patient == NULL || self->patient->languages[0] == NULL)
    return NULL;
  codes = g_strjoinv (",", self->patient->languages);
  return rcp_language_list_to_names (codes);
}

const char *const *
rcp_offer_ranking_get_languages (RcpOfferRanking *self)
{
  static const char *const none[] = { NULL };

  g_return_val_if_fail (RCP_IS_OFFER_RANKING (self), none);

  return self->patient != NULL ? (const char *const *) self->patient->languages : none;
}

guint
rcp_offer_ranking_check_musts (RcpOfferRanking *self, RcpProvider *provider, guint *unknown)
{
  RcpMatchNeeds needs;
  RcpMatchFacts facts;
  RcpMatchCandidate measured;

  g_return_val_if_fail (RCP_IS_OFFER_RANKING (self), 0);

  *unknown = 0;
  if (self->patient == NULL || self->musts == 0)
    return 0;
  needs = self->patient->needs;
  needs.networks = self->networks;
  needs.must_share_language = (self->musts & RCP_BARRIER_LANGUAGE) != 0;
  needs.must_be_in_network = (self->musts & RCP_BARRIER_NETWORK) != 0;
  facts = rcp_offer_ranking_get_provider (self, provider)->facts;
  measured = rcp_match_measure (&needs, &facts);
  if (isnan (measured.values[RCP_CRITERION_LANGUAGE]))
    *unknown |= self->musts & RCP_BARRIER_LANGUAGE;
  if (isnan (measured.values[RCP_CRITERION_NETWORK]))
    *unknown |= self->musts & RCP_BARRIER_NETWORK;
  return rcp_match_barriers (&needs, &facts) & self->musts;
}
