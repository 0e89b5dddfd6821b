/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-auth-dialog"

#include "config.h"

#include "rcp-auth-dialog.h"

#include <glib/gi18n.h>

struct _RcpAuthDialog
{
  AdwMessageDialog parent_instance;

  GtkEditable *number;
};

G_DEFINE_FINAL_TYPE (RcpAuthDialog, rcp_auth_dialog, ADW_TYPE_MESSAGE_DIALOG)

static guint received_signal;

static char *
dup_number (RcpAuthDialog *self)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (self->number)));
}

static void
update (RcpAuthDialog *self)
{
  g_autofree char *number = dup_number (self);

  adw_message_dialog_set_response_enabled (ADW_MESSAGE_DIALOG (self), "received", number[0] != '\0');
}

static void
rcp_auth_dialog_response (AdwMessageDialog *dialog, const char *response)
{
  RcpAuthDialog *self = RCP_AUTH_DIALOG (dialog);
  g_autofree char *number = dup_number (self);

  if (g_str_equal (response, "received") && number[0])
    g_signal_emit (self, received_signal, 0, number);
}

static void
rcp_auth_dialog_class_init (RcpAuthDialogClass *klass)
{
  ADW_MESSAGE_DIALOG_CLASS (klass)->response = rcp_auth_dialog_response;
  received_signal = g_signal_new ("received", RCP_TYPE_AUTH_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static void
rcp_auth_dialog_init (RcpAuthDialog *self)
{
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (self);
  GtkWidget *group = adw_preferences_group_new (), *row = adw_entry_row_new ();

  self->number = GTK_EDITABLE (row);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ ("Authorization Number"));
  adw_entry_row_set_activates_default (ADW_ENTRY_ROW (row), TRUE);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  adw_message_dialog_set_heading (dialog, _ ("Authorization Received?"));
  adw_message_dialog_set_extra_child (dialog, group);
  adw_message_dialog_add_responses (dialog, "cancel", _ ("_Cancel"), "received", _ ("_Received"), NULL);
  adw_message_dialog_set_response_appearance (dialog, "received", ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (dialog, "received");
  adw_message_dialog_set_close_response (dialog, "cancel");
  g_signal_connect_object (row, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}

/**
 * rcp_auth_dialog_new:
 * @parent: (nullable): above which it opens
 * @auth: what it is about; a number that it has is there to be corrected
 * @summary: whose visit, and who wants to authorize it, in words
 *
 * Returns: (transfer none): a dialog to be presented
 */
GtkWindow *
rcp_auth_dialog_new (GtkWindow *parent, RcpPriorAuth *auth, const char *summary)
{
  RcpAuthDialog *self = g_object_new (RCP_TYPE_AUTH_DIALOG, "transient-for", parent, "modal", TRUE, NULL);
  const char *number = rcp_prior_auth_get_number (auth);

  adw_message_dialog_set_body (ADW_MESSAGE_DIALOG (self), summary);
  gtk_editable_set_text (self->number, number ? number : "");
  return GTK_WINDOW (self);
}
