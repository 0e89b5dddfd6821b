/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rcp-accounts-group"

#include "config.h"

#include "rcp-accounts-group.h"

#include <glib/gi18n.h>

#include "rcp-account-dialog.h"
#include "ui/calendars/rcp-calendar-choice.h"
#include "ui/rcp-dialog.h"
#include "ui/rcp-error-dialog.h"
#include "ui/rcp-ui-compat.h"

struct _RcpAccountsGroup
{
  AdwPreferencesGroup parent_instance;

  RcpDeskCalendars *calendars;
  RcpCalendarService *service; /* that is listened to, or NULL */
  GListModel *accounts;        /* of it, or NULL */
  GtkWidget *add;
  GPtrArray *rows; /* borrowed */
};

G_DEFINE_FINAL_TYPE (RcpAccountsGroup, rcp_accounts_group, ADW_TYPE_PREFERENCES_GROUP)

static GtkWindow *
get_window (RcpAccountsGroup *self)
{
  return GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)));
}

static char *
dup_text (GObject *account, const char *property)
{
  char *text = NULL;

  g_object_get (account, property, &text, NULL);
  return text ? text : g_strdup ("");
}

static void
open_dialog (RcpAccountsGroup *self, GObject *account)
{
  g_autoptr (RcpAccountModel) model = rcp_account_model_new (self->service, account);

  rcp_dialog_present (rcp_account_dialog_new (model), get_window (self));
}

static void
on_add_clicked_cb (RcpAccountsGroup *self)
{
  open_dialog (self, NULL);
}

static void
on_sign_in_clicked_cb (RcpAccountsGroup *self, GtkButton *button)
{
  open_dialog (self, g_object_get_data (G_OBJECT (button), "account"));
}

/* (transfer full): the uids of the calendars of an account. */
static GStrv
list_calendars (RcpAccountsGroup *self, const char *account)
{
  GListModel *model = rcp_calendar_service_get_calendars (self->service);
  g_autoptr (GStrvBuilder) uids = g_strv_builder_new ();

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (GObject) calendar = g_list_model_get_item (model, i);
      g_autofree char *uid = dup_text (calendar, "uid"), *own = dup_text (calendar, "account-uid");

      if (g_str_equal (own, account))
        g_strv_builder_add (uids, uid);
    }
  return g_strv_builder_end (uids);
}

static void
on_removed_cb (GObject *object, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RcpAccountsGroup) self = user_data;
  g_auto (GStrv) uids = g_object_steal_data (G_OBJECT (self), "removed");
  g_autoptr (GError) error = NULL;

  if (!rcp_calendar_service_remove_finish (RCP_CALENDAR_SERVICE (object), result, &error))
    {
      if (gtk_widget_get_mapped (GTK_WIDGET (self)))
        rcp_error_dialog_present (get_window (self), _("Account Not Removed"), error);
    }
  else if (self->calendars)
    /* What nobody can read any more keeps nobody's time. */
    rcp_calendar_choice_forget (rcp_desk_calendars_get_settings (self->calendars), (const char *const *) uids);
}

static void
on_remove_answered_cb (RcpAccountsGroup *self, const char *response, AdwMessageDialog *dialog)
{
  const char *uid = g_object_get_data (G_OBJECT (dialog), "uid");

  if (!g_str_equal (response, "remove"))
    return;
  g_object_set_data_full (G_OBJECT (self), "removed", list_calendars (self, uid), (GDestroyNotify) g_strfreev);
  rcp_calendar_service_remove_async (self->service, uid, NULL, on_removed_cb, g_object_ref (self));
}

static void
on_remove_clicked_cb (RcpAccountsGroup *self, GtkButton *button)
{
  GObject *account = g_object_get_data (G_OBJECT (button), "account");
  g_autofree char *name = dup_text (account, "name");
  GtkWidget *dialog = adw_message_dialog_new (get_window (self), _("Remove This Account?"), NULL);

  adw_message_dialog_format_body (ADW_MESSAGE_DIALOG (dialog),
                                  /* Translators: the name of an account. */
                                  _("%s goes from this computer with its calendars and its password. On the server nothing changes."),
                                  name);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Cancel"), "remove", _("_Remove"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "remove", ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_object_set_data_full (G_OBJECT (dialog), "uid", dup_text (account, "uid"), g_free);
  g_signal_connect_object (dialog, "response", G_CALLBACK (on_remove_answered_cb), self, G_CONNECT_SWAPPED);
  rcp_dialog_present (GTK_WINDOW (dialog), get_window (self));
}

static GtkWidget *
make_button (RcpAccountsGroup *self, GObject *account, GtkWidget *button, const char *label, GCallback callback)
{
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  rcp_compat_name (GTK_WIDGET (button), label);
  g_object_set_data_full (G_OBJECT (button), "account", g_object_ref (account), g_object_unref);
  g_signal_connect_object (button, "clicked", callback, self, G_CONNECT_SWAPPED);
  return button;
}

