/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rcp-desk.h"
#include "rcp-source.h"

G_BEGIN_DECLS

/**
 * RcpOpenRecord:
 *
 * Opens one source on a desk. A server: finds the token in the keyring, connects, and keeps a token that was proved right. A record on this
 * computer: starts its server, and makes a running clinic of what has patients but nobody to see them. Runs once.
 *
 * Signal "progress" (fraction or -1, text): what goes on before it is open, when that takes long.
 */
#define RCP_TYPE_OPEN_RECORD (rcp_open_record_get_type ())
G_DECLARE_FINAL_TYPE (RcpOpenRecord, rcp_open_record, RCP, OPEN_RECORD, GObject)

RcpOpenRecord *rcp_open_record_new (RcpDesk *desk, const RcpSource *source);
const RcpSource *rcp_open_record_get_source (RcpOpenRecord *self);
void rcp_open_record_run_async (RcpOpenRecord *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean rcp_open_record_run_finish (RcpOpenRecord *self, GAsyncResult *result, GError **error);

G_END_DECLS
