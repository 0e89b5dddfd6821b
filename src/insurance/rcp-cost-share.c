/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-insurance"

#include "rcp-estimate.h"

/* Which lines of an answer hold for one service on one side of the network. */

/* Whether a line is of the side; one that does not say counts only where no other line speaks. */
static gboolean
is_of_side (const RcpBenefit *benefit, RcpNetwork side, gboolean unstated)
{
  if (unstated)
    return benefit->network == RCP_NETWORK_UNSTATED;
  return benefit->network == side || benefit->network == RCP_NETWORK_EITHER;
}

/* A line for one procedure says nothing of others. */
static RcpNearness
rank (const RcpBenefit *benefit, const char *service_type)
{
  return benefit->procedure ? RCP_NEARNESS_OTHER : rcp_benefit_get_nearness (benefit, service_type);
}

typedef struct
{
  GPtrArray *benefits;
  const char *service_type;
  RcpNetwork side;
  gboolean unstated;
} Lines;

static void
widen (RcpCost *self, gint64 least, gint64 most)
{
  self->least = self->is_known ? MIN (self->least, least) : least;
  self->most = self->is_known ? MAX (self->most, most) : most;
  self->is_known = TRUE;
}

/* What lines of one level say remains: outright, or between nothing and the whole of a year. Several that differ (of two spells in
 * a hospital, say) leave a range. */
static RcpCost
find_of_level (const Lines *self, RcpBenefitKind kind, guint at_rank, gboolean is_family, gboolean remaining)
{
  RcpCost found = { 0 };

  for (guint i = 0; i < self->benefits->len; i++)
    {
      const RcpBenefit *benefit = g_ptr_array_index (self->benefits, i);
      gboolean is_outright = benefit->period == RCP_BENEFIT_PERIOD_REMAINING || benefit->period == RCP_BENEFIT_PERIOD_VISIT;
      gboolean is_whole = benefit->period == RCP_BENEFIT_PERIOD_YEAR || benefit->period == RCP_BENEFIT_PERIOD_UNSTATED;

      if (benefit->kind != kind || !benefit->has_amount || rank (benefit, self->service_type) != at_rank ||
          (benefit->level == RCP_BENEFIT_LEVEL_FAMILY) != is_family || !(remaining ? is_outright : is_whole) ||
          !is_of_side (benefit, self->side, self->unstated))
        continue;
      widen (&found, is_outright ? benefit->amount : 0, benefit->amount);
    }
  return found;
}

/* Of the individual's and the family's, the one that is reached first ends it. */
static RcpCost
find_remaining (const Lines *self, RcpBenefitKind kind)
{
  for (guint at_rank = RCP_NEARNESS_SERVICE; at_rank >= RCP_NEARNESS_PLAN; at_rank--)
    for (guint whole = 0; whole < 2; whole++)
      {
        RcpCost own = find_of_level (self, kind, at_rank, FALSE, !whole);
        RcpCost family = find_of_level (self, kind, at_rank, TRUE, !whole);

        if (own.is_known && family.is_known)
          return (RcpCost) { TRUE, MIN (own.least, family.least), MIN (own.most, family.most) };
        if (own.is_known || family.is_known)
          return own.is_known ? own : family;
      }
  return (RcpCost) { 0 };
}

/* Copays of one rank that differ (office and telehealth, say) leave a range. */
static RcpCost
find_copay (const Lines *self)
{
  RcpCost copay = { 0 };

  for (guint at_rank = 2; at_rank >= 1 && !copay.is_known; at_rank--)
    for (guint i = 0; i < self->benefits->len; i++)
      {
        const RcpBenefit *benefit = g_ptr_array_index (self->benefits, i);

        if (benefit->kind != RCP_BENEFIT_COPAY || !benefit->has_amount || rank (benefit, self->service_type) != at_rank ||
            !is_of_side (benefit, self->side, self->unstated))
          continue;
        widen (&copay, benefit->amount, benefit->amount);
      }
  return copay;
}

/* The largest share among the lines of the best rank: where they differ the patient shall not be told too little. */
static gboolean
find_share (const Lines *self, guint *share)
{
  gboolean found = FALSE;

  for (guint at_rank = 2; at_rank >= 1 && !found; at_rank--)
    for (guint i = 0; i < self->benefits->len; i++)
      {
        const RcpBenefit *benefit = g_ptr_array_index (self->benefits, i);

        if (benefit->kind != RCP_BENEFIT_COINSURANCE || !benefit->has_share || rank (benefit, self->service_type) != at_rank ||
            !is_of_side (benefit, self->side, self->unstated))
          continue;
        *share = found ? MAX (*share, benefit->share) : benefit->share;
        found = TRUE;
      }
  return found;
}

