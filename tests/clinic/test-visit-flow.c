/* SPDX-License-Identifier: GPL-3.0-or-later */
/* rcp-visit-flow.c, rcp-encounters.c and rcp-visit-people.c: how far a visit has come, by what a server says, whoever wrote it. */
#include "clinic/rcp-values.h"

static FhirResource *
make_resource (const char *text)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *json = g_strdelimit (g_strdup (text), "'", '"');

  json_parser_load_from_data (parser, json, -1, &error);
  g_assert_no_error (error);
  return fhir_resource_new (json_node_get_object (json_parser_get_root (parser)));
}

static RcpVisit *
make_visit (const char *status, const char *answer, const char *encounter)
{
  g_autofree char *text = g_strdup_printf (
      "{'resourceType':'Appointment','id':'v','meta':{'lastUpdated':'2026-11-23T14:30:00Z'},'status':'%s',"
      "'participant':[{'actor':{'reference':'Practitioner/d'},'status':'accepted'},"
      "{'actor':{'reference':'Patient/p'},'status':'%s'}]}",
      status, answer);
  g_autoptr (FhirResource) appointment = make_resource (text);
  g_autoptr (FhirResource) along = encounter != NULL ? make_resource (encounter) : NULL;

  return rcp_visit_new_with_encounter (appointment, NULL, along);
}

static void
test_statuses (void)
{
  static const struct
  {
    const char *status;
    const char *answer;
    const char *encounter; /* status, or NULL */
    gboolean has_room;
    RcpVisitStatus expected;
  } cases[] = {
    { "booked", "needs-action", NULL, FALSE, RCP_VISIT_BOOKED },
    { "booked", "tentative", NULL, FALSE, RCP_VISIT_BOOKED },
    { "booked", "accepted", NULL, FALSE, RCP_VISIT_CONFIRMED },
    { "booked", "accepted", "planned", FALSE, RCP_VISIT_CONFIRMED },
    { "arrived", "accepted", NULL, FALSE, RCP_VISIT_ARRIVED },
    { "arrived", "accepted", "arrived", FALSE, RCP_VISIT_ARRIVED },
    { "arrived", "accepted", "in-progress", FALSE, RCP_VISIT_WITH_PROVIDER },
    { "checked-in", "accepted", NULL, FALSE, RCP_VISIT_CHECKED_IN },
    { "checked-in", "accepted", "arrived", FALSE, RCP_VISIT_CHECKED_IN },
    { "checked-in", "accepted", "arrived", TRUE, RCP_VISIT_ROOMED },
    { "checked-in", "accepted", "triaged", FALSE, RCP_VISIT_ROOMED },
    { "checked-in", "accepted", "in-progress", TRUE, RCP_VISIT_WITH_PROVIDER },
    { "checked-in", "accepted", "onleave", TRUE, RCP_VISIT_WITH_PROVIDER },
    { "fulfilled", "accepted", "finished", TRUE, RCP_VISIT_FULFILLED },
    { "noshow", "accepted", NULL, FALSE, RCP_VISIT_NOSHOW },
    { "noshow", "accepted", "cancelled", FALSE, RCP_VISIT_LEFT },
    { "cancelled", "accepted", "cancelled", FALSE, RCP_VISIT_CANCELLED },
    { "pending", "needs-action", NULL, FALSE, RCP_VISIT_PENDING },
    { "from-the-future", "accepted", "triaged", FALSE, RCP_VISIT_ERROR },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *encounter = g_strdup_printf (
          "{'resourceType':'Encounter','id':'e','status':'%s','appointment':[{'reference':'Appointment/v'}]%s}",
          cases[i].encounter != NULL ? cases[i].encounter : "",
          cases[i].has_room ? ",'location':[{'location':{'reference':'Location/r','display':'Room 1'}}]" : "");
      RcpVisit *visit
          = make_visit (cases[i].status, cases[i].answer, cases[i].encounter != NULL ? encounter : NULL);

      g_assert_cmpint (rcp_visit_get_status (visit), ==, cases[i].expected);
      g_assert_cmpstr (rcp_visit_get_room_name (visit), ==, cases[i].has_room ? "Room 1" : NULL);
      g_assert_finalize_object (visit);
    }
}

