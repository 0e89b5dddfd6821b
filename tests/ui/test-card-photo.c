/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Photos of an insurance card in the dialog of the insurance, by keys, on a real record: rcp-card-photo-row.c, rcp-coverage-dialog.c. */

#define G_LOG_DOMAIN "test-card-photo"

#include "config.h"

#include <glib/gstdio.h>

#include "cover-desk.h"
#include "ui-picture.h"
#include "ui/insurance/rcp-card-photo-row.h"
#include "ui/insurance/rcp-coverage-dialog.h"
#include "ui/rcp-dialog.h"
#include "window-fixture.h"
#include "window-keys.h"

typedef struct
{
  WindowFixture window;
  PracticeFixture *practice;
  FhirClient *client;
  RcpPatient *patient;
  RcpCoverage *coverage;
  GtkWindow *dialog;
} Fixture;

static void
set_up (Fixture *self, gconstpointer data)
{
  g_autoptr (GDate) tomorrow = g_date_new_dmy (24, 11, 2026);
  g_autoptr (GPtrArray) visits = NULL;
  g_autoptr (FhirResource) coverage = NULL;

  self->practice = window_fixture_start_sample ();
  self->client = practice_fixture_create_client (self->practice);
  window_fixture_set_up (&self->window, NULL);
  window_fixture_open (&self->window, self->practice);
  visits = cover_desk_list_visits (self->client, tomorrow);
  self->patient = g_object_ref (rcp_visit_get_patient (visits->pdata[0]));
  coverage = cover_desk_insure (self->client, self->patient, "M1");
  self->coverage = rcp_coverage_new (coverage, NULL);
}

static void
tear_down (Fixture *self, gconstpointer data)
{
  window_fixture_tear_down (&self->window, NULL);
  g_object_unref (self->coverage);
  g_object_unref (self->patient);
  g_object_unref (self->client);
  practice_fixture_free (self->practice);
}

static GPtrArray *
load (Fixture *self)
{
  g_autoptr (GAsyncResult) result = NULL;
  GAsyncResult *kept = NULL;
  GPtrArray *photos;

  rcp_card_photos_load_async (self->client, self->coverage, NULL, keep_result_cb, &kept);
  result = keep_result_wait (&kept);
  photos = rcp_card_photos_load_finish (result, NULL);
  g_assert_nonnull (photos);
  return photos;
}

static void
open_dialog (Fixture *self, RcpCoverage *coverage)
{
  window_wait_focus ();
  self->dialog = rcp_coverage_dialog_new (self->window.desk, rcp_patient_get_id (self->patient), coverage, 1);
  g_object_add_weak_pointer (G_OBJECT (self->dialog), (gpointer *) &self->dialog);
  rcp_dialog_present (self->dialog, GTK_WINDOW (self->window.window));
  WAIT_FOR (window_get_active () == self->dialog && GTK_IS_TEXT (window_get_focus ()));
}

/* It goes when the record has answered: nobody gives the keyboard back at that moment. */
static void
wait_closed (Fixture *self)
{
  WAIT_FOR (!self->dialog || !gtk_widget_get_mapped (GTK_WIDGET (self->dialog)));
  g_clear_weak_pointer (&self->dialog);
}

static gboolean
is_row (GtkWidget *widget, gconstpointer title)
{
  return RCP_IS_CARD_PHOTO_ROW (widget) && g_strcmp0 (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget)), title) == 0;
}

static RcpCardPhotoRow *
find_row (Fixture *self, const char *title)
{
  return (RcpCardPhotoRow *) window_find (GTK_WIDGET (self->dialog), is_row, title);
}

static GdkTexture *
make_texture (guint32 colour)
{
  g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, 1712, 1080);

  gdk_pixbuf_fill (pixbuf, colour);
  return gdk_texture_new_for_pixbuf (pixbuf);
}

static void
paste_into (Fixture *self, RcpCardPhotoRow *row, guint32 colour)
{
  g_autoptr (GdkTexture) texture = make_texture (colour);

  gdk_clipboard_set_texture (gtk_widget_get_clipboard (GTK_WIDGET (row)), texture);
  gtk_widget_grab_focus (GTK_WIDGET (row));
  window_press ("ctrl+v");
  WAIT_FOR (rcp_card_photo_row_is_shown (row) && !rcp_card_photo_row_is_busy (row));
  g_assert_true (rcp_card_photo_row_is_changed (row));
}

static gboolean
is_icon_button (GtkWidget *widget, gconstpointer icon)
{
  return GTK_IS_BUTTON (widget) && gtk_widget_get_mapped (widget) && g_strcmp0 (gtk_button_get_icon_name (GTK_BUTTON (widget)), icon) == 0;
}

