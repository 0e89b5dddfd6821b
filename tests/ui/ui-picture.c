/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "ui-picture"

#include "ui-picture.h"

void
ui_picture_load_style (void)
{
  GdkDisplay *display = gdk_display_get_default ();
  g_autoptr (GtkCssProvider) style = gtk_css_provider_new ();

  gtk_css_provider_load_from_resource (style, "/org/frontdesk/Reception/style.css");
  gtk_style_context_add_provider_for_display (display, GTK_STYLE_PROVIDER (style), GTK_STYLE_PROVIDER_PRIORITY_APPLICATION);
  gtk_icon_theme_add_resource_path (gtk_icon_theme_get_for_display (display), "/org/frontdesk/Reception/icons");
  g_object_set (gtk_settings_get_default (), "gtk-enable-animations", FALSE, NULL);
}

#define REST (300 * 1000) /* microseconds: a change of size or style takes a few frames to arrive */
#define MOMENT (40 * 1000)

static void
settle (gint64 span)
{
  gint64 end = g_get_monotonic_time () + span;

  while (g_get_monotonic_time () < end)
    {
      while (g_main_context_iteration (NULL, FALSE))
        ;
      g_usleep (10 * 1000);
    }
}

/* NULL while the window has no size yet. */
static GskRenderNode *
draw (GtkWidget *window)
{
  g_autoptr (GdkPaintable) paintable = gtk_widget_paintable_new (window);
  g_autoptr (GtkSnapshot) snapshot = gtk_snapshot_new ();

  gtk_widget_queue_draw (window);
  gtk_test_widget_wait_for_draw (window);
  gdk_paintable_snapshot (paintable, GDK_SNAPSHOT (snapshot), gtk_widget_get_width (window), gtk_widget_get_height (window));
  return gtk_snapshot_free_to_node (g_steal_pointer (&snapshot));
}

static GdkTexture *
take_after (GtkWidget *window, gint64 span)
{
  g_autoptr (GskRenderNode) node = NULL;

  for (int i = 0; !node && i < 100; i++)
    {
      settle (span);
      node = draw (window);
    }
  g_assert_nonnull (node);
  return gsk_renderer_render_texture (gtk_native_get_renderer (GTK_NATIVE (window)), node, NULL);
}

/**
 * ui_picture_take_soon:
 * @window: a window on the screen
 *
 * Returns: (transfer full): what it looks like in a moment, whether or not it has come to rest by then
 */
GdkTexture *
ui_picture_take_soon (GtkWidget *window)
{
  return take_after (window, MOMENT);
}

/**
 * ui_picture_take:
 * @window: a window on the screen
 *
 * Returns: (transfer full): what it looks like when it has come to rest
 */
GdkTexture *
ui_picture_take (GtkWidget *window)
{
  return take_after (window, REST);
}

/**
 * ui_picture_keep:
 * @texture: a picture
 * @name: without a folder or suffix
 *
 * Saves it to RECEPTION_PICTURES for people to look at; does nothing when that is not set.
 */
void
ui_picture_keep (GdkTexture *texture, const char *name)
{
  const char *folder = g_getenv ("RECEPTION_PICTURES");
  g_autofree char *path = NULL;

  if (!folder)
    return;

  g_assert_cmpint (g_mkdir_with_parents (folder, 0755), ==, 0);
  path = g_strdup_printf ("%s/%s.png", folder, name);
  g_assert_true (gdk_texture_save_to_png (texture, path));
}

void
ui_picture_save (GtkWidget *window, const char *name)
{
  g_autoptr (GdkTexture) texture = ui_picture_take (window);

  ui_picture_keep (texture, name);
}
