/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-clinic"

#include "rcp-patient-rules.h"

#include <glib/gi18n.h>
#include <stdlib.h>
#include <string.h>

#include "base/rcp-fold.h"
#include "base/rcp-iso8601.h"
#include "base/rcp-phone.h"
#include "base/rcp-query.h"
#include "clinic/rcp-language.h"

#define FIRST_YEAR 1900
#define OLDEST_AGE 120
#define ADULT_AGE 18
#define MAX_EMAIL 254 /* RFC 5321, 4.5.3.1.3 */

/* What is checked, and what was found. */
typedef struct
{
  const RcpPatientFields *fields;
  const RcpDeskPlace *place;
  GPtrArray *problems;
} Check;

void
rcp_patient_problem_free (RcpPatientProblem *problem)
{
  g_free (problem->text);
  g_free (problem);
}

static const char *
get (Check *self, RcpPatientField field)
{
  return rcp_patient_fields_get (self->fields, field);
}

static gboolean
is_set (Check *self, RcpPatientField field)
{
  return rcp_patient_fields_is_set (self->fields, field);
}

/* The first of a field stands, but for a warning before an error. */
static void
add (Check *self, RcpPatientField field, gboolean is_error, const char *text)
{
  RcpPatientProblem *problem = NULL;

  for (guint i = 0; i < self->problems->len; i++)
    {
      RcpPatientProblem *other = g_ptr_array_index (self->problems, i);

      if (other->field == field && (other->is_error || !is_error))
        return;
      if (other->field == field)
        problem = other;
    }
  if (problem == NULL)
    {
      problem = g_new0 (RcpPatientProblem, 1);
      g_ptr_array_add (self->problems, problem);
    }
  g_free (problem->text);
  problem->field = field;
  problem->is_error = is_error;
  problem->text = g_strdup (text);
}

static gboolean
has_digit (const char *text)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    if (g_unichar_isdigit (g_utf8_get_char (p)))
      return TRUE;
  return FALSE;
}

/**
 * rcp_patient_rules_is_no_name:
 * @folded: a name by rcp_fold_text()
 *
 * Returns: whether it stands for a name that nobody knows: such words make strangers look alike
 */
gboolean
rcp_patient_rules_is_no_name (const char *folded)
{
  static const char *const words[] = { "", "unknown", "test", "baby", "baby boy", "baby girl", "newborn", "no name", "none", "n/a", "na", "x", "xx", "xxx", NULL };

  g_return_val_if_fail (folded != NULL, TRUE);

  return g_strv_contains (words, folded);
}

static void
check_name (Check *self, RcpPatientField field)
{
  const char *name = get (self, field);
  g_autofree char *folded = rcp_fold_text (name);

  if (has_digit (name))
    add (self, field, FALSE, _ ("There are digits in this name."));
  else if (*name != '\0' && rcp_patient_rules_is_no_name (folded))
    add (self, field, FALSE, _ ("This looks like a word for a name that is not known."));
}

static void
check_names (Check *self)
{
  gboolean has_family = is_set (self, RCP_FIELD_FAMILY);
  gboolean has_given = is_set (self, RCP_FIELD_GIVEN);

  if (!has_family && !has_given)
    add (self, RCP_FIELD_FAMILY, TRUE, _ ("A name is needed."));
  else if (!has_family)
    add (self, RCP_FIELD_FAMILY, FALSE, _ ("Is there no family name?"));
  else if (!has_given)
    add (self, RCP_FIELD_GIVEN, FALSE, _ ("Is there no given name?"));
  check_name (self, RCP_FIELD_FAMILY);
  check_name (self, RCP_FIELD_GIVEN);
  check_name (self, RCP_FIELD_CALLED);
}

gboolean
rcp_patient_rules_read_date (const char *iso, GDate *date)
{
  RcpIso8601 parsed;

  g_date_clear (date, 1);
  if (!rcp_iso8601_parse (iso, &parsed) || parsed.precision != RCP_ISO8601_DAY)
    return FALSE;
  g_date_set_dmy (date, (GDateDay) atoi (iso + 8), (GDateMonth) atoi (iso + 5), (GDateYear) atoi (iso));
  return g_date_valid (date);
}

/* Completed years, as rcp_patient_get_age(). */
static int
get_age (const GDate *birth, const GDate *today)
{
  int years = g_date_get_year (today) - g_date_get_year (birth);
  gboolean before_birthday = g_date_get_month (today) < g_date_get_month (birth) ||
                             (g_date_get_month (today) == g_date_get_month (birth) && g_date_get_day (today) < g_date_get_day (birth));

  return years - (before_birthday ? 1 : 0);
}