/* A line that says so outright counts; of several the one that asks for most. */
static RcpAuthorization
find_authorization (const Lines *self)
{
  RcpAuthorization found = RCP_AUTHORIZATION_UNSTATED;

  for (guint i = 0; i < self->benefits->len; i++)
    {
      const RcpBenefit *benefit = g_ptr_array_index (self->benefits, i);

      if (rank (benefit, self->service_type) == RCP_NEARNESS_OTHER || benefit->authorization == RCP_AUTHORIZATION_UNSTATED ||
          !is_of_side (benefit, self->side, self->unstated))
        continue;
      if (benefit->authorization == RCP_AUTHORIZATION_NEEDED || found == RCP_AUTHORIZATION_UNSTATED ||
          (benefit->authorization == RCP_AUTHORIZATION_UNKNOWN && found == RCP_AUTHORIZATION_NOT_NEEDED))
        found = benefit->authorization;
    }
  return found;
}

static gboolean
find_exclusion (const Lines *self)
{
  for (guint i = 0; i < self->benefits->len; i++)
    {
      const RcpBenefit *benefit = g_ptr_array_index (self->benefits, i);

      if (benefit->kind == RCP_BENEFIT_EXCLUDED && rank (benefit, self->service_type) == RCP_NEARNESS_SERVICE &&
          is_of_side (benefit, self->side, self->unstated))
        return TRUE;
    }
  return FALSE;
}

/* Whether an amount that would count is in another currency. */
static gboolean
find_foreign (const Lines *self)
{
  for (guint i = 0; i < self->benefits->len; i++)
    {
      const RcpBenefit *benefit = g_ptr_array_index (self->benefits, i);
      gboolean counts = benefit->kind == RCP_BENEFIT_COPAY || benefit->kind == RCP_BENEFIT_DEDUCTIBLE || benefit->kind == RCP_BENEFIT_OUT_OF_POCKET;

      if (benefit->foreign && counts && rank (benefit, self->service_type) != RCP_NEARNESS_OTHER &&
          is_of_side (benefit, self->side, self->unstated))
        return TRUE;
    }
  return FALSE;
}

/* Takes from lines that do not state their side what no other line said. */
static void
read_unstated (RcpCostShare *self, const Lines *lines)
{
  RcpCostShare before = *self;

  if (!self->copay.is_known)
    self->copay = find_copay (lines);
  if (!self->deductible.is_known)
    self->deductible = find_remaining (lines, RCP_BENEFIT_DEDUCTIBLE);
  if (!self->out_of_pocket.is_known)
    self->out_of_pocket = find_remaining (lines, RCP_BENEFIT_OUT_OF_POCKET);
  if (!self->has_share)
    self->has_share = find_share (lines, &self->share);
  if (self->authorization == RCP_AUTHORIZATION_UNSTATED)
    self->authorization = find_authorization (lines);
  if (!self->is_excluded)
    self->is_excluded = find_exclusion (lines);
  self->is_side_unstated = before.copay.is_known != self->copay.is_known || before.deductible.is_known != self->deductible.is_known ||
                           before.out_of_pocket.is_known != self->out_of_pocket.is_known || before.has_share != self->has_share ||
                           before.authorization != self->authorization || before.is_excluded != self->is_excluded;
}

/**
 * rcp_cost_share_read:
 * @benefits: (element-type RcpBenefit): what the payer says of the patient
 * @service_type: (nullable): X12 code of what the visit is
 * @side: %RCP_NETWORK_IN or %RCP_NETWORK_OUT: where the provider stands
 *
 * Lines of the service count before those of the plan.
 */
RcpCostShare
rcp_cost_share_read (GPtrArray *benefits, const char *service_type, RcpNetwork side)
{
  Lines lines = { benefits, service_type, side, FALSE };
  RcpCostShare self = { .status = rcp_eligibility_judge (benefits, service_type) };

  self.copay = find_copay (&lines);
  self.deductible = find_remaining (&lines, RCP_BENEFIT_DEDUCTIBLE);
  self.out_of_pocket = find_remaining (&lines, RCP_BENEFIT_OUT_OF_POCKET);
  self.has_share = find_share (&lines, &self.share);
  self.authorization = find_authorization (&lines);
  self.is_excluded = find_exclusion (&lines);
  self.has_foreign = find_foreign (&lines);
  lines.unstated = TRUE;
  self.has_foreign |= find_foreign (&lines);
  read_unstated (&self, &lines);
  return self;
}
