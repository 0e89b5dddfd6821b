/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Private to scheduling: for the kinds of RcpVisitOperation. */

#include "scheduling/rcp-visit-change.h"
#include "scheduling/rcp-visit-operation.h"

G_BEGIN_DECLS

/* (transfer full): a new operation of @type. */
gpointer rcp_visit_operation_construct (GType type, FhirClient *client, RcpClock *clock, RcpDeed deed);

G_END_DECLS
