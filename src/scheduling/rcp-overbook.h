/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "clinic/rcp-day.h"
#include "scheduling/rcp-conflicts.h"
#include "scheduling/rcp-wish.h"

G_BEGIN_DECLS

/* Rules for putting a visit where others are already; pure, no I/O, no clock. */

/* Whether a visit with @kinds (RCP_CONFLICT_BIT()) in its way may be put there with a reason: nobody can come when the time is
 * over, the place closed, or the provider not there, whatever the reason. */
gboolean rcp_overbook_is_possible (guint kinds);
/* The time of a loaded day, with those slots that it touches: (transfer full). */
RcpOffer *rcp_overbook_make_offer (RcpDay *day, RcpProvider *provider, RcpTimeRange range);

/* The half day of the place in which @start is: until noon, or from then on. */
RcpTimeRange rcp_overbook_get_session (gint64 start, GTimeZone *zone);
/* How many visits of @provider that begin in @session were put beside others on purpose, without the one of @except_id
 * (nullable). @visits: of RcpVisit */
guint rcp_overbook_count (GListModel *visits, RcpProvider *provider, RcpTimeRange session, const char *except_id);
/* How many are allowed in one session; -1 when nobody has set a limit. */
int rcp_overbook_get_limit (RcpProvider *provider);

G_END_DECLS
