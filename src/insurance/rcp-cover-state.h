/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "insurance/rcp-eligibility-answer.h"
#include "insurance/rcp-estimate.h"

G_BEGIN_DECLS

/**
 * RcpCoverState: how a visit is covered, as far as is known: what wants the desk most comes first
 * @RCP_COVER_NOT_ELIGIBLE: the payer says that the insurance is not in force
 * @RCP_COVER_EXCLUDED: it is, but this kind of visit is not covered
 * @RCP_COVER_CANNOT_TELL: the payer was asked, and it cannot be told
 * @RCP_COVER_NOT_READ: the record could not be read
 * @RCP_COVER_NOT_CHECKED: nobody has asked
 * @RCP_COVER_STALE: covered, by an answer that is old
 * @RCP_COVER_AUTHORIZATION: covered; the payer wants to authorize the visit before
 * @RCP_COVER_NO_INSURANCE: the record has none for the day
 * @RCP_COVER_FINE: covered
 */
typedef enum
{
  RCP_COVER_NOT_ELIGIBLE,
  RCP_COVER_EXCLUDED,
  RCP_COVER_CANNOT_TELL,
  RCP_COVER_NOT_READ,
  RCP_COVER_NOT_CHECKED,
  RCP_COVER_STALE,
  RCP_COVER_AUTHORIZATION,
  RCP_COVER_NO_INSURANCE,
  RCP_COVER_FINE,
} RcpCoverState;

RcpCoverState rcp_cover_state_judge (const RcpEligibilityAnswer *answer, gboolean is_stale, RcpNetwork side);
gboolean rcp_cover_state_wants_asking (RcpCoverState state, gboolean is_stale);

G_END_DECLS
