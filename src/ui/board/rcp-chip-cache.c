/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rcp-chip-cache"

#include "config.h"

#include "rcp-chip-cache.h"

/* More than a board has at once; what is beyond, such as every width of a window that is made wider, starts anew. */
#define MAX_LINES 4096
#define MAX_SHAPES 256

struct _RcpChipCache
{
  GObject parent_instance;

  GHashTable *lines;  /* LineKey to PangoLayout */
  GHashTable *shapes; /* RcpChipShape to Picture */
  GHashTable *icons;  /* IconKey to Picture */
  GPtrArray *expected; /* GtkIconPaintable, being read in threads or read */
  int expected_size;
  PangoAttrList *attributes[RCP_CHIP_N_LINES];
  GdkRGBA paper;
  gboolean is_high_contrast;
};

G_DEFINE_FINAL_TYPE (RcpChipCache, rcp_chip_cache, G_TYPE_OBJECT)

/* The same twice: GTK 4.8 converts a texture pixel by pixel each time that its software renderer draws it, while other renderers want
 * nothing but textures. */
typedef struct
{
  cairo_surface_t *surface;
  GdkTexture *texture; /* made when it is wanted */
} Picture;

typedef struct
{
  RcpChipLine line;
  int width;
  char *text;
} LineKey;

typedef struct
{
  char *name;
  int size;
  int scale;
  GdkRGBA color;
} IconKey;

static Picture *
picture_new (int width, int height, int scale)
{
  Picture *picture = g_new0 (Picture, 1);

  picture->surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, width * scale, height * scale);
  cairo_surface_set_device_scale (picture->surface, scale, scale);
  return picture;
}

static void
free_picture (gpointer data)
{
  Picture *picture = data;

  g_clear_object (&picture->texture);
  cairo_surface_destroy (picture->surface);
  g_free (picture);
}

static GdkTexture *
get_texture (Picture *picture)
{
  if (!picture->texture)
    {
      gsize stride = (gsize) cairo_image_surface_get_stride (picture->surface);
      int width = cairo_image_surface_get_width (picture->surface), height = cairo_image_surface_get_height (picture->surface);
      g_autoptr (GBytes) bytes = NULL;

      cairo_surface_flush (picture->surface);
      bytes = g_bytes_new (cairo_image_surface_get_data (picture->surface), stride * (gsize) height);
      picture->texture = gdk_memory_texture_new (width, height, GDK_MEMORY_DEFAULT, bytes, stride);
    }
  return picture->texture;
}

static void
draw_picture (Picture *picture, GtkWidget *widget, GtkSnapshot *snapshot, const graphene_rect_t *bounds)
{
  GtkNative *native = gtk_widget_get_native (widget);
  cairo_t *cairo;

  if (!native || !GSK_IS_CAIRO_RENDERER (gtk_native_get_renderer (native)))
    {
      gtk_snapshot_append_texture (snapshot, get_texture (picture), bounds);
      return;
    }
  cairo = gtk_snapshot_append_cairo (snapshot, bounds);
  cairo_set_source_surface (cairo, picture->surface, bounds->origin.x, bounds->origin.y);
  cairo_paint (cairo);
  cairo_destroy (cairo);
}

static guint
hash_line (gconstpointer data)
{
  const LineKey *key = data;

  return g_str_hash (key->text) ^ ((guint) key->line << 24) ^ ((guint) key->width << 8);
}

static gboolean
are_lines_equal (gconstpointer a, gconstpointer b)
{
  const LineKey *first = a, *second = b;

  return first->line == second->line && first->width == second->width && g_str_equal (first->text, second->text);
}

static void
free_line (gpointer data)
{
  g_free (((LineKey *) data)->text);
  g_free (data);
}

static guint
hash_shape (gconstpointer data)
{
  const RcpChipShape *shape = data;

  return (guint) shape->width << 16 ^ (guint) shape->height << 4 ^ gdk_rgba_hash (&shape->accent);
}

static gboolean
are_shapes_equal (gconstpointer a, gconstpointer b)
{
  const RcpChipShape *first = a, *second = b;

  return first->width == second->width && first->height == second->height && first->scale == second->scale
         && first->radius == second->radius && first->strip == second->strip && first->frame == second->frame
         && first->rtl == second->rtl && gdk_rgba_equal (&first->paper, &second->paper)
         && gdk_rgba_equal (&first->accent, &second->accent);
}

