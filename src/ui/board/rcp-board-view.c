/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rcp-board-view"

#include "config.h"

#include "rcp-board-view-private.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "ui/rcp-error-text.h"
#include "ui/rcp-keys.h"

#define ZOOM_STEP 1.15

G_DEFINE_FINAL_TYPE (RcpBoardView, rcp_board_view, GTK_TYPE_WIDGET)

enum
{
  VISIT_ACTIVATED,
  VISIT_ACTION,
  TIME_ACTIVATED,
  HEAD_ACTIVATED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static const char *
choose_page (RcpBoardView *self)
{
  if (rcp_board_model_get_state (self->model) == RCP_BOARD_FAILED)
    return "failed";
  if (rcp_board_model_get_n_columns (self->model) > 0 || rcp_board_model_get_state (self->model) == RCP_BOARD_LOADING)
    return "board";
  return rcp_board_model_get_n_providers (self->model) > 0 ? "filtered" : "no-providers";
}

static void
update_notice (RcpBoardView *self)
{
  guint n_homeless = rcp_board_model_get_n_homeless (self->model);
  g_autofree char *text = NULL;

  if (rcp_board_model_is_closed (self->model))
    text = g_strdup (rcp_board_model_get_period (self->model) == RCP_BOARD_DAY ? _("Closed on this day") : _("Closed in this week"));
  else if (n_homeless > 0 && rcp_board_model_is_by_device (self->model))
    text = NULL;
  else if (n_homeless > 0 && rcp_board_model_is_by_room (self->model))
    text = g_strdup_printf (ngettext ("%u visit is in no room", "%u visits are in no room", n_homeless), n_homeless);
  else if (n_homeless > 0)
    text = g_strdup_printf (ngettext ("%u visit is with somebody who has no column here",
                                      "%u visits are with people who have no column here", n_homeless),
                            n_homeless);
  gtk_label_set_label (self->notice, text ? text : "");
  gtk_widget_set_valign (GTK_WIDGET (self->notice), n_homeless > 0 ? GTK_ALIGN_END : GTK_ALIGN_CENTER);
  gtk_widget_set_margin_bottom (GTK_WIDGET (self->notice), n_homeless > 0 ? 12 : 0);
  gtk_widget_set_visible (GTK_WIDGET (self->notice), text != NULL);
}

static void
update (RcpBoardView *self)
{
  RcpBoardState state = rcp_board_model_get_state (self->model);

  if (state == RCP_BOARD_FAILED)
    {
      const GError *error = rcp_board_model_get_error (self->model);

      adw_status_page_set_title (self->failed_page, rcp_error_text_get_title (error));
      adw_status_page_set_description (self->failed_page, rcp_error_text_get_advice (error));
    }
  gtk_stack_set_visible_child_name (self->stack, choose_page (self));
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), state == RCP_BOARD_LOADING);
  gtk_spinner_set_spinning (self->spinner, state == RCP_BOARD_LOADING);
  update_notice (self);
}

static void
on_visit_action_cb (RcpBoardView *self, RcpVisit *visit, const char *name)
{
  if (g_str_equal (name, "open"))
    g_signal_emit (self, signals[VISIT_ACTIVATED], 0, visit);
  else
    g_signal_emit (self, signals[VISIT_ACTION], 0, visit, name);
}

static void
on_time_activated_cb (RcpBoardView *self, guint column, int minute)
{
  g_signal_emit (self, signals[TIME_ACTIVATED], 0, rcp_board_model_get_provider (self->model, column),
                 rcp_board_model_get_room (self->model, column), rcp_board_model_get_instant (self->model, column, minute));
}

static void
on_head_activated_cb (RcpBoardView *self, guint column)
{
  g_signal_emit (self, signals[HEAD_ACTIVATED], 0, column);
}

static void
on_show_all_activated (GtkWidget *widget, const char *action, GVariant *parameter)
{
  rcp_board_model_set_columns (RCP_BOARD_VIEW (widget)->model, NULL);
}

