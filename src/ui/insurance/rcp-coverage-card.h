/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "ui/insurance/rcp-insurance-model.h"

G_BEGIN_DECLS

/**
 * RcpCoverageCard:
 *
 * One insurance and what its payer said. Signals: "action" (string, index): "check", "change", "end", "up", "raw".
 */
#define RCP_TYPE_COVERAGE_CARD (rcp_coverage_card_get_type ())
G_DECLARE_FINAL_TYPE (RcpCoverageCard, rcp_coverage_card, RCP, COVERAGE_CARD, GtkWidget)

GtkWidget *rcp_coverage_card_new (RcpDesk *desk);
void rcp_coverage_card_show (RcpCoverageCard *self, RcpInsuranceModel *model, guint index);

G_END_DECLS
