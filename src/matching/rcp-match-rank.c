/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-matching"

#include "rcp-match-rank.h"

#include <math.h>
#include <string.h>

#define UNKNOWN 0.5

/**
 * rcp_match_rules_default:
 *
 * What a clinic starts with: network and continuity before distance and wait. 40 km and 60 days are as far and as long as makes a
 * difference.
 */
RcpMatchRules
rcp_match_rules_default (void)
{
  RcpMatchRules rules = { { 0 }, { 0 }, { 0 } };

  static const struct
  {
    double weight, best, worst;
  } defaults[RCP_N_CRITERIA] = {
    [RCP_CRITERION_NETWORK] = { 20, 1, 0 },   [RCP_CRITERION_DISTANCE] = { 15, 0, 40 },    [RCP_CRITERION_WAIT] = { 20, 0, 60 },
    [RCP_CRITERION_CONTINUITY] = { 20, 1, 0 }, [RCP_CRITERION_LANGUAGE] = { 10, 1, 0 },    [RCP_CRITERION_EXPERIENCE] = { 2, 20, 0 },
    [RCP_CRITERION_RATING] = { 3, 5, 0 },     [RCP_CRITERION_TIME_OF_DAY] = { 10, 1, 0 },  [RCP_CRITERION_GENDER] = { 0, 1, 0 },
  };

  for (guint i = 0; i < RCP_N_CRITERIA; i++)
    {
      rules.weights[i] = defaults[i].weight;
      rules.best[i] = defaults[i].best;
      rules.worst[i] = defaults[i].worst;
    }
  return rules;
}

/**
 * rcp_match_score_value:
 * @value: in the unit of the criterion; NAN when it is not known
 *
 * Returns: 0 to 1
 */
double
rcp_match_score_value (const RcpMatchRules *rules, RcpCriterion criterion, double value)
{
  double span = rules->best[criterion] - rules->worst[criterion];

  if (isnan (value))
    return UNKNOWN;
  if (span == 0)
    return 1;
  return CLAMP ((value - rules->worst[criterion]) / span, 0, 1);
}

/* Weights that sum to 1; all the same when none counts. */
static void
share_weights (const RcpMatchRules *rules, double *shares)
{
  double sum = 0;

  for (guint i = 0; i < RCP_N_CRITERIA; i++)
    sum += rules->weights[i];
  for (guint i = 0; i < RCP_N_CRITERIA; i++)
    shares[i] = sum > 0 ? rules->weights[i] / sum : 1.0 / RCP_N_CRITERIA;
}

static void
score_by_sum (const RcpMatchRules *rules, const double *shares, const RcpMatchCandidate *candidate, RcpMatch *match)
{
  match->score = 0;
  for (guint i = 0; i < RCP_N_CRITERIA; i++)
    {
      match->parts[i] = shares[i] * rcp_match_score_value (rules, i, candidate->values[i]);
      match->score += match->parts[i];
    }
}

/* Below 0 when @a comes first: the higher score, then the earlier slot, then the shorter way, then the name. */
static int
compare (const RcpMatchCandidate *candidates, const RcpMatch *a, const RcpMatch *b)
{
  const RcpMatchCandidate *one = &candidates[a->index], *other = &candidates[b->index];
  float near = one->values[RCP_CRITERION_DISTANCE], far = other->values[RCP_CRITERION_DISTANCE];

  if (a->score != b->score)
    return a->score > b->score ? -1 : 1;
  if (one->first_slot != other->first_slot)
    return one->first_slot < other->first_slot ? -1 : 1;
  if (isnan (near) != isnan (far))
    return isnan (near) ? 1 : -1;
  if (!isnan (near) && near != far)
    return near < far ? -1 : 1;
  return g_strcmp0 (one->key, other->key);
}

/* A heap of the best so far, the last of them on top. */
typedef struct
{
  const RcpMatchCandidate *candidates;
  RcpMatch *matches;
  guint n;
  guint limit;
} Best;

static void
sink (Best *self, guint i)
{
  for (;;)
    {
      guint last = i;

      for (guint child = 2 * i + 1; child <= 2 * i + 2 && child < self->n; child++)
        if (compare (self->candidates, &self->matches[child], &self->matches[last]) > 0)
          last = child;
      if (last == i)
        return;
      RcpMatch moved = self->matches[i];
      self->matches[i] = self->matches[last];
      self->matches[last] = moved;
      i = last;
    }
}

