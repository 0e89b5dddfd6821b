/* SPDX-License-Identifier: GPL-3.0-or-later */
/* To turn the page, of days and of weeks, end to end: from the action of Page Down to the end of the frame that paints the visits there, in
 * the real window with a real record behind it. The neighbours of the shown day are there already, as they are for who
 * pages; "cold" days are not. With names of boards as arguments ("sample", "1200", "week-2000"): these alone. */
#define G_LOG_DOMAIN "bench-day-change"

#include "config.h"

#include <adwaita.h>
#include <time.h>

#include "bench.h"
#include "full-day.h"
#include "ui-picture.h"
#include "ui/board/rcp-visit-chip.h"
#include "ui/rcp-window.h"

#define SETTLE_MS 250
#define QUIET_SECONDS 31
#define N_TURNS 24

typedef enum
{
  RULES,  /* the action itself */
  LAYOUT, /* until the frame is laid out */
  PAINT,  /* until it is on the screen */
  WHOLE,
  N_PARTS
} Part;

static const char *const part_names[N_PARTS] = { "rules", "layout", "paint", "whole" };

typedef struct
{
  const char *name;
  GSettings *settings;
  RcpClock *clock;
  RcpDesk *desk;
  GtkWidget *window;
  gint64 wanted; /* noon of the day that is to be seen, or 0 */
  gint64 painted;
  double laid_out_work; /* what the main thread had worked by then, in milliseconds */
  double painted_work;
} Screen;

/* Work of this thread: says more than the clock where other programs share the machine. */
static double
get_work (void)
{
  struct timespec time;

  g_assert_cmpint (clock_gettime (CLOCK_THREAD_CPUTIME_ID, &time), ==, 0);
  return time.tv_sec * 1000.0 + time.tv_nsec / 1e6;
}

