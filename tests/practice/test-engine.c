/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-engine"

/* practice-engine.c, practice-engine-read.c, practice-engine-write.c and practice-capability.c: every interaction, and
 * the code of every refusal. */

#include "practice/practice-engine.h"

#include <string.h>

#include "engine-fixture.h"

#define PATIENT "{'resourceType':'Patient','id':'p','identifier':[{'system':'urn:mrn','value':'1'}],'name':[{'family':'One'}]}"
#define PATIENT_NEW "{'resourceType':'Patient','identifier':[{'system':'urn:mrn','value':'1'}],'name':[{'family':'One'}]}"

static void
test_create (void)
{
  g_autoptr (EngineFixture) fixture = engine_fixture_new ();
  g_autofree char *url = NULL;
  const char *id;

  g_assert_cmpuint (engine_fixture_request (fixture, "POST", "Patient", PATIENT), ==, 201);
  id = practice_json_get_string (fixture->json, "id");
  /* The server gives the id, whatever the body says. */
  g_assert_cmpstr (id, !=, "p");
  g_assert_cmpstr (fixture->response.etag, ==, "W/\"1\"");
  g_assert_cmpint (fixture->response.last_modified, ==, fixture->now);
  url = g_strdup_printf ("Patient/%s", id);
  g_assert_true (g_str_has_prefix (fixture->response.location, url));
  g_assert_true (g_str_has_suffix (fixture->response.location, "/_history/1"));
  g_assert_cmpuint (engine_fixture_request (fixture, "GET", url, NULL), ==, 200);
  g_assert_cmpuint (engine_fixture_request (fixture, "HEAD", url, NULL), ==, 200);
}

/* What comes back is what went in, to the last digit and in the same order. */
static void
test_round_trip (void)
{
  static const char body[] =
    "{'resourceType':'Observation','id':'o','status':'final','code':{'text':'x'},"
    "'valueQuantity':{'value':1.10,'unit':'kg'},'extension':[{'url':'urn:own','valueDecimal':0.00100}]}";
  g_autoptr (EngineFixture) fixture = engine_fixture_new ();
  g_autofree char *expected = g_strdelimit (g_strndup (body, strlen (body) - 1), "'", '"');

  engine_fixture_put (fixture, body);
  g_assert_cmpuint (engine_fixture_request (fixture, "GET", "Observation/o", NULL), ==, 200);
  g_assert_true (g_str_has_prefix (fixture->response.body, expected));
}

static void
test_read (void)
{
  g_autoptr (EngineFixture) fixture = engine_fixture_new ();

  engine_fixture_put (fixture, PATIENT);
  fixture->if_none_match = "W/\"1\"";
  g_assert_cmpuint (engine_fixture_request (fixture, "GET", "Patient/p", NULL), ==, 304);
  g_assert_null (fixture->response.body);
  fixture->if_none_match = "W/\"2\"";
  g_assert_cmpuint (engine_fixture_request (fixture, "GET", "Patient/p", NULL), ==, 200);
  fixture->if_modified_since = "Tue, 10 Mar 2026 12:00:00 GMT";
  g_assert_cmpuint (engine_fixture_request (fixture, "GET", "Patient/p", NULL), ==, 304);
  fixture->if_modified_since = "Tue, 10 Mar 2026 11:59:59 GMT";
  g_assert_cmpuint (engine_fixture_request (fixture, "GET", "Patient/p", NULL), ==, 200);
  g_assert_cmpuint (engine_fixture_request (fixture, "GET", "Patient/q", NULL), ==, 404);
  g_assert_cmpstr (engine_fixture_get_code (fixture), ==, "not-found");
  g_assert_cmpuint (engine_fixture_request (fixture, "GET", "Patient/p/_history/1", NULL), ==, 200);
  g_assert_cmpuint (engine_fixture_request (fixture, "GET", "Patient/p/_history/2", NULL), ==, 404);
  g_assert_cmpuint (engine_fixture_request (fixture, "GET", "Patient/p/_history/x", NULL), ==, 404);
}

