/* SPDX-License-Identifier: GPL-3.0-or-later */

/* How long a frame takes while 40 columns of 30 visits are scrolled, and while 2,000 visits are, those of a week of 12 people;
 * and to turn the page. Prints "name value unit". */

#define G_LOG_DOMAIN "bench-board"

#include "config.h"

#include <adwaita.h>
#include <time.h>

#include "board-fixture.h"
#include "ui-picture.h"
#include "ui/board/rcp-board-grid.h"
#include "ui/board/rcp-board-view.h"

#define N_COLUMNS 40
#define N_VISITS 30
#define N_FRAMES 300
#define N_WEEK_PROVIDERS 12
#define N_WEEK_DAYS 5
#define N_WEEK_VISITS 34 /* of each provider on each day: 2,040 in all */

typedef struct
{
  GtkAdjustment *horizontal;
  GtkAdjustment *vertical;
  GMainLoop *loop;
  GArray *layouts; /* of double, milliseconds */
  GArray *frames;
  GArray *works; /* of this thread alone: other programs may share the machine */
  gint64 start;
  double work_start;
  guint n_frames;
} Bench;

static int
compare (gconstpointer a, gconstpointer b)
{
  double first = *(const double *) a, second = *(const double *) b;

  return first < second ? -1 : first > second;
}

static void
print_quantiles (const char *board, const char *name, GArray *values)
{
  g_array_sort (values, compare);
  g_print ("%s-%s-p50 %.2f ms\n", board, name, g_array_index (values, double, values->len / 2));
  g_print ("%s-%s-p99 %.2f ms\n", board, name, g_array_index (values, double, values->len * 99 / 100));
}

static void
add_time (GArray *values, gint64 start)
{
  double time = (double) (g_get_monotonic_time () - start) / 1000;

  g_array_append_val (values, time);
}

static double
get_work (void)
{
  struct timespec time;

  g_assert_cmpint (clock_gettime (CLOCK_THREAD_CPUTIME_ID, &time), ==, 0);
  return time.tv_sec * 1000.0 + time.tv_nsec / 1e6;
}

/* Down and up through the day, and along the columns meanwhile. */
static gboolean
on_tick_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  Bench *bench = data;
  double turn = (double) bench->n_frames / N_FRAMES;
  double height = gtk_adjustment_get_upper (bench->vertical) - gtk_adjustment_get_page_size (bench->vertical);
  double width = gtk_adjustment_get_upper (bench->horizontal) - gtk_adjustment_get_page_size (bench->horizontal);
  double phase = turn * 8 - (int) (turn * 8);

  bench->start = g_get_monotonic_time ();
  bench->work_start = get_work ();
  gtk_adjustment_set_value (bench->vertical, height * (phase < 0.5 ? 2 * phase : 2 - 2 * phase));
  gtk_adjustment_set_value (bench->horizontal, width * turn);
  gtk_widget_queue_draw (widget);
  return G_SOURCE_CONTINUE;
}

static void
on_laid_out_cb (GdkFrameClock *clock, Bench *bench)
{
  if (bench->start)
    add_time (bench->layouts, bench->start);
}

static void
on_painted_cb (GdkFrameClock *clock, Bench *bench)
{
  double work = get_work () - bench->work_start;

  if (!bench->start)
    return;
  add_time (bench->frames, bench->start);
  g_array_append_val (bench->works, work);
  bench->start = 0;
  if (++bench->n_frames == N_FRAMES)
    g_main_loop_quit (bench->loop);
}

static GtkWidget *
find_scrolled (GtkWidget *widget)
{
  if (GTK_IS_SCROLLED_WINDOW (widget))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child; child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_scrolled (child);

      if (found)
        return found;
    }
  return NULL;
}

static void
measure_scrolling (GtkWidget *window, GtkWidget *view, const char *board)
{
  GtkScrolledWindow *scrolled = GTK_SCROLLED_WINDOW (find_scrolled (view));
  GdkFrameClock *clock = gtk_widget_get_frame_clock (window);
  Bench bench = {
    .horizontal = gtk_scrolled_window_get_hadjustment (scrolled),
    .vertical = gtk_scrolled_window_get_vadjustment (scrolled),
    .loop = g_main_loop_new (NULL, FALSE),
    .layouts = g_array_new (FALSE, FALSE, sizeof (double)),
    .frames = g_array_new (FALSE, FALSE, sizeof (double)),
    .works = g_array_new (FALSE, FALSE, sizeof (double)),
  };
  guint tick = gtk_widget_add_tick_callback (view, on_tick_cb, &bench, NULL);
  gulong laid_out = g_signal_connect_after (clock, "layout", G_CALLBACK (on_laid_out_cb), &bench);
  gulong painted = g_signal_connect_after (clock, "after-paint", G_CALLBACK (on_painted_cb), &bench);

  g_main_loop_run (bench.loop);
  gtk_widget_remove_tick_callback (view, tick);
  g_signal_handler_disconnect (clock, laid_out);
  g_signal_handler_disconnect (clock, painted);
  print_quantiles (board, "scroll-layout", bench.layouts);
  print_quantiles (board, "scroll-frame", bench.frames);
  print_quantiles (board, "scroll-frame-work", bench.works);
  g_array_unref (bench.layouts);
  g_array_unref (bench.frames);
  g_array_unref (bench.works);
  g_main_loop_unref (bench.loop);
}

