/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rcp-account-dialog"

#include "config.h"

#include "rcp-account-dialog.h"

#include <glib/gi18n.h>

#include "rcp-calendar-row.h"
#include "ui/rcp-keys.h"
#include "ui/rcp-time-text.h"
#include "ui/rcp-title.h"

struct _RcpAccountDialog
{
  AdwWindow parent_instance;

  RcpAccountModel *model;
  GtkStack *stack;
  GtkWidget *cancel;
  GtkWidget *back; /* in its place after the first step: on a phone there is no room for both */
  GtkWidget *next;
  GtkEditable *address;
  GtkEditable *user;
  GtkEditable *password;
  GtkLabel *problem;
  GtkSpinner *spinner;
  GtkLabel *busy;
  GtkWidget *certificate; /* a page, filled when there is one */
  GtkWidget *found;
  RcpAccountStep shown;
};

G_DEFINE_FINAL_TYPE (RcpAccountDialog, rcp_account_dialog, ADW_TYPE_WINDOW)

static gboolean
is_filled (RcpAccountDialog *self)
{
  return gtk_editable_get_text (self->address)[0] && gtk_editable_get_text (self->user)[0] && gtk_editable_get_text (self->password)[0];
}

static const char *
get_next_label (RcpAccountDialog *self)
{
  switch (rcp_account_model_get_step (self->model))
    {
    case RCP_ACCOUNT_STEP_JUDGE:
      return _("_Trust");
    case RCP_ACCOUNT_STEP_FOUND:
      return _("_Add");
    default:
      return rcp_account_model_is_new (self->model) ? _("_Continue") : _("_Sign In");
    }
}

static void
update_buttons (RcpAccountDialog *self)
{
  RcpAccountStep step = rcp_account_model_get_step (self->model);

  gtk_button_set_label (GTK_BUTTON (self->next), get_next_label (self));
  gtk_widget_set_sensitive (self->next, step == RCP_ACCOUNT_STEP_JUDGE || step == RCP_ACCOUNT_STEP_FOUND
                                          || (step == RCP_ACCOUNT_STEP_ASK && is_filled (self)));
  gtk_widget_set_visible (self->next, step != RCP_ACCOUNT_STEP_LOOK && step != RCP_ACCOUNT_STEP_KEEP);
  gtk_widget_set_visible (self->back, step != RCP_ACCOUNT_STEP_ASK && step != RCP_ACCOUNT_STEP_KEEP);
  gtk_widget_set_visible (self->cancel, !gtk_widget_get_visible (self->back));
  /* To trust is no step that one takes by the way. */
  if (step == RCP_ACCOUNT_STEP_JUDGE)
    gtk_widget_remove_css_class (self->next, "suggested-action");
  else
    gtk_widget_add_css_class (self->next, "suggested-action");
  gtk_window_set_default_widget (GTK_WINDOW (self), step == RCP_ACCOUNT_STEP_JUDGE ? NULL : self->next);
}

static GtkWidget *
add_group (GtkWidget *page, const char *title, const char *description)
{
  GtkWidget *group = GTK_WIDGET (g_object_new (ADW_TYPE_PREFERENCES_GROUP, "title", title, "description", description, NULL));

  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (group));
  return group;
}

static void
add_fact (GtkWidget *group, const char *title, const char *fact)
{
  GtkWidget *row = GTK_WIDGET (g_object_new (ADW_TYPE_ACTION_ROW, "use-markup", FALSE, NULL));

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), fact);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 0);
  gtk_widget_set_focusable (row, TRUE);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
}

static char *
dup_date (gint64 instant)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_local ();

  return instant != 0 ? rcp_time_text_day (instant, zone) : g_strdup (_("It does not say"));
}