static void
test_update (void)
{
  g_autoptr (EngineFixture) fixture = engine_fixture_new ();

  g_assert_cmpuint (engine_fixture_request (fixture, "PUT", "Patient/p", PATIENT), ==, 201);
  g_assert_cmpuint (engine_fixture_request (fixture, "PUT", "Patient/p", PATIENT), ==, 200);
  g_assert_cmpstr (fixture->response.etag, ==, "W/\"2\"");

  fixture->if_match = "W/\"1\"";
  g_assert_cmpuint (engine_fixture_request (fixture, "PUT", "Patient/p", PATIENT), ==, 412);
  g_assert_cmpstr (engine_fixture_get_code (fixture), ==, "conflict");
  fixture->if_match = "W/\"2\"";
  g_assert_cmpuint (engine_fixture_request (fixture, "PUT", "Patient/p", PATIENT), ==, 200);
  fixture->if_match = "\"3\"";
  g_assert_cmpuint (engine_fixture_request (fixture, "PUT", "Patient/p", PATIENT), ==, 200);
  fixture->if_match = "W/\"1\"";
  g_assert_cmpuint (engine_fixture_request (fixture, "PUT", "Patient/new", "{'resourceType':'Patient','id':'new'}"), ==, 412);
  fixture->if_none_match = "*";
  g_assert_cmpuint (engine_fixture_request (fixture, "PUT", "Patient/p", PATIENT), ==, 412);
  fixture->if_none_match = "*";
  g_assert_cmpuint (engine_fixture_request (fixture, "PUT", "Patient/new", "{'resourceType':'Patient','id':'new'}"), ==, 201);

  g_assert_cmpuint (engine_fixture_request (fixture, "PUT", "Patient/other", PATIENT), ==, 400);
  g_assert_cmpuint (engine_fixture_request (fixture, "PUT", "Patient/other", PATIENT_NEW), ==, 400);
  g_assert_cmpuint (engine_fixture_request (fixture, "PUT", "Practitioner/p", PATIENT), ==, 400);
  g_assert_cmpuint (engine_fixture_request (fixture, "PUT", "Patient/bad_id", "{'resourceType':'Patient','id':'bad_id'}"), ==, 400);
}

static void
test_delete (void)
{
  g_autoptr (EngineFixture) fixture = engine_fixture_new ();

  engine_fixture_put (fixture, PATIENT);
  fixture->if_match = "W/\"7\"";
  g_assert_cmpuint (engine_fixture_request (fixture, "DELETE", "Patient/p", NULL), ==, 412);
  g_assert_cmpuint (engine_fixture_request (fixture, "DELETE", "Patient/p", NULL), ==, 204);
  g_assert_cmpuint (engine_fixture_request (fixture, "DELETE", "Patient/p", NULL), ==, 204);
  g_assert_cmpuint (engine_fixture_request (fixture, "DELETE", "Patient/never", NULL), ==, 204);
  g_assert_cmpuint (engine_fixture_request (fixture, "GET", "Patient/p", NULL), ==, 410);
  g_assert_cmpstr (engine_fixture_get_code (fixture), ==, "deleted");
  g_assert_cmpuint (engine_fixture_request (fixture, "GET", "Patient/p/_history/1", NULL), ==, 200);
  g_assert_cmpuint (engine_fixture_request (fixture, "GET", "Patient/p/_history/2", NULL), ==, 410);
  /* It can come back, and its versions go on. */
  g_assert_cmpuint (engine_fixture_request (fixture, "PUT", "Patient/p", PATIENT), ==, 201);
  g_assert_cmpstr (fixture->response.etag, ==, "W/\"3\"");
}

static void
test_prefer (void)
{
  g_autoptr (EngineFixture) fixture = engine_fixture_new ();

  fixture->prefer = "return=minimal";
  g_assert_cmpuint (engine_fixture_request (fixture, "POST", "Patient", PATIENT), ==, 201);
  g_assert_null (fixture->response.body);
  fixture->prefer = "return=OperationOutcome";
  g_assert_cmpuint (engine_fixture_request (fixture, "POST", "Patient", PATIENT), ==, 201);
  g_assert_cmpstr (practice_json_get_string (fixture->json, "resourceType"), ==, "OperationOutcome");
  fixture->prefer = "return=representation";
  g_assert_cmpuint (engine_fixture_request (fixture, "POST", "Patient", PATIENT), ==, 201);
  g_assert_cmpstr (practice_json_get_string (fixture->json, "resourceType"), ==, "Patient");
}

