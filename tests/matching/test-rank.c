/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-matching"

#include "matching/rcp-match-rank.h"

#include <math.h>

#include "matching/rcp-topsis.h"

/* rcp-match-rank.c and rcp-topsis.c */

#define DISTANCE RCP_CRITERION_DISTANCE
#define WAIT RCP_CRITERION_WAIT
#define CONTINUITY RCP_CRITERION_CONTINUITY

static RcpMatchCandidate
make_unknown (const char *key)
{
  RcpMatchCandidate self = { .key = key, .first_slot = 1000 };

  for (guint i = 0; i < RCP_N_CRITERIA; i++)
    self.values[i] = NAN;
  return self;
}

/* The vector: fit (here: continuity), kilometres, days; .5 .3 .2. */
static void
make_vector (RcpMatchRules *rules, RcpMatchCandidate *candidates)
{
  static const float values[3][3] = { { 0.9f, 5, 3 }, { 0.7f, 2, 1 }, { 0.8f, 12, 0 } };
  static const char *keys[] = { "P1", "P2", "P3" };

  *rules = rcp_match_rules_default ();
  for (guint i = 0; i < RCP_N_CRITERIA; i++)
    rules->weights[i] = 0;
  rules->weights[CONTINUITY] = 5;
  rules->weights[DISTANCE] = 3;
  rules->weights[WAIT] = 2;
  for (guint i = 0; i < 3; i++)
    {
      candidates[i] = make_unknown (keys[i]);
      candidates[i].values[CONTINUITY] = values[i][0];
      candidates[i].values[DISTANCE] = values[i][1];
      candidates[i].values[WAIT] = values[i][2];
    }
}

static const RcpMatch *
match (GArray *matches, guint i)
{
  g_assert_cmpuint (i, <, matches->len);
  return &g_array_index (matches, RcpMatch, i);
}

static void
test_sum (void)
{
  RcpMatchRules rules;
  RcpMatchCandidate candidates[3];
  g_autoptr (GArray) ranked = NULL;

  make_vector (&rules, candidates);
  /* The vector scores from the best to the worst of the three. */
  rules.best[CONTINUITY] = 0.9f;
  rules.worst[CONTINUITY] = 0.7f;
  rules.best[DISTANCE] = 2;
  rules.worst[DISTANCE] = 12;
  rules.best[WAIT] = 0;
  rules.worst[WAIT] = 3;
  ranked = rcp_match_rank (&rules, RCP_MATCH_METHOD_SUM, candidates, 3, 10);
  g_assert_cmpuint (ranked->len, ==, 3);
  g_assert_cmpuint (match (ranked, 0)->index, ==, 0);
  g_assert_cmpuint (match (ranked, 1)->index, ==, 2);
  g_assert_cmpuint (match (ranked, 2)->index, ==, 1);
  g_assert_cmpfloat_with_epsilon (match (ranked, 0)->score, 0.7100, 0.00005);
  g_assert_cmpfloat_with_epsilon (match (ranked, 1)->score, 0.4500, 0.00005);
  g_assert_cmpfloat_with_epsilon (match (ranked, 2)->score, 0.4333, 0.00005);
}

/* As it is in the book, one column after the other. */
static void
measure_slowly (const double *values, guint n_rows, guint n_columns, const double *weights, const gboolean *is_cost, double *closeness)
{
  g_autofree double *to_best = g_new0 (double, n_rows + 1), *to_worst = g_new0 (double, n_rows + 1);

  for (guint j = 0; j < n_columns; j++)
    {
      double norm = 0, high = -INFINITY, low = INFINITY;

      for (guint i = 0; i < n_rows; i++)
        norm += values[i * n_columns + j] * values[i * n_columns + j];
      norm = norm > 0 ? sqrt (norm) : 1;
      for (guint i = 0; i < n_rows; i++)
        {
          high = MAX (high, weights[j] * values[i * n_columns + j] / norm);
          low = MIN (low, weights[j] * values[i * n_columns + j] / norm);
        }
      for (guint i = 0; i < n_rows; i++)
        {
          double value = weights[j] * values[i * n_columns + j] / norm;
          double from_best = value - (is_cost[j] ? low : high), from_worst = value - (is_cost[j] ? high : low);

          to_best[i] += from_best * from_best;
          to_worst[i] += from_worst * from_worst;
        }
    }
  for (guint i = 0; i < n_rows; i++)
    {
      double best = sqrt (to_best[i]), worst = sqrt (to_worst[i]);

      closeness[i] = best + worst > 0 ? worst / (best + worst) : 0.5;
    }
}

