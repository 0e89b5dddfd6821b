/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The openings of 40 providers over 90 days of 36 slots, 70 % booked. */
#include "bench.h"

#include "scheduling/rcp-openings.h"

#define N_PROVIDERS 40
#define N_DAYS 90
#define SLOTS_PER_DAY 36
#define N_RUNS 30

static RcpSlot *
fill (guint *n_slots, GTimeZone *zone)
{
  RcpSlot *slots = g_new0 (RcpSlot, N_DAYS * SLOTS_PER_DAY);
  GDate day;

  g_date_set_dmy (&day, 1, G_DATE_SEPTEMBER, 2026);
  for (guint i = 0; i < N_DAYS; i++, g_date_add_days (&day, 1))
    {
      gint64 start = rcp_time_at_minute (&day, 9 * 60, zone);

      for (guint j = 0; j < SLOTS_PER_DAY; j++)
        {
          RcpSlot *slot = &slots[i * SLOTS_PER_DAY + j];

          slot->range
              = (RcpTimeRange){ start + j * 15 * G_TIME_SPAN_MINUTE, start + (j + 1) * 15 * G_TIME_SPAN_MINUTE };
          slot->status = g_random_int_range (0, 10) < 7 ? RCP_SLOT_BUSY : RCP_SLOT_FREE;
        }
    }
  *n_slots = N_DAYS * SLOTS_PER_DAY;
  return slots;
}

static void
run (const char *name, guint n_runs, RcpSlot **slots, guint n_slots, RcpTimeOfDay time_of_day, GArray *taken, GTimeZone *zone)
{
  RcpTimeRange dropped = { 0, 0 };
  g_autoptr (GArray) openings = g_array_new (FALSE, FALSE, sizeof (RcpOpening));
  RcpTimeRange window = { slots[0][0].range.start, slots[0][n_slots - 1].range.end };
  guint n_found = 0;
  Bench bench;

  bench_init (&bench);
  for (guint i = 0; i < n_runs; i++)
    {
      g_autoptr (GArray) days = NULL;

      bench_start (&bench);
      days = rcp_openings_get_days (window, time_of_day, zone);
      for (guint j = 0; j < N_PROVIDERS; j++)
        {
          g_array_set_size (openings, 0);
          rcp_openings_collect (slots[j], n_slots, 30, window, days, openings);
          if (taken != NULL)
            rcp_openings_drop_taken (openings, taken, &dropped);
          n_found += openings->len;
        }
      bench_stop (&bench);
    }
  g_assert_cmpuint (n_found, >, 500);
  bench_report (name, bench_get (&bench, 0.5), "ms");
  bench_clear (&bench);
}

/* "once" as the argument: mornings, once; for a count of instructions. */
int
main (int argc, char **argv)
{
  static const struct
  {
    const char *name;
    RcpTimeOfDay time_of_day;
  } cases[] = {
    { "openings-rule", RCP_TIME_OF_DAY_ANY },
    { "openings-rule-mornings", RCP_TIME_OF_DAY_MORNING },
    { "openings-rule-afternoons", RCP_TIME_OF_DAY_AFTERNOON },
    { "openings-rule-evenings", RCP_TIME_OF_DAY_EVENING },
  };
  gboolean is_once = argc > 1 && g_str_equal (argv[1], "once");
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("America/New_York");
  g_autoptr (GArray) taken = g_array_new (FALSE, FALSE, sizeof (RcpTimeRange));
  RcpSlot *slots[N_PROVIDERS];
  guint n_slots;

  g_random_set_seed (1);
  for (guint i = 0; i < N_PROVIDERS; i++)
    slots[i] = fill (&n_slots, zone);
  /* Somebody who comes every day. */
  for (guint i = 0; i < N_DAYS; i++)
    g_array_append_val (taken, slots[0][i * SLOTS_PER_DAY].range);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    if (!is_once || cases[i].time_of_day == RCP_TIME_OF_DAY_MORNING)
      run (cases[i].name, is_once ? 1 : N_RUNS, slots, n_slots, cases[i].time_of_day, NULL, zone);
  if (!is_once)
    run ("openings-rule-elsewhere", N_RUNS, slots, n_slots, RCP_TIME_OF_DAY_ANY, taken, zone);
  for (guint i = 0; i < N_PROVIDERS; i++)
    g_free (slots[i]);
  return 0;
}