static void
test_conditional_create (void)
{
  g_autoptr (EngineFixture) fixture = engine_fixture_new ();

  fixture->if_none_exist = "identifier=urn:mrn|1";
  g_assert_cmpuint (engine_fixture_request (fixture, "POST", "Patient", PATIENT), ==, 201);
  fixture->if_none_exist = "identifier=urn:mrn|1";
  g_assert_cmpuint (engine_fixture_request (fixture, "POST", "Patient", PATIENT), ==, 200);
  g_assert_cmpint (engine_fixture_count (fixture, "Patient"), ==, 1);
  g_assert_cmpuint (engine_fixture_request (fixture, "POST", "Patient", PATIENT), ==, 201);
  fixture->if_none_exist = "identifier=urn:mrn|1";
  g_assert_cmpuint (engine_fixture_request (fixture, "POST", "Patient", PATIENT), ==, 412);
  g_assert_cmpstr (engine_fixture_get_code (fixture), ==, "multiple-matches");
  /* What the server does not understand must not match everything. */
  fixture->if_none_exist = "identifire=urn:mrn|1";
  g_assert_cmpuint (engine_fixture_request (fixture, "POST", "Patient", PATIENT), ==, 400);
  fixture->if_none_exist = "";
  g_assert_cmpuint (engine_fixture_request (fixture, "POST", "Patient", PATIENT), ==, 412);
  g_assert_cmpint (engine_fixture_count (fixture, "Patient"), ==, 2);
}

static void
test_conditional_update (void)
{
  g_autoptr (EngineFixture) fixture = engine_fixture_new ();
  const char *url = "Patient?identifier=urn:mrn%7C1";

  g_assert_cmpuint (engine_fixture_request (fixture, "PUT", url, PATIENT_NEW), ==, 201);
  g_assert_cmpuint (engine_fixture_request (fixture, "PUT", url, PATIENT_NEW), ==, 200);
  g_assert_cmpstr (fixture->response.etag, ==, "W/\"2\"");
  g_assert_cmpuint (engine_fixture_request (fixture, "PUT", url, PATIENT), ==, 400);
  g_assert_cmpint (engine_fixture_count (fixture, "Patient"), ==, 1);
  g_assert_cmpuint (engine_fixture_request (fixture, "POST", "Patient", PATIENT_NEW), ==, 201);
  g_assert_cmpuint (engine_fixture_request (fixture, "PUT", url, PATIENT_NEW), ==, 412);
  g_assert_cmpuint (engine_fixture_request (fixture, "PUT", "Patient", PATIENT_NEW), ==, 412);
  g_assert_cmpuint (engine_fixture_request (fixture, "DELETE", url, NULL), ==, 412);
  g_assert_cmpuint (engine_fixture_request (fixture, "DELETE", "Patient?identifier=none", NULL), ==, 204);
  g_assert_cmpuint (engine_fixture_request (fixture, "DELETE", "Patient?_id=none&identifier=urn:mrn%7C1", NULL), ==, 204);
  g_assert_cmpint (engine_fixture_count (fixture, "Patient"), ==, 2);
  g_assert_cmpuint (engine_fixture_request (fixture, "PUT", "Patient?identifier=urn:mrn%7C9", PATIENT), ==, 201);
  g_assert_cmpuint (engine_fixture_request (fixture, "PUT", "Patient?identifier=urn:mrn%7C9", PATIENT), ==, 409);
}

static void
test_patch (void)
{
  g_autoptr (EngineFixture) fixture = engine_fixture_new ();
  const char *patch = "[{'op':'add','path':'/gender','value':'female'}]";

  engine_fixture_put (fixture, PATIENT);
  g_assert_cmpuint (engine_fixture_request (fixture, "PATCH", "Patient/p", patch), ==, 415);
  fixture->content_type = "application/json-patch+json";
  g_assert_cmpuint (engine_fixture_request (fixture, "PATCH", "Patient/p", patch), ==, 200);
  g_assert_cmpstr (practice_json_get_string (fixture->json, "gender"), ==, "female");
  fixture->content_type = "application/json-patch+json";
  fixture->if_match = "W/\"1\"";
  g_assert_cmpuint (engine_fixture_request (fixture, "PATCH", "Patient/p", patch), ==, 412);
  fixture->content_type = "application/json-patch+json";
  g_assert_cmpuint (engine_fixture_request (fixture, "PATCH", "Patient/none", patch), ==, 404);
  fixture->content_type = "application/json-patch+json";
  g_assert_cmpuint (engine_fixture_request (fixture, "PATCH", "Patient/p", "[{'op':'replace','path':'/id','value':'q'}]"), ==, 422);
  fixture->content_type = "application/json-patch+json";
  g_assert_cmpuint (engine_fixture_request (fixture, "PATCH", "Patient/p", "[{'op':'add','path':'/birthDate','value':7}]"), ==, 400);
  fixture->content_type = "application/json-patch+json";
  g_assert_cmpuint (engine_fixture_request (fixture, "PATCH", "Patient?identifier=urn:mrn%7C1",
                                            "[{'op':'remove','path':'/gender'}]"), ==, 200);
  fixture->content_type = "application/json-patch+json";
  g_assert_cmpuint (engine_fixture_request (fixture, "PATCH", "Patient?identifier=none", patch), ==, 404);
  g_assert_cmpuint (engine_fixture_request (fixture, "GET", "Patient/p", NULL), ==, 200);
  g_assert_cmpstr (fixture->response.etag, ==, "W/\"3\"");
}

