/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "base/rcp-link.h"
#include "rcp-desk.h"
#include "rcp-source.h"
#include "sidebar/rcp-page.h"

G_BEGIN_DECLS

/**
 * RcpWindow:
 *
 * The window of the desk: the first-run choice, the board with its side panel, or why there is none.
 *
 * Actions: "win.new-visit" (no parameter), "win.find", "win.refresh", "win.today", "win.previous-day", "win.next-day",
 * "win.show-date" (s, "2026-11-23"), "win.view" (s, "day" or "week"), "win.open-day" (s, as the date), "win.own-week",
 * "win.sidebar" (boolean), "win.show-page" (s, "board"), "win.step-page" (i), "win.step-pane" (i), "win.visit" (s, "arrive": the visit at
 * hand), "win.close-panel", "win.choose-record", "win.shortcuts".
 */
#define RCP_TYPE_WINDOW (rcp_window_get_type ())
G_DECLARE_FINAL_TYPE (RcpWindow, rcp_window, RCP, WINDOW, AdwApplicationWindow)

RcpWindow *rcp_window_new (GtkApplication *application, RcpDesk *desk, GSettings *settings);
/* Opens a record and remembers it when that went well. With RCP_SOURCE_NONE: asks which. */
void rcp_window_open (RcpWindow *self, const RcpSource *source);
/* Borrowed. */
RcpDesk *rcp_window_get_desk (RcpWindow *self);
/* Shows what @link leads to, as soon as the record is open. */
void rcp_window_show_link (RcpWindow *self, const RcpLink *link);
/* One more page beside the board, named in the sidebar. @page: (transfer none). */
void rcp_window_add_page (RcpWindow *self, RcpPage *page);
/* One more section below the pages of the sidebar: seen while @content is visible. @content: (transfer floating). */
void rcp_window_add_section (RcpWindow *self, const char *title, GtkWidget *content);

G_END_DECLS
