/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Private to scheduling: the visits in time that is blocked become work to do, and stop being it when the time is freed. Pure. */

#include "clinic/rcp-values.h"
#include "fhir/fhir-client.h"

G_BEGIN_DECLS

/* The visits that stand in the way of blocking @range: they take time and are not done with; (transfer full) (element-type
 * RcpVisit), by start. */
GPtrArray *rcp_block_visits_pick (FhirBundle *bundle, RcpTimeRange range);
/* "Tue 1 Dec, 09:00 Garcia, Maria; ..." of @visits; NULL when there are none. */
char *rcp_block_visits_name (GPtrArray *visits, GTimeZone *zone);

/* Adds to @transaction what makes each of @visits work to do; @tasks (of FhirBundle): what is known already. (transfer full): those that were not
 * work before. */
GPtrArray *rcp_block_visits_add_work (FhirTransaction *transaction, GPtrArray *visits, GPtrArray *tasks, gint64 now);
/* Ticks off what of @tasks is work only because of a block. (transfer full): those of @visits that were. */
GPtrArray *rcp_block_visits_end_work (FhirTransaction *transaction, GPtrArray *visits, GPtrArray *tasks, gint64 now);

G_END_DECLS
