/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Chains of three parts among the openings of 12 providers over 90 days of 36 slots, 70 % booked: a family with one of
 * them, and one person with any. */
#include "bench.h"

#include "clinic-parts.h"
#include "scheduling/rcp-chains.h"
#include "scheduling/rcp-openings.h"

#define N_PROVIDERS 12
#define N_DAYS 90
#define SLOTS_PER_DAY 36
#define N_PARTS 3
#define N_RUNS 15

static GArray *
fill (GTimeZone *zone)
{
  GArray *slots = g_array_new (FALSE, TRUE, sizeof (RcpSlot));
  GDate day;

  g_array_set_clear_func (slots, (GDestroyNotify)rcp_slot_clear);
  g_date_set_dmy (&day, 1, G_DATE_SEPTEMBER, 2026);
  for (guint i = 0; i < N_DAYS; i++, g_date_add_days (&day, 1))
    {
      gint64 start = rcp_time_at_minute (&day, 9 * 60, zone);

      for (guint j = 0; j < SLOTS_PER_DAY; j++)
        {
          RcpSlot slot = { .id = g_ref_string_new ("s") };

          slot.range = (RcpTimeRange){ start + j * 15 * G_TIME_SPAN_MINUTE, start + (j + 1) * 15 * G_TIME_SPAN_MINUTE };
          slot.status = g_random_int_range (0, 10) < 7 ? RCP_SLOT_BUSY : RCP_SLOT_FREE;
          g_array_append_val (slots, slot);
        }
    }
  return slots;
}

static GPtrArray *
make_parts (RcpProvider **providers, GArray **slots, GTimeZone *zone)
{
  GPtrArray *parts = g_ptr_array_new_with_free_func ((GDestroyNotify)g_ptr_array_unref);
  RcpTimeRange window = { g_array_index (slots[0], RcpSlot, 0).range.start,
                          g_array_index (slots[0], RcpSlot, slots[0]->len - 1).range.end };
  g_autoptr (GArray) days = rcp_openings_get_days (window, RCP_TIME_OF_DAY_ANY, zone);

  for (guint i = 0; i < N_PARTS; i++)
    {
      GPtrArray *columns = g_ptr_array_new_with_free_func ((GDestroyNotify)rcp_chain_column_free);

      for (guint j = 0; j < N_PROVIDERS; j++)
        {
          RcpChainColumn *column = g_new0 (RcpChainColumn, 1);

          column->provider = g_object_ref (providers[j]);
          column->openings = g_array_new (FALSE, FALSE, sizeof (RcpOpening));
          rcp_openings_collect ((const RcpSlot *)(void *)slots[j]->data, slots[j]->len, 15, window, days, column->openings);
          g_ptr_array_add (columns, column);
        }
      g_ptr_array_add (parts, columns);
    }
  return parts;
}

static void
run (const char *name, RcpChainRule rule, RcpProvider **providers, GArray **slots, GTimeZone *zone)
{
  Bench bench;
  guint n_found = 0;

  bench_init (&bench);
  for (guint i = 0; i < N_RUNS; i++)
    {
      g_autoptr (GPtrArray) parts = NULL;
      g_autoptr (GPtrArray) chains = NULL;

      bench_start (&bench);
      parts = make_parts (providers, slots, zone);
      chains = rcp_chains_collect (parts, &rule);
      bench_stop (&bench);
      n_found = chains->len;
    }
  g_assert_cmpuint (n_found, >, 100);
  bench_report (name, bench_get (&bench, 0.5), "ms");
  bench_clear (&bench);
}

int
main (int argc, char **argv)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("America/New_York");
  RcpProvider *providers[N_PROVIDERS];
  GArray *slots[N_PROVIDERS];

  g_random_set_seed (1);
  for (guint i = 0; i < N_PROVIDERS; i++)
    {
      g_autofree char *id = g_strdup_printf ("c%u", i);

      providers[i] = parts_provider (id, "207Q00000X");
      slots[i] = fill (zone);
    }
  run ("chains-family", (RcpChainRule){ TRUE, 0 }, providers, slots, zone);
  run ("chains-one-person", (RcpChainRule){ FALSE, 30 * G_TIME_SPAN_MINUTE }, providers, slots, zone);
  for (guint i = 0; i < N_PROVIDERS; i++)
    {
      g_object_unref (providers[i]);
      g_array_unref (slots[i]);
    }
  return 0;
}
