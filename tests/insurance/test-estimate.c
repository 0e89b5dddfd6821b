/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-insurance"

#include "insurance/rcp-estimate.h"

#include "x12-text.h"

/* rcp-estimate.c and rcp-cost-share.c */

#define IN RCP_NETWORK_IN
#define OUT RCP_NETWORK_OUT

static RcpEstimate
estimate (const char *lines, const char *service_type, RcpNetwork side, gint64 allowed, RcpCostShare *share)
{
  g_autoptr (RcpX12Reply) reply = x12_text_read_benefits (lines);
  const RcpInsured *insured = g_ptr_array_index (reply->insured, 0);

  *share = rcp_cost_share_read (insured->benefits, service_type, side);
  return rcp_estimate (share, allowed < 0 ? NULL : &allowed, side);
}

/* The worked examples, to the cent. */
static void
test_worked (void)
{
  RcpCostShare share;
  RcpEstimate office = estimate ("EB*B*IND*98***27*25*****Y~EB*C*IND*98***23*0*****Y~EB*G*IND*30***29*3800*****Y~", "98", IN, 14000, &share);
  RcpEstimate scan, procedure;

  g_assert_cmpint (office.cost.least, ==, 2500);
  g_assert_cmpint (office.cost.most, ==, 2500);
  g_assert_cmpint (office.least_rule, ==, RCP_COST_COPAY);
  g_assert_false (office.is_capped);
  scan = estimate ("EB*C*IND*30***23*1500*****Y~EB*C*IND*30***29*700*****Y~EB*A*IND*62***27**.2***Y*Y~EB*G*IND*30***29*3800*****Y~", "62", IN,
                   90000, &share);
  g_assert_cmpint (scan.cost.least, ==, 74000);
  g_assert_cmpint (scan.cost.most, ==, 74000);
  g_assert_cmpint (scan.most_rule, ==, RCP_COST_COINSURANCE);
  g_assert_cmpint (share.authorization, ==, RCP_AUTHORIZATION_NEEDED);
  procedure = estimate ("EB*C*IND*30***29*0*****Y~EB*A*IND*50***27**.3****Y~EB*G*IND*30***29*450*****Y~EB*G*FAM*30***29*310*****Y~", "50", IN,
                        240000, &share);
  g_assert_cmpint (procedure.cost.least, ==, 31000);
  g_assert_cmpint (procedure.cost.most, ==, 31000);
  g_assert_true (procedure.is_capped);
}

typedef struct
{
  const char *why;
  const char *lines;
  gint64 allowed; /* below 0: not known */
  gboolean is_known;
  gint64 least;
  gint64 most;
  RcpCostRule least_rule;
  RcpCostRule most_rule;
} Case;

