/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/rcp-money.h"
#include "clinic/rcp-values.h"
#include "insurance/rcp-eligibility-answer.h"
#include "insurance/rcp-estimate.h"

G_BEGIN_DECLS

/* What one visit costs its patient, by the clinic's prices and the payer's answer. Pure. */

/**
 * RcpCostBasis: which amount an estimate begins with
 * @RCP_COST_BASIS_NONE: none is known, or it is not in the currency of the answer
 * @RCP_COST_BASIS_ALLOWED: what payers allow by contract
 * @RCP_COST_BASIS_LIST: the list price, of which a payer may allow less
 */
typedef enum
{
  RCP_COST_BASIS_NONE,
  RCP_COST_BASIS_ALLOWED,
  RCP_COST_BASIS_LIST,
} RcpCostBasis;

/**
 * RcpCostBound: what an estimate is of what the patient pays
 * @RCP_COST_ABOUT: that, as far as can be told
 * @RCP_COST_AT_MOST: the list price stands for the allowed amount, which is no more
 * @RCP_COST_AT_LEAST: out of network the provider may bill the rest besides
 */
typedef enum
{
  RCP_COST_ABOUT,
  RCP_COST_AT_MOST,
  RCP_COST_AT_LEAST,
} RcpCostBound;

/**
 * RcpVisitCost:
 * @side: of the network whose lines were used: %RCP_NETWORK_IN when @is_side_assumed
 * @is_side_assumed: nobody says where the provider stands, and the answer differs by it
 * @has_price: whether there is a list price, @price
 */
typedef struct
{
  RcpCostShare share;
  RcpEstimate estimate;
  RcpCostBasis basis;
  RcpCostBound bound;
  RcpNetwork side;
  gboolean is_side_assumed;
  gboolean has_price;
  RcpMoney price;
} RcpVisitCost;

RcpVisitCost rcp_visit_cost_read (const RcpEligibilityAnswer *answer, RcpVisitType *visit_type, RcpNetwork side);

G_END_DECLS
