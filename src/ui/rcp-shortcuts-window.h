/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define RCP_TYPE_SHORTCUTS_WINDOW (rcp_shortcuts_window_get_type ())
G_DECLARE_FINAL_TYPE (RcpShortcutsWindow, rcp_shortcuts_window, RCP, SHORTCUTS_WINDOW, AdwWindow)

/**
 * RcpShortcutsWindow: every key of the program, in a list that one can search.
 */

GtkWindow *rcp_shortcuts_window_new (void);

G_END_DECLS
