/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a payer said, in words: rcp-answer-text.c, rcp-cost-text.c and rcp-raw-answer.c. */

#define G_LOG_DOMAIN "test-answer-text"

#include "ui/insurance/rcp-answer-text.h"

#include "ui/insurance/rcp-cost-text.h"
#include "ui/insurance/rcp-raw-answer.h"

static void
assert_text (char *text, const char *expected)
{
  g_assert_cmpstr (text, ==, expected);
  g_free (text);
}

static void
test_money (void)
{
  const RcpCost unknown = { 0 }, nothing = { TRUE, 0, 0 }, one = { TRUE, 2500, 2500 }, range = { TRUE, 0, 123456 };

  assert_text (rcp_answer_text_money (&unknown), "not known");
  assert_text (rcp_answer_text_money (&nothing), "$0.00");
  assert_text (rcp_answer_text_money (&one), "$25.00");
  assert_text (rcp_answer_text_money (&range), "$0.00 to $1234.56");
}

/* Of nothing to pay nobody pays a part. */
static void
test_other (void)
{
  RcpVisitCost cost = { 0 };

  assert_text (rcp_cost_text_add_other (&cost, g_strdup ("copay $25.00")), "copay $25.00; another insurance may pay a part of it");
  g_assert_null (rcp_cost_text_add_other (&cost, NULL));
  cost.estimate.cost = (RcpCost) { TRUE, 0, 2500 };
  assert_text (rcp_cost_text_add_other (&cost, g_strdup ("about $25.00")), "about $25.00; another insurance may pay a part of it");
  cost.estimate.cost = (RcpCost) { TRUE, 0, 0 };
  assert_text (rcp_cost_text_add_other (&cost, g_strdup ("nothing to pay")), "nothing to pay");
}

/* Never nothing to pay for want of an answer. */
static void
test_cost (void)
{
  const RcpCostShare nothing = { 0 }, copay = { .copay = { TRUE, 2500, 2500 } }, excluded = { .is_excluded = TRUE };
  const RcpCostShare both = { .deductible = { TRUE, 70000, 70000 }, .has_share = TRUE, .share = 200000 };
  const RcpCostShare odd = { .has_share = TRUE, .share = 125500 };
  RcpEstimate estimate = { 0 };

  assert_text (rcp_answer_text_cost (&estimate, &nothing), "what the patient pays is not known");
  assert_text (rcp_answer_text_cost (&estimate, &copay), "copay $25.00");
  assert_text (rcp_answer_text_cost (&estimate, &both), "deductible left $700.00, 20% of the price");
  assert_text (rcp_answer_text_cost (&estimate, &odd), "12.55% of the price");
  assert_text (rcp_answer_text_cost (&estimate, &excluded), "this kind of visit is not covered");
  estimate.is_at_least = TRUE;
  assert_text (rcp_answer_text_cost (&estimate, &nothing), "what the patient pays is not known");
  assert_text (rcp_answer_text_cost (&estimate, &copay), "at least: copay $25.00");
}

