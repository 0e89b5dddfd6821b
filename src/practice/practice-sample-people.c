/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "practice"

#include "practice-sample-private.h"

#include <string.h>

/* Two thousand invented patients in households: one or two adults and perhaps children, who share a family name, an
 * address and the telephone of the first adult. Telephone numbers are of the range that is kept for fiction (555-0100 to 555-0199),
 * e-mail addresses of the domain that is kept for examples. */

typedef struct
{
  const PracticeSampleCulture *culture;
  const char *family;
  const char *street;
  guint house;
  const PracticeSampleTown *town;
  char *phone;     /* of the first adult */
  char *head_name; /* of the first adult */
} Household;

static void
household_clear (Household *household)
{
  g_free (household->phone);
  g_free (household->head_name);
}

static const PracticeSampleCulture *
draw_culture (GRand *rand)
{
  guint sum = 0;
  guint mark;

  for (guint i = 0; i < practice_sample_n_cultures; i++)
    sum += practice_sample_cultures[i].weight;
  mark = g_rand_int_range (rand, 0, sum);
  for (guint i = 0; i < practice_sample_n_cultures; i++)
    {
      if (mark < practice_sample_cultures[i].weight)
        return &practice_sample_cultures[i];
      mark -= practice_sample_cultures[i].weight;
    }

  g_return_val_if_reached (&practice_sample_cultures[0]);
}

/* The n-th number of the range for fiction, in one of the forms in which people tell it. */
static char *
make_phone (guint n)
{
  static const char *const forms[] = { "+1 %s 555 01%02u", "(%s) 555-01%02u", "%s-555-01%02u", "+1-%s-555-01%02u" };
  const char *area = practice_sample_area_codes[(n / 100) % practice_sample_n_area_codes];

  return g_strdup_printf (forms[(n * 7 / 3) % G_N_ELEMENTS (forms)], area, n % 100);
}

static char *
make_email (const char *given, const char *family, guint n)
{
  g_autofree char *name = g_strdup_printf ("%s.%s%u", given, family, n);
  g_autofree char *ascii = g_str_to_ascii (name, "C");
  GString *address = g_string_new (NULL);

  for (const char *p = ascii; *p != '\0'; p++)
    if (g_ascii_isalnum (*p) || *p == '.' || *p == '-')
      g_string_append_c (address, g_ascii_tolower (*p));
  g_string_append (address, "@example.org");
  return g_string_free (address, FALSE);
}

static void
household_init (Household *household, GRand *rand)
{
  household->culture = draw_culture (rand);
  household->family = household->culture->family[g_rand_int_range (rand, 0, household->culture->n_family)];
  household->street = practice_sample_streets[g_rand_int_range (rand, 0, practice_sample_n_streets)];
  household->house = g_rand_int_range (rand, 1, 400);
  household->town = &practice_sample_towns[g_rand_int_range (rand, 0, practice_sample_n_towns)];
  household->phone = NULL;
  household->head_name = NULL;
}

guint
practice_sample_age (const PracticeSamplePerson *person, const GDate *today)
{
  return (g_date_get_julian (today) - person->birth) * 100 / 36525;
}

static void
add_name (PracticeJson *patient, GRand *rand, const Household *household, const char *given, gboolean female)
{
  const PracticeSampleCulture *culture = household->culture;
  PracticeJson *name = practice_sample_append (practice_sample_array (patient, "name"));
  PracticeJson *givens;

  practice_sample_set (name, "use", "official");
  practice_sample_set (name, "family", household->family);
  givens = practice_sample_array (name, "given");
  practice_sample_append_string (givens, given);
  if (g_rand_int_range (rand, 0, 5) == 0)
    practice_sample_append_string (givens, female ? culture->female[g_rand_int_range (rand, 0, culture->n_female)]
                                                  : culture->male[g_rand_int_range (rand, 0, culture->n_male)]);
}

