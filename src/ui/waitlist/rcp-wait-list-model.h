/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "scheduling/rcp-wait-list.h"
#include "ui/rcp-desk.h"

G_BEGIN_DECLS

/**
 * RcpFreed: a time that has become free, and who could have it.
 */
#define RCP_TYPE_FREED (rcp_freed_get_type ())
G_DECLARE_FINAL_TYPE (RcpFreed, rcp_freed, RCP, FREED, GObject)

RcpProvider *rcp_freed_get_provider (RcpFreed *self);
RcpTimeRange rcp_freed_get_range (RcpFreed *self);
GPtrArray *rcp_freed_get_candidates (RcpFreed *self); /* of RcpCandidate, the best first; never empty */

/**
 * RcpWaitListModel:
 *
 * The view-model of the wait list: who waits, the most urgent first and then who waits longest; and the times that have
 * become free at any desk for which somebody waits. It follows the record while its desk is open.
 *
 * Properties: "count" (uint): who waits. "error": why the list is not what the record holds, or NULL. "busy": somebody is
 * being booked or taken off. Signal "news" (text): why it was not, to be told; what was
 * done is told by the desk, which can undo it.
 */
#define RCP_TYPE_WAIT_LIST_MODEL (rcp_wait_list_model_get_type ())
G_DECLARE_FINAL_TYPE (RcpWaitListModel, rcp_wait_list_model, RCP, WAIT_LIST_MODEL, GObject)

RcpWaitListModel *rcp_wait_list_model_new (RcpDesk *desk);
GListModel *rcp_wait_list_model_get_list (RcpWaitListModel *self);  /* of RcpWaiting; the same for life */
GListModel *rcp_wait_list_model_get_freed (RcpWaitListModel *self); /* of RcpFreed, the soonest first; the same for life */
guint rcp_wait_list_model_get_count (RcpWaitListModel *self);
gboolean rcp_wait_list_model_is_busy (RcpWaitListModel *self);
gboolean rcp_wait_list_model_is_read (RcpWaitListModel *self); /* whether it is known who waits */
const char *rcp_wait_list_model_get_error (RcpWaitListModel *self);
/* Reads the list again. */
void rcp_wait_list_model_reload (RcpWaitListModel *self);
/* A time that became free: who could have it is shown, if anybody. */
void rcp_wait_list_model_add_free (RcpWaitListModel *self, RcpProvider *provider, RcpTimeRange range);
/* What it is about, in words: "Hale, Robin" and "Check-up, 30 min · wishes Dr. Ruiz in the morning · since 3 Nov". */
char *rcp_wait_list_model_describe (RcpWaitListModel *self, RcpWaiting *waiting);
char *rcp_freed_describe (RcpFreed *self); /* "Tue 24 Nov, 09:00 – 09:30, Dr. Ruiz" */

/* Books @candidate into its time, or takes somebody off the list; "news" says why not. */
void rcp_wait_list_model_book_async (RcpWaitListModel *self,
                                     RcpFreed *freed,
                                     RcpCandidate *candidate,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
void rcp_wait_list_model_remove_async (RcpWaitListModel *self,
                                       RcpWaiting *waiting,
                                       GAsyncReadyCallback callback,
                                       gpointer user_data);
/* The visit as it is now: (transfer full); NULL with what "news" has told. */
RcpVisit *rcp_wait_list_model_change_finish (RcpWaitListModel *self, GAsyncResult *result, GError **error);

G_END_DECLS
