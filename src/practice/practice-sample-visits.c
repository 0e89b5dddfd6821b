/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "practice"

#include "practice-sample-private.h"

#include "base/rcp-iso8601.h"
#include "base/rcp-query.h"

#include <string.h>

/* The visits of one provider's day: a walk over its slots that starts visits of random types, so that about the wanted
 * share of the slots is taken. All that is random is drawn before the clock is looked at: the visits are the same
 * at any hour of the day, only how far they have come differs. */

typedef struct
{
  PracticeSample *sample;
  GRand *rand;
  const PracticeSampleProvider *provider;
  const PracticeSampleSpecialty *specialty;
  int day_offset;
} Day;

typedef struct
{
  const PracticeSampleVisitType *type;
  PracticeSamplePerson *person;
  RcpTimeRange range;
  guint first_slot;
  guint n_slots;
  guint luck;      /* 0 to 99: what becomes of it */
  gboolean cancelled;
  gboolean urgent;
  guint lead_days; /* how long before it was booked */
  const PracticeSampleRoom *room; /* or NULL */
} Visit;

static gboolean
type_suits (const PracticeSampleVisitType *type, const char *specialty, guint minutes)
{
  return type->minutes <= minutes && (*type->specialties == NULL || g_strv_contains (type->specialties, specialty));
}

/* A type that the specialty offers and that fits into @minutes. */
static const PracticeSampleVisitType *
draw_type (Day *day, guint minutes)
{
  guint sum = 0;
  guint mark;

  for (guint i = 0; i < practice_sample_n_visit_types; i++)
    if (type_suits (&practice_sample_visit_types[i], day->specialty->code, minutes))
      sum += practice_sample_visit_types[i].weight;

  mark = g_rand_int_range (day->rand, 0, sum);
  for (guint i = 0; i < practice_sample_n_visit_types; i++)
    {
      const PracticeSampleVisitType *type = &practice_sample_visit_types[i];

      if (!type_suits (type, day->specialty->code, minutes))
        continue;
      if (mark < type->weight)
        return type;
      mark -= type->weight;
    }

  g_return_val_if_reached (NULL);
}

/* Mean length of the specialty's visits, in slots. */
static double
mean_slots (const char *specialty)
{
  double minutes = 0, weights = 0;

  for (guint i = 0; i < practice_sample_n_visit_types; i++)
    {
      const PracticeSampleVisitType *type = &practice_sample_visit_types[i];

      if (!type_suits (type, specialty, G_MAXUINT))
        continue;
      minutes += type->minutes * type->weight;
      weights += type->weight;
    }

  return minutes / weights / SAMPLE_GRAIN;
}

static gboolean
person_suits (const PracticeSamplePerson *person, const char *specialty, const GDate *today)
{
  guint age = practice_sample_age (person, today);

  if (person->deceased)
    return FALSE;
  if (g_str_equal (specialty, "208000000X"))
    return age < 18;
  if (g_str_equal (specialty, "207V00000X"))
    return person->female && age >= 16;
  if (g_str_equal (specialty, "207Q00000X"))
    return age >= 14;
  if (g_str_equal (specialty, "207RC0000X"))
    return age >= 35;

  return age >= 18;
}

/* Somebody who suits the specialty and has no other visit on that day. */
static PracticeSamplePerson *
draw_person (Day *day)
{
  guint32 bit = 1u << (day->day_offset + SAMPLE_DAYS_BACK);

  for (guint tries = 0; tries < 200; tries++)
    {
      PracticeSamplePerson *person =
        g_ptr_array_index (day->sample->people, g_rand_int_range (day->rand, 0, day->sample->people->len));

      if ((person->taken_days & bit) == 0 &&
          person_suits (person, day->specialty->code, &day->sample->today))
        {
          person->taken_days |= bit;
          return person;
        }
    }

  return NULL;
}

static const char *
visit_status (const Visit *visit, gint64 now)
{
  gint64 wait = visit->range.start - now;

  if (visit->cancelled)
    return "cancelled";
  if (visit->range.end <= now)
    return visit->luck < 6 ? "noshow" : "fulfilled";
  if (wait <= 0)
    return visit->luck < 80 ? "checked-in" : "arrived";
  if (wait <= 20 * 60 * G_USEC_PER_SEC && visit->luck < 55)
    return "arrived";

  return "booked";
}

