/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "practice"

#include "practice-sample-private.h"

/* The clinic itself: organization, places, visit types, providers with their roles and schedules. */

static void
add_extension (PracticeJson *resource, const char *url, const char *member, const char *text, int number)
{
  PracticeJson *extension = practice_sample_append (practice_sample_array (resource, "extension"));

  practice_sample_set (extension, "url", url);
  if (text != NULL)
    practice_sample_set (extension, member, text);
  else
    practice_sample_set_int (extension, member, number);
}

static void
add_address (PracticeJson *address, const char *street, const char *town, const char *postal_code)
{
  practice_sample_append_string (practice_sample_array (address, "line"), street);
  practice_sample_set (address, "city", town);
  practice_sample_set (address, "postalCode", postal_code);
  practice_sample_set (address, "country", "US");
}

static gboolean
add_organization (PracticeSample *sample, GError **error)
{
  PracticeJson *clinic = practice_sample_resource ("Organization", SAMPLE_CLINIC_ID);
  const PracticeSampleSite *site = &practice_sample_sites[0];
  PracticeJson *tag;

  tag = practice_sample_append (practice_sample_array (practice_sample_object (clinic, "meta"), "tag"));
  practice_sample_set (tag, "system", SAMPLE_TAG_SYSTEM);
  practice_sample_set (tag, "code", "clinic");
  add_extension (clinic, SAMPLE_EXTENSION_GRAIN, "valueInteger", NULL, SAMPLE_GRAIN);
  practice_sample_set_true (clinic, "active");
  practice_sample_concept (practice_sample_append (practice_sample_array (clinic, "type")),
                           "http://terminology.hl7.org/CodeSystem/organization-type", "prov", "Healthcare Provider");
  practice_sample_set (clinic, "name", practice_sample_clinic_name);
  practice_sample_telecom (clinic, "phone", practice_sample_clinic_phone, "work");
  add_address (practice_sample_append (practice_sample_array (clinic, "address")), site->street, site->town,
               site->postal_code);

  return practice_sample_write (sample, clinic, error);
}

static gboolean
add_site (PracticeSample *sample, const PracticeSampleSite *site, GError **error)
{
  PracticeJson *place = practice_sample_resource ("Location", site->id);
  PracticeJson *position;

  add_extension (place, SAMPLE_EXTENSION_TIMEZONE, "valueCode", sample->zone_name, 0);
  practice_sample_set (place, "status", "active");
  practice_sample_set (place, "name", site->name);
  practice_sample_set (place, "mode", "instance");
  practice_sample_telecom (place, "phone", site->phone, "work");
  add_address (practice_sample_object (place, "address"), site->street, site->town, site->postal_code);
  position = practice_sample_object (place, "position");
  json_object_object_add (position, "longitude",
                          json_object_new_double_s (g_ascii_strtod (site->longitude, NULL), site->longitude));
  json_object_object_add (position, "latitude",
                          json_object_new_double_s (g_ascii_strtod (site->latitude, NULL), site->latitude));
  practice_sample_reference (place, "managingOrganization", "Organization", SAMPLE_CLINIC_ID,
                             practice_sample_clinic_name);

  return practice_sample_write (sample, place, error);
}

static const char *
specialty_name (const char *code)
{
  for (guint i = 0; i < practice_sample_n_specialties; i++)
    if (g_str_equal (practice_sample_specialties[i].code, code))
      return practice_sample_specialties[i].name;

  g_return_val_if_reached (NULL);
}

static const char *
device_name (const char *code)
{
  for (guint i = 0; i < practice_sample_n_rooms; i++)
    if (g_strcmp0 (practice_sample_rooms[i].device, code) == 0)
      return practice_sample_rooms[i].device_name;

  g_return_val_if_reached (NULL);
}

static void
add_needs (PracticeJson *service, const char *needs)
{
  PracticeJson *extension, *coding;

  if (needs == NULL)
    return;
  extension = practice_sample_append (practice_sample_array (service, "extension"));
  practice_sample_set (extension, "url", SAMPLE_EXTENSION_NEEDS);
  coding = practice_sample_object (extension, "valueCoding");
  practice_sample_set (coding, "system", SAMPLE_SYSTEM_DEVICE_TYPE);
  practice_sample_set (coding, "code", needs);
  practice_sample_set (coding, "display", device_name (needs));
}

