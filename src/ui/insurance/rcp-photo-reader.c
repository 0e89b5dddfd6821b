/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-photo-reader"

#include "config.h"

#include "rcp-photo-reader.h"

#include <glib/gi18n.h>
#include <string.h>

/* A file of few bytes may unfold to very many pixels. */
#define MAX_PIXELS (100 * 1000 * 1000)
#define CHUNK (64 * 1024)
#define QUALITY "85"

G_DEFINE_QUARK (rcp-photo-error-quark, rcp_photo_error)

/* Where it comes from: one of them. */
typedef struct
{
  GFile *file;
  GBytes *bytes;
  GdkTexture *texture;
} Source;

static void
source_free (gpointer data)
{
  Source *self = data;

  g_clear_object (&self->file);
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_clear_object (&self->texture);
  g_free (self);
}

static void
set_error (GError **error, RcpPhotoError code)
{
  const char *words = code == RCP_PHOTO_ERROR_NO_IMAGE    ? _ ("This is no picture. A photo is a JPEG or a PNG file.")
                      : code == RCP_PHOTO_ERROR_TOO_LARGE ? _ ("This picture is too large. A photo of a card has at most 20 MB.")
                      : code == RCP_PHOTO_ERROR_BROKEN    ? _ ("This picture is damaged. Take the photo again, or copy the file again.")
                                                          : _ ("The file could not be read.");

  g_clear_error (error);
  g_set_error_literal (error, RCP_PHOTO_ERROR, (int) code, words);
}

/* No more of it than is allowed, whatever its size is said to be. */
static GBytes *
read_file (GFile *file, GCancellable *cancellable, GError **error)
{
  g_autoptr (GFileInputStream) stream = g_file_read (file, cancellable, NULL);
  g_autoptr (GByteArray) all = g_byte_array_new ();

  while (stream && all->len <= RCP_PHOTO_MAX_BYTES)
    {
      g_autoptr (GBytes) chunk = g_input_stream_read_bytes (G_INPUT_STREAM (stream), CHUNK, cancellable, NULL);

      if (!chunk)
        break;
      if (g_bytes_get_size (chunk) == 0)
        return g_byte_array_free_to_bytes (g_steal_pointer (&all));
      g_byte_array_append (all, g_bytes_get_data (chunk, NULL), (guint) g_bytes_get_size (chunk));
    }
  if (!g_cancellable_set_error_if_cancelled (cancellable, error))
    set_error (error, all->len > RCP_PHOTO_MAX_BYTES ? RCP_PHOTO_ERROR_TOO_LARGE : RCP_PHOTO_ERROR_UNREADABLE);
  return NULL;
}

/* By what it begins with: no other loader of the system sees what a stranger has sent. */
static const char *
find_type (GBytes *bytes)
{
  static const struct { const char *type; const char *start; gsize length; } known[] = {
    { "jpeg", "\xff\xd8\xff", 3 },
    { "png", "\x89PNG\r\n\x1a\n", 8 },
  };
  gsize length;
  const void *data = g_bytes_get_data (bytes, &length);

  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    if (length >= known[i].length && memcmp (data, known[i].start, known[i].length) == 0)
      return known[i].type;
  return NULL;
}

/* Whether a JPEG goes on to its end (EOI): its loader fills up with grey what is missing. ITU-T T.81, B.1.1.2: a marker is 0xff and a code;
 * those of segments are followed by their length, and in the data of a scan 0xff is followed by 0 or by a restart (0xd0 to 0xd7). */
static gboolean
has_end (GBytes *jpeg)
{
  gsize length;
  const guchar *data = g_bytes_get_data (jpeg, &length);
  gsize at = 2;

  while (at + 1 < length)
    {
      guchar code = data[at + 1];

      if (data[at] == 0xff && code == 0xd9)
        return TRUE;
      if (data[at] != 0xff || code == 0 || code == 0xff || (code >= 0xd0 && code <= 0xd7))
        at++;
      else if (at + 3 < length)
        at += 2 + ((gsize) data[at + 2] << 8) + data[at + 3];
      else
        return FALSE;
    }
  return FALSE;
}

/* What is heard of a picture while it is read. */
typedef struct
{
  int height;
  int n_rows; /* that have come */
  gboolean is_too_large;
} Progress;

static void
on_size_prepared_cb (GdkPixbufLoader *loader, int width, int height, gpointer user_data)
{
  Progress *self = user_data;

  self->height = height;
  self->is_too_large = (gint64) width * height > MAX_PIXELS;
  if (self->is_too_large)
    gdk_pixbuf_loader_set_size (loader, 0, 0);
}

static void
on_area_updated_cb (GdkPixbufLoader *loader, int x, int y, int width, int height, gpointer user_data)
{
  Progress *self = user_data;

  self->n_rows = MAX (self->n_rows, y + height);
}

