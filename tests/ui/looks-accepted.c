/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "looks-accepted"

#include "looks-accepted.h"

#include <adwaita.h>

#include "keep-result.h"
#include "ui-picture.h"

#define BLOCK 8        /* pixels a side: a glyph that moves by a part of a pixel hardly changes the mean of so many */
#define TOLERANCE 26   /* of 255, in one of three channels */
#define MAX_DIFFERENCE 4 /* of 1000 blocks: one word of a window */
#define CHANNELS 4

static guchar *
download (GdkTexture *texture)
{
  int width = gdk_texture_get_width (texture), height = gdk_texture_get_height (texture);
  guchar *pixels = g_malloc ((gsize) width * (gsize) height * CHANNELS);

  gdk_texture_download (texture, pixels, (gsize) width * CHANNELS);
  return pixels;
}

GdkTexture *
looks_shrink (GdkTexture *texture)
{
  int width = gdk_texture_get_width (texture), height = gdk_texture_get_height (texture);
  int columns = width / BLOCK, rows = height / BLOCK;
  g_autofree guchar *pixels = download (texture);
  guchar *means = g_malloc ((gsize) columns * (gsize) rows * CHANNELS);
  g_autoptr (GBytes) bytes = NULL;

  for (int i = 0; i < columns * rows * CHANNELS; i++)
    {
      int channel = i % CHANNELS, column = i / CHANNELS % columns, row = i / CHANNELS / columns;
      guint sum = 0;

      for (int y = row * BLOCK; y < (row + 1) * BLOCK; y++)
        for (int x = column * BLOCK; x < (column + 1) * BLOCK; x++)
          sum += pixels[(y * width + x) * CHANNELS + channel];
      means[i] = (guchar) (sum / (BLOCK * BLOCK));
    }
  bytes = g_bytes_new_take (means, (gsize) columns * (gsize) rows * CHANNELS);
  return gdk_memory_texture_new (columns, rows, GDK_MEMORY_DEFAULT, bytes, (gsize) columns * CHANNELS);
}

guint
looks_measure_difference (GdkTexture *first, GdkTexture *second)
{
  int width = gdk_texture_get_width (first), height = gdk_texture_get_height (first);
  g_autofree guchar *a = download (first), *b = download (second);
  guint n = 0;

  if (width != gdk_texture_get_width (second) || height != gdk_texture_get_height (second))
    return 1000;
  for (int i = 0; i < width * height; i++)
    for (int channel = 0; channel < CHANNELS; channel++)
      if (ABS (a[i * CHANNELS + channel] - b[i * CHANNELS + channel]) > TOLERANCE)
        {
          n++;
          break;
        }
  return n * 1000 / MAX (1, (guint) (width * height));
}

static gboolean
is_compared (void)
{
  return adw_get_major_version () == 1 && adw_get_minor_version () == 2;
}

/* On a busy machine a list, a page that is being made ready or an icon comes later than the window that shows it. */
static GdkTexture *
take_until_alike (GtkWidget *window, GdkTexture *accepted, guint *difference)
{
  gint64 end = g_get_monotonic_time () + keep_result_get_patience ();

  while (TRUE)
    {
      g_autoptr (GdkTexture) picture = ui_picture_take_soon (window);
      g_autoptr (GdkTexture) small = looks_shrink (picture);

      *difference = looks_measure_difference (small, accepted);
      if (*difference <= MAX_DIFFERENCE || g_get_monotonic_time () > end)
        return g_steal_pointer (&picture);
    }
}

static char *
find_accepted (const char *name)
{
  g_autofree char *file = g_strdup_printf ("%s.png", name);

  return g_test_build_filename (G_TEST_DIST, "data", "looks", file, NULL);
}

static void
accept (GdkTexture *picture, const char *path)
{
  g_autoptr (GdkTexture) small = looks_shrink (picture);

  g_assert_true (gdk_texture_save_to_png (small, path));
}

static void
judge (const char *name, guint difference)
{
  if (difference <= MAX_DIFFERENCE)
    return;
  g_test_message ("%s: %u of 1000 blocks differ from the accepted picture; look at both, and accept it with "
                  "RECEPTION_ACCEPT_LOOKS=1 when it is right", name, difference);
  g_test_fail ();
}

GdkTexture *
looks_take (GtkWidget *window, const char *name)
{
  g_autofree char *path = find_accepted (name);
  g_autoptr (GdkTexture) picture = NULL, accepted = NULL;
  g_autoptr (GError) error = NULL;
  guint difference;

  if (g_getenv ("RECEPTION_ACCEPT_LOOKS"))
    {
      picture = ui_picture_take (window);
      accept (picture, path);
      return g_steal_pointer (&picture);
    }
  if (!is_compared ())
    {
      g_test_message ("%s: accepted with libadwaita 1.2, not compared with another", name);
      return ui_picture_take (window);
    }
  accepted = gdk_texture_new_from_filename (path, &error);
  g_assert_no_error (error);
  picture = take_until_alike (window, accepted, &difference);
  judge (name, difference);
  return g_steal_pointer (&picture);
}

void
looks_compare (GdkTexture *picture, const char *name)
{
  g_autofree char *path = find_accepted (name);
  g_autoptr (GdkTexture) small = NULL, accepted = NULL;
  g_autoptr (GError) error = NULL;

  if (g_getenv ("RECEPTION_ACCEPT_LOOKS"))
    {
      accept (picture, path);
      return;
    }
  if (!is_compared ())
    {
      g_test_message ("%s: accepted on another platform, not compared", name);
      return;
    }
  accepted = gdk_texture_new_from_filename (path, &error);
  g_assert_no_error (error);
  small = looks_shrink (picture);
  judge (name, looks_measure_difference (small, accepted));
}
