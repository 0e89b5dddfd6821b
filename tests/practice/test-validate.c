/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-validate"

#include "practice/practice-spec.h"

#include <string.h>

static PracticeJson *
parse (const char *text)
{
  g_autoptr (PracticeOutcome) outcome = practice_outcome_new ();
  g_autofree char *quoted = g_strdelimit (g_strdup (text), "'", '"');
  PracticeJson *json = practice_json_parse (quoted, strlen (quoted), outcome);

  g_assert_cmpstr (practice_outcome_get_first_text (outcome), ==, NULL);
  return json;
}

/* @text: JSON with single quotes. */
static void
assert_valid (const char *text)
{
  g_autoptr (PracticeOutcome) outcome = practice_outcome_new ();
  g_autoptr (PracticeJson) json = parse (text);

  practice_spec_validate (json, NULL, outcome);
  if (practice_outcome_has_error (outcome))
    g_error ("%s: %s", text, practice_outcome_get_first_text (outcome));
}

static void
assert_refused (const char *text, guint status, const char *code, const char *expression)
{
  g_autoptr (PracticeOutcome) outcome = practice_outcome_new ();
  g_autoptr (PracticeJson) json = parse (text);
  g_autoptr (PracticeJson) answer = NULL;
  PracticeJson *issue;

  practice_spec_validate (json, NULL, outcome);
  if (!practice_outcome_has_error (outcome))
    g_error ("%s was taken", text);
  answer = practice_outcome_to_json (outcome);
  issue = json_object_array_get_idx (practice_json_get_array (answer, "issue"), 0);
  g_assert_cmpstr (
      json_object_get_string (json_object_array_get_idx (practice_json_get_array (issue, "expression"), 0)), ==,
      expression);
  g_assert_cmpstr (practice_json_get_string (issue, "code"), ==, code);
  g_assert_cmpuint (practice_outcome_get_status (outcome), ==, status);
}

static void
assert_value (const char *format, const char *value, gboolean valid, const char *expression)
{
  g_autofree char *text = NULL;
  g_auto (GStrv) parts = g_strsplit (format, "%", 2);

  text = g_strconcat (parts[0], value, parts[1], NULL);
  if (valid)
    assert_valid (text);
  else
    assert_refused (text, 400, "value", expression);
}

static void
test_type (void)
{
  g_autoptr (PracticeOutcome) outcome = practice_outcome_new ();
  g_autoptr (PracticeJson) json = parse ("{'resourceType':'Patient'}");

  practice_spec_validate (json, "Patient", outcome);
  g_assert_false (practice_outcome_has_error (outcome));
  practice_spec_validate (json, "Slot", outcome);
  g_assert_cmpuint (practice_outcome_get_status (outcome), ==, 400);

  assert_refused ("{'id':'1'}", 400, "structure", "Resource");
  assert_refused ("{}", 400, "structure", "Resource");
  assert_refused ("[]", 400, "structure", "");
  assert_refused ("{'resourceType':7}", 400, "structure", "Resource");
  assert_refused ("{'resourceType':'Resource'}", 400, "structure", "Resource");
  assert_refused ("{'resourceType':'HumanName'}", 400, "structure", "Resource");
}

static void
test_unknown_elements (void)
{
  assert_refused ("{'resourceType':'Patient','nome':'x'}", 400, "structure", "Patient");
  assert_refused ("{'resourceType':'Patient','name':[{'family':'x','familly':'y'}]}", 400, "structure",
                  "Patient.name[0]");
  assert_refused ("{'resourceType':'Patient','name':[{'resourceType':'HumanName'}]}", 400, "structure",
                  "Patient.name[0]");
  assert_refused ("{'resourceType':'Patient','deceased':true}", 400, "structure", "Patient");
  assert_refused ("{'resourceType':'Patient','fhir_comments':['x']}", 400, "structure", "Patient");
  assert_refused ("{'resourceType':'Patient','':'x'}", 400, "structure", "Patient");
  assert_refused ("{'resourceType':'Patient','_name':[{'id':'x'}]}", 400, "structure", "Patient");
}

/* The answer may be logged: what somebody wrote where a name belongs is not in it. */
static void
test_no_values_in_text (void)
{
  g_autoptr (PracticeOutcome) outcome = practice_outcome_new ();
  g_autoptr (PracticeJson) json
      = parse ("{'resourceType':'Patient','Ann Secret':1,'gender':'Secret','birthDate':'Secret','Fine':1}");
  g_autoptr (PracticeJson) answer = NULL;
  g_autofree char *text = NULL;

  practice_spec_validate (json, NULL, outcome);
  answer = practice_outcome_to_json (outcome);
  text = practice_json_print (answer, NULL);
  g_assert_null (strstr (text, "Secret"));
  g_assert_nonnull (strstr (text, "Unknown element: Fine"));
}

