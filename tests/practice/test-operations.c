/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-operations"

/* $everything of practice-operations.c; $find of practice-operations-find.c, $hold and $book of
 * practice-operations-book.c, with practice-operation-arguments.c and practice-operation-json.c. */

#include "practice/practice-operations.h"

#include <string.h>

#include "engine-fixture.h"

#define PARAMETERS(parameters) "{'resourceType':'Parameters','parameter':[" parameters "]}"
#define REFERENCE(id) "{'name':'appointment-reference','valueReference':{'reference':'Appointment/" id "'}}"
#define PERIOD "{'name':'start','valueDateTime':'2026-03-11T00:00:00Z'},{'name':'end','valueDateTime':'2026-03-12T00:00:00Z'}"

static EngineFixture *
new_clinic (void)
{
  static const char *const resources[] = {
    "{'resourceType':'Patient','id':'p','name':[{'family':'One'}],'generalPractitioner':[{'reference':'Practitioner/d1'}]}",
    "{'resourceType':'Patient','id':'q','link':[{'other':{'reference':'Patient/p'},'type':'seealso'}]}",
    "{'resourceType':'Practitioner','id':'d1','name':[{'family':'House'}]}",
    "{'resourceType':'Practitioner','id':'d2','name':[{'family':'Grey'}]}",
    "{'resourceType':'Schedule','id':'s1','actor':[{'reference':'Practitioner/d1'}]}",
    "{'resourceType':'Schedule','id':'s2','actor':[{'reference':'Practitioner/d2'}]}",
    "{'resourceType':'Slot','id':'a','schedule':{'reference':'Schedule/s1'},'status':'free',"
    "'specialty':[{'coding':[{'system':'urn:s','code':'cardio'}]}],'start':'2026-03-11T10:00:00Z','end':'2026-03-11T10:15:00Z'}",
    "{'resourceType':'Slot','id':'b','schedule':{'reference':'Schedule/s2'},'status':'free',"
    "'start':'2026-03-11T09:00:00Z','end':'2026-03-11T09:15:00Z'}",
    "{'resourceType':'Slot','id':'c','schedule':{'reference':'Schedule/s1'},'status':'busy',"
    "'start':'2026-03-11T11:00:00Z','end':'2026-03-11T11:15:00Z'}",
    "{'resourceType':'Flag','id':'f','status':'active','code':{'text':'x'},'subject':{'reference':'Patient/p'},"
    "'author':{'reference':'Practitioner/d2'}}",
  };
  EngineFixture *fixture = engine_fixture_new ();

  for (guint i = 0; i < G_N_ELEMENTS (resources); i++)
    engine_fixture_put (fixture, resources[i]);
  return fixture;
}

static char *
get_ids (EngineFixture *fixture)
{
  PracticeJson *entries = practice_json_get_array (fixture->json, "entry");
  GString *ids = g_string_new (NULL);

  for (gsize i = 0; entries != NULL && i < json_object_array_length (entries); i++)
    g_string_append_printf (ids, "%s%s", i > 0 ? " " : "",
                            practice_json_get_string (practice_json_get_object (json_object_array_get_idx (entries, i),
                                                                                "resource"), "id"));
  return g_string_free (ids, FALSE);
}

static void
assert_ids (EngineFixture *fixture, const char *method, const char *url, const char *body, const char *expected)
{
  guint status = engine_fixture_request (fixture, method, url, body);
  g_autofree char *ids = NULL;

  if (status != 200)
    g_error ("%s %s: %u %s", method, url, status, fixture->response.body);
  ids = get_ids (fixture);
  g_assert_cmpstr (ids, ==, expected);
}

