/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* What a desk knows, as immutable GObjects made from resources of the record. All getters borrow and do no I/O. Every string property of
 * them is a GObject property as well (read only), so that .ui files can bind it. */

#include "base/rcp-time-range.h"
#include "clinic/rcp-gender.h"
#include "base/rcp-weekly-hours.h"
#include "fhir/fhir-bundle.h"

G_BEGIN_DECLS

#define RCP_TYPE_PATIENT (rcp_patient_get_type ())
G_DECLARE_FINAL_TYPE (RcpPatient, rcp_patient, RCP, PATIENT, GObject)

RcpPatient *rcp_patient_new (FhirResource *patient);
FhirResource *rcp_patient_get_resource (RcpPatient *self);
const char *rcp_patient_get_id (RcpPatient *self);
const char *rcp_patient_get_name (RcpPatient *self);        /* "Maria Garcia"; official or usual name in use */
const char *rcp_patient_get_sort_name (RcpPatient *self);   /* "Garcia, Maria" */
const GDate *rcp_patient_get_birth_date (RcpPatient *self); /* NULL when unknown or not a full date */
int rcp_patient_get_age (RcpPatient *self, const GDate *today); /* years, -1 when unknown */
const char *rcp_patient_get_mrn (RcpPatient *self);         /* type MR, else our system, else NULL */
const char *rcp_patient_get_phone (RcpPatient *self);       /* as written, or NULL */
const char *rcp_patient_get_email (RcpPatient *self);
const char *rcp_patient_get_address (RcpPatient *self);     /* one line, or NULL */
const char *rcp_patient_get_gender (RcpPatient *self);      /* FHIR code, or NULL */
const char *rcp_patient_get_language (RcpPatient *self);    /* BCP 47 of the preferred communication, or NULL */
gboolean rcp_patient_is_deceased (RcpPatient *self);
gboolean rcp_patient_is_active (RcpPatient *self);

#define RCP_TYPE_PLACE (rcp_place_get_type ())
G_DECLARE_FINAL_TYPE (RcpPlace, rcp_place, RCP, PLACE, GObject)

RcpPlace *rcp_place_new (FhirResource *location);
const char *rcp_place_get_id (RcpPlace *self);
const char *rcp_place_get_name (RcpPlace *self);
const char *rcp_place_get_address (RcpPlace *self);
GTimeZone *rcp_place_get_zone (RcpPlace *self);             /* of the timezone extension, else the local zone */
GArray *rcp_place_get_closed (RcpPlace *self);              /* of RcpTimeRange: holidays and other closed days */

/**
 * RcpRoom:
 *
 * A room of a place, or a device that is in one; with a Schedule of its own, so that it is booked beside the provider.
 */
#define RCP_TYPE_ROOM (rcp_room_get_type ())
G_DECLARE_FINAL_TYPE (RcpRoom, rcp_room, RCP, ROOM, GObject)

/* @actor: a Location or a Device; @place: the site, or NULL */
RcpRoom *rcp_room_new (FhirResource *schedule, FhirResource *actor, RcpPlace *place);
const char *rcp_room_get_schedule_id (RcpRoom *self);
const char *rcp_room_get_reference (RcpRoom *self);         /* "Location/3" or "Device/4" */
const char *rcp_room_get_name (RcpRoom *self);
const char *rcp_room_get_kind (RcpRoom *self);              /* RCP_NEEDS_ROOM, or the code of the device's type */
RcpPlace *rcp_room_get_place (RcpRoom *self);               /* may be NULL */
GTimeZone *rcp_room_get_zone (RcpRoom *self);
gboolean rcp_room_is_one (FhirResource *resource);          /* whether a Location is a room, or a Device is the clinic's */

#define RCP_TYPE_VISIT_TYPE (rcp_visit_type_get_type ())
G_DECLARE_FINAL_TYPE (RcpVisitType, rcp_visit_type, RCP, VISIT_TYPE, GObject)

