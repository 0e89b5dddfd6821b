/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "await.h"

#include "fhir/fhir-bundle-private.h"

static FhirBundle *
bundle_of (const char *text)
{
  g_autoptr (JsonObject) json = await_json (text);

  return fhir_bundle_new (json);
}

#define ENTRY(type, id, mode) "{\"resource\":{\"resourceType\":\"" type "\",\"id\":\"" id "\"},\"search\":{\"mode\":\"" mode "\"}}"
#define PLAIN(type, id) "{\"resource\":{\"resourceType\":\"" type "\",\"id\":\"" id "\"}}"

static void
test_page (void)
{
  g_autoptr (FhirBundle) bundle =
    bundle_of ("{\"resourceType\":\"Bundle\",\"total\":9,\"link\":[{\"relation\":\"self\",\"url\":\"a\"},"
               "{\"relation\":\"next\",\"url\":\"http://h/fhir?_getpages=x\"}],\"entry\":["
               ENTRY ("Slot", "1", "match") "," ENTRY ("Schedule", "5", "include") "," ENTRY ("Slot", "2", "match")
               ",{\"resource\":{\"resourceType\":\"OperationOutcome\"},\"search\":{\"mode\":\"outcome\"}}]}");

  g_assert_cmpuint (fhir_bundle_get_matches (bundle)->len, ==, 2);
  g_assert_cmpuint (fhir_bundle_get_includes (bundle)->len, ==, 1);
  g_assert_cmpint (fhir_bundle_get_total (bundle), ==, 9);
  g_assert_cmpstr (fhir_bundle_get_next (bundle), ==, "http://h/fhir?_getpages=x");
  g_assert_true (fhir_bundle_lookup (bundle, "Slot/2") == g_ptr_array_index (fhir_bundle_get_matches (bundle), 1));
  g_assert_nonnull (fhir_bundle_lookup (bundle, "Schedule/5"));
  g_assert_null (fhir_bundle_lookup (bundle, "Slot/5"));
  g_assert_null (fhir_bundle_lookup (bundle, NULL));
  g_assert_cmpuint (fhir_bundle_get_n_responses (bundle), ==, 0);
  g_assert_finalize_object (g_steal_pointer (&bundle));
}

/* search.mode may be absent: the type tells what was asked for. */
static void
test_without_mode (void)
{
  g_autoptr (FhirBundle) bundle =
    bundle_of ("{\"resourceType\":\"Bundle\",\"entry\":[" PLAIN ("Slot", "1") "," PLAIN ("Schedule", "5") ","
               PLAIN ("OperationOutcome", "o") "," PLAIN ("Slot", "2") "]}");

  fhir_bundle_set_search_type (bundle, "Slot");
  g_assert_cmpuint (fhir_bundle_get_matches (bundle)->len, ==, 2);
  g_assert_cmpuint (fhir_bundle_get_includes (bundle)->len, ==, 1);
  g_assert_nonnull (fhir_bundle_lookup (bundle, "Schedule/5"));
  g_assert_null (fhir_bundle_lookup (bundle, "OperationOutcome/o"));
}

/* Rows that move between two pages come twice; a limit ends the walk. */
static void
test_join (void)
{
  g_autoptr (FhirBundle) joined = g_object_new (FHIR_TYPE_BUNDLE, NULL);
  g_autoptr (FhirBundle) first = bundle_of ("{\"resourceType\":\"Bundle\",\"total\":4,\"link\":[{\"relation\":\"next\","
                                            "\"url\":\"p2\"}],\"entry\":[" PLAIN ("Slot", "1") "," PLAIN ("Slot", "2") ","
                                            ENTRY ("Schedule", "5", "include") "]}");
  g_autoptr (FhirBundle) second = bundle_of ("{\"resourceType\":\"Bundle\",\"entry\":[" PLAIN ("Slot", "2") ","
                                             PLAIN ("Slot", "3") "," PLAIN ("Slot", "4") ","
                                             ENTRY ("Schedule", "5", "include") "]}");

  g_assert_true (fhir_bundle_join (joined, first, 3));
  g_assert_cmpstr (fhir_bundle_get_next (joined), ==, "p2");
  g_assert_false (fhir_bundle_join (joined, second, 3));
  g_assert_cmpuint (fhir_bundle_get_matches (joined)->len, ==, 3);
  g_assert_cmpuint (fhir_bundle_get_includes (joined)->len, ==, 1);
  g_assert_cmpint (fhir_bundle_get_total (joined), ==, 4);
  g_assert_null (fhir_bundle_get_next (joined));
  g_assert_nonnull (fhir_bundle_lookup (joined, "Slot/3"));
  g_assert_null (fhir_bundle_lookup (joined, "Slot/4"));
}

