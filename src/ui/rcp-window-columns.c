/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Which columns the board shows: the menu of the header bar, the sets of the sidebar and their keys. */

#define G_LOG_DOMAIN "rcp-window-columns"

#include "config.h"

#include <glib/gi18n.h>

#include "rcp-dialog.h"
#include "rcp-lazy-menu.h"
#include "rcp-window-private.h"
#include "sidebar/rcp-columns-dialog.h"
#include "sidebar/rcp-set-list.h"
#include "sidebar/rcp-sets-dialog.h"

/* Of places and of specialties. Nobody reads a longer menu, GTK 4.18 takes a minute to build one of a thousand, and
 * "Choose Columns" has them all. */
#define MAX_CHOICES 40

static void
on_filter_activated (GtkWidget *widget, const char *action, GVariant *parameter)
{
  const char *place = NULL, *specialty = NULL;
  g_autofree char *choice = NULL;
  g_autoptr (RcpColumnSet) set = NULL;

  g_variant_get (parameter, "(&s&s)", &place, &specialty);
  if (place[0])
    choice = rcp_column_choice_place (place);
  else if (specialty[0])
    choice = rcp_column_choice_specialty (specialty);
  if (choice)
    set = rcp_column_set_new ("", RCP_COLUMNS_BY_PROVIDER, (const char *const[]) { choice, NULL });
  rcp_board_model_set_columns (RCP_WINDOW (widget)->model, set);
}

static void
on_show_rooms_activated (GtkWidget *widget, const char *action, GVariant *parameter)
{
  gboolean are_devices = g_str_equal (action, "win.show-devices");
  g_autoptr (RcpColumnSet) set = rcp_column_set_new ("", are_devices ? RCP_COLUMNS_BY_DEVICE : RCP_COLUMNS_BY_ROOM, NULL);

  rcp_board_model_set_columns (RCP_WINDOW (widget)->model, set);
}

/* 0 is all; a key without a set does nothing. */
static void
on_column_set_activated (GtkWidget *widget, const char *action, GVariant *parameter)
{
  RcpWindow *self = RCP_WINDOW (widget);
  guint key = g_variant_get_uint32 (parameter);
  g_autoptr (RcpColumnSet) set = key > 0 ? g_list_model_get_item (G_LIST_MODEL (self->sets), key - 1) : NULL;

  if (key == 0 || set)
    rcp_board_model_set_columns (self->model, set);
}

static void
on_chosen_cb (RcpWindow *self, RcpColumnSet *set)
{
  rcp_column_sets_save (self->sets, set);
  rcp_board_model_set_columns (self->model, set);
}

static void
on_choose_columns_activated (GtkWidget *widget, const char *action, GVariant *parameter)
{
  RcpWindow *self = RCP_WINDOW (widget);
  RcpRoster *roster = rcp_desk_get_roster (self->desk);
  GtkWindow *dialog;

  if (!roster)
    return;
  dialog = rcp_columns_dialog_new (roster, rcp_board_model_get_columns (self->model));
  g_signal_connect_object (dialog, "chosen", G_CALLBACK (on_chosen_cb), self, G_CONNECT_SWAPPED);
  rcp_dialog_present (dialog, GTK_WINDOW (self));
}

static void
on_edit_sets_activated (GtkWidget *widget, const char *action, GVariant *parameter)
{
  RcpWindow *self = RCP_WINDOW (widget);

  rcp_dialog_present (rcp_sets_dialog_new (self->sets), GTK_WINDOW (self));
}

void
rcp_window_class_add_column_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.filter", "(ss)", on_filter_activated);
  gtk_widget_class_install_action (widget_class, "win.show-rooms", NULL, on_show_rooms_activated);
  gtk_widget_class_install_action (widget_class, "win.show-devices", NULL, on_show_rooms_activated);
  gtk_widget_class_install_action (widget_class, "win.column-set", "u", on_column_set_activated);
  gtk_widget_class_install_action (widget_class, "win.choose-columns", NULL, on_choose_columns_activated);
  gtk_widget_class_install_action (widget_class, "win.edit-column-sets", NULL, on_edit_sets_activated);
}

/**
 * rcp_window_set_up_columns:
 * @self: a window with its sidebar
 *
 * Puts the column sets of this desk into the sidebar.
 */
