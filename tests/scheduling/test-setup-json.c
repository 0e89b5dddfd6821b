/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Drives rcp-hours-json.c, rcp-founders.c and rcp-found-compose.c. */
#include "clinic-parts.h"

#include "clinic/rcp-codes.h"
#include "scheduling/rcp-clinic-json.h"

static void
test_hours (void)
{
  g_autoptr (RcpProvider) provider = parts_provider ("sched", "207RC0000X");
  g_autoptr (GArray) all = NULL;
  g_autoptr (GArray) rest = NULL;
  GDate day;

  /* Friday to Sunday of the week in which the clocks go back. */
  g_date_set_dmy (&day, 30, G_DATE_OCTOBER, 2026);
  all = rcp_hours_list_slots (provider, &day, 3, G_MININT64, 15);
  g_assert_cmpuint (all->len, ==, 28);
  /* From the frontier on, nothing that is there already. */
  rest = rcp_hours_list_slots (provider, &day, 3, g_array_index (all, RcpTimeRange, 20).start, 15);
  g_assert_cmpuint (rest->len, ==, 8);
  g_assert_cmpint (g_array_index (rest, RcpTimeRange, 0).start, ==, g_array_index (all, RcpTimeRange, 20).start);
}

static void
test_slot (void)
{
  RcpTimeRange range = { 0, 15 * G_TIME_SPAN_MINUTE };
  g_autoptr (JsonObject) slot = rcp_hours_slot_json_new ("sched", range);
  g_autofree char *condition = rcp_hours_slot_condition (slot);

  g_assert_cmpstr (fhir_json_get_string (slot, "schedule.reference"), ==, "Schedule/sched");
  g_assert_cmpstr (fhir_json_get_string (slot, "status"), ==, "free");
  g_assert_nonnull (g_strstr_len (condition, -1, "identifier=urn:reception:slot|sched/1970-01-01T00:00:00"));
}

static void
count (GHashTable *founders, const char *practitioner, const char *organization, guint times)
{
  g_autofree char *json
      = g_strdup_printf ("{\"resourceType\":\"Encounter\",\"serviceProvider\":{\"reference\":\"Organization/%s\"},"
                         "\"participant\":[{\"individual\":{\"reference\":\"Practitioner/%s\"}}]}",
                         organization, practitioner);
  g_autoptr (FhirResource) encounter = parts_resource (json);

  for (guint i = 0; i < times; i++)
    rcp_founders_count_encounter (founders, fhir_resource_get_json (encounter));
}

static void
test_founders (void)
{
  g_autoptr (GHashTable) founders = rcp_founders_new ();
  g_autoptr (FhirResource) role
      = parts_resource ("{\"resourceType\":\"PractitionerRole\",\"practitioner\":{\"reference\":\"Practitioner/p4\"},"
                        "\"organization\":{\"reference\":\"Organization/o9\"}}");
  g_autofree char *busiest = NULL;
  g_autofree char *organizations = NULL;
  g_autofree char *nobody = NULL;
  g_autoptr (GHashTable) empty = rcp_founders_new ();
  g_autoptr (GPtrArray) chosen = g_ptr_array_new ();

  count (founders, "p1", "o1", 2);
  count (founders, "p2", "o2", 5);
  count (founders, "p3", "o1", 4);
  rcp_founders_count_role (founders, fhir_resource_get_json (role));
  busiest = rcp_founders_list_busiest (founders, 3);
  g_assert_cmpstr (busiest, ==, "p2,p3,p1");
  g_ptr_array_add (chosen, g_hash_table_lookup (founders, "p1"));
  g_ptr_array_add (chosen, g_hash_table_lookup (founders, "p2"));
  g_ptr_array_add (chosen, g_hash_table_lookup (founders, "p3"));
  organizations = rcp_founders_list_organizations (chosen, 2);
  g_assert_cmpstr (organizations, ==, "o1,o2");
  nobody = rcp_founders_list_busiest (empty, 3);
  g_assert_cmpstr (nobody, ==, "");
}

static guint
count_type (FhirTransaction *transaction, const char *type)
{
  g_autoptr (JsonObject) bundle = fhir_transaction_to_json (transaction);
  guint n_entries = fhir_json_get_length (bundle, "entry");
  guint n = 0;

  for (guint i = 0; i < n_entries; i++)
    {
      g_autofree char *path = g_strdup_printf ("entry.%u.resource.resourceType", i);
      g_autofree char *condition = g_strdup_printf ("entry.%u.request.ifNoneExist", i);

      n += g_strcmp0 (fhir_json_get_string (bundle, path), type) == 0;
      g_assert_nonnull (fhir_json_get_string (bundle, condition));
    }
  return n;
}

static void
test_compose (void)
{
  g_autoptr (GPtrArray) organizations = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) founders = g_ptr_array_new_with_free_func ((GDestroyNotify)rcp_founder_free);
  g_autoptr (FhirTransaction) nobody = rcp_found_compose ("Corner", "Europe/Berlin", organizations, founders);
  g_autoptr (FhirTransaction) transaction = NULL;

  g_assert_cmpuint (count_type (nobody, "Location"), ==, 1);
  g_assert_cmpuint (count_type (nobody, "Schedule"), ==, 0);
  g_assert_cmpuint (count_type (nobody, "HealthcareService"), ==, 8);

  g_ptr_array_add (
      organizations,
      parts_resource (
          "{\"resourceType\":\"Organization\",\"id\":\"o1\",\"name\":\"North\",\"address\":[{\"city\":\"X\"}]}"));
  for (guint i = 0; i < 3; i++)
    {
      RcpFounder *founder = g_new0 (RcpFounder, 1);

      founder->practitioner
          = parts_resource ("{\"resourceType\":\"Practitioner\",\"id\":\"p\",\"name\":[{\"family\":\"A\"}]}");
      founder->organization_id = g_strdup (i == 0 ? "o1" : NULL);
      g_ptr_array_add (founders, founder);
    }
  transaction = rcp_found_compose ("Corner", "Europe/Berlin", organizations, founders);
  g_assert_cmpuint (count_type (transaction, "Organization"), ==, 1);
  g_assert_cmpuint (count_type (transaction, "Location"), ==, 1);
  g_assert_cmpuint (count_type (transaction, "PractitionerRole"), ==, 3);
  g_assert_cmpuint (count_type (transaction, "Schedule"), ==, 3);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/scheduling/hours-json/hours", test_hours);
  g_test_add_func ("/scheduling/hours-json/slot", test_slot);
  g_test_add_func ("/scheduling/founders/count", test_founders);
  g_test_add_func ("/scheduling/found-compose/transaction", test_compose);
  return g_test_run ();
}
