/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rcp-export-dialog"

#include "config.h"

#include "rcp-export-dialog.h"

#include <glib/gi18n.h>
#include <string.h>

#include "mirroring/rcp-visit-export.h"
#include "rcp-mirror-text.h"
#include "rcp-subscribe-group.h"
#include "ui/rcp-error-dialog.h"
#include "ui/rcp-keys.h"
#include "ui/rcp-title.h"

struct _RcpExportDialog
{
  AdwWindow parent_instance;

  RcpDesk *desk;
  RcpDeskCalendars *calendars;
  RcpProvider *provider;
  GDate first;
  AdwComboRow *period_row;
  AdwComboRow *privacy_row;
  GtkLabel *problem;
  GtkWidget *save_button;
  GtkWidget *close_button;
  AdwPreferencesPage *page;
  AdwToastOverlay *toasts;
  GCancellable *cancellable;
  GFile *file; /* while it is written */
  guint n_visits; /* in it */
  gboolean is_busy;
};

G_DEFINE_FINAL_TYPE (RcpExportDialog, rcp_export_dialog, ADW_TYPE_WINDOW)

static guint told_signal;

static const struct
{
  const char *label;
  guint n_days;
} periods[] = {
  { N_("One week"), 7 },
  { N_("Four weeks"), 28 },
  { N_("Three months"), 91 },
};

static void
update (RcpExportDialog *self)
{
  gboolean can = rcp_desk_calendars_get_exporter (self->calendars) != NULL;
  g_autofree char *problem = !can && rcp_desk_calendars_get_state (self->calendars) == RCP_CALENDARS_FAILED
                               ? rcp_desk_calendars_dup_problem (self->calendars)
                               : NULL;

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "export.save", can && !self->is_busy);
  gtk_label_set_label (self->problem, problem ? problem : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem), problem != NULL);
}

/* Midnight of the place. */
static gint64
get_midnight (RcpExportDialog *self, guint days_later)
{
  GDate date = self->first;
  g_autoptr (GDateTime) midnight = NULL;

  g_date_add_days (&date, days_later);
  midnight = g_date_time_new (rcp_desk_get_zone (self->desk), g_date_get_year (&date), g_date_get_month (&date), g_date_get_day (&date), 0, 0, 0);
  return g_date_time_to_unix (midnight) * G_USEC_PER_SEC;
}

static void
end (RcpExportDialog *self, GError *error)
{
  self->is_busy = FALSE;
  update (self);
  if (error && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    rcp_error_dialog_present (GTK_WINDOW (self), _("Not Saved"), error);
}

static void
on_written_cb (GObject *file, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RcpExportDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  if (!g_file_replace_contents_finish (G_FILE (file), result, NULL, &error))
    {
      end (self, error);
      return;
    }
  text = g_strdup_printf (ngettext ("%u visit was written to the file", "%u visits were written to the file", self->n_visits), self->n_visits);
  g_signal_emit (self, told_signal, 0, text);
  gtk_window_close (GTK_WINDOW (self));
}

static void
on_exported_cb (GObject *client, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RcpExportDialog) self = user_data;
  g_autoptr (GFile) file = g_steal_pointer (&self->file);
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) ids = NULL;
  char *text = rcp_desk_calendars_get_exporter (self->calendars)->finish (result, &ids, &error);
  g_autoptr (GBytes) bytes = NULL;

  if (!text)
    {
      end (self, error);
      return;
    }
  self->n_visits = g_strv_length (ids);
  bytes = g_bytes_new_take (text, strlen (text));
  /* Nobody but the owner may read it: it may be of patients. */
  g_file_replace_contents_bytes_async (file, bytes, NULL, FALSE, G_FILE_CREATE_PRIVATE | G_FILE_CREATE_REPLACE_DESTINATION, self->cancellable,
                                       on_written_cb, g_object_ref (self));
}

/**
 * rcp_export_dialog_write:
 * @self: a dialog
 * @file: where to
 *
 * Writes what is chosen. A file that is there is replaced as a whole, or stays as it is.
 */
