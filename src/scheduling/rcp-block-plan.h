/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Private to scheduling: what blocking time, and freeing it, writes; pure. */

#include "scheduling/rcp-commit.h"
#include "scheduling/rcp-wish.h"

G_BEGIN_DECLS

/**
 * RcpBlockPlan: the slots of some time as they are, and as they shall be.
 */
typedef struct _RcpBlockPlan RcpBlockPlan;

/* Of the slots in @bundle, those that overlap @range; others may be looked at too. */
RcpBlockPlan *rcp_block_plan_new (FhirBundle *bundle, RcpTimeRange range);
void rcp_block_plan_free (RcpBlockPlan *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RcpBlockPlan, rcp_block_plan_free)

/* FALSE: there is nothing to block. Slots that are busy stay so, see rcp_block_plan_is_booked(), and become unavailable when
 * their visit leaves them. */
gboolean rcp_block_plan_block (RcpBlockPlan *self, RcpBlockKind kind, const char *words);
/* FALSE: nothing is blocked. What is blocked under visits beside it is freed as well. */
gboolean rcp_block_plan_unblock (RcpBlockPlan *self);
/* Each slot of @restore as it was, if it still is as in @expect: reference to FhirResource. FALSE when one is not. */
gboolean rcp_block_plan_restore (RcpBlockPlan *self, GHashTable *restore, GHashTable *expect);

gboolean rcp_block_plan_is_booked (RcpBlockPlan *self);
char *rcp_block_plan_list_busy (RcpBlockPlan *self); /* "Slot/1,Slot/2"; "" when none is: (transfer full) */
/* From the first to the last of the slots that it changes; empty when there are none. */
RcpTimeRange rcp_block_plan_get_reach (RcpBlockPlan *self);
/* Whether some of @range is blocked once it is done. */
gboolean rcp_block_plan_leaves_blocked (RcpBlockPlan *self, RcpTimeRange range);
GHashTable *rcp_block_plan_get_before (RcpBlockPlan *self); /* reference to FhirResource, of all that is overwritten */

/* The transaction, without probes, to which more may be added; @self must live until it is committed. */
RcpCommitPlan *
rcp_block_plan_make_commit (RcpBlockPlan *self, RcpDeed deed, const char *desk, const char *words, gint64 now);

G_END_DECLS
