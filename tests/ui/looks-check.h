/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What holds for a screen whatever its text, direction and size: see docs/decisions/050-looks-are-rules-not-pixels.md. */

typedef enum
{
  LOOKS_WORDS_WHOLE = 1 << 0, /* no word of a button is cut */
  LOOKS_NAMES_WHOLE = 1 << 1, /* nor the title of a window, nor what was chosen of a list */
  LOOKS_ALL = LOOKS_WORDS_WHOLE | LOOKS_NAMES_WHOLE,
} LooksRules;

/* Fails the test and says which widget it is. */
void looks_check (GtkWidget *window, LooksRules rules);
/* The same to read: NULL where all is well. (transfer full). */
char *looks_find_fault (GtkWidget *window, LooksRules rules);

int looks_get_least_width (GtkWidget *window);

G_END_DECLS
