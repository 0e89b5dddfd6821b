/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "rcp-board-geometry.h"
#include "rcp-board-grid.h"
#include "rcp-board-model.h"
#include "rcp-chip-cache.h"
#include "rcp-free-time.h"
#include "rcp-visit-chip.h"
#include "ui/move/rcp-hold-model.h"

G_BEGIN_DECLS

#define RCP_BOARD_MARGIN 3 /* pixels between a visit and the line of its column */

typedef struct
{
  RcpVisitChip *chip;
  RcpBoardItem item; /* visit is borrowed from the chip */
  RcpBoardPeriod period; /* for which its words are */
  guint round;       /* in which synchronization it was last wanted */
} RcpBoardChip;

struct _RcpBoardGrid
{
  GtkWidget parent_instance;

  RcpBoardModel *model;
  GtkAdjustment *adjustments[2]; /* by GtkOrientation */
  GtkScrollablePolicy policies[2];
  RcpBoardGeometry geometry;
  double zoom;
  guint round;
  GHashTable *chips;   /* visit id to RcpBoardChip */
  GPtrArray *resting;  /* RcpVisitChip without a visit */
  guint n_chips;
  RcpChipCache *cache;
  guint order_id; /* of the time-out that puts chips in order, or 0 */
  GtkWidget *head_back;
  GtkWidget *gutter_back;
  GPtrArray *heads;    /* one per column */
  GPtrArray *sites;    /* what stands above a run of columns at one place or of one day; or NULL, inside of a run or where there is none */
  RcpFreeTime *free_time;
  GPtrArray *hours;    /* PangoLayout per hour of the scale */
  PangoLayout *now;
  int line_height;
  int site_height;
  gboolean scrolled;   /* whether the first place to look at was chosen */
  gboolean wants_date; /* the day that is looked at is to be seen, once it is known where it is */
  gboolean wants_start; /* and from its begin, wherever the keyboard is: there are other columns */
  guint n_owners;      /* as the columns were when they were last told */
  guint n_days;
  guint place_id;        /* of the tick callback that asks for a new allocation, or 0 */
  GPtrArray *watchers;   /* of GtkEventController, borrowed: of the window, for whether somebody has gone on */
  gboolean wants_behind; /* a dialog was open when it was asked for, as the booking is */
  gboolean wants_cursor; /* what the cursor was sent to is not there yet: it gets it when it comes */
  gboolean has_hover;
  guint hover_column;
  RcpBoardSpan hover;
  RcpHoldModel *hold;  /* or NULL */
  GtkWidget *place;    /* RcpHeldPlace */
  gboolean is_dragging;
  int grabbed;         /* minutes between the start of the dragged visit and the pointer */
  double pointer_x;
  double pointer_y;
  gboolean has_sweep;  /* time is being marked, to be blocked */
  guint sweep_column;
  int sweep_from;
  GtkGesture *sweeping; /* borrowed from the widget */
  RcpBoardSpan sweep;
  guint edge_id;       /* of the tick callback that scrolls, or 0 */
};

/* rcp-board-grid-paint.c */
void rcp_board_grid_snapshot (GtkWidget *widget, GtkSnapshot *snapshot);
void rcp_board_grid_drop_layouts (RcpBoardGrid *self);
/* rcp-board-grid-heads.c */
void rcp_board_grid_rebuild_heads (RcpBoardGrid *self);
void rcp_board_grid_update_days (RcpBoardGrid *self); /* what the heads of days say */
int rcp_board_grid_measure_heads (RcpBoardGrid *self);
void rcp_board_grid_allocate_heads (RcpBoardGrid *self);
/* rcp-board-grid-chips.c */
void rcp_board_grid_sync_chips (RcpBoardGrid *self);
void rcp_board_grid_allocate_chips (RcpBoardGrid *self);
void rcp_board_grid_redraw_chips (RcpBoardGrid *self);
void rcp_board_grid_update_selection (RcpBoardGrid *self);
void rcp_board_grid_update_timers (RcpBoardGrid *self);
GtkWidget *rcp_board_grid_find_chip (RcpBoardGrid *self, RcpVisit *visit);
void rcp_board_chip_free (gpointer data);
/* rcp-board-grid-input.c */
void rcp_board_grid_class_add_keys (GtkWidgetClass *widget_class);
void rcp_board_grid_add_pointer (RcpBoardGrid *self);
/* rcp-board-grid-hold.c */
gboolean rcp_board_grid_is_holding (RcpBoardGrid *self);
gboolean rcp_board_grid_grab_place (RcpBoardGrid *self);
gboolean rcp_board_grid_step_held (RcpBoardGrid *self, RcpBoardMove move);
void rcp_board_grid_allocate_place (RcpBoardGrid *self);
void rcp_board_grid_paint_hold (RcpBoardGrid *self, GtkSnapshot *snapshot, guint first, guint end, const GdkRGBA *text);
/* rcp-board-grid-marks.c */
void rcp_board_grid_allocate_marks (RcpBoardGrid *self);
void rcp_board_grid_paint_marks (RcpBoardGrid *self, GtkSnapshot *snapshot);
/* rcp-board-grid-blocks.c */
void rcp_board_grid_paint_busy (RcpBoardGrid *self, GtkSnapshot *snapshot, guint first, guint end, const GdkRGBA *text);
char *rcp_board_grid_describe_block (const RcpBlock *block);
void rcp_board_grid_paint_blocks (RcpBoardGrid *self, GtkSnapshot *snapshot, guint first, guint end, const GdkRGBA *text);
void rcp_board_grid_add_sweep (RcpBoardGrid *self);
/* rcp-board-grid-drag.c */
void rcp_board_grid_add_drag (RcpBoardGrid *self);
/* rcp-board-grid-scroll.c */
void rcp_board_grid_scrollable_init (GtkScrollableInterface *iface);
void rcp_board_grid_set_adjustment (RcpBoardGrid *self, GtkOrientation orientation, GtkAdjustment *adjustment);
void rcp_board_grid_update_metrics (RcpBoardGrid *self);
void rcp_board_grid_configure_adjustments (RcpBoardGrid *self);
void rcp_board_grid_choose_first_place (RcpBoardGrid *self);
void rcp_board_grid_read_scroll (RcpBoardGrid *self);
void rcp_board_grid_reveal_date (RcpBoardGrid *self);
void rcp_board_grid_reveal (RcpBoardGrid *self, guint column, const RcpBoardStop *stop);
void rcp_board_grid_keep_in_sight (RcpBoardGrid *self, const RcpBoardGeometry *before);
/* rcp-board-grid-chips.c */
void rcp_board_grid_allocate_span (RcpBoardGrid *self, GtkWidget *widget, guint column, RcpBoardSpan span, guint lane, guint n_lanes);
void rcp_board_grid_emit_visit_action (RcpBoardGrid *self, RcpVisit *visit, const char *name);
void rcp_board_grid_emit_head_activated (RcpBoardGrid *self, guint column);
void rcp_board_grid_emit_time_activated (RcpBoardGrid *self, guint column, int minute);

/* While the board is in a window. */
void rcp_board_grid_watch_root (RcpBoardGrid *self);
void rcp_board_grid_unwatch_root (RcpBoardGrid *self);

G_END_DECLS
