/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rcp-announcer"

#include "config.h"

#include "rcp-announcer.h"

#include "rcp-ui-compat.h"

struct _RcpAnnouncer
{
  GtkWidget parent_instance;

  GtkWidget *alert;
};

G_DEFINE_FINAL_TYPE (RcpAnnouncer, rcp_announcer, GTK_TYPE_WIDGET)

static void
rcp_announcer_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural, int *minimum_baseline, int *natural_baseline)
{
  *minimum = *natural = 0;
}

/* The words have the place that they need, all of it cut away. */
static void
rcp_announcer_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  RcpAnnouncer *self = RCP_ANNOUNCER (widget);
  GtkRequisition needs;

  gtk_widget_get_preferred_size (self->alert, &needs, NULL);
  gtk_widget_allocate (self->alert, needs.width, needs.height, -1, NULL);
}

static void
rcp_announcer_dispose (GObject *object)
{
  g_clear_pointer (&RCP_ANNOUNCER (object)->alert, gtk_widget_unparent);
  G_OBJECT_CLASS (rcp_announcer_parent_class)->dispose (object);
}

static void
rcp_announcer_class_init (RcpAnnouncerClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rcp_announcer_dispose;
  widget_class->measure = rcp_announcer_measure;
  widget_class->size_allocate = rcp_announcer_size_allocate;
}

static void
rcp_announcer_init (RcpAnnouncer *self)
{
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
  gtk_widget_set_can_target (GTK_WIDGET (self), FALSE);
  self->alert = g_object_new (GTK_TYPE_LABEL, "accessible-role", GTK_ACCESSIBLE_ROLE_ALERT, NULL);
  gtk_widget_set_parent (self->alert, GTK_WIDGET (self));
}

GtkWidget *
rcp_announcer_new (void)
{
  return g_object_new (RCP_TYPE_ANNOUNCER, NULL);
}

void
rcp_announcer_say (RcpAnnouncer *self, const char *text)
{
  g_return_if_fail (RCP_IS_ANNOUNCER (self));
  g_return_if_fail (text != NULL);

  /* The same words twice are news twice: the alert goes and comes. */
  gtk_widget_set_visible (self->alert, FALSE);
  gtk_label_set_label (GTK_LABEL (self->alert), text);
  gtk_widget_set_visible (self->alert, TRUE);
  rcp_compat_announce (GTK_WIDGET (self), text);
}

const char *
rcp_announcer_get_said (RcpAnnouncer *self)
{
  g_return_val_if_fail (RCP_IS_ANNOUNCER (self), NULL);

  return gtk_label_get_label (GTK_LABEL (self->alert));
}
