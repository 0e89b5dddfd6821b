/* SPDX-License-Identifier: GPL-3.0-or-later */
/* X12 271: a file of 10,000 interchanges, and 10,000 files of one. */
#include "bench.h"

#include <string.h>

#include "insurance/rcp-estimate.h"
#include "insurance/rcp-x12-reply.h"

#define N_REPLIES 10000
#define N_RUNS 5

static const char REPLY[] =
  "ISA*00*          *00*          *ZZ*PAYER          *ZZ*RECEPTION      *260310*0915*^*00501*000000007*0*T*:~\n"
  "GS*HB*PAYER*RECEPTION*20260310*0915*7*X*005010X279A1~\n"
  "ST*271*0007*005010X279A1~\nBHT*0022*11*REQ-0001*20260310*0915~\nHL*1**20*1~\nNM1*PR*2*ACME HEALTH*****PI*12345~\n"
  "HL*2*1*21*1~\nNM1*1P*2*CITY CLINIC*****XX*1234567893~\nHL*3*2*22*0~\nTRN*2*REQ-0001*9CITYCLINC~\n"
  "NM1*IL*1*DOE*JANE****MI*W123456789~\nN3*15197 BROADWAY AVENUE*APT 215~\nN4*KANSAS CITY*MO*64108~\nDMG*D8*19630519*F~\n"
  "DTP*346*D8*20060101~\nEB*1**30**GOLD 123 PLAN~\nEB*L~\nLS*2120~\nNM1*P3*1*JONES*MARCUS****SV*0202034~\nLE*2120~\n"
  "EB*1**1^33^35^47^86^88^98^AL^MH^UC~\nEB*B**1^33^35^47^86^88^98^AL^MH^UC*HM*GOLD 123 PLAN*27*10*****Y~\n"
  "EB*B**1^33^35^47^86^88^98^AL^MH^UC*HM*GOLD 123 PLAN*27*30*****N~\nEB*C*IND*30***23*1500*****Y~\nEB*C*IND*30***29*700*****Y~\n"
  "EB*G*IND*30***29*3800*****Y~\nSE*25*0007~\nGE*1*7~\nIEA*1*000000007~\n";

/* What an answer is worth to the desk: its lines, and what the patient will pay. */
static gint64
read_meaning (GPtrArray *interchanges)
{
  const gint64 price = 14000;
  gint64 sum = 0;

  for (guint i = 0; i < interchanges->len; i++)
    {
      g_autoptr (GPtrArray) replies = rcp_x12_replies_read (g_ptr_array_index (interchanges, i));
      const RcpX12Reply *reply = g_ptr_array_index (replies, 0);
      const RcpInsured *insured = g_ptr_array_index (reply->insured, 0);
      RcpCostShare share = rcp_cost_share_read (insured->benefits, "98", RCP_NETWORK_IN);

      sum += rcp_estimate (&share, &price, RCP_NETWORK_IN).cost.most;
    }
  return sum;
}

/* One file of many interchanges, read into segments alone. */
static void
bench_segments (void)
{
  g_autoptr (GString) file = g_string_new (NULL);
  g_autoptr (GBytes) bytes = NULL;
  Bench bench;

  for (guint i = 0; i < N_REPLIES; i++)
    g_string_append (file, REPLY);
  bytes = g_bytes_new (file->str, file->len);
  bench_init (&bench);
  for (guint i = 0; i < N_RUNS; i++)
    {
      g_autoptr (GPtrArray) read = NULL;

      bench_start (&bench);
      read = x12_read (bytes, NULL);
      bench_stop (&bench);
      g_assert_cmpuint (read->len, ==, N_REPLIES);
    }
  bench_report ("x12-read", file->len / 1e6 / (bench_get (&bench, 0.5) / 1e3), "MB/s");
  bench_clear (&bench);
}

static void
bench_files (void)
{
  Bench bench;

  bench_init (&bench);
  for (guint i = 0; i < N_RUNS; i++)
    {
      bench_start (&bench);
      for (guint j = 0; j < N_REPLIES; j++)
        {
          g_autoptr (GBytes) bytes = g_bytes_new_static (REPLY, strlen (REPLY));
          g_autoptr (GPtrArray) read = x12_read (bytes, NULL);

          /* Copay of 10.00; or with the deductible too, up to the whole price: X12 does not say. */
          g_assert_cmpint (read_meaning (read), ==, 14000);
        }
      bench_stop (&bench);
    }
  bench_report ("x12-10000-answers-understood", bench_get (&bench, 0.5), "ms");
  bench_clear (&bench);
}

int
main (void)
{
  bench_segments ();
  bench_files ();
  return 0;
}
