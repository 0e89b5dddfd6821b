/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-card-photo-row"

#include "config.h"

#include "rcp-card-photo-row.h"

#include <glib/gi18n.h>

#include "ui/insurance/rcp-photo-reader.h"
#include "ui/rcp-dialog.h"
#include "ui/rcp-keys.h"
#include "ui/rcp-spoken-row.h"
#include "ui/rcp-title.h"
#include "ui/rcp-ui-compat.h"

#define THUMB_WIDTH 72 /* a card is 85.6 by 54 mm: ISO/IEC 7810, ID-1 */
#define THUMB_HEIGHT 46

struct _RcpCardPhotoRow
{
  AdwActionRow parent_instance;

  RcpCardSide side;
  RcpCardPhoto *stored;
  GBytes *image;
  GdkTexture *texture; /* of @image; NULL until it is decoded */
  gboolean is_changed;
  char *problem;
  GCancellable *reading;
  GtkFileChooserNative *chooser;
  GtkPicture *picture;
  GtkWidget *add_button;
  GtkWidget *remove_button;
};

G_DEFINE_FINAL_TYPE (RcpCardPhotoRow, rcp_card_photo_row, ADW_TYPE_ACTION_ROW)

static guint changed_signal;

static void
stop (RcpCardPhotoRow *self)
{
  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
}

static void
rcp_card_photo_row_dispose (GObject *object)
{
  RcpCardPhotoRow *self = RCP_CARD_PHOTO_ROW (object);

  stop (self);
  g_clear_object (&self->chooser);
  g_clear_object (&self->stored);
  g_clear_object (&self->texture);
  g_clear_pointer (&self->image, g_bytes_unref);
  g_clear_pointer (&self->problem, g_free);
  G_OBJECT_CLASS (rcp_card_photo_row_parent_class)->dispose (object);
}

static void
rcp_card_photo_row_class_init (RcpCardPhotoRowClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rcp_card_photo_row_dispose;
  changed_signal = g_signal_new ("changed", RCP_TYPE_CARD_PHOTO_ROW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
rcp_card_photo_row_init (RcpCardPhotoRow *self)
{
}

/* @front or @back, which are translated as a whole. */
static const char *
by_side (RcpCardPhotoRow *self, const char *front, const char *back)
{
  return self->side == RCP_CARD_FRONT ? front : back;
}

static const char *
describe (RcpCardPhotoRow *self)
{
  if (self->problem)
    return self->problem;
  if (self->reading)
    return _ ("The picture is being read");
  return self->image ? _ ("Enter shows it large") : _ ("Choose a file, or paste or drop a picture here");
}

static void
update (RcpCardPhotoRow *self)
{
  const char *add = self->image ? by_side (self, _ ("Replace the Photo of the Front"), _ ("Replace the Photo of the Back"))
                                : by_side (self, _ ("Add a Photo of the Front"), _ ("Add a Photo of the Back"));

  gtk_picture_set_paintable (self->picture, GDK_PAINTABLE (self->texture));
  gtk_picture_set_alternative_text (self->picture, self->texture ? by_side (self, _ ("Photo of the Front"), _ ("Photo of the Back")) : NULL);
  gtk_button_set_label (GTK_BUTTON (self->add_button), self->image ? _ ("Replace…") : _ ("Add…"));
  rcp_compat_name (self->add_button, add);
  gtk_widget_set_visible (self->remove_button, self->image != NULL);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (self), self->texture != NULL);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), describe (self));
  rcp_spoken_row_update (ADW_ACTION_ROW (self));
  g_signal_emit (self, changed_signal, 0);
}

/* What was under way is forgotten. Returns: (transfer full): for what begins now */
static GCancellable *
begin (RcpCardPhotoRow *self)
{
  stop (self);
  g_clear_pointer (&self->problem, g_free);
  self->reading = g_cancellable_new ();
  return g_object_ref (self->reading);
}

/* What failed leaves the picture that was there. */
static void
finish (RcpCardPhotoRow *self, const GError *error)
{
  g_clear_object (&self->reading);
  if (error)
    self->problem = g_strdup (error->message);
  update (self);
}

