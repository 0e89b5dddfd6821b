/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Drives rcp-patient-fit.c: what is set up for a provider and a visit type against who comes; and, on a real record, whether
 * the clinic knows somebody. */
#include "desk-fixture.h"

#include "fhir/fhir-json.h"
#include "quoted-resource.h"
#include "scheduling/rcp-patient-fit.h"

#include <string.h>

/* @rules: members of a PractitionerRole */
static RcpProvider *
make_provider (const char *rules)
{
  g_autofree char *text = g_strdup_printf ("{'resourceType':'PractitionerRole','id':'r'%s%s}", *rules ? "," : "", rules);
  g_autoptr (FhirResource) schedule = quoted_resource ("{'resourceType':'Schedule','id':'s','actor':[{'reference':'Practitioner/p',"
                                            "'display':'Dr. Ruiz'}]}");
  g_autoptr (FhirResource) role = quoted_resource (text);

  return rcp_provider_new (schedule, role, NULL, NULL);
}

#define AGES(range) "'extension':[{'url':'urn:reception:ages','valueRange':{" range "}}]"
#define FROM_18 "'low':{'value':18}"
#define UP_TO_65 "'high':{'value':65}"
#define PATIENTS(code)                                                                                                 \
  "'extension':[{'url':'http://hl7.org/fhir/us/davinci-pdex-plan-net/StructureDefinition/newpatients','extension':[{"  \
  "'url':'acceptingPatients','valueCodeableConcept':{'coding':[{'system':"                                             \
  "'http://hl7.org/fhir/us/davinci-pdex-plan-net/CodeSystem/AcceptingPatientsCS','code':'" code "'}]}}]}]"

static guint
check (const char *rules, const char *birth_date, RcpKnown known)
{
  g_autofree char *text = g_strdup_printf ("{'resourceType':'Patient','id':'p','birthDate':'%s'}", birth_date);
  g_autoptr (FhirResource) resource = quoted_resource (text);
  g_autoptr (RcpPatient) patient = rcp_patient_new (resource);
  g_autoptr (RcpProvider) provider = make_provider (rules);
  GDate day;

  g_date_clear (&day, 1);
  g_date_set_dmy (&day, 23, G_DATE_NOVEMBER, 2026);
  return rcp_patient_fit_check (patient, provider, NULL, known, &day);
}

/* Both ages belong to those who are seen; who has a birthday on the day has the new age. */
static void
test_ages (void)
{
  g_assert_cmpuint (check (AGES (FROM_18), "2008-11-24", RCP_KNOWN_UNSURE), ==, RCP_MISFIT_TOO_YOUNG);
  g_assert_cmpuint (check (AGES (FROM_18), "2008-11-23", RCP_KNOWN_UNSURE), ==, 0);
  g_assert_cmpuint (check (AGES (UP_TO_65), "1960-11-24", RCP_KNOWN_UNSURE), ==, 0);
  g_assert_cmpuint (check (AGES (UP_TO_65), "1960-11-23", RCP_KNOWN_UNSURE), ==, RCP_MISFIT_TOO_OLD);
  g_assert_cmpuint (check (AGES (FROM_18 "," UP_TO_65), "1900-01-01", RCP_KNOWN_UNSURE), ==, RCP_MISFIT_TOO_OLD);
  /* Whose age nobody knows is not judged by it. */
  g_assert_cmpuint (check (AGES (FROM_18), "2020", RCP_KNOWN_UNSURE), ==, 0);
  g_assert_cmpuint (check ("", "2020-01-01", RCP_KNOWN_UNSURE), ==, 0);
}

static void
test_new_patients (void)
{
  g_assert_cmpuint (check (PATIENTS ("existptonly"), "1980-01-01", RCP_KNOWN_NO), ==, RCP_MISFIT_NEW);
  g_assert_cmpuint (check (PATIENTS ("existptonly"), "1980-01-01", RCP_KNOWN_YES), ==, 0);
  g_assert_cmpuint (check (PATIENTS ("existptonly"), "1980-01-01", RCP_KNOWN_UNSURE), ==, 0);
  g_assert_cmpuint (check (PATIENTS ("newpt"), "1980-01-01", RCP_KNOWN_NO), ==, 0);
  g_assert_cmpuint (check ("", "1980-01-01", RCP_KNOWN_NO), ==, 0);
}

static void
test_words (void)
{
  g_autoptr (FhirResource) resource = quoted_resource ("{'resourceType':'Patient','id':'p','birthDate':'2016-05-05','name':[{'given':['Maria'],"
                                            "'family':'Garcia'}]}");
  g_autoptr (RcpPatient) patient = rcp_patient_new (resource);
  g_autoptr (RcpProvider) provider = make_provider (AGES (FROM_18));
  g_autofree char *nothing = NULL;
  g_autofree char *words = NULL;
  GDate day;

  g_date_clear (&day, 1);
  g_date_set_dmy (&day, 23, G_DATE_NOVEMBER, 2026);
  nothing = rcp_patient_fit_describe (0, patient, provider, NULL, &day);
  g_assert_null (nothing);
  words = rcp_patient_fit_describe (RCP_MISFIT_TOO_YOUNG | RCP_MISFIT_NEW, patient, provider, NULL, &day);
  g_assert_cmpstr (words, ==,
                   "Dr. Ruiz sees patients from 18 years on; Maria Garcia is 10.\n"
                   "Dr. Ruiz takes no new patients, and Maria Garcia was not seen here in the last three years.");
}

static RcpKnown
ask (DeskFixture *desk, guint patient, gint64 now)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  GAsyncResult *kept = NULL;
  RcpKnown known;

  rcp_patient_known_async (desk->client, rcp_patient_get_id (desk_fixture_get_patient (desk, patient)), now, NULL,
                           desk_keep_result_cb, &kept);
  result = desk_wait (&kept);
  known = rcp_patient_known_finish (result, &error);
  g_assert_no_error (error);
  return known;
}

/* A visit that is only booked is none yet; one of long ago is none any more. */
static void
test_known (void)
{
  g_autoptr (DeskFixture) desk = desk_fixture_new (1, 2);
  g_autoptr (RcpOffer) offer = desk_fixture_make_offer (desk, 0, 0, 9 * 60, 2);
  g_autoptr (GError) error = NULL;
  g_autoptr (RcpVisit) booked = desk_fixture_book (desk, NULL, 0, offer, &error);
  g_autoptr (RcpVisit) arrived = NULL;
  gint64 later = rcp_offer_get_range (offer).end;

  g_assert_no_error (error);
  g_assert_cmpint (ask (desk, 0, later), ==, RCP_KNOWN_NO);
  arrived = desk_fixture_set_status (desk, NULL, booked, RCP_VISIT_ARRIVED, &error);
  g_assert_no_error (error);
  g_assert_cmpint (ask (desk, 0, later), ==, RCP_KNOWN_YES);
  g_assert_cmpint (ask (desk, 0, desk->now - G_TIME_SPAN_DAY), ==, RCP_KNOWN_NO);
  g_assert_cmpint (ask (desk, 0, later + 4 * 365 * G_TIME_SPAN_DAY), ==, RCP_KNOWN_NO);
  g_assert_cmpint (ask (desk, 1, later), ==, RCP_KNOWN_NO);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scheduling/patient-fit/ages", test_ages);
  g_test_add_func ("/scheduling/patient-fit/new-patients", test_new_patients);
  g_test_add_func ("/scheduling/patient-fit/words", test_words);
  g_test_add_func ("/scheduling/patient-fit/known", test_known);
  return g_test_run ();
}
