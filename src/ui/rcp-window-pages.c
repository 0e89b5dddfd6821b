/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rcp-window-pages"

#include "config.h"

#include <glib/gi18n.h>

#include "rcp-ui-compat.h"
#include "rcp-window-private.h"

static GtkWidget *
make_board (gpointer data)
{
  return GTK_WIDGET (RCP_WINDOW (data)->faces);
}

/* It is seen with the board alone, also while a record opens or fails to. */
static void
update_foot (RcpWindow *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self->foot), adw_bin_get_child (self->foot) && rcp_pages_is_current (self->pages, "board")
                                                     && g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), "board") == 0);
}

static void
update_page (RcpWindow *self)
{
  RcpPage *page = rcp_pages_get_current (self->pages);
  GtkWidget *widget = rcp_page_get_widget (page);
  gboolean is_board = rcp_pages_is_current (self->pages, "board");

  if (!gtk_widget_get_parent (widget))
    gtk_stack_add_named (self->pages_stack, widget, rcp_page_get_name (page));
  gtk_stack_set_visible_child (self->pages_stack, widget);
  /* The board may scroll as it comes: the allocation has to come from the window then, see queue_place() in rcp-board-grid.c. */
  gtk_widget_queue_resize (widget);
  gtk_stack_set_visible_child_name (self->titles, is_board ? "date" : "page");
  adw_window_title_set_title (self->page_title, rcp_page_get_title (page));
  self->focus_board = self->focus_board && is_board;
  gtk_widget_set_visible (GTK_WIDGET (self->day_buttons), is_board);
  gtk_widget_set_visible (GTK_WIDGET (self->filter_squeezer), is_board);
  gtk_widget_set_visible (GTK_WIDGET (self->view_squeezer), is_board);
  update_foot (self);
}

/* What is seen beside the sidebar, or under it. The stack brings the keyboard back to where it was on a page: a step of Tab
 * from there would leave the page again. Where nothing takes it, it is left to the window: never to a row of the page before,
 * which nobody sees. */
void
rcp_window_focus_page (RcpWindow *self)
{
  GtkWidget *page = rcp_page_get_widget (rcp_pages_get_current (self->pages));

  if (!rcp_compat_has_focus_within (page) && !gtk_widget_child_focus (page, GTK_DIR_TAB_FORWARD))
    gtk_window_set_focus (GTK_WINDOW (self), NULL);
}

static void
on_show_page_activated (GtkWidget *widget, const char *action, GVariant *parameter)
{
  RcpWindow *self = RCP_WINDOW (widget);

  if (rcp_pages_show (self->pages, g_variant_get_string (parameter, NULL)))
    rcp_window_focus_page (self);
}

static void
on_step_page_activated (GtkWidget *widget, const char *action, GVariant *parameter)
{
  RcpWindow *self = RCP_WINDOW (widget);

  rcp_pages_step (self->pages, g_variant_get_int32 (parameter));
  rcp_window_focus_page (self);
}

gboolean
rcp_window_get_sidebar (RcpWindow *self)
{
  /* The action asks while the template is being read, too. */
  return self->sidebar_flap && adw_flap_get_reveal_flap (self->sidebar_flap);
}

void
rcp_window_set_sidebar (RcpWindow *self, gboolean visible)
{
  gboolean had_focus = rcp_compat_has_focus_within (GTK_WIDGET (self->sidebar_box));

  adw_flap_set_reveal_flap (self->sidebar_flap, visible);
  if (had_focus && !visible)
    rcp_window_focus_page (self);
}

static void
on_reveal_changed_cb (RcpWindow *self)
{
  g_object_notify (G_OBJECT (self), "sidebar");
  /* Over a narrow window it comes and goes without being wished away for good. */
  if (!adw_flap_get_folded (self->sidebar_flap))
    g_settings_set_boolean (self->settings, "sidebar", rcp_window_get_sidebar (self));
}

static void
on_folded_changed_cb (RcpWindow *self)
{
  adw_flap_set_reveal_flap (self->sidebar_flap,
                            !adw_flap_get_folded (self->sidebar_flap) && g_settings_get_boolean (self->settings, "sidebar"));
}

