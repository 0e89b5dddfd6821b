/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "calendars/rcp-calendar-service.h"
#include "calendars/rcp-calendars.h"

G_BEGIN_DECLS

/**
 * RcpEdsService:
 *
 * The calendars of Evolution Data Server, as a service.
 */
#define RCP_TYPE_EDS_SERVICE (rcp_eds_service_get_type ())
G_DECLARE_FINAL_TYPE (RcpEdsService, rcp_eds_service, RCP, EDS_SERVICE, GObject)

RcpCalendarService *rcp_eds_service_new (void);

G_END_DECLS