/* The time of a cancelled visit, and of one to which nobody came, is free again. */
static gboolean
takes_time (const Visit *visit, gint64 now)
{
  const char *status = visit_status (visit, now);

  return !g_str_equal (status, "cancelled") && !g_str_equal (status, "noshow");
}

static char *
make_uuid (GRand *rand)
{
  guint32 a = g_rand_int (rand), b = g_rand_int (rand), c = g_rand_int (rand), d = g_rand_int (rand);

  return g_strdup_printf ("%08x-%04x-4%03x-%04x-%04x%08x", a, b >> 16, b & 0xfff, 0x8000 | ((c >> 16) & 0x3fff),
                          c & 0xffff, d);
}

static char *
make_code (Day *day)
{
  for (;;)
    {
      g_autofree char *code = rcp_query_make_code (g_rand_int (day->rand) & 0x3fffffff);

      if (g_hash_table_add (day->sample->codes, g_strdup (code)))
        return g_steal_pointer (&code);
    }
}

static void
add_participant (PracticeJson *visit, const char *type, const char *id, const char *display, const char *answer)
{
  PracticeJson *participant = practice_sample_append (practice_sample_array (visit, "participant"));

  practice_sample_reference (participant, "actor", type, id, display);
  practice_sample_set (participant, "required", "required");
  practice_sample_set (participant, "status", answer);
}

static void
add_time (PracticeJson *resource, const char *member, gint64 instant)
{
  g_autofree char *text = rcp_iso8601_format_utc (instant);

  practice_sample_set (resource, member, text);
}

static void
add_cancellation (PracticeJson *resource, guint luck)
{
  static const struct
  {
    const char *code;
    const char *display;
  } reasons[] = {
    { "pat", "Patient" },
    { "pat-fb", "Patient: Feeling Better" },
    { "pat-mt", "Patient: Lack of Transportation" },
    { "prov", "Provider" },
    { "oth-weath", "Other: Weather" },
  };
  guint i = luck % G_N_ELEMENTS (reasons);

  practice_sample_concept (practice_sample_object (resource, "cancelationReason"), SAMPLE_SYSTEM_CANCELLATION,
                           reasons[i].code, reasons[i].display);
}

/* Most patients have said that they come, more of them the nearer the day is. Drawn from what was drawn already, so that
 * nothing else changes. */
static const char *
patient_answer (const Day *day, const Visit *visit)
{
  guint luck = (visit->luck * 7 + visit->lead_days * 13) % 100;
  guint share = day->day_offset == 0 ? 85 : day->day_offset <= 3 ? 65 : 30;

  if (day->day_offset < 0 || visit->cancelled)
    return "accepted";
  return luck < share ? "accepted" : "needs-action";
}

/* Whether the room or device was booked with the visit. */
static gboolean
is_booked (const Visit *visit)
{
  return visit->room != NULL && (visit->room->device != NULL || g_strcmp0 (visit->type->room, "booked") == 0);
}

static void
add_people_and_place (PracticeJson *resource, const Day *day, const Visit *visit)
{
  const PracticeSampleSite *site = &practice_sample_sites[day->provider->site];
  g_autofree char *id = g_strconcat ("sample-d-", day->provider->id, NULL);
  g_autofree char *display = g_strdup_printf ("Dr. %s %s", day->provider->given, day->provider->family);

  add_participant (resource, "Patient", visit->person->id, visit->person->name, patient_answer (day, visit));
  add_participant (resource, "Practitioner", id, display, "accepted");
  add_participant (resource, "Location", site->id, site->name, "accepted");
  if (is_booked (visit))
    {
      g_autofree char *room = practice_sample_room_id (visit->room);

      add_participant (resource, practice_sample_room_type (visit->room), room, visit->room->name, "accepted");
    }
}