/* What is wrong, in the order in which it tells most. */
static const char *
describe_faults (GTlsCertificateFlags faults)
{
  if (faults & G_TLS_CERTIFICATE_REVOKED)
    return _("It was revoked: somebody else may use it. Do not trust it.");
  if (faults & G_TLS_CERTIFICATE_BAD_IDENTITY)
    return _("It belongs to another server.");
  if (faults & G_TLS_CERTIFICATE_EXPIRED)
    return _("It is no longer valid.");
  if (faults & G_TLS_CERTIFICATE_NOT_ACTIVATED)
    return _("It is not valid yet.");
  if (faults & G_TLS_CERTIFICATE_UNKNOWN_CA)
    return _("Nobody whom this computer knows vouches for it.");
  return _("This computer does not trust it.");
}

static void
show_certificate (RcpAccountDialog *self)
{
  const RcpServerCertificate *certificate = rcp_account_model_get_certificate (self->model);
  GtkWidget *page = adw_preferences_page_new ();
  g_autofree char *from = dup_date (certificate->valid_from), *until = dup_date (certificate->valid_until);
  g_autofree char *text
    = g_strdup_printf ("%s %s", describe_faults (certificate->faults),
                       _("Trust it only if the server’s owner tells you the same fingerprint: somebody else could read the password."));
  GtkWidget *group = add_group (page, _("Certificate Not Trusted"), text);

  add_fact (group, _("Issued To"), certificate->subject ? certificate->subject : "");
  add_fact (group, _("Issued By"), certificate->issuer ? certificate->issuer : "");
  add_fact (group, _("Valid From"), from);
  add_fact (group, _("Valid Until"), until);
  add_fact (group, _("Fingerprint (SHA-256)"), certificate->fingerprint);
  adw_bin_set_child (ADW_BIN (self->certificate), page);
}

static void
show_found (RcpAccountDialog *self)
{
  GPtrArray *found = rcp_account_model_get_found (self->model);
  GtkWidget *page = adw_preferences_page_new ();
  g_autofree char *title = g_strdup_printf (ngettext ("%u Calendar", "%u Calendars", found->len), found->len);
  GtkWidget *group = add_group (page, title, _("With the account all of them become calendars of this computer."));

  for (guint i = 0; i < found->len; i++)
    {
      const RcpFoundCalendar *calendar = found->pdata[i];
      GtkWidget *row = GTK_WIDGET (g_object_new (ADW_TYPE_ACTION_ROW, "use-markup", FALSE, NULL));

      adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), calendar->name);
      if (!calendar->is_writable)
        adw_action_row_set_subtitle (ADW_ACTION_ROW (row), _("Can only be read"));
      adw_action_row_add_prefix (ADW_ACTION_ROW (row), rcp_calendar_row_make_dot (calendar->colour));
      gtk_widget_set_focusable (row, TRUE);
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
    }
  adw_bin_set_child (ADW_BIN (self->found), page);
}

static void
show_problem (RcpAccountDialog *self)
{
  const char *problem = rcp_account_model_get_problem (self->model);

  gtk_label_set_label (self->problem, problem ? problem : "");
  gtk_widget_set_visible (GTK_WIDGET (self->problem), problem != NULL);
}

static void
show_step (RcpAccountDialog *self, RcpAccountStep step)
{
  gboolean is_busy = step == RCP_ACCOUNT_STEP_LOOK || step == RCP_ACCOUNT_STEP_KEEP;

  gtk_spinner_set_spinning (self->spinner, is_busy);
  gtk_label_set_label (self->busy, step == RCP_ACCOUNT_STEP_KEEP ? _("Keeping the account…") : _("Asking the server…"));
  if (step == RCP_ACCOUNT_STEP_JUDGE)
    show_certificate (self);
  else
    adw_bin_set_child (ADW_BIN (self->certificate), NULL);
  if (step == RCP_ACCOUNT_STEP_FOUND)
    show_found (self);
  else
    adw_bin_set_child (ADW_BIN (self->found), NULL);
  gtk_stack_set_visible_child_name (self->stack, is_busy                          ? "busy"
                                                 : step == RCP_ACCOUNT_STEP_JUDGE ? "certificate"
                                                 : step == RCP_ACCOUNT_STEP_FOUND ? "found"
                                                                                  : "ask");
}

