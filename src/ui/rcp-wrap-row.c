/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rcp-wrap-row"

#include "config.h"

#include "rcp-wrap-row.h"

#include "rcp-ui-compat.h"

#define SPACING 12
#define LINE_SPACING 6

struct _RcpWrapRow
{
  GtkWidget parent_instance;
};

G_DEFINE_FINAL_TYPE (RcpWrapRow, rcp_wrap_row, GTK_TYPE_WIDGET)

/* @child or the next one after it that is shown. */
static GtkWidget *
skip_hidden (GtkWidget *child)
{
  while (child && !gtk_widget_should_layout (child))
    child = gtk_widget_get_next_sibling (child);
  return child;
}

static GtkWidget *
get_next (GtkWidget *child)
{
  return skip_hidden (gtk_widget_get_next_sibling (child));
}

/* What does not fit into a line of its own is as wide as the line. */
static int
measure_child (GtkWidget *child, int width)
{
  int minimum, natural;

  gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, &natural, NULL, NULL);
  return MAX (minimum, MIN (natural, width));
}

static int
measure_height (GtkWidget *child, int width)
{
  int natural;

  gtk_widget_measure (child, GTK_ORIENTATION_VERTICAL, width, NULL, &natural, NULL, NULL);
  return natural;
}

/* The first child of the next line, or NULL; how high this one is. */
static GtkWidget *
end_line (GtkWidget *first, int width, int *height)
{
  GtkWidget *child = first;
  int used = 0;

  *height = 0;
  for (; child; child = get_next (child))
    {
      int own = measure_child (child, width);

      if (child != first && used + SPACING + own > width)
        return child;
      used += own + (child != first ? SPACING : 0);
      *height = MAX (*height, measure_height (child, own));
    }
  return NULL;
}

static void
put (GtkWidget *widget, GtkWidget *child, int x, int y, int width, int height)
{
  gboolean is_rtl = gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL;

  gtk_widget_size_allocate (child, &(GtkAllocation) { is_rtl ? gtk_widget_get_width (widget) - x - width : x, y, width, height }, -1);
}

static void
rcp_wrap_row_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  GtkWidget *child = skip_hidden (gtk_widget_get_first_child (widget));
  int y = 0;

  while (child)
    {
      int line_height, x = 0;
      GtkWidget *after = end_line (child, width, &line_height);

      for (; child != after; child = get_next (child))
        {
          int own = measure_child (child, width);

          put (widget, child, get_next (child) ? x : MAX (x, width - own), y, own, line_height);
          x += own + SPACING;
        }
      y += line_height + LINE_SPACING;
    }
}

static void
measure_line (GtkWidget *widget, int *minimum, int *natural)
{
  *minimum = 0;
  *natural = 0;
  for (GtkWidget *child = skip_hidden (gtk_widget_get_first_child (widget)); child; child = get_next (child))
    {
      int own_minimum, own_natural;

      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, &own_minimum, &own_natural, NULL, NULL);
      *minimum = MAX (*minimum, own_minimum);
      *natural += own_natural + (*natural > 0 ? SPACING : 0);
    }
}

static int
measure_lines (GtkWidget *widget, int width)
{
  GtkWidget *child = skip_hidden (gtk_widget_get_first_child (widget));
  int sum = 0;

  while (child)
    {
      int height;

      child = end_line (child, width, &height);
      sum += height + (child ? LINE_SPACING : 0);
    }
  return sum;
}

static void
rcp_wrap_row_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural, int *minimum_baseline,
                      int *natural_baseline)
{
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    measure_line (widget, minimum, natural);
  else
    *minimum = *natural = measure_lines (widget, for_size < 0 ? G_MAXINT / 2 : for_size);
}

static GtkSizeRequestMode
rcp_wrap_row_get_request_mode (GtkWidget *widget)
{
  return GTK_SIZE_REQUEST_HEIGHT_FOR_WIDTH;
}

static void
rcp_wrap_row_dispose (GObject *object)
{
  rcp_compat_unparent_children (GTK_WIDGET (object));
  G_OBJECT_CLASS (rcp_wrap_row_parent_class)->dispose (object);
}

static void
rcp_wrap_row_class_init (RcpWrapRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rcp_wrap_row_dispose;
  widget_class->measure = rcp_wrap_row_measure;
  widget_class->size_allocate = rcp_wrap_row_size_allocate;
  widget_class->get_request_mode = rcp_wrap_row_get_request_mode;
}

static void
rcp_wrap_row_init (RcpWrapRow *self)
{
}
