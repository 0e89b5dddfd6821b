/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "calendars/rcp-mirror-deadline.h"

static void
wait_for (GCancellable *cancellable)
{
  gint64 end = g_get_monotonic_time () + 10 * G_USEC_PER_SEC;

  while (!g_cancellable_is_cancelled (cancellable) && g_get_monotonic_time () < end)
    if (!g_main_context_iteration (NULL, FALSE))
      g_usleep (500);
}

static void
test_over (void)
{
  g_autoptr (RcpMirrorDeadline) deadline = rcp_mirror_deadline_new (20, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_false (g_cancellable_is_cancelled (rcp_mirror_deadline_get_cancellable (deadline)));
  wait_for (rcp_mirror_deadline_get_cancellable (deadline));
  rcp_mirror_deadline_explain (deadline, &error);
  g_assert_no_error (error);
  g_cancellable_set_error_if_cancelled (rcp_mirror_deadline_get_cancellable (deadline), &error);
  rcp_mirror_deadline_explain (deadline, &error);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_TIMED_OUT);
}

/* Then it was not the time. */
static void
test_parent (void)
{
  g_autoptr (GCancellable) parent = g_cancellable_new ();
  g_autoptr (RcpMirrorDeadline) deadline = rcp_mirror_deadline_new (60000, parent);
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (parent);
  g_assert_true (g_cancellable_set_error_if_cancelled (rcp_mirror_deadline_get_cancellable (deadline), &error));
  rcp_mirror_deadline_explain (deadline, &error);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
test_in_time (void)
{
  g_autoptr (GCancellable) parent = g_cancellable_new ();
  RcpMirrorDeadline *deadline = rcp_mirror_deadline_new (20, parent);
  g_autoptr (GCancellable) cancellable = g_object_ref (rcp_mirror_deadline_get_cancellable (deadline));
  gint64 end = g_get_monotonic_time () + 60000;

  rcp_mirror_deadline_free (deadline);
  while (g_get_monotonic_time () < end)
    g_main_context_iteration (NULL, FALSE);
  g_cancellable_cancel (parent);
  g_assert_false (g_cancellable_is_cancelled (cancellable));
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/calendars/mirror-deadline/over", test_over);
  g_test_add_func ("/calendars/mirror-deadline/parent", test_parent);
  g_test_add_func ("/calendars/mirror-deadline/in-time", test_in_time);
  return g_test_run ();
}
