/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-insurance"

#include "rcp-x12-benefit.h"

#include <string.h>

#include "base/rcp-money.h"

typedef struct
{
  const char *code;
  int value;
} Code;

static int
look_up (const Code *codes, const char *code, int unknown)
{
  for (; codes->code != NULL; codes++)
    if (strcmp (codes->code, code) == 0)
      return codes->value;
  return unknown;
}

/**
 * rcp_x12_benefit_kind:
 * @code: EB01
 */
RcpBenefitKind
rcp_x12_benefit_kind (const char *code)
{
  static const Code kinds[] = {
    { "1", RCP_BENEFIT_ACTIVE },          { "2", RCP_BENEFIT_ACTIVE },         { "3", RCP_BENEFIT_ACTIVE },
    { "4", RCP_BENEFIT_ACTIVE },          { "5", RCP_BENEFIT_ACTIVE },         { "6", RCP_BENEFIT_INACTIVE },
    { "7", RCP_BENEFIT_INACTIVE },        { "8", RCP_BENEFIT_INACTIVE },       { "A", RCP_BENEFIT_COINSURANCE },
    { "B", RCP_BENEFIT_COPAY },           { "C", RCP_BENEFIT_DEDUCTIBLE },     { "E", RCP_BENEFIT_EXCLUDED },
    { "F", RCP_BENEFIT_LIMITATION },      { "G", RCP_BENEFIT_OUT_OF_POCKET },  { "I", RCP_BENEFIT_EXCLUDED },
    { "R", RCP_BENEFIT_OTHER_PAYER },     { "V", RCP_BENEFIT_CANNOT_PROCESS }, { NULL, 0 },
  };

  return look_up (kinds, code, RCP_BENEFIT_OTHER);
}

static RcpBenefitPeriod
read_period (const char *code)
{
  static const Code periods[] = {
    { "", RCP_BENEFIT_PERIOD_UNSTATED },   { "7", RCP_BENEFIT_PERIOD_DAY },
    { "27", RCP_BENEFIT_PERIOD_VISIT },    { "22", RCP_BENEFIT_PERIOD_YEAR },
    { "23", RCP_BENEFIT_PERIOD_YEAR },     { "24", RCP_BENEFIT_PERIOD_YEAR_TO_DATE },
    { "25", RCP_BENEFIT_PERIOD_YEAR },     { "29", RCP_BENEFIT_PERIOD_REMAINING },
    { "32", RCP_BENEFIT_PERIOD_LIFETIME }, { "33", RCP_BENEFIT_PERIOD_LIFETIME_REMAINING },
    { NULL, 0 },
  };

  return look_up (periods, code, RCP_BENEFIT_PERIOD_OTHER);
}

/* In EB12 W and Y mean another thing than in EB01. */
static RcpNetwork
read_network (const char *code)
{
  static const Code networks[] = {
    { "", RCP_NETWORK_UNSTATED }, { "Y", RCP_NETWORK_IN },     { "N", RCP_NETWORK_OUT },
    { "U", RCP_NETWORK_UNKNOWN }, { "W", RCP_NETWORK_EITHER }, { NULL, 0 },
  };

  return look_up (networks, code, RCP_NETWORK_UNKNOWN);
}

static RcpAuthorization
read_authorization (const char *code)
{
  static const Code answers[] = {
    { "", RCP_AUTHORIZATION_UNSTATED },    { "Y", RCP_AUTHORIZATION_NEEDED },  { "N", RCP_AUTHORIZATION_NOT_NEEDED },
    { "U", RCP_AUTHORIZATION_UNKNOWN }, { NULL, 0 },
  };

  return look_up (answers, code, RCP_AUTHORIZATION_UNKNOWN);
}

static RcpBenefitLevel
read_level (const char *code)
{
  static const Code levels[] = {
    { "", RCP_BENEFIT_LEVEL_UNSTATED }, { "IND", RCP_BENEFIT_LEVEL_INDIVIDUAL }, { "FAM", RCP_BENEFIT_LEVEL_FAMILY }, { NULL, 0 },
  };

  return look_up (levels, code, RCP_BENEFIT_LEVEL_OTHER);
}

/* EB03. Before 00402 there was no repetition separator; who repeated all the same used the separator of components, as some do
 * who mix the versions. No service type has a delimiter in it. */
static char **
read_service_types (X12Interchange *interchange, const X12Segment *segment)
{
  const X12Delimiters *delimiters = x12_interchange_get_delimiters (interchange);
  const char *value = x12_segment_get (segment, 3);
  gboolean repeats = delimiters->repetition != '\0' && strchr (value, delimiters->repetition) != NULL;

  return x12_split (value, repeats ? delimiters->repetition : delimiters->component);
}

