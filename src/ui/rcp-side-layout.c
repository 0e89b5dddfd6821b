/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rcp-side-layout"

#include "config.h"

#include "rcp-side-layout.h"

struct _RcpSideLayout
{
  GtkLayoutManager parent_instance;
};

G_DEFINE_FINAL_TYPE (RcpSideLayout, rcp_side_layout, GTK_TYPE_LAYOUT_MANAGER)

/* A bar that lies over what it scrolls takes no room; GTK marks it. */
static int
get_bar_width (GtkWidget *child)
{
  GtkWidget *bar = GTK_IS_SCROLLED_WINDOW (child) ? gtk_scrolled_window_get_vscrollbar (GTK_SCROLLED_WINDOW (child)) : NULL;
  int width;

  if (!bar || gtk_widget_has_css_class (bar, "overlay-indicator"))
    return 0;
  gtk_widget_measure (bar, GTK_ORIENTATION_HORIZONTAL, -1, &width, NULL, NULL, NULL);
  return width;
}

static GtkSizeRequestMode
rcp_side_layout_get_request_mode (GtkLayoutManager *manager, GtkWidget *widget)
{
  GtkWidget *child = gtk_widget_get_first_child (widget);

  return child ? gtk_widget_get_request_mode (child) : GTK_SIZE_REQUEST_CONSTANT_SIZE;
}

static void
rcp_side_layout_measure (GtkLayoutManager *manager, GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum,
                         int *natural, int *minimum_baseline, int *natural_baseline)
{
  GtkWidget *child = gtk_widget_get_first_child (widget);
  int bar_width;

  if (!child || !gtk_widget_should_layout (child))
    return;
  gtk_widget_measure (child, orientation, for_size, minimum, natural, minimum_baseline, natural_baseline);
  bar_width = orientation == GTK_ORIENTATION_HORIZONTAL ? get_bar_width (child) : 0;
  *minimum += bar_width;
  *natural += bar_width;
}

static void
rcp_side_layout_allocate (GtkLayoutManager *manager, GtkWidget *widget, int width, int height, int baseline)
{
  GtkWidget *child = gtk_widget_get_first_child (widget);

  if (child && gtk_widget_should_layout (child))
    gtk_widget_allocate (child, width, height, baseline, NULL);
}

static void
rcp_side_layout_class_init (RcpSideLayoutClass *klass)
{
  GtkLayoutManagerClass *layout_class = GTK_LAYOUT_MANAGER_CLASS (klass);

  layout_class->get_request_mode = rcp_side_layout_get_request_mode;
  layout_class->measure = rcp_side_layout_measure;
  layout_class->allocate = rcp_side_layout_allocate;
}

static void
rcp_side_layout_init (RcpSideLayout *self)
{
}
