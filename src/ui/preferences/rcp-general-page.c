/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rcp-general-page"

#include "config.h"

#include "rcp-general-page.h"

#include <glib/gi18n.h>

#include "base/rcp-when-text.h"
#include "ui/preferences/rcp-learning-group.h"
#include "ui/preferences/rcp-ranking-group.h"
#include "ui/rcp-check-row.h"
#include "ui/rcp-source.h"
#include "ui/rcp-spoken-row.h"
#include "ui/rcp-time-text.h"

static GtkWidget *
add_fact (GtkWidget *group, const char *title, const char *text)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);
  GtkWidget *row = GTK_WIDGET (g_object_new (ADW_TYPE_ACTION_ROW, "title", title, "subtitle", escaped, NULL));

  rcp_spoken_row_name (ADW_ACTION_ROW (row), title, text);
  gtk_widget_add_css_class (row, "property");
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  return row;
}

static char *
describe_record (GSettings *settings)
{
  g_autoptr (RcpSource) source = rcp_source_load (settings);

  switch (source->kind)
    {
    case RCP_SOURCE_SAMPLE:
      return g_strdup (_("Sample clinic on this computer"));
    case RCP_SOURCE_PRACTICE:
      return g_strdup (source->file);
    case RCP_SOURCE_SERVER:
      return g_strdup (source->url);
    case RCP_SOURCE_NONE:
    default:
      return g_strdup (_("None"));
    }
}

static void
add_desk_name (GtkWidget *group, GSettings *settings)
{
  GtkWidget *entry = adw_entry_row_new ();
  GtkAccessible *text = GTK_ACCESSIBLE (gtk_editable_get_delegate (GTK_EDITABLE (entry)));

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (entry), _("Name of This Desk"));
  gtk_accessible_update_property (text, GTK_ACCESSIBLE_PROPERTY_LABEL, _("Name of This Desk"), -1);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), entry);
  g_settings_bind (settings, "desk-name", entry, "text", G_SETTINGS_BIND_DEFAULT);
}

static void
add_undo (GtkWidget *group, GSettings *settings)
{
  GtkWidget *row = GTK_WIDGET (g_object_new (ADW_TYPE_ACTION_ROW, "title", _("Minutes to Undo"), "subtitle",
                                             _("How long a change can be taken back before the patient is told"), NULL));
  GtkWidget *spin = gtk_spin_button_new_with_range (0, 60, 1);

  gtk_widget_set_valign (spin, GTK_ALIGN_CENTER);
  gtk_accessible_update_property (GTK_ACCESSIBLE (spin), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Minutes to Undo"), -1);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), spin);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), spin);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  g_settings_bind (settings, "undo-grace", spin, "value", G_SETTINGS_BIND_DEFAULT);
}

static void
add_switch (GtkWidget *group, GSettings *settings, const char *key, const char *title)
{
  GtkWidget *button = gtk_switch_new ();
  GtkWidget *row = rcp_check_row_new (button, GTK_PACK_END);

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  rcp_spoken_row_update (ADW_ACTION_ROW (row));
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), row);
  g_settings_bind (settings, key, button, "active", G_SETTINGS_BIND_DEFAULT);
}

static void
add_notifications (GtkWidget *group, GSettings *settings)
{
  add_switch (group, settings, "notify-work", _("Visits That No Longer Fit the Hours"));
  add_switch (group, settings, "notify-visits", _("Visits of This Desk Changed at Another"));
  add_switch (group, settings, "notify-connection", _("The Record Cannot Be Reached"));
}

static GtkWidget *
add_group (GtkWidget *page, const char *title, const char *description)
{
  GtkWidget *group = adw_preferences_group_new ();

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), title);
  adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group), description);
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (group));
  return group;
}

GtkWidget *
rcp_general_page_new (RcpDesk *desk, GSettings *settings)
{
  GtkWidget *page = adw_preferences_page_new ();
  GtkWidget *own, *clinic, *ranking;
  RcpRoster *roster;
  g_autofree char *record = NULL;
  g_autofree char *grain = NULL;
  guint minutes;

  g_return_val_if_fail (RCP_IS_DESK (desk), NULL);

  roster = rcp_desk_get_roster (desk);
  minutes = roster != NULL ? rcp_roster_get_grain (roster) : 0;
  own = add_group (page, _("This Desk"), _("The name stands in the history of what is done here."));
  add_desk_name (own, settings);
  add_undo (own, settings);
  add_notifications (add_group (page, _("Notifications"), _("While no window is looked at. They name no patient.")), settings);
  clinic = add_group (page, _("Clinic"), NULL);
  record = describe_record (settings);
  grain = g_strdup_printf (ngettext ("%u minute, chosen when the clinic was founded",
                                     "%u minutes, chosen when the clinic was founded", minutes), minutes);
  add_fact (clinic, _("Name"), roster != NULL ? rcp_roster_get_clinic_name (roster) : "–");
  add_fact (clinic, _("Shortest Time Slot"), grain);
  add_fact (clinic, _("Time Format"),
            rcp_when_text_is_twelve_hour () ? _("12 hours, as your system is set") : _("24 hours, as your system is set"));
  add_fact (clinic, _("Record"), record);
  ranking = rcp_ranking_group_new (desk);
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (ranking));
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page),
                            ADW_PREFERENCES_GROUP (rcp_learning_group_new (desk, settings, RCP_RANKING_GROUP (ranking))));
  return page;
}
