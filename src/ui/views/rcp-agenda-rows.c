/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rcp-agenda-rows"

#include "config.h"

#include "rcp-agenda-rows.h"

gboolean
rcp_agenda_rows_has_times (RcpBoardModel *model)
{
  g_return_val_if_fail (RCP_IS_BOARD_MODEL (model), FALSE);

  return rcp_board_model_get_n_owners (model) == 1;
}

static int
compare_rows (gconstpointer a, gconstpointer b)
{
  const RcpAgendaRow *first = *(RcpAgendaRow *const *) a, *second = *(RcpAgendaRow *const *) b;

  if (first->range.start != second->range.start)
    return first->range.start < second->range.start ? -1 : 1;
  if (first->column != second->column)
    return first->column < second->column ? -1 : 1;
  return g_strcmp0 (first->visit ? rcp_visit_get_id (first->visit) : NULL, second->visit ? rcp_visit_get_id (second->visit) : NULL);
}

static void
add_visits (GPtrArray *rows, RcpBoardModel *model, guint column)
{
  guint n_items;
  const RcpBoardItem *items = rcp_board_model_get_items (model, column, &n_items);

  for (guint i = 0; i < n_items; i++)
    {
      RcpVisit *visit = items[i].visit;
      RcpAgendaRow *row = rcp_agenda_row_new_visit (rcp_board_model_get_column_date (model, column), visit,
                                                    rcp_board_model_find_provider (model, visit));

      row->range = rcp_visit_get_range (visit);
      row->column = column;
      g_ptr_array_add (rows, row);
    }
}

/* What a stop says of itself beside that it is free: (transfer full), or NULL. */
static char *
dup_words (RcpBoardModel *model, guint column, const RcpBoardStop *stop)
{
  if (stop->block)
    return g_strdup (stop->block->words && stop->block->words[0] ? stop->block->words : rcp_block_kind_to_label (stop->block->kind));
  return stop->busy ? rcp_board_model_describe_busy (model, column, stop->busy) : NULL;
}

/* The keyboard of the board goes in steps of a few minutes; here they are one time, as long as nothing else is known of it. */
static gboolean
goes_on (const RcpAgendaRow *row, RcpAgendaRowKind kind, RcpTimeRange range, const char *words)
{
  return row && kind == RCP_AGENDA_FREE && row->kind == kind && row->range.end == range.start && g_strcmp0 (row->words, words) == 0;
}

/* Free time that is over cannot be booked any more: nobody wants to read of it. */
static void
add_times (GPtrArray *rows, RcpBoardModel *model, guint column, gint64 now)
{
  g_autoptr (GArray) stops = rcp_board_model_collect_stops (model, column);
  RcpAgendaRow *last = NULL;

  for (guint i = 0; i < stops->len; i++)
    {
      const RcpBoardStop *stop = &g_array_index (stops, RcpBoardStop, i);
      RcpAgendaRowKind kind = rcp_board_stop_is_free (stop) ? RCP_AGENDA_FREE : RCP_AGENDA_KEPT;
      RcpTimeRange range = rcp_board_model_get_time (model, column, stop->span);
      g_autofree char *words = dup_words (model, column, stop);

      if (stop->visit || (kind == RCP_AGENDA_FREE && range.start < now))
        continue;
      if (goes_on (last, kind, range, words))
        {
          last->range.end = range.end;
          continue;
        }
      last = rcp_agenda_row_new_time (rcp_board_model_get_column_date (model, column), kind, range, words);
      last->column = column;
      g_set_object (&last->provider, rcp_board_model_get_provider (model, column));
      g_ptr_array_add (rows, last);
    }
}

static GPtrArray *
add_heads (GPtrArray *rows)
{
  GPtrArray *all = g_ptr_array_new_with_free_func (g_object_unref);
  RcpAgendaRow *head = NULL;

  for (guint i = 0; i < rows->len; i++)
    {
      RcpAgendaRow *row = rows->pdata[i];

      if (!head || g_date_compare (&head->date, &row->date) != 0)
        {
          head = rcp_agenda_row_new_head (&row->date);
          g_ptr_array_add (all, head);
        }
      head->n_visits += row->kind == RCP_AGENDA_VISIT;
      if (row->kind == RCP_AGENDA_FREE)
        head->free += row->range.end - row->range.start;
      g_ptr_array_add (all, g_object_ref (row));
    }
  return all;
}

GPtrArray *
rcp_agenda_rows_collect (RcpBoardModel *model, gint64 now)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func (g_object_unref);

  g_return_val_if_fail (RCP_IS_BOARD_MODEL (model), NULL);

  for (guint i = 0; i < rcp_board_model_get_n_columns (model); i++)
    {
      add_visits (rows, model, i);
      if (rcp_agenda_rows_has_times (model))
        add_times (rows, model, i, now);
    }
  g_ptr_array_sort (rows, compare_rows);
  return add_heads (rows);
}
