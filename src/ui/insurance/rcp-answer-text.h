/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "clinic/rcp-coverage.h"
#include "clinic/rcp-values.h"
#include "insurance/rcp-eligibility-answer.h"
#include "insurance/rcp-estimate.h"

G_BEGIN_DECLS

/* What a payer said, in the words of the desk. Pure. All char * are (transfer full). */

/**
 * RcpAnswerFact: one line of what a plan pays
 * @title: translated: "Copay"
 * @text: "$25.00"
 * @is_warning: it asks for something to be done before the visit
 */
typedef struct
{
  const char *title;
  char *text;
  gboolean is_warning;
} RcpAnswerFact;

const char *rcp_answer_text_status (RcpEligibilityStatus status);
const char *rcp_answer_text_icon (RcpEligibilityStatus status);
const char *rcp_answer_text_relationship (const char *code);
char *rcp_answer_text_order (guint order);
char *rcp_answer_text_plan (RcpCoverage *coverage);
char *rcp_answer_text_period (RcpCoverage *coverage);
char *rcp_answer_text_source (const RcpEligibilityAnswer *answer, GTimeZone *zone);
char *rcp_answer_text_money (const RcpCost *cost);
char *rcp_answer_text_cost (const RcpEstimate *estimate, const RcpCostShare *share);
const char *rcp_answer_text_network (RcpNetwork side);
GPtrArray *rcp_answer_text_list_facts (const RcpEligibilityAnswer *answer, RcpNetwork side, RcpVisitType *visit_type, gboolean is_shared);

G_END_DECLS
