/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-coverage-text"

#include "config.h"

#include "rcp-coverage-text.h"

#include <glib/gi18n.h>

#include "ui/insurance/rcp-answer-text.h"
#include "ui/insurance/rcp-auth-text.h"
#include "ui/insurance/rcp-cost-text.h"

/* What the patient pays and on which side of the network. Without a price in the record it is the rules alone. */
static void
append_cost (RcpInsuranceModel *model, GString *text, guint index, const RcpEligibilityAnswer *answer, const char *authorization)
{
  RcpNetwork side = rcp_insurance_model_get_network (model, index);
  RcpVisitCost cost = rcp_visit_cost_read (answer, rcp_insurance_model_get_visit_type (model), side);
  gboolean is_eligible = answer->status == RCP_ELIGIBILITY_ELIGIBLE;
  g_autofree char *words = NULL;

  /* Behind another insurance it pays of what that one leaves: by its own rules alone nothing can be told. */
  if (rcp_insurance_model_find_primary (model) == (int) index || !rcp_insurance_model_is_in_force (model, index))
    words = rcp_cost_text_describe (&cost);
  if (rcp_insurance_model_is_in_force (model, index) && rcp_insurance_model_is_shared (model, index))
    words = rcp_cost_text_add_other (&cost, g_steal_pointer (&words));
  if (words && is_eligible && cost.is_side_assumed)
    /* Translators: %s is what the patient pays, should the provider be in the network; nobody says whether it is. */
    g_string_append_printf (text, _ (" · if in network: %s"), words);
  else if (words)
    g_string_append_printf (text, " · %s", words);
  if (!is_eligible)
    return;
  if (cost.share.authorization == RCP_AUTHORIZATION_NEEDED)
    g_string_append_printf (text, " · %s", authorization ? authorization : _ ("authorization needed before the visit"));
  /* What holds "if in network" has said already that nobody knows. */
  if (!cost.is_side_assumed)
    g_string_append_printf (text, " · %s", rcp_answer_text_network (side));
}

/**
 * rcp_coverage_text_describe:
 * @index: of an insurance of @model
 * @desk: the session
 * @auth: (nullable): what became of the authorization that its payer wants
 *
 * Returns: (transfer full): "Acme Health · Gold PPO: Eligible · copay $25.00 · in network"
 */
char *
rcp_coverage_text_describe (RcpInsuranceModel *model, guint index, RcpDesk *desk, RcpPriorAuth *auth)
{
  RcpCoverage *coverage = rcp_insurance_model_get_coverage (model, index);
  const RcpEligibilityAnswer *answer = rcp_insurance_model_get_answer (model, index);
  g_autofree char *plan = rcp_answer_text_plan (coverage);
  g_autofree char *authorization = NULL;
  GString *text = g_string_new (plan);
  GDate today;

  rcp_desk_get_today (desk, &today);
  authorization = auth ? rcp_auth_text_due (auth, &today) : NULL;
  if (rcp_insurance_model_is_checking (model, index))
    g_string_append_printf (text, ": %s", _ ("the payer is being asked"));
  else if (!answer)
    g_string_append_printf (text, ": %s", _ ("not checked"));
  else
    {
      g_string_append_printf (text, ": %s", rcp_answer_text_status (answer->status));
      if (rcp_insurance_model_is_stale (model, index))
        g_string_append (text, _ (", but the answer is old"));
      if (answer->status == RCP_ELIGIBILITY_CANNOT_TELL && answer->words)
        g_string_append_printf (text, ". %s", answer->words);
      append_cost (model, text, index, answer, authorization);
    }
  return g_string_free (text, FALSE);
}
