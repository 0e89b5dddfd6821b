/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rcp-board-head"

#include "config.h"

#include "rcp-board-head.h"

#include "ui/rcp-ui-compat.h"

struct _RcpBoardHead
{
  GtkWidget parent_instance;

  char *whole_name;
  char *short_name;
  char *detail_text;
  PangoLayout *name;
  PangoLayout *detail;
  const char *shown_name; /* one of the two */
};

G_DEFINE_FINAL_TYPE (RcpBoardHead, rcp_board_head, GTK_TYPE_WIDGET)

static PangoLayout *
make_line (RcpBoardHead *self, const char *text, PangoAttribute *attribute)
{
  PangoLayout *layout = gtk_widget_create_pango_layout (GTK_WIDGET (self), text);
  g_autoptr (PangoAttrList) attributes = pango_attr_list_new ();

  pango_attr_list_insert (attributes, attribute);
  pango_layout_set_attributes (layout, attributes);
  pango_layout_set_single_paragraph_mode (layout, TRUE);
  pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
  return layout;
}

static void
ensure_lines (RcpBoardHead *self)
{
  if (self->name)
    return;
  self->shown_name = self->whole_name;
  self->name = make_line (self, self->shown_name, pango_attr_weight_new (PANGO_WEIGHT_BOLD));
  self->detail = make_line (self, self->detail_text, pango_attr_scale_new (0.9));
}

static void
drop_lines (RcpBoardHead *self)
{
  g_clear_object (&self->name);
  g_clear_object (&self->detail);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

static void
show_name (RcpBoardHead *self, const char *name)
{
  if (name == self->shown_name)
    return;
  self->shown_name = name;
  pango_layout_set_text (self->name, name, -1);
}

/**
 * rcp_board_head_choose_name:
 * @self: a head
 * @width: the room for text, in pixels
 *
 * Returns: the name, or the short one where only that has room, or neither has
 */
const char *
rcp_board_head_choose_name (RcpBoardHead *self, int width)
{
  int natural;

  g_return_val_if_fail (RCP_IS_BOARD_HEAD (self), NULL);

  ensure_lines (self);
  show_name (self, self->whole_name);
  pango_layout_set_width (self->name, -1);
  pango_layout_get_pixel_size (self->name, &natural, NULL);
  return natural <= width ? self->whole_name : self->short_name;
}

static void
draw_line (RcpBoardHead *self, GtkSnapshot *snapshot, PangoLayout *layout, int y, const GdkRGBA *color)
{
  GtkWidget *widget = GTK_WIDGET (self);
  PangoRectangle logical;
  int x = 0;

  pango_layout_get_pixel_extents (layout, NULL, &logical);
  if (gtk_widget_get_direction (widget) == GTK_TEXT_DIR_RTL)
    x = gtk_widget_get_width (widget) - logical.width;
  rcp_compat_draw_layout (widget, snapshot, x - logical.x, y, layout, color);
}

static void
rcp_board_head_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  RcpBoardHead *self = RCP_BOARD_HEAD (widget);
  GdkRGBA color;
  int height;

  ensure_lines (self);
  rcp_compat_get_color (widget, &color);
  pango_layout_get_pixel_size (self->name, NULL, &height);
  draw_line (self, snapshot, self->name, 0, &color);
  color.alpha *= 0.7f;
  draw_line (self, snapshot, self->detail, height, &color);
}

static void
rcp_board_head_measure (GtkWidget *widget, GtkOrientation orientation, int for_size, int *minimum, int *natural, int *minimum_baseline, int *natural_baseline)
{
  RcpBoardHead *self = RCP_BOARD_HEAD (widget);
  int name, detail;

  ensure_lines (self);
  if (orientation == GTK_ORIENTATION_HORIZONTAL)
    {
      *minimum = *natural = 0;
      return;
    }
  pango_layout_get_pixel_size (self->name, NULL, &name);
  pango_layout_get_pixel_size (self->detail, NULL, &detail);
  *minimum = *natural = name + (self->detail_text[0] ? detail : 0);
}