static void
test_everything (void)
{
  g_autoptr (EngineFixture) fixture = new_clinic ();

  /* The patient, what is about the patient, whom that names; not the record of the other patient's doctor. */
  assert_ids (fixture, "GET", "Patient/p/$everything", NULL, "p f q d2");
  assert_ids (fixture, "POST", "Patient/p/$everything?_type=Flag,Patient", NULL, "p f q");
  assert_ids (fixture, "GET", "Patient/p/$everything?_since=2026-03-11", NULL, "");
  g_assert_cmpuint (engine_fixture_request (fixture, "GET", "Patient/p/$everything?start=2020", NULL), ==, 400);
  g_assert_cmpuint (engine_fixture_request (fixture, "GET", "Patient/none/$everything", NULL), ==, 404);
  g_assert_cmpuint (engine_fixture_request (fixture, "GET", "Practitioner/d1/$everything", NULL), ==, 404);
}

static void
test_find (void)
{
  g_autoptr (EngineFixture) fixture = new_clinic ();
  PracticeJson *proposal;

  /* Earliest first, proposed, with who would take part. */
  assert_ids (fixture, "GET", "Appointment/$find?start=2026-03-11&end=2026-03-12", NULL, "find-b find-a");
  g_assert_cmpint (json_object_get_int (json_object_object_get (fixture->json, "total")), ==, 2);
  proposal = practice_json_get_object (json_object_array_get_idx (practice_json_get_array (fixture->json, "entry"), 0), "resource");
  g_assert_cmpstr (practice_json_get_string (proposal, "status"), ==, "proposed");
  g_assert_nonnull (strstr (fixture->response.body, "Practitioner/d2"));
  {
    g_autoptr (PracticeOutcome) outcome = practice_outcome_new ();

    practice_spec_validate (proposal, "Appointment", outcome);
    g_assert_cmpstr (practice_outcome_get_first_text (outcome), ==, NULL);
  }

  assert_ids (fixture, "POST", "Appointment/$find",
              PARAMETERS (PERIOD ",{'name':'practitioner','valueReference':{'reference':'Practitioner/d1'}}"), "find-a");
  assert_ids (fixture, "POST", "Appointment/$find",
              PARAMETERS (PERIOD ",{'name':'specialty','valueCodeableConcept':{'coding':[{'system':'urn:s','code':'cardio'}]}}"),
              "find-a");
  assert_ids (fixture, "GET", "Appointment/$find?start=2026-03-12&end=2026-03-13", NULL, "");
  g_assert_cmpuint (engine_fixture_request (fixture, "GET", "Appointment/$find?start=2026-03-12", NULL), ==, 400);
  g_assert_cmpuint (engine_fixture_request (fixture, "GET", "Appointment/$find?start=x&end=y", NULL), ==, 400);
  g_assert_cmpuint (engine_fixture_request (fixture, "POST", "Appointment/$find", "{'resourceType':'Patient'}"), ==, 400);
}

static void
test_hold_and_book (void)
{
  g_autoptr (EngineFixture) fixture = new_clinic ();
  g_autofree char *id = NULL;
  g_autofree char *body = NULL;

  g_assert_cmpuint (engine_fixture_request (fixture, "POST", "Appointment/$hold", PARAMETERS (REFERENCE ("find-a"))), ==, 200);
  id = get_ids (fixture);
  engine_fixture_assert_found (fixture, "Slot?status=busy-tentative", "a");
  engine_fixture_assert_found (fixture, "Appointment?status=pending", id);

  /* Held is held. */
  g_assert_cmpuint (engine_fixture_request (fixture, "POST", "Appointment/$hold", PARAMETERS (REFERENCE ("find-a"))), ==, 409);
  g_assert_cmpstr (engine_fixture_get_code (fixture), ==, "conflict");
  g_assert_cmpuint (engine_fixture_request (fixture, "POST", "Appointment/$book", PARAMETERS (REFERENCE ("find-a"))), ==, 409);
  g_assert_cmpint (engine_fixture_count (fixture, "Appointment"), ==, 1);

  body = g_strdup_printf (PARAMETERS ("{'name':'appointment-reference','valueReference':{'reference':'Appointment/%s'}},"
                                      "{'name':'patient-resource','resource':{'resourceType':'Patient','id':'p'}},"
                                      "{'name':'comment','valueString':'by phone'}"), id);
  assert_ids (fixture, "POST", "Appointment/$book", body, id);
  engine_fixture_assert_found (fixture, "Appointment?status=booked&patient=Patient/p", id);
  engine_fixture_assert_found (fixture, "Slot?status=busy", "a c");
  g_assert_cmpint (engine_fixture_count (fixture, "Patient"), ==, 2);
}