static gboolean
is_child (Check *self)
{
  GDate birth;

  return rcp_patient_rules_read_date (get (self, RCP_FIELD_BIRTH_DATE), &birth) &&
         g_date_compare (&birth, &self->place->today) <= 0 && get_age (&birth, &self->place->today) < ADULT_AGE;
}

static void
check_birth_date (Check *self)
{
  const char *text = get (self, RCP_FIELD_BIRTH_DATE);
  RcpIso8601 parsed;
  GDate birth;

  if (*text == '\0')
    add (self, RCP_FIELD_BIRTH_DATE, FALSE, _ ("Without a birth date this patient is hard to tell from others."));
  else if (!rcp_iso8601_parse (text, &parsed) || parsed.precision > RCP_ISO8601_DAY)
    add (self, RCP_FIELD_BIRTH_DATE, TRUE, _ ("This is no date. Write it like 3 Dec 1978."));
  else if (!rcp_patient_rules_read_date (text, &birth))
    add (self, RCP_FIELD_BIRTH_DATE, FALSE, _ ("Only a part of the birth date is known."));
  else if (g_date_compare (&birth, &self->place->today) > 0)
    add (self, RCP_FIELD_BIRTH_DATE, TRUE, _ ("This date is in the future."));
  else if (g_date_get_year (&birth) < FIRST_YEAR)
    add (self, RCP_FIELD_BIRTH_DATE, TRUE, _ ("Nobody who was born before 1900 is alive."));
  else if (get_age (&birth, &self->place->today) > OLDEST_AGE)
    add (self, RCP_FIELD_BIRTH_DATE, FALSE, _ ("That makes an age of more than 120 years."));
}

static void
check_phone (Check *self, RcpPatientField field)
{
  const char *text = get (self, field);
  RcpPhoneProblem problem;
  g_autofree char *stored = rcp_phone_normalize (text, self->place->region, &problem);

  if (*text == '\0' || stored != NULL)
    return;
  if (problem == RCP_PHONE_NO_NUMBER)
    add (self, field, TRUE, _ ("This is no telephone number."));
  else if (problem == RCP_PHONE_TOO_SHORT)
    add (self, field, FALSE, _ ("This is too short for a number. Is the area code missing?"));
  else
    add (self, field, FALSE, _ ("This has more digits than a number has here."));
}

/* The shape of RFC 5321's mailbox, without the quoted and literal forms that no patient has. */
static gboolean
is_email (const char *text)
{
  const char *at = strchr (text, '@');
  const char *dot = at != NULL ? strrchr (at, '.') : NULL;

  if (at == NULL || at == text || strchr (at + 1, '@') != NULL || strlen (text) > MAX_EMAIL)
    return FALSE;
  if (dot == NULL || dot == at + 1 || strlen (dot + 1) < 2 || strstr (text, "..") != NULL || at[-1] == '.' || *text == '.')
    return FALSE;
  for (const char *p = text; *p != '\0'; p++)
    if (g_ascii_isspace (*p) || g_ascii_iscntrl (*p) || strchr ("()<>,;:\\\"[]", *p) != NULL)
      return FALSE;
  for (const char *p = at + 1; *p != '\0'; p++)
    if (!g_ascii_isalnum (*p) && *p != '-' && *p != '.' && (*p & 0x80) == 0)
      return FALSE;

  return TRUE;
}

static void
check_contact (Check *self)
{
  static const struct { const char *code; RcpPatientField field; } channels[] = {
    { "mobile", RCP_FIELD_PHONE_MOBILE }, { "home", RCP_FIELD_PHONE_HOME }, { "work", RCP_FIELD_PHONE_WORK }, { "email", RCP_FIELD_EMAIL },
  };
  gboolean has_any = is_set (self, RCP_FIELD_CARER_PHONE);

  for (guint i = 0; i < G_N_ELEMENTS (channels); i++)
    {
      has_any = has_any || is_set (self, channels[i].field);
      if (g_str_equal (get (self, RCP_FIELD_PREFERRED), channels[i].code) && !is_set (self, channels[i].field))
        add (self, RCP_FIELD_PREFERRED, TRUE, _ ("What is preferred is not known yet."));
      if (channels[i].field != RCP_FIELD_EMAIL)
        check_phone (self, channels[i].field);
    }
  if (is_set (self, RCP_FIELD_EMAIL) && !is_email (get (self, RCP_FIELD_EMAIL)))
    add (self, RCP_FIELD_EMAIL, TRUE, _ ("This is no email address."));
  if (!has_any)
    add (self, RCP_FIELD_PHONE_MOBILE, FALSE, _ ("There is no way to reach this patient."));
}