/* The keyboard goes where the next thing is done: to the password after a wrong one, and never to what trusts. */
static void
move_focus (RcpAccountDialog *self, RcpAccountStep step)
{
  if (step == RCP_ACCOUNT_STEP_ASK)
    gtk_widget_grab_focus (GTK_WIDGET (gtk_editable_get_text (self->address)[0] && gtk_editable_get_text (self->user)[0] ? self->password
                                                                                                                       : self->address));
  else if (step == RCP_ACCOUNT_STEP_FOUND)
    gtk_widget_grab_focus (self->next);
  else
    gtk_widget_grab_focus (self->back);
}

static void
on_changed_cb (RcpAccountDialog *self)
{
  RcpAccountStep step = rcp_account_model_get_step (self->model);

  if (step == RCP_ACCOUNT_STEP_DONE)
    {
      gtk_window_destroy (GTK_WINDOW (self));
      return;
    }
  show_problem (self);
  show_step (self, step);
  update_buttons (self);
  if (step != self->shown || step == RCP_ACCOUNT_STEP_ASK)
    move_focus (self, step);
  self->shown = step;
}

static void
on_next_clicked_cb (RcpAccountDialog *self)
{
  switch (rcp_account_model_get_step (self->model))
    {
    case RCP_ACCOUNT_STEP_ASK:
      if (is_filled (self))
        rcp_account_model_look (self->model, gtk_editable_get_text (self->address), gtk_editable_get_text (self->user),
                                gtk_editable_get_text (self->password));
      break;
    case RCP_ACCOUNT_STEP_JUDGE:
      rcp_account_model_trust (self->model);
      break;
    case RCP_ACCOUNT_STEP_FOUND:
      rcp_account_model_keep (self->model);
      break;
    default:
      break;
    }
}

static void
on_back_clicked_cb (RcpAccountDialog *self)
{
  rcp_account_model_go_back (self->model);
}

static void
rcp_account_dialog_dispose (GObject *object)
{
  RcpAccountDialog *self = RCP_ACCOUNT_DIALOG (object);

  /* Nobody waits any more. */
  if (self->model)
    {
      g_signal_handlers_disconnect_by_func (self->model, on_changed_cb, self);
      rcp_account_model_go_back (self->model);
    }
  g_clear_object (&self->model);
  G_OBJECT_CLASS (rcp_account_dialog_parent_class)->dispose (object);
}

static void
rcp_account_dialog_class_init (RcpAccountDialogClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rcp_account_dialog_dispose;
  rcp_keys_bind (GTK_WIDGET_CLASS (klass), RCP_KEYS_DIALOG);
}

static GtkWidget *
make_header (RcpAccountDialog *self)
{
  GtkWidget *header = adw_header_bar_new ();

  self->cancel = gtk_button_new_with_mnemonic (_("_Cancel"));
  self->back = gtk_button_new_with_mnemonic (_("_Back"));
  self->next = gtk_button_new_with_mnemonic (_("_Continue"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->cancel), "window.close");
  g_signal_connect_object (self->back, "clicked", G_CALLBACK (on_back_clicked_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->next, "clicked", G_CALLBACK (on_next_clicked_cb), self, G_CONNECT_SWAPPED);
  rcp_title_put (ADW_HEADER_BAR (header), GTK_WINDOW (self));
  adw_header_bar_set_show_start_title_buttons (ADW_HEADER_BAR (header), FALSE);
  adw_header_bar_set_show_end_title_buttons (ADW_HEADER_BAR (header), FALSE);
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), self->cancel);
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), self->back);
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), self->next);
  return header;
}