static gint64
at (guint hour, guint minute)
{
  g_autoptr (GDateTime) time = g_date_time_new_utc (2026, 11, 23, (int)hour, (int)minute, 0);

  return g_date_time_to_unix (time) * G_USEC_PER_SEC;
}

static void
test_since (void)
{
  g_autoptr (RcpVisit) roomed = make_visit (
      "checked-in", "accepted",
      "{'resourceType':'Encounter','id':'e','status':'triaged','period':{'start':'2026-11-23T14:00:00Z'},"
      "'statusHistory':[{'status':'planned','period':{'end':'2026-11-23T14:00:00Z'}},"
      "{'status':'arrived','period':{'start':'2026-11-23T14:00:00Z','end':'2026-11-23T14:12:00Z'}}],"
      "'location':[{'location':{'reference':'Location/a'}},{'location':{'reference':'Location/b'}}]}");
  g_autoptr (RcpVisit) waits = make_visit ("arrived", "accepted", NULL);
  g_autoptr (RcpVisit) booked = make_visit ("booked", "accepted", NULL);
  g_autoptr (RcpVisit) odd = make_visit ("checked-in", "accepted",
                                         "{'resourceType':'Encounter','status':'triaged','period':7,"
                                         "'statusHistory':{},'location':[1,{'location':[]}]}");

  g_assert_cmpint (rcp_visit_get_since (roomed), ==, at (14, 12));
  g_assert_cmpint (rcp_visit_get_arrived_at (roomed), ==, at (14, 0));
  g_assert_cmpstr (rcp_visit_get_room_id (roomed), ==, "b");
  /* Nobody wrote an Encounter: the last change is all that is known. */
  g_assert_cmpint (rcp_visit_get_since (waits), ==, at (14, 30));
  g_assert_cmpint (rcp_visit_get_arrived_at (waits), ==, at (14, 30));
  g_assert_cmpint (rcp_visit_get_since (booked), ==, 0);
  g_assert_cmpint (rcp_visit_get_status (odd), ==, RCP_VISIT_ROOMED);
  g_assert_null (rcp_visit_get_room_id (odd));
}

/* One struck out, one of another visit, two of this one. */
static void
test_pick (void)
{
  static const char *const texts[] = {
    "{'resourceType':'Encounter','id':'a','status':'entered-in-error','period':{'start':'2026-11-23T16:00:00Z'},"
    "'appointment':[{'reference':'Appointment/v'}]}",
    "{'resourceType':'Encounter','id':'b','status':'arrived','period':{'start':'2026-11-23T14:00:00Z'},"
    "'appointment':[{'reference':'http://x/fhir/Appointment/v'}]}",
    "{'resourceType':'Encounter','id':'c','status':'cancelled','period':{'start':'2026-11-23T13:00:00Z'},"
    "'appointment':[{'reference':'Appointment/v'}]}",
    "{'resourceType':'Encounter','id':'d','status':'arrived','appointment':[{'reference':'Appointment/w'}]}",
    "{'resourceType':'Appointment','id':'v'}",
  };
  g_autoptr (GPtrArray) resources = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (RcpEncounters) encounters = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    g_ptr_array_add (resources, make_resource (texts[i]));
  encounters = rcp_encounters_new (resources);
  g_assert_cmpstr (fhir_resource_get_id (rcp_encounters_get (encounters, "v")), ==, "b");
  g_assert_cmpstr (fhir_resource_get_id (rcp_encounters_get (encounters, "w")), ==, "d");
  g_assert_null (rcp_encounters_get (encounters, "x"));
  /* One that names nobody is that of who is named first. */
  g_assert_cmpstr (fhir_resource_get_id (rcp_encounters_get_of (encounters, "v", "p", TRUE)), ==, "b");
  g_assert_null (rcp_encounters_get_of (encounters, "v", "q", FALSE));
}

