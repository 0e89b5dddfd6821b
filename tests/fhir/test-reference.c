/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fhir/fhir-resource.h"

static void
test_relative (void)
{
  static const struct
  {
    const char *reference;
    const char *relative;
  } cases[] = {
    { "Patient/12", "Patient/12" },
    { "http://host/fhir/Patient/12", "Patient/12" },
    { "https://host:8443/a/b/Patient/12/_history/3", "Patient/12" },
    { "Patient/12/_history/3", "Patient/12" },
    { "PractitionerRole/a.b-C9", "PractitionerRole/a.b-C9" },
    { "/Patient/12", "Patient/12" },
    { "Patient/", NULL },
    { "Patient", NULL },
    { "patient/12", NULL },
    { "Patient/1 2", NULL },
    { "Patient/12?x=1", NULL },
    { "Patient?identifier=a|b", NULL },
    { "urn:uuid:0c3151bd-1cbf-4d64-b04d-cd9187a4c6e0", NULL },
    { "#contained", NULL },
    { "/12", NULL },
    { "", NULL },
    { NULL, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *relative = fhir_reference_dup_relative (cases[i].reference);

      g_test_message ("%s", cases[i].reference != NULL ? cases[i].reference : "(null)");
      g_assert_cmpstr (relative, ==, cases[i].relative);
    }
}

/* R4 allows 64 characters. */
static void
test_id_length (void)
{
  g_autofree char *longest = g_strnfill (64, 'x');
  g_autofree char *good = g_strconcat ("Slot/", longest, NULL);
  g_autofree char *bad = g_strconcat ("Slot/", longest, "x", NULL);
  g_autofree char *found = fhir_reference_dup_relative (good);

  g_assert_cmpstr (found, ==, good);
  g_assert_null (fhir_reference_dup_relative (bad));
}

static void
test_id (void)
{
  g_autofree char *id = fhir_reference_dup_id ("http://host/fhir/Patient/12/_history/3", "Patient");

  g_assert_cmpstr (id, ==, "12");
  g_assert_null (fhir_reference_dup_id ("Patient/12", "Practitioner"));
  g_assert_null (fhir_reference_dup_id ("PractitionerRole/12", "Practitioner"));
  g_assert_null (fhir_reference_dup_id ("Practitioner/12", "PractitionerRole"));
  g_assert_null (fhir_reference_dup_id ("#p", "Patient"));
  g_assert_null (fhir_reference_dup_id (NULL, "Patient"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/fhir/reference/relative", test_relative);
  g_test_add_func ("/fhir/reference/id-length", test_id_length);
  g_test_add_func ("/fhir/reference/id", test_id);

  return g_test_run ();
}
