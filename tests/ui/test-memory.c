/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A day of work leaves nothing behind in memory; bench-morning.c has the long one. Also how the growth is reckoned (day-work.c). */

#define G_LOG_DOMAIN "test-memory"

#include "config.h"

#include "day-work.h"
#include "ui-picture.h"

/* The first hours fill what is kept once: styles, glyphs, days of the calendar, widgets. */
#define N_WARM 5
#define N_HOURS 6
/* Bytes: a visit kept by mistake is some 6 kB with its resource, and an hour of the test makes more than 16 anew. Each hour is on a
 * day of its own, with visits that nobody has touched. */
#define MOST_GROWTH (64 * 1024)
#define N_LOOKS 60 /* as many as there are visits: then all that is kept once is */
#define MOST_OF_A_LOOK 1024

static void
test_slope (void)
{
  const gsize flat[] = { 500, 500, 500, 500 }, rising[] = { 100, 210, 290, 400 }, falling[] = { 400, 300, 200, 100 },
              dip[] = { 500, 500, 100, 500, 500, 500 };

  g_assert_cmpfloat_with_epsilon (day_work_get_slope (flat, 4), 0, 0.001);
  g_assert_cmpfloat_with_epsilon (day_work_get_slope (rising, 4), 97.5, 0.001);
  g_assert_cmpfloat_with_epsilon (day_work_get_slope (falling, 4), -100, 0.001);
  g_assert_cmpfloat_with_epsilon (day_work_get_slope (dip, 6), 0, 0.001);
}

/* What is measured is what is allocated. */
static void
test_heap_is_seen (void)
{
  gsize before;
  g_autofree char *block = NULL;

  /* First let go what the start of the program still lets go. */
  day_work_get_heap ();
  before = day_work_get_heap ();
  block = g_malloc0 (3000000);
  /* Some of it may still go meanwhile. */
  g_assert_cmpuint (day_work_get_heap () - before, >=, 2500000);
  g_assert_cmpuint (day_work_get_resident (), >, 1000000);
  g_assert_nonnull (block);
}

static void
test_hours_of_work (WindowFixture *fixture, gconstpointer data)
{
  gsize heap[N_HOURS];
  DayWork work;
  double slope;

  day_work_init (&work, fixture);
  for (guint i = 0; i < N_WARM; i++)
    {
      day_work_hour (&work, 4);
      day_work_rest (&work);
      day_work_next_day (&work);
    }
  for (guint i = 0; i < N_HOURS; i++)
    {
      day_work_hour (&work, 4);
      day_work_rest (&work);
      heap[i] = day_work_get_heap ();
      day_work_next_day (&work);
      g_test_message ("%u operations: %" G_GSIZE_FORMAT " bytes", work.n_operations, heap[i]);
    }
  slope = day_work_get_slope (heap, N_HOURS);
  g_test_message ("%.0f bytes an hour", slope);
  g_assert_cmpuint (work.n_operations, >, 150);
  g_assert_cmpfloat (slope, <, MOST_GROWTH);
  window_fixture_tear_down (fixture, data);
  day_work_clear (&work);
}

/* What is looked at leaves nothing: a menu of its own for each visit left 4 kB in GTK. */
static void
test_looks (WindowFixture *fixture, gconstpointer data)
{
  DayWork work;
  gsize before;
  double growth;

  day_work_init (&work, fixture);
  for (guint i = 0; i < N_LOOKS; i++)
    day_work_look (&work);
  before = day_work_get_heap ();
  for (guint i = 0; i < N_LOOKS; i++)
    day_work_look (&work);
  growth = ((double) day_work_get_heap () - (double) before) / N_LOOKS;
  g_test_message ("%.0f bytes a look", growth);
  g_assert_cmpfloat (growth, <, MOST_OF_A_LOOK);
  window_fixture_tear_down (fixture, data);
  day_work_clear (&work);
}

static void
nothing (WindowFixture *fixture, gconstpointer data)
{
}

int
main (int argc, char **argv)
{
  gtk_test_init (&argc, &argv, NULL);
  adw_init ();
  ui_picture_load_style ();

  g_test_add_func ("/memory/slope", test_slope);
  g_test_add_func ("/memory/heap-is-seen", test_heap_is_seen);
  g_test_add ("/memory/hours-of-work", WindowFixture, NULL, window_fixture_set_up, test_hours_of_work, nothing);
  g_test_add ("/memory/looks", WindowFixture, NULL, window_fixture_set_up, test_looks, nothing);

  return g_test_run ();
}