static void
read_numbers (RcpBenefit *self, X12Interchange *interchange, guint eb)
{
  const X12Segment *segment = x12_interchange_get_segment (interchange, eb);
  g_autofree char *amount = g_strstrip (g_strdup (x12_segment_get (segment, 7)));
  g_autofree char *share = g_strstrip (g_strdup (x12_segment_get (segment, 8)));

  self->has_amount = rcp_money_parse_decimal (amount, &self->amount);
  if (*amount != '\0' && !self->has_amount)
    x12_interchange_add_issue (interchange, X12_ISSUE_VALUE, eb, 7);
  /* A share of more than one cannot be told apart from a percentage: neither is guessed. */
  self->has_share = rcp_share_parse_decimal (share, &self->share);
  if (*share != '\0' && !self->has_share)
    x12_interchange_add_issue (interchange, X12_ISSUE_VALUE, eb, 8);
}

/**
 * rcp_x12_benefit_read:
 * @eb: number of a segment EB
 *
 * Returns: (transfer full): 2110C, or 2110D, without what follows the segment
 */
RcpBenefit *
rcp_x12_benefit_read (X12Interchange *interchange, guint eb)
{
  const X12Segment *segment = x12_interchange_get_segment (interchange, eb);
  const X12Delimiters *delimiters = x12_interchange_get_delimiters (interchange);
  g_auto (GStrv) procedure = x12_split (x12_segment_get (segment, 13), delimiters->component);
  RcpBenefit *self = rcp_benefit_new ();

  g_strlcpy (self->code, x12_segment_get (segment, 1), sizeof self->code);
  self->kind = rcp_x12_benefit_kind (x12_segment_get (segment, 1));
  self->level = read_level (x12_segment_get (segment, 2));
  g_strfreev (self->service_types);
  self->service_types = read_service_types (interchange, segment);
  self->insurance_type = x12_segment_dup_text (segment, 4);
  self->plan_name = x12_segment_dup_text (segment, 5);
  self->period = read_period (x12_segment_get (segment, 6));
  read_numbers (self, interchange, eb);
  self->quantity_unit = x12_segment_dup_text (segment, 9);
  self->quantity = x12_segment_dup_text (segment, 10);
  self->authorization = read_authorization (x12_segment_get (segment, 11));
  self->network = read_network (x12_segment_get (segment, 12));
  self->procedure = procedure[0] ? g_strjoinv (":", procedure) : NULL;
  return self;
}

/* CCYYMMDD */
gboolean
rcp_x12_date_parse (const char *text, GDate *date)
{
  guint numbers[8];

  if (strlen (text) != 8)
    return FALSE;
  for (guint i = 0; i < 8; i++)
    {
      if (!g_ascii_isdigit (text[i]))
        return FALSE;
      numbers[i] = text[i] - '0';
    }
  g_date_clear (date, 1);
  if (!g_date_valid_dmy (numbers[6] * 10 + numbers[7], numbers[4] * 10 + numbers[5],
                         numbers[0] * 1000 + numbers[1] * 100 + numbers[2] * 10 + numbers[3]))
    return FALSE;
  g_date_set_dmy (date, numbers[6] * 10 + numbers[7], numbers[4] * 10 + numbers[5],
                  numbers[0] * 1000 + numbers[1] * 100 + numbers[2] * 10 + numbers[3]);
  return TRUE;
}

/**
 * rcp_x12_dates_read:
 * @dtp: number of a segment DTP, with a date (D8) or a period (RD8)
 * @dates: what an RcpDatedFact is added to
 *
 * Returns: %FALSE when it is neither
 */
gboolean
rcp_x12_dates_read (X12Interchange *interchange, guint dtp, GArray *dates)
{
  const X12Segment *segment = x12_interchange_get_segment (interchange, dtp);
  g_auto (GStrv) days = g_strsplit (x12_segment_get (segment, 3), "-", 2);
  gboolean is_period = strcmp (x12_segment_get (segment, 2), "RD8") == 0;
  RcpDatedFact fact = { "", { 0 }, { 0 } };

  g_strlcpy (fact.qualifier, x12_segment_get (segment, 1), sizeof fact.qualifier);
  for (char **day = days; *day != NULL; day++)
    g_strstrip (*day);
  if (days[0] == NULL || !rcp_x12_date_parse (days[0], &fact.start) || (is_period && days[1] == NULL) ||
      (days[1] != NULL && !rcp_x12_date_parse (days[1], &fact.end)))
    {
      x12_interchange_add_issue (interchange, X12_ISSUE_VALUE, dtp, 3);
      return FALSE;
    }
  if (days[1] == NULL)
    fact.end = fact.start;
  g_array_append_val (dates, fact);
  return TRUE;
}

/* Adds what a segment AAA says to @rejections. */
void
rcp_x12_rejection_read (X12Interchange *interchange, guint aaa, const char *loop, GArray *rejections)
{
  const X12Segment *segment = x12_interchange_get_segment (interchange, aaa);
  RcpRejection rejection = { "", "", "" };

  g_strlcpy (rejection.code, x12_segment_get (segment, 3), sizeof rejection.code);
  g_strlcpy (rejection.follow_up, x12_segment_get (segment, 4), sizeof rejection.follow_up);
  g_strlcpy (rejection.loop, loop, sizeof rejection.loop);
  g_array_append_val (rejections, rejection);
}
