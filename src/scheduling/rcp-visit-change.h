/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Private to scheduling: what booking, moving, cancelling and voiding have in common. One Appointment, the slots it
 * takes and gives back, the notices to the patient, and the trace of who did it change together. */

#include "base/rcp-clock.h"
#include "scheduling/rcp-commit.h"
#include "scheduling/rcp-visit-json.h"

G_BEGIN_DECLS

/**
 * RcpVisitChange:
 * @visit: what is changed, NULL for a new one
 * @offer: the slots to take, NULL when none
 * @asked: the Appointment as it shall be
 * @booking_id: of the visit; NULL for one that another program booked
 * @capabilities, @slots, @notices: (element-type FhirResource): what was read first
 * @before: reference to FhirResource, of all that is overwritten
 * @after: reference to JsonObject, of all that is overwritten
 * @plan: what is to be sent, until it is
 */
typedef struct
{
  FhirClient *client;
  RcpClock *clock;
  RcpDeed deed;
  RcpVisit *visit;
  RcpOffer *offer;
  RcpPatient *patient;
  JsonObject *asked;
  char *booking_id;
  FhirCapabilities *capabilities;
  GPtrArray *slots;
  GPtrArray *notices;
  GHashTable *before;
  GHashTable *after;
  RcpCommitPlan *plan;
} RcpVisitChange;

/* Takes @asked. @visit, @offer, @patient: nullable. */
RcpVisitChange *rcp_visit_change_new (FhirClient *client,
                                      RcpClock *clock,
                                      RcpDeed deed,
                                      RcpVisit *visit,
                                      RcpOffer *offer,
                                      RcpPatient *patient,
                                      JsonObject *asked,
                                      const char *booking_id);
void rcp_visit_change_free (RcpVisitChange *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RcpVisitChange, rcp_visit_change_free)

/* Takes @self. */
void rcp_visit_change_run_async (RcpVisitChange *self,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
RcpVisit *rcp_visit_change_run_finish (GAsyncResult *result, GError **error);

/* The ids of all slots that are read: those of the visit and those of the offer, each once, joined by commas; "" when
 * there are none. */
char *rcp_visit_change_list_slots (RcpVisitChange *self);
/* The plan from what was read; NULL with a RcpSchedulingError when a slot is taken already. */
RcpCommitPlan *rcp_visit_change_compose (RcpVisitChange *self, GError **error);

/* Says who has the time that could not be had. @own_visit_id: of the visit that is moved, which is in nobody's way, or
 * NULL. Takes @taken, the error to fall back on; always finishes with an error. */
void rcp_taken_explain_async (FhirClient *client,
                              RcpOffer *offer,
                              RcpDeed deed,
                              const char *own_visit_id,
                              GError *taken,
                              GAsyncReadyCallback callback,
                              gpointer user_data);
GError *rcp_taken_explain_finish (GAsyncResult *result);

/* Whether neither the patient nor the provider has another visit during @offer; @patient_id, @visit_id: nullable. */
void rcp_elsewhere_check_async (FhirClient *client,
                                RcpOffer *offer,
                                RcpDeed deed,
                                const char *patient_id,
                                const char *visit_id,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
/* FALSE with RCP_SCHEDULING_ERROR_TAKEN when one of them has, or with why it could not be read. */
gboolean rcp_elsewhere_check_finish (GAsyncResult *result, GError **error);

G_END_DECLS
