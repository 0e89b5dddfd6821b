/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "await.h"
#include "fault-server.h"

#include <string.h>

/* What each call sends and makes of its answer. */

typedef struct
{
  FaultServer *server;
  FhirClient *client;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->server = fault_server_new ();
  fixture->client = fhir_client_new (fault_server_get_base_url (fixture->server));
  g_object_set (fixture->client, "backoff-unit-ms", 1u, NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_cmpuint (fault_server_get_n_left (fixture->server), ==, 0);
  g_assert_finalize_object (fixture->client);
  fault_server_free (fixture->server);
}

/* Whether request @index began with @line and has @part somewhere. */
static void
assert_sent (Fixture *fixture, guint index, const char *line, const char *part)
{
  const char *request = fault_server_get_request (fixture->server, index);

  g_test_message ("%s", request);
  g_assert_true (g_str_has_prefix (request, line));
  g_assert_nonnull (strstr (request, part));
}

static void
test_capabilities (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FhirCapabilities) first = NULL;
  g_autoptr (FhirCapabilities) again = NULL;
  g_autoptr (GError) error = NULL;

  fault_server_answer (fixture->server, 200, NULL, "{\"resourceType\":\"CapabilityStatement\",\"fhirVersion\":\"5.0.0\"}");
  g_assert_null (await_capabilities (fixture->client, &error));
  g_assert_error (error, FHIR_ERROR, FHIR_ERROR_UNSUPPORTED);
  g_clear_error (&error);
  fault_server_answer (fixture->server, 200, NULL, "{\"resourceType\":\"Bundle\",\"total\":0}");
  g_assert_null (await_capabilities (fixture->client, &error));
  g_assert_error (error, FHIR_ERROR, FHIR_ERROR_BAD_REPLY);
  g_clear_error (&error);

  fault_server_answer (fixture->server, 200, NULL, "{\"resourceType\":\"CapabilityStatement\",\"fhirVersion\":\"4.0.1\"}");
  first = await_capabilities (fixture->client, &error);
  g_assert_no_error (error);
  again = await_capabilities (fixture->client, &error);
  g_assert_true (first == again);
  g_assert_cmpuint (fault_server_get_n_requests (fixture->server), ==, 3);
  assert_sent (fixture, 0, "GET /fhir/metadata HTTP/1.1\r\n", "");
}

static void
test_read (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FhirResource) resource = NULL;
  g_autoptr (GError) error = NULL;

  fault_server_answer (fixture->server, 200, "ETag: W/\"7\"\r\n", "{\"resourceType\":\"Slot\",\"id\":\"a\"}");
  resource = await_read (fixture->client, "http://elsewhere/fhir/Slot/a/_history/2", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (fhir_resource_get_version_id (resource), ==, "7");
  assert_sent (fixture, 0, "GET /fhir/Slot/a HTTP/1.1\r\n", "");

  g_assert_null (await_read (fixture->client, "urn:uuid:1", &error));
  g_assert_error (error, FHIR_ERROR, FHIR_ERROR_NOT_FOUND);
  g_assert_cmpuint (fault_server_get_n_requests (fixture->server), ==, 1);
}

#define VERSION(number) "{\"resource\":{\"resourceType\":\"Slot\",\"id\":\"a\",\"meta\":{\"versionId\":\"" number "\",\"lastUpdated\":\"2026-11-20T10:00:0" number "Z\"}}," \
  "\"request\":{\"method\":\"PUT\",\"url\":\"Slot/a\"}}"
#define DELETION "{\"request\":{\"method\":\"DELETE\",\"url\":\"Slot/a\"},\"response\":{\"status\":\"204\",\"lastModified\":\"2026-11-20T11:00:00Z\"}}"

static void
answer_history (Fixture *fixture, const char *next, const char *entries)
{
  g_autofree char *body
    = g_strdup_printf ("{\"resourceType\":\"Bundle\",\"type\":\"history\",\"link\":[{\"relation\":\"%s\",\"url\":\"%s/Slot/a/_history?_page=2\"}],\"entry\":[%s]}",
                       next, fault_server_get_base_url (fixture->server), entries);

  fault_server_answer (fixture->server, 200, NULL, body);
}

