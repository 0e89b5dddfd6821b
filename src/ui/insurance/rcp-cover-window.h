/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "ui/insurance/rcp-cover-list.h"

G_BEGIN_DECLS

/**
 * RcpCoverWindow:
 *
 * The visits of tomorrow, or of another day, by how they are covered. I asks the payer of a row again, Enter opens its patient.
 *
 * Signal: "patient-requested" (RcpPatient), after which it closes.
 */
#define RCP_TYPE_COVER_WINDOW (rcp_cover_window_get_type ())
G_DECLARE_FINAL_TYPE (RcpCoverWindow, rcp_cover_window, RCP, COVER_WINDOW, AdwWindow)

GtkWindow *rcp_cover_window_new (RcpDesk *desk);
RcpCoverList *rcp_cover_window_get_list (RcpCoverWindow *self);

G_END_DECLS
