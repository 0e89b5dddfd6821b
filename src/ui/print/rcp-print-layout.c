/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rcp-print"

#include "config.h"

#include "rcp-print-layout-private.h"

#include <glib/gi18n.h>

#define FOOTER_HEIGHT 24.0
/* A week needs that much, or it begins a page. */
#define MIN_WEEK_HEIGHT 360.0

static void
clear_placed (gpointer data)
{
  RcpPrintPlaced *placed = data;

  g_clear_pointer (&placed->texts, g_ptr_array_unref);
}

static const char *
get_font (RcpPrintBlockKind kind)
{
  switch (kind)
    {
    case RCP_PRINT_TITLE:
      return "Cantarell, sans-serif Bold 15";
    case RCP_PRINT_HEADING:
      return "Cantarell, sans-serif Bold 11";
    case RCP_PRINT_TABLE_HEAD:
      return "Cantarell, sans-serif Bold 8.5";
    case RCP_PRINT_TEXT:
    case RCP_PRINT_FACT:
    case RCP_PRINT_CHECK:
      return "Cantarell, sans-serif 10.5";
    case RCP_PRINT_TABLE_ROW:
    case RCP_PRINT_WEEK:
    case RCP_PRINT_NEW_PAGE:
    default:
      return "Cantarell, sans-serif 9";
    }
}

/* Pango swaps left and right for text that runs against its context, and only for that. */
static PangoAlignment
get_leading_edge (RcpPrintLayout *self, PangoLayout *layout)
{
  return self->right_to_left && pango_layout_get_direction (layout, 0) != PANGO_DIRECTION_LTR ? PANGO_ALIGN_RIGHT : PANGO_ALIGN_LEFT;
}

/**
 * rcp_print_layout_make_text:
 * @kind: gives the font
 * @text: what is written
 * @width: points it may be wide; it breaks into lines
 *
 * Returns: (transfer full): the text, measured
 */
PangoLayout *
rcp_print_layout_make_text (RcpPrintLayout *self, RcpPrintBlockKind kind, const char *text, double width)
{
  PangoLayout *layout = pango_layout_new (self->context);
  g_autoptr (PangoFontDescription) font = pango_font_description_from_string (get_font (kind));

  pango_layout_set_font_description (layout, font);
  pango_layout_set_width (layout, (int) (MAX (width, 1) * PANGO_SCALE));
  pango_layout_set_wrap (layout, PANGO_WRAP_WORD_CHAR);
  pango_layout_set_text (layout, text, -1);
  pango_layout_set_alignment (layout, get_leading_edge (self, layout));
  return layout;
}

double
rcp_print_layout_get_text_height (PangoLayout *layout)
{
  int height;

  pango_layout_get_size (layout, NULL, &height);
  return (double) height / PANGO_SCALE;
}

/* Widths of the cells of @block in points. */
static double
get_cell_width (RcpPrintLayout *self, const RcpPrintBlock *block, guint cell)
{
  double sum = 0;

  if (block->kind == RCP_PRINT_FACT)
    return cell == 0 ? self->width * RCP_PRINT_FACT_SHARE : self->width * (1 - RCP_PRINT_FACT_SHARE);
  if (block->kind == RCP_PRINT_CHECK)
    return self->width * RCP_PRINT_CHECK_SHARE - RCP_PRINT_CHECK_BOX;
  if (!self->widths)
    return self->width;
  for (guint i = 0; block->cells[i]; i++)
    sum += self->widths[i];
  return self->width * self->widths[cell] / sum;
}

static double
get_space_after (const RcpPrintBlock *block)
{
  switch (block->kind)
    {
    case RCP_PRINT_TITLE:
      return 2;
    case RCP_PRINT_TEXT:
      return 8;
    case RCP_PRINT_HEADING:
      return 4;
    case RCP_PRINT_CHECK:
      return 12;
    case RCP_PRINT_TABLE_ROW:
    case RCP_PRINT_TABLE_HEAD:
      return 2 * RCP_PRINT_CELL_PADDING;
    default:
      return 3;
    }
}

static double
get_space_before (const RcpPrintBlock *block)
{
  return block->kind == RCP_PRINT_HEADING ? 12 : 0;
}

/* Measures a block: its texts, and how high it is. */
static void
measure (RcpPrintLayout *self, guint index, RcpPrintPlaced *placed)
{
  const RcpPrintBlock *block = rcp_print_document_get_block (self->document, index);
  gboolean in_table = block->kind == RCP_PRINT_TABLE_HEAD || block->kind == RCP_PRINT_TABLE_ROW;
  double height = 0;

  if (block->kind == RCP_PRINT_TABLE_HEAD)
    self->widths = block->widths;
  else if (block->kind != RCP_PRINT_TABLE_ROW)
    self->widths = NULL;

  placed->block = index;
  placed->texts = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; block->cells[i]; i++)
    {
      double width = get_cell_width (self, block, i) - (in_table ? 2 * RCP_PRINT_CELL_PADDING : 0);
      PangoLayout *text = rcp_print_layout_make_text (self, block->kind, block->cells[i], width);

      g_ptr_array_add (placed->texts, text);
      height = MAX (height, rcp_print_layout_get_text_height (text));
    }
  placed->height = get_space_before (block) + height + get_space_after (block);
}

