/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Time that is kept for something else than visits. */

#define G_LOG_DOMAIN "rcp-board-blocks"

#include "config.h"

#include "rcp-board-model-private.h"

static void
clear_block (gpointer data)
{
  g_clear_pointer (&((RcpBlock *) data)->words, g_ref_string_release);
}

static GArray *
copy_blocks (GArray *blocks)
{
  GArray *copy = g_array_new (FALSE, FALSE, sizeof (RcpBlock));

  g_array_set_clear_func (copy, clear_block);
  for (guint i = 0; i < blocks->len; i++)
    {
      RcpBlock block = g_array_index (blocks, RcpBlock, i);

      if (block.words)
        g_ref_string_acquire (block.words);
      g_array_append_val (copy, block);
    }
  return copy;
}

static gboolean
blocks_equal (GArray *a, GArray *b)
{
  if (!a || a->len != b->len)
    return a == NULL && b->len == 0;
  for (guint i = 0; i < a->len; i++)
    {
      const RcpBlock *first = &g_array_index (a, RcpBlock, i), *second = &g_array_index (b, RcpBlock, i);

      if (first->range.start != second->range.start || first->range.end != second->range.end || first->kind != second->kind
          || g_strcmp0 (first->words, second->words) != 0)
        return FALSE;
    }
  return TRUE;
}

/**
 * rcp_board_model_set_blocks:
 * @self: a board
 * @schedule_id: whose
 * @blocks: (element-type RcpBlock): of the shown days, by start; copied
 */
void
rcp_board_model_set_blocks (RcpBoardModel *self, const char *schedule_id, GArray *blocks)
{
  g_return_if_fail (RCP_IS_BOARD_MODEL (self));
  g_return_if_fail (schedule_id != NULL);

  if (blocks_equal (g_hash_table_lookup (self->blocks, schedule_id), blocks))
    return;
  g_hash_table_insert (self->blocks, g_strdup (schedule_id), copy_blocks (blocks));
  rcp_board_model_contents_changed (self);
}

const RcpBlock *
rcp_board_model_get_blocks (RcpBoardModel *self, guint index, guint *n_blocks)
{
  RcpBoardColumn *column = rcp_board_model_get_column (self, index);
  GArray *blocks = column ? g_hash_table_lookup (self->blocks, rcp_board_column_get_schedule_id (column)) : NULL;
  RcpTimeRange day = column ? rcp_board_model_get_day_of (self, column)->range : (RcpTimeRange) { 0, 0 };
  guint first = 0;

  while (blocks && first < blocks->len && g_array_index (blocks, RcpBlock, first).range.start < day.start)
    first++;
  *n_blocks = 0;
  while (blocks && first + *n_blocks < blocks->len && g_array_index (blocks, RcpBlock, first + *n_blocks).range.start < day.end)
    (*n_blocks)++;
  return *n_blocks > 0 ? &g_array_index (blocks, RcpBlock, first) : NULL;
}

RcpBoardSpan
rcp_board_model_get_block_span (RcpBoardModel *self, guint column, const RcpBlock *block)
{
  return (RcpBoardSpan) { rcp_board_model_get_minute (self, column, block->range.start),
                          rcp_board_model_get_minute (self, column, block->range.end) };
}

static int
compare_stops (gconstpointer a, gconstpointer b)
{
  return ((const RcpBoardStop *) a)->span.start - ((const RcpBoardStop *) b)->span.start;
}

/* The keyboard stops at them too, to free them. */
void
rcp_board_model_add_block_stops (RcpBoardModel *self, guint column, GArray *stops)
{
  guint n_blocks;
  const RcpBlock *blocks = rcp_board_model_get_blocks (self, column, &n_blocks);

  for (guint i = 0; i < n_blocks; i++)
    {
      RcpBoardStop stop = { rcp_board_model_get_block_span (self, column, &blocks[i]), NULL, &blocks[i], NULL };

      g_array_append_val (stops, stop);
    }
  if (n_blocks > 0)
    g_array_sort (stops, compare_stops);
}

const char *
rcp_board_model_get_schedule_id (RcpBoardModel *self, guint index)
{
  RcpBoardColumn *column = rcp_board_model_get_column (self, index);

  return column ? rcp_board_column_get_schedule_id (column) : NULL;
}
