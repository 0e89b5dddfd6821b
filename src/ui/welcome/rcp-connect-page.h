/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "ui/rcp-source.h"

G_BEGIN_DECLS

/**
 * RcpConnectPage:
 *
 * Asks for the address of a server and a token. Signal "confirmed" (RcpSource).
 */
#define RCP_TYPE_CONNECT_PAGE (rcp_connect_page_get_type ())
G_DECLARE_FINAL_TYPE (RcpConnectPage, rcp_connect_page, RCP, CONNECT_PAGE, GtkWidget)

void rcp_connect_page_set_url (RcpConnectPage *self, const char *url);
void rcp_connect_page_set_busy (RcpConnectPage *self, gboolean busy);
/* Says why it did not work; NULL takes it back. */
void rcp_connect_page_set_error (RcpConnectPage *self, const GError *error);

G_END_DECLS
