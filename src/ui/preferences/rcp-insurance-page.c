/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-insurance-page"

#include "config.h"

#include "rcp-insurance-page.h"

#include <glib/gi18n.h>

struct _RcpInsurancePage
{
  AdwBin parent_instance;

  RcpPayer *payer;
  GSettings *settings;
  GCancellable *cancellable;
  GtkWidget *page;
  AdwComboRow *way;
  GtkWidget *connection;
  GtkWidget *clinic;
  GtkWidget *trial;
  GtkWidget *form;
  GtkWidget *user;
  GtkEditable *password;
  GtkWidget *test_button;
  GtkSpinner *spinner;
  AdwActionRow *result;
  GtkImage *result_icon;
};

G_DEFINE_FINAL_TYPE (RcpInsurancePage, rcp_insurance_page, ADW_TYPE_BIN)

static void
rcp_insurance_page_dispose (GObject *object)
{
  RcpInsurancePage *self = RCP_INSURANCE_PAGE (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->payer);
  g_clear_object (&self->settings);
  G_OBJECT_CLASS (rcp_insurance_page_parent_class)->dispose (object);
}

static void
rcp_insurance_page_class_init (RcpInsurancePageClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = rcp_insurance_page_dispose;
}

static void
rcp_insurance_page_init (RcpInsurancePage *self)
{
  self->cancellable = g_cancellable_new ();
}

static void
show_result (RcpInsurancePage *self, const char *icon, const char *text)
{
  gtk_image_set_from_icon_name (self->result_icon, icon);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->result), text);
}

static void
set_testing (RcpInsurancePage *self, gboolean is_testing)
{
  gtk_spinner_set_spinning (self->spinner, is_testing);
  gtk_widget_set_sensitive (self->test_button, !is_testing);
}

static void
on_tested_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RcpInsurancePage) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean is_open = FALSE;
  g_autofree char *words = rcp_payer_test_finish (result, &is_open, &error);

  if (!words || !self->payer)
    return;
  set_testing (self, FALSE);
  show_result (self, is_open ? "emblem-ok-symbolic" : "dialog-warning-symbolic", words);
}

static void
on_test_clicked_cb (RcpInsurancePage *self)
{
  set_testing (self, TRUE);
  show_result (self, "content-loading-symbolic", _ ("Being Tried"));
  rcp_payer_test_async (self->payer, self->cancellable, on_tested_cb, g_object_ref (self));
}

static void
on_password_set_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (RcpInsurancePage) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean is_kept = rcp_payer_set_password_finish (result, &error);

  if (!self->payer)
    return;
  if (is_kept)
    {
      gtk_editable_set_text (self->password, "");
      show_result (self, "emblem-ok-symbolic", _ ("The password is in the keyring."));
    }
  else
    show_result (self, "dialog-warning-symbolic", _ ("The keyring did not take the password. Is it unlocked?"));
}

static void
on_password_applied_cb (RcpInsurancePage *self)
{
  rcp_payer_set_password_async (self->payer, gtk_editable_get_text (self->password), self->cancellable, on_password_set_cb, g_object_ref (self));
}

static void
update (RcpInsurancePage *self)
{
  RcpPayerWay way = rcp_payer_get_way (self->payer);

  gtk_widget_set_visible (self->connection, way != RCP_PAYER_NONE);
  gtk_widget_set_visible (self->trial, way != RCP_PAYER_NONE);
  gtk_widget_set_visible (self->clinic, way == RCP_PAYER_X12);
  gtk_widget_set_visible (self->form, way == RCP_PAYER_X12);
  gtk_widget_set_visible (self->user, way == RCP_PAYER_X12);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->password), way == RCP_PAYER_FHIR ? _ ("Token") : _ ("Password"));
}

static GtkWidget *
add_group (RcpInsurancePage *self, const char *title, const char *description)
{
  GtkWidget *group = adw_preferences_group_new ();

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), title);
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group), description);
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (self->page), ADW_PREFERENCES_GROUP (group));
  return group;
}

