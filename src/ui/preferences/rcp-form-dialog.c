/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rcp-form-dialog"

#include "config.h"

#include "rcp-form-dialog.h"

#include <glib/gi18n.h>

#include "rcp-form-pages.h"
#include "rcp-form-rows.h"
#include "ui/rcp-dialog.h"
#include "ui/rcp-error-dialog.h"
#include "ui/rcp-keys.h"
#include "ui/rcp-title.h"
#include "ui/rcp-ui-compat.h"

struct _RcpFormDialog
{
  AdwWindow parent_instance;

  RcpFormModel *model;
  RcpFormRows *rows;
  GtkWidget *save;
  GtkWidget *notice;
  GtkLabel *reason;
  gboolean is_done; /* saved, or what was typed may go */
};

G_DEFINE_FINAL_TYPE (RcpFormDialog, rcp_form_dialog, ADW_TYPE_WINDOW)

enum
{
  SAVED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* Save says why it cannot be pressed: under the form, as its tooltip, and to a screen reader. */
static void
update (RcpFormDialog *self)
{
  g_autofree char *reason = rcp_form_model_dup_reason (self->model);

  gtk_widget_set_sensitive (self->save, reason == NULL);
  gtk_widget_set_tooltip_text (self->save, reason);
  gtk_label_set_label (self->reason, reason != NULL ? reason : "");
  if (reason != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (self->save), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, reason, -1);
  else
    gtk_accessible_reset_property (GTK_ACCESSIBLE (self->save), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION);
  gtk_revealer_set_reveal_child (GTK_REVEALER (self->notice), rcp_form_model_is_outdated (self->model));
}

static void
on_saved_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RcpFormDialog) self = user_data;
  g_autoptr (GError) error = NULL;

  if (rcp_form_model_save_finish (RCP_FORM_MODEL (source), result, &error))
    {
      self->is_done = TRUE;
      g_signal_emit (self, signals[SAVED], 0);
      gtk_window_destroy (GTK_WINDOW (self));
    }
  else if (!g_error_matches (error, FHIR_ERROR, FHIR_ERROR_CONFLICT) && gtk_widget_get_mapped (GTK_WIDGET (self)))
    rcp_error_dialog_present (GTK_WINDOW (self), _("Not Saved"), error);
}

static void
save (RcpFormDialog *self)
{
  if (rcp_form_model_can_save (self->model))
    rcp_form_model_save_async (self->model, on_saved_cb, g_object_ref (self));
}

static void
on_reloaded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RcpFormDialog) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!rcp_form_model_reload_finish (RCP_FORM_MODEL (source), result, &error) && gtk_widget_get_mapped (GTK_WIDGET (self)))
    rcp_error_dialog_present (GTK_WINDOW (self), _("Not Read Again"), error);
}

static void
reload (RcpFormDialog *self)
{
  rcp_form_model_reload_async (self->model, on_reloaded_cb, g_object_ref (self));
}

/* Enter saves from a field. On a row it opens the row: a default button would take the key from it. */
static void
on_focus_changed_cb (RcpFormDialog *self)
{
  gtk_window_set_default_widget (GTK_WINDOW (self), GTK_IS_TEXT (gtk_window_get_focus (GTK_WINDOW (self))) ? self->save : NULL);
}

static GtkWidget *
make_header (RcpFormDialog *self)
{
  GtkWidget *header = adw_header_bar_new ();
  GtkWidget *cancel = gtk_button_new_with_mnemonic (_("_Cancel"));

  self->save = gtk_button_new_with_mnemonic (_("_Save"));
  gtk_widget_add_css_class (self->save, "suggested-action");
  g_signal_connect_object (self->save, "clicked", G_CALLBACK (save), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (cancel, "clicked", G_CALLBACK (gtk_window_close), self, G_CONNECT_SWAPPED);
  rcp_title_put (ADW_HEADER_BAR (header), GTK_WINDOW (self));
  adw_header_bar_set_show_start_title_buttons (ADW_HEADER_BAR (header), FALSE);
  adw_header_bar_set_show_end_title_buttons (ADW_HEADER_BAR (header), FALSE);
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), cancel);
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), self->save);
  return header;
}

