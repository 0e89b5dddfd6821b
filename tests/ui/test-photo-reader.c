/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-photo-reader"

/* What becomes of a picture from outside, and what is refused: rcp-photo-reader.c. No display. */
#include "config.h"

#include <glib/gstdio.h>
#include <string.h>

#include "keep-result.h"
#include "ui/insurance/rcp-photo-reader.h"

/* Red above, blue below. */
static GdkPixbuf *
make_pixbuf (int width, int height)
{
  GdkPixbuf *pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, width, height);
  g_autoptr (GdkPixbuf) below = gdk_pixbuf_new_subpixbuf (pixbuf, 0, height / 2, width, height - height / 2);

  gdk_pixbuf_fill (pixbuf, 0xff0000ff);
  gdk_pixbuf_fill (below, 0x0000ffff);
  return pixbuf;
}

static GBytes *
make_image (int width, int height, const char *type)
{
  g_autoptr (GdkPixbuf) pixbuf = make_pixbuf (width, height);
  g_autoptr (GError) error = NULL;
  char *buffer;
  gsize length;

  gdk_pixbuf_save_to_buffer (pixbuf, &buffer, &length, type, &error, NULL);
  g_assert_no_error (error);
  return g_bytes_new_take (buffer, length);
}

/* As a camera writes it that was held sideways: EXIF with the one entry 0x0112 after the start of the image. */
static GBytes *
turn (GBytes *jpeg, guchar orientation)
{
  const guchar exif[] = { 0xff, 0xe1, 0, 34, 'E', 'x', 'i', 'f', 0, 0, 'M', 'M', 0, 42, 0, 0, 0, 8, 0, 1, 0x01, 0x12, 0, 3, 0, 0, 0, 1, 0, orientation,
                          0, 0, 0, 0, 0, 0 };
  GByteArray *all = g_byte_array_new ();
  gsize length;
  const guchar *data = g_bytes_get_data (jpeg, &length);

  g_byte_array_append (all, data, 2);
  g_byte_array_append (all, exif, sizeof exif);
  g_byte_array_append (all, data + 2, (guint) length - 2);
  return g_byte_array_free_to_bytes (all);
}

static GBytes *
read_bytes (GBytes *bytes, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  GAsyncResult *kept = NULL;

  rcp_photo_read_bytes_async (bytes, NULL, keep_result_cb, &kept);
  result = keep_result_wait (&kept);
  return rcp_photo_read_finish (result, error);
}

static GdkPixbuf *
open_photo (GBytes *photo)
{
  g_autoptr (GdkPixbufLoader) loader = gdk_pixbuf_loader_new_with_type ("jpeg", NULL);

  g_assert_true (gdk_pixbuf_loader_write_bytes (loader, photo, NULL));
  g_assert_true (gdk_pixbuf_loader_close (loader, NULL));
  return g_object_ref (gdk_pixbuf_loader_get_pixbuf (loader));
}

static gboolean
is_red (GdkPixbuf *pixbuf, int x, int y)
{
  const guchar *pixel = gdk_pixbuf_read_pixels (pixbuf) + y * gdk_pixbuf_get_rowstride (pixbuf) + x * gdk_pixbuf_get_n_channels (pixbuf);

  return pixel[0] > 200 && pixel[1] < 60 && pixel[2] < 60;
}

static void
assert_size (GdkPixbuf *pixbuf, int width, int height)
{
  g_assert_cmpint (gdk_pixbuf_get_width (pixbuf), ==, width);
  g_assert_cmpint (gdk_pixbuf_get_height (pixbuf), ==, height);
}

/* No larger than is needed, in its own shape; a small one stays as it is. */
static void
test_scaled (void)
{
  static const struct { int width; int height; int to_width; int to_height; const char *type; } cases[] = {
    { 3200, 2000, 1600, 1000, "png" }, { 2000, 4000, 800, 1600, "jpeg" }, { 800, 500, 800, 500, "png" }, { 5000, 1, 1600, 1, "png" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GBytes) image = make_image (cases[i].width, cases[i].height, cases[i].type), photo = NULL;
      g_autoptr (GError) error = NULL;
      g_autoptr (GdkPixbuf) shown = NULL;

      photo = read_bytes (image, &error);
      g_assert_no_error (error);
      shown = open_photo (photo);
      assert_size (shown, cases[i].to_width, cases[i].to_height);
      g_assert_true (cases[i].height == 1 || is_red (shown, 0, 0));
      g_assert_cmpuint (g_bytes_get_size (photo), <, 400 * 1024);
    }
}

/* Upright, and nothing is left of what the camera wrote. */
static void
test_turned (void)
{
  g_autoptr (GBytes) plain = make_image (2000, 1000, "jpeg"), turned = turn (plain, 6), over = turn (plain, 3), photo = NULL, other = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkPixbuf) shown = NULL, shown_over = NULL;

  photo = read_bytes (turned, &error);
  g_assert_no_error (error);
  shown = open_photo (photo);
  assert_size (shown, 800, 1600);
  /* A quarter to the right: what was above is on the right. */
  g_assert_true (is_red (shown, 790, 800) && !is_red (shown, 10, 800));
  g_assert_null (memmem (g_bytes_get_data (photo, NULL), g_bytes_get_size (photo), "Exif", 4));
  g_assert_null (gdk_pixbuf_get_option (shown, "orientation"));
  other = read_bytes (over, &error);
  g_assert_no_error (error);
  shown_over = open_photo (other);
  assert_size (shown_over, 1600, 800);
  g_assert_true (is_red (shown_over, 10, 790) && !is_red (shown_over, 10, 10));
}

