/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/board/rcp-board-model.h"

G_BEGIN_DECLS

/**
 * RcpPrintBlockKind:
 * @RCP_PRINT_TITLE: what the sheet is about; one cell
 * @RCP_PRINT_TEXT: a paragraph; one cell
 * @RCP_PRINT_HEADING: of a part; one cell
 * @RCP_PRINT_FACT: a name and what it is; two cells
 * @RCP_PRINT_TABLE_HEAD: begins a table, and is repeated on each page that the table reaches
 * @RCP_PRINT_TABLE_ROW: never broken over two pages
 * @RCP_PRINT_CHECK: a box to tick, words, and a line to write on; one cell
 * @RCP_PRINT_WEEK: a grid of days, as high as what is left of the page
 * @RCP_PRINT_NEW_PAGE: what follows is another sheet, with its own title
 */
typedef enum
{
  RCP_PRINT_TITLE,
  RCP_PRINT_TEXT,
  RCP_PRINT_HEADING,
  RCP_PRINT_FACT,
  RCP_PRINT_TABLE_HEAD,
  RCP_PRINT_TABLE_ROW,
  RCP_PRINT_CHECK,
  RCP_PRINT_WEEK,
  RCP_PRINT_NEW_PAGE,
} RcpPrintBlockKind;

/**
 * RcpPrintWeekItem:
 * @day: which column, from 0
 * @lane, @n_lanes: where visits overlap, they share the column
 * @start, @end: minutes after midnight, by the wall clock
 * @text: what stands in it
 */
typedef struct
{
  guint day;
  guint lane;
  guint n_lanes;
  int start;
  int end;
  char *text;
} RcpPrintWeekItem;

/**
 * RcpPrintWeek:
 * @days: the heads of the columns
 * @hours: the words of each full hour from @start to @end
 * @start, @end: minutes after midnight that the grid shows, full hours
 * @items: (element-type RcpPrintWeekItem): of all days
 */
typedef struct
{
  GStrv days;
  GStrv hours;
  int start;
  int end;
  GArray *items;
} RcpPrintWeek;

typedef struct
{
  RcpPrintBlockKind kind;
  gboolean faint; /* of a row: free time, not a visit */
  GStrv cells;
  double *widths; /* of a table's head: shares of the line, one for each cell */
  RcpPrintWeek *week;
} RcpPrintBlock;

/**
 * RcpPrintDocument:
 *
 * What is to be printed, without a measure: blocks from top to bottom. Made by the sheets, laid on pages by RcpPrintLayout.
 */
typedef struct _RcpPrintDocument RcpPrintDocument;

/* @footer: stands at the foot of each page. @landscape: wider than high. */
RcpPrintDocument *rcp_print_document_new (const char *footer, gboolean landscape);
RcpPrintDocument *rcp_print_document_ref (RcpPrintDocument *self);
void rcp_print_document_free (RcpPrintDocument *self); /* gives back one reference */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RcpPrintDocument, rcp_print_document_free)

const char *rcp_print_document_get_footer (RcpPrintDocument *self);
gboolean rcp_print_document_is_landscape (RcpPrintDocument *self);
guint rcp_print_document_get_n_blocks (RcpPrintDocument *self);
const RcpPrintBlock *rcp_print_document_get_block (RcpPrintDocument *self, guint index);

/* @kind: one with a single cell. */
void rcp_print_document_add_text (RcpPrintDocument *self, RcpPrintBlockKind kind, const char *text);
/* Nothing where @value is NULL or empty. */
void rcp_print_document_add_fact (RcpPrintDocument *self, const char *name, const char *value);
/* @heads: ends in NULL. @widths: as many shares of the line. */
void rcp_print_document_begin_table (RcpPrintDocument *self, const char *const *heads, const double *widths);
/* @cells: ends in NULL; as many as the head has. */
void rcp_print_document_add_row (RcpPrintDocument *self, const char *const *cells, gboolean faint);
/* Takes @week. */
void rcp_print_document_add_week (RcpPrintDocument *self, RcpPrintWeek *week);
void rcp_print_document_begin_page (RcpPrintDocument *self);

/* @days, @hours are copied. */
RcpPrintWeek *rcp_print_week_new (const char *const *days, const char *const *hours, int start, int end);
/* Takes @text. @item: laid by rcp_board_lanes_lay(). */
void rcp_print_week_add (RcpPrintWeek *self, guint day, const RcpBoardItem *item, char *text);
void rcp_print_week_free (RcpPrintWeek *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RcpPrintWeek, rcp_print_week_free)

G_END_DECLS
