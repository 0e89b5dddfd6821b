/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The rules of a week without a display: rcp-board-days.c, and what of rcp-board-columns.c, rcp-board-layout.c, rcp-board-cursor.c and
 * rcp-board-blocks.c is about several days. */

#define G_LOG_DOMAIN "test-board-week"

#include "board-fixture.h"

#define N_PROVIDERS 3
#define DAY_MINUTES (24 * 60)

/* Monday 23 to Sunday 29 November 2026, with the visits and hours of the Monday alone, until a test adds others. */
static RcpBoardModel *
make_week (void)
{
  RcpBoardModel *model = board_fixture_model (N_PROVIDERS, 6);

  rcp_board_model_set_first_weekday (model, G_DATE_MONDAY);
  return model;
}

/* What is told of a week after the page was turned to it: @days by bit from its first, each with @per_day visits of each provider. */
typedef struct
{
  RcpBoardModel *model;
  guint days;
  guint n_visits;
  guint n_turns;
} Teller;

static RcpTimeRange
at (const GDate *first, guint day, int from, int to)
{
  GDate date = *first;
  gint64 start;

  g_date_add_days (&date, day);
  start = ((gint64) g_date_get_julian (&date) - 719163) * G_TIME_SPAN_DAY;
  return (RcpTimeRange) { start + from * G_TIME_SPAN_MINUTE, start + to * G_TIME_SPAN_MINUTE };
}

static void
on_range_changed_cb (Teller *teller)
{
  const GDate *first = rcp_board_model_get_first_date (teller->model);
  g_autoptr (GListStore) visits = g_list_store_new (RCP_TYPE_VISIT);
  g_autoptr (GArray) open = g_array_new (FALSE, FALSE, sizeof (RcpTimeRange));

  teller->n_turns++;
  for (guint day = 0; day < rcp_board_model_get_n_days (teller->model); day++)
    {
      RcpTimeRange hours = at (first, day, 8 * 60, 12 * 60);

      if (!(teller->days & (1u << day)))
        continue;
      g_array_append_val (open, hours);
      for (guint provider = 0; provider < N_PROVIDERS; provider++)
        for (guint i = 0; i < teller->n_visits; i++)
          {
            g_autofree char *id = g_strdup_printf ("w-%u-%u-%u", day, provider, i);
            g_autofree char *who = g_strdup_printf ("%02u", provider);
            g_autoptr (RcpVisit) visit = board_fixture_visit_at (id, who, at (first, day, 9 * 60 + (int) i * 30, 9 * 60 + 30 + (int) i * 30));

            g_list_store_append (visits, visit);
          }
    }
  for (guint provider = 0; provider < N_PROVIDERS; provider++)
    {
      g_autofree char *schedule = g_strdup_printf ("s-%02u", provider);

      rcp_board_model_set_open_ranges (teller->model, schedule, open);
    }
  rcp_board_model_set_visits (teller->model, G_LIST_MODEL (visits));
  rcp_board_model_set_state (teller->model, RCP_BOARD_READY, NULL);
}

static void
tell (Teller *teller, RcpBoardModel *model, guint days, guint n_visits)
{
  *teller = (Teller) { model, days, n_visits, 0 };
  g_signal_connect_data (model, "range-changed", G_CALLBACK (on_range_changed_cb), teller, NULL, G_CONNECT_SWAPPED);
}

static void
go_to (RcpBoardModel *model, int day, int month, int year)
{
  GDate date;

  g_date_clear (&date, 1);
  g_date_set_dmy (&date, (GDateDay) day, month, (GDateYear) year);
  rcp_board_model_set_date (model, &date);
}

static void
assert_date (const GDate *date, const char *expected)
{
  g_autofree char *text = g_strdup_printf ("%04d-%02d-%02d", g_date_get_year (date), g_date_get_month (date), g_date_get_day (date));

  g_assert_cmpstr (text, ==, expected);
}