static void
tell (GtkWidget *row, GObject *account)
{
  GtkWidget *sign_in = g_object_get_data (G_OBJECT (row), "sign-in");
  g_autofree char *address = dup_text (account, "address"), *name = dup_text (account, "name"), *subtitle = NULL;
  guint trouble;

  g_object_get (account, "trouble", &trouble, NULL);
  subtitle = trouble == RCP_ACCOUNT_NEEDS_PASSWORD ? g_strconcat (address, "\n", _("Needs its password again"), NULL)
             : trouble == RCP_ACCOUNT_NOT_TRUSTED ? g_strconcat (address, "\n", _("The certificate of its server is not trusted"), NULL)
                                                  : g_strdup (address);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), name);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  gtk_widget_set_visible (sign_in, trouble != RCP_ACCOUNT_WELL);
}

static void
on_account_changed_cb (GObject *account, GParamSpec *pspec, GtkWidget *row)
{
  tell (row, account);
}

static void
add_row (RcpAccountsGroup *self, GObject *account)
{
  GtkWidget *row = GTK_WIDGET (g_object_new (ADW_TYPE_ACTION_ROW, "use-markup", FALSE, NULL));
  GtkWidget *sign_in = gtk_button_new_with_label (_("Sign In…")), *remove = gtk_button_new_from_icon_name ("user-trash-symbolic");
  g_autofree char *name = dup_text (account, "name"), *sign_in_label = NULL, *remove_label = NULL;

  /* Translators: the name of an account. */
  sign_in_label = g_strdup_printf (_("Sign in again: %s"), name);
  /* Translators: the name of an account. */
  remove_label = g_strdup_printf (_("Remove the account %s"), name);
  gtk_widget_add_css_class (remove, "flat");
  gtk_widget_set_tooltip_text (remove, _("Remove"));
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row),
                             make_button (self, account, sign_in, sign_in_label, G_CALLBACK (on_sign_in_clicked_cb)));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), make_button (self, account, remove, remove_label, G_CALLBACK (on_remove_clicked_cb)));
  g_object_set_data (G_OBJECT (row), "sign-in", sign_in);
  g_signal_connect_object (account, "notify", G_CALLBACK (on_account_changed_cb), row, 0);
  tell (row, account);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
  g_ptr_array_add (self->rows, row);
}

static void
on_accounts_changed_cb (RcpAccountsGroup *self)
{
  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (ADW_PREFERENCES_GROUP (self), self->rows->pdata[i]);
  g_ptr_array_set_size (self->rows, 0);
  for (guint i = 0; i < g_list_model_get_n_items (self->accounts); i++)
    {
      g_autoptr (GObject) account = g_list_model_get_item (self->accounts, i);

      add_row (self, account);
    }
}

static void
on_state_changed_cb (RcpAccountsGroup *self)
{
  RcpCalendarService *service = rcp_desk_calendars_get_service (self->calendars);

  gtk_widget_set_visible (GTK_WIDGET (self), service != NULL);
  if (!service || service == self->service)
    return;
  self->service = service;
  self->accounts = rcp_calendar_service_get_accounts (service);
  g_signal_connect_object (self->accounts, "items-changed", G_CALLBACK (on_accounts_changed_cb), self, G_CONNECT_SWAPPED);
  on_accounts_changed_cb (self);
}

static void
rcp_accounts_group_dispose (GObject *object)
{
  RcpAccountsGroup *self = RCP_ACCOUNTS_GROUP (object);

  g_clear_object (&self->calendars);
  g_clear_pointer (&self->rows, g_ptr_array_unref);
  G_OBJECT_CLASS (rcp_accounts_group_parent_class)->dispose (object);
}

static void
rcp_accounts_group_class_init (RcpAccountsGroupClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rcp_accounts_group_dispose;
}

static void
rcp_accounts_group_init (RcpAccountsGroup *self)
{
  self->rows = g_ptr_array_new ();
  self->add = gtk_button_new_with_mnemonic (_("_Add CalDAV Account…"));
  gtk_widget_set_valign (self->add, GTK_ALIGN_CENTER);
  g_signal_connect_object (self->add, "clicked", G_CALLBACK (on_add_clicked_cb), self, G_CONNECT_SWAPPED);
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (self), _("Accounts"));
  adw_preferences_group_set_header_suffix (ADW_PREFERENCES_GROUP (self), self->add);
}

/**
 * rcp_accounts_group_new:
 *
 * Returns: (transfer floating): a group, hidden until there are calendars
 */
GtkWidget *
rcp_accounts_group_new (void)
{
  return g_object_new (RCP_TYPE_ACCOUNTS_GROUP, "visible", FALSE, NULL);
}

/**
 * rcp_accounts_group_follow:
 * @self: a new group
 * @calendars: those of the desk
 *
 * Shows their accounts, once they are ready.
 */
void
rcp_accounts_group_follow (RcpAccountsGroup *self, RcpDeskCalendars *calendars)
{
  g_return_if_fail (RCP_IS_ACCOUNTS_GROUP (self));
  g_return_if_fail (RCP_IS_DESK_CALENDARS (calendars));

  g_set_object (&self->calendars, calendars);
  g_signal_connect_object (calendars, "changed", G_CALLBACK (on_state_changed_cb), self, G_CONNECT_SWAPPED);
  on_state_changed_cb (self);
}
