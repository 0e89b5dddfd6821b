/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Private to scheduling: what booking, moving, cancelling, another status and undoing have in common. One Appointment,
 * its Encounter, the slots it takes and gives back, the notices to the patient, and the trace of who did it change
 * together. */

#include "base/rcp-busy-times.h"
#include "base/rcp-clock.h"
#include "scheduling/rcp-book-visit.h"
#include "scheduling/rcp-commit.h"
#include "scheduling/rcp-visit-json.h"

G_BEGIN_DECLS

typedef enum
{
  RCP_ENCOUNTER_KEEP,    /* it is not looked at */
  RCP_ENCOUNTER_STEP,    /* it follows the status */
  RCP_ENCOUNTER_RESTORE, /* it becomes what it was */
} RcpEncounterPlan;

/**
 * RcpVisitChange:
 * @visit: what is changed, NULL for a new one; with its Encounter as soon as that was read
 * @asked: the Appointment as it shall be
 * @booking_id: of the visit; NULL for one that another program booked
 * @take: ids of the slots that it shall hold, NULL when none
 * @keeps_slots: whether the slots of @visit stay as they are
 * @range, @zone, @practitioner_id, @provider_name: when and with whom it shall be, where @take says that it takes time;
 *   @zone is NULL when it takes none
 * @offer: where @take is from, with the times that were shown, or NULL
 * @busy_times: what the calendars of providers keep, or NULL
 * @rooms: (element-type RcpRoom): of which it takes one along, or NULL when it needs none
 * @kept: (element-type RcpRoom): those that come along although it does not need them, all of them; or NULL
 * @room: the one that it takes, once that is chosen; its slots are among @take then
 * @group: (element-type RcpVisitChange): those that are made in one transaction, this one among them; or NULL: alone
 * @overbook: why it may stand beside other visits, or NULL; @beyond_limit: even where the limit of the half day is reached
 * @turn: the Schedule whose limit was counted, which changes along: of two that count at once only one is let through; or NULL
 * @person_id: of the one of several who alone takes the step, or NULL: all who may
 * @steps: the step of each of those who come to @visit, or NULL: all take it
 * @status: what it becomes, for @encounter_plan RCP_ENCOUNTER_STEP
 * @restored: the visit whose state comes back, for RCP_ENCOUNTER_RESTORE
 * @revive: references of the notices that become active again, or NULL
 * @closes: an entry of the wait list that is fulfilled by this, or NULL
 * @reopens: an entry of the wait list, as it was before it was closed, that is open again, or NULL
 * @not_told_since: the change is refused when the patient was told something since then; 0 for no matter
 * @trace: what the change leaves in Provenance
 * @capabilities, @slots, @notices, @encounters, @entry: what was read first; @entry is what became of @reopens
 * @before: reference to FhirResource, of all that is overwritten
 * @after: reference to JsonObject, of all that is overwritten
 * @made_encounters: (element-type JsonObject): the Encounters that are made new
 * @plan: what is to be sent, until it is
 */
typedef struct
{
  FhirClient *client;
  RcpClock *clock;
  RcpDeed deed;
  RcpVisit *visit;
  RcpPatient *patient;
  JsonObject *asked;
  char *booking_id;
  GStrv take;
  gboolean keeps_slots;
  RcpTimeRange range;
  GTimeZone *zone;
  char *practitioner_id;
  char *provider_name;
  RcpOffer *offer;
  RcpBusyTimes *busy_times;
  GPtrArray *rooms;
  GPtrArray *kept;
  RcpRoom *room;
  guint n_rooms_tried;
  GPtrArray *group;
  char *overbook;
  gboolean beyond_limit;
  FhirResource *turn;
  guint n_turns_missed;
  RcpEncounterPlan encounter_plan;
  RcpVisitStatus status;
  char *room_id;
  char *room_name;
  char *person_id;
  RcpVisitStep *steps;
  RcpVisit *restored;
  GStrv revive;
  RcpVisit *closes;
  RcpVisit *reopens;
  gint64 not_told_since;
  gboolean notifies;
  const char *code; /* of RCP_SYSTEM_DEED */
  char *reason;
  char *desk;

  FhirCapabilities *capabilities;
  GPtrArray *slots;
  GPtrArray *notices;
  FhirBundle *encounters;
  FhirResource *entry;
  GHashTable *before;
  GHashTable *after;
  GPtrArray *made_encounters;
  GStrv revoked;
  RcpCommitPlan *plan;
} RcpVisitChange;

