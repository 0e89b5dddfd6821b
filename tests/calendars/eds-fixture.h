/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* A real Evolution Data Server on the bus of the test. What a person does in another program goes through here. */

#include <libecal/libecal.h>

#include "calendars/rcp-calendars.h"

G_BEGIN_DECLS

RcpCalendars *eds_open (void); /* (transfer full); waits for it */
/* Makes a calendar of this computer and waits until @calendars has it: borrowed. */
RcpCalendar *eds_add_local (RcpCalendars *calendars, const char *name);
void eds_commit (RcpCalendars *calendars, ESource *source);

/* As another program would, over a connection of its own. */
ECalClient *eds_connect (RcpCalendar *calendar);
void eds_put (ECalClient *client, const char *lines); /* a new VEVENT of these lines */
void eds_change (ECalClient *client, const char *lines, ECalObjModType mod);
void eds_remove (ECalClient *client, const char *uid, const char *recurrence_id);

/* Ends the programs of Evolution Data Server on this bus whose name contains @what. */
void eds_kill (const char *what);

G_END_DECLS
