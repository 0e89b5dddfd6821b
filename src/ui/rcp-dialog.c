/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rcp-dialog"

#include "config.h"

#include "rcp-dialog.h"

#include "rcp-ui-compat.h"

static int
cap (int wished, int room)
{
  return wished > 0 && room > 0 ? MIN (wished, room) : wished;
}

/* Text that is twice as large wants twice the room. */
static double
get_text_scale (GtkWidget *widget)
{
  int dpi = 0;

  g_object_get (gtk_widget_get_settings (widget), "gtk-xft-dpi", &dpi, NULL);
  return dpi > 0 ? MAX (1.0, dpi / (96.0 * 1024.0)) : 1.0;
}

static int
scale (int size, double text_scale)
{
  return size > 0 ? (int) (size * text_scale) : size;
}

/* What the window was asked to be, while it is not on the screen yet. */
static void
get_room (GtkWindow *parent, int *width, int *height)
{
  *width = gtk_widget_get_width (GTK_WIDGET (parent));
  *height = gtk_widget_get_height (GTK_WIDGET (parent));
  if (*width == 0 || *height == 0)
    gtk_window_get_default_size (parent, width, height);
}

static void
fit (GtkWindow *dialog, GtkWindow *parent)
{
  double text_scale = get_text_scale (GTK_WIDGET (dialog));
  int width, height, room_width, room_height;

  gtk_window_get_default_size (dialog, &width, &height);
  get_room (parent, &room_width, &room_height);
  if (width > 0 || height > 0)
    gtk_window_set_default_size (dialog, cap (scale (width, text_scale), room_width), cap (scale (height, text_scale), room_height));
}

/* A menu closes after what was chosen in it is done. Its window would get the keyboard while the dialog has it already: a screen
 * reader would say so then, and nothing when the dialog gives it back. */
static void
leave_menus (GtkWindow *window)
{
  GtkWidget *focus = gtk_window_get_focus (window);
  GtkWidget *popover = focus ? gtk_widget_get_ancestor (focus, GTK_TYPE_POPOVER) : NULL;

  while (popover)
    {
      GtkWidget *below = gtk_widget_get_parent (popover);

      gtk_popover_popdown (GTK_POPOVER (popover));
      gtk_widget_grab_focus (below);
      popover = gtk_widget_get_ancestor (below, GTK_TYPE_POPOVER);
    }
}

static void
on_unrealized_cb (GtkWidget *dialog)
{
  rcp_compat_stop_listening (dialog);
}

/**
 * rcp_dialog_present:
 * @dialog: a new window with its usual size as default size; or without one, when it is as large as what it holds
 * @parent: (nullable): the window that it belongs to
 *
 * A dialog that is larger than its window leaves a small screen: its buttons could not be reached.
 */
void
rcp_dialog_present (GtkWindow *dialog, GtkWindow *parent)
{
  g_return_if_fail (GTK_IS_WINDOW (dialog));
  g_return_if_fail (parent == NULL || GTK_IS_WINDOW (parent));

  if (parent)
    {
      leave_menus (parent);
      fit (dialog, parent);
    }
  if (ADW_IS_MESSAGE_DIALOG (dialog))
    rcp_compat_let_heading_shrink (ADW_MESSAGE_DIALOG (dialog));
  g_signal_connect_object (dialog, "unrealize", G_CALLBACK (on_unrealized_cb), dialog, G_CONNECT_SWAPPED);
  gtk_window_set_transient_for (dialog, parent);
  gtk_window_set_modal (dialog, TRUE);
  gtk_window_present (dialog);
}

/**
 * rcp_dialog_is_over:
 * @window: a window
 *
 * A window keeps note of what has the keyboard in it while a dialog has it instead.
 *
 * Returns: whether a dialog of @window is open
 */
gboolean
rcp_dialog_is_over (GtkWindow *window)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  g_return_val_if_fail (GTK_IS_WINDOW (window), FALSE);

  for (GList *l = windows; l; l = l->next)
    if (gtk_window_get_transient_for (l->data) == window && gtk_window_get_modal (l->data) && gtk_widget_get_mapped (l->data))
      return TRUE;
  return FALSE;
}