/* What lets something through is on white, also as another program gives it. */
static void
test_texture (void)
{
  g_autoptr (GdkPixbuf) clear = gdk_pixbuf_new (GDK_COLORSPACE_RGB, TRUE, 8, 40, 20), shown = NULL;
  g_autoptr (GdkTexture) texture = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GBytes) photo = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *kept = NULL;

  gdk_pixbuf_fill (clear, 0x00000000);
  texture = gdk_texture_new_for_pixbuf (clear);
  rcp_photo_read_texture_async (texture, NULL, keep_result_cb, &kept);
  result = keep_result_wait (&kept);
  photo = rcp_photo_read_finish (result, &error);
  g_assert_no_error (error);
  shown = open_photo (photo);
  assert_size (shown, 40, 20);
  g_assert_cmpuint (gdk_pixbuf_read_pixels (shown)[0], >, 240);
}

static void
assert_refused (GBytes *bytes, RcpPhotoError code)
{
  g_autoptr (GBytes) photo = NULL;
  g_autoptr (GError) error = NULL;

  photo = read_bytes (bytes, &error);
  g_assert_null (photo);
  g_assert_error (error, RCP_PHOTO_ERROR, (int) code);
  g_test_message ("%s", error->message);
}

/* Each with its own word. */
static void
test_refused (void)
{
  g_autoptr (GBytes) text = g_bytes_new_static ("Acme Health", 11), none = g_bytes_new_static ("", 0);
  g_autoptr (GBytes) svg = g_bytes_new_static ("<svg xmlns='http://www.w3.org/2000/svg'/>", 41);
  g_autoptr (GBytes) large = g_bytes_new_take (g_malloc0 (RCP_PHOTO_MAX_BYTES + 1), RCP_PHOTO_MAX_BYTES + 1);
  static const char *const types[] = { "jpeg", "png" };

  assert_refused (text, RCP_PHOTO_ERROR_NO_IMAGE);
  assert_refused (none, RCP_PHOTO_ERROR_NO_IMAGE);
  assert_refused (svg, RCP_PHOTO_ERROR_NO_IMAGE);
  assert_refused (large, RCP_PHOTO_ERROR_TOO_LARGE);
  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    {
      g_autoptr (GBytes) whole = make_image (1200, 800, types[i]);
      g_autoptr (GBytes) start = g_bytes_new_from_bytes (whole, 0, 12), half = g_bytes_new_from_bytes (whole, 0, g_bytes_get_size (whole) / 2);

      assert_refused (start, RCP_PHOTO_ERROR_BROKEN);
      assert_refused (half, RCP_PHOTO_ERROR_BROKEN);
    }
}

/* Few bytes that say that they are a picture of very many pixels: nobody unfolds it. */
static void
test_bomb (void)
{
  g_autoptr (GBytes) small = make_image (10, 10, "jpeg");
  g_autofree guchar *data = g_memdup2 (g_bytes_get_data (small, NULL), g_bytes_get_size (small));
  g_autoptr (GBytes) bomb = NULL;
  guchar *frame = memmem (data, g_bytes_get_size (small), "\xff\xc0", 2);

  g_assert_nonnull (frame);
  memcpy (frame + 5, "\xff\x00\xff\x00", 4);
  bomb = g_bytes_new (data, g_bytes_get_size (small));
  assert_refused (bomb, RCP_PHOTO_ERROR_TOO_LARGE);
}

static GBytes *
read_file (GFile *file, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  GAsyncResult *kept = NULL;

  rcp_photo_read_file_async (file, NULL, keep_result_cb, &kept);
  result = keep_result_wait (&kept);
  return rcp_photo_read_finish (result, error);
}

static void
test_file (void)
{
  g_autofree char *folder = g_dir_make_tmp ("photo-XXXXXX", NULL), *path = g_build_filename (folder, "card.png", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path), nowhere = g_file_get_child (file, "not"), directory = g_file_new_for_path (folder);
  g_autoptr (GBytes) image = make_image (200, 100, "png"), photo = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (g_file_set_contents (path, g_bytes_get_data (image, NULL), (gssize) g_bytes_get_size (image), NULL));
  photo = read_file (file, &error);
  g_assert_no_error (error);
  g_assert_nonnull (photo);
  g_assert_null (read_file (nowhere, &error));
  g_assert_error (error, RCP_PHOTO_ERROR, RCP_PHOTO_ERROR_UNREADABLE);
  g_clear_error (&error);
  g_assert_null (read_file (directory, &error));
  g_assert_error (error, RCP_PHOTO_ERROR, RCP_PHOTO_ERROR_UNREADABLE);
  g_unlink (path);
  g_rmdir (folder);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ui/photo-reader/scaled", test_scaled);
  g_test_add_func ("/ui/photo-reader/turned", test_turned);
  g_test_add_func ("/ui/photo-reader/texture", test_texture);
  g_test_add_func ("/ui/photo-reader/refused", test_refused);
  g_test_add_func ("/ui/photo-reader/bomb", test_bomb);
  g_test_add_func ("/ui/photo-reader/file", test_file);
  return g_test_run ();
}
