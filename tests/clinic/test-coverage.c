/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-clinic"

#include "clinic/rcp-coverage-rules.h"
#include "clinic/rcp-coverage.h"

#include "fhir/fhir-json.h"

static const char *const everything[RCP_N_COVERAGE_FIELDS] = {
  "1", "Acme Health", "12345", "W123456789", "G-77", "Gold PPO", "child", "2026-01-01", "2026-12-31", "Doe", "John Paul", "1970-02-03",
};

static JsonObject *
make_empty (void)
{
  g_autoptr (JsonNode) node = json_from_string ("{\"resourceType\":\"Coverage\",\"id\":\"1\",\"status\":\"active\","
                                                "\"beneficiary\":{\"reference\":\"Patient/7\"}}",
                                                NULL);

  return json_object_ref (json_node_get_object (node));
}

static RcpCoverageFields *
make_fields (void)
{
  RcpCoverageFields *fields = rcp_coverage_fields_new ();

  for (guint i = 0; i < RCP_N_COVERAGE_FIELDS; i++)
    rcp_coverage_fields_set (fields, i, everything[i]);
  return fields;
}

static RcpCoverage *
read_text (const char *text)
{
  g_autoptr (JsonNode) node = json_from_string (text, NULL);
  g_autoptr (FhirResource) resource = fhir_resource_new (json_node_get_object (node));

  return rcp_coverage_new (resource, NULL);
}

/* What is written is read again; what is taken away leaves nothing behind. */
static void
test_fields_round (void)
{
  g_autoptr (JsonObject) coverage = make_empty (), untouched = make_empty ();
  g_autoptr (RcpCoverageFields) fields = make_fields (), nothing = rcp_coverage_fields_new (), read = NULL, gone = NULL;
  g_autofree char *before = fhir_json_to_text (untouched), *after = NULL;

  rcp_coverage_fields_write (fields, RCP_COVERAGE_ALL, coverage);
  read = rcp_coverage_fields_new_from_json (coverage);
  for (guint i = 0; i < RCP_N_COVERAGE_FIELDS; i++)
    g_assert_cmpstr (rcp_coverage_fields_get (read, i), ==, everything[i]);
  g_assert_cmpint (fhir_json_get_int (coverage, "order", 0), ==, 1);
  g_assert_cmpstr (fhir_json_get_string (coverage, "contained.0.patient.reference"), ==, "Patient/7");
  g_assert_cmpstr (fhir_json_get_string (coverage, "contained.0.name.0.given.1"), ==, "Paul");

  rcp_coverage_fields_write (nothing, RCP_COVERAGE_ALL & ~RCP_COVERAGE_BIT (RCP_COVERAGE_PAYER_NAME) & ~RCP_COVERAGE_BIT (RCP_COVERAGE_PAYER_ID),
                             coverage);
  gone = rcp_coverage_fields_new_from_json (coverage);
  g_assert_cmpuint (rcp_coverage_fields_diff (gone, nothing), ==,
                    RCP_COVERAGE_BIT (RCP_COVERAGE_PAYER_NAME) | RCP_COVERAGE_BIT (RCP_COVERAGE_PAYER_ID));
  json_object_remove_member (coverage, "payor");
  after = fhir_json_to_text (coverage);
  g_assert_cmpstr (after, ==, before);
}

/* One field of many: the rest stays, also what Reception does not know. */
static void
test_one_field (gconstpointer data)
{
  RcpCoverageField field = GPOINTER_TO_UINT (data);
  g_autoptr (JsonObject) coverage = make_empty ();
  g_autoptr (RcpCoverageFields) fields = make_fields (), other = rcp_coverage_fields_copy (fields), read = NULL;

  rcp_coverage_fields_write (fields, RCP_COVERAGE_ALL, coverage);
  json_object_set_string_member (coverage, "dependent", "03");
  rcp_coverage_fields_set (other, field, field == RCP_COVERAGE_ORDER ? "2" : "2027-01-02");
  rcp_coverage_fields_write (other, RCP_COVERAGE_BIT (field), coverage);
  read = rcp_coverage_fields_new_from_json (coverage);
  g_assert_cmpuint (rcp_coverage_fields_diff (read, fields), ==, RCP_COVERAGE_BIT (field));
  g_assert_cmpuint (rcp_coverage_fields_diff (read, other), ==, 0);
  g_assert_cmpstr (fhir_json_get_string (coverage, "dependent"), ==, "03");
}

static void
test_in_force (void)
{
  static const struct { const char *rest; gboolean in_force; } cases[] = {
    { "\"status\":\"active\"", TRUE },
    { "\"status\":\"cancelled\"", FALSE },
    { "\"status\":\"active\",\"period\":{\"start\":\"2026-03-10\"}", TRUE },
    { "\"status\":\"active\",\"period\":{\"start\":\"2026-03-11\"}", FALSE },
    { "\"status\":\"active\",\"period\":{\"end\":\"2026-03-10\"}", TRUE },
    { "\"status\":\"active\",\"period\":{\"end\":\"2026-03-10T08:00:00Z\"}", TRUE },
    { "\"status\":\"active\",\"period\":{\"end\":\"2026-03-09\"}", FALSE },
    { "\"status\":\"active\",\"period\":{\"end\":\"2026-03\"}", TRUE },
    { "\"status\":\"active\",\"period\":{\"start\":\"2026-04\"}", FALSE },
    { "\"status\":\"active\",\"period\":{\"start\":\"2026\",\"end\":\"2026\"}", TRUE },
  };
  GDate day;

  g_date_clear (&day, 1);
  g_date_set_dmy (&day, 10, 3, 2026);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = g_strdup_printf ("{\"resourceType\":\"Coverage\",\"id\":\"1\",%s}", cases[i].rest);
      RcpCoverage *coverage = read_text (text);

      g_test_message ("%s", text);
      g_assert_cmpint (rcp_coverage_is_in_force (coverage, &day), ==, cases[i].in_force);
      g_assert_finalize_object (coverage);
    }
}

