/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "scheduling/rcp-mirror-ask.h"
#include "scheduling/rcp-visit-operation.h"
#include "ui/rcp-desk.h"

G_BEGIN_DECLS

/**
 * RcpRequestWay:
 *
 * Whether the desk can do what a provider has asked for.
 * @RCP_REQUEST_READING: nobody knows yet: the day is being read
 * @RCP_REQUEST_FREE: yes
 * @RCP_REQUEST_CROWDED: with a reason: others are there, or the time is kept for something else
 * @RCP_REQUEST_CLOSED: no: the time is over, or the place is closed, or nobody works then
 */
typedef enum
{
  RCP_REQUEST_READING,
  RCP_REQUEST_FREE,
  RCP_REQUEST_CROWDED,
  RCP_REQUEST_CLOSED,
} RcpRequestWay;

/**
 * RcpRequest:
 *
 * What a provider has done to a visit in the calendar, before the desk has said yes or no. "changed" tells that what is in the way is other.
 */
#define RCP_TYPE_REQUEST (rcp_request_get_type ())
G_DECLARE_FINAL_TYPE (RcpRequest, rcp_request, RCP, REQUEST, GObject)

RcpRequest *rcp_request_new (RcpDesk *desk, const RcpMirrorAsk *ask);
RcpMirrorRequest *rcp_request_get_request (RcpRequest *self);
RcpVisit *rcp_request_get_visit (RcpRequest *self);
gboolean rcp_request_is_same (RcpRequest *self, const RcpMirrorAsk *ask); /* the same Task, the same version of the visit */
RcpRequestWay rcp_request_get_way (RcpRequest *self);
char *rcp_request_describe (RcpRequest *self);           /* who did what, from when to when: (transfer full) */
char *rcp_request_describe_conflicts (RcpRequest *self); /* a line for each; NULL when there are none: (transfer full) */
/* What does it: (transfer full); NULL when it is not possible. @reason: (nullable): for RCP_REQUEST_CROWDED. */
RcpVisitOperation *rcp_request_make_operation (RcpRequest *self, const char *reason);

G_END_DECLS
