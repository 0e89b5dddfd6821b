/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-insurance"

#include "rcp-rejection.h"

#include <glib/gi18n.h>
#include <string.h>

typedef struct
{
  const char *code;
  const char *words;
} Words;

/* AAA03 of 005010X279A1. Several codes have one meaning at different levels. */
static const Words reasons[] = {
  { "04", N_ ("The payer does not answer so many questions at once") },
  { "15", N_ ("Something that the payer needs is missing") },
  { "33", N_ ("The payer found an error in the request") },
  { "35", N_ ("The provider is not in the plan's network") },
  { "41", N_ ("The clinic is not allowed to ask this payer") },
  { "42", N_ ("The payer cannot answer at the moment") },
  { "43", N_ ("The payer does not know the clinic's provider number") },
  { "44", N_ ("The payer does not know the name of the provider") },
  { "45", N_ ("The provider's specialty is missing or wrong") },
  { "46", N_ ("The provider's telephone number is missing or wrong") },
  { "47", N_ ("The provider's state is missing or wrong") },
  { "48", N_ ("The number of the referring provider is missing or wrong") },
  { "49", N_ ("The provider is not the primary care physician") },
  { "50", N_ ("The provider may not ask about coverage") },
  { "51", N_ ("The payer does not have the clinic on file") },
  { "52", N_ ("On that day the provider had no contract with the plan") },
  { "53", N_ ("The service and the provider do not match") },
  { "54", N_ ("The product does not match the service") },
  { "55", N_ ("The product does not match the age or sex") },
  { "56", N_ ("The date is not possible") },
  { "57", N_ ("The date of the visit is missing or wrong") },
  { "58", N_ ("The birth date is missing or wrong") },
  { "60", N_ ("The birth date is after the visit") },
  { "61", N_ ("For the payer the patient had died before the visit") },
  { "62", N_ ("The payer does not answer for that date") },
  { "63", N_ ("The payer does not answer for a day to come") },
  { "64", N_ ("The patient's number is missing or wrong") },
  { "65", N_ ("The patient's name is missing or wrong") },
  { "66", N_ ("The patient's sex is missing or wrong") },
  { "67", N_ ("The payer does not find the patient") },
  { "68", N_ ("The payer has the patient's number twice") },
  { "69", N_ ("The service does not match the patient's age") },
  { "70", N_ ("The service does not match the patient's sex") },
  { "71", N_ ("The birth date is another in the payer's record") },
  { "72", N_ ("The member number is missing or wrong") },
  { "73", N_ ("The insured person's name is missing or wrong") },
  { "74", N_ ("The insured person's sex is missing or wrong") },
  { "75", N_ ("The payer does not find the insured person") },
  { "76", N_ ("The payer has the member number twice") },
  { "77", N_ ("The payer finds the insured person, but not the patient") },
  { "78", N_ ("The insured person is not in this group or plan") },
  { "79", N_ ("The payer's number is missing or wrong") },
  { "80", N_ ("The clearinghouse got no answer from the payer") },
  { "97", N_ ("The provider's address is missing or wrong") },
  { "98", N_ ("The service is experimental") },
  { "T4", N_ ("The payer's name or number is missing") },
};

/* AAA04 */
static const Words follow_ups[] = {
  { "C", N_ ("Correct it and check again.") },
  { "N", N_ ("Do not ask again; call the payer.") },
  { "P", N_ ("Check again later.") },
  { "R", N_ ("Check again later.") },
  { "S", N_ ("The question went on to somebody else.") },
  { "W", N_ ("Check again in 30 days.") },
  { "X", N_ ("Check again in 10 days.") },
  { "Y", N_ ("The payer will get in touch.") },
};

static const char *
find (const Words *words, gsize n, const char *code)
{
  for (gsize i = 0; i < n; i++)
    if (strcmp (words[i].code, code) == 0)
      return _ (words[i].words);
  return NULL;
}

/**
 * rcp_rejection_get_words:
 * @code: AAA03
 *
 * Returns: (nullable): %NULL for a code that is none
 */
const char *
rcp_rejection_get_words (const char *code)
{
  return find (reasons, G_N_ELEMENTS (reasons), code);
}

/**
 * rcp_rejection_get_follow_up:
 * @code: AAA04
 *
 * Returns: (nullable): what to do
 */
const char *
rcp_rejection_get_follow_up (const char *code)
{
  return find (follow_ups, G_N_ELEMENTS (follow_ups), code);
}

/**
 * rcp_rejections_describe:
 * @rejections: of RcpRejection
 *
 * Returns: (transfer full) (nullable): all of them, each once; %NULL when there are none
 */
char *
rcp_rejections_describe (GArray *rejections)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < rejections->len; i++)
    {
      const RcpRejection *rejection = &g_array_index (rejections, RcpRejection, i);
      const char *words = rcp_rejection_get_words (rejection->code), *next = rcp_rejection_get_follow_up (rejection->follow_up);
      g_autofree char *reason = words ? g_strdup_printf ("%s (%s).", words, rejection->code)
                                      : g_strdup_printf (_ ("The payer did not answer, by code %s."), rejection->code);
      char *part = next ? g_strdup_printf ("%s %s", reason, next) : g_strdup (reason);

      if (g_ptr_array_find_with_equal_func (parts, part, g_str_equal, NULL))
        g_free (part);
      else
        g_ptr_array_add (parts, part);
    }
  if (parts->len == 0)
    return NULL;
  g_ptr_array_add (parts, NULL);
  return g_strjoinv (" ", (char **) parts->pdata);
}

/**
 * rcp_rejections_allow_retry:
 *
 * Only where the payer (42) or the one behind it (80) was not there, and says that the same may be sent again (P, R). Anything else
 * would be the same answer again.
 */
gboolean
rcp_rejections_allow_retry (GArray *rejections)
{
  for (guint i = 0; i < rejections->len; i++)
    {
      const RcpRejection *rejection = &g_array_index (rejections, RcpRejection, i);

      if ((strcmp (rejection->code, "42") != 0 && strcmp (rejection->code, "80") != 0) ||
          (strcmp (rejection->follow_up, "P") != 0 && strcmp (rejection->follow_up, "R") != 0))
        return FALSE;
    }
  return rejections->len > 0;
}