/* Postal codes by country: 9 is a digit, A a letter; "|" parts what is possible. */
static const char *
get_postal_patterns (const char *country)
{
  static const struct { const char *names; const char *patterns; } known[] = {
    { "us|usa|united states|united states of america|pr", "99999|99999-9999" },
    { "ca|can|canada", "A9A 9A9|A9A9A9" },
    { "mx|es|de|fr|it|mexico|spain|germany|france|italy|espana|deutschland", "99999" },
    { "gb|uk|united kingdom", "A9 9AA|A99 9AA|AA9 9AA|AA99 9AA|A9A 9AA|AA9A 9AA" },
    { "au|at|ch|australia", "9999" },
    { "il|israel", "9999999|99999" },
  };
  g_autofree char *folded = rcp_fold_text (country);

  for (guint i = 0; i < G_N_ELEMENTS (known); i++)
    {
      g_auto (GStrv) names = g_strsplit (known[i].names, "|", -1);

      if (g_strv_contains ((const char *const *) names, folded))
        return known[i].patterns;
    }
  return NULL;
}

static gboolean
fits (const char *text, const char *pattern)
{
  for (; *text != '\0' && *pattern != '\0'; text++, pattern++)
    if (*pattern == '9' ? !g_ascii_isdigit (*text) : *pattern == 'A' ? !g_ascii_isalpha (*text) : *text != *pattern)
      return FALSE;

  return *text == *pattern;
}

static void
check_address (Check *self)
{
  const char *code = get (self, RCP_FIELD_POSTAL_CODE);
  const char *patterns = get_postal_patterns (is_set (self, RCP_FIELD_COUNTRY) ? get (self, RCP_FIELD_COUNTRY) : self->place->region);
  g_auto (GStrv) possible = patterns != NULL ? g_strsplit (patterns, "|", -1) : NULL;
  gboolean is_fine = possible == NULL || *code == '\0';

  for (guint i = 0; !is_fine && possible[i] != NULL; i++)
    is_fine = fits (code, possible[i]);
  if (!is_fine)
    add (self, RCP_FIELD_POSTAL_CODE, FALSE, _ ("Postal codes have another form there."));
  if (is_set (self, RCP_FIELD_STREET) && !is_set (self, RCP_FIELD_CITY))
    add (self, RCP_FIELD_CITY, FALSE, _ ("In which city is this street?"));
}

static void
check_languages (Check *self)
{
  g_autofree char *unknown = NULL;
  g_autofree char *codes = rcp_language_list_to_codes (get (self, RCP_FIELD_OTHER_LANGUAGES), &unknown);

  if (unknown != NULL)
    {
      /* Translators: %s is a word that was typed where names of languages belong. */
      g_autofree char *text = g_strdup_printf (_ ("“%s” is not a language that is known here."), unknown);

      add (self, RCP_FIELD_OTHER_LANGUAGES, TRUE, text);
    }
  if (is_set (self, RCP_FIELD_INTERPRETER) && !is_set (self, RCP_FIELD_LANGUAGE))
    add (self, RCP_FIELD_LANGUAGE, FALSE, _ ("For which language is the interpreter?"));
}

static void
check_carer (Check *self)
{
  if (!is_set (self, RCP_FIELD_CARER_NAME) && (is_set (self, RCP_FIELD_CARER_PHONE) || is_set (self, RCP_FIELD_CARER_RELATION)))
    add (self, RCP_FIELD_CARER_NAME, TRUE, _ ("Who is that?"));
  else if (!is_set (self, RCP_FIELD_CARER_NAME) && is_child (self))
    add (self, RCP_FIELD_CARER_NAME, FALSE, _ ("Who is the guardian of this child?"));
  check_name (self, RCP_FIELD_CARER_NAME);
  check_phone (self, RCP_FIELD_CARER_PHONE);
}

