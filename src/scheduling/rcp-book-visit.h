/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/rcp-clock.h"
#include "scheduling/rcp-scheduling-error.h"
#include "scheduling/rcp-wish.h"

G_BEGIN_DECLS

/**
 * RcpBookVisit: one booking: a transaction of DESIGN.md with look-up, repeat and read-back. Construct-only inputs; runs
 * once. The booking UUID and the confirmation code are made at construction, so a second run of the same object cannot
 * book twice.
 */
#define RCP_TYPE_BOOK_VISIT (rcp_book_visit_get_type ())
G_DECLARE_FINAL_TYPE (RcpBookVisit, rcp_book_visit, RCP, BOOK_VISIT, GObject)

/* @visit_type, @complaint: nullable */
RcpBookVisit *rcp_book_visit_new (FhirClient *client,
                                  RcpClock *clock,
                                  RcpPatient *patient,
                                  RcpOffer *offer,
                                  RcpVisitType *visit_type,
                                  RcpUrgency urgency,
                                  const char *complaint);
void rcp_book_visit_run_async (RcpBookVisit *self,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
/* The visit as read back from the record: (transfer full). */
RcpVisit *rcp_book_visit_run_finish (RcpBookVisit *self, GAsyncResult *result, GError **error);

/**
 * RcpMoveVisit: old slots free, new slots busy, the same Appointment, in one transaction, with read-back.
 */
#define RCP_TYPE_MOVE_VISIT (rcp_move_visit_get_type ())
G_DECLARE_FINAL_TYPE (RcpMoveVisit, rcp_move_visit, RCP, MOVE_VISIT, GObject)

RcpMoveVisit *rcp_move_visit_new (FhirClient *client, RcpClock *clock, RcpVisit *visit, RcpOffer *offer);
void rcp_move_visit_run_async (RcpMoveVisit *self,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
RcpVisit *rcp_move_visit_run_finish (RcpMoveVisit *self, GAsyncResult *result, GError **error);

/**
 * RcpCancelVisit: Appointment cancelled with a reason, its slots free, in one transaction, with read-back.
 */
#define RCP_TYPE_CANCEL_VISIT (rcp_cancel_visit_get_type ())
G_DECLARE_FINAL_TYPE (RcpCancelVisit, rcp_cancel_visit, RCP, CANCEL_VISIT, GObject)

/* @reason: code of RCP_SYSTEM_CANCELLATION: see rcp_cancel_reasons(); @comment: nullable */
RcpCancelVisit *
rcp_cancel_visit_new (FhirClient *client, RcpClock *clock, RcpVisit *visit, const char *reason, const char *comment);
void rcp_cancel_visit_run_async (RcpCancelVisit *self,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
RcpVisit *rcp_cancel_visit_run_finish (RcpCancelVisit *self, GAsyncResult *result, GError **error);

/**
 * RcpSetStatus: arrived, no-show and the like: a PUT with If-Match, legal transitions only (fact sheet, section 2).
 */
#define RCP_TYPE_SET_STATUS (rcp_set_status_get_type ())
G_DECLARE_FINAL_TYPE (RcpSetStatus, rcp_set_status, RCP, SET_STATUS, GObject)

RcpSetStatus *rcp_set_status_new (FhirClient *client, RcpClock *clock, RcpVisit *visit, RcpVisitStatus status);
void rcp_set_status_run_async (RcpSetStatus *self,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
RcpVisit *rcp_set_status_run_finish (RcpSetStatus *self, GAsyncResult *result, GError **error);
gboolean rcp_visit_status_may_become (RcpVisitStatus from, RcpVisitStatus to);

typedef struct
{
  const char *code;
  const char *label; /* untranslated, marked with N_() */
} RcpCancelReason;

/* The reasons a desk needs most, in order of use. */
const RcpCancelReason *rcp_cancel_reasons (guint *n_reasons);

G_END_DECLS
