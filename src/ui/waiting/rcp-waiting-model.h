/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/rcp-clock.h"
#include "clinic/rcp-values.h"

G_BEGIN_DECLS

/**
 * RcpWaitingModel:
 *
 * Who waits now: arrived, checked in or in a room, but not with the provider yet; a GListModel of RcpVisit, the one who came first at
 * the top.
 *
 * Property: "count" (uint). Signal: "now-changed" when another minute has come.
 */
#define RCP_TYPE_WAITING_MODEL (rcp_waiting_model_get_type ())
G_DECLARE_FINAL_TYPE (RcpWaitingModel, rcp_waiting_model, RCP, WAITING_MODEL, GObject)

RcpWaitingModel *rcp_waiting_model_new (RcpClock *clock);
/* Those of today: of RcpVisit, followed while it is set; or NULL. */
void rcp_waiting_model_set_visits (RcpWaitingModel *self, GListModel *visits);
GListModel *rcp_waiting_model_get_visits (RcpWaitingModel *self);
gint64 rcp_waiting_model_get_now (RcpWaitingModel *self);
void rcp_waiting_model_tick (RcpWaitingModel *self);

G_END_DECLS