static RcpPrintPage *
begin_page (RcpPrintLayout *self)
{
  RcpPrintPage page = { .placed = g_array_new (FALSE, TRUE, sizeof (RcpPrintPlaced)) };

  g_array_set_clear_func (page.placed, clear_placed);
  g_array_append_val (self->pages, page);
  self->y = 0;
  return &g_array_index (self->pages, RcpPrintPage, self->pages->len - 1);
}

/* Takes the texts of @placed. */
static void
put (RcpPrintLayout *self, RcpPrintPage *page, RcpPrintPlaced *placed)
{
  placed->y = self->y;
  g_array_append_val (page->placed, *placed);
  self->y += placed->height;
}

/* The head of a table goes with the part of it on the next page. */
static RcpPrintPage *
turn_page (RcpPrintLayout *self, guint head)
{
  RcpPrintPage *page = begin_page (self);

  if (head != G_MAXUINT)
    {
      RcpPrintPlaced repeated = { 0 };

      measure (self, head, &repeated);
      put (self, page, &repeated);
    }
  return page;
}

/* A heading or a table's head is not left alone at the foot of a page. */
static double
get_needed (RcpPrintLayout *self, guint index, double height)
{
  const RcpPrintBlock *block = rcp_print_document_get_block (self->document, index);

  if (block->kind == RCP_PRINT_WEEK)
    return MIN (MIN_WEEK_HEIGHT, self->height);
  return block->kind == RCP_PRINT_HEADING || block->kind == RCP_PRINT_TABLE_HEAD ? height + 40 : height;
}

static void
paginate (RcpPrintLayout *self)
{
  RcpPrintPage *page = begin_page (self);
  guint n_blocks = rcp_print_document_get_n_blocks (self->document), head = G_MAXUINT;

  for (guint i = 0; i < n_blocks; i++)
    {
      const RcpPrintBlock *block = rcp_print_document_get_block (self->document, i);
      RcpPrintPlaced placed = { 0 };

      if (block->kind == RCP_PRINT_NEW_PAGE)
        {
          page = begin_page (self);
          head = G_MAXUINT;
          continue;
        }
      if (block->kind == RCP_PRINT_TABLE_HEAD)
        head = i;
      else if (block->kind != RCP_PRINT_TABLE_ROW)
        head = G_MAXUINT;
      measure (self, i, &placed);
      if (self->y > 0 && self->y + get_needed (self, i, placed.height) > self->height)
        page = turn_page (self, block->kind == RCP_PRINT_TABLE_ROW ? head : G_MAXUINT);
      if (block->kind == RCP_PRINT_WEEK)
        placed.height = self->height - self->y;
      put (self, page, &placed);
    }
}

static void
clear_page (gpointer data)
{
  g_array_unref (((RcpPrintPage *) data)->placed);
}

/**
 * rcp_print_layout_new:
 * @document: what is printed; must live as long as the layout
 * @width: of the printable part of a page, in points
 * @height: the same, its height
 * @right_to_left: whether the first column is at the right
 *
 * Returns: (transfer full): the pages
 */
RcpPrintLayout *
rcp_print_layout_new (RcpPrintDocument *document, double width, double height, gboolean right_to_left)
{
  RcpPrintLayout *self;
  PangoFontMap *fonts = pango_cairo_font_map_get_default ();

  g_return_val_if_fail (document, NULL);
  g_return_val_if_fail (width > 0 && height > FOOTER_HEIGHT, NULL);

  self = g_new0 (RcpPrintLayout, 1);
  self->document = document;
  self->width = width;
  self->height = height - FOOTER_HEIGHT;
  self->right_to_left = right_to_left;
  self->context = pango_font_map_create_context (fonts);
  pango_cairo_context_set_resolution (self->context, 72);
  pango_context_set_round_glyph_positions (self->context, FALSE);
  pango_context_set_base_dir (self->context, right_to_left ? PANGO_DIRECTION_RTL : PANGO_DIRECTION_LTR);
  self->pages = g_array_new (FALSE, TRUE, sizeof (RcpPrintPage));
  g_array_set_clear_func (self->pages, clear_page);
  paginate (self);
  return self;
}

void
rcp_print_layout_free (RcpPrintLayout *self)
{
  g_return_if_fail (self);

  g_array_unref (self->pages);
  g_object_unref (self->context);
  g_free (self);
}

guint
rcp_print_layout_get_n_pages (RcpPrintLayout *self)
{
  g_return_val_if_fail (self, 0);

  return self->pages->len;
}

/**
 * rcp_print_layout_get_blocks:
 * @page: from 0
 * @first: (out): index of the block that begins it; a table's head may be there on each of its pages
 * @n_blocks: (out): how many blocks stand on it
 */
void
rcp_print_layout_get_blocks (RcpPrintLayout *self, guint page, guint *first, guint *n_blocks)
{
  const RcpPrintPage *shown;

  g_return_if_fail (self && first && n_blocks);
  g_return_if_fail (page < self->pages->len);

  shown = &g_array_index (self->pages, RcpPrintPage, page);
  *n_blocks = shown->placed->len;
  *first = shown->placed->len > 0 ? g_array_index (shown->placed, RcpPrintPlaced, 0).block : 0;
}
