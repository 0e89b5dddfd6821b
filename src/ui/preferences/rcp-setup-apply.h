/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "scheduling/rcp-refit.h"
#include "ui/rcp-desk.h"

G_BEGIN_DECLS

/* After something was set up: reads the clinic again, makes slots follow their hours, and has the desk show it. */
void rcp_setup_apply_async (RcpDesk *desk, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
gboolean rcp_setup_apply_finish (GAsyncResult *result, RcpRefitReport *report, GError **error);

G_END_DECLS
