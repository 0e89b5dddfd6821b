/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Private to scheduling: what every search for openings reads of the record: the free slots of some schedules, without those
 * that the provider's own calendar keeps, and when the patients are elsewhere. */

#include "clinic/rcp-roster.h"
#include "scheduling/rcp-own-visits.h"

G_BEGIN_DECLS

#define RCP_SEARCH_DAYS 90
/* A slot of a room that begins before a visit may reach into it. */
#define RCP_LONGEST_ROOM_SLOT G_TIME_SPAN_HOUR

typedef struct _RcpSlotPool RcpSlotPool;

RcpSlotPool *rcp_slot_pool_new (FhirClient *client, RcpRoster *roster);
void rcp_slot_pool_free (RcpSlotPool *self);
void rcp_slot_pool_clear (RcpSlotPool *self);
/* Reads both at once and keeps them. @schedules: "Schedule/a,Schedule/b"; @ranges (element-type RcpTimeRange): in which slots
 * start, none overlapping; @own (element-type RcpOwnVisits): of all of @window. @self must live until the callback. */
void rcp_slot_pool_read_async (RcpSlotPool *self,
                               const char *schedules,
                               GArray *ranges,
                               GPtrArray *own,
                               RcpTimeRange window,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
gboolean rcp_slot_pool_read_finish (GAsyncResult *result, GError **error);
/* By start, each once: borrowed (element-type RcpSlot); NULL when none is free. */
GArray *rcp_slot_pool_get (RcpSlotPool *self, const char *schedule_id);
/* Whether a free slot was left out for a provider's calendar. */
gboolean rcp_slot_pool_has_kept (RcpSlotPool *self);

/**
 * RcpSearchSteps: a window that is searched in growing steps; each asks only for the days behind the last one.
 */
typedef struct
{
  RcpTimeRange window;
  gint64 read_until;
  guint step;
} RcpSearchSteps;

/* @lead: how much before the window is read as well. */
void rcp_search_steps_start (RcpSearchSteps *self, RcpTimeRange window, gint64 lead);
gboolean rcp_search_steps_are_over (const RcpSearchSteps *self);
RcpTimeRange rcp_search_steps_next (RcpSearchSteps *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (RcpSlotPool, rcp_slot_pool_free)

G_END_DECLS
