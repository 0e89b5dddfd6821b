/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-search"

/* What a search finds: practice-search.c and its parts practice-search-builder.c, practice-search-bundle.c,
 * practice-search-clause.c, practice-search-include.c, practice-search-page.c, practice-search-plan.c,
 * practice-search-sql.c and practice-search-values.c. */

#include "practice/practice-search.h"

#include <string.h>

#include "engine-fixture.h"

static EngineFixture *
new_clinic (void)
{
  static const char *const resources[] = {
    "{'resourceType':'Patient','id':'p1','active':true,'identifier':[{'system':'urn:mrn','value':'100'},{'value':'bare'}],"
    "'name':[{'family':'García Márquez','given':['María','José']}],'gender':'female','birthDate':'1980-02-03',"
    "'telecom':[{'system':'phone','value':'(555) 123-4567'},{'system':'email','value':'Maria@Example.org'}],"
    "'address':[{'city':'Boston','postalCode':'02134'}],"
    "'generalPractitioner':[{'reference':'Practitioner/d1'}],'meta':{'tag':[{'system':'urn:t','code':'vip'}]}}",
    "{'resourceType':'Patient','id':'p2','active':true,'identifier':[{'system':'urn:mrn','value':'200'}],"
    "'name':[{'family':'Smith, Jr','given':['Marcel']}],'gender':'male','birthDate':'1980-02',"
    "'telecom':[{'system':'phone','value':'+1 555-123-9999'}],'generalPractitioner':[{'reference':'Practitioner/d2'}]}",
    "{'resourceType':'Patient','id':'p3','active':false,'identifier':[{'system':'urn:other','value':'100'}],"
    "'name':[{'family':'Ångström','given':['Zoë']},{'family':'Marsh','given':['Zoë']}],'birthDate':'1999-12-31'}",
    "{'resourceType':'Practitioner','id':'d1','name':[{'family':'House'}],'active':true}",
    "{'resourceType':'Practitioner','id':'d2','name':[{'family':'Grey'}],'active':true}",
    "{'resourceType':'Schedule','id':'s1','actor':[{'reference':'Practitioner/d1'}],"
    "'planningHorizon':{'start':'2026-03-01T00:00:00Z','end':'2026-06-01T00:00:00Z'}}",
    "{'resourceType':'Schedule','id':'s2','actor':[{'reference':'Practitioner/d2'}]}",
    "{'resourceType':'Slot','id':'t1','schedule':{'reference':'Schedule/s1'},'status':'free',"
    "'start':'2026-03-10T09:00:00Z','end':'2026-03-10T09:15:00Z'}",
    "{'resourceType':'Slot','id':'t2','schedule':{'reference':'Schedule/s1'},'status':'busy',"
    "'start':'2026-03-10T09:15:00Z','end':'2026-03-10T09:30:00Z'}",
    "{'resourceType':'Slot','id':'t3','schedule':{'reference':'Schedule/s2'},'status':'free',"
    "'start':'2026-03-11T09:00:00-05:00','end':'2026-03-11T09:15:00-05:00'}",
    "{'resourceType':'Appointment','id':'a1','status':'booked','start':'2026-03-10T09:15:00Z','end':'2026-03-10T09:30:00Z',"
    "'slot':[{'reference':'Slot/t2'}],'participant':[{'actor':{'reference':'Patient/p1'},'status':'accepted'},"
    "{'actor':{'reference':'Practitioner/d1'},'status':'accepted'}]}",
    "{'resourceType':'AppointmentResponse','id':'r1','appointment':{'reference':'Appointment/a1'},"
    "'participantStatus':'accepted','actor':{'reference':'Patient/p1'}}",
  };
  EngineFixture *fixture = engine_fixture_new ();

  for (guint i = 0; i < G_N_ELEMENTS (resources); i++)
    {
      fixture->now += G_TIME_SPAN_MINUTE;
      engine_fixture_put (fixture, resources[i]);
    }
  return fixture;
}

typedef struct
{
  const char *query;
  const char *found;
} Case;

