/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-matching"

#include "rcp-learned-weights.h"

#include <math.h>

#include "rcp-match-clinic.h"

#define N RCP_CHOICE_CRITERIA
#define N_FOLDS 5
#define NO_FOLD N_FOLDS
/* How much the clinic's own weights pull: as much as a handful of bookings. */
#define RIDGE 1.0
/* How sure a desk may be of what it books; beyond it nothing changes any more. */
#define LEAST_SCALE 1.0
#define MOST_SCALE 60.0
#define TIE 1e-9
/* Two standard errors: of forty clinics that book at random one would be offered other weights. */
#define SURE 2.0

/* What was booked, less what was not. */
typedef struct
{
  double difference[N];
  double weight; /* those of one choice count 1 together */
  guint choice;
} Comparison;

/* What is minimised, from the choices outside of @fold: how surprising they are, and how far it is from @centre. */
typedef struct
{
  const GArray *comparisons;
  guint fold;
  double centre[N];
} Problem;

static double
multiply (const double *a, const double *b)
{
  double sum = 0;

  for (guint j = 0; j < N; j++)
    sum += a[j] * b[j];
  return sum;
}

/* log (1 + exp (-x)), also where exp() has no number for it. */
static double
get_surprise (double x)
{
  return x > 0 ? log1p (exp (-x)) : log1p (exp (x)) - x;
}

/* How likely the other one was. */
static double
get_doubt (double x)
{
  return 1 / (1 + exp (x));
}

static GArray *
compare_all (GPtrArray *choices)
{
  GArray *comparisons = g_array_new (FALSE, FALSE, sizeof (Comparison));

  for (guint i = 0; i < choices->len; i++)
    {
      guint n_rows = rcp_choice_get_n_rows (choices->pdata[i]);

      for (guint row = 1; row < n_rows; row++)
        {
          Comparison comparison = { .weight = 1.0 / (n_rows - 1), .choice = i };

          for (guint j = 0; j < N; j++)
            comparison.difference[j] = rcp_choice_get_score (choices->pdata[i], 0, j) - rcp_choice_get_score (choices->pdata[i], row, j);
          g_array_append_val (comparisons, comparison);
        }
    }
  return comparisons;
}

/* The next that is learned from, from *@next on; NULL at the end. */
static const Comparison *
take_next (const Problem *problem, guint *next)
{
  while (*next < problem->comparisons->len)
    {
      const Comparison *comparison = &g_array_index (problem->comparisons, Comparison, (*next)++);

      if (comparison->choice % N_FOLDS != problem->fold)
        return comparison;
    }
  return NULL;
}

static void
share (const double *weights, double *shares)
{
  double sum = 0;

  for (guint j = 0; j < N; j++)
    sum += weights[j];
  for (guint j = 0; j < N; j++)
    shares[j] = sum > 0 ? weights[j] / sum : 1.0 / N;
}

/* How much the clinic's own shares are to be multiplied with to explain the choices best: the slope is halved away. */
static void
find_centre (Problem *problem, const double *shares)
{
  double low = LEAST_SCALE, high = MOST_SCALE;

  for (guint step = 0; step < 40; step++)
    {
      double scale = (low + high) / 2, slope = 0;
      const Comparison *comparison;

      for (guint next = 0; (comparison = take_next (problem, &next)) != NULL;)
        {
          double lead = multiply (shares, comparison->difference);

          slope -= comparison->weight * lead * get_doubt (scale * lead);
        }
      if (slope < 0)
        low = scale;
      else
        high = scale;
    }
  for (guint j = 0; j < N; j++)
    problem->centre[j] = low * shares[j];
}

static double
get_loss (const Problem *problem, const double *weights)
{
  const Comparison *comparison;
  double loss = 0;

  for (guint next = 0; (comparison = take_next (problem, &next)) != NULL;)
    loss += comparison->weight * get_surprise (multiply (weights, comparison->difference));
  for (guint j = 0; j < N; j++)
    loss += RIDGE / 2 * (weights[j] - problem->centre[j]) * (weights[j] - problem->centre[j]);
  return loss;
}

static void
get_slopes (const Problem *problem, const double *weights, double *slopes, double bends[N][N])
{
  const Comparison *comparison;

  for (guint j = 0; j < N; j++)
    {
      slopes[j] = RIDGE * (weights[j] - problem->centre[j]);
      for (guint k = 0; k < N; k++)
        bends[j][k] = j == k ? RIDGE : 0;
    }
  for (guint next = 0; (comparison = take_next (problem, &next)) != NULL;)
    {
      double doubt = get_doubt (multiply (weights, comparison->difference));
      const double *difference = comparison->difference;

      for (guint j = 0; j < N; j++)
        {
          slopes[j] -= comparison->weight * doubt * difference[j];
          for (guint k = 0; k < N; k++)
            bends[j][k] += comparison->weight * doubt * (1 - doubt) * difference[j] * difference[k];
        }
    }
}

