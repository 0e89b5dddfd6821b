/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The roster of the sample clinic, from a real record; and rosters of odd ones, put together here. */

#include "clinic-fixture.h"

#include "clinic/rcp-clinic-rules.h"
#include "clinic/rcp-codes.h"
#include "clinic/rcp-roster-private.h"
#include "clinic/rcp-specialty.h"
#include "clinic/rcp-working-day.h"

static void
test_sample (void)
{
  g_autoptr (PracticeFixture) practice = clinic_fixture_new ();
  g_autoptr (FhirClient) client = practice_fixture_create_client (practice);
  guint64 n_requests = fhir_client_get_n_requests (client);
  RcpRoster *roster = clinic_load_roster (client);
  GListModel *providers = rcp_roster_get_providers (roster);
  g_autoptr (GHashTable) specialties = g_hash_table_new (g_str_hash, g_str_equal);

  g_assert_cmpuint (fhir_client_get_n_requests (client) - n_requests, <=, 6);
  g_assert_cmpuint (g_list_model_get_n_items (providers), >=, 12);
  g_assert_cmpuint (g_list_model_get_n_items (rcp_roster_get_places (roster)), ==, 2);
  g_assert_cmpuint (g_list_model_get_n_items (rcp_roster_get_visit_types (roster)), >=, 4);
  g_assert_cmpstr (rcp_roster_get_clinic_name (roster), !=, "");
  g_assert_cmpstr (g_time_zone_get_identifier (rcp_roster_get_zone (roster)), ==, "America/New_York");

  for (guint i = 0; i < g_list_model_get_n_items (providers); i++)
    {
      g_autoptr (RcpProvider) provider = g_list_model_get_item (providers, i);

      g_assert_true (rcp_roster_find_provider (roster, rcp_provider_get_schedule_id (provider)) == provider);
      g_assert_nonnull (rcp_provider_get_practitioner_id (provider));
      g_assert_nonnull (rcp_provider_get_place (provider));
      g_assert_nonnull (rcp_specialty_get_name (rcp_provider_get_specialty (provider)));
      g_assert_cmpstr (rcp_provider_get_name (provider), !=, "");
      g_assert_false (rcp_weekly_hours_is_empty (rcp_provider_get_hours (provider)));
      g_assert_true (rcp_roster_find_place (roster, rcp_place_get_id (rcp_provider_get_place (provider))) ==
                     rcp_provider_get_place (provider));
      g_hash_table_add (specialties, (gpointer) rcp_provider_get_specialty (provider));
    }
  g_assert_cmpuint (g_hash_table_size (specialties), ==, 8);

  for (guint i = 0; i < g_list_model_get_n_items (rcp_roster_get_visit_types (roster)); i++)
    {
      g_autoptr (RcpVisitType) type = g_list_model_get_item (rcp_roster_get_visit_types (roster), i);

      g_assert_cmpuint (rcp_visit_type_get_duration (type), >=, 5);
      g_assert_true (rcp_roster_find_visit_type (roster, rcp_visit_type_get_code (type)) == type);
    }
  g_clear_pointer (&specialties, g_hash_table_unref);
  g_assert_finalize_object (roster);
}

static void
test_unreachable (void)
{
  FhirClient *client = fhir_client_new_for_socket ("/nonexistent/reception.socket");
  g_autoptr (GAsyncResult) done = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *result = NULL;

  fhir_client_set_max_retries (client, 0);
  rcp_roster_load_async (client, NULL, clinic_keep_result_cb, &result);
  done = clinic_wait (&result);
  g_assert_null (rcp_roster_load_finish (done, &error));
  g_assert_error (error, FHIR_ERROR, FHIR_ERROR_NETWORK);
  g_clear_object (&done);
  g_assert_finalize_object (client);
}

static void
add (GHashTable *resources, const char *json)
{
  g_autoptr (JsonNode) node = json_from_string (json, NULL);
  FhirResource *resource = fhir_resource_new (json_node_get_object (node));

  g_hash_table_insert (resources, g_strdup (fhir_resource_get_reference (resource)), resource);
}

