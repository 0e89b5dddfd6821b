/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "insurance/rcp-prior-auths.h"
#include "ui/rcp-desk.h"

G_BEGIN_DECLS

/**
 * RcpAuthModel:
 *
 * What payers have to authorize before visits and have not yet: the same at every desk. It is read again when the record tells of a change of it.
 *
 * Property: "count" (uint). Signals: "read" when they were read, or could not be; "receiving" when another number is on its way to the
 * record than before, or none; "received" (RcpPriorAuth) when one is there; "failed" (GError) when one did not get through.
 */
#define RCP_TYPE_AUTH_MODEL (rcp_auth_model_get_type ())
G_DECLARE_FINAL_TYPE (RcpAuthModel, rcp_auth_model, RCP, AUTH_MODEL, GObject)

RcpAuthModel *rcp_auth_model_new (RcpDesk *desk);
RcpDesk *rcp_auth_model_get_desk (RcpAuthModel *self);
GListModel *rcp_auth_model_get_list (RcpAuthModel *self); /* of RcpPriorAuth, what is due first; the same list for life */
guint rcp_auth_model_get_count (RcpAuthModel *self);
gboolean rcp_auth_model_is_read (RcpAuthModel *self);
gboolean rcp_auth_model_has_failed (RcpAuthModel *self);
void rcp_auth_model_reload (RcpAuthModel *self);
gboolean rcp_auth_model_receive (RcpAuthModel *self, RcpPriorAuth *auth, const char *number);
gboolean rcp_auth_model_is_receiving (RcpAuthModel *self, RcpPriorAuth *auth);

G_END_DECLS
