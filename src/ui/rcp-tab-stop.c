/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rcp-tab-stop"

#include "config.h"

#include "rcp-tab-stop.h"

#include "rcp-ui-compat.h"

struct _RcpTabStop
{
  GtkWidget parent_instance;
};

G_DEFINE_FINAL_TYPE (RcpTabStop, rcp_tab_stop, GTK_TYPE_WIDGET)

static gboolean
rcp_tab_stop_focus (GtkWidget *widget, GtkDirectionType direction)
{
  if ((direction == GTK_DIR_TAB_FORWARD || direction == GTK_DIR_TAB_BACKWARD) && rcp_compat_has_focus_within (widget))
    return FALSE;
  return GTK_WIDGET_CLASS (rcp_tab_stop_parent_class)->focus (widget, direction);
}

static void
rcp_tab_stop_dispose (GObject *object)
{
  rcp_compat_unparent_children (GTK_WIDGET (object));
  G_OBJECT_CLASS (rcp_tab_stop_parent_class)->dispose (object);
}

static void
rcp_tab_stop_class_init (RcpTabStopClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rcp_tab_stop_dispose;
  widget_class->focus = rcp_tab_stop_focus;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
}

static void
rcp_tab_stop_init (RcpTabStop *self)
{
}