/* Schedules that name people, roles or rooms; people at two places; those who have left. */
static void
test_shapes (void)
{
  g_autoptr (GHashTable) resources = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  g_autoptr (RcpVisit) at_b = NULL;
  g_autoptr (RcpVisit) by_role = NULL;
  g_autoptr (FhirResource) visit_json = NULL;
  g_autoptr (FhirResource) role_json = NULL;
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (JsonNode) role_node = NULL;
  RcpRoster *roster;

  add (resources, "{'resourceType':'Location','id':'a','name':'A'}");
  add (resources, "{'resourceType':'Location','id':'b','name':'B'}");
  add (resources, "{'resourceType':'Location','id':'unused','name':'C'}");
  add (resources, "{'resourceType':'Practitioner','id':'p','name':[{'family':'Ruiz','prefix':['Dr.'],'given':['Ana']}]}");
  add (resources, "{'resourceType':'Practitioner','id':'left','active':false,'name':[{'family':'Gone'}]}");
  add (resources, "{'resourceType':'PractitionerRole','id':'ra','practitioner':{'reference':'Practitioner/p'},"
                  "'location':[{'reference':'Location/a'}]}");
  add (resources, "{'resourceType':'PractitionerRole','id':'rb','practitioner':{'reference':'Practitioner/p'},"
                  "'location':[{'reference':'Location/b'}]}");
  add (resources, "{'resourceType':'Schedule','id':'1','actor':[{'reference':'PractitionerRole/ra'}]}");
  add (resources, "{'resourceType':'Schedule','id':'2','actor':[{'reference':'Practitioner/p'},{'reference':'Location/b'}]}");
  add (resources, "{'resourceType':'Schedule','id':'3','actor':[{'reference':'Practitioner/left'}]}");
  add (resources, "{'resourceType':'Schedule','id':'4','active':false,'actor':[{'reference':'Practitioner/p'}]}");
  add (resources, "{'resourceType':'Schedule','id':'room','actor':[{'reference':'Location/a'}]}");
  add (resources, "{'resourceType':'Schedule','id':'odd','actor':'nobody'}");
  add (resources, "{'resourceType':'HealthcareService','id':'off','active':false,'name':'Old'}");

  roster = rcp_roster_new (resources);
  g_assert_cmpuint (g_list_model_get_n_items (rcp_roster_get_providers (roster)), ==, 2);
  g_assert_cmpuint (g_list_model_get_n_items (rcp_roster_get_places (roster)), ==, 2);
  g_assert_cmpuint (g_list_model_get_n_items (rcp_roster_get_visit_types (roster)), ==, 0);
  g_assert_cmpstr (rcp_provider_get_role_id (rcp_roster_find_provider (roster, "2")), ==, "rb");
  g_assert_cmpstr (rcp_provider_get_name (rcp_roster_find_provider (roster, "1")), ==, "Dr. Ana Ruiz");
  g_assert_cmpstr (rcp_provider_get_short_name (rcp_roster_find_provider (roster, "1")), ==, "Dr. A. Ruiz");
  g_assert_null (rcp_roster_find_provider (roster, "room"));
  g_assert_null (rcp_roster_find_provider (roster, NULL));

  node = json_from_string ("{'resourceType':'Appointment','id':'v','participant':[{'actor':{'reference':'Location/b'}},"
                           "{'actor':{'reference':'Practitioner/p'}}]}", NULL);
  visit_json = fhir_resource_new (json_node_get_object (node));
  at_b = rcp_visit_new (visit_json, NULL);
  g_assert_true (rcp_roster_find_provider_of_visit (roster, at_b) == rcp_roster_find_provider (roster, "2"));

  role_node = json_from_string ("{'resourceType':'Appointment','id':'w','participant':["
                                "{'actor':{'reference':'PractitionerRole/ra'}}]}", NULL);
  role_json = fhir_resource_new (json_node_get_object (role_node));
  by_role = rcp_visit_new (role_json, NULL);
  g_assert_true (rcp_roster_find_provider_of_visit (roster, by_role) == rcp_roster_find_provider (roster, "1"));
  g_assert_finalize_object (roster);
}

/* A clinic that is being made: places, and nobody yet. */
static void
test_empty (void)
{
  g_autoptr (GHashTable) resources = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  RcpRoster *roster = rcp_roster_new (resources);

  g_assert_cmpuint (g_list_model_get_n_items (rcp_roster_get_places (roster)), ==, 0);
  g_assert_nonnull (rcp_roster_get_clinic_name (roster));
  g_assert_nonnull (rcp_roster_get_zone (roster));
  g_assert_finalize_object (roster);

  add (resources, "{'resourceType':'Location','id':'a','name':'Harbour Street'}");
  roster = rcp_roster_new (resources);
  g_assert_cmpuint (g_list_model_get_n_items (rcp_roster_get_places (roster)), ==, 1);
  g_assert_cmpstr (rcp_roster_get_clinic_name (roster), ==, "Harbour Street");
  g_assert_finalize_object (roster);
}