static void
add_record_number (PracticeJson *patient, guint n)
{
  PracticeJson *identifier = practice_sample_append (practice_sample_array (patient, "identifier"));
  g_autofree char *number = g_strdup_printf ("%u", 100000 + n * 37);

  practice_sample_set (identifier, "use", "usual");
  practice_sample_concept (practice_sample_object (identifier, "type"), SAMPLE_SYSTEM_MRN_TYPE, "MR",
                           "Medical record number");
  practice_sample_set (identifier, "system", SAMPLE_SYSTEM_MRN);
  practice_sample_set (identifier, "value", number);
}

static void
add_address (PracticeJson *patient, const Household *household)
{
  PracticeJson *address = practice_sample_append (practice_sample_array (patient, "address"));
  g_autofree char *line = g_strdup_printf ("%u %s", household->house, household->street);

  practice_sample_set (address, "use", "home");
  practice_sample_append_string (practice_sample_array (address, "line"), line);
  practice_sample_set (address, "city", household->town->name);
  practice_sample_set (address, "postalCode", household->town->postal_code);
  practice_sample_set (address, "country", "US");
}

static void
add_languages (PracticeJson *patient, GRand *rand, const char *own)
{
  PracticeJson *communications = practice_sample_array (patient, "communication");
  gboolean prefers_own = g_rand_int_range (rand, 0, 100) < 55;
  PracticeJson *communication = practice_sample_append (communications);

  practice_sample_language (practice_sample_object (communication, "language"), prefers_own ? own : "en");
  practice_sample_set_true (communication, "preferred");
  if (prefers_own && !g_str_equal (own, "en") && g_rand_boolean (rand))
    {
      communication = practice_sample_append (communications);
      practice_sample_language (practice_sample_object (communication, "language"), "en");
    }
}

/* A child is reached through the first adult of the household. */
static void
add_guardian (PracticeJson *patient, const Household *household)
{
  PracticeJson *contact = practice_sample_append (practice_sample_array (patient, "contact"));

  practice_sample_concept (practice_sample_append (practice_sample_array (contact, "relationship")),
                           "http://terminology.hl7.org/CodeSystem/v2-0131", "N", "Next-of-Kin");
  practice_sample_set (practice_sample_object (contact, "name"), "text", household->head_name);
  practice_sample_telecom (contact, "phone", household->phone, "mobile");
}

static void
add_practitioner (PracticeJson *patient, GRand *rand, guint age)
{
  static const guint primary[] = { 0, 1, 2 };
  const PracticeSampleProvider *provider = &practice_sample_providers[primary[g_rand_int_range (rand, 0, 3)]];
  g_autofree char *display = NULL;
  g_autofree char *id = NULL;

  for (guint i = 0; age < 14 && i < practice_sample_n_providers; i++)
    if (g_str_equal (practice_sample_specialties[practice_sample_providers[i].specialty].code, "208000000X"))
      provider = &practice_sample_providers[i];

  id = g_strconcat ("sample-d-", provider->id, NULL);
  display = g_strdup_printf ("Dr. %s %s", provider->given, provider->family);
  practice_sample_reference (practice_sample_append (practice_sample_array (patient, "generalPractitioner")), NULL,
                             "Practitioner", id, display);
}

static guint32
draw_birth (PracticeSample *sample, GRand *rand, guint age)
{
  GDate reference;

  /* Counted from New Year, so that a patient keeps the birth date for all the days of a year. */
  g_date_set_dmy (&reference, 1, G_DATE_JANUARY, g_date_get_year (&sample->today));
  return g_date_get_julian (&reference) - age * 36525 / 100 - g_rand_int_range (rand, 1, 366);
}

static void
add_telecom (PracticeJson *patient, GRand *rand, Household *household, const char *given, guint n, guint age)
{
  gboolean child = age < 18;

  if (!child || household->phone == NULL)
    {
      g_autofree char *phone = make_phone (n);

      practice_sample_telecom (patient, "phone", phone, age > 74 ? "home" : "mobile");
      if (household->phone == NULL)
        household->phone = g_steal_pointer (&phone);
    }
  else
    {
      practice_sample_telecom (patient, "phone", household->phone, "home");
    }

  if (!child && g_rand_int_range (rand, 0, 100) < 80)
    {
      g_autofree char *email = make_email (given, household->family, n);

      practice_sample_telecom (patient, "email", email, "home");
    }
}

