/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-matching"

#include "rcp-match-facts.h"

/* Days after which it is too late: for a routine visit the clinic says. */
#define URGENT_DAYS 7
#define EMERGENCY_DAYS 1
/* So many times what counts most otherwise: a provider in the network who is too late must not come before one who is not. */
#define URGENT_WEIGHT 4

static double
get_largest (const double *weights)
{
  double largest = 0;

  for (guint i = 0; i < RCP_N_CRITERIA; i++)
    largest = MAX (largest, weights[i]);
  return largest;
}

/**
 * rcp_match_rules_for:
 * @clinic: what the clinic has set
 * @needs: what this patient needs
 *
 * The rules for one patient. Who asks for a woman or a man means it: that counts as much as what counts most. Where it is urgent the days
 * until the visit count more than all else, and a week is late; in an emergency, which is for today only (rcp_match_barriers()), nothing
 * counts but how soon and how near it is, and whether one understands the other.
 *
 * Returns: the rules
 */
RcpMatchRules
rcp_match_rules_for (const RcpMatchRules *clinic, const RcpMatchNeeds *needs)
{
  RcpMatchRules rules;
  double largest;

  g_return_val_if_fail (clinic != NULL && needs != NULL, rcp_match_rules_default ());

  rules = *clinic;
  largest = get_largest (rules.weights);
  if (needs->gender != RCP_GENDER_ANY)
    rules.weights[RCP_CRITERION_GENDER] = largest;
  if (needs->urgency == RCP_MATCH_ROUTINE)
    return rules;
  rules.worst[RCP_CRITERION_WAIT] = MIN (rules.worst[RCP_CRITERION_WAIT], needs->urgency == RCP_MATCH_URGENT ? URGENT_DAYS : EMERGENCY_DAYS);
  rules.weights[RCP_CRITERION_WAIT] = URGENT_WEIGHT * largest;
  if (needs->urgency == RCP_MATCH_EMERGENCY)
    for (guint i = 0; i < RCP_N_CRITERIA; i++)
      if (i != RCP_CRITERION_WAIT && i != RCP_CRITERION_DISTANCE && i != RCP_CRITERION_LANGUAGE)
        rules.weights[i] = 0;
  return rules;
}