static void
measure (const double *values, guint n_rows, guint n_columns, const double *weights, const gboolean *is_cost, double *closeness)
{
  g_autofree RcpTopsisBlock *block = g_new0 (RcpTopsisBlock, 1);
  double all_weights[RCP_N_CRITERIA] = { 0 }, measured[RCP_TOPSIS_ROWS];
  gboolean all_costs[RCP_N_CRITERIA] = { FALSE };
  RcpTopsis topsis;

  g_assert_cmpuint (n_rows, <=, RCP_TOPSIS_ROWS);
  for (guint j = 0; j < n_columns; j++)
    {
      all_weights[j] = weights[j];
      all_costs[j] = is_cost[j];
      for (guint i = 0; i < n_rows; i++)
        block->columns[j][i] = values[i * n_columns + j];
    }
  block->n_rows = n_rows;
  rcp_topsis_start (&topsis, all_weights, all_costs);
  rcp_topsis_learn (&topsis, block);
  rcp_topsis_settle (&topsis);
  rcp_topsis_measure (&topsis, block, measured);
  for (guint i = 0; i < n_rows; i++)
    closeness[i] = measured[i];
}

static void
test_topsis (void)
{
  const double values[] = { 0.9, 5, 3, 0.7, 2, 1, 0.8, 12, 0 };
  const double weights[] = { 0.5, 0.3, 0.2 };
  const gboolean is_cost[] = { FALSE, TRUE, TRUE };
  const double alike[] = { 1, 1, 1, 1, 1, 1, 1, 1, 1 };
  void (*const ways[]) (const double *, guint, guint, const double *, const gboolean *, double *) = { measure, measure_slowly };

  for (guint i = 0; i < G_N_ELEMENTS (ways); i++)
    {
      double closeness[3];

      ways[i] (values, 3, 3, weights, is_cost, closeness);
      g_assert_cmpfloat_with_epsilon (closeness[0], 0.4646, 0.00005);
      g_assert_cmpfloat_with_epsilon (closeness[1], 0.7316, 0.00005);
      g_assert_cmpfloat_with_epsilon (closeness[2], 0.4554, 0.00005);
      ways[i] (alike, 3, 3, weights, is_cost, closeness);
      g_assert_cmpfloat (closeness[0], ==, 0.5);
    }
}

static RcpMatchCandidate
make_random (const char *key)
{
  RcpMatchCandidate self = make_unknown (key);

  for (guint i = 0; i < RCP_N_CRITERIA; i++)
    if (g_test_rand_int_range (0, 4) > 0)
      self.values[i] = i == DISTANCE || i == WAIT || i == RCP_CRITERION_EXPERIENCE ? g_test_rand_double_range (0, 70)
                                                                                    : g_test_rand_double_range (0, 1);
  /* Few values, so that there are ties. */
  self.first_slot = g_test_rand_int_range (0, 3);
  self.is_barred = g_test_rand_int_range (0, 8) == 0;
  return self;
}

#define N 200
static char keys[N][8];

static void
make_list (RcpMatchCandidate *candidates)
{
  for (guint i = 0; i < N; i++)
    {
      g_snprintf (keys[i], sizeof keys[i], "p%03u", i);
      candidates[i] = make_random (keys[i]);
    }
}

