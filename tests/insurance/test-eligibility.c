/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-insurance"

#include "insurance/rcp-cover-state.h"
#include "insurance/rcp-eligibility.h"
#include "insurance/rcp-provider-network.h"

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

static FhirResource *
read_resource (const char *text)
{
  g_autoptr (JsonNode) node = json_from_string (text, NULL);

  g_assert_nonnull (node);
  return fhir_resource_new (json_node_get_object (node));
}

/* Only where the plan and the provider both name networks is there an answer. */
static void
test_provider_network (void)
{
#define REFERENCE(rest) "{\"url\":\"http://hl7.org/fhir/us/davinci-pdex-plan-net/StructureDefinition/network-reference\",\"valueReference\":{" rest "}}"
  static const struct { const char *extensions; const char *network; RcpNetwork side; } cases[] = {
    { REFERENCE ("\"display\":\"Acme Gold\""), "\"network\":\"acme gold\"", RCP_NETWORK_IN },
    { REFERENCE ("\"display\":\"Acme Gold\"") "," REFERENCE ("\"display\":\"Acme Blue\""), "\"network\":\"Acme Blue\"", RCP_NETWORK_IN },
    { REFERENCE ("\"display\":\"Acme Gold\""), "\"network\":\"Acme Blue\"", RCP_NETWORK_OUT },
    { REFERENCE ("\"display\":\"Acme Gold\""), "\"order\":1", RCP_NETWORK_UNKNOWN },
    { REFERENCE ("\"reference\":\"Organization/7\""), "\"network\":\"Acme Blue\"", RCP_NETWORK_UNKNOWN },
    { "{\"url\":\"urn:other\",\"valueReference\":{\"display\":\"Acme Gold\"}}", "\"network\":\"Acme Gold\"", RCP_NETWORK_UNKNOWN },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *role_text = g_strdup_printf ("{\"resourceType\":\"PractitionerRole\",\"id\":\"2\",\"extension\":[%s]}", cases[i].extensions);
      g_autofree char *coverage_text = g_strdup_printf ("{\"resourceType\":\"Coverage\",\"id\":\"3\",\"status\":\"active\",%s}", cases[i].network);
      g_autoptr (FhirResource) schedule = read_resource ("{\"resourceType\":\"Schedule\",\"id\":\"1\"}");
      g_autoptr (FhirResource) role = read_resource (role_text), json = read_resource (coverage_text);
      g_autoptr (RcpProvider) provider = rcp_provider_new (schedule, role, NULL, NULL), silent = rcp_provider_new (schedule, NULL, NULL, NULL);
      g_autoptr (RcpCoverage) coverage = rcp_coverage_new (json, NULL);

      g_assert_cmpint (rcp_provider_network_find (provider, coverage), ==, cases[i].side);
      g_assert_cmpint (rcp_provider_network_find (silent, coverage), ==, RCP_NETWORK_UNKNOWN);
    }
}

/* rcp-cover-state.c: what is worst for the desk to find out at the counter comes first. */
static void
test_cover_state (void)
{
  static const struct { const char *lines; RcpEligibilityStatus status; gboolean is_stale; RcpNetwork side; RcpCoverState state; gboolean wants; } cases[] = {
    { "EB*1**30~EB*B*IND*98***27*25*****Y~", RCP_ELIGIBILITY_ELIGIBLE, FALSE, RCP_NETWORK_IN, RCP_COVER_FINE, FALSE },
    { "EB*1**30~EB*B*IND*98***27*25*****Y~", RCP_ELIGIBILITY_ELIGIBLE, TRUE, RCP_NETWORK_IN, RCP_COVER_STALE, TRUE },
    { "EB*1**30~EB*A*IND*98***27**.2***Y*Y~", RCP_ELIGIBILITY_ELIGIBLE, FALSE, RCP_NETWORK_UNKNOWN, RCP_COVER_AUTHORIZATION, FALSE },
    { "EB*1**30~EB*A*IND*98***27**.2***Y*Y~", RCP_ELIGIBILITY_ELIGIBLE, FALSE, RCP_NETWORK_OUT, RCP_COVER_FINE, FALSE },
    { "EB*1**30~EB*I**98~", RCP_ELIGIBILITY_ELIGIBLE, FALSE, RCP_NETWORK_IN, RCP_COVER_EXCLUDED, FALSE },
    { "EB*6**30~", RCP_ELIGIBILITY_NOT_ELIGIBLE, FALSE, RCP_NETWORK_IN, RCP_COVER_NOT_ELIGIBLE, FALSE },
    { "EB*6**30~", RCP_ELIGIBILITY_NOT_ELIGIBLE, TRUE, RCP_NETWORK_IN, RCP_COVER_NOT_ELIGIBLE, TRUE },
    { "EB*L~", RCP_ELIGIBILITY_CANNOT_TELL, FALSE, RCP_NETWORK_IN, RCP_COVER_CANNOT_TELL, TRUE },
  };

  g_assert_cmpint (rcp_cover_state_judge (NULL, FALSE, RCP_NETWORK_IN), ==, RCP_COVER_NOT_CHECKED);
  g_assert_true (rcp_cover_state_wants_asking (RCP_COVER_NOT_CHECKED, FALSE));
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (RcpX12Reply) reply = x12_text_read_benefits (cases[i].lines);
      const RcpInsured *insured = g_ptr_array_index (reply->insured, 0);
      RcpEligibilityAnswer answer = { .status = cases[i].status, .benefits = insured->benefits, .service_type = (char *) "98" };

      g_assert_cmpint (rcp_cover_state_judge (&answer, cases[i].is_stale, cases[i].side), ==, cases[i].state);
      g_assert_cmpint (rcp_cover_state_wants_asking (cases[i].state, cases[i].is_stale), ==, cases[i].wants);
    }
}

/* rcp-eligibility-answer.c: how long the program leaves a payer alone, by what AAA04 says. */
static void
test_patience (void)
{
  static const struct { const char *follow_up; int days; gboolean is_same_visit; gboolean forbids; } cases[] = {
    { "W", 29, FALSE, TRUE }, { "W", 30, FALSE, FALSE }, { "X", 9, FALSE, TRUE }, { "X", 10, TRUE, FALSE }, { "N", 99, TRUE, TRUE },
    { "N", 0, FALSE, FALSE }, { "C", 1, TRUE, TRUE },    { "C", 1, FALSE, FALSE }, { "P", 0, TRUE, FALSE }, { "R", 0, TRUE, FALSE },
    { "Y", 0, TRUE, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (RcpEligibilityAnswer) answer = rcp_eligibility_answer_new ("T", 0);
      RcpRejection rejection = { .code = "75" };
      GDate visit;

      g_strlcpy (rejection.follow_up, cases[i].follow_up, sizeof rejection.follow_up);
      g_array_append_val (answer->rejections, rejection);
      g_date_clear (&visit, 1);
      g_date_set_dmy (&visit, 24, 11, 2026);
      answer->service_date = visit;
      if (!cases[i].is_same_visit)
        g_date_add_days (&visit, 7);
      g_assert_cmpint (rcp_eligibility_answer_forbids_asking (answer, &visit, cases[i].days * G_TIME_SPAN_DAY), ==, cases[i].forbids);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/insurance/eligibility/judge", test_judge);
  g_test_add_func ("/insurance/eligibility/provider-network", test_provider_network);
  g_test_add_func ("/insurance/eligibility/cover-state", test_cover_state);
  g_test_add_func ("/insurance/eligibility/patience", test_patience);
  return g_test_run ();
}
