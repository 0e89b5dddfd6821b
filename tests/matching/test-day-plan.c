/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-matching"

/* Visits that get new places at once: rcp-day-plan.c. */

#include "matching/rcp-day-plan.h"

#define NONE RCP_DAY_PLAN_NONE
#define LEFT (RCP_DAY_PLAN_MOST_COST * 1000)
#define MOST_VISITS 5
#define MOST_PLACES 16

static const char *const owners[] = { "a", "b", "c" };
static const char *const things[][3] = { { "x" }, { "y" }, { "x", "y" } };

static gboolean
excludes (const RcpDayPlace *a, const RcpDayPlace *b, const char *const *people)
{
  if (a->range.start >= b->range.end || b->range.start >= a->range.end)
    return FALSE;
  for (guint i = 0; a->things && b->things && a->things[i]; i++)
    if (g_strv_contains (b->things, a->things[i]))
      return TRUE;
  return g_str_equal (a->owner, b->owner) || (people[a->visit] && g_strcmp0 (people[a->visit], people[b->visit]) == 0);
}

/* A plan that may be, and what it costs. */
static gint64
check (const RcpDayPlace *places, guint n_places, const char *const *people, guint n_visits, const guint *chosen)
{
  gint64 sum = 0;

  for (guint i = 0; i < n_visits; i++)
    {
      if (chosen[i] == NONE)
        {
          sum += LEFT;
          continue;
        }
      g_assert_cmpuint (chosen[i], <, n_places);
      g_assert_cmpuint (places[chosen[i]].visit, ==, i);
      for (guint j = 0; j < i; j++)
        g_assert_true (chosen[j] == NONE || !excludes (&places[chosen[i]], &places[chosen[j]], people));
      sum += places[chosen[i]].cost;
    }
  return sum;
}

/* The slow way: all plans for the visits from @visit on. */
static gint64
try_all (const RcpDayPlace *places, guint n_places, const char *const *people, guint n_visits, guint visit, guint *chosen)
{
  gint64 least;

  if (visit == n_visits)
    return 0;
  chosen[visit] = NONE;
  least = LEFT + try_all (places, n_places, people, n_visits, visit + 1, chosen);
  for (guint i = 0; i < n_places; i++)
    {
      gboolean is_free = places[i].visit == visit;

      for (guint j = 0; is_free && j < visit; j++)
        is_free = chosen[j] == NONE || !excludes (&places[i], &places[chosen[j]], people);
      if (!is_free)
        continue;
      chosen[visit] = i;
      least = MIN (least, places[i].cost + try_all (places, n_places, people, n_visits, visit + 1, chosen));
      chosen[visit] = NONE;
    }
  return least;
}

/* The long visit would like to begin where a short one is best off, and has to let it. */
static void
test_by_hand (void)
{
  const char *const people[] = { "long", "short", "late" };
  const RcpDayPlace places[] = {
    { 0, "a", { 0, 30 }, 1 }, { 0, "b", { 0, 30 }, 4 }, { 1, "a", { 15, 30 }, 1 }, { 1, "a", { 30, 45 }, 9 }, { 2, "a", { 15, 30 }, 1 },
  };
  guint chosen[3];

  g_assert_true (rcp_day_plan (places, 5, people, 3, chosen));
  g_assert_cmpuint (chosen[0], ==, 1);
  g_assert_cmpuint (chosen[1], ==, 3);
  g_assert_cmpuint (chosen[2], ==, 4);
}

static void
test_nobody_is_twice (void)
{
  const char *const same[] = { "who", "who" };
  const char *const nobody[] = { NULL, NULL };
  const RcpDayPlace places[] = { { 0, "a", { 0, 30 }, 1 }, { 1, "b", { 15, 45 }, 1 }, { 1, "b", { 30, 60 }, 7 } };
  guint chosen[2];

  g_assert_true (rcp_day_plan (places, 3, same, 2, chosen));
  g_assert_cmpuint (chosen[1], ==, 2);
  g_assert_true (rcp_day_plan (places, 3, nobody, 2, chosen));
  g_assert_cmpuint (chosen[1], ==, 1);
}

/* The only device goes with one of them; who can do with another room takes that. */
static void
test_one_device (void)
{
  const char *const people[] = { "who", "whose", NULL };
  const char *const device[] = { "device", NULL }, *const both[] = { "room", "device", NULL }, *const room[] = { "room", NULL };
  const char *const other_room[] = { "other room", NULL };
  const RcpDayPlace places[] = {
    { 0, "a", { 0, 30 }, 1, device },    { 1, "b", { 15, 45 }, 1, both },       { 1, "b", { 30, 60 }, 7, both },
    { 2, "c", { 40, 70 }, 1, room },     { 2, "c", { 40, 70 }, 2, other_room },
  };
  guint chosen[3];

  g_assert_true (rcp_day_plan (places, 5, people, 3, chosen));
  g_assert_cmpuint (chosen[0], ==, 0);
  g_assert_cmpuint (chosen[1], ==, 2);
  g_assert_cmpuint (chosen[2], ==, 4);
}

