/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-insurance"

/* Benefits to FHIR and back (rcp-benefit-json, rcp-benefit-read), and answers with them (rcp-eligibility-json). */

#include "insurance/rcp-benefit-json.h"
#include "insurance/rcp-eligibility-json.h"
#include "insurance/rcp-estimate.h"

#include "x12-text.h"

/* Lines of EB that have every element, and what hangs below them. */
#define EVERYTHING                                                                                                                        \
  "EB*1**30^98*PR*GOLD PPO~MSG*ACTIVE SINCE LONG~MSG*SECOND WORD~"                                                                        \
  "EB*B*IND*98***27*25.1*****Y~EB*B**98***27*0*****N~EB*C*IND*30***23*1500*****Y~EB*C*IND*30***29*700*****Y~EB*C*FAM*30***24*12.34~"      \
  "EB*A*IND*62***27**.125***Y*Y~EB*A**62***27**.2***N*N~EB*G*FAM*30***29*3800*****W~EB*G*IND*30***32*999999.99*****U~"                    \
  "EB*F*IND*33***23***VS*20~EB*I**35~EB*D**30*******U***HC:99213~"                                                                       \
  "EB*C*IND***23*100~EB*D*********U***HC:99214~EB*R**30~LS*2120~NM1*PRP*2*OTHER PAYER*****PI*777~PER*IC**TE*2075550100~LE*2120~"

/* All that the program uses of a line, once per service. */
static void
dump (GString *text, const RcpBenefit *benefit, const char *service_type)
{
  g_string_append_printf (text, "%s %d %s L%d P%d N%d A%d", benefit->code, benefit->kind, service_type, benefit->level, benefit->period,
                          benefit->network, benefit->authorization);
  if (benefit->has_amount)
    g_string_append_printf (text, " amount %" G_GINT64_FORMAT, benefit->amount);
  if (benefit->has_share)
    g_string_append_printf (text, " share %u", benefit->share);
  g_string_append_printf (text, " %s %s %s %s %s", benefit->plan_name, benefit->insurance_type, benefit->quantity_unit, benefit->quantity,
                          benefit->procedure);
  for (guint i = 0; i < benefit->messages->len; i++)
    g_string_append_printf (text, " \"%s\"", (char *) g_ptr_array_index (benefit->messages, i));
  for (guint i = 0; i < benefit->entities->len; i++)
    {
      const RcpEntity *entity = g_ptr_array_index (benefit->entities, i);

      g_string_append_printf (text, " [%s %s %s %s]", entity->role, entity->name, entity->identifier, entity->phone);
    }
  g_string_append_c (text, '\n');
}

static char *
dump_all (GPtrArray *benefits)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < benefits->len; i++)
    {
      const RcpBenefit *benefit = g_ptr_array_index (benefits, i);

      if (*benefit->service_types == NULL)
        dump (text, benefit, benefit->procedure ? "-" : RCP_SERVICE_TYPE_PLAN);
      for (char **type = benefit->service_types; *type; type++)
        dump (text, benefit, *type);
    }
  return g_string_free (text, FALSE);
}

static GPtrArray *
read_lines (const char *lines)
{
  g_autoptr (RcpX12Reply) reply = x12_text_read_benefits (lines);
  RcpInsured *insured = g_ptr_array_index (reply->insured, 0);

  return g_ptr_array_ref (insured->benefits);
}

static GPtrArray *
send_round (GPtrArray *benefits)
{
  g_autoptr (JsonArray) items = json_array_new ();
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_ARRAY), read = NULL;
  g_autofree char *text = NULL;
  GPtrArray *again = g_ptr_array_new_with_free_func ((GDestroyNotify) rcp_benefit_free);

  rcp_benefits_write_json (benefits, items);
  json_node_set_array (node, items);
  text = json_to_string (node, FALSE);
  read = json_from_string (text, NULL);
  rcp_benefits_read_json (json_node_get_array (read), again);
  return again;
}

static void
test_round (void)
{
  g_autoptr (GPtrArray) benefits = read_lines (EVERYTHING), again = send_round (benefits);
  g_autofree char *before = dump_all (benefits), *after = dump_all (again);
  g_autoptr (JsonArray) items = json_array_new ();

  g_assert_cmpuint (benefits->len, ==, 16);
  g_assert_cmpstr (after, ==, before);
  /* FHIR's rule ces-1. */
  rcp_benefits_write_json (benefits, items);
  for (guint i = 0; i < json_array_get_length (items); i++)
    g_assert_true (json_object_has_member (json_array_get_object_element (items, i), "category")
                   != json_object_has_member (json_array_get_object_element (items, i), "productOrService"));
}

