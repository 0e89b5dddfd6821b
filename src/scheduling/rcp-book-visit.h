/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "scheduling/rcp-visit-operation.h"

G_BEGIN_DECLS

/**
 * RcpBookVisit: one booking: a transaction of DESIGN.md with look-up, repeat and read-back. Construct-only inputs; runs
 * once. The booking UUID and the confirmation code are made at construction, so a second run of the same object cannot
 * book twice.
 */
#define RCP_TYPE_BOOK_VISIT (rcp_book_visit_get_type ())
G_DECLARE_FINAL_TYPE (RcpBookVisit, rcp_book_visit, RCP, BOOK_VISIT, RcpVisitOperation)

/* @visit_type, @complaint: nullable */
RcpBookVisit *rcp_book_visit_new (FhirClient *client,
                                  RcpClock *clock,
                                  RcpPatient *patient,
                                  RcpOffer *offer,
                                  RcpVisitType *visit_type,
                                  RcpUrgency urgency,
                                  const char *complaint);
/* To put the visit where others are already: why, in the words of the desk; see rcp_offer_new_for_range(). */
void rcp_book_visit_set_overbook (RcpBookVisit *self, const char *reason);
/* One more than is allowed in the half day: heeded for an emergency alone. */
void rcp_book_visit_set_beyond_limit (RcpBookVisit *self, gboolean beyond_limit);
/* One UUID for all visits of a series, or NULL; see rcp-series.h. */
void rcp_book_visit_set_series (RcpBookVisit *self, const char *series_id);
/* One UUID for all visits that are booked as one, or NULL; see rcp-chains.h and rcp_run_together_async(). */
void rcp_book_visit_set_together (RcpBookVisit *self, const char *together_id);
/* Somebody else who comes to the same visit. */
void rcp_book_visit_add_patient (RcpBookVisit *self, RcpPatient *patient);
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
G_DECLARE_FINAL_TYPE (RcpMoveVisit, rcp_move_visit, RCP, MOVE_VISIT, RcpVisitOperation)

RcpMoveVisit *rcp_move_visit_new (FhirClient *client, RcpClock *clock, RcpVisit *visit, RcpOffer *offer);
void rcp_move_visit_set_overbook (RcpMoveVisit *self, const char *reason);
gboolean rcp_visit_status_may_move (RcpVisitStatus status);
gboolean rcp_visit_may_move (RcpVisit *visit); /* each of those who come may */
void rcp_move_visit_run_async (RcpMoveVisit *self,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
RcpVisit *rcp_move_visit_run_finish (RcpMoveVisit *self, GAsyncResult *result, GError **error);

/**
 * RcpCancelVisit: Appointment cancelled with a reason, its slots free, in one transaction, with read-back.
 */
#define RCP_TYPE_CANCEL_VISIT (rcp_cancel_visit_get_type ())
G_DECLARE_FINAL_TYPE (RcpCancelVisit, rcp_cancel_visit, RCP, CANCEL_VISIT, RcpVisitOperation)

/* @reason: code of RCP_SYSTEM_CANCELLATION: see rcp_cancel_reasons(); @comment: nullable */
RcpCancelVisit *
rcp_cancel_visit_new (FhirClient *client, RcpClock *clock, RcpVisit *visit, const char *reason, const char *comment);
void rcp_cancel_visit_run_async (RcpCancelVisit *self,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
RcpVisit *rcp_cancel_visit_run_finish (RcpCancelVisit *self, GAsyncResult *result, GError **error);

/**
 * RcpSetStatus: the flow of the day: confirmed, arrived, in a room, with the provider, done, no-show, left; and back,
 * when the status was wrong. Appointment, Encounter and the trace of it change in one transaction.
 */
#define RCP_TYPE_SET_STATUS (rcp_set_status_get_type ())
G_DECLARE_FINAL_TYPE (RcpSetStatus, rcp_set_status, RCP, SET_STATUS, RcpVisitOperation)

RcpSetStatus *rcp_set_status_new (FhirClient *client, RcpClock *clock, RcpVisit *visit, RcpVisitStatus status);
/* @visit may be the part of one of several: then that one alone takes the step. For RCP_VISIT_ROOMED: the Location where the patient is; also to change the room of who is in one already. */
void rcp_set_status_set_room (RcpSetStatus *self, const char *room_id, const char *room_name);
void rcp_set_status_run_async (RcpSetStatus *self,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer user_data);
RcpVisit *rcp_set_status_run_finish (RcpSetStatus *self, GAsyncResult *result, GError **error);

typedef enum
{
  RCP_STEP_NONE,       /* not to be made */
  RCP_STEP_FORWARD,    /* as the day goes on */
  RCP_STEP_CORRECTION, /* the status was wrong; leaves a trace that says so */
} RcpVisitStep;

RcpVisitStep rcp_visit_status_get_step (RcpVisitStatus from, RcpVisitStatus to);
gboolean rcp_visit_status_may_become (RcpVisitStatus from, RcpVisitStatus to);
/* Of all who come to a visit, or of the one of rcp_visit_dup_part(). */
RcpVisitStep rcp_visit_get_step (RcpVisit *visit, RcpVisitStatus to);
gboolean rcp_visit_may_become (RcpVisit *visit, RcpVisitStatus to);
/* Who of several takes the step that one key brings to all; the kind of it for the visit. */
RcpVisitStep rcp_people_plan_steps (const RcpVisitStatus *from, guint n_people, RcpVisitStatus to, RcpVisitStep *steps);
/* The status that one key brings next: arrived after booked, done after with the provider; RCP_VISIT_ERROR when none. */
RcpVisitStatus rcp_visit_status_get_next (RcpVisitStatus status);

typedef struct
{
  const char *code;
  const char *label; /* untranslated, marked with N_() */
} RcpCancelReason;

/* The reasons a desk needs most, in order of use. */
const RcpCancelReason *rcp_cancel_reasons (guint *n_reasons);

G_END_DECLS
