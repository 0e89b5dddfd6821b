/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-bundle"

/* Batches of practice-bundle.c and transactions of practice-transaction.c, with
 * practice-rule-overlap.c: what refers to what, in which order, and all or nothing. */

#include "practice/practice-engine.h"

#include <string.h>

#include "engine-fixture.h"

#define BUNDLE(type, entries) "{'resourceType':'Bundle','type':'" type "','entry':[" entries "]}"
#define SLOT(id, status)                                                                                       \
  "{'resourceType':'Slot','id':'" id "','schedule':{'reference':'Schedule/s'},'status':'" status "',"          \
  "'start':'2026-03-11T09:00:00Z','end':'2026-03-11T09:15:00Z'}"
#define PUT_SLOT(id, status, etag) "{'resource':" SLOT (id, status) ",'request':{'method':'PUT','url':'Slot/" id "','ifMatch':" etag "}}"
#define VISIT(code)                                                                                            \
  "{'fullUrl':'urn:uuid:visit','resource':{'resourceType':'Appointment','identifier':[{'system':'urn:b','value':'" code "'}]," \
  "'status':'booked','start':'2026-03-11T09:00:00Z','end':'2026-03-11T09:30:00Z',"                             \
  "'slot':[{'reference':'Slot/a'},{'reference':'Slot/b'}],"                                                    \
  "'participant':[{'actor':{'reference':'Patient/p'},'status':'accepted'}]},"                                  \
  "'request':{'method':'POST','url':'Appointment','ifNoneExist':'identifier=urn:b|" code "'}}"
#define PROVENANCE                                                                                             \
  "{'resource':{'resourceType':'Provenance','target':[{'reference':'urn:uuid:visit'}],'recorded':'2026-03-10T12:00:00Z'," \
  "'agent':[{'who':{'display':'desk'}}]},'request':{'method':'POST','url':'Provenance'}}"
/* ETags hold double quotes, which single-quoted test JSON cannot: the version alone is taken as well. */
#define BOOKING(code, a, b) BUNDLE ("transaction", PROVENANCE "," PUT_SLOT ("a", "busy", a) "," PUT_SLOT ("b", "busy", b) "," VISIT (code))

static PracticeJson *
get_entry (EngineFixture *fixture, guint i)
{
  return json_object_array_get_idx (practice_json_get_array (fixture->json, "entry"), i);
}

static const char *
get_response (EngineFixture *fixture, guint i, const char *member)
{
  return practice_json_get_string (practice_json_get_object (get_entry (fixture, i), "response"), member);
}

static EngineFixture *
new_clinic (void)
{
  EngineFixture *fixture = engine_fixture_new ();

  engine_fixture_put (fixture, "{'resourceType':'Patient','id':'p','identifier':[{'value':'known'}]}");
  engine_fixture_put (fixture, SLOT ("a", "free"));
  engine_fixture_put (fixture, SLOT ("b", "free"));
  return fixture;
}

static void
assert_nothing_booked (EngineFixture *fixture)
{
  g_assert_cmpint (engine_fixture_count (fixture, "Appointment"), ==, 0);
  g_assert_cmpint (engine_fixture_count (fixture, "Provenance"), ==, 0);
  engine_fixture_assert_found (fixture, "Slot?status=free", "a b");
  engine_fixture_assert_found (fixture, "Slot?status=busy", "");
}

static void
test_booking (void)
{
  g_autoptr (EngineFixture) fixture = new_clinic ();
  g_autofree char *visit = NULL;
  const char *location;

  g_assert_cmpuint (engine_fixture_request (fixture, "POST", "", BOOKING ("1", "'1'", "'1'")), ==, 200);
  g_assert_cmpstr (practice_json_get_string (fixture->json, "type"), ==, "transaction-response");
  /* In the order of the request, whatever the order of the work was. */
  g_assert_cmpstr (get_response (fixture, 0, "status"), ==, "201 Created");
  g_assert_cmpstr (get_response (fixture, 1, "status"), ==, "200 OK");
  g_assert_cmpstr (get_response (fixture, 1, "etag"), ==, "W/\"2\"");
  g_assert_cmpstr (get_response (fixture, 2, "location"), ==, "Slot/b/_history/2");
  g_assert_cmpstr (get_response (fixture, 3, "status"), ==, "201 Created");
  g_assert_cmpstr (get_response (fixture, 3, "lastModified"), ==, "2026-03-10T12:00:00.000Z");
  location = get_response (fixture, 3, "location");
  visit = g_strndup (location, strstr (location, "/_history") - location);

  {
    g_autofree char *query = g_strdup_printf ("Provenance?target=%s", visit);
    g_autofree char *found = engine_fixture_find (fixture, query);

    g_assert_cmpuint (strlen (found), ==, 36);
  }
}

