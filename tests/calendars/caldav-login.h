/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* The calendar of a CaldavServer as one of Evolution Data Server's, for a test in the place of the desk's dialogs. */

#include <libecal/libecal.h>

#include "caldav-server.h"
#include "calendars/rcp-calendars.h"

G_BEGIN_DECLS

/* Adds the calendar and waits until @calendars has it: (transfer full). */
RcpCalendar *caldav_login_add_calendar (RcpCalendars *calendars, CaldavServer *server);
/* Answers "credentials-required": trusts the certificate where that is asked, and gives the password. Returns whether the
 * password was asked for. */
gboolean caldav_login_answer (ESource *source, ESourceCredentialsReason reason, const char *certificate, const char *password);
/* What the interval of a calendar does by itself; waits until the server has answered, or does not. */
void caldav_login_refresh (ECalClient *client);

G_END_DECLS