static void
test_history (void)
{
  g_autoptr (EngineFixture) fixture = engine_fixture_new ();
  PracticeJson *entries, *first;
  g_autofree char *next = NULL;

  for (int i = 0; i < 3; i++)
    {
      engine_fixture_put (fixture, PATIENT);
      fixture->now += G_TIME_SPAN_MINUTE;
    }
  g_assert_cmpuint (engine_fixture_request (fixture, "DELETE", "Patient/p", NULL), ==, 204);

  g_assert_cmpuint (engine_fixture_request (fixture, "GET", "Patient/p/_history", NULL), ==, 200);
  entries = practice_json_get_array (fixture->json, "entry");
  first = json_object_array_get_idx (entries, 0);
  g_assert_cmpuint (json_object_array_length (entries), ==, 4);
  g_assert_null (practice_json_get_object (first, "resource"));
  g_assert_cmpstr (practice_json_get_string (practice_json_get_object (first, "request"), "method"), ==, "DELETE");

  g_assert_cmpuint (engine_fixture_request (fixture, "GET", "Patient/_history?_count=3", NULL), ==, 200);
  g_assert_cmpuint (json_object_array_length (practice_json_get_array (fixture->json, "entry")), ==, 3);
  next = g_strdup (engine_fixture_get_link (fixture, "next"));
  g_assert_nonnull (next);
  g_assert_cmpuint (engine_fixture_request (fixture, "GET", next, NULL), ==, 200);
  g_assert_cmpuint (json_object_array_length (practice_json_get_array (fixture->json, "entry")), ==, 1);
  g_assert_null (engine_fixture_get_link (fixture, "next"));

  g_assert_cmpuint (engine_fixture_request (fixture, "GET", "_history?_since=2026-03-10T12:02:00Z", NULL), ==, 200);
  g_assert_cmpuint (json_object_array_length (practice_json_get_array (fixture->json, "entry")), ==, 2);
  g_assert_cmpuint (engine_fixture_request (fixture, "GET", "Patient/none/_history", NULL), ==, 404);
  g_assert_cmpuint (engine_fixture_request (fixture, "GET", "_history?_since=x", NULL), ==, 400);
  g_assert_cmpuint (engine_fixture_request (fixture, "GET", "_history?_page=-1", NULL), ==, 400);
}

