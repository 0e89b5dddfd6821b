/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "scheduling/rcp-find-openings.h"
#include "scheduling/rcp-rooms.h"

G_BEGIN_DECLS

/**
 * RcpChainRule: how the parts of a chain follow one another: always in their order, none before the one before it ends.
 * @same_provider: one column sees all parts (a family); else they are at one place (a laboratory before the doctor)
 * @most_gap: how long somebody waits between two parts at most, microseconds
 */
typedef struct
{
  gboolean same_provider;
  gint64 most_gap;
} RcpChainRule;

/* Asks for openings of all of @wishes (element-type RcpWish) that follow one another, in growing windows until @limit
 * chains are found. The first wish tells from when on, at what time of day, and how soon. The answer lists the first part
 * of each chain; the others follow by rcp_offer_get_next(). */
void rcp_find_chains_async (FhirClient *client,
                            RcpRoster *roster,
                            GPtrArray *wishes,
                            const RcpChainRule *rule,
                            guint limit,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data);
RcpOffers *rcp_find_chains_finish (GAsyncResult *result, GError **error);

/* The rules of it; pure, no I/O, no clock. */

/**
 * RcpChainColumn: where one part can be.
 * @openings: (element-type RcpOpening): by start; they point into slots that live as long as this
 * @rooms: of which the part takes one along, or NULL
 */
typedef struct
{
  RcpProvider *provider;
  GArray *openings;
  RcpFreeRooms *rooms;
} RcpChainColumn;

void rcp_chain_column_free (RcpChainColumn *column);

/* The chains of @parts (element-type GPtrArray of RcpChainColumn): (transfer full) (element-type RcpOffer), by start. Of two
 * chains of one column (or place), one that begins no later and ends no earlier than the other is left out. */
GPtrArray *rcp_chains_collect (GPtrArray *parts, const RcpChainRule *rule);
/* Leaves at most @per_day of those of one column (or place) on each of @days, spread over it. In place. */
void rcp_chains_thin (GPtrArray *chains, const RcpChainRule *rule, GArray *days, guint per_day);

G_END_DECLS
