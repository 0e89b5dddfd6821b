/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "rcp-desk.h"
#include "rcp-source.h"

G_BEGIN_DECLS

/**
 * RcpOpening:
 *
 * Opens one source on a desk. A server: finds the token in the keyring, connects, and keeps a token that was proved right. A record on this
 * computer: starts its server, and makes a running clinic of what has patients but nobody to see them. Runs once.
 *
 * Signal "progress" (fraction or -1, text): what goes on before it is open, when that takes long.
 */
#define RCP_TYPE_OPENING (rcp_opening_get_type ())
G_DECLARE_FINAL_TYPE (RcpOpening, rcp_opening, RCP, OPENING, GObject)

RcpOpening *rcp_opening_new (RcpDesk *desk, const RcpSource *source);
const RcpSource *rcp_opening_get_source (RcpOpening *self);
void rcp_opening_run_async (RcpOpening *self, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean rcp_opening_run_finish (RcpOpening *self, GAsyncResult *result, GError **error);

G_END_DECLS
