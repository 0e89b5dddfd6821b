/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-matching"

/* The clinic's weights in its Organization: rcp-match-clinic.c. */

#include "clinic/rcp-roster-private.h"
#include "matching/rcp-match-clinic.h"

#define PLAIN "{\"resourceType\":\"Organization\",\"id\":\"a\",\"name\":\"Harbour Lane\"}"

static JsonObject *
parse (const char *text)
{
  g_autoptr (JsonNode) node = json_from_string (text, NULL);

  return json_object_ref (json_node_get_object (node));
}

/* Takes @organizations, NULL-terminated. */
static RcpRoster *
make_roster (JsonObject *first, JsonObject *second)
{
  g_autoptr (GHashTable) resources = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  JsonObject *const organizations[] = { first, second };

  for (guint i = 0; i < G_N_ELEMENTS (organizations) && organizations[i]; i++)
    {
      FhirResource *resource = fhir_resource_new (organizations[i]);

      g_hash_table_insert (resources, g_strdup (fhir_resource_get_reference (resource)), resource);
      json_object_unref (organizations[i]);
    }
  return rcp_roster_new (resources);
}

static void
test_there_and_back (void)
{
  JsonObject *json = parse (PLAIN);
  RcpMatchRules rules = rcp_match_rules_default (), read;
  RcpMatchMethod method;
  g_autoptr (RcpRoster) roster = NULL;

  rules.weights[RCP_CRITERION_LANGUAGE] = 90;
  rules.weights[RCP_CRITERION_WAIT] = 0;
  rcp_match_clinic_write (json, &rules, RCP_MATCH_METHOD_TOPSIS);
  rcp_match_clinic_write (json, &rules, RCP_MATCH_METHOD_TOPSIS); /* once, however often */
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (json, "extension")), ==, 1);
  roster = make_roster (json, NULL);
  read = rcp_match_clinic_read (roster, &method);
  g_assert_cmpint (method, ==, RCP_MATCH_METHOD_TOPSIS);
  for (guint i = 0; i < RCP_N_CRITERIA; i++)
    g_assert_cmpfloat (read.weights[i], ==, rules.weights[i]);
}

/* What is usual leaves nothing behind, and what others wrote stays. */
static void
test_usual (void)
{
  g_autoptr (JsonObject) json = parse (
    "{\"resourceType\":\"Organization\",\"id\":\"a\",\"extension\":[{\"url\":\"urn:reception:urgent-days\",\"valueInteger\":3}]}");
  g_autoptr (JsonObject) bare = parse (PLAIN);
  RcpMatchRules usual = rcp_match_rules_default (), other = usual;

  other.weights[RCP_CRITERION_RATING] = 50;
  rcp_match_clinic_write (json, &other, RCP_MATCH_METHOD_SUM);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (json, "extension")), ==, 2);
  rcp_match_clinic_write (json, &usual, RCP_MATCH_METHOD_SUM);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (json, "extension")), ==, 1);
  rcp_match_clinic_write (bare, &other, RCP_MATCH_METHOD_SUM);
  rcp_match_clinic_write (bare, &usual, RCP_MATCH_METHOD_SUM);
  g_assert_false (json_object_has_member (bare, "extension"));
}

/* What is no weight is none; and of several the one that is the clinic counts. */
static void
test_bad (void)
{
  RcpMatchRules usual = rcp_match_rules_default (), read;
  RcpMatchMethod method;
  g_autoptr (RcpRoster) roster = make_roster (
    parse ("{\"resourceType\":\"Organization\",\"id\":\"payer\",\"name\":\"A payer\"}"),
    parse ("{\"resourceType\":\"Organization\",\"id\":\"z\",\"meta\":{\"tag\":[{\"system\":\"urn:reception:tag\",\"code\":\"clinic\"}]},"
           "\"extension\":[{\"url\":\"urn:reception:ranking\",\"extension\":[{\"url\":\"network\",\"valueInteger\":-1},"
           "{\"url\":\"distance\",\"valueInteger\":101},{\"url\":\"wait\",\"valueString\":\"much\"},{\"url\":\"language\",\"valueInteger\":77},"
           "{\"url\":\"method\",\"valueCode\":\"magic\"}]}]}"));

  g_assert_cmpstr (fhir_resource_get_id (rcp_match_clinic_find (roster)), ==, "z");
  read = rcp_match_clinic_read (roster, &method);
  g_assert_cmpint (method, ==, RCP_MATCH_METHOD_SUM);
  g_assert_cmpfloat (read.weights[RCP_CRITERION_NETWORK], ==, usual.weights[RCP_CRITERION_NETWORK]);
  g_assert_cmpfloat (read.weights[RCP_CRITERION_DISTANCE], ==, usual.weights[RCP_CRITERION_DISTANCE]);
  g_assert_cmpfloat (read.weights[RCP_CRITERION_WAIT], ==, usual.weights[RCP_CRITERION_WAIT]);
  g_assert_cmpfloat (read.weights[RCP_CRITERION_LANGUAGE], ==, 77);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/matching/clinic/there-and-back", test_there_and_back);
  g_test_add_func ("/matching/clinic/usual", test_usual);
  g_test_add_func ("/matching/clinic/bad", test_bad);
  return g_test_run ();
}
