/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "insurance/rcp-eligibility-answer.h"
#include "ui/rcp-desk.h"

G_BEGIN_DECLS

/**
 * RcpRawAnswer:
 *
 * A window with an answer as the payer sent it, from the record.
 */
#define RCP_TYPE_RAW_ANSWER (rcp_raw_answer_get_type ())
G_DECLARE_FINAL_TYPE (RcpRawAnswer, rcp_raw_answer, RCP, RAW_ANSWER, AdwWindow)

GtkWindow *rcp_raw_answer_new (RcpDesk *desk, RcpEligibilityAnswer *answer);
char *rcp_raw_answer_format (GBytes *raw);

G_END_DECLS
