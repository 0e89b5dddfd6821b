/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-base"

#include "rcp-query.h"

#include "rcp-fold.h"

#include <langinfo.h>
#include <stdlib.h>
#include <string.h>

/* Dates as people type them. The text is cut into numbers and at most one month's name; then every order that makes a
 * birth date is a reading of it. */

#define MIN_YEAR 1800
#define MAX_AGE 115 /* beyond which a two-digit year is not meant */
#define MAX_NUMBERS 3
#define MIN_MONTH_PREFIX 3

typedef struct
{
  guint value;
  guint n_digits;
} Number;

typedef struct
{
  Number numbers[MAX_NUMBERS];
  guint n_numbers;
  guint month;            /* 1 to 12 where a name was written, else 0 */
  guint numbers_to_month; /* how many numbers stand before the name */
  gboolean has_dash;
} Words;

static const char *const english_months[] = {
  "january", "february", "march", "april", "may", "june", "july", "august", "september", "october", "november", "december",
};

/* What may stand between or behind the numbers without meaning anything. */
static const char *const fillers[] = { "st", "nd", "rd", "th", "of", "the", "de", "del", "er", "e", "o" };

/* Whether @word, folded, names the month; a locale's name is in the encoding of the locale. */
static gboolean
is_locale_name (const char *word, nl_item item)
{
  g_autofree char *name = g_locale_to_utf8 (nl_langinfo (item), -1, NULL, NULL, NULL);
  g_autofree char *folded = name != NULL ? rcp_fold_text (name) : NULL;
  gsize length = strlen (word);

  if (folded == NULL || *folded == '\0' || g_ascii_isdigit (*folded))
    return FALSE;
  /* An abbreviation may carry a full stop that nobody types. */
  if (length > 0 && strlen (folded) == length + 1 && folded[length] == '.')
    folded[length] = '\0';

  return g_str_equal (word, folded) ||
         (g_utf8_strlen (word, -1) >= MIN_MONTH_PREFIX && g_str_has_prefix (folded, word));
}

static guint
find_month (const char *word)
{
  static const nl_item full[] = { MON_1, MON_2, MON_3, MON_4, MON_5, MON_6, MON_7, MON_8, MON_9, MON_10, MON_11, MON_12 };
  static const nl_item abbreviated[] = { ABMON_1, ABMON_2, ABMON_3, ABMON_4, ABMON_5, ABMON_6,
                                         ABMON_7, ABMON_8, ABMON_9, ABMON_10, ABMON_11, ABMON_12 };
#ifdef ALTMON_1
  /* The name that stands alone, where the one inside a date is inflected. */
  static const nl_item alone[] = { ALTMON_1, ALTMON_2, ALTMON_3, ALTMON_4, ALTMON_5, ALTMON_6,
                                   ALTMON_7, ALTMON_8, ALTMON_9, ALTMON_10, ALTMON_11, ALTMON_12 };
#endif

  for (guint i = 0; i < 12; i++)
    {
      if (is_locale_name (word, full[i]) || is_locale_name (word, abbreviated[i]))
        return i + 1;
#ifdef ALTMON_1
      if (is_locale_name (word, alone[i]))
        return i + 1;
#endif
    }
  for (guint i = 0; i < 12; i++)
    if (strlen (word) >= MIN_MONTH_PREFIX && g_str_has_prefix (english_months[i], word))
      return i + 1;

  return 0;
}

static gboolean
is_filler (const char *word)
{
  for (guint i = 0; i < G_N_ELEMENTS (fillers); i++)
    if (g_str_equal (word, fillers[i]))
      return TRUE;

  return FALSE;
}

static gboolean
add_word (Words *words, const char *start, gsize length)
{
  g_autofree char *word = g_strndup (start, length);
  guint month;

  if (words->n_numbers > 0 && is_filler (word))
    return TRUE;
  month = find_month (word);
  if (month == 0 || words->month != 0)
    return FALSE;

  words->month = month;
  words->numbers_to_month = words->n_numbers;
  return TRUE;
}

static gboolean
add_number (Words *words, const char **cursor)
{
  Number number = { 0 };
  int digit;

  while ((digit = g_unichar_digit_value (g_utf8_get_char (*cursor))) >= 0)
    {
      if (++number.n_digits > 8)
        return FALSE;
      number.value = number.value * 10 + (guint) digit;
      *cursor = g_utf8_next_char (*cursor);
    }
  if (words->n_numbers == MAX_NUMBERS)
    return FALSE;

  words->numbers[words->n_numbers++] = number;
  return TRUE;
}

static gboolean
is_separator (gunichar c)
{
  /* Year, month and day in Chinese and Japanese, and in Korean, follow their numbers. */
  static const gunichar units[] = { 0x5e74, 0x6708, 0x65e5, 0xb144, 0xc6d4, 0xc77c };

  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    if (c == units[i])
      return TRUE;

  return g_unichar_isspace (c) || g_unichar_type (c) == G_UNICODE_DASH_PUNCTUATION ||
         (c < 0x80 && strchr ("./,'_", (int) c) != NULL) || c == 0x2019 || c == 0xba || c == 0xaa;
}

static gboolean
split_words (const char *text, Words *words)
{
  const char *p = text;

  while (*p != '\0')
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_digit_value (c) >= 0)
        {
          if (!add_number (words, &p))
            return FALSE;
        }
      else if (is_separator (c))
        {
          words->has_dash |= g_unichar_type (c) == G_UNICODE_DASH_PUNCTUATION;
          p = g_utf8_next_char (p);
        }
      else if (g_unichar_isalpha (c))
        {
          const char *start = p;

          while (g_unichar_isalpha (g_utf8_get_char (p)) && !is_separator (g_utf8_get_char (p)))
            p = g_utf8_next_char (p);
          if (!add_word (words, start, (gsize) (p - start)))
            return FALSE;
        }
      else
        {
          return FALSE;
        }
    }

  return TRUE;
}