static void
on_opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RcpCardPhotoRow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkTexture) texture = rcp_photo_open_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_set_object (&self->texture, texture);
  finish (self, error);
}

/* @image: (transfer full) (nullable) */
static void
show_image (RcpCardPhotoRow *self, GBytes *image)
{
  g_autoptr (GCancellable) reading = begin (self);

  g_clear_object (&self->texture);
  g_clear_pointer (&self->image, g_bytes_unref);
  self->image = image;
  if (image)
    rcp_photo_open_async (image, reading, on_opened_cb, g_object_ref (self));
  else
    g_clear_object (&self->reading);
  update (self);
}

static void
on_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RcpCardPhotoRow) self = user_data;
  g_autoptr (GError) error = NULL;
  GBytes *image = rcp_photo_read_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  if (!image)
    {
      finish (self, error);
      return;
    }
  self->is_changed = TRUE;
  show_image (self, image);
}

void
rcp_card_photo_row_take_file (RcpCardPhotoRow *self, GFile *file)
{
  g_autoptr (GCancellable) reading = NULL;

  g_return_if_fail (RCP_IS_CARD_PHOTO_ROW (self));
  g_return_if_fail (G_IS_FILE (file));

  reading = begin (self);
  rcp_photo_read_file_async (file, reading, on_read_cb, g_object_ref (self));
  update (self);
}

static gboolean
take_files (RcpCardPhotoRow *self, const GValue *value)
{
  g_autoptr (GSList) files = gdk_file_list_get_files (g_value_get_boxed (value));

  if (files)
    rcp_card_photo_row_take_file (self, files->data);
  return files != NULL;
}

static void
take_texture (RcpCardPhotoRow *self, GdkTexture *texture)
{
  g_autoptr (GCancellable) reading = begin (self);

  rcp_photo_read_texture_async (texture, reading, on_read_cb, g_object_ref (self));
  update (self);
}

static gboolean
on_dropped_cb (GtkDropTarget *target, const GValue *value, double x, double y, RcpCardPhotoRow *self)
{
  if (G_VALUE_HOLDS (value, GDK_TYPE_FILE_LIST))
    return take_files (self, value);
  take_texture (self, g_value_get_object (value));
  return TRUE;
}

static void
on_pasted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RcpCardPhotoRow) self = user_data;
  const GValue *value = gdk_clipboard_read_value_finish (GDK_CLIPBOARD (source), result, NULL);

  if (value && G_VALUE_HOLDS (value, GDK_TYPE_FILE_LIST))
    take_files (self, value);
  else if (value && g_value_get_object (value))
    take_texture (self, g_value_get_object (value));
  else
    gtk_widget_error_bell (GTK_WIDGET (self));
}

/* A file that was copied, or a picture of another program. */
void
rcp_card_photo_row_paste (RcpCardPhotoRow *self)
{
  GdkClipboard *clipboard;
  gboolean is_file;

  g_return_if_fail (RCP_IS_CARD_PHOTO_ROW (self));

  clipboard = gtk_widget_get_clipboard (GTK_WIDGET (self));
  is_file = gdk_content_formats_contain_gtype (gdk_clipboard_get_formats (clipboard), GDK_TYPE_FILE_LIST);
  gdk_clipboard_read_value_async (clipboard, is_file ? GDK_TYPE_FILE_LIST : GDK_TYPE_TEXTURE, G_PRIORITY_DEFAULT, NULL, on_pasted_cb,
                                  g_object_ref (self));
}

static void
on_file_chosen_cb (RcpCardPhotoRow *self, int response, GtkFileChooserNative *chooser)
{
  g_autoptr (GFile) file = response == GTK_RESPONSE_ACCEPT ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser)) : NULL;

  if (file)
    rcp_card_photo_row_take_file (self, file);
  g_clear_object (&self->chooser);
}

