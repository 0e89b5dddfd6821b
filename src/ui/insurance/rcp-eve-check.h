/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/rcp-desk.h"

G_BEGIN_DECLS

#define RCP_EVE_CHECK_HOUR 14 /* of the clinic's clock: most of those who come tomorrow are booked by then */

/**
 * RcpEveCheck:
 *
 * On the eve the desks ask by themselves about those who come on the next working day and whose answer is missing or old: each of them once,
 * by one desk, one after the other. Without a payer nothing happens.
 */
#define RCP_TYPE_EVE_CHECK (rcp_eve_check_get_type ())
G_DECLARE_FINAL_TYPE (RcpEveCheck, rcp_eve_check, RCP, EVE_CHECK, GObject)

RcpEveCheck *rcp_eve_check_new (RcpDesk *desk);
void rcp_eve_check_end (RcpEveCheck *self); /* (transfer full) */
gboolean rcp_eve_check_run (RcpEveCheck *self);
gboolean rcp_eve_check_is_running (RcpEveCheck *self);

G_END_DECLS
