/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rcp-pinboard"

#include "config.h"

#include "rcp-pinboard.h"

#include <glib/gi18n.h>

#include "ui/rcp-drag-escape.h"
#include "ui/rcp-keys.h"
#include "ui/rcp-ui-compat.h"

struct _RcpPinboard
{
  GtkWidget parent_instance;

  RcpHoldModel *hold;
  GtkListBox *list;
};

G_DEFINE_FINAL_TYPE (RcpPinboard, rcp_pinboard, GTK_TYPE_WIDGET)

static RcpVisit *
dup_visit (RcpPinboard *self, GtkListBoxRow *row)
{
  return row ? g_list_model_get_item (rcp_hold_model_get_pinboard (self->hold), (guint) gtk_list_box_row_get_index (row)) : NULL;
}

static GdkContentProvider *
on_drag_prepare_cb (GtkDragSource *source, double x, double y, RcpPinboard *self)
{
  GtkWidget *row = gtk_event_controller_get_widget (GTK_EVENT_CONTROLLER (source));
  g_autoptr (RcpVisit) visit = dup_visit (self, GTK_LIST_BOX_ROW (row));

  return visit && rcp_hold_model_take (self->hold, visit) ? gdk_content_provider_new_typed (RCP_TYPE_VISIT, visit) : NULL;
}

static gboolean
on_drag_cancelled_cb (RcpPinboard *self)
{
  rcp_hold_model_park (self->hold);
  return FALSE;
}

static GtkWidget *
make_row (gpointer item, gpointer user_data)
{
  RcpPinboard *self = user_data;
  RcpVisit *visit = item;
  RcpTimeRange range = rcp_visit_get_range (visit);
  guint minutes = (guint) ((range.end - range.start) / G_TIME_SPAN_MINUTE);
  /* Translators: on the pinboard: the name of a patient, the type of the visit, its minutes. */
  g_autofree char *text = g_strdup_printf (_("%s · %s %u′"), rcp_visit_get_patient_name (visit), rcp_visit_get_type_name (visit), minutes);
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *label = gtk_label_new (text);
  GtkDragSource *drag = gtk_drag_source_new ();

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), label);
  gtk_widget_add_css_class (row, "pinned");
  gtk_drag_source_set_actions (drag, GDK_ACTION_MOVE);
  g_signal_connect_object (drag, "prepare", G_CALLBACK (on_drag_prepare_cb), self, G_CONNECT_DEFAULT);
  g_signal_connect_object (drag, "drag-cancel", G_CALLBACK (on_drag_cancelled_cb), self, G_CONNECT_SWAPPED);
  rcp_drag_escape_watch (drag);
  gtk_widget_add_controller (row, GTK_EVENT_CONTROLLER (drag));
  return row;
}

static void
update_visible (RcpPinboard *self)
{
  gtk_widget_set_visible (GTK_WIDGET (self), g_list_model_get_n_items (rcp_hold_model_get_pinboard (self->hold)) > 0);
}

static void
on_row_activated_cb (RcpPinboard *self, GtkListBoxRow *row)
{
  g_autoptr (RcpVisit) visit = dup_visit (self, row);

  if (visit && rcp_hold_model_take (self->hold, visit))
    gtk_widget_activate_action (GTK_WIDGET (self), "win.show-held", NULL);
}

static void
on_unpin_activated (GtkWidget *widget, const char *action, GVariant *parameter)
{
  RcpPinboard *self = RCP_PINBOARD (widget);
  GtkWidget *focus = rcp_compat_get_focus_child (GTK_WIDGET (self->list));
  g_autoptr (RcpVisit) visit = dup_visit (self, GTK_IS_LIST_BOX_ROW (focus) ? GTK_LIST_BOX_ROW (focus) : NULL);

  if (visit)
    rcp_hold_model_unpin (self->hold, visit);
}

/* What is dragged here is on the pinboard already: it leaves the hand. */
static gboolean
on_dropped_cb (RcpPinboard *self, const GValue *value, double x, double y)
{
  if (!rcp_hold_model_pin (self->hold, g_value_get_object (value)))
    return FALSE;
  rcp_hold_model_park (self->hold);
  return TRUE;
}

static void
rcp_pinboard_dispose (GObject *object)
{
  RcpPinboard *self = RCP_PINBOARD (object);
  GtkWidget *list = GTK_WIDGET (g_steal_pointer (&self->list));

  if (list)
    gtk_widget_unparent (list);
  g_clear_object (&self->hold);
  G_OBJECT_CLASS (rcp_pinboard_parent_class)->dispose (object);
}

static void
rcp_pinboard_class_init (RcpPinboardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rcp_pinboard_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "pinboard");
  gtk_widget_class_install_action (widget_class, "pinboard.unpin", NULL, on_unpin_activated);
  rcp_keys_bind (widget_class, RCP_KEYS_PINBOARD);
}

static void
rcp_pinboard_init (RcpPinboard *self)
{
  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "navigation-sidebar");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Pinboard"), -1);
  gtk_widget_set_parent (GTK_WIDGET (self->list), GTK_WIDGET (self));
}

/**
 * rcp_pinboard_new:
 * @hold: whose pinboard
 *
 * Returns: (transfer floating): a list for the sidebar
 */
GtkWidget *
rcp_pinboard_new (RcpHoldModel *hold)
{
  RcpPinboard *self = g_object_new (RCP_TYPE_PINBOARD, NULL);
  GtkDropTarget *target = gtk_drop_target_new (RCP_TYPE_VISIT, GDK_ACTION_MOVE);

  self->hold = g_object_ref (hold);
  gtk_list_box_bind_model (self->list, rcp_hold_model_get_pinboard (hold), make_row, self, NULL);
  g_signal_connect_object (self->list, "row-activated", G_CALLBACK (on_row_activated_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (rcp_hold_model_get_pinboard (hold), "items-changed", G_CALLBACK (update_visible), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (target, "drop", G_CALLBACK (on_dropped_cb), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
  update_visible (self);
  return GTK_WIDGET (self);
}