/* The floor is silent about the text of an AdwEntryRow unless it is told. */
static void
name_entry (GtkWidget *row, const char *title)
{
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  gtk_accessible_update_property (GTK_ACCESSIBLE (gtk_editable_get_delegate (GTK_EDITABLE (row))), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
}

static GtkWidget *
add_entry (RcpInsurancePage *self, GtkWidget *group, const char *key, const char *title)
{
  GtkWidget *row = adw_entry_row_new ();

  name_entry (row, title);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  g_settings_bind (self->settings, key, row, "text", G_SETTINGS_BIND_DEFAULT);
  return row;
}

static void
on_choice_selected_cb (AdwComboRow *row, GParamSpec *spec, RcpInsurancePage *self)
{
  const char *key = g_object_get_data (G_OBJECT (row), "key");

  if ((guint) g_settings_get_enum (self->settings, key) != adw_combo_row_get_selected (row))
    g_settings_set_enum (self->settings, key, (int) adw_combo_row_get_selected (row));
}

/* Also by another window of the program. */
static void
on_choice_changed_cb (GSettings *settings, const char *key, AdwComboRow *row)
{
  adw_combo_row_set_selected (row, (guint) g_settings_get_enum (settings, key));
}

/* @key: an enumeration whose values are the places of @names. */
static GtkWidget *
add_choice (RcpInsurancePage *self, GtkWidget *group, const char *key, const char *title, const char *const *names)
{
  g_autoptr (GtkStringList) list = gtk_string_list_new (NULL);
  g_autofree char *changed = g_strconcat ("changed::", key, NULL);
  GtkWidget *row = adw_combo_row_new ();

  for (guint i = 0; names[i]; i++)
    gtk_string_list_append (list, _ (names[i]));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_combo_row_set_model (ADW_COMBO_ROW (row), G_LIST_MODEL (list));
  adw_combo_row_set_selected (ADW_COMBO_ROW (row), (guint) g_settings_get_enum (self->settings, key));
  g_object_set_data_full (G_OBJECT (row), "key", g_strdup (key), g_free);
  g_signal_connect_object (row, "notify::selected", G_CALLBACK (on_choice_selected_cb), self, 0);
  g_signal_connect_object (self->settings, changed, G_CALLBACK (on_choice_changed_cb), row, 0);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  return row;
}

static void
add_connection (RcpInsurancePage *self)
{
  static const char *const forms[] = { N_ ("MIME"), N_ ("SOAP"), NULL };
  GtkWidget *row = adw_password_entry_row_new ();

  self->connection = add_group (self, _ ("Connection"), _ ("The password is kept in the keyring of this computer, for this address and user."));
  add_entry (self, self->connection, "payer-url", _ ("Address"));
  self->form = add_choice (self, self->connection, "payer-form", _ ("Envelope"), forms);
  self->user = add_entry (self, self->connection, "payer-user", _ ("User"));
  self->password = GTK_EDITABLE (row);
  name_entry (row, _ ("Password"));
  adw_entry_row_set_show_apply_button (ADW_ENTRY_ROW (row), TRUE);
  g_signal_connect_object (row, "apply", G_CALLBACK (on_password_applied_cb), self, G_CONNECT_SWAPPED);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self->connection), row);
}

static void
add_clinic (RcpInsurancePage *self)
{
  self->clinic = add_group (self, _ ("The Clinic for Payers"), _ ("As the clearinghouse and the payers know it."));
  add_entry (self, self->clinic, "payer-provider-name", _ ("Name of the Clinic"));
  add_entry (self, self->clinic, "payer-npi", _ ("National Provider Identifier"));
  add_entry (self, self->clinic, "payer-sender", _ ("Number of the Clinic"));
  add_entry (self, self->clinic, "payer-sender-qualifier", _ ("Kind of That Number"));
  add_entry (self, self->clinic, "payer-receiver", _ ("Number of the Clearinghouse"));
  add_entry (self, self->clinic, "payer-receiver-qualifier", _ ("Kind of That Number"));
  add_entry (self, self->clinic, "payer-company", _ ("Company Number in Trace Numbers"));
}

static void
add_trial (RcpInsurancePage *self)
{
  GtkWidget *row = adw_action_row_new ();

  self->trial = add_group (self, _ ("Try It"), _ ("Asks about a made-up patient."));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _ ("Connection"));
  self->test_button = gtk_button_new_with_mnemonic (_ ("_Test"));
  gtk_widget_set_valign (self->test_button, GTK_ALIGN_CENTER);
  self->spinner = GTK_SPINNER (gtk_spinner_new ());
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), GTK_WIDGET (self->spinner));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), self->test_button);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), self->test_button);
  /* Its own word is said for it, not the title of the row. */
  gtk_accessible_reset_relation (GTK_ACCESSIBLE (self->test_button), GTK_ACCESSIBLE_RELATION_LABELLED_BY);
  g_signal_connect_object (self->test_button, "clicked", G_CALLBACK (on_test_clicked_cb), self, G_CONNECT_SWAPPED);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self->trial), row);
  self->result = ADW_ACTION_ROW (adw_action_row_new ());
  self->result_icon = GTK_IMAGE (gtk_image_new ());
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (self->result), FALSE);
  adw_action_row_set_title_lines (self->result, 6);
  adw_action_row_add_prefix (self->result, GTK_WIDGET (self->result_icon));
  /* It has its place from the beginning: what appeared below the button would be out of sight. */
  show_result (self, "content-loading-symbolic", _ ("Not Tried Yet"));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self->trial), GTK_WIDGET (self->result));
}

/**
 * rcp_insurance_page_new:
 * @desk: a desk that has a payer
 * @settings: of org.frontdesk.Reception
 *
 * Returns: (transfer floating): a page of the preferences
 */
GtkWidget *
rcp_insurance_page_new (RcpDesk *desk, GSettings *settings)
{
  static const char *const ways[] = { N_ ("Not at All"), N_ ("X12 Clearinghouse"), N_ ("FHIR Server of a Payer"), NULL };
  RcpInsurancePage *self;

  g_return_val_if_fail (RCP_IS_DESK (desk), NULL);
  g_return_val_if_fail (RCP_IS_PAYER (rcp_desk_get_payer (desk)), NULL);

  self = g_object_new (RCP_TYPE_INSURANCE_PAGE, NULL);
  self->payer = g_object_ref (rcp_desk_get_payer (desk));
  self->settings = g_object_ref (settings);
  self->page = adw_preferences_page_new ();
  adw_bin_set_child (ADW_BIN (self), self->page);
  self->way = ADW_COMBO_ROW (add_choice (self, add_group (self, _ ("Insurance"), _ ("Whether a patient is insured, and what a visit costs.")), "payer-way",
                                         _ ("Payers Are Asked"), ways));
  add_connection (self);
  add_clinic (self);
  add_trial (self);
  g_signal_connect_object (self->payer, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
  return GTK_WIDGET (self);
}