/* Adds the date when it exists, is not after @today, and is not there yet. */
static gboolean
add_date (GPtrArray *dates, guint year, guint month, guint day, const GDate *today)
{
  g_autoptr (GDate) date = NULL;

  if (month > 12 || day > 31 || year < MIN_YEAR || year > 9999 ||
      !g_date_valid_dmy ((GDateDay) day, (GDateMonth) month, (GDateYear) year))
    return FALSE;
  date = g_date_new_dmy ((GDateDay) day, (GDateMonth) month, (GDateYear) year);
  if (g_date_compare (date, today) > 0)
    return FALSE;
  for (guint i = 0; i < dates->len; i++)
    if (g_date_compare (g_ptr_array_index (dates, i), date) == 0)
      return TRUE;

  g_ptr_array_add (dates, g_steal_pointer (&date));
  return TRUE;
}

/* One reading: @year as written, of four digits, or of two, which then mean the latest such year of the past. */
static void
add_reading (GPtrArray *dates, Number year, Number month, Number day, const GDate *today)
{
  guint century, age;

  if (month.n_digits > 2 || day.n_digits > 2)
    return;
  if (year.n_digits == 4)
    {
      add_date (dates, year.value, month.value, day.value, today);
      return;
    }
  if (year.n_digits != 2)
    return;

  century = g_date_get_year (today) / 100 * 100;
  age = g_date_get_year (today) - (century + year.value - 100);
  if (!add_date (dates, century + year.value, month.value, day.value, today) || age <= MAX_AGE)
    add_date (dates, century + year.value - 100, month.value, day.value, today);
}

static void
add_both_orders (GPtrArray *dates, Number year, Number first, Number second, gboolean day_first, const GDate *today)
{
  add_reading (dates, year, day_first ? second : first, day_first ? first : second, today);
  add_reading (dates, year, day_first ? first : second, day_first ? second : first, today);
}

/* "3 Dec 1978", "Dec 3 1978", "1978 Dec 3". */
static void
read_named (GPtrArray *dates, const Words *words, const GDate *today)
{
  Number month = { words->month, 2 };
  Number first = words->numbers[0];
  Number second = words->numbers[1];

  if (words->n_numbers != 2)
    return;
  add_reading (dates, second, month, first, today);
  if (words->numbers_to_month == 1)
    add_reading (dates, first, month, second, today);
}

static void
read_three (GPtrArray *dates, const Words *words, gboolean day_first, const GDate *today)
{
  const Number *n = words->numbers;

  if (n[0].n_digits == 4)
    {
      add_reading (dates, n[0], n[1], n[2], today);
      return;
    }
  add_both_orders (dates, n[2], n[0], n[1], day_first, today);
  if (n[0].n_digits == 2 && n[2].n_digits <= 2 && (words->has_dash || n[0].value > 31))
    add_reading (dates, n[0], n[1], n[2], today);
}

/* "03121978", "19781203", "031278", "781203". */
static void
read_joined (GPtrArray *dates, Number number, gboolean day_first, const GDate *today)
{
  guint year_digits = number.n_digits - 4;
  guint year_factor = number.n_digits == 8 ? 10000 : 100;
  Number first = { number.value / year_factor / 100, 2 };
  Number second = { number.value / year_factor % 100, 2 };
  Number last_year = { number.value % year_factor, year_digits };
  Number first_year = { number.value / 10000, year_digits };
  Number month = { number.value / 100 % 100, 2 };
  Number day = { number.value % 100, 2 };

  if (number.n_digits != 8 && number.n_digits != 6)
    return;
  if (number.n_digits == 8)
    add_reading (dates, first_year, month, day, today);
  add_both_orders (dates, last_year, first, second, day_first, today);
  if (number.n_digits == 6)
    add_reading (dates, first_year, month, day, today);
}

/**
 * rcp_query_parse_dates:
 * @text: what was typed
 * @day_first: whether "3/12" rather means the third of December
 * @today: the latest possible birth date
 *
 * Reads a whole date in any usual form: numbers in any order with any separator or none, month names of English and of
 * the locale, whole or cut to three letters and more, ordinals, digits of any script. A year of two digits is the
 * latest that is not after @today, and the one a century before it where a living person can be that old.
 *
 * Returns: (transfer full) (element-type GDate): every reading, the likeliest first; empty when @text is no date
 */
GPtrArray *
rcp_query_parse_dates (const char *text, gboolean day_first, const GDate *today)
{
  GPtrArray *dates;
  g_autofree char *folded = NULL;
  g_autofree char *composed = NULL;
  Words words = { 0 };

  g_return_val_if_fail (text != NULL, NULL);
  g_return_val_if_fail (today != NULL && g_date_valid (today), NULL);

  dates = g_ptr_array_new_with_free_func ((GDestroyNotify) g_date_free);
  if (!g_utf8_validate (text, -1, NULL))
    return dates;
  folded = rcp_fold_text (text);
  composed = g_utf8_normalize (folded, -1, G_NORMALIZE_DEFAULT_COMPOSE);
  if (!split_words (composed, &words))
    return dates;

  if (words.month != 0)
    read_named (dates, &words, today);
  else if (words.n_numbers == 3)
    read_three (dates, &words, day_first, today);
  else if (words.n_numbers == 1)
    read_joined (dates, words.numbers[0], day_first, today);

  return dates;
}