static void
test_nothing (void)
{
  const char *const people[] = { NULL };
  guint chosen[1] = { 0 };

  g_assert_true (rcp_day_plan (NULL, 0, people, 1, chosen));
  g_assert_cmpuint (chosen[0], ==, NONE);
  g_assert_true (rcp_day_plan (NULL, 0, people, 0, chosen));
}

static void
test_random (void)
{
  for (guint round = 0; round < 1500; round++)
    {
      guint n_visits = g_test_rand_int_range (1, MOST_VISITS + 1), n_places = g_test_rand_int_range (0, MOST_PLACES + 1);
      RcpDayPlace places[MOST_PLACES];
      const char *people[MOST_VISITS];
      guint chosen[MOST_VISITS], tried[MOST_VISITS];

      for (guint i = 0; i < n_visits; i++)
        people[i] = g_test_rand_int_range (0, 3) ? NULL : owners[g_test_rand_int_range (0, 2)];
      for (guint i = 0; i < n_places; i++)
        {
          gint64 start = g_test_rand_int_range (0, 6), length = g_test_rand_int_range (1, 4);

          places[i] = (RcpDayPlace) { g_test_rand_int_range (0, n_visits), owners[g_test_rand_int_range (0, 3)], { start, start + length },
                                      g_test_rand_int_range (0, 20), g_test_rand_int_range (0, 2) ? things[g_test_rand_int_range (0, 3)] : NULL };
        }
      g_assert_true (rcp_day_plan (places, n_places, people, n_visits, chosen));
      g_assert_cmpint (check (places, n_places, people, n_visits, chosen), ==, try_all (places, n_places, people, n_visits, 0, tried));
    }
}

/* A whole day of forty: in a moment, and none is left over while there is room. */
static void
test_large (void)
{
  g_autoptr (GArray) places = g_array_new (FALSE, FALSE, sizeof (RcpDayPlace));
  const char *people[40] = { NULL };
  guint chosen[40];

  for (guint visit = 0; visit < 40; visit++)
    for (guint start = 0; start < 8 * 60; start += visit % 3 ? 15 : 30)
      for (guint owner = 0; owner < 3; owner++)
        {
          RcpDayPlace place = { visit, owners[owner], { start, start + (visit % 3 ? 15 : 30) }, ABS ((int) start - (int) visit * 12) };

          g_array_append_val (places, place);
        }
  rcp_day_plan ((RcpDayPlace *) (void *) places->data, places->len, people, 40, chosen);
  g_assert_cmpint (check ((RcpDayPlace *) (void *) places->data, places->len, people, 40, chosen), <, LEFT);
}

/* Sixty that all want one of three rooms of five doctors: for every half hour there are doctors enough, and rooms too few. Nobody is left
 * over, and it does not take long, although there is no time to try all. */
static void
test_crowded (void)
{
  static const char *const doctors[] = { "a", "b", "c", "d", "e" }, *const rooms[][2] = { { "x" }, { "y" }, { "z" } };
  g_autoptr (GArray) places = g_array_new (FALSE, FALSE, sizeof (RcpDayPlace));
  g_autoptr (GTimer) timer = g_timer_new ();
  const char *people[60] = { NULL };
  guint chosen[60];

  for (guint visit = 0; visit < 60; visit++)
    for (guint day = 0; day < 6; day++)
      for (guint start = 0; start < 8 * 60; start += 30)
        for (guint i = 0; i < 5 * 3; i++)
          {
            gint64 at = day * 24 * 60 + start;
            RcpDayPlace place = { visit, doctors[i / 3], { at, at + 30 }, day * 1000000 + ABS ((int) start - (int) visit * 8) + i % 3, rooms[i % 3] };

            g_array_append_val (places, place);
          }
  g_timer_start (timer);
  rcp_day_plan ((RcpDayPlace *) (void *) places->data, places->len, people, 60, chosen);
  g_test_message ("%u places: %.0f ms", places->len, 1000 * g_timer_elapsed (timer, NULL));
  /* Three rooms have 48 half hours of that day: twelve have to wait until the next. */
  g_assert_cmpint (check ((RcpDayPlace *) (void *) places->data, places->len, people, 60, chosen) / 1000000, ==, 12);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/matching/day-plan/by-hand", test_by_hand);
  g_test_add_func ("/matching/day-plan/nobody-is-twice", test_nobody_is_twice);
  g_test_add_func ("/matching/day-plan/one-device", test_one_device);
  g_test_add_func ("/matching/day-plan/nothing", test_nothing);
  g_test_add_func ("/matching/day-plan/random", test_random);
  g_test_add_func ("/matching/day-plan/large", test_large);
  g_test_add_func ("/matching/day-plan/crowded", test_crowded);
  return g_test_run ();
}
