/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "insurance/rcp-prior-auth.h"
#include "ui/insurance/rcp-insurance-model.h"

G_BEGIN_DECLS

/* How one insurance covers one visit, in a line. */

char *rcp_coverage_text_describe (RcpInsuranceModel *model, guint index, RcpDesk *desk, RcpPriorAuth *auth);

G_END_DECLS
