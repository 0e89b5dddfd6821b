/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rcp-mark-chip"

#include "config.h"

#include "rcp-mark-chip.h"

#include <glib/gi18n.h>

#include "ui/rcp-time-text.h"

struct _RcpMarkChip
{
  GtkWidget parent_instance;

  GtkWidget *box;
  GtkWidget *label;
};

G_DEFINE_FINAL_TYPE (RcpMarkChip, rcp_mark_chip, GTK_TYPE_WIDGET)

static void
rcp_mark_chip_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural, int *minimum_baseline, int *natural_baseline)
{
  *minimum = *natural = 0;
}

/* The words may be larger than fifteen minutes are high: they are cut, not the layout changed. */
static void
rcp_mark_chip_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  RcpMarkChip *self = RCP_MARK_CHIP (widget);
  int min_width, min_height;

  gtk_widget_measure (self->box, GTK_ORIENTATION_HORIZONTAL, -1, &min_width, NULL, NULL, NULL);
  gtk_widget_measure (self->box, GTK_ORIENTATION_VERTICAL, -1, &min_height, NULL, NULL, NULL);
  gtk_widget_allocate (self->box, MAX (width, min_width), MAX (height, min_height), -1, NULL);
}

static void
rcp_mark_chip_dispose (GObject *object)
{
  RcpMarkChip *self = RCP_MARK_CHIP (object);

  g_clear_pointer (&self->box, gtk_widget_unparent);
  G_OBJECT_CLASS (rcp_mark_chip_parent_class)->dispose (object);
}

static void
rcp_mark_chip_class_init (RcpMarkChipClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rcp_mark_chip_dispose;
  widget_class->measure = rcp_mark_chip_measure;
  widget_class->size_allocate = rcp_mark_chip_size_allocate;
  gtk_widget_class_set_css_name (widget_class, "bookingmark");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_IMG);
}

static void
rcp_mark_chip_init (RcpMarkChip *self)
{
  GtkWidget *icon = gtk_image_new_from_icon_name ("document-edit-symbolic");

  self->box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  self->label = gtk_label_new (NULL);
  gtk_label_set_ellipsize (GTK_LABEL (self->label), PANGO_ELLIPSIZE_END);
  gtk_label_set_xalign (GTK_LABEL (self->label), 0);
  gtk_widget_set_hexpand (self->label, TRUE);
  gtk_box_append (GTK_BOX (self->box), icon);
  gtk_box_append (GTK_BOX (self->box), self->label);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  gtk_widget_set_can_target (GTK_WIDGET (self), FALSE);
}

GtkWidget *
rcp_mark_chip_new (void)
{
  return g_object_new (RCP_TYPE_MARK_CHIP, NULL);
}

char *
rcp_mark_describe (const RcpBookingMark *mark)
{
  if (mark->desk)
    /* Translators: the name of a desk. */
    return g_strdup_printf (_("being booked at desk %s"), mark->desk);
  return g_strdup (_("being booked at another desk"));
}

void
rcp_mark_chip_set_mark (RcpMarkChip *self, const RcpBookingMark *mark, const char *owner, GTimeZone *zone)
{
  g_autofree char *spoken = rcp_time_text_spoken (mark->range, zone);
  g_autofree char *words = rcp_mark_describe (mark);
  /* Translators: read aloud: from when to when, whose column, "being booked at desk Front 2". */
  g_autofree char *label = g_strdup_printf (_("%s, %s, %s"), spoken, owner, words);

  g_return_if_fail (RCP_IS_MARK_CHIP (self));

  gtk_label_set_label (GTK_LABEL (self->label), mark->desk ? mark->desk : _("Another desk"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}
