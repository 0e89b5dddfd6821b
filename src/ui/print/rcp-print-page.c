/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rcp-print"

#include "config.h"

#include "rcp-print-page.h"

#include <glib/gi18n.h>

#include "rcp-print-layout.h"
#include "rcp-print.h"

/* The pages of one document share one layout. */
typedef struct
{
  RcpPrintDocument *document;
  RcpPrintLayout *layout;
  GtkPageSetup *setup;
} Pages;

struct _RcpPrintPage
{
  GObject parent_instance;

  Pages *pages;
  guint number;
};

static void
clear_pages (gpointer data)
{
  Pages *pages = data;

  rcp_print_layout_free (pages->layout);
  g_object_unref (pages->setup);
}

static void
draw (RcpPrintPage *self, cairo_t *cr, double scale)
{
  GtkPageSetup *setup = self->pages->setup;

  cairo_set_source_rgb (cr, 1, 1, 1);
  cairo_paint (cr);
  cairo_scale (cr, scale, scale);
  cairo_translate (cr, gtk_page_setup_get_left_margin (setup, GTK_UNIT_POINTS),
                   gtk_page_setup_get_top_margin (setup, GTK_UNIT_POINTS));
  rcp_print_layout_draw (self->pages->layout, cr, self->number);
}

static void
rcp_print_page_snapshot (GdkPaintable *paintable, GdkSnapshot *snapshot, double width, double height)
{
  RcpPrintPage *self = RCP_PRINT_PAGE (paintable);
  graphene_rect_t bounds = GRAPHENE_RECT_INIT (0, 0, (float) width, (float) height);
  cairo_t *cr = gtk_snapshot_append_cairo (GTK_SNAPSHOT (snapshot), &bounds);

  draw (self, cr, width / gtk_page_setup_get_paper_width (self->pages->setup, GTK_UNIT_POINTS));
  cairo_destroy (cr);
}

static GdkPaintableFlags
rcp_print_page_get_flags (GdkPaintable *paintable)
{
  return GDK_PAINTABLE_STATIC_CONTENTS | GDK_PAINTABLE_STATIC_SIZE;
}

static int
rcp_print_page_get_intrinsic_width (GdkPaintable *paintable)
{
  return (int) gtk_page_setup_get_paper_width (RCP_PRINT_PAGE (paintable)->pages->setup, GTK_UNIT_POINTS);
}

static int
rcp_print_page_get_intrinsic_height (GdkPaintable *paintable)
{
  return (int) gtk_page_setup_get_paper_height (RCP_PRINT_PAGE (paintable)->pages->setup, GTK_UNIT_POINTS);
}

static void
rcp_print_page_paintable_init (GdkPaintableInterface *iface)
{
  iface->snapshot = rcp_print_page_snapshot;
  iface->get_flags = rcp_print_page_get_flags;
  iface->get_intrinsic_width = rcp_print_page_get_intrinsic_width;
  iface->get_intrinsic_height = rcp_print_page_get_intrinsic_height;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (RcpPrintPage, rcp_print_page, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (GDK_TYPE_PAINTABLE, rcp_print_page_paintable_init))

static void
rcp_print_page_finalize (GObject *object)
{
  g_atomic_rc_box_release_full (RCP_PRINT_PAGE (object)->pages, clear_pages);
  G_OBJECT_CLASS (rcp_print_page_parent_class)->finalize (object);
}

static void
rcp_print_page_class_init (RcpPrintPageClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = rcp_print_page_finalize;
}

static void
rcp_print_page_init (RcpPrintPage *self)
{
}

/* What a screen reader says of a page: all that is written on it. */
static char *
read_aloud (RcpPrintPage *self)
{
  RcpPrintDocument *document = self->pages->document;
  GString *text = g_string_new (NULL);
  guint first, n_blocks;

  rcp_print_layout_get_blocks (self->pages->layout, self->number, &first, &n_blocks);
  for (guint i = first; i < first + n_blocks && i < rcp_print_document_get_n_blocks (document); i++)
    {
      const RcpPrintBlock *block = rcp_print_document_get_block (document, i);
      g_autofree char *line = g_strjoinv ("; ", block->cells);

      g_string_append_printf (text, "%s\n", line);
      for (guint j = 0; block->week && j < block->week->items->len; j++)
        g_string_append_printf (text, "%s\n", g_array_index (block->week->items, RcpPrintWeekItem, j).text);
    }
  return g_string_free (text, FALSE);
}

/**
 * rcp_print_page_create_picture:
 *
 * Returns: (transfer floating): a picture as wide as there is room
 */
GtkWidget *
rcp_print_page_create_picture (RcpPrintPage *self)
{
  GtkWidget *picture;
  g_autofree char *label = NULL;
  g_autofree char *text = NULL;

  g_return_val_if_fail (RCP_IS_PRINT_PAGE (self), NULL);

  picture = gtk_picture_new_for_paintable (GDK_PAINTABLE (self));
  /* Translators: the number of a page in the preview, and how many there are. */
  label = g_strdup_printf (_("Page %u of %u"), self->number + 1, rcp_print_layout_get_n_pages (self->pages->layout));
  text = read_aloud (self);
  gtk_widget_add_css_class (picture, "card");
  gtk_accessible_update_property (GTK_ACCESSIBLE (picture), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  GTK_ACCESSIBLE_PROPERTY_DESCRIPTION, text, -1);
  return picture;
}

/**
 * rcp_print_pages_new:
 * @document: what is printed; must live as long as the pages
 *
 * Returns: (transfer full) (element-type RcpPrintPage): every page
 */
GPtrArray *
rcp_print_pages_new (RcpPrintDocument *document)
{
  GPtrArray *made;
  Pages *pages;
  guint n_pages;

  g_return_val_if_fail (document, NULL);

  made = g_ptr_array_new_with_free_func (g_object_unref);
  pages = g_atomic_rc_box_new0 (Pages);
  pages->document = document;
  pages->setup = rcp_print_make_page_setup (document);
  pages->layout = rcp_print_layout_new (document, gtk_page_setup_get_page_width (pages->setup, GTK_UNIT_POINTS),
                                        gtk_page_setup_get_page_height (pages->setup, GTK_UNIT_POINTS),
                                        gtk_widget_get_default_direction () == GTK_TEXT_DIR_RTL);
  n_pages = rcp_print_layout_get_n_pages (pages->layout);
  for (guint i = 0; i < n_pages; i++)
    {
      RcpPrintPage *page = g_object_new (RCP_TYPE_PRINT_PAGE, NULL);

      page->pages = g_atomic_rc_box_acquire (pages);
      page->number = i;
      g_ptr_array_add (made, page);
    }
  g_atomic_rc_box_release_full (pages, clear_pages);
  return made;
}
