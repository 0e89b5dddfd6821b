/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-identity"

#include "rcp-likeness.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/rcp-fold.h"
#include "base/rcp-phone.h"

/* Weights of the Interoperable Digital Identity and Patient Matching IG 2.0.0, in tenths: first and last name 3, birth
 * date 2, an address, e-mail address, telephone or record number 4, several of these 5. What is only similar counts 60 %:
 * a whole name with a slip and the whole birth date is then 3.8, and worth a look. */
#define NAME_POINTS 30
#define BIRTH_DATE_POINTS 20
#define REACH_POINTS 40
#define REACH_MAX 50
#define SIMILAR_PERCENT 60

#define POSSIBLE 35
#define PROBABLE 50 /* the whole name and the whole birth date */
#define CERTAIN 90  /* level L0 of that IG */
#define ANOTHER_NAME 60 /* birth date and address or telephone: a name that changed, or a twin */

static const char *
get (const RcpPatientFields *fields, RcpPatientField field)
{
  return rcp_patient_fields_get (fields, field);
}

/* The worse of both; what is not known says nothing. */
static RcpAgreement
combine (RcpAgreement a, RcpAgreement b)
{
  if (a == RCP_AGREE_UNKNOWN || b == RCP_AGREE_UNKNOWN)
    return MIN (MAX (a, b), RCP_AGREE_SIMILAR);
  return MIN (a, b);
}

static RcpAgreement
compare_given (const RcpPatientFields *a, const RcpPatientFields *b)
{
  RcpAgreement best = rcp_name_compare_given (get (a, RCP_FIELD_GIVEN), get (b, RCP_FIELD_GIVEN));

  /* The name that one goes by is as good as a short form. */
  if (best <= RCP_AGREE_DIFFERENT &&
      (rcp_name_compare_given (get (a, RCP_FIELD_CALLED), get (b, RCP_FIELD_GIVEN)) >= RCP_AGREE_SIMILAR ||
       rcp_name_compare_given (get (a, RCP_FIELD_GIVEN), get (b, RCP_FIELD_CALLED)) >= RCP_AGREE_SIMILAR))
    best = RCP_AGREE_SIMILAR;
  return best;
}

static RcpAgreement
compare_names (const RcpPatientFields *a, const RcpPatientFields *b)
{
  RcpAgreement agreement = combine (rcp_name_compare_family (get (a, RCP_FIELD_FAMILY), get (b, RCP_FIELD_FAMILY)), compare_given (a, b));

  /* Typed into the wrong fields. */
  if (agreement == RCP_AGREE_DIFFERENT &&
      rcp_name_compare_family (get (a, RCP_FIELD_FAMILY), get (b, RCP_FIELD_GIVEN)) == RCP_AGREE_SAME &&
      rcp_name_compare_family (get (a, RCP_FIELD_GIVEN), get (b, RCP_FIELD_FAMILY)) == RCP_AGREE_SAME)
    return RCP_AGREE_SIMILAR;
  return agreement;
}

static gboolean
is_swapped (const char *a, const char *b)
{
  /* "1978-12-03" and "1978-03-12" */
  return strncmp (a, b, 5) == 0 && strncmp (a + 5, b + 8, 2) == 0 && strncmp (a + 8, b + 5, 2) == 0;
}

/**
 * rcp_likeness_compare_dates:
 * @a: a date of ISO 8601, perhaps only a year or a month
 * @b: another
 *
 * Returns: similar when day and month are swapped, or one digit is another, or two neighbours are swapped, or one is a part
 *   of the other
 */
