/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Visits that are dragged over the board. */

#define G_LOG_DOMAIN "rcp-board-grid-drag"

#include "config.h"

#include "rcp-board-grid-private.h"
#include "ui/rcp-drag-escape.h"

/* Nearer to the edge than this the board scrolls, by so much in a frame. */
#define EDGE 36
#define SCROLL_STEP 9

static RcpVisit *
find_visit (RcpBoardGrid *self, double x, double y, int *minutes_into)
{
  GtkWidget *picked = gtk_widget_pick (GTK_WIDGET (self), x, y, GTK_PICK_DEFAULT);
  GtkWidget *chip = picked ? (RCP_IS_VISIT_CHIP (picked) ? picked : gtk_widget_get_ancestor (picked, RCP_TYPE_VISIT_CHIP)) : NULL;
  RcpVisit *visit = chip ? rcp_visit_chip_get_visit (RCP_VISIT_CHIP (chip)) : NULL;
  guint column;
  int minute;

  if (visit && rcp_board_geometry_hit (&self->geometry, x, y, &column, &minute))
    *minutes_into = minute - rcp_board_model_get_minute (self->model, column, rcp_visit_get_range (visit).start);
  return visit;
}

static GdkContentProvider *
on_prepare_cb (GtkDragSource *source, double x, double y, RcpBoardGrid *self)
{
  RcpVisit *visit = find_visit (self, x, y, &self->grabbed);

  if (!visit || !rcp_visit_may_move (visit))
    return NULL;
  return gdk_content_provider_new_typed (RCP_TYPE_VISIT, visit);
}

static void
on_drag_began_cb (GtkDragSource *source, GdkDrag *drag, RcpBoardGrid *self)
{
  GdkContentProvider *content = gdk_drag_get_content (drag);
  g_auto (GValue) value = G_VALUE_INIT;
  RcpVisit *visit;
  GtkWidget *chip;

  g_value_init (&value, RCP_TYPE_VISIT);
  if (!gdk_content_provider_get_value (content, &value, NULL))
    return;
  visit = g_value_get_object (&value);
  self->is_dragging = TRUE;
  chip = rcp_board_grid_find_chip (self, visit);
  if (chip)
    {
      g_autoptr (GdkPaintable) picture = gtk_widget_paintable_new (chip);
      g_autoptr (GdkPaintable) still = gdk_paintable_get_current_image (picture);

      gtk_drag_source_set_icon (source, still, 12, 12);
    }
  /* When nothing comes of it, the keyboard is where the hand was. */
  rcp_board_model_set_cursor_visit (self->model, visit);
  rcp_hold_model_take (self->hold, visit);
}

/* Dropped nowhere: it stays where it is. */
static gboolean
on_drag_cancelled_cb (RcpBoardGrid *self)
{
  rcp_hold_model_let_go (self->hold);
  return FALSE;
}

static void
on_drag_ended_cb (RcpBoardGrid *self)
{
  self->is_dragging = FALSE;
  self->grabbed = 0;
}

static void
scroll_by (GtkAdjustment *adjustment, double by)
{
  if (adjustment && by != 0)
    gtk_adjustment_set_value (adjustment, gtk_adjustment_get_value (adjustment) + by);
}

static double
near_edge (double at, double start, double end)
{
  return at < start + EDGE ? -SCROLL_STEP : at > end - EDGE ? SCROLL_STEP : 0;
}

static void
put_under_pointer (RcpBoardGrid *self)
{
  guint column;
  int minute;

  if (rcp_board_geometry_hit (&self->geometry, self->pointer_x, self->pointer_y, &column, &minute))
    rcp_hold_model_set_place (self->hold, column, minute - self->grabbed);
}

static gboolean
on_edge_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  RcpBoardGrid *self = RCP_BOARD_GRID (widget);
  const RcpBoardGeometry *geometry = &self->geometry;
  double body = rcp_board_geometry_get_body_x (geometry);

  scroll_by (self->adjustments[GTK_ORIENTATION_VERTICAL], near_edge (self->pointer_y, geometry->head, geometry->height));
  scroll_by (self->adjustments[GTK_ORIENTATION_HORIZONTAL],
             near_edge (self->pointer_x, body, body + rcp_board_geometry_get_body_width (geometry)));
  put_under_pointer (self);
  return G_SOURCE_CONTINUE;
}

static void
stop_scrolling (RcpBoardGrid *self)
{
  if (self->edge_id)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->edge_id);
  self->edge_id = 0;
}

/**
 * rcp_board_grid_drag_to:
 * @self: a board
 * @x: of the pointer
 * @y: of the pointer
 *
 * Shows where the held visit would be put, and scrolls near an edge.
 */
void
rcp_board_grid_drag_to (RcpBoardGrid *self, double x, double y)
{
  const RcpBoardGeometry *geometry = &self->geometry;
  double body = rcp_board_geometry_get_body_x (geometry);

  g_return_if_fail (RCP_IS_BOARD_GRID (self));

  self->pointer_x = x;
  self->pointer_y = y;
  put_under_pointer (self);
  if (near_edge (y, geometry->head, geometry->height) == 0
      && near_edge (x, body, body + rcp_board_geometry_get_body_width (geometry)) == 0)
    stop_scrolling (self);
  else if (self->edge_id == 0)
    self->edge_id = gtk_widget_add_tick_callback (GTK_WIDGET (self), on_edge_cb, NULL, NULL);
}

static GdkDragAction
on_motion_cb (RcpBoardGrid *self, double x, double y)
{
  rcp_board_grid_drag_to (self, x, y);
  return GDK_ACTION_MOVE;
}

static gboolean
on_dropped_cb (RcpBoardGrid *self, const GValue *value, double x, double y)
{
  stop_scrolling (self);
  self->pointer_x = x;
  self->pointer_y = y;
  put_under_pointer (self);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.put", NULL);
  return TRUE;
}

void
rcp_board_grid_add_drag (RcpBoardGrid *self)
{
  GtkDragSource *source = gtk_drag_source_new ();
  GtkDropTarget *target = gtk_drop_target_new (RCP_TYPE_VISIT, GDK_ACTION_MOVE);

  gtk_drag_source_set_actions (source, GDK_ACTION_MOVE);
  g_signal_connect_object (source, "prepare", G_CALLBACK (on_prepare_cb), self, G_CONNECT_DEFAULT);
  g_signal_connect_object (source, "drag-begin", G_CALLBACK (on_drag_began_cb), self, G_CONNECT_DEFAULT);
  g_signal_connect_object (source, "drag-cancel", G_CALLBACK (on_drag_cancelled_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (source, "drag-end", G_CALLBACK (on_drag_ended_cb), self, G_CONNECT_SWAPPED);
  rcp_drag_escape_watch (source);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (source));
  g_signal_connect_object (target, "motion", G_CALLBACK (on_motion_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (target, "leave", G_CALLBACK (stop_scrolling), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (target, "drop", G_CALLBACK (on_dropped_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
}
