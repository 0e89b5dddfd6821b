/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rcp-print"

#include "config.h"

#include "rcp-print-layout-private.h"

#include <glib/gi18n.h>

#define HOUR_WIDTH 44.0
#define HAIRLINE 0.5

/* Paper is white and toners are black: shades of grey only, dark enough to be copied. */
static void
set_ink (cairo_t *cr, double darkness)
{
  cairo_set_source_rgb (cr, 1 - darkness, 1 - darkness, 1 - darkness);
}

/* Where a part that begins @x from the leading edge and is @width wide has its left side. */
static double
get_left (RcpPrintLayout *self, double x, double width)
{
  return self->right_to_left ? self->width - x - width : x;
}

static void
draw_text (cairo_t *cr, PangoLayout *text, double x, double y)
{
  cairo_move_to (cr, x, y);
  pango_cairo_show_layout (cr, text);
}

static void
draw_line (cairo_t *cr, double x1, double y1, double x2, double y2)
{
  cairo_set_line_width (cr, HAIRLINE);
  cairo_move_to (cr, x1, y1);
  cairo_line_to (cr, x2, y2);
  cairo_stroke (cr);
}

static void
draw_cells (RcpPrintLayout *self, cairo_t *cr, const RcpPrintPlaced *placed, const double *widths, gboolean faint)
{
  double sum = 0, x = 0;

  for (guint i = 0; i < placed->texts->len; i++)
    sum += widths[i];
  for (guint i = 0; i < placed->texts->len; i++)
    {
      double width = self->width * widths[i] / sum;

      set_ink (cr, faint ? 0.55 : 1);
      draw_text (cr, g_ptr_array_index (placed->texts, i), get_left (self, x, width) + RCP_PRINT_CELL_PADDING,
                 placed->y + RCP_PRINT_CELL_PADDING);
      x += width;
    }
  set_ink (cr, 0.35);
  draw_line (cr, 0, placed->y + placed->height, self->width, placed->y + placed->height);
}

static void
draw_fact (RcpPrintLayout *self, cairo_t *cr, const RcpPrintPlaced *placed)
{
  double share = self->width * RCP_PRINT_FACT_SHARE;

  set_ink (cr, 0.6);
  draw_text (cr, g_ptr_array_index (placed->texts, 0), get_left (self, 0, share), placed->y);
  set_ink (cr, 1);
  draw_text (cr, g_ptr_array_index (placed->texts, 1), get_left (self, share, self->width - share), placed->y);
}

static void
draw_check (RcpPrintLayout *self, cairo_t *cr, const RcpPrintPlaced *placed)
{
  double share = self->width * RCP_PRINT_CHECK_SHARE;
  PangoLayout *text = g_ptr_array_index (placed->texts, 0);
  double base = placed->y + rcp_print_layout_get_text_height (text);
  double line = self->width - share;

  set_ink (cr, 1);
  cairo_set_line_width (cr, 0.8);
  cairo_rectangle (cr, get_left (self, 0, 11) + 0.5, placed->y + 1.5, 10, 10);
  cairo_stroke (cr);
  draw_text (cr, text, get_left (self, RCP_PRINT_CHECK_BOX, share - RCP_PRINT_CHECK_BOX), placed->y);
  set_ink (cr, 0.45);
  draw_line (cr, get_left (self, share, line), base, get_left (self, share, line) + line, base);
}

static void
draw_week_heads (RcpPrintLayout *self, cairo_t *cr, const RcpPrintWeek *week, double y, double column)
{
  for (guint i = 0; week->days[i]; i++)
    {
      g_autoptr (PangoLayout) text
          = rcp_print_layout_make_text (self, RCP_PRINT_TABLE_HEAD, week->days[i], column - 2 * RCP_PRINT_CELL_PADDING);

      set_ink (cr, 1);
      draw_text (cr, text, get_left (self, HOUR_WIDTH + i * column, column) + RCP_PRINT_CELL_PADDING, y);
    }
}

static void
draw_week_grid (RcpPrintLayout *self, cairo_t *cr, const RcpPrintWeek *week, double top, double bottom, double column)
{
  double hour = (bottom - top) * 60 / (week->end - week->start);

  for (guint i = 0; week->hours[i]; i++)
    {
      g_autoptr (PangoLayout) text = rcp_print_layout_make_text (self, RCP_PRINT_WEEK, week->hours[i], HOUR_WIDTH - 6);

      set_ink (cr, 0.6);
      draw_text (cr, text, get_left (self, 0, HOUR_WIDTH - 6), top + i * hour - 1);
      set_ink (cr, 0.2);
      draw_line (cr, get_left (self, HOUR_WIDTH, self->width - HOUR_WIDTH), top + i * hour,
                 get_left (self, HOUR_WIDTH, 0) + (self->right_to_left ? -1 : 1) * (self->width - HOUR_WIDTH), top + i * hour);
    }
  set_ink (cr, 0.35);
  for (guint i = 0; week->days[i]; i++)
    draw_line (cr, get_left (self, HOUR_WIDTH + i * column, 0), top, get_left (self, HOUR_WIDTH + i * column, 0), bottom);
}

