/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-conflicts"

#include "rcp-conflicts.h"

struct _RcpConflicts
{
  RcpTimeRange day;
  gint64 duration;
  gint64 now;
  GArray *open;         /* of RcpTimeRange, normalized; NULL: always */
  GPtrArray *obstacles; /* of RcpConflict */
};

/* Where the kinds of the illegal starts change. */
typedef struct
{
  gint64 at;
  RcpConflictKind kind;
  int step; /* +1: one more reason from here on, -1: one less */
} Edge;

void
rcp_conflict_free (RcpConflict *conflict)
{
  if (conflict == NULL)
    return;
  g_clear_object (&conflict->visit);
  g_free (conflict->words);
  g_free (conflict);
}

static RcpConflict *
conflict_new (RcpConflictKind kind, RcpTimeRange range)
{
  RcpConflict *conflict = g_new0 (RcpConflict, 1);

  conflict->kind = kind;
  conflict->range = range;
  return conflict;
}

static RcpConflict *
conflict_copy (const RcpConflict *conflict)
{
  RcpConflict *copy = conflict_new (conflict->kind, conflict->range);

  g_set_object (&copy->visit, conflict->visit);
  copy->block = conflict->block;
  copy->words = g_strdup (conflict->words);
  return copy;
}

/**
 * rcp_conflicts_new:
 * @day: the starts that are asked for
 * @duration: of the visit, microseconds
 * @now: the time
 *
 * Returns: (transfer full): nothing is in the way but what is over
 */
RcpConflicts *
rcp_conflicts_new (RcpTimeRange day, gint64 duration, gint64 now)
{
  RcpConflicts *self = g_new0 (RcpConflicts, 1);

  self->day = day;
  self->duration = MAX (duration, 1);
  self->now = now;
  self->obstacles = g_ptr_array_new_with_free_func ((GDestroyNotify)rcp_conflict_free);
  return self;
}

void
rcp_conflicts_free (RcpConflicts *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->open, g_array_unref);
  g_ptr_array_unref (self->obstacles);
  g_free (self);
}

/**
 * rcp_conflicts_set_hours:
 * @self: conflicts
 * @open: (element-type RcpTimeRange): when the provider works; blocked time is among it
 */
void
rcp_conflicts_set_hours (RcpConflicts *self, GArray *open)
{
  g_return_if_fail (self != NULL && open != NULL);

  g_clear_pointer (&self->open, g_array_unref);
  self->open = g_array_copy (open);
  rcp_time_ranges_normalize (self->open);
}

void
rcp_conflicts_add_visit (RcpConflicts *self, RcpConflictKind kind, RcpVisit *visit)
{
  RcpConflict *conflict;

  g_return_if_fail (self != NULL && RCP_IS_VISIT (visit));

  conflict = conflict_new (kind, rcp_visit_get_range (visit));
  conflict->visit = g_object_ref (visit);
  g_ptr_array_add (self->obstacles, conflict);
}

void
rcp_conflicts_add_block (RcpConflicts *self, const RcpBlock *block)
{
  RcpConflict *conflict;

  g_return_if_fail (self != NULL && block != NULL);

  conflict = conflict_new (RCP_CONFLICT_BLOCKED, block->range);
  conflict->block = block->kind;
  conflict->words = g_strdup (block->words);
  g_ptr_array_add (self->obstacles, conflict);
}

void
rcp_conflicts_add_closed (RcpConflicts *self, RcpTimeRange closed)
{
  g_return_if_fail (self != NULL);

  g_ptr_array_add (self->obstacles, conflict_new (RCP_CONFLICT_CLOSED, closed));
}

static gboolean
is_in_hours (RcpConflicts *self, RcpTimeRange visit)
{
  guint index;

  if (self->open == NULL)
    return TRUE;
  index = rcp_time_ranges_find (self->open, visit.start);
  return index < self->open->len && rcp_time_range_contains (g_array_index (self->open, RcpTimeRange, index), visit);
}

static int
compare_conflicts (gconstpointer a, gconstpointer b)
{
  const RcpConflict *left = *(const RcpConflict *const *)a;
  const RcpConflict *right = *(const RcpConflict *const *)b;

  if (left->kind != right->kind)
    return left->kind < right->kind ? -1 : 1;
  return (left->range.start > right->range.start) - (left->range.start < right->range.start);
}

/**
 * rcp_conflicts_at:
 * @self: conflicts
 * @start: when the visit would begin
 *
 * Returns: (transfer full) (element-type RcpConflict): all that is in its way; empty when it may
 */