RcpVisitType *rcp_visit_type_new (FhirResource *healthcare_service);
const char *rcp_visit_type_get_id (RcpVisitType *self);
const char *rcp_visit_type_get_code (RcpVisitType *self);   /* RCP_SYSTEM_VISIT_TYPE code */
const char *rcp_visit_type_get_name (RcpVisitType *self);
guint rcp_visit_type_get_duration (RcpVisitType *self);     /* minutes, 15 when not told */
const char *rcp_visit_type_get_preparation (RcpVisitType *self); /* or NULL */
/* Specialty codes that offer it; empty: all. */
const char *const *rcp_visit_type_get_specialties (RcpVisitType *self);
const char *rcp_visit_type_get_needs (RcpVisitType *self);  /* RCP_NEEDS_ROOM, a device type, or NULL */
gboolean rcp_visit_type_is_for_new_patients (RcpVisitType *self); /* for them only */

/**
 * RcpProvider:
 *
 * A provider at one place with one Schedule: a column of the board. A person who works at two places is two of them.
 */
#define RCP_TYPE_PROVIDER (rcp_provider_get_type ())
G_DECLARE_FINAL_TYPE (RcpProvider, rcp_provider, RCP, PROVIDER, GObject)

RcpProvider *rcp_provider_new (FhirResource *schedule, FhirResource *role, FhirResource *practitioner, RcpPlace *place);
const char *rcp_provider_get_schedule_id (RcpProvider *self);     /* identity of the column */
const char *rcp_provider_get_role_id (RcpProvider *self);         /* may be NULL */
FhirResource *rcp_provider_get_role (RcpProvider *self);          /* may be NULL */
const char *rcp_provider_get_practitioner_id (RcpProvider *self);
const char *rcp_provider_get_name (RcpProvider *self);            /* "Dr. Ana Ruiz" */
const char *rcp_provider_get_short_name (RcpProvider *self);      /* "Dr. A. Ruiz" */
const char *rcp_provider_get_specialty (RcpProvider *self);       /* NUCC code, or NULL */
const char *rcp_provider_get_specialty_name (RcpProvider *self);  /* translated where it is one of ours */
RcpPlace *rcp_provider_get_place (RcpProvider *self);             /* may be NULL */
GTimeZone *rcp_provider_get_zone (RcpProvider *self);             /* never NULL */
const RcpWeeklyHours *rcp_provider_get_hours (RcpProvider *self); /* of availableTime; may be empty */
const char *const *rcp_provider_get_languages (RcpProvider *self);
gboolean rcp_provider_speaks (RcpProvider *self, const char *language);
RcpGender rcp_provider_get_gender (RcpProvider *self); /* RCP_GENDER_ANY when it is not known */

/* FHIR Slot; a small value, as there are tens of thousands. */
typedef enum
{
  RCP_SLOT_FREE,
  RCP_SLOT_BUSY,
  RCP_SLOT_TENTATIVE,   /* held */
  RCP_SLOT_UNAVAILABLE, /* blocked */
} RcpSlotStatus;

/* What blocked time is for: code of RCP_SYSTEM_BLOCK in Slot.serviceCategory. */
typedef enum
{
  RCP_BLOCK_OTHER,
  RCP_BLOCK_LUNCH,
  RCP_BLOCK_MEETING,
} RcpBlockKind;

typedef struct
{
  RcpTimeRange range;
  RcpSlotStatus status;
  GRefString *id;
  GRefString *schedule_id;
  GRefString *version_id; /* NULL when the server tells none */
  RcpBlockKind block;     /* of an unavailable one */
  GRefString *words;      /* Slot.comment of an unavailable one, or NULL */
} RcpSlot;

/**
 * RcpBlock:
 *
 * Time that a provider or a room keeps for something else than visits: slots next to one another that are blocked for
 * the same reason.
 */
typedef struct
{
  RcpTimeRange range;
  RcpBlockKind kind;
  GRefString *words; /* as written by who blocked it, or NULL */
} RcpBlock;

const char *rcp_block_kind_to_code (RcpBlockKind kind);
const char *rcp_block_kind_to_label (RcpBlockKind kind); /* translated */
RcpBlockKind rcp_block_kind_from_code (const char *code); /* RCP_BLOCK_OTHER for what is none */

void rcp_slot_clear (RcpSlot *slot);
/* FALSE for entered-in-error and for what is not a usable Slot. */
gboolean rcp_slot_init_from_json (RcpSlot *slot, FhirResource *resource);
GArray *rcp_slots_from_bundle (FhirBundle *bundle); /* (transfer full), sorted by schedule id, start; clear func set */