static void
draw_week_item (RcpPrintLayout *self, cairo_t *cr, const RcpPrintWeek *week, const RcpPrintWeekItem *item, double top,
                double bottom, double column)
{
  double minute = (bottom - top) / (week->end - week->start);
  double width = column / MAX (1, item->n_lanes) - 2;
  double left = get_left (self, HOUR_WIDTH + item->day * column + item->lane * (column / MAX (1, item->n_lanes)) + 1, width);
  double y = top + (CLAMP (item->start, week->start, week->end) - week->start) * minute;
  double height = (CLAMP (item->end, week->start, week->end) - week->start) * minute - (y - top) - 1;
  g_autoptr (PangoLayout) text = rcp_print_layout_make_text (self, RCP_PRINT_WEEK, item->text, width - 4);

  cairo_save (cr);
  cairo_rectangle (cr, left, y + 0.5, width, MAX (height, 1));
  set_ink (cr, 0.06);
  cairo_fill_preserve (cr);
  set_ink (cr, 0.6);
  cairo_set_line_width (cr, HAIRLINE);
  cairo_stroke_preserve (cr);
  cairo_clip (cr);
  /* What does not fit ends in an ellipsis, line by line. */
  pango_layout_set_height (text, (int) (MAX (height - 1, 8) * PANGO_SCALE));
  pango_layout_set_ellipsize (text, PANGO_ELLIPSIZE_END);
  set_ink (cr, 1);
  draw_text (cr, text, left + 2, y + 0.5);
  cairo_restore (cr);
}

static void
draw_week (RcpPrintLayout *self, cairo_t *cr, const RcpPrintPlaced *placed, const RcpPrintWeek *week)
{
  double column = (self->width - HOUR_WIDTH) / MAX (1, g_strv_length (week->days));
  double top = placed->y + 16, bottom = placed->y + placed->height - 4;

  draw_week_heads (self, cr, week, placed->y, column);
  draw_week_grid (self, cr, week, top, bottom, column);
  for (guint i = 0; i < week->items->len; i++)
    draw_week_item (self, cr, week, &g_array_index (week->items, RcpPrintWeekItem, i), top, bottom, column);
}

/* The shares of the table that a row belongs to. */
static const double *
find_widths (RcpPrintLayout *self, guint block)
{
  while (rcp_print_document_get_block (self->document, block)->kind != RCP_PRINT_TABLE_HEAD)
    block--;
  return rcp_print_document_get_block (self->document, block)->widths;
}

static void
draw_placed (RcpPrintLayout *self, cairo_t *cr, const RcpPrintPlaced *placed)
{
  const RcpPrintBlock *block = rcp_print_document_get_block (self->document, placed->block);

  switch (block->kind)
    {
    case RCP_PRINT_TABLE_HEAD:
    case RCP_PRINT_TABLE_ROW:
      draw_cells (self, cr, placed, find_widths (self, placed->block), block->faint);
      break;
    case RCP_PRINT_FACT:
      draw_fact (self, cr, placed);
      break;
    case RCP_PRINT_CHECK:
      draw_check (self, cr, placed);
      break;
    case RCP_PRINT_WEEK:
      draw_week (self, cr, placed, block->week);
      break;
    case RCP_PRINT_HEADING:
      set_ink (cr, 1);
      draw_text (cr, g_ptr_array_index (placed->texts, 0), 0, placed->y + 12);
      break;
    case RCP_PRINT_TITLE:
    case RCP_PRINT_TEXT:
      set_ink (cr, 1);
      draw_text (cr, g_ptr_array_index (placed->texts, 0), 0, placed->y);
      break;
    case RCP_PRINT_NEW_PAGE:
      break;
    }
}

static void
draw_foot (RcpPrintLayout *self, cairo_t *cr, guint page)
{
  /* Translators: the number of a printed page, and how many there are. */
  g_autofree char *number = g_strdup_printf (_("Page %u of %u"), page + 1, self->pages->len);
  g_autoptr (PangoLayout) left
      = rcp_print_layout_make_text (self, RCP_PRINT_WEEK, rcp_print_document_get_footer (self->document), self->width * 0.75);
  g_autoptr (PangoLayout) right = rcp_print_layout_make_text (self, RCP_PRINT_WEEK, number, self->width * 0.25);

  pango_layout_set_alignment (right, pango_layout_get_alignment (right) == PANGO_ALIGN_LEFT ? PANGO_ALIGN_RIGHT : PANGO_ALIGN_LEFT);
  set_ink (cr, 0.35);
  draw_line (cr, 0, self->height + 8, self->width, self->height + 8);
  set_ink (cr, 0.6);
  draw_text (cr, left, get_left (self, 0, self->width * 0.75), self->height + 11);
  draw_text (cr, right, get_left (self, self->width * 0.75, self->width * 0.25), self->height + 11);
}

/**
 * rcp_print_layout_draw:
 * @cr: its unit is the point
 * @page: from 0
 *
 * Draws one page; its upper left corner is the origin.
 */
void
rcp_print_layout_draw (RcpPrintLayout *self, cairo_t *cr, guint page)
{
  const RcpPrintPage *shown;

  g_return_if_fail (self && cr);
  g_return_if_fail (page < self->pages->len);

  shown = &g_array_index (self->pages, RcpPrintPage, page);
  for (guint i = 0; i < shown->placed->len; i++)
    draw_placed (self, cr, &g_array_index (shown->placed, RcpPrintPlaced, i));
  draw_foot (self, cr, page);
}