/* Another desk saved first: in words, and what can be done. */
static GtkWidget *
make_notice (RcpFormDialog *self)
{
  GtkWidget *revealer = gtk_revealer_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *label = gtk_label_new (_("Another desk changed this meanwhile. Reload shows their changes; what you typed stays."));
  GtkWidget *button = gtk_button_new_with_mnemonic (_("_Reload"));

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), button);
  gtk_widget_add_css_class (box, "form-notice");
  gtk_revealer_set_child (GTK_REVEALER (revealer), box);
  g_signal_connect_object (button, "clicked", G_CALLBACK (reload), self, G_CONNECT_SWAPPED);
  return revealer;
}

static GtkWidget *
make_reason (RcpFormDialog *self)
{
  GtkWidget *label = gtk_label_new (NULL);

  self->reason = GTK_LABEL (label);
  gtk_label_set_ellipsize (self->reason, PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (label, "dim-label");
  gtk_widget_add_css_class (label, "caption");
  gtk_widget_add_css_class (label, "form-reason");
  return label;
}

static void
on_discard_cb (AdwMessageDialog *dialog, const char *response, RcpFormDialog *self)
{
  if (!g_str_equal (response, "discard"))
    return;
  self->is_done = TRUE;
  /* The question goes after the form below it: they part first. */
  gtk_window_set_transient_for (GTK_WINDOW (dialog), NULL);
  gtk_window_close (GTK_WINDOW (self));
}

/* What was typed is not lost by one key; and what is being saved is waited for. */
static gboolean
rcp_form_dialog_close_request (GtkWindow *window)
{
  RcpFormDialog *self = RCP_FORM_DIALOG (window);
  GtkWidget *dialog;

  if (self->is_done || !rcp_form_model_is_changed (self->model))
    return GTK_WINDOW_CLASS (rcp_form_dialog_parent_class)->close_request (window);
  if (rcp_form_model_is_busy (self->model))
    return GDK_EVENT_STOP;
  dialog = adw_message_dialog_new (window, _("Discard What Was Entered?"), _("Nothing of it was saved."));
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Keep Writing"), "discard", _("_Discard"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "discard", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_discard_cb), self, 0);
  rcp_dialog_present (GTK_WINDOW (dialog), window);
  return GDK_EVENT_STOP;
}

/* Rows know their widgets: they go first. */
static void
rcp_form_dialog_dispose (GObject *object)
{
  RcpFormDialog *self = RCP_FORM_DIALOG (object);

  g_clear_pointer (&self->rows, rcp_form_rows_free);
  g_clear_object (&self->model);
  G_OBJECT_CLASS (rcp_form_dialog_parent_class)->dispose (object);
}

static void
rcp_form_dialog_class_init (RcpFormDialogClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rcp_form_dialog_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = rcp_form_dialog_close_request;
  rcp_keys_bind (GTK_WIDGET_CLASS (klass), RCP_KEYS_DIALOG);

  /**
   * RcpFormDialog::saved:
   * @self: a dialog
   *
   * The record holds what was typed.
   */
  signals[SAVED] = g_signal_new ("saved", RCP_TYPE_FORM_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
rcp_form_dialog_init (RcpFormDialog *self)
{
  gtk_window_set_default_size (GTK_WINDOW (self), 560, 640);
  gtk_widget_set_size_request (GTK_WIDGET (self), 340, 280);
}

/**
 * rcp_form_dialog_new:
 * @model: what is edited
 *
 * Returns: (transfer none): a window that was not presented yet
 */
GtkWindow *
rcp_form_dialog_new (RcpFormModel *model)
{
  RcpFormDialog *self;
  GtkWidget *box, *page;

  g_return_val_if_fail (RCP_IS_FORM_MODEL (model), NULL);

  self = g_object_new (RCP_TYPE_FORM_DIALOG, "title", rcp_form_pages_get_title (model), NULL);
  self->model = g_object_ref (model);
  self->rows = rcp_form_rows_new (model);
  box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  page = adw_preferences_page_new ();
  gtk_widget_set_vexpand (page, TRUE);
  gtk_box_append (GTK_BOX (box), make_header (self));
  self->notice = make_notice (self);
  gtk_box_append (GTK_BOX (box), self->notice);
  gtk_box_append (GTK_BOX (box), page);
  gtk_box_append (GTK_BOX (box), make_reason (self));
  adw_window_set_content (ADW_WINDOW (self), box);
  g_signal_connect (self, "notify::focus-widget", G_CALLBACK (on_focus_changed_cb), NULL);
  gtk_window_set_focus (GTK_WINDOW (self), rcp_form_pages_fill (ADW_PREFERENCES_PAGE (page), self->rows, model));
  g_signal_connect_object (model, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
  return GTK_WINDOW (self);
}
