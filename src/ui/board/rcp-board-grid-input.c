/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rcp-board-grid-input"

#include "config.h"

#include "rcp-board-grid-private.h"
#include "ui/rcp-keys.h"

void
rcp_board_grid_press_arrow (RcpBoardGrid *self, RcpBoardMove move)
{
  g_return_if_fail (RCP_IS_BOARD_GRID (self));

  if (self->geometry.rtl && move == RCP_BOARD_MOVE_BACK)
    move = RCP_BOARD_MOVE_FORWARD;
  else if (self->geometry.rtl && move == RCP_BOARD_MOVE_FORWARD)
    move = RCP_BOARD_MOVE_BACK;
  if (rcp_board_grid_step_held (self, move))
    return;
  if (!rcp_board_model_move (self->model, move))
    gtk_widget_error_bell (GTK_WIDGET (self));
  rcp_board_grid_grab_cursor (self);
}

static void
on_cursor_activated (GtkWidget *widget, const char *action, GVariant *parameter)
{
  /* As RcpBoardMove has them. */
  static const char *const names[] = { "up", "down", "left", "right", "first", "last" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_str_equal (names[i], g_variant_get_string (parameter, NULL)))
      rcp_board_grid_press_arrow (RCP_BOARD_GRID (widget), (RcpBoardMove) i);
}

/**
 * rcp_board_grid_class_add_keys:
 * @widget_class: of the board
 *
 * Arrows, Home and End move the cursor.
 */
void
rcp_board_grid_class_add_keys (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "board.cursor", "s", on_cursor_activated);
  rcp_keys_bind (widget_class, RCP_KEYS_CURSOR);
}

/* Free time under a point: the stop of the column there. */
static gboolean
find_free_time (RcpBoardGrid *self, double x, double y, guint *column, RcpBoardSpan *span)
{
  g_autoptr (GArray) stops = NULL;
  int minute;

  if (!rcp_board_geometry_hit (&self->geometry, x, y, column, &minute))
    return FALSE;
  stops = rcp_board_model_collect_stops (self->model, *column);
  for (guint i = 0; i < stops->len; i++)
    {
      const RcpBoardStop *stop = &g_array_index (stops, RcpBoardStop, i);

      if (rcp_board_stop_is_free (stop) && stop->span.start <= minute && minute < stop->span.end)
        {
          *span = stop->span;
          return TRUE;
        }
    }
  return FALSE;
}

static void
set_hover (RcpBoardGrid *self, gboolean has_hover, guint column, RcpBoardSpan span)
{
  if (has_hover == self->has_hover && (!has_hover || (column == self->hover_column && span.start == self->hover.start)))
    return;
  self->has_hover = has_hover;
  self->hover_column = column;
  self->hover = span;
  gtk_widget_queue_draw (GTK_WIDGET (self));
}

static void
on_motion_cb (RcpBoardGrid *self, double x, double y)
{
  RcpBoardSpan span = { 0, 0 };
  guint column = 0;
  gboolean found = find_free_time (self, x, y, &column, &span);

  set_hover (self, found, column, span);
}

static void
on_left_cb (RcpBoardGrid *self)
{
  set_hover (self, FALSE, 0, (RcpBoardSpan) { 0, 0 });
}

/* A click puts what is held. */
static gboolean
put_held (RcpBoardGrid *self, double x, double y)
{
  if (!rcp_board_grid_is_holding (self))
    return FALSE;
  rcp_board_grid_drag_to (self, x, y);
  gtk_widget_activate_action (GTK_WIDGET (self), "win.put", NULL);
  return TRUE;
}

static void
press_head (RcpBoardGrid *self, double x)
{
  guint column;
  int minute;

  if (rcp_board_geometry_hit (&self->geometry, x, self->geometry.head, &column, &minute))
    rcp_board_grid_emit_head_activated (self, column);
}

static void
on_released_cb (GtkGestureClick *gesture, int n_press, double x, double y, RcpBoardGrid *self)
{
  RcpBoardSpan span;
  guint column;

  if (y < self->geometry.head)
    {
      press_head (self, x);
      return;
    }
  if (put_held (self, x, y) || !find_free_time (self, x, y, &column, &span))
    return;
  rcp_board_model_set_cursor (self->model, column, span.start);
  rcp_board_grid_grab_cursor (self);
  rcp_board_grid_emit_time_activated (self, column, span.start);
}

static gboolean
on_scrolled_cb (GtkEventControllerScroll *controller, double dx, double dy, RcpBoardGrid *self)
{
  GdkModifierType state = gtk_event_controller_get_current_event_state (GTK_EVENT_CONTROLLER (controller));

  if (!(state & GDK_CONTROL_MASK))
    return GDK_EVENT_PROPAGATE;
  rcp_board_grid_set_zoom (self, self->zoom * (dy < 0 ? 1.1 : 1 / 1.1));
  return GDK_EVENT_STOP;
}

void
rcp_board_grid_add_pointer (RcpBoardGrid *self)
{
  GtkGesture *click = gtk_gesture_click_new ();
  GtkEventController *motion = gtk_event_controller_motion_new ();
  GtkEventController *scroll = gtk_event_controller_scroll_new (GTK_EVENT_CONTROLLER_SCROLL_VERTICAL);

  g_signal_connect_object (click, "released", G_CALLBACK (on_released_cb), self, G_CONNECT_DEFAULT);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
  g_signal_connect_object (motion, "motion", G_CALLBACK (on_motion_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (motion, "leave", G_CALLBACK (on_left_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), motion);
  g_signal_connect_object (scroll, "scroll", G_CALLBACK (on_scrolled_cb), self, G_CONNECT_DEFAULT);
  gtk_widget_add_controller (GTK_WIDGET (self), scroll);
}

/* A key or a click tells that somebody has gone on: what is still to come does not take the keyboard from there. Where it was for
 * the board, that asks for the cursor itself. */
static void
on_somebody_acted_cb (RcpBoardGrid *self)
{
  self->wants_cursor = FALSE;
}

static gboolean
on_any_key_pressed_cb (RcpBoardGrid *self)
{
  on_somebody_acted_cb (self);
  return GDK_EVENT_PROPAGATE;
}

static void
watch (RcpBoardGrid *self, GtkEventController *controller, const char *signal, GCallback callback)
{
  gtk_event_controller_set_name (controller, "gone-on");
  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  g_signal_connect_object (controller, signal, callback, self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (gtk_widget_get_root (GTK_WIDGET (self))), controller);
  g_ptr_array_add (self->watchers, controller);
}

void
rcp_board_grid_watch_root (RcpBoardGrid *self)
{
  GtkGesture *click = gtk_gesture_click_new ();

  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (click), 0);
  watch (self, gtk_event_controller_key_new (), "key-pressed", G_CALLBACK (on_any_key_pressed_cb));
  watch (self, GTK_EVENT_CONTROLLER (click), "pressed", G_CALLBACK (on_somebody_acted_cb));
}

void
rcp_board_grid_unwatch_root (RcpBoardGrid *self)
{
  for (guint i = 0; i < self->watchers->len; i++)
    gtk_widget_remove_controller (GTK_WIDGET (gtk_widget_get_root (GTK_WIDGET (self))), self->watchers->pdata[i]);
  g_ptr_array_set_size (self->watchers, 0);
}
