/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "rcp-agenda-row.h"
#include "ui/board/rcp-board-model.h"

G_BEGIN_DECLS

/* The widgets of one row of the agenda: what is made for it once, and what they show of whichever row comes to be there. */
void rcp_agenda_item_set_up (GtkSignalListItemFactory *factory, GtkListItem *item);
void rcp_agenda_item_show (GtkListItem *item, RcpAgendaRow *row, RcpBoardModel *model, gint64 now);

G_END_DECLS
