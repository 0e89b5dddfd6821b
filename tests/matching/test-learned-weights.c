/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-matching"

/* Weights learned from what was booked, rcp-learned-weights.c, and what is kept of a booking, rcp-choice.c: desks with known minds. */

#include "matching/rcp-learned-weights.h"

#include <math.h>
#include <string.h>

#define N RCP_CHOICE_CRITERIA
#define LIST 40

static const double true_shares[N] = { 0.30, 0.04, 0.22, 0.16, 0.08, 0, 0.04, 0.16 };

/* What a clinic begins with. */
static void
get_own (double *own)
{
  RcpMatchRules rules = rcp_match_rules_default ();

  memcpy (own, rules.weights, N * sizeof *own);
}

static double
sum_up (const double *weights, const double *scores)
{
  double sum = 0;

  for (guint j = 0; j < N; j++)
    sum += weights[j] * scores[j];
  return sum;
}

/* A desk: how it books one of @rows, which are in the order of the clinic's own weights. */
typedef guint (*Desk) (GRand *rand, const RcpChoiceRow *rows, guint n_rows);

/* As a person does who means true_shares, and is not always sure: the logistic model itself. */
static guint
book_by_mind (GRand *rand, const RcpChoiceRow *rows, guint n_rows)
{
  double best = -INFINITY;
  guint booked = 0;

  for (guint i = 0; i < n_rows; i++)
    {
      double liked = 20 * sum_up (true_shares, rows[i].scores) - log (-log (g_rand_double_range (rand, 1e-12, 1 - 1e-12)));

      if (liked > best)
        {
          best = liked;
          booked = i;
        }
    }
  return booked;
}

/* Likes what is in the network and far away: no weight of a clinic says the latter. */
static guint
book_far_away (GRand *rand, const RcpChoiceRow *rows, guint n_rows)
{
  double best = -INFINITY;
  guint booked = 0;

  for (guint i = 0; i < n_rows; i++)
    {
      double liked = 5 * (rows[i].scores[RCP_CRITERION_NETWORK] - rows[i].scores[RCP_CRITERION_DISTANCE]) + g_rand_double (rand);

      if (liked > best)
        {
          best = liked;
          booked = i;
        }
    }
  return booked;
}

static guint
book_at_random (GRand *rand, const RcpChoiceRow *rows, guint n_rows)
{
  return (guint) g_rand_int_range (rand, 0, (gint32) n_rows);
}

static guint
book_the_first (GRand *rand, const RcpChoiceRow *rows, guint n_rows)
{
  return 0;
}

/* Looks at the first few only: who stands above is booked more, whoever it is. */
static guint
book_near_the_top (GRand *rand, const RcpChoiceRow *rows, guint n_rows)
{
  guint booked = 0;

  while (booked + 1 < n_rows && g_rand_double (rand) < 0.6)
    booked++;
  return booked;
}

static int
compare_rows (gconstpointer a, gconstpointer b, gpointer own)
{
  double one = sum_up (own, ((const RcpChoiceRow *) a)->scores), other = sum_up (own, ((const RcpChoiceRow *) b)->scores);

  return one > other ? -1 : one < other;
}

/* A list of ten providers with four openings each, the best by @own first: a provider's own facts are the same in all four. */
static void
make_list (GRand *rand, double *own, RcpChoiceRow *rows)
{
  static const char *const keys[] = { "a", "b", "c", "d", "e", "f", "g", "h", "i", "j" };

  for (guint i = 0; i < LIST; i++)
    {
      rows[i].key = keys[i % 10];
      rows[i].is_barred = FALSE;
      for (guint j = 0; j < N; j++)
        {
          gboolean is_of_provider = j != RCP_CRITERION_WAIT && j != RCP_CRITERION_TIME_OF_DAY;

          rows[i].scores[j] = i >= 10 && is_of_provider ? rows[i % 10].scores[j] : g_rand_double (rand);
        }
    }
  g_qsort_with_data (rows, LIST, sizeof *rows, compare_rows, own);
}

