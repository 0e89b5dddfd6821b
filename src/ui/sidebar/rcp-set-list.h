/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "rcp-column-sets.h"
#include "ui/board/rcp-board-model.h"

G_BEGIN_DECLS

/**
 * RcpSetList:
 *
 * The column sets in the sidebar, each with the key that shows it, the one that the board shows marked. Not seen when there are none.
 *
 * Signal: "went" when one was chosen.
 */
#define RCP_TYPE_SET_LIST (rcp_set_list_get_type ())
G_DECLARE_FINAL_TYPE (RcpSetList, rcp_set_list, RCP, SET_LIST, GtkWidget)

GtkWidget *rcp_set_list_new (RcpColumnSets *sets, RcpBoardModel *model);

G_END_DECLS
