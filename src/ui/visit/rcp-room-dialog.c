/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rcp-room-dialog"

#include "config.h"

#include "rcp-room-dialog.h"

#include <glib/gi18n.h>

#include "clinic/rcp-codes.h"

#include "ui/rcp-keys.h"

struct _RcpRoomDialog
{
  AdwWindow parent_instance;

  GListModel *rooms;
  GtkListBox *list;
};

G_DEFINE_FINAL_TYPE (RcpRoomDialog, rcp_room_dialog, ADW_TYPE_WINDOW)

enum
{
  CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
choose (RcpRoomDialog *self, guint position)
{
  g_autoptr (RcpRoom) room = g_list_model_get_item (self->rooms, position);

  if (!room)
    return;
  g_signal_emit (self, signals[CHOSEN], 0, room);
  gtk_window_close (GTK_WINDOW (self));
}

static void
on_choose_activated (GtkWidget *widget, const char *action, GVariant *parameter)
{
  choose (RCP_ROOM_DIALOG (widget), g_variant_get_uint32 (parameter));
}

static void
on_row_activated_cb (RcpRoomDialog *self, GtkListBoxRow *row)
{
  choose (self, (guint) gtk_list_box_row_get_index (row));
}

static gboolean
is_in (RcpVisit *visit, RcpRoom *room)
{
  g_autofree char *reference = NULL;

  if (!rcp_visit_status_is_present (rcp_visit_get_status (visit)) || !rcp_visit_get_room_id (visit))
    return FALSE;
  reference = g_strconcat ("Location/", rcp_visit_get_room_id (visit), NULL);
  return g_strcmp0 (reference, rcp_room_get_reference (room)) == 0;
}

/* Of several who come to one visit each may be in another room. */
static char *
describe_guest_of (RcpVisit *visit, RcpRoom *room)
{
  for (guint i = 0; i < rcp_visit_get_n_people (visit); i++)
    {
      g_autoptr (RcpVisit) part = rcp_visit_dup_part (visit, i);

      if (is_in (part, room))
        /* Translators: %s is a patient who is in this room. */
        return g_strdup_printf (_("%s is there"), rcp_visit_get_patient_name (part));
    }
  return NULL;
}

static char *
describe_guest (GListModel *visits, RcpRoom *room)
{
  guint n_visits = visits ? g_list_model_get_n_items (visits) : 0;

  for (guint i = 0; i < n_visits; i++)
    {
      g_autoptr (RcpVisit) visit = g_list_model_get_item (visits, i);

      char *guest = describe_guest_of (visit, room);

      if (guest)
        return guest;
    }
  return g_strdup (_("Free"));
}

static void
add_row (RcpRoomDialog *self, RcpRoom *room, guint position, GListModel *visits)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *guest = describe_guest (visits, room);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), rcp_room_get_name (room));
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), guest);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  if (position < 9)
    {
      g_autofree char *key = g_strdup_printf ("%u", position + 1);
      GtkWidget *cap = gtk_label_new (key);

      gtk_widget_add_css_class (cap, "key-cap");
      adw_action_row_add_suffix (ADW_ACTION_ROW (row), cap);
      gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_KEY_SHORTCUTS, key, -1);
    }
  gtk_list_box_append (self->list, row);
}

static void
rcp_room_dialog_dispose (GObject *object)
{
  g_clear_object (&RCP_ROOM_DIALOG (object)->rooms);
  G_OBJECT_CLASS (rcp_room_dialog_parent_class)->dispose (object);
}

static void
rcp_room_dialog_class_init (RcpRoomDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rcp_room_dialog_dispose;
  gtk_widget_class_install_action (widget_class, "room.choose", "u", on_choose_activated);
  rcp_keys_bind (widget_class, RCP_KEYS_ROOMS);
  rcp_keys_bind (widget_class, RCP_KEYS_DIALOG);

  /**
   * RcpRoomDialog::chosen:
   * @self: a dialog
   * @room: where the patient is led
   */
  signals[CHOSEN] = g_signal_new ("chosen", RCP_TYPE_ROOM_DIALOG, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 1, RCP_TYPE_ROOM);
}

static void
rcp_room_dialog_init (RcpRoomDialog *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *page = adw_preferences_page_new (), *group = adw_preferences_group_new ();

  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "boxed-list");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Rooms"), -1);
  g_signal_connect_object (self->list, "row-activated", G_CALLBACK (on_row_activated_cb), self, G_CONNECT_SWAPPED);
  adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), GTK_WIDGET (self->list));
  adw_preferences_page_add (ADW_PREFERENCES_PAGE (page), ADW_PREFERENCES_GROUP (group));
  gtk_widget_set_vexpand (page, TRUE);
  gtk_window_set_title (GTK_WINDOW (self), _("Which Room?"));
  gtk_window_set_default_size (GTK_WINDOW (self), 360, 360);
  gtk_box_append (GTK_BOX (box), adw_header_bar_new ());
  gtk_box_append (GTK_BOX (box), page);
  adw_window_set_content (ADW_WINDOW (self), box);
}

/**
 * rcp_room_dialog_new:
 * @rooms: (element-type RcpRoom): what there is to choose from
 * @visits: (nullable) (element-type RcpVisit): those of today
 *
 * Returns: (transfer none): a window, not shown yet
 */
GtkWindow *
rcp_room_dialog_new (GListModel *rooms, GListModel *visits)
{
  RcpRoomDialog *self = g_object_new (RCP_TYPE_ROOM_DIALOG, NULL);
  guint n_rooms = g_list_model_get_n_items (rooms);

  self->rooms = g_object_ref (rooms);
  for (guint i = 0; i < n_rooms; i++)
    {
      g_autoptr (RcpRoom) room = g_list_model_get_item (rooms, i);

      add_row (self, room, i, visits);
    }
  return GTK_WINDOW (self);
}

static void
add_rooms (GListStore *found, RcpRoster *roster, RcpPlace *place)
{
  GListModel *rooms = rcp_roster_get_rooms (roster);
  guint n_rooms = g_list_model_get_n_items (rooms);

  for (guint i = 0; i < n_rooms; i++)
    {
      g_autoptr (RcpRoom) room = g_list_model_get_item (rooms, i);

      if (g_strcmp0 (rcp_room_get_kind (room), RCP_NEEDS_ROOM) == 0 && (!place || rcp_room_get_place (room) == place))
        g_list_store_append (found, room);
    }
}

GListModel *
rcp_room_dialog_list_rooms (RcpRoster *roster, RcpVisit *visit)
{
  GListStore *found = g_list_store_new (RCP_TYPE_ROOM);
  RcpProvider *provider = rcp_roster_find_provider_of_visit (roster, visit);

  add_rooms (found, roster, provider ? rcp_provider_get_place (provider) : NULL);
  if (g_list_model_get_n_items (G_LIST_MODEL (found)) == 0)
    add_rooms (found, roster, NULL);
  return G_LIST_MODEL (found);
}
