/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rcp-print"

#include "config.h"

#include "rcp-print.h"

#include <glib/gi18n.h>

#include "rcp-print-layout.h"
#include "ui/rcp-error-dialog.h"

#define MARGIN 36.0 /* points: half an inch, which every printer can reach */

typedef struct
{
  RcpPrintDocument *document;
  gboolean owned;
  RcpPrintLayout *layout;
} Job;

static void
free_job (gpointer data, GClosure *closure)
{
  Job *job = data;

  g_clear_pointer (&job->layout, rcp_print_layout_free);
  if (job->owned)
    rcp_print_document_free (job->document);
  g_free (job);
}

static void
on_begin_print_cb (GtkPrintOperation *operation, GtkPrintContext *context, Job *job)
{
  g_clear_pointer (&job->layout, rcp_print_layout_free);
  job->layout = rcp_print_layout_new (job->document, gtk_print_context_get_width (context), gtk_print_context_get_height (context),
                                      gtk_widget_get_default_direction () == GTK_TEXT_DIR_RTL);
  gtk_print_operation_set_n_pages (operation, (int) rcp_print_layout_get_n_pages (job->layout));
}

static void
on_draw_page_cb (GtkPrintOperation *operation, GtkPrintContext *context, int page, Job *job)
{
  rcp_print_layout_draw (job->layout, gtk_print_context_get_cairo_context (context), (guint) page);
}

/**
 * rcp_print_make_page_setup:
 * @document: what is printed
 *
 * Returns: (transfer full): the usual paper of the locale with margins of half an inch
 */
GtkPageSetup *
rcp_print_make_page_setup (RcpPrintDocument *document)
{
  GtkPageSetup *setup;

  g_return_val_if_fail (document, NULL);

  setup = gtk_page_setup_new ();
  gtk_page_setup_set_top_margin (setup, MARGIN, GTK_UNIT_POINTS);
  gtk_page_setup_set_bottom_margin (setup, MARGIN, GTK_UNIT_POINTS);
  gtk_page_setup_set_left_margin (setup, MARGIN, GTK_UNIT_POINTS);
  gtk_page_setup_set_right_margin (setup, MARGIN, GTK_UNIT_POINTS);
  gtk_page_setup_set_orientation (setup, rcp_print_document_is_landscape (document) ? GTK_PAGE_ORIENTATION_LANDSCAPE
                                                                                    : GTK_PAGE_ORIENTATION_PORTRAIT);
  return setup;
}

static GtkPrintOperation *
make_operation (RcpPrintDocument *document, gboolean owned)
{
  GtkPrintOperation *operation = gtk_print_operation_new ();
  g_autoptr (GtkPageSetup) setup = rcp_print_make_page_setup (document);
  Job *job = g_new0 (Job, 1);

  job->document = document;
  job->owned = owned;
  gtk_print_operation_set_unit (operation, GTK_UNIT_POINTS);
  gtk_print_operation_set_default_page_setup (operation, setup);
  gtk_print_operation_set_embed_page_setup (operation, TRUE);
  /* What the printer's queue shows to everybody: no name of a patient. */
  gtk_print_operation_set_job_name (operation, _("Reception"));
  /* The job lives as long as the operation, which outlives the printing. */
  g_signal_connect_data (operation, "begin-print", G_CALLBACK (on_begin_print_cb), job, free_job, 0);
  g_signal_connect (operation, "draw-page", G_CALLBACK (on_draw_page_cb), job);
  return operation;
}

static void
on_done_cb (GtkPrintOperation *operation, GtkPrintOperationResult result, gpointer user_data)
{
  GWeakRef *parent = user_data;
  g_autoptr (GtkWindow) window = g_weak_ref_get (parent);
  g_autoptr (GError) error = NULL;

  if (result != GTK_PRINT_OPERATION_RESULT_ERROR)
    return;
  gtk_print_operation_get_error (operation, &error);
  rcp_error_dialog_present (window, _("Not Printed"), error);
}

static void
free_weak (gpointer data, GClosure *closure)
{
  g_weak_ref_clear (data);
  g_free (data);
}

/**
 * rcp_print_run:
 * @parent: (nullable): the window above which the printer is chosen
 * @document: (transfer full): what is printed
 *
 * Asks for a printer and prints, without blocking. A failure is told by a dialog.
 */
void
rcp_print_run (GtkWindow *parent, RcpPrintDocument *document)
{
  g_autoptr (GtkPrintOperation) operation = NULL;
  GWeakRef *weak = NULL;

  g_return_if_fail (!parent || GTK_IS_WINDOW (parent));
  g_return_if_fail (document);

  operation = make_operation (document, TRUE);
  weak = g_new0 (GWeakRef, 1);
  g_weak_ref_init (weak, parent);
  g_signal_connect_data (operation, "done", G_CALLBACK (on_done_cb), weak, free_weak, 0);
  gtk_print_operation_set_allow_async (operation, TRUE);
  gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_PRINT_DIALOG, parent, NULL);
}

/**
 * rcp_print_export:
 * @document: what is printed
 * @path: the file to be written
 * @error: what the file system said
 *
 * Returns: whether the PDF is there
 */
gboolean
rcp_print_export (RcpPrintDocument *document, const char *path, GError **error)
{
  g_autoptr (GtkPrintOperation) operation = NULL;

  g_return_val_if_fail (document && path, FALSE);

  operation = make_operation (document, FALSE);
  gtk_print_operation_set_export_filename (operation, path);
  return gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_EXPORT, NULL, error)
         != GTK_PRINT_OPERATION_RESULT_ERROR;
}
