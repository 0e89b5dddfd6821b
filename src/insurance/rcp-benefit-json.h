/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

#include "insurance/rcp-benefit.h"

G_BEGIN_DECLS

/* Benefits as items of a CoverageEligibilityResponse. What FHIR has no place for (what remains of a deductible, a network that does
 * not matter) stands in an extension of the item; so what Reception wrote is read again as it was, and others read what is FHIR. */

void rcp_benefits_write_json (GPtrArray *benefits, JsonArray *items);
void rcp_benefits_read_json (JsonArray *items, GPtrArray *benefits);

G_END_DECLS
