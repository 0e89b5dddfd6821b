/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/rcp-busy-times.h"
#include "base/rcp-clock.h"
#include "clinic/rcp-day.h"
#include "clinic/rcp-head-start.h"
#include "clinic/rcp-practice-host.h"
#include "clinic/rcp-roster.h"
#include "fhir/fhir-client.h"
#include "scheduling/rcp-booking-marks.h"
#include "scheduling/rcp-visit-operation.h"
#include "ui/insurance/rcp-payer.h"

G_BEGIN_DECLS

/* How far ahead slots are published, today included. */
#define RCP_HORIZON_DAYS 90

/**
 * RcpDeskState:
 * @RCP_DESK_CLOSED: nothing was opened yet
 * @RCP_DESK_CONNECTING: the record is being opened; client, roster and day book are still those of before, or NULL
 * @RCP_DESK_READY: client, roster and day book are there
 * @RCP_DESK_FAILED: it could not be opened; rcp_desk_get_error() says why
 */
typedef enum
{
  RCP_DESK_CLOSED,
  RCP_DESK_CONNECTING,
  RCP_DESK_READY,
  RCP_DESK_FAILED,
} RcpDeskState;

#define RCP_TYPE_DESK_STATE (rcp_desk_state_get_type ())
GType rcp_desk_state_get_type (void);

/**
 * RcpDesk:
 *
 * The session of one desk: which record is open, and the live objects that show it. Windows and dialogs share one.
 *
 * Signals: "notify::state"; "roster-changed" when providers, places or hours were read anew; "done" (GObject) when an
 * operation of this desk has changed the record; "all-done" (GPtrArray) when several have that belong together; "hours-late"
 * (GError) when free times could not be published and are tried again, and with %NULL when they are there after all.
 */
#define RCP_TYPE_DESK (rcp_desk_get_type ())
G_DECLARE_FINAL_TYPE (RcpDesk, rcp_desk, RCP, DESK, GObject)

RcpDesk *rcp_desk_new (RcpClock *clock);

RcpDeskState rcp_desk_get_state (RcpDesk *self);
const GError *rcp_desk_get_error (RcpDesk *self);     /* NULL but in RCP_DESK_FAILED */

/* All borrowed. NULL before RCP_DESK_READY, but for the clock and the zone. */
FhirClient *rcp_desk_get_client (RcpDesk *self);
RcpRoster *rcp_desk_get_roster (RcpDesk *self);
RcpDayBook *rcp_desk_get_day_book (RcpDesk *self);
RcpBookingMarks *rcp_desk_get_marks (RcpDesk *self);  /* what other desks are about to book, and this one */
/* Tells @operation, which was not run yet, what it is to know of the desk: its name, and what the calendars of providers keep. */
void rcp_desk_equip (RcpDesk *self, RcpVisitOperation *operation);
RcpBusyTimes *rcp_desk_get_busy_times (RcpDesk *self); /* by the calendars of providers; never NULL */
RcpClock *rcp_desk_get_clock (RcpDesk *self);
GTimeZone *rcp_desk_get_zone (RcpDesk *self);         /* of the clinic; the local one before it is known */
void rcp_desk_get_today (RcpDesk *self, GDate *today); /* the clinic's day that the clock is in */

const char *rcp_desk_get_name (RcpDesk *self);        /* in the history of what is done; may be "" */

/* How this desk asks payers; NULL where nobody has said. */
RcpPayer *rcp_desk_get_payer (RcpDesk *self);
void rcp_desk_set_payer (RcpDesk *self, RcpPayer *payer);

/* After a change of our own: the board reads the days of @range again. */
void rcp_desk_invalidate (RcpDesk *self, RcpTimeRange range);

/* @operation: a RcpVisitOperation or RcpBlockTime that has succeeded: it can be undone for a while. */
void rcp_desk_tell_done (RcpDesk *self, GObject *operation);
/* @operations: (element-type RcpVisitOperation): done as one, and undone as one. */
void rcp_desk_tell_all_done (RcpDesk *self, GPtrArray *operations);
/* Property "undo-grace", in minutes; here in microseconds. */
gint64 rcp_desk_get_undo_grace (RcpDesk *self);

/* Opens the record behind @client: capabilities, roster, day book; then publishes hours in the background. */
void rcp_desk_open_async (RcpDesk *self, FhirClient *client, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean rcp_desk_open_finish (RcpDesk *self, GAsyncResult *result, GError **error);
/* The server of the record that is opened next, when it is on this computer: runs as long as the record is open. @host: nullable.
 * When it ends by itself the desk has failed. */
void rcp_desk_set_host (RcpDesk *self, RcpPracticeHost *host);
RcpPracticeHost *rcp_desk_get_host (RcpDesk *self);   /* or NULL */
/* What is being read of that server already; forgotten with the host. */
void rcp_desk_set_head_start (RcpDesk *self, RcpHeadStart *head_start);
/* Reads the roster of the open record again. */
void rcp_desk_reload_roster (RcpDesk *self);
void rcp_desk_reload_roster_async (RcpDesk *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean rcp_desk_reload_roster_finish (RcpDesk *self, GAsyncResult *result, GError **error);

G_END_DECLS
