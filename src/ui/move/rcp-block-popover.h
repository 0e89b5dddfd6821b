/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "clinic/rcp-values.h"

G_BEGIN_DECLS

/**
 * RcpBlockPopover:
 *
 * Asks what some time is kept for: lunch, a meeting or something else, for how long, and in which words. The window does it: action
 * "win.block-time" (schedule, start, end, kind, words).
 */
#define RCP_TYPE_BLOCK_POPOVER (rcp_block_popover_get_type ())
G_DECLARE_FINAL_TYPE (RcpBlockPopover, rcp_block_popover, RCP, BLOCK_POPOVER, GtkPopover)

GtkWidget *rcp_block_popover_new (void);
void rcp_block_popover_set_time (RcpBlockPopover *self, const char *schedule_id, RcpTimeRange range);

G_END_DECLS