/* (transfer full): upright. A loader may be content with a picture that ends early. */
static GdkPixbuf *
decode (GBytes *bytes, GError **error)
{
  const char *type = find_type (bytes);
  g_autoptr (GdkPixbufLoader) loader = type ? gdk_pixbuf_loader_new_with_type (type, NULL) : NULL;
  Progress progress = { 0 };
  gboolean is_written, is_closed;
  GdkPixbuf *pixbuf;

  if (!loader)
    {
      set_error (error, RCP_PHOTO_ERROR_NO_IMAGE);
      return NULL;
    }
  g_signal_connect (loader, "size-prepared", G_CALLBACK (on_size_prepared_cb), &progress);
  g_signal_connect (loader, "area-updated", G_CALLBACK (on_area_updated_cb), &progress);
  is_written = gdk_pixbuf_loader_write_bytes (loader, bytes, NULL);
  is_closed = gdk_pixbuf_loader_close (loader, NULL);
  pixbuf = gdk_pixbuf_loader_get_pixbuf (loader);
  is_closed = is_closed && (!g_str_equal (type, "jpeg") || has_end (bytes));
  if (progress.is_too_large || !is_written || !is_closed || !pixbuf || progress.n_rows < progress.height)
    {
      set_error (error, progress.is_too_large ? RCP_PHOTO_ERROR_TOO_LARGE : RCP_PHOTO_ERROR_BROKEN);
      return NULL;
    }
  return gdk_pixbuf_apply_embedded_orientation (pixbuf);
}

/* (transfer full): on white where it lets something through, and no larger than is needed. */
static GdkPixbuf *
fit (GdkPixbuf *pixbuf)
{
  int width = gdk_pixbuf_get_width (pixbuf), height = gdk_pixbuf_get_height (pixbuf);
  double scale = MIN (1.0, (double) RCP_PHOTO_MAX_SIDE / MAX (width, height));
  int to_width = MAX (1, (int) (width * scale + 0.5)), to_height = MAX (1, (int) (height * scale + 0.5));

  return gdk_pixbuf_composite_color_simple (pixbuf, to_width, to_height, GDK_INTERP_BILINEAR, 255, 8, 0xffffff, 0xffffff);
}

static GBytes *
prepare (GBytes *bytes, GError **error)
{
  g_autoptr (GdkPixbuf) pixbuf = NULL, fitted = NULL;
  char *buffer = NULL;
  gsize length;

  if (g_bytes_get_size (bytes) > RCP_PHOTO_MAX_BYTES)
    {
      set_error (error, RCP_PHOTO_ERROR_TOO_LARGE);
      return NULL;
    }
  pixbuf = decode (bytes, error);
  if (!pixbuf)
    return NULL;
  fitted = fit (pixbuf);
  if (!fitted || !gdk_pixbuf_save_to_buffer (fitted, &buffer, &length, "jpeg", NULL, "quality", QUALITY, NULL))
    {
      set_error (error, RCP_PHOTO_ERROR_BROKEN);
      return NULL;
    }
  return g_bytes_new_take (buffer, length);
}

static void
read_in_thread (GTask *task, gpointer source_object, gpointer task_data, GCancellable *cancellable)
{
  Source *self = task_data;
  GError *error = NULL;
  g_autoptr (GBytes) bytes = NULL;
  GBytes *image;

  if (self->file)
    bytes = read_file (self->file, cancellable, &error);
  else
    bytes = self->texture ? gdk_texture_save_to_png_bytes (self->texture) : g_bytes_ref (self->bytes);
  image = bytes ? prepare (bytes, &error) : NULL;
  if (image)
    g_task_return_pointer (task, image, (GDestroyNotify) g_bytes_unref);
  else
    g_task_return_error (task, error);
}

static void
begin (Source *source, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (task, begin);
  g_task_set_task_data (task, source, source_free);
  g_task_run_in_thread (task, read_in_thread);
}

/**
 * rcp_photo_read_file_async:
 * @file: a JPEG or a PNG
 * @cancellable: (nullable): cancels it
 * @callback: called with the result
 * @user_data: passed on
 */
void
rcp_photo_read_file_async (GFile *file, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  Source *source;

  g_return_if_fail (G_IS_FILE (file));

  source = g_new0 (Source, 1);
  source->file = g_object_ref (file);
  begin (source, cancellable, callback, user_data);
}

/* The same of what is in memory. */
void
rcp_photo_read_bytes_async (GBytes *bytes, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  Source *source;

  g_return_if_fail (bytes != NULL);

  source = g_new0 (Source, 1);
  source->bytes = g_bytes_ref (bytes);
  begin (source, cancellable, callback, user_data);
}

/* The same of a picture that another program gives, as by copy and paste. */
void
rcp_photo_read_texture_async (GdkTexture *texture, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  Source *source;

  g_return_if_fail (GDK_IS_TEXTURE (texture));

  source = g_new0 (Source, 1);
  source->texture = g_object_ref (texture);
  begin (source, cancellable, callback, user_data);
}

/* Returns: (transfer full): a JPEG; %NULL with an RcpPhotoError, or cancelled */
GBytes *
rcp_photo_read_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, begin), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
open_in_thread (GTask *task, gpointer source_object, gpointer task_data, GCancellable *cancellable)
{
  GError *error = NULL;
  g_autoptr (GdkPixbuf) pixbuf = decode (task_data, &error), fitted = pixbuf ? fit (pixbuf) : NULL;

  if (fitted)
    g_task_return_pointer (task, gdk_texture_new_for_pixbuf (fitted), g_object_unref);
  else
    {
      if (!error)
        set_error (&error, RCP_PHOTO_ERROR_BROKEN);
      g_task_return_error (task, error);
    }
}

void
rcp_photo_open_async (GBytes *image, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (image != NULL);

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, rcp_photo_open_async);
  g_task_set_task_data (task, g_bytes_ref (image), (GDestroyNotify) g_bytes_unref);
  g_task_run_in_thread (task, open_in_thread);
}

/* Returns: (transfer full): upright and fit to be drawn; %NULL with an RcpPhotoError, or cancelled */
GdkTexture *
rcp_photo_open_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, rcp_photo_open_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
