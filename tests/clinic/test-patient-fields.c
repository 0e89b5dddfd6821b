/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Patients as fields and back (rcp-patient-fields, rcp-patient-json, rcp-patient-write): what a desk changes is changed,
 * and nothing else; and two changes of one patient put together. */

#include "clinic/rcp-codes.h"
#include "clinic/rcp-patient-fields.h"

static JsonObject *
parse (const char *json)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) node = json_from_string (json, &error);

  g_assert_no_error (error);
  return json_object_ref (json_node_get_object (node));
}

static void
assert_json (JsonObject *object, const char *expected)
{
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), object);
  g_autoptr (JsonNode) wanted = json_from_string (expected, NULL);
  g_autofree char *text = json_to_string (node, FALSE);

  g_assert_nonnull (wanted);
  if (!json_node_equal (node, wanted))
    g_error ("expected %s, got %s", expected, text);
}

static const char whole[] =
  "{'resourceType':'Patient','id':'7','meta':{'versionId':'3'},'active':true,"
  "'identifier':[{'type':{'coding':[{'system':'" RCP_SYSTEM_MRN_TYPE "','code':'MR'}]},'system':'urn:h','value':'104-221'}],"
  "'extension':[{'url':'" RCP_EXTENSION_INTERPRETER "','valueBoolean':true},{'url':'urn:x','valueString':'kept'},"
  "{'url':'" RCP_EXTENSION_TRANSPORT "','valueString':'no car'},{'url':'" RCP_EXTENSION_DO_NOT_CONTACT "','valueBoolean':false}],"
  "'name':[{'use':'official','family':'Garcia','given':['Maria','Luz'],'prefix':['Mrs.']},{'use':'usual','given':['Mari']},"
  "{'use':'maiden','family':'Lopez'}],"
  "'telecom':[{'system':'phone','use':'old','value':'1'},{'system':'phone','use':'mobile','value':'+12075550110','rank':2},"
  "{'system':'phone','use':'home','value':'+12075550111'},{'system':'email','value':'m@example.org','rank':1},{'system':'fax','value':'9'}],"
  "'gender':'female','birthDate':'1978-12-03','deceasedBoolean':false,"
  "'address':[{'use':'old','city':'Gone'},{'use':'home','line':['12 Elm St','Apt 4'],'city':'Alderport','state':'ME','postalCode':'09901','country':'US'}],"
  "'contact':[{'period':{'end':'2001-01-01'},'name':{'text':'Past'}},{'name':{'family':'Ruiz','given':['Ana']},"
  "'relationship':[{'text':'sister'}],'telecom':[{'system':'phone','value':'+12075550112'}]}],"
  "'communication':[{'language':{'coding':[{'system':'urn:ietf:bcp:47','code':'es'}],'text':'Spanish'},'preferred':true},"
  "{'language':{'coding':[{'system':'urn:ietf:bcp:47','code':'en-US'}]}},{'language':{'text':'Mixtec'}}],"
  "'generalPractitioner':[{'reference':'Organization/1'},{'reference':'Practitioner/9','display':'Dr. Who'}],"
  "'link':[{'other':{'reference':'Patient/8'},'type':'seealso'}]}";

