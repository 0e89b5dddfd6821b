/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Blocked time on the board, what calendars keep, and the time that is being blocked. */

#define G_LOG_DOMAIN "rcp-board-grid-blocks"

#include "config.h"

#include <math.h>

#include "rcp-board-grid-private.h"
#include "ui/rcp-ui-compat.h"

#define HATCH 10.0f
#define GRAIN 15

static gboolean
get_frame (RcpBoardGrid *self, guint column, RcpBoardSpan span, GskRoundedRect *frame)
{
  const RcpBoardGeometry *geometry = &self->geometry;
  double x = floor (rcp_board_geometry_get_x (geometry, column)) + RCP_BOARD_MARGIN;
  double y = floor (rcp_board_geometry_get_y (geometry, span.start)) + 1;
  double width = floor (rcp_board_geometry_get_column_width (geometry)) - 2 * RCP_BOARD_MARGIN;
  double height = floor ((span.end - span.start) * geometry->scale) - 1;

  if (width <= 0 || height <= 0 || y > geometry->height || y + height < 0)
    return FALSE;
  gsk_rounded_rect_init_from_rect (frame, &GRAPHENE_RECT_INIT ((float) x, (float) y, (float) width, (float) height), 6);
  return TRUE;
}

/* Broad stripes, so that they do not flicker with the text on them. */
static void
paint_hatched (GtkSnapshot *snapshot, const GskRoundedRect *frame, const GdkRGBA *text)
{
  const graphene_rect_t *bounds = &frame->bounds;
  GdkRGBA ground = *text, stripe = *text;
  GskColorStop stops[4];

  ground.alpha *= 0.06f;
  stripe.alpha *= 0.11f;
  stops[0] = (GskColorStop) { 0, ground };
  stops[1] = (GskColorStop) { 0.5f, ground };
  stops[2] = (GskColorStop) { 0.5f, stripe };
  stops[3] = (GskColorStop) { 1, stripe };
  gtk_snapshot_push_rounded_clip (snapshot, frame);
  gtk_snapshot_append_repeating_linear_gradient (snapshot, bounds, &bounds->origin,
                                                 &GRAPHENE_POINT_INIT (bounds->origin.x + HATCH, bounds->origin.y + HATCH), stops, 4);
  gtk_snapshot_pop (snapshot);
}

static void
paint_words (RcpBoardGrid *self, GtkSnapshot *snapshot, const GskRoundedRect *frame, const char *words, const GdkRGBA *text)
{
  g_autoptr (PangoLayout) layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), words);
  GdkRGBA color = *text;

  color.alpha *= 0.7f;
  pango_layout_set_width (layout, (int) MAX (1, frame->bounds.size.width - 14) * PANGO_SCALE);
  pango_layout_set_height (layout, (int) frame->bounds.size.height * PANGO_SCALE);
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  gtk_snapshot_push_rounded_clip (snapshot, frame);
  rcp_compat_draw_layout (GTK_WIDGET (self), snapshot, frame->bounds.origin.x + 7, frame->bounds.origin.y + 2, layout, &color);
  gtk_snapshot_pop (snapshot);
}

/* "Lunch", "Meeting: Budget": (transfer full). */
char *
rcp_board_grid_describe_block (const RcpBlock *block)
{
  const char *label = rcp_block_kind_to_label (block->kind);

  return block->words && block->words[0] ? g_strdup_printf ("%s: %s", label, block->words) : g_strdup (label);
}

void
rcp_board_grid_paint_blocks (RcpBoardGrid *self, GtkSnapshot *snapshot, guint first, guint end, const GdkRGBA *text)
{
  GskRoundedRect frame;

  for (guint column = first; column < end; column++)
    {
      guint n_blocks;
      const RcpBlock *blocks = rcp_board_model_get_blocks (self->model, column, &n_blocks);

      for (guint i = 0; i < n_blocks; i++)
        if (get_frame (self, column, rcp_board_model_get_block_span (self->model, column, &blocks[i]), &frame))
          {
            g_autofree char *words = rcp_board_grid_describe_block (&blocks[i]);

            paint_hatched (snapshot, &frame, text);
            paint_words (self, snapshot, &frame, words, text);
          }
    }
  if (self->has_sweep && get_frame (self, self->sweep_column, self->sweep, &frame))
    paint_hatched (snapshot, &frame, text);
}

/* What a calendar keeps has an outline, and no stripes: it is nothing that the desk could free. */
static void
paint_kept (GtkSnapshot *snapshot, const GskRoundedRect *frame, gboolean is_tentative, const GdkRGBA *text)
{
  GdkRGBA ground = *text, line = *text;
  GdkRGBA lines[4];

  ground.alpha *= is_tentative ? 0.03f : 0.10f;
  line.alpha *= is_tentative ? 0.20f : 0.30f;
  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    lines[i] = line;
  gtk_snapshot_push_rounded_clip (snapshot, frame);
  gtk_snapshot_append_color (snapshot, &ground, &frame->bounds);
  gtk_snapshot_pop (snapshot);
  gtk_snapshot_append_border (snapshot, frame, (float[4]) { 1, 1, 1, 1 }, lines);
}

