/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rcp-print"

#include "config.h"

#include "rcp-print-dialog.h"

#include <glib/gi18n.h>

#include "rcp-print-page.h"
#include "rcp-print.h"
#include "ui/rcp-error-dialog.h"
#include "ui/rcp-error-text.h"
#include "ui/rcp-keys.h"
#include "ui/rcp-spoken-row.h"

struct _RcpPrintDialog
{
  AdwWindow parent_instance;

  RcpPrintModel *model;

  GtkWidget *choices;
  GtkDropDown *kind_drop;
  GtkDropDown *whose_drop;
  GtkStack *stack;
  GtkSpinner *spinner;
  GtkBox *pages;
  AdwStatusPage *failed_page;
  GtkWidget *print_button;
};

G_DEFINE_FINAL_TYPE (RcpPrintDialog, rcp_print_dialog, ADW_TYPE_WINDOW)

static void
clear_pages (RcpPrintDialog *self)
{
  GtkWidget *page;

  while ((page = gtk_widget_get_first_child (GTK_WIDGET (self->pages))))
    gtk_box_remove (self->pages, page);
}

static void
show_pages (RcpPrintDialog *self, RcpPrintDocument *document)
{
  g_autoptr (GPtrArray) made = rcp_print_pages_new (document);

  for (guint i = 0; i < made->len; i++)
    gtk_box_append (self->pages, rcp_print_page_create_picture (g_ptr_array_index (made, i)));
}

static void
update (RcpPrintDialog *self)
{
  RcpPrintState state = rcp_print_model_get_state (self->model);
  const GError *error = rcp_print_model_get_error (self->model);

  clear_pages (self);
  gtk_drop_down_set_selected (self->kind_drop, rcp_print_model_get_kind (self->model) == RCP_SHEET_WEEK ? 1 : 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "print.print", state == RCP_PRINT_READY);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "print.save", state == RCP_PRINT_READY);
  gtk_spinner_set_spinning (self->spinner, state == RCP_PRINT_READING);
  switch (state)
    {
    case RCP_PRINT_READING:
      gtk_stack_set_visible_child_name (self->stack, "reading");
      break;
    case RCP_PRINT_READY:
      show_pages (self, rcp_print_model_get_document (self->model));
      gtk_stack_set_visible_child_name (self->stack, "pages");
      break;
    case RCP_PRINT_FAILED:
    default:
      adw_status_page_set_title (self->failed_page, rcp_error_text_get_title (error));
      adw_status_page_set_description (self->failed_page, rcp_error_text_get_advice (error));
      gtk_stack_set_visible_child_name (self->stack, "failed");
      break;
    }
}

static void
on_kind_selected_cb (RcpPrintDialog *self)
{
  rcp_print_model_set_kind (self->model, gtk_drop_down_get_selected (self->kind_drop) == 1 ? RCP_SHEET_WEEK : RCP_SHEET_DAY);
}

static void
on_whose_selected_cb (RcpPrintDialog *self)
{
  guint selected = gtk_drop_down_get_selected (self->whose_drop);

  if (selected != GTK_INVALID_LIST_POSITION)
    rcp_print_model_set_whose (self->model, selected);
}

static void
set_up_choices (RcpPrintDialog *self)
{
  g_auto (GStrv) names = NULL;
  g_autoptr (GtkStringList) list = NULL;

  gtk_widget_set_visible (self->choices, rcp_print_model_has_choices (self->model));
  if (!rcp_print_model_has_choices (self->model))
    return;
  names = rcp_print_model_list_whose (self->model);
  list = gtk_string_list_new ((const char *const *) names);
  gtk_drop_down_set_model (self->whose_drop, G_LIST_MODEL (list));
  g_signal_connect_object (self->kind_drop, "notify::selected", G_CALLBACK (on_kind_selected_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->whose_drop, "notify::selected", G_CALLBACK (on_whose_selected_cb), self, G_CONNECT_SWAPPED);
}

static void
on_print_activated (GtkWidget *widget, const char *action, GVariant *parameter)
{
  RcpPrintDialog *self = RCP_PRINT_DIALOG (widget);
  GtkWindow *parent = gtk_window_get_transient_for (GTK_WINDOW (self));
  RcpPrintDocument *document = rcp_print_model_steal_document (self->model);

  /* They draw the document, which belongs to the printing from now on. */
  clear_pages (self);
  if (document)
    rcp_print_run (parent, document);
  gtk_window_close (GTK_WINDOW (self));
}

static void
on_exported_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  GWeakRef *weak = user_data;
  g_autoptr (RcpPrintDialog) self = g_weak_ref_get (weak);
  g_autoptr (GError) error = NULL;

  /* Who closed the window meanwhile is told all the same. */
  if (!rcp_print_export_finish (result, &error))
    rcp_error_dialog_present (self ? GTK_WINDOW (self) : NULL, _("Not Saved"), error);
  g_weak_ref_clear (weak);
  g_free (weak);
}

