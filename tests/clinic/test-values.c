/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Values made of FHIR resources (rcp-elements, rcp-available-time, rcp-patient, rcp-place, rcp-provider, rcp-slot,
 * rcp-specialty, rcp-visit, rcp-visit-status, rcp-visit-type, rcp-visit-words): usual ones, odd ones, and every example of HL7 that is here. */

#include "clinic/rcp-codes.h"
#include "clinic/rcp-elements.h"
#include "clinic/rcp-gender.h"
#include "clinic/rcp-specialty.h"
#include "clinic/rcp-values.h"

static FhirResource *
make (const char *json)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = json_from_string (json, &error);

  g_assert_no_error (error);
  return fhir_resource_new (json_node_get_object (node));
}

static RcpPatient *
make_patient (const char *members)
{
  g_autofree char *json = g_strdup_printf ("{'resourceType':'Patient','id':'1'%s%s}", *members != '\0' ? "," : "", members);
  g_autoptr (FhirResource) resource = make (json);

  return rcp_patient_new (resource);
}

static void
test_names (void)
{
  static const struct { const char *members, *name, *sort_name; } cases[] = {
    { "'name':[{'family':'Garcia','given':['Maria','Luz'],'prefix':['Mrs.']}]", "Maria Luz Garcia", "Garcia, Maria Luz" },
    { "'name':[{'text':'Maria Garcia'}]", "Maria Garcia", "Maria Garcia" },
    { "'name':[{'family':'Abbott774'}]", "Abbott774", "Abbott774" },
    { "'name':[{'given':['Cher']}]", "Cher", "Cher" },
    { "'name':[{'use':'maiden','family':'Old'},{'use':'official','family':'New'}]", "New", "New" },
    { "'name':[{'use':'official','family':'Ended','period':{'end':'2001-01-01'}},{'use':'usual','family':'Now'}]", "Now", "Now" },
    { "'name':[{'use':'official'},{'use':'nickname','given':['Bo']}]", "Bo", "Bo" },
    { "'name':[{'given':[null,'',7,'Ann']}]", "Ann", "Ann" },
    { "", "Name unknown", "Name unknown" },
    { "'name':'Garcia'", "Name unknown", "Name unknown" },
    { "'name':[null,3,{}]", "Name unknown", "Name unknown" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      RcpPatient *patient = make_patient (cases[i].members);

      g_assert_cmpstr (rcp_patient_get_name (patient), ==, cases[i].name);
      g_assert_cmpstr (rcp_patient_get_sort_name (patient), ==, cases[i].sort_name);
      g_assert_finalize_object (patient);
    }
}

static void
test_patient (void)
{
  RcpPatient *patient = make_patient (
      "'active':false,'gender':'female','birthDate':'1980-02-29','deceasedDateTime':'2020-01-01',"
      "'identifier':[{'system':'x','value':'other'},{'system':'urn:reception:mrn','value':'ours'},"
      "{'type':{'coding':[{'system':'http://terminology.hl7.org/CodeSystem/v2-0203','code':'MR'}]},'value':'record'}],"
      "'telecom':[{'system':'phone','use':'old','value':'1'},{'system':'phone','use':'work','value':'2'},"
      "{'system':'phone','use':'mobile','value':'3'},{'system':'email','value':'a@b.c'}],"
      "'address':[{'use':'old','line':['Gone']},{'line':['1 Main St','Apt 2'],'city':'Boston','state':'MA','postalCode':'02101'}],"
      "'communication':[{'language':{'coding':[{'code':'en'}]}},{'language':{'coding':[{'code':'es'}]},'preferred':true}]");
  g_autofree char *phone = NULL;
  GDate day;

  g_assert_cmpstr (rcp_patient_get_mrn (patient), ==, "record");
  g_assert_cmpstr (rcp_patient_get_phone (patient), ==, "3");
  g_assert_cmpstr (rcp_patient_get_email (patient), ==, "a@b.c");
  g_assert_cmpstr (rcp_patient_get_address (patient), ==, "1 Main St, Apt 2, Boston, MA 02101");
  g_assert_cmpstr (rcp_patient_get_language (patient), ==, "es");
  g_assert_cmpstr (rcp_patient_get_gender (patient), ==, "female");
  g_assert_true (rcp_patient_is_deceased (patient));
  g_assert_false (rcp_patient_is_active (patient));
  g_object_get (patient, "phone", &phone, NULL);
  g_assert_cmpstr (phone, ==, "3");

  g_date_clear (&day, 1);
  g_date_set_dmy (&day, 28, G_DATE_FEBRUARY, 2001);
  g_assert_cmpint (rcp_patient_get_age (patient, &day), ==, 20);
  g_date_set_dmy (&day, 1, G_DATE_MARCH, 2001);
  g_assert_cmpint (rcp_patient_get_age (patient, &day), ==, 21);
  g_date_set_dmy (&day, 1, G_DATE_MARCH, 1970);
  g_assert_cmpint (rcp_patient_get_age (patient, &day), ==, -1);
  g_assert_finalize_object (patient);

  patient = make_patient ("'birthDate':'1980-02'");
  g_assert_null (rcp_patient_get_birth_date (patient));
  g_assert_null (rcp_patient_get_mrn (patient));
  g_assert_true (rcp_patient_is_active (patient));
  g_assert_finalize_object (patient);
}

static void
test_provider (void)
{
  g_autoptr (FhirResource) location = make ("{'resourceType':'Location','id':'l','name':'Harbour','extension':[{'url':"
                                            "'http://hl7.org/fhir/StructureDefinition/timezone','valueCode':'Asia/Kolkata'}]}");
  g_autoptr (FhirResource) schedule = make ("{'resourceType':'Schedule','id':'s','actor':[{'reference':'Practitioner/p'}]}");
  g_autoptr (FhirResource) role = make ("{'resourceType':'PractitionerRole','id':'r','specialty':[{'coding':[{'system':"
                                        "'http://nucc.org/provider-taxonomy','code':'207RC0000X'}]}],'availableTime':["
                                        "{'daysOfWeek':['mon'],'availableStartTime':'09:00:00','availableEndTime':'12:00:00'},"
                                        "{'daysOfWeek':['sun'],'availableStartTime':'22:00:00','availableEndTime':'02:00:00'},"
                                        "{'availableStartTime':'late'}],'notAvailable':[{'description':'Leave',"
                                        "'during':{'start':'2026-11-30','end':'2026-11-30'}}]}");
  RcpPlace *place = rcp_place_new (location);
  RcpProvider *provider = rcp_provider_new (schedule, role, NULL, place);
  g_autoptr (GArray) monday = NULL;
  g_autoptr (GArray) leave = NULL;
  GDate day;

  g_assert_cmpstr (rcp_provider_get_practitioner_id (provider), ==, "p");
  g_assert_cmpstr (rcp_provider_get_name (provider), ==, "Name unknown");
  g_assert_cmpstr (rcp_provider_get_short_name (provider), ==, "Name unknown");
  g_assert_cmpstr (rcp_provider_get_specialty_name (provider), ==, "Cardiology");
  g_assert_cmpstr (g_time_zone_get_identifier (rcp_provider_get_zone (provider)), ==, "Asia/Kolkata");

  /* The night from Sunday reaches into Monday. */
  g_date_clear (&day, 1);
  g_date_set_dmy (&day, 23, G_DATE_NOVEMBER, 2026);
  monday = rcp_weekly_hours_expand (rcp_provider_get_hours (provider), &day, rcp_provider_get_zone (provider));
  g_assert_cmpuint (monday->len, ==, 2);
  g_date_add_days (&day, 7);
  leave = rcp_weekly_hours_expand (rcp_provider_get_hours (provider), &day, rcp_provider_get_zone (provider));
  g_assert_cmpuint (leave->len, ==, 0);
  g_assert_finalize_object (provider);
  g_assert_finalize_object (place);
}

/* What patients ask for of a provider, as far as the record tells it: rcp-gender. */
static void
test_person (void)
{
  g_autoptr (FhirResource) schedule = make ("{'resourceType':'Schedule','id':'s'}");
  g_autoptr (FhirResource) person = make ("{'resourceType':'Practitioner','id':'p','gender':'female','communication':"
                                          "[{'coding':[{'code':'en'}]},{'coding':[{'code':'es-MX'}]}]}");
  g_autoptr (FhirResource) other = make ("{'resourceType':'Practitioner','id':'q','gender':'other'}");
  g_autoptr (RcpProvider) provider = rcp_provider_new (schedule, NULL, person, NULL);
  g_autoptr (RcpProvider) unknown = rcp_provider_new (schedule, NULL, other, NULL), nobody = rcp_provider_new (schedule, NULL, NULL, NULL);

  g_assert_cmpint (rcp_provider_get_gender (provider), ==, RCP_GENDER_FEMALE);
  g_assert_true (rcp_provider_speaks (provider, "es") && rcp_provider_speaks (provider, "es-ES") && rcp_provider_speaks (provider, "EN"));
  g_assert_false (rcp_provider_speaks (provider, "e") || rcp_provider_speaks (provider, "est"));
  g_assert_cmpint (rcp_provider_get_gender (unknown), ==, RCP_GENDER_ANY);
  g_assert_cmpint (rcp_provider_get_gender (nobody), ==, RCP_GENDER_ANY);
  g_assert_false (rcp_provider_speaks (nobody, "en"));
  for (RcpGender i = RCP_GENDER_ANY; i <= RCP_GENDER_MALE; i++)
    g_assert_cmpint (rcp_gender_from_code (rcp_gender_to_code (i)), ==, i);
}

static void
test_visit (void)
{
  g_autoptr (FhirResource) appointment = make (
      "{'resourceType':'Appointment','id':'v','status':'checked-in','priority':1,'start':'2026-11-23T14:00:00Z',"
      "'minutesDuration':20,'description':'Cough','serviceType':[{'coding':[{'system':'urn:reception:visit-type',"
      "'code':'follow-up','display':'Follow-up'}]}],'slot':[{'reference':'Slot/1'},{'reference':'Slot/2'}],"
      "'identifier':[{'system':'urn:reception:confirmation','value':'7KD-M2Q'}],'participant':["
      "{'actor':{'reference':'Patient/p','display':'Maria'}},{'actor':{'reference':'Practitioner/no'},'status':'declined'},"
      "{'actor':{'reference':'http://h/fhir/Practitioner/d/_history/2'}},{'actor':{'reference':'Location/l'}}]}");
  RcpVisit *visit = rcp_visit_new (appointment, NULL);

  g_assert_cmpint (rcp_visit_get_status (visit), ==, RCP_VISIT_CHECKED_IN);
  g_assert_cmpint (rcp_visit_get_urgency (visit), ==, RCP_URGENCY_EMERGENCY);
  g_assert_cmpint (rcp_visit_get_range (visit).end - rcp_visit_get_range (visit).start, ==, 20 * G_TIME_SPAN_MINUTE);
  g_assert_cmpstr (rcp_visit_get_patient_id (visit), ==, "p");
  g_assert_cmpstr (rcp_visit_get_patient_name (visit), ==, "Maria");
  g_assert_cmpstr (rcp_visit_get_practitioner_id (visit), ==, "d");
  g_assert_cmpstr (rcp_visit_get_location_id (visit), ==, "l");
  g_assert_cmpstr (rcp_visit_get_type_code (visit), ==, "follow-up");
  g_assert_cmpstr (rcp_visit_get_type_name (visit), ==, "Follow-up");
  g_assert_cmpstr (rcp_visit_get_code (visit), ==, "7KD-M2Q");
  g_assert_cmpuint (g_strv_length ((GStrv) rcp_visit_get_slot_ids (visit)), ==, 2);
  g_assert_finalize_object (visit);
}

static void
test_codes (void)
{
  guint n;

  for (RcpVisitStatus status = RCP_VISIT_PROPOSED; status <= RCP_VISIT_ERROR; status++)
    {
      const char *code = rcp_visit_status_to_code (status);

      /* Several share a code of FHIR; each has a name of its own. */
      g_assert_cmpstr (rcp_visit_status_to_code (rcp_visit_status_from_code (code)), ==, code);
      g_assert_cmpint (rcp_visit_status_from_name (rcp_visit_status_to_name (status)), ==, status);
      g_assert_nonnull (rcp_visit_status_to_label (status));
    }
  g_assert_cmpint (rcp_visit_status_from_code ("new"), ==, RCP_VISIT_ERROR);
  g_assert_cmpint (rcp_visit_status_from_name ("new"), ==, RCP_VISIT_ERROR);
  g_assert_cmpint (rcp_visit_status_from_code ("booked"), ==, RCP_VISIT_BOOKED);
  g_assert_false (rcp_visit_status_takes_time (RCP_VISIT_NOSHOW));
  g_assert_true (rcp_visit_status_is_present (RCP_VISIT_ROOMED));
  g_assert_false (rcp_visit_status_is_present (RCP_VISIT_FULFILLED));
  for (RcpUrgency urgency = RCP_URGENCY_ROUTINE; urgency <= RCP_URGENCY_EMERGENCY; urgency++)
    g_assert_cmpint (rcp_urgency_from_priority (rcp_urgency_to_priority (urgency)), ==, urgency);
  rcp_specialty_list (&n);
  g_assert_cmpuint (n, ==, 8);
  g_assert_null (rcp_specialty_get_name ("nothing"));
}

/* Asks every question of every value that can be made of a resource, whatever it is. */
static void
ask_everything (FhirResource *resource)
{
  g_autoptr (RcpPlace) place = rcp_place_new (resource);
  g_autoptr (GPtrArray) values = g_ptr_array_new_with_free_func (g_object_unref);
  RcpSlot slot;

  g_ptr_array_add (values, rcp_patient_new (resource));
  g_ptr_array_add (values, rcp_visit_new (resource, resource));
  g_ptr_array_add (values, rcp_visit_type_new (resource));
  g_ptr_array_add (values, rcp_provider_new (resource, resource, resource, place));
  g_ptr_array_add (values, rcp_room_new (resource, resource, place));
  rcp_room_is_one (resource);
  for (guint i = 0; i < values->len; i++)
    {
      guint n_properties;
      g_autofree GParamSpec **properties =
          g_object_class_list_properties (G_OBJECT_GET_CLASS (g_ptr_array_index (values, i)), &n_properties);

      for (guint j = 0; j < n_properties; j++)
        {
          g_autofree char *text = NULL;

          g_object_get (g_ptr_array_index (values, i), properties[j]->name, &text, NULL);
        }
    }
  rcp_visit_get_slot_ids (g_ptr_array_index (values, 1));
  if (rcp_slot_init_from_json (&slot, resource))
    rcp_slot_clear (&slot);
}

static void
ask_folder (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autofree char *text = NULL;

      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        ask_folder (path);
      else if (g_str_has_suffix (name, ".json") && g_file_get_contents (path, &text, NULL, NULL))
        {
          g_autoptr (FhirResource) resource = make (text);

          ask_everything (resource);
        }
    }
}

