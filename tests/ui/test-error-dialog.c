/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a desk sees when something did not happen: rcp-error-dialog.c. */

#define G_LOG_DOMAIN "test-error-dialog"

#include "config.h"

#include <adwaita.h>

#include "scheduling/rcp-scheduling-error-private.h"
#include "ui-picture.h"
#include "ui/rcp-error-dialog.h"

typedef struct
{
  GtkWindow *parent;
  AdwMessageDialog *dialog;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->parent = GTK_WINDOW (gtk_window_new ());
  gtk_window_set_default_size (fixture->parent, 600, 400);
  gtk_window_present (fixture->parent);
  gtk_test_widget_wait_for_draw (GTK_WIDGET (fixture->parent));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  GtkWindow *parent = fixture->parent;

  g_object_add_weak_pointer (G_OBJECT (parent), (gpointer *) &parent);
  gtk_window_destroy (parent);
  while (parent != NULL)
    g_main_context_iteration (NULL, TRUE);
}

static void
present (Fixture *fixture, const GError *error)
{
  g_autoptr (GList) windows = NULL;

  rcp_error_dialog_present (fixture->parent, "Visit Not Cancelled", error);
  windows = gtk_window_list_toplevels ();
  for (GList *link = windows; link != NULL; link = link->next)
    if (ADW_IS_MESSAGE_DIALOG (link->data))
      fixture->dialog = link->data;
  g_assert_nonnull (fixture->dialog);
  g_object_add_weak_pointer (G_OBJECT (fixture->dialog), (gpointer *) &fixture->dialog);
  g_assert_true (gtk_window_get_transient_for (GTK_WINDOW (fixture->dialog)) == fixture->parent);
  g_assert_true (gtk_window_get_modal (GTK_WINDOW (fixture->dialog)));
  gtk_test_widget_wait_for_draw (GTK_WIDGET (fixture->dialog));
}

/* The only answer is to close it, and nothing of it stays. */
static void
close_dialog (Fixture *fixture)
{
  g_assert_cmpstr (adw_message_dialog_get_close_response (fixture->dialog), ==, "close");
  g_assert_true (adw_message_dialog_has_response (fixture->dialog, "close"));
  adw_message_dialog_response (fixture->dialog, "close");
  gtk_window_close (GTK_WINDOW (fixture->dialog));
  while (fixture->dialog != NULL)
    g_main_context_iteration (NULL, TRUE);
}

static void
test_detail (Fixture *fixture, gconstpointer data)
{
  const char *detail = "HTTP 403: forbidden: Slot/1 & <Slot/2>";
  g_autoptr (GError) error = rcp_scheduling_error_new (RCP_SCHEDULING_ERROR_SIGN_IN, RCP_DEED_CANCEL, detail);
  GtkWidget *expander;

  present (fixture, error);
  g_assert_cmpstr (adw_message_dialog_get_heading (fixture->dialog), ==, "Visit Not Cancelled");
  g_assert_cmpstr (adw_message_dialog_get_body (fixture->dialog), ==, error->message);
  expander = adw_message_dialog_get_extra_child (fixture->dialog);
  g_assert_true (GTK_IS_EXPANDER (expander));
  g_assert_false (gtk_expander_get_expanded (GTK_EXPANDER (expander)));
  gtk_expander_set_expanded (GTK_EXPANDER (expander), TRUE);
  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (gtk_expander_get_child (GTK_EXPANDER (expander)))), ==, detail);
  ui_picture_save (GTK_WIDGET (fixture->dialog), "error-dialog");
  close_dialog (fixture);
}

/* An error of somebody else has no detail; what it says is text, not markup. */
static void
test_plain (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_FAILED, "5 < 6 & <b>so</b>");

  present (fixture, error);
  g_assert_null (adw_message_dialog_get_extra_child (fixture->dialog));
  g_assert_false (adw_message_dialog_get_body_use_markup (fixture->dialog));
  g_assert_cmpstr (adw_message_dialog_get_body (fixture->dialog), ==, "5 < 6 & <b>so</b>");
  close_dialog (fixture);
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  ui_picture_load_style ();
  g_test_add ("/ui/error-dialog/detail", Fixture, NULL, set_up, test_detail, tear_down);
  g_test_add ("/ui/error-dialog/plain", Fixture, NULL, set_up, test_plain, tear_down);
  return g_test_run ();
}