void
rcp_window_leave_sidebar (RcpWindow *self)
{
  if (adw_flap_get_folded (self->sidebar_flap))
    rcp_window_set_sidebar (self, FALSE);
}

void
rcp_window_class_add_page_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.show-page", "s", on_show_page_activated);
  gtk_widget_class_install_action (widget_class, "win.step-page", "i", on_step_page_activated);
  gtk_widget_class_install_property_action (widget_class, "win.sidebar", "sidebar");
}

/* The button has its words while they take no more than this part of the width. Releases of libadwaita give away the room of a
 * header bar in orders of their own, so that is not left to them: one of them would rather cut the name of the page. */
#define NEW_BUTTON_PART 10

static void
update_new_button (RcpWindow *self, GParamSpec *pspec, GdkSurface *surface)
{
  gboolean had_focus = gtk_widget_has_focus (GTK_WIDGET (self->new_button)), is_wide;
  int words;

  gtk_widget_measure (gtk_button_get_child (self->new_button), GTK_ORIENTATION_HORIZONTAL, -1, NULL, &words, NULL, NULL);
  is_wide = gdk_surface_get_width (surface) >= NEW_BUTTON_PART * words;
  gtk_widget_set_visible (GTK_WIDGET (self->new_button), is_wide);
  if (had_focus && !is_wide)
    gtk_widget_grab_focus (self->short_new_button);
}

/* The surface tells its width before the window is laid out in it. */
static void
on_realized_cb (RcpWindow *self)
{
  GdkSurface *surface = gtk_native_get_surface (GTK_NATIVE (self));

  g_signal_connect_object (surface, "notify::width", G_CALLBACK (update_new_button), self, G_CONNECT_SWAPPED);
}

/**
 * rcp_window_set_up_header:
 * @self: a window that is not realized yet
 *
 * From then on the header bar names the page in full, whatever its width.
 */
void
rcp_window_set_up_header (RcpWindow *self)
{
  g_signal_connect_object (self, "realize", G_CALLBACK (on_realized_cb), self, 0);
}

/**
 * rcp_window_set_up_pages:
 * @self: a window with its board
 *
 * Puts the board among the pages, and the sidebar beside them.
 */
void
rcp_window_set_up_pages (RcpWindow *self)
{
  g_autoptr (RcpPage) board = rcp_page_new ("board", _("Board"), "x-office-calendar-symbolic", NULL, make_board, self);

  self->pages = rcp_pages_new ();
  self->sidebar = RCP_SIDEBAR (rcp_sidebar_new (self->pages, self->model, rcp_desk_get_clock (self->desk)));
  gtk_widget_set_hexpand (GTK_WIDGET (self->sidebar), TRUE);
  gtk_box_append (self->sidebar_box, GTK_WIDGET (self->sidebar));
  adw_flap_set_reveal_flap (self->sidebar_flap, g_settings_get_boolean (self->settings, "sidebar"));
  g_signal_connect_object (self->pages, "notify::current", G_CALLBACK (update_page), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->sidebar, "went", G_CALLBACK (rcp_window_leave_sidebar), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->sidebar_flap, "notify::reveal-flap", G_CALLBACK (on_reveal_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->sidebar_flap, "notify::folded", G_CALLBACK (on_folded_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->stack, "notify::visible-child", G_CALLBACK (update_foot), self, G_CONNECT_SWAPPED);
  rcp_pages_add (self->pages, board);
}

void
rcp_window_set_foot (RcpWindow *self, GtkWidget *foot)
{
  adw_bin_set_child (self->foot, foot);
  update_foot (self);
}

void
rcp_window_add_page (RcpWindow *self, RcpPage *page)
{
  g_return_if_fail (RCP_IS_WINDOW (self));

  rcp_pages_add (self->pages, page);
}

void
rcp_window_add_section (RcpWindow *self, const char *title, GtkWidget *content)
{
  g_return_if_fail (RCP_IS_WINDOW (self));

  rcp_sidebar_add_section (self->sidebar, title, content);
}