static void
test_responses (void)
{
  g_autoptr (FhirBundle) bundle =
    bundle_of ("{\"resourceType\":\"Bundle\",\"type\":\"transaction-response\",\"entry\":["
               "{\"response\":{\"status\":\"201 Created\",\"location\":\"http://h/fhir/Slot/7/_history/1\",\"etag\":\"W/\\\"1\\\"\"}},"
               "{\"response\":{\"status\":\"200\"},\"resource\":{\"resourceType\":\"Bundle\",\"entry\":[" PLAIN ("Slot", "7") "]}},"
               "{\"response\":{\"status\":\"ok\"}},{\"response\":{\"status\":\"99\"}},{\"response\":{\"status\":204}}]}");
  g_autoptr (FhirBundle) inner = NULL;

  g_assert_cmpuint (fhir_bundle_get_n_responses (bundle), ==, 5);
  g_assert_cmpuint (fhir_bundle_get_response_status (bundle, 0), ==, 201);
  g_assert_cmpstr (fhir_bundle_get_response_reference (bundle, 0), ==, "Slot/7");
  g_assert_cmpstr (fhir_bundle_get_response_etag (bundle, 0), ==, "W/\"1\"");
  g_assert_cmpuint (fhir_bundle_get_response_status (bundle, 1), ==, 200);
  g_assert_null (fhir_bundle_get_response_reference (bundle, 1));
  inner = fhir_bundle_new (fhir_resource_get_json (fhir_bundle_get_response_resource (bundle, 1)));
  g_assert_nonnull (fhir_bundle_lookup (inner, "Slot/7"));
  for (guint i = 2; i < 5; i++)
    g_assert_cmpuint (fhir_bundle_get_response_status (bundle, i), ==, 0);
}

/* Whatever is in there, nothing falls over. */
static void
test_odd (void)
{
  static const char *const texts[] = {
    "{\"resourceType\":\"Bundle\"}",
    "{\"resourceType\":\"Bundle\",\"entry\":[],\"link\":[]}",
    "{\"resourceType\":\"Bundle\",\"entry\":{},\"link\":{},\"total\":\"9\"}",
    "{\"resourceType\":\"Bundle\",\"entry\":[null,3,\"x\",[],{}],\"link\":[null,3,{}]}",
    "{\"resourceType\":\"Bundle\",\"entry\":[{\"resource\":[]},{\"search\":3}],\"link\":[{\"relation\":\"next\"}]}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    {
      g_autoptr (FhirBundle) bundle = bundle_of (texts[i]);

      g_assert_cmpuint (fhir_bundle_get_matches (bundle)->len, ==, 0);
      g_assert_cmpuint (fhir_bundle_get_n_responses (bundle), ==, 0);
      g_assert_null (fhir_bundle_get_next (bundle));
      g_assert_cmpint (fhir_bundle_get_total (bundle), ==, -1);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/fhir/bundle/page", test_page);
  g_test_add_func ("/fhir/bundle/without-mode", test_without_mode);
  g_test_add_func ("/fhir/bundle/join", test_join);
  g_test_add_func ("/fhir/bundle/responses", test_responses);
  g_test_add_func ("/fhir/bundle/odd", test_odd);

  return g_test_run ();
}
