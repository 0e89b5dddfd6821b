/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rcp-columns-dialog"

#include "config.h"

#include "rcp-columns-dialog.h"

#include <glib/gi18n.h>
#include <string.h>

#include "ui/rcp-check-row.h"
#include "ui/rcp-keys.h"
#include "ui/rcp-spoken-row.h"
#include "ui/rcp-title.h"

struct _RcpColumnsDialog
{
  AdwWindow parent_instance;

  RcpRoster *roster;
  RcpColumnSet *shown;
  AdwComboRow *by_row;
  AdwEntryRow *name_row;
  AdwPreferencesPage *page;
  GtkWidget *show_button;
  GPtrArray *groups; /* of AdwPreferencesGroup: one for each place */
  GPtrArray *checks; /* of GtkCheckButton, with its choice as "choice" */
};

G_DEFINE_FINAL_TYPE (RcpColumnsDialog, rcp_columns_dialog, ADW_TYPE_WINDOW)

enum
{
  CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static RcpColumnsBy
get_by (RcpColumnsDialog *self)
{
  guint selected = adw_combo_row_get_selected (self->by_row);

  return selected <= RCP_COLUMNS_BY_DEVICE ? (RcpColumnsBy) selected : RCP_COLUMNS_BY_PROVIDER;
}

static guint
count_checked (RcpColumnsDialog *self)
{
  guint n_checked = 0;

  for (guint i = 0; i < self->checks->len; i++)
    n_checked += gtk_check_button_get_active (g_ptr_array_index (self->checks, i));
  return n_checked;
}

static void
update_button (RcpColumnsDialog *self)
{
  g_autofree char *name = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->name_row))));

  gtk_button_set_label (GTK_BUTTON (self->show_button), name[0] ? _("_Save and Show") : _("_Show"));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "columns.show", count_checked (self) > 0);
}

static gboolean
is_shown (RcpColumnsDialog *self, RcpPlace *place, const char *specialty, const char *schedule)
{
  if (!self->shown || rcp_column_set_get_by (self->shown) != get_by (self))
    return TRUE;
  return rcp_column_set_has (self->shown, place ? rcp_place_get_id (place) : NULL, specialty, schedule);
}

static AdwPreferencesGroup *
take_group (RcpColumnsDialog *self, RcpPlace *place)
{
  const char *title = place ? rcp_place_get_name (place) : _("Elsewhere");
  GtkWidget *group;

  for (guint i = 0; i < self->groups->len; i++)
    if (g_strcmp0 (adw_preferences_group_get_title (g_ptr_array_index (self->groups, i)), title) == 0)
      return g_ptr_array_index (self->groups, i);
  group = adw_preferences_group_new ();
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), title);
  adw_preferences_page_add (self->page, ADW_PREFERENCES_GROUP (group));
  g_ptr_array_add (self->groups, group);
  return ADW_PREFERENCES_GROUP (group);
}

static void
add_row (RcpColumnsDialog *self, RcpPlace *place, const char *specialty, const char *schedule, const char *name, const char *detail)
{
  GtkWidget *check = gtk_check_button_new (), *row = rcp_check_row_new (check, GTK_PACK_START);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), name);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), detail ? detail : "");
  rcp_spoken_row_update (ADW_ACTION_ROW (row));
  gtk_check_button_set_active (GTK_CHECK_BUTTON (check), is_shown (self, place, specialty, schedule));
  g_object_set_data_full (G_OBJECT (check), "choice", rcp_column_choice_schedule (schedule), g_free);
  g_signal_connect_object (check, "toggled", G_CALLBACK (update_button), self, G_CONNECT_SWAPPED);
  adw_preferences_group_add (take_group (self, place), row);
  g_ptr_array_add (self->checks, check);
}

static void
add_providers (RcpColumnsDialog *self)
{
  GListModel *providers = rcp_roster_get_providers (self->roster);
  guint n_providers = g_list_model_get_n_items (providers);

  for (guint i = 0; i < n_providers; i++)
    {
      g_autoptr (RcpProvider) provider = g_list_model_get_item (providers, i);

      add_row (self, rcp_provider_get_place (provider), rcp_provider_get_specialty (provider), rcp_provider_get_schedule_id (provider),
               rcp_provider_get_name (provider), rcp_provider_get_specialty_name (provider));
    }
}