/* All versions, page by page, and when it was deleted. */
static void
test_history (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) versions = NULL;
  g_autoptr (GError) error = NULL;
  gboolean is_cut = TRUE;
  FhirVersion *version;

  answer_history (fixture, "next", DELETION ",{\"resource\":{\"resourceType\":\"OperationOutcome\"}}," VERSION ("2"));
  answer_history (fixture, "previous", VERSION ("1"));
  versions = await_history (fixture->client, "Slot/a", 10, &is_cut, &error);
  g_assert_no_error (error);
  g_assert_false (is_cut);
  g_assert_cmpuint (versions->len, ==, 3);
  version = versions->pdata[0];
  g_assert_null (version->resource);
  g_assert_cmpint (version->updated, ==, G_GINT64_CONSTANT (1795172400) * G_USEC_PER_SEC);
  version = versions->pdata[2];
  g_assert_cmpstr (fhir_resource_get_version_id (version->resource), ==, "1");
  assert_sent (fixture, 0, "GET /fhir/Slot/a/_history?_count=10 HTTP/1.1\r\n", "");
  assert_sent (fixture, 1, "GET /fhir/Slot/a/_history?_page=2 HTTP/1.1\r\n", "");
}

static void
test_history_ends (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) versions = NULL;
  g_autoptr (GError) error = NULL;
  gboolean is_cut = FALSE;

  answer_history (fixture, "next", VERSION ("3") "," VERSION ("2"));
  versions = await_history (fixture->client, "Slot/a", 2, &is_cut, &error);
  g_assert_no_error (error);
  g_assert_true (is_cut);
  g_assert_cmpuint (versions->len, ==, 2);

  answer_history (fixture, "next", VERSION ("3"));
  answer_history (fixture, "next", VERSION ("2"));
  g_assert_null (await_history (fixture->client, "Slot/a", 9, NULL, &error));
  g_assert_error (error, FHIR_ERROR, FHIR_ERROR_BAD_REPLY);
  g_clear_error (&error);

  fault_server_answer (fixture->server, 200, NULL, "{\"resourceType\":\"Bundle\",\"link\":[{\"relation\":\"next\",\"url\":\"http://elsewhere.example/x\"}]}");
  g_assert_null (await_history (fixture->client, "Slot/a", 9, NULL, &error));
  g_assert_error (error, FHIR_ERROR, FHIR_ERROR_BAD_REPLY);
  g_clear_error (&error);

  fault_server_answer (fixture->server, 200, NULL, "{\"resourceType\":\"Slot\"}");
  g_assert_null (await_history (fixture->client, "Slot/a", 9, NULL, &error));
  g_assert_error (error, FHIR_ERROR, FHIR_ERROR_BAD_REPLY);
}

