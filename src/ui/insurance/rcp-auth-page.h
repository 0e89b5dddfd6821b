/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "ui/insurance/rcp-auth-model.h"

G_BEGIN_DECLS

/**
 * RcpAuthPage:
 *
 * What payers have to authorize before visits, what is due first: the desk writes down the number of each.
 *
 * Signal: "visit-activated" (RcpVisit): it is to be shown.
 */
#define RCP_TYPE_AUTH_PAGE (rcp_auth_page_get_type ())
G_DECLARE_FINAL_TYPE (RcpAuthPage, rcp_auth_page, RCP, AUTH_PAGE, GtkWidget)

GtkWidget *rcp_auth_page_new (RcpAuthModel *model);
void rcp_auth_page_ask (GtkWidget *above, RcpAuthModel *model, RcpPriorAuth *auth); /* for the number, in a dialog */

G_END_DECLS
