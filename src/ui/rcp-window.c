/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rcp-window"

#include "config.h"

#include "insurance/rcp-eve-check.h"
#include "rcp-lazy-menu.h"
#include "rcp-ui-compat.h"
#include "rcp-window-private.h"

G_DEFINE_FINAL_TYPE (RcpWindow, rcp_window, ADW_TYPE_APPLICATION_WINDOW)

enum
{
  PROP_SIDEBAR = 1,
  PROP_VIEW,
};

static void
on_roster_changed_cb (RcpWindow *self)
{
  rcp_window_rebuild_filter (self);
  rcp_window_update_title (self);
  g_signal_connect_object (rcp_desk_get_day_book (self->desk), "notify::online", G_CALLBACK (rcp_window_update_title), self,
                           G_CONNECT_SWAPPED);
}

static void
set_up_board (RcpWindow *self)
{
  self->model = rcp_board_model_new (rcp_desk_get_clock (self->desk), rcp_desk_get_zone (self->desk));
  self->feed = rcp_board_feed_new (self->desk, self->model);
  self->board = RCP_BOARD_VIEW (rcp_board_view_new (self->model));
  rcp_window_make_faces (self);
  g_signal_connect_object (self->model, "date-changed", G_CALLBACK (rcp_window_update_title), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->model, "columns-changed", G_CALLBACK (rcp_window_update_title), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->desk, "roster-changed", G_CALLBACK (on_roster_changed_cb), self, G_CONNECT_SWAPPED);
  rcp_window_connect_board (self);
  rcp_window_set_up_undo (self);
  rcp_window_set_up_date (self);
  rcp_window_set_up_pages (self);
  rcp_window_set_up_flow (self);
  rcp_window_set_up_wait_list (self);
  rcp_window_set_up_requests (self);
  rcp_window_set_up_auths (self);
  rcp_window_set_up_columns (self);
  rcp_window_set_up_move (self);
  rcp_window_set_up_keys (self);
  rcp_window_set_up_views (self);
  rcp_window_update_title (self);
}

