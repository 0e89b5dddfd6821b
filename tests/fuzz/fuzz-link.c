/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Links come from web pages and mail. What is taken must be written back the same, but for the case of the scheme. */

#define G_LOG_DOMAIN "fuzz-link"

#include "base/rcp-link.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autofree char *text = g_strndup ((const char *) data, size);
  g_autoptr (RcpLink) link = rcp_link_parse (text);
  g_autofree char *written = link ? rcp_link_format (link) : NULL;

  if (link)
    g_assert_cmpint (g_ascii_strcasecmp (written, text), ==, 0);
  return 0;
}
