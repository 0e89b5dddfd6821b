/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Ranking of providers for one patient. Pure: no clock, no record, nothing random. Never the patient's race, what a payer pays, or
 * whether visits were missed. */

/**
 * RcpCriterion: what counts, beside what must be
 * @RCP_CRITERION_NETWORK: 1 in the network of the patient's plan, 0 outside
 * @RCP_CRITERION_DISTANCE: kilometres in a straight line
 * @RCP_CRITERION_WAIT: days until the first slot
 * @RCP_CRITERION_CONTINUITY: 1 the patient's own provider; less for earlier visits
 * @RCP_CRITERION_LANGUAGE: 1 speaks the language that the patient likes best, less for another one
 * @RCP_CRITERION_EXPERIENCE: years
 * @RCP_CRITERION_RATING: 0 to 5, only what the clinic itself entered
 * @RCP_CRITERION_TIME_OF_DAY: part of the free slots in the window that lie in the wished time of day
 * @RCP_CRITERION_GENDER: 1 as the patient asked
 */
typedef enum
{
  RCP_CRITERION_NETWORK,
  RCP_CRITERION_DISTANCE,
  RCP_CRITERION_WAIT,
  RCP_CRITERION_CONTINUITY,
  RCP_CRITERION_LANGUAGE,
  RCP_CRITERION_EXPERIENCE,
  RCP_CRITERION_RATING,
  RCP_CRITERION_TIME_OF_DAY,
  RCP_CRITERION_GENDER,
  RCP_N_CRITERIA,
} RcpCriterion;

/**
 * RcpMatchRules:
 * @weights: not negative; only their proportions count
 * @best: the value that scores 1
 * @worst: the value that scores 0
 *
 * Fixed anchors, not the best and worst of the list: who else is on the list never changes the order of two.
 */
typedef struct
{
  double weights[RCP_N_CRITERIA];
  double best[RCP_N_CRITERIA];
  double worst[RCP_N_CRITERIA];
} RcpMatchRules;

/**
 * RcpMatchCandidate:
 * @values: NAN for what is not known: neither good nor bad, 0.5
 * @first_slot: microseconds since 1970 UTC
 * @key: stable name that settles what else is the same: the id of the resource
 * @is_barred: a hard condition is not met: left out
 */
typedef struct
{
  float values[RCP_N_CRITERIA];
  gint64 first_slot;
  const char *key;
  gboolean is_barred;
} RcpMatchCandidate;

/**
 * RcpMatch:
 * @index: of the candidate
 * @score: 0 to 1: exactly the sum of @parts
 * @parts: what each criterion gives: its share of the weights, by how well it is met
 */
typedef struct
{
  guint index;
  double score;
  double parts[RCP_N_CRITERIA];
} RcpMatch;

typedef enum
{
  RCP_MATCH_METHOD_SUM,
  RCP_MATCH_METHOD_TOPSIS,
} RcpMatchMethod;

RcpMatchRules rcp_match_rules_default (void);
double rcp_match_score_value (const RcpMatchRules *rules, RcpCriterion criterion, double value);
GArray *rcp_match_rank (const RcpMatchRules *rules, RcpMatchMethod method, const RcpMatchCandidate *candidates, guint n_candidates, guint limit);

G_END_DECLS
