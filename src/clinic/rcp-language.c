/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-clinic"

#include "rcp-language.h"

#include <glib/gi18n.h>
#include <string.h>

#include "base/rcp-fold.h"

static const char *const codes[] = {
  "en", "es", "zh", "tl", "vi", "ar", "fr", "ko", "ru", "pt", "ht", "hi", "de", "pl", "it", "ur",
  "fa", "ja", "he", "uk", "so", "am", "bn", "pa", "ta", "te", "th", "tr", "ro", "el", "nl", "ase", NULL,
};

static const char *const names[] = {
  N_ ("English"), N_ ("Spanish"), N_ ("Chinese"), N_ ("Tagalog"), N_ ("Vietnamese"), N_ ("Arabic"),
  N_ ("French"), N_ ("Korean"), N_ ("Russian"), N_ ("Portuguese"), N_ ("Haitian Creole"), N_ ("Hindi"),
  N_ ("German"), N_ ("Polish"), N_ ("Italian"), N_ ("Urdu"), N_ ("Persian"), N_ ("Japanese"),
  N_ ("Hebrew"), N_ ("Ukrainian"), N_ ("Somali"), N_ ("Amharic"), N_ ("Bengali"), N_ ("Punjabi"),
  N_ ("Tamil"), N_ ("Telugu"), N_ ("Thai"), N_ ("Turkish"), N_ ("Romanian"), N_ ("Greek"), N_ ("Dutch"),
  N_ ("American Sign Language"),
};

G_STATIC_ASSERT (G_N_ELEMENTS (codes) == G_N_ELEMENTS (names) + 1);

const char *const *
rcp_language_get_codes (void)
{
  return codes;
}

static gsize
get_primary_length (const char *code)
{
  return strcspn (code, "-_");
}

/* Whether @text has the form of a code: a language of two or three letters, perhaps with script, region and so on. */
static gboolean
is_code (const char *text)
{
  gsize length = get_primary_length (text);

  if (length < 2 || length > 3)
    return FALSE;
  for (const char *p = text; *p != '\0'; p++)
    if (!(g_ascii_isalpha (*p) || (p > text + 1 && (*p == '-' || g_ascii_isdigit (*p)))))
      return FALSE;
  return !g_str_has_suffix (text, "-");
}

/**
 * rcp_language_get_name:
 * @code: a BCP 47 code
 *
 * Returns: the name of the language, translated; @code when it is not in the list
 */
const char *
rcp_language_get_name (const char *code)
{
  gsize length;

  g_return_val_if_fail (code != NULL, NULL);

  length = get_primary_length (code);
  for (guint i = 0; codes[i] != NULL; i++)
    if (strlen (codes[i]) == length && g_ascii_strncasecmp (codes[i], code, length) == 0)
      return _ (names[i]);

  return code;
}

/**
 * rcp_language_dup_code:
 * @text: what was typed
 *
 * Returns: (transfer full) (nullable): the code of the language whose name, in the language of the desk or in English,
 *   @text is, or the code that it is itself
 */
char *
rcp_language_dup_code (const char *text)
{
  g_autofree char *stripped = NULL;
  g_autofree char *folded = NULL;

  g_return_val_if_fail (text != NULL, NULL);

  if (!g_utf8_validate (text, -1, NULL))
    return NULL;
  stripped = g_strstrip (g_strdup (text));
  folded = rcp_fold_text (stripped);
  for (guint i = 0; codes[i] != NULL; i++)
    {
      g_autofree char *translated = rcp_fold_text (_ (names[i]));
      g_autofree char *english = rcp_fold_text (names[i]);

      if (g_str_equal (folded, translated) || g_str_equal (folded, english) || g_str_equal (folded, codes[i]))
        return g_strdup (codes[i]);
    }

  return is_code (stripped) ? g_steal_pointer (&stripped) : NULL;
}

/**
 * rcp_language_list_to_codes:
 * @text: names or codes, with commas or semicolons between them
 * @unknown: (out) (optional) (nullable) (transfer full): the first that is no language, or %NULL
 *
 * Returns: (transfer full): the codes with ", " between them; what is no language stays as it is
 */
char *
rcp_language_list_to_codes (const char *text, char **unknown)
{
  g_auto (GStrv) words = NULL;
  g_autoptr (GString) list = g_string_new (NULL);

  g_return_val_if_fail (text != NULL, NULL);

  if (unknown != NULL)
    *unknown = NULL;
  words = g_strsplit_set (text, ",;", -1);
  for (guint i = 0; words[i] != NULL; i++)
    {
      g_autofree char *code = rcp_language_dup_code (words[i]);

      if (*g_strstrip (words[i]) == '\0')
        continue;
      if (code == NULL && unknown != NULL && *unknown == NULL)
        *unknown = g_strdup (words[i]);
      g_string_append_printf (list, "%s%s", list->len > 0 ? ", " : "", code != NULL ? code : words[i]);
    }

  return g_string_free (g_steal_pointer (&list), FALSE);
}

/**
 * rcp_language_list_to_names:
 * @list: codes with commas between them
 *
 * Returns: (transfer full): their names, translated
 */
char *
rcp_language_list_to_names (const char *list)
{
  g_auto (GStrv) words = NULL;
  g_autoptr (GString) text = g_string_new (NULL);

  g_return_val_if_fail (list != NULL, NULL);

  words = g_strsplit (list, ",", -1);
  for (guint i = 0; words[i] != NULL; i++)
    if (*g_strstrip (words[i]) != '\0')
      g_string_append_printf (text, "%s%s", text->len > 0 ? ", " : "", rcp_language_get_name (words[i]));

  return g_string_free (g_steal_pointer (&text), FALSE);
}

gboolean
rcp_language_is_same (const char *a, const char *b)
{
  gsize n;

  g_return_val_if_fail (a != NULL && b != NULL, FALSE);

  n = strcspn (a, "-_");
  return n == strcspn (b, "-_") && g_ascii_strncasecmp (a, b, n) == 0;
}
