/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What a calendar of Evolution Data Server is asked for. Private to the calendars. */

#include <libecal/libecal.h>

#include "base/rcp-time-range.h"

G_BEGIN_DECLS

/* What may touch @range: (transfer full), an S-expression. */
char *rcp_event_list_make_query (RcpTimeRange range);
gboolean rcp_event_list_has_series (const GSList *events); /* of ICalComponent */

/* All events of a UID, a series with its detached instances. */
void rcp_event_list_ask_async (ECalClient *client, const char *uid, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
GPtrArray *rcp_event_list_ask_finish (GAsyncResult *result, GError **error); /* (transfer full), of ICalComponent; empty when there are none */
const char *rcp_event_list_get_uid (GAsyncResult *result);                   /* borrowed: what was asked for */

G_END_DECLS
