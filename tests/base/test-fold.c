/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/rcp-fold.h"

static void
test_text (void)
{
  static const struct { const char *text, *folded; } cases[] = {
    { "Müller", "muller" },
    { "  O’Brien\t Kate ", "o’brien kate" },
    { "ÇELİK", "celik" },
    { "Straße", "strasse" },
    { "José", "jose" },
    { "Jose\xcc\x81", "jose" },
    { "ﬁnn", "finn" },
    { "Yıldırım", "yildirim" },
    { "Sørensen", "sorensen" },
    { "Łukasz Æther", "lukasz aether" },
    { "", "" },
    { "   ", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *folded = rcp_fold_text (cases[i].text);

      g_assert_cmpstr (folded, ==, cases[i].folded);
    }
}

static void
test_digits (void)
{
  g_autofree char *phone = rcp_fold_digits ("+1 (555) 010-٢٣");
  g_autofree char *none = rcp_fold_digits ("none");

  g_assert_cmpstr (phone, ==, "155501023");
  g_assert_cmpstr (none, ==, "");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/fold/text", test_text);
  g_test_add_func ("/base/fold/digits", test_digits);
  return g_test_run ();
}