static void
assert_cases (const Case *cases, guint n)
{
  g_autoptr (EngineFixture) fixture = new_clinic ();

  for (guint i = 0; i < n; i++)
    {
      g_test_message ("%s", cases[i].query);
      engine_fixture_assert_found (fixture, cases[i].query, cases[i].found);
    }
}

static void
test_strings (void)
{
  static const Case cases[] = {
    { "Patient?name=mar", "p2 p1 p3" }, /* in the order of the strings: Marcel, María, Marsh */
    { "Patient?family=gar", "p1" },
    { "Patient?family=GARCIA%20m", "p1" },
    { "Patient?name=mar&name=gar", "p1" },
    { "Patient?name=zoe&name=ang", "p3" },
    { "Patient?family=arci", "" },
    { "Patient?family:contains=ARCÍ", "p1" },
    { "Patient?name:contains=ar", "p1 p2 p3" },
    { "Patient?name:contains=*", "" },
    { "Patient?name:contains=mar&_sort=-birthdate", "p3 p1 p2" },
    { "Patient?family:exact=Marsh", "p3" },
    { "Patient?family:exact=marsh", "" },
    { "Patient?family:exact=Mars", "" },
    { "Patient?family=smith\\,", "p2" },
    { "Patient?family=smith,ang", "p2 p3" },
    { "Patient?family=zzz,marsh", "p3" },
    { "Patient?name=%27%20OR%201=1--", "" },
    { "Patient?address=boston", "p1" },
    { "Patient?address-postalcode=021", "p1" },
    { "Patient?name=mar&gender=male", "p2" },
    { "Patient?family=", "p1 p2 p3" },
  };

  assert_cases (cases, G_N_ELEMENTS (cases));
}

static void
test_tokens (void)
{
  static const Case cases[] = {
    { "Patient?identifier=100", "p1 p3" },
    { "Patient?identifier=urn:mrn%7C100", "p1" },
    { "Patient?identifier=urn:mrn%7C", "p1 p2" },
    { "Patient?identifier=%7Cbare", "p1" },
    { "Patient?identifier=%7C100", "" },
    { "Patient?identifier=urn:mrn%7C100,urn:mrn%7C200", "p1 p2" },
    { "Patient?identifier=urn:mrn%7C100&active=true", "p1" },
    { "Patient?gender=male", "p2" },
    { "Patient?gender:not=male", "p1 p3" },
    { "Patient?gender:not=male,female", "p3" },
    { "Patient?gender:missing=true", "p3" },
    { "Patient?gender:missing=false", "p1 p2" },
    { "Patient?active=false", "p3" },
    { "Patient?phone=5551234567", "p1" },
    { "Patient?phone=%2B1%20(555)%20123.4567", "p1" },
    { "Patient?phone=555-123-9999", "p2" },
    { "Patient?email=maria@example.ORG", "p1" },
    { "Patient?telecom=5551239999", "p2" },
    { "Patient?_id=p1,p3,nobody", "p1 p3" },
    { "Patient?_id=p3&active=true", "" },
    { "Patient?_tag=vip", "p1" },
    { "Patient?_tag=urn:t%7Cvip", "p1" },
    { "Practitioner?_tag=vip", "" },
    { "Slot?status=free", "t1 t3" },
    { "Appointment?status=booked,pending", "a1" },
  };

  assert_cases (cases, G_N_ELEMENTS (cases));
}

