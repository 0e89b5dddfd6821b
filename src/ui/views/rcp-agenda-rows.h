/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rcp-agenda-row.h"
#include "ui/board/rcp-board-model.h"

G_BEGIN_DECLS

/* What the agenda of a board holds at @now, in the order of time: the visits, each day with a head; where the board shows one provider
 * or room alone, also what is between them. (transfer full) (element-type RcpAgendaRow). */
GPtrArray *rcp_agenda_rows_collect (RcpBoardModel *model, gint64 now);
/* Whether it tells of the time between the visits. */
gboolean rcp_agenda_rows_has_times (RcpBoardModel *model);

G_END_DECLS
