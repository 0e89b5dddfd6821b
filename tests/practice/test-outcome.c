/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-outcome"

#include "practice/practice-json.h"

static void
assert_printed (const PracticeOutcome *outcome, const char *expected)
{
  g_autoptr (PracticeJson) json = practice_outcome_to_json (outcome);
  g_autofree char *text = practice_json_print (json, NULL);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_empty (void)
{
  g_autoptr (PracticeOutcome) outcome = practice_outcome_new ();

  g_assert_cmpuint (practice_outcome_get_status (outcome), ==, 200);
  g_assert_false (practice_outcome_has_error (outcome));
  g_assert_null (practice_outcome_get_first_text (outcome));
  assert_printed (outcome, "{\"resourceType\":\"OperationOutcome\",\"issue\":[{\"severity\":\"information\","
                           "\"code\":\"informational\",\"details\":{\"text\":\"No issues\"}}]}");
}

static void
test_warning_keeps_status (void)
{
  g_autoptr (PracticeOutcome) outcome = practice_outcome_new ();

  practice_outcome_warning (outcome, "not-supported", NULL, "Parameter %d was ignored", 3);
  g_assert_cmpuint (practice_outcome_get_status (outcome), ==, 200);
  g_assert_false (practice_outcome_has_error (outcome));
  g_assert_cmpstr (practice_outcome_get_first_text (outcome), ==, "Parameter 3 was ignored");
}

static void
test_first_error_wins (void)
{
  g_autoptr (PracticeOutcome) outcome = practice_outcome_new ();

  practice_outcome_warning (outcome, "informational", NULL, "Well");
  practice_outcome_error (outcome, 422, "required", "Slot.status", "Missing");
  practice_outcome_error (outcome, 400, "structure", NULL, "Broken");

  g_assert_true (practice_outcome_has_error (outcome));
  g_assert_cmpuint (practice_outcome_get_status (outcome), ==, 422);
  g_assert_cmpstr (practice_outcome_get_first_text (outcome), ==, "Missing");
  assert_printed (outcome,
                  "{\"resourceType\":\"OperationOutcome\",\"issue\":["
                  "{\"severity\":\"warning\",\"code\":\"informational\",\"details\":{\"text\":\"Well\"}},"
                  "{\"severity\":\"error\",\"code\":\"required\",\"details\":{\"text\":\"Missing\"},"
                  "\"expression\":[\"Slot.status\"]},"
                  "{\"severity\":\"error\",\"code\":\"structure\",\"details\":{\"text\":\"Broken\"}}]}");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/practice/outcome/empty", test_empty);
  g_test_add_func ("/practice/outcome/warning", test_warning_keeps_status);
  g_test_add_func ("/practice/outcome/first-error", test_first_error_wins);
  return g_test_run ();
}
