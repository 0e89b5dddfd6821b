/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bench.h"

#include <stdio.h>

void
bench_report (const char *name, double value, const char *unit)
{
  printf ("%s %.3f %s\n", name, value, unit);
  fflush (stdout);
}

void
bench_init (Bench *self)
{
  self->times = g_array_new (FALSE, FALSE, sizeof (double));
}

void
bench_clear (Bench *self)
{
  g_clear_pointer (&self->times, g_array_unref);
}

void
bench_start (Bench *self)
{
  self->started = g_get_monotonic_time ();
}

void
bench_stop (Bench *self)
{
  double ms = (double)(g_get_monotonic_time () - self->started) / 1000;

  g_array_append_val (self->times, ms);
}

static int
compare_times (gconstpointer a, gconstpointer b)
{
  double time_a = *(const double *)a;
  double time_b = *(const double *)b;

  return (time_a > time_b) - (time_a < time_b);
}

double
bench_get (Bench *self, double fraction)
{
  g_return_val_if_fail (self->times->len > 0, 0);

  g_array_sort (self->times, compare_times);
  return g_array_index (self->times, double, MIN ((guint)(fraction * self->times->len), self->times->len - 1));
}

double
bench_get_total (Bench *self)
{
  double total = 0;

  for (guint i = 0; i < self->times->len; i++)
    total += g_array_index (self->times, double, i);
  return total;
}