void
rcp_export_dialog_write (RcpExportDialog *self, GFile *file)
{
  RcpVisitExport what = { NULL };
  const RcpVisitExporter *exporter;

  g_return_if_fail (RCP_IS_EXPORT_DIALOG (self));
  g_return_if_fail (G_IS_FILE (file));

  exporter = rcp_desk_calendars_get_exporter (self->calendars);
  if (!exporter || self->is_busy)
    return;
  what.person = rcp_provider_get_practitioner_id (self->provider);
  what.range.start = get_midnight (self, 0);
  what.range.end = get_midnight (self, periods[MIN (adw_combo_row_get_selected (self->period_row), G_N_ELEMENTS (periods) - 1)].n_days);
  what.privacy = (RcpMirrorPrivacy) MIN (adw_combo_row_get_selected (self->privacy_row), RCP_MIRROR_FULL);
  what.zone = g_time_zone_get_identifier (rcp_provider_get_zone (self->provider));
  what.place = rcp_provider_get_place (self->provider) ? rcp_place_get_name (rcp_provider_get_place (self->provider)) : NULL;
  what.title = rcp_provider_get_name (self->provider);
  self->is_busy = TRUE;
  g_set_object (&self->file, file);
  update (self);
  exporter->begin (rcp_desk_get_client (self->desk), rcp_desk_get_clock (self->desk), &what, self->cancellable, on_exported_cb,
                   g_object_ref (self));
}

static void
on_file_chosen_cb (GtkNativeDialog *chooser, int response, RcpExportDialog *self)
{
  g_autoptr (GFile) file = response == GTK_RESPONSE_ACCEPT ? gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser)) : NULL;

  if (file)
    rcp_export_dialog_write (self, file);
  gtk_native_dialog_destroy (chooser);
  g_object_unref (chooser);
}

static void
on_save_activated (GtkWidget *widget, const char *action, GVariant *parameter)
{
  GtkFileChooserNative *chooser = gtk_file_chooser_native_new (_("Save as Calendar File"), GTK_WINDOW (widget), GTK_FILE_CHOOSER_ACTION_SAVE,
                                                               _("_Save"), _("_Cancel"));

  /* Translators: the suggested name of a file with the days of a provider. */
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (chooser), _("days.ics"));
  g_signal_connect_object (chooser, "response", G_CALLBACK (on_file_chosen_cb), widget, 0);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

static void
rcp_export_dialog_dispose (GObject *object)
{
  RcpExportDialog *self = RCP_EXPORT_DIALOG (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->file);
  g_clear_object (&self->provider);
  g_clear_object (&self->calendars);
  g_clear_object (&self->desk);
  G_OBJECT_CLASS (rcp_export_dialog_parent_class)->dispose (object);
}

static void
rcp_export_dialog_class_init (RcpExportDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rcp_export_dialog_dispose;
  gtk_widget_class_install_action (widget_class, "export.save", NULL, on_save_activated);
  rcp_keys_bind (widget_class, RCP_KEYS_DIALOG);

  /**
   * RcpExportDialog::told:
   * @self: a dialog
   * @text: what was done; plain
   */
  told_signal = g_signal_new ("told", RCP_TYPE_EXPORT_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static GtkWidget *
make_header (RcpExportDialog *self)
{
  GtkWidget *header = adw_header_bar_new ();

  rcp_title_put (ADW_HEADER_BAR (header), GTK_WINDOW (self));
  adw_header_bar_set_show_start_title_buttons (ADW_HEADER_BAR (header), FALSE);
  adw_header_bar_set_show_end_title_buttons (ADW_HEADER_BAR (header), FALSE);
  self->close_button = gtk_button_new_with_mnemonic (_("_Cancel"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->close_button), "window.close");
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), self->close_button);
  self->save_button = gtk_button_new_with_mnemonic (_("_Save…"));
  gtk_widget_add_css_class (self->save_button, "suggested-action");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->save_button), "export.save");
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), self->save_button);
  gtk_window_set_default_widget (GTK_WINDOW (self), self->save_button);
  return header;
}

