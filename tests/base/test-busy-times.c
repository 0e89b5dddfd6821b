/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "base/rcp-busy-times.h"

static GArray *
make (const RcpBusy *items, guint n)
{
  GArray *busy = g_array_new (FALSE, FALSE, sizeof (RcpBusy));

  return g_array_append_vals (busy, items, n);
}

static void
on_changed_cb (RcpBusyTimes *times, const char *person, GString *heard)
{
  g_string_append_printf (heard, "%s ", person);
}

static void
test_changes (void)
{
  RcpBusyTimes *times = rcp_busy_times_new ();
  g_autoptr (GArray) one = make ((RcpBusy[]){ { { 10, 20 }, RCP_BUSY_BUSY } }, 1);
  g_autoptr (GArray) weaker = make ((RcpBusy[]){ { { 10, 20 }, RCP_BUSY_TENTATIVE } }, 1);
  g_autoptr (GString) heard = g_string_new (NULL);

  g_signal_connect (times, "changed", G_CALLBACK (on_changed_cb), heard);
  rcp_busy_times_set (times, "ana", one, 0);
  rcp_busy_times_set (times, "ana", one, 0);
  g_assert_cmpstr (heard->str, ==, "ana ");
  g_assert_cmpint (rcp_busy_times_get_as_of (times, "ana"), ==, 0);
  rcp_busy_times_set (times, "ana", one, 77);
  g_assert_cmpint (rcp_busy_times_get_as_of (times, "ana"), ==, 77);
  rcp_busy_times_set (times, "ana", weaker, 77);
  g_assert_cmpstr (heard->str, ==, "ana ana ana ");
  g_assert_cmpint (g_array_index (rcp_busy_times_get (times, "ana"), RcpBusy, 0).kind, ==, RCP_BUSY_TENTATIVE);
  rcp_busy_times_remove (times, "bo");
  rcp_busy_times_set (times, "bo", one, 0);
  rcp_busy_times_clear (times);
  g_assert_null (rcp_busy_times_get (times, "ana"));
  g_assert_cmpuint (heard->len, ==, strlen ("ana ana ana bo ana bo "));
  g_assert_finalize_object (times);
}

/* What is asked of nobody, or before there is anything, is empty. */
static void
test_nothing (void)
{
  g_autoptr (GArray) taken = rcp_busy_times_dup_taken (NULL, "ana");

  g_assert_cmpuint (taken->len, ==, 0);
  g_assert_null (rcp_busy_times_get (NULL, NULL));
  g_assert_cmpint (rcp_busy_times_get_as_of (NULL, "ana"), ==, 0);
}

static void
test_taken (void)
{
  g_autoptr (RcpBusyTimes) times = rcp_busy_times_new ();
  g_autoptr (GArray) busy = make ((RcpBusy[]){ { { 10, 20 }, RCP_BUSY_BUSY },
                                               { { 20, 30 }, RCP_BUSY_AWAY },
                                               { { 30, 40 }, RCP_BUSY_TENTATIVE },
                                               { { 50, 60 }, RCP_BUSY_AWAY } }, 4);
  g_autoptr (GArray) taken = NULL;

  rcp_busy_times_set (times, "ana", busy, 0);
  taken = rcp_busy_times_dup_taken (times, "ana");
  g_assert_cmpuint (taken->len, ==, 2);
  g_assert_cmpint (g_array_index (taken, RcpTimeRange, 0).start, ==, 10);
  g_assert_cmpint (g_array_index (taken, RcpTimeRange, 0).end, ==, 30);
  g_assert_cmpint (g_array_index (taken, RcpTimeRange, 1).start, ==, 50);
}

/* Half open: what ends when a time begins is not in its way; nor is what is tentative. */
static void
test_find_taken (void)
{
  g_autoptr (RcpBusyTimes) times = rcp_busy_times_new ();
  g_autoptr (GArray) busy = make ((RcpBusy[]){ { { 10, 20 }, RCP_BUSY_TENTATIVE },
                                               { { 20, 30 }, RCP_BUSY_AWAY },
                                               { { 40, 50 }, RCP_BUSY_BUSY } }, 3);
  RcpBusy found = { { 0, 0 }, RCP_BUSY_TENTATIVE };

  rcp_busy_times_set (times, "ana", busy, 0);
  g_assert_false (rcp_busy_times_find_taken (times, "ana", (RcpTimeRange){ 5, 20 }, &found));
  g_assert_false (rcp_busy_times_find_taken (times, "ana", (RcpTimeRange){ 30, 40 }, &found));
  g_assert_cmpint (found.range.end, ==, 0);
  g_assert_true (rcp_busy_times_find_taken (times, "ana", (RcpTimeRange){ 19, 60 }, &found));
  g_assert_cmpint (found.range.start, ==, 20);
  g_assert_cmpint (found.kind, ==, RCP_BUSY_AWAY);
  g_assert_true (rcp_busy_times_find_taken (times, "ana", (RcpTimeRange){ 49, 60 }, NULL));
  g_assert_false (rcp_busy_times_find_taken (times, "bo", (RcpTimeRange){ 19, 60 }, NULL));
  g_assert_false (rcp_busy_times_find_taken (NULL, "ana", (RcpTimeRange){ 19, 60 }, NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/base/busy-times/changes", test_changes);
  g_test_add_func ("/base/busy-times/nothing", test_nothing);
  g_test_add_func ("/base/busy-times/taken", test_taken);
  g_test_add_func ("/base/busy-times/find-taken", test_find_taken);
  return g_test_run ();
}
