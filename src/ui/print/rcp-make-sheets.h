/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rcp-print-document.h"
#include "ui/rcp-desk.h"

G_BEGIN_DECLS

/**
 * RcpSheetKind:
 * @RCP_SHEET_DAY: the day of each chosen provider
 * @RCP_SHEET_WEEK: the week that holds the day, of each chosen provider
 */
typedef enum
{
  RCP_SHEET_DAY,
  RCP_SHEET_WEEK,
} RcpSheetKind;

/**
 * RcpMakeSheets:
 *
 * Reads what is to be printed from the record, anew: paper cannot be refreshed, so it begins with what is true now.
 */
G_DECLARE_FINAL_TYPE (RcpMakeSheets, rcp_make_sheets, RCP, MAKE_SHEETS, GObject)
#define RCP_TYPE_MAKE_SHEETS (rcp_make_sheets_get_type ())

/* @providers: (element-type RcpProvider): each gets sheets of its own, in this order. To be run once. */
RcpMakeSheets *rcp_make_sheets_new (RcpDesk *desk, RcpSheetKind kind, GListModel *providers, const GDate *date);
void rcp_make_sheets_run_async (RcpMakeSheets *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/* (transfer full); FHIR_ERROR where the record could not be read. */
RcpPrintDocument *rcp_make_sheets_run_finish (RcpMakeSheets *self, GAsyncResult *result, GError **error);

G_END_DECLS
