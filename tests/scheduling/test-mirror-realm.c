/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-mirror-realm"

/* rcp-mirror-realm.c: desks of one record agree on its name, also when they ask for it at once. */
#include "keep-result.h"
#include "practice-fixture.h"

#include "clinic/rcp-codes.h"
#include "scheduling/rcp-mirror-realm.h"

#define N_DESKS 8

static char *
finish (GAsyncResult **kept)
{
  g_autoptr (GAsyncResult) result = keep_result_wait (kept);
  g_autoptr (GError) error = NULL;
  char *name = rcp_mirror_realm_find_finish (result, &error);

  g_assert_no_error (error);
  return name;
}

static char *
find (FhirClient *client)
{
  GAsyncResult *kept = NULL;

  rcp_mirror_realm_find_async (client, NULL, keep_result_cb, &kept);
  return finish (&kept);
}

static FhirResource *
create (FhirClient *client, const char *json)
{
  g_autoptr (JsonNode) node = json_from_string (json, NULL);
  GAsyncResult *kept = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  FhirResource *created;

  fhir_client_create_async (client, json_node_get_object (node), NULL, NULL, keep_result_cb, &kept);
  result = keep_result_wait (&kept);
  created = fhir_client_create_finish (client, result, &error);
  g_assert_no_error (error);
  return created;
}

static guint
count (FhirClient *client)
{
  g_autoptr (FhirSearch) search = fhir_search_new ("Basic");
  GAsyncResult *kept = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (FhirBundle) bundle = NULL;

  fhir_client_search_all_async (client, search, 0, NULL, keep_result_cb, &kept);
  result = keep_result_wait (&kept);
  bundle = fhir_client_search_all_finish (client, result, NULL);
  return fhir_bundle_get_matches (bundle)->len;
}

static void
test_at_once (void)
{
  g_autoptr (PracticeFixture) practice = practice_fixture_new (NULL);
  FhirClient *desks[N_DESKS];
  GAsyncResult *kept[N_DESKS] = { NULL };
  g_autofree char *first = NULL;

  for (guint i = 0; i < N_DESKS; i++)
    {
      desks[i] = practice_fixture_create_client (practice);
      rcp_mirror_realm_find_async (desks[i], NULL, keep_result_cb, &kept[i]);
    }
  first = finish (&kept[0]);
  g_assert_true (g_uuid_string_is_valid (first));
  for (guint i = 1; i < N_DESKS; i++)
    {
      g_autofree char *name = finish (&kept[i]);

      g_assert_cmpstr (name, ==, first);
    }
  g_assert_cmpuint (count (desks[0]), ==, 1);
  for (guint i = 0; i < N_DESKS; i++)
    g_object_unref (desks[i]);
}

static void
test_kept (void)
{
  g_autoptr (PracticeFixture) practice = practice_fixture_new (NULL);
  g_autoptr (FhirClient) client = practice_fixture_create_client (practice);
  g_autofree char *before = find (client);
  g_autofree char *after = NULL;

  practice_fixture_kill (practice);
  practice_fixture_start (practice);
  after = find (client);
  g_assert_cmpstr (after, ==, before);
}

/* What a server without a real conditional create may come to. */
static void
test_two_names (void)
{
  g_autoptr (PracticeFixture) practice = practice_fixture_new (NULL);
  g_autoptr (FhirClient) client = practice_fixture_create_client (practice);
  static const char *const names[] = { "b", "a", "c", NULL };
  g_autofree char *name = NULL;

  for (guint i = 0; names[i] != NULL; i++)
    {
      g_autofree char *json = g_strdup_printf ("{\"resourceType\":\"Basic\",\"code\":{\"coding\":[{\"system\":\"%s\",\"code\":\"realm\"}]},"
                                               "\"identifier\":[{\"system\":\"%s\",\"value\":\"%s\"}]}",
                                               RCP_SYSTEM_REALM, RCP_SYSTEM_REALM, names[i]);
      g_autoptr (FhirResource) created = create (client, json);

      g_usleep (3000);
    }
  name = find (client);
  g_assert_cmpstr (name, ==, "b");
  g_assert_cmpuint (count (client), ==, 3);
}

static void
test_away (void)
{
  g_autoptr (PracticeFixture) practice = practice_fixture_new (NULL);
  g_autoptr (FhirClient) client = practice_fixture_create_client (practice);
  GAsyncResult *kept = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  fhir_client_set_max_retries (client, 0);
  practice_fixture_kill (practice);
  rcp_mirror_realm_find_async (client, NULL, keep_result_cb, &kept);
  result = keep_result_wait (&kept);
  g_assert_null (rcp_mirror_realm_find_finish (result, &error));
  g_assert_error (error, FHIR_ERROR, FHIR_ERROR_NETWORK);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scheduling/mirror-realm/at-once", test_at_once);
  g_test_add_func ("/scheduling/mirror-realm/kept", test_kept);
  g_test_add_func ("/scheduling/mirror-realm/two-names", test_two_names);
  g_test_add_func ("/scheduling/mirror-realm/away", test_away);
  return g_test_run ();
}
