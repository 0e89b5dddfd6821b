/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a text typed into Find means, which searches follow (rcp-find-plan), and the order of answers (rcp-find-rank). */

#include "clinic/rcp-find-plan.h"
#include "clinic/rcp-found-private.h"

#include <string.h>

static RcpFindPlan *
read_text (const char *text)
{
  GDate today;

  g_date_clear (&today, 1);
  g_date_set_dmy (&today, 23, G_DATE_NOVEMBER, 2026);
  return rcp_find_plan_new (text, FALSE, &today);
}

/* "words|dates|phone|identifier|code", for tables. */
static char *
describe (const RcpFindPlan *plan)
{
  g_autofree char *words = g_strjoinv (" ", plan->words);
  g_autoptr (GString) dates = g_string_new (NULL);

  for (guint i = 0; i < plan->dates->len; i++)
    {
      GDate *date = g_ptr_array_index (plan->dates, i);

      g_string_append_printf (dates, "%s%04u-%02d-%02u", i > 0 ? "," : "", g_date_get_year (date),
                              g_date_get_month (date), g_date_get_day (date));
    }

  return g_strdup_printf ("%s|%s|%s|%s|%s", words, dates->str, plan->phone != NULL ? plan->phone : "",
                          plan->identifier != NULL ? plan->identifier : "", plan->code != NULL ? plan->code : "");
}