RcpAgreement
rcp_likeness_compare_dates (const char *a, const char *b)
{
  const char *const placeholders[] = { "", "1900-01-01", "1900", NULL };

  if (g_strv_contains (placeholders, a) || g_strv_contains (placeholders, b))
    return RCP_AGREE_UNKNOWN;
  if (g_str_equal (a, b))
    return RCP_AGREE_SAME;
  if (strlen (a) != strlen (b))
    return g_str_has_prefix (a, b) || g_str_has_prefix (b, a) ? RCP_AGREE_SIMILAR : RCP_AGREE_DIFFERENT;
  if (strlen (a) != 10)
    return RCP_AGREE_DIFFERENT;
  return is_swapped (a, b) || rcp_text_edit_distance (a, b) <= 1 ? RCP_AGREE_SIMILAR : RCP_AGREE_DIFFERENT;
}

static RcpAgreement
compare_phones (const RcpPatientFields *a, const RcpPatientFields *b, const char *region)
{
  gboolean known_a = FALSE;
  gboolean known_b = FALSE;

  for (guint i = RCP_FIELD_PHONE_MOBILE; i <= RCP_FIELD_PHONE_WORK; i++)
    {
      known_a = known_a || rcp_patient_fields_is_set (a, i);
      known_b = known_b || rcp_patient_fields_is_set (b, i);
      for (guint j = RCP_FIELD_PHONE_MOBILE; j <= RCP_FIELD_PHONE_WORK; j++)
        if (rcp_phone_is_same (get (a, i), get (b, j), region))
          return RCP_AGREE_SAME;
    }
  return known_a && known_b ? RCP_AGREE_DIFFERENT : RCP_AGREE_UNKNOWN;
}

static RcpAgreement
compare_texts (const char *a, const char *b)
{
  g_autofree char *folded_a = rcp_fold_text (a);
  g_autofree char *folded_b = rcp_fold_text (b);

  if (*folded_a == '\0' || *folded_b == '\0')
    return RCP_AGREE_UNKNOWN;
  if (g_str_equal (folded_a, folded_b))
    return RCP_AGREE_SAME;
  return rcp_text_is_slip (folded_a, folded_b) ? RCP_AGREE_SIMILAR : RCP_AGREE_DIFFERENT;
}

/* The words of a street as they are compared: without points, with the usual short forms. (transfer full) */
static char *
plain_street (const char *street)
{
  static const struct { const char *word, *form; } forms[] = {
    { "street", "st" }, { "avenue", "ave" }, { "av", "ave" }, { "road", "rd" }, { "drive", "dr" }, { "lane", "ln" }, { "court", "ct" },
    { "boulevard", "blvd" }, { "place", "pl" }, { "highway", "hwy" }, { "apartment", "apt" }, { "unit", "apt" }, { "suite", "ste" },
    { "north", "n" }, { "south", "s" }, { "east", "e" }, { "west", "w" }, { "calle", "c" },
  };
  g_autofree char *folded = rcp_fold_text (street);
  g_auto (GStrv) words = g_strsplit_set (folded, " ,.#-/", -1);
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; words[i] != NULL; i++)
    {
      const char *form = words[i];

      for (guint j = 0; j < G_N_ELEMENTS (forms); j++)
        if (g_str_equal (words[i], forms[j].word))
          form = forms[j].form;
      if (*form != '\0')
        g_string_append_printf (text, "%s%s", text->len > 0 ? " " : "", form);
    }
  return g_string_free (g_steal_pointer (&text), FALSE);
}

RcpAgreement
rcp_likeness_compare_streets (const char *a, const char *b)
{
  g_autofree char *plain_a = plain_street (a);
  g_autofree char *plain_b = plain_street (b);
  gsize shorter = MIN (strlen (plain_a), strlen (plain_b));

  if (shorter == 0)
    return RCP_AGREE_UNKNOWN;
  if (g_str_equal (plain_a, plain_b))
    return RCP_AGREE_SAME;
  /* Without the number of the apartment; or with a slip, but not in the number of the house. */
  if (strncmp (plain_a, plain_b, shorter) == 0 && (plain_a[shorter] == ' ' || plain_b[shorter] == ' ') && memchr (plain_a, ' ', shorter) != NULL)
    return RCP_AGREE_SIMILAR;
  if (strcspn (plain_a, " ") == strcspn (plain_b, " ") && strncmp (plain_a, plain_b, strcspn (plain_a, " ")) == 0 &&
      rcp_text_is_slip (plain_a, plain_b))
    return RCP_AGREE_SIMILAR;
  return RCP_AGREE_DIFFERENT;
}

