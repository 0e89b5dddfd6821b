/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a visit type says to those who pay: rcp-visit-price.c and rcp-service-type.c. */

#define G_LOG_DOMAIN "test-visit-price"

#include "clinic/rcp-service-type.h"
#include "clinic/rcp-visit-price.h"

static RcpVisitType *
make (const char *members)
{
  g_autofree char *text = g_strdup_printf ("{\"resourceType\":\"HealthcareService\",\"id\":\"h\",%s}", members);
  g_autoptr (JsonNode) node = json_from_string (text, NULL);
  g_autoptr (FhirResource) resource = NULL;

  g_assert_nonnull (node);
  resource = fhir_resource_new (json_node_get_object (node));
  return rcp_visit_type_new (resource);
}

static RcpVisitType *
make_priced (const char *money)
{
  g_autofree char *members = g_strdup_printf ("\"extension\":[{\"url\":\"urn:reception:price\",\"valueMoney\":%s}]", money);

  return make (members);
}

static void
test_price (void)
{
  static const struct { const char *money; gint64 amount; const char *currency; } cases[] = {
    { "{\"value\":140,\"currency\":\"USD\"}", 14000, "USD" },   { "{\"value\":0.29,\"currency\":\"USD\"}", 29, "USD" },
    { "{\"value\":1234.56,\"currency\":\"EUR\"}", 123456, "EUR" }, { "{\"value\":1500,\"currency\":\"JPY\"}", 1500, "JPY" },
    { "{\"value\":1.5,\"currency\":\"KWD\"}", 1500, "KWD" },     { "{\"value\":0,\"currency\":\"USD\"}", 0, "USD" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (RcpVisitType) type = make_priced (cases[i].money);
      g_autoptr (JsonObject) written = NULL;
      RcpMoney money, again;

      g_assert_true (rcp_visit_type_get_price (type, &money));
      g_assert_cmpint (money.amount, ==, cases[i].amount);
      g_assert_cmpstr (money.currency, ==, cases[i].currency);
      g_assert_false (rcp_visit_type_get_allowed (type, &again));
      written = rcp_money_to_json (&money);
      g_assert_true (rcp_money_read_json (written, &again));
      g_assert_cmpint (again.amount, ==, money.amount);
    }
}

/* What is no amount of a currency is no price: never nothing. */
static void
test_no_price (void)
{
  static const char *const cases[] = { "{}", "{\"value\":140}", "{\"value\":\"140\",\"currency\":\"USD\"}", "{\"value\":-1,\"currency\":\"USD\"}",
                                       "{\"value\":1e30,\"currency\":\"USD\"}", "{\"value\":5,\"currency\":\"dollars\"}",
                                       "{\"value\":true,\"currency\":\"USD\"}", "7" };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (RcpVisitType) type = make_priced (cases[i]);
      RcpMoney money = { -7, "" };

      g_test_message ("%s", cases[i]);
      g_assert_false (rcp_visit_type_get_price (type, &money));
      g_assert_cmpint (money.amount, ==, -7);
    }
}

static void
test_service_type (void)
{
  g_autoptr (RcpVisitType) none = make ("\"name\":\"Check\"");
  g_autoptr (RcpVisitType) said = make ("\"extension\":[{\"url\":\"urn:reception:service-type\",\"valueCode\":\"PT\"}]");
  g_autoptr (RcpVisitType) odd = make ("\"extension\":[{\"url\":\"urn:reception:service-type\",\"valueCode\":\"9*8~\"}]");
  g_autoptr (RcpVisitType) coded = make ("\"type\":[{\"coding\":[{\"system\":\"https://x12.org/codes/service-type-codes\",\"code\":\"62\"}]}]");
  guint n;

  g_assert_cmpstr (rcp_visit_type_get_service_type (none), ==, "98");
  g_assert_cmpstr (rcp_visit_type_get_service_type (said), ==, "PT");
  g_assert_cmpstr (rcp_visit_type_get_service_type (odd), ==, "98");
  g_assert_cmpstr (rcp_visit_type_get_service_type (coded), ==, "62");
  g_assert_cmpstr (rcp_service_type_list (&n)[0].code, ==, "98");
  for (guint i = 0; i < n; i++)
    {
      g_assert_true (rcp_service_type_is_code (rcp_service_type_list (&n)[i].code));
      for (guint j = i + 1; j < n; j++)
        {
          g_assert_cmpstr (rcp_service_type_list (&n)[i].code, !=, rcp_service_type_list (&n)[j].code);
          g_assert_cmpstr (rcp_service_type_list (&n)[i].name, !=, rcp_service_type_list (&n)[j].name);
        }
    }
  g_assert_cmpstr (rcp_service_type_get_name ("PT"), ==, "Physical therapy");
  g_assert_null (rcp_service_type_get_name ("ZZ"));
  g_assert_false (rcp_service_type_is_code ("a4"));
  g_assert_false (rcp_service_type_is_code (""));
  g_assert_false (rcp_service_type_is_code (NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/clinic/visit-price/price", test_price);
  g_test_add_func ("/clinic/visit-price/no-price", test_no_price);
  g_test_add_func ("/clinic/visit-price/service-type", test_service_type);
  return g_test_run ();
}
