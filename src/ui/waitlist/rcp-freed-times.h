/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/waitlist/rcp-wait-list-model.h"

G_BEGIN_DECLS

/**
 * RcpFreedTimes:
 *
 * The times that have become free since the desk was opened, next to one another joined, and for which of them somebody
 * waits. Pure.
 */
#define RCP_TYPE_FREED_TIMES (rcp_freed_times_get_type ())
G_DECLARE_FINAL_TYPE (RcpFreedTimes, rcp_freed_times, RCP, FREED_TIMES, GObject)

RcpFreedTimes *rcp_freed_times_new (void);
void rcp_freed_times_add (RcpFreedTimes *self, RcpProvider *provider, RcpTimeRange range);
void rcp_freed_times_remove (RcpFreedTimes *self, RcpProvider *provider, RcpTimeRange range);
void rcp_freed_times_clear (RcpFreedTimes *self);
/* Who of @waiting could have which; what begins before @now is forgotten. */
void rcp_freed_times_rank (RcpFreedTimes *self, GListModel *waiting, RcpRoster *roster, gint64 now);
GListModel *rcp_freed_times_get_list (RcpFreedTimes *self); /* of RcpFreed, the soonest first */

G_END_DECLS