/* Of a week all days are asked for; by the day it begins with. */
static void
test_a_week_holds_its_day (void)
{
  g_autoptr (RcpBoardModel) model = make_week ();

  g_assert_cmpuint (rcp_board_model_get_n_days (model), ==, 1);
  rcp_board_model_set_period (model, RCP_BOARD_WEEK);
  g_assert_cmpuint (rcp_board_model_get_n_days (model), ==, 7);
  for (int day = 23; day <= 29; day++)
    {
      go_to (model, day, 11, 2026);
      assert_date (rcp_board_model_get_first_date (model), "2026-11-23");
    }
  go_to (model, 30, 11, 2026);
  assert_date (rcp_board_model_get_first_date (model), "2026-11-30");
  rcp_board_model_set_first_weekday (model, G_DATE_SUNDAY);
  assert_date (rcp_board_model_get_first_date (model), "2026-11-29");
  rcp_board_model_set_first_weekday (model, G_DATE_SATURDAY);
  assert_date (rcp_board_model_get_first_date (model), "2026-11-28");
  rcp_board_model_step (model, 1);
  assert_date (rcp_board_model_get_first_date (model), "2026-12-05");
  assert_date (rcp_board_model_get_date (model), "2026-12-07");
  rcp_board_model_step (model, -2);
  assert_date (rcp_board_model_get_date (model), "2026-11-23");
  rcp_board_model_set_period (model, RCP_BOARD_DAY);
  assert_date (rcp_board_model_get_first_date (model), "2026-11-23");
}

/* Day by day, and of each day every provider. */
static void
test_columns_are_days_and_providers (void)
{
  g_autoptr (RcpBoardModel) model = make_week ();
  Teller teller;
  guint n_items, column;

  tell (&teller, model, 0x1f, 4);
  rcp_board_model_set_period (model, RCP_BOARD_WEEK);
  g_assert_cmpuint (teller.n_turns, ==, 1);
  /* Nobody's weekly hours are known here: all days stay. */
  g_assert_cmpuint (rcp_board_model_get_n_columns (model), ==, 7 * N_PROVIDERS);
  g_assert_cmpuint (rcp_board_model_get_n_owners (model), ==, N_PROVIDERS);
  for (guint day = 0; day < 7; day++)
    for (guint provider = 0; provider < N_PROVIDERS; provider++)
      {
        const RcpBoardItem *items = rcp_board_model_get_items (model, day * N_PROVIDERS + provider, &n_items);
        gboolean is_closed;

        g_assert_true (rcp_board_model_get_provider (model, day * N_PROVIDERS + provider) == rcp_board_model_get_provider (model, provider));
        g_assert_cmpint (g_date_get_weekday (rcp_board_model_get_column_date (model, day * N_PROVIDERS + provider)), ==, (int) day + 1);
        g_assert_cmpuint (n_items, ==, day < 5 ? 4 : 0);
        g_assert_cmpuint (rcp_board_model_count_day (model, day * N_PROVIDERS + provider, &is_closed), ==, n_items * N_PROVIDERS);
        g_assert_true (is_closed == (day >= 5));
        for (guint i = 0; i < n_items; i++)
          {
            g_assert_cmpint (items[i].start, ==, 9 * 60 + (int) i * 30);
            g_assert_true (rcp_board_model_find_column (model, items[i].visit, &column));
            g_assert_cmpuint (column, ==, day * N_PROVIDERS + provider);
            g_assert_cmpint (rcp_board_model_get_instant (model, column, items[i].start), ==, rcp_visit_get_range (items[i].visit).start);
          }
      }
  g_assert_cmpuint (rcp_board_model_get_n_visits (model), ==, 5 * 4 * N_PROVIDERS);
  g_assert_null (rcp_board_model_get_column_date (model, 7 * N_PROVIDERS));
}

