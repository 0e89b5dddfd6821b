/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A million provider roles ranked for one patient; 60 visits of a day put elsewhere at once. */
#include "bench.h"

#include <math.h>

#include "matching/rcp-assignment.h"
#include "matching/rcp-day-plan.h"
#include "matching/rcp-match-rank.h"

#define N_ROLES 1000000
#define N_SHOWN 50
#define N_RUNS 10
#define N_VISITS 60
#define N_OPENINGS 540
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

/* As New Places asks for them: so many openings for each visit, with five providers over some days; every third visit needs one of
 * @n_rooms rooms. */
static GArray *
make_places (guint n_rooms)
{
  static const char *const owners[] = { "a", "b", "c", "d", "e" }, *const rooms[][2] = { { "x" }, { "y" }, { "z" } };
  GArray *places = g_array_new (FALSE, FALSE, sizeof (RcpDayPlace));

  for (guint visit = 0; visit < N_VISITS; visit++)
    for (guint i = 0; i < N_OPENINGS; i++)
      for (guint room = 0; room < (visit % 3 == 0 ? MAX (n_rooms, 1) : 1); room++)
        {
          gint64 day = i / 80, start = day * 24 * 60 + i % 80 / 5 * 30;
          RcpDayPlace place = { visit, owners[i % 5], { start, start + 30 }, day * 1000000 + g_random_int_range (0, 6000), NULL };

          place.things = n_rooms > 0 && visit % 3 == 0 ? rooms[room] : NULL;
          g_array_append_val (places, place);
        }
  return places;
}

static void
bench_plan (const char *name, guint n_rooms)
{
  g_autoptr (GArray) places = make_places (n_rooms);
  const char *people[N_VISITS] = { NULL };
  guint chosen[N_VISITS];
  Bench bench;

  bench_init (&bench);
  for (guint i = 0; i < N_RUNS; i++)
    {
      bench_start (&bench);
      rcp_day_plan ((const RcpDayPlace *) (gpointer) places->data, places->len, people, N_VISITS, chosen);
      bench_stop (&bench);
      g_assert_cmpuint (chosen[0], !=, RCP_DAY_PLAN_NONE);
    }
  bench_report (name, bench_get (&bench, 0.5), "ms");
  bench_clear (&bench);
}

int
main (void)
{
  g_random_set_seed (1);
  bench_rank ("matching-rank-1M", RCP_MATCH_METHOD_SUM);
  bench_rank ("matching-rank-1M-topsis", RCP_MATCH_METHOD_TOPSIS);
  bench_assign ();
  bench_plan ("matching-plan-60", 0);
  bench_plan ("matching-plan-60-rooms", 3);
  return 0;
}
