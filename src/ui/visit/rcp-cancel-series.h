/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "scheduling/rcp-series.h"
#include "ui/rcp-desk.h"

G_BEGIN_DECLS

/* Cancels each of @visits (element-type RcpVisit), one after the other. @comment: nullable. */
void rcp_cancel_series_async (RcpDesk *desk,
                              GPtrArray *visits,
                              const char *reason,
                              const char *comment,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
/* The first that was cancelled: (transfer full), or NULL. @error names each that was not, also when others were. */
RcpVisit *rcp_cancel_series_finish (GAsyncResult *result, GError **error);

/* The same of visits that were booked as one: all of them, or none. @visits: this one first. */
void rcp_cancel_together_async (RcpDesk *desk,
                                GPtrArray *visits,
                                const char *reason,
                                const char *comment,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
RcpVisit *rcp_cancel_together_finish (GAsyncResult *result, GError **error);

G_END_DECLS
