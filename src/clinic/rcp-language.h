/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Languages that patients speak, by BCP 47 code. */

/* Codes, the commonest at a desk first; ends in NULL. */
const char *const *rcp_language_get_codes (void);
/* "Spanish" of "es" and "es-MX"; the code itself when it is not in the list. */
const char *rcp_language_get_name (const char *code);
/* "es-MX" and "es" are. */
gboolean rcp_language_is_same (const char *a, const char *b);
/* The code of a name or a code as typed, without regard to case or accents; NULL when it is none. (transfer full). */
char *rcp_language_dup_code (const char *text);
/* Codes of a list with commas, and names of one: (transfer full). @unknown: (nullable): the first word that is no language. */
char *rcp_language_list_to_codes (const char *text, char **unknown);
char *rcp_language_list_to_names (const char *list);

G_END_DECLS