static guint
hash_icon (gconstpointer data)
{
  const IconKey *key = data;

  return g_str_hash (key->name) ^ (guint) key->size ^ gdk_rgba_hash (&key->color);
}

static gboolean
are_icons_equal (gconstpointer a, gconstpointer b)
{
  const IconKey *first = a, *second = b;

  return first->size == second->size && first->scale == second->scale && g_str_equal (first->name, second->name)
         && gdk_rgba_equal (&first->color, &second->color);
}

static void
free_icon (gpointer data)
{
  g_free (((IconKey *) data)->name);
  g_free (data);
}

static void
rcp_chip_cache_finalize (GObject *object)
{
  RcpChipCache *self = RCP_CHIP_CACHE (object);

  g_hash_table_unref (self->lines);
  g_hash_table_unref (self->shapes);
  g_hash_table_unref (self->icons);
  g_ptr_array_unref (self->expected);
  for (guint i = 0; i < RCP_CHIP_N_LINES; i++)
    pango_attr_list_unref (self->attributes[i]);
  G_OBJECT_CLASS (rcp_chip_cache_parent_class)->finalize (object);
}

static void
rcp_chip_cache_class_init (RcpChipCacheClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rcp_chip_cache_finalize;
}

static PangoAttrList *
make_attributes (gboolean bold, double scale)
{
  PangoAttrList *attributes = pango_attr_list_new ();

  if (bold)
    pango_attr_list_insert (attributes, pango_attr_weight_new (PANGO_WEIGHT_BOLD));
  if (scale != 1.0)
    pango_attr_list_insert (attributes, pango_attr_scale_new (scale));
  return attributes;
}

static void
rcp_chip_cache_init (RcpChipCache *self)
{
  self->lines = g_hash_table_new_full (hash_line, are_lines_equal, free_line, g_object_unref);
  self->shapes = g_hash_table_new_full (hash_shape, are_shapes_equal, g_free, free_picture);
  self->icons = g_hash_table_new_full (hash_icon, are_icons_equal, free_icon, free_picture);
  self->expected = g_ptr_array_new_with_free_func (g_object_unref);
  self->attributes[RCP_CHIP_NAME] = make_attributes (TRUE, 1.0);
  self->attributes[RCP_CHIP_NAME_DONE] = make_attributes (FALSE, 1.0);
  self->attributes[RCP_CHIP_TYPE] = make_attributes (FALSE, 0.92);
  self->attributes[RCP_CHIP_STATUS] = make_attributes (TRUE, 0.86);
  self->attributes[RCP_CHIP_PILL] = make_attributes (TRUE, 0.78);
}

RcpChipCache *
rcp_chip_cache_new (void)
{
  return g_object_new (RCP_TYPE_CHIP_CACHE, NULL);
}

void
rcp_chip_cache_drop (RcpChipCache *self)
{
  g_return_if_fail (RCP_IS_CHIP_CACHE (self));

  g_hash_table_remove_all (self->lines);
  g_hash_table_remove_all (self->shapes);
  g_hash_table_remove_all (self->icons);
}

static PangoLayout *
make_line (RcpChipCache *self, GtkWidget *widget, const LineKey *key)
{
  PangoLayout *layout = gtk_widget_create_pango_layout (widget, key->text);

  pango_layout_set_attributes (layout, self->attributes[key->line]);
  pango_layout_set_single_paragraph_mode (layout, TRUE);
  if (key->width >= 0)
    {
      pango_layout_set_ellipsize (layout, PANGO_ELLIPSIZE_END);
      pango_layout_set_width (layout, key->width * PANGO_SCALE);
    }
  return layout;
}

/**
 * rcp_chip_cache_get_line:
 * @self: a cache
 * @widget: whose font and direction it has; all widgets of one cache have the same
 * @line: how it is written
 * @text: what is written
 * @width: in pixels, where it ends in an ellipsis; -1 for never
 *
 * Returns: (transfer none): the line, until the next call
 */
