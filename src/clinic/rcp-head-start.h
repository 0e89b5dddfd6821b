/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "clinic/rcp-day.h"

G_BEGIN_DECLS

/**
 * RcpHeadStart:
 *
 * Reads the roster and the day that it is from a server on this computer that is just being started, in a thread of its
 * own, while the main thread is busy with its screen.
 */
#define RCP_TYPE_HEAD_START (rcp_head_start_get_type ())
G_DECLARE_FINAL_TYPE (RcpHeadStart, rcp_head_start, RCP, HEAD_START, GObject)

/* Begins at once. @now: microseconds since 1970 UTC */
RcpHeadStart *rcp_head_start_new (const char *socket_path, gint64 now);
/* Once. */
void rcp_head_start_take_async (RcpHeadStart *self, GAsyncReadyCallback callback, gpointer user_data);
/* The day belongs to no client yet: rcp_day_book_adopt(). (transfer full) both */
gboolean rcp_head_start_take_finish (RcpHeadStart *self, GAsyncResult *result, RcpRoster **roster, RcpDay **day, GError **error);
void rcp_head_start_cancel (RcpHeadStart *self);

G_END_DECLS
