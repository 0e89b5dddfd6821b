/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "ui/booking/rcp-together-model.h"

G_BEGIN_DECLS

/**
 * RcpTogetherWindow:
 *
 * Several visits as one: who comes for what, and the openings that follow one another, booked by one key. Signals:
 * "booked" (RcpVisit, the first).
 */
#define RCP_TYPE_TOGETHER_WINDOW (rcp_together_window_get_type ())
G_DECLARE_FINAL_TYPE (RcpTogetherWindow, rcp_together_window, RCP, TOGETHER_WINDOW, AdwWindow)

GtkWindow *rcp_together_window_new (RcpTogetherModel *model);
/* Asks who comes as well. */
void rcp_together_window_ask_person (RcpTogetherWindow *self);

G_END_DECLS