PangoLayout *
rcp_chip_cache_get_line (RcpChipCache *self, GtkWidget *widget, RcpChipLine line, const char *text, int width)
{
  LineKey key = { line, width, (char *) text };
  PangoLayout *layout;

  g_return_val_if_fail (RCP_IS_CHIP_CACHE (self), NULL);
  g_return_val_if_fail (line < RCP_CHIP_N_LINES && text != NULL, NULL);

  layout = g_hash_table_lookup (self->lines, &key);
  if (layout)
    return layout;
  if (g_hash_table_size (self->lines) >= MAX_LINES)
    g_hash_table_remove_all (self->lines);
  layout = make_line (self, widget, &key);
  key.text = g_strdup (text);
  g_hash_table_insert (self->lines, g_memdup2 (&key, sizeof key), layout);
  return layout;
}

static void
trace_outline (cairo_t *cairo, const RcpChipShape *shape, double inset)
{
  double radius = MAX (0, MIN (shape->radius, MIN (shape->width, shape->height) / 2.0) - inset);
  double right = shape->width - inset, bottom = shape->height - inset;

  cairo_new_sub_path (cairo);
  cairo_arc (cairo, right - radius, inset + radius, radius, -(G_PI / 2), 0);
  cairo_arc (cairo, right - radius, bottom - radius, radius, 0, (G_PI / 2));
  cairo_arc (cairo, inset + radius, bottom - radius, radius, (G_PI / 2), G_PI);
  cairo_arc (cairo, inset + radius, inset + radius, radius, G_PI, 1.5 * G_PI);
  cairo_close_path (cairo);
}

static Picture *
make_shape (const RcpChipShape *shape)
{
  Picture *picture = picture_new (shape->width, shape->height, shape->scale);
  cairo_t *cairo = cairo_create (picture->surface);

  trace_outline (cairo, shape, 0);
  gdk_cairo_set_source_rgba (cairo, &shape->paper);
  cairo_fill_preserve (cairo);
  cairo_clip (cairo);
  gdk_cairo_set_source_rgba (cairo, &shape->accent);
  if (shape->strip > 0)
    {
      cairo_rectangle (cairo, shape->rtl ? shape->width - shape->strip : 0, 0, shape->strip, shape->height);
      cairo_fill (cairo);
    }
  if (shape->frame > 0)
    {
      trace_outline (cairo, shape, shape->frame / 2.0);
      cairo_set_line_width (cairo, shape->frame);
      cairo_stroke (cairo);
    }
  cairo_destroy (cairo);
  return picture;
}

/**
 * rcp_chip_cache_draw_shape:
 * @self: a cache
 * @widget: who draws
 * @snapshot: where
 * @shape: what it looks like; of some width and height
 * @x: left edge
 * @y: upper edge
 */
void
rcp_chip_cache_draw_shape (RcpChipCache *self, GtkWidget *widget, GtkSnapshot *snapshot, const RcpChipShape *shape, int x, int y)
{
  Picture *picture;

  g_return_if_fail (RCP_IS_CHIP_CACHE (self));
  g_return_if_fail (shape->width > 0 && shape->height > 0 && shape->scale > 0);

  picture = g_hash_table_lookup (self->shapes, shape);
  if (!picture)
    {
      if (g_hash_table_size (self->shapes) >= MAX_SHAPES)
        g_hash_table_remove_all (self->shapes);
      picture = make_shape (shape);
      g_hash_table_insert (self->shapes, g_memdup2 (shape, sizeof *shape), picture);
    }
  draw_picture (picture, widget, snapshot, &GRAPHENE_RECT_INIT ((float) x, (float) y, (float) shape->width, (float) shape->height));
}

/* The theme keeps icons apart by their flags too: without the same ones, what was read ahead is not found. */
static GtkIconPaintable *
find_icon (GtkWidget *widget, const char *name, int size)
{
  return gtk_icon_theme_lookup_icon (gtk_icon_theme_get_for_display (gtk_widget_get_display (widget)), name, NULL, size,
                                     gtk_widget_get_scale_factor (widget), gtk_widget_get_direction (widget),
                                     GTK_ICON_LOOKUP_FORCE_SYMBOLIC | GTK_ICON_LOOKUP_PRELOAD);
}