/* Those of @owner that the visit covers. */
static void
add_slots (PracticeJson *resource, const Visit *visit, GArray *slots, const char *owner)
{
  for (guint i = 0; i < visit->n_slots; i++)
    {
      RcpTimeRange slot = g_array_index (slots, RcpTimeRange, visit->first_slot + i);
      g_autofree char *id = practice_sample_slot_id (owner, slot.start);

      practice_sample_reference (practice_sample_append (practice_sample_array (resource, "slot")), NULL, "Slot", id,
                                 NULL);
    }
}

static void
add_times (PracticeJson *resource, Day *day, const Visit *visit, GArray *slots)
{
  gint64 booked = visit->range.start - (gint64) visit->lead_days * G_TIME_SPAN_DAY - 3 * G_TIME_SPAN_HOUR;

  add_time (resource, "start", visit->range.start);
  add_time (resource, "end", visit->range.end);
  practice_sample_set_int (resource, "minutesDuration", visit->type->minutes);
  add_slots (resource, visit, slots, day->provider->id);
  if (visit->room != NULL && visit->room->device != NULL)
    add_slots (resource, visit, slots, visit->room->id);
  /* What lies ahead was booked before today, whatever the hour is. */
  add_time (resource, "created", MIN (booked, day->sample->today_start - (gint64) visit->luck * G_TIME_SPAN_MINUTE));
}

static gboolean
write_visit (Day *day, const Visit *visit, GArray *slots, GError **error)
{
  const PracticeSampleVisitType *type = visit->type;
  g_autofree char *start_id = practice_sample_slot_id (day->provider->id, visit->range.start);
  g_autofree char *id = g_strconcat ("sample-v-", start_id + strlen ("sample-s-"), NULL);
  g_autofree char *booking = make_uuid (day->rand);
  g_autofree char *code = make_code (day);
  PracticeJson *resource = practice_sample_resource ("Appointment", id);

  practice_sample_identifier (resource, SAMPLE_SYSTEM_BOOKING, booking);
  practice_sample_identifier (resource, SAMPLE_SYSTEM_CONFIRMATION, code);
  practice_sample_set (resource, "status", visit_status (visit, day->sample->now));
  if (visit->cancelled)
    add_cancellation (resource, visit->luck);
  practice_sample_concept (practice_sample_append (practice_sample_array (resource, "serviceType")),
                           SAMPLE_SYSTEM_VISIT_TYPE, type->code, type->name);
  practice_sample_concept (practice_sample_append (practice_sample_array (resource, "specialty")),
                           SAMPLE_SYSTEM_SPECIALTY, day->specialty->code, day->specialty->name);
  practice_sample_set_int (resource, "priority", visit->urgent ? 3 : 5);
  practice_sample_set (resource, "description",
                       day->specialty->complaints[g_rand_int_range (day->rand, 0, day->specialty->n_complaints)]);
  add_times (resource, day, visit, slots);
  if (type->preparation != NULL)
    practice_sample_set (resource, "patientInstruction", type->preparation);
  add_people_and_place (resource, day, visit);

  if (!practice_sample_write (day->sample, resource, error))
    return FALSE;
  if (day->day_offset != 0)
    return TRUE;
  return practice_sample_add_encounter (day->sample, &(PracticeSampleStay){
                                                         .appointment_id = id,
                                                         .patient_id = visit->person->id,
                                                         .provider_id = day->provider->id,
                                                         .room = visit->room,
                                                         .status = visit_status (visit, day->sample->now),
                                                         .range = visit->range,
                                                         .luck = visit->luck,
                                                     },
                                        error);
}

/* How many slots from @first on follow each other without a break. */
static guint
count_run (GArray *slots, guint first)
{
  guint n = 1;

  while (first + n < slots->len && g_array_index (slots, RcpTimeRange, first + n - 1).end ==
                                     g_array_index (slots, RcpTimeRange, first + n).start)
    n++;

  return n;
}

static void
set_type (Visit *visit, GArray *slots, const PracticeSampleVisitType *type)
{
  visit->type = type;
  visit->n_slots = type->minutes / SAMPLE_GRAIN;
  visit->range.start = g_array_index (slots, RcpTimeRange, visit->first_slot).start;
  visit->range.end = g_array_index (slots, RcpTimeRange, visit->first_slot + visit->n_slots - 1).end;
}

