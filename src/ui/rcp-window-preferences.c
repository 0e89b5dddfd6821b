/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rcp-window-preferences"

#include "config.h"

#include "preferences/rcp-preferences-window.h"
#include "rcp-dialog.h"
#include "rcp-window-private.h"

/* One at a time; it comes forward when it is there already. */
static void
present_preferences (RcpWindow *self, const char *page)
{
  GListModel *windows = gtk_window_get_toplevels ();
  GtkWindow *preferences = NULL;

  if (rcp_desk_get_state (self->desk) != RCP_DESK_READY)
    return;
  for (guint i = 0; i < g_list_model_get_n_items (windows) && preferences == NULL; i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

      if (RCP_IS_PREFERENCES_WINDOW (window) && gtk_window_get_transient_for (window) == GTK_WINDOW (self))
        preferences = window;
    }
  if (preferences == NULL)
    {
      preferences = rcp_preferences_window_new (self->desk, self->settings, self->calendars);
      rcp_dialog_present (preferences, GTK_WINDOW (self));
    }
  else
    gtk_window_present (preferences);
  if (page != NULL)
    rcp_preferences_window_show_page (RCP_PREFERENCES_WINDOW (preferences), page);
}

static void
on_preferences_activated (GtkWidget *widget, const char *action, GVariant *parameter)
{
  present_preferences (RCP_WINDOW (widget), NULL);
}

static void
on_refits_activated (GtkWidget *widget, const char *action, GVariant *parameter)
{
  present_preferences (RCP_WINDOW (widget), "refits");
}

void
rcp_window_class_add_preferences_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.preferences", NULL, on_preferences_activated);
  gtk_widget_class_install_action (widget_class, "win.refits", NULL, on_refits_activated);
}
