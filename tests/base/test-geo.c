/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-base"

#include "base/rcp-geo.h"

#include <math.h>

static void
check (double a, double b, double c, double d, double kilometres)
{
  g_assert_cmpfloat_with_epsilon (rcp_position_distance ((RcpPosition) { a, b }, (RcpPosition) { c, d }), kilometres, 0.001);
}

static void
test_distance (void)
{
  check (36.12, -86.67, 33.94, -118.40, 2886.448);
  check (40.7128, -74.0060, 42.3601, -71.0589, 306.109);
  check (10, 20, 10, 20, 0);
  /* Over the line of the date, and half around the Earth. */
  check (0, 179.5, 0, -179.5, 111.195);
  check (90, 0, -90, 0, 20015.115);
  check (0, 0, 0, 180, 20015.115);
}

static void
test_valid (void)
{
  g_assert_true (rcp_position_is_valid ((RcpPosition) { -90, 180 }));
  g_assert_false (rcp_position_is_valid ((RcpPosition) { 90.1, 0 }));
  g_assert_false (rcp_position_is_valid ((RcpPosition) { 0, -180.1 }));
  g_assert_false (rcp_position_is_valid ((RcpPosition) { NAN, 0 }));
  g_assert_false (rcp_position_is_valid ((RcpPosition) { 0, INFINITY }));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/geo/distance", test_distance);
  g_test_add_func ("/geo/valid", test_valid);
  return g_test_run ();
}
