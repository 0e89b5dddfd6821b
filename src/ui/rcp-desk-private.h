/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rcp-desk.h"

G_BEGIN_DECLS

/* What rcp-desk-open.c does with the desk. */
void rcp_desk_set_state (RcpDesk *self, RcpDeskState state, const GError *error);
void rcp_desk_take_record (RcpDesk *self, FhirClient *client, RcpRoster *roster, RcpDay *day);
RcpHeadStart *rcp_desk_steal_head_start (RcpDesk *self); /* (transfer full) (nullable) */

G_END_DECLS