/**
 * RcpVisitStatus:
 *
 * How far a visit has come: Appointment.status, the patient's answer and the Encounter taken together.
 * @RCP_VISIT_BOOKED: booked; the patient has not confirmed it
 * @RCP_VISIT_CONFIRMED: booked, and the patient's participation is accepted
 * @RCP_VISIT_ARRIVED: waits
 * @RCP_VISIT_CHECKED_IN: checked in, nobody tells where
 * @RCP_VISIT_ROOMED: checked in and in a room (Encounter triaged, or arrived with a location)
 * @RCP_VISIT_WITH_PROVIDER: Encounter in progress
 * @RCP_VISIT_FULFILLED: done
 * @RCP_VISIT_LEFT: came and left without being seen (noshow with a cancelled Encounter)
 */
typedef enum
{
  RCP_VISIT_PROPOSED,
  RCP_VISIT_PENDING,
  RCP_VISIT_BOOKED,
  RCP_VISIT_CONFIRMED,
  RCP_VISIT_ARRIVED,
  RCP_VISIT_CHECKED_IN,
  RCP_VISIT_ROOMED,
  RCP_VISIT_WITH_PROVIDER,
  RCP_VISIT_FULFILLED,
  RCP_VISIT_CANCELLED,
  RCP_VISIT_NOSHOW,
  RCP_VISIT_LEFT,
  RCP_VISIT_WAITLIST,
  RCP_VISIT_ERROR,
} RcpVisitStatus;

typedef enum
{
  RCP_URGENCY_ROUTINE,   /* Appointment.priority 5 or absent or 0 */
  RCP_URGENCY_URGENT,    /* 2 to 4 */
  RCP_URGENCY_EMERGENCY, /* 1 */
} RcpUrgency;

/* The code of Appointment.status, which several share; one of our own for each; and a translated word for people. */
const char *rcp_visit_status_to_code (RcpVisitStatus status);
const char *rcp_visit_status_to_name (RcpVisitStatus status); /* "with-provider" */
const char *rcp_visit_status_to_label (RcpVisitStatus status);
RcpVisitStatus rcp_visit_status_from_name (const char *name); /* RCP_VISIT_ERROR for what is none */
/* By Appointment.status alone: the first that has it. */
RcpVisitStatus rcp_visit_status_from_code (const char *code); /* RCP_VISIT_ERROR for what is none */
guint rcp_urgency_to_priority (RcpUrgency urgency);
RcpUrgency rcp_urgency_from_priority (gint64 priority);
/* Whether the time of such a visit is taken. */
gboolean rcp_visit_status_takes_time (RcpVisitStatus status);
/* Whether the patient is in the house: from arrived until done or left. */
gboolean rcp_visit_status_is_present (RcpVisitStatus status);

#define RCP_TYPE_VISIT (rcp_visit_get_type ())
G_DECLARE_FINAL_TYPE (RcpVisit, rcp_visit, RCP, VISIT, GObject)

/* The Encounters among some resources: of each visit one, or one for each of those who come. */
typedef struct _RcpEncounters RcpEncounters;

RcpEncounters *rcp_encounters_new (GPtrArray *resources); /* of FhirResource, of any type */
RcpEncounters *rcp_encounters_new_from_bundle (FhirBundle *bundle);
RcpEncounters *rcp_encounters_get_of_bundle (FhirBundle *bundle); /* borrowed */
void rcp_encounters_free (RcpEncounters *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RcpEncounters, rcp_encounters_free)
FhirResource *rcp_encounters_get (RcpEncounters *self, const char *visit_id); /* borrowed, or NULL */
FhirResource *rcp_encounters_get_of (RcpEncounters *self, const char *visit_id, const char *patient_id, gboolean is_first);

/* Finds what is called @reference: borrowed, or NULL. */
typedef FhirResource *(*RcpResourceFind) (gpointer source, const char *reference);