/* Against the obvious way: everything scored and sorted; every reason adds up; the barred are left out. */
static void
test_limit (void)
{
  RcpMatchRules rules = rcp_match_rules_default ();
  RcpMatchCandidate candidates[N];

  for (guint round = 0; round < 50; round++)
    {
      guint limit = g_test_rand_int_range (0, N + 10);
      g_autoptr (GArray) all = NULL, some = NULL;

      make_list (candidates);
      all = rcp_match_rank (&rules, RCP_MATCH_METHOD_SUM, candidates, N, N);
      some = rcp_match_rank (&rules, RCP_MATCH_METHOD_SUM, candidates, N, limit);
      g_assert_cmpuint (some->len, ==, MIN (limit, all->len));
      for (guint i = 0; i < all->len; i++)
        {
          const RcpMatch *one = match (all, i);
          double sum = 0, slow = 0, weights = 0;

          g_assert_false (candidates[one->index].is_barred);
          for (guint j = 0; j < RCP_N_CRITERIA; j++)
            {
              sum += one->parts[j];
              slow += rules.weights[j] * rcp_match_score_value (&rules, j, candidates[one->index].values[j]);
              weights += rules.weights[j];
            }
          g_assert_cmpfloat (sum, ==, one->score);
          g_assert_cmpfloat_with_epsilon (slow / weights, one->score, 1e-9);
          if (i > 0)
            g_assert_cmpfloat (match (all, i - 1)->score, >=, one->score);
          if (i < some->len)
            g_assert_cmpuint (match (some, i)->index, ==, one->index);
        }
    }
}

static guint
rank_of (GArray *matches, guint index)
{
  for (guint i = 0; i < matches->len; i++)
    if (match (matches, i)->index == index)
      return i;
  g_assert_not_reached ();
}

/* Somebody more on the list never changes the order of the others; a better value never lowers a rank. */
static void
test_invariance (void)
{
  RcpMatchRules rules = rcp_match_rules_default ();
  RcpMatchCandidate candidates[N];

  rules.weights[RCP_CRITERION_GENDER] = 5;
  for (guint round = 0; round < 100; round++)
    {
      g_autoptr (GArray) with = NULL, without = NULL, better = NULL;
      guint chosen, criterion = g_test_rand_int_range (0, RCP_N_CRITERIA), j = 0;
      float *value;

      make_list (candidates);
      candidates[0].is_barred = FALSE;
      with = rcp_match_rank (&rules, RCP_MATCH_METHOD_SUM, candidates, N, N);
      without = rcp_match_rank (&rules, RCP_MATCH_METHOD_SUM, candidates, N - 1, N);
      for (guint i = 0; i < with->len; i++)
        if (match (with, i)->index != N - 1)
          g_assert_cmpuint (match (with, i)->index, ==, match (without, j++)->index);
      chosen = match (with, g_test_rand_int_range (0, with->len))->index;
      value = &candidates[chosen].values[criterion];
      if (isnan (*value))
        continue;
      *value += (rules.best[criterion] - rules.worst[criterion]) * 0.1;
      better = rcp_match_rank (&rules, RCP_MATCH_METHOD_SUM, candidates, N, N);
      g_assert_cmpuint (rank_of (better, chosen), <=, rank_of (with, chosen));
    }
}

static void
test_ties (void)
{
  RcpMatchRules rules = rcp_match_rules_default ();
  RcpMatchCandidate candidates[] = { make_unknown ("e"), make_unknown ("d"), make_unknown ("c"), make_unknown ("b"), make_unknown ("a") };
  g_autoptr (GArray) ranked = NULL;

  rules.weights[DISTANCE] = 0;
  candidates[0].first_slot = 10;     /* the earliest slot */
  candidates[1].values[DISTANCE] = 2; /* then the shortest way */
  candidates[2].values[DISTANCE] = 3;
  ranked = rcp_match_rank (&rules, RCP_MATCH_METHOD_SUM, candidates, G_N_ELEMENTS (candidates), 5);
  g_assert_cmpuint (match (ranked, 0)->index, ==, 0);
  g_assert_cmpuint (match (ranked, 1)->index, ==, 1);
  g_assert_cmpuint (match (ranked, 2)->index, ==, 2);
  g_assert_cmpuint (match (ranked, 3)->index, ==, 4); /* then the name */
  g_assert_cmpuint (match (ranked, 4)->index, ==, 3);
}

