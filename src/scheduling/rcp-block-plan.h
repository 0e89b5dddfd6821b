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

/* Of the slots in @bundle, those that overlap @range. */
RcpBlockPlan *rcp_block_plan_new (FhirBundle *bundle, RcpTimeRange range);
void rcp_block_plan_free (RcpBlockPlan *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RcpBlockPlan, rcp_block_plan_free)

/* FALSE: there is nothing to block. Slots that are busy stay so: see rcp_block_plan_is_booked(). */
gboolean rcp_block_plan_block (RcpBlockPlan *self, RcpBlockKind kind, const char *words);
gboolean rcp_block_plan_unblock (RcpBlockPlan *self); /* FALSE: nothing is blocked */
/* Each slot of @restore as it was, if it still is as in @expect: reference to FhirResource. FALSE when one is not. */
gboolean rcp_block_plan_restore (RcpBlockPlan *self, GHashTable *restore, GHashTable *expect);

gboolean rcp_block_plan_is_booked (RcpBlockPlan *self);
char *rcp_block_plan_list_busy (RcpBlockPlan *self); /* "Slot/1,Slot/2"; "" when none is: (transfer full) */
/* "Tue 1 Dec, 09:00 Garcia, Maria; ..." of the visits that take time in @range; NULL when there are none. */
char *rcp_block_plan_name_visits (FhirBundle *bundle, RcpTimeRange range, GTimeZone *zone);
GHashTable *rcp_block_plan_get_before (RcpBlockPlan *self); /* reference to FhirResource, of all that is overwritten */

/* The transaction, without probes; @self must live until it is committed. */
RcpCommitPlan *
rcp_block_plan_make_commit (RcpBlockPlan *self, RcpDeed deed, const char *desk, const char *words, gint64 now);

G_END_DECLS