static GPtrArray *
simulate (Desk desk, guint seed, guint n)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  GPtrArray *choices = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  double own[N];

  get_own (own);
  while (choices->len < n)
    {
      RcpChoiceRow rows[LIST];
      GBytes *choice;

      make_list (rand, own, rows);
      choice = rcp_choice_new (rows, LIST, desk (rand, rows, LIST));
      if (choice != NULL)
        g_ptr_array_add (choices, choice);
    }
  return choices;
}

static RcpLearnedWeights
learn (Desk desk, guint seed, guint n)
{
  g_autoptr (GPtrArray) choices = simulate (desk, seed, n);
  double own[N];

  get_own (own);
  return rcp_learned_weights_fit (choices, own);
}

/* What the desk means comes back, and is offered; the clinic's own weights are wrong more often. */
static void
test_known (void)
{
  RcpLearnedWeights learned = learn (book_by_mind, 7, 2000);
  double sum = 0;

  for (guint j = 0; j < N; j++)
    {
      g_test_message ("criterion %u: learned %.3f, true %.3f", j, learned.shares[j], true_shares[j]);
      g_assert_cmpfloat_with_epsilon (learned.shares[j], true_shares[j], 0.03);
      g_assert_cmpfloat (learned.shares[j], >=, 0);
      sum += learned.shares[j];
    }
  g_assert_cmpfloat_with_epsilon (sum, 1, 1e-9);
  g_test_message ("wrong %.3f, own %.3f", learned.wrong, learned.own_wrong);
  g_assert_cmpfloat (learned.wrong, <, learned.own_wrong - 0.01);
  g_assert_true (learned.is_better);
  g_assert_cmpuint (learned.n_choices, ==, 2000);
}

/* Who books at random teaches nothing: both are wrong in half, and nothing is offered but by chance. */
static void
test_noise (void)
{
  double wrong = 0, own_wrong = 0;
  guint n_offered = 0;

  for (guint seed = 1; seed <= 20; seed++)
    {
      RcpLearnedWeights learned = learn (book_at_random, seed, 400);

      g_test_message ("wrong %.3f, own %.3f", learned.wrong, learned.own_wrong);
      g_assert_cmpfloat_with_epsilon (learned.wrong, 0.5, 0.09);
      g_assert_cmpfloat_with_epsilon (learned.own_wrong, 0.5, 0.09);
      wrong += learned.wrong / 20;
      own_wrong += learned.own_wrong / 20;
      n_offered += learned.is_better;
    }
  g_test_message ("in the mean wrong %.3f, own %.3f; offered to %u of 20", wrong, own_wrong, n_offered);
  g_assert_cmpfloat_with_epsilon (wrong, 0.5, 0.02);
  g_assert_cmpfloat_with_epsilon (own_wrong, 0.5, 0.02);
  g_assert_cmpuint (n_offered, <=, 2);
}

/* Who takes what stands first teaches that the clinic's own weights are right, never that others are better. */
static void
test_position (void)
{
  static const Desk desks[] = { book_the_first, book_near_the_top };

  for (guint i = 0; i < G_N_ELEMENTS (desks); i++)
    {
      RcpLearnedWeights learned = learn (desks[i], 3, 600);

      g_test_message ("wrong %.3f, own %.3f", learned.wrong, learned.own_wrong);
      g_assert_cmpfloat (learned.own_wrong, <, 0.45);
      g_assert_false (learned.is_better);
    }
}

/* What is liked the other way round counts nothing, not less than nothing. */
static void
test_disliked (void)
{
  RcpLearnedWeights learned = learn (book_far_away, 17, 500);

  g_assert_cmpfloat (learned.shares[RCP_CRITERION_DISTANCE], ==, 0);
  g_assert_cmpfloat (learned.shares[RCP_CRITERION_NETWORK], >, 0.6);
  for (guint j = 0; j < N; j++)
    g_assert_cmpfloat (learned.shares[j], >=, 0);
  g_assert_true (learned.is_better);
}