/* The step to the lowest point of the parabola, no weight below 0: one after the other until none moves. */
static double
find_step (const double *weights, const double *slopes, double bends[N][N], double *step)
{
  double moved = 0, longest = 0;

  for (guint j = 0; j < N; j++)
    step[j] = 0;
  for (guint sweep = 0; sweep < 500; sweep++)
    {
      moved = 0;
      for (guint j = 0; j < N; j++)
        {
          double slope = slopes[j], before = step[j];

          for (guint k = 0; k < N; k++)
            slope += bends[j][k] * step[k];
          step[j] = MAX (before - slope / bends[j][j], -weights[j]);
          moved = MAX (moved, fabs (step[j] - before));
        }
      if (moved < 1e-12)
        break;
    }
  for (guint j = 0; j < N; j++)
    longest = MAX (longest, fabs (step[j]));
  return longest;
}

/* Newton's method: the problem is convex, and the ridge makes its lowest point the only one. */
static void
solve (const Problem *problem, double *weights)
{
  double slopes[N], bends[N][N], step[N], tried[N];
  double loss;

  for (guint j = 0; j < N; j++)
    weights[j] = problem->centre[j];
  loss = get_loss (problem, weights);
  for (guint round = 0; round < 50; round++)
    {
      double part = 1, next = loss;

      get_slopes (problem, weights, slopes, bends);
      if (find_step (weights, slopes, bends, step) < 1e-9)
        return;
      for (; part > 1e-6; part /= 2)
        {
          for (guint j = 0; j < N; j++)
            tried[j] = weights[j] + part * step[j];
          next = get_loss (problem, tried);
          if (next <= loss)
            break;
        }
      if (next > loss)
        return;
      loss = next;
      for (guint j = 0; j < N; j++)
        weights[j] = MAX (tried[j], 0);
    }
}

static void
learn (const GArray *comparisons, guint fold, const double *own_shares, double *shares)
{
  Problem problem = { .comparisons = comparisons, .fold = fold };
  double weights[N];

  find_centre (&problem, own_shares);
  solve (&problem, weights);
  share (weights, shares);
}

/* A draw is half wrong. */
static double
is_wrong (const double *shares, const Comparison *comparison)
{
  double lead = multiply (shares, comparison->difference);

  return lead > TIE ? 0 : lead < -TIE ? 1 : 0.5;
}

/* Each choice is judged by what was learned from the other folds. */
static void
judge (RcpLearnedWeights *self, const GArray *comparisons, const double *own_shares)
{
  g_autofree double *gains = g_new0 (double, self->n_choices);
  double shares[N_FOLDS][N], gain, squares = 0, n = self->n_choices;

  for (guint fold = 0; fold < N_FOLDS; fold++)
    learn (comparisons, fold, own_shares, shares[fold]);
  self->wrong = self->own_wrong = 0;
  for (guint i = 0; i < comparisons->len; i++)
    {
      const Comparison *comparison = &g_array_index (comparisons, Comparison, i);
      double wrong = is_wrong (shares[comparison->choice % N_FOLDS], comparison), own_wrong = is_wrong (own_shares, comparison);

      self->wrong += comparison->weight * wrong / n;
      self->own_wrong += comparison->weight * own_wrong / n;
      gains[comparison->choice] += comparison->weight * (own_wrong - wrong);
    }
  gain = self->own_wrong - self->wrong;
  for (guint i = 0; i < self->n_choices; i++)
    squares += (gains[i] - gain) * (gains[i] - gain);
  self->is_better = self->wrong < 0.5 && gain > SURE * sqrt (squares / (n - 1) / n);
}

/**
 * rcp_learned_weights_fit:
 * @choices: (element-type GBytes): valid ones
 * @own: (array fixed-size=8): the clinic's own weights, towards which is learned what the choices say nothing of
 *
 * Logistic regression on differences, without negative weights, and with a small ridge (Hoerl and Kennard, 1970). What is wrong is counted
 * by five-fold cross-validation, by choice and not by comparison: those of one choice are alike. Position bias: decision 063.
 *
 * Returns: what was learned; the clinic's own shares, and no figures, from fewer than %RCP_LEARNED_LEAST_CHOICES
 */
RcpLearnedWeights
rcp_learned_weights_fit (GPtrArray *choices, const double *own)
{
  RcpLearnedWeights self = { .wrong = NAN, .own_wrong = NAN };
  g_autoptr (GArray) comparisons = NULL;
  double own_shares[N];

  g_return_val_if_fail (choices != NULL && own != NULL, self);

  share (own, own_shares);
  share (own, self.shares);
  self.n_choices = choices->len;
  if (choices->len < RCP_LEARNED_LEAST_CHOICES)
    return self;
  comparisons = compare_all (choices);
  learn (comparisons, NO_FOLD, own_shares, self.shares);
  judge (&self, comparisons, own_shares);
  return self;
}

/**
 * rcp_learned_weights_round:
 * @self: what was learned
 * @own: (array fixed-size=8): the clinic's own weights
 * @weights: (out) (array fixed-size=8): in whole numbers as a clinic sets them; in all about as much as @own, or 100 when that is more
 */
void
rcp_learned_weights_round (const RcpLearnedWeights *self, const double *own, double *weights)
{
  double sum = 0, largest = 0;

  g_return_if_fail (self != NULL && own != NULL && weights != NULL);

  for (guint j = 0; j < N; j++)
    {
      sum += own[j];
      largest = MAX (largest, self->shares[j]);
    }
  sum = MIN (MAX (sum, 100), RCP_MATCH_MOST_WEIGHT / largest);
  for (guint j = 0; j < N; j++)
    weights[j] = (double) lround (self->shares[j] * sum);
}
