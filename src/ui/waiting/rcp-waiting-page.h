/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rcp-waiting-model.h"
#include "ui/rcp-desk.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * RcpWaitingPage:
 *
 * The list of those who wait, with what follows for each on a button and on its key.
 *
 * Signals: "visit-activated" (RcpVisit), "visit-action" (RcpVisit, name of a step).
 */
#define RCP_TYPE_WAITING_PAGE (rcp_waiting_page_get_type ())
G_DECLARE_FINAL_TYPE (RcpWaitingPage, rcp_waiting_page, RCP, WAITING_PAGE, GtkWidget)

GtkWidget *rcp_waiting_page_new (RcpDesk *desk, RcpWaitingModel *model);
/* Of the row that the keyboard is at: borrowed, NULL when it is elsewhere. */
RcpVisit *rcp_waiting_page_get_visit (RcpWaitingPage *self);

G_END_DECLS
