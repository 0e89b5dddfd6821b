/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/rcp-query.h"

#include <string.h>

static void
test_phone (void)
{
  static const struct { const char *text, *digits; } cases[] = {
    { "555-0100", "5550100" },
    { "+1 (555) 010-0123", "15550100123" },
    { "(+49) 30/123.456", "4930123456" },
    { "555\xc2\xa0" "0100", "5550100" },
    { "555\xe2\x80\x93" "0100", "5550100" },
    { "010", "010" },
    { "٥٥٥٠١٠٠", "5550100" },
    { "12", NULL },
    { "", NULL },
    { "()-", NULL },
    { "555+1", NULL },
    { "555 ext 1", NULL },
    { "garcia", NULL },
    { "1234567890123456789", NULL },
    { "555\xff" "0100", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *digits = rcp_query_parse_phone (cases[i].text);

      g_assert_cmpstr (digits, ==, cases[i].digits);
    }
}

static void
test_code (void)
{
  static const struct { const char *text, *code; } cases[] = {
    { "7KD-M2Q", "7KD-M2Q" },
    { "7kdm2q", "7KD-M2Q" },
    { " 7KD M2Q ", "7KD-M2Q" },
    { "7-k-d-m-2-q", "7KD-M2Q" },
    { "oil-OIL", "011-011" },
    { "7KD-M2", NULL },
    { "7KD-M2QQ", NULL },
    { "7KD-M2U", NULL },
    { "7KD.M2Q", NULL },
    { "7KD-M2\xc3\xa9", NULL },
    { "", NULL },
    { "------", NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *code = rcp_query_parse_code (cases[i].text);

      g_assert_cmpstr (code, ==, cases[i].code);
    }
}

/* What is made is read again, and different bits are different codes. */
static void
test_make_code (void)
{
  g_autoptr (GHashTable) codes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint32 i = 0; i < 10000; i++)
    {
      guint32 bits = (i * 107323u) & 0x3fffffff;
      char *code = rcp_query_make_code (bits);
      g_autofree char *lower = g_ascii_strdown (code, -1);
      g_autofree char *again = rcp_query_parse_code (lower);

      g_assert_cmpuint (strlen (code), ==, RCP_CONFIRMATION_CODE_LENGTH);
      g_assert_cmpstr (again, ==, code);
      g_assert_true (g_hash_table_add (codes, code));
    }
}

static void
test_locale (void)
{
  /* The C locale writes 12/31/99. */
  g_assert_false (rcp_query_locale_is_day_first ());
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/query/phone", test_phone);
  g_test_add_func ("/base/query/code", test_code);
  g_test_add_func ("/base/query/make-code", test_make_code);
  g_test_add_func ("/base/query/locale", test_locale);
  return g_test_run ();
}
