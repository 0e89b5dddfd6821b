/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define RCP_SCHEDULING_ERROR (rcp_scheduling_error_quark ())

/**
 * RcpSchedulingError: the message is translated and says what failed, whether the visit is booked, and what to do now;
 * the technical text is behind rcp_scheduling_error_get_detail().
 * @RCP_SCHEDULING_ERROR_TAKEN: somebody was faster; nothing was changed
 * @RCP_SCHEDULING_ERROR_CHANGED: the visit itself was changed meanwhile; nothing was changed
 * @RCP_SCHEDULING_ERROR_UNKNOWN: it could not be found out whether the record holds it; look again
 * @RCP_SCHEDULING_ERROR_NOT_KEPT: the server answered yes but its record differs from what was asked (named in the
 * detail)
 * @RCP_SCHEDULING_ERROR_REFUSED: the server will not take it
 * @RCP_SCHEDULING_ERROR_NOT_ATOMIC: the server has no transactions
 * @RCP_SCHEDULING_ERROR_OFFLINE: not reached; nothing was changed
 * @RCP_SCHEDULING_ERROR_SIGN_IN: 401 or 403
 * @RCP_SCHEDULING_ERROR_TOO_LATE: the time in which it could be undone is over
 * @RCP_SCHEDULING_ERROR_TOLD: the patient was told already, so it cannot be undone
 * @RCP_SCHEDULING_ERROR_LIMIT: no more visits may be put beside others in this half day
 * @RCP_SCHEDULING_ERROR_BOOKED: the time to be blocked has visits in it
 * @RCP_SCHEDULING_ERROR_KEPT: the provider's own calendar keeps the time by now; nothing was changed
 */
typedef enum
{
  RCP_SCHEDULING_ERROR_FAILED,
  RCP_SCHEDULING_ERROR_TAKEN,
  RCP_SCHEDULING_ERROR_CHANGED,
  RCP_SCHEDULING_ERROR_UNKNOWN,
  RCP_SCHEDULING_ERROR_NOT_KEPT,
  RCP_SCHEDULING_ERROR_REFUSED,
  RCP_SCHEDULING_ERROR_NOT_ATOMIC,
  RCP_SCHEDULING_ERROR_OFFLINE,
  RCP_SCHEDULING_ERROR_SIGN_IN,
  RCP_SCHEDULING_ERROR_TOO_LATE,
  RCP_SCHEDULING_ERROR_TOLD,
  RCP_SCHEDULING_ERROR_LIMIT,
  RCP_SCHEDULING_ERROR_BOOKED,
  RCP_SCHEDULING_ERROR_KEPT,
} RcpSchedulingError;

/* What was being done; it decides how an error says where the visit stands. */
typedef enum
{
  RCP_DEED_BOOK,
  RCP_DEED_MOVE,
  RCP_DEED_CANCEL,
  RCP_DEED_SET_STATUS,
  RCP_DEED_UNDO,
  RCP_DEED_BLOCK,
  RCP_DEED_UNBLOCK,
  RCP_DEED_WAIT,
} RcpDeed;

GQuark rcp_scheduling_error_quark (void);
const char *rcp_scheduling_error_get_detail (const GError *error);

G_END_DECLS
