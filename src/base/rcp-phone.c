/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-base"

#include "rcp-phone.h"

#include <locale.h>
#include <string.h>

#include "rcp-fold.h"

#define E164_MAX_DIGITS 15 /* ITU-T E.164, 6.1 */
#define FOREIGN_MIN_DIGITS 7
#define SIGNIFICANT_DIGITS 10 /* in which numbers are compared that are not known whole */
#define MAX_EXTENSION 8

/**
 * Plan: how a region numbers its lines (ITU-T E.164, and the national plans of E.164's annex).
 * @trunk: dialled before a national number at home, and not from abroad
 * @least, @most: digits of a national number, without the trunk prefix
 * @national: how it is written at home, by length: # is a digit; several ways are parted by "|"
 * @abroad: the same behind the country code
 */
typedef struct
{
  char region[3];
  const char *code;
  const char *trunk;
  guint least;
  guint most;
  const char *national;
  const char *abroad;
} Plan;

/* The first of a country code is the one by which numbers from abroad are read. */
static const Plan plans[] = {
  { "US", "1", "1", 10, 10, "(###) ###-####", "###-###-####" },
  { "CA", "1", "1", 10, 10, "(###) ###-####", "###-###-####" },
  { "PR", "1", "1", 10, 10, "(###) ###-####", "###-###-####" },
  { "DO", "1", "1", 10, 10, "(###) ###-####", "###-###-####" },
  { "EG", "20", "0", 8, 10, "0### ### ####|0# ### ####", "### ### ####|# ### ####" },
  { "NL", "31", "0", 9, 9, "0## ### ####", "## ### ####" },
  { "FR", "33", "0", 9, 9, "0# ## ## ## ##", "# ## ## ## ##" },
  { "ES", "34", "", 9, 9, "### ## ## ##", "### ## ## ##" },
  { "IT", "39", "", 6, 11, "### ### ####", "### ### ####" },
  { "CH", "41", "0", 9, 9, "0## ### ## ##", "## ### ## ##" },
  { "AT", "43", "0", 4, 13, "", "" },
  { "GB", "44", "0", 9, 10, "0#### ######", "#### ######" },
  { "PL", "48", "", 9, 9, "### ### ###", "### ### ###" },
  { "DE", "49", "0", 5, 11, "", "" },
  { "PE", "51", "0", 8, 9, "### ### ###", "### ### ###" },
  { "MX", "52", "", 10, 10, "## #### ####", "## #### ####" },
  { "BR", "55", "0", 10, 11, "(##) ####-####|(##) #####-####", "## ####-####|## #####-####" },
  { "CL", "56", "", 9, 9, "# #### ####", "# #### ####" },
  { "CO", "57", "", 10, 10, "### ### ####", "### ### ####" },
  { "AU", "61", "0", 9, 9, "0### ### ###", "### ### ###" },
  { "PH", "63", "0", 8, 10, "0### ### ####", "### ### ####" },
  { "VN", "84", "0", 9, 10, "0### ### ###", "### ### ###" },
  { "CN", "86", "0", 10, 11, "### #### ####", "### #### ####" },
  { "IN", "91", "0", 10, 10, "##### #####", "##### #####" },
  { "PT", "351", "", 9, 9, "### ### ###", "### ### ###" },
  { "SA", "966", "0", 8, 9, "0## ### ####|0# ### ####", "## ### ####|# ### ####" },
  { "AE", "971", "0", 8, 9, "0## ### ####|0# ### ####", "## ### ####|# ### ####" },
  { "IL", "972", "0", 8, 9, "0##-###-####|0#-###-####", "##-###-####|#-###-####" },
  { "HT", "509", "", 8, 8, "#### ####", "#### ####" },
};

/* A number, read. */
typedef struct
{
  const Plan *plan; /* NULL for a country that is not in the list */
  char digits[E164_MAX_DIGITS + 1]; /* national; with the country code when @plan is NULL */
  char extension[MAX_EXTENSION + 1];
} Number;

static const Plan *
find_region (const char *region)
{
  for (guint i = 0; region != NULL && i < G_N_ELEMENTS (plans); i++)
    if (g_ascii_strcasecmp (plans[i].region, region) == 0)
      return &plans[i];

  return NULL;
}

/* Country codes are prefix free. */
static const Plan *
find_code (const char *digits)
{
  for (guint i = 0; i < G_N_ELEMENTS (plans); i++)
    if (g_str_has_prefix (digits, plans[i].code))
      return &plans[i];

  return NULL;
}