/* A repeat after a lost answer books nothing twice, and says so by what it answers. */
static void
test_booking_again (void)
{
  g_autoptr (EngineFixture) fixture = new_clinic ();

  g_assert_cmpuint (engine_fixture_request (fixture, "POST", "", BOOKING ("1", "'1'", "'1'")), ==, 200);
  g_assert_cmpuint (engine_fixture_request (fixture, "POST", "", BOOKING ("1", "'1'", "'1'")), ==, 412);
  g_assert_cmpint (engine_fixture_count (fixture, "Appointment"), ==, 1);
  g_assert_cmpuint (engine_fixture_request (fixture, "POST", "", BUNDLE ("transaction", VISIT ("1"))), ==, 200);
  g_assert_cmpstr (get_response (fixture, 0, "status"), ==, "200 OK");
  g_assert_cmpint (engine_fixture_count (fixture, "Appointment"), ==, 1);
}

/* Every way to fail leaves everything as it was. */
static void
test_all_or_nothing (void)
{
  static const struct
  {
    const char *bundle;
    guint status;
  } cases[] = {
    { BOOKING ("1", "'1'", "'7'"), 412 },
    { BOOKING ("1", "'7'", "'1'"), 412 },
    { BUNDLE ("transaction", VISIT ("1") "," PUT_SLOT ("a", "purple", "'1'")), 422 },
    { BUNDLE ("transaction", VISIT ("1") ",{'request':{'method':'GET','url':'Patient/none'}}"), 404 },
    { BUNDLE ("transaction", VISIT ("1") ",{'request':{'method':'GET','url':'Nothing/1'}}"), 404 },
    { BUNDLE ("transaction", VISIT ("1") "," VISIT ("1")), 400 },
    { BUNDLE ("transaction", VISIT ("1") "," PUT_SLOT ("a", "busy", "'1'") "," PUT_SLOT ("a", "busy", "'1'")), 400 },
    { BUNDLE ("transaction", VISIT ("1") ",{'resource':{'resourceType':'Flag'},'request':{'method':'POST'}}"), 400 },
    { BUNDLE ("transaction", VISIT ("1") ",{'resource':{'resourceType':'Flag'},'request':{'method':'POST','url':'Patient'}}"), 400 },
    { BUNDLE ("transaction", VISIT ("1") ",{'request':{'method':'PUT','url':'Patient/x'}}"), 400 },
    { BUNDLE ("transaction", VISIT ("1") ",7"), 400 },
    { BUNDLE ("transaction", VISIT ("1") ",{'resource':{'resourceType':'Basic','code':{'text':'x'},"
              "'subject':{'reference':'Patient?identifier=nobody'}},'request':{'method':'POST','url':'Basic'}}"), 412 },
    { BUNDLE ("transaction", VISIT ("1") ",{'resource':" BUNDLE ("batch", "") ",'request':{'method':'POST','url':''}}"), 400 },
    { BUNDLE ("history", VISIT ("1")), 400 },
    { VISIT ("1"), 400 },
  };
  g_autoptr (EngineFixture) fixture = new_clinic ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      guint status = engine_fixture_request (fixture, "POST", "", cases[i].bundle);

      if (status != cases[i].status)
        g_error ("%s: %u %s", cases[i].bundle, status, fixture->response.body);
      g_assert_cmpstr (practice_json_get_string (fixture->json, "resourceType"), ==, "OperationOutcome");
      assert_nothing_booked (fixture);
    }
}

/* DELETE, POST, PUT, GET: a read sees all of it, a search as well. */
static void
test_order (void)
{
  static const char bundle[] = BUNDLE ("transaction",
    "{'request':{'method':'GET','url':'Flag?_summary=count'}},"
    "{'request':{'method':'GET','url':'Patient/q'}},"
    "{'resource':{'resourceType':'Patient','id':'q','active':true},'request':{'method':'PUT','url':'Patient/q'}},"
    "{'resource':{'resourceType':'Flag','status':'active','code':{'text':'x'},'subject':{'reference':'Patient/q'}},"
    "'request':{'method':'POST','url':'Flag'}},"
    "{'request':{'method':'DELETE','url':'Patient/p'}}");
  g_autoptr (EngineFixture) fixture = new_clinic ();
  PracticeJson *count;

  g_assert_cmpuint (engine_fixture_request (fixture, "POST", "", bundle), ==, 200);
  count = practice_json_get_object (get_entry (fixture, 0), "resource");
  g_assert_cmpint (json_object_get_int (json_object_object_get (count, "total")), ==, 1);
  g_assert_cmpstr (practice_json_get_string (practice_json_get_object (get_entry (fixture, 1), "resource"), "id"), ==, "q");
  g_assert_cmpstr (get_response (fixture, 4, "status"), ==, "204 No Content");
  g_assert_cmpuint (engine_fixture_request (fixture, "GET", "Patient/p", NULL), ==, 410);
}