static void
test_create (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JsonObject) slot = await_json ("{\"resourceType\":\"Slot\",\"status\":\"free\"}");
  g_autoptr (FhirResource) resource = NULL;
  g_autoptr (FhirResource) repeated = NULL;
  g_autoptr (GError) error = NULL;

  fault_server_answer (fixture->server, 201, NULL, "{\"resourceType\":\"Slot\",\"id\":\"a\"}");
  resource = await_create (fixture->client, slot, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (fhir_resource_get_reference (resource), ==, "Slot/a");
  assert_sent (fixture, 0, "POST /fhir/Slot HTTP/1.1\r\n", "\r\nContent-Type: application/fhir+json\r\n");
  assert_sent (fixture, 0, "POST", "\r\nPrefer: return=representation\r\n");
  assert_sent (fixture, 0, "POST", "{\"resourceType\":\"Slot\",\"status\":\"free\"}");

  /* A conditional create is safe to send again. */
  fault_server_answer_cut (fixture->server, 201, "{\"resourceType\":\"Slot\",\"id\":\"b\"}", 5);
  fault_server_answer (fixture->server, 200, NULL, "{\"resourceType\":\"Slot\",\"id\":\"b\"}");
  repeated = await_create (fixture->client, slot, "identifier=urn:x|1", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (fhir_resource_get_reference (repeated), ==, "Slot/b");
  assert_sent (fixture, 2, "POST", "\r\nIf-None-Exist: identifier=urn:x|1\r\n");

  /* A plain one is not. */
  fault_server_answer_cut (fixture->server, 201, "{\"resourceType\":\"Slot\",\"id\":\"c\"}", 5);
  g_assert_null (await_create (fixture->client, slot, NULL, &error));
  g_assert_error (error, FHIR_ERROR, FHIR_ERROR_NETWORK);
  g_assert_true (fhir_error_is_outcome_unknown (error));
}

/* Servers that answer a write with nothing, or with remarks: what is stored is read. */
static void
test_minimal (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JsonObject) slot = await_json ("{\"resourceType\":\"Slot\",\"id\":\"a\",\"status\":\"free\"}");
  g_autoptr (FhirResource) created = NULL;
  g_autoptr (FhirResource) updated = NULL;
  g_autoptr (GError) error = NULL;

  fault_server_answer (fixture->server, 201, "Location: http://h/fhir/Slot/9/_history/1\r\n", "");
  fault_server_answer (fixture->server, 200, NULL, "{\"resourceType\":\"Slot\",\"id\":\"9\"}");
  created = await_create (fixture->client, slot, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (fhir_resource_get_reference (created), ==, "Slot/9");
  assert_sent (fixture, 1, "GET /fhir/Slot/9 HTTP/1.1\r\n", "");

  fault_server_answer (fixture->server, 200, NULL, "{\"resourceType\":\"OperationOutcome\",\"issue\":[]}");
  fault_server_answer (fixture->server, 200, NULL, "{\"resourceType\":\"Slot\",\"id\":\"a\"}");
  updated = await_update (fixture->client, slot, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (fhir_resource_get_reference (updated), ==, "Slot/a");

  /* Stored, but nobody can say what: not a success, and not a failure either. */
  fault_server_answer (fixture->server, 201, NULL, "");
  g_assert_null (await_create (fixture->client, slot, NULL, &error));
  g_assert_error (error, FHIR_ERROR, FHIR_ERROR_BAD_REPLY);
  g_assert_true (fhir_error_is_outcome_unknown (error));
  g_clear_error (&error);
  fault_server_answer (fixture->server, 200, NULL, "");
  fault_server_answer (fixture->server, 403, NULL, "");
  g_assert_null (await_update (fixture->client, slot, NULL, &error));
  g_assert_error (error, FHIR_ERROR, FHIR_ERROR_FORBIDDEN);
  g_assert_true (fhir_error_is_outcome_unknown (error));
  g_clear_error (&error);
  fault_server_answer (fixture->server, 200, NULL, "{\"resourceType\":\"Patient\",\"id\":\"a\"}");
  g_assert_null (await_update (fixture->client, slot, NULL, &error));
  g_assert_error (error, FHIR_ERROR, FHIR_ERROR_BAD_REPLY);
}

static void
test_update (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JsonObject) slot = await_json ("{\"resourceType\":\"Slot\",\"id\":\"a\",\"status\":\"busy\"}");
  g_autoptr (FhirResource) resource = NULL;
  g_autoptr (GError) error = NULL;

  fault_server_answer (fixture->server, 200, NULL, "{\"resourceType\":\"Slot\",\"id\":\"a\",\"meta\":{\"versionId\":\"4\"}}");
  resource = await_update (fixture->client, slot, "W/\"3\"", &error);
  g_assert_no_error (error);
  g_assert_cmpstr (fhir_resource_get_version_id (resource), ==, "4");
  assert_sent (fixture, 0, "PUT /fhir/Slot/a HTTP/1.1\r\n", "\r\nIf-Match: W/\"3\"\r\n");

  fault_server_answer (fixture->server, 412, NULL, "");
  g_assert_null (await_update (fixture->client, slot, "W/\"3\"", &error));
  g_assert_error (error, FHIR_ERROR, FHIR_ERROR_CONFLICT);
  g_assert_false (fhir_error_is_outcome_unknown (error));
  g_clear_error (&error);
  fault_server_answer_raw (fixture->server, "H", 1);
  g_assert_null (await_update (fixture->client, slot, "W/\"3\"", &error));
  g_assert_error (error, FHIR_ERROR, FHIR_ERROR_NETWORK);
  g_assert_true (fhir_error_is_outcome_unknown (error));
  g_assert_cmpuint (fault_server_get_n_requests (fixture->server), ==, 3);
}

static void
test_patch_and_delete (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JsonArray) patch = json_array_new ();
  g_autoptr (FhirResource) resource = NULL;
  g_autoptr (GError) error = NULL;

  json_array_add_object_element (patch, await_json ("{\"op\":\"remove\",\"path\":\"/comment\"}"));
  fault_server_answer (fixture->server, 200, NULL, "{\"resourceType\":\"Slot\",\"id\":\"a\"}");
  resource = await_patch (fixture->client, "Slot/a", patch, "W/\"3\"", &error);
  g_assert_no_error (error);
  assert_sent (fixture, 0, "PATCH /fhir/Slot/a HTTP/1.1\r\n", "\r\nContent-Type: application/json-patch+json\r\n");
  assert_sent (fixture, 0, "PATCH", "\r\n\r\n[{\"op\":\"remove\",\"path\":\"/comment\"}]");

  fault_server_answer_raw (fixture->server, "HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n", 46);
  g_assert_true (await_delete (fixture->client, "Slot/a", "W/\"4\"", &error));
  assert_sent (fixture, 1, "DELETE /fhir/Slot/a HTTP/1.1\r\n", "\r\nIf-Match: W/\"4\"\r\n");
  fault_server_answer (fixture->server, 410, NULL, "");
  g_assert_false (await_delete (fixture->client, "Slot/a", NULL, &error));
  g_assert_error (error, FHIR_ERROR, FHIR_ERROR_NOT_FOUND);
}

