/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the desktop tells while nobody looks, and where it leads. */

#define G_LOG_DOMAIN "rcp-window-notify"

#include "config.h"

#include "rcp-window-private.h"
#include "shell/rcp-notifier.h"

/* Any window of the program will do. */
static gboolean
is_looked_at (gpointer data)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

      if (gtk_window_is_active (window))
        return TRUE;
    }
  return FALSE;
}

static void
on_activated_cb (RcpWindow *self, const char *place)
{
  g_autoptr (RcpLink) link = rcp_link_parse (place);

  gtk_window_present (GTK_WINDOW (self));
  if (link)
    rcp_window_show_link (self, link);
  else if (g_str_equal (place, "refits"))
    gtk_widget_activate_action (GTK_WIDGET (self), "win.refits", NULL);
}

/**
 * rcp_window_set_up_notifier:
 * @self: a window with its desk
 *
 * Without a program on the bus nobody could be told: then there is no notifier.
 */
void
rcp_window_set_up_notifier (RcpWindow *self)
{
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (self));
  RcpNotifier *notifier;

  if (!application)
    return;
  notifier = rcp_notifier_new (G_APPLICATION (application), self->desk, self->settings);
  rcp_notifier_set_looking_func (notifier, is_looked_at, NULL);
  g_signal_connect_object (notifier, "activated", G_CALLBACK (on_activated_cb), self, G_CONNECT_SWAPPED);
  g_object_set_data_full (G_OBJECT (self), "rcp-notifier", notifier, g_object_unref);
}
