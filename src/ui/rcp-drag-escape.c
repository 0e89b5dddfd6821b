/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Escape while something is dragged.
 *
 * A compositor of Wayland sees to it by itself. On X11, GTK 4.8 takes Escape for the time of a drag from every window of the screen,
 * and then hands the key to nobody, as it was pressed in no window of ours: the drag goes on, and what was not meant any more is
 * done when the button is let go of. So the key is looked for in what the X server says, before GTK sees it. */

#define G_LOG_DOMAIN "rcp-drag-escape"

#include "config.h"

#include "rcp-drag-escape.h"

#ifdef GDK_WINDOWING_X11
#include <X11/Xlib.h>
#include <X11/extensions/XInput2.h>
#include <gdk/x11/gdkx.h>

static gboolean
is_escape (GdkDisplay *display, guint keycode)
{
  g_autofree GdkKeymapKey *keys = NULL;
  int n_keys = 0;

  if (!gdk_display_map_keyval (display, GDK_KEY_Escape, &keys, &n_keys))
    return FALSE;
  for (int i = 0; i < n_keys; i++)
    if (keys[i].keycode == keycode)
      return TRUE;
  return FALSE;
}

/* Extensions have numbers that differ from server to server, and each counts its events from one on. */
static gboolean
is_of_keyboard (GdkDisplay *display, const XGenericEventCookie *cookie)
{
  int opcode, first_event, first_error;

  return cookie->data && XQueryExtension (gdk_x11_display_get_xdisplay (display), "XInputExtension", &opcode, &first_event, &first_error)
         && cookie->extension == opcode && cookie->evtype == XI_KeyPress;
}

static gboolean
on_xevent_cb (GdkDisplay *display, gpointer data, GdkDrag *drag)
{
  const XEvent *event = data;

  if (event->type != GenericEvent || !is_of_keyboard (display, &event->xcookie)
      || !is_escape (display, (guint) ((const XIDeviceEvent *) event->xcookie.data)->detail))
    return FALSE;
  /* As GTK itself ends a drag, for which it has no public call. What gtk_drag_source_drag_cancel() does leaves the pointer grabbed. */
  g_signal_emit_by_name (drag, "cancel", GDK_DRAG_CANCEL_USER_CANCELLED);
  return TRUE;
}

static void
on_drag_began_cb (GtkDragSource *source, GdkDrag *drag)
{
  GdkDisplay *display = gdk_drag_get_display (drag);

  if (GDK_IS_X11_DISPLAY (display))
    g_signal_connect_object (display, "xevent", G_CALLBACK (on_xevent_cb), drag, G_CONNECT_DEFAULT);
}

static void
on_drag_ended_cb (GtkDragSource *source, GdkDrag *drag)
{
  g_signal_handlers_disconnect_by_func (gdk_drag_get_display (drag), on_xevent_cb, drag);
}
#endif

/**
 * rcp_drag_escape_watch:
 * @source: what may be dragged
 *
 * Lets Escape end a drag of it as one that came to nothing, with #GtkDragSource::drag-cancel, on every kind of screen.
 */
void
rcp_drag_escape_watch (GtkDragSource *source)
{
  g_return_if_fail (GTK_IS_DRAG_SOURCE (source));

#ifdef GDK_WINDOWING_X11
  g_signal_connect (source, "drag-begin", G_CALLBACK (on_drag_began_cb), NULL);
  g_signal_connect (source, "drag-end", G_CALLBACK (on_drag_ended_cb), NULL);
#endif
}
