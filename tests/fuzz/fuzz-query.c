/* SPDX-License-Identifier: GPL-3.0-or-later */

/* What a person may type into Find: dates, telephone numbers, confirmation codes. */

#define G_LOG_DOMAIN "fuzz-query"

#include "base/rcp-query.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static void
read_dates (const char *text)
{
  g_autoptr (GPtrArray) dates = NULL;
  GDate today;

  g_date_clear (&today, 1);
  g_date_set_dmy (&today, 29, G_DATE_FEBRUARY, 2024);
  dates = rcp_query_parse_dates (text, TRUE, &today);
  for (guint i = 0; i < dates->len; i++)
    {
      GDate *date = g_ptr_array_index (dates, i);

      g_assert_true (g_date_valid (date));
      g_assert_cmpint (g_date_compare (date, &today), <=, 0);
    }
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_autofree char *phone = rcp_query_parse_phone (text);
  g_autofree char *code = rcp_query_parse_code (text);

  read_dates (text);
  for (const char *p = phone; p != NULL && *p != '\0'; p++)
    g_assert_true (g_ascii_isdigit (*p));
  if (code != NULL)
    {
      g_autofree char *again = rcp_query_parse_code (code);

      /* A code in its own form is itself. */
      g_assert_cmpstr (again, ==, code);
    }
  return 0;
}
