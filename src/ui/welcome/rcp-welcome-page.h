/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "ui/rcp-source.h"

G_BEGIN_DECLS

/**
 * RcpWelcomePage:
 *
 * The first-run choice: sample clinic, a practice on this computer, or a server. Signal "confirmed" (RcpSource).
 */
#define RCP_TYPE_WELCOME_PAGE (rcp_welcome_page_get_type ())
G_DECLARE_FINAL_TYPE (RcpWelcomePage, rcp_welcome_page, RCP, WELCOME_PAGE, GtkWidget)

GtkWidget *rcp_welcome_page_new (void);
void rcp_welcome_page_set_can_go_back (RcpWelcomePage *self, gboolean can_go_back);
/* A server was chosen here and is being asked, or did not open. */
void rcp_welcome_page_set_busy (RcpWelcomePage *self, gboolean busy);
/* Asks for another address or token of @url. */
void rcp_welcome_page_ask_server (RcpWelcomePage *self, const char *url, const GError *error);

G_END_DECLS
