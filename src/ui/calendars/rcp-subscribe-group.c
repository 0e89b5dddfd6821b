/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rcp-subscribe-group"

#include "config.h"

#include "rcp-subscribe-group.h"

#include <glib/gi18n.h>

#include "rcp-mirror-text.h"
#include "ui/rcp-check-row.h"
#include "ui/rcp-spoken-row.h"

struct _RcpSubscribeGroup
{
  AdwPreferencesGroup parent_instance;

  RcpDeskCalendars *calendars;
  RcpDeskFiles *files;
  char *person;
  GtkWidget *switch_row;
  GtkSwitch *toggle;
  AdwComboRow *privacy_row;
  AdwActionRow *address_row;
  gboolean is_updating;
};

G_DEFINE_FINAL_TYPE (RcpSubscribeGroup, rcp_subscribe_group, ADW_TYPE_PREFERENCES_GROUP)

static guint copied_signal;

static void
rcp_subscribe_group_finalize (GObject *object)
{
  RcpSubscribeGroup *self = RCP_SUBSCRIBE_GROUP (object);

  g_clear_object (&self->files);
  g_clear_object (&self->calendars);
  g_free (self->person);
  G_OBJECT_CLASS (rcp_subscribe_group_parent_class)->finalize (object);
}

static void
rcp_subscribe_group_class_init (RcpSubscribeGroupClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rcp_subscribe_group_finalize;

  /**
   * RcpSubscribeGroup::copied:
   * @self: a group
   */
  copied_signal = g_signal_new ("copied", RCP_TYPE_SUBSCRIBE_GROUP, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
update (RcpSubscribeGroup *self)
{
  RcpMirrorPrivacy privacy = RCP_MIRROR_BUSY_ONLY;
  gboolean is_kept = rcp_desk_files_is_kept (self->files, self->person, &privacy);
  gboolean can = rcp_desk_calendars_get_exporter (self->calendars) != NULL;
  g_autofree char *standing = is_kept ? rcp_desk_files_describe (self->files, self->person) : NULL;

  self->is_updating = TRUE;
  /* What is on can be switched off whatever is missing. */
  gtk_widget_set_sensitive (self->switch_row, can || is_kept);
  gtk_switch_set_active (self->toggle, is_kept);
  adw_combo_row_set_selected (self->privacy_row, privacy);
  gtk_widget_set_visible (GTK_WIDGET (self->privacy_row), is_kept);
  adw_action_row_set_subtitle (self->address_row, standing ? standing : "");
  gtk_widget_set_visible (GTK_WIDGET (self->address_row), is_kept);
  self->is_updating = FALSE;
}

static void
on_switched_cb (RcpSubscribeGroup *self)
{
  if (self->is_updating)
    return;
  if (gtk_switch_get_active (self->toggle))
    rcp_desk_files_keep (self->files, self->person, RCP_MIRROR_BUSY_ONLY);
  else
    rcp_desk_files_give_up (self->files, self->person);
}

static void
on_privacy_selected_cb (RcpSubscribeGroup *self)
{
  if (!self->is_updating && rcp_desk_files_is_kept (self->files, self->person, NULL))
    rcp_desk_files_keep (self->files, self->person, (RcpMirrorPrivacy) MIN (adw_combo_row_get_selected (self->privacy_row), RCP_MIRROR_FULL));
}

static void
on_copy_clicked_cb (RcpSubscribeGroup *self)
{
  g_autofree char *address = rcp_desk_files_dup_address (self->files, self->person);

  if (!address)
    return;
  gdk_clipboard_set_text (gtk_widget_get_clipboard (GTK_WIDGET (self)), address);
  g_signal_emit (self, copied_signal, 0);
}

static void
add_privacy (RcpSubscribeGroup *self)
{
  g_autoptr (GListModel) labels = rcp_mirror_text_list_privacies ();
  GtkWidget *row = adw_combo_row_new ();

  self->privacy_row = ADW_COMBO_ROW (row);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _("What Subscribers See"));
  adw_combo_row_set_use_subtitle (self->privacy_row, TRUE);
  adw_combo_row_set_model (self->privacy_row, labels);
  g_signal_connect_object (row, "notify::selected", G_CALLBACK (on_privacy_selected_cb), self, G_CONNECT_SWAPPED);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
}

static void
add_address (RcpSubscribeGroup *self)
{
  GtkWidget *row = GTK_WIDGET (g_object_new (ADW_TYPE_ACTION_ROW, "use-markup", FALSE, NULL));
  GtkWidget *button = gtk_button_new_with_mnemonic (_("Copy _Address"));

  self->address_row = ADW_ACTION_ROW (row);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), _("File"));
  adw_action_row_set_subtitle_lines (self->address_row, 4);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_signal_connect_object (button, "clicked", G_CALLBACK (on_copy_clicked_cb), self, G_CONNECT_SWAPPED);
  adw_action_row_add_suffix (self->address_row, button);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (self), row);
}

static void
rcp_subscribe_group_init (RcpSubscribeGroup *self)
{
  AdwPreferencesGroup *group = ADW_PREFERENCES_GROUP (self);

  self->toggle = GTK_SWITCH (gtk_switch_new ());
  self->switch_row = rcp_check_row_new (GTK_WIDGET (self->toggle), GTK_PACK_END);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->switch_row), _("Keep a File Up to Date"));
  rcp_spoken_row_update (ADW_ACTION_ROW (self->switch_row));
  adw_preferences_group_set_title (group, _("Subscribe"));
  adw_preferences_group_set_description (group, _("For calendar programs of this computer that read an address again by themselves."));
  g_signal_connect_object (self->toggle, "notify::active", G_CALLBACK (on_switched_cb), self, G_CONNECT_SWAPPED);
  adw_preferences_group_add (group, self->switch_row);
  add_privacy (self);
  add_address (self);
}

GtkWidget *
rcp_subscribe_group_new (RcpDeskCalendars *calendars, const char *person)
{
  RcpSubscribeGroup *self;

  g_return_val_if_fail (RCP_IS_DESK_CALENDARS (calendars), NULL);
  g_return_val_if_fail (person != NULL, NULL);

  self = g_object_new (RCP_TYPE_SUBSCRIBE_GROUP, NULL);
  self->calendars = g_object_ref (calendars);
  self->files = g_object_ref (rcp_desk_calendars_get_files (calendars));
  self->person = g_strdup (person);
  g_signal_connect_object (calendars, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->files, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
  return GTK_WIDGET (self);
}
