/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the program finds in the module when it has loaded it. The types of the floors below are those of the program itself. */

#define G_LOG_DOMAIN "rcp-calendars"

#include "calendars/rcp-eds-service.h"
#include "rcp-mirror-keeper.h"
#include "rcp-visit-export.h"

#include <gmodule.h>

G_MODULE_EXPORT RcpCalendarService *reception_calendars_new (void);
G_MODULE_EXPORT RcpMirrorService *reception_mirrors_new (RcpCalendarService *service);

G_MODULE_EXPORT extern const RcpVisitExporter reception_visit_exporter;
const RcpVisitExporter reception_visit_exporter = { rcp_visit_export_async, rcp_visit_export_finish };

G_MODULE_EXPORT RcpCalendarService *
reception_calendars_new (void)
{
  return rcp_eds_service_new ();
}

G_MODULE_EXPORT RcpMirrorService *
reception_mirrors_new (RcpCalendarService *service)
{
  return rcp_mirror_keeper_new (RCP_CALENDARS (rcp_calendar_service_get_calendars (service)));
}
