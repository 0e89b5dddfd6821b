/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "clinic/rcp-roster.h"
#include "rcp-print-document.h"

G_BEGIN_DECLS

/* What a desk prints, from what the record told: pure rules, no measures and no printer. */

/**
 * RcpSheetClinic:
 * @name: of the clinic
 * @zone: its time
 * @now: when the sheet is made
 */
typedef struct
{
  const char *name;
  GTimeZone *zone;
  gint64 now;
} RcpSheetClinic;

/* (transfer full): an empty document with the foot of all sheets. */
RcpPrintDocument *rcp_sheet_document_new (const RcpSheetClinic *clinic, gboolean landscape);

/* One provider's day: each visit and the free time between, on pages of its own.
 * @visits: (element-type RcpVisit): of the provider, by start. @open: (element-type RcpTimeRange): normalized working time. */
void rcp_day_sheet_add (RcpPrintDocument *document,
                        const RcpSheetClinic *clinic,
                        RcpProvider *provider,
                        const GDate *date,
                        GPtrArray *visits,
                        GArray *open);

/* What goes with the patient through the house. @provider: nullable. */
void rcp_routing_slip_add (RcpPrintDocument *document, const RcpSheetClinic *clinic, RcpVisit *visit, RcpProvider *provider);

/* Seven days of one provider from @first on. @visits: (element-type RcpVisit): by start. */
void rcp_week_sheet_add (RcpPrintDocument *document,
                         const RcpSheetClinic *clinic,
                         RcpProvider *provider,
                         const GDate *first,
                         GPtrArray *visits);

/* The first day of the week that holds @date, by the locale. */
void rcp_week_sheet_get_first_day (const GDate *date, GDate *first);

G_END_DECLS
