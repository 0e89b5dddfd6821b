/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-matching"

/* rcp-match-record.c and rcp-match-rank.c on what others wrote: the examples of the Plan-Net directory, some of which lack a place, a
 * person or a language. Only the Schedules are made here, as a directory has none. */

#include "clinic/rcp-roster-private.h"
#include "matching/rcp-match-record.h"

#include <string.h>

#define NOW (G_GINT64_CONSTANT (1795438800) * G_USEC_PER_SEC)

static FhirResource *
parse (const char *text)
{
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GError) error = NULL;

  json_parser_load_from_data (parser, text, -1, &error);
  g_assert_no_error (error);
  return fhir_resource_new (json_node_get_object (json_parser_get_root (parser)));
}

static void
add (GHashTable *resources, const char *text)
{
  FhirResource *resource = parse (text);

  g_hash_table_insert (resources, g_strdup (fhir_resource_get_reference (resource)), resource);
}

static RcpRoster *
read_directory (void)
{
  g_autoptr (GHashTable) resources = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  g_autofree char *folder = g_test_build_filename (G_TEST_DIST, "data", "plan-net", NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) dir = g_dir_open (folder, 0, &error);
  const char *name;

  g_assert_no_error (error);
  while ((name = g_dir_read_name (dir)))
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autofree char *text = NULL, *schedule = NULL;
      g_autofree char *role = NULL;

      if (!g_str_has_suffix (name, ".json"))
        continue;
      g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
      add (resources, text);
      if (!g_str_has_prefix (name, "PractitionerRole-"))
        continue;
      role = g_strndup (name + strlen ("PractitionerRole-"), strlen (name) - strlen ("PractitionerRole-.json"));
      schedule = g_strdup_printf ("{\"resourceType\":\"Schedule\",\"id\":\"%s\",\"actor\":[{\"reference\":\"PractitionerRole/%s\"}]}", role, role);
      add (resources, schedule);
    }
  return rcp_roster_new (resources);
}

static char *
rank (RcpRoster *roster, RcpMatchNeeds *needs)
{
  GListModel *providers = rcp_roster_get_providers (roster);
  guint n = g_list_model_get_n_items (providers);
  RcpMatchRules clinic = rcp_match_rules_default (), rules = rcp_match_rules_for (&clinic, needs);
  g_autofree RcpMatchCandidate *candidates = g_new0 (RcpMatchCandidate, n);
  g_autoptr (GPtrArray) known = g_ptr_array_new_with_free_func ((GDestroyNotify) rcp_match_provider_free);
  g_autoptr (GArray) ranked = NULL;
  g_autoptr (GString) order = g_string_new (NULL);
  GDate today;

  g_date_clear (&today, 1);
  g_date_set_dmy (&today, 23, G_DATE_NOVEMBER, 2026);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (RcpProvider) provider = g_list_model_get_item (providers, i);
      RcpMatchProvider *one = rcp_match_provider_new (provider, roster, &today);

      one->facts.first_slot = NOW + G_TIME_SPAN_DAY;
      g_ptr_array_add (known, one);
      candidates[i] = rcp_match_measure (needs, &one->facts);
    }
  ranked = rcp_match_rank (&rules, RCP_MATCH_METHOD_SUM, candidates, n, n);
  for (guint i = 0; i < ranked->len; i++)
    g_string_append_printf (order, "%s%s", i > 0 ? " " : "", candidates[g_array_index (ranked, RcpMatch, i).index].key);
  return g_strdup (order->str);
}

/* Who lives beside the clinics and speaks Japanese: Hans Solo alone does. The three in the hospital are as near, and their languages
 * are not known; of the next nobody knows the place either; the counsellor is known to speak another language. */
static void
test_japanese (void)
{
  g_autoptr (RcpRoster) roster = read_directory ();
  RcpMatchNeeds needs = { .age = 40, .languages = (const char *const[]) { "ja", NULL }, .has_position = TRUE, .position = { 15, 3 }, .now = NOW };
  g_autofree char *order = rank (roster, &needs);

  g_assert_cmpstr (order, ==, "HansSoloRole1 AnonRole JoeSmithRole1 JoeSmithRole2 JoeSmithRole3 CounselorRole1");
}

/* Who speaks Russian and lives far from all: the counsellor, whose place is not known, is better than places that are known to be far. */
static void
test_far (void)
{
  g_autoptr (RcpRoster) roster = read_directory ();
  RcpMatchNeeds needs = { .age = 40, .languages = (const char *const[]) { "ru", NULL }, .has_position = TRUE, .position = { 40, 3 }, .now = NOW };
  g_autofree char *order = rank (roster, &needs);

  g_assert_cmpstr (order, ==, "CounselorRole1 JoeSmithRole3 AnonRole JoeSmithRole1 JoeSmithRole2 HansSoloRole1");
}

/* Internal medicine only: the counsellor is none. */
static void
test_specialty (void)
{
  g_autoptr (RcpRoster) roster = read_directory ();
  RcpMatchNeeds needs = { .age = 40, .specialties = (const char *const[]) { "207R00000X", NULL }, .has_position = TRUE, .position = { 15, 3 }, .now = NOW };
  g_autofree char *order = rank (roster, &needs);

  g_assert_cmpstr (order, ==, "AnonRole HansSoloRole1 JoeSmithRole1 JoeSmithRole2 JoeSmithRole3");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/matching/directory/japanese", test_japanese);
  g_test_add_func ("/matching/directory/far", test_far);
  g_test_add_func ("/matching/directory/specialty", test_specialty);
  return g_test_run ();
}