static RcpAgreement
compare_addresses (const RcpPatientFields *a, const RcpPatientFields *b)
{
  RcpAgreement street = rcp_likeness_compare_streets (get (a, RCP_FIELD_STREET), get (b, RCP_FIELD_STREET));
  RcpAgreement city = compare_texts (get (a, RCP_FIELD_CITY), get (b, RCP_FIELD_CITY));
  const char *code_a = get (a, RCP_FIELD_POSTAL_CODE);
  const char *code_b = get (b, RCP_FIELD_POSTAL_CODE);
  gboolean same_code = *code_a != '\0' && g_ascii_strncasecmp (code_a, code_b, 5) == 0;

  if (street <= RCP_AGREE_DIFFERENT)
    return street;
  /* Every town has a Main Street. */
  return same_code || city >= RCP_AGREE_SIMILAR ? street : city == RCP_AGREE_DIFFERENT ? RCP_AGREE_DIFFERENT : RCP_AGREE_SIMILAR;
}

static guint
weigh (RcpAgreement agreement, guint points)
{
  if (agreement == RCP_AGREE_SAME)
    return points;
  return agreement == RCP_AGREE_SIMILAR ? points * SIMILAR_PERCENT / 100 : 0;
}

static RcpLikenessGrade
judge (const RcpLikeness *self)
{
  RcpAgreement name = self->agreements[RCP_ASPECT_NAME];
  RcpAgreement birth = self->agreements[RCP_ASPECT_BIRTH_DATE];

  if (self->agreements[RCP_ASPECT_MRN] == RCP_AGREE_SAME && name != RCP_AGREE_DIFFERENT)
    return RCP_LIKENESS_PROBABLE + (self->points >= CERTAIN);
  /* Twins, and families on one telephone, are not one person. */
  if (name <= RCP_AGREE_DIFFERENT)
    return birth == RCP_AGREE_SAME && self->points >= ANOTHER_NAME ? RCP_LIKENESS_POSSIBLE : RCP_LIKENESS_NONE;
  if (self->points < POSSIBLE)
    return RCP_LIKENESS_NONE;
  /* Neither are a father and his son of the same name; and of a family that shares a telephone one name is too little. */
  if (birth == RCP_AGREE_DIFFERENT || (birth == RCP_AGREE_UNKNOWN && name == RCP_AGREE_SIMILAR) || self->points < PROBABLE)
    return RCP_LIKENESS_POSSIBLE;
  return self->points >= CERTAIN && name == RCP_AGREE_SAME && birth == RCP_AGREE_SAME ? RCP_LIKENESS_CERTAIN : RCP_LIKENESS_PROBABLE;
}

/**
 * rcp_likeness_compare:
 * @a: a patient
 * @b: another
 * @region: of the desk, for telephone numbers
 *
 * Returns: how much both look like one person
 */