static AdwComboRow *
add_combo (GtkWidget *group, const char *title)
{
  GtkWidget *row = adw_combo_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  return ADW_COMBO_ROW (row);
}

static void
fill_period (AdwComboRow *row)
{
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (periods); i++)
    gtk_string_list_append (labels, _(periods[i].label));
  adw_combo_row_set_model (row, G_LIST_MODEL (labels));
  adw_combo_row_set_selected (row, 1);
}

static void
rcp_export_dialog_init (RcpExportDialog *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *page = adw_preferences_page_new (), *group = adw_preferences_group_new (), *toasts = adw_toast_overlay_new ();
  g_autoptr (GListModel) privacies = rcp_mirror_text_list_privacies ();

  self->cancellable = g_cancellable_new ();
  self->period_row = add_combo (group, _("How Long"));
  self->privacy_row = add_combo (group, _("What It Says"));
  fill_period (self->period_row);
  adw_combo_row_set_model (self->privacy_row, privacies);
  self->problem = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_wrap (self->problem, TRUE);
  gtk_label_set_xalign (self->problem, 0);
  gtk_widget_set_margin_top (GTK_WIDGET (self->problem), 12);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), GTK_WIDGET (self->problem));
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (group));
  self->page = ADW_PREFERENCES_PAGE (page);
  self->toasts = ADW_TOAST_OVERLAY (toasts);
  adw_toast_overlay_set_child (self->toasts, page);
  gtk_widget_set_vexpand (toasts, TRUE);
  gtk_window_set_title (GTK_WINDOW (self), _("Calendar File"));
  gtk_window_set_default_size (GTK_WINDOW (self), 440, 560);
  gtk_window_set_focus (GTK_WINDOW (self), GTK_WIDGET (self->period_row));
  gtk_box_append (GTK_BOX (box), make_header (self));
  gtk_box_append (GTK_BOX (box), toasts);
  adw_window_set_content (ADW_WINDOW (self), box);
}

static void
on_address_copied_cb (RcpExportDialog *self)
{
  adw_toast_overlay_add_toast (self->toasts, adw_toast_new (_("Address copied")));
}

/* What is switched on or off is so at once: then there is nothing that could be cancelled. */
static void
on_files_changed_cb (RcpExportDialog *self)
{
  const char *person = rcp_provider_get_practitioner_id (self->provider);
  gboolean is_kept = rcp_desk_files_is_kept (rcp_desk_calendars_get_files (self->calendars), person, NULL);

  if (is_kept)
    gtk_button_set_label (GTK_BUTTON (self->close_button), _("_Close"));
}

static void
add_subscribe_group (RcpExportDialog *self)
{
  const char *person = rcp_provider_get_practitioner_id (self->provider);
  GtkWidget *group;

  if (!person)
    return;
  group = rcp_subscribe_group_new (self->calendars, person);
  g_signal_connect_object (group, "copied", G_CALLBACK (on_address_copied_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (rcp_desk_calendars_get_files (self->calendars), "changed", G_CALLBACK (on_files_changed_cb), self, G_CONNECT_SWAPPED);
  adw_preferences_page_add (self->page, ADW_PREFERENCES_GROUP (group));
  on_files_changed_cb (self);
}

GtkWindow *
rcp_export_dialog_new (RcpDesk *desk, RcpDeskCalendars *calendars, RcpProvider *provider, const GDate *first)
{
  RcpExportDialog *self;

  g_return_val_if_fail (RCP_IS_DESK (desk), NULL);
  g_return_val_if_fail (RCP_IS_DESK_CALENDARS (calendars), NULL);
  g_return_val_if_fail (RCP_IS_PROVIDER (provider), NULL);

  self = g_object_new (RCP_TYPE_EXPORT_DIALOG, NULL);
  self->desk = g_object_ref (desk);
  self->calendars = g_object_ref (calendars);
  self->provider = g_object_ref (provider);
  self->first = *first;
  add_subscribe_group (self);
  g_signal_connect_object (calendars, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  rcp_desk_calendars_want (calendars);
  update (self);
  return GTK_WINDOW (self);
}