static void
test_refusals (void)
{
  static const struct
  {
    const char *method, *url, *body;
    guint status;
  } cases[] = {
    { "GET", "Nothing/1", NULL, 404 },
    { "GET", "nothing", NULL, 404 },
    { "GET", "Patient/1/Appointment", NULL, 404 },
    { "GET", "Patient/1/_history/1/2", NULL, 404 },
    { "GET", "Patient/a%20b", NULL, 404 },
    { "GET", "", NULL, 400 },
    { "PUT", "", "{}", 405 },
    { "POST", "Patient/1", "{}", 405 },
    { "POST", "metadata", "{}", 405 },
    { "DELETE", "_history", NULL, 405 },
    { "TRACE", "Patient", NULL, 405 },
    { "POST", "Patient", NULL, 400 },
    { "POST", "Patient", "[]", 400 },
    { "POST", "Patient", "{'resourceType':'Pati", 400 },
    { "POST", "Patient", "{'resourceType':'Slot'}", 400 },
    { "POST", "Patient", "{'resourceType':'Patient','gender':'purple'}", 422 },
    { "POST", "Slot", "{'resourceType':'Slot','status':'free'}", 422 },
    { "POST", "Patient", "{'resourceType':'Patient','birthDate':'1980-99-99'}", 400 },
    { "POST", "Patient", "{'resourceType':'Patient','colour':'red'}", 400 },
    { "GET", "Patient/$nothing", NULL, 404 },
    { "GET", "Patient/$everything", NULL, 404 },
    { "DELETE", "Appointment/$find", NULL, 405 },
    { "GET", "Appointment/$book", NULL, 405 },
  };
  g_autoptr (EngineFixture) fixture = engine_fixture_new ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      guint status = engine_fixture_request (fixture, cases[i].method, cases[i].url, cases[i].body);

      if (status != cases[i].status)
        g_error ("%s %s %s: %u %s", cases[i].method, cases[i].url, cases[i].body, status, fixture->response.body);
      g_assert_cmpstr (practice_json_get_string (fixture->json, "resourceType"), ==, "OperationOutcome");
    }
  fixture->content_type = "application/fhir+xml";
  g_assert_cmpuint (engine_fixture_request (fixture, "POST", "Patient", PATIENT), ==, 415);
  g_assert_cmpint (engine_fixture_count (fixture, NULL), ==, 0);
}

static void
test_capability (void)
{
  g_autoptr (EngineFixture) fixture = engine_fixture_new ();
  PracticeJson *resources;
  guint appointments = 0;

  g_assert_cmpuint (engine_fixture_request (fixture, "GET", "metadata", NULL), ==, 200);
  g_assert_cmpstr (practice_json_get_string (fixture->json, "fhirVersion"), ==, "4.0.1");
  resources = practice_json_get_array (json_object_array_get_idx (practice_json_get_array (fixture->json, "rest"), 0), "resource");
  g_assert_cmpuint (json_object_array_length (resources), >, 140);
  for (gsize i = 0; i < json_object_array_length (resources); i++)
    {
      PracticeJson *resource = json_object_array_get_idx (resources, i);

      if (strcmp (practice_json_get_string (resource, "type"), "Appointment") == 0)
        {
          appointments++;
          g_assert_cmpuint (json_object_array_length (practice_json_get_array (resource, "operation")), ==, 3);
          g_assert_cmpuint (json_object_array_length (practice_json_get_array (resource, "searchParam")), >, 15);
        }
    }
  g_assert_cmpuint (appointments, ==, 1);
  /* It is itself a resource that the server would take. */
  {
    g_autoptr (PracticeOutcome) outcome = practice_outcome_new ();

    practice_spec_validate (fixture->json, "CapabilityStatement", outcome);
    g_assert_cmpstr (practice_outcome_get_first_text (outcome), ==, NULL);
  }
}

static void
test_read_only (void)
{
  static const struct
  {
    const char *method, *path;
    gboolean reads;
  } cases[] = {
    { "GET", "Patient", TRUE },           { "HEAD", "Patient/1", TRUE },     { "POST", "Patient/_search", TRUE },
    { "POST", "Appointment/$find", TRUE }, { "POST", "Appointment/$book", FALSE }, { "POST", "", FALSE },
    { "PUT", "Patient/1", FALSE },        { "DELETE", "Patient/1", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      const PracticeRequest request = { .method = cases[i].method, .path = cases[i].path };

      g_assert_cmpint (practice_request_is_read_only (&request), ==, cases[i].reads);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/practice/engine/create", test_create);
  g_test_add_func ("/practice/engine/round-trip", test_round_trip);
  g_test_add_func ("/practice/engine/read", test_read);
  g_test_add_func ("/practice/engine/update", test_update);
  g_test_add_func ("/practice/engine/delete", test_delete);
  g_test_add_func ("/practice/engine/prefer", test_prefer);
  g_test_add_func ("/practice/engine/conditional-create", test_conditional_create);
  g_test_add_func ("/practice/engine/conditional-update", test_conditional_update);
  g_test_add_func ("/practice/engine/patch", test_patch);
  g_test_add_func ("/practice/engine/history", test_history);
  g_test_add_func ("/practice/engine/refusals", test_refusals);
  g_test_add_func ("/practice/engine/capability", test_capability);
  g_test_add_func ("/practice/engine/read-only", test_read_only);
  return g_test_run ();
}
