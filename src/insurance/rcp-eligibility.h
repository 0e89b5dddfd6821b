/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "insurance/rcp-benefit.h"

G_BEGIN_DECLS

/* Is the patient covered? Three answers. Pure. */

typedef enum
{
  RCP_ELIGIBILITY_CANNOT_TELL,
  RCP_ELIGIBILITY_ELIGIBLE,
  RCP_ELIGIBILITY_NOT_ELIGIBLE,
} RcpEligibilityStatus;

RcpEligibilityStatus rcp_eligibility_judge (GPtrArray *benefits, const char *service_type);

G_END_DECLS
