/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A held visit on the board: where it may not be put, and where it would be. */

#define G_LOG_DOMAIN "rcp-board-grid-hold"

#include "config.h"

#include <math.h>

#include "rcp-board-grid-private.h"
#include "ui/move/rcp-held-place.h"
#include "ui/rcp-ui-compat.h"

/* Minutes below the place that are to be seen too: the bar that names the conflicts takes that much from the board as it comes. */
#define BELOW 60

gboolean
rcp_board_grid_is_holding (RcpBoardGrid *self)
{
  return self->hold && rcp_hold_model_get_held (self->hold);
}

static void
reveal_place (RcpBoardGrid *self, guint column, RcpBoardSpan span)
{
  RcpBoardStop stop = { { span.start, span.end + BELOW }, NULL };

  rcp_board_grid_reveal (self, column, &stop);
}

/**
 * rcp_board_grid_grab_place:
 * @self: a board
 *
 * Returns: whether a visit is held; its place has the keyboard then
 */
gboolean
rcp_board_grid_grab_place (RcpBoardGrid *self)
{
  RcpBoardSpan span;
  guint column;

  if (!self->hold || !rcp_hold_model_get_place (self->hold, &column, &span))
    return FALSE;
  gtk_widget_set_child_visible (self->place, TRUE);
  if (!self->is_dragging)
    reveal_place (self, column, span);
  gtk_widget_grab_focus (self->place);
  return TRUE;
}

/* Whether the arrows move what is held. */
gboolean
rcp_board_grid_step_held (RcpBoardGrid *self, RcpBoardMove move)
{
  if (!rcp_board_grid_is_holding (self))
    return FALSE;
  if (!rcp_hold_model_step (self->hold, move))
    gtk_widget_error_bell (GTK_WIDGET (self));
  return TRUE;
}

void
rcp_board_grid_allocate_place (RcpBoardGrid *self)
{
  RcpBoardSpan span;
  guint column;
  gboolean has_place = self->hold && rcp_hold_model_get_place (self->hold, &column, &span);

  gtk_widget_set_child_visible (self->place, has_place);
  if (has_place)
    rcp_board_grid_allocate_span (self, self->place, column, span, 0, 1);
  rcp_board_grid_allocate_marks (self);
}

static void
paint_column (RcpBoardGrid *self, GtkSnapshot *snapshot, guint column, const GdkRGBA *color)
{
  const RcpBoardGeometry *geometry = &self->geometry;
  GArray *shades = rcp_hold_model_get_shades (self->hold, column);
  double x = floor (rcp_board_geometry_get_x (geometry, column)) + 1;
  double width = floor (rcp_board_geometry_get_column_width (geometry)) - 1;

  for (guint i = 0; shades && i < shades->len; i++)
    {
      const RcpBoardSpan *shade = &g_array_index (shades, RcpBoardSpan, i);
      double y = rcp_board_geometry_get_y (geometry, shade->start);
      double height = (shade->end - shade->start) * geometry->scale;

      gtk_snapshot_append_color (snapshot, color, &GRAPHENE_RECT_INIT ((float) x, (float) floor (y), (float) width, (float) ceil (height)));
    }
}

/* Over the visits: what is bright is where it may be put. */
void
rcp_board_grid_paint_hold (RcpBoardGrid *self, GtkSnapshot *snapshot, guint first, guint end, const GdkRGBA *text)
{
  GdkRGBA shade = *text;

  rcp_board_grid_paint_marks (self, snapshot);
  if (!rcp_board_grid_is_holding (self))
    return;
  shade.alpha *= 0.16f;
  for (guint column = first; column < end; column++)
    paint_column (self, snapshot, column, &shade);
  if (gtk_widget_get_child_visible (self->place))
    gtk_widget_snapshot_child (GTK_WIDGET (self), self->place, snapshot);
}

static void
on_hold_changed_cb (RcpBoardGrid *self)
{
  gboolean holds = rcp_board_grid_is_holding (self);
  gboolean had_focus = gtk_widget_is_focus (self->place);

  /* What is only not mapped is read aloud as if it were there. */
  if (holds)
    {
      gtk_widget_set_visible (self->place, TRUE);
      rcp_held_place_show (RCP_HELD_PLACE (self->place), self->hold);
      /* Once it was put, the keyboard may be elsewhere. */
      if (!rcp_hold_model_is_busy (self->hold) || rcp_compat_has_focus_within (GTK_WIDGET (self)))
        rcp_board_grid_grab_place (self);
    }
  else
    {
      if (had_focus)
        rcp_board_grid_grab_cursor (self);
      gtk_widget_set_child_visible (self->place, FALSE);
      gtk_widget_set_visible (self->place, FALSE);
    }
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

/**
 * rcp_board_grid_set_hold:
 * @self: a board
 * @hold: the hand that puts visits on it
 *
 * To be called once.
 */
void
rcp_board_grid_set_hold (RcpBoardGrid *self, RcpHoldModel *hold)
{
  g_return_if_fail (RCP_IS_BOARD_GRID (self));
  g_return_if_fail (RCP_IS_HOLD_MODEL (hold) && !self->hold);

  self->hold = g_object_ref (hold);
  g_signal_connect_object (hold, "changed", G_CALLBACK (on_hold_changed_cb), self, G_CONNECT_SWAPPED);
  rcp_board_grid_add_drag (self);
  rcp_board_grid_add_sweep (self);
}