static Picture *
make_icon (GtkWidget *widget, const IconKey *key)
{
  g_autoptr (GtkIconPaintable) icon = find_icon (widget, key->name, key->size);
  GtkSnapshot *snapshot = gtk_snapshot_new ();
  Picture *picture = picture_new (key->size, key->size, key->scale);
  cairo_t *cairo = cairo_create (picture->surface);
  g_autoptr (GskRenderNode) node = NULL;

  gtk_symbolic_paintable_snapshot_symbolic (GTK_SYMBOLIC_PAINTABLE (icon), snapshot, key->size, key->size, &key->color, 1);
  node = gtk_snapshot_free_to_node (snapshot);
  if (node)
    gsk_render_node_draw (node, cairo);
  cairo_destroy (cairo);
  return picture;
}

/**
 * rcp_chip_cache_expect_icons:
 * @self: a cache
 * @widget: who will draw
 * @names: of symbolic icons
 * @n_names: how many
 * @size: in pixels of the widget
 *
 * Reads the files of icons in threads, as that takes longer than a frame may; rcp_chip_cache_draw_icon() then finds them ready.
 */
void
rcp_chip_cache_expect_icons (RcpChipCache *self, GtkWidget *widget, const char *const *names, guint n_names, int size)
{
  g_return_if_fail (RCP_IS_CHIP_CACHE (self));

  if (self->expected_size == size)
    return;

  self->expected_size = size;
  g_ptr_array_set_size (self->expected, 0);
  for (guint i = 0; i < n_names; i++)
    g_ptr_array_add (self->expected, find_icon (widget, names[i], size));
}

/**
 * rcp_chip_cache_draw_icon:
 * @self: a cache
 * @widget: who draws
 * @snapshot: where
 * @name: of a symbolic icon
 * @color: what it is drawn in
 * @area: a square
 */
void
rcp_chip_cache_draw_icon (RcpChipCache *self, GtkWidget *widget, GtkSnapshot *snapshot, const char *name, const GdkRGBA *color,
                          const GdkRectangle *area)
{
  IconKey key = { (char *) name, area->width, gtk_widget_get_scale_factor (widget), *color };
  Picture *picture;

  g_return_if_fail (RCP_IS_CHIP_CACHE (self));
  g_return_if_fail (area->width > 0);

  picture = g_hash_table_lookup (self->icons, &key);
  if (!picture)
    {
      if (g_hash_table_size (self->icons) >= MAX_SHAPES)
        g_hash_table_remove_all (self->icons);
      picture = make_icon (widget, &key);
      key.name = g_strdup (name);
      g_hash_table_insert (self->icons, g_memdup2 (&key, sizeof key), picture);
    }
  draw_picture (picture, widget, snapshot, &GRAPHENE_RECT_INIT ((float) area->x, (float) area->y, (float) area->width, (float) area->height));
}

guint
rcp_chip_cache_get_n_expected (RcpChipCache *self)
{
  g_return_val_if_fail (RCP_IS_CHIP_CACHE (self), 0);

  return self->expected->len;
}

guint
rcp_chip_cache_get_n_shapes (RcpChipCache *self)
{
  g_return_val_if_fail (RCP_IS_CHIP_CACHE (self), 0);

  return g_hash_table_size (self->shapes);
}

guint
rcp_chip_cache_get_n_lines (RcpChipCache *self)
{
  g_return_val_if_fail (RCP_IS_CHIP_CACHE (self), 0);

  return g_hash_table_size (self->lines);
}

/**
 * rcp_chip_cache_set_paper:
 * @self: a cache
 * @paper: the colour of the board, opaque
 * @is_high_contrast: whether colours are to be few and strong
 */
void
rcp_chip_cache_set_paper (RcpChipCache *self, const GdkRGBA *paper, gboolean is_high_contrast)
{
  g_return_if_fail (RCP_IS_CHIP_CACHE (self));

  self->paper = *paper;
  self->is_high_contrast = is_high_contrast;
}

const GdkRGBA *
rcp_chip_cache_get_paper (RcpChipCache *self)
{
  g_return_val_if_fail (RCP_IS_CHIP_CACHE (self), NULL);

  return &self->paper;
}

gboolean
rcp_chip_cache_is_high_contrast (RcpChipCache *self)
{
  g_return_val_if_fail (RCP_IS_CHIP_CACHE (self), FALSE);

  return self->is_high_contrast;
}