static gboolean
is_mark (gunichar c)
{
  return g_unichar_isspace (c) || g_unichar_type (c) == G_UNICODE_DASH_PUNCTUATION || c == '(' || c == ')' || c == '.' ||
         c == '/' || c == 0x200e || c == 0x200f || (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
}

/* Whether only digits, what stands between them, and one "+" before them are there. */
static gboolean
is_written_as_number (const char *text, gboolean *has_plus)
{
  gboolean has_digit = FALSE;

  *has_plus = FALSE;
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_digit_value (c) >= 0)
        has_digit = TRUE;
      else if ((c == '+' || c == 0xff0b) && !has_digit && !*has_plus)
        *has_plus = TRUE;
      else if (!is_mark (c))
        return FALSE;
    }

  return has_digit;
}

/* Cuts "x12", "ext. 12" or "#12" off the end of @text; FALSE when something else than digits follows the mark. */
static gboolean
cut_extension (char *text, char *extension)
{
  static const char *const marks[] = { "extension", "ext.", "ext", "x", "#" };
  char *lower = g_ascii_strdown (text, -1);
  gboolean is_fine = TRUE;

  *extension = '\0';
  for (guint i = 0; i < G_N_ELEMENTS (marks); i++)
    {
      const char *mark = strstr (lower, marks[i]);
      g_autofree char *digits = NULL;
      gboolean has_plus;

      if (mark == NULL)
        continue;
      digits = rcp_fold_digits (mark + strlen (marks[i]));
      is_fine = is_written_as_number (mark + strlen (marks[i]), &has_plus) && !has_plus && strlen (digits) <= MAX_EXTENSION;
      if (is_fine)
        g_strlcpy (extension, digits, MAX_EXTENSION + 1);
      text[mark - lower] = '\0';
      break;
    }
  g_free (lower);
  return is_fine;
}

static RcpPhoneProblem
take_national (Number *number, const Plan *plan, const char *digits)
{
  gboolean has_trunk = *plan->trunk != '\0';

  if (has_trunk && g_str_has_prefix (digits, plan->trunk))
    digits += strlen (plan->trunk);
  number->plan = plan;
  /* No number begins with what is dialled before it: so much was left out, or put before it twice. */
  if (g_str_has_prefix (digits, "00") || (has_trunk && (*digits == '0' || g_str_has_prefix (digits, plan->trunk))))
    return RCP_PHONE_TOO_SHORT;
  if (strlen (digits) < plan->least)
    return RCP_PHONE_TOO_SHORT;
  if (strlen (digits) > plan->most)
    return RCP_PHONE_TOO_LONG;
  g_strlcpy (number->digits, digits, sizeof number->digits);
  return RCP_PHONE_FINE;
}

static RcpPhoneProblem
take_international (Number *number, const char *digits)
{
  const Plan *plan = find_code (digits);

  if (plan != NULL)
    return take_national (number, plan, digits + strlen (plan->code));
  if (strlen (digits) < FOREIGN_MIN_DIGITS || *digits == '0')
    return RCP_PHONE_TOO_SHORT;
  if (strlen (digits) > E164_MAX_DIGITS)
    return RCP_PHONE_TOO_LONG;
  g_strlcpy (number->digits, digits, sizeof number->digits);
  return RCP_PHONE_FINE;
}

static RcpPhoneProblem
read_number (const char *text, const char *region, Number *number)
{
  const Plan *home = find_region (region);
  g_autofree char *copy = NULL;
  g_autofree char *digits = NULL;
  gboolean has_plus;

  memset (number, 0, sizeof *number);
  if (!g_utf8_validate (text, -1, NULL))
    return RCP_PHONE_NO_NUMBER;
  copy = g_strdup (text);
  if (!cut_extension (copy, number->extension) || !is_written_as_number (copy, &has_plus))
    return RCP_PHONE_NO_NUMBER;
  digits = rcp_fold_digits (copy);
  if (has_plus)
    return take_international (number, digits);
  if (g_str_has_prefix (digits, "00"))
    return take_international (number, digits + 2);
  if (home != NULL && g_str_equal (home->code, "1") && g_str_has_prefix (digits, "011"))
    return take_international (number, digits + 3);
  if (home != NULL)
    return take_national (number, home, digits);

  return RCP_PHONE_TOO_SHORT; /* Nobody knows of which country it is. */
}

static void
append_extension (GString *text, const Number *number)
{
  if (*number->extension != '\0')
    g_string_append_printf (text, " x%s", number->extension);
}

/**
 * rcp_phone_normalize:
 * @text: a number as it was typed or stored
 * @region: (nullable): ISO 3166 code of the region in which numbers without a country code are
 * @problem: (out) (optional): why it is none
 *
 * Returns: (transfer full) (nullable): the number as ITU-T E.164 has it, with "+" and country code, and behind it its
 *   extension as " x12"; %NULL when it is no whole number
 */