/* Pasted, saved, opened large, and removed again; nothing is written that was not saved. */
static void
test_keys (Fixture *self, gconstpointer data)
{
  RcpCardPhotoRow *front;
  g_autoptr (GPtrArray) none = NULL, one = NULL, left = NULL;

  open_dialog (self, self->coverage);
  front = find_row (self, "Photo of the Front");
  paste_into (self, front, 0x3584e4ff);
  window_press ("Escape");
  wait_closed (self);
  none = load (self);
  g_assert_cmpuint (none->len, ==, 0);
  open_dialog (self, self->coverage);
  front = find_row (self, "Photo of the Front");
  paste_into (self, front, 0x3584e4ff);
  ui_picture_save (GTK_WIDGET (self->dialog), "card-photo");
  window_press ("ctrl+Return");
  wait_closed (self);
  one = load (self);
  g_assert_cmpuint (one->len, ==, 1);
  g_assert_cmpint (rcp_card_photo_get_side (one->pdata[0]), ==, RCP_CARD_FRONT);
  open_dialog (self, self->coverage);
  front = find_row (self, "Photo of the Front");
  WAIT_FOR (rcp_card_photo_row_is_shown (front));
  g_assert_false (rcp_card_photo_row_is_changed (front));
  g_assert_false (rcp_card_photo_row_is_shown (find_row (self, "Photo of the Back")));
  gtk_widget_grab_focus (GTK_WIDGET (front));
  window_press ("Return");
  WAIT_FOR (g_strcmp0 (gtk_window_get_title (window_get_active ()), "Front of the Card") == 0);
  ui_picture_save (GTK_WIDGET (window_get_active ()), "card-photo-large");
  window_press ("Escape");
  WAIT_FOR (window_get_active () == self->dialog);
  g_assert_true (gtk_widget_has_focus (GTK_WIDGET (front)));
  window_press ("Tab");
  window_press ("Tab");
  g_assert_true (is_icon_button (window_get_focus (), "user-trash-symbolic"));
  window_press ("space");
  WAIT_FOR (!rcp_card_photo_row_is_shown (front) && GTK_IS_BUTTON (window_get_focus ()) && gtk_widget_is_ancestor (window_get_focus (), GTK_WIDGET (front)));
  window_press ("ctrl+Return");
  wait_closed (self);
  left = load (self);
  g_assert_cmpuint (left->len, ==, 1);
  g_assert_null (rcp_card_photo_get_image (left->pdata[0]));
}

/* Both sides of a card that is new. */
static void
test_new (Fixture *self, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GListModel) list = NULL;
  GAsyncResult *kept = NULL;
  GDate day;

  open_dialog (self, NULL);
  window_type ("Beta Mutual");
  window_press ("Tab");
  window_type ("12345");
  window_press ("Tab");
  window_type ("W2");
  paste_into (self, find_row (self, "Photo of the Front"), 0xff0000ff);
  paste_into (self, find_row (self, "Photo of the Back"), 0x00ff00ff);
  window_press ("ctrl+Return");
  wait_closed (self);
  g_date_clear (&day, 1);
  g_date_set_dmy (&day, 23, 11, 2026);
  rcp_coverages_load_async (self->client, rcp_patient_get_id (self->patient), &day, NULL, keep_result_cb, &kept);
  result = keep_result_wait (&kept);
  list = rcp_coverages_load_finish (result, NULL);
  g_assert_cmpuint (g_list_model_get_n_items (list), ==, 2);
  for (guint i = 0; i < 2; i++)
    {
      g_autoptr (RcpCoverage) coverage = g_list_model_get_item (list, i);
      g_autoptr (GPtrArray) photos = NULL;

      if (g_strcmp0 (rcp_coverage_get_id (coverage), rcp_coverage_get_id (self->coverage)) == 0)
        continue;
      g_set_object (&self->coverage, coverage);
      photos = load (self);
      g_assert_cmpuint (photos->len, ==, 2);
      return;
    }
  g_assert_not_reached ();
}

/* What is no picture is refused in words, and what was there stays. */
static void
test_refused (Fixture *self, gconstpointer data)
{
  g_autofree char *folder = g_dir_make_tmp ("card-XXXXXX", NULL), *path = g_build_filename (folder, "card.txt", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  RcpCardPhotoRow *back;

  g_assert_true (g_file_set_contents (path, "Acme Health", -1, NULL));
  open_dialog (self, self->coverage);
  back = find_row (self, "Photo of the Back");
  paste_into (self, back, 0x3584e4ff);
  rcp_card_photo_row_take_file (back, file);
  g_assert_true (rcp_card_photo_row_is_busy (back));
  WAIT_FOR (g_strcmp0 (adw_action_row_get_subtitle (ADW_ACTION_ROW (back)), "This is no picture. A photo is a JPEG or a PNG file.") == 0);
  g_assert_true (rcp_card_photo_row_is_shown (back));
  window_press ("Escape");
  wait_closed (self);
  g_unlink (path);
  g_rmdir (folder);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  ui_picture_load_style ();
#define ADD(name, test) g_test_add ("/ui/card-photo/" name, Fixture, NULL, set_up, test, tear_down)
  ADD ("keys", test_keys);
  ADD ("new", test_new);
  ADD ("refused", test_refused);
  return g_test_run ();
}
