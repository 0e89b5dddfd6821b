/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rcp-block-popover"

#include "config.h"

#include "rcp-block-popover.h"

#include <glib/gi18n.h>

struct _RcpBlockPopover
{
  GtkPopover parent_instance;

  char *schedule_id;
  gint64 start;
  GtkToggleButton *kinds[3];
  GtkSpinButton *minutes;
  GtkEditable *words;
};

G_DEFINE_FINAL_TYPE (RcpBlockPopover, rcp_block_popover, GTK_TYPE_POPOVER)

static const RcpBlockKind kinds[] = { RCP_BLOCK_LUNCH, RCP_BLOCK_MEETING, RCP_BLOCK_OTHER };

static void
on_block_activated (GtkWidget *widget, const char *action, GVariant *parameter)
{
  RcpBlockPopover *self = RCP_BLOCK_POPOVER (widget);
  g_autofree char *words = g_strstrip (g_strdup (gtk_editable_get_text (self->words)));
  gint64 end = self->start + gtk_spin_button_get_value_as_int (self->minutes) * G_TIME_SPAN_MINUTE;
  guint chosen = 0;

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (gtk_toggle_button_get_active (self->kinds[i]))
      chosen = i;
  gtk_widget_activate_action (widget, "win.block-time", "(sxxss)", self->schedule_id, self->start, end,
                              rcp_block_kind_to_code (kinds[chosen]), words);
  gtk_popover_popdown (GTK_POPOVER (self));
}

static void
rcp_block_popover_finalize (GObject *object)
{
  g_free (RCP_BLOCK_POPOVER (object)->schedule_id);
  G_OBJECT_CLASS (rcp_block_popover_parent_class)->finalize (object);
}

static void
rcp_block_popover_class_init (RcpBlockPopoverClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rcp_block_popover_finalize;
  gtk_widget_class_install_action (GTK_WIDGET_CLASS (klass), "block.block", NULL, on_block_activated);
}

static GtkWidget *
make_kinds (RcpBlockPopover *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  gtk_widget_add_css_class (box, "linked");
  gtk_box_set_homogeneous (GTK_BOX (box), TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      GtkWidget *button = gtk_toggle_button_new_with_label (rcp_block_kind_to_label (kinds[i]));

      self->kinds[i] = GTK_TOGGLE_BUTTON (button);
      if (i > 0)
        gtk_toggle_button_set_group (self->kinds[i], self->kinds[0]);
      gtk_box_append (GTK_BOX (box), button);
    }
  gtk_toggle_button_set_active (self->kinds[0], TRUE);
  return box;
}

static GtkWidget *
make_minutes (RcpBlockPopover *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  GtkWidget *label = gtk_label_new_with_mnemonic (_("_Minutes"));
  GtkWidget *spin = gtk_spin_button_new_with_range (15, 720, 15);

  self->minutes = GTK_SPIN_BUTTON (spin);
  gtk_label_set_mnemonic_widget (GTK_LABEL (label), spin);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (box), label);
  gtk_box_append (GTK_BOX (box), spin);
  return box;
}

static void
rcp_block_popover_init (RcpBlockPopover *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  GtkWidget *entry = gtk_entry_new ();
  GtkWidget *button = gtk_button_new_with_mnemonic (_("_Block Time"));

  gtk_widget_add_css_class (box, "block-popover");
  gtk_entry_set_placeholder_text (GTK_ENTRY (entry), _("What for"));
  gtk_entry_set_activates_default (GTK_ENTRY (entry), TRUE);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, _("What for"), -1);
  self->words = GTK_EDITABLE (entry);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "block.block");
  gtk_widget_add_css_class (button, "suggested-action");
  gtk_box_append (GTK_BOX (box), make_kinds (self));
  gtk_box_append (GTK_BOX (box), make_minutes (self));
  gtk_box_append (GTK_BOX (box), entry);
  gtk_box_append (GTK_BOX (box), button);
  gtk_popover_set_child (GTK_POPOVER (self), box);
  gtk_popover_set_default_widget (GTK_POPOVER (self), button);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, _("Block Time"), -1);
}

GtkWidget *
rcp_block_popover_new (void)
{
  return g_object_new (RCP_TYPE_BLOCK_POPOVER, NULL);
}

void
rcp_block_popover_set_time (RcpBlockPopover *self, const char *schedule_id, RcpTimeRange range)
{
  g_return_if_fail (RCP_IS_BLOCK_POPOVER (self));

  g_free (self->schedule_id);
  self->schedule_id = g_strdup (schedule_id);
  self->start = range.start;
  gtk_spin_button_set_value (self->minutes, (double) ((range.end - range.start) / G_TIME_SPAN_MINUTE));
  gtk_editable_set_text (self->words, "");
}
