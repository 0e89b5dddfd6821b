/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What happened, for who looks and for who listens. */

#define G_LOG_DOMAIN "rcp-window-tell"

#include "config.h"

#include <glib/gi18n.h>

#include "rcp-window-private.h"

#include "ui/rcp-ui-compat.h"

/* The toast makes it itself, and the floor calls it by the type of its picture. */
static void
name_close_button (GtkWidget *widget)
{
  if (GTK_IS_BUTTON (widget) && g_strcmp0 (gtk_button_get_icon_name (GTK_BUTTON (widget)), "window-close-symbolic") == 0)
    rcp_compat_name (widget, _("Close the message"));
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    if (child != adw_toast_overlay_get_child (ADW_TOAST_OVERLAY (gtk_widget_get_ancestor (child, ADW_TYPE_TOAST_OVERLAY))))
      name_close_button (child);
}

void
rcp_window_say (RcpWindow *self, const char *text)
{
  rcp_announcer_say (self->announcer, text);
}

void
rcp_window_show_toast (RcpWindow *self, AdwToast *toast, const char *text)
{
  g_autofree char *title = g_markup_escape_text (text, -1);

  adw_toast_set_title (toast, title);
  rcp_window_add_toast (self, toast);
  name_close_button (GTK_WIDGET (self->toasts));
  rcp_window_say (self, text);
}

void
rcp_window_tell (RcpWindow *self, const char *text)
{
  rcp_window_show_toast (self, adw_toast_new (""), text);
}
