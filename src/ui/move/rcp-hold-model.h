/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "scheduling/rcp-book-visit.h"
#include "scheduling/rcp-conflicts.h"
#include "ui/board/rcp-board-model.h"
#include "ui/rcp-desk.h"

G_BEGIN_DECLS

/**
 * RcpHoldModel:
 *
 * The pinboard of a desk, and the visit in its hand: what is taken off the board to be put elsewhere. Nothing changes in the record until
 * it is put. While a visit is held, every start at which it cannot be put is known, and why, before it is put there.
 *
 * Signals: "changed" when another visit is held, its place is another, or what is in the way is.
 */
#define RCP_TYPE_HOLD_MODEL (rcp_hold_model_get_type ())
G_DECLARE_FINAL_TYPE (RcpHoldModel, rcp_hold_model, RCP, HOLD_MODEL, GObject)

RcpHoldModel *rcp_hold_model_new (RcpDesk *desk, RcpBoardModel *board);

GListModel *rcp_hold_model_get_pinboard (RcpHoldModel *self); /* of RcpVisit; the same list for life */
/* Puts it on the pinboard. FALSE: such a visit is not moved, as it is over or under way. */
gboolean rcp_hold_model_pin (RcpHoldModel *self, RcpVisit *visit);
void rcp_hold_model_unpin (RcpHoldModel *self, RcpVisit *visit);
/* Pins it and takes it in the hand; at its own place where the board shows that, else at the cursor. */
gboolean rcp_hold_model_take (RcpHoldModel *self, RcpVisit *visit);
RcpVisit *rcp_hold_model_get_held (RcpHoldModel *self); /* or NULL */
/* The hand is empty; what it held stays on the pinboard. */
void rcp_hold_model_park (RcpHoldModel *self);
/* The hand is empty and the visit off the pinboard: it stays where it is in the record. */
void rcp_hold_model_let_go (RcpHoldModel *self);

/* Where it would be put: snapped to the grain, within the hours of the board. */
void rcp_hold_model_set_place (RcpHoldModel *self, guint column, int minute);
gboolean rcp_hold_model_step (RcpHoldModel *self, RcpBoardMove move); /* FALSE: there is no such place */
gboolean rcp_hold_model_get_place (RcpHoldModel *self, guint *column, RcpBoardSpan *span);
/* Starts at which the held visit may not be put: (element-type RcpBoardSpan), borrowed until "changed"; NULL when none is held. */
GArray *rcp_hold_model_get_shades (RcpHoldModel *self, guint column);
/* All that is in the way at its place, the gravest first: (transfer full) (element-type RcpConflict). */
GPtrArray *rcp_hold_model_list_conflicts (RcpHoldModel *self);
/* A line for each of these, in words; NULL when there are none: (transfer full). */
char *rcp_hold_model_describe_conflicts (RcpHoldModel *self);
/* Who, when and with whom, and what is in the way; for a status line and a screen reader: (transfer full). */
char *rcp_hold_model_describe (RcpHoldModel *self);
gboolean rcp_hold_model_may_put (RcpHoldModel *self);
/* Whether it may be put there with a reason: what is in the way are visits or blocked time, and neither the past nor closed hours. */
gboolean rcp_hold_model_may_overbook (RcpHoldModel *self);

gboolean rcp_hold_model_is_busy (RcpHoldModel *self); /* a move is on its way */
/* Moves the held visit to its place, in one transaction. @reason: (nullable): why it may stand beside others. When it fails the visit
 * stays in the hand. */
/* The time where it would be put now: (transfer full); NULL where it may not be, or is already. */
RcpOffer *rcp_hold_model_dup_offer (RcpHoldModel *self);
void rcp_hold_model_put_async (RcpHoldModel *self, const char *reason, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
RcpVisit *rcp_hold_model_put_finish (RcpHoldModel *self, GAsyncResult *result, GError **error); /* (transfer full) */

G_END_DECLS
