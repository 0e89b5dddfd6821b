/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-insurance"

#include "insurance/rcp-eligibility.h"

#include "x12-text.h"

static void
test_judge (void)
{
  const struct
  {
    const char *lines;
    const char *service_type;
    RcpEligibilityStatus status;
  } cases[] = {
    { "EB*1**30~", NULL, RCP_ELIGIBILITY_ELIGIBLE },
    { "EB*1**30~", "98", RCP_ELIGIBILITY_ELIGIBLE },
    { "EB*5**30~", "98", RCP_ELIGIBILITY_ELIGIBLE },
    { "EB*6**30~", "98", RCP_ELIGIBILITY_NOT_ELIGIBLE },
    { "EB*8~", "98", RCP_ELIGIBILITY_NOT_ELIGIBLE },
    { "EB*L~", "98", RCP_ELIGIBILITY_CANNOT_TELL },
    { "MSG*NOTHING~", "98", RCP_ELIGIBILITY_CANNOT_TELL },
    { "EB*V**30~", NULL, RCP_ELIGIBILITY_CANNOT_TELL },
    /* The service itself is nearer than the plan, the plan than other services. */
    { "EB*1**30~EB*6**98~", "98", RCP_ELIGIBILITY_NOT_ELIGIBLE },
    { "EB*6**30~EB*1**98~", "98", RCP_ELIGIBILITY_ELIGIBLE },
    { "EB*1**30~EB*6**35~", "98", RCP_ELIGIBILITY_ELIGIBLE },
    { "EB*6**35~", "98", RCP_ELIGIBILITY_NOT_ELIGIBLE },
    /* One says so, the other says no. */
    { "EB*1**30~EB*6**30~", "98", RCP_ELIGIBILITY_CANNOT_TELL },
    /* Y and W are of EB12, not of EB01. */
    { "EB*W**30~EB*Y**30~", "98", RCP_ELIGIBILITY_CANNOT_TELL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (RcpX12Reply) reply = x12_text_read_benefits (cases[i].lines);
      const RcpInsured *insured = g_ptr_array_index (reply->insured, 0);

      g_test_message ("%s", cases[i].lines);
      g_assert_cmpint (rcp_eligibility_judge (insured->benefits, cases[i].service_type), ==, cases[i].status);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/insurance/eligibility/judge", test_judge);
  return g_test_run ();
}
