/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rcp-overbook-dialog"

#include "config.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "rcp-pinboard.h"

typedef struct
{
  AdwMessageDialog parent_instance;

  GtkEditable *reason;
} RcpOverbookDialog;

typedef struct
{
  AdwMessageDialogClass parent_class;
} RcpOverbookDialogClass;

G_DEFINE_FINAL_TYPE (RcpOverbookDialog, rcp_overbook_dialog, ADW_TYPE_MESSAGE_DIALOG)

static guint confirmed_signal;

static char *
dup_reason (RcpOverbookDialog *self)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (self->reason)));
}

static void
update (RcpOverbookDialog *self)
{
  g_autofree char *reason = dup_reason (self);

  adw_message_dialog_set_response_enabled (ADW_MESSAGE_DIALOG (self), "overbook", reason[0] != '\0');
}

static void
rcp_overbook_dialog_response (AdwMessageDialog *dialog, const char *response)
{
  RcpOverbookDialog *self = (RcpOverbookDialog *) dialog;
  g_autofree char *reason = dup_reason (self);

  if (g_str_equal (response, "overbook") && reason[0])
    g_signal_emit (self, confirmed_signal, 0, reason);
}

static void
rcp_overbook_dialog_class_init (RcpOverbookDialogClass *klass)
{
  ADW_MESSAGE_DIALOG_CLASS (klass)->response = rcp_overbook_dialog_response;
  confirmed_signal = g_signal_new ("confirmed", rcp_overbook_dialog_get_type (), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1,
                                   G_TYPE_STRING);
}

static void
rcp_overbook_dialog_init (RcpOverbookDialog *self)
{
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (self);
  GtkWidget *group = adw_preferences_group_new ();
  GtkWidget *row = adw_entry_row_new ();

  self->reason = GTK_EDITABLE (row);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _("Reason"));
  adw_entry_row_set_activates_default (ADW_ENTRY_ROW (row), TRUE);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  adw_message_dialog_set_extra_child (dialog, group);
  adw_message_dialog_add_responses (dialog, "cancel", _("_Cancel"), "overbook", _("_Overbook"), NULL);
  adw_message_dialog_set_response_appearance (dialog, "overbook", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (dialog, "overbook");
  adw_message_dialog_set_close_response (dialog, "cancel");
  g_signal_connect_object (row, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}

/**
 * rcp_overbook_dialog_new:
 * @parent: (nullable): above which it opens
 * @summary: what would be done, in words
 * @conflicts: all that is in the way, a line for each
 *
 * Returns: (transfer none): a dialog to be presented
 */
GtkWindow *
rcp_overbook_dialog_new (GtkWindow *parent, const char *summary, const char *conflicts)
{
  RcpOverbookDialog *self = g_object_new (RCP_TYPE_OVERBOOK_DIALOG, "transient-for", parent, "modal", TRUE, NULL);
  g_autofree char *body = g_strconcat (summary, "\n\n", conflicts, NULL);

  adw_message_dialog_set_heading (ADW_MESSAGE_DIALOG (self), _("Book on Top of This?"));
  adw_message_dialog_set_body (ADW_MESSAGE_DIALOG (self), body);
  return GTK_WINDOW (self);
}