static gboolean
on_tick_cb (gpointer data)
{
  rcp_board_model_tick (RCP_BOARD_VIEW (data)->model);
  return G_SOURCE_CONTINUE;
}

static void
rcp_board_view_map (GtkWidget *widget)
{
  RcpBoardView *self = RCP_BOARD_VIEW (widget);

  GTK_WIDGET_CLASS (rcp_board_view_parent_class)->map (widget);
  rcp_board_model_tick (self->model);
  self->ticker = g_timeout_add_seconds (5, on_tick_cb, self);
}

static void
rcp_board_view_unmap (GtkWidget *widget)
{
  RcpBoardView *self = RCP_BOARD_VIEW (widget);

  g_clear_handle_id (&self->ticker, g_source_remove);
  GTK_WIDGET_CLASS (rcp_board_view_parent_class)->unmap (widget);
}

static gboolean
rcp_board_view_grab_focus (GtkWidget *widget)
{
  RcpBoardView *self = RCP_BOARD_VIEW (widget);

  if (g_str_equal (gtk_stack_get_visible_child_name (self->stack), "board"))
    return gtk_widget_child_focus (GTK_WIDGET (self->grid), GTK_DIR_TAB_FORWARD);
  return gtk_widget_child_focus (GTK_WIDGET (self->stack), GTK_DIR_TAB_FORWARD);
}

static void
rcp_board_view_dispose (GObject *object)
{
  RcpBoardView *self = RCP_BOARD_VIEW (object);

  g_clear_handle_id (&self->ticker, g_source_remove);
  g_clear_pointer (&self->block_popover, gtk_widget_unparent);
  g_clear_pointer ((GtkWidget **) &self->stack, gtk_widget_unparent);
  g_clear_object (&self->model);
  G_OBJECT_CLASS (rcp_board_view_parent_class)->dispose (object);
}

static void
on_zoom_activated (GtkWidget *widget, const char *action, GVariant *parameter)
{
  RcpBoardGrid *grid = RCP_BOARD_VIEW (widget)->grid;
  int step = g_variant_get_int32 (parameter);

  rcp_board_grid_set_zoom (grid, step == 0 ? 1.0 : rcp_board_grid_get_zoom (grid) * (step > 0 ? ZOOM_STEP : 1 / ZOOM_STEP));
}

static void
rcp_board_view_class_init (RcpBoardViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = rcp_board_view_dispose;
  widget_class->map = rcp_board_view_map;
  widget_class->unmap = rcp_board_view_unmap;
  widget_class->grab_focus = rcp_board_view_grab_focus;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_template_from_resource (widget_class, "/org/frontdesk/Reception/ui/rcp-board-view.ui");
  gtk_widget_class_bind_template_child (widget_class, RcpBoardView, stack);
  gtk_widget_class_bind_template_child (widget_class, RcpBoardView, scrolled);
  gtk_widget_class_bind_template_child (widget_class, RcpBoardView, spinner);
  gtk_widget_class_bind_template_child (widget_class, RcpBoardView, notice);
  gtk_widget_class_bind_template_child (widget_class, RcpBoardView, empty_page);
  gtk_widget_class_bind_template_child (widget_class, RcpBoardView, failed_page);
  gtk_widget_class_install_action (widget_class, "board.show-all", NULL, on_show_all_activated);
  rcp_board_view_class_add_block_actions (widget_class);
  gtk_widget_class_install_action (widget_class, "board.zoom", "i", on_zoom_activated);

  /**
   * RcpBoardView::visit-activated:
   * @self: a board
   * @visit: what to look at
   */
  signals[VISIT_ACTIVATED] = g_signal_new ("visit-activated", RCP_TYPE_BOARD_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                           G_TYPE_NONE, 1, RCP_TYPE_VISIT);
  /**
   * RcpBoardView::visit-action:
   * @self: a board
   * @visit: the visit
   * @name: "move", "cancel" or a step, see rcp_flow_get_keys()
   */
  signals[VISIT_ACTION] = g_signal_new ("visit-action", RCP_TYPE_BOARD_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                        G_TYPE_NONE, 2, RCP_TYPE_VISIT, G_TYPE_STRING);
  /**
   * RcpBoardView::time-activated:
   * @self: a board
   * @provider: (nullable): whose free time; %NULL in the column of a room
   * @room: (nullable): where there is time; %NULL in the column of a provider
   * @start: its instant
   */
  signals[TIME_ACTIVATED] = g_signal_new ("time-activated", RCP_TYPE_BOARD_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 3, RCP_TYPE_PROVIDER, RCP_TYPE_ROOM, G_TYPE_INT64);
  /**
   * RcpBoardView::head-activated:
   * @self: a board
   * @column: whose head was clicked
   */
  signals[HEAD_ACTIVATED] = g_signal_new ("head-activated", RCP_TYPE_BOARD_VIEW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                          G_TYPE_NONE, 1, G_TYPE_UINT);
}

