/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-ui"

#include "config.h"

#include "rcp-row.h"

typedef struct
{
  GtkWidget *box;
} RcpRowPrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (RcpRow, rcp_row, GTK_TYPE_WIDGET)

static void
rcp_row_dispose (GObject *object)
{
  RcpRowPrivate *priv = rcp_row_get_instance_private (RCP_ROW (object));

  g_clear_pointer (&priv->box, gtk_widget_unparent);
  G_OBJECT_CLASS (rcp_row_parent_class)->dispose (object);
}

static void
rcp_row_class_init (RcpRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rcp_row_dispose;
  gtk_widget_class_set_layout_manager_type (widget_class, GTK_TYPE_BIN_LAYOUT);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
}

static void
rcp_row_init (RcpRow *self)
{
}

/**
 * rcp_row_make_box:
 * @self: a row that has none yet
 * @orientation: of the box
 * @spacing: in pixels
 *
 * Returns: (transfer none): the one child of the row
 */
GtkBox *
rcp_row_make_box (RcpRow *self, GtkOrientation orientation, int spacing)
{
  RcpRowPrivate *priv = rcp_row_get_instance_private (self);

  g_return_val_if_fail (RCP_IS_ROW (self), NULL);
  g_return_val_if_fail (priv->box == NULL, NULL);

  priv->box = gtk_box_new (orientation, spacing);
  gtk_widget_set_parent (priv->box, GTK_WIDGET (self));
  return GTK_BOX (priv->box);
}

/**
 * rcp_row_append_label:
 * @box: of a row, or within it
 * @css_class: of the label
 *
 * Returns: (transfer none): a label without text
 */
GtkLabel *
rcp_row_append_label (GtkBox *box, const char *css_class)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (label, css_class);
  gtk_box_append (box, label);
  return GTK_LABEL (label);
}