static void
test_dates (void)
{
  static const Case cases[] = {
    { "Patient?birthdate=1980-02-03", "p1" },
    { "Patient?birthdate=1980-02", "p1 p2" },
    { "Patient?birthdate=1980", "p1 p2" },
    { "Patient?birthdate=ne1980", "p3" },
    { "Patient?birthdate=gt1980-02-03", "p2 p3" },
    { "Patient?birthdate=ge1980-02", "p1 p2 p3" },
    { "Patient?birthdate=lt1980-02-03", "p2" },
    { "Patient?birthdate=le1980-02-03", "p1 p2" },
    { "Patient?birthdate=sa1980", "p3" },
    { "Patient?birthdate=eb1999", "p1 p2" },
    { "Patient?birthdate=ap1999-12-30", "p3" },
    { "Patient?birthdate=1980-02-03,1999-12-31", "p1 p3" },
    { "Slot?start=ge2026-03-10&start=lt2026-03-11", "t1 t2" },
    { "Slot?start=2026-03-11T14:00:00Z", "t3" },
    { "Slot?start=2026-03-11T10:00:00%2B01:00", "" },
    { "Slot?start=2026-03-10T09:00", "t1" },
    { "Schedule?date=2026", "s1" },
    { "Schedule?date=2026-04", "" },
    { "Schedule?date=gt2026-04", "s1" },
    { "Schedule?date=lt2026-04", "s1" },
    { "Schedule?date=sa2026-05", "" },
    { "Schedule?date:missing=true", "s2" },
    { "Patient?_lastUpdated=gt2026-03-10T12:02:00Z", "p3" },
    { "Patient?_lastUpdated=le2026-03-10T12:02:00Z&_sort=-_lastUpdated", "p2 p1" },
    { "Patient?_lastUpdated=2026-03-10T12:01", "p1" },
  };

  assert_cases (cases, G_N_ELEMENTS (cases));
}

static void
test_references (void)
{
  static const Case cases[] = {
    { "Appointment?patient=Patient/p1", "a1" },
    { "Appointment?patient=p1", "a1" },
    { "Appointment?patient=" TEST_BASE "/Patient/p1", "a1" },
    { "Appointment?patient=http://elsewhere/Patient/p1", "" },
    { "Appointment?actor=Practitioner/d1", "a1" },
    { "Appointment?actor=Patient/d1", "" },
    { "Appointment?actor=d1", "a1" },
    { "Appointment?actor:Patient=p1", "a1" },
    { "Appointment?practitioner=d2", "" },
    { "Appointment?slot=t2", "a1" },
    { "Slot?schedule.actor=Practitioner/d1", "t1 t2" },
    { "Slot?schedule.actor=Practitioner/d1&status=free", "t1" },
    { "Slot?schedule:Schedule.actor=Practitioner/d2", "t3" },
    { "Slot?schedule.date:missing=true", "t3" },
    { "Appointment?patient.name=gar", "a1" },
    { "Appointment?patient.name:contains=arci", "a1" },
    { "Appointment?patient.name=smith", "" },
    { "Appointment?patient.gender:not=male", "a1" },
    { "Appointment?actor.name=house", "a1" },
    { "Appointment?patient._id=p1", "a1" },
    { "Patient?general-practitioner=Practitioner/d1,Practitioner/d2", "p1 p2" },
    { "Patient?general-practitioner:missing=true", "p3" },
  };

  assert_cases (cases, G_N_ELEMENTS (cases));
}

static void
test_sort (void)
{
  static const Case cases[] = {
    { "Patient?_sort=birthdate", "p2 p1 p3" },
    { "Patient?_sort=-birthdate", "p3 p1 p2" },
    { "Patient?_sort=family", "p3 p1 p2" },
    { "Patient?_sort=gender,-_id", "p1 p2 p3" },
    { "Patient?_sort=-gender", "p2 p1 p3" },
    { "Patient?_sort=-_id", "p3 p2 p1" },
    { "Patient?_sort=-_lastUpdated", "p3 p2 p1" },
    { "Slot?_sort=-start&_count=1", "t3" },
  };

  assert_cases (cases, G_N_ELEMENTS (cases));
}

