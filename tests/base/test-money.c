/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-base"

#include "base/rcp-money.h"

static void
test_parse (void)
{
  const struct
  {
    const char *text;
    gint64 cents; /* below 0: none */
  } cases[] = {
    { "0", 0 },        { "25", 2500 },   { "25.5", 2550 }, { "25.50", 2550 }, { ".5", 50 },     { "5.", 500 },
    { "0.005", 1 },    { "0.0049", 0 },  { "007", 700 },   { "", -1 },        { ".", -1 },      { "-1", -1 },
    { "1,000", -1 },   { "1e3", -1 },    { " 1", -1 },     { "1.2.3", -1 },   { "٣", -1 },      { "1000000000.01", -1 },
    { "1000000000", RCP_MONEY_LARGEST }, { "99999999999999999999999", -1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      gint64 cents = -7;

      g_test_message ("“%s”", cases[i].text);
      g_assert_cmpint (rcp_money_parse_decimal (cases[i].text, &cents), ==, cases[i].cents >= 0);
      g_assert_cmpint (cents, ==, cases[i].cents >= 0 ? cases[i].cents : -7);
    }
}

static void
test_share (void)
{
  guint share = 7;

  g_assert_true (rcp_share_parse_decimal (".2", &share));
  g_assert_cmpuint (share, ==, 200000);
  g_assert_true (rcp_share_parse_decimal ("1", &share));
  g_assert_cmpuint (share, ==, RCP_SHARE_WHOLE);
  g_assert_true (rcp_share_parse_decimal ("0.3333333", &share));
  g_assert_cmpuint (share, ==, 333333);
  g_assert_false (rcp_share_parse_decimal ("1.000001", &share));
  g_assert_false (rcp_share_parse_decimal ("20", &share));
  g_assert_false (rcp_share_parse_decimal ("20%", &share));
}

static void
test_round (void)
{
  g_assert_cmpint (rcp_money_round (0), ==, 0);
  g_assert_cmpint (rcp_money_round (499999), ==, 0);
  g_assert_cmpint (rcp_money_round (500000), ==, 1);
  g_assert_cmpint (rcp_money_round (1499999), ==, 1);
}

static void
test_format (void)
{
  g_autofree char *dollars = rcp_money_format (123450, NULL);
  g_autofree char *cents = rcp_money_format (7, "USD");
  g_autofree char *other = rcp_money_format (100000, "MXN");

  /* The C locale has no separator of thousands. */
  g_assert_cmpstr (dollars, ==, "$1234.50");
  g_assert_cmpstr (cents, ==, "$0.07");
  g_assert_cmpstr (other, ==, "1000.00 MXN");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/money/parse", test_parse);
  g_test_add_func ("/money/share", test_share);
  g_test_add_func ("/money/round", test_round);
  g_test_add_func ("/money/format", test_format);
  return g_test_run ();
}