/* A day on which nobody ever works takes no room; it comes with a visit, with open time, or when somebody looks at it. */
static void
test_idle_days_have_no_columns (void)
{
  g_autoptr (RcpBoardModel) model = make_week ();
  g_autoptr (GListStore) providers = g_list_store_new (RCP_TYPE_PROVIDER);
  g_autoptr (GListStore) visits = g_list_store_new (RCP_TYPE_VISIT);
  g_autoptr (GArray) open = g_array_new (FALSE, FALSE, sizeof (RcpTimeRange));
  g_autoptr (RcpProvider) provider = board_fixture_working_provider ("\"mon\",\"tue\",\"wed\",\"thu\",\"fri\"");
  g_autoptr (RcpVisit) visit = NULL;
  RcpTimeRange sunday;

  g_list_store_append (providers, provider);
  rcp_board_model_set_period (model, RCP_BOARD_WEEK);
  rcp_board_model_set_providers (model, G_LIST_MODEL (providers));
  g_assert_cmpuint (rcp_board_model_get_n_columns (model), ==, 5);
  go_to (model, 28, 11, 2026);
  g_assert_cmpuint (rcp_board_model_get_n_columns (model), ==, 6);
  go_to (model, 24, 11, 2026);
  g_assert_cmpuint (rcp_board_model_get_n_columns (model), ==, 5);
  sunday = at (rcp_board_model_get_first_date (model), 6, 600, 630);
  visit = board_fixture_visit_at ("on-sunday", "00", sunday);
  rcp_board_model_set_visits (model, G_LIST_MODEL (visits));
  g_list_store_append (visits, visit);
  g_assert_cmpuint (rcp_board_model_get_n_columns (model), ==, 6);
  g_list_store_remove_all (visits);
  g_assert_cmpuint (rcp_board_model_get_n_columns (model), ==, 5);
  g_array_append_val (open, sunday);
  rcp_board_model_set_open_ranges (model, rcp_provider_get_schedule_id (provider), open);
  g_assert_cmpuint (rcp_board_model_get_n_columns (model), ==, 6);
}

/* Arrows go over the edge of a day, and the day that is looked at goes along. */
static void
test_cursor_crosses_days (void)
{
  g_autoptr (RcpBoardModel) model = make_week ();
  Teller teller;
  RcpBoardStop stop;
  guint column;

  tell (&teller, model, 0x1f, 2);
  go_to (model, 24, 11, 2026);
  rcp_board_model_set_period (model, RCP_BOARD_WEEK);
  g_assert_true (rcp_board_model_move (model, RCP_BOARD_MOVE_DOWN));
  g_assert_true (rcp_board_model_get_cursor (model, &column, &stop));
  /* It is entered on the day that was looked at. */
  g_assert_cmpuint (column, ==, N_PROVIDERS);
  g_assert_true (rcp_board_model_move (model, RCP_BOARD_MOVE_BACK));
  g_assert_true (rcp_board_model_get_cursor (model, &column, &stop));
  g_assert_cmpuint (column, ==, N_PROVIDERS - 1);
  assert_date (rcp_board_model_get_date (model), "2026-11-23");
  for (guint i = 0; i < N_PROVIDERS; i++)
    g_assert_true (rcp_board_model_move (model, RCP_BOARD_MOVE_FORWARD));
  assert_date (rcp_board_model_get_date (model), "2026-11-24");
  /* To another day of the week: the same provider there. */
  go_to (model, 27, 11, 2026);
  g_assert_cmpuint (teller.n_turns, ==, 2);
  g_assert_true (rcp_board_model_get_cursor (model, &column, &stop));
  g_assert_cmpuint (column, ==, 4 * N_PROVIDERS + 2);
  /* The next week: the same weekday. */
  rcp_board_model_step (model, 1);
  g_assert_true (rcp_board_model_get_cursor (model, &column, &stop));
  g_assert_cmpuint (column, ==, 4 * N_PROVIDERS + 2);
  assert_date (rcp_board_model_get_date (model), "2026-12-04");
  /* And as a day it is that one. */
  rcp_board_model_set_period (model, RCP_BOARD_DAY);
  g_assert_true (rcp_board_model_get_cursor (model, &column, &stop));
  g_assert_cmpuint (column, ==, 2);
  assert_date (rcp_board_model_get_first_date (model), "2026-12-04");
}