static gboolean
add_visit_type (PracticeSample *sample, const PracticeSampleVisitType *type, GError **error)
{
  g_autofree char *id = g_strconcat ("sample-h-", type->code, NULL);
  PracticeJson *service = practice_sample_resource ("HealthcareService", id);

  add_extension (service, SAMPLE_EXTENSION_DURATION, "valueInteger", NULL, type->minutes);
  if (type->preparation != NULL)
    add_extension (service, SAMPLE_EXTENSION_PREPARATION, "valueString", type->preparation, 0);
  add_needs (service, type->needs);
  practice_sample_set_true (service, "active");
  practice_sample_reference (service, "providedBy", "Organization", SAMPLE_CLINIC_ID, practice_sample_clinic_name);
  practice_sample_concept (practice_sample_append (practice_sample_array (service, "type")), SAMPLE_SYSTEM_VISIT_TYPE,
                           type->code, type->name);
  for (const char *const *code = type->specialties; *code != NULL; code++)
    practice_sample_concept (practice_sample_append (practice_sample_array (service, "specialty")),
                             SAMPLE_SYSTEM_SPECIALTY, *code, specialty_name (*code));
  for (guint i = 0; i < practice_sample_n_sites; i++)
    practice_sample_reference (practice_sample_append (practice_sample_array (service, "location")), NULL, "Location",
                               practice_sample_sites[i].id, practice_sample_sites[i].name);
  practice_sample_set (service, "name", type->name);

  return practice_sample_write (sample, service, error);
}

static gboolean
add_practitioner (PracticeSample *sample, const PracticeSampleProvider *provider, GError **error)
{
  g_autofree char *id = g_strconcat ("sample-d-", provider->id, NULL);
  g_autofree char *email = g_strconcat (provider->id, "@example.org", NULL);
  PracticeJson *person = practice_sample_resource ("Practitioner", id);
  PracticeJson *name;

  practice_sample_set_true (person, "active");
  name = practice_sample_append (practice_sample_array (person, "name"));
  practice_sample_set (name, "use", "official");
  practice_sample_set (name, "family", provider->family);
  practice_sample_append_string (practice_sample_array (name, "given"), provider->given);
  practice_sample_append_string (practice_sample_array (name, "prefix"), "Dr.");
  practice_sample_telecom (person, "email", email, "work");
  practice_sample_set (person, "gender", provider->gender);
  practice_sample_set (person, "birthDate", provider->birth_date);
  for (const char *const *language = provider->languages; *language != NULL; language++)
    practice_sample_language (practice_sample_append (practice_sample_array (person, "communication")), *language);

  return practice_sample_write (sample, person, error);
}

static void
add_available_time (PracticeJson *role, const PracticeSampleProvider *provider)
{
  static const char *const day_codes[] = { NULL, "mon", "tue", "wed", "thu", "fri", "sat", "sun" };
  PracticeJson *times = practice_sample_array (role, "availableTime");

  for (guint i = 0; i < provider->n_hours; i++)
    {
      const PracticeSampleHours *hours = &provider->hours[i];
      PracticeJson *time = practice_sample_append (times);
      g_autofree char *start = g_strdup_printf ("%02u:%02u:00", hours->start / 60, hours->start % 60);
      g_autofree char *end = g_strdup_printf ("%02u:%02u:00", hours->end / 60, hours->end % 60);

      practice_sample_append_string (practice_sample_array (time, "daysOfWeek"), day_codes[hours->weekday]);
      practice_sample_set (time, "availableStartTime", start);
      practice_sample_set (time, "availableEndTime", end);
    }
}

static void
set_date (PracticeJson *object, const char *member, const GDate *today, int offset)
{
  GDate date = *today;
  char text[16];

  g_date_set_julian (&date, g_date_get_julian (today) + offset);
  g_date_strftime (text, sizeof text, "%Y-%m-%d", &date);
  practice_sample_set (object, member, text);
}

void
practice_sample_add_horizon (PracticeSample *sample, PracticeJson *schedule)
{
  PracticeJson *horizon = practice_sample_object (schedule, "planningHorizon");

  set_date (horizon, "start", &sample->today, -SAMPLE_DAYS_BACK);
  set_date (horizon, "end", &sample->today, SAMPLE_HORIZON);
}