/* Ninety-nine are not enough, a hundred are. */
static void
test_few (void)
{
  g_autoptr (GPtrArray) choices = simulate (book_by_mind, 5, RCP_LEARNED_LEAST_CHOICES);
  double own[N];
  RcpLearnedWeights learned;

  get_own (own);
  learned = rcp_learned_weights_fit (choices, own);
  g_assert_false (isnan (learned.wrong));
  g_ptr_array_set_size (choices, RCP_LEARNED_LEAST_CHOICES - 1);
  learned = rcp_learned_weights_fit (choices, own);
  g_assert_true (isnan (learned.wrong) && isnan (learned.own_wrong));
  g_assert_false (learned.is_better);
  g_assert_cmpfloat_with_epsilon (learned.shares[0], 0.2, 1e-9);
  g_ptr_array_set_size (choices, 0);
  learned = rcp_learned_weights_fit (choices, own);
  g_assert_cmpuint (learned.n_choices, ==, 0);
}

/* The same to the last bit, whenever it is worked out. */
static void
test_same (void)
{
  RcpLearnedWeights one = learn (book_by_mind, 11, 300), other = learn (book_by_mind, 11, 300);

  g_assert_cmpmem (one.shares, sizeof one.shares, other.shares, sizeof other.shares);
  g_assert_cmpmem (&one.wrong, sizeof one.wrong, &other.wrong, sizeof other.wrong);
}

/* What never differs keeps the part that the clinic gave it; and what every choice agrees on does not run away. */
static void
test_unsaid (void)
{
  g_autoptr (GPtrArray) choices = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  RcpLearnedWeights learned;
  double own[N], weights[N], sum = 0;

  get_own (own);
  for (guint i = 0; i < 150; i++)
    {
      RcpChoiceRow rows[2] = { { "a", FALSE, { 0 } }, { "b", FALSE, { 0 } } };

      for (guint j = 0; j < N; j++)
        rows[0].scores[j] = rows[1].scores[j] = 0.5;
      rows[1].scores[RCP_CRITERION_NETWORK] = 1;
      g_ptr_array_add (choices, rcp_choice_new (rows, 2, 1));
    }
  learned = rcp_learned_weights_fit (choices, own);
  g_assert_cmpfloat (learned.wrong, ==, 0);
  g_assert_false (learned.is_better); /* the clinic's own are right as well */
  g_assert_cmpfloat_with_epsilon (learned.shares[RCP_CRITERION_WAIT] / learned.shares[RCP_CRITERION_DISTANCE], 20.0 / 15, 1e-6);
  rcp_learned_weights_round (&learned, own, weights);
  for (guint j = 0; j < N; j++)
    {
      g_assert_cmpfloat (weights[j], ==, round (weights[j]));
      g_assert_cmpfloat (weights[j], <=, 100);
      sum += weights[j];
    }
  g_assert_cmpfloat_with_epsilon (sum, 100, 4);
}

/* A clinic for which nothing counts is no reason to stumble. */
static void
test_no_weights (void)
{
  g_autoptr (GPtrArray) choices = simulate (book_by_mind, 13, 200);
  const double none[N] = { 0 };
  RcpLearnedWeights learned = rcp_learned_weights_fit (choices, none);
  double sum = 0;

  for (guint j = 0; j < N; j++)
    sum += learned.shares[j];
  g_assert_cmpfloat_with_epsilon (sum, 1, 1e-9);
  g_assert_false (isnan (learned.wrong));
}

static RcpChoiceRow
make_row (const char *key, double score)
{
  RcpChoiceRow row = { key, FALSE, { 0 } };

  row.scores[0] = score;
  return row;
}

static void
assert_group (GBytes *choice, const double *scores, guint n)
{
  g_assert_nonnull (choice);
  g_assert_true (rcp_choice_is_valid (choice));
  g_assert_cmpuint (rcp_choice_get_n_rows (choice), ==, n);
  for (guint i = 0; i < n; i++)
    g_assert_cmpfloat_with_epsilon (rcp_choice_get_score (choice, i, 0), scores[i], 1e-9);
}