/* 400 for what cannot be answered, whatever Prefer says. */
static void
test_refused (void)
{
  static const char *const queries[] = {
    "Patient?birthdate=yesterday", "Patient?birthdate=1980-13", "Patient?birthdate=99999", "Patient?name:below=x",
    "Patient?gender:contains=x", "Patient?gender:missing=maybe", "Patient?_lastUpdated=x", "Patient?_count=-1",
    "Patient?_count=x", "Patient?_summary=text", "Patient?_total=some", "Patient?_include=Patient:name",
    "Patient?_include=Nothing:here", "Patient?_include:recurse=Patient:link", "Patient?identifier=a%7Cb%7Cc",
    "Patient?identifier=%7C", "Patient?name=%FF", "Patient?name=%00", "Patient?_page=zzzz", "Patient?_page=%27",
    "Patient?_page=MDAwMDAwMDBpMTs", "Appointment?patient.link.name=x", "Patient?birthdate.x=1", "Patient?name=mar,",
  };
  g_autoptr (EngineFixture) fixture = new_clinic ();

  for (guint i = 0; i < G_N_ELEMENTS (queries); i++)
    {
      guint status = engine_fixture_request (fixture, "GET", queries[i], NULL);

      if (status != 400)
        g_error ("%s: %u", queries[i], status);
      g_assert_nonnull (engine_fixture_get_code (fixture));
    }
}

/* What is too much is refused as well, and what is just allowed is answered. */
static void
test_bounds (void)
{
  static const struct
  {
    const char *name;
    guint values, times, status;
  } cases[] = {
    { "name", 400, 1, 200 },      { "name", 401, 1, 400 },       { "name", 5, 200, 200 },       { "name", 1, 201, 400 },
    { "name", 400, 5, 200 },      { "name", 400, 6, 400 },       { "_id", 400, 1, 200 },        { "name:contains", 400, 1, 200 },
    { "link:Patient.name", 400, 4, 200 }, { "link.identifier:not", 400, 2, 200 },
  };
  g_autoptr (EngineFixture) fixture = new_clinic ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GString) query = g_string_new ("Patient?");

      for (guint j = 0; j < cases[i].times; j++)
        {
          g_string_append_printf (query, "%s%s=", j > 0 ? "&" : "", cases[i].name);
          for (guint k = 0; k < cases[i].values; k++)
            g_string_append_printf (query, "%sabc%u", k > 0 ? "," : "", k);
        }
      if (engine_fixture_request (fixture, "GET", query->str, NULL) != cases[i].status)
        g_error ("%s %u %u: %s", cases[i].name, cases[i].values, cases[i].times, fixture->response.body);
    }
}

static void
test_handling (void)
{
  static const char *const queries[] = {
    "Patient?colour=red", "Patient?_sort=colour", "Patient?name.family=x", "Patient?_has:Observation:patient:code=1",
    "Appointment?patient.colour=red", "Patient?phonetic.x=1",
  };
  g_autoptr (EngineFixture) fixture = new_clinic ();

  fixture->prefer = "handling=strict";
  g_assert_cmpuint (engine_fixture_request (fixture, "GET", "Patient?colour=red", NULL), ==, 400);
  fixture->prefer = "handling=strict";
  g_assert_cmpuint (engine_fixture_request (fixture, "GET", queries[1], NULL), ==, 400);
  fixture->prefer = "handling=lenient";
  g_assert_cmpuint (engine_fixture_request (fixture, "GET", "Patient?colour=red&gender=male", NULL), ==, 200);
  g_assert_cmpint (json_object_get_int (json_object_object_get (fixture->json, "total")), ==, 1);
  /* What was left out of account is told. */
  g_assert_cmpuint (json_object_array_length (practice_json_get_array (fixture->json, "entry")), ==, 2);
}

static char *
get_modes (EngineFixture *fixture)
{
  PracticeJson *entries = practice_json_get_array (fixture->json, "entry");
  GString *text = g_string_new (NULL);

  for (gsize i = 0; entries != NULL && i < json_object_array_length (entries); i++)
    {
      PracticeJson *entry = json_object_array_get_idx (entries, i);

      g_string_append_printf (text, "%s%c:%s", i > 0 ? " " : "",
                              *practice_json_get_string (practice_json_get_object (entry, "search"), "mode"),
                              practice_json_get_string (practice_json_get_object (entry, "resource"), "id"));
    }
  return g_string_free (text, FALSE);
}