static const struct { RcpPatientField field; const char *value; } expected[] = {
  { RCP_FIELD_FAMILY, "Garcia" },
  { RCP_FIELD_GIVEN, "Maria Luz" },
  { RCP_FIELD_CALLED, "Mari" },
  { RCP_FIELD_BIRTH_DATE, "1978-12-03" },
  { RCP_FIELD_SEX, "female" },
  { RCP_FIELD_PHONE_MOBILE, "+12075550110" },
  { RCP_FIELD_PHONE_HOME, "+12075550111" },
  { RCP_FIELD_PHONE_WORK, "" },
  { RCP_FIELD_EMAIL, "m@example.org" },
  { RCP_FIELD_PREFERRED, "email" },
  { RCP_FIELD_DO_NOT_CONTACT, "" },
  { RCP_FIELD_STREET, "12 Elm St, Apt 4" },
  { RCP_FIELD_CITY, "Alderport" },
  { RCP_FIELD_STATE, "ME" },
  { RCP_FIELD_POSTAL_CODE, "09901" },
  { RCP_FIELD_COUNTRY, "US" },
  { RCP_FIELD_LANGUAGE, "es" },
  { RCP_FIELD_OTHER_LANGUAGES, "en-US" },
  { RCP_FIELD_INTERPRETER, "yes" },
  { RCP_FIELD_TRANSPORT, "no car" },
  { RCP_FIELD_CARER_NAME, "Ana Ruiz" },
  { RCP_FIELD_CARER_RELATION, "sister" },
  { RCP_FIELD_CARER_PHONE, "+12075550112" },
  { RCP_FIELD_PRACTITIONER, "Practitioner/9" },
  { RCP_FIELD_DECEASED, "" },
  { RCP_FIELD_MRN, "104-221" },
};

static void
test_read (void)
{
  g_autoptr (JsonObject) json = parse (whole);
  g_autoptr (RcpPatientFields) fields = rcp_patient_fields_new_from_json (json);
  g_autofree char *name = rcp_patient_fields_dup_name (fields);

  G_STATIC_ASSERT (G_N_ELEMENTS (expected) == RCP_N_FIELDS);
  for (guint i = 0; i < G_N_ELEMENTS (expected); i++)
    {
      g_assert_cmpstr (rcp_patient_fields_get (fields, expected[i].field), ==, expected[i].value);
      g_assert_cmpint (rcp_patient_fields_is_set (fields, expected[i].field), ==, *expected[i].value != '\0');
      g_assert_cmpstr (rcp_patient_field_get_label (expected[i].field), !=, "");
    }
  g_assert_cmpstr (name, ==, "Maria Luz Garcia");
}

/* Writing what was read changes nothing, field by field. */
static void
test_write_same (void)
{
  g_autoptr (JsonObject) source = parse (whole);
  g_autoptr (RcpPatientFields) fields = rcp_patient_fields_new_from_json (source);

  for (guint i = 0; i < RCP_FIELD_CARER_NAME; i++)
    {
      g_autoptr (JsonObject) json = parse (whole);
      g_autoptr (RcpPatientFields) again = NULL;

      rcp_patient_fields_write (fields, RCP_FIELD_BIT (i), json);
      again = rcp_patient_fields_new_from_json (json);
      g_assert_cmpuint (rcp_patient_fields_diff (fields, again), ==, 0);
      g_assert_cmpuint (json_object_get_size (json), ==, json_object_get_size (source));
    }
}

/* Each field in turn is changed, and taken away: that one reads so, and all others as before. */
static void
test_write_each (void)
{
  static const char *const values[] = { "new", "" };

  for (guint i = 0; i < RCP_N_FIELDS * 2; i++)
    {
      RcpPatientField field = i / 2;
      const char *value = values[i % 2];
      g_autoptr (JsonObject) json = parse (whole);
      g_autoptr (RcpPatientFields) before = rcp_patient_fields_new_from_json (json);
      g_autoptr (RcpPatientFields) after = rcp_patient_fields_copy (before);
      g_autoptr (RcpPatientFields) again = NULL;

      if (field == RCP_FIELD_MRN)
        continue;
      if (field == RCP_FIELD_PREFERRED && *value != '\0')
        value = "home";
      if ((field == RCP_FIELD_DO_NOT_CONTACT || field == RCP_FIELD_INTERPRETER || field == RCP_FIELD_DECEASED) && *value != '\0')
        value = "yes";
      if (field == RCP_FIELD_PRACTITIONER && *value != '\0')
        value = "Practitioner/10";
      rcp_patient_fields_set (after, field, value);
      rcp_patient_fields_write (after, RCP_FIELD_BIT (field), json);
      again = rcp_patient_fields_new_from_json (json);
      g_test_message ("%s: '%s'", rcp_patient_field_get_label (field), value);
      /* A preference goes with what is preferred; without a preferred language, the first one counts as it. */
      if (field == RCP_FIELD_EMAIL && *value == '\0')
        rcp_patient_fields_set (after, RCP_FIELD_PREFERRED, "");
      if (field == RCP_FIELD_LANGUAGE && *value == '\0')
        {
          rcp_patient_fields_set (after, RCP_FIELD_LANGUAGE, "en-US");
          rcp_patient_fields_set (after, RCP_FIELD_OTHER_LANGUAGES, "");
        }
      g_assert_cmpuint (rcp_patient_fields_diff (after, again), ==, 0);
    }
}

