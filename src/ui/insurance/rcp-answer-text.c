/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-answer-text"

#include "config.h"

#include "rcp-answer-text.h"

#include <glib/gi18n.h>

#include "base/rcp-money.h"
#include "clinic/rcp-patient-rules.h"
#include "ui/insurance/rcp-cost-text.h"
#include "ui/rcp-time-text.h"

const char *
rcp_answer_text_status (RcpEligibilityStatus status)
{
  switch (status)
    {
    case RCP_ELIGIBILITY_ELIGIBLE:
      return _ ("Eligible");
    case RCP_ELIGIBILITY_NOT_ELIGIBLE:
      return _ ("Not eligible");
    case RCP_ELIGIBILITY_CANNOT_TELL:
    default:
      return _ ("Cannot tell");
    }
}

/* Each has a shape of its own: a colour alone says nothing. */
const char *
rcp_answer_text_icon (RcpEligibilityStatus status)
{
  switch (status)
    {
    case RCP_ELIGIBILITY_ELIGIBLE:
      return "emblem-ok-symbolic";
    case RCP_ELIGIBILITY_NOT_ELIGIBLE:
      return "action-unavailable-symbolic";
    case RCP_ELIGIBILITY_CANNOT_TELL:
    default:
      return "dialog-question-symbolic";
    }
}

/**
 * rcp_answer_text_relationship:
 * @code: of RCP_COVERAGE_RELATIONSHIP; "" counts as "self"
 *
 * Returns: what the patient is to the insured person, translated; the code where nobody knows it
 */
const char *
rcp_answer_text_relationship (const char *code)
{
  static const struct { const char *code; const char *words; } known[] = {
    { "", N_ ("The patient is insured") },
    { "self", N_ ("The patient is insured") },
    { "spouse", N_ ("Spouse of the insured person") },
    { "child", N_ ("Child of the insured person") },
    { "parent", N_ ("Parent of the insured person") },
    { "common", N_ ("Partner of the insured person") },
    { "other", N_ ("Another relation of the insured person") },
    { "injured", N_ ("Injured by the insured person") },
  };

  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    if (g_str_equal (known[i].code, code))
      return _ (known[i].words);
  return code;
}

/* @order: 1 for the one that pays first; 0 when the record does not say. */
char *
rcp_answer_text_order (guint order)
{
  if (order == 1)
    return g_strdup (_ ("Primary"));
  if (order == 2)
    return g_strdup (_ ("Secondary"));
  /* Translators: an insurance that pays after the others: "Number 3". */
  return order > 2 ? g_strdup_printf (_ ("Number %u"), order) : g_strdup (_ ("Order unknown"));
}

static void
append (GString *text, const char *part)
{
  if (part && *part != '\0')
    g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "", part);
}

/* "Acme Health · Gold PPO" */
char *
rcp_answer_text_plan (RcpCoverage *coverage)
{
  g_autofree char *payer = rcp_coverage_dup_payer_name (coverage);
  GString *text = g_string_new (payer);

  append (text, rcp_coverage_get (coverage, RCP_COVERAGE_PLAN));
  return g_string_free (text, FALSE);
}

static char *
describe_date (const char *iso)
{
  GDate date;

  return rcp_patient_rules_read_date (iso, &date) ? rcp_time_text_birth_date (&date) : g_strdup (iso);
}

/* Since when and until when, as far as the record says; "" when it does not. */
char *
rcp_answer_text_period (RcpCoverage *coverage)
{
  const char *start = rcp_coverage_get (coverage, RCP_COVERAGE_START), *end = rcp_coverage_get (coverage, RCP_COVERAGE_END);
  g_autofree char *from = describe_date (start), *to = describe_date (end);

  if (*start != '\0' && *end != '\0')
    /* Translators: the first and the last day of an insurance. */
    return g_strdup_printf (_ ("%s to %s"), from, to);
  if (*start != '\0')
    /* Translators: the first day of an insurance. */
    return g_strdup_printf (_ ("since %s"), from);
  if (*end != '\0')
    /* Translators: the last day of an insurance. */
    return g_strdup_printf (_ ("until %s"), to);
  return g_strdup ("");
}

/* "ACME HEALTH PLAN, Tue 10 Mar, 14:00, for Wed, 11 Mar, trace number 1234" */
char *
rcp_answer_text_source (const RcpEligibilityAnswer *answer, GTimeZone *zone)
{
  g_autofree char *day = rcp_time_text_short_day (answer->at, zone), *clock = rcp_time_text_clock (answer->at, zone);
  g_autofree char *visit = g_date_valid (&answer->service_date) ? rcp_time_text_short_date (&answer->service_date) : g_strdup ("–");

  /* Translators: who answered; day and time of the answer; the day that was asked about; number of the request. */
  return g_strdup_printf (_ ("%s, on %s, %s, for %s. Trace number %s"), answer->source ? answer->source : _ ("Nobody answered"), day, clock, visit,
                          answer->trace ? answer->trace : "–");
}

/* "$25.00", "$20.00 to $35.00", "not known": never nothing for what is not known */
char *
rcp_answer_text_money (const RcpCost *cost)
{
  g_autofree char *least = NULL, *most = NULL;

  if (!cost->is_known)
    return g_strdup (_ ("not known"));
  least = rcp_money_format (cost->least, NULL);
  most = rcp_money_format (cost->most, NULL);
  /* Translators: a range of money. */
  return cost->least == cost->most ? g_strdup (most) : g_strdup_printf (_ ("%s to %s"), least, most);
}

