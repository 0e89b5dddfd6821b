/* SPDX-License-Identifier: GPL-3.0-or-later */

#define G_LOG_DOMAIN "test-board-geometry"

#include "ui/board/rcp-board-geometry.h"

static const RcpBoardGeometry wide = {
  .width = 1060, .height = 540, .gutter = 60, .head = 40, .min_column = 120, .scale = 2, .n_columns = 5, .first = 480, .last = 1080,
};

static void
test_columns_share_the_room (void)
{
  RcpBoardGeometry geometry = wide;

  g_assert_cmpfloat (rcp_board_geometry_get_column_width (&geometry), ==, 200);
  g_assert_cmpfloat (rcp_board_geometry_get_content_width (&geometry), ==, 1000);
  geometry.n_columns = 40;
  g_assert_cmpfloat (rcp_board_geometry_get_column_width (&geometry), ==, 120);
  g_assert_cmpfloat (rcp_board_geometry_get_content_width (&geometry), ==, 4800);
  geometry.n_columns = 0;
  g_assert_cmpfloat (rcp_board_geometry_get_column_width (&geometry), ==, 0);
}

static void
test_right_to_left_mirrors (void)
{
  RcpBoardGeometry geometry = wide;

  g_assert_cmpfloat (rcp_board_geometry_get_x (&geometry, 0), ==, 60);
  g_assert_cmpfloat (rcp_board_geometry_get_x (&geometry, 4), ==, 860);
  geometry.rtl = TRUE;
  g_assert_cmpfloat (rcp_board_geometry_get_x (&geometry, 0), ==, 800);
  g_assert_cmpfloat (rcp_board_geometry_get_x (&geometry, 4), ==, 0);
  g_assert_cmpfloat (rcp_board_geometry_get_body_x (&geometry), ==, 0);
}

/* What is drawn at a place is what a click there hits, for every column, scroll and direction. */
static void
test_hit_is_the_reverse_of_place (void)
{
  for (guint turn = 0; turn < 200; turn++)
    {
      RcpBoardGeometry geometry = wide;
      guint column, hit_column;
      int minute, hit_minute;
      double x, y;

      geometry.rtl = turn % 2;
      geometry.n_columns = 1 + (guint) g_test_rand_int_range (0, 40);
      geometry.scroll_x = g_test_rand_int_range (0, (int) MAX (1, rcp_board_geometry_get_content_width (&geometry) - 999));
      geometry.scroll_y = g_test_rand_int_range (0, 700);
      column = (guint) g_test_rand_int_range (0, (int) geometry.n_columns);
      minute = g_test_rand_int_range (geometry.first, geometry.last);
      x = rcp_board_geometry_get_x (&geometry, column) + 5;
      y = rcp_board_geometry_get_y (&geometry, minute) + 0.5;
      if (x < rcp_board_geometry_get_body_x (&geometry)
          || x >= rcp_board_geometry_get_body_x (&geometry) + rcp_board_geometry_get_body_width (&geometry)
          || y < geometry.head || y >= geometry.height)
        {
          g_assert_false (rcp_board_geometry_hit (&geometry, x, y, &hit_column, &hit_minute));
          continue;
        }
      g_assert_true (rcp_board_geometry_hit (&geometry, x, y, &hit_column, &hit_minute));
      g_assert_cmpuint (hit_column, ==, column);
      g_assert_cmpint (hit_minute, ==, minute);
    }
}

static void
test_visible_holds_what_can_be_seen (void)
{
  RcpBoardGeometry geometry = wide;
  guint first, end;
  int first_minute, end_minute;

  geometry.n_columns = 40;
  geometry.scroll_x = 250;
  geometry.scroll_y = 121;
  rcp_board_geometry_get_visible (&geometry, &first, &end, &first_minute, &end_minute);
  g_assert_cmpuint (first, ==, 2);
  g_assert_cmpuint (end, ==, 11);
  g_assert_cmpint (first_minute, ==, 540);
  g_assert_cmpint (end_minute, ==, 791);
}

static void
test_reveal_scrolls_no_more_than_needed (void)
{
  RcpBoardGeometry geometry = wide;
  double x, y;

  geometry.n_columns = 40;
  rcp_board_geometry_reveal (&geometry, 1, 500, 530, &x, &y);
  g_assert_cmpfloat (x, ==, 0);
  g_assert_cmpfloat (y, ==, 0);
  rcp_board_geometry_reveal (&geometry, 10, 1000, 1030, &x, &y);
  g_assert_cmpfloat (x, ==, 11 * 120 - 1000);
  g_assert_cmpfloat (y, ==, (1030 - 480) * 2 - 500);
  geometry.scroll_x = 2000;
  geometry.scroll_y = 600;
  rcp_board_geometry_reveal (&geometry, 3, 490, 510, &x, &y);
  g_assert_cmpfloat (x, ==, 360);
  g_assert_cmpfloat (y, ==, 20);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ui/board-geometry/columns-share-the-room", test_columns_share_the_room);
  g_test_add_func ("/ui/board-geometry/right-to-left-mirrors", test_right_to_left_mirrors);
  g_test_add_func ("/ui/board-geometry/hit-is-the-reverse-of-place", test_hit_is_the_reverse_of_place);
  g_test_add_func ("/ui/board-geometry/visible-holds-what-can-be-seen", test_visible_holds_what_can_be_seen);
  g_test_add_func ("/ui/board-geometry/reveal-scrolls-no-more-than-needed", test_reveal_scrolls_no_more_than_needed);
  return g_test_run ();
}
