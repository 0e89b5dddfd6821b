/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/rcp-clock.h"
#include "calendars/rcp-mirror-plan.h"
#include "fhir/fhir-client.h"

G_BEGIN_DECLS

/**
 * RcpMirrorRequest:
 *
 * That a provider has moved or deleted a mirrored visit in the calendar, and wants the desk to do the same. It is a Task of the record, so
 * that all desks see the one request, also those without the calendar, and a restart does not lose it.
 *
 * The desk accepts it by moving or cancelling the visit as it moves or cancels any other; the mirror sees that and ends the request. It
 * refuses it with rcp_mirror_request_refuse_async(); the mirror puts the event back.
 */
#define RCP_TYPE_MIRROR_REQUEST (rcp_mirror_request_get_type ())
G_DECLARE_FINAL_TYPE (RcpMirrorRequest, rcp_mirror_request, RCP, MIRROR_REQUEST, GObject)

RcpMirrorRequest *rcp_mirror_request_new (FhirResource *task); /* NULL when it is none */
const char *rcp_mirror_request_get_id (RcpMirrorRequest *self); /* of the Task */
const char *rcp_mirror_request_get_visit_id (RcpMirrorRequest *self);
const char *rcp_mirror_request_get_practitioner_id (RcpMirrorRequest *self); /* or NULL */
RcpMirrorDeed rcp_mirror_request_get_deed (RcpMirrorRequest *self);
RcpTimeRange rcp_mirror_request_get_range (RcpMirrorRequest *self); /* where to; empty when it was deleted */
gint64 rcp_mirror_request_get_seen (RcpMirrorRequest *self);        /* when the mirror saw it: an instant, or 0 */
gboolean rcp_mirror_request_is_refused (RcpMirrorRequest *self);    /* and the event is not back yet */
gboolean rcp_mirror_request_is_live (RcpMirrorRequest *self);       /* FALSE once nobody has anything to do */

/* Those that are not settled, the oldest first. @practitioner_id: of whom, or NULL for all. */
void rcp_mirror_requests_read_async (FhirClient *client,
                                     const char *practitioner_id,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
GPtrArray *rcp_mirror_requests_read_finish (GAsyncResult *result, GError **error); /* of RcpMirrorRequest: (transfer full) */

/* Says no to it, unless another desk has answered meanwhile (FHIR_ERROR_CONFLICT). */
void rcp_mirror_request_refuse_async (RcpMirrorRequest *self,
                                      FhirClient *client,
                                      RcpClock *clock,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer user_data);
gboolean rcp_mirror_request_refuse_finish (RcpMirrorRequest *self, GAsyncResult *result, GError **error);

/* For the mirror: adds a request to what it writes, unless the same one is open; and ends one. */
void rcp_mirror_request_add_to (FhirTransaction *transaction,
                                const RcpMirrorClaim *claim,
                                const char *practitioner_id,
                                const char *patient_id,
                                gint64 now);
void rcp_mirror_request_end_in (FhirTransaction *transaction, RcpMirrorRequest *self, RcpMirrorEnd end, gint64 now);

G_END_DECLS
