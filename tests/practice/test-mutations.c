/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-mutations"

/* Sound resources, with one thing made wrong at every place in turn: practice-validate must see each. */

#include "practice/practice-spec.h"

#include <string.h>

typedef struct
{
  PracticeJson *root;
  const char *source;
  guint count;
} Run;

static void
assert_refused (Run *run, const char *what, const char *name)
{
  g_autoptr (PracticeOutcome) outcome = practice_outcome_new ();

  practice_spec_validate (run->root, NULL, outcome);
  if (!practice_outcome_has_error (outcome))
    g_error ("%s: %s was taken at %s", run->source, what, name);
  run->count++;
}

/* A value of another kind of JSON than @value. */
static PracticeJson *
make_other_kind (PracticeJson *value)
{
  switch (json_object_get_type (value))
    {
    case json_type_array:
      return json_object_get (json_object_array_get_idx (value, 0));
    case json_type_string:
      return json_object_new_int (7);
    default:
      return json_object_new_string ("seven");
    }
}

/* Puts @wrong (transfer full) in place of a member for one judgement. */
static void
try_value (Run *run, PracticeJson *object, const char *name, PracticeJson *wrong, const char *what)
{
  PracticeJson *right = NULL;

  g_assert_true (json_object_object_get_ex (object, name, &right));
  json_object_get (right);
  json_object_object_add (object, name, wrong);
  assert_refused (run, what, name);
  json_object_object_add (object, name, right);
}

static void
try_name (Run *run, PracticeJson *object, const char *name)
{
  PracticeJson *value = NULL;
  g_autofree char *wrong = g_strconcat ("x", name, NULL);

  g_assert_true (json_object_object_get_ex (object, name, &value));
  json_object_get (value);
  json_object_object_del (object, name);
  json_object_object_add (object, wrong, value);
  assert_refused (run, "an unknown name", name);
  json_object_get (value);
  json_object_object_del (object, wrong);
  json_object_object_add (object, name, value);
}

static void mutate_value (Run *run, PracticeJson *value);

static void
mutate_member (Run *run, PracticeJson *object, const char *name)
{
  PracticeJson *value = NULL;

  g_assert_true (json_object_object_get_ex (object, name, &value));
  try_name (run, object, name);
  try_value (run, object, name, make_other_kind (value), "another kind of value");
  try_value (run, object, name, NULL, "null");
  try_value (run, object, name, json_object_new_array (), "an empty array");
  try_value (run, object, name, json_object_new_object (), "an empty object");
  try_value (run, object, name, json_object_new_string (""), "an empty string");
  mutate_value (run, value);
}

static void
mutate_value (Run *run, PracticeJson *value)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);

  if (json_object_is_type (value, json_type_array))
    for (gsize i = 0; i < json_object_array_length (value); i++)
      mutate_value (run, json_object_array_get_idx (value, i));
  if (!json_object_is_type (value, json_type_object))
    return;

  /* The object changes under way. */
  json_object_object_foreach (value, name, member)
    {
      (void) member;
      g_ptr_array_add (names, g_strdup (name));
    }
  for (guint i = 0; i < names->len; i++)
    mutate_member (run, value, names->pdata[i]);
}

static void
test_mutations (gconstpointer data)
{
  const char *source = data;
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "data", "fhir", source, NULL);
  g_autoptr (PracticeOutcome) outcome = practice_outcome_new ();
  g_autoptr (PracticeJson) json = NULL;
  g_autofree char *text = NULL;
  Run run = { NULL, source, 0 };
  gsize length;

  g_assert_true (g_file_get_contents (path, &text, &length, NULL));
  run.root = json = practice_json_parse (text, length, outcome);
  mutate_value (&run, json);
  g_assert_cmpuint (run.count, >, 50);

  /* It was put together again. */
  practice_spec_validate (json, NULL, outcome);
  g_assert_cmpstr (practice_outcome_get_first_text (outcome), ==, NULL);
}

int
main (int argc, char **argv)
{
  static const char *const sources[] = {
    "Appointment-example.json", "Bundle-bundle-transaction.json", "Communication-example.json",
    "Coverage-9876B1.json", "HealthcareService-example.json", "Location-1.json", "Patient-example.json",
    "PractitionerRole-example.json", "Schedule-example.json", "Slot-example.json", "Task-example1.json",
  };

  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (sources); i++)
    {
      g_autofree char *path = g_strconcat ("/practice/mutations/", sources[i], NULL);

      g_test_add_data_func (path, sources[i], test_mutations);
    }
  return g_test_run ();
}
