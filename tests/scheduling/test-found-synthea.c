/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A clinic founded on imported people: Synthea's, where they are at hand. Drives rcp-found-clinic.c and
 * rcp-publish-hours.c. */
#include "desk-fixture.h"

#define PROVIDERS 12

static char *
find_data (const char *name)
{
  const char *folder = g_getenv ("RECEPTION_SHARED_DATA");
  g_autofree char *beside = g_test_build_filename (G_TEST_DIST, "..", "..", "shared", "data", NULL);
  g_autofree char *path = g_build_filename (folder != NULL ? folder : beside, "fhir-synthea", name, NULL);

  if (g_file_test (path, G_FILE_TEST_EXISTS))
    return g_steal_pointer (&path);
  g_test_skip_printf ("%s is not here", name);
  return NULL;
}

static RcpRoster *
load_roster (FhirClient *client)
{
  GAsyncResult *kept = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  RcpRoster *roster;

  rcp_roster_load_async (client, NULL, desk_keep_result_cb, &kept);
  result = desk_wait (&kept);
  roster = rcp_roster_load_finish (result, &error);
  g_assert_no_error (error);
  return roster;
}

static void
found_and_publish (FhirClient *client)
{
  g_autoptr (RcpClock) clock = rcp_clock_new_fixed (DESK_NOW);
  g_autoptr (RcpRoster) roster = NULL;
  g_autoptr (GAsyncResult) founded = NULL;
  g_autoptr (GAsyncResult) published = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *kept = NULL;
  guint n = 0;
  gint64 start = g_get_monotonic_time ();

  rcp_found_clinic_async (client, clock, "Springfield Clinic", "America/New_York", PROVIDERS, NULL, desk_keep_result_cb,
                          &kept);
  founded = desk_wait (&kept);
  rcp_found_clinic_finish (founded, &n, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (n, ==, PROVIDERS);
  g_test_message ("founded in %d ms", (int)((g_get_monotonic_time () - start) / 1000));

  roster = load_roster (client);
  g_assert_cmpuint (g_list_model_get_n_items (rcp_roster_get_providers (roster)), ==, PROVIDERS);
  for (guint i = 0; i < PROVIDERS; i++)
    {
      g_autoptr (RcpProvider) provider = g_list_model_get_item (rcp_roster_get_providers (roster), i);

      g_assert_nonnull (rcp_provider_get_place (provider));
      g_assert_nonnull (rcp_provider_get_specialty_name (provider));
      g_assert_false (rcp_weekly_hours_is_empty (rcp_provider_get_hours (provider)));
      g_test_message ("%s, %s, %s", rcp_provider_get_name (provider), rcp_provider_get_specialty_name (provider),
                      rcp_place_get_name (rcp_provider_get_place (provider)));
    }

  start = g_get_monotonic_time ();
  rcp_publish_hours_async (client, roster, clock, 15, 90, NULL, desk_keep_result_cb, &kept);
  published = desk_wait (&kept);
  rcp_publish_hours_finish (published, &n, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (n, >, PROVIDERS * 60 * 28);
  g_test_message ("published %u slots in %d ms", n, (int)((g_get_monotonic_time () - start) / 1000));
}

static void
test_found (gconstpointer name)
{
  g_autofree char *data = find_data (name);
  const char *arguments[] = { "--import", data, NULL };
  PracticeFixture *practice;
  FhirClient *client;

  if (data == NULL)
    return;
  practice = practice_fixture_new (arguments);
  client = practice_fixture_create_client (practice);
  found_and_publish (client);
  g_object_unref (client);
  practice_fixture_free (practice);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/scheduling/found-synthea/practitioners-alone",
                        "synthea-v2.4-2019-hospital+practitioner-bundles.ndjson.xz", test_found);
  g_test_add_data_func ("/scheduling/found-synthea/roles", "synthea-2025-1000-roster", test_found);
  if (g_test_slow ())
    g_test_add_data_func ("/scheduling/found-synthea/encounters", "synthea-v2.4-2019-bundles.ndjson.xz", test_found);
  return g_test_run ();
}
