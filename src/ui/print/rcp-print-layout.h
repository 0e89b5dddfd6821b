/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <pango/pangocairo.h>

#include "rcp-print-document.h"

G_BEGIN_DECLS

/**
 * RcpPrintLayout:
 *
 * A document laid on pages of one size. All measures are points (1/72 inch); preview, paper and PDF show the same.
 */
typedef struct _RcpPrintLayout RcpPrintLayout;

/* @document must live as long. @width, @height: of the printable part of a page. @right_to_left: columns begin at the right. */
RcpPrintLayout *rcp_print_layout_new (RcpPrintDocument *document, double width, double height, gboolean right_to_left);
void rcp_print_layout_free (RcpPrintLayout *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RcpPrintLayout, rcp_print_layout_free)

guint rcp_print_layout_get_n_pages (RcpPrintLayout *self); /* at least 1 */
/* Draws page @page with its upper left corner at the origin of @cr. */
void rcp_print_layout_draw (RcpPrintLayout *self, cairo_t *cr, guint page);
/* The block that begins @page, and how many follow: for tests and for reading a page aloud. */
void rcp_print_layout_get_blocks (RcpPrintLayout *self, guint page, guint *first, guint *n_blocks);

G_END_DECLS
