/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Resources of any shape are judged, and what an import brings may be indexed: neither may stumble over a wrong one. */

#define G_LOG_DOMAIN "fuzz-practice-spec"

#include "practice/practice-spec.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static void
index_cb (const PracticeIndexEntry *entry, gpointer user_data)
{
  g_assert_true (entry->param->indexed);
  if (entry->param->type == PRACTICE_SEARCH_DATE)
    g_assert_cmpint (entry->value.date.start, <, entry->value.date.end);
  if (entry->param->type == PRACTICE_SEARCH_QUANTITY)
    g_assert_false (entry->value.quantity.value != entry->value.quantity.value);
}

static char *
map_cb (const char *reference, gpointer user_data)
{
  return reference[0] == 'u' ? g_strdup ("Patient/1") : NULL;
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (PracticeOutcome) outcome = practice_outcome_new ();
  g_autoptr (PracticeJson) json = practice_json_parse ((const char *) data, size, outcome);
  g_autoptr (PracticeJson) answer = NULL;

  if (json == NULL)
    return 0;

  practice_spec_validate (json, NULL, outcome);
  answer = practice_outcome_to_json (outcome);
  g_assert_cmpuint (json_object_array_length (practice_json_get_array (answer, "issue")), <=, 20);
  practice_spec_map_references (json, map_cb, NULL);
  practice_spec_extract (json, index_cb, NULL);
  return 0;
}
