/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "insurance/rcp-prior-auths.h"
#include "ui/insurance/rcp-insurance-model.h"

G_BEGIN_DECLS

/**
 * RcpAuthSettler:
 *
 * Makes of what the payers say of a booked visit the work that follows from it, whenever they say something else. Nobody waits for it;
 * what fails is tried again after a while, and when they say something else.
 *
 * Signals: "changed" when something was settled, or could not be.
 */
#define RCP_TYPE_AUTH_SETTLER (rcp_auth_settler_get_type ())
G_DECLARE_FINAL_TYPE (RcpAuthSettler, rcp_auth_settler, RCP, AUTH_SETTLER, GObject)

RcpAuthSettler *rcp_auth_settler_new (RcpDesk *desk, RcpInsuranceModel *model);
void rcp_auth_settler_set_visit (RcpAuthSettler *self, RcpVisit *visit, gboolean may_have_some);
gboolean rcp_auth_settler_is_busy (RcpAuthSettler *self);
gboolean rcp_auth_settler_is_pending (RcpAuthSettler *self);
RcpPriorAuth *rcp_auth_settler_find (RcpAuthSettler *self, RcpCoverage *coverage); /* of the visit; borrowed, or NULL */

G_END_DECLS
