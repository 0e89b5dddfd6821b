/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/rcp-clock.h"
#include "insurance/rcp-eligibility-backend.h"

G_BEGIN_DECLS

/**
 * RcpFhirPayer:
 *
 * Asks a payer's FHIR server: by CoverageEligibilityRequest/$submit where there is such an operation, else by storing the request and
 * looking for its CoverageEligibilityResponse until it is not queued any more.
 */
#define RCP_TYPE_FHIR_PAYER (rcp_fhir_payer_get_type ())
G_DECLARE_FINAL_TYPE (RcpFhirPayer, rcp_fhir_payer, RCP, FHIR_PAYER, GObject)

RcpFhirPayer *rcp_fhir_payer_new (FhirClient *client, RcpClock *clock);
void rcp_fhir_payer_set_patience (RcpFhirPayer *self, guint longest_ms, guint pause_ms);

JsonObject *rcp_fhir_payer_compose (const RcpEligibilityQuestion *question, gint64 now);

G_END_DECLS
