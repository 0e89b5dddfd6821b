/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/rcp-clock.h"
#include "calendars/rcp-calendar.h"
#include "fhir/fhir-client.h"
#include "scheduling/rcp-mirror-mark.h"

G_BEGIN_DECLS

/* Takes out of @calendar what was mirrored there for a provider, who must not be mirrored there at this desk any more. Visits that were
 * over before yesterday stay. */
void rcp_mirror_clear_async (FhirClient *client, RcpClock *clock, const char *practitioner_id, RcpCalendar *calendar,
                             GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/* Does what is left of it where a desk ended on the way, whichever it was. */
void rcp_mirror_clear_go_on_async (FhirClient *client, RcpClock *clock, const RcpMirrorMark *mark, RcpCalendar *calendar,
                                   GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/* @n_removed: (out) (optional). FALSE with an error: some may be there still. */
gboolean rcp_mirror_clear_finish (GAsyncResult *result, guint *n_removed, GError **error);

G_END_DECLS
