/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-series-explain"

/* rcp-series-explain.c: why a date of a series cannot be had. */
#include "scheduling/rcp-series.h"

#include "clinic-parts.h"

static gint64
to_instant (RcpProvider *provider, int day, guint minute)
{
  GDate date;

  g_date_clear (&date, 1);
  g_date_set_dmy (&date, day, 11, 2026);
  return rcp_time_at_minute (&date, minute, rcp_provider_get_zone (provider));
}

static void
assert_reason (RcpProvider *provider, int day, guint minute, const char *expected)
{
  RcpTimeRange wanted = { to_instant (provider, day, minute), to_instant (provider, day, minute + 30) };
  g_autofree char *reason = rcp_series_explain (provider, wanted, NULL, NULL, to_instant (provider, 20, 0));

  g_assert_nonnull (strstr (reason, expected));
}

static RcpProvider *
make_provider_of_closed_place (void)
{
  g_autoptr (FhirResource) location = parts_resource (
      "{\"resourceType\": \"Location\", \"id\": \"place1\", \"name\": \"Harbour\", \"extension\": ["
      "{\"url\": \"http://hl7.org/fhir/StructureDefinition/timezone\", \"valueCode\": \"America/New_York\"},"
      "{\"url\": \"urn:reception:closed\", \"extension\": ["
      "{\"url\": \"period\", \"valuePeriod\": {\"start\": \"2026-11-26\", \"end\": \"2026-11-26\"}},"
      "{\"url\": \"label\", \"valueString\": \"Thanksgiving\"}]}]}");
  g_autoptr (FhirResource) schedule = parts_resource (
      "{\"resourceType\": \"Schedule\", \"id\": \"s\", \"actor\": [{\"reference\": \"Practitioner/p\"}]}");
  g_autoptr (FhirResource) person
      = parts_resource ("{\"resourceType\": \"Practitioner\", \"id\": \"p\", \"name\": [{\"family\": \"Ruiz\"}]}");
  g_autoptr (RcpPlace) place = rcp_place_new (location);

  return rcp_provider_new (schedule, NULL, person, place);
}

/* Monday to Friday, 9 to 12 and 13 to 17; 28 November 2026 is a Saturday. */
static void
test_reasons (void)
{
  g_autoptr (RcpProvider) provider = parts_provider ("sched1", NULL);
  g_autoptr (RcpProvider) closed = make_provider_of_closed_place ();

  assert_reason (provider, 19, 9 * 60, "This time is over");
  assert_reason (provider, 28, 9 * 60, "does not work on this day");
  assert_reason (provider, 23, 12 * 60, "does not work at this time");
  assert_reason (provider, 23, 11 * 60 + 45, "does not work at this time");
  assert_reason (provider, 23, 9 * 60, "This time is taken");
  assert_reason (closed, 26, 9 * 60, "The clinic is closed");
  assert_reason (closed, 27, 9 * 60, "does not work on this day");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scheduling/series-explain/reasons", test_reasons);
  return g_test_run ();
}