static void
test_book_change_cancel (void)
{
  static const char visit[] =
    "{'name':'appointment-resource','resource':{'resourceType':'Appointment','id':'v','status':'%s',%s"
    "'start':'2026-03-11T09:00:00Z','end':'2026-03-11T09:15:00Z','slot':[{'reference':'Slot/%s'}],"
    "'participant':[{'actor':{'reference':'Patient/p'},'status':'accepted'}]}}";
  g_autoptr (EngineFixture) fixture = new_clinic ();
  g_autofree char *first = g_strdup_printf (visit, "proposed", "", "b");
  g_autofree char *body = g_strdup_printf (PARAMETERS ("%s"), first);
  g_autofree char *id = NULL;
  g_autofree char *resource = NULL;

  g_assert_cmpuint (engine_fixture_request (fixture, "POST", "Appointment/$book", body), ==, 200);
  id = get_ids (fixture);
  g_assert_cmpstr (id, !=, "v");
  engine_fixture_assert_found (fixture, "Slot?status=busy", "b c");
  g_assert_cmpuint (engine_fixture_request (fixture, "POST", "Appointment/$book", body), ==, 409);

  /* To another slot: the first is free again. */
  resource = g_strdup_printf (visit, "booked", "", "a");
  g_free (body);
  body = g_strdup_printf (PARAMETERS ("%s"), resource);
  {
    g_auto (GStrv) parts = g_strsplit (body, "'id':'v'", 2);
    g_autofree char *moved = g_strdup_printf ("%s'id':'%s'%s", parts[0], id, parts[1]);
    g_auto (GStrv) states = g_strsplit (moved, "'status':'booked',", 2);
    g_autofree char *cancelled = g_strdup_printf ("%s'status':'cancelled',%s", states[0], states[1]);

    assert_ids (fixture, "POST", "Appointment/$book", moved, id);
    engine_fixture_assert_found (fixture, "Slot?status=busy", "a c");
    assert_ids (fixture, "POST", "Appointment/$book", cancelled, id);
    engine_fixture_assert_found (fixture, "Slot?status=free", "a b");
    engine_fixture_assert_found (fixture, "Appointment?status=cancelled", id);
  }
}

/* A visit that was booked at @slot: the resource of the answer; borrowed. */
static PracticeJson *
book_at (EngineFixture *fixture, const char *slot)
{
  g_autofree char *body = g_strdup_printf (
    PARAMETERS (REFERENCE ("find-%s") ",{'name':'patient-resource','resource':{'resourceType':'Patient','id':'p'}}"), slot);

  g_assert_cmpuint (engine_fixture_request (fixture, "POST", "Appointment/$book", body), ==, 200);
  return practice_json_get_object (json_object_array_get_idx (practice_json_get_array (fixture->json, "entry"), 0), "resource");
}

