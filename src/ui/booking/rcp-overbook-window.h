/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "ui/booking/rcp-overbook-model.h"

G_BEGIN_DECLS

/**
 * RcpOverbookWindow:
 *
 * The full times of a day, each with all that is in the way, and why one of them shall be booked nevertheless. Signal: "booked"
 * (RcpVisit) after the record was read back.
 */
#define RCP_TYPE_OVERBOOK_WINDOW (rcp_overbook_window_get_type ())
G_DECLARE_FINAL_TYPE (RcpOverbookWindow, rcp_overbook_window, RCP, OVERBOOK_WINDOW, AdwWindow)

GtkWindow *rcp_overbook_window_new (RcpOverbookModel *model);
/* Selects that time as soon as it is there. */
void rcp_overbook_window_set_start (RcpOverbookWindow *self, RcpProvider *provider, gint64 start);

G_END_DECLS
