/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-base"

#include "rcp-money.h"

#include <locale.h>
#include <string.h>

/* Reads @text as a decimal into @n_places places, half up. No sign, no blank, no exponent, no separator of thousands. */
static gboolean
parse_decimal (const char *text, guint n_places, gint64 largest, gint64 *value)
{
  gint64 read = 0;
  guint places = 0;
  gboolean has_digit = FALSE, has_point = FALSE, rounds_up = FALSE;

  for (; *text != '\0'; text++)
    {
      if (*text == '.' && !has_point)
        {
          has_point = TRUE;
          continue;
        }
      if (!g_ascii_isdigit (*text))
        return FALSE;
      has_digit = TRUE;
      if (has_point && places++ >= n_places)
        {
          rounds_up |= places == n_places + 1 && *text >= '5';
          continue;
        }
      read = read * 10 + (*text - '0');
      if (read > largest)
        return FALSE;
    }
  for (guint i = has_point ? MIN (places, n_places) : 0; i < n_places; i++)
    read *= 10;
  if (!has_digit || read + rounds_up > largest)
    return FALSE;
  *value = read + rounds_up;
  return TRUE;
}

/**
 * rcp_money_parse_decimal:
 * @text: as X12 and FHIR write it: "25", "25.5", ".50"
 *
 * Returns: %FALSE, with @cents as it was, when it is no amount from 0 to %RCP_MONEY_LARGEST. The empty text is none: it does not
 *   mean nothing to pay.
 */
gboolean
rcp_money_parse_decimal (const char *text, gint64 *cents)
{
  return parse_decimal (text, 2, RCP_MONEY_LARGEST, cents);
}

/**
 * rcp_share_parse_decimal:
 * @text: a fraction of one: ".2" is 20 %
 *
 * Returns: %FALSE when it is none, or more than one
 */
gboolean
rcp_share_parse_decimal (const char *text, guint *millionths)
{
  gint64 value;

  if (!parse_decimal (text, 6, RCP_SHARE_WHOLE, &value))
    return FALSE;
  *millionths = value;
  return TRUE;
}

/* Half up to whole cents. @millionths_of_cents is not negative. */
gint64
rcp_money_round (gint64 millionths_of_cents)
{
  return (millionths_of_cents + RCP_SHARE_WHOLE / 2) / RCP_SHARE_WHOLE;
}

/**
 * rcp_money_format:
 * @cents: not negative
 * @currency: (nullable): ISO 4217; %NULL for US dollars, the currency of X12
 *
 * With the point and the thousands of the locale: "$1,234.50". Another currency is named by its code.
 *
 * Returns: (transfer full)
 */
char *
rcp_money_format (gint64 cents, const char *currency)
{
  const struct lconv *locale = localeconv ();
  g_autofree char *digits = g_strdup_printf ("%" G_GINT64_FORMAT, cents / 100);
  gsize length = strlen (digits);
  GString *text = g_string_new (NULL);

  for (gsize i = 0; i < length; i++)
    {
      if (i > 0 && (length - i) % 3 == 0)
        g_string_append (text, locale->thousands_sep);
      g_string_append_c (text, digits[i]);
    }
  g_string_append_printf (text, "%s%02d", locale->decimal_point, (int) (cents % 100));
  if (currency == NULL || strcmp (currency, "USD") == 0)
    g_string_prepend (text, "$");
  else
    g_string_append_printf (text, " %s", currency);
  return g_string_free (text, FALSE);
}
