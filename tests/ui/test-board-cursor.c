/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-board-cursor"

/* rcp-board-cursor.c: where the keyboard is on the board. */

#include "board-fixture.h"

/* From the first to the last by one key. How many there are. */
static guint
go_down (RcpBoardModel *model, guint index)
{
  g_autoptr (GArray) stops = rcp_board_model_collect_stops (model, index);
  RcpBoardStop stop;
  guint column;

  rcp_board_model_move (model, RCP_BOARD_MOVE_FIRST);
  for (guint j = 0; j < stops->len; j++)
    {
      g_assert_true (rcp_board_model_get_cursor (model, &column, &stop));
      g_assert_cmpuint (column, ==, index);
      g_assert_cmpint (stop.span.start, ==, g_array_index (stops, RcpBoardStop, j).span.start);
      g_assert_true (stop.visit == g_array_index (stops, RcpBoardStop, j).visit);
      g_assert_true (stop.busy == g_array_index (stops, RcpBoardStop, j).busy);
      g_assert_cmpint (rcp_board_model_move (model, RCP_BOARD_MOVE_DOWN), ==, j + 1 < stops->len);
    }
  return stops->len;
}

static void
test_cursor_reaches_every_stop (void)
{
  g_autoptr (RcpBoardModel) model = board_fixture_model (4, 10);
  RcpBoardStop stop;
  guint column, n_moves = 0;

  g_assert_false (rcp_board_model_get_cursor (model, &column, &stop));
  g_assert_true (rcp_board_model_move (model, RCP_BOARD_MOVE_DOWN));
  for (guint i = 0; i < 4; i++)
    {
      n_moves += go_down (model, i);
      g_assert_cmpint (rcp_board_model_move (model, RCP_BOARD_MOVE_FORWARD), ==, i < 3);
    }
  g_assert_cmpuint (n_moves, >, 60);
  g_assert_true (rcp_board_model_move (model, RCP_BOARD_MOVE_BACK));
}

static void
test_cursor_steps_over_days_off (void)
{
  g_autoptr (RcpBoardModel) model = board_fixture_model (3, 0);
  g_autoptr (GArray) closed = g_array_new (FALSE, FALSE, sizeof (RcpTimeRange));
  RcpBoardStop stop;
  guint column;

  rcp_board_model_set_open_ranges (model, "s-01", closed);
  rcp_board_model_set_cursor (model, 0, 600);
  g_assert_true (rcp_board_model_move (model, RCP_BOARD_MOVE_FORWARD));
  g_assert_true (rcp_board_model_get_cursor (model, &column, &stop));
  g_assert_cmpuint (column, ==, 2);
  g_assert_cmpint (stop.span.start, ==, 600);
}

static void
test_cursor_stays_with_its_visit (void)
{
  g_autoptr (RcpBoardModel) model = board_fixture_model (1, 0);
  g_autoptr (GListStore) visits = g_list_store_new (RCP_TYPE_VISIT);
  g_autoptr (RcpVisit) before = board_fixture_visit ("a", "00", "10:00", 30, "booked", "A", "B", "ECG", 5);
  g_autoptr (RcpVisit) after = board_fixture_visit ("a", "00", "11:00", 30, "arrived", "A", "B", "ECG", 5);
  RcpBoardStop stop;
  guint column;

  g_list_store_append (visits, before);
  rcp_board_model_set_visits (model, G_LIST_MODEL (visits));
  rcp_board_model_set_cursor_visit (model, before);
  rcp_board_model_set_selected (model, "a");
  g_list_store_splice (visits, 0, 1, (gpointer *) &after, 1);
  g_assert_true (rcp_board_model_get_cursor (model, &column, &stop));
  g_assert_true (stop.visit == after);
  g_assert_cmpstr (rcp_board_model_get_selected (model), ==, "a");
}

/* Also where it begins with a visit, or within one: neither keeps the keyboard from going on. */
static void
test_cursor_passes_busy_time (void)
{
  g_autoptr (RcpBoardModel) model = board_fixture_model (2, 10);
  g_autoptr (RcpBusyTimes) times = rcp_busy_times_new ();
  const char *person = rcp_provider_get_practitioner_id (rcp_board_model_get_provider (model, 1));
  guint n_stops, n_met = 0;

  rcp_board_model_set_busy_times (model, times);
  rcp_board_model_set_cursor (model, 1, 8 * 60);
  n_stops = go_down (model, 1);
  for (int from = 8 * 60; from < 12 * 60; from += 5)
    {
      g_autoptr (GArray) busy = board_fixture_busy (model, from, from + 60, RCP_BUSY_BUSY);

      rcp_busy_times_set (times, person, busy, 0);
      rcp_board_model_set_cursor (model, 1, 8 * 60);
      n_met += go_down (model, 1) != n_stops;
    }
  g_assert_cmpuint (n_met, >, 10);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ui/board-cursor/reaches-every-stop", test_cursor_reaches_every_stop);
  g_test_add_func ("/ui/board-cursor/steps-over-days-off", test_cursor_steps_over_days_off);
  g_test_add_func ("/ui/board-cursor/stays-with-its-visit", test_cursor_stays_with_its_visit);
  g_test_add_func ("/ui/board-cursor/passes-busy-time", test_cursor_passes_busy_time);
  return g_test_run ();
}
