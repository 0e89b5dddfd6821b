/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Answers of clearinghouses. The first byte chooses what they say they are. What is an envelope is written again and read the same. */

#define G_LOG_DOMAIN "fuzz-core-envelope"

#include "insurance/rcp-core-envelope.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  static const char *types[] = { "multipart/form-data; boundary=xx", "application/soap+xml", "text/plain", NULL };
  g_autoptr (GBytes) body = NULL;
  g_autoptr (RcpCoreEnvelope) read = NULL;

  if (size == 0)
    return 0;
  body = g_bytes_new (data + 1, size - 1);
  read = rcp_core_envelope_read (types[data[0] % G_N_ELEMENTS (types)], body, NULL);
  if (read && *read->payload != '\0')
    {
      g_autofree char *type = NULL;
      g_autoptr (GBytes) written = rcp_core_envelope_write (read, RCP_CORE_FORM_MIME, NULL, NULL, &type);
      g_autoptr (RcpCoreEnvelope) again = rcp_core_envelope_read (type, written, NULL);

      g_assert_nonnull (again);
      g_assert_cmpstr (again->payload, ==, read->payload);
    }
  return 0;
}