/* Somebody else reads the items without the extension: money, share, used, network, authorization stand where FHIR has them. */
static void
test_others_read (void)
{
  g_autoptr (GPtrArray) benefits = read_lines ("EB*C*IND*30***23*1500*****Y~EB*C*IND*30***29*700*****Y~EB*A*IND*62***27**.2***Y*Y~EB*I**35~");
  g_autoptr (JsonArray) items = json_array_new ();
  JsonObject *deductible, *share, *excluded;

  rcp_benefits_write_json (benefits, items);
  deductible = json_array_get_object_element (items, 0);
  share = json_array_get_object_element (items, 2);
  excluded = json_array_get_object_element (items, 3);
  g_assert_cmpstr (fhir_json_get_string (deductible, "category.coding.0.code"), ==, "30");
  g_assert_cmpstr (fhir_json_get_string (deductible, "benefit.0.type.coding.0.code"), ==, "deductible");
  g_assert_cmpint (fhir_json_get_int (deductible, "benefit.0.allowedMoney.value", -1), ==, 1500);
  g_assert_cmpint (fhir_json_get_int (deductible, "benefit.0.usedMoney.value", -1), ==, 800);
  g_assert_cmpstr (fhir_json_get_string (deductible, "network.coding.0.code"), ==, "in");
  g_assert_cmpstr (fhir_json_get_string (deductible, "unit.coding.0.code"), ==, "individual");
  g_assert_cmpstr (fhir_json_get_string (deductible, "term.coding.0.code"), ==, "annual");
  /* What remains is nobody's allowed amount. */
  g_assert_null (fhir_json_get_array (json_array_get_object_element (items, 1), "benefit"));
  g_assert_cmpstr (fhir_json_get_string (share, "benefit.0.allowedString"), ==, "20%");
  g_assert_true (fhir_json_get_boolean (share, "authorizationRequired", FALSE));
  g_assert_true (fhir_json_get_boolean (excluded, "excluded", FALSE));
}

static RcpEstimate
estimate (GPtrArray *benefits, const char *service_type, gint64 allowed)
{
  RcpCostShare share = rcp_cost_share_read (benefits, service_type, RCP_NETWORK_IN);

  return rcp_estimate (&share, &allowed, RCP_NETWORK_IN);
}

/* The worked examples of the fact sheet come to the same when the record had them in between. */
static void
test_estimates (void)
{
  static const struct { const char *lines; const char *service_type; gint64 allowed; gint64 result; } cases[] = {
    { "EB*1**98~EB*B*IND*98***27*25*****Y~EB*C*IND*98***23*0*****Y~EB*G*IND*30***29*3800*****Y~", "98", 14000, 2500 },
    { "EB*1**62~EB*C*IND*30***23*1500*****Y~EB*C*IND*30***29*700*****Y~EB*A*IND*62***27**.2***Y*Y~EB*G*IND*30***29*3800*****Y~", "62", 90000,
      74000 },
    { "EB*1**50~EB*C*IND*30***29*0*****Y~EB*A*IND*50***27**.3****Y~EB*G*IND*30***29*450*****Y~EB*G*FAM*30***29*310*****Y~", "50", 240000,
      31000 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GPtrArray) benefits = read_lines (cases[i].lines), again = send_round (benefits);
      RcpEstimate before = estimate (benefits, cases[i].service_type, cases[i].allowed);
      RcpEstimate after = estimate (again, cases[i].service_type, cases[i].allowed);

      g_assert_cmpint (before.cost.least, ==, cases[i].result);
      g_assert_cmpint (after.cost.least, ==, cases[i].result);
      g_assert_cmpint (after.cost.most, ==, cases[i].result);
      g_assert_cmpint (after.least_rule, ==, before.least_rule);
    }
}

#define FOREIGN                                                                                                                           \
  "{\"resourceType\":\"CoverageEligibilityResponse\",\"status\":\"active\",\"outcome\":\"complete\",\"created\":\"2026-03-10T14:15:00Z\"," \
  "\"insurer\":{\"display\":\"Payer of FHIR\"},\"insurance\":[{\"coverage\":{\"reference\":\"Coverage/3\"},%s\"item\":[{"                 \
  "\"category\":{\"coding\":[{\"system\":\"http://terminology.hl7.org/CodeSystem/ex-benefitcategory\",\"code\":\"30\"}]},"                \
  "\"network\":{\"coding\":[{\"code\":\"in\"}]},\"unit\":{\"coding\":[{\"code\":\"individual\"}]},\"term\":{\"coding\":[{\"code\":\"annual\"}]}," \
  "\"authorizationRequired\":true,\"benefit\":["                                                                                          \
  "{\"type\":{\"coding\":[{\"code\":\"deductible\"}]},\"allowedMoney\":{\"value\":1500.10},\"usedMoney\":{\"value\":800.05}},"            \
  "{\"type\":{\"coding\":[{\"code\":\"copay-percent\"}]},\"allowedUnsignedInt\":20},"                                                     \
  "{\"type\":{\"coding\":[{\"code\":\"vision-exam\"}]},\"allowedString\":\"one\"}]}]}]}"

