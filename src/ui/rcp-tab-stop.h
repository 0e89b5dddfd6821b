/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * RcpTabStop:
 *
 * Holds a list that is one stop on the way of Tab: Tab comes to it and leaves it, the arrows go through it. By itself a list view stops
 * at each of its hundred items.
 */
#define RCP_TYPE_TAB_STOP (rcp_tab_stop_get_type ())
G_DECLARE_FINAL_TYPE (RcpTabStop, rcp_tab_stop, RCP, TAB_STOP, GtkWidget)

G_END_DECLS
