/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-matching"

#include "rcp-day-plan.h"

#include <string.h>

#include "rcp-assignment.h"

/* rcp_assign() knows of places that are the same, not of places that overlap: a long visit and a short one, two visits of one
 * patient, or two that want one room. So what it says is taken for a bound, and where two of its places overlap both ways out are tried: the one place is not
 * used, or nothing that overlaps it is (branch and bound; Land and Doig, 1960). */

#define LEFT_OVER (RCP_DAY_PLAN_MOST_COST * 1000)
/* About so many steps of rcp_assign(): a tenth of a second. */
#define MOST_WORK 40000000.0

typedef struct
{
  const RcpDayPlace *places;
  guint n_places;
  const char *const *people;
  guint n_visits;
  guint *columns; /* of each place: those of one start of one owner are one */
  guint n_columns;
  double work;
  gboolean is_exact;
  gint64 least;
  guint *best;
} Plan;

static gboolean
share_a_thing (const RcpDayPlace *a, const RcpDayPlace *b)
{
  for (guint i = 0; a->things != NULL && b->things != NULL && a->things[i] != NULL; i++)
    if (g_strv_contains (b->things, a->things[i]))
      return TRUE;
  return FALSE;
}

static gboolean
excludes (const Plan *self, guint one, guint other)
{
  const RcpDayPlace *a = &self->places[one], *b = &self->places[other];

  if (a->visit == b->visit || !rcp_time_range_overlaps (a->range, b->range))
    return FALSE;
  return g_strcmp0 (a->owner, b->owner) == 0 || share_a_thing (a, b)
         || (self->people[a->visit] != NULL && g_strcmp0 (self->people[a->visit], self->people[b->visit]) == 0);
}

static gint64
add_up (const Plan *self, const guint *chosen)
{
  gint64 sum = 0;

  for (guint i = 0; i < self->n_visits; i++)
    sum += chosen[i] == RCP_DAY_PLAN_NONE ? LEFT_OVER : self->places[chosen[i]].cost;
  return sum;
}

/* Each visit has the place that costs least where no two are at one start of one owner; of those that are not @banned. */
static void
relax (Plan *self, const gboolean *banned, guint *chosen)
{
  gsize n_cells = (gsize) self->n_visits * self->n_columns;
  g_autofree gint64 *costs = g_new (gint64, n_cells + 1);
  g_autofree guint *cheapest = g_new (guint, n_cells + 1);

  for (gsize i = 0; i < n_cells; i++)
    costs[i] = RCP_ASSIGNMENT_FORBIDDEN;
  for (guint i = 0; i < self->n_places; i++)
    {
      gsize cell = (gsize) self->places[i].visit * self->n_columns + self->columns[i];

      if (banned[i] || self->places[i].cost >= costs[cell])
        continue;
      costs[cell] = self->places[i].cost;
      cheapest[cell] = i;
    }
  rcp_assign (costs, self->n_visits, self->n_columns, LEFT_OVER, chosen);
  for (guint i = 0; i < self->n_visits; i++)
    chosen[i] = chosen[i] == RCP_ASSIGNMENT_NONE ? RCP_DAY_PLAN_NONE : cheapest[(gsize) i * self->n_columns + chosen[i]];
  self->work += (double) self->n_visits * self->n_visits * (self->n_columns + self->n_visits);
}

static gboolean
is_possible (const Plan *self, const guint *chosen, guint place)
{
  for (guint i = 0; i < self->n_visits; i++)
    if (chosen[i] != RCP_DAY_PLAN_NONE && excludes (self, chosen[i], place))
      return FALSE;
  return TRUE;
}

/* Of @visit, what goes with all that is chosen already. */
static guint
find_possible (const Plan *self, const guint *chosen, guint visit)
{
  guint found = RCP_DAY_PLAN_NONE;

  for (guint i = 0; i < self->n_places; i++)
    if (self->places[i].visit == visit && (found == RCP_DAY_PLAN_NONE || self->places[i].cost < self->places[found].cost)
        && is_possible (self, chosen, i))
      found = i;
  return found;
}