static void
test_rules (void)
{
  static const Case cases[] = {
    { "nothing is said", "EB*L~", 10000, FALSE, 0, 0, RCP_COST_UNKNOWN, RCP_COST_UNKNOWN },
    { "no price", "EB*B**98***27*25*****Y~", -1, FALSE, 0, 0, RCP_COST_UNKNOWN, RCP_COST_UNKNOWN },
    { "not covered any more", "EB*6**30~EB*B**98***27*25*****Y~", 10000, TRUE, 10000, 10000, RCP_COST_SELF_PAY, RCP_COST_SELF_PAY },
    { "excluded", "EB*1**30~EB*I**98~", 10000, TRUE, 10000, 10000, RCP_COST_EXCLUDED, RCP_COST_EXCLUDED },
    { "preventive", "EB*B**98***27*0*****Y~EB*C**98***23*0*****Y~EB*A**98***27**0****Y~", 10000, TRUE, 0, 0, RCP_COST_NONE, RCP_COST_NONE },
    { "copay above the price", "EB*B**98***27*250*****Y~EB*C**98***23*0*****Y~", 10000, TRUE, 10000, 10000, RCP_COST_COPAY, RCP_COST_COPAY },
    { "which of the rules? 25; 25 + 50 + 5; 50 + 25", "EB*B**98***27*25*****Y~EB*C**30***29*50*****Y~EB*A**98***27**.2****Y~", 10000, TRUE, 2500,
      8000, RCP_COST_COPAY, RCP_COST_COPAY_AND_COINSURANCE },
    { "a copay, and of the deductible nothing is said", "EB*B**98***27*25*****Y~", 10000, TRUE, 2500, 10000, RCP_COST_COPAY,
      RCP_COST_DEDUCTIBLE_THEN_COPAY },
    { "a share, and of the deductible nothing is said", "EB*A**98***27**.2****Y~", 10000, TRUE, 2000, 10000, RCP_COST_COINSURANCE,
      RCP_COST_COINSURANCE },
    { "only the whole deductible: 0 to 30 of it remain", "EB*C**30***23*30*****Y~EB*A**98***27**.5****Y~", 10000, TRUE, 5000, 6500,
      RCP_COST_COINSURANCE, RCP_COST_COINSURANCE },
    { "what was used this year is not what remains", "EB*C**30***24*30*****Y~EB*A**98***27**.5****Y~", 10000, TRUE, 5000, 10000,
      RCP_COST_COINSURANCE, RCP_COST_COINSURANCE },
    { "the service's deductible before the plan's", "EB*C**30***29*500*****Y~EB*C**98***29*10*****Y~EB*A**98***27**.5****Y~", 10000, TRUE, 5500,
      5500, RCP_COST_COINSURANCE, RCP_COST_COINSURANCE },
    { "the family's is met first", "EB*C*IND*30***29*80*****Y~EB*C*FAM*30***29*0*****Y~EB*A**98***27**.5****Y~", 10000, TRUE, 5000, 5000,
      RCP_COST_COINSURANCE, RCP_COST_COINSURANCE },
    { "the other side of the network", "EB*B**98***27*10*****Y~EB*B**98***27*30*****N~EB*C**98***23*0*****W~", 10000, TRUE, 1000, 1000,
      RCP_COST_COPAY, RCP_COST_COPAY },
    { "another service", "EB*B**35***27*10*****Y~", 10000, FALSE, 0, 0, RCP_COST_UNKNOWN, RCP_COST_UNKNOWN },
    { "one procedure", "EB*B**98***27*10*****Y*HC:99213~", 10000, FALSE, 0, 0, RCP_COST_UNKNOWN, RCP_COST_UNKNOWN },
    { "two copays for one kind of service", "EB*B**98***27*10*****Y~EB*B**98***27*40*****Y~EB*C**98***23*0*****Y~", 10000, TRUE, 1000, 4000,
      RCP_COST_COPAY, RCP_COST_COPAY },
    { "half a cent is rounded up, once: .5 of 0.01", "EB*C**30***29*0*****Y~EB*A**98***27**.5****Y~", 1, TRUE, 1, 1, RCP_COST_COINSURANCE,
      RCP_COST_COINSURANCE },
    { "a third of 100.00", "EB*C**30***29*0*****Y~EB*A**98***27**.333333****Y~", 10000, TRUE, 3333, 3333, RCP_COST_COINSURANCE,
      RCP_COST_COINSURANCE },
    { "only the whole out-of-pocket maximum: it ends the most alone", "EB*A**98***27**.2****Y~EB*G**30***23*30*****Y~", 10000, TRUE, 2000, 3000,
      RCP_COST_COINSURANCE, RCP_COST_COINSURANCE },
    { "a deductible alone: the rest is anyone's", "EB*C**30***29*40*****Y~", 10000, TRUE, 4000, 10000, RCP_COST_COINSURANCE,
      RCP_COST_COINSURANCE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      RcpCostShare share;
      RcpEstimate got = estimate (cases[i].lines, "98", IN, cases[i].allowed, &share);

      g_test_message ("%s", cases[i].why);
      g_assert_cmpint (got.cost.is_known, ==, cases[i].is_known);
      g_assert_cmpint (got.cost.least, ==, cases[i].least);
      g_assert_cmpint (got.cost.most, ==, cases[i].most);
      g_assert_cmpint (got.least_rule, ==, cases[i].least_rule);
      g_assert_cmpint (got.most_rule, ==, cases[i].most_rule);
      g_assert_false (got.is_at_least);
    }
}

static void
test_sides (void)
{
  RcpCostShare share;
  RcpEstimate out = estimate ("EB*B**98***27*10*****Y~EB*B**98***27*30*****N~EB*C**98***23*0*****W~", "98", OUT, 10000, &share);
  RcpEstimate unstated;

  g_assert_cmpint (out.cost.least, ==, 3000);
  g_assert_true (out.is_at_least);
  g_assert_false (share.is_side_unstated);
  /* Lines that do not say their side count only where no other does. */
  unstated = estimate ("EB*B**98***27*10~EB*C**98***23*0~EB*C**98***23*70*****N~", "98", OUT, 10000, &share);
  g_assert_true (share.is_side_unstated);
  g_assert_true (share.copay.is_known);
  g_assert_cmpint (share.deductible.most, ==, 7000);
  g_assert_true (unstated.cost.is_known);
}

static void
test_authorization (void)
{
  const struct
  {
    const char *lines;
    RcpAuthorization answer;
  } cases[] = {
    { "EB*1**30~", RCP_AUTHORIZATION_UNSTATED },
    { "EB*A**98***27**.2***N*Y~", RCP_AUTHORIZATION_NOT_NEEDED },
    { "EB*A**98***27**.2***U*Y~EB*B**98***27*2****N*Y~", RCP_AUTHORIZATION_UNKNOWN },
    { "EB*A**98***27**.2***N*Y~EB*B**98***27*2****Y*Y~EB*B**98***27*2****U*Y~", RCP_AUTHORIZATION_NEEDED },
    { "EB*A**98***27**.2***Y*N~", RCP_AUTHORIZATION_UNSTATED },
    { "EB*A**35***27**.2***Y*Y~", RCP_AUTHORIZATION_UNSTATED },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      RcpCostShare share;

      estimate (cases[i].lines, "98", IN, 1, &share);
      g_assert_cmpint (share.authorization, ==, cases[i].answer);
    }
}

/* Whatever is said: no more than the price, no less than nothing, and a higher price costs no less. */
static void
test_random (void)
{
  for (guint i = 0; i < 3000; i++)
    {
      GString *lines = g_string_new (NULL);
      RcpCostShare share;
      RcpEstimate small, large;
      gint64 price = g_test_rand_int_range (0, 50000);

      for (guint j = g_test_rand_int_range (1, 6); j > 0; j--)
        {
          static const char *kinds[] = { "A", "B", "C", "G" };
          static const char *periods[] = { "23", "29", "27", "" };
          const char *kind = kinds[g_test_rand_int_range (0, 4)];
          g_autofree char *amount = g_strdup_printf ("%d.%02d", g_test_rand_int_range (0, 600), g_test_rand_int_range (0, 100));
          g_autofree char *part = g_strdup_printf (".%d", g_test_rand_int_range (0, 1000));

          g_string_append_printf (lines, "EB*%s*%s*%s***%s*%s*%s****%s~", kind, g_test_rand_bit () ? "IND" : "FAM",
                                  g_test_rand_bit () ? "98" : "30", periods[g_test_rand_int_range (0, 4)], *kind == 'A' ? "" : amount,
                                  *kind == 'A' ? part : "", g_test_rand_bit () ? "Y" : "");
        }
      small = estimate (lines->str, "98", IN, price, &share);
      large = estimate (lines->str, "98", IN, price + 1000, &share);
      g_assert_cmpint (small.cost.least, >=, 0);
      g_assert_cmpint (small.cost.least, <=, small.cost.most);
      g_assert_cmpint (small.cost.most, <=, price);
      g_assert_cmpint (small.cost.least, <=, large.cost.least);
      g_assert_cmpint (small.cost.most, <=, large.cost.most);
      g_string_free (lines, TRUE);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/insurance/estimate/worked", test_worked);
  g_test_add_func ("/insurance/estimate/rules", test_rules);
  g_test_add_func ("/insurance/estimate/sides", test_sides);
  g_test_add_func ("/insurance/estimate/authorization", test_authorization);
  g_test_add_func ("/insurance/estimate/random", test_random);
  return g_test_run ();
}
