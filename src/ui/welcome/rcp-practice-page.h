/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "ui/rcp-source.h"

G_BEGIN_DECLS

/**
 * RcpPracticePage:
 *
 * Asks what a new practice on this computer needs: a name, a file, perhaps a folder to import. Signal "confirmed" (RcpSource).
 */
#define RCP_TYPE_PRACTICE_PAGE (rcp_practice_page_get_type ())
G_DECLARE_FINAL_TYPE (RcpPracticePage, rcp_practice_page, RCP, PRACTICE_PAGE, GtkWidget)

G_END_DECLS