static void
test_meanings (void)
{
  static const struct { const char *text, *meaning; } cases[] = {
    { "", "||||" },
    { " , ", "||||" },
    { "12", "|||12|" },
    { "Müller", "muller||||" },
    { " GARCIA,  Maria ", "garcia maria||||" },
    { "O’Brien", "o’brien||||" },
    { "Abbott774", "abbott774|||Abbott774|" },
    { "3.12.1978", "|1978-03-12,1978-12-03|||" },
    { "3 Dec 1978", "|1978-12-03|||" },
    { "garcia 12/3/78", "garcia|1978-12-03,1978-03-12|||" },
    { "garcia 1978-12-03", "garcia|1978-12-03|||" },
    { "1978-12-03 garcia maria", "garcia maria|1978-12-03|||" },
    { "maria garcia 3 dec 1978", "maria garcia|1978-12-03|||" },
    { "garcia 555-0100", "garcia||5550100||" },
    { "garcia 1", "garcia||||" },
    { "garcia 12/", "garcia||||" },
    { "(555) 010-0123", "||5550100123||" },
    { "5550100123", "||5550100123|5550100123|" },
    { "MRN-00123", "mrn-00123|||MRN-00123|" },
    { "1899db58-6319-40ed", "1899db58-6319-40ed|||1899db58-6319-40ed|" },
    { "7kd-m2q", "7kd-m2q|||7kd-m2q|7KD-M2Q" },
    { "garcia", "garcia||||GAR-C1A" },
    { "19781203", "|1978-12-03|19781203|19781203|" },
    { "\xff", "||||" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (RcpFindPlan) plan = read_text (cases[i].text);
      g_autofree char *meaning = describe (plan);

      g_assert_cmpstr (meaning, ==, cases[i].meaning);
    }
}

static char *
list_searches (const char *text)
{
  g_autoptr (RcpFindPlan) plan = read_text (text);
  g_autoptr (GPtrArray) searches = rcp_find_plan_make_searches (plan, 20);
  GString *list = g_string_new (NULL);

  for (guint i = 0; i < searches->len; i++)
    {
      g_autofree char *search = fhir_search_to_string (g_ptr_array_index (searches, i));
      g_autofree char *plain = g_uri_unescape_string (search, NULL);

      g_string_append_printf (list, "%s%s", i > 0 ? " ; " : "", plain);
    }

  return g_string_free (list, FALSE);
}

static void
test_searches (void)
{
  static const struct { const char *text, *searches; } cases[] = {
    { "", "" },
    { "smithers", "Patient?_count=20&name=smithers" },
    { "maria garcia", "Patient?_count=20&name=maria&name=garcia" },
    { "1978-12-03", "Patient?_count=20&birthdate=1978-12-03" },
    { "garcia 12/3/78", "Patient?_count=20&name=garcia&birthdate=1978-12-03,1978-03-12" },
    { "555-0100", "Patient?_count=20&phone=5550100,555-0100,555-0100 ; Patient?_count=20&identifier=555-0100" },
    { "7KD M2Q", "Patient?_count=20&name=7kd&name=m2q ; "
                 "Appointment?_count=5&identifier=urn:reception:confirmation|7KD-M2Q&_include=Appointment:patient" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *searches = list_searches (cases[i].text);

      g_assert_cmpstr (searches, ==, cases[i].searches);
    }
}

/* Every way in which a number of North America is written is asked for, whichever was typed. */
static void
test_phone_forms (void)
{
  static const char *const typed[] = { "5550100123", "+1 555 010 0123", "(555) 010-0123", "555.010.0123" };
  static const char *const forms[] = { "5550100123", "555-010-0123", "(555) 010-0123", "555.010.0123", "+15550100123" };

  for (guint i = 0; i < G_N_ELEMENTS (typed); i++)
    {
      g_autofree char *searches = list_searches (typed[i]);

      for (guint j = 0; j < G_N_ELEMENTS (forms); j++)
        g_assert_nonnull (strstr (searches, forms[j]));
    }
}

static void
test_wider (void)
{
  g_autoptr (RcpFindPlan) name = read_text ("garcia mar");
  g_autoptr (RcpFindPlan) letter = read_text ("g");
  g_autoptr (RcpFindPlan) date = read_text ("1978-12-03");
  g_autoptr (FhirSearch) wider = rcp_find_plan_make_wider_search (name, 20);
  g_autofree char *text = fhir_search_to_string (wider);
  g_autofree char *plain = g_uri_unescape_string (text, NULL);

  g_assert_cmpstr (plain, ==, "Patient?_count=20&name:contains=garcia&name:contains=mar");
  g_assert_null (rcp_find_plan_make_wider_search (letter, 20));
  g_assert_null (rcp_find_plan_make_wider_search (date, 20));
}

static RcpPatient *
make_patient (const char *id, const char *family, const char *given, const char *rest)
{
  g_autofree char *text = g_strdup_printf ("{\"resourceType\":\"Patient\",\"id\":\"%s\",\"name\":[{\"family\":\"%s\","
                                           "\"given\":[\"%s\"]}]%s}", id, family, given, rest);
  g_autoptr (JsonNode) node = json_from_string (text, NULL);
  g_autoptr (FhirResource) resource = fhir_resource_new (json_node_get_object (node));

  return rcp_patient_new (resource);
}

static guint
rank (const char *text, RcpPatient *patient)
{
  g_autoptr (RcpFindPlan) plan = read_text (text);

  return rcp_find_plan_rank (plan, patient);
}

static void
test_rank (void)
{
  g_autoptr (RcpPatient) patient = make_patient ("1", "García", "Mariana", ",\"birthDate\":\"1978-03-12\","
                                                 "\"telecom\":[{\"system\":\"phone\",\"value\":\"+1 555 010-0123\"}],"
                                                 "\"identifier\":[{\"value\":\"A77\"}]");

  g_assert_cmpuint (rank ("garcia", patient), ==, 0);
  g_assert_cmpuint (rank ("garcia mariana", patient), ==, 0);
  g_assert_cmpuint (rank ("garcia mar", patient), ==, 1);
  g_assert_cmpuint (rank ("arci", patient), ==, 2);
  g_assert_cmpuint (rank ("garcia jose", patient), ==, RCP_FIND_NO_MATCH);
  g_assert_cmpuint (rank ("3/12/1978", patient), ==, 0);
  g_assert_cmpuint (rank ("12/3/1978", patient), ==, 1);
  g_assert_cmpuint (rank ("12/4/1978", patient), ==, RCP_FIND_NO_MATCH);
  g_assert_cmpuint (rank ("garcia 3/12/78", patient), ==, 0);
  g_assert_cmpuint (rank ("garcia 3/13/78", patient), ==, RCP_FIND_NO_MATCH);
  g_assert_cmpuint (rank ("15550100123", patient), ==, 0);
  g_assert_cmpuint (rank ("(555) 010-0123", patient), ==, 1);
  g_assert_cmpuint (rank ("0100", patient), ==, 2);
  g_assert_cmpuint (rank ("a77", patient), ==, 0);
}

static void
test_order (void)
{
  g_autoptr (RcpPatient) zoe = make_patient ("1", "Zoe", "A", "");
  g_autoptr (RcpPatient) abe = make_patient ("2", "Abe", "A", "");
  g_autoptr (RcpPatient) old = make_patient ("3", "Aaa", "A", ",\"active\":false");
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_object_unref);
  static const char *const expected[] = { "2", "3", "1" };

  g_ptr_array_add (found, rcp_found_new (zoe, NULL, 2));
  g_ptr_array_add (found, rcp_found_new (old, NULL, 1));
  g_ptr_array_add (found, rcp_found_new (abe, NULL, 1));
  g_ptr_array_sort (found, rcp_found_compare);
  for (guint i = 0; i < found->len; i++)
    {
      g_autoptr (RcpPatient) patient = NULL;

      g_object_get (g_ptr_array_index (found, i), "patient", &patient, NULL);
      g_assert_cmpstr (rcp_patient_get_id (patient), ==, expected[i]);
      g_assert_true (patient == rcp_found_get_patient (g_ptr_array_index (found, i)));
      g_assert_null (rcp_found_get_visit (g_ptr_array_index (found, i)));
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/clinic/find-plan/meanings", test_meanings);
  g_test_add_func ("/clinic/find-plan/searches", test_searches);
  g_test_add_func ("/clinic/find-plan/phone-forms", test_phone_forms);
  g_test_add_func ("/clinic/find-plan/wider", test_wider);
  g_test_add_func ("/clinic/find-plan/rank", test_rank);
  g_test_add_func ("/clinic/find-plan/order", test_order);
  return g_test_run ();
}
