/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* Private to scheduling: what booking, moving and cancelling write, as JSON; pure. */

#include "scheduling/rcp-wish.h"

G_BEGIN_DECLS

JsonObject *rcp_json_reference (const char *reference, const char *display);
JsonObject *rcp_json_coding (const char *system, const char *code, const char *display);
JsonObject *rcp_json_concept (const char *system, const char *code, const char *display);
JsonObject *rcp_json_identifier (const char *system, const char *value);
/* Somebody or something that takes part: a required one. */
JsonObject *rcp_json_participant (const char *type, const char *id, const char *display, const char *status);
/* An array of one object, which is taken. */
JsonArray *rcp_json_array_of (JsonObject *only);
void rcp_json_set_instant (JsonObject *object, const char *member, gint64 instant);

typedef struct
{
  RcpPatient *patient;
  RcpOffer *offer;
  RcpVisitType *visit_type;
  RcpUrgency urgency;
  const char *complaint;
  const char *booking_id;
  const char *code;
  gint64 now;
  const char *series_id; /* or NULL */
  const char *together_id; /* or NULL */
  GPtrArray *others;       /* of RcpPatient: who comes to the same visit, or NULL */
} RcpVisitDraft;

/* The Appointment of a new visit: (transfer full). */
JsonObject *rcp_visit_json_new (const RcpVisitDraft *draft);
/* The same Appointment at another time, and with another provider: edits @appointment in place. */
void rcp_visit_json_move (JsonObject *appointment, RcpOffer *offer);
void rcp_visit_json_cancel (JsonObject *appointment, const char *reason, const char *comment);

/* For what a visit is: type with its preparation, urgency and the patient's words; the latter two nullable. */
void rcp_visit_json_set_purpose (JsonObject *appointment,
                                 RcpVisitType *visit_type,
                                 RcpUrgency urgency,
                                 const char *complaint);
/* It takes @room along; edits in place. */
void rcp_visit_json_add_room (JsonObject *appointment, RcpRoom *room);
void rcp_visit_json_drop_room (JsonObject *appointment, RcpRoom *room);
/* Which slots it names: @ids (element-type utf8). */
void rcp_visit_json_set_slots (JsonObject *appointment, GPtrArray *ids);
/* Appointment.status, and the patient's answer where the status says more of it. */
void rcp_visit_json_set_status (JsonObject *appointment, RcpVisitStatus status);
/* The same by Appointment.status alone, and the answer of one patient. */
void rcp_visit_json_set_code (JsonObject *appointment, RcpVisitStatus status);
void rcp_visit_json_set_answer (JsonObject *appointment, const char *patient_id, RcpVisitStatus status);
/* Why it stands beside others; NULL takes that away. */
void rcp_visit_json_set_overbooked (JsonObject *appointment, const char *reason);

/**
 * RcpEncounterStep:
 * @visit: as it was
 * @patient_id: (nullable): whose Encounter it is
 * @is_of_several: whether others come to the same visit, so that one who does not come must be told from them
 * @status: what it becomes
 * @is_correction: whether it goes back to what it was, as it had never been otherwise
 * @room_id, @room_name: where the patient is now, or NULL: where he or she was
 * @now: the time
 */
typedef struct
{
  RcpVisit *visit;
  const char *patient_id;
  gboolean is_of_several;
  RcpVisitStatus status;
  gboolean is_correction;
  const char *room_id;
  const char *room_name;
  gint64 now;
} RcpEncounterStep;

/* The Encounter after a step; @before: nullable. (transfer full); NULL when the visit needs none. */
JsonObject *rcp_encounter_json_step (JsonObject *before, const RcpEncounterStep *step);
/* A reference to where the patient is, or was last; or NULL. */
const char *rcp_encounter_json_get_last_room (JsonObject *encounter);

/* A slot taken for @booking_id, or given back: edits in place. The identifier says for which booking it is busy, so
 * that what is left of a half done one can be told from somebody else's. */
void rcp_slot_json_take (JsonObject *slot, const char *booking_id);
/* A slot in blocked time is blocked from then on; it still says whose it was, so that a change that is undone has it back. */
void rcp_slot_json_release (JsonObject *slot);
/* Forgets for which booking it is, or was. */
void rcp_slot_json_unmark (JsonObject *slot);
/* Whether its time is blocked, be there still a visit or not. */
gboolean rcp_slot_json_is_blocked (JsonObject *slot);
/* Blocked, and of @booking_id (nullable) until then. */
gboolean rcp_slot_json_was_held_by (JsonObject *slot, const char *booking_id);
gboolean rcp_slot_json_is_free (JsonObject *slot);
/* Busy, and not for another booking than @booking_id (nullable). */
gboolean rcp_slot_json_is_held_by (JsonObject *slot, const char *booking_id);

typedef enum
{
  RCP_NOTICE_CONFIRMATION, /* now */
  RCP_NOTICE_REMINDER,     /* a day before */
} RcpNotice;

/* A CommunicationRequest about the visit; the medium is left to the patient's preference. @about: "Appointment/1" or
 * "urn:uuid:...". */
JsonObject *rcp_notice_json_new (
    RcpNotice notice, const char *patient_id, const char *about, const char *booking_id, gint64 now, gint64 occurs);
/* When the reminder of a visit at @start goes out, or 0 when that time is over. */
gint64 rcp_notice_get_reminder_time (gint64 start, gint64 now);

/**
 * RcpTrace: who did what.
 * @target: reference of what was changed
 * @operation: "CREATE" or "UPDATE"
 * @code: of RCP_SYSTEM_DEED: "book", "move", "cancel", "status", "correct", "undo", "block", "unblock"
 * @desk: name of the desk, or NULL
 * @reason: in words, or NULL
 * @old_status, @new_status: names of RcpVisitStatus, or NULL
 */
typedef struct
{
  const char *target;
  const char *operation;
  const char *code;
  const char *desk;
  const char *reason;
  const char *old_status;
  const char *new_status;
  gint64 now;
} RcpTrace;

JsonObject *rcp_provenance_json_new (const RcpTrace *trace);
/* Of a visit to which several come: how far one of them was, and is. */
void rcp_provenance_json_add_person (JsonObject *provenance, const char *patient_id, const char *old_status, const char *new_status);

/* NULL when @kept holds all that matters of @asked: time, slots, status, participants, identifiers, texts; else what
 * differs, without any content: (transfer full). */
char *rcp_visit_json_compare (JsonObject *asked, JsonObject *kept);
/* Whether both are equal but for meta. */
gboolean rcp_json_equal_but_meta (JsonObject *a, JsonObject *b);

G_END_DECLS
