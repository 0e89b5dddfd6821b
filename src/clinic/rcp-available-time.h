/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* PractitionerRole.availableTime and notAvailable. Private to the clinic. */

#include <json-glib/json-glib.h>

#include "base/rcp-weekly-hours.h"

G_BEGIN_DECLS

RcpWeeklyHours *rcp_available_time_read (JsonObject *resource, GTimeZone *zone);

G_END_DECLS