char *
rcp_phone_normalize (const char *text, const char *region, RcpPhoneProblem *problem)
{
  g_autoptr (GString) result = g_string_new ("+");
  Number number;
  RcpPhoneProblem found;

  g_return_val_if_fail (text != NULL, NULL);

  found = read_number (text, region, &number);
  if (problem != NULL)
    *problem = found;
  if (found != RCP_PHONE_FINE)
    return NULL;

  g_string_append (result, number.plan != NULL ? number.plan->code : "");
  g_string_append (result, number.digits);
  append_extension (result, &number);
  return g_string_free (g_steal_pointer (&result), FALSE);
}

static gsize
count_places (const char *pattern, gsize length)
{
  gsize n = 0;

  for (gsize i = 0; i < length; i++)
    n += pattern[i] == '#';
  return n;
}

/* Fills the pattern that has as many places as there are digits; FALSE when none has. */
static gboolean
append_pattern (GString *text, const char *patterns, const char *digits)
{
  for (const char *pattern = patterns; *pattern != '\0';)
    {
      gsize length = strcspn (pattern, "|");

      if (count_places (pattern, length) == strlen (digits))
        {
          for (gsize i = 0; i < length; i++)
            g_string_append_c (text, pattern[i] == '#' ? *digits++ : pattern[i]);
          return TRUE;
        }
      pattern += length + (pattern[length] == '|' ? 1 : 0);
    }

  return FALSE;
}

/**
 * rcp_phone_format:
 * @text: a number as it was typed or stored
 * @region: (nullable): where the reader is
 *
 * Returns: (transfer full): "(207) 555-0110" in its own region, "+1 207-555-0110" elsewhere; @text itself when it is no
 *   whole number
 */
char *
rcp_phone_format (const char *text, const char *region)
{
  g_autoptr (GString) result = g_string_new (NULL);
  const Plan *home = find_region (region);
  Number number;

  g_return_val_if_fail (text != NULL, NULL);

  if (read_number (text, region, &number) != RCP_PHONE_FINE)
    return g_strdup (text);

  if (number.plan == NULL)
    g_string_append_printf (result, "+%s", number.digits);
  else if (home != NULL && g_str_equal (home->code, number.plan->code))
    {
      if (!append_pattern (result, home->national, number.digits))
        g_string_append_printf (result, "%s%s", home->trunk, number.digits);
    }
  else
    {
      g_string_append_printf (result, "+%s ", number.plan->code);
      if (!append_pattern (result, number.plan->abroad, number.digits))
        g_string_append (result, number.digits);
    }
  append_extension (result, &number);
  return g_string_free (g_steal_pointer (&result), FALSE);
}

/**
 * rcp_phone_is_same:
 * @a: a number as it was typed or stored
 * @b: another
 * @region: (nullable): where the desk is
 *
 * Returns: whether both are one line; extensions do not count. Where one of them is no whole number, the last ten digits
 *   decide, and fewer than seven say nothing
 */
gboolean
rcp_phone_is_same (const char *a, const char *b, const char *region)
{
  Number of_a;
  Number of_b;
  g_autofree char *digits_a = NULL;
  g_autofree char *digits_b = NULL;
  gsize length;

  g_return_val_if_fail (a != NULL && b != NULL, FALSE);

  if (read_number (a, region, &of_a) == RCP_PHONE_FINE && read_number (b, region, &of_b) == RCP_PHONE_FINE)
    return g_str_equal (of_a.digits, of_b.digits) &&
           g_strcmp0 (of_a.plan != NULL ? of_a.plan->code : NULL, of_b.plan != NULL ? of_b.plan->code : NULL) == 0;
  if (!g_utf8_validate (a, -1, NULL) || !g_utf8_validate (b, -1, NULL))
    return FALSE;

  digits_a = rcp_fold_digits (a);
  digits_b = rcp_fold_digits (b);
  length = MIN (MIN (strlen (digits_a), strlen (digits_b)), SIGNIFICANT_DIGITS);
  return length >= FOREIGN_MIN_DIGITS &&
         g_str_equal (digits_a + strlen (digits_a) - length, digits_b + strlen (digits_b) - length);
}

/**
 * rcp_phone_dup_region_of_locale:
 * @locale: (nullable): the name of a locale, "en_US.UTF-8"
 *
 * Returns: (transfer full) (nullable): "US"; %NULL for "C" and the like
 */
char *
rcp_phone_dup_region_of_locale (const char *locale)
{
  const char *region = locale != NULL ? strchr (locale, '_') : NULL;

  if (region == NULL || !g_ascii_isalpha (region[1]) || !g_ascii_isalpha (region[2]) || g_ascii_isalnum (region[3]))
    return NULL;

  return g_ascii_strup (region + 1, 2);
}

/**
 * rcp_phone_dup_locale_region:
 *
 * Returns: (transfer full): the region of LC_TELEPHONE
 */
char *
rcp_phone_dup_locale_region (void)
{
  char *region = rcp_phone_dup_region_of_locale (setlocale (LC_TELEPHONE, NULL));

  return region != NULL ? region : g_strdup ("US");
}
