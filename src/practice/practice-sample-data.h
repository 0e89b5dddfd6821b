/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The invented clinic of data/sample, compiled to constant tables by build-aux/compile-sample.py. Lists of strings end
 * in NULL; their length is given where it is used to draw from them. */

typedef struct
{
  const char *id;
  const char *name;
  const char *street;
  const char *town;
  const char *postal_code;
  const char *phone;
  const char *latitude; /* decimal text, so that what is stored is what was written */
  const char *longitude;
} PracticeSampleSite;

typedef struct
{
  const char *code; /* NUCC */
  const char *name;
  const char *const *complaints;
  guint n_complaints;
} PracticeSampleSpecialty;

typedef struct
{
  const char *code;
  const char *name;
  guint minutes;
  guint weight;                   /* how often it is booked, against the others of the same specialty */
  const char *preparation;        /* or NULL */
  const char *const *specialties; /* codes; empty: all */
  const char *needs;              /* the type of a device, or NULL */
  const char *room;               /* "booked" with the visit; where the patient is "led" when it is time; or NULL */
  const char *prefers;            /* how the id of a room begins that it takes before that of the provider, or NULL */
  const char *otherwise;          /* code of what is done when nothing that it needs is free, or NULL */
  const char *instead_of;         /* code of a type in whose place it is done now and then, or NULL */
} PracticeSampleVisitType;

typedef struct
{
  const char *id;
  const char *name;
  guint site;              /* index */
  const char *device;      /* the code of its type, or NULL: a room */
  const char *device_name; /* of the type, or NULL */
} PracticeSampleRoom;

typedef struct
{
  guint8 weekday; /* GDateWeekday */
  guint16 start;  /* minutes after local midnight */
  guint16 end;
} PracticeSampleHours;

typedef struct
{
  const char *id;
  const char *given;
  const char *family;
  const char *gender;
  const char *birth_date;
  guint specialty; /* index */
  guint site;      /* index */
  const char *room; /* the id of the one where this provider mostly is, or NULL */
  const char *const *languages;
  guint booked;    /* per cent of the slots of a near day */
  const PracticeSampleHours *hours;
  guint n_hours;
  guint leave_start; /* days after today; no leave when both are 0 */
  guint leave_end;   /* first day back */
} PracticeSampleProvider;

typedef struct
{
  const char *language; /* BCP 47 */
  guint weight;
  const char *const *female;
  guint n_female;
  const char *const *male;
  guint n_male;
  const char *const *family;
  guint n_family;
} PracticeSampleCulture;

typedef struct
{
  const char *code; /* BCP 47 */
  const char *name;
} PracticeSampleLanguage;

typedef struct
{
  const char *name;
  const char *postal_code;
} PracticeSampleTown;

extern const char *const practice_sample_clinic_name;
extern const char *const practice_sample_clinic_phone;
extern const PracticeSampleSite practice_sample_sites[];
extern const guint practice_sample_n_sites;
extern const PracticeSampleSpecialty practice_sample_specialties[];
extern const guint practice_sample_n_specialties;
extern const PracticeSampleVisitType practice_sample_visit_types[];
extern const guint practice_sample_n_visit_types;
extern const PracticeSampleRoom practice_sample_rooms[];
extern const guint practice_sample_n_rooms;
extern const PracticeSampleProvider practice_sample_providers[];
extern const guint practice_sample_n_providers;
extern const PracticeSampleCulture practice_sample_cultures[];
extern const guint practice_sample_n_cultures;
extern const PracticeSampleLanguage practice_sample_languages[];
extern const guint practice_sample_n_languages;
extern const char *const practice_sample_streets[];
extern const guint practice_sample_n_streets;
extern const PracticeSampleTown practice_sample_towns[];
extern const guint practice_sample_n_towns;
extern const char *const practice_sample_area_codes[];
extern const guint practice_sample_n_area_codes;

G_END_DECLS