static void
on_add_clicked_cb (RcpCardPhotoRow *self)
{
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();

  g_clear_object (&self->chooser);
  self->chooser = gtk_file_chooser_native_new (by_side (self, _ ("Photo of the Front"), _ ("Photo of the Back")),
                                               GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), GTK_FILE_CHOOSER_ACTION_OPEN, NULL, NULL);
  gtk_file_filter_set_name (filter, _ ("Pictures"));
  gtk_file_filter_add_mime_type (filter, "image/jpeg");
  gtk_file_filter_add_mime_type (filter, "image/png");
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (self->chooser), filter);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (self->chooser), TRUE);
  g_signal_connect_object (self->chooser, "response", G_CALLBACK (on_file_chosen_cb), self, G_CONNECT_SWAPPED);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (self->chooser));
}

/* The keyboard is in the button that goes. */
static void
on_remove_clicked_cb (RcpCardPhotoRow *self)
{
  gtk_widget_grab_focus (self->add_button);
  self->is_changed = TRUE;
  show_image (self, NULL);
}

static gboolean
on_close_pressed_cb (GtkWidget *window, GVariant *args, gpointer user_data)
{
  gtk_window_close (GTK_WINDOW (window));
  return TRUE;
}

/* As large as the screen allows: numbers are read from it. */
static void
on_activated_cb (RcpCardPhotoRow *self)
{
  GtkWindow *dialog = GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self))), *parent = gtk_window_get_transient_for (dialog);
  GtkWidget *window, *box, *header, *picture;
  GtkEventController *keys;

  if (!self->texture)
    return;
  window = adw_window_new ();
  box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  header = adw_header_bar_new ();
  picture = gtk_picture_new_for_paintable (GDK_PAINTABLE (self->texture));
  keys = gtk_shortcut_controller_new ();
  gtk_window_set_title (GTK_WINDOW (window), by_side (self, _ ("Front of the Card"), _ ("Back of the Card")));
  gtk_window_set_default_size (GTK_WINDOW (window), 960, 680);
  rcp_title_put (ADW_HEADER_BAR (header), GTK_WINDOW (window));
  gtk_picture_set_alternative_text (GTK_PICTURE (picture), by_side (self, _ ("Photo of the Front"), _ ("Photo of the Back")));
  gtk_widget_set_vexpand (picture, TRUE);
  gtk_widget_set_focusable (picture, TRUE);
  rcp_keys_add (GTK_SHORTCUT_CONTROLLER (keys), RCP_KEYS_DIALOG, on_close_pressed_cb);
  gtk_widget_add_controller (window, keys);
  gtk_box_append (GTK_BOX (box), header);
  gtk_box_append (GTK_BOX (box), picture);
  adw_window_set_content (ADW_WINDOW (window), box);
  gtk_window_set_focus (GTK_WINDOW (window), picture);
  /* It may be as large as the window behind the dialog, and gives the keyboard back to the dialog. */
  rcp_dialog_present (GTK_WINDOW (window), parent ? parent : dialog);
  gtk_window_set_transient_for (GTK_WINDOW (window), dialog);
}

static void
add_buttons (RcpCardPhotoRow *self)
{
  self->add_button = gtk_button_new ();
  self->remove_button = gtk_button_new_from_icon_name ("user-trash-symbolic");
  gtk_widget_set_tooltip_text (self->remove_button, by_side (self, _ ("Remove the Photo of the Front"), _ ("Remove the Photo of the Back")));
  rcp_compat_name (self->remove_button, by_side (self, _ ("Remove the Photo of the Front"), _ ("Remove the Photo of the Back")));
  gtk_widget_add_css_class (self->remove_button, "flat");
  gtk_widget_set_valign (self->add_button, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (self->remove_button, GTK_ALIGN_CENTER);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), self->add_button);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), self->remove_button);
  g_signal_connect_object (self->add_button, "clicked", G_CALLBACK (on_add_clicked_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->remove_button, "clicked", G_CALLBACK (on_remove_clicked_cb), self, G_CONNECT_SWAPPED);
}

/**
 * rcp_card_photo_row_new:
 * @side: of the card
 *
 * Returns: (transfer floating): without a photo
 */