static gboolean
shows_day (GtkWidget *widget, gint64 noon)
{
  if (RCP_IS_VISIT_CHIP (widget) && gtk_widget_get_mapped (widget))
    {
      RcpVisit *visit = rcp_visit_chip_get_visit (RCP_VISIT_CHIP (widget));

      return visit && ABS (rcp_visit_get_range (visit).start - noon) < 12 * G_TIME_SPAN_HOUR;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    if (shows_day (child, noon))
      return TRUE;
  return FALSE;
}

static void
on_laid_out_cb (GdkFrameClock *clock, Screen *screen)
{
  screen->laid_out_work = get_work ();
}

static void
on_painted_cb (GdkFrameClock *clock, Screen *screen)
{
  gint64 now = g_get_monotonic_time ();
  double work = get_work ();

  if (screen->wanted != 0 && shows_day (screen->window, screen->wanted))
    {
      screen->painted = now;
      screen->painted_work = work;
      screen->wanted = 0;
    }
}

static void
settle (void)
{
  gint64 end = g_get_monotonic_time () + SETTLE_MS * 1000;

  while (g_get_monotonic_time () < end)
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (1000);
}

static void
wait_for_day (Screen *screen, gint64 noon)
{
  gint64 limit = g_get_monotonic_time () + 30 * G_USEC_PER_SEC;

  screen->wanted = noon;
  gtk_widget_queue_draw (screen->window);
  while (screen->wanted != 0)
    {
      g_assert_cmpint (g_get_monotonic_time (), <, limit);
      g_main_context_iteration (NULL, TRUE);
    }
}

static void
screen_open (Screen *screen, const char *name, gint64 now, const char *socket)
{
  g_autoptr (RcpSource) source = rcp_source_new (RCP_SOURCE_SERVER);
  GdkFrameClock *clock;

  screen->name = name;
  screen->settings = g_settings_new (APP_ID);
  g_settings_reset (screen->settings, "session-day");
  screen->clock = rcp_clock_new_fixed (now);
  screen->desk = rcp_desk_new (screen->clock);
  screen->window = GTK_WIDGET (rcp_window_new (NULL, screen->desk, screen->settings));
  gtk_window_set_default_size (GTK_WINDOW (screen->window), 1280, 800);
  gtk_window_present (GTK_WINDOW (screen->window));
  clock = gtk_widget_get_frame_clock (screen->window);
  g_signal_connect_after (clock, "layout", G_CALLBACK (on_laid_out_cb), screen);
  g_signal_connect_after (clock, "paint", G_CALLBACK (on_painted_cb), screen);
  source->url = g_strconcat ("unix:", socket, NULL);
  rcp_window_open (RCP_WINDOW (screen->window), source);
}

static void
screen_close (Screen *screen)
{
  g_signal_handlers_disconnect_by_data (gtk_widget_get_frame_clock (screen->window), screen);
  gtk_window_destroy (GTK_WINDOW (screen->window));
  g_clear_object (&screen->desk);
  g_clear_object (&screen->clock);
  g_clear_object (&screen->settings);
}

static void
turn (Screen *screen, const char *action, gint64 noon, Bench *whole, Bench *works)
{
  gint64 start;
  double work, times[N_PARTS], ms;

  settle ();
  screen->wanted = noon;
  start = g_get_monotonic_time ();
  work = get_work ();
  g_assert_true (gtk_widget_activate_action (screen->window, action, NULL));
  times[RULES] = get_work () - work;
  while (screen->wanted != 0)
    g_main_context_iteration (NULL, TRUE);
  times[WHOLE] = screen->painted_work - work;
  times[PAINT] = screen->painted_work - screen->laid_out_work;
  times[LAYOUT] = times[WHOLE] - times[PAINT] - times[RULES];
  ms = (double) (screen->painted - start) / 1000;
  g_array_append_val (whole->times, ms);
  for (guint i = 0; i < N_PARTS; i++)
    g_array_append_val (works[i].times, times[i]);
}

static void
report (Screen *screen, const char *what, double value)
{
  g_autofree char *name = g_strdup_printf ("day-change-%s%s", screen->name, what);

  bench_report (name, value, "ms");
}

/* Two days on and two back, again and again; the first time round makes what is kept from then on. */
static void
measure_steps (Screen *screen, gint64 noon, gint64 step)
{
  Bench whole, works[N_PARTS];

  bench_init (&whole);
  for (guint i = 0; i < N_PARTS; i++)
    bench_init (&works[i]);
  wait_for_day (screen, noon);
  for (guint i = 0; i < N_TURNS; i++)
    {
      gboolean is_back = i % 4 >= 2;

      noon += is_back ? -step : step;
      turn (screen, is_back ? "win.previous-day" : "win.next-day", noon, &whole, works);
    }
  report (screen, "-first", g_array_index (whole.times, double, 0));
  report (screen, "-p50", bench_get (&whole, 0.5));
  report (screen, "-p90", bench_get (&whole, 0.9));
  for (guint i = 0; i < N_PARTS; i++)
    {
      g_autofree char *name = g_strdup_printf ("-%s-work-p50", part_names[i]);

      report (screen, name, bench_get (&works[i], 0.5));
      bench_clear (&works[i]);
    }
  bench_clear (&whole);
}

static void
measure_turns (Screen *screen, gint64 noon)
{
  measure_steps (screen, noon, G_TIME_SPAN_DAY);
}

/* Days that nobody has looked at, and no neighbours of such. */
static void
measure_cold (Screen *screen, gint64 noon, const guint *days, guint n_days)
{
  Bench bench;

  bench_init (&bench);
  for (guint i = 0; i < n_days; i++)
    {
      gint64 wanted = noon + days[i] * G_TIME_SPAN_DAY;
      g_autoptr (GDateTime) time = g_date_time_new_from_unix_utc (wanted / G_USEC_PER_SEC);
      g_autofree char *date = g_date_time_format (time, "%Y-%m-%d");

      settle ();
      screen->wanted = wanted;
      bench_start (&bench);
      g_assert_true (gtk_widget_activate_action (screen->window, "win.show-date", "s", date));
      while (screen->wanted != 0)
        g_main_context_iteration (NULL, TRUE);
      bench_stop (&bench);
    }
  report (screen, "-cold-p50", bench_get (&bench, 0.5));
  report (screen, "-cold-max", bench_get (&bench, 1));
  bench_clear (&bench);
}

static void
measure_sample (void)
{
  static const guint cold[] = { 4, 7, 9, 11 };
  const char *const arguments[] = { "--sample", "--date", "2026-11-23T12:00:00Z", "--time-zone", "UTC", NULL };
  gint64 noon = G_GINT64_CONSTANT (1795435200000000); /* Monday 23 November 2026, 12:00 UTC */
  g_autoptr (PracticeFixture) practice = practice_fixture_new (arguments);
  Screen screen = { NULL };

  screen_open (&screen, "sample", noon, practice_fixture_get_socket (practice));
  measure_turns (&screen, noon);
  measure_cold (&screen, noon, cold, G_N_ELEMENTS (cold));
  screen_close (&screen);
}

/* Who watches for changes reads those of the last half minute again and again; in a clinic these are few. */
static void
make_quiet (DeskFixture *fixture)
{
  g_autoptr (RcpOffer) offer = desk_fixture_make_offer (fixture, 0, 4, 9 * 60, 3);
  g_autoptr (GError) error = NULL;
  g_autoptr (RcpVisit) visit = NULL;

  g_usleep (QUIET_SECONDS * G_USEC_PER_SEC);
  visit = desk_fixture_book (fixture, NULL, 0, offer, &error);
  g_assert_no_error (error);
}

static void
measure_full (void)
{
  static const guint cold[] = { 7, 9, 11, 14 };
  DeskFixture *fixture = desk_fixture_new (FULL_DAY_PROVIDERS, 500);
  gint64 noon = DESK_NOW + 4 * G_TIME_SPAN_HOUR;
  Screen screen = { NULL };

  for (guint day = 0; day < 3; day++)
    full_day_add (fixture, day);
  for (guint i = 0; i < G_N_ELEMENTS (cold); i++)
    full_day_add (fixture, cold[i]);
  make_quiet (fixture);
  screen_open (&screen, "1200", noon, practice_fixture_get_socket (fixture->practice));
  measure_turns (&screen, noon);
  measure_cold (&screen, noon, cold, G_N_ELEMENTS (cold));
  screen_close (&screen);
  desk_fixture_free (fixture);
}

/* 2,000 visits in each of three weeks: ten providers, forty visits a day. */
static void
measure_week (void)
{
  static const guint cold[] = { 28 };
  DeskFixture *fixture = desk_fixture_new (10, 400);
  gint64 noon = DESK_NOW + 4 * G_TIME_SPAN_HOUR;
  Screen screen = { NULL };

  for (guint week = 0; week < 5; week++)
    for (guint day = 0; day < 5 && week != 3; day++)
      full_day_add_some (fixture, week * 7 + day, 10, 40);
  g_usleep (QUIET_SECONDS * G_USEC_PER_SEC);
  full_day_add_some (fixture, 40, 1, 1);
  screen_open (&screen, "week-2000", noon, practice_fixture_get_socket (fixture->practice));
  wait_for_day (&screen, noon);
  g_assert_true (gtk_widget_activate_action (screen.window, "win.view", "s", "week"));
  measure_steps (&screen, noon, 7 * G_TIME_SPAN_DAY);
  measure_cold (&screen, noon, cold, G_N_ELEMENTS (cold));
  screen_close (&screen);
  desk_fixture_free (fixture);
}

static const struct
{
  const char *name;
  void (*measure) (void);
} boards[] = {
  { "sample", measure_sample },
  { "1200", measure_full },
  { "week-2000", measure_week },
};

int
main (int argc, char **argv)
{
  gtk_init ();
  adw_init ();
  ui_picture_load_style ();
  for (guint i = 0; i < G_N_ELEMENTS (boards); i++)
    if (argc < 2 || g_strv_contains ((const char *const *) argv + 1, boards[i].name))
      boards[i].measure ();
  return 0;
}