static GtkEditable *
add_entry (RcpAccountDialog *self, GtkWidget *group, GtkWidget *row, const char *title)
{
  GtkAccessible *text = GTK_ACCESSIBLE (gtk_editable_get_delegate (GTK_EDITABLE (row)));

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  /* The row is called so, but the keyboard is in its text. */
  gtk_accessible_update_property (text, GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  adw_entry_row_set_activates_default (ADW_ENTRY_ROW (row), TRUE);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  g_signal_connect_object (row, "changed", G_CALLBACK (update_buttons), self, G_CONNECT_SWAPPED);
  return GTK_EDITABLE (row);
}

static GtkWidget *
make_form (RcpAccountDialog *self)
{
  GtkWidget *page = adw_preferences_page_new ();
  GtkWidget *group = add_group (page, "", _("The password stays in the keyring of this computer."));
  GtkWidget *about = add_group (page, "", NULL);

  self->address = add_entry (self, group, adw_entry_row_new (), _("Address or Name of the Server"));
  self->user = add_entry (self, group, adw_entry_row_new (), _("User Name"));
  self->password = add_entry (self, group, adw_password_entry_row_new (), _("Password"));
  self->problem = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_wrap (self->problem, TRUE);
  gtk_label_set_xalign (self->problem, 0);
  gtk_widget_add_css_class (GTK_WIDGET (self->problem), "error");
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (about), GTK_WIDGET (self->problem));
  return page;
}

static GtkWidget *
make_busy (RcpAccountDialog *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);

  self->spinner = GTK_SPINNER (gtk_spinner_new ());
  self->busy = GTK_LABEL (gtk_label_new (NULL));
  gtk_label_set_wrap (self->busy, TRUE);
  gtk_widget_set_size_request (GTK_WIDGET (self->spinner), 32, 32);
  gtk_widget_set_valign (box, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->spinner));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->busy));
  return box;
}

static void
rcp_account_dialog_init (RcpAccountDialog *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->stack = GTK_STACK (gtk_stack_new ());
  self->certificate = adw_bin_new ();
  self->found = adw_bin_new ();
  gtk_widget_set_vexpand (GTK_WIDGET (self->stack), TRUE);
  gtk_box_append (GTK_BOX (box), make_header (self));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->stack));
  gtk_stack_add_named (self->stack, make_form (self), "ask");
  gtk_stack_add_named (self->stack, make_busy (self), "busy");
  gtk_stack_add_named (self->stack, self->certificate, "certificate");
  gtk_stack_add_named (self->stack, self->found, "found");
  adw_window_set_content (ADW_WINDOW (self), box);
  gtk_window_set_default_size (GTK_WINDOW (self), 480, 520);
}

/**
 * rcp_account_dialog_new:
 * @model: what it does
 *
 * Returns: (transfer none): a window that was not presented yet
 */
GtkWindow *
rcp_account_dialog_new (RcpAccountModel *model)
{
  RcpAccountDialog *self;
  g_autofree char *address = NULL, *user = NULL;

  g_return_val_if_fail (RCP_IS_ACCOUNT_MODEL (model), NULL);

  self = g_object_new (RCP_TYPE_ACCOUNT_DIALOG, "title", rcp_account_model_is_new (model) ? _("CalDAV Account") : _("Sign In Again"),
                       NULL);
  self->model = g_object_ref (model);
  address = rcp_account_model_dup_address (model);
  user = rcp_account_model_dup_user (model);
  gtk_editable_set_text (self->address, address);
  gtk_editable_set_text (self->user, user);
  /* Another server or user is another account. */
  gtk_widget_set_sensitive (GTK_WIDGET (self->address), rcp_account_model_is_new (model));
  gtk_widget_set_sensitive (GTK_WIDGET (self->user), rcp_account_model_is_new (model));
  g_signal_connect_object (model, "changed", G_CALLBACK (on_changed_cb), self, G_CONNECT_SWAPPED);
  on_changed_cb (self);
  return GTK_WINDOW (self);
}
