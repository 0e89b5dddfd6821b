/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "ui/board/rcp-board-model.h"
#include "ui/rcp-desk.h"

G_BEGIN_DECLS

/**
 * RcpAgendaView:
 *
 * The visits of a board as a list, one day after the other. The row of the keyboard is the cursor of the board, so that every key
 * which acts on a visit there acts on it here.
 *
 * Where the board shows one provider or room alone, it also tells what is between the visits, and free time can be booked from there.
 *
 * Signals: "visit-activated" (RcpVisit), "time-activated" (RcpProvider or NULL, RcpRoom or NULL, instant): book there.
 */
#define RCP_TYPE_AGENDA_VIEW (rcp_agenda_view_get_type ())
G_DECLARE_FINAL_TYPE (RcpAgendaView, rcp_agenda_view, RCP, AGENDA_VIEW, GtkWidget)

GtkWidget *rcp_agenda_view_new (RcpDesk *desk, RcpBoardModel *model);
/* The visit that the keyboard is at; borrowed, or NULL. */
RcpVisit *rcp_agenda_view_get_visit (RcpAgendaView *self);
/* Brings the first visit that is not over into sight. */
void rcp_agenda_view_show_now (RcpAgendaView *self);

G_END_DECLS
