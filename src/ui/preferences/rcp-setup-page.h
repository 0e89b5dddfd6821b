/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "scheduling/rcp-setup.h"
#include "ui/rcp-desk.h"

G_BEGIN_DECLS

/**
 * RcpSetupPage:
 *
 * All that there is of one kind, and a button to add one. Signal "saved" after one was made or changed.
 */
#define RCP_TYPE_SETUP_PAGE (rcp_setup_page_get_type ())
G_DECLARE_FINAL_TYPE (RcpSetupPage, rcp_setup_page, RCP, SETUP_PAGE, AdwBin)

GtkWidget *rcp_setup_page_new (RcpDesk *desk, RcpSetupKind kind);
const char *rcp_setup_page_get_title (RcpSetupKind kind);

G_END_DECLS
