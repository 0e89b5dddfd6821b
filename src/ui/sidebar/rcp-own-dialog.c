/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rcp-own-dialog"

#include "config.h"

#include "rcp-own-dialog.h"

#include <glib/gi18n.h>

#include "base/rcp-fold.h"
#include "ui/rcp-keys.h"
#include "ui/rcp-spoken-row.h"
#include "ui/rcp-ui-compat.h"

struct _RcpOwnDialog
{
  AdwWindow parent_instance;

  GtkSearchEntry *entry;
  GtkListBox *list;
  GHashTable *rows; /* id of the Practitioner to its row */
  char *typed;      /* folded */
};

G_DEFINE_FINAL_TYPE (RcpOwnDialog, rcp_own_dialog, ADW_TYPE_WINDOW)

static guint chosen_signal;

static gboolean
is_found (GtkListBoxRow *row, gpointer data)
{
  RcpOwnDialog *self = data;
  g_autofree char *name = NULL;

  if (!self->typed || !self->typed[0])
    return TRUE;
  name = rcp_fold_text (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)));
  return strstr (name, self->typed) != NULL;
}

static void
on_typed_cb (RcpOwnDialog *self)
{
  g_free (self->typed);
  self->typed = rcp_fold_text (gtk_editable_get_text (GTK_EDITABLE (self->entry)));
  gtk_list_box_invalidate_filter (self->list);
}

static void
on_row_activated_cb (RcpOwnDialog *self, GtkListBoxRow *row)
{
  const char *person = g_object_get_data (G_OBJECT (row), "person");
  g_autofree char *chosen = g_strdup (person);

  g_signal_emit (self, chosen_signal, 0, chosen);
  gtk_window_close (GTK_WINDOW (self));
}

/* Enter takes the first who is found. */
static void
on_entered_cb (RcpOwnDialog *self)
{
  for (GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (self->list)); row; row = gtk_widget_get_next_sibling (row))
    if (GTK_IS_LIST_BOX_ROW (row) && gtk_widget_get_child_visible (row))
      {
        on_row_activated_cb (self, GTK_LIST_BOX_ROW (row));
        return;
      }
  gtk_widget_error_bell (GTK_WIDGET (self));
}

static AdwActionRow *
add_row (RcpOwnDialog *self, const char *name, const char *detail, gboolean is_own)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), name);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), detail ? detail : "");
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  if (is_own)
    {
      GtkWidget *check = gtk_image_new_from_icon_name ("object-select-symbolic");

      rcp_compat_name (check, _("Chosen"));
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), check);
    }
  rcp_spoken_row_update (ADW_ACTION_ROW (row));
  gtk_list_box_append (self->list, row);
  return ADW_ACTION_ROW (row);
}

static void
add_provider (RcpOwnDialog *self, RcpProvider *provider, const char *own)
{
  const char *person = rcp_provider_get_practitioner_id (provider);
  AdwActionRow *row;

  /* Somebody with two columns is one person. */
  if (!person || g_hash_table_contains (self->rows, person))
    return;
  row = add_row (self, rcp_provider_get_name (provider), rcp_provider_get_specialty_name (provider), g_strcmp0 (own, person) == 0);
  g_object_set_data_full (G_OBJECT (row), "person", g_strdup (person), g_free);
  g_hash_table_insert (self->rows, g_strdup (person), row);
}

static void
rcp_own_dialog_finalize (GObject *object)
{
  g_hash_table_unref (RCP_OWN_DIALOG (object)->rows);
  g_free (RCP_OWN_DIALOG (object)->typed);
  G_OBJECT_CLASS (rcp_own_dialog_parent_class)->finalize (object);
}

static void
rcp_own_dialog_class_init (RcpOwnDialogClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rcp_own_dialog_finalize;
  rcp_keys_bind (GTK_WIDGET_CLASS (klass), RCP_KEYS_DIALOG);

  /**
   * RcpOwnDialog::chosen:
   * @self: a dialog
   * @person: (nullable): the id of the Practitioner; %NULL for nobody
   */
  chosen_signal = g_signal_new ("chosen", RCP_TYPE_OWN_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);
}

static GtkWidget *
make_entry (RcpOwnDialog *self)
{
  GtkWidget *clamp = adw_clamp_new ();

  self->entry = GTK_SEARCH_ENTRY (gtk_search_entry_new ());
  g_object_set (self->entry, "placeholder-text", _("Find a Provider"), NULL);
  gtk_widget_set_margin_start (clamp, 12);
  gtk_widget_set_margin_end (clamp, 12);
  gtk_widget_set_margin_top (clamp, 6);
  adw_clamp_set_child (ADW_CLAMP (clamp), GTK_WIDGET (self->entry));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->entry), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Find a Provider"), -1);
  /* Not "search-changed", which comes after a moment: Enter does not wait for it. */
  g_signal_connect_object (self->entry, "changed", G_CALLBACK (on_typed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->entry, "activate", G_CALLBACK (on_entered_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->entry, "stop-search", G_CALLBACK (gtk_window_close), self, G_CONNECT_SWAPPED);
  return clamp;
}

static void
rcp_own_dialog_init (RcpOwnDialog *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *page = adw_preferences_page_new (), *group = adw_preferences_group_new ();

  self->rows = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_list_box_set_filter_func (self->list, is_found, self, NULL);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Providers"), -1);
  g_signal_connect_object (self->list, "row-activated", G_CALLBACK (on_row_activated_cb), self, G_CONNECT_SWAPPED);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), GTK_WIDGET (self->list));
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (group));
  gtk_widget_set_vexpand (page, TRUE);
  gtk_window_set_title (GTK_WINDOW (self), _("Whose Desk Is This?"));
  gtk_window_set_default_size (GTK_WINDOW (self), 400, 480);
  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (box), make_entry (self));
  gtk_box_append (GTK_BOX (box), page);
  adw_window_set_content (ADW_WINDOW (self), box);
  gtk_window_set_focus (GTK_WINDOW (self), GTK_WIDGET (self->entry));
}

GtkWindow *
rcp_own_dialog_new (GListModel *providers, const char *own)
{
  RcpOwnDialog *self;
  guint n_providers;

  g_return_val_if_fail (G_IS_LIST_MODEL (providers), NULL);

  self = g_object_new (RCP_TYPE_OWN_DIALOG, NULL);
  n_providers = g_list_model_get_n_items (providers);
  for (guint i = 0; i < n_providers; i++)
    {
      g_autoptr (RcpProvider) provider = g_list_model_get_item (providers, i);

      add_provider (self, provider, own);
    }
  if (own)
    add_row (self, _("Nobody’s"), _("The desk of the whole clinic"), FALSE);
  return GTK_WINDOW (self);
}
