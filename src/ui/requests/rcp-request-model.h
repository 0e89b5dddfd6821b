/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ui/requests/rcp-request.h"

G_BEGIN_DECLS

/**
 * RcpRequestModel:
 *
 * What providers have asked for in their calendars and nobody has answered yet: the same at every desk. It is read again when the record tells
 * of a change of it.
 *
 * Property: "count" (uint). Signals: "news" (text) of one that has come; "failed" (GError) when an answer did not get through; "read" when they were read, or could not be;
 * "answering" when another request is being answered than before, or one no more.
 */
#define RCP_TYPE_REQUEST_MODEL (rcp_request_model_get_type ())
G_DECLARE_FINAL_TYPE (RcpRequestModel, rcp_request_model, RCP, REQUEST_MODEL, GObject)

RcpRequestModel *rcp_request_model_new (RcpDesk *desk);
RcpDesk *rcp_request_model_get_desk (RcpRequestModel *self);
GListModel *rcp_request_model_get_list (RcpRequestModel *self); /* of RcpRequest, the oldest first; the same list for life */
guint rcp_request_model_get_count (RcpRequestModel *self);
gboolean rcp_request_model_is_read (RcpRequestModel *self);    /* whether it is known what there is */
gboolean rcp_request_model_has_failed (RcpRequestModel *self); /* whether that may be out of date */
void rcp_request_model_reload (RcpRequestModel *self);
/* Moves or cancels the visit as any other; can be undone. @reason: (nullable): see rcp_request_make_operation(). FALSE when that is not
 * possible, or this request is being answered already. */
gboolean rcp_request_model_accept (RcpRequestModel *self, RcpRequest *request, const char *reason);
/* The event is put back. FALSE while this request is being answered. */
gboolean rcp_request_model_refuse (RcpRequestModel *self, RcpRequest *request);
gboolean rcp_request_model_is_answering (RcpRequestModel *self, RcpRequest *request);
void rcp_request_model_take_undone (RcpRequestModel *self, RcpVisit *was);

G_END_DECLS