static void
keep_best (Best *self, const RcpMatch *match)
{
  if (self->n < self->limit)
    {
      self->matches[self->n++] = *match;
      if (self->n == self->limit)
        for (guint i = self->n / 2; i-- > 0;)
          sink (self, i);
      return;
    }
  if (compare (self->candidates, match, &self->matches[0]) < 0)
    {
      self->matches[0] = *match;
      sink (self, 0);
    }
}

static int
compare_matches (gconstpointer a, gconstpointer b, gpointer candidates)
{
  return compare (candidates, a, b);
}

/* TOPSIS over all that are not barred, on the same scores of 0 to 1; closeness is told in proportion to the parts of the sum, so
 * that what is shown adds up here too. */
static void
score_by_topsis (const RcpMatchRules *rules, const double *shares, const RcpMatchCandidate *candidates, GArray *matches)
{
  guint n = matches->len;
  g_autofree double *values = g_new (double, (gsize) n * RCP_N_CRITERIA);
  g_autofree double *closeness = g_new (double, n);
  const gboolean is_cost[RCP_N_CRITERIA] = { FALSE };

  for (guint i = 0; i < n; i++)
    for (guint j = 0; j < RCP_N_CRITERIA; j++)
      values[(gsize) i * RCP_N_CRITERIA + j] =
        rcp_match_score_value (rules, j, candidates[g_array_index (matches, RcpMatch, i).index].values[j]);
  rcp_topsis (values, n, RCP_N_CRITERIA, shares, is_cost, closeness);
  for (guint i = 0; i < n; i++)
    {
      RcpMatch *match = &g_array_index (matches, RcpMatch, i);
      double sum = match->score;

      match->score = 0;
      for (guint j = 0; j < RCP_N_CRITERIA; j++)
        {
          match->parts[j] = sum > 0 ? match->parts[j] / sum * closeness[i] : closeness[i] / RCP_N_CRITERIA;
          match->score += match->parts[j];
        }
    }
}

static GArray *
rank_by_topsis (const RcpMatchRules *rules, const double *shares, const RcpMatchCandidate *candidates, guint n_candidates, guint limit)
{
  GArray *matches = g_array_new (FALSE, FALSE, sizeof (RcpMatch));

  for (guint i = 0; i < n_candidates; i++)
    {
      RcpMatch match = { .index = i };

      if (candidates[i].is_barred)
        continue;
      score_by_sum (rules, shares, &candidates[i], &match);
      g_array_append_val (matches, match);
    }
  score_by_topsis (rules, shares, candidates, matches);
  g_array_sort_with_data (matches, compare_matches, (gpointer) candidates);
  g_array_set_size (matches, MIN (matches->len, limit));
  return matches;
}

/**
 * rcp_match_rank:
 * @limit: how many to return at most
 *
 * Returns: (transfer full) (element-type RcpMatch): the best first
 */
GArray *
rcp_match_rank (const RcpMatchRules *rules, RcpMatchMethod method, const RcpMatchCandidate *candidates, guint n_candidates, guint limit)
{
  double shares[RCP_N_CRITERIA];
  GArray *matches;
  Best best = { candidates, NULL, 0, MIN (limit, n_candidates) };

  share_weights (rules, shares);
  if (method == RCP_MATCH_METHOD_TOPSIS)
    return rank_by_topsis (rules, shares, candidates, n_candidates, limit);
  matches = g_array_sized_new (FALSE, FALSE, sizeof (RcpMatch), best.limit);
  g_array_set_size (matches, best.limit);
  best.matches = (RcpMatch *) matches->data;
  for (guint i = 0; i < n_candidates && best.limit > 0; i++)
    {
      RcpMatch match;

      if (candidates[i].is_barred)
        continue;
      match.index = i;
      score_by_sum (rules, shares, &candidates[i], &match);
      keep_best (&best, &match);
    }
  g_array_set_size (matches, best.n);
  g_array_sort_with_data (matches, compare_matches, (gpointer) candidates);
  return matches;
}
