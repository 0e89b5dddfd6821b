/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Whole answers of clearinghouses, from the envelope to what the desk is told: rcp-x12-answer.c. The first byte chooses what they say they
 * are. An answer that cannot tell says why; one to another request leaves nothing behind. */

#define G_LOG_DOMAIN "fuzz-x12-answer"

#include "insurance/rcp-x12-answer.h"

#define TRACE "REQ-0001"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  static const char *const types[] = { NULL, "text/plain", "multipart/form-data; boundary=xx", "application/soap+xml" };
  g_autoptr (RcpEligibilityAnswer) answer = NULL;
  g_autoptr (GBytes) body = NULL;

  if (size == 0)
    return 0;
  body = g_bytes_new (data + 1, size - 1);
  answer = rcp_eligibility_answer_new (TRACE, 0);
  answer->service_type = g_strdup ("98");
  rcp_x12_answer_read (answer, types[data[0] % G_N_ELEMENTS (types)], body);
  if (answer->status == RCP_ELIGIBILITY_CANNOT_TELL)
    g_assert_nonnull (answer->words);
  if (answer->raw == NULL)
    {
      g_assert_cmpint (answer->status, ==, RCP_ELIGIBILITY_CANNOT_TELL);
      g_assert_cmpuint (answer->benefits->len, ==, 0);
      g_assert_cmpuint (answer->rejections->len, ==, 0);
    }
  g_assert_cmpstr (answer->trace, ==, TRACE);
  return 0;
}
