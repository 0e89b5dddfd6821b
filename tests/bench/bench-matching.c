/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A million provider roles ranked for one patient; 60 visits of a day put elsewhere at once. */
#include "bench.h"

#include <math.h>

#include "matching/rcp-assignment.h"
#include "matching/rcp-match-rank.h"

#define N_ROLES 1000000
#define N_SHOWN 50
#define N_RUNS 10
#define N_VISITS 60
#define N_PLACES 1500 /* free times of the other providers in two weeks */

static RcpMatchCandidate *
make_roles (void)
{
  RcpMatchCandidate *roles = g_new0 (RcpMatchCandidate, N_ROLES);

  for (guint i = 0; i < N_ROLES; i++)
    {
      for (guint j = 0; j < RCP_N_CRITERIA; j++)
        roles[i].values[j] = g_random_int_range (0, 10) == 0 ? NAN : g_random_double ();
      roles[i].values[RCP_CRITERION_DISTANCE] = g_random_double_range (0, 60);
      roles[i].values[RCP_CRITERION_WAIT] = g_random_int_range (0, 60);
      roles[i].first_slot = g_random_int_range (0, 5000);
      roles[i].key = "role";
      roles[i].is_barred = g_random_int_range (0, 3) == 0;
    }
  return roles;
}

static void
bench_rank (const char *name, RcpMatchMethod method)
{
  RcpMatchRules rules = rcp_match_rules_default ();
  g_autofree RcpMatchCandidate *roles = make_roles ();
  Bench bench;

  bench_init (&bench);
  for (guint i = 0; i < N_RUNS; i++)
    {
      g_autoptr (GArray) ranked = NULL;

      bench_start (&bench);
      ranked = rcp_match_rank (&rules, method, roles, N_ROLES, N_SHOWN);
      bench_stop (&bench);
      g_assert_cmpuint (ranked->len, ==, N_SHOWN);
    }
  bench_report (name, bench_get (&bench, 0.5), "ms");
  bench_clear (&bench);
}

static void
bench_assign (void)
{
  g_autofree gint64 *costs = g_new (gint64, N_VISITS * N_PLACES);
  guint places[N_VISITS];
  Bench bench;

  for (guint i = 0; i < N_VISITS * N_PLACES; i++)
    costs[i] = g_random_int_range (0, 5) == 0 ? RCP_ASSIGNMENT_FORBIDDEN : g_random_int_range (0, 100000);
  bench_init (&bench);
  for (guint i = 0; i < N_RUNS; i++)
    {
      bench_start (&bench);
      rcp_assign (costs, N_VISITS, N_PLACES, G_GINT64_CONSTANT (1000000000), places);
      bench_stop (&bench);
      g_assert_cmpuint (places[0], !=, RCP_ASSIGNMENT_NONE);
    }
  bench_report ("matching-assign-60", bench_get (&bench, 0.5), "ms");
  bench_clear (&bench);
}

int
main (void)
{
  g_random_set_seed (1);
  bench_rank ("matching-rank-1M", RCP_MATCH_METHOD_SUM);
  bench_rank ("matching-rank-1M-topsis", RCP_MATCH_METHOD_TOPSIS);
  bench_assign ();
  return 0;
}
