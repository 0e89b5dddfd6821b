/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rcp-spoken-row"

#include "config.h"

#include "rcp-spoken-row.h"

#include "ui/rcp-ui-compat.h"

void
rcp_spoken_row_name (AdwActionRow *row, const char *title, const char *detail)
{
  g_autofree char *label = NULL;

  g_return_if_fail (ADW_IS_ACTION_ROW (row));
  g_return_if_fail (title != NULL);

  label = detail && detail[0] ? g_strdup_printf ("%s, %s", title, detail) : g_strdup (title);
  g_strdelimit (label, "\n", ' ');
  /* Else the title is said after it once more. */
  rcp_compat_name (GTK_WIDGET (row), label);
}

void
rcp_spoken_row_update (AdwActionRow *row)
{
  g_return_if_fail (ADW_IS_ACTION_ROW (row));

  rcp_spoken_row_name (row, adw_preferences_row_get_title (ADW_PREFERENCES_ROW (row)), adw_action_row_get_subtitle (row));
}

void
rcp_spoken_row_name_item (GtkWidget *child, const char *label)
{
  GtkWidget *item = gtk_widget_get_parent (child);

  if (item)
    gtk_accessible_update_property (GTK_ACCESSIBLE (item), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}

void
rcp_spoken_row_name_drop_down (GtkDropDown *drop_down, const char *label)
{
  GtkWidget *button = gtk_widget_get_first_child (GTK_WIDGET (drop_down));

  rcp_compat_name (GTK_WIDGET (drop_down), label);
  if (button)
    rcp_compat_name (button, label);
}
