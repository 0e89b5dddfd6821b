/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rcp-board-lanes"

#include "config.h"

#include "rcp-board-lanes.h"

static guint
find_lane (GArray *ends, int start)
{
  guint lane;

  for (lane = 0; lane < ends->len; lane++)
    if (g_array_index (ends, int, lane) <= start)
      break;
  if (lane == ends->len)
    g_array_set_size (ends, lane + 1);
  return lane;
}

static void
share_width (GArray *items, guint first, guint end, guint n_lanes)
{
  for (guint i = first; i < end; i++)
    g_array_index (items, RcpBoardItem, i).n_lanes = MAX (1, n_lanes);
}

/**
 * rcp_board_lanes_lay:
 * @items: (element-type RcpBoardItem): of one column, sorted by start
 *
 * Visits that overlap, directly or through others, share the width of the column in equal lanes.
 */
void
rcp_board_lanes_lay (GArray *items)
{
  g_autoptr (GArray) ends = g_array_new (FALSE, TRUE, sizeof (int));
  guint first = 0;
  int group_end = G_MININT;

  for (guint i = 0; i < items->len; i++)
    {
      RcpBoardItem *item = &g_array_index (items, RcpBoardItem, i);

      if (item->start >= group_end)
        {
          share_width (items, first, i, ends->len);
          g_array_set_size (ends, 0);
          first = i;
        }
      item->lane = find_lane (ends, item->start);
      g_array_index (ends, int, item->lane) = item->end;
      group_end = MAX (group_end, item->end);
    }
  share_width (items, first, items->len, ends->len);
}

static gboolean
is_taken (GArray *items, int start, int end)
{
  for (guint i = 0; i < items->len; i++)
    {
      const RcpBoardItem *item = &g_array_index (items, RcpBoardItem, i);

      if (item->start >= end)
        break;
      if (item->end > start)
        return TRUE;
    }
  return FALSE;
}

static int
compare_stops (gconstpointer a, gconstpointer b)
{
  const RcpBoardStop *first = a, *second = b;

  if (first->span.start != second->span.start)
    return first->span.start < second->span.start ? -1 : 1;
  return 0;
}

/**
 * rcp_board_lanes_collect_stops:
 * @items: (element-type RcpBoardItem): of one column
 * @open: (element-type RcpBoardSpan): its working time
 * @grain: minutes of one free piece
 *
 * Returns: (transfer full) (element-type RcpBoardStop): what the keyboard stops at, from top to bottom
 */
GArray *
rcp_board_lanes_collect_stops (GArray *items, GArray *open, int grain)
{
  GArray *stops = g_array_new (FALSE, TRUE, sizeof (RcpBoardStop));

  g_return_val_if_fail (grain > 0, stops);

  for (guint i = 0; i < items->len; i++)
    {
      const RcpBoardItem *item = &g_array_index (items, RcpBoardItem, i);
      RcpBoardStop stop = { { item->start, item->end }, item->visit };

      g_array_append_val (stops, stop);
    }
  for (guint i = 0; i < open->len; i++)
    {
      const RcpBoardSpan *span = &g_array_index (open, RcpBoardSpan, i);

      for (int start = span->start; start + grain <= span->end; start += grain)
        {
          RcpBoardStop stop = { { start, start + grain }, NULL };

          if (!is_taken (items, start, start + grain))
            g_array_append_val (stops, stop);
        }
    }
  g_array_sort (stops, compare_stops);
  return stops;
}
