/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-base"

#include "rcp-query.h"

#include "rcp-fold.h"

#include <langinfo.h>
#include <string.h>

/* E.164 numbers have at most 15 digits; an international prefix "00" or "011" may stand before them. */
#define PHONE_MIN_DIGITS 3
#define PHONE_MAX_DIGITS 18

#define CODE_SYMBOLS 6
#define CODE_GROUP 3

/* Crockford's base 32: no I, L, O (read as digits) and no U. */
static const char code_alphabet[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

/**
 * rcp_query_locale_is_day_first:
 *
 * Returns: whether the date format of the locale has the day before the month
 */
gboolean
rcp_query_locale_is_day_first (void)
{
  const char *format = nl_langinfo (D_FMT);

  for (const char *p = strchr (format, '%'); p != NULL && p[1] != '\0'; p = strchr (p + 2, '%'))
    {
      /* "%-d", "%Od" and the like carry a flag before the letter. */
      while (p[2] != '\0' && strchr ("-_0EO^", p[1]) != NULL)
        p++;
      if (p[1] == 'd' || p[1] == 'e' || p[1] == 'x')
        return TRUE;
      if (strchr ("mbBhDF", p[1]) != NULL)
        return FALSE;
    }

  return FALSE;
}

static gboolean
is_phone_mark (gunichar c)
{
  return g_unichar_isspace (c) || g_unichar_type (c) == G_UNICODE_DASH_PUNCTUATION || c == '(' || c == ')' ||
         c == '.' || c == '/';
}

/**
 * rcp_query_parse_phone:
 * @text: what was typed
 *
 * Returns: (transfer full) (nullable): the digits, when @text can be a telephone number or a part of one: 3 to 18
 *   digits among spaces, dashes, parentheses, dots, slashes, and "+" before them
 */
char *
rcp_query_parse_phone (const char *text)
{
  g_autofree char *digits = NULL;
  gboolean has_digit = FALSE;
  gsize length;

  g_return_val_if_fail (text != NULL, NULL);

  if (!g_utf8_validate (text, -1, NULL))
    return NULL;
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_digit_value (c) >= 0)
        has_digit = TRUE;
      else if (!is_phone_mark (c) && (c != '+' || has_digit))
        return NULL;
    }

  digits = rcp_fold_digits (text);
  length = strlen (digits);
  if (length < PHONE_MIN_DIGITS || length > PHONE_MAX_DIGITS)
    return NULL;

  return g_steal_pointer (&digits);
}

/* The symbol that a person meant, or 0. */
static char
read_code_symbol (char typed)
{
  char symbol = g_ascii_toupper (typed);

  if (symbol == 'O')
    symbol = '0';
  else if (symbol == 'I' || symbol == 'L')
    symbol = '1';

  return strchr (code_alphabet, symbol) != NULL ? symbol : '\0';
}

/**
 * rcp_query_parse_code:
 * @text: what was typed
 *
 * Reads a confirmation code in small or capital letters, with spaces or dashes anywhere, and with I, L and O where 1
 * and 0 were meant.
 *
 * Returns: (transfer full) (nullable): the code as "7KD-M2Q", or %NULL when @text is none
 */
char *
rcp_query_parse_code (const char *text)
{
  char code[RCP_CONFIRMATION_CODE_LENGTH + 1] = { 0 };
  guint n = 0;

  g_return_val_if_fail (text != NULL, NULL);

  for (const char *p = text; *p != '\0'; p++)
    {
      char symbol;

      if (g_ascii_isspace (*p) || *p == '-')
        continue;
      symbol = read_code_symbol (*p);
      if (symbol == '\0' || n == RCP_CONFIRMATION_CODE_LENGTH)
        return NULL;
      if (n == CODE_GROUP)
        code[n++] = '-';
      code[n++] = symbol;
    }

  return n == RCP_CONFIRMATION_CODE_LENGTH ? g_strdup (code) : NULL;
}

/**
 * rcp_query_make_code:
 * @bits: random; the lower 30 are used
 *
 * Returns: (transfer full): a confirmation code, "7KD-M2Q"
 */
char *
rcp_query_make_code (guint32 bits)
{
  char *code = g_malloc0 (RCP_CONFIRMATION_CODE_LENGTH + 1);

  for (guint i = 0, n = 0; i < CODE_SYMBOLS; i++)
    {
      if (i == CODE_GROUP)
        code[n++] = '-';
      code[n++] = code_alphabet[(bits >> (5 * (CODE_SYMBOLS - 1 - i))) & 31];
    }

  return code;
}
