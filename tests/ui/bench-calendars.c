/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The window beside a provider's calendar of ten thousand events, in a world that bench-calendars.py makes:
 *   bench-calendars choose SOCKET NOW          chooses the calendar "crowd" for the provider of the first column
 *   bench-calendars fill SOCKET NOW VIEW NAME  from the first frame of the window to the one with the busy time on it
 *   bench-calendars work SOCKET NOW NAME       to the next day and week, and from one new event to the frame with it
 * Prints "name value unit". */

#define G_LOG_DOMAIN "bench-calendars"

#include "config.h"

#include <adwaita.h>
#include <time.h>

#include "base/rcp-iso8601.h"
#include "bench.h"
#include "ui-picture.h"
#include "ui/calendars/rcp-calendar-choice.h"
#include "ui/rcp-window-private.h"
#include "window-fixture.h"

#define CALENDAR "crowd"
#define N_TURNS 12
#define SETTLE_MS 400

typedef struct _Screen Screen;
typedef gboolean (*Wanted) (Screen *screen);

struct _Screen
{
  const char *name;
  GSettings *settings;
  RcpDesk *desk;
  RcpWindow *window;
  RcpSource *source;
  char *person;   /* whose calendar it is */
  gint64 first;   /* the first frame, or 0 */
  Wanted wanted;  /* what is to be on the next frame, or NULL */
  gint64 painted; /* the frame that had it */
  guint n_busy;   /* on the board then */
};

static double
get_work (void)
{
  struct timespec time;

  g_assert_cmpint (clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &time), ==, 0);
  return time.tv_sec * 1000.0 + time.tv_nsec / 1e6;
}

static guint
count_busy (Screen *screen)
{
  guint n = 0;

  for (guint i = 0; i < rcp_board_model_get_n_columns (screen->window->model); i++)
    {
      guint n_busy;

      rcp_board_model_get_busy (screen->window->model, i, &n_busy);
      n += n_busy;
    }
  return n;
}

static gboolean
is_ready (Screen *screen)
{
  return rcp_board_model_get_state (screen->window->model) == RCP_BOARD_READY;
}

static gboolean
has_busy (Screen *screen)
{
  return is_ready (screen) && count_busy (screen) > 0;
}

static gboolean
has_more_busy (Screen *screen)
{
  return count_busy (screen) > screen->n_busy;
}

/* The month says how much of a day is free and taken. */
static gboolean
is_counted (GtkWidget *widget, gconstpointer data)
{
  return GTK_IS_LEVEL_BAR (widget) && gtk_widget_get_mapped (widget) && gtk_level_bar_get_value (GTK_LEVEL_BAR (widget)) > 0;
}

static gboolean
has_counts (Screen *screen)
{
  return window_find (GTK_WIDGET (screen->window), is_counted, NULL) != NULL;
}

/* All that the calendar holds has been read, and is not only remembered. */
static gboolean
is_live (Screen *screen)
{
  RcpBusyTimes *times = rcp_desk_get_busy_times (screen->desk);

  return rcp_desk_calendars_get_state (screen->window->calendars) == RCP_CALENDARS_READY
         && rcp_busy_times_get (times, screen->person) != NULL && rcp_busy_times_get_as_of (times, screen->person) == 0;
}

static void
on_painted_cb (GdkFrameClock *clock, Screen *screen)
{
  gint64 now = g_get_monotonic_time ();

  if (screen->first == 0)
    screen->first = now;
  if (screen->wanted == NULL || !screen->wanted (screen))
    return;
  screen->painted = now;
  screen->n_busy = count_busy (screen);
  screen->wanted = NULL;
}

static void
wait_for_frame (Screen *screen, Wanted wanted)
{
  gint64 end = g_get_monotonic_time () + 120 * G_USEC_PER_SEC;

  screen->wanted = wanted;
  gtk_widget_queue_draw (GTK_WIDGET (screen->window));
  while (screen->wanted != NULL)
    {
      g_assert_cmpint (g_get_monotonic_time (), <, end);
      g_main_context_iteration (NULL, TRUE);
    }
}

static void
run_for (guint ms)
{
  gint64 end = g_get_monotonic_time () + ms * 1000;

  while (g_get_monotonic_time () < end)
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (1000);
}

/* Whose calendar it is, as it was chosen. */
static char *
dup_person (Screen *screen)
{
  g_autofree char *record = rcp_source_dup_key (screen->source);
  g_autoptr (GVariant) chosen = rcp_calendar_choice_list_busy (screen->settings, record);
  char *person = NULL;

  if (g_variant_n_children (chosen) > 0)
    {
      g_autoptr (GVariant) first = g_variant_get_child_value (chosen, 0);

      g_variant_get_child (first, 0, "s", &person);
    }
  return person;
}

static void
open_screen (Screen *screen, const char *socket, const char *time)
{
  g_autoptr (RcpClock) clock = NULL;
  gint64 now;

  g_assert_true (rcp_iso8601_parse_instant (time, &now));
  clock = rcp_clock_new_fixed (now);
  screen->settings = g_settings_new (APP_ID);
  screen->source = rcp_source_new (RCP_SOURCE_SERVER);
  screen->source->url = g_strconcat ("unix:", socket, NULL);
  screen->person = dup_person (screen);
  screen->desk = rcp_desk_new (clock);
  screen->window = rcp_window_new (NULL, screen->desk, screen->settings);
  gtk_window_set_default_size (GTK_WINDOW (screen->window), 1280, 800);
  gtk_window_present (GTK_WINDOW (screen->window));
  g_signal_connect_after (gtk_widget_get_frame_clock (GTK_WIDGET (screen->window)), "paint", G_CALLBACK (on_painted_cb), screen);
  rcp_window_open (screen->window, screen->source);
}