/* Now is on one of the days; another week has none. */
static void
test_today_is_one_of_the_days (void)
{
  g_autoptr (RcpBoardModel) model = make_week ();

  go_to (model, 26, 11, 2026);
  g_assert_false (rcp_board_model_is_today (model));
  rcp_board_model_set_period (model, RCP_BOARD_WEEK);
  g_assert_cmpint (rcp_board_model_get_now (model), ==, 9 * 60 + 26);
  for (guint i = 0; i < rcp_board_model_get_n_columns (model); i++)
    g_assert_true (rcp_board_model_is_column_today (model, i) == (i < N_PROVIDERS));
  rcp_board_model_step (model, 1);
  g_assert_cmpint (rcp_board_model_get_now (model), ==, -1);
  g_assert_false (rcp_board_model_is_column_today (model, 0));
}

/* In the week in which the clock is changed a time lies at one height on all days. */
static void
test_the_clock_is_changed_in_a_week (void)
{
  static const struct
  {
    int day, month;
    const char *changed; /* on which day of that week */
  } weeks[] = { { 25, 3, "2026-03-29" }, { 22, 10, "2026-10-25" } };
  g_autoptr (GTimeZone) berlin = g_time_zone_new_identifier ("Europe/Berlin");

  for (guint i = 0; i < G_N_ELEMENTS (weeks); i++)
    {
      g_autoptr (RcpBoardModel) model = make_week ();
      gint64 scale;

      rcp_board_model_set_zone (model, berlin);
      go_to (model, weeks[i].day, weeks[i].month, 2026);
      rcp_board_model_set_period (model, RCP_BOARD_WEEK);
      scale = rcp_board_model_get_scale_instant (model, 9 * 60);
      g_assert_cmpuint (rcp_time_get_minute (scale, berlin), ==, 9 * 60);
      for (guint column = 0; column < rcp_board_model_get_n_columns (model); column++)
        for (int minute = 4 * 60; minute < DAY_MINUTES; minute += 35)
          {
            gint64 instant = rcp_board_model_get_instant (model, column, minute);
            GDate date;

            g_assert_cmpuint (rcp_time_get_minute (instant, berlin), ==, (guint) minute);
            g_assert_cmpint (rcp_board_model_get_minute (model, column, instant), ==, minute);
            rcp_time_get_day (instant, berlin, &date);
            g_assert_cmpint (g_date_compare (&date, rcp_board_model_get_column_date (model, column)), ==, 0);
          }
      assert_date (rcp_board_model_get_column_date (model, 6 * N_PROVIDERS), weeks[i].changed);
      g_assert_cmpint (rcp_board_model_get_minute (model, 6 * N_PROVIDERS,
                                                   rcp_time_range_of_day (rcp_board_model_get_column_date (model, 6 * N_PROVIDERS), berlin).end),
                       ==, DAY_MINUTES);
    }
}

