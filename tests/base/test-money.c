/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-base"

#include "base/rcp-money.h"

#include <locale.h>

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

static void
assert_text (char *text, const char *expected)
{
  g_assert_cmpstr (text, ==, expected);
  g_free (text);
}

/* The smallest unit is not a hundredth everywhere. */
static void
test_places (void)
{
  gint64 amount = 0;

  assert_text (rcp_money_format (1500, "JPY"), "1500 JPY");
  assert_text (rcp_money_format (1500, "KWD"), "1.500 KWD");
  assert_text (rcp_money_format (5, "KWD"), "0.005 KWD");
  assert_text (rcp_money_format_typed (123456, "USD"), "1234.56");
  assert_text (rcp_money_format_typed (1500, "JPY"), "1500");
  g_assert_cmpuint (rcp_money_get_places (NULL), ==, 2);
  g_assert_true (rcp_money_parse_typed ("1500", "JPY", &amount));
  g_assert_cmpint (amount, ==, 1500);
  g_assert_false (rcp_money_parse_typed ("1500.0", "JPY", &amount));
  g_assert_true (rcp_money_parse_typed ("1.5", "KWD", &amount));
  g_assert_cmpint (amount, ==, 1500);
}

/* What was typed is read as it is meant, or refused. */
static void
test_typed (void)
{
  static const char *const bad[] = { "", " ", ".", "140.", "140.005", "1,000", "1.000", "1.2.3", "-5", "$140", "1e3", "99999999999" };
  static const struct { const char *text; gint64 amount; } good[] = { { "140", 14000 }, { " 140.5 ", 14050 }, { ".5", 50 }, { "0", 0 } };

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      gint64 amount = -7;

      g_test_message ("“%s”", bad[i]);
      g_assert_false (rcp_money_parse_typed (bad[i], "USD", &amount));
      g_assert_cmpint (amount, ==, -7);
    }
  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    {
      gint64 amount = -7;

      g_assert_true (rcp_money_parse_typed (good[i].text, "USD", &amount));
      g_assert_cmpint (amount, ==, good[i].amount);
    }
  g_assert_true (rcp_money_is_currency ("EUR"));
  g_assert_false (rcp_money_is_currency ("eur"));
  g_assert_false (rcp_money_is_currency ("EURO"));
  g_assert_false (rcp_money_is_currency (NULL));
  assert_text (rcp_money_dup_own_currency (), "USD");
}

/* Spain, made for the test: the machine need not have it. */
static gboolean
make_locale (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, "es_ES.UTF-8", NULL);
  const char *argv[] = { "localedef", "-i", "es_ES", "-f", "UTF-8", path, NULL };

  if (!g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH | G_SPAWN_STDOUT_TO_DEV_NULL | G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL,
                     NULL, NULL, NULL, NULL))
    return FALSE;
  g_setenv ("LOCPATH", folder, TRUE);
  return setlocale (LC_ALL, "es_ES.UTF-8") != NULL;
}

static void
test_locale (void)
{
  g_autofree char *folder = g_dir_make_tmp ("money-XXXXXX", NULL);
  gint64 amount = 0;

  if (!make_locale (folder))
    {
      g_test_skip ("No locale can be made here");
      return;
    }
  assert_text (rcp_money_dup_own_currency (), "EUR");
  assert_text (rcp_money_format (123456789, "EUR"), "1.234.567,89\u00a0€");
  assert_text (rcp_money_format (123456, "USD"), "$1.234,56");
  assert_text (rcp_money_format (123456, "MXN"), "1.234,56 MXN");
  assert_text (rcp_money_format_typed (123456, "EUR"), "1234,56");
  g_assert_true (rcp_money_parse_typed ("1234,56", "EUR", &amount));
  g_assert_cmpint (amount, ==, 123456);
  g_assert_true (rcp_money_parse_typed ("1234.56", "EUR", &amount));
  /* A thousand here, and one elsewhere. */
  g_assert_false (rcp_money_parse_typed ("1.000", "EUR", &amount));
  g_assert_false (rcp_money_parse_typed ("1.000,00", "EUR", &amount));
  setlocale (LC_ALL, "C.UTF-8");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/money/parse", test_parse);
  g_test_add_func ("/money/share", test_share);
  g_test_add_func ("/money/round", test_round);
  g_test_add_func ("/money/format", test_format);
  g_test_add_func ("/money/places", test_places);
  g_test_add_func ("/money/typed", test_typed);
  g_test_add_func ("/money/locale", test_locale);
  return g_test_run ();
}
