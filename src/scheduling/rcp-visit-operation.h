/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/rcp-busy-times.h"
#include "base/rcp-clock.h"
#include "fhir/fhir-client.h"
#include "scheduling/rcp-scheduling-error.h"
#include "scheduling/rcp-wish.h"

G_BEGIN_DECLS

/**
 * RcpVisitOperation:
 *
 * One change of one visit: book, move, cancel, another status, or one of these undone. It runs once; either the record
 * holds all of the change, read back and compared, or an error says where the visit stands.
 */
#define RCP_TYPE_VISIT_OPERATION (rcp_visit_operation_get_type ())
G_DECLARE_DERIVABLE_TYPE (RcpVisitOperation, rcp_visit_operation, RCP, VISIT_OPERATION, GObject)

struct _RcpVisitOperationClass
{
  GObjectClass parent_class;

  /* The RcpVisitChange to run: (transfer full); NULL with an error when it is not to be done at all. */
  gpointer (*prepare) (RcpVisitOperation *self, GError **error);
};

/* From which desk; part of the trace that the change leaves. To be set before it runs. */
void rcp_visit_operation_set_desk (RcpVisitOperation *self, const char *desk);
const char *rcp_visit_operation_get_desk (RcpVisitOperation *self); /* NULL when nobody told */
/* What the calendars of providers keep: looked at once more just before time is taken. To be set before it runs; nullable. */
void rcp_visit_operation_set_busy_times (RcpVisitOperation *self, RcpBusyTimes *times);

void rcp_visit_operation_run_async (RcpVisitOperation *self,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
/* The visit as read back from the record: (transfer full). */
RcpVisit *rcp_visit_operation_run_finish (RcpVisitOperation *self, GAsyncResult *result, GError **error);

FhirClient *rcp_visit_operation_get_client (RcpVisitOperation *self);
RcpClock *rcp_visit_operation_get_clock (RcpVisitOperation *self);
RcpDeed rcp_visit_operation_get_deed (RcpVisitOperation *self);
/* Once it has succeeded; NULL before: the visit as it was (NULL for a new one), as it is, and when that was done. */
RcpVisit *rcp_visit_operation_get_before (RcpVisitOperation *self);
RcpVisit *rcp_visit_operation_get_after (RcpVisitOperation *self);
/* The entry of the wait list that it closed, as it was before, or NULL. */
RcpVisit *rcp_visit_operation_get_closed (RcpVisitOperation *self);
gint64 rcp_visit_operation_get_done_at (RcpVisitOperation *self);
/* References of the CommunicationRequests that it took back. */
const char *const *rcp_visit_operation_get_revoked (RcpVisitOperation *self);
/* Whether it was made in one transaction with others: then it is taken back so as well. */
gboolean rcp_visit_operation_is_together (RcpVisitOperation *self);

/* Runs several in one transaction: all of them, or none. @operations (element-type RcpVisitOperation): at least one, none
 * run yet; one may take a time that another gives back. Afterwards each tells what it did as if it had run alone. */
void
rcp_run_together_async (GPtrArray *operations, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/* FALSE with a RcpSchedulingError: then nothing is changed, unless it says otherwise. */
gboolean rcp_run_together_finish (GAsyncResult *result, GError **error);

G_END_DECLS