static void
add_leave (PracticeSample *sample, PracticeJson *role, const PracticeSampleProvider *provider)
{
  PracticeJson *leave, *during;

  if (provider->leave_end == 0)
    return;

  leave = practice_sample_append (practice_sample_array (role, "notAvailable"));
  practice_sample_set (leave, "description", "On leave");
  during = practice_sample_object (leave, "during");
  set_date (during, "start", &sample->today, provider->leave_start);
  /* The end of a Period written as a date takes in that whole day. */
  set_date (during, "end", &sample->today, (int) provider->leave_end - 1);
}

static gboolean
add_role (PracticeSample *sample, const PracticeSampleProvider *provider, const char *display, GError **error)
{
  const PracticeSampleSpecialty *specialty = &practice_sample_specialties[provider->specialty];
  const PracticeSampleSite *site = &practice_sample_sites[provider->site];
  g_autofree char *id = g_strconcat ("sample-r-", provider->id, NULL);
  g_autofree char *person_id = g_strconcat ("sample-d-", provider->id, NULL);
  PracticeJson *role = practice_sample_resource ("PractitionerRole", id);

  practice_sample_set_true (role, "active");
  practice_sample_reference (role, "practitioner", "Practitioner", person_id, display);
  practice_sample_reference (role, "organization", "Organization", SAMPLE_CLINIC_ID, practice_sample_clinic_name);
  practice_sample_concept (practice_sample_append (practice_sample_array (role, "specialty")), SAMPLE_SYSTEM_SPECIALTY,
                           specialty->code, specialty->name);
  practice_sample_reference (practice_sample_append (practice_sample_array (role, "location")), NULL, "Location",
                             site->id, site->name);
  add_available_time (role, provider);
  add_leave (sample, role, provider);

  return practice_sample_write (sample, role, error);
}

static gboolean
add_schedule (PracticeSample *sample, const PracticeSampleProvider *provider, const char *display, GError **error)
{
  const PracticeSampleSpecialty *specialty = &practice_sample_specialties[provider->specialty];
  const PracticeSampleSite *site = &practice_sample_sites[provider->site];
  g_autofree char *id = g_strconcat ("sample-c-", provider->id, NULL);
  g_autofree char *role_id = g_strconcat ("sample-r-", provider->id, NULL);
  g_autofree char *person_id = g_strconcat ("sample-d-", provider->id, NULL);
  PracticeJson *schedule = practice_sample_resource ("Schedule", id);
  PracticeJson *actors;

  practice_sample_set_true (schedule, "active");
  practice_sample_concept (practice_sample_append (practice_sample_array (schedule, "specialty")),
                           SAMPLE_SYSTEM_SPECIALTY, specialty->code, specialty->name);
  actors = practice_sample_array (schedule, "actor");
  practice_sample_reference (practice_sample_append (actors), NULL, "PractitionerRole", role_id, display);
  practice_sample_reference (practice_sample_append (actors), NULL, "Practitioner", person_id, display);
  practice_sample_reference (practice_sample_append (actors), NULL, "Location", site->id, site->name);
  practice_sample_add_horizon (sample, schedule);

  return practice_sample_write (sample, schedule, error);
}

static gboolean
add_provider (PracticeSample *sample, const PracticeSampleProvider *provider, GError **error)
{
  g_autofree char *display = g_strdup_printf ("Dr. %s %s", provider->given, provider->family);

  return add_practitioner (sample, provider, error) &&
         add_role (sample, provider, display, error) &&
         add_schedule (sample, provider, display, error);
}

gboolean
practice_sample_add_clinic (PracticeSample *sample, GError **error)
{
  if (!add_organization (sample, error))
    return FALSE;
  for (guint i = 0; i < practice_sample_n_sites; i++)
    if (!add_site (sample, &practice_sample_sites[i], error))
      return FALSE;
  for (guint i = 0; i < practice_sample_n_visit_types; i++)
    if (!add_visit_type (sample, &practice_sample_visit_types[i], error))
      return FALSE;
  for (guint i = 0; i < practice_sample_n_providers; i++)
    if (!add_provider (sample, &practice_sample_providers[i], error))
      return FALSE;

  return TRUE;
}