/* Takes @asked. @visit: nullable. */
RcpVisitChange *
rcp_visit_change_new (FhirClient *client, RcpClock *clock, RcpDeed deed, RcpVisit *visit, JsonObject *asked);
void rcp_visit_change_free (RcpVisitChange *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RcpVisitChange, rcp_visit_change_free)

/* It shall take the time of @offer, and the patient shall hear of it. */
void rcp_visit_change_take_offer (RcpVisitChange *self, RcpOffer *offer);
/* It shall hold the slots that @visit names, if they are free. @provider: of @visit, or NULL when it is not known. */
void rcp_visit_change_take_back (RcpVisitChange *self, RcpVisit *visit, RcpProvider *provider);
/* Which room or device of those that it has then @visit uses too: borrowed, or NULL. */
RcpRoom *rcp_visit_change_find_shared_room (RcpVisitChange *self, RcpVisit *visit);
/* The last look before it is sent: FALSE with RCP_SCHEDULING_ERROR_KEPT when a calendar keeps the time of @offer by now, and nobody
 * says why the visit may stand there all the same. */
gboolean rcp_visit_change_check_calendar (RcpVisitChange *self, GError **error);
/* It may stand beside other visits, for @reason; NULL: it may not. */
void rcp_visit_change_put_beside (RcpVisitChange *self, const char *reason);

/* For changes that are made together: reads and checks all that @self, which has a group, needs before it is sent. */
void rcp_visit_change_prepare_async (RcpVisitChange *self,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer user_data);
gboolean rcp_visit_change_prepare_finish (GAsyncResult *result, GError **error);
/* Where somebody was faster: whether there is another room to try, or the limit of the half day is to be counted anew. */
gboolean rcp_visit_change_may_start_over (RcpVisitChange *self);
/* Forgets what was read, for that; FALSE when there is nothing to try. */
gboolean rcp_visit_change_start_over (RcpVisitChange *self);
/* The visit as @state holds it: (transfer full). */
RcpVisit *rcp_visit_change_make_visit (RcpVisitChange *self, RcpRecordState *state);

/* Takes @self. */
void rcp_visit_change_run_async (RcpVisitChange *self,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer user_data);
RcpVisit *rcp_visit_change_run_finish (GAsyncResult *result, GError **error);
/* Of a change that was made: the visit before, or NULL (borrowed); and what notices it took back. */
RcpVisit *rcp_visit_change_get_before (GAsyncResult *result);
GStrv rcp_visit_change_dup_revoked (GAsyncResult *result);
/* Of a change that was made: the entry of the wait list that it closed, as it was before, or NULL (borrowed). */
RcpVisit *rcp_visit_change_get_closed (GAsyncResult *result);

/* rcp-visit-compose.c: pure. */
const char *rcp_visit_change_get_patient_id (RcpVisitChange *self);
/* Of all who come to the visit: (transfer full), ids; the first is the one above. */
GStrv rcp_visit_change_list_patients (RcpVisitChange *self);
/* The same in one text with commas, each with @prefix: (transfer full). */
char *rcp_visit_change_join_patients (RcpVisitChange *self, const char *prefix);
const char *rcp_visit_change_get_visit_id (RcpVisitChange *self); /* NULL for a new one */
/* Whether the CommunicationRequest is about the visit that is changed. */
gboolean rcp_visit_change_has_notice (RcpVisitChange *self, FhirResource *notice);
/* The ids of all slots that are read: those of the visit and those that it shall take, each once, joined by commas; ""
 * when there are none. */
