/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "clinic/rcp-roster.h"

G_BEGIN_DECLS

/* Makes a roster of what was read. @resources: (element-type utf8 FhirResource) by reference, "Schedule/12".
 * Roles are found by the Schedule's actor or by their practitioner. */
RcpRoster *rcp_roster_new (GHashTable *resources);

G_END_DECLS
