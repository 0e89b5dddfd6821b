/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * RcpRow:
 *
 * A line of a list that is recycled: a box with labels in it, read out as one group.
 */
#define RCP_TYPE_ROW (rcp_row_get_type ())
G_DECLARE_DERIVABLE_TYPE (RcpRow, rcp_row, RCP, ROW, GtkWidget)

struct _RcpRowClass
{
  GtkWidgetClass parent_class;
};

/* The box of the row, made with @orientation when it is first asked for: borrowed. */
GtkBox *rcp_row_make_box (RcpRow *self, GtkOrientation orientation, int spacing);
/* A label that ends in an ellipsis where it has no room; borrowed. */
GtkLabel *rcp_row_append_label (GtkBox *box, const char *css_class);

G_END_DECLS
