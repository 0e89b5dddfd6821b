/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What the program finds in the module when it has loaded it. The types of src/base are those of the program itself. */

#define G_LOG_DOMAIN "rcp-calendars"

#include "rcp-eds-service.h"

#include <gmodule.h>

G_MODULE_EXPORT RcpCalendarService *reception_calendars_new (void);

G_MODULE_EXPORT RcpCalendarService *
reception_calendars_new (void)
{
  return rcp_eds_service_new ();
}