static int
compare_problems (gconstpointer a, gconstpointer b)
{
  const RcpPatientProblem *left = *(const RcpPatientProblem *const *) a;
  const RcpPatientProblem *right = *(const RcpPatientProblem *const *) b;

  return (int) left->field - (int) right->field;
}

/**
 * rcp_patient_rules_check:
 * @fields: normalized fields
 * @place: where and when
 *
 * Returns: (transfer full) (element-type RcpPatientProblem): what is wrong or odd, in the order of the fields
 */
GPtrArray *
rcp_patient_rules_check (const RcpPatientFields *fields, const RcpDeskPlace *place)
{
  Check check = { fields, place, NULL };

  g_return_val_if_fail (fields != NULL && place != NULL && g_date_valid (&place->today), NULL);

  check.problems = g_ptr_array_new_with_free_func ((GDestroyNotify) rcp_patient_problem_free);
  check_names (&check);
  check_birth_date (&check);
  check_contact (&check);
  check_address (&check);
  check_languages (&check);
  check_carer (&check);
  g_ptr_array_sort (check.problems, compare_problems);
  return check.problems;
}

gboolean
rcp_patient_rules_may_save (GPtrArray *problems)
{
  for (guint i = 0; i < problems->len; i++)
    if (((RcpPatientProblem *) g_ptr_array_index (problems, i))->is_error)
      return FALSE;

  return TRUE;
}

/* One space where there was any. */
static char *
squeeze (const char *text)
{
  g_autoptr (GString) result = g_string_new (NULL);
  gboolean pending = FALSE;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_isspace (c) || g_unichar_iscntrl (c))
        {
          pending = result->len > 0;
          continue;
        }
      if (pending)
        g_string_append_c (result, ' ');
      pending = FALSE;
      g_string_append_unichar (result, c);
    }

  return g_string_free (g_steal_pointer (&result), FALSE);
}

static char *
normalize_date (const char *text, const RcpDeskPlace *place)
{
  RcpIso8601 parsed;
  g_autoptr (GPtrArray) dates = NULL;
  GDate *date;

  if (rcp_iso8601_parse (text, &parsed) && parsed.precision <= RCP_ISO8601_DAY && strlen (text) != 8)
    return g_strdup (text);
  dates = rcp_query_parse_dates (text, place->day_first, &place->today);
  if (dates->len == 0)
    {
      /* A date in the future is still a date: it is told what is wrong with it. */
      GDate later = place->today;

      g_date_add_years (&later, 100);
      g_ptr_array_unref (dates);
      dates = rcp_query_parse_dates (text, place->day_first, &later);
    }
  if (dates->len == 0)
    return g_strdup (text);
  date = g_ptr_array_index (dates, 0);
  return g_strdup_printf ("%04u-%02d-%02u", g_date_get_year (date), g_date_get_month (date), g_date_get_day (date));
}

char *
rcp_patient_rules_normalize (RcpPatientField field, const char *typed, const RcpDeskPlace *place)
{
  g_autofree char *valid = g_utf8_make_valid (typed, -1);
  g_autofree char *text = squeeze (valid);
  char *stored = NULL;

  if (*text == '\0')
    return g_steal_pointer (&text);
  switch (field)
    {
    case RCP_FIELD_BIRTH_DATE:
      return normalize_date (text, place);
    case RCP_FIELD_PHONE_MOBILE:
    case RCP_FIELD_PHONE_HOME:
    case RCP_FIELD_PHONE_WORK:
    case RCP_FIELD_CARER_PHONE:
      stored = rcp_phone_normalize (text, place->region, NULL);
      break;
    case RCP_FIELD_POSTAL_CODE:
      stored = g_utf8_strup (text, -1);
      break;
    case RCP_FIELD_OTHER_LANGUAGES:
      stored = rcp_language_list_to_codes (text, NULL);
      break;
    default:
      break;
    }

  return stored != NULL ? stored : g_steal_pointer (&text);
}

char *
rcp_patient_rules_show (RcpPatientField field, const char *stored, const RcpDeskPlace *place)
{
  switch (field)
    {
    case RCP_FIELD_PHONE_MOBILE:
    case RCP_FIELD_PHONE_HOME:
    case RCP_FIELD_PHONE_WORK:
    case RCP_FIELD_CARER_PHONE:
      return rcp_phone_format (stored, place->region);
    case RCP_FIELD_LANGUAGE:
    case RCP_FIELD_OTHER_LANGUAGES:
      return rcp_language_list_to_names (stored);
    default:
      return g_strdup (stored);
    }
}
