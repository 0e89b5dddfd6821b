/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What one visit costs its patient, by the clinic's prices: rcp-visit-cost.c. */

#define G_LOG_DOMAIN "test-visit-cost"

#include "insurance/rcp-visit-cost.h"

#include "clinic/rcp-visit-price.h"
#include "x12-text.h"

#define IN RCP_NETWORK_IN
#define OUT RCP_NETWORK_OUT
#define UNKNOWN RCP_NETWORK_UNKNOWN

static RcpVisitType *
make_type (const char *price, const char *allowed, const char *currency)
{
  GString *text = g_string_new ("{\"resourceType\":\"HealthcareService\",\"id\":\"h\",\"extension\":[{\"url\":\"urn:x\"}");
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (FhirResource) resource = NULL;

  if (price)
    g_string_append_printf (text, ",{\"url\":\"urn:reception:price\",\"valueMoney\":{\"value\":%s,\"currency\":\"%s\"}}", price, currency);
  if (allowed)
    g_string_append_printf (text, ",{\"url\":\"urn:reception:allowed\",\"valueMoney\":{\"value\":%s,\"currency\":\"%s\"}}", allowed, currency);
  g_string_append (text, "]}");
  node = json_from_string (text->str, NULL);
  g_string_free (text, TRUE);
  resource = fhir_resource_new (json_node_get_object (node));
  return rcp_visit_type_new (resource);
}

static RcpVisitCost
read_cost (const char *lines, RcpEligibilityStatus status, RcpVisitType *type, RcpNetwork side)
{
  g_autoptr (RcpX12Reply) reply = x12_text_read_benefits (lines);
  const RcpInsured *insured = g_ptr_array_index (reply->insured, 0);
  RcpEligibilityAnswer answer = { .status = status, .benefits = insured->benefits, .service_type = (char *) "98" };

  return rcp_visit_cost_read (&answer, type, side);
}

typedef struct
{
  const char *why;
  const char *lines;
  RcpEligibilityStatus status;
  const char *price;
  const char *allowed;
  const char *currency;
  RcpNetwork side;
  RcpCostBasis basis;
  RcpCostBound bound;
  gint64 least;
  gint64 most;
} Case;

#define YES RCP_ELIGIBILITY_ELIGIBLE
#define NO RCP_ELIGIBILITY_NOT_ELIGIBLE
#define MAYBE RCP_ELIGIBILITY_CANNOT_TELL
#define SHARE "EB*1**30~EB*C*IND*30***29*20~EB*A*IND*98***27**.5~"
#define COPAYS "EB*1**30~EB*B**98***27*10*****Y~EB*B**98***27*30*****N~EB*C**98***23*0*****W~"

static const Case cases[] = {
  { "by contract: 20 + 50% of 80", SHARE, YES, "140", "100", "USD", IN, RCP_COST_BASIS_ALLOWED, RCP_COST_ABOUT, 6000, 6000 },
  { "the list price is not the allowed amount: 20 + 50% of 120", SHARE, YES, "140", NULL, "USD", IN, RCP_COST_BASIS_LIST, RCP_COST_AT_MOST, 8000,
    8000 },
  { "a contract is not for those out of network", COPAYS, YES, "140", "100", "USD", OUT, RCP_COST_BASIS_LIST, RCP_COST_AT_LEAST, 3000, 3000 },
  { "out of network without a list price", COPAYS, YES, NULL, "100", "USD", OUT, RCP_COST_BASIS_NONE, RCP_COST_AT_LEAST, -1, -1 },
  { "in another currency nothing can be worked out", SHARE, YES, "140", "100", "EUR", IN, RCP_COST_BASIS_NONE, RCP_COST_ABOUT, -1, -1 },
  { "no price", SHARE, YES, NULL, NULL, "USD", IN, RCP_COST_BASIS_NONE, RCP_COST_ABOUT, -1, -1 },
  { "not covered any more: the list price, not the contract's", "EB*6**30~", NO, "140", "100", "USD", IN, RCP_COST_BASIS_LIST, RCP_COST_ABOUT,
    14000, 14000 },
  { "in whatever currency", "EB*6**30~", NO, "140", NULL, "EUR", UNKNOWN, RCP_COST_BASIS_LIST, RCP_COST_ABOUT, 14000, 14000 },
  { "excluded", "EB*1**30~EB*I**98~", YES, "140", "100", "USD", IN, RCP_COST_BASIS_LIST, RCP_COST_ABOUT, 14000, 14000 },
  { "nobody can tell: no price is an estimate", "EB*L~", MAYBE, "140", "100", "USD", IN, RCP_COST_BASIS_NONE, RCP_COST_ABOUT, -1, -1 },
};

