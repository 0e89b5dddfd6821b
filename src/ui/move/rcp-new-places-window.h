/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "ui/rcp-desk.h"

G_BEGIN_DECLS

/**
 * RcpNewPlacesWindow:
 *
 * New places for all visits that no longer fit: where each is and where it could be, which are to be moved, and what became of each.
 *
 * Signals: "moved" when some were.
 */
#define RCP_TYPE_NEW_PLACES_WINDOW (rcp_new_places_window_get_type ())
G_DECLARE_FINAL_TYPE (RcpNewPlacesWindow, rcp_new_places_window, RCP, NEW_PLACES_WINDOW, AdwWindow)

GtkWindow *rcp_new_places_window_new (RcpDesk *desk);

G_END_DECLS
