/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/rcp-desk.h"

G_BEGIN_DECLS

/**
 * RcpUndoModel:
 *
 * What this desk did lately, the last on top: what is said of it, and how it is taken back.
 *
 * Signals: "done" (id, text) when something was done that can be taken back; "undone" (text, RcpVisit or NULL: as it
 * was before it was undone) when it was.
 */
#define RCP_TYPE_UNDO_MODEL (rcp_undo_model_get_type ())
G_DECLARE_FINAL_TYPE (RcpUndoModel, rcp_undo_model, RCP, UNDO_MODEL, GObject)

/* @settings: "undo-grace" tells for how many minutes. */
RcpUndoModel *rcp_undo_model_new (RcpDesk *desk, GSettings *settings);
/* What would be taken back, in words; NULL when there is nothing, or the time for it is over. @id: 0 for the last. */
const char *rcp_undo_model_get_text (RcpUndoModel *self, guint id);
/* Takes it back; see rcp_undo_new() for when that is refused. What failed for good is not offered again. */
void rcp_undo_model_undo_async (RcpUndoModel *self, guint id, GAsyncReadyCallback callback, gpointer user_data);
gboolean rcp_undo_model_undo_finish (RcpUndoModel *self, GAsyncResult *result, GError **error);

/* rcp-undo-text.c: "Garcia, Maria moved to ..." of an operation that has succeeded: (transfer full). */
char *rcp_undo_text_describe (GObject *operation, RcpRoster *roster, GTimeZone *zone);
/* "6 visits of Garcia, Maria booked" of several RcpVisitOperations of one kind: (transfer full). */
char *rcp_undo_text_describe_all (GPtrArray *operations);

G_END_DECLS