/* By what the columns are. FALSE: there is none of them. */
static gboolean
add_rooms (RcpColumnsDialog *self, RcpColumnsBy by, gboolean only_look)
{
  GListModel *rooms = rcp_roster_get_rooms (self->roster);
  guint n_rooms = g_list_model_get_n_items (rooms);
  gboolean found = FALSE;

  for (guint i = 0; i < n_rooms; i++)
    {
      g_autoptr (RcpRoom) room = g_list_model_get_item (rooms, i);

      if (!rcp_columns_by_takes (by, room))
        continue;
      found = TRUE;
      if (!only_look)
        add_row (self, rcp_room_get_place (room), NULL, rcp_room_get_schedule_id (room), rcp_room_get_name (room), NULL);
    }
  return found;
}

static void
rebuild (RcpColumnsDialog *self)
{
  g_ptr_array_set_size (self->checks, 0);
  for (guint i = 0; i < self->groups->len; i++)
    adw_preferences_page_remove (self->page, g_ptr_array_index (self->groups, i));
  g_ptr_array_set_size (self->groups, 0);
  if (get_by (self) == RCP_COLUMNS_BY_PROVIDER)
    add_providers (self);
  else
    add_rooms (self, get_by (self), FALSE);
  update_button (self);
}

static void
on_show_activated (GtkWidget *widget, const char *action, GVariant *parameter)
{
  RcpColumnsDialog *self = RCP_COLUMNS_DIALOG (widget);
  g_autofree char *name = g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (self->name_row))));
  g_autoptr (GPtrArray) choices = g_ptr_array_new ();
  g_autoptr (RcpColumnSet) set = NULL;

  for (guint i = 0; i < self->checks->len; i++)
    if (gtk_check_button_get_active (g_ptr_array_index (self->checks, i)))
      g_ptr_array_add (choices, g_object_get_data (g_ptr_array_index (self->checks, i), "choice"));
  /* All of them: those who come later as well. */
  if (choices->len == self->checks->len)
    g_ptr_array_set_size (choices, 0);
  g_ptr_array_add (choices, NULL);
  set = rcp_column_set_new (name, get_by (self), (const char *const *) choices->pdata);
  g_signal_emit (self, signals[CHOSEN], 0, set);
  gtk_window_close (GTK_WINDOW (self));
}

/* All of them, or none. */
static void
on_check_all_activated (GtkWidget *widget, const char *action, GVariant *parameter)
{
  RcpColumnsDialog *self = RCP_COLUMNS_DIALOG (widget);
  gboolean active = count_checked (self) < self->checks->len;

  for (guint i = 0; i < self->checks->len; i++)
    gtk_check_button_set_active (g_ptr_array_index (self->checks, i), active);
}

static GtkWidget *
make_header (RcpColumnsDialog *self)
{
  GtkWidget *header = adw_header_bar_new ();
  GtkWidget *cancel = gtk_button_new_with_mnemonic (_("_Cancel"));

  rcp_title_put (ADW_HEADER_BAR (header), GTK_WINDOW (self));
  adw_header_bar_set_show_start_title_buttons (ADW_HEADER_BAR (header), FALSE);
  adw_header_bar_set_show_end_title_buttons (ADW_HEADER_BAR (header), FALSE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (cancel), "window.close");
  self->show_button = gtk_button_new ();
  gtk_button_set_use_underline (GTK_BUTTON (self->show_button), TRUE);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->show_button), "columns.show");
  gtk_widget_add_css_class (self->show_button, "suggested-action");
  adw_header_bar_pack_start (ADW_HEADER_BAR (header), cancel);
  adw_header_bar_pack_end (ADW_HEADER_BAR (header), self->show_button);
  return header;
}