/* Whoever changes a visit has to have seen it as it is. */
static void
test_book_old_copy (void)
{
  g_autoptr (EngineFixture) fixture = new_clinic ();
  g_autoptr (PracticeJson) copy = json_object_get (book_at (fixture, "a"));
  g_autofree char *id = g_strdup (practice_json_get_string (copy, "id"));
  g_autofree char *body = NULL;
  g_autofree char *url = g_strconcat ("Appointment/", id, NULL);

  g_assert_cmpstr (practice_json_get_string (practice_json_get_object (copy, "meta"), "versionId"), ==, "1");
  json_object_object_add (copy, "comment", json_object_new_string ("by another desk"));
  g_assert_cmpuint (engine_fixture_request (fixture, "PUT", url, json_object_to_json_string (copy)), ==, 200);

  json_object_object_add (copy, "status", json_object_new_string ("cancelled"));
  body = g_strdup_printf (PARAMETERS ("{'name':'appointment-resource','resource':%s}"), json_object_to_json_string (copy));
  g_assert_cmpuint (engine_fixture_request (fixture, "POST", "Appointment/$book", body), ==, 409);
  g_assert_cmpstr (engine_fixture_get_code (fixture), ==, "conflict");
  engine_fixture_assert_found (fixture, "Appointment?status=booked", id);

  json_object_object_add (practice_json_get_object (copy, "meta"), "versionId", json_object_new_string ("2"));
  g_free (body);
  body = g_strdup_printf (PARAMETERS ("{'name':'appointment-resource','resource':%s}"), json_object_to_json_string (copy));
  fixture->if_match = "W/\"1\"";
  g_assert_cmpuint (engine_fixture_request (fixture, "POST", "Appointment/$book", body), ==, 412);
  engine_fixture_assert_found (fixture, "Slot?status=busy", "a c");
  fixture->if_match = "W/\"2\"";
  assert_ids (fixture, "POST", "Appointment/$book", body, id);
  engine_fixture_assert_found (fixture, "Appointment?status=cancelled", id);
}

/* By role, by organization, by what a slot is for; a slot that does not say so is for anything. */
static void
test_find_by (void)
{
  static const char *const resources[] = {
    "{'resourceType':'Organization','id':'o','name':'North'}",
    "{'resourceType':'PractitionerRole','id':'r1','practitioner':{'reference':'Practitioner/d1'},'organization':{'reference':'Organization/o'}}",
    "{'resourceType':'PractitionerRole','id':'r3','practitioner':{'reference':'Practitioner/d3'},'location':[{'reference':'Location/l'}]}",
    "{'resourceType':'Location','id':'room','name':'Room','managingOrganization':{'reference':'Organization/o'}}",
    "{'resourceType':'Schedule','id':'s3','actor':[{'reference':'PractitionerRole/r3'}]}",
    "{'resourceType':'Schedule','id':'s4','actor':[{'reference':'Location/room'}]}",
    "{'resourceType':'Slot','id':'x','schedule':{'reference':'Schedule/s3'},'status':'free','serviceType':[{'coding':[{'code':'lab'}]}],"
    "'start':'2026-03-11T08:00:00Z','end':'2026-03-11T08:15:00Z'}",
    "{'resourceType':'Slot','id':'y','schedule':{'reference':'Schedule/s4'},'status':'free','appointmentType':{'coding':[{'code':'ROUTINE'}]},"
    "'serviceType':[{'coding':[{'code':'xray'}]}],'start':'2026-03-11T12:00:00Z','end':'2026-03-11T12:15:00Z'}",
  };
  static const struct
  {
    const char *query, *found;
  } cases[] = {
    { "", "find-x find-b find-a find-y" },
    { "&organization=Organization/o", "find-a find-y" },
    { "&organization=Organization/none", "" },
    { "&practitioner=Practitioner/d3", "find-x" },
    { "&practitioner=Practitioner/d3&practitioner=Practitioner/d1", "find-x find-a" },
    { "&location-reference=Location/l", "find-x" },
    { "&location-reference=Location/room&organization=Organization/o", "find-y" },
    { "&service-type=lab", "find-x find-b find-a" },
    { "&service-type=lab&service-type=xray", "find-x find-b find-a find-y" },
    { "&visit-type=WALKIN", "find-x find-b find-a" },
    { "&visit-type=ROUTINE&service-type=xray", "find-b find-a find-y" },
    { "&service-type=lab&_count=2", "find-x find-b" },
  };
  g_autoptr (EngineFixture) fixture = new_clinic ();

  for (guint i = 0; i < G_N_ELEMENTS (resources); i++)
    engine_fixture_put (fixture, resources[i]);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *url = g_strconcat ("Appointment/$find?start=2026-03-11&end=2026-03-12", cases[i].query, NULL);

      assert_ids (fixture, "GET", url, NULL, cases[i].found);
    }
}

