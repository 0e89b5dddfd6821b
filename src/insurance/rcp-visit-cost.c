/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-insurance"

#include "rcp-visit-cost.h"

#include <string.h>

#include "clinic/rcp-visit-price.h"

/* Without coverage nobody has agreed to less than the list price. */
static gboolean
is_all_the_patients (const RcpVisitCost *self)
{
  return self->share.status == RCP_ELIGIBILITY_NOT_ELIGIBLE || self->share.is_excluded;
}

static gboolean
is_of_answer (const RcpMoney *money)
{
  return strcmp (money->currency, RCP_ANSWER_CURRENCY) == 0;
}

/* A contract holds in its network alone. */
static const gint64 *
choose_amount (RcpVisitCost *self, const RcpMoney *allowed)
{
  if (!is_all_the_patients (self) && self->side != RCP_NETWORK_OUT && allowed && is_of_answer (allowed))
    {
      self->basis = RCP_COST_BASIS_ALLOWED;
      return &allowed->amount;
    }
  if (self->has_price && (is_all_the_patients (self) || is_of_answer (&self->price)))
    {
      self->basis = RCP_COST_BASIS_LIST;
      return &self->price.amount;
    }
  return NULL;
}

/* In network the allowed amount is no more than the list price, and a larger amount never costs the patient less. Out of network
 * what the payer does not allow is billed besides: no less than by the list price comes of that. */
static RcpCostBound
find_bound (const RcpVisitCost *self)
{
  if (self->estimate.is_at_least && !is_all_the_patients (self))
    return RCP_COST_AT_LEAST;
  return self->basis == RCP_COST_BASIS_LIST && !is_all_the_patients (self) ? RCP_COST_AT_MOST : RCP_COST_ABOUT;
}

static gboolean
is_same_cost (const RcpCost *one, const RcpCost *other)
{
  return one->is_known == other->is_known && one->least == other->least && one->most == other->most;
}

/* Whether the patient's part is another one out of network than @in network. */
static gboolean
differs_by_side (const RcpEligibilityAnswer *answer, const RcpCostShare *in)
{
  RcpCostShare out = rcp_cost_share_read (answer->benefits, answer->service_type, RCP_NETWORK_OUT);

  return !is_same_cost (&in->copay, &out.copay) || !is_same_cost (&in->deductible, &out.deductible) ||
         !is_same_cost (&in->out_of_pocket, &out.out_of_pocket) || in->has_share != out.has_share || in->share != out.share ||
         in->is_excluded != out.is_excluded;
}

/**
 * rcp_visit_cost_read:
 * @answer: what the payer says
 * @visit_type: (nullable): of the visit, with the clinic's prices
 * @side: of the network on which the provider stands
 *
 * An answer that cannot tell gives no estimate, and no price is one.
 */
RcpVisitCost
rcp_visit_cost_read (const RcpEligibilityAnswer *answer, RcpVisitType *visit_type, RcpNetwork side)
{
  gboolean is_known = side == RCP_NETWORK_IN || side == RCP_NETWORK_OUT;
  RcpVisitCost self = { .side = is_known ? side : RCP_NETWORK_IN };
  RcpMoney allowed;
  gboolean has_allowed = visit_type && rcp_visit_type_get_allowed (visit_type, &allowed);
  const gint64 *amount;

  self.has_price = visit_type && rcp_visit_type_get_price (visit_type, &self.price);
  self.share = rcp_cost_share_read (answer->benefits, answer->service_type, self.side);
  self.share.status = answer->status;
  self.is_side_assumed = !is_known && differs_by_side (answer, &self.share);
  amount = answer->status != RCP_ELIGIBILITY_CANNOT_TELL ? choose_amount (&self, has_allowed ? &allowed : NULL) : NULL;
  self.estimate = rcp_estimate (&self.share, amount, self.side);
  self.bound = find_bound (&self);
  if (!self.estimate.cost.is_known)
    self.basis = RCP_COST_BASIS_NONE;
  return self;
}
