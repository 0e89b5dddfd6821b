/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "scheduling/rcp-history.h"
#include "ui/rcp-desk.h"

G_BEGIN_DECLS

/**
 * RcpHistoryState:
 * @RCP_HISTORY_LOADING: the first piece is being read
 * @RCP_HISTORY_READY: there are entries
 * @RCP_HISTORY_EMPTY: there is none
 * @RCP_HISTORY_FAILED: nothing could be read; rcp_history_model_get_error() says why
 */
typedef enum
{
  RCP_HISTORY_LOADING,
  RCP_HISTORY_READY,
  RCP_HISTORY_EMPTY,
  RCP_HISTORY_FAILED,
} RcpHistoryState;

/**
 * RcpHistoryModel:
 *
 * The view-model of the history of a visit or a patient: it shows the latest entries, and older ones when asked. Signal
 * "changed": anything is otherwise than before.
 */
#define RCP_TYPE_HISTORY_MODEL (rcp_history_model_get_type ())
G_DECLARE_FINAL_TYPE (RcpHistoryModel, rcp_history_model, RCP, HISTORY_MODEL, GObject)

/* @reference: "Appointment/1" or "Patient/2". Begins to read. */
RcpHistoryModel *rcp_history_model_new (RcpDesk *desk, const char *reference);
RcpDesk *rcp_history_model_get_desk (RcpHistoryModel *self);
RcpHistoryState rcp_history_model_get_state (RcpHistoryModel *self);
const GError *rcp_history_model_get_error (RcpHistoryModel *self); /* of what was read last, or NULL; also in RCP_HISTORY_READY */
GListModel *rcp_history_model_get_entries (RcpHistoryModel *self); /* of RcpHistoryEntry, the latest first; the same for life */
gboolean rcp_history_model_is_of_patient (RcpHistoryModel *self);
gboolean rcp_history_model_has_older (RcpHistoryModel *self);
gboolean rcp_history_model_is_loading (RcpHistoryModel *self);
/* Shows some more, which are read when need be. */
void rcp_history_model_show_older (RcpHistoryModel *self);
/* After a failure. */
void rcp_history_model_retry (RcpHistoryModel *self);
/* What the server does not tell, in sentences: (transfer full), NULL when it tells all. */
char *rcp_history_model_dup_notice (RcpHistoryModel *self);
char *rcp_history_model_dup_who (RcpHistoryModel *self, RcpHistoryEntry *entry);
/* Everything that is shown as plain text, to be put elsewhere: (transfer full). */
char *rcp_history_model_dup_text (RcpHistoryModel *self, const char *title);

G_END_DECLS
