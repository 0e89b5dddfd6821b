/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * RcpTitle:
 *
 * The title of a dialog in its header, and a line below it: as #AdwWindowTitle, but what has no room between the buttons goes on in
 * another line instead of being cut.
 */
#define RCP_TYPE_TITLE (rcp_title_get_type ())
G_DECLARE_FINAL_TYPE (RcpTitle, rcp_title, RCP, TITLE, GtkWidget)

void rcp_title_put (AdwHeaderBar *header, GtkWindow *window);

G_END_DECLS