static void
close_screen (Screen *screen)
{
  g_signal_handlers_disconnect_by_data (gtk_widget_get_frame_clock (GTK_WIDGET (screen->window)), screen);
  gtk_window_destroy (GTK_WINDOW (screen->window));
  run_for (SETTLE_MS);
  g_clear_object (&screen->desk);
  g_clear_object (&screen->settings);
  rcp_source_free (screen->source);
  g_free (screen->person);
  g_settings_sync ();
}

static void
report (Screen *screen, const char *what, double value, const char *unit)
{
  g_autofree char *name = g_strdup_printf ("calendars.%s.%s", screen->name, what);

  bench_report (name, value, unit);
}

static void
choose (Screen *screen)
{
  const char *uids[] = { CALENDAR, NULL };
  RcpCalendarChoice choice = { (GStrv) uids, (char *) "", (char *) "busy" };
  g_autofree char *record = rcp_source_dup_key (screen->source);
  RcpProvider *provider;

  wait_for_frame (screen, is_ready);
  provider = rcp_board_model_get_provider (screen->window->model, 0);
  rcp_calendar_choice_save (&choice, screen->settings, record, rcp_provider_get_practitioner_id (provider));
}

static void
fill (Screen *screen, const char *view)
{
  gint64 live;

  rcp_window_set_view (screen->window, view);
  wait_for_frame (screen, g_str_equal (view, "month") ? has_counts : has_busy);
  report (screen, "filled", (double) (screen->painted - screen->first) / 1000, "ms");
  while (!is_live (screen))
    g_main_context_iteration (NULL, TRUE);
  live = g_get_monotonic_time ();
  report (screen, "live", (double) (live - screen->first) / 1000, "ms");
  report (screen, "busy", rcp_busy_times_get (rcp_desk_get_busy_times (screen->desk), screen->person)->len, "times");
}

static void
measure_turns (Screen *screen, const char *view)
{
  g_autofree char *name = g_strdup_printf ("next-%s", view);
  Bench bench;

  rcp_window_set_view (screen->window, view);
  wait_for_frame (screen, has_busy);
  bench_init (&bench);
  for (guint i = 0; i < N_TURNS; i++)
    {
      double ms;
      gint64 start;

      run_for (SETTLE_MS);
      start = g_get_monotonic_time ();
      g_assert_true (gtk_widget_activate_action (GTK_WIDGET (screen->window), i % 4 < 2 ? "win.next-day" : "win.previous-day", NULL));
      wait_for_frame (screen, is_ready); /* not everybody works each day; busy time comes with the columns */
      ms = (double) (screen->painted - start) / 1000;
      g_array_append_val (bench.times, ms);
    }
  report (screen, name, bench_get (&bench, 0.5), "ms");
  bench_clear (&bench);
}

/* One event more, by another program, from its end to the frame; the program's own work is that of reading and painting it. */
static void
measure_new_event (Screen *screen, const char *day)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) writer = NULL;
  g_autofree char *start = g_strdup_printf ("%sT151700Z", day);
  GAsyncResult *kept = NULL;
  gint64 written;
  double work;

  rcp_window_set_view (screen->window, "day");
  wait_for_frame (screen, has_busy);
  run_for (2000);
  writer = g_subprocess_new (G_SUBPROCESS_FLAGS_STDERR_SILENCE, &error, g_getenv ("PUT_EVENT"), CALENDAR, "more", start, "10", NULL);
  g_assert_no_error (error);
  work = get_work ();
  g_subprocess_wait_check_async (writer, NULL, keep_result_cb, &kept);
  g_object_unref (keep_result_wait (&kept));
  written = g_get_monotonic_time ();
  wait_for_frame (screen, has_more_busy);
  report (screen, "event-seen", MAX (0, (double) (screen->painted - written) / 1000), "ms");
  report (screen, "event-work", get_work () - work, "ms");
}

static void
work (Screen *screen, const char *time)
{
  g_auto (GStrv) day = g_strsplit (time, "T", 2);
  g_auto (GStrv) parts = g_strsplit (day[0], "-", -1);
  g_autofree char *joined = g_strjoinv ("", parts);

  rcp_window_set_view (screen->window, "day");
  wait_for_frame (screen, has_busy);
  while (!is_live (screen))
    g_main_context_iteration (NULL, TRUE);
  measure_turns (screen, "day");
  measure_turns (screen, "week");
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (screen->window), "win.today", NULL));
  measure_new_event (screen, joined);
}

int
main (int argc, char **argv)
{
  Screen screen = { .name = argc > 0 ? argv[argc - 1] : "" };

  gtk_init ();
  adw_init ();
  ui_picture_load_style ();
  g_assert_cmpint (argc, >=, 4);
  open_screen (&screen, argv[2], argv[3]);
  if (g_str_equal (argv[1], "choose"))
    choose (&screen);
  else if (g_str_equal (argv[1], "fill"))
    fill (&screen, argv[4]);
  else
    work (&screen, argv[3]);
  close_screen (&screen);
  return 0;
}