/* The second time of one provider is compared with the second times of others, whoever is barred is not there, and nobody alone. */
static void
test_like_with_like (void)
{
  RcpChoiceRow rows[] = { make_row ("a", 0.91), make_row ("a", 0.82), make_row ("b", 0.73), make_row ("c", 0.64),
                          make_row ("b", 0.55), make_row ("a", 0.46), make_row ("c", 0.37) };
  g_autoptr (GBytes) first = rcp_choice_new (rows, 7, 2), second = rcp_choice_new (rows, 7, 4), third = rcp_choice_new (rows, 7, 5);
  g_autoptr (GBytes) left = NULL, barred = NULL;

  assert_group (first, (double[]) { 0.73, 0.91, 0.64 }, 3);
  assert_group (second, (double[]) { 0.55, 0.82, 0.37 }, 3);
  g_assert_null (third); /* nobody else has a third */
  rows[3].is_barred = TRUE;
  left = rcp_choice_new (rows, 7, 2);
  assert_group (left, (double[]) { 0.73, 0.91 }, 2);
  barred = rcp_choice_new (rows, 7, 3);
  g_assert_null (barred);
}

/* Six belong together at most, and the same six whichever of them is booked. */
static void
test_six (void)
{
  static const char *const keys[] = { "a", "b", "c", "d", "e", "f", "g", "h" };
  RcpChoiceRow rows[8];

  for (guint i = 0; i < 8; i++)
    rows[i] = make_row (keys[i], i / 10.0);
  for (guint booked = 0; booked < 8; booked++)
    {
      g_autoptr (GBytes) choice = rcp_choice_new (rows, 8, booked);
      double sum = 0;

      g_assert_cmpuint (rcp_choice_get_n_rows (choice), ==, booked < 6 ? 6 : 2);
      g_assert_cmpfloat_with_epsilon (rcp_choice_get_score (choice, 0, 0), booked / 10.0, 1e-9);
      for (guint i = 0; i < rcp_choice_get_n_rows (choice); i++)
        sum += rcp_choice_get_score (choice, i, 0);
      g_assert_cmpfloat_with_epsilon (sum, booked < 6 ? 1.5 : 1.3, 1e-9);
    }
}

/* Hundredths and nothing more: what is kept is as many bytes as there are conditions. */
static void
test_bytes (void)
{
  RcpChoiceRow rows[] = { make_row ("somebody", 1.0 / 3), make_row ("other", 2) };
  g_autoptr (GBytes) choice = rcp_choice_new (rows, 2, 0);
  static const guint8 wrong[] = { [15] = 101 }, odd[17] = { 0 }, one[8] = { 0 }, seven[56] = { 0 };
  const struct
  {
    const guint8 *data;
    gsize size;
  } bad[] = { { wrong, 16 }, { odd, 17 }, { one, 8 }, { seven, 56 }, { NULL, 0 } };

  g_assert_cmpuint (g_bytes_get_size (choice), ==, 2 * N);
  g_assert_cmpfloat (rcp_choice_get_score (choice, 0, 0), ==, 0.33);
  g_assert_cmpfloat (rcp_choice_get_score (choice, 1, 0), ==, 1);
  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GBytes) bytes = g_bytes_new_static (bad[i].data, bad[i].size);

      g_assert_false (rcp_choice_is_valid (bytes));
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/matching/learned-weights/known", test_known);
  g_test_add_func ("/matching/learned-weights/noise", test_noise);
  g_test_add_func ("/matching/learned-weights/position", test_position);
  g_test_add_func ("/matching/learned-weights/disliked", test_disliked);
  g_test_add_func ("/matching/learned-weights/few", test_few);
  g_test_add_func ("/matching/learned-weights/same", test_same);
  g_test_add_func ("/matching/learned-weights/unsaid", test_unsaid);
  g_test_add_func ("/matching/learned-weights/no-weights", test_no_weights);
  g_test_add_func ("/matching/learned-weights/like-with-like", test_like_with_like);
  g_test_add_func ("/matching/learned-weights/six", test_six);
  g_test_add_func ("/matching/learned-weights/bytes", test_bytes);
  return g_test_run ();
}
