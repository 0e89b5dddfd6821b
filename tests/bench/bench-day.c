/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A day of 40 columns with 30 visits each, read cold; and what memory it takes. */
#include "bench.h"
#include "full-day.h"

#include "clinic/rcp-day.h"

#include <sys/resource.h>

#define N_RUNS 10

static void
load_day (DeskFixture *desk, const GDate *date, Bench *bench)
{
  g_autoptr (RcpDay) day = rcp_day_new (desk->client, desk->roster, date);
  GAsyncResult *kept = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  bench_start (bench);
  rcp_day_load_async (day, NULL, desk_keep_result_cb, &kept);
  result = desk_wait (&kept);
  rcp_day_load_finish (day, result, &error);
  bench_stop (bench);
  g_assert_no_error (error);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (day)), ==, FULL_DAY_PROVIDERS * FULL_DAY_VISITS);
}

static double
get_peak_megabytes (int who)
{
  struct rusage usage;

  g_assert_cmpint (getrusage (who, &usage), ==, 0);
  return (double)usage.ru_maxrss / 1000;
}

int
main (void)
{
  DeskFixture *desk = desk_fixture_new (FULL_DAY_PROVIDERS, 500);
  Bench bench;
  GDate date;

  bench_init (&bench);
  full_day_add (desk, 1);
  rcp_time_get_day (DESK_NOW + G_TIME_SPAN_DAY, rcp_roster_get_zone (desk->roster), &date);
  for (guint i = 0; i < N_RUNS; i++)
    load_day (desk, &date, &bench);
  bench_report ("day-cold-1200-visits", bench_get (&bench, 0.5), "ms");
  bench_report ("peak-memory-client", get_peak_megabytes (RUSAGE_SELF), "MB");
  desk_fixture_free (desk);
  bench_report ("peak-memory-record", get_peak_megabytes (RUSAGE_CHILDREN), "MB");
  bench_clear (&bench);
  return 0;
}
