/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-matching"

#include "rcp-match-rank.h"

#include <math.h>
#include <string.h>

#include "rcp-topsis.h"

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

/* The same for a whole column of a block, several rows at once. */
static void
score_column (const RcpMatchRules *rules, RcpCriterion criterion, double *values)
{
  double worst = rules->worst[criterion], span = rules->best[criterion] - worst;

  for (guint i = 0; i < RCP_TOPSIS_ROWS; i++)
    {
      double score = (values[i] - worst) / span;

      score = score > 1 || span == 0 ? 1 : score;
      score = score < 0 ? 0 : score;
      values[i] = isnan (values[i]) ? UNKNOWN : score;
    }
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

/* The next of the @n candidates from *@next on that are not barred, with their scores of 0 to 1: whether there are any. */
static gboolean
fill_block (const RcpMatchRules *rules, const RcpMatchCandidate *candidates, guint n, guint *next, RcpTopsisBlock *block, guint *indexes)
{
  guint row = 0;

  for (; *next < n && row < RCP_TOPSIS_ROWS; (*next)++)
    {
      if (candidates[*next].is_barred)
        continue;
      indexes[row] = *next;
      for (guint j = 0; j < RCP_N_CRITERIA; j++)
        block->columns[j][row] = candidates[*next].values[j];
      row++;
    }
  block->n_rows = row;
  for (guint j = 0; row > 0 && j < RCP_N_CRITERIA; j++)
    score_column (rules, j, block->columns[j]);
  return row > 0;
}

/* Closeness is told in proportion to the parts of the sum, so that what is shown adds up here too. */
static void
score_by_closeness (const RcpMatchRules *rules, const double *shares, const RcpMatchCandidate *candidate, double closeness, RcpMatch *match)
{
  double sum;

  score_by_sum (rules, shares, candidate, match);
  sum = match->score;
  match->score = 0;
  for (guint i = 0; i < RCP_N_CRITERIA; i++)
    {
      match->parts[i] = sum > 0 ? match->parts[i] / sum * closeness : closeness / RCP_N_CRITERIA;
      match->score += match->parts[i];
    }
}

/* The parts add up to the closeness but for what is lost by rounding, which is far less than this: who is not among the best by so much
 * need not be worked out. */
#define ROUNDING 1e-12

static gboolean
may_be_kept (const Best *self, double score)
{
  return self->n < self->limit || score + ROUNDING >= self->matches[0].score;
}

/* TOPSIS over all that are not barred, on the same scores of 0 to 1. */
static void
keep_by_topsis (const RcpMatchRules *rules, const double *shares, guint n_candidates, Best *best)
{
  g_autofree RcpTopsisBlock *block = g_new0 (RcpTopsisBlock, 1);
  double closeness[RCP_TOPSIS_ROWS];
  guint indexes[RCP_TOPSIS_ROWS];
  RcpTopsis topsis;

  rcp_topsis_start (&topsis, shares, NULL);
  for (guint next = 0; fill_block (rules, best->candidates, n_candidates, &next, block, indexes);)
    rcp_topsis_learn (&topsis, block);
  rcp_topsis_settle (&topsis);
  for (guint next = 0; fill_block (rules, best->candidates, n_candidates, &next, block, indexes);)
    {
      rcp_topsis_measure (&topsis, block, closeness);
      for (guint i = 0; i < block->n_rows; i++)
        if (may_be_kept (best, closeness[i]))
          {
            RcpMatch match = { .index = indexes[i] };

            score_by_closeness (rules, shares, &best->candidates[indexes[i]], closeness[i], &match);
            keep_best (best, &match);
          }
    }
}

static void
keep_by_sum (const RcpMatchRules *rules, const double *shares, guint n_candidates, Best *best)
{
  for (guint i = 0; i < n_candidates; i++)
    {
      RcpMatch match = { .index = i };

      if (best->candidates[i].is_barred)
        continue;
      score_by_sum (rules, shares, &best->candidates[i], &match);
      keep_best (best, &match);
    }
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
  matches = g_array_sized_new (FALSE, FALSE, sizeof (RcpMatch), best.limit);
  g_array_set_size (matches, best.limit);
  best.matches = (RcpMatch *) matches->data;
  if (best.limit > 0 && method == RCP_MATCH_METHOD_TOPSIS)
    keep_by_topsis (rules, shares, n_candidates, &best);
  else if (best.limit > 0)
    keep_by_sum (rules, shares, n_candidates, &best);
  g_array_set_size (matches, best.n);
  g_array_sort_with_data (matches, compare_matches, (gpointer) candidates);
  return matches;
}