static void
test_shapes (void)
{
  assert_refused ("{'resourceType':'Patient','name':{'family':'x'}}", 400, "structure", "Patient.name");
  assert_refused ("{'resourceType':'Patient','gender':['male']}", 400, "structure", "Patient.gender");
  assert_refused ("{'resourceType':'Patient','name':['x']}", 400, "structure", "Patient.name[0]");
  assert_refused ("{'resourceType':'Patient','name':[{'family':{}}]}", 400, "structure", "Patient.name[0].family");
  assert_refused ("{'resourceType':'Patient','active':'true'}", 400, "structure", "Patient.active");
  assert_refused ("{'resourceType':'Patient','birthDate':1970}", 400, "structure", "Patient.birthDate");
  assert_refused ("{'resourceType':'Patient','multipleBirthInteger':1.5}", 400, "structure",
                  "Patient.multipleBirthInteger");
  assert_refused ("{'resourceType':'Patient','name':[]}", 400, "structure", "Patient.name");
  assert_refused ("{'resourceType':'Patient','name':[null]}", 400, "structure", "Patient.name[0]");
  assert_refused ("{'resourceType':'Patient','gender':null}", 400, "structure", "Patient.gender");
  assert_refused ("{'resourceType':'Patient','name':[{}]}", 400, "structure", "Patient.name[0]");
  assert_refused ("{'resourceType':'Patient','maritalStatus':'M'}", 400, "structure", "Patient.maritalStatus");
  assert_refused ("{'resourceType':'Patient','deceasedBoolean':true,'deceasedDateTime':'2001'}", 400, "structure",
                  "Patient");
}

static void
test_primitive_siblings (void)
{
#define EXTENSION "{'extension':[{'url':'urn:x','valueCode':'unknown'}]}"
  assert_valid ("{'resourceType':'Patient','birthDate':'1970','_birthDate':" EXTENSION "}");
  assert_valid ("{'resourceType':'Patient','_birthDate':" EXTENSION "}");
  assert_valid ("{'resourceType':'Patient','_birthDate':{'id':'b'}}");
  assert_valid ("{'resourceType':'Patient','deceasedBoolean':true,'_deceasedBoolean':{'id':'b'}}");
  assert_valid ("{'resourceType':'Patient','name':[{'given':['A',null],'_given':[null," EXTENSION "]}]}");
  assert_valid ("{'resourceType':'Patient','name':[{'_given':[" EXTENSION "]}]}");
  assert_refused ("{'resourceType':'Patient','deceasedBoolean':true,'_deceasedDateTime':{'id':'b'}}", 400, "structure",
                  "Patient");
  assert_refused ("{'resourceType':'Patient','name':[{'given':['A',null]}]}", 400, "structure",
                  "Patient.name[0].given[1]");
  assert_refused ("{'resourceType':'Patient','name':[{'given':['A',null],'_given':[" EXTENSION ",null]}]}", 400,
                  "structure", "Patient.name[0].given[1]");
  assert_refused ("{'resourceType':'Patient','_birthDate':'x'}", 400, "structure", "Patient.birthDate");
  assert_refused ("{'resourceType':'Patient','_birthDate':{'value':'x'}}", 400, "structure", "Patient.birthDate");
  assert_refused ("{'resourceType':'Patient','_birthDate':[{'id':'b'}]}", 400, "structure", "Patient.birthDate");
  assert_refused ("{'resourceType':'Patient','name':[{'_given':{'id':'b'}}]}", 400, "structure",
                  "Patient.name[0].given");
#undef EXTENSION
}