void
rcp_window_set_up_columns (RcpWindow *self)
{
  GtkWidget *list;

  self->sets = rcp_column_sets_new (self->settings);
  list = rcp_set_list_new (self->sets, self->model);
  g_signal_connect_object (list, "went", G_CALLBACK (rcp_window_leave_sidebar), self, G_CONNECT_SWAPPED);
  rcp_window_add_section (self, _("Column Sets"), list);
}

/* As a menu item carries it: a place, or a specialty, or neither. */
static void
append_choice (GMenu *menu, const char *label, const char *place, const char *specialty)
{
  g_autoptr (GMenuItem) item = g_menu_item_new (label, NULL);

  g_menu_item_set_action_and_target (item, "win.filter", "(ss)", place, specialty);
  g_menu_append_item (menu, item);
}

/* The places where somebody works: an imported record knows a thousand that only once sent a patient. */
static GMenuModel *
make_place_choices (RcpRoster *roster)
{
  GListModel *providers = rcp_roster_get_providers (roster);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  GMenu *menu = g_menu_new ();
  guint n_providers = g_list_model_get_n_items (providers);

  for (guint i = 0; i < n_providers && g_hash_table_size (seen) < MAX_CHOICES; i++)
    {
      g_autoptr (RcpProvider) provider = g_list_model_get_item (providers, i);
      RcpPlace *place = rcp_provider_get_place (provider);

      if (place != NULL && g_hash_table_add (seen, (gpointer) rcp_place_get_id (place)))
        append_choice (menu, rcp_place_get_name (place), rcp_place_get_id (place), "");
    }
  return G_MENU_MODEL (menu);
}

static GMenuModel *
make_specialty_choices (RcpRoster *roster)
{
  GListModel *providers = rcp_roster_get_providers (roster);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  GMenu *menu = g_menu_new ();
  guint n_providers = g_list_model_get_n_items (providers);

  for (guint i = 0; i < n_providers && g_hash_table_size (seen) < MAX_CHOICES; i++)
    {
      g_autoptr (RcpProvider) provider = g_list_model_get_item (providers, i);
      const char *code = rcp_provider_get_specialty (provider);

      if (code && rcp_provider_get_specialty_name (provider) && g_hash_table_add (seen, (gpointer) code))
        append_choice (menu, rcp_provider_get_specialty_name (provider), "", code);
    }
  return G_MENU_MODEL (menu);
}

static gboolean
has_rooms (RcpRoster *roster, RcpColumnsBy by)
{
  GListModel *rooms = rcp_roster_get_rooms (roster);
  guint n_rooms = g_list_model_get_n_items (rooms);

  for (guint i = 0; i < n_rooms; i++)
    {
      g_autoptr (RcpRoom) room = g_list_model_get_item (rooms, i);

      if (rcp_columns_by_takes (by, room))
        return TRUE;
    }
  return FALSE;
}

/**
 * rcp_window_rebuild_filter:
 * @self: a window
 *
 * Offers the places and specialties of the roster's providers, the rooms, and what one can choose oneself.
 */
void
rcp_window_rebuild_filter (RcpWindow *self)
{
  RcpRoster *roster = rcp_desk_get_roster (self->desk);
  g_autoptr (GMenu) menu = g_menu_new ();
  g_autoptr (GMenuModel) places = make_place_choices (roster);
  g_autoptr (GMenuModel) specialties = make_specialty_choices (roster);
  g_autoptr (GMenu) own = g_menu_new ();

  append_choice (menu, _("Everyone"), "", "");
  if (has_rooms (roster, RCP_COLUMNS_BY_ROOM))
    g_menu_append (menu, _("All Rooms"), "win.show-rooms");
  if (has_rooms (roster, RCP_COLUMNS_BY_DEVICE))
    g_menu_append (menu, _("All Devices"), "win.show-devices");
  g_menu_append_section (menu, _("Place"), places);
  g_menu_append_section (menu, _("Specialty"), specialties);
  g_menu_append (own, _("_Choose Columns…"), "win.choose-columns");
  g_menu_append (own, _("_Edit Column Sets…"), "win.edit-column-sets");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (own));
  rcp_lazy_menu_set (self->filter_button, G_MENU_MODEL (menu));
  rcp_column_sets_set_roster (self->sets, roster);
  rcp_window_check_columns (self);
}
