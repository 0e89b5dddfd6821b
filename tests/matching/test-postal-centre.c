/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-matching"

/* rcp-postal-centre.c: the middle of a postal code, or that it is not known. What is read of the record for it: test-offer-ranking.c. */

#include "matching/rcp-postal-centre.h"
#include "quoted-resource.h"

static void
assert_centre (const RcpPosition *positions, guint n, double latitude, double longitude)
{
  RcpPosition centre = { 0, 0 };

  g_assert_true (rcp_postal_centre_find (positions, n, &centre));
  g_assert_cmpfloat_with_epsilon (centre.latitude, latitude, 1e-9);
  g_assert_cmpfloat_with_epsilon (centre.longitude, longitude, 1e-9);
}

static void
test_middle (void)
{
  const RcpPosition five[] = { { 40.70, -74.00 }, { 40.72, -74.02 }, { 40.71, -74.01 }, { 40.73, -74.05 }, { 40.74, -74.03 } };
  const RcpPosition six[] = { { 40.70, -74.00 }, { 40.72, -74.02 }, { 40.71, -74.01 }, { 40.73, -74.05 }, { 40.74, -74.03 }, { 40.75, -74.06 } };

  assert_centre (five, 5, 40.72, -74.02);
  assert_centre (six, 6, 40.725, -74.025);
}

/* One address that was looked up wrongly is off the coast of Africa: the middle stays where it is. */
static void
test_one_is_wrong (void)
{
  const RcpPosition positions[] = { { 40.70, -74.00 }, { 40.72, -74.02 }, { 0, 0 }, { 40.73, -74.05 }, { 40.74, -74.03 } };

  assert_centre (positions, 5, 40.72, -74.02);
}

static void
test_date_line (void)
{
  const RcpPosition positions[] = { { -17, 179.98 }, { -17, -179.98 }, { -17, 179.99 }, { -17, -179.97 }, { -17, -179.99 } };

  assert_centre (positions, 5, -17, -179.99);
}

/* Nothing is guessed from a few, nor where there is no middle. */
static void
test_not_known (void)
{
  const RcpPosition four[] = { { 40.70, -74.00 }, { 40.72, -74.02 }, { 40.71, -74.01 }, { 40.73, -74.05 } };
  const RcpPosition apart[] = { { 40, -74 }, { 41, -75 }, { 42, -76 }, { 43, -77 }, { 44, -78 }, { 45, -79 } };
  RcpPosition centre = { 1, 2 };

  g_assert_false (rcp_postal_centre_find (four, 4, &centre));
  g_assert_false (rcp_postal_centre_find (apart, 6, &centre));
  g_assert_false (rcp_postal_centre_find (NULL, 0, &centre));
  g_assert_cmpfloat (centre.latitude, ==, 1);
}

static gboolean
is_missed (const char *addresses)
{
  g_autofree char *text = g_strdup_printf ("{'resourceType':'Patient','id':'p','address':[%s]}", addresses);
  g_autoptr (FhirResource) resource = quoted_resource (text);
  g_autoptr (RcpPatient) patient = rcp_patient_new (resource);

  return rcp_postal_centre_is_missed (patient);
}

static void
test_is_missed (void)
{
  g_assert_true (is_missed ("{'city':'Springfield','postalCode':'62704'}"));
  g_assert_false (is_missed ("{'city':'Springfield'}"));
  g_assert_false (is_missed ("{'city':'Springfield','postalCode':' '}"));
  g_assert_false (is_missed (""));
  g_assert_false (is_missed ("{'postalCode':'62704','extension':[{'url':'http://hl7.org/fhir/StructureDefinition/geolocation','extension':["
                             "{'url':'latitude','valueDecimal':40},{'url':'longitude','valueDecimal':-75.5}]}]}"));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/matching/postal-centre/middle", test_middle);
  g_test_add_func ("/matching/postal-centre/one-is-wrong", test_one_is_wrong);
  g_test_add_func ("/matching/postal-centre/date-line", test_date_line);
  g_test_add_func ("/matching/postal-centre/not-known", test_not_known);
  g_test_add_func ("/matching/postal-centre/is-missed", test_is_missed);
  return g_test_run ();
}