static AdwPreferencesGroup *
make_head_group (RcpColumnsDialog *self)
{
  static const char *const kinds[] = { N_ ("Providers"), N_ ("Rooms"), N_ ("Devices"), NULL };
  g_autoptr (GtkStringList) labels = gtk_string_list_new (NULL);
  GtkWidget *group = adw_preferences_group_new (), *all = gtk_button_new_with_mnemonic (_("_All or None"));

  for (guint i = 0; kinds[i]; i++)
    gtk_string_list_append (labels, _(kinds[i]));
  self->by_row = ADW_COMBO_ROW (adw_combo_row_new ());
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->by_row), _("One Column for Each of the"));
  adw_combo_row_set_model (self->by_row, G_LIST_MODEL (labels));
  self->name_row = ADW_ENTRY_ROW (adw_entry_row_new ());
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->name_row), _("Keep as a Set Called"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (all), "columns.check-all");
  gtk_widget_set_halign (all, GTK_ALIGN_END);
  gtk_widget_set_margin_top (all, 12);
  gtk_widget_add_css_class (all, "flat");
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), GTK_WIDGET (self->name_row));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), GTK_WIDGET (self->by_row));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), all);
  g_signal_connect_object (self->name_row, "changed", G_CALLBACK (update_button), self, G_CONNECT_SWAPPED);
  return ADW_PREFERENCES_GROUP (group);
}

static void
rcp_columns_dialog_dispose (GObject *object)
{
  RcpColumnsDialog *self = RCP_COLUMNS_DIALOG (object);

  g_clear_object (&self->roster);
  g_clear_object (&self->shown);
  g_clear_pointer (&self->groups, g_ptr_array_unref);
  g_clear_pointer (&self->checks, g_ptr_array_unref);
  G_OBJECT_CLASS (rcp_columns_dialog_parent_class)->dispose (object);
}

static void
rcp_columns_dialog_class_init (RcpColumnsDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rcp_columns_dialog_dispose;
  gtk_widget_class_install_action (widget_class, "columns.show", NULL, on_show_activated);
  gtk_widget_class_install_action (widget_class, "columns.check-all", NULL, on_check_all_activated);
  rcp_keys_bind (widget_class, RCP_KEYS_DIALOG);
  rcp_keys_bind (widget_class, RCP_KEYS_COLUMNS);

  /**
   * RcpColumnsDialog::chosen:
   * @self: a dialog
   * @set: what to show; to be kept when it has a name
   */
  signals[CHOSEN] = g_signal_new ("chosen", RCP_TYPE_COLUMNS_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 1, RCP_TYPE_COLUMN_SET);
}

static void
rcp_columns_dialog_init (RcpColumnsDialog *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->groups = g_ptr_array_new ();
  self->checks = g_ptr_array_new ();
  self->page = ADW_PREFERENCES_PAGE (adw_preferences_page_new ());
  gtk_widget_set_vexpand (GTK_WIDGET (self->page), TRUE);
  gtk_window_set_title (GTK_WINDOW (self), _("Choose Columns"));
  gtk_window_set_default_size (GTK_WINDOW (self), 420, 600);
  gtk_box_append (GTK_BOX (box), make_header (self));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->page));
  adw_preferences_page_add (self->page, make_head_group (self));
  adw_window_set_content (ADW_WINDOW (self), box);
}

/**
 * rcp_columns_dialog_new:
 * @roster: who and what there is
 * @shown: (nullable): what the board shows now
 *
 * Returns: (transfer none): a window, not shown yet
 */
GtkWindow *
rcp_columns_dialog_new (RcpRoster *roster, RcpColumnSet *shown)
{
  RcpColumnsDialog *self;

  g_return_val_if_fail (RCP_IS_ROSTER (roster), NULL);

  self = g_object_new (RCP_TYPE_COLUMNS_DIALOG, NULL);
  self->roster = g_object_ref (roster);
  g_set_object (&self->shown, shown);
  gtk_widget_set_visible (GTK_WIDGET (self->by_row), add_rooms (self, RCP_COLUMNS_BY_ROOM, TRUE) || add_rooms (self, RCP_COLUMNS_BY_DEVICE, TRUE));
  adw_combo_row_set_selected (self->by_row, shown ? rcp_column_set_get_by (shown) : RCP_COLUMNS_BY_PROVIDER);
  g_signal_connect_object (self->by_row, "notify::selected", G_CALLBACK (rebuild), self, G_CONNECT_SWAPPED);
  rebuild (self);
  return GTK_WINDOW (self);
}