/* The written rule of rcp_visit_status_of_people(), in whatever order they are named. */
static void
test_rule (void)
{
  static const struct
  {
    RcpVisitStatus people[3];
    RcpVisitStatus expected;
  } cases[] = {
    { { RCP_VISIT_BOOKED, RCP_VISIT_BOOKED, RCP_VISIT_BOOKED }, RCP_VISIT_BOOKED },
    { { RCP_VISIT_CONFIRMED, RCP_VISIT_BOOKED, RCP_VISIT_CONFIRMED }, RCP_VISIT_BOOKED },
    { { RCP_VISIT_CONFIRMED, RCP_VISIT_CONFIRMED, RCP_VISIT_CONFIRMED }, RCP_VISIT_CONFIRMED },
    { { RCP_VISIT_PENDING, RCP_VISIT_CONFIRMED, RCP_VISIT_BOOKED }, RCP_VISIT_PENDING },
    { { RCP_VISIT_ARRIVED, RCP_VISIT_BOOKED, RCP_VISIT_BOOKED }, RCP_VISIT_ARRIVED },
    { { RCP_VISIT_ARRIVED, RCP_VISIT_CHECKED_IN, RCP_VISIT_BOOKED }, RCP_VISIT_CHECKED_IN },
    { { RCP_VISIT_ARRIVED, RCP_VISIT_ROOMED, RCP_VISIT_NOSHOW }, RCP_VISIT_ROOMED },
    { { RCP_VISIT_ARRIVED, RCP_VISIT_ROOMED, RCP_VISIT_WITH_PROVIDER }, RCP_VISIT_WITH_PROVIDER },
    { { RCP_VISIT_FULFILLED, RCP_VISIT_ARRIVED, RCP_VISIT_LEFT }, RCP_VISIT_ARRIVED },
    { { RCP_VISIT_FULFILLED, RCP_VISIT_LEFT, RCP_VISIT_NOSHOW }, RCP_VISIT_FULFILLED },
    { { RCP_VISIT_FULFILLED, RCP_VISIT_BOOKED, RCP_VISIT_CONFIRMED }, RCP_VISIT_FULFILLED },
    { { RCP_VISIT_LEFT, RCP_VISIT_BOOKED, RCP_VISIT_NOSHOW }, RCP_VISIT_BOOKED },
    { { RCP_VISIT_LEFT, RCP_VISIT_CONFIRMED, RCP_VISIT_NOSHOW }, RCP_VISIT_CONFIRMED },
    { { RCP_VISIT_LEFT, RCP_VISIT_NOSHOW, RCP_VISIT_NOSHOW }, RCP_VISIT_LEFT },
    { { RCP_VISIT_NOSHOW, RCP_VISIT_NOSHOW, RCP_VISIT_NOSHOW }, RCP_VISIT_NOSHOW },
    { { RCP_VISIT_CANCELLED, RCP_VISIT_CANCELLED, RCP_VISIT_CANCELLED }, RCP_VISIT_CANCELLED },
    { { RCP_VISIT_WAITLIST, RCP_VISIT_WAITLIST, RCP_VISIT_WAITLIST }, RCP_VISIT_WAITLIST },
    { { RCP_VISIT_ERROR, RCP_VISIT_ERROR, RCP_VISIT_ERROR }, RCP_VISIT_ERROR },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    for (guint k = 0; k < 6; k++)
      {
        const RcpVisitStatus *people = cases[i].people;
        RcpVisitStatus order[3] = { people[k % 3], people[(k + (k < 3 ? 1 : 2)) % 3], people[(k + (k < 3 ? 2 : 1)) % 3] };

        g_assert_cmpint (rcp_visit_status_of_people (order, 3), ==, cases[i].expected);
      }
}

/* @first, @second: what each has of an Encounter: its status, with what follows; or NULL */
static RcpVisit *
make_pair (const char *status, const char *first, const char *second)
{
  g_autofree char *text = g_strdup_printf (
      "{'resourceType':'Appointment','id':'v','meta':{'lastUpdated':'2026-11-23T14:30:00Z'},'status':'%s','participant':["
      "{'actor':{'reference':'Patient/p','display':'Ann'},'status':'accepted'},{'actor':{'reference':'Practitioner/d'}},"
      "{'actor':{'reference':'Patient/no'},'status':'declined'},"
      "{'actor':{'reference':'Patient/q','display':'Ben'},'status':'needs-action'}]}", status);
  g_autoptr (FhirResource) appointment = make_resource (text);
  g_autoptr (GPtrArray) resources = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (RcpEncounters) encounters = NULL;

  for (guint i = 0; i < 2; i++)
    if ((i == 0 ? first : second) != NULL)
      {
        g_autofree char *json = g_strdup_printf ("{'resourceType':'Encounter','id':'%u','subject':{'reference':'Patient/%s'},"
                                                 "'appointment':[{'reference':'Appointment/v'}],'status':%s}",
                                                 i, i == 0 ? "p" : "q", i == 0 ? first : second);

        g_ptr_array_add (resources, make_resource (json));
      }
  encounters = rcp_encounters_new (resources);
  return rcp_visit_new_found (appointment, encounters, NULL, NULL);
}

/* By an Appointment and the Encounters of two, whoever wrote them. */
static void
test_people (void)
{
  static const struct
  {
    const char *status, *first, *second;
    RcpVisitStatus p, q, visit;
    guint n_come;
  } cases[] = {
    { "booked", NULL, NULL, RCP_VISIT_CONFIRMED, RCP_VISIT_BOOKED, RCP_VISIT_BOOKED, 0 },
    /* By the Appointment alone, both. */
    { "arrived", NULL, NULL, RCP_VISIT_ARRIVED, RCP_VISIT_ARRIVED, RCP_VISIT_ARRIVED, 2 },
    { "fulfilled", NULL, NULL, RCP_VISIT_FULFILLED, RCP_VISIT_FULFILLED, RCP_VISIT_FULFILLED, 2 },
    { "noshow", NULL, NULL, RCP_VISIT_NOSHOW, RCP_VISIT_NOSHOW, RCP_VISIT_NOSHOW, 0 },
    { "cancelled", "'cancelled'", NULL, RCP_VISIT_CANCELLED, RCP_VISIT_CANCELLED, RCP_VISIT_CANCELLED, 0 },
    { "arrived", NULL, "'arrived'", RCP_VISIT_CONFIRMED, RCP_VISIT_ARRIVED, RCP_VISIT_ARRIVED, 1 },
    { "arrived", "'arrived'", NULL, RCP_VISIT_ARRIVED, RCP_VISIT_BOOKED, RCP_VISIT_ARRIVED, 1 },
    { "checked-in", "'arrived'", "'triaged'", RCP_VISIT_ARRIVED, RCP_VISIT_ROOMED, RCP_VISIT_ROOMED, 2 },
    { "checked-in", "'arrived'", NULL, RCP_VISIT_CHECKED_IN, RCP_VISIT_BOOKED, RCP_VISIT_CHECKED_IN, 1 },
    { "checked-in", "'in-progress'", "'triaged'", RCP_VISIT_WITH_PROVIDER, RCP_VISIT_ROOMED, RCP_VISIT_WITH_PROVIDER, 2 },
    { "arrived", "'finished'", "'arrived'", RCP_VISIT_FULFILLED, RCP_VISIT_ARRIVED, RCP_VISIT_ARRIVED, 2 },
    { "fulfilled", "'finished'", "'cancelled'", RCP_VISIT_FULFILLED, RCP_VISIT_NOSHOW, RCP_VISIT_FULFILLED, 1 },
    { "fulfilled", "'finished'", "'cancelled','period':{'end':'2026-11-23T14:00:00Z'}", RCP_VISIT_FULFILLED, RCP_VISIT_LEFT,
      RCP_VISIT_FULFILLED, 2 },
    { "fulfilled", "'finished'", NULL, RCP_VISIT_FULFILLED, RCP_VISIT_BOOKED, RCP_VISIT_FULFILLED, 1 },
    { "fulfilled", "'arrived'", "'finished'", RCP_VISIT_FULFILLED, RCP_VISIT_FULFILLED, RCP_VISIT_FULFILLED, 2 },
    { "noshow", "'cancelled','period':{'start':'2026-11-23T14:00:00Z'}", NULL, RCP_VISIT_LEFT, RCP_VISIT_NOSHOW, RCP_VISIT_LEFT, 1 },
    { "arrived", "'entered-in-error'", "'arrived'", RCP_VISIT_CONFIRMED, RCP_VISIT_ARRIVED, RCP_VISIT_ARRIVED, 1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      RcpVisit *visit = make_pair (cases[i].status, cases[i].first, cases[i].second);

      g_test_message ("case %u", i);
      g_assert_cmpuint (rcp_visit_get_n_people (visit), ==, 2);
      g_assert_cmpstr (rcp_visit_get_person_id (visit, 1), ==, "q");
      g_assert_cmpint (rcp_visit_get_person_status (visit, 0), ==, cases[i].p);
      g_assert_cmpint (rcp_visit_get_person_status (visit, 1), ==, cases[i].q);
      g_assert_cmpint (rcp_visit_get_status (visit), ==, cases[i].visit);
      g_assert_cmpuint (rcp_visit_count_come (visit), ==, cases[i].n_come);
      g_assert_finalize_object (visit);
    }
}

/* Of several the times are those of the furthest who is there longest; a part is about its one alone. */
static void
test_part (void)
{
  g_autoptr (RcpVisit) visit = make_pair (
      "arrived", "'arrived','period':{'start':'2026-11-23T14:10:00Z'}",
      "'arrived','period':{'start':'2026-11-23T14:05:00Z'},'location':[{'location':{'reference':'Location/r','display':'Room 1'}}]");
  g_autoptr (RcpVisit) one = make_visit ("arrived", "accepted", NULL);
  g_autoptr (RcpVisit) first = rcp_visit_dup_part (visit, 0);
  g_autoptr (RcpVisit) second = rcp_visit_dup_part (visit, 1);
  g_autoptr (RcpVisit) only = rcp_visit_dup_part (one, 0);

  g_assert_cmpint (rcp_visit_get_since (visit), ==, at (14, 5));
  g_assert_cmpstr (rcp_visit_get_room_name (visit), ==, "Room 1");
  g_assert_cmpstr (rcp_visit_get_patient_name (visit), ==, "Ann");
  g_assert_cmpstr (rcp_visit_get_patient_name (first), ==, "Ann");
  g_assert_cmpint (rcp_visit_get_since (first), ==, at (14, 10));
  g_assert_null (rcp_visit_get_room_id (first));
  g_assert_cmpstr (rcp_visit_get_patient_name (second), ==, "Ben");
  g_assert_cmpstr (rcp_visit_get_patient_id (second), ==, "q");
  g_assert_cmpstr (rcp_visit_get_room_id (second), ==, "r");
  g_assert_cmpuint (rcp_visit_get_n_people (second), ==, 1);
  g_assert_true (rcp_visit_get_whole (second) == visit && rcp_visit_get_whole (visit) == visit);
  g_assert_true (only == one && rcp_visit_get_whole (one) == one);
  g_assert_cmpuint (rcp_visit_get_n_people (one), ==, 1);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/clinic/visit-flow/statuses", test_statuses);
  g_test_add_func ("/clinic/visit-flow/since", test_since);
  g_test_add_func ("/clinic/visit-flow/pick", test_pick);
  g_test_add_func ("/clinic/visit-flow/rule", test_rule);
  g_test_add_func ("/clinic/visit-flow/people", test_people);
  g_test_add_func ("/clinic/visit-flow/part", test_part);
  return g_test_run ();
}
