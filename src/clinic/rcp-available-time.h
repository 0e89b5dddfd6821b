/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* PractitionerRole.availableTime and notAvailable, and the closed days of a Location. */

#include <json-glib/json-glib.h>

#include "base/rcp-weekly-hours.h"

G_BEGIN_DECLS

RcpWeeklyHours *rcp_available_time_read (JsonObject *resource, GTimeZone *zone);
/* FALSE for a Period that tells neither start nor end. */
gboolean rcp_available_time_read_period (JsonObject *period, GTimeZone *zone, RcpTimeRange *range);
/* (transfer full) (element-type RcpTimeRange) */
GArray *rcp_available_time_read_closed (JsonObject *location, GTimeZone *zone);

G_END_DECLS
