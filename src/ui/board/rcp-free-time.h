/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "rcp-board-model.h"

G_BEGIN_DECLS

/**
 * RcpFreeTime:
 *
 * The frame around the free time that the keyboard is at: there is one on a board. Signal "activated": book here.
 */
#define RCP_TYPE_FREE_TIME (rcp_free_time_get_type ())
G_DECLARE_FINAL_TYPE (RcpFreeTime, rcp_free_time, RCP, FREE_TIME, GtkWidget)

RcpFreeTime *rcp_free_time_new (void);
/* What stands there. @spoken: when that is, as it is read aloud; @busy: "Busy, as of 9:12" by the owner's calendar, or NULL */
void rcp_free_time_set (RcpFreeTime *self, RcpTimeRange range, const char *spoken, const char *busy, const char *owner, GTimeZone *zone);
void rcp_free_time_set_block (RcpFreeTime *self, const char *spoken, const RcpBlock *block, const char *owner);
void rcp_free_time_set_busy (RcpFreeTime *self, const char *spoken, const char *busy, const char *owner);
/* What another desk is about to do there, in words, or NULL. */
void rcp_free_time_set_mark (RcpFreeTime *self, const char *words);
const char *rcp_free_time_get_mark (RcpFreeTime *self);

G_END_DECLS