/* Below the visits. */
void
rcp_board_grid_paint_busy (RcpBoardGrid *self, GtkSnapshot *snapshot, guint first, guint end, const GdkRGBA *text)
{
  GskRoundedRect frame;

  for (guint column = first; column < end; column++)
    {
      guint n_busy;
      const RcpBoardBusy *busy = rcp_board_model_get_busy (self->model, column, &n_busy);

      for (guint i = 0; i < n_busy; i++)
        if (get_frame (self, column, busy[i].span, &frame))
          {
            g_autofree char *words = rcp_board_model_describe_busy (self->model, column, &busy[i]);

            paint_kept (snapshot, &frame, !rcp_busy_kind_takes_time (busy[i].kind), text);
            paint_words (self, snapshot, &frame, words, text);
          }
    }
}

/* The rectangle of a time in the board, for a popover that points at it. */
gboolean
rcp_board_grid_get_area (RcpBoardGrid *self, guint column, RcpBoardSpan span, graphene_rect_t *area)
{
  GskRoundedRect frame;

  if (!get_frame (self, column, span, &frame))
    return FALSE;
  *area = frame.bounds;
  return TRUE;
}

static int
snap (int minute, gboolean up)
{
  return (minute + (up ? GRAIN - 1 : 0)) / GRAIN * GRAIN;
}

void
rcp_board_grid_clear_sweep (RcpBoardGrid *self)
{
  self->has_sweep = FALSE;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

gboolean
rcp_board_grid_stop_sweep (RcpBoardGrid *self)
{
  if (!self->has_sweep || !gtk_gesture_is_active (self->sweeping))
    return FALSE;
  rcp_board_grid_clear_sweep (self);
  gtk_event_controller_reset (GTK_EVENT_CONTROLLER (self->sweeping));
  return TRUE;
}

static void
on_drag_began_cb (GtkGestureDrag *gesture, double x, double y, RcpBoardGrid *self)
{
  GtkWidget *picked = gtk_widget_pick (GTK_WIDGET (self), x, y, GTK_PICK_DEFAULT);
  int minute;

  self->has_sweep = FALSE;
  /* Only on empty time: a visit is dragged itself. */
  if ((picked != GTK_WIDGET (self) && picked != GTK_WIDGET (self->free_time)) || rcp_board_grid_is_holding (self)
      || !rcp_board_geometry_hit (&self->geometry, x, y, &self->sweep_column, &minute))
    {
      gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_DENIED);
      return;
    }
  self->sweep_from = minute;
}

/**
 * rcp_board_grid_sweep_to:
 * @self: a board
 * @column: where the sweep began
 * @from: minute at which it began
 * @minute: minute that it has reached
 *
 * Marks the time between, snapped to the grain.
 */
void
rcp_board_grid_sweep_to (RcpBoardGrid *self, guint column, int from, int minute)
{
  g_return_if_fail (RCP_IS_BOARD_GRID (self));

  self->has_sweep = TRUE;
  self->has_hover = FALSE;
  self->sweep_column = column;
  self->sweep.start = snap (MIN (from, minute), FALSE);
  self->sweep.end = MAX (self->sweep.start + GRAIN, snap (MAX (from, minute), TRUE));
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
on_drag_updated_cb (GtkGestureDrag *gesture, double dx, double dy, RcpBoardGrid *self)
{
  double x, y;
  guint column;
  int minute;

  gtk_gesture_drag_get_start_point (gesture, &x, &y);
  if (!self->has_sweep && ABS (dy) < 8)
    return;
  /* From here on it is no click. */
  gtk_gesture_set_state (GTK_GESTURE (gesture), GTK_EVENT_SEQUENCE_CLAIMED);
  if (rcp_board_geometry_hit (&self->geometry, x, y + dy, &column, &minute))
    rcp_board_grid_sweep_to (self, self->sweep_column, self->sweep_from, minute);
}

static void
on_drag_ended_cb (GtkGestureDrag *gesture, double dx, double dy, RcpBoardGrid *self)
{
  if (self->has_sweep)
    gtk_widget_activate_action (GTK_WIDGET (self), "board.block", "(uii)", self->sweep_column, self->sweep.start, self->sweep.end);
}

void
rcp_board_grid_add_sweep (RcpBoardGrid *self)
{
  GtkGesture *drag = gtk_gesture_drag_new ();

  g_signal_connect_object (drag, "drag-begin", G_CALLBACK (on_drag_began_cb), self, G_CONNECT_DEFAULT);
  g_signal_connect_object (drag, "drag-update", G_CALLBACK (on_drag_updated_cb), self, G_CONNECT_DEFAULT);
  g_signal_connect_object (drag, "drag-end", G_CALLBACK (on_drag_ended_cb), self, G_CONNECT_DEFAULT);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (drag));
  self->sweeping = drag;
}
