/* SPDX-License-Identifier: GPL-3.0-or-later */

/* X12 comes from a clearinghouse. Whatever comes is read without harm; what was read and is written again is read the same. */

#define G_LOG_DOMAIN "fuzz-x12"

#include "insurance/rcp-estimate.h"
#include "insurance/rcp-x12-reply.h"
#include "insurance/x12/x12-acknowledgment.h"

int LLVMFuzzerTestOneInput (const guint8 *data, gsize size);

static void
read_meaning (X12Interchange *interchange)
{
  g_autoptr (GPtrArray) acknowledgments = x12_acknowledgments_read (interchange);
  g_autoptr (GPtrArray) replies = rcp_x12_replies_read (interchange);
  const gint64 price = 14000;

  for (guint i = 0; i < replies->len; i++)
    {
      const RcpX12Reply *reply = g_ptr_array_index (replies, i);

      for (guint j = 0; j < reply->insured->len; j++)
        {
          RcpInsured *insured = g_ptr_array_index (reply->insured, j);
          RcpCostShare share = rcp_cost_share_read (insured->benefits, "98", RCP_NETWORK_IN);
          RcpEstimate estimate = rcp_estimate (&share, &price, RCP_NETWORK_IN);

          g_assert_cmpint (estimate.cost.least, <=, estimate.cost.most);
          g_assert_cmpint (estimate.cost.most, <=, price);
        }
    }
}

static void
check_same (const X12Interchange *a, const X12Interchange *b)
{
  g_assert_cmpuint (x12_interchange_get_n_segments (a), ==, x12_interchange_get_n_segments (b));
  for (guint i = 0; i < x12_interchange_get_n_segments (a); i++)
    {
      const X12Segment *one = x12_interchange_get_segment (a, i);
      const X12Segment *other = x12_interchange_get_segment (b, i);

      g_assert_cmpuint (one->n_elements, ==, other->n_elements);
      for (guint j = 0; j < one->n_elements; j++)
        g_assert_cmpstr (one->elements[j], ==, other->elements[j]);
    }
}

int
LLVMFuzzerTestOneInput (const guint8 *data, gsize size)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, size);
  g_autoptr (GPtrArray) read = x12_read (bytes, NULL);

  for (guint i = 0; read && i < read->len; i++)
    {
      X12Interchange *interchange = g_ptr_array_index (read, i);
      g_autoptr (GString) written = g_string_new (NULL);
      g_autoptr (GBytes) again = NULL;
      g_autoptr (GPtrArray) read_again = NULL;

      x12_interchange_write (interchange, written);
      again = g_bytes_new (written->str, written->len);
      read_again = x12_read (again, NULL);
      g_assert_nonnull (read_again);
      check_same (interchange, g_ptr_array_index (read_again, 0));
      read_meaning (interchange);
    }
  return 0;
}
