/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rcp-check-row"

#include "config.h"

#include "rcp-check-row.h"

static void
tell_state (GtkAccessible *row, GParamSpec *spec, GObject *toggle)
{
  gboolean active;

  g_object_get (toggle, "active", &active, NULL);
  gtk_accessible_update_state (row, GTK_ACCESSIBLE_STATE_CHECKED, active ? GTK_ACCESSIBLE_TRISTATE_TRUE : GTK_ACCESSIBLE_TRISTATE_FALSE, -1);
}

/**
 * rcp_check_row_new:
 * @toggle: a new GtkSwitch or GtkCheckButton
 * @side: where it stands in the row
 *
 * Enter, Space and a click anywhere in the row work the toggle. What the row is called is said by rcp_spoken_row_update() or
 * rcp_spoken_row_name(), once its title is known.
 *
 * Returns: (transfer floating): an AdwActionRow without a title
 */
GtkWidget *
rcp_check_row_new (GtkWidget *toggle, GtkPackType side)
{
  GtkAccessibleRole role = GTK_IS_SWITCH (toggle) ? GTK_ACCESSIBLE_ROLE_SWITCH : GTK_ACCESSIBLE_ROLE_CHECKBOX;
  AdwActionRow *row;

  g_return_val_if_fail (GTK_IS_SWITCH (toggle) || GTK_IS_CHECK_BUTTON (toggle), NULL);

  row = g_object_new (ADW_TYPE_ACTION_ROW, "accessible-role", role, NULL);
  /* Not "focusable" alone: a check button takes each Tab then, and none comes by it. */
  g_object_set (toggle, "accessible-role", GTK_ACCESSIBLE_ROLE_PRESENTATION, "can-focus", FALSE, "focusable", FALSE, "valign", GTK_ALIGN_CENTER, NULL);
  if (side == GTK_PACK_START)
    adw_action_row_add_prefix (row, toggle);
  else
    adw_action_row_add_suffix (row, toggle);
  adw_action_row_set_activatable_widget (row, toggle);
  g_signal_connect_object (toggle, "notify::active", G_CALLBACK (tell_state), row, G_CONNECT_SWAPPED);
  tell_state (GTK_ACCESSIBLE (row), NULL, G_OBJECT (toggle));
  return GTK_WIDGET (row);
}
