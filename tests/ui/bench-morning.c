/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A front desk's work in the real window on the sample clinic, one operation after the other without a pause: how many in a
 * second, how long each kind takes until the record and the board have it, and how long a frame takes meanwhile. With
 * "memory HOURS": what the heap holds after each hour of it. An hour has as much work as a busy desk does in a day, so each is on a
 * day of its own, and each visit goes through its day once, as in a clinic: one that arrives and is taken back again and again
 * only grows in the record. Prints "name value unit". */

#define G_LOG_DOMAIN "bench-morning"

#include "config.h"

#include <stdlib.h>
#include <time.h>

#include "bench.h"
#include "day-work.h"
#include "ui-picture.h"

#define SHARE_OF_HOUR 40 /* some 340 operations */
#define N_WARM 2
/* Bytes by hour: a visit that is kept has some 6 kB, and an hour of the benchmark changes 70 of them, most of them four times. */
#define MOST_GROWTH (64 * 1024)

typedef struct
{
  Bench frames;
  Bench works; /* of this thread alone: other programs may share the machine */
  double work_start;
} Frames;

static double
get_work (void)
{
  struct timespec time;

  g_assert_cmpint (clock_gettime (CLOCK_THREAD_CPUTIME_ID, &time), ==, 0);
  return time.tv_sec * 1000.0 + time.tv_nsec / 1e6;
}

static void
on_before_paint_cb (GdkFrameClock *clock, Frames *frames)
{
  bench_start (&frames->frames);
  frames->work_start = get_work ();
}

static void
on_after_paint_cb (GdkFrameClock *clock, Frames *frames)
{
  double work = get_work () - frames->work_start;

  bench_stop (&frames->frames);
  g_array_append_val (frames->works.times, work);
}

static void
report (const char *name, Bench *bench)
{
  g_autofree char *p50 = g_strconcat (name, "-p50", NULL);
  g_autofree char *p99 = g_strconcat (name, "-p99", NULL);

  bench_report (p50, bench_get (bench, 0.5), "ms");
  bench_report (p99, bench_get (bench, 0.99), "ms");
}

static void
measure_part (DayWork *work, const char *name, void (*part) (DayWork *work), guint n_times)
{
  Bench bench;

  bench_init (&bench);
  for (guint i = 0; i < n_times; i++)
    {
      bench_start (&bench);
      part (work);
      bench_stop (&bench);
    }
  report (name, &bench);
  bench_clear (&bench);
}

static void
measure_morning (DayWork *work)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (GTK_WIDGET (work->window->window));
  Frames frames = { .work_start = 0 };
  gint64 start;
  gulong before, after;

  day_work_hour (work, 4); /* everything was made once */
  bench_init (&frames.frames);
  bench_init (&frames.works);
  before = g_signal_connect (clock, "before-paint", G_CALLBACK (on_before_paint_cb), &frames);
  after = g_signal_connect_after (clock, "after-paint", G_CALLBACK (on_after_paint_cb), &frames);
  start = g_get_monotonic_time ();
  work->n_operations = 0;
  measure_part (work, "morning.arrive-and-back", day_work_arrive, 40);
  measure_part (work, "morning.book-and-cancel", day_work_book, 12);
  measure_part (work, "morning.move-and-undo", day_work_move, 5);
  measure_part (work, "morning.look", day_work_look, 20);
  measure_part (work, "morning.find", day_work_find, 20);
  measure_part (work, "morning.turn-days", day_work_turn, 10);
  bench_report ("morning.moves-refused", work->n_refused, "moves");
  bench_report ("morning.operations", work->n_operations, "operations");
  bench_report ("morning.rate", work->n_operations * 1e6 / (double) (g_get_monotonic_time () - start), "operations/s");
  g_signal_handler_disconnect (clock, before);
  g_signal_handler_disconnect (clock, after);
  measure_part (work, "morning.seen-from-other-desk", day_work_other_desk, 8);
  bench_report ("morning.frames", frames.frames.times->len, "frames");
  report ("morning.frame", &frames.frames);
  report ("morning.frame-work", &frames.works);
  bench_clear (&frames.frames);
  bench_clear (&frames.works);
}

static int
measure_memory (DayWork *work, guint n_hours)
{
  g_autofree gsize *heap = g_new0 (gsize, n_hours);
  gsize resident = 0;
  double slope;

  for (guint i = 0; i < N_WARM; i++)
    {
      day_work_hour (work, SHARE_OF_HOUR);
      day_work_rest (work);
      day_work_next_day (work);
    }
  resident = day_work_get_resident ();
  for (guint i = 0; i < n_hours; i++)
    {
      g_autofree char *name = g_strdup_printf ("memory.heap-after-hour-%u", i + 1);

      day_work_hour (work, SHARE_OF_HOUR);
      day_work_rest (work);
      heap[i] = day_work_get_heap ();
      bench_report (name, (double) heap[i] / 1024, "kB");
      day_work_next_day (work);
    }
  slope = day_work_get_slope (heap, n_hours);
  bench_report ("memory.operations", work->n_operations, "operations");
  bench_report ("memory.growth", slope / 1024, "kB/hour");
  bench_report ("memory.resident", (double) day_work_get_resident () / 1024, "kB");
  bench_report ("memory.resident-growth", ((double) day_work_get_resident () - (double) resident) / 1024, "kB");
  return slope > MOST_GROWTH;
}

int
main (int argc, char **argv)
{
  WindowFixture fixture;
  DayWork work;
  int failed = 0;

  gtk_init ();
  adw_init ();
  ui_picture_load_style ();
  window_fixture_set_up (&fixture, NULL);
  day_work_init (&work, &fixture);
  if (argc > 2 && g_str_equal (argv[1], "memory"))
    failed = measure_memory (&work, (guint) atoi (argv[2]));
  else
    measure_morning (&work);
  window_fixture_tear_down (&fixture, NULL);
  day_work_clear (&work);
  return failed;
}