static void
test_extensions (void)
{
  assert_valid ("{'resourceType':'Patient','extension':[{'url':'urn:x','valueString':'x'}]}");
  assert_valid ("{'resourceType':'Patient','extension':[{'url':'urn:x','extension':[{'url':'a','valueInteger':1}]}]}");
  assert_valid ("{'resourceType':'Patient','extension':[{'url':'urn:x','_valueString':{'id':'x'}}]}");
  assert_refused ("{'resourceType':'Patient','extension':[{'valueString':'x'}]}", 422, "required",
                  "Patient.extension[0].url");
  assert_refused ("{'resourceType':'Patient','extension':[{'url':'urn:x'}]}", 422, "invariant", "Patient.extension[0]");
  assert_refused ("{'resourceType':'Patient','extension':[{'url':'urn:x','valueString':'x','valueCode':'y'}]}", 400,
                  "structure", "Patient.extension[0]");
  assert_refused ("{'resourceType':'Patient','extension':[{'url':'u','valueCode':'x','extension':"
                  "[{'url':'a','valueCode':'b'}]}]}",
                  422, "invariant", "Patient.extension[0]");
  assert_refused ("{'resourceType':'Patient','extension':[{'url':'urn:x','value':'x'}]}", 400, "structure",
                  "Patient.extension[0]");
}

