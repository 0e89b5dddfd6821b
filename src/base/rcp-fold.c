/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-base"

#include "rcp-fold.h"

#include <string.h>

/* Letters whose mark Unicode does not take apart, as people write them who lack the key: NULL for all others. */
static const char *
get_plain_letter (gunichar c)
{
  static const struct { gunichar letter; const char *plain; } letters[] = {
    { 0x00e6, "ae" }, { 0x00f0, "d" }, { 0x00f8, "o" }, { 0x00fe, "th" }, { 0x0111, "d" }, { 0x0127, "h" },
    { 0x0131, "i" }, { 0x0142, "l" }, { 0x0153, "oe" }, { 0x0167, "t" },
  };

  for (guint i = 0; c >= 0x80 && i < G_N_ELEMENTS (letters); i++)
    if (letters[i].letter == c)
      return letters[i].plain;

  return NULL;
}

/**
 * rcp_fold_text:
 * @text: valid UTF-8
 *
 * Brings names to the form in which they are compared: without case, without accents (combining marks after
 * compatibility decomposition), letters such as "ø" and "ı" as plain ones, white space folded to single spaces. FHIR
 * string search asks for the like
 * (search.html#string: "insensitive to casing and included combining characters like accents").
 *
 * Returns: (transfer full): the folded text
 */
char *
rcp_fold_text (const char *text)
{
  g_autofree char *decomposed = NULL;
  g_autofree char *folded = NULL;
  GString *result;
  gboolean pending_space = FALSE;

  g_return_val_if_fail (text != NULL, NULL);

  decomposed = g_utf8_normalize (text, -1, G_NORMALIZE_ALL);
  g_return_val_if_fail (decomposed != NULL, NULL);
  folded = g_utf8_casefold (decomposed, -1);

  result = g_string_sized_new (strlen (folded));
  for (const char *p = folded; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (g_unichar_ismark (c))
        continue;
      if (g_unichar_isspace (c))
        {
          pending_space = result->len > 0;
          continue;
        }
      if (pending_space)
        g_string_append_c (result, ' ');
      pending_space = FALSE;
      if (get_plain_letter (c) != NULL)
        g_string_append (result, get_plain_letter (c));
      else
        g_string_append_unichar (result, c);
    }

  return g_string_free (result, FALSE);
}

/**
 * rcp_fold_digits:
 * @text: valid UTF-8
 *
 * Keeps only the decimal digits, of any script, as ASCII: the form in which telephone and record numbers are compared.
 *
 * Returns: (transfer full): the digits, perhaps none
 */
char *
rcp_fold_digits (const char *text)
{
  GString *result;

  g_return_val_if_fail (text != NULL, NULL);

  result = g_string_new (NULL);
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      int digit = g_unichar_digit_value (g_utf8_get_char (p));

      if (digit >= 0)
        g_string_append_c (result, '0' + digit);
    }

  return g_string_free (result, FALSE);
}
