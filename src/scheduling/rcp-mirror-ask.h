/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "clinic/rcp-values.h"
#include "scheduling/rcp-mirror-request.h"

G_BEGIN_DECLS

/**
 * RcpMirrorAsk: a request that waits for an answer of the desk, and its visit as the record has it.
 */
typedef struct
{
  RcpMirrorRequest *request;
  RcpVisit *visit;
} RcpMirrorAsk;

void rcp_mirror_ask_free (RcpMirrorAsk *self);
/* Whether the desk has anything to decide: not when the visit is as the provider wants it already, or is not on any more. */
gboolean rcp_mirror_ask_is_open (RcpMirrorRequest *request, RcpVisit *visit, gint64 now);

/* Reads all of them, the oldest first. */
void rcp_mirror_asks_read_async (FhirClient *client, RcpClock *clock, GCancellable *cancellable, GAsyncReadyCallback callback,
                                 gpointer user_data);
GPtrArray *rcp_mirror_asks_read_finish (GAsyncResult *result, GError **error); /* of RcpMirrorAsk: (transfer full) */

G_END_DECLS