static void
rcp_board_head_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  RcpBoardHead *self = RCP_BOARD_HEAD (widget);

  show_name (self, rcp_board_head_choose_name (self, width));
  pango_layout_set_width (self->name, width * PANGO_SCALE);
  pango_layout_set_width (self->detail, width * PANGO_SCALE);
}

static void
rcp_board_head_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (rcp_board_head_parent_class)->css_changed (widget, change);
  drop_lines (RCP_BOARD_HEAD (widget));
}

static void
rcp_board_head_direction_changed (GtkWidget *widget, GtkTextDirection previous)
{
  GTK_WIDGET_CLASS (rcp_board_head_parent_class)->direction_changed (widget, previous);
  drop_lines (RCP_BOARD_HEAD (widget));
}

static void
rcp_board_head_dispose (GObject *object)
{
  RcpBoardHead *self = RCP_BOARD_HEAD (object);

  g_clear_object (&self->name);
  g_clear_object (&self->detail);
  G_OBJECT_CLASS (rcp_board_head_parent_class)->dispose (object);
}

static void
rcp_board_head_finalize (GObject *object)
{
  RcpBoardHead *self = RCP_BOARD_HEAD (object);

  g_free (self->whole_name);
  g_free (self->short_name);
  g_free (self->detail_text);
  G_OBJECT_CLASS (rcp_board_head_parent_class)->finalize (object);
}

static void
rcp_board_head_class_init (RcpBoardHeadClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = rcp_board_head_dispose;
  G_OBJECT_CLASS (klass)->finalize = rcp_board_head_finalize;
  widget_class->snapshot = rcp_board_head_snapshot;
  widget_class->measure = rcp_board_head_measure;
  widget_class->size_allocate = rcp_board_head_size_allocate;
  widget_class->css_changed = rcp_board_head_css_changed;
  widget_class->direction_changed = rcp_board_head_direction_changed;
  gtk_widget_class_set_css_name (widget_class, "boardhead");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_COLUMN_HEADER);
}

static void
rcp_board_head_init (RcpBoardHead *self)
{
}

/**
 * rcp_board_head_new:
 * @name: whose column it is, or what it shows
 * @short_name: (nullable): where @name has no room
 * @detail: (nullable): more about it
 *
 * Returns: (transfer floating): its head
 */
GtkWidget *
rcp_board_head_new (const char *name, const char *short_name, const char *detail)
{
  RcpBoardHead *self;

  g_return_val_if_fail (name != NULL, NULL);

  self = g_object_new (RCP_TYPE_BOARD_HEAD, NULL);
  rcp_board_head_set_text (self, name, short_name, detail);
  return GTK_WIDGET (self);
}

static gboolean
says (RcpBoardHead *self, const char *name, const char *short_name, const char *detail)
{
  return g_strcmp0 (self->whole_name, name) == 0 && g_strcmp0 (self->short_name, short_name) == 0
         && g_strcmp0 (self->detail_text, detail) == 0;
}

/**
 * rcp_board_head_set_text:
 * @self: a head
 * @name: whose column it is now, or what it shows
 * @short_name: (nullable): where @name has no room
 * @detail: (nullable): more about it
 *
 * Lets a head serve another column. Nothing is measured or drawn anew where the text is the same.
 */
void
rcp_board_head_set_text (RcpBoardHead *self, const char *name, const char *short_name, const char *detail)
{
  g_autofree char *label = NULL;

  g_return_if_fail (RCP_IS_BOARD_HEAD (self));
  g_return_if_fail (name != NULL);

  short_name = short_name ? short_name : name;
  detail = detail ? detail : "";
  if (says (self, name, short_name, detail))
    return;
  drop_lines (self);
  g_free (self->whole_name);
  g_free (self->short_name);
  g_free (self->detail_text);
  self->whole_name = g_strdup (name);
  self->short_name = g_strdup (short_name);
  self->detail_text = g_strdup (detail);
  label = detail[0] ? g_strdup_printf ("%s, %s", name, detail) : g_strdup (name);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self), label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
}