#define CLOSED "'extension':[{'url':'urn:reception:closed','extension':[{'url':'period','valuePeriod':" \
               "{'start':'2026-12-24','end':'2026-12-26'}},{'url':'label','valueString':'Holidays'}]}]"

static void
add_house (GHashTable *resources)
{
  add (resources, "{'resourceType':'Organization','id':'o','name':'Clinic','extension':[{'url':'urn:reception:grain',"
                  "'valueInteger':20}]}");
  add (resources, "{'resourceType':'Location','id':'a','name':'A'," CLOSED "}");
  add (resources, "{'resourceType':'Location','id':'r1','name':'Room 1','partOf':{'reference':'Location/a'},"
                  "'physicalType':{'coding':[{'system':'http://terminology.hl7.org/CodeSystem/location-physical-type',"
                  "'code':'ro'}]}}");
  add (resources, "{'resourceType':'Device','id':'d','status':'active','location':{'reference':'Location/a'},'deviceName':"
                  "[{'name':'ECG 1','type':'user-friendly-name'}],"
                  "'type':{'coding':[{'system':'urn:reception:device-type','code':'ecg','display':'ECG'}]}}");
  add (resources, "{'resourceType':'Device','id':'old','status':'inactive'}");
  add (resources, "{'resourceType':'Schedule','id':'1','actor':[{'reference':'PractitionerRole/ra'}]}");
  add (resources, "{'resourceType':'Schedule','id':'2','actor':[{'reference':'Location/r1'}]}");
  add (resources, "{'resourceType':'Schedule','id':'3','actor':[{'reference':'Device/d'}]}");
  add (resources, "{'resourceType':'Schedule','id':'4','actor':[{'reference':'Device/old'}]}");
  add (resources, "{'resourceType':'PractitionerRole','id':'ra','location':[{'reference':'Location/a'}],"
                  "'availableTime':[{'daysOfWeek':['thu','fri'],'availableStartTime':'09:00:00','availableEndTime':'12:00:00'}]}");
  add (resources, "{'resourceType':'HealthcareService','id':'ecg','extension':[{'url':'urn:reception:needs',"
                  "'valueCoding':{'code':'ecg'}}],'eligibility':[{'code':{'coding':[{'system':'urn:reception:eligibility',"
                  "'code':'new-patients'}]}}]}");
}

/* rcp-working-day.c: a provider who works on Thursdays and Fridays, at a site that is closed over Christmas. */
static void
test_working_day (void)
{
  static const struct { GDateDay day; GDateMonth month; GDateDay next_day; GDateMonth next_month; } cases[] = {
    { 23, 11, 26, 11 }, { 26, 11, 27, 11 }, { 27, 11, 3, 12 }, { 18, 12, 31, 12 },
  };
  g_autoptr (GHashTable) resources = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  g_autoptr (GHashTable) nobody = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  RcpRoster *roster, *empty = rcp_roster_new (nobody);
  GDate day, next;

  add_house (resources);
  roster = rcp_roster_new (resources);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_date_clear (&day, 1);
      g_date_set_dmy (&day, cases[i].day, cases[i].month, 2026);
      rcp_working_day_find_next (roster, &day, &next);
      g_assert_cmpuint (g_date_get_day (&next), ==, cases[i].next_day);
      g_assert_cmpuint (g_date_get_month (&next), ==, cases[i].next_month);
      g_assert_true (rcp_working_day_is_one (roster, &next));
      rcp_working_day_find_next (empty, &day, &next);
      g_assert_cmpint (g_date_days_between (&day, &next), ==, 1);
      rcp_working_day_find_previous (empty, &day, &next);
      g_assert_cmpint (g_date_days_between (&day, &next), ==, -1);
    }
  /* Back over Christmas, and from a Thursday to the Friday of the week before. */
  g_date_set_dmy (&day, 31, 12, 2026);
  rcp_working_day_find_previous (roster, &day, &next);
  g_assert_cmpuint (g_date_get_day (&next), ==, 18);
  g_date_set_dmy (&day, 3, 12, 2026);
  rcp_working_day_find_previous (roster, &day, &next);
  g_assert_cmpuint (g_date_get_day (&next), ==, 27);
  g_assert_finalize_object (roster);
  g_assert_finalize_object (empty);
}

