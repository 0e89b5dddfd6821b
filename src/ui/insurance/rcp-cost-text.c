/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-cost-text"

#include "config.h"

#include "rcp-cost-text.h"

#include <glib/gi18n.h>

#include "ui/insurance/rcp-answer-text.h"

static const char *
describe_rule (RcpCostRule rule)
{
  switch (rule)
    {
    case RCP_COST_NONE:
      return _ ("nothing to pay");
    case RCP_COST_COPAY:
      return _ ("copay alone");
    case RCP_COST_COINSURANCE:
      return _ ("deductible and share");
    case RCP_COST_COPAY_AND_COINSURANCE:
      return _ ("copay, deductible and share");
    case RCP_COST_DEDUCTIBLE_THEN_COPAY:
      return _ ("deductible and copay");
    case RCP_COST_SELF_PAY:
    case RCP_COST_EXCLUDED:
    case RCP_COST_UNKNOWN:
    default:
      return _ ("list price");
    }
}

/* Of a range both rules that may hold: which of them does, the payer did not say. */
static char *
describe_rules (const RcpVisitCost *cost)
{
  const char *least = describe_rule (cost->estimate.least_rule), *most = describe_rule (cost->estimate.most_rule);
  g_autofree char *rules = NULL;

  if (cost->bound == RCP_COST_AT_LEAST || cost->estimate.least_rule == cost->estimate.most_rule)
    rules = g_strdup (least);
  else
    /* Translators: two ways in which a patient may have to pay: "copay alone; or deductible and copay". */
    rules = g_strdup_printf (_ ("%s; or %s"), least, most);
  /* Translators: %s is how an amount came about: "deductible and share, up to the out-of-pocket maximum". */
  return cost->estimate.is_capped ? g_strdup_printf (_ ("%s, up to the out-of-pocket maximum"), rules) : g_steal_pointer (&rules);
}

/* The list price is in the clinic's currency; all else is in that of the answer. */
static char *
describe_price (const RcpVisitCost *cost)
{
  return rcp_money_format (cost->price.amount, cost->price.currency);
}

static char *
describe_known (const RcpVisitCost *cost)
{
  g_autofree char *rules = describe_rules (cost), *range = rcp_answer_text_money (&cost->estimate.cost);
  g_autofree char *least = rcp_money_format (cost->estimate.cost.least, NULL), *most = rcp_money_format (cost->estimate.cost.most, NULL);
  gboolean is_list = cost->basis == RCP_COST_BASIS_LIST;

  if (cost->estimate.least_rule == RCP_COST_NONE && cost->estimate.most_rule == RCP_COST_NONE && cost->bound != RCP_COST_AT_LEAST)
    return g_strdup (_ ("nothing to pay"));
  switch (cost->bound)
    {
    case RCP_COST_AT_MOST:
      /* Translators: an amount, and how it came about: "patient pays at most $40.00 (copay alone), by the list price". */
      return g_strdup_printf (_ ("patient pays at most %s (%s), by the list price"), most, rules);
    case RCP_COST_AT_LEAST:
      /* Translators: an amount, and how it came about. */
      return g_strdup_printf (is_list ? _ ("patient pays at least %s (%s), by the list price") : _ ("patient pays at least %s (%s)"), least, rules);
    case RCP_COST_ABOUT:
    default:
      /* Translators: an amount or a range, and how it came about: "patient pays about $25.00 (copay alone)". */
      return g_strdup_printf (_ ("patient pays about %s (%s)"), range, rules);
    }
}

static char *
describe_all_the_patients (const RcpVisitCost *cost)
{
  g_autofree char *price = describe_price (cost);

  if (cost->estimate.least_rule == RCP_COST_EXCLUDED)
    /* Translators: %s is the list price of a visit that the plan does not cover. */
    return g_strdup_printf (_ ("this kind of visit is not covered: patient pays about %s, the list price"), price);
  /* Translators: %s is the list price. */
  return g_strdup_printf (_ ("patient pays about %s, the list price"), price);
}

static char *
describe_unknown (const RcpVisitCost *cost)
{
  g_autofree char *rules = cost->share.status == RCP_ELIGIBILITY_ELIGIBLE ? rcp_answer_text_cost (&cost->estimate, &cost->share)
                                                                          : g_strdup (_ ("what the patient pays is not known"));
  g_autofree char *price = cost->has_price ? describe_price (cost) : NULL;

  if (price)
    /* Translators: what is known of the patient's part; the list price. */
    return g_strdup_printf (_ ("%s; the list price is %s"), rules, price);
  return cost->share.status == RCP_ELIGIBILITY_ELIGIBLE ? g_steal_pointer (&rules) : NULL;
}

/**
 * rcp_cost_text_describe:
 * @cost: of a visit
 *
 * Returns: (transfer full) (nullable): what the patient pays, in words: an amount or a range with the rule it comes from, the rules alone
 *   where no price is known; never nothing for what is not known. %NULL when there is nothing to say
 */
char *
rcp_cost_text_describe (const RcpVisitCost *cost)
{
  if (!cost->estimate.cost.is_known)
    return describe_unknown (cost);
  if (cost->estimate.least_rule == RCP_COST_SELF_PAY || cost->estimate.least_rule == RCP_COST_EXCLUDED)
    return describe_all_the_patients (cost);
  return describe_known (cost);
}

/**
 * rcp_cost_text_add_other:
 * @cost: of a visit, by what the payer says that pays first
 * @text: (transfer full) (nullable): it in words
 *
 * What the insurances pay that come after it depends on what it paid: an estimate of that would be a guess, silence would be wrong.
 *
 * Returns: (transfer full) (nullable): @text, and that another insurance may pay a part of it, where there is something to pay
 */
char *
rcp_cost_text_add_other (const RcpVisitCost *cost, char *text)
{
  g_autofree char *alone = text;

  if (!alone || (cost->estimate.cost.is_known && cost->estimate.cost.most == 0))
    return g_steal_pointer (&alone);
  /* Translators: %s is what the patient pays; the patient has a second insurance. */
  return g_strdup_printf (_ ("%s; another insurance may pay a part of it"), alone);
}

/**
 * rcp_cost_text_describe_estimate:
 * @cost: of a visit
 * @visit_type: what the visit is, in words
 *
 * Returns: (transfer full) (nullable): the same, of the visit by name; %NULL where the clinic has no price from which to tell
 */
char *
rcp_cost_text_describe_estimate (const RcpVisitCost *cost, const char *visit_type)
{
  g_autofree char *text = cost->estimate.cost.is_known || cost->has_price ? rcp_cost_text_describe (cost) : NULL;

  if (!text)
    return NULL;
  /* Translators: a kind of visit; what the patient pays. */
  return cost->is_side_assumed && cost->estimate.cost.is_known ? g_strdup_printf (_ ("%s: %s, if in network"), visit_type, text)
                                                               : g_strdup_printf (_ ("%s: %s"), visit_type, text);
}
