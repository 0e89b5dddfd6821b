/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Private to scheduling: for the kinds of RcpVisitOperation. */

#include "scheduling/rcp-visit-change.h"
#include "scheduling/rcp-visit-operation.h"

G_BEGIN_DECLS

/* (transfer full): a new operation of @type. */
gpointer rcp_visit_operation_construct (GType type, FhirClient *client, RcpClock *clock, RcpDeed deed);

/* For those that are run in one transaction with others. The change to make: (transfer full); NULL with an error. */
RcpVisitChange *rcp_visit_operation_begin (RcpVisitOperation *self, GError **error);
/* It was made; @visit is as read back. */
void rcp_visit_operation_end (RcpVisitOperation *self, RcpVisitChange *change, RcpVisit *visit);

G_END_DECLS
