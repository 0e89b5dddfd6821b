/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-insurance"

#include "rcp-eligibility.h"

/* How near a line is to what is asked; 0 when it says nothing of it. */
static guint
rank (const RcpBenefit *benefit, const char *service_type)
{
  if (service_type && rcp_benefit_is_for (benefit, service_type))
    return 3;
  if (rcp_benefit_is_for (benefit, RCP_SERVICE_TYPE_PLAN) || rcp_benefit_is_for (benefit, NULL))
    return 2;
  return 1;
}

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
  guint active = 0, inactive = 0;

  for (guint i = 0; i < benefits->len; i++)
    {
      const RcpBenefit *benefit = g_ptr_array_index (benefits, i);

      if (benefit->kind == RCP_BENEFIT_ACTIVE)
        active = MAX (active, rank (benefit, service_type));
      else if (benefit->kind == RCP_BENEFIT_INACTIVE)
        inactive = MAX (inactive, rank (benefit, service_type));
    }
  if (active == inactive)
    return RCP_ELIGIBILITY_CANNOT_TELL;
  return active > inactive ? RCP_ELIGIBILITY_ELIGIBLE : RCP_ELIGIBILITY_NOT_ELIGIBLE;
}