static void
test_include (void)
{
  static const Case cases[] = {
    { "Appointment?_include=Appointment:patient", "m:a1 i:p1" },
    { "Appointment?_include=Appointment:actor", "m:a1 i:d1 i:p1" },
    { "Appointment?_include=Appointment:actor:Practitioner", "m:a1 i:d1" },
    { "Slot?_include=Slot:schedule", "m:t1 m:t2 m:t3 i:s1 i:s2" },
    { "Slot?status=busy&_include=Slot:schedule&_include=Schedule:actor", "m:t2 i:s1" },
    { "Slot?status=busy&_include=Slot:schedule&_include:iterate=Schedule:actor", "m:t2 i:s1 i:d1" },
    { "Appointment?_revinclude=AppointmentResponse:appointment", "m:a1 i:r1" },
    { "Patient?_id=p1&_revinclude=Appointment:patient&_revinclude:iterate=AppointmentResponse:appointment", "m:p1 i:a1 i:r1" },
    { "Patient?_id=p1&_revinclude=Appointment:slot", "m:p1" },
    { "Appointment?_include=Appointment:patient&_include:iterate=Patient:general-practitioner", "m:a1 i:p1 i:d1" },
  };
  g_autoptr (EngineFixture) fixture = new_clinic ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *modes = NULL;

      g_assert_cmpuint (engine_fixture_request (fixture, "GET", cases[i].query, NULL), ==, 200);
      modes = get_modes (fixture);
      g_assert_cmpstr (modes, ==, cases[i].found);
    }
}

static void
test_shapes (void)
{
  g_autoptr (EngineFixture) fixture = new_clinic ();
  PracticeJson *patient;

  g_assert_cmpuint (engine_fixture_request (fixture, "GET", "Patient?_summary=count&gender=male", NULL), ==, 200);
  g_assert_cmpint (json_object_get_int (json_object_object_get (fixture->json, "total")), ==, 1);
  g_assert_null (practice_json_get_array (fixture->json, "entry"));

  g_assert_cmpuint (engine_fixture_request (fixture, "GET", "Patient?_count=0", NULL), ==, 200);
  g_assert_cmpint (json_object_get_int (json_object_object_get (fixture->json, "total")), ==, 3);

  g_assert_cmpuint (engine_fixture_request (fixture, "GET", "Patient?_count=1", NULL), ==, 200);
  g_assert_false (json_object_object_get_ex (fixture->json, "total", NULL));
  g_assert_cmpuint (engine_fixture_request (fixture, "GET", "Patient?_count=1&_total=accurate", NULL), ==, 200);
  g_assert_cmpint (json_object_get_int (json_object_object_get (fixture->json, "total")), ==, 3);

  g_assert_cmpuint (engine_fixture_request (fixture, "GET", "Patient?_id=p1&_elements=birthDate,Patient.gender", NULL), ==, 200);
  patient = practice_json_get_object (json_object_array_get_idx (practice_json_get_array (fixture->json, "entry"), 0), "resource");
  g_assert_cmpint (json_object_object_length (patient), ==, 5);
  g_assert_nonnull (practice_json_get_string (patient, "birthDate"));
  g_assert_nonnull (practice_json_get_string (patient, "gender"));
  g_assert_nonnull (strstr (fixture->response.body, "SUBSETTED"));

  fixture->content_type = "application/x-www-form-urlencoded";
  g_assert_cmpuint (engine_fixture_request (fixture, "POST", "Patient/_search?gender=male", "name=marc"), ==, 200);
  g_assert_cmpint (json_object_get_int (json_object_object_get (fixture->json, "total")), ==, 1);
  g_assert_cmpuint (engine_fixture_request (fixture, "POST", "Patient/_search", "{}"), ==, 415);
}

/* Every page of @query until there is no next, joined by "|". */
static char *
find_pages (EngineFixture *fixture, const char *query)
{
  g_autofree char *url = g_strdup (query);
  GString *pages = g_string_new (NULL);

  while (url != NULL)
    {
      g_autofree char *ids = engine_fixture_find (fixture, url);

      g_string_append_printf (pages, "%s%s", pages->len > 0 ? "|" : "", ids);
      g_free (url);
      url = g_strdup (engine_fixture_get_link (fixture, "next"));
    }
  return g_string_free (pages, FALSE);
}

