/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "ui/insurance/rcp-insurance-model.h"

G_BEGIN_DECLS

/**
 * RcpCoverageLine:
 *
 * One line below the offers of a booking: the plan that pays first on the day, what its payer says, what the patient pays, and whether the
 * provider is in its network. It asks by itself a moment after an offer was chosen, and nothing waits for it.
 */
#define RCP_TYPE_COVERAGE_LINE (rcp_coverage_line_get_type ())
G_DECLARE_FINAL_TYPE (RcpCoverageLine, rcp_coverage_line, RCP, COVERAGE_LINE, GtkWidget)

GtkWidget *rcp_coverage_line_new (RcpDesk *desk);
void rcp_coverage_line_show (RcpCoverageLine *self, RcpPatient *patient, RcpProvider *provider, RcpVisitType *visit_type, gint64 start);
const char *rcp_coverage_line_get_text (RcpCoverageLine *self);

G_END_DECLS