GtkWidget *
rcp_card_photo_row_new (RcpCardSide side)
{
  GType types[] = { GDK_TYPE_FILE_LIST, GDK_TYPE_TEXTURE };
  RcpCardPhotoRow *self = g_object_new (RCP_TYPE_CARD_PHOTO_ROW, NULL);
  GtkDropTarget *target = gtk_drop_target_new (G_TYPE_INVALID, GDK_ACTION_COPY);

  self->side = side;
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), by_side (self, _ ("Photo of the Front"), _ ("Photo of the Back")));
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (self), 4);
  self->picture = GTK_PICTURE (gtk_picture_new ());
  gtk_widget_set_size_request (GTK_WIDGET (self->picture), THUMB_WIDTH, THUMB_HEIGHT);
  gtk_widget_set_valign (GTK_WIDGET (self->picture), GTK_ALIGN_CENTER);
  gtk_widget_set_margin_top (GTK_WIDGET (self->picture), 6);
  gtk_widget_set_margin_bottom (GTK_WIDGET (self->picture), 6);
  gtk_widget_add_css_class (GTK_WIDGET (self->picture), "frame");
  adw_action_row_add_prefix (ADW_ACTION_ROW (self), GTK_WIDGET (self->picture));
  add_buttons (self);
  gtk_drop_target_set_gtypes (target, types, G_N_ELEMENTS (types));
  g_signal_connect_object (target, "drop", G_CALLBACK (on_dropped_cb), self, 0);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
  g_signal_connect_object (self, "activated", G_CALLBACK (on_activated_cb), self, G_CONNECT_SWAPPED);
  update (self);
  return GTK_WIDGET (self);
}

/**
 * rcp_card_photo_row_set_stored:
 * @stored: (nullable): what the record holds; what was chosen meanwhile stays
 */
void
rcp_card_photo_row_set_stored (RcpCardPhotoRow *self, RcpCardPhoto *stored)
{
  GBytes *image;

  g_return_if_fail (RCP_IS_CARD_PHOTO_ROW (self));

  g_set_object (&self->stored, stored);
  image = stored ? rcp_card_photo_get_image (stored) : NULL;
  if (!self->is_changed && !self->reading)
    show_image (self, image ? g_bytes_ref (image) : NULL);
}

/* Whether there is a photo is not known: what is added then is not written over one. */
void
rcp_card_photo_row_set_unread (RcpCardPhotoRow *self)
{
  g_return_if_fail (RCP_IS_CARD_PHOTO_ROW (self));

  if (self->is_changed || self->reading)
    return;
  g_free (self->problem);
  self->problem = g_strdup (_ ("The photo could not be read. Check the connection."));
  update (self);
}

/* What is shown is what the record holds by now. */
void
rcp_card_photo_row_set_saved (RcpCardPhotoRow *self, RcpCardPhoto *stored)
{
  g_return_if_fail (RCP_IS_CARD_PHOTO_ROW (self));

  g_set_object (&self->stored, stored);
  self->is_changed = FALSE;
}

RcpCardPhoto *
rcp_card_photo_row_get_stored (RcpCardPhotoRow *self)
{
  g_return_val_if_fail (RCP_IS_CARD_PHOTO_ROW (self), NULL);

  return self->stored;
}

GBytes *
rcp_card_photo_row_get_image (RcpCardPhotoRow *self)
{
  g_return_val_if_fail (RCP_IS_CARD_PHOTO_ROW (self), NULL);

  return self->image;
}

gboolean
rcp_card_photo_row_is_changed (RcpCardPhotoRow *self)
{
  g_return_val_if_fail (RCP_IS_CARD_PHOTO_ROW (self), FALSE);

  return self->is_changed && (self->image || (self->stored && rcp_card_photo_get_image (self->stored)));
}

gboolean
rcp_card_photo_row_is_busy (RcpCardPhotoRow *self)
{
  g_return_val_if_fail (RCP_IS_CARD_PHOTO_ROW (self), FALSE);

  return self->reading != NULL;
}

gboolean
rcp_card_photo_row_is_shown (RcpCardPhotoRow *self)
{
  g_return_val_if_fail (RCP_IS_CARD_PHOTO_ROW (self), FALSE);

  return self->texture != NULL;
}
