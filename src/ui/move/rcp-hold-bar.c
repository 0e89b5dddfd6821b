/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rcp-hold-bar"

#include "config.h"

#include "rcp-held-place.h"

#include <glib/gi18n.h>
#include <string.h>

struct _RcpHoldBar
{
  GtkWidget parent_instance;

  RcpHoldModel *hold;
  GtkWidget *box;
  GtkLabel *where;
  GtkLabel *conflicts;
  GtkWidget *put_button;
  GtkWidget *overbook_button;
};

G_DEFINE_FINAL_TYPE (RcpHoldBar, rcp_hold_bar, GTK_TYPE_WIDGET)

static void
update (RcpHoldBar *self)
{
  g_autofree char *text = rcp_hold_model_describe (self->hold);
  g_autofree char *conflicts = text ? rcp_hold_model_describe_conflicts (self->hold) : NULL;

  gtk_widget_set_visible (GTK_WIDGET (self), text != NULL);
  if (!text)
    return;
  if (conflicts)
    text[strlen (text) - strlen (conflicts) - 1] = '\0';
  gtk_label_set_label (self->where, text);
  gtk_label_set_label (self->conflicts, conflicts ? conflicts : "");
  gtk_widget_set_visible (GTK_WIDGET (self->conflicts), conflicts != NULL);
  gtk_widget_set_sensitive (self->put_button, !rcp_hold_model_is_busy (self->hold));
  gtk_widget_set_visible (self->put_button, conflicts == NULL);
  gtk_widget_set_visible (self->overbook_button, rcp_hold_model_may_overbook (self->hold));
}

static void
rcp_hold_bar_dispose (GObject *object)
{
  RcpHoldBar *self = RCP_HOLD_BAR (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->hold);
  G_OBJECT_CLASS (rcp_hold_bar_parent_class)->dispose (object);
}

static void
rcp_hold_bar_class_init (RcpHoldBarClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rcp_hold_bar_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_css_name (widget_class, "holdbar");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_STATUS);
}

static GtkLabel *
add_line (GtkWidget *box, const char *style)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (label, style);
  gtk_box_append (GTK_BOX (box), label);
  return GTK_LABEL (label);
}

static GtkWidget *
add_button (GtkWidget *box, const char *label, const char *action)
{
  GtkWidget *button = gtk_button_new_with_mnemonic (label);

  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  /* The keyboard stays at the place. */
  gtk_widget_set_focus_on_click (button, FALSE);
  gtk_box_append (GTK_BOX (box), button);
  return button;
}

static void
rcp_hold_bar_init (RcpHoldBar *self)
{
  GtkWidget *lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  gtk_widget_set_hexpand (lines, TRUE);
  gtk_widget_set_valign (lines, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (self->box), lines);
  self->where = add_line (lines, "heading");
  self->conflicts = add_line (lines, "hold-conflicts");
  self->put_button = add_button (self->box, _("_Put Here"), "win.put");
  self->overbook_button = add_button (self->box, _("_Overbook…"), "win.put");
  add_button (self->box, _("_Let Go"), "win.let-go");
  gtk_widget_set_halign (GTK_WIDGET (self), GTK_ALIGN_CENTER);
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

/**
 * rcp_hold_bar_new:
 * @hold: what is held
 *
 * Returns: (transfer floating): a bar for the foot of the window
 */
GtkWidget *
rcp_hold_bar_new (RcpHoldModel *hold)
{
  RcpHoldBar *self = g_object_new (RCP_TYPE_HOLD_BAR, NULL);

  self->hold = g_object_ref (hold);
  g_signal_connect_object (hold, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
  return GTK_WIDGET (self);
}