GPtrArray *
rcp_conflicts_at (RcpConflicts *self, gint64 start)
{
  GPtrArray *found = g_ptr_array_new_with_free_func ((GDestroyNotify)rcp_conflict_free);
  RcpTimeRange visit = { start, start + self->duration };

  if (start < self->now)
    g_ptr_array_add (found, conflict_new (RCP_CONFLICT_PAST, (RcpTimeRange){ start, start }));
  if (!is_in_hours (self, visit))
    g_ptr_array_add (found, conflict_new (RCP_CONFLICT_HOURS, (RcpTimeRange){ start, start }));
  for (guint i = 0; i < self->obstacles->len; i++)
    {
      const RcpConflict *obstacle = self->obstacles->pdata[i];

      if (rcp_time_range_overlaps (obstacle->range, visit))
        g_ptr_array_add (found, conflict_copy (obstacle));
    }
  g_ptr_array_sort (found, compare_conflicts);
  return found;
}

guint
rcp_conflicts_kinds_at (RcpConflicts *self, gint64 start)
{
  RcpTimeRange visit = { start, start + self->duration };
  guint kinds = start < self->now ? RCP_CONFLICT_BIT (RCP_CONFLICT_PAST) : 0;

  if (!is_in_hours (self, visit))
    kinds |= RCP_CONFLICT_BIT (RCP_CONFLICT_HOURS);
  for (guint i = 0; i < self->obstacles->len; i++)
    {
      const RcpConflict *obstacle = self->obstacles->pdata[i];

      if (rcp_time_range_overlaps (obstacle->range, visit))
        kinds |= RCP_CONFLICT_BIT (obstacle->kind);
    }
  return kinds;
}

/* The starts [@from, @to) are illegal. */
static void
add_edges (RcpConflicts *self, GArray *edges, RcpConflictKind kind, gint64 from, gint64 to)
{
  Edge begin = { MAX (from, self->day.start), kind, 1 };
  Edge end = { MIN (to, self->day.end), kind, -1 };

  if (begin.at >= end.at)
    return;
  g_array_append_val (edges, begin);
  g_array_append_val (edges, end);
}

/* A visit may start from where a range opens until it just fits before it closes. */
static void
add_closed_hours (RcpConflicts *self, GArray *edges)
{
  gint64 legal_until = self->day.start;

  if (self->open == NULL)
    return;
  for (guint i = 0; i < self->open->len; i++)
    {
      RcpTimeRange open = g_array_index (self->open, RcpTimeRange, i);

      if (open.end - open.start < self->duration)
        continue;
      add_edges (self, edges, RCP_CONFLICT_HOURS, legal_until, open.start);
      legal_until = MAX (legal_until, open.end - self->duration + 1);
    }
  add_edges (self, edges, RCP_CONFLICT_HOURS, legal_until, self->day.end);
}

static int
compare_edges (gconstpointer a, gconstpointer b)
{
  const Edge *left = a;
  const Edge *right = b;

  return (left->at > right->at) - (left->at < right->at);
}

static void
append_shade (GArray *shades, gint64 from, gint64 to, guint kinds)
{
  RcpShade *last = shades->len > 0 ? &g_array_index (shades, RcpShade, shades->len - 1) : NULL;
  RcpShade shade = { { from, to }, kinds };

  if (kinds == 0 || from >= to)
    return;
  if (last != NULL && last->starts.end == from && last->kinds == kinds)
    last->starts.end = to;
  else
    g_array_append_val (shades, shade);
}

/**
 * rcp_conflicts_shade:
 * @self: conflicts
 *
 * Returns: (transfer full) (element-type RcpShade): the starts of the day at which the visit may not begin, and why, in
 *   order; exact, whatever the grain
 */
GArray *
rcp_conflicts_shade (RcpConflicts *self)
{
  GArray *shades = g_array_new (FALSE, FALSE, sizeof (RcpShade));
  g_autoptr (GArray) edges = g_array_new (FALSE, FALSE, sizeof (Edge));
  guint counts[RCP_CONFLICT_ROOM + 1] = { 0 };
  guint kinds = 0;
  gint64 at = self->day.start;

  add_edges (self, edges, RCP_CONFLICT_PAST, self->day.start, self->now);
  add_closed_hours (self, edges);
  for (guint i = 0; i < self->obstacles->len; i++)
    {
      const RcpConflict *obstacle = self->obstacles->pdata[i];

      if (obstacle->range.start < obstacle->range.end)
        add_edges (self, edges, obstacle->kind, obstacle->range.start - self->duration + 1, obstacle->range.end);
    }
  g_array_sort (edges, compare_edges);
  for (guint i = 0; i < edges->len; i++)
    {
      const Edge *edge = &g_array_index (edges, Edge, i);

      append_shade (shades, at, edge->at, kinds);
      at = MAX (at, edge->at);
      counts[edge->kind] += edge->step;
      if (counts[edge->kind] > 0)
        kinds |= RCP_CONFLICT_BIT (edge->kind);
      else
        kinds &= ~RCP_CONFLICT_BIT (edge->kind);
    }
  return shades;
}
