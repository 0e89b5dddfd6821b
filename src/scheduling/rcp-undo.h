/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "clinic/rcp-roster.h"
#include "scheduling/rcp-visit-operation.h"

G_BEGIN_DECLS

/* How long after it was done, if nobody says otherwise. */
#define RCP_UNDO_GRACE (3 * G_TIME_SPAN_MINUTE)

/**
 * RcpUndo:
 *
 * Takes back what an operation did: a booking never was, a moved visit goes back, a cancelled one is booked again in its
 * old time, a status is the earlier one. Refused when the time for it is over, when another desk changed the visit
 * meanwhile or has the time, and when the patient was told. Run it with rcp_visit_operation_run_async().
 */
#define RCP_TYPE_UNDO (rcp_undo_get_type ())
G_DECLARE_FINAL_TYPE (RcpUndo, rcp_undo, RCP, UNDO, RcpVisitOperation)

/* @done: an operation that has succeeded; what follows from its result. NULL when it cannot be undone at all. @roster: for
 * the clock of the place and the names in refusals, or NULL. @grace: microseconds. */
RcpUndo *rcp_undo_new (RcpVisitOperation *done, RcpRoster *roster, gint64 grace);
RcpDeed rcp_undo_get_undone (RcpUndo *self);   /* what it takes back */
RcpVisit *rcp_undo_get_visit (RcpUndo *self);  /* as it is now */
gint64 rcp_undo_get_until (RcpUndo *self);     /* the first instant at which it is too late */
gboolean rcp_undo_is_open (RcpUndo *self);     /* whether it is not too late yet, and it was not run */

G_END_DECLS
