/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* A picture from outside made fit for the record, in a thread: not larger than a card needs, upright, and without what a camera writes
 * into it besides, such as where it was. */

#define RCP_PHOTO_MAX_BYTES (20 * 1024 * 1024)
#define RCP_PHOTO_MAX_SIDE 1600

#define RCP_PHOTO_ERROR (rcp_photo_error_quark ())

/**
 * RcpPhotoError: the message is translated
 * @RCP_PHOTO_ERROR_NO_IMAGE: nothing that is known as a picture
 * @RCP_PHOTO_ERROR_TOO_LARGE: in bytes or in pixels
 * @RCP_PHOTO_ERROR_BROKEN: a picture that is cut off or damaged
 * @RCP_PHOTO_ERROR_UNREADABLE: the file could not be read
 */
typedef enum
{
  RCP_PHOTO_ERROR_NO_IMAGE,
  RCP_PHOTO_ERROR_TOO_LARGE,
  RCP_PHOTO_ERROR_BROKEN,
  RCP_PHOTO_ERROR_UNREADABLE,
} RcpPhotoError;

GQuark rcp_photo_error_quark (void);

void rcp_photo_read_file_async (GFile *file, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
void rcp_photo_read_bytes_async (GBytes *bytes, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
void rcp_photo_read_texture_async (GdkTexture *texture, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
GBytes *rcp_photo_read_finish (GAsyncResult *result, GError **error);

/* To be shown: what the record holds, which another program may have put there. */
void rcp_photo_open_async (GBytes *image, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
GdkTexture *rcp_photo_open_finish (GAsyncResult *result, GError **error);

G_END_DECLS
