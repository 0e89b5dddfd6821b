/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rcp-number-text"

#include "config.h"

#include "rcp-number-text.h"

#include "base/rcp-phone.h"

#define LEFT_TO_RIGHT_ISOLATE "\xe2\x81\xa6"
#define POP_DIRECTIONAL_ISOLATE "\xe2\x81\xa9"
#define NO_BREAK_SPACE "\xc2\xa0"
/* E.164 has 15 digits; their groups and an extension. */
#define LONGEST 28

/* A number is read as one, and stays in one line. What has words in it is a sentence, and no number is so long. */
static char *
keep_together (const char *text)
{
  gsize length = strlen (text);
  GString *result = g_string_new (text);

  if (length <= LONGEST && strspn (text, "0123456789 +()-./#*x") == length)
    g_string_replace (result, " ", NO_BREAK_SPACE, 0);
  return g_string_free (result, FALSE);
}

/**
 * rcp_number_text_make_plain:
 * @text: words that may have numbers in them, as rcp_number_text_dup() gives them
 *
 * For what is taken elsewhere, where a number has to be found and dialled: with the space that everybody types.
 */
void
rcp_number_text_make_plain (GString *text)
{
  g_return_if_fail (text != NULL);

  g_string_replace (text, NO_BREAK_SPACE, " ", 0);
}

/**
 * rcp_number_text_dup:
 * @number: (nullable): a telephone number as it is stored, "+12565550199"
 *
 * A number of this country is written as people write it here, another one with its country code. Where text runs from right
 * to left, its brackets and dashes would change their order (Unicode Annex 9). Its spaces do not break.
 *
 * Returns: (transfer full) (nullable): the number, to be shown
 */
char *
rcp_number_text_dup (const char *number)
{
  g_autofree char *region = NULL;
  g_autofree char *written = NULL;
  g_autofree char *text = NULL;

  if (!number)
    return NULL;
  region = rcp_phone_dup_locale_region ();
  written = rcp_phone_format (number, region);
  text = keep_together (written);
  if (gtk_widget_get_default_direction () != GTK_TEXT_DIR_RTL)
    return g_steal_pointer (&text);
  return g_strconcat (LEFT_TO_RIGHT_ISOLATE, text, POP_DIRECTIONAL_ISOLATE, NULL);
}

/**
 * rcp_number_text_set_up_entry:
 * @entry: where a telephone number is typed
 *
 * A number runs from left to right while it is typed, too. Among fields that run from right to left it stays on their side.
 */
void
rcp_number_text_set_up_entry (GtkEditable *entry)
{
  GtkEditable *text;

  g_return_if_fail (GTK_IS_EDITABLE (entry));

  text = gtk_editable_get_delegate (entry);
  if (gtk_widget_get_default_direction () != GTK_TEXT_DIR_RTL || !text)
    return;
  gtk_widget_set_direction (GTK_WIDGET (text), GTK_TEXT_DIR_LTR);
  gtk_editable_set_alignment (text, 1.0F);
}
