/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rcp-lazy-menu"

#include "config.h"

#include "rcp-lazy-menu.h"

#include "rcp-ui-compat.h"

#define KEPT "rcp-lazy-menu"

/* The sections of @menu, in order: (transfer full). */
static GPtrArray *
list_sections (GMenuModel *menu)
{
  GPtrArray *sections = g_ptr_array_new_with_free_func (g_object_unref);
  int n_items = g_menu_model_get_n_items (menu);

  for (int i = 0; i < n_items; i++)
    {
      GMenuModel *section = g_menu_model_get_item_link (menu, i, G_MENU_LINK_SECTION);

      if (section)
        g_ptr_array_add (sections, section);
    }
  return sections;
}

static void fill (GMenu *menu, GMenuModel *from);

static GMenuItem *
copy_item (GMenuModel *from, int index, GMenuModel *old_section)
{
  GMenuItem *item = g_menu_item_new_from_model (from, index);
  g_autoptr (GMenuModel) wanted = g_menu_model_get_item_link (from, index, G_MENU_LINK_SECTION);
  g_autoptr (GMenu) section = NULL;

  if (!wanted)
    return item;
  section = old_section ? g_object_ref (G_MENU (old_section)) : g_menu_new ();
  fill (section, wanted);
  g_menu_item_set_section (item, G_MENU_MODEL (section));
  return item;
}

/* Makes @menu the same as @from, out of the sections that it has. */
static void
fill (GMenu *menu, GMenuModel *from)
{
  g_autoptr (GPtrArray) sections = list_sections (G_MENU_MODEL (menu));
  int n_items = g_menu_model_get_n_items (from);
  guint n_used = 0;

  g_menu_remove_all (menu);
  for (int i = 0; i < n_items; i++)
    {
      g_autoptr (GMenuModel) link = g_menu_model_get_item_link (from, i, G_MENU_LINK_SECTION);
      GMenuModel *old = link && n_used < sections->len ? sections->pdata[n_used++] : NULL;
      g_autoptr (GMenuItem) item = copy_item (from, i, old);

      g_menu_append_item (menu, item);
    }
}

/* Whether the item of @menu has every word and action that that of @other has. */
static gboolean
has_attributes (GMenuModel *menu, GMenuModel *other, int index)
{
  g_autoptr (GMenuAttributeIter) iter = g_menu_model_iterate_item_attributes (other, index);
  const char *name;
  GVariant *value;

  while (g_menu_attribute_iter_get_next (iter, &name, &value))
    {
      g_autoptr (GVariant) wanted = value;
      g_autoptr (GVariant) own = g_menu_model_get_item_attribute_value (menu, index, name, NULL);

      if (!own || !g_variant_equal (own, wanted))
        return FALSE;
    }
  return TRUE;
}

static gboolean is_same (GMenuModel *menu, GMenuModel *other);

static gboolean
is_same_link (GMenuModel *menu, GMenuModel *other, int index, const char *link)
{
  g_autoptr (GMenuModel) below = g_menu_model_get_item_link (menu, index, link);
  g_autoptr (GMenuModel) other_below = g_menu_model_get_item_link (other, index, link);

  return below && other_below ? is_same (below, other_below) : below == other_below;
}

static gboolean
is_same (GMenuModel *menu, GMenuModel *other)
{
  int n_items = g_menu_model_get_n_items (menu);

  if (n_items != g_menu_model_get_n_items (other))
    return FALSE;
  for (int i = 0; i < n_items; i++)
    if (!has_attributes (menu, other, i) || !has_attributes (other, menu, i) || !is_same_link (menu, other, i, G_MENU_LINK_SECTION)
        || !is_same_link (menu, other, i, G_MENU_LINK_SUBMENU))
      return FALSE;
  return TRUE;
}

static void
on_wanted_cb (GtkMenuButton *button, gpointer user_data)
{
  if (gtk_menu_button_get_menu_model (button) == user_data)
    return;
  gtk_menu_button_set_menu_model (button, user_data);
  rcp_compat_name_menu (gtk_menu_button_get_popover (button));
}

/**
 * rcp_lazy_menu_set:
 * @button: opens a menu
 * @model: what is in it
 *
 * Makes the widgets of a menu when it is opened first: those of the window's three menus took as long as all the rest of its
 * template, before the first frame, and most starts need none of them.
 *
 * The button keeps one menu and fills it anew with what is in @model now: GTK 4.8 never lets go of a section that was in a popover
 * once, so that another menu each time would stay in memory until the evening. What is the same as before is left as it is: an open menu
 * would make all its widgets again.
 */
void
rcp_lazy_menu_set (GtkMenuButton *button, GMenuModel *model)
{
  GMenu *kept;

  g_return_if_fail (GTK_IS_MENU_BUTTON (button));
  g_return_if_fail (G_IS_MENU_MODEL (model));

  kept = g_object_get_data (G_OBJECT (button), KEPT);
  if (!kept)
    {
      kept = g_menu_new ();
      g_object_set_data_full (G_OBJECT (button), KEPT, kept, g_object_unref);
      gtk_menu_button_set_create_popup_func (button, on_wanted_cb, kept, NULL);
    }
  if (!is_same (G_MENU_MODEL (kept), model))
    fill (kept, model);
  /* As GTK says of a button whose menu is there already. */
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_HAS_POPUP, TRUE, -1);
}