/* On the way down to the focus, wherever in the board that is: on the way up the scrolled window would scroll. */
static void
add_page_keys (RcpBoardView *self)
{
  GtkEventController *keys = gtk_shortcut_controller_new ();

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  rcp_keys_add (GTK_SHORTCUT_CONTROLLER (keys), RCP_KEYS_TURN, NULL);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}

static void
rcp_board_view_init (RcpBoardView *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  add_page_keys (self);
}

/**
 * rcp_board_view_new:
 * @model: the rules of this board
 *
 * Returns: (transfer floating): a board
 */
GtkWidget *
rcp_board_view_new (RcpBoardModel *model)
{
  RcpBoardView *self;

  g_return_val_if_fail (RCP_IS_BOARD_MODEL (model), NULL);

  self = g_object_new (RCP_TYPE_BOARD_VIEW, NULL);
  self->model = g_object_ref (model);
  self->grid = rcp_board_grid_new (model);
  gtk_scrolled_window_set_child (self->scrolled, GTK_WIDGET (self->grid));
  g_signal_connect_object (self->grid, "visit-action", G_CALLBACK (on_visit_action_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->grid, "time-activated", G_CALLBACK (on_time_activated_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->grid, "head-activated", G_CALLBACK (on_head_activated_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (model, "state-changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (model, "columns-changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (model, "contents-changed", G_CALLBACK (update_notice), self, G_CONNECT_SWAPPED);
  update (self);
  return GTK_WIDGET (self);
}

void
rcp_board_view_show_now (RcpBoardView *self)
{
  int now;

  g_return_if_fail (RCP_IS_BOARD_VIEW (self));

  now = rcp_board_model_get_now (self->model);
  if (now >= 0)
    rcp_board_grid_scroll_to (self->grid, now - 60);
}

void
rcp_board_view_grab_cursor (RcpBoardView *self)
{
  g_return_if_fail (RCP_IS_BOARD_VIEW (self));

  rcp_board_grid_grab_cursor (self->grid);
}

/* The cursor does not take the keyboard any more when the day that it waits for is there. */
void
rcp_board_view_let_cursor_go (RcpBoardView *self)
{
  g_return_if_fail (RCP_IS_BOARD_VIEW (self));

  rcp_board_grid_let_cursor_go (self->grid);
}

void
rcp_board_view_set_hold (RcpBoardView *self, RcpHoldModel *hold)
{
  g_return_if_fail (RCP_IS_BOARD_VIEW (self));

  rcp_board_grid_set_hold (self->grid, hold);
}

void
rcp_board_view_set_marks (RcpBoardView *self, RcpBookingMarks *marks)
{
  g_return_if_fail (RCP_IS_BOARD_VIEW (self));

  rcp_board_grid_set_marks (self->grid, marks);
}