/* rcp-clinic-rules.c: what the clinic has decided, unless that is nonsense. */
static void
test_clinic_rules (void)
{
  static const struct
  {
    const char *value;
    guint days;
  } cases[] = { { "5", 5 }, { "1", 1 }, { "0", RCP_URGENT_DAYS }, { "99", RCP_URGENT_DAYS }, { "'soon'", RCP_URGENT_DAYS } };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GHashTable) resources = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
      g_autofree char *text = g_strdup_printf ("{'resourceType':'Organization','id':'o','name':'Clinic','extension':[{'url':"
                                               "'urn:reception:urgent-days','valueInteger':%s}]}", cases[i].value);
      RcpRoster *roster;

      add (resources, text);
      roster = rcp_roster_new (resources);
      g_assert_cmpuint (rcp_clinic_rules_get_urgent_days (roster), ==, cases[i].days);
      g_assert_finalize_object (roster);
    }
}

/* Rooms and devices are no places and no columns of providers; a site that is closed closes its providers. */
static void
test_rooms (void)
{
  g_autoptr (GHashTable) resources = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  g_autoptr (GPtrArray) devices = NULL;
  RcpRoster *roster;
  RcpRoom *room, *device;
  RcpVisitType *ecg;

  add_house (resources);
  roster = rcp_roster_new (resources);
  g_assert_cmpuint (rcp_roster_get_grain (roster), ==, 20);
  g_assert_cmpuint (g_list_model_get_n_items (rcp_roster_get_places (roster)), ==, 1);
  g_assert_cmpuint (g_list_model_get_n_items (rcp_roster_get_providers (roster)), ==, 1);
  g_assert_cmpuint (g_list_model_get_n_items (rcp_roster_get_rooms (roster)), ==, 2);
  room = rcp_roster_find_room (roster, "Location/r1");
  device = rcp_roster_find_room (roster, "Device/d");
  g_assert_null (rcp_roster_find_room (roster, "Device/old"));
  g_assert_cmpstr (rcp_room_get_name (room), ==, "Room 1");
  g_assert_cmpstr (rcp_room_get_kind (room), ==, RCP_NEEDS_ROOM);
  g_assert_cmpstr (rcp_room_get_schedule_id (room), ==, "2");
  g_assert_cmpstr (rcp_room_get_name (device), ==, "ECG 1");
  g_assert_cmpstr (rcp_room_get_kind (device), ==, "ecg");
  g_assert_cmpstr (rcp_place_get_name (rcp_room_get_place (device)), ==, "A");
  g_assert_true (rcp_room_get_zone (room) == rcp_place_get_zone (rcp_room_get_place (room)));
  ecg = rcp_roster_find_visit_type (roster, "ecg");
  g_assert_cmpstr (rcp_visit_type_get_needs (ecg), ==, "ecg");
  g_assert_true (rcp_visit_type_is_for_new_patients (ecg));
  g_assert_true (rcp_roster_is_room_needed (roster, device));
  g_assert_false (rcp_roster_is_room_needed (roster, room));
  devices = rcp_roster_list_resources (roster, "Device");
  g_assert_cmpuint (devices->len, ==, 2);
  g_assert_nonnull (rcp_roster_lookup_resource (roster, "http://host/fhir/Device/old"));
  g_assert_finalize_object (roster);
}

static void
test_closed (void)
{
  g_autoptr (GHashTable) resources = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  g_autoptr (GArray) before = NULL;
  g_autoptr (GArray) christmas = NULL;
  RcpRoster *roster;
  RcpProvider *provider;
  GDate day;

  add_house (resources);
  roster = rcp_roster_new (resources);
  provider = rcp_roster_find_provider (roster, "1");
  g_assert_cmpuint (rcp_place_get_closed (rcp_provider_get_place (provider))->len, ==, 1);
  g_date_set_dmy (&day, 18, G_DATE_DECEMBER, 2026);
  before = rcp_weekly_hours_expand (rcp_provider_get_hours (provider), &day, rcp_provider_get_zone (provider));
  g_assert_cmpuint (before->len, ==, 1);
  g_date_set_dmy (&day, 25, G_DATE_DECEMBER, 2026);
  christmas = rcp_weekly_hours_expand (rcp_provider_get_hours (provider), &day, rcp_provider_get_zone (provider));
  g_assert_cmpuint (christmas->len, ==, 0);
  g_assert_finalize_object (roster);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/clinic/roster/sample", test_sample);
  g_test_add_func ("/clinic/roster/unreachable", test_unreachable);
  g_test_add_func ("/clinic/roster/shapes", test_shapes);
  g_test_add_func ("/clinic/roster/empty", test_empty);
  g_test_add_func ("/clinic/roster/rooms", test_rooms);
  g_test_add_func ("/clinic/roster/working-day", test_working_day);
  g_test_add_func ("/clinic/roster/clinic-rules", test_clinic_rules);
  g_test_add_func ("/clinic/roster/closed", test_closed);
  return g_test_run ();
}