static void
test_values (void)
{
  RcpMatchRules rules = rcp_match_rules_default ();

  g_assert_cmpfloat (rcp_match_score_value (&rules, DISTANCE, 0), ==, 1);
  g_assert_cmpfloat (rcp_match_score_value (&rules, DISTANCE, 20), ==, 0.5);
  g_assert_cmpfloat (rcp_match_score_value (&rules, DISTANCE, 400), ==, 0);
  g_assert_cmpfloat (rcp_match_score_value (&rules, DISTANCE, NAN), ==, 0.5);
  rules.best[DISTANCE] = rules.worst[DISTANCE] = 3;
  g_assert_cmpfloat (rcp_match_score_value (&rules, DISTANCE, 7), ==, 1);
}

static void
test_topsis_rank (void)
{
  RcpMatchRules rules = rcp_match_rules_default ();
  RcpMatchCandidate candidates[N];
  g_autoptr (GArray) ranked = NULL;

  make_list (candidates);
  ranked = rcp_match_rank (&rules, RCP_MATCH_METHOD_TOPSIS, candidates, N, 20);
  g_assert_cmpuint (ranked->len, ==, 20);
  for (guint i = 0; i < ranked->len; i++)
    {
      double sum = 0;

      g_assert_false (candidates[match (ranked, i)->index].is_barred);
      for (guint j = 0; j < RCP_N_CRITERIA; j++)
        sum += match (ranked, i)->parts[j];
      g_assert_cmpfloat (sum, ==, match (ranked, i)->score);
      g_assert_cmpfloat (sum, <=, 1 + 1e-9);
      if (i > 0)
        g_assert_cmpfloat (match (ranked, i - 1)->score, >=, match (ranked, i)->score);
    }
}

/* Somewhat more than two blocks. */
#define N_MANY 600
static char many_keys[N_MANY][8];

static int
compare_slowly (gconstpointer a, gconstpointer b, gpointer data)
{
  const RcpMatch *one = a, *other = b;
  const RcpMatchCandidate *candidates = data, *left = &candidates[one->index], *right = &candidates[other->index];
  double near = isnan (left->values[DISTANCE]) ? INFINITY : left->values[DISTANCE];
  double far = isnan (right->values[DISTANCE]) ? INFINITY : right->values[DISTANCE];

  if (one->score != other->score)
    return one->score > other->score ? -1 : 1;
  if (left->first_slot != right->first_slot)
    return left->first_slot < right->first_slot ? -1 : 1;
  if (near != far)
    return near < far ? -1 : 1;
  return g_strcmp0 (left->key, right->key);
}

/* Everybody worked out and sorted, and nothing in blocks. */
static GArray *
rank_slowly (const RcpMatchRules *rules, const RcpMatchCandidate *candidates, guint n)
{
  GArray *matches = g_array_new (FALSE, TRUE, sizeof (RcpMatch));
  g_autofree double *values = g_new (double, n * RCP_N_CRITERIA), *closeness = g_new (double, n);
  const gboolean is_cost[RCP_N_CRITERIA] = { FALSE };
  double shares[RCP_N_CRITERIA], weights = 0;

  for (guint j = 0; j < RCP_N_CRITERIA; j++)
    weights += rules->weights[j];
  for (guint j = 0; j < RCP_N_CRITERIA; j++)
    shares[j] = rules->weights[j] / weights;
  for (guint i = 0; i < n; i++)
    {
      RcpMatch match = { .index = i };

      if (candidates[i].is_barred)
        continue;
      for (guint j = 0; j < RCP_N_CRITERIA; j++)
        values[matches->len * RCP_N_CRITERIA + j] = rcp_match_score_value (rules, j, candidates[i].values[j]);
      g_array_append_val (matches, match);
    }
  measure_slowly (values, matches->len, RCP_N_CRITERIA, shares, is_cost, closeness);
  for (guint i = 0; i < matches->len; i++)
    {
      RcpMatch *one = &g_array_index (matches, RcpMatch, i);
      double sum = 0;

      for (guint j = 0; j < RCP_N_CRITERIA; j++)
        sum += shares[j] * values[i * RCP_N_CRITERIA + j];
      for (guint j = 0; j < RCP_N_CRITERIA; j++)
        {
          one->parts[j] = sum > 0 ? shares[j] * values[i * RCP_N_CRITERIA + j] / sum * closeness[i] : closeness[i] / RCP_N_CRITERIA;
          one->score += one->parts[j];
        }
    }
  g_array_sort_with_data (matches, compare_slowly, (gpointer) candidates);
  return matches;
}

