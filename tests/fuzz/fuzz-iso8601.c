/* SPDX-License-Identifier: GPL-3.0-or-later */

/* FHIR dates come from servers and from search boxes. Whatever is taken must make sense. */

#define G_LOG_DOMAIN "fuzz-iso8601"

#include "base/rcp-iso8601.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_autofree char *written = NULL;
  RcpIso8601 parsed;
  gint64 instant;

  if (!rcp_iso8601_parse (text, &parsed))
    return 0;
  g_assert_cmpint (parsed.start, <, parsed.end);
  if (rcp_iso8601_parse_instant (text, &instant))
    {
      gint64 again;

      /* What we write of an instant, we read as the same instant, to the millisecond. */
      written = rcp_iso8601_format_utc (instant);
      g_assert_true (rcp_iso8601_parse_instant (written, &again));
      g_assert_cmpint (again, <=, instant);
      g_assert_cmpint (instant - again, <, G_TIME_SPAN_MILLISECOND);
    }
  return 0;
}
