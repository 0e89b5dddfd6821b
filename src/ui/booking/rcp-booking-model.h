/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "scheduling/rcp-book-visit.h"
#include "scheduling/rcp-find-openings.h"
#include "ui/booking/rcp-offer-ranking.h"
#include "ui/rcp-desk.h"

G_BEGIN_DECLS

typedef enum
{
  RCP_BOOKING_SEARCHING, /* offers shown are of an earlier wish */
  RCP_BOOKING_OFFERS,
  RCP_BOOKING_NOTHING,   /* no opening at all in the window */
  RCP_BOOKING_FAILED,    /* the search failed */
  RCP_BOOKING_BUSY,      /* the booking or move is on its way: nothing may be changed */
  RCP_BOOKING_DONE,
} RcpBookingState;

/**
 * RcpBookingModel:
 *
 * The view-model of the booking dialog: who, what, when; the offers that fit; and the one booking or move that comes
 * of it. Every change of the wish searches anew and takes back the search before it. A time that was taken meanwhile
 * leaves a notice and fresh offers, never a booked visit. Properties: "state" (int), "notice", "patient".
 */
#define RCP_TYPE_BOOKING_MODEL (rcp_booking_model_get_type ())
G_DECLARE_FINAL_TYPE (RcpBookingModel, rcp_booking_model, RCP, BOOKING_MODEL, GObject)

RcpBookingModel *rcp_booking_model_new (RcpDesk *desk);
/* To move @visit instead of booking a new one: patient, visit type, provider and urgency are taken from it. */
void rcp_booking_model_set_moving (RcpBookingModel *self, RcpVisit *visit);
RcpVisit *rcp_booking_model_get_moving (RcpBookingModel *self);

void rcp_booking_model_set_patient (RcpBookingModel *self, RcpPatient *patient);
RcpPatient *rcp_booking_model_get_patient (RcpBookingModel *self);

/* The wish. NULL: any. Each searches anew. */
void rcp_booking_model_set_visit_type (RcpBookingModel *self, RcpVisitType *visit_type);
void rcp_booking_model_set_specialty (RcpBookingModel *self, const char *specialty);
void rcp_booking_model_set_provider (RcpBookingModel *self, RcpProvider *provider);
void rcp_booking_model_set_urgency (RcpBookingModel *self, RcpUrgency urgency);
void rcp_booking_model_set_time_of_day (RcpBookingModel *self, RcpTimeOfDay time_of_day);
void rcp_booking_model_set_from (RcpBookingModel *self, const GDate *from);
/* rcp-booking-start.c: whom the patient asks for; nobody is left out. */
void rcp_booking_model_set_gender (RcpBookingModel *self, RcpGender gender);
RcpVisitOperation *rcp_booking_make_operation (RcpBookingModel *self, RcpDesk *desk, RcpOffer *offer); /* (transfer full) */
RcpVisitType *rcp_booking_dup_usual_visit_type (RcpRoster *roster);
RcpOwnVisits *rcp_booking_own_visits_new (FhirClient *client, RcpPatient *patient, RcpVisit *moving);
/* rcp-booking-musts.c: what the patient cannot do without, an or of RCP_BARRIER_LANGUAGE and RCP_BARRIER_NETWORK; who does not meet it is
 * left out. Another patient has none. */
void rcp_booking_model_set_musts (RcpBookingModel *self, guint musts);
void rcp_booking_musts_leave_out (RcpBookingModel *self, RcpWish *wish);
gboolean rcp_booking_musts_changed (RcpBookingModel *self); /* since the last search more or others are to be left out */
/* How many are left out and why, behind it @explanation (nullable): (transfer full), NULL when there is nothing to say. */
char *rcp_booking_musts_tell (RcpBookingModel *self, const char *explanation);
/* What must be, in sentences: (transfer full), NULL when nothing must be. */
char *rcp_booking_musts_describe (RcpBookingModel *self);
/* rcp-booking-start.c: a click on empty time: this day, not before this start; with the RcpProvider that @owner is, or with anybody
 * in the RcpRoom that it is. */
void rcp_booking_model_set_start (RcpBookingModel *self, gpointer owner, gint64 start);
void rcp_booking_model_set_not_before (RcpBookingModel *self, gint64 start);
/* The room or device that a visit takes along; NULL: any that fits. */
void rcp_booking_model_set_room (RcpBookingModel *self, RcpRoom *room);
void rcp_booking_model_set_complaint (RcpBookingModel *self, const char *complaint);

/* Earliest first, or those that suit the patient best. Searches anew: to be compared, each provider has to have some. */
void rcp_booking_model_set_order (RcpBookingModel *self, RcpOfferOrder order);
RcpOfferRanking *rcp_booking_model_get_ranking (RcpBookingModel *self); /* borrowed; why an offer stands where it does */

const char *rcp_booking_model_get_complaint (RcpBookingModel *self); /* or NULL */
RcpRoster *rcp_booking_model_get_roster (RcpBookingModel *self); /* borrowed */
const RcpWish *rcp_booking_model_get_wish (RcpBookingModel *self);
RcpVisitType *rcp_booking_model_get_visit_type (RcpBookingModel *self);

RcpBookingState rcp_booking_model_get_state (RcpBookingModel *self);
/* What went wrong or why the wish was not met; translated; NULL when there is nothing to say. */
const char *rcp_booking_model_get_notice (RcpBookingModel *self);
/* The technical text behind the notice, or NULL. */
const char *rcp_booking_model_get_detail (RcpBookingModel *self);
GListModel *rcp_booking_model_get_offers (RcpBookingModel *self); /* of RcpOffer; the same list for life */
void rcp_booking_model_search (RcpBookingModel *self);            /* once more, as it stands */

/* Books (or moves to) @offer. On failure the model has a notice and searches anew. */
void rcp_booking_model_book_async (RcpBookingModel *self, RcpOffer *offer, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
RcpVisit *rcp_booking_model_book_finish (RcpBookingModel *self, GAsyncResult *result, GError **error);

/* rcp-booking-wait.c: no time suits. Puts the patient of @self on the wait list with all that is wished for; who moves a
 * visit keeps it until an earlier time is found. On failure the model has a notice. */
void rcp_booking_wait_async (RcpBookingModel *self, RcpDesk *desk, GAsyncReadyCallback callback, gpointer user_data);
RcpVisit *rcp_booking_wait_finish (GAsyncResult *result, GError **error);
void rcp_booking_model_tell (RcpBookingModel *self, const char *notice, const char *detail); /* both nullable */

G_END_DECLS