static void
test_references (void)
{
  static const char bundle[] = BUNDLE ("transaction",
    /* By criteria, to what another entry makes; the criteria come first in the Bundle. */
    "{'resource':{'resourceType':'Basic','code':{'text':'a'},'subject':{'reference':'Patient?identifier=fresh'}},"
    "'request':{'method':'POST','url':'Basic'}},"
    "{'fullUrl':'urn:uuid:1','resource':{'resourceType':'Patient','identifier':[{'value':'fresh'}],"
    "'link':[{'other':{'reference':'urn:uuid:2'},'type':'seealso'}]},'request':{'method':'POST','url':'Patient'}},"
    "{'fullUrl':'urn:uuid:2','resource':{'resourceType':'Patient','link':[{'other':{'reference':'urn:uuid:1'},'type':'seealso'}]},"
    "'request':{'method':'POST','url':'Patient'}},"
    /* By the URL of where it comes from. */
    "{'fullUrl':'http://old/fhir/Practitioner/9','resource':{'resourceType':'Practitioner','id':'9'},'request':{'method':'POST','url':'Practitioner'}},"
    "{'resource':{'resourceType':'PractitionerRole','id':'r','practitioner':{'reference':'Practitioner/9'}},"
    "'request':{'method':'PUT','url':'PractitionerRole/r'}},"
    /* An update by criteria is found by its fullUrl, too. */
    "{'fullUrl':'urn:uuid:3','resource':{'resourceType':'Patient','identifier':[{'value':'known'}],'active':true},"
    "'request':{'method':'PUT','url':'Patient?identifier=known'}},"
    "{'resource':{'resourceType':'Flag','id':'f','status':'active','code':{'text':'x'},'subject':{'reference':'urn:uuid:3'}},"
    "'request':{'method':'PUT','url':'Flag/f'}}");
  g_autoptr (EngineFixture) fixture = new_clinic ();
  g_autofree char *fresh = NULL;
  g_autofree char *query = NULL;
  g_autofree char *basics = NULL;
  g_autofree char *linked = NULL;
  g_autofree char *practitioner = NULL;
  g_autofree char *role_query = NULL;

  if (engine_fixture_request (fixture, "POST", "", bundle) != 200)
    g_error ("%s", fixture->response.body);
  practitioner = g_strndup (get_response (fixture, 3, "location"), strlen ("Practitioner/") + 36);
  fresh = engine_fixture_find (fixture, "Patient?identifier=fresh");
  query = g_strdup_printf ("Basic?subject=Patient/%s", fresh);
  basics = engine_fixture_find (fixture, query);
  g_assert_cmpuint (strlen (basics), ==, 36);
  g_free (query);
  query = g_strdup_printf ("Patient?link=Patient/%s&_count=5", fresh);
  linked = engine_fixture_find (fixture, query);
  g_assert_cmpuint (strlen (linked), ==, 36);
  g_assert_cmpstr (linked, !=, fresh);
  role_query = g_strdup_printf ("PractitionerRole?practitioner=%s", practitioner);
  engine_fixture_assert_found (fixture, role_query, "r");
  engine_fixture_assert_found (fixture, "Flag?patient=Patient/p", "f");
  g_assert_cmpuint (engine_fixture_request (fixture, "GET", "Patient/p/_history/2", NULL), ==, 200);
}

