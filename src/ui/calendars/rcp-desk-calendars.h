/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "calendars/rcp-calendar-service.h"
#include "mirroring/rcp-visit-export.h"
#include "ui/calendars/rcp-desk-files.h"
#include "ui/calendars/rcp-desk-mirrors.h"
#include "ui/rcp-desk.h"

G_BEGIN_DECLS

/**
 * RcpCalendarsState:
 * @RCP_CALENDARS_OFF: nobody has asked for them yet
 * @RCP_CALENDARS_OPENING: they are being loaded or found
 * @RCP_CALENDARS_READY: there they are
 * @RCP_CALENDARS_FAILED: there are none; rcp_desk_calendars_dup_problem() says why
 */
typedef enum
{
  RCP_CALENDARS_OFF,
  RCP_CALENDARS_OPENING,
  RCP_CALENDARS_READY,
  RCP_CALENDARS_FAILED,
} RcpCalendarsState;

/**
 * RcpDeskCalendars:
 *
 * What joins a desk and the calendars of its computer. The part of the program that reads calendars is loaded once it is
 * needed: when calendars were chosen for the record that is open, or when somebody wants to choose some. Until
 * they are read, what they kept last is used, as of then. "changed" tells of another state.
 */
#define RCP_TYPE_DESK_CALENDARS (rcp_desk_calendars_get_type ())
G_DECLARE_FINAL_TYPE (RcpDeskCalendars, rcp_desk_calendars, RCP, DESK_CALENDARS, GObject)

RcpDeskCalendars *rcp_desk_calendars_new (RcpDesk *desk, GSettings *settings);
/* @record: of rcp_source_dup_key(), when it begins to be opened. */
void rcp_desk_calendars_expect (RcpDeskCalendars *self, const char *record);
/* @record: the same, once it is open; what is chosen for it is read a moment later. */
void rcp_desk_calendars_set_record (RcpDeskCalendars *self, const char *record);
const char *rcp_desk_calendars_get_record (RcpDeskCalendars *self); /* or NULL */
GSettings *rcp_desk_calendars_get_settings (RcpDeskCalendars *self);
RcpDeskMirrors *rcp_desk_calendars_get_mirrors (RcpDeskCalendars *self); /* those that show visits; for life */
RcpDeskFiles *rcp_desk_calendars_get_files (RcpDeskCalendars *self); /* that are kept fresh; for life */
const RcpVisitExporter *rcp_desk_calendars_get_exporter (RcpDeskCalendars *self); /* NULL before the module is loaded */
void rcp_desk_calendars_want (RcpDeskCalendars *self); /* loads them now, or tries again */
RcpCalendarsState rcp_desk_calendars_get_state (RcpDeskCalendars *self);
char *rcp_desk_calendars_dup_problem (RcpDeskCalendars *self); /* in words, or NULL: (transfer full) */
RcpCalendarService *rcp_desk_calendars_get_service (RcpDeskCalendars *self); /* NULL unless it is ready */

G_END_DECLS
