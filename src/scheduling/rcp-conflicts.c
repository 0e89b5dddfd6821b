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
  GPtrArray *rooms;     /* of RcpRoom: those with obstacles, borrowed from them; NULL stands for the only one */
  guint n_rooms;        /* to choose from */
};

/* Where the kinds of the illegal starts change. */
typedef struct
{
  gint64 at;
  RcpConflictKind kind;
  int step; /* +1: one more reason from here on, -1: one less */
  guint room; /* of RCP_CONFLICT_ROOM: index of @rooms, or KEPT */
} Edge;

#define KEPT G_MAXUINT

void
rcp_conflict_free (RcpConflict *conflict)
{
  if (conflict == NULL)
    return;
  g_clear_object (&conflict->visit);
  g_clear_object (&conflict->room);
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
  g_set_object (&copy->room, conflict->room);
  copy->is_kept = conflict->is_kept;
  copy->block = conflict->block;
  copy->busy = conflict->busy;
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
  self->rooms = g_ptr_array_new ();
  self->n_rooms = 1;
  self->obstacles = g_ptr_array_new_with_free_func ((GDestroyNotify)rcp_conflict_free);
  return self;
}

void
rcp_conflicts_free (RcpConflicts *self)
{
  if (self == NULL)
    return;
  g_clear_pointer (&self->open, g_array_unref);
  g_ptr_array_unref (self->rooms);
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

  if (kind == RCP_CONFLICT_ROOM)
    {
      rcp_conflicts_add_room_visit (self, NULL, rcp_visit_get_range (visit), visit);
      return;
    }
  conflict = conflict_new (kind, rcp_visit_get_range (visit));
  conflict->visit = g_object_ref (visit);
  g_ptr_array_add (self->obstacles, conflict);
}

static guint
find_room (RcpConflicts *self, RcpRoom *room)
{
  guint index;

  if (!g_ptr_array_find (self->rooms, room, &index))
    {
      index = self->rooms->len;
      g_ptr_array_add (self->rooms, room);
    }
  return index;
}

static RcpConflict *
add_of_room (RcpConflicts *self, RcpRoom *room, RcpTimeRange range, RcpVisit *visit)
{
  RcpConflict *conflict = conflict_new (RCP_CONFLICT_ROOM, range);

  g_set_object (&conflict->visit, visit);
  g_set_object (&conflict->room, room);
  g_ptr_array_add (self->obstacles, conflict);
  return conflict;
}

void
rcp_conflicts_add_room_visit (RcpConflicts *self, RcpRoom *room, RcpTimeRange range, RcpVisit *visit)
{
  g_return_if_fail (self != NULL);

  add_of_room (self, room, range, visit);
  find_room (self, room);
}

void
rcp_conflicts_add_kept_room_visit (RcpConflicts *self, RcpRoom *room, RcpTimeRange range, RcpVisit *visit)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (RCP_IS_ROOM (room));

  add_of_room (self, room, range, visit)->is_kept = TRUE;
}

