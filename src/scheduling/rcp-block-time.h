/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/rcp-clock.h"
#include "fhir/fhir-client.h"
#include "scheduling/rcp-scheduling-error.h"
#include "scheduling/rcp-wish.h"

G_BEGIN_DECLS

/**
 * RcpBlockTime:
 *
 * Keeps time of a provider, a room or a device for something else than visits, or gives it back: the slots of the time
 * become unavailable, or free, in one transaction with their versions. Time in which a visit is, is not blocked: the error
 * says whose visits these are. Unless it is told that they are known: then the block lies around and under them. The slots of
 * a visit become unavailable when it leaves them, and each of the visits is work to do (see rcp-refit.h) in the same
 * transaction, until the time is freed. Runs once.
 */
#define RCP_TYPE_BLOCK_TIME (rcp_block_time_get_type ())
G_DECLARE_FINAL_TYPE (RcpBlockTime, rcp_block_time, RCP, BLOCK_TIME, GObject)

/* @actor: reference of whose time it is, such as "Practitioner/1" or "Location/2", or NULL; @words: nullable. */
RcpBlockTime *rcp_block_time_new (FhirClient *client,
                                  RcpClock *clock,
                                  const char *schedule_id,
                                  const char *actor,
                                  GTimeZone *zone,
                                  RcpTimeRange range,
                                  RcpBlockKind kind,
                                  const char *words);
/* Frees what is blocked of @range, and leaves all else. */
RcpBlockTime *rcp_block_time_new_unblock (FhirClient *client,
                                          RcpClock *clock,
                                          const char *schedule_id,
                                          const char *actor,
                                          GTimeZone *zone,
                                          RcpTimeRange range);
/* Takes back what @done did; NULL when it did not succeed, or is itself such. Refused once @grace (microseconds) is over,
 * and when somebody changed one of the slots meanwhile. */
RcpBlockTime *rcp_block_time_new_undo (RcpBlockTime *done, gint64 grace);
/* That @n_visits in the time are known, and to be dealt with; where there are more, it is refused as without this. */
void rcp_block_time_set_over_visits (RcpBlockTime *self, guint n_visits);
/* How many visits are in the time, once it was run; 0 as well when the record does not tell whose the time is. */
guint rcp_block_time_get_n_visits (RcpBlockTime *self);
/* Their times and patients: (transfer full), NULL when there are none. */
char *rcp_block_time_describe_visits (RcpBlockTime *self);
void rcp_block_time_set_desk (RcpBlockTime *self, const char *desk);
RcpTimeRange rcp_block_time_get_range (RcpBlockTime *self);
RcpDeed rcp_block_time_get_deed (RcpBlockTime *self); /* RCP_DEED_BLOCK, RCP_DEED_UNBLOCK or RCP_DEED_UNDO */
gint64 rcp_block_time_get_until (RcpBlockTime *self); /* of an undo: the first instant at which it is too late */

void rcp_block_time_run_async (RcpBlockTime *self,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
gboolean rcp_block_time_run_finish (RcpBlockTime *self, GAsyncResult *result, GError **error);

G_END_DECLS