/* A reference that nothing in the Bundle resolves leads nowhere for ever: nothing is stored, and it is named. */
static void
test_lost_reference (void)
{
  static const char *const references[] = { "urn:uuid:11111111-2222-3333-4444-555555555555", "urn:oid:1.2.3" };
  g_autoptr (EngineFixture) fixture = new_clinic ();

  for (guint i = 0; i < G_N_ELEMENTS (references); i++)
    {
      g_autofree char *body = g_strdup_printf (
        BUNDLE ("transaction",
                "{'resource':{'resourceType':'Basic','id':'b','code':{'text':'x'}},'request':{'method':'PUT','url':'Basic/b'}},"
                "{'resource':{'resourceType':'Flag','id':'f','status':'active','code':{'text':'x'},'subject':{'reference':'%s'}},"
                "'request':{'method':'PUT','url':'Flag/f'}}"), references[i]);

      g_assert_cmpuint (engine_fixture_request (fixture, "POST", "", body), ==, 400);
      g_assert_cmpstr (engine_fixture_get_code (fixture), ==, "not-found");
      g_assert_nonnull (strstr (fixture->response.body, references[i]));
      g_assert_nonnull (strstr (fixture->response.body, "Bundle.entry[1]"));
      g_assert_cmpint (engine_fixture_count (fixture, "Flag"), ==, 0);
      g_assert_cmpint (engine_fixture_count (fixture, "Basic"), ==, 0);
    }
}

/* What a document says inside is its own affair. */
static void
test_document (void)
{
  g_autoptr (EngineFixture) fixture = new_clinic ();

  g_assert_cmpuint (engine_fixture_request (fixture, "POST", "",
    BUNDLE ("transaction",
            "{'resource':{'resourceType':'Bundle','type':'collection','entry':[{'fullUrl':'urn:uuid:a','resource':"
            "{'resourceType':'Flag','status':'active','code':{'text':'x'},'subject':{'reference':'urn:uuid:b'}}}]},"
            "'request':{'method':'POST','url':'Bundle'}}")), ==, 200);
  g_assert_cmpint (engine_fixture_count (fixture, "Bundle"), ==, 1);
}

/* One visit of @patient in a transaction of its own, at the minutes given of nine o'clock. */
static guint
put_visit (EngineFixture *fixture, const char *id, const char *patient, const char *status, const char *minutes,
           const char *more)
{
  g_autofree char *body = g_strdup_printf (
    BUNDLE ("transaction", "{'resource':{'resourceType':'Appointment','id':'%s','status':'%s',%s'start':'2026-03-11T09:%.2s:00Z',"
            "'end':'2026-03-11T09:%s:00Z','participant':[{'actor':{'reference':'Patient/%s'},'status':'accepted'}]},"
            "'request':{'method':'PUT','url':'Appointment/%s'}}"),
    id, status, more, minutes, minutes + 3, patient, id);

  return engine_fixture_request (fixture, "POST", "", body);
}

/* Nobody is at two places at once, unless on purpose; whatever was so before may go on. */
static void
test_overlap (void)
{
  g_autoptr (EngineFixture) fixture = new_clinic ();

  g_assert_cmpuint (put_visit (fixture, "one", "p", "booked", "00-30", ""), ==, 200);
  g_assert_cmpuint (put_visit (fixture, "two", "p", "booked", "15-45", ""), ==, 409);
  g_assert_cmpstr (engine_fixture_get_code (fixture), ==, "conflict");
  g_assert_cmpint (engine_fixture_count (fixture, "Appointment"), ==, 1);
  g_assert_cmpuint (put_visit (fixture, "next", "p", "booked", "30-45", ""), ==, 200);
  g_assert_cmpuint (put_visit (fixture, "other", "q", "booked", "00-30", ""), ==, 200);
  g_assert_cmpuint (put_visit (fixture, "called-off", "p", "cancelled", "00-30", ""), ==, 200);
  g_assert_cmpuint (put_visit (fixture, "beside", "p", "booked", "00-30",
                               "'extension':[{'url':'urn:reception:overbooked','valueString':'x'}],"), ==, 200);
  /* What is there, and stands beside another on purpose, goes on. */
  g_assert_cmpuint (put_visit (fixture, "one", "p", "arrived", "00-30", ""), ==, 200);
  g_assert_cmpuint (put_visit (fixture, "one", "p", "booked", "15-45", ""), ==, 409);

  /* A single write of another program is its own affair; the visits that overlap by it can still go on. */
  engine_fixture_put (fixture, "{'resourceType':'Appointment','id':'foreign','status':'booked','start':'2026-03-11T09:10:00Z',"
                               "'end':'2026-03-11T09:20:00Z','participant':[{'actor':{'reference':'Patient/p'},'status':'accepted'}]}");
  g_assert_cmpuint (put_visit (fixture, "one", "p", "checked-in", "00-30", ""), ==, 200);
}

