/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rcp-held-place"

#include "config.h"

#include "rcp-held-place.h"

#include "ui/rcp-keys.h"

struct _RcpHeldPlace
{
  GtkWidget parent_instance;

  GtkWidget *label;
};

G_DEFINE_FINAL_TYPE (RcpHeldPlace, rcp_held_place, GTK_TYPE_WIDGET)

static void
rcp_held_place_dispose (GObject *object)
{
  g_clear_pointer (&RCP_HELD_PLACE (object)->label, gtk_widget_unparent);
  G_OBJECT_CLASS (rcp_held_place_parent_class)->dispose (object);
}

static void
rcp_held_place_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural, int *minimum_baseline, int *natural_baseline)
{
  *minimum = *natural = 0;
}

/* The label may be larger than a short visit is high: it is cut. */
static void
rcp_held_place_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  RcpHeldPlace *self = RCP_HELD_PLACE (widget);
  int min_width, min_height;

  gtk_widget_measure (self->label, GTK_ORIENTATION_HORIZONTAL, -1, &min_width, NULL, NULL, NULL);
  gtk_widget_measure (self->label, GTK_ORIENTATION_VERTICAL, -1, &min_height, NULL, NULL, NULL);
  gtk_widget_allocate (self->label, MAX (width, min_width), MAX (height, min_height), -1, NULL);
}

static void
rcp_held_place_class_init (RcpHeldPlaceClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rcp_held_place_dispose;
  widget_class->measure = rcp_held_place_measure;
  widget_class->size_allocate = rcp_held_place_size_allocate;
  gtk_widget_class_set_css_name (widget_class, "heldplace");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_BUTTON);
  rcp_keys_bind (widget_class, RCP_KEYS_HELD);
}

static void
rcp_held_place_init (RcpHeldPlace *self)
{
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  gtk_widget_set_can_target (GTK_WIDGET (self), FALSE);
  self->label = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (self->label), 0);
  gtk_label_set_yalign (GTK_LABEL (self->label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (self->label), PANGO_ELLIPSIZE_END);
  gtk_widget_set_parent (self->label, GTK_WIDGET (self));
}

GtkWidget *
rcp_held_place_new (void)
{
  return g_object_new (RCP_TYPE_HELD_PLACE, NULL);
}

/**
 * rcp_held_place_show:
 * @self: a frame
 * @hold: a hand that holds a visit
 */
void
rcp_held_place_show (RcpHeldPlace *self, RcpHoldModel *hold)
{
  g_autofree char *label = rcp_hold_model_describe (hold);

  g_return_if_fail (RCP_IS_HELD_PLACE (self));

  gtk_label_set_label (GTK_LABEL (self->label), rcp_visit_get_patient_name (rcp_hold_model_get_held (hold)));
  if (label)
    gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  if (rcp_hold_model_may_put (hold))
    gtk_widget_remove_css_class (GTK_WIDGET (self), "conflict");
  else
    gtk_widget_add_css_class (GTK_WIDGET (self), "conflict");
}
