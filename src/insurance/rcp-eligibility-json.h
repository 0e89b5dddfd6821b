/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "clinic/rcp-coverage.h"
#include "insurance/rcp-eligibility-answer.h"

G_BEGIN_DECLS

/* An answer as a CoverageEligibilityResponse, and the question behind it as a CoverageEligibilityRequest. */

JsonObject *rcp_eligibility_request_to_json (const RcpEligibilityAnswer *answer, RcpCoverage *coverage);
JsonObject *rcp_eligibility_answer_to_json (const RcpEligibilityAnswer *answer, RcpCoverage *coverage, const char *request);
RcpEligibilityAnswer *rcp_eligibility_answer_from_json (JsonObject *response);

G_END_DECLS
