/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "ui/find/rcp-find-model.h"

G_BEGIN_DECLS

/**
 * RcpFindView:
 *
 * An entry with the patients below it that fit what is typed. The focus stays in the entry: Up and Down choose, Enter
 * takes. Signals: "chosen" (RcpFound); "register-requested" (what was typed and found nobody).
 */
#define RCP_TYPE_FIND_VIEW (rcp_find_view_get_type ())
G_DECLARE_FINAL_TYPE (RcpFindView, rcp_find_view, RCP, FIND_VIEW, GtkWidget)

RcpFindView *rcp_find_view_new (FhirClient *client, RcpClock *clock);

G_END_DECLS
