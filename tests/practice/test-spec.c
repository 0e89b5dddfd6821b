/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-spec"

#include "practice/practice-spec.h"

#include <string.h>

/* The parameters that Reception asks for (R4 4.0.1, the pages of each resource). */
static const struct
{
  const char *type;
  const char *codes;
} needed[] = {
  { "Schedule", "active actor date identifier service-category service-type specialty" },
  { "Slot", "appointment-type identifier schedule service-category service-type specialty start status" },
  { "Appointment", "actor appointment-type based-on date identifier location part-status patient practitioner "
                   "reason-code reason-reference service-category service-type slot specialty status supporting-info" },
  { "AppointmentResponse", "actor appointment identifier location part-status patient practitioner" },
  { "HealthcareService", "active characteristic coverage-area endpoint identifier location name organization program "
                         "service-category service-type specialty" },
  { "PractitionerRole", "active date email endpoint identifier location organization phone practitioner role service "
                        "specialty telecom" },
  { "Location", "address address-city address-country address-postalcode address-state address-use identifier name "
                "operational-status organization partof status type" },
  { "Patient", "active address address-city birthdate death-date deceased email family gender general-practitioner "
               "given identifier language link name organization phone phonetic telecom" },
  { "Practitioner", "active address communication email family gender given identifier name phone telecom" },
  { "Flag", "author date encounter identifier patient subject" },
  { "Task", "authored-on based-on business-status code encounter focus group-identifier identifier intent modified "
            "owner part-of patient performer period priority requester status subject" },
  { "Communication", "based-on category encounter identifier medium part-of patient received recipient sender sent "
                     "status subject" },
  { "CommunicationRequest", "authored based-on category encounter group-identifier identifier medium occurrence "
                            "patient priority recipient replaces requester sender status subject" },
  { "ServiceRequest", "authored based-on category code encounter identifier intent occurrence patient performer "
                      "performer-type priority replaces requester requisition status subject" },
  { "CarePlan", "activity-code activity-date activity-reference care-team category condition date encounter goal "
                "identifier intent patient performer status subject" },
  { "Encounter", "appointment class date identifier location participant patient practitioner reason-code "
                 "service-provider status type" },
  { "InsurancePlan", "name status owned-by" },
  { "Slot", "_id _lastUpdated _profile _security _source _tag" },
};

static void
test_needed_params (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (needed); i++)
    {
      g_auto (GStrv) codes = g_strsplit (needed[i].codes, " ", -1);

      for (char **code = codes; *code != NULL; code++)
        {
          const PracticeSearchParam *param = practice_spec_find_param (needed[i].type, *code);

          if (param == NULL || !param->indexed)
            g_error ("%s.%s is not evaluated", needed[i].type, *code);
          g_assert_cmpstr (param->code, ==, *code);
        }
    }
}

static void
test_param_details (void)
{
  const PracticeSearchParam *param = practice_spec_find_param ("Appointment", "patient");

  g_assert_cmpint (param->type, ==, PRACTICE_SEARCH_REFERENCE);
  g_assert_cmpstr (param->base, ==, "Appointment");
  g_assert_cmpstr (param->url, ==, "http://hl7.org/fhir/SearchParameter/Appointment-patient");
  g_assert_true (g_strv_contains (param->targets, "Patient"));
  g_assert_cmpint (practice_spec_find_param ("Patient", "birthdate")->type, ==, PRACTICE_SEARCH_DATE);
  g_assert_null (practice_spec_find_param ("Patient", "birthdate")->targets);

  param = practice_spec_find_param ("Slot", "_lastUpdated");
  g_assert_cmpstr (param->base, ==, "Resource");
  g_assert_true (param == practice_spec_find_param ("Resource", "_lastUpdated"));
}

static void
test_unknown_params (void)
{
  g_assert_null (practice_spec_find_param ("Appointment", "end"));
  g_assert_null (practice_spec_find_param ("Flag", "status"));
  g_assert_null (practice_spec_find_param ("Nothing", "status"));
  g_assert_false (practice_spec_find_param ("Location", "near")->indexed);
  g_assert_false (practice_spec_find_param ("Patient", "_text")->indexed);
  /* A Bundle is no DomainResource. */
  g_assert_null (practice_spec_find_param ("Bundle", "_text"));
}

static void
test_list_params (void)
{
  g_autoptr (GPtrArray) params = practice_spec_list_params ("Slot");
  GString *codes = g_string_new (NULL);
  g_autofree char *text = NULL;

  for (guint i = 0; i < params->len; i++)
    g_string_append_printf (codes, "%s ", ((PracticeSearchParam *) params->pdata[i])->code);
  text = g_string_free (codes, FALSE);
  g_assert_cmpstr (text, ==, "_id _lastUpdated _profile _security _source _tag appointment-type identifier schedule "
                             "service-category service-type specialty start status ");
}

static void
test_resource_types (void)
{
  const char *const *types = practice_spec_get_resource_types ();

  g_assert_cmpuint (g_strv_length ((GStrv) types), ==, 146);
  for (guint i = 0; types[i] != NULL; i++)
    {
      g_assert_true (practice_spec_is_resource_type (types[i]));
      g_assert_true (i == 0 || strcmp (types[i - 1], types[i]) < 0);
    }
  g_assert_false (practice_spec_is_resource_type ("Resource"));
  g_assert_false (practice_spec_is_resource_type ("DomainResource"));
  g_assert_false (practice_spec_is_resource_type ("HumanName"));
  g_assert_false (practice_spec_is_resource_type ("patient"));
  g_assert_false (practice_spec_is_resource_type (""));
}

/* The numbers of the parameters are the keys of the indexes. */
static void
test_ids_are_unique (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (NULL, NULL);
  const char *const *types = practice_spec_get_resource_types ();

  for (guint i = 0; types[i] != NULL; i++)
    {
      g_autoptr (GPtrArray) params = practice_spec_list_params (types[i]);

      for (guint j = 0; j < params->len; j++)
        {
          PracticeSearchParam *param = params->pdata[j];
          gpointer other = g_hash_table_lookup (seen, GUINT_TO_POINTER (param->id + 1));

          g_assert_true (other == NULL || other == param);
          g_hash_table_insert (seen, GUINT_TO_POINTER (param->id + 1), param);
          g_assert_true (practice_spec_find_param (types[i], param->code) == param);
        }
    }
  g_assert_cmpuint (g_hash_table_size (seen), >, 1500);
}

static void
test_checksum (void)
{
  g_assert_cmpuint (strlen (practice_spec_get_checksum ()), ==, 32);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/practice/spec/needed-params", test_needed_params);
  g_test_add_func ("/practice/spec/param-details", test_param_details);
  g_test_add_func ("/practice/spec/unknown-params", test_unknown_params);
  g_test_add_func ("/practice/spec/list-params", test_list_params);
  g_test_add_func ("/practice/spec/resource-types", test_resource_types);
  g_test_add_func ("/practice/spec/ids", test_ids_are_unique);
  g_test_add_func ("/practice/spec/checksum", test_checksum);
  return g_test_run ();
}
