/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fhir/fhir-search.h"

static void
test_text (void)
{
  g_autoptr (FhirSearch) search = fhir_search_new ("Slot");
  g_autofree char *bare = fhir_search_to_string (search);
  g_autofree char *full = NULL;

  g_assert_cmpstr (bare, ==, "Slot");
  g_assert_cmpstr (fhir_search_get_resource_type (search), ==, "Slot");
  fhir_search_add (search, "schedule.actor", "Practitioner/12");
  fhir_search_add (search, "status", "free,busy");
  fhir_search_add (search, "start", "ge2026-03-10T00:00:00-05:00");
  fhir_search_add (search, "start", "lt2026-03-11T00:00:00+01:00");
  fhir_search_add_printf (search, "_count", "%u", 200u);
  full = fhir_search_to_string (search);
  g_assert_cmpstr (full, ==,
                   "Slot?schedule.actor=Practitioner/12&status=free,busy&start=ge2026-03-10T00:00:00-05:00"
                   "&start=lt2026-03-11T00:00:00%2B01:00&_count=200");
}

/* What a person types stays a value: it can neither add a parameter nor end the query. */
static void
test_typed (void)
{
  g_autoptr (FhirSearch) search = fhir_search_new ("Patient");
  g_autofree char *escaped = fhir_search_escape ("a|b,c$d\\&x=1#?");
  g_autofree char *text = NULL;

  g_assert_cmpstr (escaped, ==, "a\\|b\\,c\\$d\\\\&x=1#?");
  fhir_search_add (search, "name:contains", escaped);
  fhir_search_add (search, "family", "Núñez 100%");
  text = fhir_search_to_string (search);
  g_assert_cmpstr (text, ==,
                   "Patient?name:contains=a%5C%7Cb%5C,c%5C$d%5C%5C%26x%3D1%23%3F&family=N%C3%BA%C3%B1ez%20100%25");
}

static void
test_instant (void)
{
  g_autoptr (FhirSearch) search = fhir_search_new ("Appointment");
  g_autofree char *text = NULL;

  fhir_search_add_instant (search, "date", "ge", G_GINT64_CONSTANT (1773129600) * G_USEC_PER_SEC);
  text = fhir_search_to_string (search);
  g_assert_true (g_str_has_prefix (text, "Appointment?date=ge2026-03-10T08:00:00"));
  g_assert_true (g_str_has_suffix (text, "Z"));
}

static void
test_boxed (void)
{
  g_autoptr (FhirSearch) search = fhir_search_new ("Slot");
  FhirSearch *copy = g_boxed_copy (FHIR_TYPE_SEARCH, search);

  g_assert_true (copy == search);
  g_boxed_free (FHIR_TYPE_SEARCH, copy);
  g_assert_cmpstr (fhir_search_get_resource_type (search), ==, "Slot");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/fhir/search/text", test_text);
  g_test_add_func ("/fhir/search/typed", test_typed);
  g_test_add_func ("/fhir/search/instant", test_instant);
  g_test_add_func ("/fhir/search/boxed", test_boxed);

  return g_test_run ();
}