/* What it takes to put the chips in the order of a screen reader, after the board has come to rest somewhere else. */
static void
measure_order (GtkWidget *window, GtkWidget *view)
{
  GtkScrolledWindow *scrolled = GTK_SCROLLED_WINDOW (find_scrolled (view));
  RcpBoardGrid *grid = RCP_BOARD_GRID (gtk_scrolled_window_get_child (scrolled));
  GtkAdjustment *horizontal = gtk_scrolled_window_get_hadjustment (scrolled);
  g_autoptr (GArray) works = g_array_new (FALSE, FALSE, sizeof (double));
  guint n_moved = 0;

  for (guint i = 0; i < 20; i++)
    {
      double work;

      gtk_adjustment_set_value (horizontal, i % 5 * 700);
      gtk_test_widget_wait_for_draw (window);
      work = get_work ();
      n_moved += rcp_board_grid_put_in_order (grid);
      work = get_work () - work;
      g_array_append_val (works, work);
    }
  print_quantiles ("board", "order-work", works);
  g_print ("board-order-moved-mean %.1f chips\n", n_moved / 20.0);
}

/* From a cached day: the list of visits is there already. */
static void
measure_day_change (RcpBoardModel *model, GtkWidget *window)
{
  g_autoptr (GListStore) visits = board_fixture_visits (N_COLUMNS, N_VISITS);
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (double));

  for (guint i = 0; i < 20; i++)
    {
      gint64 start;

      rcp_board_model_step (model, 1);
      gtk_test_widget_wait_for_draw (window);
      start = g_get_monotonic_time ();
      rcp_board_model_freeze (model);
      rcp_board_model_step (model, -1);
      rcp_board_model_set_visits (model, G_LIST_MODEL (visits));
      rcp_board_model_thaw (model);
      add_time (times, start);
      gtk_test_widget_wait_for_draw (window);
    }
  print_quantiles ("board", "day-change-rules", times);
}

static GtkWidget *
show_board (RcpBoardModel *model, GtkWidget **view)
{
  GtkWidget *window = adw_window_new ();

  *view = rcp_board_view_new (model);
  gtk_window_set_default_size (GTK_WINDOW (window), 1280, 800);
  adw_window_set_content (ADW_WINDOW (window), *view);
  gtk_window_present (GTK_WINDOW (window));
  gtk_test_widget_wait_for_draw (window);
  return window;
}

/* Monday to Friday, from eight o'clock on, a quarter of an hour each. */
static void
on_range_changed_cb (RcpBoardModel *model)
{
  const GDate *first = rcp_board_model_get_first_date (model);
  gint64 monday = ((gint64) g_date_get_julian (first) - 719163) * G_TIME_SPAN_DAY;
  g_autoptr (GListStore) visits = g_list_store_new (RCP_TYPE_VISIT);

  for (guint i = 0; i < N_WEEK_PROVIDERS * N_WEEK_DAYS * N_WEEK_VISITS; i++)
    {
      guint provider = i % N_WEEK_PROVIDERS, day = i / N_WEEK_PROVIDERS % N_WEEK_DAYS, number = i / N_WEEK_PROVIDERS / N_WEEK_DAYS;
      gint64 start = monday + day * G_TIME_SPAN_DAY + (8 * 60 + number * 15) * G_TIME_SPAN_MINUTE;
      g_autofree char *id = g_strdup_printf ("w-%u", i);
      g_autofree char *who = g_strdup_printf ("%02u", provider);
      g_autoptr (RcpVisit) visit = board_fixture_visit_at (id, who, (RcpTimeRange) { start, start + 15 * G_TIME_SPAN_MINUTE });

      g_list_store_append (visits, visit);
    }
  rcp_board_model_set_visits (model, G_LIST_MODEL (visits));
  rcp_board_model_set_state (model, RCP_BOARD_READY, NULL);
}

int
main (int argc, char **argv)
{
  g_autoptr (RcpBoardModel) model = NULL;
  g_autoptr (RcpBoardModel) week = NULL;
  GtkWidget *window, *view;

  gtk_init ();
  adw_init ();
  ui_picture_load_style ();
  model = board_fixture_model (N_COLUMNS, N_VISITS);
  window = show_board (model, &view);
  measure_scrolling (window, view, "board");
  measure_order (window, view);
  measure_day_change (model, window);
  gtk_window_destroy (GTK_WINDOW (window));
  week = board_fixture_model (N_WEEK_PROVIDERS, 6);
  rcp_board_model_set_first_weekday (week, G_DATE_MONDAY);
  g_signal_connect_data (week, "range-changed", G_CALLBACK (on_range_changed_cb), NULL, NULL, G_CONNECT_DEFAULT);
  rcp_board_model_set_period (week, RCP_BOARD_WEEK);
  window = show_board (week, &view);
  measure_scrolling (window, view, "week");
  gtk_window_destroy (GTK_WINDOW (window));
  return 0;
}