RcpLikeness
rcp_likeness_compare (const RcpPatientFields *a, const RcpPatientFields *b, const char *region)
{
  RcpLikeness self = { 0, RCP_LIKENESS_NONE, { 0 } };
  guint reach = 0;

  g_return_val_if_fail (a != NULL && b != NULL, self);

  self.agreements[RCP_ASPECT_NAME] = compare_names (a, b);
  self.agreements[RCP_ASPECT_BIRTH_DATE] = rcp_likeness_compare_dates (get (a, RCP_FIELD_BIRTH_DATE), get (b, RCP_FIELD_BIRTH_DATE));
  self.agreements[RCP_ASPECT_PHONE] = compare_phones (a, b, region);
  self.agreements[RCP_ASPECT_EMAIL] = compare_texts (get (a, RCP_FIELD_EMAIL), get (b, RCP_FIELD_EMAIL));
  self.agreements[RCP_ASPECT_ADDRESS] = compare_addresses (a, b);
  self.agreements[RCP_ASPECT_MRN] = compare_texts (get (a, RCP_FIELD_MRN), get (b, RCP_FIELD_MRN));
  /* One digit more or less is another number. */
  if (self.agreements[RCP_ASPECT_MRN] == RCP_AGREE_SIMILAR)
    self.agreements[RCP_ASPECT_MRN] = RCP_AGREE_DIFFERENT;

  for (guint i = RCP_ASPECT_PHONE; i <= RCP_ASPECT_MRN; i++)
    reach += weigh (self.agreements[i], REACH_POINTS);
  self.points = weigh (self.agreements[RCP_ASPECT_NAME], NAME_POINTS) +
                weigh (self.agreements[RCP_ASPECT_BIRTH_DATE], BIRTH_DATE_POINTS) + MIN (reach, REACH_MAX);
  self.grade = judge (&self);
  return self;
}

/**
 * rcp_likeness_describe:
 * @self: a likeness
 *
 * Returns: (transfer full): why it was found, in words
 */
char *
rcp_likeness_describe (const RcpLikeness *self)
{
  static const struct { const char *same, *similar; } words[RCP_N_ASPECTS] = {
    [RCP_ASPECT_NAME] = { N_ ("same name"), N_ ("similar name") },
    [RCP_ASPECT_BIRTH_DATE] = { N_ ("same birth date"), N_ ("similar birth date") },
    [RCP_ASPECT_PHONE] = { N_ ("same phone"), N_ ("similar phone") },
    [RCP_ASPECT_EMAIL] = { N_ ("same email"), N_ ("similar email") },
    [RCP_ASPECT_ADDRESS] = { N_ ("same address"), N_ ("similar address") },
    [RCP_ASPECT_MRN] = { N_ ("same record number"), N_ ("similar record number") },
  };
  g_autoptr (GString) text = g_string_new (NULL);

  for (guint i = 0; i < RCP_N_ASPECTS; i++)
    if (self->agreements[i] >= RCP_AGREE_SIMILAR)
      g_string_append_printf (text, "%s%s", text->len > 0 ? " · " : "",
                              self->agreements[i] == RCP_AGREE_SAME ? _ (words[i].same) : _ (words[i].similar));
  return g_string_free (g_steal_pointer (&text), FALSE);
}

RcpAgreement
rcp_likeness_compare_field (const RcpPatientFields *a, const RcpPatientFields *b, RcpPatientField field, const char *region)
{
  const char *of_a = get (a, field);
  const char *of_b = get (b, field);

  if (*of_a == '\0' || *of_b == '\0')
    return RCP_AGREE_UNKNOWN;
  switch (field)
    {
    case RCP_FIELD_FAMILY:
      return rcp_name_compare_family (of_a, of_b);
    case RCP_FIELD_GIVEN:
    case RCP_FIELD_CALLED:
      return rcp_name_compare_given (of_a, of_b);
    case RCP_FIELD_BIRTH_DATE:
      return rcp_likeness_compare_dates (of_a, of_b);
    case RCP_FIELD_PHONE_MOBILE:
    case RCP_FIELD_PHONE_HOME:
    case RCP_FIELD_PHONE_WORK:
    case RCP_FIELD_CARER_PHONE:
      return rcp_phone_is_same (of_a, of_b, region) ? RCP_AGREE_SAME : RCP_AGREE_DIFFERENT;
    case RCP_FIELD_STREET:
      return rcp_likeness_compare_streets (of_a, of_b);
    case RCP_FIELD_SEX:
    case RCP_FIELD_MRN:
    case RCP_FIELD_LANGUAGE:
      return g_str_equal (of_a, of_b) ? RCP_AGREE_SAME : RCP_AGREE_DIFFERENT;
    default:
      return compare_texts (of_a, of_b);
    }
}
