/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "ui/calendars/rcp-desk-calendars.h"
#include "ui/rcp-desk.h"

G_BEGIN_DECLS

/**
 * RcpPreferencesWindow:
 *
 * The set-up of desk and clinic: a list of pages, and the one that is chosen.
 */
#define RCP_TYPE_PREFERENCES_WINDOW (rcp_preferences_window_get_type ())
G_DECLARE_FINAL_TYPE (RcpPreferencesWindow, rcp_preferences_window, RCP, PREFERENCES_WINDOW, AdwWindow)

GtkWindow *rcp_preferences_window_new (RcpDesk *desk, GSettings *settings, RcpDeskCalendars *calendars);
/* "general", "providers", "places", "rooms", "visit-types", "refits", "calendars" */
void rcp_preferences_window_show_page (RcpPreferencesWindow *self, const char *name);

G_END_DECLS
