/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "clinic/rcp-values.h"

G_BEGIN_DECLS

/* What of the working time of @provider on @day lies in @taken, normalized; both of RcpTimeRange: (transfer full). */
GArray *rcp_kept_hours_list (RcpProvider *provider, const GDate *day, GArray *taken);
/* Joins in place those between which no slot of @grain minutes has room: each slot touches one of them at most. */
void rcp_kept_hours_join (GArray *ranges, guint grain);
gint64 rcp_kept_hours_sum (GArray *ranges); /* microseconds */

G_END_DECLS
