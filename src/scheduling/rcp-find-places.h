/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "scheduling/rcp-wish.h"

#include "fhir/fhir-client.h"

G_BEGIN_DECLS

/* Where several visits that have to go could be, read at once. @visits (element-type RcpVisit) and @wishes (element-type RcpWish): one
 * for each; their urgency does not count, as they are booked already. An offer names the rooms and devices that are free for it then, and
 * those that the visit has: its own room is free for it at its own time, and what it keeps comes along. @days: how many, from the day of each wish on; @limit: about how many openings for each, the
 * earliest, but never a part of a day. Openings of one length with one provider do not overlap one another. */
void rcp_find_places_async (FhirClient *client,
                            RcpRoster *roster,
                            GPtrArray *visits,
                            GPtrArray *wishes,
                            guint days,
                            guint limit,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data);
/* (transfer full) (element-type GPtrArray of RcpOffer): in the order of the wishes, each by start. */
GPtrArray *rcp_find_places_finish (GAsyncResult *result, GError **error);

G_END_DECLS
