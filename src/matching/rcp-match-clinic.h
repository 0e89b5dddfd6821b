/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "clinic/rcp-roster.h"
#include "matching/rcp-match-rank.h"

G_BEGIN_DECLS

/* What counts for the clinic, in the record: an extension of the Organization that is the clinic. Pure: nothing is read from the
 * server. */

#define RCP_MATCH_MOST_WEIGHT 100

FhirResource *rcp_match_clinic_find (RcpRoster *roster);
RcpMatchRules rcp_match_clinic_read (RcpRoster *roster, RcpMatchMethod *method);
void rcp_match_clinic_write (JsonObject *organization, const RcpMatchRules *rules, RcpMatchMethod method);

G_END_DECLS
