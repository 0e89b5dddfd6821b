/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rcp-print-layout.h"

G_BEGIN_DECLS

/* Shared by the measuring and the drawing of a page. All in points. */

#define RCP_PRINT_CELL_PADDING 3.0
#define RCP_PRINT_FACT_SHARE 0.24
#define RCP_PRINT_CHECK_SHARE 0.5
#define RCP_PRINT_CHECK_BOX 20.0

/* A block on its page; @texts: (element-type PangoLayout), one for each cell. */
typedef struct
{
  guint block;
  double y;
  double height;
  GPtrArray *texts;
} RcpPrintPlaced;

typedef struct
{
  GArray *placed; /* element-type RcpPrintPlaced */
} RcpPrintPage;

struct _RcpPrintLayout
{
  RcpPrintDocument *document;
  double width;
  double height; /* without the foot */
  gboolean right_to_left;
  PangoContext *context;
  GArray *pages; /* element-type RcpPrintPage */
  /* While pages are made. */
  double y;
  const double *widths; /* of the table that is being laid */
};

PangoLayout *rcp_print_layout_make_text (RcpPrintLayout *self, RcpPrintBlockKind kind, const char *text, double width);
double rcp_print_layout_get_text_height (PangoLayout *layout);

G_END_DECLS
