/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Telephone numbers: stored as E.164 ("+12075550110", with an extension "+12075550110 x12"), shown as people of a region write them.
 * docs/decisions/040-telephone-numbers.md says why this is not libphonenumber. */

/**
 * RcpPhoneProblem:
 * @RCP_PHONE_FINE: it is a number
 * @RCP_PHONE_NO_NUMBER: it has letters or signs that no number has, or no digits
 * @RCP_PHONE_TOO_SHORT: fewer digits than numbers have there; perhaps without the area code
 * @RCP_PHONE_TOO_LONG: more digits than numbers have there
 */
typedef enum
{
  RCP_PHONE_FINE,
  RCP_PHONE_NO_NUMBER,
  RCP_PHONE_TOO_SHORT,
  RCP_PHONE_TOO_LONG,
} RcpPhoneProblem;

/* @region: ISO 3166 of the desk, for numbers without a country code. (transfer full), NULL with @problem. */
char *rcp_phone_normalize (const char *text, const char *region, RcpPhoneProblem *problem);
/* As it is written in @region: national within it, international from elsewhere. What is no number comes back as it is. (transfer full). */
char *rcp_phone_format (const char *text, const char *region);
/* Whether two texts mean one line, whatever way they are written: (the last ten digits, where one of them is no whole number). */
gboolean rcp_phone_is_same (const char *a, const char *b, const char *region);
/* Of LC_TELEPHONE; "US" when it names none. (transfer full). */
char *rcp_phone_dup_locale_region (void);
/* "US" of "en_US.UTF-8"; NULL when it names none. (transfer full). */
char *rcp_phone_dup_region_of_locale (const char *locale);

G_END_DECLS
