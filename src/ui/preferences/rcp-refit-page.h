/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "ui/rcp-desk.h"

G_BEGIN_DECLS

/**
 * RcpRefitPage:
 *
 * The visits that fit the hours no more, as work to do: each is moved, or kept where it is. Property "n-visits".
 */
#define RCP_TYPE_REFIT_PAGE (rcp_refit_page_get_type ())
G_DECLARE_FINAL_TYPE (RcpRefitPage, rcp_refit_page, RCP, REFIT_PAGE, AdwBin)

GtkWidget *rcp_refit_page_new (RcpDesk *desk);
void rcp_refit_page_reload (RcpRefitPage *self);
guint rcp_refit_page_get_n_visits (RcpRefitPage *self);

G_END_DECLS
