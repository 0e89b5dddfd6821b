/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * RcpSideLayout:
 *
 * One scrolled window that fills a panel, and is as wide as what it holds needs beside a bar that takes room. By itself it asks for
 * the width of what it holds alone, and cuts off as much as the bar is wide.
 */
#define RCP_TYPE_SIDE_LAYOUT (rcp_side_layout_get_type ())
G_DECLARE_FINAL_TYPE (RcpSideLayout, rcp_side_layout, RCP, SIDE_LAYOUT, GtkLayoutManager)

G_END_DECLS
