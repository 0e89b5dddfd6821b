/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Without a bus, or with one on which there is no Evolution Data Server, rcp-calendars says so, and soon. */

#include "calendars/rcp-calendars.h"

#include "keep-result.h"

static void
test_absent (void)
{
  GAsyncResult *kept = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  gint64 began = g_get_monotonic_time ();

  rcp_calendars_open_async (NULL, keep_result_cb, &kept);
  result = keep_result_wait (&kept);
  g_assert_null (rcp_calendars_open_finish (result, &error));
  g_assert_nonnull (error);
  g_test_message ("%s", error->message);
  g_assert_cmpint (g_get_monotonic_time () - began, <, 5 * G_USEC_PER_SEC);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func (g_getenv ("HAS_BUS") != NULL ? "/calendars/no-calendars/no-server" : "/calendars/no-calendars/no-bus",
                   test_absent);
  return g_test_run ();
}
