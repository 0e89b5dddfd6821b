/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "matching/rcp-match-facts.h"

G_BEGIN_DECLS

/* Why a provider stands where they stand, in words. */

/**
 * RcpMatchReason:
 * @criterion: what it is about
 * @text: (nullable): "In network", "4 km"; %NULL when there is nothing worth saying
 * @part: what it gives to the score
 * @most: what it could give: the bar's whole length
 * @is_unknown: the record does not say
 */
typedef struct
{
  RcpCriterion criterion;
  char *text;
  double part;
  double most;
  gboolean is_unknown;
} RcpMatchReason;

void rcp_match_reason_clear (RcpMatchReason *self);
GArray *rcp_match_explain (const RcpMatchRules *rules, const RcpMatchNeeds *needs, const RcpMatchFacts *facts, const RcpMatch *match,
                           GTimeZone *zone);
char *rcp_match_explain_sentence (GArray *reasons);
guint rcp_match_explain_shared (GPtrArray *all);
char *rcp_match_explain_beside_time (GArray *reasons, guint shared);
guint rcp_match_explain_points (GArray *reasons, guint *points);
const char *rcp_criterion_get_name (RcpCriterion criterion);
char *rcp_match_explain_barriers (guint barriers);

G_END_DECLS