static char *
describe_share (guint millionths)
{
  if (millionths % (RCP_SHARE_WHOLE / 100) == 0)
    return g_strdup_printf ("%u%%", millionths / (RCP_SHARE_WHOLE / 100));
  return g_strdup_printf ("%.2f%%", millionths * 100.0 / RCP_SHARE_WHOLE);
}

/* What is said of the patient's part where there is no price to work it out from: "copay $25.00, 20% of the rest". */
static char *
describe_rules (const RcpCostShare *share)
{
  GPtrArray *parts = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *copay = rcp_answer_text_money (&share->copay), *deductible = rcp_answer_text_money (&share->deductible);
  g_autofree char *percent = describe_share (share->share);
  char *text;

  if (share->copay.is_known)
    /* Translators: what a visit costs the patient: "copay $25.00". */
    g_ptr_array_add (parts, g_strdup_printf (_ ("copay %s"), copay));
  if (share->deductible.is_known && share->deductible.most > 0)
    g_ptr_array_add (parts, g_strdup_printf (_ ("deductible left %s"), deductible));
  if (share->has_share)
    g_ptr_array_add (parts, g_strdup_printf (_ ("%s of the price"), percent));
  g_ptr_array_add (parts, NULL);
  text = parts->len > 1 ? g_strjoinv (", ", (char **) parts->pdata) : NULL;
  g_ptr_array_unref (parts);
  return text;
}

/**
 * rcp_answer_text_cost:
 * @estimate: of the visit, which could not be worked out
 * @share: from which it would be
 *
 * Returns: what the patient pays, in words: the rules alone, or that it is not known
 */
char *
rcp_answer_text_cost (const RcpEstimate *estimate, const RcpCostShare *share)
{
  g_autofree char *text = share->is_excluded ? g_strdup (_ ("this kind of visit is not covered")) : describe_rules (share);

  if (!text)
    return g_strdup (_ ("what the patient pays is not known"));
  if (estimate->is_at_least)
    /* Translators: out of network the provider may bill more: "at least: copay $25.00". */
    return g_strdup_printf (_ ("at least: %s"), text);
  return g_steal_pointer (&text);
}

const char *
rcp_answer_text_network (RcpNetwork side)
{
  if (side == RCP_NETWORK_IN)
    return _ ("in network");
  if (side == RCP_NETWORK_OUT)
    return _ ("out of network");
  return _ ("network not known");
}

static void
fact_free (gpointer data)
{
  RcpAnswerFact *self = data;

  g_free (self->text);
  g_free (self);
}

static void
add (GPtrArray *facts, const char *title, char *text, gboolean is_warning)
{
  RcpAnswerFact *fact = g_new0 (RcpAnswerFact, 1);

  fact->title = title;
  fact->text = text;
  fact->is_warning = is_warning;
  g_ptr_array_add (facts, fact);
}

static const char *
describe_authorization (RcpAuthorization authorization)
{
  if (authorization == RCP_AUTHORIZATION_NEEDED)
    return _ ("Needed before the visit");
  if (authorization == RCP_AUTHORIZATION_NOT_NEEDED)
    return _ ("Not needed");
  return _ ("The payer does not say");
}

static void
add_estimate (GPtrArray *facts, const RcpVisitCost *cost, RcpVisitType *visit_type, gboolean is_shared)
{
  char *text = visit_type ? rcp_cost_text_describe_estimate (cost, rcp_visit_type_get_name (visit_type)) : NULL;

  if (text)
    add (facts, _ ("Estimate"), is_shared ? rcp_cost_text_add_other (cost, text) : text, FALSE);
}

/**
 * rcp_answer_text_list_facts:
 * @side: of the network on which the provider stands
 * @visit_type: (nullable): of the visit, for its price; %NULL: there is no estimate
 * @is_shared: another insurance may pay a part of the estimate
 *
 * Returns: (transfer full) (element-type RcpAnswerFact): what the answer says of the service that was asked for; of an answer that
 *   says no coverage or cannot tell, the price alone
 */
GPtrArray *
rcp_answer_text_list_facts (const RcpEligibilityAnswer *answer, RcpNetwork side, RcpVisitType *visit_type, gboolean is_shared)
{
  GPtrArray *facts = g_ptr_array_new_with_free_func (fact_free);
  RcpVisitCost cost = rcp_visit_cost_read (answer, visit_type, side);
  const RcpCostShare *share = &cost.share;
  const char *network = share->is_side_unstated                              ? _ ("The payer does not say for which side")
                        : side == RCP_NETWORK_IN || side == RCP_NETWORK_OUT ? rcp_answer_text_network (side)
                                                                             : _ ("Amounts are those in network");

  add_estimate (facts, &cost, visit_type, is_shared);
  if (answer->status != RCP_ELIGIBILITY_ELIGIBLE)
    return facts;
  if (share->is_excluded)
    add (facts, _ ("Covered"), g_strdup (_ ("Not this kind of visit")), TRUE);
  add (facts, _ ("Copay"), rcp_answer_text_money (&share->copay), FALSE);
  if (share->has_share)
    add (facts, _ ("Patient’s Share"), describe_share (share->share), FALSE);
  add (facts, _ ("Deductible Left"), rcp_answer_text_money (&share->deductible), FALSE);
  add (facts, _ ("Out-of-Pocket Left"), rcp_answer_text_money (&share->out_of_pocket), FALSE);
  add (facts, _ ("Authorization"), g_strdup (describe_authorization (share->authorization)), share->authorization == RCP_AUTHORIZATION_NEEDED);
  add (facts, _ ("Network"), g_strdup (network), FALSE);
  return facts;
}