/* Of an amount it is said how sure it is, and where it comes from. */
static void
test_estimate (void)
{
  RcpVisitCost cost = { .basis = RCP_COST_BASIS_ALLOWED, .has_price = TRUE, .price = { 14000, "USD" } };

  cost.share.status = RCP_ELIGIBILITY_ELIGIBLE;
  cost.estimate = (RcpEstimate) { { TRUE, 2500, 6000 }, RCP_COST_COPAY, RCP_COST_DEDUCTIBLE_THEN_COPAY, FALSE, FALSE };
  assert_text (rcp_cost_text_describe (&cost), "patient pays about $25.00 to $60.00 (copay alone; or deductible and copay)");
  assert_text (rcp_cost_text_describe_estimate (&cost, "Check"),
               "Check: patient pays about $25.00 to $60.00 (copay alone; or deductible and copay)");
  cost.is_side_assumed = TRUE;
  assert_text (rcp_cost_text_describe_estimate (&cost, "Check"),
               "Check: patient pays about $25.00 to $60.00 (copay alone; or deductible and copay), if in network");
  cost.is_side_assumed = FALSE;
  cost.basis = RCP_COST_BASIS_LIST;
  cost.bound = RCP_COST_AT_MOST;
  assert_text (rcp_cost_text_describe (&cost), "patient pays at most $60.00 (copay alone; or deductible and copay), by the list price");
  cost.bound = RCP_COST_AT_LEAST;
  assert_text (rcp_cost_text_describe (&cost), "patient pays at least $25.00 (copay alone), by the list price");
  cost.bound = RCP_COST_ABOUT;
  cost.estimate = (RcpEstimate) { { TRUE, 4000, 4000 }, RCP_COST_COINSURANCE, RCP_COST_COINSURANCE, FALSE, TRUE };
  assert_text (rcp_cost_text_describe (&cost), "patient pays about $40.00 (deductible and share, up to the out-of-pocket maximum)");
  cost.estimate = (RcpEstimate) { { TRUE, 0, 0 }, RCP_COST_NONE, RCP_COST_NONE, FALSE, FALSE };
  assert_text (rcp_cost_text_describe (&cost), "nothing to pay");
  cost.estimate = (RcpEstimate) { { TRUE, 14000, 14000 }, RCP_COST_SELF_PAY, RCP_COST_SELF_PAY, FALSE, FALSE };
  assert_text (rcp_cost_text_describe (&cost), "patient pays about $140.00, the list price");
  g_strlcpy (cost.price.currency, "MXN", sizeof cost.price.currency);
  assert_text (rcp_cost_text_describe (&cost), "patient pays about 140.00 MXN, the list price");
  cost.estimate.least_rule = RCP_COST_EXCLUDED;
  assert_text (rcp_cost_text_describe (&cost), "this kind of visit is not covered: patient pays about 140.00 MXN, the list price");
}

/* Never nothing for want of an answer, and no list price for an estimate. */
static void
test_no_estimate (void)
{
  RcpVisitCost cost = { .has_price = TRUE, .price = { 14000, "USD" } };

  assert_text (rcp_cost_text_describe (&cost), "what the patient pays is not known; the list price is $140.00");
  cost.share.status = RCP_ELIGIBILITY_ELIGIBLE;
  cost.share.copay = (RcpCost) { TRUE, 2500, 2500 };
  assert_text (rcp_cost_text_describe (&cost), "copay $25.00; the list price is $140.00");
  cost.has_price = FALSE;
  assert_text (rcp_cost_text_describe (&cost), "copay $25.00");
  g_assert_null (rcp_cost_text_describe_estimate (&cost, "Check"));
  cost.share = (RcpCostShare) { .status = RCP_ELIGIBILITY_ELIGIBLE };
  assert_text (rcp_cost_text_describe (&cost), "what the patient pays is not known");
  cost.share.status = RCP_ELIGIBILITY_NOT_ELIGIBLE;
  g_assert_null (rcp_cost_text_describe (&cost));
  cost.share.status = RCP_ELIGIBILITY_CANNOT_TELL;
  g_assert_null (rcp_cost_text_describe (&cost));
}

/* The three answers differ in word and in shape. */
static void
test_status (void)
{
  for (guint i = 0; i < 3; i++)
    for (guint j = i + 1; j < 3; j++)
      {
        g_assert_cmpstr (rcp_answer_text_status (i), !=, rcp_answer_text_status (j));
        g_assert_cmpstr (rcp_answer_text_icon (i), !=, rcp_answer_text_icon (j));
      }
  g_assert_cmpstr (rcp_answer_text_status (RCP_ELIGIBILITY_CANNOT_TELL), ==, "Cannot tell");
  assert_text (rcp_answer_text_order (1), "Primary");
  assert_text (rcp_answer_text_order (3), "Number 3");
  assert_text (rcp_answer_text_order (0), "Order unknown");
  g_assert_cmpstr (rcp_answer_text_network (RCP_NETWORK_OUT), ==, "out of network");
  g_assert_cmpstr (rcp_answer_text_network (RCP_NETWORK_UNSTATED), ==, "network not known");
  for (const char *const *code = rcp_coverage_get_relationships (); *code; code++)
    g_assert_cmpstr (rcp_answer_text_relationship (*code), !=, *code);
  g_assert_cmpstr (rcp_answer_text_relationship ("cousin"), ==, "cousin");
}