static void
test_dates (void)
{
  static const char *const good[] = { "1970", "1970-02", "2024-02-29", "0001-01-01" };
  static const char *const bad[] = { "", "70", "1970-13", "2023-02-29", "1970-1-1", "0000", "1970-01-01T00:00:00Z",
                                     "1970-01-01 ", "soon", "19700101" };

  for (gsize i = 0; i < G_N_ELEMENTS (good); i++)
    assert_value ("{'resourceType':'Patient','birthDate':'%'}", good[i], TRUE, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    assert_value ("{'resourceType':'Patient','birthDate':'%'}", bad[i], FALSE, "Patient.birthDate");
}

static void
test_moments (void)
{
  static const struct
  {
    const char *text;
    gboolean date_time;
    gboolean instant;
  } cases[] = {
    { "2024", TRUE, FALSE },
    { "2024-02-29", TRUE, FALSE },
    { "2024-02-29T10:00:00Z", TRUE, TRUE },
    { "2024-02-29T10:00:00.123+02:00", TRUE, TRUE },
    { "2024-02-29T10:00:60-05:30", TRUE, TRUE },
    { "2024-02-29T10:00Z", FALSE, FALSE },
    { "2024-02-29T10:00:00", FALSE, FALSE },
    { "2024-02-29T24:00:00Z", FALSE, FALSE },
    { "2024-02-30T10:00:00Z", FALSE, FALSE },
    { "2024-02-29T10:00:00z", FALSE, FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      assert_value ("{'resourceType':'Patient','deceasedDateTime':'%'}", cases[i].text, cases[i].date_time,
                    "Patient.deceasedDateTime");
      assert_value ("{'resourceType':'Patient','meta':{'lastUpdated':'%'}}", cases[i].text, cases[i].instant,
                    "Patient.meta.lastUpdated");
    }
}

static void
test_words (void)
{
  static const struct
  {
    const char *member;
    const char *text;
    gboolean valid;
  } cases[] = {
    { "Code", "a b", TRUE }, { "Code", " a", FALSE }, { "Code", "a ", FALSE }, { "Code", "a  b", FALSE },
    { "Id", "A-1.b", TRUE }, { "Id", "a_b", FALSE }, { "Id", "", FALSE }, { "Uri", "urn:x", TRUE },
    { "Uri", "a b", FALSE }, { "Url", "http://x", TRUE }, { "Canonical", "http://x|1", TRUE },
    { "Oid", "urn:oid:1.2.0.34", TRUE }, { "Oid", "urn:oid:3.1", FALSE }, { "Oid", "urn:oid:1.02", FALSE },
    { "Oid", "urn:oid:1", FALSE }, { "Oid", "1.2", FALSE }, { "Oid", "urn:oid:1.", FALSE },
    { "Uuid", "urn:uuid:c757873d-ec9a-4326-a141-556f43239520", TRUE },
    { "Uuid", "urn:uuid:C757873D-ec9a-4326-a141-556f43239520", FALSE }, { "Uuid", "urn:uuid:c757", FALSE },
    { "Uuid", "urn:uuid:c757873d-ec9a-4326-a141-556f432395200", FALSE },
    { "Base64Binary", "QUJD", TRUE }, { "Base64Binary", "QUI=", TRUE }, { "Base64Binary", "QQ== ", TRUE },
    { "Base64Binary", "QUJ", FALSE }, { "Base64Binary", "Q=JD", FALSE }, { "Base64Binary", "Q===", FALSE },
    { "Base64Binary", "QU-D", FALSE }, { "Base64Binary", "====", FALSE }, { "Time", "08:30:00", TRUE },
    { "Time", "23:59:59.5", TRUE }, { "Time", "08:30", FALSE }, { "Time", "8:30:00", FALSE },
    { "Time", "08:30:00Z", FALSE }, { "Time", "25:00:00", FALSE }, { "Markdown", "# a\\nb", TRUE },
    { "String", "a\\tb", TRUE }, { "String", "a\\u0001b", FALSE }, { "String", "", FALSE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *format
          = g_strdup_printf ("{'resourceType':'Basic','code':{'text':'x'},'extension':[{'url':'u','value%s':'%%'}]}",
                             cases[i].member);
      g_autofree char *path = g_strdup_printf ("Basic.extension[0].value%s", cases[i].member);

      assert_value (format, cases[i].text, cases[i].valid, path);
    }
}

static void
test_numbers (void)
{
  static const struct
  {
    const char *member;
    const char *text;
    gboolean valid;
  } cases[] = {
    { "PositiveInt", "1", TRUE }, { "PositiveInt", "0", FALSE }, { "UnsignedInt", "0", TRUE },
    { "UnsignedInt", "-1", FALSE }, { "Integer", "-2147483648", TRUE }, { "Integer", "2147483648", FALSE },
    { "Decimal", "1.10", TRUE }, { "Decimal", "7", TRUE }, { "Decimal", "-1e400", TRUE },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *format
          = g_strdup_printf ("{'resourceType':'Basic','code':{'text':'x'},'extension':[{'url':'u','value%s':%%}]}",
                             cases[i].member);
      g_autofree char *path = g_strdup_printf ("Basic.extension[0].value%s", cases[i].member);

      assert_value (format, cases[i].text, cases[i].valid, path);
    }
}

static void
test_long_values (void)
{
  g_autofree char *id = g_strnfill (65, 'a');
  g_autofree char *text = g_strnfill (1024 * 1024 + 1, 'a');

  assert_value ("{'resourceType':'Patient','id':'%'}", id + 1, TRUE, NULL);
  assert_value ("{'resourceType':'Patient','id':'%'}", id, FALSE, "Patient.id");
  assert_value ("{'resourceType':'Patient','name':[{'text':'%'}]}", text + 1, TRUE, NULL);
  assert_value ("{'resourceType':'Patient','name':[{'text':'%'}]}", text, FALSE, "Patient.name[0].text");
}

static void
test_cardinality (void)
{
  assert_refused ("{'resourceType':'Slot','status':'free','start':'2024-01-01T10:00:00Z','end':'2024-01-01T11:00:00Z'}",
                  422, "required", "Slot.schedule");
  assert_refused ("{'resourceType':'Schedule','active':true}", 422, "required", "Schedule.actor");
  assert_refused ("{'resourceType':'Communication','status':'completed','payload':[{'id':'x'}]}", 422, "required",
                  "Communication.payload[0].contentAttachment");
  assert_refused ("{'resourceType':'Patient','link':[{'type':'refer'}]}", 422, "required", "Patient.link[0].other");
}

static void
test_codes (void)
{
  assert_valid ("{'resourceType':'Patient','gender':'female'}");
  assert_refused ("{'resourceType':'Patient','gender':'Female'}", 422, "code-invalid", "Patient.gender");
  assert_refused ("{'resourceType':'HealthcareService','availableTime':[{'daysOfWeek':['mon','xxx']}]}", 422,
                  "code-invalid", "HealthcareService.availableTime[0].daysOfWeek[1]");
  /* Any language and any currency may be: those value sets cannot be listed or are not required. */
  assert_valid ("{'resourceType':'Patient','language':'gsw'}");
  assert_refused ("{'resourceType':'Condition','subject':{'reference':'Patient/1'},'clinicalStatus':{'coding':"
                  "[{'code':'nonsense'}]}}",
                  422, "code-invalid", "Condition.clinicalStatus");
}

static void
test_references (void)
{
#define SLOT(schedule)                                                                                                \
  "{'resourceType':'Slot','status':'free','start':'2024-01-01T10:00:00Z','end':'2024-01-01T11:00:00Z',"               \
  "'schedule':" schedule "}"
  assert_valid (SLOT ("{'reference':'Schedule/1'}"));
  assert_valid (SLOT ("{'reference':'Schedule/1/_history/2'}"));
  assert_valid (SLOT ("{'reference':'urn:uuid:c757873d-ec9a-4326-a141-556f43239520'}"));
  assert_valid (SLOT ("{'reference':'https://ehr.example/fhir/Schedule/1'}"));
  assert_valid (SLOT ("{'reference':'Schedule?identifier=x'}"));
  assert_valid (SLOT ("{'display':'somewhere'}"));
  assert_refused (SLOT ("{'reference':'Patient/1'}"), 422, "value", "Slot.schedule");
  assert_refused (SLOT ("{'reference':'Patient?identifier=x'}"), 422, "value", "Slot.schedule");
  assert_refused (SLOT ("{'reference':'https://ehr.example/fhir/Patient/1/_history/2'}"), 422, "value",
                  "Slot.schedule");
  assert_valid (SLOT ("{'reference':'https://ehr.example/12'}"));
  assert_valid (SLOT ("{'reference':'https://x'}"));
  assert_refused (SLOT ("{'type':'Patient','identifier':{'value':'x'}}"), 422, "value", "Slot.schedule");
  assert_refused (SLOT ("{'reference':'#inside'}"), 422, "invariant", "Slot.schedule");
#undef SLOT
}

static void
test_contained (void)
{
#define BASIC(contained) "{'resourceType':'Basic','code':{'text':'x'},'subject':{'reference':'#p'},'contained':[" contained "]}"
  assert_valid (BASIC ("{'resourceType':'Patient','id':'p','managingOrganization':{'reference':'#o'}},"
                       "{'resourceType':'Organization','id':'o','name':'x'}"));
  assert_refused (BASIC ("{'resourceType':'Patient','id':'q'}"), 422, "invariant", "Basic.subject");
  assert_refused (BASIC ("{'resourceType':'Patient','id':'p','contained':[{'resourceType':'Patient','id':'r'}]}"), 422,
                  "invariant", "Basic.contained[0].contained[0]");
  assert_refused (BASIC ("{'resourceType':'Patient','id':'p','meta':{'versionId':'1'}}"), 422, "invariant",
                  "Basic.contained[0]");
  assert_refused (BASIC ("{'resourceType':'Patient','id':'p','meta':{'security':[{'code':'R'}]}}"), 422, "invariant",
                  "Basic.contained[0]");
  assert_refused (BASIC ("{'resourceType':'Patient','id':'p','gender':1}"), 400, "structure",
                  "Basic.contained[0].gender");
  assert_refused (BASIC ("{'id':'p'}"), 400, "structure", "Basic.contained[0]");
  assert_refused (BASIC ("{'resourceType':'Patient','id':'p','managingOrganization':{'reference':'#p'}}"), 422, "value",
                  "Basic.contained[0].managingOrganization");
#undef BASIC
}

static void
test_bundle (void)
{
  /* "#p" is of the resource in the entry, not of the Bundle. */
  assert_valid ("{'resourceType':'Bundle','type':'transaction','entry':[{'request':{'method':'POST','url':'Basic'},"
                "'resource':{'resourceType':'Basic','code':{'text':'x'},'subject':{'reference':'#p'},"
                "'contained':[{'resourceType':'Patient','id':'p'}]}}]}");
  assert_refused ("{'resourceType':'Bundle','type':'collection','entry':[{'resource':{'resourceType':'Patient',"
                  "'gender':'x'}}]}",
                  422, "code-invalid", "Bundle.entry[0].resource.gender");
  assert_refused ("{'resourceType':'Bundle','type':'collection','entry':[{'fullUrl':'urn:x'}]}", 422, "invariant",
                  "Bundle.entry[0]");
}

#define VISIT(rest) "{'resourceType':'Appointment'," rest "}"
#define WHO "'participant':[{'status':'accepted','actor':{'reference':'Patient/1'}}]"
#define WHEN "'start':'2024-01-01T10:00:00Z','end':'2024-01-01T10:30:00Z'"

static void
test_appointment_invariants (void)
{
  assert_valid (VISIT ("'status':'booked'," WHEN "," WHO));
  assert_valid (VISIT ("'status':'proposed'," WHO));
  assert_valid (VISIT ("'status':'waitlist'," WHO));
  assert_valid (VISIT ("'status':'cancelled','cancelationReason':{'text':'ill'}," WHO));
  assert_valid (VISIT ("'status':'noshow'," WHEN ",'cancelationReason':{'text':'ill'}," WHO));
  /* app-1 to app-4 */
  assert_refused (VISIT ("'status':'booked'," WHEN ",'participant':[{'status':'accepted'}]"), 422, "invariant",
                  "Appointment.participant[0]");
  assert_refused (VISIT ("'status':'proposed','start':'2024-01-01T10:00:00Z'," WHO), 422, "invariant", "Appointment");
  assert_refused (VISIT ("'status':'booked'," WHO), 422, "invariant", "Appointment");
  assert_refused (VISIT ("'status':'booked'," WHEN ",'cancelationReason':{'text':'ill'}," WHO), 422, "invariant",
                  "Appointment");
  assert_refused (VISIT ("'status':'booked','end':'2024-01-01T10:00:00Z','start':'2024-01-01T10:30:00Z'," WHO), 422,
                  "invariant", "Appointment");
  assert_refused (VISIT ("'status':'booked'," WHEN), 422, "required", "Appointment.participant");
}

static void
test_other_invariants (void)
{
  assert_refused ("{'resourceType':'Slot','schedule':{'reference':'Schedule/1'},'status':'free',"
                  "'start':'2024-01-01T10:00:00Z','end':'2024-01-01T10:00:00Z'}",
                  422, "invariant", "Slot");
  assert_refused ("{'resourceType':'Schedule','actor':[{'reference':'Location/1'}],'planningHorizon':"
                  "{'start':'2024-02','end':'2024-01-31'}}",
                  422, "invariant", "Schedule.planningHorizon");
  assert_valid ("{'resourceType':'Schedule','actor':[{'reference':'Location/1'}],'planningHorizon':"
                "{'start':'2024-01-31','end':'2024-01'}}");
  assert_refused ("{'resourceType':'Patient','telecom':[{'value':'555'}]}", 422, "invariant", "Patient.telecom[0]");
  assert_refused ("{'resourceType':'Patient','contact':[{'gender':'male'}]}", 422, "invariant", "Patient.contact[0]");
  assert_refused ("{'resourceType':'Organization','active':true}", 422, "invariant", "Organization");
  assert_valid ("{'resourceType':'Organization','name':'x'}");
  assert_valid ("{'resourceType':'Organization','identifier':[{'value':'x'}]}");
  assert_refused ("{'resourceType':'AppointmentResponse','appointment':{'reference':'Appointment/1'},"
                  "'participantStatus':'accepted'}",
                  422, "invariant", "AppointmentResponse");
  assert_refused ("{'resourceType':'Observation','status':'final','code':{'text':'x'},'valueQuantity':"
                  "{'value':1,'code':'mm'}}",
                  422, "invariant", "Observation.valueQuantity");
  assert_refused ("{'resourceType':'Observation','status':'final','code':{'text':'x'},'valueString':'x',"
                  "'dataAbsentReason':{'text':'y'}}",
                  422, "invariant", "Observation");
}

#undef VISIT
#undef WHO
#undef WHEN

static void
test_at_most_twenty (void)
{
  g_autoptr (PracticeOutcome) outcome = practice_outcome_new ();
  g_autoptr (GString) text = g_string_new ("{'resourceType':'Patient','name':[{'family':1}");
  g_autoptr (PracticeJson) json = NULL;
  g_autoptr (PracticeJson) answer = NULL;

  for (guint i = 0; i < 1000; i++)
    g_string_append (text, ",{'family':1}");
  g_string_append (text, "]}");
  json = parse (text->str);
  practice_spec_validate (json, NULL, outcome);
  answer = practice_outcome_to_json (outcome);
  g_assert_cmpuint (json_object_array_length (practice_json_get_array (answer, "issue")), ==, 20);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/practice/validate/type", test_type);
  g_test_add_func ("/practice/validate/unknown-elements", test_unknown_elements);
  g_test_add_func ("/practice/validate/no-values-in-text", test_no_values_in_text);
  g_test_add_func ("/practice/validate/shapes", test_shapes);
  g_test_add_func ("/practice/validate/primitive-siblings", test_primitive_siblings);
  g_test_add_func ("/practice/validate/extensions", test_extensions);
  g_test_add_func ("/practice/validate/dates", test_dates);
  g_test_add_func ("/practice/validate/moments", test_moments);
  g_test_add_func ("/practice/validate/words", test_words);
  g_test_add_func ("/practice/validate/numbers", test_numbers);
  g_test_add_func ("/practice/validate/long-values", test_long_values);
  g_test_add_func ("/practice/validate/cardinality", test_cardinality);
  g_test_add_func ("/practice/validate/codes", test_codes);
  g_test_add_func ("/practice/validate/references", test_references);
  g_test_add_func ("/practice/validate/contained", test_contained);
  g_test_add_func ("/practice/validate/bundle", test_bundle);
  g_test_add_func ("/practice/validate/appointment-invariants", test_appointment_invariants);
  g_test_add_func ("/practice/validate/other-invariants", test_other_invariants);
  g_test_add_func ("/practice/validate/at-most-twenty", test_at_most_twenty);
  return g_test_run ();
}