static void
test_patch_entry (void)
{
  /* [{"op":"replace","path":"/status","value":"busy"}] */
  static const char bundle[] = BUNDLE ("transaction",
    "{'resource':{'resourceType':'Binary','contentType':'application/json-patch+json',"
    "'data':'W3sib3AiOiJyZXBsYWNlIiwicGF0aCI6Ii9zdGF0dXMiLCJ2YWx1ZSI6ImJ1c3kifV0='},"
    "'request':{'method':'PATCH','url':'Slot/a','ifMatch':'1'}}");
  g_autoptr (EngineFixture) fixture = new_clinic ();

  g_assert_cmpuint (engine_fixture_request (fixture, "POST", "", bundle), ==, 200);
  engine_fixture_assert_found (fixture, "Slot?status=busy", "a");
  g_assert_cmpuint (engine_fixture_request (fixture, "POST", "", bundle), ==, 412);
}

/* The only visit that there is, so that its patient can have another. */
static void
assert_cancelled (EngineFixture *fixture)
{
  g_autofree char *id = engine_fixture_find (fixture, "Appointment");
  g_autofree char *url = g_strconcat ("Appointment/", id, NULL);

  fixture->content_type = "application/json-patch+json";
  g_assert_cmpuint (engine_fixture_request (fixture, "PATCH", url, "[{'op':'replace','path':'/status','value':'cancelled'}]"),
                    ==, 200);
}

static void
test_prefer (void)
{
  g_autoptr (EngineFixture) fixture = new_clinic ();

  g_assert_cmpuint (engine_fixture_request (fixture, "POST", "", BUNDLE ("transaction", VISIT ("1"))), ==, 200);
  g_assert_null (practice_json_get_object (get_entry (fixture, 0), "resource"));
  assert_cancelled (fixture);
  fixture->prefer = "return=representation";
  g_assert_cmpuint (engine_fixture_request (fixture, "POST", "", BUNDLE ("transaction", VISIT ("2"))), ==, 200);
  g_assert_nonnull (practice_json_get_object (get_entry (fixture, 0), "resource"));
}

/* Each for itself; the ones that fail say why. */
static void
test_batch (void)
{
  g_autoptr (EngineFixture) fixture = new_clinic ();

  g_assert_cmpuint (engine_fixture_request (fixture, "POST", "",
                                            BUNDLE ("batch", PUT_SLOT ("a", "busy", "'9'") "," PUT_SLOT ("b", "busy", "'1'") ","
                                                    "{'request':{'method':'GET','url':'Slot/b'}},"
                                                    "{'request':{'method':'GET','url':'Slot?status=busy'}},"
                                                    "{'request':{'method':'GET','url':'Slot/none'}}")),
                    ==, 200);
  g_assert_cmpstr (practice_json_get_string (fixture->json, "type"), ==, "batch-response");
  g_assert_cmpstr (get_response (fixture, 0, "status"), ==, "412");
  g_assert_nonnull (practice_json_get_object (practice_json_get_object (get_entry (fixture, 0), "response"), "outcome"));
  g_assert_cmpstr (get_response (fixture, 1, "status"), ==, "200 OK");
  g_assert_cmpstr (practice_json_get_string (practice_json_get_object (get_entry (fixture, 2), "resource"), "status"), ==, "busy");
  g_assert_nonnull (practice_json_get_object (get_entry (fixture, 3), "resource"));
  g_assert_cmpstr (get_response (fixture, 4, "status"), ==, "404");
  engine_fixture_assert_found (fixture, "Slot?status=busy", "b");
}

static void
test_empty (void)
{
  g_autoptr (EngineFixture) fixture = engine_fixture_new ();

  g_assert_cmpuint (engine_fixture_request (fixture, "POST", "", "{'resourceType':'Bundle','type':'transaction'}"), ==, 200);
  g_assert_cmpuint (engine_fixture_request (fixture, "POST", "", "{'resourceType':'Bundle'}"), ==, 400);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/practice/bundle/booking", test_booking);
  g_test_add_func ("/practice/bundle/booking-again", test_booking_again);
  g_test_add_func ("/practice/bundle/all-or-nothing", test_all_or_nothing);
  g_test_add_func ("/practice/bundle/order", test_order);
  g_test_add_func ("/practice/bundle/references", test_references);
  g_test_add_func ("/practice/bundle/lost-reference", test_lost_reference);
  g_test_add_func ("/practice/bundle/document", test_document);
  g_test_add_func ("/practice/bundle/overlap", test_overlap);
  g_test_add_func ("/practice/bundle/patch-entry", test_patch_entry);
  g_test_add_func ("/practice/bundle/prefer", test_prefer);
  g_test_add_func ("/practice/bundle/batch", test_batch);
  g_test_add_func ("/practice/bundle/empty", test_empty);
  return g_test_run ();
}
