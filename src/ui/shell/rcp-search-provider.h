/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/rcp-link.h"
#include "ui/rcp-desk.h"

G_BEGIN_DECLS

/**
 * RcpSearchProvider:
 *
 * Answers the Shell's search (org.gnome.Shell.SearchProvider2) with the next visits of patients. The names of patients
 * leave the program by it, to a screen that others may see: it says nothing unless the setting "shell-search" is on,
 * which it is not until somebody switches it on.
 *
 * Signals: "record-wanted": a search came while no record is open; "link-activated" (RcpLink): a result was chosen;
 * "search-activated" (string): the Shell asks to go on in the program.
 */
G_DECLARE_FINAL_TYPE (RcpSearchProvider, rcp_search_provider, RCP, SEARCH_PROVIDER, GObject)
#define RCP_TYPE_SEARCH_PROVIDER (rcp_search_provider_get_type ())

RcpSearchProvider *rcp_search_provider_new (GSettings *settings);
/* The desk that is asked; nullable, also later. */
void rcp_search_provider_set_desk (RcpSearchProvider *self, RcpDesk *desk);
gboolean rcp_search_provider_export (RcpSearchProvider *self, GDBusConnection *connection, const char *path, GError **error);
void rcp_search_provider_unexport (RcpSearchProvider *self);

G_END_DECLS
