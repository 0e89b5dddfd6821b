/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-busy"

#include "rcp-busy.h"

/* A range begins or ends. */
typedef struct
{
  gint64 instant;
  RcpBusyKind kind;
  int step; /* +1 or -1 */
} Edge;

static int
compare_edges (gconstpointer a, gconstpointer b)
{
  const Edge *left = a;
  const Edge *right = b;

  return (left->instant > right->instant) - (left->instant < right->instant);
}

static GArray *
collect_edges (GArray *busy)
{
  GArray *edges = g_array_sized_new (FALSE, FALSE, sizeof (Edge), busy->len * 2);

  for (guint i = 0; i < busy->len; i++)
    {
      const RcpBusy *item = &g_array_index (busy, RcpBusy, i);
      Edge begins = { item->range.start, item->kind, 1 };
      Edge ends = { item->range.end, item->kind, -1 };

      if (item->kind == RCP_BUSY_NONE || item->range.start >= item->range.end)
        continue;
      g_array_append_val (edges, begins);
      g_array_append_val (edges, ends);
    }
  g_array_sort (edges, compare_edges);
  return edges;
}

static RcpBusyKind
get_strongest (const int *open)
{
  for (RcpBusyKind kind = RCP_BUSY_AWAY; kind > RCP_BUSY_NONE; kind--)
    if (open[kind] > 0)
      return kind;
  return RCP_BUSY_NONE;
}

static void
append (GArray *busy, gint64 start, gint64 end, RcpBusyKind kind)
{
  RcpBusy *last = busy->len > 0 ? &g_array_index (busy, RcpBusy, busy->len - 1) : NULL;
  RcpBusy item = { { start, end }, kind };

  if (kind == RCP_BUSY_NONE || start >= end)
    return;
  if (last != NULL && last->kind == kind && last->range.end == start)
    last->range.end = end;
  else
    g_array_append_val (busy, item);
}

/**
 * rcp_busy_normalize:
 * @busy: (element-type RcpBusy): in any order, overlapping or not
 *
 * Sorts in place, so that no two overlap: each instant has the strongest kind that covered it. What covers nothing goes.
 */
void
rcp_busy_normalize (GArray *busy)
{
  g_autoptr (GArray) edges = NULL;
  int open[RCP_BUSY_AWAY + 1] = { 0 };
  gint64 since = 0;

  g_return_if_fail (busy != NULL);

  edges = collect_edges (busy);
  g_array_set_size (busy, 0);
  for (guint i = 0; i < edges->len; i++)
    {
      const Edge *edge = &g_array_index (edges, Edge, i);

      append (busy, since, edge->instant, get_strongest (open));
      open[edge->kind] += edge->step;
      since = edge->instant;
    }
}