/* What is not looked at is told, by its name. */
static void
test_find_ignored (void)
{
  g_autoptr (EngineFixture) fixture = new_clinic ();
  const char *url = "Appointment/$find?start=2026-03-11&end=2026-03-12&reason=cough&practitioner=Practitioner/d1";
  PracticeJson *entries, *entry, *resource;

  g_assert_cmpuint (engine_fixture_request (fixture, "GET", url, NULL), ==, 200);
  g_assert_cmpint (json_object_get_int (json_object_object_get (fixture->json, "total")), ==, 1);
  entries = practice_json_get_array (fixture->json, "entry");
  g_assert_cmpuint (json_object_array_length (entries), ==, 2);
  entry = json_object_array_get_idx (entries, 1);
  g_assert_cmpstr (practice_json_get_string (practice_json_get_object (entry, "search"), "mode"), ==, "outcome");
  resource = practice_json_get_object (entry, "resource");
  g_assert_cmpstr (practice_json_get_string (resource, "resourceType"), ==, "OperationOutcome");
  g_assert_nonnull (strstr (json_object_to_json_string (resource), "warning"));
  g_assert_nonnull (strstr (json_object_to_json_string (resource), "reason"));
  g_assert_null (strstr (json_object_to_json_string (resource), "cough"));

  fixture->prefer = "handling=strict";
  g_assert_cmpuint (engine_fixture_request (fixture, "GET", url, NULL), ==, 400);
  g_assert_cmpstr (engine_fixture_get_code (fixture), ==, "not-supported");
}

static void
test_refusals (void)
{
  static const struct
  {
    const char *name, *body;
    guint status;
  } cases[] = {
    { "$hold", PARAMETERS (""), 400 },
    { "$hold", PARAMETERS ("{'name':'appointment-reference','valueReference':{'reference':'Slot/a'}}"), 400 },
    { "$hold", PARAMETERS (REFERENCE ("none")), 404 },
    { "$hold", PARAMETERS (REFERENCE ("find-none")), 404 },
    { "$hold", PARAMETERS (REFERENCE ("find-c")), 409 },
    { "$book", PARAMETERS (REFERENCE ("find-c")), 409 },
    { "$book", PARAMETERS ("{'name':'appointment-resource','resource':{'resourceType':'Appointment','status':'booked'}}"), 422 },
    { "$book", PARAMETERS ("{'name':'appointment-resource','resource':{'resourceType':'Appointment','status':'proposed',"
                           "'slot':[{'reference':'Slot/none'}]}}"), 404 },
    { "$book", PARAMETERS ("{'name':'appointment-resource','resource':{'resourceType':'Appointment','status':'proposed',"
                           "'start':'2026-03-11T09:00:00Z','end':'2026-03-11T09:15:00Z',"
                           "'participant':[{'actor':{'reference':'Patient/p'},'status':'accepted'}]}}"), 422 },
    { "$book", PARAMETERS ("{'name':'appointment-resource','valueString':'x'}"), 400 },
    { "$book", "{'resourceType':'Parameters'}", 400 },
    { "$book", "[]", 400 },
  };
  g_autoptr (EngineFixture) fixture = new_clinic ();

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *url = g_strconcat ("Appointment/", cases[i].name, NULL);
      guint status = engine_fixture_request (fixture, "POST", url, cases[i].body);

      if (status != cases[i].status)
        g_error ("%s %s: %u %s", url, cases[i].body, status, fixture->response.body);
      g_assert_cmpint (engine_fixture_count (fixture, "Appointment"), ==, 0);
      engine_fixture_assert_found (fixture, "Slot?status=free", "a b");
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/practice/operations/everything", test_everything);
  g_test_add_func ("/practice/operations/find", test_find);
  g_test_add_func ("/practice/operations/hold-and-book", test_hold_and_book);
  g_test_add_func ("/practice/operations/book-change-cancel", test_book_change_cancel);
  g_test_add_func ("/practice/operations/book-old-copy", test_book_old_copy);
  g_test_add_func ("/practice/operations/find-by", test_find_by);
  g_test_add_func ("/practice/operations/find-ignored", test_find_ignored);
  g_test_add_func ("/practice/operations/refusals", test_refusals);
  return g_test_run ();
}