/* What no field stands for is still there after everything was changed. */
static void
test_keeps_the_rest (void)
{
  g_autoptr (JsonObject) json = parse (whole);
  g_autoptr (RcpPatientFields) empty = rcp_patient_fields_new ();

  rcp_patient_fields_write (empty, RCP_FIELD_ALL, json);
  assert_json (json,
               "{'resourceType':'Patient','id':'7','meta':{'versionId':'3'},'active':true,"
               "'identifier':[{'type':{'coding':[{'system':'" RCP_SYSTEM_MRN_TYPE "','code':'MR'}]},'system':'urn:h','value':'104-221'}],"
               "'extension':[{'url':'" RCP_EXTENSION_INTERPRETER "','valueBoolean':false},{'url':'urn:x','valueString':'kept'},"
               "{'url':'" RCP_EXTENSION_DO_NOT_CONTACT "','valueBoolean':false}],"
               "'name':[{'use':'official','prefix':['Mrs.']},{'use':'maiden','family':'Lopez'}],"
               "'telecom':[{'system':'phone','use':'old','value':'1'},{'system':'fax','value':'9'}],"
               "'deceasedBoolean':false,'address':[{'use':'old','city':'Gone'}],"
               "'contact':[{'period':{'end':'2001-01-01'},'name':{'text':'Past'}}],"
               "'communication':[{'language':{'text':'Mixtec'}}],"
               "'generalPractitioner':[{'reference':'Organization/1'}],"
               "'link':[{'other':{'reference':'Patient/8'},'type':'seealso'}]}");
}

static void
test_write_new (void)
{
  g_autoptr (JsonObject) json = parse ("{'resourceType':'Patient'}");
  g_autoptr (RcpPatientFields) fields = rcp_patient_fields_new ();

  rcp_patient_fields_set (fields, RCP_FIELD_FAMILY, "Garcia");
  rcp_patient_fields_set (fields, RCP_FIELD_GIVEN, "Maria  Luz");
  rcp_patient_fields_set (fields, RCP_FIELD_PHONE_MOBILE, "+12075550110");
  rcp_patient_fields_set (fields, RCP_FIELD_PREFERRED, "mobile");
  rcp_patient_fields_set (fields, RCP_FIELD_STREET, "12 Elm St, Apt 4");
  rcp_patient_fields_set (fields, RCP_FIELD_LANGUAGE, "es");
  rcp_patient_fields_set (fields, RCP_FIELD_OTHER_LANGUAGES, "en, es");
  rcp_patient_fields_set (fields, RCP_FIELD_INTERPRETER, "yes");
  rcp_patient_fields_set (fields, RCP_FIELD_CARER_NAME, "Ana Ruiz");
  rcp_patient_fields_set (fields, RCP_FIELD_CARER_RELATION, "mother");
  rcp_patient_fields_set (fields, RCP_FIELD_DECEASED, "2020-02-03");
  rcp_patient_fields_set (fields, RCP_FIELD_MRN, "12");
  rcp_patient_fields_write (fields, RCP_FIELD_ALL, json);
  assert_json (json,
               "{'resourceType':'Patient','name':[{'use':'official','family':'Garcia','given':['Maria','Luz']}],"
               "'telecom':[{'system':'phone','use':'mobile','value':'+12075550110','rank':1}],"
               "'address':[{'use':'home','line':['12 Elm St','Apt 4']}],"
               "'extension':[{'url':'" RCP_EXTENSION_INTERPRETER "','valueBoolean':true}],"
               "'contact':[{'name':{'text':'Ana Ruiz'},'relationship':[{'text':'mother'}]}],"
               "'deceasedDateTime':'2020-02-03',"
               "'identifier':[{'use':'usual','type':{'coding':[{'system':'" RCP_SYSTEM_MRN_TYPE "','code':'MR'}]},"
               "'system':'" RCP_SYSTEM_MRN "','value':'12'}],"
               "'communication':[{'language':{'coding':[{'system':'urn:ietf:bcp:47','code':'es'}]},'preferred':true},"
               "{'language':{'coding':[{'system':'urn:ietf:bcp:47','code':'en'}]}}]}");
}

