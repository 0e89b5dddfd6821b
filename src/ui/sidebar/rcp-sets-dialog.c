/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rcp-sets-dialog"

#include "config.h"

#include "rcp-sets-dialog.h"

#include <glib/gi18n.h>

#include "ui/rcp-keys.h"
#include "ui/rcp-ui-compat.h"

struct _RcpSetsDialog
{
  AdwWindow parent_instance;

  RcpColumnSets *sets;
  GtkStack *stack;
  GtkListBox *list;
};

G_DEFINE_FINAL_TYPE (RcpSetsDialog, rcp_sets_dialog, ADW_TYPE_WINDOW)

static void
add_button (GtkWidget *row, const char *icon_name, const char *label, const char *action, guint position, gboolean enabled)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon_name);
  /* Every row has these buttons: whoever hears them only has to know of which set they are. */
  g_autofree char *spoken = g_strdup_printf ("%s, %s", label, gtk_editable_get_text (GTK_EDITABLE (row)));

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "u", position);
  gtk_widget_set_tooltip_text (button, label);
  rcp_compat_name (button, spoken);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_visible (button, enabled);
  adw_entry_row_add_suffix (ADW_ENTRY_ROW (row), button);
}

static void
on_name_applied_cb (RcpSetsDialog *self, AdwEntryRow *row)
{
  guint position = (guint) gtk_list_box_row_get_index (GTK_LIST_BOX_ROW (row));
  g_autofree char *name = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (row))));
  g_autoptr (RcpColumnSet) set = g_list_model_get_item (G_LIST_MODEL (self->sets), position);

  if (set && !g_str_equal (name, rcp_column_set_get_name (set)) && !rcp_column_sets_rename (self->sets, position, name))
    gtk_widget_add_css_class (GTK_WIDGET (row), "error");
}

static GtkWidget *
make_row (RcpSetsDialog *self, RcpColumnSet *set, guint position, guint n_sets)
{
  GtkWidget *row = adw_entry_row_new ();
  g_autofree char *title = NULL;

  if (position < 9)
    /* Translators: the name of a set of columns; %u is the key that shows it. */
    title = g_strdup_printf (_("Name (Key %u)"), position + 1);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title ? title : _("Name"));
  gtk_editable_set_text (GTK_EDITABLE (row), rcp_column_set_get_name (set));
  adw_entry_row_set_show_apply_button (ADW_ENTRY_ROW (row), TRUE);
  g_signal_connect_object (row, "apply", G_CALLBACK (on_name_applied_cb), self, G_CONNECT_SWAPPED);
  add_button (row, "go-up-symbolic", _("Move Up"), "sets.up", position, position > 0);
  add_button (row, "go-down-symbolic", _("Move Down"), "sets.down", position, position + 1 < n_sets);
  add_button (row, "user-trash-symbolic", _("Delete"), "sets.delete", position, TRUE);
  return row;
}

static void
rebuild (RcpSetsDialog *self)
{
  guint n_sets = g_list_model_get_n_items (G_LIST_MODEL (self->sets));
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (self->list, 0)))
    gtk_list_box_remove (self->list, GTK_WIDGET (row));
  for (guint i = 0; i < n_sets; i++)
    {
      g_autoptr (RcpColumnSet) set = g_list_model_get_item (G_LIST_MODEL (self->sets), i);

      gtk_list_box_append (self->list, make_row (self, set, i, n_sets));
    }
  gtk_stack_set_visible_child_name (self->stack, n_sets > 0 ? "sets" : "none");
}

static void
on_row_action_activated (GtkWidget *widget, const char *action, GVariant *parameter)
{
  RcpSetsDialog *self = RCP_SETS_DIALOG (widget);
  guint position = g_variant_get_uint32 (parameter);

  if (g_str_equal (action, "sets.delete"))
    rcp_column_sets_remove (self->sets, position);
  else
    rcp_column_sets_move (self->sets, position, g_str_equal (action, "sets.up") ? -1 : 1);
}

static void
rcp_sets_dialog_dispose (GObject *object)
{
  g_clear_object (&RCP_SETS_DIALOG (object)->sets);
  G_OBJECT_CLASS (rcp_sets_dialog_parent_class)->dispose (object);
}

static void
rcp_sets_dialog_class_init (RcpSetsDialogClass *klass)
{
  static const char *const actions[] = { "sets.up", "sets.down", "sets.delete" };
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rcp_sets_dialog_dispose;
  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    gtk_widget_class_install_action (widget_class, actions[i], "u", on_row_action_activated);
  rcp_keys_bind (widget_class, RCP_KEYS_DIALOG);
}

static void
rcp_sets_dialog_init (RcpSetsDialog *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *page = adw_preferences_page_new (), *group = adw_preferences_group_new ();
  GtkWidget *none = adw_status_page_new ();

  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "boxed-list");
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), GTK_WIDGET (self->list));
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (group));
  adw_status_page_set_icon_name (ADW_STATUS_PAGE (none), "rcp-filter-symbolic");
  adw_status_page_set_title (ADW_STATUS_PAGE (none), _("No Column Sets"));
  adw_status_page_set_description (ADW_STATUS_PAGE (none), _("Choose columns and give them a name to keep them."));
  self->stack = GTK_STACK (gtk_stack_new ());
  gtk_widget_set_vexpand (GTK_WIDGET (self->stack), TRUE);
  gtk_stack_add_named (self->stack, page, "sets");
  gtk_stack_add_named (self->stack, none, "none");
  gtk_window_set_title (GTK_WINDOW (self), _("Column Sets"));
  gtk_window_set_default_size (GTK_WINDOW (self), 420, 460);
  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->stack));
  adw_window_set_content (ADW_WINDOW (self), box);
}

/**
 * rcp_sets_dialog_new:
 * @sets: of this desk
 *
 * Returns: (transfer none): a window, not shown yet
 */
GtkWindow *
rcp_sets_dialog_new (RcpColumnSets *sets)
{
  RcpSetsDialog *self;

  g_return_val_if_fail (RCP_IS_COLUMN_SETS (sets), NULL);

  self = g_object_new (RCP_TYPE_SETS_DIALOG, NULL);
  self->sets = g_object_ref (sets);
  g_signal_connect_object (sets, "items-changed", G_CALLBACK (rebuild), self, G_CONNECT_SWAPPED);
  rebuild (self);
  return GTK_WINDOW (self);
}
