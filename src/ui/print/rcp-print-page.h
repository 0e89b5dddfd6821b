/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "rcp-print-document.h"

G_BEGIN_DECLS

/**
 * RcpPrintPage:
 *
 * One page as a GdkPaintable, with the shape of the paper.
 */
G_DECLARE_FINAL_TYPE (RcpPrintPage, rcp_print_page, RCP, PRINT_PAGE, GObject)
#define RCP_TYPE_PRINT_PAGE (rcp_print_page_get_type ())

/* Every page of @document on the usual paper of the locale: (transfer full) (element-type RcpPrintPage). @document must live as
 * long as they do. */
GPtrArray *rcp_print_pages_new (RcpPrintDocument *document);
/* A picture of it as wide as there is room, with its words for a screen reader: (transfer floating). */
GtkWidget *rcp_print_page_create_picture (RcpPrintPage *self);

G_END_DECLS
