/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "insurance/rcp-visit-cost.h"

G_BEGIN_DECLS

/* What a visit costs its patient, in the words of the desk. Pure. */

char *rcp_cost_text_describe (const RcpVisitCost *cost);
char *rcp_cost_text_add_other (const RcpVisitCost *cost, char *text);
char *rcp_cost_text_describe_estimate (const RcpVisitCost *cost, const char *visit_type);

G_END_DECLS