static void
test_facts (void)
{
  g_autoptr (RcpEligibilityAnswer) answer = rcp_eligibility_answer_new ("T", 0);
  RcpBenefit *copay = rcp_benefit_new ();
  g_autoptr (GPtrArray) none = NULL, in = NULL, out = NULL;

  copay->kind = RCP_BENEFIT_COPAY;
  copay->has_amount = TRUE;
  copay->amount = 2500;
  copay->network = RCP_NETWORK_IN;
  copay->authorization = RCP_AUTHORIZATION_NEEDED;
  g_ptr_array_add (answer->benefits, copay);
  none = rcp_answer_text_list_facts (answer, RCP_NETWORK_IN, NULL, FALSE);
  g_assert_cmpuint (none->len, ==, 0);
  answer->status = RCP_ELIGIBILITY_ELIGIBLE;
  in = rcp_answer_text_list_facts (answer, RCP_NETWORK_IN, NULL, FALSE);
  g_assert_cmpstr (((RcpAnswerFact *) in->pdata[0])->text, ==, "$25.00");
  g_assert_cmpstr (((RcpAnswerFact *) in->pdata[1])->text, ==, "not known");
  g_assert_cmpstr (((RcpAnswerFact *) in->pdata[3])->text, ==, "Needed before the visit");
  g_assert_true (((RcpAnswerFact *) in->pdata[3])->is_warning);
  out = rcp_answer_text_list_facts (answer, RCP_NETWORK_OUT, NULL, FALSE);
  g_assert_cmpstr (((RcpAnswerFact *) out->pdata[0])->text, ==, "not known");
  g_assert_cmpstr (((RcpAnswerFact *) out->pdata[3])->text, ==, "The payer does not say");
}

static void
test_raw (void)
{
  static const char x12[] = "ISA*00*          *00*          *ZZ*PAYER          *ZZ*RECEPTION      *260310*0915*^*00501*000000007*0*T*:|GS*HB|GE*1|";
  g_autoptr (GBytes) edi = g_bytes_new_static (x12, sizeof x12 - 1), json = g_bytes_new_static ("{\"a\":1}", 7);
  g_autoptr (GBytes) broken = g_bytes_new_static ("\xff!", 2), empty = g_bytes_new_static ("", 0);
  g_autofree char *lines = rcp_raw_answer_format (edi);
  g_auto (GStrv) parts = g_strsplit (lines, "\n", -1);

  g_assert_cmpuint (g_strv_length (parts), ==, 3);
  g_assert_cmpstr (parts[1], ==, "GS*HB|");
  g_assert_cmpstr (parts[2], ==, "GE*1|");
  assert_text (rcp_raw_answer_format (json), "{\n  \"a\" : 1\n}");
  assert_text (rcp_raw_answer_format (broken), "\xef\xbf\xbd!");
  assert_text (rcp_raw_answer_format (empty), "");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ui/answer-text/money", test_money);
  g_test_add_func ("/ui/answer-text/cost", test_cost);
  g_test_add_func ("/ui/answer-text/estimate", test_estimate);
  g_test_add_func ("/ui/answer-text/other", test_other);
  g_test_add_func ("/ui/answer-text/no-estimate", test_no_estimate);
  g_test_add_func ("/ui/answer-text/status", test_status);
  g_test_add_func ("/ui/answer-text/facts", test_facts);
  g_test_add_func ("/ui/answer-text/raw", test_raw);
  return g_test_run ();
}
