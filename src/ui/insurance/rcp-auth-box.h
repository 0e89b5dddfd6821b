/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "ui/insurance/rcp-auth-model.h"

G_BEGIN_DECLS

/**
 * RcpAuthBox:
 *
 * What payers have to authorize before one visit, or have: a row for each, and a button for its number. Without any it is not visible.
 */
#define RCP_TYPE_AUTH_BOX (rcp_auth_box_get_type ())
G_DECLARE_FINAL_TYPE (RcpAuthBox, rcp_auth_box, RCP, AUTH_BOX, GtkWidget)

GtkWidget *rcp_auth_box_new (RcpDesk *desk);
void rcp_auth_box_set_model (RcpAuthBox *self, RcpAuthModel *model);
void rcp_auth_box_set_visit (RcpAuthBox *self, RcpVisit *visit);

G_END_DECLS
