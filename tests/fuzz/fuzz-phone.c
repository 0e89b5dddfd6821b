/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a person may type as a telephone number, and what a record may hold as one. */

#define G_LOG_DOMAIN "fuzz-phone"

#include "base/rcp-phone.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static void
read_in (const char *text, const char *region)
{
  RcpPhoneProblem problem = RCP_PHONE_FINE;
  g_autofree char *stored = rcp_phone_normalize (text, region, &problem);
  g_autofree char *shown = rcp_phone_format (text, region);

  g_assert_true ((stored != NULL) == (problem == RCP_PHONE_FINE));
  if (stored != NULL)
    {
      g_autofree char *again = rcp_phone_normalize (stored, region, NULL);
      g_autofree char *of_shown = rcp_phone_normalize (shown, region, NULL);

      /* What is stored, and what is shown, mean what was typed. */
      g_assert_cmpstr (again, ==, stored);
      g_assert_cmpstr (of_shown, ==, stored);
      g_assert_true (rcp_phone_is_same (text, stored, region));
    }
  else
    {
      g_assert_cmpstr (shown, ==, text);
      rcp_phone_is_same (text, "+12075550110", region);
    }
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  static const char *const regions[] = { "US", "GB", "DE", "IL", "IT", "AT", "ZZ", NULL };
  g_autofree char *text = g_strndup ((const char *) data, size);

  for (guint i = 0; i < G_N_ELEMENTS (regions); i++)
    read_in (text, regions[i]);
  return 0;
}