static void
test_operation (Fixture *fixture, gconstpointer data)
{
  g_autoptr (JsonObject) parameters = await_json ("{\"resourceType\":\"Parameters\"}");
  g_autoptr (FhirResource) posted = NULL;
  g_autoptr (FhirResource) asked = NULL;
  g_autoptr (GError) error = NULL;

  fault_server_answer (fixture->server, 200, NULL, "{\"resourceType\":\"Bundle\",\"type\":\"searchset\"}");
  posted = await_operation (fixture->client, "Appointment/$book", parameters, &error);
  g_assert_no_error (error);
  assert_sent (fixture, 0, "POST /fhir/Appointment/$book HTTP/1.1\r\n", "{\"resourceType\":\"Parameters\"}");

  fault_server_answer (fixture->server, 503, NULL, "");
  fault_server_answer (fixture->server, 200, NULL, "{\"resourceType\":\"Bundle\",\"type\":\"searchset\"}");
  asked = await_operation_get (fixture->client, "Slot/$find?start=2026", &error);
  g_assert_no_error (error);
  assert_sent (fixture, 2, "GET /fhir/Slot/$find?start=2026 HTTP/1.1\r\n", "");

  fault_server_answer (fixture->server, 200, NULL, "");
  g_assert_null (await_operation (fixture->client, "Appointment/$book", parameters, &error));
  g_assert_error (error, FHIR_ERROR, FHIR_ERROR_BAD_REPLY);
  g_assert_true (fhir_error_is_outcome_unknown (error));
  g_clear_error (&error);
  fault_server_answer (fixture->server, 409, NULL, "");
  g_assert_null (await_operation (fixture->client, "Appointment/$book", parameters, &error));
  g_assert_error (error, FHIR_ERROR, FHIR_ERROR_CONFLICT);
  g_assert_false (fhir_error_is_outcome_unknown (error));
}

#define PAGE(next, id) \
  "{\"resourceType\":\"Bundle\",\"type\":\"searchset\",\"total\":3," next "\"entry\":[{\"resource\":{\"resourceType\":\"Slot\",\"id\":\"" id \
  "\"}}]}"
#define NEXT(url) "\"link\":[{\"relation\":\"next\",\"url\":\"" url "\"}],"