static void
test_examples (void)
{
  const char *shared = g_getenv ("RECEPTION_SHARED_DATA");
  g_autofree char *own = g_test_build_filename (G_TEST_DIST, "data", "fhir", NULL);
  g_autofree char *all = shared != NULL
                             ? g_build_filename (shared, "fhir-r4-examples", NULL)
                             : g_test_build_filename (G_TEST_DIST, "..", "..", "shared", "data", "fhir-r4-examples", NULL);

  g_assert_true (g_file_test (own, G_FILE_TEST_IS_DIR));
  ask_folder (own);
  ask_folder (all);
}

static void
test_odd (void)
{
  static const char *const odd[] = {
    "{}", "{'resourceType':7,'id':8}", "{'resourceType':'Slot','id':'s','status':'free','schedule':[],'start':1,'end':{}}",
    "{'participant':[null,{'actor':[]}],'slot':'x','start':'x','availableTime':[1],'notAvailable':[{'during':{}}]}",
    "{'name':{'family':'x'},'telecom':[[]],'address':{'line':'x','city':7},'identifier':[[],{'value':3}],'actor':{}}",
    "{'start':'9999-12-31T23:59:59Z','minutesDuration':-5,'priority':-1,'extension':[{'url':3}],'birthDate':'0000-00-00'}",
  };

  for (guint i = 0; i < G_N_ELEMENTS (odd); i++)
    {
      g_autoptr (FhirResource) resource = make (odd[i]);

      ask_everything (resource);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/clinic/values/names", test_names);
  g_test_add_func ("/clinic/values/patient", test_patient);
  g_test_add_func ("/clinic/values/provider", test_provider);
  g_test_add_func ("/clinic/values/person", test_person);
  g_test_add_func ("/clinic/values/visit", test_visit);
  g_test_add_func ("/clinic/values/codes", test_codes);
  g_test_add_func ("/clinic/values/examples", test_examples);
  g_test_add_func ("/clinic/values/odd", test_odd);
  return g_test_run ();
}
