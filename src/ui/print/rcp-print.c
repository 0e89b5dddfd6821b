/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rcp-print"

#include "config.h"

#include "rcp-print.h"

#include <cairo-pdf.h>
#include <glib/gi18n.h>

#include "rcp-print-layout.h"
#include "ui/rcp-error-dialog.h"

#define MARGIN 36.0 /* points: half an inch, which every printer can reach */

typedef struct
{
  RcpPrintDocument *document;
  RcpPrintLayout *layout;
} Job;

static void
free_job (gpointer data, GClosure *closure)
{
  Job *job = data;

  g_clear_pointer (&job->layout, rcp_print_layout_free);
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

/* Takes @document. */
static GtkPrintOperation *
make_operation (RcpPrintDocument *document)
{
  GtkPrintOperation *operation = gtk_print_operation_new ();
  g_autoptr (GtkPageSetup) setup = rcp_print_make_page_setup (document);
  Job *job = g_new0 (Job, 1);

  job->document = document;
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

  operation = make_operation (document);
  weak = g_new0 (GWeakRef, 1);
  g_weak_ref_init (weak, parent);
  g_signal_connect_data (operation, "done", G_CALLBACK (on_done_cb), weak, free_weak, 0);
  gtk_print_operation_set_allow_async (operation, TRUE);
  gtk_print_operation_run (operation, GTK_PRINT_OPERATION_ACTION_PRINT_DIALOG, parent, NULL);
}

/* A PDF to be made. */
typedef struct
{
  RcpPrintDocument *document;
  GtkPageSetup *setup;
  gboolean right_to_left;
  char *path;
} Export;

static void
free_export (gpointer data)
{
  Export *self = data;

  rcp_print_document_free (self->document);
  g_object_unref (self->setup);
  g_free (self->path);
  g_free (self);
}

static cairo_status_t
write_bytes (void *closure, const unsigned char *data, unsigned int length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

static void
draw_pages (Export *self, cairo_surface_t *surface)
{
  RcpPrintLayout *layout = rcp_print_layout_new (self->document, gtk_page_setup_get_page_width (self->setup, GTK_UNIT_POINTS),
                                                 gtk_page_setup_get_page_height (self->setup, GTK_UNIT_POINTS), self->right_to_left);
  cairo_t *cr = cairo_create (surface);

  for (guint i = 0; i < rcp_print_layout_get_n_pages (layout); i++)
    {
      cairo_save (cr);
      cairo_translate (cr, MARGIN, MARGIN);
      rcp_print_layout_draw (layout, cr, i);
      cairo_restore (cr);
      cairo_show_page (cr);
    }
  cairo_destroy (cr);
  rcp_print_layout_free (layout);
}

/* In a thread of its own: Pango keeps its fonts for each thread, and nothing else is shared but the document, which does not change.
 * The file is there whole or not at all. */
static void
export_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Export *self = data;
  g_autoptr (GByteArray) bytes = g_byte_array_new ();
  GError *error = NULL;
  cairo_surface_t *surface
      = cairo_pdf_surface_create_for_stream (write_bytes, bytes, gtk_page_setup_get_paper_width (self->setup, GTK_UNIT_POINTS),
                                             gtk_page_setup_get_paper_height (self->setup, GTK_UNIT_POINTS));
  cairo_status_t status;

  draw_pages (self, surface);
  cairo_surface_finish (surface);
  status = cairo_surface_status (surface);
  cairo_surface_destroy (surface);
  if (status != CAIRO_STATUS_SUCCESS)
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_FAILED, "%s", cairo_status_to_string (status));
  else if (!g_file_set_contents (self->path, (const char *) bytes->data, (gssize) bytes->len, &error))
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

/**
 * rcp_print_export_async:
 * @document: what is printed
 * @path: the file to be written
 * @callback: called when the file is there, or could not be written
 * @user_data: for @callback
 *
 * Writes a PDF, without holding up the screen: the sheets of a clinic of twelve take a sixth of a second.
 */
void
rcp_print_export_async (RcpPrintDocument *document, const char *path, GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  Export *export;

  g_return_if_fail (document && path);

  task = g_task_new (NULL, NULL, callback, user_data);
  g_task_set_source_tag (task, rcp_print_export_async);
  export = g_new0 (Export, 1);
  export->document = rcp_print_document_ref (document);
  export->setup = rcp_print_make_page_setup (document);
  export->right_to_left = gtk_widget_get_default_direction () == GTK_TEXT_DIR_RTL;
  export->path = g_strdup (path);
  g_task_set_task_data (task, export, free_export);
  g_task_run_in_thread (task, export_in_thread);
}

/**
 * rcp_print_export_finish:
 * @result: what the callback got
 * @error: what the file system said
 *
 * Returns: whether the PDF is there
 */
gboolean
rcp_print_export_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, rcp_print_export_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