/* A payer that knows nothing of X12. */
static void
test_foreign (void)
{
  static const struct { const char *inforce; RcpEligibilityStatus status; } cases[] = {
    { "\"inforce\":true,", RCP_ELIGIBILITY_ELIGIBLE },
    { "\"inforce\":false,", RCP_ELIGIBILITY_NOT_ELIGIBLE },
    { "", RCP_ELIGIBILITY_CANNOT_TELL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strdup_printf (FOREIGN, cases[i].inforce);
      g_autoptr (JsonNode) node = json_from_string (text, NULL);
      g_autoptr (RcpEligibilityAnswer) answer = NULL;
      RcpCostShare share;

      g_assert_nonnull (node);
      answer = rcp_eligibility_answer_from_json (json_node_get_object (node));
      g_assert_cmpint (answer->status, ==, cases[i].status);
      g_assert_cmpstr (answer->source, ==, "Payer of FHIR");
      g_assert_cmpstr (answer->coverage, ==, "Coverage/3");
      share = rcp_cost_share_read (answer->benefits, NULL, RCP_NETWORK_IN);
      g_assert_true (share.deductible.is_known);
      g_assert_cmpint (share.deductible.least, ==, 70005);
      g_assert_cmpint (share.deductible.most, ==, 70005);
      g_assert_true (share.has_share);
      g_assert_cmpuint (share.share, ==, 200000);
      g_assert_cmpint (share.authorization, ==, RCP_AUTHORIZATION_NEEDED);
    }
}

/* What is no amount and no share is none, never 0. */
static void
test_nonsense (void)
{
  static const char *const benefits[] = {
    "{\"type\":{\"coding\":[{\"code\":\"copay\"}]},\"allowedMoney\":{\"value\":-5}}",
    "{\"type\":{\"coding\":[{\"code\":\"copay\"}]},\"allowedMoney\":{\"value\":\"5\"}}",
    "{\"type\":{\"coding\":[{\"code\":\"copay\"}]},\"allowedMoney\":{}}",
    "{\"type\":{\"coding\":[{\"code\":\"copay\"}]}}",
    "{\"type\":{\"coding\":[{\"code\":\"copay-percent\"}]},\"allowedString\":\"some\"}",
    "{\"type\":{\"coding\":[{\"code\":\"copay-percent\"}]},\"allowedString\":\"120%\"}",
    "7",
  };

  for (guint i = 0; i < G_N_ELEMENTS (benefits); i++)
    {
      g_autofree char *text = g_strdup_printf ("[{\"benefit\":[%s]},3]", benefits[i]);
      g_autoptr (JsonNode) node = json_from_string (text, NULL);
      g_autoptr (GPtrArray) read = g_ptr_array_new_with_free_func ((GDestroyNotify) rcp_benefit_free);

      rcp_benefits_read_json (json_node_get_array (node), read);
      for (guint j = 0; j < read->len; j++)
        {
          const RcpBenefit *benefit = g_ptr_array_index (read, j);

          g_assert_false (benefit->has_amount);
          g_assert_false (benefit->has_share);
        }
    }
}

#define IN_EUROS                                                                                                                          \
  "[{\"category\":{\"coding\":[{\"code\":\"98\"}]},\"benefit\":["                                                                             \
  "{\"type\":{\"coding\":[{\"code\":\"copay\"}]},\"allowedMoney\":{\"value\":25,\"currency\":\"%s\"}},"                                      \
  "{\"type\":{\"coding\":[{\"code\":\"deductible\"}]},\"allowedMoney\":{\"value\":0,\"currency\":\"USD\"},"                                   \
  "\"usedMoney\":{\"value\":0,\"currency\":\"USD\"}},"                                                                                  \
  "{\"type\":{\"coding\":[{\"code\":\"copay-percent\"}]},\"allowedUnsignedInt\":0}]}]"

/* 25 euros are not 25 dollars, and no estimate leaves them out: also not when the record had them in between. */
static void
test_currency (void)
{
  static const struct { const char *currency; gboolean is_own; } cases[] = { { "USD", TRUE }, { "EUR", FALSE }, { "JPY", FALSE } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strdup_printf (IN_EUROS, cases[i].currency);
      g_autoptr (JsonNode) node = json_from_string (text, NULL);
      g_autoptr (GPtrArray) read = g_ptr_array_new_with_free_func ((GDestroyNotify) rcp_benefit_free), again = NULL;
      RcpCostShare share;

      rcp_benefits_read_json (json_node_get_array (node), read);
      again = send_round (read);
      share = rcp_cost_share_read (again, "98", RCP_NETWORK_IN);
      g_assert_cmpint (share.copay.is_known, ==, cases[i].is_own);
      g_assert_true (share.deductible.is_known);
      g_assert_cmpint (share.has_foreign, ==, !cases[i].is_own);
      g_assert_cmpint (estimate (read, "98", 10000).cost.is_known, ==, cases[i].is_own);
      g_assert_cmpint (estimate (again, "98", 10000).cost.is_known, ==, cases[i].is_own);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/insurance/benefit-json/round", test_round);
  g_test_add_func ("/insurance/benefit-json/others-read", test_others_read);
  g_test_add_func ("/insurance/benefit-json/estimates", test_estimates);
  g_test_add_func ("/insurance/benefit-json/foreign", test_foreign);
  g_test_add_func ("/insurance/benefit-json/nonsense", test_nonsense);
  g_test_add_func ("/insurance/benefit-json/currency", test_currency);
  return g_test_run ();
}
