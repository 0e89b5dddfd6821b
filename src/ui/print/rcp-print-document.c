/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rcp-print"

#include "config.h"

#include "rcp-print-document.h"

#include <string.h>

struct _RcpPrintDocument
{
  gatomicrefcount ref_count;
  char *footer;
  gboolean landscape;
  GPtrArray *blocks; /* element-type RcpPrintBlock */
};

static void
free_block (gpointer data)
{
  RcpPrintBlock *block = data;

  g_strfreev (block->cells);
  g_free (block->widths);
  g_clear_pointer (&block->week, rcp_print_week_free);
  g_free (block);
}

/**
 * rcp_print_document_new:
 * @footer: stands at the foot of each page, beside its number
 * @landscape: whether the paper lies on its side
 *
 * Returns: (transfer full): a document without blocks
 */
RcpPrintDocument *
rcp_print_document_new (const char *footer, gboolean landscape)
{
  RcpPrintDocument *self = g_new0 (RcpPrintDocument, 1);

  g_atomic_ref_count_init (&self->ref_count);
  self->footer = g_strdup (footer);
  self->landscape = landscape;
  self->blocks = g_ptr_array_new_with_free_func (free_block);
  return self;
}

/**
 * rcp_print_document_ref:
 * @self: a document that is complete
 *
 * Returns: (transfer full): the same document, which no one may add to any more; it may be read in another thread
 */
RcpPrintDocument *
rcp_print_document_ref (RcpPrintDocument *self)
{
  g_return_val_if_fail (self, NULL);

  g_atomic_ref_count_inc (&self->ref_count);
  return self;
}

void
rcp_print_document_free (RcpPrintDocument *self)
{
  g_return_if_fail (self);

  if (!g_atomic_ref_count_dec (&self->ref_count))
    return;
  g_free (self->footer);
  g_ptr_array_unref (self->blocks);
  g_free (self);
}

const char *
rcp_print_document_get_footer (RcpPrintDocument *self)
{
  g_return_val_if_fail (self, NULL);

  return self->footer;
}

gboolean
rcp_print_document_is_landscape (RcpPrintDocument *self)
{
  g_return_val_if_fail (self, FALSE);

  return self->landscape;
}

guint
rcp_print_document_get_n_blocks (RcpPrintDocument *self)
{
  g_return_val_if_fail (self, 0);

  return self->blocks->len;
}

/**
 * rcp_print_document_get_block:
 * @index: less than rcp_print_document_get_n_blocks()
 *
 * Returns: (transfer none): a block
 */
const RcpPrintBlock *
rcp_print_document_get_block (RcpPrintDocument *self, guint index)
{
  g_return_val_if_fail (self, NULL);
  g_return_val_if_fail (index < self->blocks->len, NULL);

  return g_ptr_array_index (self->blocks, index);
}

static RcpPrintBlock *
add_block (RcpPrintDocument *self, RcpPrintBlockKind kind, const char *const *cells)
{
  RcpPrintBlock *block = g_new0 (RcpPrintBlock, 1);

  block->kind = kind;
  block->cells = g_strdupv ((GStrv) cells);
  g_ptr_array_add (self->blocks, block);
  return block;
}

void
rcp_print_document_add_text (RcpPrintDocument *self, RcpPrintBlockKind kind, const char *text)
{
  const char *cells[] = { text, NULL };

  g_return_if_fail (self);
  g_return_if_fail (text);
  g_return_if_fail (kind == RCP_PRINT_TITLE || kind == RCP_PRINT_TEXT || kind == RCP_PRINT_HEADING || kind == RCP_PRINT_CHECK);

  add_block (self, kind, cells);
}

void
rcp_print_document_add_fact (RcpPrintDocument *self, const char *name, const char *value)
{
  const char *cells[] = { name, value, NULL };

  g_return_if_fail (self);
  g_return_if_fail (name);

  if (value && *value)
    add_block (self, RCP_PRINT_FACT, cells);
}

