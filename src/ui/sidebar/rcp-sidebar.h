/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rcp-page.h"
#include "ui/board/rcp-board-model.h"

G_BEGIN_DECLS

/**
 * RcpSidebar:
 *
 * What stands at the left of every page: a month that turns the board, the pages with their counts, and sections below them. It fills
 * itself once the window has drawn its first frame.
 *
 * Signal: "went" when a day or a page was chosen here, or Escape was pressed: a sidebar that covers the page may go.
 */
#define RCP_TYPE_SIDEBAR (rcp_sidebar_get_type ())
G_DECLARE_FINAL_TYPE (RcpSidebar, rcp_sidebar, RCP, SIDEBAR, GtkWidget)

GtkWidget *rcp_sidebar_new (RcpPages *pages, RcpBoardModel *model, RcpClock *clock);
/* A section under the pages: seen while @content is visible. */
void rcp_sidebar_add_section (RcpSidebar *self, const char *title, GtkWidget *content);

G_END_DECLS
