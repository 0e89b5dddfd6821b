/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Numbers among text from right to left (rcp-number-text.c, rcp-patient-text.c, rcp-field-row.c), and how large a dialog may be (rcp-dialog.c). */

#define G_LOG_DOMAIN "test-direction"

#include "config.h"

#include <adwaita.h>

#include "ui/patient/rcp-compare-view.h"
#include "ui/rcp-dialog.h"
#include "ui/rcp-number-text.h"

static void
test_numbers_read_from_the_left (void)
{
  g_autofree char *usual = rcp_number_text_dup ("(256) 555-0199"), *isolated = NULL;

  g_assert_cmpstr (usual, ==, "(256) 555-0199");
  g_assert_null (rcp_number_text_dup (NULL));
  gtk_widget_set_default_direction (GTK_TEXT_DIR_RTL);
  isolated = rcp_number_text_dup ("(256) 555-0199");
  g_assert_null (rcp_number_text_dup (NULL));
  gtk_widget_set_default_direction (GTK_TEXT_DIR_LTR);
  g_assert_cmpstr (isolated, ==, "\xe2\x81\xa6(256) 555-0199\xe2\x81\xa9");
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

      g_assert_cmpstr (number, ==, "\xe2\x81\xa6(256) 555-0199\xe2\x81\xa9");
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

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  g_test_add_func ("/ui/direction/numbers-read-from-the-left", test_numbers_read_from_the_left);
  g_test_add_func ("/ui/direction/fields-read-from-the-left", test_fields_read_from_the_left);
  g_test_add_func ("/ui/direction/numbers-are-typed-from-the-left", test_numbers_are_typed_from_the_left);
  g_test_add_func ("/ui/direction/dialogs-fit-their-window", test_dialogs_fit_their_window);
  return g_test_run ();
}