void
rcp_print_document_begin_table (RcpPrintDocument *self, const char *const *heads, const double *widths)
{
  RcpPrintBlock *block;

  g_return_if_fail (self);
  g_return_if_fail (heads && heads[0]);
  g_return_if_fail (widths);

  block = add_block (self, RCP_PRINT_TABLE_HEAD, heads);
  block->widths = g_memdup2 (widths, g_strv_length ((GStrv) heads) * sizeof (double));
}

/* The head of the table that a row added now belongs to. */
static const RcpPrintBlock *
find_head (RcpPrintDocument *self)
{
  for (guint i = self->blocks->len; i > 0; i--)
    {
      const RcpPrintBlock *block = g_ptr_array_index (self->blocks, i - 1);

      if (block->kind == RCP_PRINT_TABLE_HEAD)
        return block;
      if (block->kind != RCP_PRINT_TABLE_ROW)
        break;
    }
  return NULL;
}

/**
 * rcp_print_document_add_row:
 * @cells: (array zero-terminated=1): one for each head of the table that was begun last
 * @faint: whether it is to be read in second place only
 */
void
rcp_print_document_add_row (RcpPrintDocument *self, const char *const *cells, gboolean faint)
{
  const RcpPrintBlock *head;

  g_return_if_fail (self);
  g_return_if_fail (cells);
  head = find_head (self);
  g_return_if_fail (head && g_strv_length (head->cells) == g_strv_length ((GStrv) cells));

  add_block (self, RCP_PRINT_TABLE_ROW, cells)->faint = faint;
}

void
rcp_print_document_add_week (RcpPrintDocument *self, RcpPrintWeek *week)
{
  static const char *const none[] = { NULL };

  g_return_if_fail (self);
  g_return_if_fail (week);

  add_block (self, RCP_PRINT_WEEK, none)->week = week;
}

void
rcp_print_document_begin_page (RcpPrintDocument *self)
{
  static const char *const none[] = { NULL };

  g_return_if_fail (self);

  if (self->blocks->len > 0)
    add_block (self, RCP_PRINT_NEW_PAGE, none);
}

static void
clear_item (gpointer data)
{
  g_free (((RcpPrintWeekItem *) data)->text);
}

/**
 * rcp_print_week_new:
 * @days: (array zero-terminated=1): the heads of the columns
 * @hours: (array zero-terminated=1): one for each full hour from @start up to, not with, @end
 * @start: minutes after midnight, a full hour
 * @end: minutes after midnight, a full hour after @start
 *
 * Returns: (transfer full): a week without visits
 */
RcpPrintWeek *
rcp_print_week_new (const char *const *days, const char *const *hours, int start, int end)
{
  RcpPrintWeek *self;

  g_return_val_if_fail (days && hours, NULL);
  g_return_val_if_fail (start % 60 == 0 && end % 60 == 0 && start < end, NULL);
  g_return_val_if_fail ((int) g_strv_length ((GStrv) hours) == (end - start) / 60, NULL);

  self = g_new0 (RcpPrintWeek, 1);
  self->days = g_strdupv ((GStrv) days);
  self->hours = g_strdupv ((GStrv) hours);
  self->start = start;
  self->end = end;
  self->items = g_array_new (FALSE, TRUE, sizeof (RcpPrintWeekItem));
  g_array_set_clear_func (self->items, clear_item);
  return self;
}

/**
 * rcp_print_week_add:
 * @day: the column, from 0
 * @item: where it lies; only lanes and minutes are read
 * @text: (transfer full): what stands in it
 */
void
rcp_print_week_add (RcpPrintWeek *self, guint day, const RcpBoardItem *item, char *text)
{
  RcpPrintWeekItem added = { day, item->lane, item->n_lanes, item->start, item->end, text };

  g_return_if_fail (self);
  g_return_if_fail (day < g_strv_length (self->days));

  g_array_append_val (self->items, added);
}

void
rcp_print_week_free (RcpPrintWeek *self)
{
  g_return_if_fail (self);

  g_strfreev (self->days);
  g_strfreev (self->hours);
  g_array_unref (self->items);
  g_free (self);
}