void
rcp_conflicts_set_n_rooms (RcpConflicts *self, guint n_rooms)
{
  g_return_if_fail (self != NULL);

  self->n_rooms = n_rooms;
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
rcp_conflicts_add_busy (RcpConflicts *self, GArray *busy)
{
  g_return_if_fail (self != NULL && busy != NULL);

  for (guint i = 0; i < busy->len; i++)
    {
      const RcpBusy *item = &g_array_index (busy, RcpBusy, i);
      RcpConflict *conflict;

      if (!rcp_busy_kind_takes_time (item->kind) || !rcp_time_range_overlaps (item->range, self->day))
        continue;
      conflict = conflict_new (RCP_CONFLICT_BUSY, item->range);
      conflict->busy = item->kind;
      g_ptr_array_add (self->obstacles, conflict);
    }
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

/* Whether no room at all is free for @visit: each has something in the way. */
static gboolean
is_without_room (RcpConflicts *self, RcpTimeRange visit)
{
  g_autofree gboolean *taken = g_new0 (gboolean, MAX (self->rooms->len, 1));
  guint n_taken = 0;

  for (guint i = 0; i < self->obstacles->len; i++)
    {
      const RcpConflict *obstacle = self->obstacles->pdata[i];
      guint room;

      if (obstacle->kind != RCP_CONFLICT_ROOM || obstacle->is_kept || !rcp_time_range_overlaps (obstacle->range, visit))
        continue;
      room = find_room (self, obstacle->room);
      n_taken += !taken[room];
      taken[room] = TRUE;
    }
  return n_taken > 0 && n_taken >= self->n_rooms;
}

static gboolean
is_in_the_way (RcpConflicts *self, const RcpConflict *obstacle, RcpTimeRange visit, gboolean without_room)
{
  return rcp_time_range_overlaps (obstacle->range, visit)
         && (obstacle->kind != RCP_CONFLICT_ROOM || obstacle->is_kept || without_room);
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
  gboolean without_room = is_without_room (self, visit);

  if (start < self->now)
    g_ptr_array_add (found, conflict_new (RCP_CONFLICT_PAST, (RcpTimeRange){ start, start }));
  if (!is_in_hours (self, visit))
    g_ptr_array_add (found, conflict_new (RCP_CONFLICT_HOURS, (RcpTimeRange){ start, start }));
  for (guint i = 0; i < self->obstacles->len; i++)
    {
      const RcpConflict *obstacle = self->obstacles->pdata[i];

      if (is_in_the_way (self, obstacle, visit, without_room))
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
  gboolean without_room = is_without_room (self, visit);

  if (!is_in_hours (self, visit))
    kinds |= RCP_CONFLICT_BIT (RCP_CONFLICT_HOURS);
  for (guint i = 0; i < self->obstacles->len; i++)
    {
      const RcpConflict *obstacle = self->obstacles->pdata[i];

      if (is_in_the_way (self, obstacle, visit, without_room))
        kinds |= RCP_CONFLICT_BIT (obstacle->kind);
    }
  return kinds;
}

/* The starts [@from, @to) are illegal. */
static void
add_edges (RcpConflicts *self, GArray *edges, RcpConflictKind kind, guint room, gint64 from, gint64 to)
{
  Edge begin = { MAX (from, self->day.start), kind, 1, room };
  Edge end = { MIN (to, self->day.end), kind, -1, room };

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
      add_edges (self, edges, RCP_CONFLICT_HOURS, 0, legal_until, open.start);
      legal_until = MAX (legal_until, open.end - self->duration + 1);
    }
  add_edges (self, edges, RCP_CONFLICT_HOURS, 0, legal_until, self->day.end);
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

typedef struct
{
  guint counts[RCP_CONFLICT_ROOM + 1];
  GArray *of_room; /* of guint: how many obstacles each room has here */
  guint n_rooms;
  guint n_kept; /* obstacles of rooms that come along */
} Tally;

/* Whether a room that comes along is taken, or all of those of which one is needed. */
static gboolean
lacks_room (const Tally *tally)
{
  guint n_taken = tally->counts[RCP_CONFLICT_ROOM];

  return tally->n_kept > 0 || (n_taken > 0 && n_taken >= tally->n_rooms);
}

/* Whether there is a reason of the kind of @edge from there on. */
static gboolean
count_edge (Tally *tally, const Edge *edge)
{
  guint *of_room;

  if (edge->kind != RCP_CONFLICT_ROOM)
    return (tally->counts[edge->kind] += edge->step) > 0;
  if (edge->room == KEPT)
    {
      tally->n_kept += edge->step;
      return lacks_room (tally);
    }
  of_room = &g_array_index (tally->of_room, guint, edge->room);
  if (edge->step > 0 && (*of_room)++ == 0)
    tally->counts[RCP_CONFLICT_ROOM]++;
  else if (edge->step < 0 && --(*of_room) == 0)
    tally->counts[RCP_CONFLICT_ROOM]--;
  return lacks_room (tally);
}

static guint
get_room_index (RcpConflicts *self, const RcpConflict *obstacle)
{
  if (obstacle->kind != RCP_CONFLICT_ROOM)
    return 0;
  return obstacle->is_kept ? KEPT : find_room (self, obstacle->room);
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
  Tally tally = { .of_room = g_array_new (FALSE, TRUE, sizeof (guint)), .n_rooms = self->n_rooms };
  guint kinds = 0;
  gint64 at = self->day.start;

  add_edges (self, edges, RCP_CONFLICT_PAST, 0, self->day.start, self->now);
  add_closed_hours (self, edges);
  for (guint i = 0; i < self->obstacles->len; i++)
    {
      const RcpConflict *obstacle = self->obstacles->pdata[i];

      if (obstacle->range.start < obstacle->range.end)
        add_edges (self, edges, obstacle->kind, get_room_index (self, obstacle), obstacle->range.start - self->duration + 1,
                   obstacle->range.end);
    }
  g_array_set_size (tally.of_room, self->rooms->len);
  g_array_sort (edges, compare_edges);
  for (guint i = 0; i < edges->len; i++)
    {
      const Edge *edge = &g_array_index (edges, Edge, i);

      append_shade (shades, at, edge->at, kinds);
      at = MAX (at, edge->at);
      if (count_edge (&tally, edge))
        kinds |= RCP_CONFLICT_BIT (edge->kind);
      else
        kinds &= ~RCP_CONFLICT_BIT (edge->kind);
    }
  g_array_unref (tally.of_room);
  return shades;
}
