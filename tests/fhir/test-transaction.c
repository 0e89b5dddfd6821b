/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "await.h"

static void
test_bundle (void)
{
  g_autoptr (FhirTransaction) transaction = fhir_transaction_new ();
  g_autoptr (JsonObject) slot = await_json ("{\"resourceType\":\"Slot\",\"id\":\"77\",\"status\":\"busy\"}");
  g_autoptr (JsonObject) visit = await_json ("{\"resourceType\":\"Appointment\",\"status\":\"booked\"}");
  g_autoptr (FhirSearch) search = fhir_search_new ("Appointment");
  g_autoptr (JsonObject) bundle = NULL;
  const char *full_url;

  fhir_search_add (search, "slot", "Slot/77");
  fhir_transaction_update (transaction, slot, "W/\"3\"");
  full_url = fhir_transaction_create (transaction, visit, "identifier=urn:x|1");
  fhir_transaction_delete (transaction, "Slot/78", "W/\"9\"");
  fhir_transaction_search (transaction, search);
  g_assert_cmpuint (fhir_transaction_get_n_entries (transaction), ==, 4);

  bundle = fhir_transaction_to_json (transaction);
  g_assert_cmpstr (fhir_json_get_string (bundle, "resourceType"), ==, "Bundle");
  g_assert_cmpstr (fhir_json_get_string (bundle, "type"), ==, "transaction");
  g_assert_cmpstr (fhir_json_get_string (bundle, "entry.0.request.method"), ==, "PUT");
  g_assert_cmpstr (fhir_json_get_string (bundle, "entry.0.request.url"), ==, "Slot/77");
  g_assert_cmpstr (fhir_json_get_string (bundle, "entry.0.request.ifMatch"), ==, "W/\"3\"");
  g_assert_cmpstr (fhir_json_get_string (bundle, "entry.0.resource.status"), ==, "busy");
  g_assert_cmpstr (fhir_json_get_string (bundle, "entry.1.request.method"), ==, "POST");
  g_assert_cmpstr (fhir_json_get_string (bundle, "entry.1.request.url"), ==, "Appointment");
  g_assert_cmpstr (fhir_json_get_string (bundle, "entry.1.request.ifNoneExist"), ==, "identifier=urn:x|1");
  g_assert_cmpstr (fhir_json_get_string (bundle, "entry.1.fullUrl"), ==, full_url);
  g_assert_true (g_str_has_prefix (full_url, "urn:uuid:"));
  g_assert_cmpstr (fhir_json_get_string (bundle, "entry.2.request.method"), ==, "DELETE");
  g_assert_cmpstr (fhir_json_get_string (bundle, "entry.2.request.ifMatch"), ==, "W/\"9\"");
  g_assert_null (fhir_json_get_object (bundle, "entry.2.resource"));
  g_assert_cmpstr (fhir_json_get_string (bundle, "entry.3.request.url"), ==, "Appointment?slot=Slot/77");
  g_assert_finalize_object (g_steal_pointer (&transaction));
}

/* The names that are lent out stay where they are however many more there are, and differ. */
static void
test_full_urls (void)
{
  g_autoptr (FhirTransaction) transaction = fhir_transaction_new ();
  g_autoptr (JsonObject) visit = await_json ("{\"resourceType\":\"Appointment\"}");
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < 100; i++)
    g_assert_true (g_hash_table_add (seen, (gpointer) fhir_transaction_create (transaction, visit, NULL)));
}

static void
test_patch (void)
{
  g_autoptr (FhirTransaction) transaction = fhir_transaction_new ();
  g_autoptr (JsonArray) patch = json_array_new ();
  g_autoptr (JsonObject) bundle = NULL;
  g_autofree guchar *decoded = NULL;
  gsize length;

  json_array_add_object_element (patch, await_json ("{\"op\":\"replace\",\"path\":\"/status\",\"value\":\"busy\"}"));
  fhir_transaction_patch (transaction, "Slot/77", patch, "W/\"3\"");
  bundle = fhir_transaction_to_json (transaction);
  g_assert_cmpstr (fhir_json_get_string (bundle, "entry.0.request.method"), ==, "PATCH");
  g_assert_cmpstr (fhir_json_get_string (bundle, "entry.0.resource.contentType"), ==, "application/json-patch+json");
  decoded = g_base64_decode (fhir_json_get_string (bundle, "entry.0.resource.data"), &length);
  g_assert_cmpmem (decoded, length, "[{\"op\":\"replace\",\"path\":\"/status\",\"value\":\"busy\"}]", 50);
}

static void
test_repeatable (void)
{
  g_autoptr (JsonObject) visit = await_json ("{\"resourceType\":\"Appointment\",\"id\":\"1\"}");
  g_autoptr (FhirTransaction) transaction = fhir_transaction_new ();
  g_autoptr (FhirTransaction) with_create = fhir_transaction_new ();
  g_autoptr (FhirSearch) search = fhir_search_new ("Slot");

  fhir_transaction_create (transaction, visit, "identifier=urn:x|1");
  fhir_transaction_search (transaction, search);
  g_assert_true (fhir_transaction_is_repeatable (transaction));
  fhir_transaction_update (transaction, visit, "W/\"1\"");
  g_assert_false (fhir_transaction_is_repeatable (transaction));
  fhir_transaction_create (with_create, visit, NULL);
  g_assert_false (fhir_transaction_is_repeatable (with_create));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/fhir/transaction/bundle", test_bundle);
  g_test_add_func ("/fhir/transaction/full-urls", test_full_urls);
  g_test_add_func ("/fhir/transaction/patch", test_patch);
  g_test_add_func ("/fhir/transaction/repeatable", test_repeatable);

  return g_test_run ();
}