char *rcp_visit_change_list_slots (RcpVisitChange *self);
/* Whether the visit may have the slot: it is free, or the visit's own already. */
gboolean rcp_visit_change_may_take (RcpVisitChange *self, FhirResource *slot);
/* The same of all that it takes, unless it may stand beside others. */
gboolean rcp_visit_change_may_take_all (RcpVisitChange *self);
/* The plan from what was read; NULL with a RcpSchedulingError when a slot is taken already. @transaction: to add to, or
 * NULL for one of its own. */
RcpCommitPlan *rcp_visit_change_compose (RcpVisitChange *self, FhirTransaction *transaction, GError **error);

/* Overwrites @before by @after, which is taken, if nobody else did meanwhile. */
void rcp_visit_change_put (RcpVisitChange *self, FhirTransaction *transaction, FhirResource *before, JsonObject *after);

/* rcp-change-people.c: pure. Decides who takes the step to @status: the kind of it for the visit. */
RcpVisitStep rcp_visit_change_plan_steps (RcpVisitChange *self);
/* How far the visit is then. */
RcpVisitStatus rcp_visit_change_get_status_after (RcpVisitChange *self);
/* Writes that into @asked. */
void rcp_visit_change_ask_for_status (RcpVisitChange *self);
void rcp_visit_change_put_encounters (RcpVisitChange *self, FhirTransaction *transaction);
/* What was asked of the Encounter that was made new, if @encounter is one; else NULL. */
JsonObject *rcp_visit_change_find_made (RcpVisitChange *self, FhirResource *encounter);
/* Whether the Encounters are as they shall be, where any is written at all. */
gboolean rcp_visit_change_has_encounters (RcpVisitChange *self, RcpRecordState *state);
/* Adds what it was for each, where several come. */
void rcp_visit_change_trace_people (RcpVisitChange *self, JsonObject *provenance);

/* rcp-visit-judge.c: pure: how far the change got, and what takes a part of it back; see RcpCommitPlan. */
RcpVerdict rcp_visit_change_judge (RcpRecordState *state, gpointer user_data, char **difference);
JsonObject *rcp_visit_change_undo (RcpRecordState *state, FhirResource *current, gpointer user_data);

/* Says who has the time that could not be had. Takes @taken, the error to fall back on; always finishes with an error.
 * @change must live until then. */
void
rcp_taken_explain_async (RcpVisitChange *change, GError *taken, GAsyncReadyCallback callback, gpointer user_data);
GError *rcp_taken_explain_finish (GAsyncResult *result);

/* Reads when the rooms of @change are free, and takes the first that is. @change must live until the answer. */
void rcp_take_room_async (RcpVisitChange *change, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/* FALSE with RCP_SCHEDULING_ERROR_TAKEN, which names them, when none is, or with why it could not be read. */
gboolean rcp_take_room_finish (GAsyncResult *result, GError **error);

/* Whether neither the patient nor the provider has another visit during the time of @change, which must live until the
 * answer. */
void rcp_elsewhere_check_async (RcpVisitChange *change,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer user_data);
/* FALSE with RCP_SCHEDULING_ERROR_TAKEN when one of them has, or with why it could not be read. */
gboolean rcp_elsewhere_check_finish (GAsyncResult *result, GError **error);

/* Whether one more visit may be put beside others in that half day of the provider. */
void rcp_session_limit_check_async (RcpVisitChange *change,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer user_data);
/* FALSE with RCP_SCHEDULING_ERROR_LIMIT when not. */
gboolean rcp_session_limit_check_finish (GAsyncResult *result, GError **error);

/* Whether the patient was told something about the visit since @change->not_told_since. */
void
rcp_told_check_async (RcpVisitChange *change, GCancellable *cancellable, GAsyncReadyCallback callback, gpointer user_data);
/* FALSE with RCP_SCHEDULING_ERROR_TOLD when so. */
gboolean rcp_told_check_finish (GAsyncResult *result, GError **error);

G_END_DECLS