static void
test_pages (Fixture *fixture, gconstpointer data)
{
  g_autoptr (FhirSearch) search = fhir_search_new ("Slot");
  g_autoptr (FhirBundle) first = NULL, second = NULL, all = NULL, some = NULL;
  g_autoptr (GError) error = NULL;

  fault_server_answer (fixture->server, 200, NULL, PAGE (NEXT ("http://inside:99/fhir?_getpages=a%2Bb"), "1"));
  first = await_search (fixture->client, search, &error);
  g_assert_no_error (error);
  assert_sent (fixture, 0, "GET /fhir/Slot HTTP/1.1\r\n", "\r\nPrefer: handling=strict\r\n");
  fault_server_answer (fixture->server, 200, NULL, PAGE ("", "2"));
  second = await_search_next (fixture->client, first, &error);
  g_assert_no_error (error);
  assert_sent (fixture, 1, "GET /fhir?_getpages=a%2Bb HTTP/1.1\r\n", "");
  g_assert_null (await_search_next (fixture->client, second, &error));
  g_assert_error (error, FHIR_ERROR, FHIR_ERROR_NOT_FOUND);
  g_clear_error (&error);

  fault_server_answer (fixture->server, 200, NULL, PAGE (NEXT ("Slot?page=2"), "1"));
  fault_server_answer (fixture->server, 200, NULL, "{\"resourceType\":\"Bundle\"," NEXT ("Slot?page=3") "\"entry\":[]}");
  fault_server_answer (fixture->server, 200, NULL, PAGE ("", "2"));
  all = await_search_all (fixture->client, search, 0, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (fhir_bundle_get_matches (all)->len, ==, 2);
  g_assert_cmpint (fhir_bundle_get_total (all), ==, 3);

  fault_server_answer (fixture->server, 200, NULL, PAGE (NEXT ("Slot?page=2"), "1"));
  some = await_search_all (fixture->client, search, 1, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (fhir_bundle_get_matches (some)->len, ==, 1);
}

static void
test_bad_pages (Fixture *fixture, gconstpointer data)
{
  static const char *const replies[] = {
    PAGE (NEXT ("http://evil/collect"), "1"),
    PAGE ("", "1"), /* one of three, and no way to the others */
    "{\"resourceType\":\"OperationOutcome\"}",
    "{\"resourceType\":\"Slot\",\"id\":\"1\"}",
  };
  g_autoptr (FhirSearch) search = fhir_search_new ("Slot");
  g_autoptr (FhirBundle) page = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (replies); i++)
    {
      fault_server_answer (fixture->server, 200, NULL, replies[i]);
      g_assert_null (await_search_all (fixture->client, search, 0, &error));
      g_assert_error (error, FHIR_ERROR, FHIR_ERROR_BAD_REPLY);
      g_clear_error (&error);
    }

  /* In circles. */
  fault_server_answer (fixture->server, 200, NULL, PAGE (NEXT ("Slot?page=2"), "1"));
  fault_server_answer (fixture->server, 200, NULL, PAGE (NEXT ("Slot?page=2"), "2"));
  g_assert_null (await_search_all (fixture->client, search, 0, &error));
  g_assert_error (error, FHIR_ERROR, FHIR_ERROR_BAD_REPLY);
  g_clear_error (&error);

  fault_server_answer (fixture->server, 200, NULL, replies[0]);
  page = await_search (fixture->client, search, &error);
  g_assert_no_error (error);
  g_assert_null (await_search_next (fixture->client, page, &error));
  g_assert_error (error, FHIR_ERROR, FHIR_ERROR_BAD_REPLY);
}

static void
test_addresses (void)
{
  g_autoptr (FhirClient) client = fhir_client_new ("https://host/fhir/");
  g_autoptr (FhirClient) by_socket = fhir_client_new_for_socket ("/run/x");

  g_assert_cmpstr (fhir_client_get_base_url (client), ==, "https://host/fhir");
  g_assert_cmpstr (fhir_client_get_base_url (by_socket), ==, "http://localhost/fhir");
  g_assert_null (fhir_client_new ("gopher://host/fhir"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(path, function) g_test_add ("/fhir/client/" path, Fixture, NULL, set_up, function, tear_down)
  ADD ("capabilities", test_capabilities);
  ADD ("read", test_read);
  ADD ("history", test_history);
  ADD ("history-ends", test_history_ends);
  ADD ("create", test_create);
  ADD ("minimal", test_minimal);
  ADD ("update", test_update);
  ADD ("patch-and-delete", test_patch_and_delete);
  ADD ("operation", test_operation);
  ADD ("pages", test_pages);
  ADD ("bad-pages", test_bad_pages);
#undef ADD
  g_test_add_func ("/fhir/client/addresses", test_addresses);

  return g_test_run ();
}
