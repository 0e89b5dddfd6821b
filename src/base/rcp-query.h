/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What a person may have typed into Find. */

#define RCP_CONFIRMATION_CODE_LENGTH 7 /* "7KD-M2Q": Crockford's base32 without vowels, with a dash */

/* Every date that @text can mean as a birth date not after @today: "1978-12-03", "3.12.1978", "12/3/78", "3 Dec 1978",
 * "dec 3 1978", "03121978", "19781203". The likelier order of @day_first comes first. (transfer full) (element-type GDate). */
GPtrArray *rcp_query_parse_dates (const char *text, gboolean day_first, const GDate *today);
/* Whether the locale writes the day before the month. */
gboolean rcp_query_locale_is_day_first (void);
/* Digits of @text if it can be (a part of) a telephone number: only digits and " ()+-./", at least 3; else NULL. (transfer full). */
char *rcp_query_parse_phone (const char *text);
/* "7KD-M2Q" of "7kdm2q", " 7KD M2Q": (transfer full), NULL when it is no code. */
char *rcp_query_parse_code (const char *text);
/* Code for 30 random bits. (transfer full). */
char *rcp_query_make_code (guint32 bits);

G_END_DECLS