/* One after the other they keep what they got, or take the best that is left: a plan, if not the best. */
static void
repair (Plan *self, const guint *wanted)
{
  g_autofree guint *chosen = g_new (guint, self->n_visits + 1);
  gint64 sum;

  for (guint i = 0; i < self->n_visits; i++)
    chosen[i] = RCP_DAY_PLAN_NONE;
  for (guint i = 0; i < self->n_visits; i++)
    if (wanted[i] != RCP_DAY_PLAN_NONE && is_possible (self, chosen, wanted[i]))
      chosen[i] = wanted[i];
  for (guint i = 0; i < self->n_visits; i++)
    if (chosen[i] == RCP_DAY_PLAN_NONE)
      chosen[i] = find_possible (self, chosen, i);
  sum = add_up (self, chosen);
  if (sum >= self->least)
    return;
  self->least = sum;
  memcpy (self->best, chosen, self->n_visits * sizeof *chosen);
}

/* The first place that excludes another one: RCP_DAY_PLAN_NONE when @chosen is a plan. */
static guint
find_conflict (const Plan *self, const guint *chosen)
{
  for (guint i = 0; i < self->n_visits; i++)
    if (chosen[i] != RCP_DAY_PLAN_NONE && !is_possible (self, chosen, chosen[i]))
      return chosen[i];
  return RCP_DAY_PLAN_NONE;
}

static void
search (Plan *self, const gboolean *banned)
{
  g_autofree guint *chosen = g_new (guint, self->n_visits + 1);
  g_autofree gboolean *fewer = NULL;
  guint conflict;

  if (self->work > MOST_WORK)
    {
      self->is_exact = FALSE;
      return;
    }
  relax (self, banned, chosen);
  if (add_up (self, chosen) >= self->least)
    return;
  repair (self, chosen);
  conflict = find_conflict (self, chosen);
  if (conflict == RCP_DAY_PLAN_NONE)
    return;
  fewer = g_memdup2 (banned, (self->n_places + 1) * sizeof *banned);
  for (guint i = 0; i < self->n_places; i++)
    fewer[i] |= excludes (self, conflict, i);
  search (self, fewer);
  memcpy (fewer, banned, self->n_places * sizeof *banned);
  fewer[conflict] = TRUE;
  search (self, fewer);
}

static void
number_columns (Plan *self)
{
  g_autoptr (GHashTable) known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < self->n_places; i++)
    {
      char *name = g_strdup_printf ("%" G_GINT64_FORMAT " %s", self->places[i].range.start, self->places[i].owner);
      gpointer column;

      if (!g_hash_table_lookup_extended (known, name, NULL, &column))
        column = GUINT_TO_POINTER (self->n_columns++);
      self->columns[i] = GPOINTER_TO_UINT (column);
      g_hash_table_insert (known, name, column);
    }
}

/**
 * rcp_day_plan:
 * @places: (array length=n_places): where each visit could be
 * @people: (array length=n_visits): who comes to each visit, so that nobody is in two places at once; %NULL when that is not known
 * @n_visits: how many visits there are
 * @chosen: (out) (array length=n_visits): for each the index of its place, %RCP_DAY_PLAN_NONE for those that get none
 *
 * Gives as many visits as can be a place, so that no two overlap with one owner, for one person, or with one thing; of all ways to
 * do that one that costs least.
 *
 * Returns: whether it is that; %FALSE when there were too many ways to try, and it is only a good one
 */
gboolean
rcp_day_plan (const RcpDayPlace *places, guint n_places, const char *const *people, guint n_visits, guint *chosen)
{
  g_autofree guint *columns = g_new (guint, n_places + 1);
  g_autofree gboolean *banned = g_new0 (gboolean, n_places + 1);
  Plan self = { places, n_places, people, n_visits, columns, 0, 0, TRUE, G_MAXINT64, chosen };

  for (guint i = 0; i < n_visits; i++)
    chosen[i] = RCP_DAY_PLAN_NONE;
  number_columns (&self);
  search (&self, banned);
  return self.is_exact;
}
