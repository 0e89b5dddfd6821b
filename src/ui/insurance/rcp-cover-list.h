/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/insurance/rcp-cover-entry.h"

G_BEGIN_DECLS

/* How many payers are asked at once, and how many patients are read. */
#define RCP_COVER_LIST_MAX_ASKED 4
#define RCP_COVER_LIST_MAX_READ 6

/**
 * RcpCoverList:
 *
 * The visits of a day by how they are covered: what wants something done first. A row that was told another answer since stays where
 * it is until the list is read again: nothing goes away from under the keyboard.
 *
 * Signals: "changed" when the day, what is read, or how many are asked about is another.
 */
#define RCP_TYPE_COVER_LIST (rcp_cover_list_get_type ())
G_DECLARE_FINAL_TYPE (RcpCoverList, rcp_cover_list, RCP, COVER_LIST, GObject)

RcpCoverList *rcp_cover_list_new (RcpDesk *desk);
RcpDesk *rcp_cover_list_get_desk (RcpCoverList *self);
const GDate *rcp_cover_list_get_day (RcpCoverList *self);
gboolean rcp_cover_list_is_tomorrow (RcpCoverList *self);
void rcp_cover_list_set_day (RcpCoverList *self, const GDate *day);
void rcp_cover_list_reload (RcpCoverList *self);

GListModel *rcp_cover_list_get_entries (RcpCoverList *self); /* of RcpCoverEntry; the same list for life */
gboolean rcp_cover_list_is_read (RcpCoverList *self);
gboolean rcp_cover_list_has_failed (RcpCoverList *self);

gboolean rcp_cover_list_ask (RcpCoverList *self, RcpCoverEntry *entry);
guint rcp_cover_list_ask_all (RcpCoverList *self);
guint rcp_cover_list_count_busy (RcpCoverList *self);
guint rcp_cover_list_count_trouble (RcpCoverList *self);
guint rcp_cover_list_count_without (RcpCoverList *self);

G_END_DECLS
