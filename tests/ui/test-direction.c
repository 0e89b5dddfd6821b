/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Numbers among text from right to left (rcp-number-text.c, rcp-patient-text.c, rcp-field-row.c), how large a dialog may be (rcp-dialog.c), and
 * buttons that wrap where there is no room beside each other (rcp-wrap-row.c). */

#define G_LOG_DOMAIN "test-direction"

#include "config.h"

#include <adwaita.h>

#include "ui/patient/rcp-compare-view.h"
#include "ui/rcp-dialog.h"
#include "ui/rcp-number-text.h"
#include "ui/rcp-wrap-row.h"

static void
test_numbers_read_from_the_left (void)
{
  g_autofree char *usual = rcp_number_text_dup ("(256) 555-0199"), *isolated = NULL;

  /* In one line: its space does not break. */
  g_assert_cmpstr (usual, ==, "(256)\u00a0555-0199");
  g_assert_null (rcp_number_text_dup (NULL));
  gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);
  isolated = rcp_number_text_dup ("(256) 555-0199");
  g_assert_null (rcp_number_text_dup (NULL));
  gtk_widget_set_default_direction (GTK_TEXT_DIR_LTR);
  g_assert_cmpstr (isolated, ==, "\xe2\x81\xa6(256)\u00a0555-0199\xe2\x81\xa9");
}

/* Also where a patient's fields are read: the panel of a patient, two patients side by side. */
static void
test_fields_read_from_the_left (void)
{
  static const RcpPatientField fields[] = { RCP_FIELD_PHONE_MOBILE, RCP_FIELD_PHONE_HOME, RCP_FIELD_PHONE_WORK, RCP_FIELD_CARER_PHONE };
  const RcpDeskPlace place = { .region = "" };

  gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);
  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    {
      g_autofree char *number = rcp_patient_text_describe (fields[i], "(256) 555-0199", &place);
      g_autofree char *none = rcp_patient_text_describe (fields[i], "", &place);

      g_assert_cmpstr (number, ==, "\xe2\x81\xa6(256)\u00a0555-0199\xe2\x81\xa9");
      g_assert_cmpstr (none, ==, "");
    }
  gtk_widget_set_default_direction (GTK_TEXT_DIR_LTR);
}

static void
assert_direction (GtkTextDirection around, GtkTextDirection inside, float alignment)
{
  GtkWidget *row;
  GtkEditable *text;

  gtk_widget_set_default_direction (around);
  row = g_object_ref_sink (adw_entry_row_new ());
  text = gtk_editable_get_delegate (GTK_EDITABLE (row));
  rcp_number_text_set_up_entry (GTK_EDITABLE (row));
  g_assert_cmpint (gtk_widget_get_direction (row), ==, around);
  g_assert_cmpint (gtk_widget_get_direction (GTK_WIDGET (text)), ==, inside);
  g_assert_cmpfloat (gtk_editable_get_alignment (text), ==, alignment);
  g_object_unref (row);
  gtk_widget_set_default_direction (GTK_TEXT_DIR_LTR);
}

/* The number runs from the left where it is typed, too, at the side where the other fields begin. */
static void
test_numbers_are_typed_from_the_left (void)
{
  assert_direction (GTK_TEXT_DIR_LTR, GTK_TEXT_DIR_LTR, 0);
  assert_direction (GTK_TEXT_DIR_RTL, GTK_TEXT_DIR_LTR, 1);
}

static GtkWindow *
open_dialog (GtkWindow *parent, int width, int height)
{
  GtkWindow *dialog = GTK_WINDOW (gtk_window_new ());

  gtk_window_set_default_size (dialog, width, height);
  rcp_dialog_present (dialog, parent);
  g_assert_true (gtk_window_get_transient_for (dialog) == parent);
  g_assert_true (gtk_window_get_modal (dialog));
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (dialog)));
  return dialog;
}

static void
assert_size (GtkWindow *dialog, int width, int height)
{
  int actual_width, actual_height;

  gtk_window_get_default_size (dialog, &actual_width, &actual_height);
  g_assert_cmpint (actual_width, ==, width);
  g_assert_cmpint (actual_height, ==, height);
  gtk_window_destroy (dialog);
}