/* A payer that is a resource of its own lends its name; the Coverage's own words come first. */
static void
test_payor (void)
{
  g_autoptr (JsonNode) node = json_from_string ("{\"resourceType\":\"Organization\",\"id\":\"9\",\"name\":\"Big Payer\","
                                                "\"identifier\":[{\"system\":\"urn:x\",\"value\":\"60054\"}]}",
                                                NULL);
  g_autoptr (JsonNode) plain = json_from_string ("{\"resourceType\":\"Coverage\",\"id\":\"1\",\"payor\":[{\"reference\":\"Organization/9\"}]}", NULL);
  g_autoptr (FhirResource) payor = fhir_resource_new (json_node_get_object (node));
  g_autoptr (FhirResource) resource = fhir_resource_new (json_node_get_object (plain));
  g_autoptr (RcpCoverage) with = rcp_coverage_new (resource, payor), without = rcp_coverage_new (resource, NULL);
  g_autofree char *unknown = rcp_coverage_dup_payer_name (without);

  g_assert_cmpstr (rcp_coverage_get (with, RCP_COVERAGE_PAYER_NAME), ==, "Big Payer");
  g_assert_cmpstr (rcp_coverage_get (with, RCP_COVERAGE_PAYER_ID), ==, "60054");
  g_assert_true (rcp_coverage_is_self (with));
  g_assert_cmpstr (unknown, ==, "Insurance without a name");
}

/* What is typed is stored as the record has it, dates to come among them. */
static void
test_normalize (void)
{
  static const struct { RcpCoverageField field; const char *typed; const char *stored; } cases[] = {
    { RCP_COVERAGE_PAYER_NAME, "  Acme   Health ", "Acme Health" }, { RCP_COVERAGE_START, "1/1/26", "2026-01-01" },
    { RCP_COVERAGE_END, "12/31/2027", "2027-12-31" },               { RCP_COVERAGE_END, "soon", "soon" },
    { RCP_COVERAGE_SUBSCRIBER_BIRTH_DATE, "12/3/78", "1978-12-03" },
  };
  RcpDeskPlace place = { .region = "US" };

  g_date_clear (&place.today, 1);
  g_date_set_dmy (&place.today, 10, 3, 2026);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *stored = rcp_coverage_rules_normalize (cases[i].field, cases[i].typed, &place);

      g_assert_cmpstr (stored, ==, cases[i].stored);
    }
}

/* Each empties or spoils one field of an insurance that could be saved. */
static void
test_check (void)
{
  static const struct { RcpCoverageField field; const char *value; RcpCoverageField which; } cases[] = {
    { RCP_COVERAGE_PAYER_NAME, "", RCP_COVERAGE_PAYER_NAME },
    { RCP_COVERAGE_MEMBER_ID, "", RCP_COVERAGE_MEMBER_ID },
    { RCP_COVERAGE_RELATIONSHIP, "child", RCP_COVERAGE_SUBSCRIBER_FAMILY },
    { RCP_COVERAGE_START, "soon", RCP_COVERAGE_START },
    { RCP_COVERAGE_END, "2025-12-31", RCP_COVERAGE_END },
    { RCP_COVERAGE_SUBSCRIBER_BIRTH_DATE, "long ago", RCP_COVERAGE_SUBSCRIBER_BIRTH_DATE },
  };
  RcpCoverageField which;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (RcpCoverageFields) fields = rcp_coverage_fields_new ();

      rcp_coverage_fields_set (fields, RCP_COVERAGE_PAYER_NAME, "Acme Health");
      rcp_coverage_fields_set (fields, RCP_COVERAGE_MEMBER_ID, "W1");
      rcp_coverage_fields_set (fields, RCP_COVERAGE_START, "2026-01-01");
      rcp_coverage_fields_set (fields, RCP_COVERAGE_RELATIONSHIP, "self");
      g_assert_null (rcp_coverage_rules_check (fields, &which));
      rcp_coverage_fields_set (fields, cases[i].field, cases[i].value);
      g_assert_nonnull (rcp_coverage_rules_check (fields, &which));
      g_assert_cmpint (which, ==, cases[i].which);
    }
  for (guint i = 0; i < RCP_N_COVERAGE_FIELDS; i++)
    g_assert_cmpint (*rcp_coverage_field_get_label (i), !=, '\0');
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/clinic/coverage/fields-round", test_fields_round);
  for (guint i = 0; i < RCP_N_COVERAGE_FIELDS; i++)
    {
      g_autofree char *path = g_strdup_printf ("/clinic/coverage/one-field/%u", i);

      g_test_add_data_func (path, GUINT_TO_POINTER (i), test_one_field);
    }
  g_test_add_func ("/clinic/coverage/in-force", test_in_force);
  g_test_add_func ("/clinic/coverage/payor", test_payor);
  g_test_add_func ("/clinic/coverage/normalize", test_normalize);
  g_test_add_func ("/clinic/coverage/check", test_check);
  return g_test_run ();
}