static void
test_cases (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (RcpVisitType) type = make_type (cases[i].price, cases[i].allowed, cases[i].currency);
      RcpVisitCost cost = read_cost (cases[i].lines, cases[i].status, type, cases[i].side);

      g_test_message ("%s", cases[i].why);
      g_assert_cmpint (cost.estimate.cost.is_known, ==, cases[i].least >= 0);
      g_assert_cmpint (cost.basis, ==, cases[i].basis);
      g_assert_cmpint (cost.bound, ==, cases[i].bound);
      if (cases[i].least >= 0)
        {
          g_assert_cmpint (cost.estimate.cost.least, ==, cases[i].least);
          g_assert_cmpint (cost.estimate.cost.most, ==, cases[i].most);
        }
      g_assert_cmpint (cost.has_price, ==, cases[i].price != NULL);
    }
}

/* What is the same on both sides need not be assumed for one. */
static void
test_side (void)
{
  g_autoptr (RcpVisitType) type = make_type ("140", NULL, "USD");

  g_assert_true (read_cost (COPAYS, YES, type, UNKNOWN).is_side_assumed);
  g_assert_cmpint (read_cost (COPAYS, YES, type, UNKNOWN).side, ==, IN);
  g_assert_false (read_cost (COPAYS, YES, type, IN).is_side_assumed);
  g_assert_false (read_cost (SHARE, YES, type, UNKNOWN).is_side_assumed);
  g_assert_false (read_cost ("EB*1**30~EB*B**98***27*10*****W~", YES, type, UNKNOWN).is_side_assumed);
  /* One line for both sides beside one for a side. */
  g_assert_true (read_cost ("EB*1**30~EB*B**98***27*10*****Y~EB*C**30***29*20~", YES, type, UNKNOWN).is_side_assumed);
  g_assert_false (read_cost (COPAYS, YES, NULL, IN).has_price);
}

/* The list price is a bound: whatever the payer allows of it in network, the patient pays no more. */
static void
test_bound (void)
{
  g_autoptr (RcpVisitType) listed = make_type ("140", NULL, "USD");
  RcpVisitCost bound = read_cost ("EB*1**30~EB*B**98***27*25~EB*C**30***29*50~EB*A**98***27**.2~", YES, listed, IN);

  g_assert_cmpint (bound.bound, ==, RCP_COST_AT_MOST);
  for (guint i = 0; i <= 140; i++)
    {
      g_autofree char *text = g_strdup_printf ("%u", i);
      g_autoptr (RcpVisitType) allowed = make_type ("140", text, "USD");
      RcpVisitCost cost = read_cost ("EB*1**30~EB*B**98***27*25~EB*C**30***29*50~EB*A**98***27**.2~", YES, allowed, IN);

      g_assert_cmpint (cost.bound, ==, RCP_COST_ABOUT);
      g_assert_cmpint (cost.estimate.cost.most, <=, bound.estimate.cost.most);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/insurance/visit-cost/cases", test_cases);
  g_test_add_func ("/insurance/visit-cost/side", test_side);
  g_test_add_func ("/insurance/visit-cost/bound", test_bound);
  return g_test_run ();
}
