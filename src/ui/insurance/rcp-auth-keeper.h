/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/rcp-desk.h"

G_BEGIN_DECLS

/**
 * RcpAuthKeeper:
 *
 * Follows what this desk does to visits: what a payer has to authorize becomes work when a visit is booked, is due on another day when it is
 * moved, and is over when it is cancelled.
 */
#define RCP_TYPE_AUTH_KEEPER (rcp_auth_keeper_get_type ())
G_DECLARE_FINAL_TYPE (RcpAuthKeeper, rcp_auth_keeper, RCP, AUTH_KEEPER, GObject)

RcpAuthKeeper *rcp_auth_keeper_new (RcpDesk *desk);
void rcp_auth_keeper_take_undone (RcpAuthKeeper *self, RcpVisit *was);
guint rcp_auth_keeper_count_busy (RcpAuthKeeper *self); /* of how many visits it is finding out */

G_END_DECLS
