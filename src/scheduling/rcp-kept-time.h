/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Private to scheduling: the last look at a provider's own calendar, before time is taken that it may keep. Pure. */

#include "base/rcp-busy-times.h"
#include "clinic/rcp-values.h"
#include "scheduling/rcp-scheduling-error.h"

G_BEGIN_DECLS

/* FALSE with RCP_SCHEDULING_ERROR_KEPT when the calendar of @provider keeps any of @range. @times: nullable. */
gboolean rcp_kept_time_check (RcpBusyTimes *times, RcpProvider *provider, RcpTimeRange range, RcpDeed deed, GError **error);

G_END_DECLS