static void
test_pages (void)
{
  static const Case cases[] = {
    { "Patient?_count=2", "p1 p2|p3" },
    { "Patient?_count=1", "p1|p2|p3" },
    { "Patient?_count=3", "p1 p2 p3" },
    { "Patient?name=mar&_count=1", "p2|p1|p3" },
    { "Patient?name:contains=mar&_count=2", "p1 p2|p3" },
    { "Patient?_sort=gender&_count=1", "p1|p2|p3" },
    { "Patient?_sort=-gender,birthdate&_count=1", "p2|p1|p3" },
    { "Patient?_sort=-birthdate,-_id&_count=1", "p3|p1|p2" },
    { "Patient?_sort=_lastUpdated&_count=2", "p1 p2|p3" },
    { "Patient?active=true&_count=1", "p1|p2" },
    { "Slot?status=free&_sort=start&_count=1", "t1|t3" },
  };
  g_autoptr (EngineFixture) fixture = new_clinic ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *pages = find_pages (fixture, cases[i].query);

      g_test_message ("%s", cases[i].query);
      g_assert_cmpstr (pages, ==, cases[i].found);
    }
}

/* What comes and goes between two pages neither repeats nor hides the rest. */
static void
test_pages_while_writing (void)
{
  g_autoptr (EngineFixture) fixture = new_clinic ();
  g_autofree char *next = NULL;

  engine_fixture_assert_found (fixture, "Patient?name=mar&_count=1", "p2");
  next = g_strdup (engine_fixture_get_link (fixture, "next"));
  g_assert_cmpuint (engine_fixture_request (fixture, "DELETE", "Patient/p2", NULL), ==, 204);
  engine_fixture_put (fixture, "{'resourceType':'Patient','id':'p0','name':[{'family':'Mar'}]}");
  engine_fixture_assert_found (fixture, next, "p1");

  /* A token is of one search only. */
  {
    g_autofree char *other = g_strconcat ("Patient?name=ma&_count=1&", strstr (next, "_page="), NULL);

    g_assert_cmpuint (engine_fixture_request (fixture, "GET", other, NULL), ==, 400);
  }
}

static void
test_match (void)
{
  g_autoptr (EngineFixture) fixture = new_clinic ();
  g_autoptr (PracticeOutcome) outcome = practice_outcome_new ();
  const PracticeSearchContext context = { TEST_BASE, fixture->now, FALSE };
  g_autoptr (GPtrArray) one = practice_search_match (fixture->store, "Patient", "identifier=urn:mrn|100", &context, 2, outcome);
  g_autoptr (GPtrArray) two = practice_search_match (fixture->store, "Patient", "active=true", &context, 2, outcome);
  g_autoptr (GPtrArray) none = NULL;

  g_assert_cmpuint (one->len, ==, 1);
  g_assert_cmpstr (one->pdata[0], ==, "p1");
  g_assert_cmpuint (two->len, ==, 2);
  none = practice_search_match (fixture->store, "Patient", "_count=1", &context, 2, outcome);
  g_assert_null (none);
  g_assert_cmpuint (practice_outcome_get_status (outcome), ==, 412);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/practice/search/strings", test_strings);
  g_test_add_func ("/practice/search/tokens", test_tokens);
  g_test_add_func ("/practice/search/dates", test_dates);
  g_test_add_func ("/practice/search/references", test_references);
  g_test_add_func ("/practice/search/sort", test_sort);
  g_test_add_func ("/practice/search/refused", test_refused);
  g_test_add_func ("/practice/search/bounds", test_bounds);
  g_test_add_func ("/practice/search/handling", test_handling);
  g_test_add_func ("/practice/search/include", test_include);
  g_test_add_func ("/practice/search/shapes", test_shapes);
  g_test_add_func ("/practice/search/pages", test_pages);
  g_test_add_func ("/practice/search/pages-while-writing", test_pages_while_writing);
  g_test_add_func ("/practice/search/match", test_match);
  return g_test_run ();
}
