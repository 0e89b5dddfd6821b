/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "rcp-number-text"

#include "config.h"

#include "rcp-number-text.h"

#include <gtk/gtk.h>

#define LEFT_TO_RIGHT_ISOLATE "\xe2\x81\xa6"
#define POP_DIRECTIONAL_ISOLATE "\xe2\x81\xa9"

/**
 * rcp_number_text_dup:
 * @number: (nullable): as it is written, "(256) 555-0199"
 *
 * Where text runs from right to left, the brackets and dashes of a number would change its order (Unicode Annex 9).
 *
 * Returns: (transfer full) (nullable): the number, to be shown
 */
char *
rcp_number_text_dup (const char *number)
{
  if (!number || gtk_widget_get_default_direction () != GTK_TEXT_DIR_RTL)
    return g_strdup (number);
  return g_strconcat (LEFT_TO_RIGHT_ISOLATE, number, POP_DIRECTIONAL_ISOLATE, NULL);
}