/* To the last bit, whoever is barred, however many are asked for, and where many are as good as each other. */
static void
test_topsis_against_slow (void)
{
  g_autofree RcpMatchCandidate *candidates = g_new0 (RcpMatchCandidate, N_MANY);

  for (guint round = 0; round < 200; round++)
    {
      RcpMatchRules rules = rcp_match_rules_default ();
      guint n = g_test_rand_int_range (1, N_MANY + 1), limit = g_test_rand_int_range (0, round % 2 == 0 ? 30 : N_MANY + 10);
      g_autoptr (GArray) slow = NULL, fast = NULL;

      if (round % 3 == 0)
        rules.best[WAIT] = rules.worst[WAIT];
      for (guint i = 0; i < n; i++)
        {
          g_snprintf (many_keys[i], sizeof many_keys[i], "p%03u", i);
          candidates[i] = i > 0 && g_test_rand_int_range (0, 4) == 0 ? candidates[g_test_rand_int_range (0, i)] : make_random (many_keys[i]);
          candidates[i].key = many_keys[i];
        }
      slow = rank_slowly (&rules, candidates, n);
      fast = rcp_match_rank (&rules, RCP_MATCH_METHOD_TOPSIS, candidates, n, limit);
      g_assert_cmpuint (fast->len, ==, MIN (limit, slow->len));
      for (guint i = 0; i < fast->len; i++)
        {
          g_assert_cmpuint (match (fast, i)->index, ==, match (slow, i)->index);
          g_assert_cmpmem (&match (fast, i)->score, sizeof (double), &match (slow, i)->score, sizeof (double));
          g_assert_cmpmem (match (fast, i)->parts, sizeof match (fast, i)->parts, match (slow, i)->parts, sizeof match (slow, i)->parts);
        }
    }
}

static void
test_nobody (void)
{
  RcpMatchRules rules = { { 0 }, { 0 }, { 0 } };
  RcpMatchCandidate barred = make_unknown ("a");
  g_autoptr (GArray) none = rcp_match_rank (&rules, RCP_MATCH_METHOD_SUM, NULL, 0, 5);
  g_autoptr (GArray) left = NULL, topsis = NULL;

  barred.is_barred = TRUE;
  left = rcp_match_rank (&rules, RCP_MATCH_METHOD_SUM, &barred, 1, 5);
  topsis = rcp_match_rank (&rules, RCP_MATCH_METHOD_TOPSIS, &barred, 1, 5);
  g_assert_cmpuint (none->len, ==, 0);
  g_assert_cmpuint (left->len, ==, 0);
  g_assert_cmpuint (topsis->len, ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/matching/rank/sum", test_sum);
  g_test_add_func ("/matching/rank/topsis", test_topsis);
  g_test_add_func ("/matching/rank/limit", test_limit);
  g_test_add_func ("/matching/rank/invariance", test_invariance);
  g_test_add_func ("/matching/rank/ties", test_ties);
  g_test_add_func ("/matching/rank/values", test_values);
  g_test_add_func ("/matching/rank/topsis-rank", test_topsis_rank);
  g_test_add_func ("/matching/rank/topsis-against-slow", test_topsis_against_slow);
  g_test_add_func ("/matching/rank/nobody", test_nobody);
  return g_test_run ();
}
