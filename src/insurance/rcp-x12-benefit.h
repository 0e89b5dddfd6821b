/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "insurance/rcp-benefit.h"
#include "insurance/x12/x12-interchange.h"

G_BEGIN_DECLS

/* The segments below a benefit of X12 271 as values. Each takes the number of its segment; a value that cannot be one is left out
 * and noted among the issues of the interchange. */

RcpBenefitKind rcp_x12_benefit_kind (const char *code);
RcpBenefit *rcp_x12_benefit_read (X12Interchange *interchange, guint eb);
gboolean rcp_x12_dates_read (X12Interchange *interchange, guint dtp, GArray *dates);
void rcp_x12_rejection_read (X12Interchange *interchange, guint aaa, const char *loop, GArray *rejections);
gboolean rcp_x12_date_parse (const char *text, GDate *date);

G_END_DECLS
