/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The times that other desks are about to book. */

#define G_LOG_DOMAIN "rcp-board-grid-marks"

#include "config.h"

#include "rcp-board-grid-private.h"
#include "rcp-mark-chip.h"

#define KEY "rcp-board-grid-marks"

/* What the grid keeps for this. */
typedef struct
{
  RcpBookingMarks *marks; /* or NULL */
  GPtrArray *chips;       /* of RcpMarkChip: children of the grid */
} Marks;

static void
marks_free (gpointer data)
{
  Marks *self = data;

  g_clear_object (&self->marks);
  g_ptr_array_unref (self->chips);
  g_free (self);
}

static Marks *
get_marks (RcpBoardGrid *grid)
{
  Marks *self = g_object_get_data (G_OBJECT (grid), KEY);

  if (self)
    return self;
  self = g_new0 (Marks, 1);
  self->chips = g_ptr_array_new ();
  g_object_set_data_full (G_OBJECT (grid), KEY, self, marks_free);
  return self;
}

/* FALSE: the board does not show that time. */
static gboolean
find_place (RcpBoardGrid *self, const RcpBookingMark *mark, guint *column, RcpBoardSpan *span)
{
  RcpBoardSpan hours = rcp_board_model_get_hours (self->model);

  for (*column = 0; *column < rcp_board_model_get_n_columns (self->model); (*column)++)
    {
      if (g_strcmp0 (rcp_board_model_get_schedule_id (self->model, *column), mark->schedule_id) != 0)
        continue;
      span->start = rcp_board_model_get_minute (self->model, *column, mark->range.start);
      span->end = span->start + (int) ((mark->range.end - mark->range.start) / G_TIME_SPAN_MINUTE);
      if (span->start >= hours.start && span->start < hours.end)
        return TRUE;
    }
  return FALSE;
}

/* As many chips as there are marks; each is kept for the next mark when its own goes. */
static void
make_chips (RcpBoardGrid *self, GPtrArray *chips, guint n_wanted)
{
  while (chips->len < n_wanted)
    {
      GtkWidget *chip = rcp_mark_chip_new ();

      gtk_widget_set_parent (chip, GTK_WIDGET (self));
      gtk_widget_set_child_visible (chip, FALSE);
      g_ptr_array_add (chips, chip);
    }
}

/* Who goes through the free times hears of it too. */
static void
tell_free_time (RcpBoardGrid *self, GPtrArray *marks)
{
  g_autofree char *words = NULL;
  RcpBoardStop stop;
  RcpBoardSpan span;
  guint column, of_mark;

  if (!rcp_board_model_get_cursor (self->model, &column, &stop) || stop.visit)
    return;
  for (guint i = 0; marks && !words && i < marks->len; i++)
    if (find_place (self, marks->pdata[i], &of_mark, &span) && of_mark == column && span.start < stop.span.end
        && stop.span.start < span.end)
      words = rcp_mark_describe (marks->pdata[i]);
  rcp_free_time_set_mark (self->free_time, words);
}

void
rcp_board_grid_allocate_marks (RcpBoardGrid *self)
{
  Marks *own = get_marks (self);
  GPtrArray *marks = own->marks ? rcp_booking_marks_get (own->marks) : NULL;
  guint n_marks = marks ? marks->len : 0;

  make_chips (self, own->chips, n_marks);
  for (guint i = 0; i < own->chips->len; i++)
    {
      GtkWidget *chip = own->chips->pdata[i];
      guint column;
      RcpBoardSpan span;
      gboolean is_shown = i < n_marks && find_place (self, marks->pdata[i], &column, &span);

      gtk_widget_set_child_visible (chip, is_shown);
      if (!is_shown)
        continue;
      rcp_mark_chip_set_mark (RCP_MARK_CHIP (chip), marks->pdata[i], rcp_board_model_get_column_name (self->model, column),
                              rcp_board_model_get_zone (self->model));
      rcp_board_grid_allocate_span (self, chip, column, span, 0, 1);
    }
  tell_free_time (self, marks);
}

/* Over the visits: a time may be full, and be booked all the same. */
void
rcp_board_grid_paint_marks (RcpBoardGrid *self, GtkSnapshot *snapshot)
{
  GPtrArray *chips = get_marks (self)->chips;

  for (guint i = 0; i < chips->len; i++)
    if (gtk_widget_get_child_visible (chips->pdata[i]))
      gtk_widget_snapshot_child (GTK_WIDGET (self), chips->pdata[i], snapshot);
}

/**
 * rcp_board_grid_set_marks:
 * @self: a board
 * @marks: (nullable): what other desks are about to book
 *
 * Shows them until others are set.
 */
void
rcp_board_grid_set_marks (RcpBoardGrid *self, RcpBookingMarks *marks)
{
  Marks *own;

  g_return_if_fail (RCP_IS_BOARD_GRID (self));

  own = get_marks (self);
  if (own->marks == marks)
    return;
  if (own->marks)
    g_signal_handlers_disconnect_by_func (own->marks, gtk_widget_queue_resize, self);
  g_set_object (&own->marks, marks);
  if (marks)
    g_signal_connect_object (marks, "changed", G_CALLBACK (gtk_widget_queue_resize), self, G_CONNECT_SWAPPED);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}