static void
export (RcpPrintDialog *self, RcpPrintDocument *document, const char *path)
{
  GWeakRef *weak = g_new (GWeakRef, 1);

  g_weak_ref_init (weak, self);
  rcp_print_export_async (document, path, on_exported_cb, weak);
}

static void
on_file_chosen_cb (GtkNativeDialog *chooser, int response, RcpPrintDialog *self)
{
  g_autoptr (GFile) file = NULL;
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;
  RcpPrintDocument *document = rcp_print_model_get_document (self->model);

  if (response == GTK_RESPONSE_ACCEPT && document)
    {
      file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));
      path = g_file_get_path (file);
      if (!path)
        g_set_error_literal (&error, G_IO_ERROR, G_IO_ERROR_NOT_SUPPORTED, "Not a folder of this computer");
      else
        export (self, document, path);
    }
  gtk_native_dialog_destroy (chooser);
  g_object_unref (chooser);
  if (error)
    rcp_error_dialog_present (GTK_WINDOW (self), _("Not Saved"), error);
}

static void
on_save_activated (GtkWidget *widget, const char *action, GVariant *parameter)
{
  RcpPrintDialog *self = RCP_PRINT_DIALOG (widget);
  g_autofree char *name = rcp_print_model_suggest_file (self->model);
  GtkFileChooserNative *chooser = gtk_file_chooser_native_new (_("Save as PDF"), GTK_WINDOW (self),
                                                               GTK_FILE_CHOOSER_ACTION_SAVE, _("_Save"), _("_Cancel"));

  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (chooser), name);
  g_signal_connect_object (chooser, "response", G_CALLBACK (on_file_chosen_cb), self, 0);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

static void
on_reload_activated (GtkWidget *widget, const char *action, GVariant *parameter)
{
  rcp_print_model_reload (RCP_PRINT_DIALOG (widget)->model);
}

static void
rcp_print_dialog_dispose (GObject *object)
{
  g_clear_object (&RCP_PRINT_DIALOG (object)->model);
  G_OBJECT_CLASS (rcp_print_dialog_parent_class)->dispose (object);
}

static void
rcp_print_dialog_class_init (RcpPrintDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rcp_print_dialog_dispose;
  gtk_widget_class_set_template_from_resource (widget_class, "/org/frontdesk/Reception/ui/rcp-print-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, RcpPrintDialog, choices);
  gtk_widget_class_bind_template_child (widget_class, RcpPrintDialog, kind_drop);
  gtk_widget_class_bind_template_child (widget_class, RcpPrintDialog, whose_drop);
  gtk_widget_class_bind_template_child (widget_class, RcpPrintDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, RcpPrintDialog, spinner);
  gtk_widget_class_bind_template_child (widget_class, RcpPrintDialog, pages);
  gtk_widget_class_bind_template_child (widget_class, RcpPrintDialog, failed_page);
  gtk_widget_class_bind_template_child (widget_class, RcpPrintDialog, print_button);
  gtk_widget_class_install_action (widget_class, "print.print", NULL, on_print_activated);
  gtk_widget_class_install_action (widget_class, "print.save", NULL, on_save_activated);
  gtk_widget_class_install_action (widget_class, "print.reload", NULL, on_reload_activated);
  rcp_keys_bind (widget_class, RCP_KEYS_DIALOG);
  rcp_keys_bind (widget_class, RCP_KEYS_PRINT);
}

static void
rcp_print_dialog_init (RcpPrintDialog *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  rcp_spoken_row_name_drop_down (self->kind_drop, _("What to Print"));
  rcp_spoken_row_name_drop_down (self->whose_drop, _("Whose"));
}

/**
 * rcp_print_dialog_new:
 * @model: what may be printed
 *
 * Returns: (transfer none): a window, not shown yet
 */
GtkWindow *
rcp_print_dialog_new (RcpPrintModel *model)
{
  RcpPrintDialog *self;

  g_return_val_if_fail (RCP_IS_PRINT_MODEL (model), NULL);

  self = g_object_new (RCP_TYPE_PRINT_DIALOG, NULL);
  self->model = g_object_ref (model);
  set_up_choices (self);
  g_signal_connect_object (model, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
  gtk_widget_grab_focus (self->print_button);
  return GTK_WINDOW (self);
}
