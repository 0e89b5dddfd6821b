/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rcp-lazy-menu"

#include "config.h"

#include "rcp-lazy-menu.h"

static void
on_wanted_cb (GtkMenuButton *button, gpointer user_data)
{
  if (gtk_menu_button_get_menu_model (button) != user_data)
    gtk_menu_button_set_menu_model (button, user_data);
}

/**
 * rcp_lazy_menu_set:
 * @button: opens a menu
 * @model: what is in it
 *
 * Makes the widgets of a menu when it is opened first: those of the window's three menus took as long as all the rest of its
 * template, before the first frame, and most starts need none of them.
 */
void
rcp_lazy_menu_set (GtkMenuButton *button, GMenuModel *model)
{
  g_return_if_fail (GTK_IS_MENU_BUTTON (button));
  g_return_if_fail (G_IS_MENU_MODEL (model));

  gtk_menu_button_set_create_popup_func (button, on_wanted_cb, g_object_ref (model), g_object_unref);
  if (gtk_menu_button_get_menu_model (button))
    gtk_menu_button_set_menu_model (button, model);
  /* As GTK says of a button whose menu is there already. */
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_HAS_POPUP, TRUE, -1);
}
