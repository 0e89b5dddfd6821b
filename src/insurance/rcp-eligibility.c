/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-insurance"

#include "rcp-eligibility.h"

/**
 * rcp_eligibility_judge:
 * @benefits: (element-type RcpBenefit): what the payer says of the patient
 * @service_type: (nullable): X12 code of what the visit is
 *
 * The lines of the service itself count before those of the plan as a whole, these before those of other services. Lines of one
 * rank that contradict each other are no answer.
 */
RcpEligibilityStatus
rcp_eligibility_judge (GPtrArray *benefits, const char *service_type)
{
  int active = -1, inactive = -1; /* the nearest line that says so */

  for (guint i = 0; i < benefits->len; i++)
    {
      const RcpBenefit *benefit = g_ptr_array_index (benefits, i);

      if (benefit->kind == RCP_BENEFIT_ACTIVE)
        active = MAX (active, (int) rcp_benefit_get_nearness (benefit, service_type));
      else if (benefit->kind == RCP_BENEFIT_INACTIVE)
        inactive = MAX (inactive, (int) rcp_benefit_get_nearness (benefit, service_type));
    }
  if (active == inactive)
    return RCP_ELIGIBILITY_CANNOT_TELL;
  return active > inactive ? RCP_ELIGIBILITY_ELIGIBLE : RCP_ELIGIBILITY_NOT_ELIGIBLE;
}
