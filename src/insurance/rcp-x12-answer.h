/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "insurance/rcp-eligibility-backend.h"

G_BEGIN_DECLS

/* What came back for an inquiry, judged. Pure. */

void rcp_x12_answer_read (RcpEligibilityAnswer *answer, const char *content_type, GBytes *body);

G_END_DECLS
