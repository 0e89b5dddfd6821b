/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "clinic/rcp-values.h"

G_BEGIN_DECLS

/**
 * RcpFlowKey:
 * @name: of the action: "arrive"
 * @status: what the visit becomes
 * @key: the letter that does it, in lower case
 * @label: for a button; untranslated, marked with N_()
 *
 * One step of a visit through the day.
 */
typedef struct
{
  const char *name;
  RcpVisitStatus status;
  char key;
  const char *label;
} RcpFlowKey;

/* In the order of the day. */
const RcpFlowKey *rcp_flow_get_keys (guint *n_keys);
const RcpFlowKey *rcp_flow_find_name (const char *name);      /* or NULL */
const RcpFlowKey *rcp_flow_find_status (RcpVisitStatus status); /* or NULL */

/* How many minutes a visit that has not begun is late; 0 when it is not. @now: 0 for no timers at all. */
guint rcp_flow_get_late_minutes (RcpVisit *visit, gint64 now);
/* How many minutes the patient has been in the house without being with the provider; 0 when it is not known. */
guint rcp_flow_get_waiting_minutes (RcpVisit *visit, gint64 now);
/* "Arrived, waits 4 min", "Room 2 for 9 min", "Late 7 min", "Confirmed": (transfer full). */
char *rcp_flow_text_status (RcpVisit *visit, gint64 now);

G_END_DECLS
