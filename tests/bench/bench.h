/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

/* "name value unit" on a line of its own. */
void bench_report (const char *name, double value, const char *unit);

/* Times of many runs, in milliseconds. */
typedef struct
{
  GArray *times;
  gint64 started;
} Bench;

void bench_init (Bench *self);
void bench_clear (Bench *self);
void bench_start (Bench *self);
void bench_stop (Bench *self);
/* @fraction: 0.5 for the median. */
double bench_get (Bench *self, double fraction);
double bench_get_total (Bench *self);