/* @patient: the included Patient, or NULL (then the display text of the participant serves). */
RcpVisit *rcp_visit_new (FhirResource *appointment, FhirResource *patient);
/* @encounter: of the visit, or NULL: then the state is told by the Appointment alone. */
RcpVisit *rcp_visit_new_with_encounter (FhirResource *appointment, FhirResource *patient, FhirResource *encounter);
/* With the Patients that @find finds in @source, and the Encounters; both nullable. */
RcpVisit *rcp_visit_new_found (FhirResource *appointment, RcpEncounters *encounters, RcpResourceFind find, gpointer source);
/* With the Patients and the Encounters that came along. */
RcpVisit *rcp_visit_new_in_bundle (FhirResource *appointment, FhirBundle *bundle);
/* The same visit with Encounters that were read since. */
RcpVisit *rcp_visit_new_again (RcpVisit *visit, RcpEncounters *encounters);
FhirResource *rcp_visit_get_resource (RcpVisit *self);
const char *rcp_visit_get_id (RcpVisit *self);
RcpVisitStatus rcp_visit_get_status (RcpVisit *self);
RcpTimeRange rcp_visit_get_range (RcpVisit *self);
RcpPatient *rcp_visit_get_patient (RcpVisit *self);            /* may be NULL */
const char *rcp_visit_get_patient_id (RcpVisit *self);         /* may be NULL */
const char *rcp_visit_get_patient_name (RcpVisit *self);       /* "Garcia, Maria" */
const char *rcp_visit_get_practitioner_id (RcpVisit *self);    /* may be NULL */
const char *rcp_visit_get_role_id (RcpVisit *self);            /* may be NULL */
const char *rcp_visit_get_location_id (RcpVisit *self);        /* may be NULL */
const char *const *rcp_visit_get_slot_ids (RcpVisit *self);
const char *rcp_visit_get_type_code (RcpVisit *self);          /* may be NULL */
const char *rcp_visit_get_type_name (RcpVisit *self);          /* never NULL, perhaps "" */
const char *rcp_visit_get_complaint (RcpVisit *self);          /* Appointment.description; may be NULL */
const char *rcp_visit_get_instruction (RcpVisit *self);        /* patientInstruction; may be NULL */
RcpUrgency rcp_visit_get_urgency (RcpVisit *self);
const char *rcp_visit_get_code (RcpVisit *self);               /* confirmation code, or NULL */
const char *rcp_visit_get_booking_id (RcpVisit *self);         /* or NULL */
FhirResource *rcp_visit_get_encounter (RcpVisit *self);        /* or NULL */
/* When its status began, for the timers of those who wait; 0 when nobody tells. */
gint64 rcp_visit_get_since (RcpVisit *self);
gint64 rcp_visit_get_arrived_at (RcpVisit *self);              /* when the patient came; 0 when nobody tells */
const char *rcp_visit_get_room_id (RcpVisit *self);            /* Location where the patient is or was last, or NULL */
const char *rcp_visit_get_room_name (RcpVisit *self);          /* or NULL */
const char *rcp_visit_get_overbook_reason (RcpVisit *self);    /* why it was put beside another one; NULL when it was not */

const char *rcp_visit_get_series_id (RcpVisit *self);          /* UUID that the visits of a series share, or NULL */
const char *rcp_visit_get_together_id (RcpVisit *self);        /* UUID of the visits that were booked as one, or NULL */
/* Of all who come to it, the first is that of rcp_visit_get_patient_id(): (transfer full). */
GStrv rcp_visit_dup_patient_ids (RcpVisit *self);
/* What the record calls the others: (transfer full); empty for most visits. */
GStrv rcp_visit_dup_companions (RcpVisit *self);

/* Those who come, each of whom arrives and leaves for himself: most visits are for one. */
guint rcp_visit_get_n_people (RcpVisit *self);                 /* 1 at least */
const char *rcp_visit_get_person_id (RcpVisit *self, guint index);      /* may be NULL when it is one */
RcpVisitStatus rcp_visit_get_person_status (RcpVisit *self, guint index);
FhirResource *rcp_visit_get_person_encounter (RcpVisit *self, guint index); /* or NULL */
guint rcp_visit_count_come (RcpVisit *self);                   /* who are here or were */
/* How far a visit is, by those who come to it. */
RcpVisitStatus rcp_visit_status_of_people (const RcpVisitStatus *people, guint n_people);
/* The visit as it is for one of several, who is its patient then: (transfer full); the visit itself when it is for one. */
RcpVisit *rcp_visit_dup_part (RcpVisit *self, guint index);
/* Of such a part all of the visit, else itself: borrowed. */
RcpVisit *rcp_visit_get_whole (RcpVisit *self);
/* The Patient of that reference that came along: borrowed, or NULL. */
FhirResource *rcp_visit_find_patient (RcpVisit *self, const char *reference);

gboolean rcp_room_is_used_by (RcpRoom *self, RcpVisit *visit); /* whether the visit has it as a participant */

G_END_DECLS
