/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Blocking time on the board: where the popover opens, and what is freed. */

#define G_LOG_DOMAIN "rcp-board-view-blocks"

#include "config.h"

#include "rcp-board-view-private.h"
#include "ui/move/rcp-block-popover.h"

/* By the keyboard: an hour, as a lunch is. */
#define USUAL_MINUTES 60

static void
ask (RcpBoardView *self, guint column, RcpBoardSpan span)
{
  RcpTimeRange range = rcp_board_model_get_time (self->model, column, span);
  graphene_rect_t area, bounds;

  if (!rcp_board_grid_get_area (self->grid, column, span, &area)
      || !gtk_widget_compute_bounds (GTK_WIDGET (self->grid), GTK_WIDGET (self), &bounds))
    return;
  if (!self->block_popover)
    {
      self->block_popover = rcp_block_popover_new ();
      gtk_widget_set_parent (self->block_popover, GTK_WIDGET (self));
      g_signal_connect_object (self->block_popover, "closed", G_CALLBACK (rcp_board_grid_clear_sweep), self->grid, G_CONNECT_SWAPPED);
    }
  rcp_board_grid_sweep_to (self->grid, column, span.start, span.end);
  rcp_block_popover_set_time (RCP_BLOCK_POPOVER (self->block_popover), rcp_board_model_get_schedule_id (self->model, column), range);
  gtk_popover_set_pointing_to (GTK_POPOVER (self->block_popover),
                               &(GdkRectangle) { (int) (bounds.origin.x + area.origin.x), (int) (bounds.origin.y + area.origin.y),
                                                 (int) area.size.width, (int) area.size.height });
  gtk_popover_set_position (GTK_POPOVER (self->block_popover), GTK_POS_RIGHT);
  gtk_popover_popup (GTK_POPOVER (self->block_popover));
}

static void
on_block_activated (GtkWidget *widget, const char *action, GVariant *parameter)
{
  RcpBoardSpan span;
  guint column;

  g_variant_get (parameter, "(uii)", &column, &span.start, &span.end);
  ask (RCP_BOARD_VIEW (widget), column, span);
}

static void
on_block_here_activated (GtkWidget *widget, const char *action, GVariant *parameter)
{
  RcpBoardView *self = RCP_BOARD_VIEW (widget);
  RcpBoardStop stop;
  guint column;

  if (!rcp_board_model_get_cursor (self->model, &column, &stop) || stop.block)
    gtk_widget_error_bell (widget);
  else
    ask (self, column, (RcpBoardSpan) { stop.span.start, stop.span.start + USUAL_MINUTES });
}

static void
on_unblock_activated (GtkWidget *widget, const char *action, GVariant *parameter)
{
  RcpBoardView *self = RCP_BOARD_VIEW (widget);
  RcpBoardStop stop;
  guint column;

  if (!rcp_board_model_get_cursor (self->model, &column, &stop) || !stop.block)
    gtk_widget_error_bell (widget);
  else
    gtk_widget_activate_action (widget, "win.unblock-time", "(sxx)", rcp_board_model_get_schedule_id (self->model, column),
                                stop.block->range.start, stop.block->range.end);
}

gboolean
rcp_board_view_stop_sweep (RcpBoardView *self)
{
  g_return_val_if_fail (RCP_IS_BOARD_VIEW (self), FALSE);

  return rcp_board_grid_stop_sweep (self->grid);
}

void
rcp_board_view_class_add_block_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "board.block", "(uii)", on_block_activated);
  gtk_widget_class_install_action (widget_class, "board.block-here", NULL, on_block_here_activated);
  gtk_widget_class_install_action (widget_class, "board.unblock", NULL, on_unblock_activated);
}
