/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-matching"

#include "matching/rcp-assignment.h"

#define LEFT_OVER 1000000
#define NO RCP_ASSIGNMENT_FORBIDDEN

static gint64
add_up (const gint64 *costs, guint n_visits, guint n_places, const guint *places)
{
  gint64 sum = 0;

  for (guint i = 0; i < n_visits; i++)
    {
      if (places[i] == RCP_ASSIGNMENT_NONE)
        {
          sum += LEFT_OVER;
          continue;
        }
      g_assert_cmpuint (places[i], <, n_places);
      g_assert_cmpint (costs[i * n_places + places[i]], !=, NO);
      for (guint j = 0; j < i; j++)
        g_assert_cmpuint (places[i], !=, places[j]);
      sum += costs[i * n_places + places[i]];
    }
  return sum;
}

/* The slow way: all ways to give the visits from @row on their places. */
static gint64
try_all (const gint64 *costs, guint n_visits, guint n_places, guint row, guint taken)
{
  gint64 least;

  if (row == n_visits)
    return 0;
  least = LEFT_OVER + try_all (costs, n_visits, n_places, row + 1, taken);
  for (guint j = 0; j < n_places; j++)
    if (!(taken & 1u << j) && costs[row * n_places + j] != NO)
      least = MIN (least, costs[row * n_places + j] + try_all (costs, n_visits, n_places, row + 1, taken | 1u << j));
  return least;
}

static void
test_by_hand (void)
{
  /* The first comes away from what it likes best, so that the second finds anything. */
  const gint64 costs[] = { 1, 2, 1, NO };
  guint places[2];

  rcp_assign (costs, 2, 2, LEFT_OVER, places);
  g_assert_cmpuint (places[0], ==, 1);
  g_assert_cmpuint (places[1], ==, 0);
}

static void
test_left_over (void)
{
  const gint64 costs[] = { 5, 3, NO };
  guint places[3];

  rcp_assign (costs, 3, 1, LEFT_OVER, places);
  g_assert_cmpuint (places[0], ==, RCP_ASSIGNMENT_NONE);
  g_assert_cmpuint (places[1], ==, 0);
  g_assert_cmpuint (places[2], ==, RCP_ASSIGNMENT_NONE);
  rcp_assign (NULL, 2, 0, LEFT_OVER, places);
  g_assert_cmpuint (places[1], ==, RCP_ASSIGNMENT_NONE);
  rcp_assign (NULL, 0, 0, LEFT_OVER, places);
}

static void
test_random (void)
{
  for (guint round = 0; round < 2000; round++)
    {
      guint n_visits = g_test_rand_int_range (0, 6), n_places = g_test_rand_int_range (0, 7);
      gint64 costs[6 * 7];
      guint places[6];

      for (guint i = 0; i < n_visits * n_places; i++)
        costs[i] = g_test_rand_int_range (0, 4) == 0 ? NO : g_test_rand_int_range (0, 12);
      rcp_assign (costs, n_visits, n_places, LEFT_OVER, places);
      g_assert_cmpint (add_up (costs, n_visits, n_places, places), ==, try_all (costs, n_visits, n_places, 0, 0));
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/matching/assignment/by-hand", test_by_hand);
  g_test_add_func ("/matching/assignment/left-over", test_left_over);
  g_test_add_func ("/matching/assignment/random", test_random);
  return g_test_run ();
}