static void
test_empty_stays_empty (void)
{
  g_autoptr (JsonObject) json = parse ("{'resourceType':'Patient'}");
  g_autoptr (RcpPatientFields) empty = rcp_patient_fields_new ();
  g_autoptr (RcpPatientFields) read_again = NULL;

  rcp_patient_fields_write (empty, RCP_FIELD_ALL, json);
  assert_json (json, "{'resourceType':'Patient'}");
  read_again = rcp_patient_fields_new_from_json (json);
  g_assert_cmpuint (rcp_patient_fields_diff (empty, read_again), ==, 0);
}

/* Records of others: a whole name only, a number without a use, members of a wrong type. */
static void
test_odd (void)
{
  static const struct { const char *json; RcpPatientField field; const char *value; } cases[] = {
    { "{'name':[{'text':'Maria Garcia'}]}", RCP_FIELD_FAMILY, "Maria Garcia" },
    { "{'name':[{'text':'Maria Garcia'}]}", RCP_FIELD_GIVEN, "" },
    { "{'name':[{'use':'usual','given':['Bo']}]}", RCP_FIELD_GIVEN, "Bo" },
    { "{'name':[{'use':'usual','given':['Bo']}]}", RCP_FIELD_CALLED, "" },
    { "{'name':[{'family':'A'},{'use':'nickname','text':'Bo'}]}", RCP_FIELD_CALLED, "Bo" },
    { "{'telecom':[{'system':'phone','value':'5'}]}", RCP_FIELD_PHONE_HOME, "5" },
    { "{'telecom':[{'system':'phone','value':'5'}]}", RCP_FIELD_PHONE_MOBILE, "" },
    { "{'telecom':{'system':'phone'},'name':7,'address':'x','contact':[null]}", RCP_FIELD_PHONE_HOME, "" },
    { "{'telecom':{'system':'phone'},'name':7,'address':'x','contact':[null]}", RCP_FIELD_CARER_NAME, "" },
    { "{'deceasedBoolean':true}", RCP_FIELD_DECEASED, "yes" },
    { "{'deceasedDateTime':'2020'}", RCP_FIELD_DECEASED, "2020" },
    { "{'generalPractitioner':[{'reference':'http://h/fhir/Practitioner/3/_history/1'}]}", RCP_FIELD_PRACTITIONER, "Practitioner/3" },
    { "{'communication':[{'language':{'coding':[{'code':'fr'}]}}]}", RCP_FIELD_LANGUAGE, "fr" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (JsonObject) json = parse (cases[i].json);
      g_autoptr (RcpPatientFields) fields = rcp_patient_fields_new_from_json (json);

      g_test_message ("%s", cases[i].json);
      g_assert_cmpstr (rcp_patient_fields_get (fields, cases[i].field), ==, cases[i].value);
      rcp_patient_fields_set (fields, cases[i].field, "x");
      rcp_patient_fields_write (fields, RCP_FIELD_BIT (cases[i].field), json);
    }
}

/* A field that is set to itself. */
static void
test_set (void)
{
  g_autoptr (RcpPatientFields) fields = rcp_patient_fields_new ();

  rcp_patient_fields_set (fields, RCP_FIELD_CITY, "Alderport");
  rcp_patient_fields_set (fields, RCP_FIELD_CITY, rcp_patient_fields_get (fields, RCP_FIELD_CITY) + 5);
  g_assert_cmpstr (rcp_patient_fields_get (fields, RCP_FIELD_CITY), ==, "port");
  rcp_patient_fields_set (fields, RCP_FIELD_CITY, NULL);
  g_assert_false (rcp_patient_fields_is_set (fields, RCP_FIELD_CITY));
}

static RcpPatientFields *
make (const char *city, const char *phone, const char *email)
{
  RcpPatientFields *fields = rcp_patient_fields_new ();

  rcp_patient_fields_set (fields, RCP_FIELD_CITY, city);
  rcp_patient_fields_set (fields, RCP_FIELD_PHONE_MOBILE, phone);
  rcp_patient_fields_set (fields, RCP_FIELD_EMAIL, email);
  return fields;
}

static void
test_merge (void)
{
  g_autoptr (RcpPatientFields) base = make ("A", "1", "e");
  g_autoptr (RcpPatientFields) ours = make ("B", "1", "mine");
  g_autoptr (RcpPatientFields) theirs = make ("A", "2", "yours");
  g_auto (RcpPatientMerge) merge = { NULL, 0, 0, 0 };
  g_auto (RcpPatientMerge) same = { NULL, 0, 0, 0 };
  g_auto (RcpPatientMerge) nothing = { NULL, 0, 0, 0 };

  rcp_patient_merge_init (&merge, base, ours, theirs);
  g_assert_cmpstr (rcp_patient_fields_get (merge.merged, RCP_FIELD_CITY), ==, "B");
  g_assert_cmpstr (rcp_patient_fields_get (merge.merged, RCP_FIELD_PHONE_MOBILE), ==, "2");
  g_assert_cmpstr (rcp_patient_fields_get (merge.merged, RCP_FIELD_EMAIL), ==, "mine");
  g_assert_cmpuint (merge.taken, ==, RCP_FIELD_BIT (RCP_FIELD_PHONE_MOBILE));
  g_assert_cmpuint (merge.disputed, ==, RCP_FIELD_BIT (RCP_FIELD_EMAIL));
  g_assert_cmpuint (merge.changed, ==, RCP_FIELD_BIT (RCP_FIELD_CITY) | RCP_FIELD_BIT (RCP_FIELD_EMAIL));
  /* Both made the same of it: nothing is disputed, and nothing left to write. */
  rcp_patient_merge_init (&same, base, ours, ours);
  g_assert_cmpuint (same.taken | same.disputed | same.changed, ==, 0);
  rcp_patient_merge_init (&nothing, base, base, theirs);
  g_assert_cmpuint (nothing.disputed | nothing.changed, ==, 0);
  g_assert_cmpuint (rcp_patient_fields_diff (nothing.merged, theirs), ==, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/clinic/patient-fields/read", test_read);
  g_test_add_func ("/clinic/patient-fields/write-same", test_write_same);
  g_test_add_func ("/clinic/patient-fields/write-each", test_write_each);
  g_test_add_func ("/clinic/patient-fields/keeps-the-rest", test_keeps_the_rest);
  g_test_add_func ("/clinic/patient-fields/write-new", test_write_new);
  g_test_add_func ("/clinic/patient-fields/empty", test_empty_stays_empty);
  g_test_add_func ("/clinic/patient-fields/odd", test_odd);
  g_test_add_func ("/clinic/patient-fields/set", test_set);
  g_test_add_func ("/clinic/patient-fields/merge", test_merge);

  return g_test_run ();
}