static void
add_birth_and_death (PracticeSample *sample, PracticeJson *patient, PracticeSamplePerson *person, guint n)
{
  GDate date;
  char text[16];

  g_date_clear (&date, 1);
  g_date_set_julian (&date, person->birth);
  g_date_strftime (text, sizeof text, "%Y-%m-%d", &date);
  practice_sample_set (patient, "birthDate", text);

  /* A few have died; nobody must be able to book a visit for them. */
  if (n % 97 != 50 || practice_sample_age (person, &sample->today) < 70)
    return;
  person->deceased = TRUE;
  g_date_set_julian (&date, g_date_get_julian (&sample->today) - 30 - n % 300);
  g_date_strftime (text, sizeof text, "%Y-%m-%d", &date);
  practice_sample_set (patient, "deceasedDateTime", text);
}

static gboolean
add_person (PracticeSample *sample, GRand *rand, Household *household, guint age, GError **error)
{
  const PracticeSampleCulture *culture = household->culture;
  PracticeSamplePerson *person = g_new0 (PracticeSamplePerson, 1);
  guint n = sample->people->len;
  PracticeJson *patient;
  const char *given;

  g_ptr_array_add (sample->people, person);
  person->id = g_strdup_printf ("sample-p-%04u", n + 1);
  person->female = g_rand_int_range (rand, 0, 100) < 52;
  person->birth = draw_birth (sample, rand, age);
  given = person->female ? culture->female[g_rand_int_range (rand, 0, culture->n_female)]
                         : culture->male[g_rand_int_range (rand, 0, culture->n_male)];
  person->name = g_strdup_printf ("%s %s", given, household->family);
  if (household->head_name == NULL)
    household->head_name = g_strdup (person->name);

  patient = practice_sample_resource ("Patient", person->id);
  add_record_number (patient, n);
  practice_sample_set_true (patient, "active");
  add_name (patient, rand, household, given, person->female);
  add_telecom (patient, rand, household, given, n, age);
  practice_sample_set (patient, "gender", n % 150 == 77 ? "other" : person->female ? "female" : "male");
  add_birth_and_death (sample, patient, person, n);
  add_address (patient, household);
  if (age < 18)
    add_guardian (patient, household);
  add_languages (patient, rand, culture->language);
  add_practitioner (patient, rand, age);
  practice_sample_reference (patient, "managingOrganization", "Organization", SAMPLE_CLINIC_ID,
                             practice_sample_clinic_name);

  return practice_sample_write (sample, patient, error);
}

static gboolean
add_household (PracticeSample *sample, GRand *rand, GError **error)
{
  guint age = 19 + g_rand_int_range (rand, 0, 45) + g_rand_int_range (rand, 0, 30);
  guint adults = g_rand_int_range (rand, 0, 100) < 45 ? 2 : 1;
  guint children = age < 26 || age > 52 ? 0 : g_rand_int_range (rand, 0, 3);
  gboolean ok = TRUE;
  Household household;

  household_init (&household, rand);
  for (guint i = 0; ok && i < adults + children && sample->people->len < SAMPLE_N_PATIENTS; i++)
    {
      guint own = age;

      if (i >= adults)
        own = g_rand_int_range (rand, 0, MIN (18, age - 20));
      else if (i > 0)
        own = MAX (19, (int) age + g_rand_int_range (rand, -4, 5));
      ok = add_person (sample, rand, &household, own, error);
    }
  household_clear (&household);

  return ok;
}

gboolean
practice_sample_add_people (PracticeSample *sample, GError **error)
{
  g_autoptr(GRand) rand = g_rand_new_with_seed (0x5eedu + g_date_get_year (&sample->today));

  while (sample->people->len < SAMPLE_N_PATIENTS)
    if (!add_household (sample, rand, error))
      return FALSE;

  return TRUE;
}
