/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Calendars of a clinic, as its Preferences would show them: some well, one that is behind, an account that needs its password. */

#include "calendars/rcp-calendar-service.h"
#include "mirroring/rcp-mirror-service.h"

G_BEGIN_DECLS

#define SAMPLE_CALENDAR_DIARY "calendar-diary"   /* can be written; is read */
#define SAMPLE_CALENDAR_TEAM "calendar-team"     /* can be written; its server was not reached since a while */
#define SAMPLE_CALENDAR_VISITS "calendar-visits" /* can be written; for a mirror, which is behind */

/* For the module; (transfer full). */
RcpCalendarService *sample_calendars_new (void);
RcpMirrorService *sample_mirrors_new (void);

G_END_DECLS
