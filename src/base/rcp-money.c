/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-base"

#include "rcp-money.h"

#include <locale.h>
#include <string.h>

#define USUAL_PLACES 2

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
 * rcp_money_get_places:
 * @currency: (nullable): ISO 4217; %NULL for US dollars
 *
 * Returns: how many digits stand after the point: 2 for most currencies (ISO 4217, minor units)
 */
guint
rcp_money_get_places (const char *currency)
{
  static const char *const without[] = { "BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG", "RWF", "UGX", "UYI", "VND", "VUV", "XAF",
                                         "XOF", "XPF", NULL };
  static const char *const three[] = { "BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND", NULL };

  if (currency && g_strv_contains (without, currency))
    return 0;
  return currency && g_strv_contains (three, currency) ? 3 : USUAL_PLACES;
}

static gint64
get_unit (guint places)
{
  gint64 unit = 1;

  while (places-- > 0)
    unit *= 10;
  return unit;
}

static const char *
get_point (void)
{
  const struct lconv *locale = localeconv ();

  return *locale->mon_decimal_point != '\0' ? locale->mon_decimal_point : locale->decimal_point;
}

/* Of the locale's own currency how it is written; NULL for all others. */
static const struct lconv *
find_own_locale (const char *currency)
{
  const struct lconv *locale = localeconv ();

  return strncmp (locale->int_curr_symbol, currency, strlen ("USD")) == 0 && *locale->currency_symbol != '\0' ? locale : NULL;
}

/* The digits, grouped with @separator. */
static GString *
write_amount (gint64 amount, const char *currency, const char *separator)
{
  guint places = rcp_money_get_places (currency);
  gint64 unit = get_unit (places);
  g_autofree char *digits = g_strdup_printf ("%" G_GINT64_FORMAT, amount / unit);
  gsize length = strlen (digits);
  GString *text = g_string_new (NULL);

  for (gsize i = 0; i < length; i++)
    {
      if (i > 0 && (length - i) % 3 == 0)
        g_string_append (text, separator);
      g_string_append_c (text, digits[i]);
    }
  if (places > 0)
    g_string_append_printf (text, "%s%0*d", get_point (), (int) places, (int) (amount % unit));
  return text;
}

/**
 * rcp_money_format:
 * @amount: in the smallest unit of the currency, cents; not negative
 * @currency: (nullable): ISO 4217; %NULL for US dollars, the currency of X12
 *
 * With the point and the thousands of the locale: "$1,234.50". The locale's own currency stands as it does there, another one is
 * named by its code.
 *
 * Returns: (transfer full)
 */
char *
rcp_money_format (gint64 amount, const char *currency)
{
  const char *code = currency ? currency : "USD";
  const struct lconv *locale = localeconv (), *own = find_own_locale (code);
  const char *separator = *locale->mon_thousands_sep != '\0' ? locale->mon_thousands_sep : locale->thousands_sep;
  GString *text = write_amount (amount, code, separator);

  if (own && !own->p_cs_precedes)
    g_string_append_printf (text, "%s%s", own->p_sep_by_space ? "\u00a0" : "", own->currency_symbol);
  else if (own && own->p_sep_by_space)
    g_string_prepend (g_string_prepend (text, "\u00a0"), own->currency_symbol);
  else if (own)
    g_string_prepend (text, own->currency_symbol);
  else if (g_str_equal (code, "USD"))
    g_string_prepend (text, "$");
  else
    g_string_append_printf (text, " %s", code);
  return g_string_free (text, FALSE);
}

/**
 * rcp_money_format_typed:
 * @amount: in the smallest unit of the currency
 * @currency: (nullable): ISO 4217
 *
 * Returns: (transfer full): as one types it: "1234.50", with the point of the locale
 */
char *
rcp_money_format_typed (gint64 amount, const char *currency)
{
  return g_string_free (write_amount (amount, currency, ""), FALSE);
}

/**
 * rcp_money_parse_typed:
 * @text: what was typed: "140", "140.00", "140,00" where that is the point of the locale
 * @currency: (nullable): ISO 4217
 * @amount: (out): in the smallest unit of the currency
 *
 * A mark of thousands is refused, not guessed at: "1.000" is a thousand to some and one to others.
 *
 * Returns: %FALSE, with @amount as it was, when it is no amount
 */
gboolean
rcp_money_parse_typed (const char *text, const char *currency, gint64 *amount)
{
  guint places = rcp_money_get_places (currency);
  g_autofree char *trimmed = g_strstrip (g_strdup (text));
  g_auto (GStrv) parts = g_strsplit (trimmed, get_point (), -1);
  g_autofree char *plain = g_strv_length (parts) <= 2 ? g_strjoinv (".", parts) : NULL;
  const char *point = plain ? strchr (plain, '.') : NULL;

  if (plain == NULL || (point != NULL && (strlen (point + 1) > places || point[1] == '\0')))
    return FALSE;
  return parse_decimal (plain, places, RCP_MONEY_LARGEST, amount);
}

/**
 * rcp_money_dup_own_currency:
 *
 * Returns: (transfer full): that of the locale by ISO 4217; US dollars where it has none
 */
char *
rcp_money_dup_own_currency (void)
{
  const char *symbol = localeconv ()->int_curr_symbol;
  g_autofree char *code = g_strndup (symbol, strlen ("USD"));

  return rcp_money_is_currency (code) ? g_steal_pointer (&code) : g_strdup ("USD");
}

/* Whether it has the form of ISO 4217: three capital letters. */
gboolean
rcp_money_is_currency (const char *code)
{
  return code != NULL && strlen (code) == strlen ("USD") && strspn (code, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == strlen ("USD");
}
