/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/rcp-clock.h"

static void
test_system (void)
{
  RcpClock *clock = rcp_clock_new_system ();
  gint64 before = g_get_real_time ();
  gint64 now = rcp_clock_get_now (clock);

  g_assert_cmpint (now, >=, before);
  g_assert_cmpint (now, <=, g_get_real_time ());
  g_assert_false (rcp_clock_is_fixed (clock));
  g_assert_finalize_object (clock);
}

static void
test_fixed (void)
{
  RcpClock *clock = rcp_clock_new_fixed (-5);

  g_assert_true (rcp_clock_is_fixed (clock));
  g_assert_cmpint (rcp_clock_get_now (clock), ==, -5);
  rcp_clock_set_now (clock, G_USEC_PER_SEC);
  g_assert_cmpint (rcp_clock_get_now (clock), ==, G_USEC_PER_SEC);
  g_assert_true (rcp_clock_is_fixed (clock));
  g_assert_finalize_object (clock);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/clock/system", test_system);
  g_test_add_func ("/base/clock/fixed", test_fixed);
  return g_test_run ();
}
