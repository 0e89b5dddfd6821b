/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-insurance"

#include "rcp-estimate.h"

#include "base/rcp-money.h"

#define WHOLE RCP_SHARE_WHOLE

/* Amounts in here are millionths of cents, until the end. */
typedef struct
{
  gint64 allowed;
  guint share;
  gboolean is_open;
  gint64 least;
  gint64 most;
  RcpCostRule least_rule;
  RcpCostRule most_rule;
} Candidates;

static void
add (Candidates *self, RcpCostRule rule, gint64 amount)
{
  if (!self->is_open || amount < self->least)
    {
      self->least = amount;
      self->least_rule = rule;
    }
  if (!self->is_open || amount > self->most)
    {
      self->most = amount;
      self->most_rule = rule;
    }
  self->is_open = TRUE;
}

static gint64
part (gint64 amount, guint share)
{
  return amount / WHOLE * share + amount % WHOLE * share / WHOLE;
}

static gint64
after_coinsurance (const Candidates *self, gint64 deductible)
{
  gint64 d = MIN (deductible, self->allowed);

  return d + part (self->allowed - d, self->share);
}

static gint64
after_copay_and_coinsurance (const Candidates *self, gint64 copay, gint64 deductible)
{
  gint64 k = MIN (copay, self->allowed);
  gint64 d = MIN (deductible, self->allowed - k);

  return k + d + part (self->allowed - k - d, self->share);
}

static gint64
after_deductible_then_copay (const Candidates *self, gint64 copay, gint64 deductible)
{
  gint64 d = MIN (deductible, self->allowed);

  return d + MIN (copay, self->allowed - d);
}

/* With a copay: which of the rules holds, X12 does not say, unless the deductible is waived and there is no share. */
static void
add_with_copay (Candidates *self, gint64 copay, RcpCost deductible, gboolean has_share)
{
  gboolean is_waived = deductible.is_known && deductible.most == 0;

  add (self, RCP_COST_COPAY, MIN (copay, self->allowed));
  if (is_waived && !has_share)
    return;
  for (guint i = 0; i < 2; i++)
    {
      gint64 d = i == 0 ? deductible.least : deductible.most;

      if (has_share)
        add (self, RCP_COST_COPAY_AND_COINSURANCE, after_copay_and_coinsurance (self, copay, d));
      if (!is_waived)
        add (self, RCP_COST_DEDUCTIBLE_THEN_COPAY, after_deductible_then_copay (self, copay, d));
    }
}

/* Without a copay: the deductible, then the share; without a share, the rest may be all the patient's or none of it. */
static void
add_without_copay (Candidates *self, RcpCost deductible, gboolean has_share)
{
  add (self, RCP_COST_COINSURANCE, after_coinsurance (self, deductible.least));
  add (self, RCP_COST_COINSURANCE, after_coinsurance (self, deductible.most));
  if (!has_share)
    add (self, RCP_COST_COINSURANCE, self->allowed);
}

static RcpCost
scale (RcpCost cost)
{
  return (RcpCost) { cost.is_known, cost.least * WHOLE, cost.most * WHOLE };
}

static void
collect (Candidates *self, const RcpCostShare *share)
{
  RcpCost deductible = scale (share->deductible);
  RcpCost copay = scale (share->copay);

  if (share->has_foreign || (!share->copay.is_known && !share->has_share && !share->deductible.is_known))
    return;
  /* A deductible of which nothing is said may be anything up to the whole. */
  if (!deductible.is_known)
    deductible = (RcpCost) { FALSE, 0, self->allowed };
  if (copay.is_known && copay.most == 0 && share->deductible.is_known && deductible.most == 0 && share->has_share && share->share == 0)
    add (self, RCP_COST_NONE, 0);
  else if (copay.is_known)
    {
      add_with_copay (self, copay.least, deductible, share->has_share);
      add_with_copay (self, copay.most, deductible, share->has_share);
    }
  else
    add_without_copay (self, deductible, share->has_share);
}

/* The out-of-pocket maximum ends all rules. Where only the whole of it is known, what is left of it is not: then it ends the larger
 * amount alone. */
static void
cap (RcpEstimate *self, const RcpCost *limit)
{
  if (!limit->is_known || !self->cost.is_known)
    return;
  self->is_capped = self->cost.most > limit->most;
  self->cost.most = MIN (self->cost.most, limit->most);
  self->cost.least = MIN (self->cost.least, limit->most);
}

/**
 * rcp_estimate:
 * @allowed: (nullable): cents that the provider may charge by contract, or the list price; %NULL when it is not known
 * @side: where the provider stands
 *
 * Where the answer does not say which rule holds, the estimate is the range of all that may. It is not known when there is no
 * amount to begin with, or no line: never nothing to pay for want of an answer.
 */
RcpEstimate
rcp_estimate (const RcpCostShare *share, const gint64 *allowed, RcpNetwork side)
{
  RcpEstimate self = { .is_at_least = side == RCP_NETWORK_OUT };
  Candidates candidates = { .share = share->share };

  if (allowed == NULL)
    return self;
  if (share->status == RCP_ELIGIBILITY_NOT_ELIGIBLE || share->is_excluded)
    {
      self.cost = (RcpCost) { TRUE, *allowed, *allowed };
      self.least_rule = self.most_rule = share->is_excluded ? RCP_COST_EXCLUDED : RCP_COST_SELF_PAY;
      if (share->status == RCP_ELIGIBILITY_NOT_ELIGIBLE)
        self.least_rule = self.most_rule = RCP_COST_SELF_PAY;
      return self;
    }
  candidates.allowed = *allowed * WHOLE;
  collect (&candidates, share);
  if (!candidates.is_open)
    return self;
  self.cost = (RcpCost) { TRUE, rcp_money_round (candidates.least), rcp_money_round (candidates.most) };
  self.least_rule = candidates.least_rule;
  self.most_rule = candidates.most_rule;
  cap (&self, &share->out_of_pocket);
  return self;
}
