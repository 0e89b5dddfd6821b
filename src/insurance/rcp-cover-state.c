/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-insurance"

#include "rcp-cover-state.h"

/**
 * rcp_cover_state_judge:
 * @answer: (nullable): what the payer of the first insurance said last
 * @is_stale: whether @answer is too old for the visit
 * @side: of the network on which the provider stands; where nobody knows, the lines in network count
 *
 * A bad answer stays one when it is old: it is worse not to be told.
 *
 * Returns: how a visit is covered whose patient has an insurance for the day
 */
RcpCoverState
rcp_cover_state_judge (const RcpEligibilityAnswer *answer, gboolean is_stale, RcpNetwork side)
{
  RcpCostShare share;

  if (answer == NULL)
    return RCP_COVER_NOT_CHECKED;
  if (answer->status == RCP_ELIGIBILITY_NOT_ELIGIBLE)
    return RCP_COVER_NOT_ELIGIBLE;
  if (answer->status != RCP_ELIGIBILITY_ELIGIBLE)
    return RCP_COVER_CANNOT_TELL;
  share = rcp_cost_share_read (answer->benefits, answer->service_type, side == RCP_NETWORK_OUT ? RCP_NETWORK_OUT : RCP_NETWORK_IN);
  if (share.is_excluded)
    return RCP_COVER_EXCLUDED;
  if (is_stale)
    return RCP_COVER_STALE;
  return share.authorization == RCP_AUTHORIZATION_NEEDED ? RCP_COVER_AUTHORIZATION : RCP_COVER_FINE;
}

/**
 * rcp_cover_state_wants_asking:
 * @is_stale: whether the answer is too old
 *
 * Payers are paid for answers, and some end the line of who asks too often: what is known today is not asked again.
 *
 * Returns: whether to ask the payer
 */
gboolean
rcp_cover_state_wants_asking (RcpCoverState state, gboolean is_stale)
{
  return is_stale || state == RCP_COVER_NOT_CHECKED || state == RCP_COVER_CANNOT_TELL;
}
