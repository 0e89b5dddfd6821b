/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "insurance/rcp-eligibility.h"

G_BEGIN_DECLS

/* What the patient will pay for a visit, as far as the payer's answer lets it be told. Pure; cents. */

/**
 * RcpCostRule: how an amount came about
 * @RCP_COST_SELF_PAY: no coverage in force: the patient pays all
 * @RCP_COST_EXCLUDED: the service is not covered
 * @RCP_COST_NONE: nothing to pay, and the payer says so
 * @RCP_COST_COPAY: the copay alone, the deductible is waived
 * @RCP_COST_COINSURANCE: the deductible, then the patient's share of the rest
 * @RCP_COST_COPAY_AND_COINSURANCE: the copay, the deductible, then the share of the rest
 * @RCP_COST_DEDUCTIBLE_THEN_COPAY: the deductible, then the copay
 */
typedef enum
{
  RCP_COST_UNKNOWN,
  RCP_COST_SELF_PAY,
  RCP_COST_EXCLUDED,
  RCP_COST_NONE,
  RCP_COST_COPAY,
  RCP_COST_COINSURANCE,
  RCP_COST_COPAY_AND_COINSURANCE,
  RCP_COST_DEDUCTIBLE_THEN_COPAY,
} RcpCostRule;

/* An amount that is known, known to lie between two, or not known (@is_known is %FALSE). */
typedef struct
{
  gboolean is_known;
  gint64 least;
  gint64 most;
} RcpCost;

/**
 * RcpCostShare: what the lines say for one service on one side of the network
 * @deductible: what remains of it; between 0 and the whole of it when only that is said
 * @out_of_pocket: the most that remains, the smaller one of the individual's and the family's
 * @share: the patient's, in millionths
 * @is_excluded: the service is not covered
 * @has_foreign: at least one amount is in another currency: nothing can be worked out without it
 * @is_side_unstated: at least one line was used that does not say its side of the network
 */
typedef struct
{
  RcpEligibilityStatus status;
  gboolean is_excluded;
  RcpCost copay;
  RcpCost deductible;
  RcpCost out_of_pocket;
  gboolean has_share;
  guint share;
  RcpAuthorization authorization;
  gboolean has_foreign;
  gboolean is_side_unstated;
} RcpCostShare;

/**
 * RcpEstimate:
 * @cost: rounded to cents
 * @least_rule: the rule that gives the smaller amount; the same as @most_rule when one rule is sure
 * @is_at_least: the provider may bill the rest besides: out of network
 * @is_capped: the out-of-pocket maximum is what ends it
 */
typedef struct
{
  RcpCost cost;
  RcpCostRule least_rule;
  RcpCostRule most_rule;
  gboolean is_at_least;
  gboolean is_capped;
} RcpEstimate;

RcpCostShare rcp_cost_share_read (GPtrArray *benefits, const char *service_type, RcpNetwork side);
RcpEstimate rcp_estimate (const RcpCostShare *share, const gint64 *allowed, RcpNetwork side);

G_END_DECLS
