/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "rcp-board-grid.h"
#include "rcp-board-view.h"

G_BEGIN_DECLS

struct _RcpBoardView
{
  GtkWidget parent_instance;

  GtkStack *stack;
  GtkScrolledWindow *scrolled;
  GtkSpinner *spinner;
  GtkLabel *notice;
  AdwStatusPage *empty_page;
  AdwStatusPage *failed_page;

  RcpBoardGrid *grid;
  RcpBoardModel *model;
  GtkWidget *block_popover; /* made when it is first asked for */
  guint ticker;
};

/* rcp-board-view-blocks.c */
void rcp_board_view_class_add_block_actions (GtkWidgetClass *widget_class);

G_END_DECLS