static void
set_up_size (RcpWindow *self)
{
  g_settings_bind (self->settings, "window-width", self, "default-width", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (self->settings, "window-height", self, "default-height", G_SETTINGS_BIND_DEFAULT);
  g_settings_bind (self->settings, "window-maximized", self, "maximized", G_SETTINGS_BIND_DEFAULT);
}

static void
rcp_window_get_property (GObject *object, guint id, GValue *value, GParamSpec *spec)
{
  if (id == PROP_SIDEBAR)
    g_value_set_boolean (value, rcp_window_get_sidebar (RCP_WINDOW (object)));
  else
    g_value_set_string (value, rcp_window_get_view (RCP_WINDOW (object)));
}

static void
rcp_window_set_property (GObject *object, guint id, const GValue *value, GParamSpec *spec)
{
  if (id == PROP_SIDEBAR)
    rcp_window_set_sidebar (RCP_WINDOW (object), g_value_get_boolean (value));
  else
    rcp_window_choose_view (RCP_WINDOW (object), g_value_get_string (value));
}

static void
rcp_window_dispose (GObject *object)
{
  RcpWindow *self = RCP_WINDOW (object);

  if (self->model)
    rcp_window_save_session (self);
  g_cancellable_cancel (self->opening);
  g_clear_object (&self->opening);
  g_clear_object (&self->hold);
  g_clear_pointer (&self->held_text, g_free);
  g_clear_pointer (&self->waiting_key, g_free);
  g_clear_object (&self->undo);
  g_clear_object (&self->feed);
  g_clear_object (&self->pages);
  g_clear_object (&self->wait_list);
  g_clear_object (&self->sets);
  g_clear_object (&self->own_week);
  g_clear_object (&self->columns_before);
  g_clear_handle_id (&self->ticker, g_source_remove);
  g_clear_object (&self->waiting);
  g_clear_weak_pointer (&self->toast);
  g_clear_pointer (&self->stepping, g_hash_table_unref);
  g_clear_object (&self->model);
  g_clear_object (&self->calendars);
  g_clear_object (&self->desk);
  g_clear_object (&self->settings);
  g_clear_pointer (&self->source, rcp_source_free);
  g_clear_weak_pointer (&self->booking);
  g_clear_pointer (&self->news, g_free);
  g_clear_pointer (&self->link, rcp_link_free);
  G_OBJECT_CLASS (rcp_window_parent_class)->dispose (object);
}

static void
bind_step_buttons (GtkWidgetClass *widget_class)
{
  static const char *const names[] = { "previous_button", "other_previous_button", "next_button", "other_next_button" };
  static const gssize offsets[] = {
    G_STRUCT_OFFSET (RcpWindow, previous_buttons[0]), G_STRUCT_OFFSET (RcpWindow, previous_buttons[1]),
    G_STRUCT_OFFSET (RcpWindow, next_buttons[0]), G_STRUCT_OFFSET (RcpWindow, next_buttons[1]),
  };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    gtk_widget_class_bind_template_child_full (widget_class, names[i], FALSE, offsets[i]);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  gtk_widget_class_set_template_from_resource (widget_class, "/org/frontdesk/Reception/ui/rcp-window.ui");
  gtk_widget_class_bind_template_child (widget_class, RcpWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, RcpWindow, foot);
  gtk_widget_class_bind_template_child (widget_class, RcpWindow, announcer);
  gtk_widget_class_bind_template_child (widget_class, RcpWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, RcpWindow, title);
  gtk_widget_class_bind_template_child (widget_class, RcpWindow, short_title);
  gtk_widget_class_bind_template_child (widget_class, RcpWindow, date_button);
  gtk_widget_class_bind_template_child (widget_class, RcpWindow, filter_button);
  gtk_widget_class_bind_template_child (widget_class, RcpWindow, new_button);
  gtk_widget_class_bind_template_child (widget_class, RcpWindow, short_new_button);
  gtk_widget_class_bind_template_child (widget_class, RcpWindow, day_buttons);
  gtk_widget_class_bind_template_child (widget_class, RcpWindow, filter_squeezer);
  gtk_widget_class_bind_template_child (widget_class, RcpWindow, view_squeezer);
  gtk_widget_class_bind_template_child (widget_class, RcpWindow, view_button);
  gtk_widget_class_bind_template_child (widget_class, RcpWindow, view_menu);
  gtk_widget_class_bind_template_child (widget_class, RcpWindow, menu_button);
  gtk_widget_class_bind_template_child (widget_class, RcpWindow, main_menu);
  bind_step_buttons (widget_class);
  gtk_widget_class_bind_template_child (widget_class, RcpWindow, titles);
  gtk_widget_class_bind_template_child (widget_class, RcpWindow, page_title);
  gtk_widget_class_bind_template_child (widget_class, RcpWindow, sidebar_flap);
  gtk_widget_class_bind_template_child (widget_class, RcpWindow, sidebar_box);
  gtk_widget_class_bind_template_child (widget_class, RcpWindow, pages_stack);
  gtk_widget_class_bind_template_child (widget_class, RcpWindow, flap);
  gtk_widget_class_bind_template_child (widget_class, RcpWindow, panels);
  gtk_widget_class_bind_template_child (widget_class, RcpWindow, panel_title);
  gtk_widget_class_bind_template_child (widget_class, RcpWindow, busy_page);
  gtk_widget_class_bind_template_child (widget_class, RcpWindow, progress);
  gtk_widget_class_bind_template_child (widget_class, RcpWindow, failed_page);
  gtk_widget_class_bind_template_child (widget_class, RcpWindow, failed_detail);
}

static void
rcp_window_unrealize (GtkWidget *widget)
{
  rcp_compat_stop_listening (widget);
  GTK_WIDGET_CLASS (rcp_window_parent_class)->unrealize (widget);
}

static gboolean
rcp_window_focus (GtkWidget *widget, GtkDirectionType direction)
{
  rcp_window_lay_out (RCP_WINDOW (widget));
  return GTK_WIDGET_CLASS (rcp_window_parent_class)->focus (widget, direction);
}

static void
rcp_window_class_init (RcpWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = rcp_window_dispose;
  object_class->get_property = rcp_window_get_property;
  object_class->set_property = rcp_window_set_property;
  widget_class->unrealize = rcp_window_unrealize;
  widget_class->focus = rcp_window_focus;
  g_object_class_install_property (object_class, PROP_SIDEBAR,
                                   g_param_spec_boolean ("sidebar", NULL, NULL, TRUE,
                                                         G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS));
  g_object_class_install_property (object_class, PROP_VIEW,
                                   g_param_spec_string ("view", NULL, NULL, "day",
                                                        G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS));
  g_type_ensure (RCP_TYPE_ANNOUNCER);
  bind_template (widget_class);
  rcp_window_class_add_page_actions (widget_class);
  rcp_window_class_add_column_actions (widget_class);
  rcp_window_class_add_view_actions (widget_class);
  rcp_window_class_add_own_actions (widget_class);
  rcp_window_class_add_actions (widget_class);
  rcp_window_class_add_visit_actions (widget_class);
  rcp_window_class_add_patient_actions (widget_class);
  rcp_window_class_add_insurance_actions (widget_class);
  rcp_window_class_add_record_actions (widget_class);
  rcp_window_class_add_preferences_actions (widget_class);
  rcp_window_class_add_print_actions (widget_class);
  rcp_window_class_add_move_actions (widget_class);
  rcp_window_class_add_block_actions (widget_class);
  rcp_window_class_add_undo_actions (widget_class);
  rcp_window_class_add_key_actions (widget_class);
}

static void
rcp_window_init (RcpWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  rcp_lazy_menu_set (self->menu_button, self->main_menu);
  rcp_lazy_menu_set (self->view_button, self->view_menu);
  rcp_window_set_up_header (self);
}

RcpDesk *
rcp_window_get_desk (RcpWindow *self)
{
  g_return_val_if_fail (RCP_IS_WINDOW (self), NULL);

  return self->desk;
}

/**
 * rcp_window_new:
 * @application: (nullable): the program
 * @desk: the session
 * @settings: of org.frontdesk.Reception
 *
 * Returns: (transfer none): a window that shows nothing yet; see rcp_window_open()
 */
RcpWindow *
rcp_window_new (GtkApplication *application, RcpDesk *desk, GSettings *settings)
{
  g_autoptr (RcpPayer) payer = NULL;
  RcpWindow *self;

  g_return_val_if_fail (RCP_IS_DESK (desk), NULL);

  self = g_object_new (RCP_TYPE_WINDOW, "application", application, NULL);
  self->desk = g_object_ref (desk);
  self->settings = g_object_ref (settings);
  self->calendars = rcp_desk_calendars_new (desk, settings);
  payer = rcp_payer_new (settings, rcp_desk_get_clock (desk));
  rcp_desk_set_payer (desk, payer);
  g_object_set_data_full (G_OBJECT (self), "rcp-eve-check", rcp_eve_check_new (desk), (GDestroyNotify) rcp_eve_check_end);
  g_settings_bind (settings, "desk-name", desk, "name", G_SETTINGS_BIND_GET);
  set_up_size (self);
  set_up_board (self);
  rcp_window_watch_desk (self);
  rcp_window_set_up_notifier (self);
  rcp_window_restore_session (self);
  return self;
}
