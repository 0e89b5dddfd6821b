/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Answers of payers' FHIR servers: rcp-eligibility-json.c and rcp-benefit-read.c. Whatever comes is read without harm, an answer that cannot
 * tell costs nobody nothing, and what Reception writes of the benefits it reads again as the same. */

#define G_LOG_DOMAIN "fuzz-benefit-json"

#include "fhir/fhir-json.h"
#include "insurance/rcp-benefit-json.h"
#include "insurance/rcp-eligibility-json.h"
#include "insurance/rcp-estimate.h"

#ifdef __SANITIZE_ADDRESS__
#include <sanitizer/lsan_interface.h>
#endif

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

/* Json-glib 1.6 loses what it has read of a text that it then refuses; that is not what is looked for here. */
static gboolean
load (JsonParser *parser, const guint8 *data, gsize size)
{
  gboolean is_json;

#ifdef __SANITIZE_ADDRESS__
  __lsan_disable ();
#endif
  is_json = json_parser_load_from_data (parser, (const char *) data, (gssize) size, NULL);
#ifdef __SANITIZE_ADDRESS__
  __lsan_enable ();
#endif
  return is_json;
}

static void
check_cost (GPtrArray *benefits, RcpNetwork side)
{
  const gint64 price = 14000;
  RcpCostShare share = rcp_cost_share_read (benefits, "98", side);
  RcpEstimate estimate = rcp_estimate (&share, &price, side);

  g_assert_cmpint (estimate.cost.least, <=, estimate.cost.most);
  g_assert_cmpint (estimate.cost.most, <=, price);
  g_assert_cmpint (estimate.cost.least, >=, 0);
}

static void
check_same (GPtrArray *before)
{
  JsonArray *items = json_array_new ();
  g_autoptr (GPtrArray) after = g_ptr_array_new_with_free_func ((GDestroyNotify) rcp_benefit_free);

  rcp_benefits_write_json (before, items);
  rcp_benefits_read_json (items, after);
  json_array_unref (items);
  g_assert_cmpint (rcp_eligibility_judge (before, "98"), ==, rcp_eligibility_judge (after, "98"));
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (RcpEligibilityAnswer) answer = NULL;
  JsonNode *root;

  if (!load (parser, data, size))
    return 0;
  root = json_parser_get_root (parser);
  if (root == NULL || !JSON_NODE_HOLDS_OBJECT (root))
    return 0;
  answer = rcp_eligibility_answer_from_json (json_node_get_object (root));
  check_cost (answer->benefits, RCP_NETWORK_IN);
  check_cost (answer->benefits, RCP_NETWORK_OUT);
  check_same (answer->benefits);
  return 0;
}