static const PracticeSampleVisitType *
find_type (const char *code)
{
  for (guint i = 0; i < practice_sample_n_visit_types; i++)
    if (g_str_equal (practice_sample_visit_types[i].code, code))
      return &practice_sample_visit_types[i];

  g_return_val_if_reached (NULL);
}

/* What is done in the place of what was drawn, in two of five visits where it suits. Drawn from what was drawn already. */
static const PracticeSampleVisitType *
find_stand_in (const Day *day, const Visit *visit)
{
  for (guint i = 0; i < practice_sample_n_visit_types; i++)
    {
      const PracticeSampleVisitType *type = &practice_sample_visit_types[i];

      if (g_strcmp0 (type->instead_of, visit->type->code) == 0 &&
          type_suits (type, day->specialty->code, type->minutes) && (visit->luck * 11 + visit->lead_days * 3) % 5 < 2)
        return type;
    }
  return NULL;
}

/* The visit is of a type for which there is all that it needs, and takes that along. Where patients are led on other days
 * nobody knows. */
static void
choose_room (Day *day, Visit *visit, GArray *slots)
{
  const PracticeSampleVisitType *stand_in = find_stand_in (day, visit);
  const PracticeSampleVisitType *type = stand_in != NULL ? stand_in : visit->type;

  visit->room = NULL;
  if (type->needs == NULL && (type->room == NULL || (day->day_offset != 0 && !g_str_equal (type->room, "booked"))))
    return;
  visit->room = practice_sample_find_room (day->sample, type, day->provider, visit->range);
  if (visit->room != NULL)
    visit->type = type;
  else if (stand_in == NULL && type->needs != NULL)
    set_type (visit, slots, find_type (type->otherwise));
}

static gboolean
draw_visit (Day *day, GArray *slots, guint first, Visit *visit)
{
  visit->type = draw_type (day, count_run (slots, first) * SAMPLE_GRAIN);
  visit->person = draw_person (day);
  if (visit->person == NULL)
    return FALSE;

  visit->first_slot = first;
  visit->luck = g_rand_int_range (day->rand, 0, 100);
  visit->cancelled = g_rand_int_range (day->rand, 0, 100) < 5;
  visit->urgent = g_rand_int_range (day->rand, 0, 100) < 4;
  visit->lead_days = visit->urgent ? 0 : g_rand_int_range (day->rand, 1, 30);
  set_type (visit, slots, visit->type);
  choose_room (day, visit, slots);
  return TRUE;
}

/* The chance to start a visit at a free slot, so that the wanted share of all slots is taken. */
static double
start_chance (const Day *day)
{
  double thinning = day->day_offset <= 1 ? 1.0 : 1.0 - 0.04 * (day->day_offset - 1);
  /* Those that do not happen leave their time free. */
  double share = MIN (0.9, day->provider->booked / 92.0 * thinning);
  double length = mean_slots (day->specialty->code);

  return share / (length - share * (length - 1));
}

gboolean
practice_sample_add_visits (PracticeSample *sample, guint provider, int day_offset, GArray *slots, gboolean *busy,
                            GError **error)
{
  const guint32 seeds[] = { provider, (guint32) (day_offset + 1000), g_date_get_julian (&sample->today) };
  g_autoptr(GRand) rand = g_rand_new_with_seed_array (seeds, G_N_ELEMENTS (seeds));
  Day day = { .sample = sample, .rand = rand, .provider = &practice_sample_providers[provider],
              .day_offset = day_offset };
  double chance;

  day.specialty = &practice_sample_specialties[day.provider->specialty];
  chance = start_chance (&day);
  for (guint i = 0; i < slots->len;)
    {
      Visit visit;

      if (g_rand_double (rand) >= chance || !draw_visit (&day, slots, i, &visit))
        {
          i++;
          continue;
        }
      if (!write_visit (&day, &visit, slots, error))
        return FALSE;
      for (guint slot = 0; slot < visit.n_slots; slot++)
        busy[i + slot] = takes_time (&visit, sample->now);
      if (visit.room != NULL && !visit.cancelled)
        practice_sample_hold_room (sample, visit.room, visit.range, takes_time (&visit, sample->now));
      i += visit.n_slots;
    }

  return TRUE;
}
