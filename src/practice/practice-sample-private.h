/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "base/rcp-time-range.h"
#include "base/rcp-weekly-hours.h"
#include "practice/practice-sample-data.h"
#include "practice/practice-store.h"

G_BEGIN_DECLS

/* The codes by which the desk knows its own things. src/clinic/rcp-codes.h has them for the desk; the embedded record
 * shares no code with it, so they are repeated here, and tests/practice/test-sample.c compares the two. */
#define SAMPLE_SYSTEM_BOOKING "urn:reception:booking"
#define SAMPLE_SYSTEM_CONFIRMATION "urn:reception:confirmation"
#define SAMPLE_SYSTEM_MRN_TYPE "http://terminology.hl7.org/CodeSystem/v2-0203"
#define SAMPLE_SYSTEM_MRN "urn:reception:mrn"
#define SAMPLE_SYSTEM_VISIT_TYPE "urn:reception:visit-type"
#define SAMPLE_SYSTEM_SPECIALTY "http://nucc.org/provider-taxonomy"
#define SAMPLE_SYSTEM_CANCELLATION "http://terminology.hl7.org/CodeSystem/appointment-cancellation-reason"
#define SAMPLE_EXTENSION_DURATION "urn:reception:duration"
#define SAMPLE_EXTENSION_PREPARATION "urn:reception:preparation"
#define SAMPLE_EXTENSION_TIMEZONE "http://hl7.org/fhir/StructureDefinition/timezone"
#define SAMPLE_EXTENSION_GRAIN "urn:reception:grain"
#define SAMPLE_EXTENSION_NEEDS "urn:reception:needs"
#define SAMPLE_SYSTEM_DEVICE_TYPE "urn:reception:device-type"
#define SAMPLE_SYSTEM_PHYSICAL_TYPE "http://terminology.hl7.org/CodeSystem/location-physical-type"
#define SAMPLE_TAG_SYSTEM "urn:reception:tag"
#define SAMPLE_SYSTEM_LANGUAGE "urn:ietf:bcp:47"

#define SAMPLE_CLINIC_ID "sample-o-clinic"
#define SAMPLE_GRAIN 15       /* minutes */
#define SAMPLE_N_PATIENTS 2000
#define SAMPLE_DAYS_BACK 15   /* days with visits and slots before today */
#define SAMPLE_DAYS_AHEAD 15  /* days with visits after today */
#define SAMPLE_HORIZON 90     /* days with slots after today */

typedef struct
{
  char *id;
  char *name;            /* "Ana García" */
  guint32 birth;         /* Julian day */
  gboolean female;
  gboolean deceased;
  guint32 taken_days;    /* bit per day of the month of visits: nobody comes twice on a day */
} PracticeSamplePerson;

typedef struct
{
  PracticeStore *store;
  gint64 now;
  const char *zone_name;
  GTimeZone *zone;
  GDate today;
  gint64 today_start;
  GPtrArray *people;     /* of PracticeSamplePerson */
  GHashTable *codes;     /* confirmation codes given */
  GPtrArray *hours;      /* of RcpWeeklyHours, one per provider */
  GHashTable *held;      /* ids of the slots of rooms that a visit has, with whether they are busy */
} PracticeSample;

/* What an Encounter of today is made of; @status: of the Appointment, @luck: 0 to 99. */
typedef struct
{
  const char *appointment_id;
  const char *patient_id;
  const char *provider_id;
  const PracticeSampleRoom *room; /* or NULL */
  const char *status;
  RcpTimeRange range;
  guint luck;
} PracticeSampleStay;

/* practice-sample-json.c: building blocks; what they return is borrowed from the parent. */
PracticeJson *practice_sample_resource (const char *type, const char *id);
void practice_sample_set (PracticeJson *object, const char *member, const char *value);
void practice_sample_set_int (PracticeJson *object, const char *member, int value);
void practice_sample_set_true (PracticeJson *object, const char *member);
PracticeJson *practice_sample_object (PracticeJson *object, const char *member);
PracticeJson *practice_sample_array (PracticeJson *object, const char *member);
PracticeJson *practice_sample_append (PracticeJson *array);
void practice_sample_append_string (PracticeJson *array, const char *value);
PracticeJson *practice_sample_concept (PracticeJson *parent, const char *system, const char *code, const char *display);
void practice_sample_identifier (PracticeJson *resource, const char *system, const char *value);
void practice_sample_reference (PracticeJson *object, const char *member, const char *type, const char *id,
                                const char *display);
PracticeJson *practice_sample_telecom (PracticeJson *resource, const char *system, const char *value, const char *use);
void practice_sample_language (PracticeJson *concept, const char *code);
gboolean practice_sample_write (PracticeSample *sample, PracticeJson *resource, GError **error);

gboolean practice_sample_add_clinic (PracticeSample *sample, GError **error);
gboolean practice_sample_add_people (PracticeSample *sample, GError **error);
gboolean practice_sample_add_calendar (PracticeSample *sample, guint provider, GError **error);
/* The visits of one provider's day: @slots are its slots (element RcpTimeRange), @busy gets which are taken. */
gboolean practice_sample_add_visits (PracticeSample *sample, guint provider, int day_offset, GArray *slots,
                                     gboolean *busy, GError **error);
/* The Encounter of a patient who has come, as far as the clock has gone; none of one who has not. */
gboolean practice_sample_add_encounter (PracticeSample *sample, const PracticeSampleStay *stay, GError **error);
/* @owner: the id of a provider, room or device. */
char *practice_sample_slot_id (const char *owner, gint64 start);
gboolean practice_sample_add_slot (PracticeSample *sample, const char *owner, RcpTimeRange range, gboolean busy,
                                   GError **error);
void practice_sample_add_horizon (PracticeSample *sample, PracticeJson *schedule);
/* practice-sample-rooms.c */
gboolean practice_sample_add_rooms (PracticeSample *sample, GError **error);
gboolean practice_sample_add_room_slots (PracticeSample *sample, GError **error);
const PracticeSampleRoom *practice_sample_find_room (PracticeSample *sample, const PracticeSampleVisitType *type,
                                                     const PracticeSampleProvider *provider, RcpTimeRange range);
void practice_sample_hold_room (PracticeSample *sample, const PracticeSampleRoom *room, RcpTimeRange range,
                                gboolean busy);
const char *practice_sample_room_type (const PracticeSampleRoom *room); /* "Location" or "Device" */
char *practice_sample_room_id (const PracticeSampleRoom *room);
guint practice_sample_age (const PracticeSamplePerson *person, const GDate *today);

G_END_DECLS
