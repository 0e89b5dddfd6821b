/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Bodies of requests are anybody's bytes. What is taken must be printed so that it is read as the same again. */

#define G_LOG_DOMAIN "fuzz-practice-json"

#include "practice/practice-json.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (PracticeOutcome) outcome = practice_outcome_new ();
  g_autoptr (PracticeJson) json = practice_json_parse ((const char *) data, size, outcome);
  g_autoptr (PracticeJson) again = NULL;
  g_autofree char *first = NULL, *second = NULL;
  gsize length;

  g_assert_cmpuint (practice_outcome_get_status (outcome), ==, json != NULL ? 200 : 400);
  if (json == NULL)
    return 0;

  first = practice_json_print (json, &length);
  again = practice_json_parse (first, length, outcome);
  g_assert_nonnull (again);
  second = practice_json_print (again, NULL);
  g_assert_cmpstr (first, ==, second);
  return 0;
}
