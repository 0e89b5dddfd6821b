/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

typedef struct _ESource ESource;

/**
 * RcpCalendarState:
 *
 * What is known of the way to a calendar's server.
 * @RCP_CALENDAR_UNKNOWN: nobody has used it since Evolution Data Server started, or its server is away
 * @RCP_CALENDAR_CONNECTING: on the way
 * @RCP_CALENDAR_CONNECTED: there, or it is a calendar of this computer
 * @RCP_CALENDAR_NEEDS_PASSWORD: waits for a password that somebody has to give
 * @RCP_CALENDAR_NOT_TRUSTED: its certificate is not trusted
 */
typedef enum
{
  RCP_CALENDAR_UNKNOWN,
  RCP_CALENDAR_CONNECTING,
  RCP_CALENDAR_CONNECTED,
  RCP_CALENDAR_NEEDS_PASSWORD,
  RCP_CALENDAR_NOT_TRUSTED,
} RcpCalendarState;

/**
 * RcpCalendar:
 *
 * A calendar that Evolution Data Server knows. Its properties "name", "account", "colour", "enabled" and "state" notify of changes;
 * "uid" and "account-uid" stay.
 */
#define RCP_TYPE_CALENDAR (rcp_calendar_get_type ())
G_DECLARE_FINAL_TYPE (RcpCalendar, rcp_calendar, RCP, CALENDAR, GObject)

/* @account: the source that it belongs to, or NULL. */
RcpCalendar *rcp_calendar_new (ESource *source, ESource *account);
ESource *rcp_calendar_get_source (RcpCalendar *self);
const char *rcp_calendar_get_uid (RcpCalendar *self);
const char *rcp_calendar_get_name (RcpCalendar *self);
const char *rcp_calendar_get_account (RcpCalendar *self); /* or NULL: of this computer */
const char *rcp_calendar_get_colour (RcpCalendar *self);  /* "#62a0ea" or a name of CSS, or NULL */
gboolean rcp_calendar_is_enabled (RcpCalendar *self);
/* FALSE for kinds that nobody can write: a published file, birthdays, weather. A server may refuse the others still. */
gboolean rcp_calendar_can_be_written (RcpCalendar *self);
RcpCalendarState rcp_calendar_get_state (RcpCalendar *self);
/* Takes what its source says now. Private to the calendars. */
void rcp_calendar_update (RcpCalendar *self, ESource *account);

G_END_DECLS
