/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "clinic/rcp-coverage-fields.h"
#include "clinic/rcp-patient-rules.h"

G_BEGIN_DECLS

/* What is asked of an insurance before it goes to the record. Pure. */

const char *rcp_coverage_field_get_label (RcpCoverageField field);
char *rcp_coverage_rules_normalize (RcpCoverageField field, const char *typed, const RcpDeskPlace *place);
const char *rcp_coverage_rules_check (const RcpCoverageFields *fields, RcpCoverageField *which);

G_END_DECLS
