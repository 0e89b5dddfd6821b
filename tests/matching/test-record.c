/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-matching"

/* rcp-match-record.c: what the record says of a patient and a provider; what it does not say is not known. */

#include "matching/rcp-match-record.h"
#include "quoted-resource.h"

static RcpProvider *
make_provider (const char *role)
{
  g_autoptr (FhirResource) schedule = quoted_resource ("{'resourceType':'Schedule','id':'s','actor':[{'reference':'Practitioner/ruiz'}]}");
  g_autoptr (FhirResource) parsed = role != NULL ? quoted_resource (role) : NULL;
  g_autoptr (FhirResource) person = quoted_resource ("{'resourceType':'Practitioner','id':'ruiz','communication':[{'coding':[{'code':'es'}]}]}");

  return rcp_provider_new (schedule, parsed, person, NULL);
}

static const GDate *
get_today (void)
{
  static GDate today;

  g_date_clear (&today, 1);
  g_date_set_dmy (&today, 23, G_DATE_NOVEMBER, 2026);
  return &today;
}

static void
test_patient (void)
{
  g_autoptr (FhirResource) resource = quoted_resource (
    "{'resourceType':'Patient','id':'p','birthDate':'1978-12-03','generalPractitioner':[{'reference':'Practitioner/ruiz'}],"
    "'communication':[{'language':{'coding':[{'code':'en'}]}},{'language':{'coding':[{'code':'es'}]},'preferred':true}],"
    "'address':[{'use':'home','city':'Springfield','extension':[{'url':'http://hl7.org/fhir/StructureDefinition/geolocation','extension':["
    "{'url':'latitude','valueDecimal':40},{'url':'longitude','valueDecimal':-75.5}]}]}]}");
  g_autoptr (RcpPatient) patient = rcp_patient_new (resource);
  g_autoptr (RcpMatchPatient) known = rcp_match_patient_new (patient, get_today ());
  g_autoptr (RcpProvider) provider = make_provider (NULL);

  g_assert_cmpint (known->needs.age, ==, 47);
  g_assert_cmpstr (known->needs.languages[0], ==, "es");
  g_assert_cmpstr (known->needs.languages[1], ==, "en");
  g_assert_null (known->needs.languages[2]);
  g_assert_true (known->needs.has_position);
  g_assert_cmpfloat (known->needs.position.latitude, ==, 40);
  g_assert_cmpfloat (known->needs.position.longitude, ==, -75.5);
  g_assert_true (rcp_match_patient_is_own (known, provider));
}

static void
test_unknown_patient (void)
{
  g_autoptr (FhirResource) resource = quoted_resource (
    "{'resourceType':'Patient','id':'p','generalPractitioner':[{'reference':'Practitioner/other'},{'display':'Dr. Ruiz'}],"
    "'address':[{'city':'Springfield','extension':[{'url':'http://hl7.org/fhir/StructureDefinition/geolocation','extension':["
    "{'url':'latitude','valueDecimal':95},{'url':'longitude','valueDecimal':-75.5}]}]}]}");
  g_autoptr (RcpPatient) patient = rcp_patient_new (resource);
  g_autoptr (RcpMatchPatient) known = rcp_match_patient_new (patient, get_today ());
  g_autoptr (RcpProvider) provider = make_provider (NULL);

  g_assert_cmpint (known->needs.age, <, 0);
  g_assert_null (known->needs.languages[0]);
  g_assert_false (known->needs.has_position); /* there is no such latitude */
  g_assert_false (rcp_match_patient_is_own (known, provider));
}

static void
test_provider (void)
{
  g_autoptr (RcpProvider) provider = make_provider (
    "{'resourceType':'PractitionerRole','id':'r','active':false,'specialty':[{'coding':[{'system':'http://nucc.org/provider-taxonomy',"
    "'code':'207Q00000X'}]}],'extension':[{'url':'urn:reception:ages','valueRange':{'low':{'value':18},'high':{'value':65}}},"
    "{'url':'urn:reception:rating','valueDecimal':4.5},"
    "{'url':'http://hl7.org/fhir/us/davinci-pdex-plan-net/StructureDefinition/newpatients','extension':[{'url':'acceptingPatients',"
    "'valueCodeableConcept':{'coding':[{'system':'http://hl7.org/fhir/us/davinci-pdex-plan-net/CodeSystem/AcceptingPatientsCS',"
    "'code':'existptonly'}]}}]}]}");
  g_autoptr (RcpMatchProvider) known = rcp_match_provider_new (provider, NULL, get_today ());

  g_assert_false (known->facts.is_active);
  g_assert_cmpstr (known->facts.key, ==, "s");
  g_assert_cmpstr (known->facts.specialties[0], ==, "207Q00000X");
  g_assert_cmpstr (known->facts.languages[0], ==, "es");
  g_assert_cmpint (known->facts.youngest, ==, 18);
  g_assert_cmpint (known->facts.oldest, ==, 65);
  g_assert_cmpfloat (known->facts.rating, ==, 4.5);
  g_assert_cmpint (known->facts.accepts, ==, RCP_ACCEPTS_EXISTING_ONLY);
}

static void
test_unknown_provider (void)
{
  g_autoptr (RcpProvider) provider = make_provider (
    "{'resourceType':'PractitionerRole','id':'r','extension':[{'url':'urn:reception:rating','valueDecimal':50}]}");
  g_autoptr (RcpMatchProvider) known = rcp_match_provider_new (provider, NULL, get_today ());

  g_assert_true (known->facts.is_active);
  g_assert_cmpint (known->facts.youngest, <, 0);
  g_assert_cmpint (known->facts.oldest, <, 0);
  g_assert_cmpfloat (known->facts.rating, <, 0);
  g_assert_cmpfloat (known->facts.experience, <, 0);
  g_assert_cmpint (known->facts.eligible_network, ==, -1);
  g_assert_cmpint (known->facts.accepts, ==, RCP_ACCEPTS_UNKNOWN);
  g_assert_cmpint (known->facts.gender, ==, RCP_GENDER_ANY);
  g_assert_false (known->facts.has_position);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/matching/record/patient", test_patient);
  g_test_add_func ("/matching/record/unknown-patient", test_unknown_patient);
  g_test_add_func ("/matching/record/provider", test_provider);
  g_test_add_func ("/matching/record/unknown-provider", test_unknown_provider);
  return g_test_run ();
}