static void
test_dialogs_fit_their_window (void)
{
  GtkWindow *parent = GTK_WINDOW (gtk_window_new ());

  gtk_window_set_default_size (parent, 600, 500);
  assert_size (open_dialog (parent, 940, 400), 600, 400);
  assert_size (open_dialog (parent, 300, 680), 300, 500);
  /* Twice the text, twice the dialog. */
  g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", 2 * 96 * 1024, NULL);
  assert_size (open_dialog (parent, 200, 300), 400, 500);
  g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", 96 * 1024, NULL);
  gtk_window_destroy (parent);
}

#define N_BOXES 3

static GtkWidget *
make_wrap_row (GtkWidget **boxes)
{
  GtkWidget *row = g_object_ref_sink (GTK_WIDGET (g_object_new (RCP_TYPE_WRAP_ROW, NULL)));

  for (guint i = 0; i < N_BOXES; i++)
    {
      boxes[i] = adw_bin_new ();
      gtk_widget_set_size_request (boxes[i], 100, 20);
      gtk_widget_set_parent (boxes[i], row);
    }
  return row;
}

/* Lays out in @width pixels; returns the height that this takes. */
static int
lay_out (GtkWidget *row, int width)
{
  int height;

  gtk_widget_measure (row, GTK_ORIENTATION_HORIZONTAL, -1, &(int) { 0 }, NULL, NULL, NULL);
  gtk_widget_measure (row, GTK_ORIENTATION_VERTICAL, width, &height, NULL, NULL, NULL);
  gtk_widget_allocate (row, width, height, -1, NULL);
  return height;
}

static void
assert_at (GtkWidget *row, GtkWidget *box, float x, float y)
{
  graphene_rect_t bounds;

  g_assert_true (gtk_widget_compute_bounds (box, row, &bounds));
  g_assert_cmpfloat (bounds.origin.x, ==, x);
  g_assert_cmpfloat (bounds.origin.y, ==, y);
  g_assert_cmpfloat (bounds.size.width, ==, 100);
}

/* One line while there is room, the last box at its end; else further lines. What is hidden takes no room. */
static void
test_rows_wrap (void)
{
  GtkWidget *boxes[N_BOXES], *row = make_wrap_row (boxes);
  int minimum, natural;

  gtk_widget_measure (row, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, &natural, NULL, NULL);
  g_assert_cmpint (minimum, ==, 100);
  g_assert_cmpint (natural, ==, 324);
  g_assert_cmpint (lay_out (row, 400), ==, 20);
  assert_at (row, boxes[1], 112, 0);
  assert_at (row, boxes[2], 300, 0);
  g_assert_cmpint (lay_out (row, 323), ==, 46);
  assert_at (row, boxes[1], 112, 0);
  assert_at (row, boxes[2], 223, 26);
  g_assert_cmpint (lay_out (row, 100), ==, 72);
  assert_at (row, boxes[2], 0, 52);
  gtk_widget_set_visible (boxes[0], FALSE);
  g_assert_cmpint (lay_out (row, 323), ==, 20);
  assert_at (row, boxes[1], 0, 0);
  assert_at (row, boxes[2], 223, 0);
  gtk_widget_set_direction (row, GTK_TEXT_DIR_RTL);
  lay_out (row, 323);
  assert_at (row, boxes[1], 223, 0);
  assert_at (row, boxes[2], 0, 0);
  g_assert_finalize_object (row);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/ui/direction/numbers-read-from-the-left", test_numbers_read_from_the_left);
  g_test_add_func ("/ui/direction/fields-read-from-the-left", test_fields_read_from_the_left);
  g_test_add_func ("/ui/direction/numbers-are-typed-from-the-left", test_numbers_are_typed_from_the_left);
  g_test_add_func ("/ui/direction/dialogs-fit-their-window", test_dialogs_fit_their_window);
  g_test_add_func ("/ui/direction/rows-wrap", test_rows_wrap);
  return g_test_run ();
}