/* Each column has the blocks of its own day. */
static void
test_blocks_are_of_their_day (void)
{
  g_autoptr (RcpBoardModel) model = make_week ();
  g_autoptr (GArray) blocks = g_array_new (FALSE, FALSE, sizeof (RcpBlock));
  guint n_blocks;

  rcp_board_model_set_period (model, RCP_BOARD_WEEK);
  for (guint day = 0; day < 7; day += 2)
    for (int hour = 12; hour < 14; hour++)
      {
        RcpBlock block = { at (rcp_board_model_get_first_date (model), day, hour * 60, hour * 60 + 30), RCP_BLOCK_LUNCH, NULL };

        g_array_append_val (blocks, block);
      }
  rcp_board_model_set_blocks (model, rcp_board_model_get_schedule_id (model, 1), blocks);
  for (guint day = 0; day < 7; day++)
    {
      const RcpBlock *own = rcp_board_model_get_blocks (model, day * N_PROVIDERS + 1, &n_blocks);
      RcpBoardSpan span;

      g_assert_cmpuint (n_blocks, ==, day % 2 ? 0 : 2);
      if (n_blocks == 0)
        continue;
      span = rcp_board_model_get_block_span (model, day * N_PROVIDERS + 1, &own[1]);
      g_assert_cmpint (span.start, ==, 13 * 60);
      g_assert_cmpint (span.end, ==, 13 * 60 + 30);
      rcp_board_model_get_blocks (model, day * N_PROVIDERS, &n_blocks);
      g_assert_cmpuint (n_blocks, ==, 0);
    }
}

/* In a week a time alone says too little. */
static void
test_words_name_the_day (void)
{
  g_autoptr (RcpBoardModel) model = make_week ();
  RcpTimeRange range = { board_fixture_instant ("10:15"), board_fixture_instant ("10:45") };
  g_autofree char *of_day = rcp_board_model_describe_time (model, range);
  g_autofree char *of_week = NULL;

  g_assert_cmpstr (of_day, ==, "10:15 to 10:45");
  rcp_board_model_set_period (model, RCP_BOARD_WEEK);
  of_week = rcp_board_model_describe_time (model, range);
  g_assert_cmpstr (of_week, ==, "Monday, 23 November 2026, 10:15 to 10:45");
}

/* Columns of one room, day by day. */
static void
test_weeks_of_rooms (void)
{
  g_autoptr (RcpBoardModel) model = make_week ();
  g_autoptr (RcpPlace) place = board_fixture_place ("downtown", "Downtown");
  g_autoptr (GListStore) rooms = g_list_store_new (RCP_TYPE_ROOM);
  g_autoptr (RcpColumnSet) set = rcp_column_set_new ("", RCP_COLUMNS_BY_ROOM, NULL);

  for (guint i = 0; i < 2; i++)
    {
      g_autofree char *id = g_strdup_printf ("%u", i);
      g_autoptr (RcpRoom) room = board_fixture_room ("Location", id, i ? "Room 2" : "Room 1", place);

      g_list_store_append (rooms, room);
    }
  rcp_board_model_set_rooms (model, G_LIST_MODEL (rooms));
  rcp_board_model_set_columns (model, set);
  rcp_board_model_set_period (model, RCP_BOARD_WEEK);
  g_assert_cmpuint (rcp_board_model_get_n_columns (model), ==, 14);
  g_assert_cmpuint (rcp_board_model_get_n_owners (model), ==, 2);
  g_assert_cmpstr (rcp_board_model_get_column_name (model, 12), ==, "Room 1");
  g_assert_cmpstr (rcp_board_model_get_column_name (model, 13), ==, "Room 2");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ui/board-week/a-week-holds-its-day", test_a_week_holds_its_day);
  g_test_add_func ("/ui/board-week/columns-are-days-and-providers", test_columns_are_days_and_providers);
  g_test_add_func ("/ui/board-week/idle-days-have-no-columns", test_idle_days_have_no_columns);
  g_test_add_func ("/ui/board-week/cursor-crosses-days", test_cursor_crosses_days);
  g_test_add_func ("/ui/board-week/today-is-one-of-the-days", test_today_is_one_of_the_days);
  g_test_add_func ("/ui/board-week/the-clock-is-changed-in-a-week", test_the_clock_is_changed_in_a_week);
  g_test_add_func ("/ui/board-week/blocks-are-of-their-day", test_blocks_are_of_their_day);
  g_test_add_func ("/ui/board-week/words-name-the-day", test_words_name_the_day);
  g_test_add_func ("/ui/board-week/weeks-of-rooms", test_weeks_of_rooms);
  return g_test_run ();
}
