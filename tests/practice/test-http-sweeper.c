/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-http-sweeper"

#include "practice/practice-http-sweeper.h"

#include <sys/socket.h>
#include <unistd.h>

/* One end as GSocket; the descriptor of the other. */
static GSocket *
make_pair (int *other)
{
  g_autoptr (GError) error = NULL;
  GSocket *socket;
  int ends[2];

  g_assert_cmpint (socketpair (AF_UNIX, SOCK_STREAM, 0, ends), ==, 0);
  socket = g_socket_new_from_fd (ends[0], &error);
  g_assert_no_error (error);
  *other = ends[1];
  return socket;
}

static void
test_sweep (void)
{
  g_autoptr (PracticeSweeper) sweeper = practice_sweeper_new ();
  int open_end, silent_end, half_end;
  g_autoptr (GSocket) open = make_pair (&open_end);
  g_autoptr (GSocket) ended = make_pair (&silent_end);
  g_autoptr (GSocket) waiting = make_pair (&half_end);
  g_autoptr (GSocket) closed = make_pair (&(int){ 0 });
  char byte;

  practice_sweeper_watch (sweeper, open);
  practice_sweeper_watch (sweeper, ended);
  practice_sweeper_watch (sweeper, waiting);
  practice_sweeper_watch (sweeper, closed);
  g_assert_true (g_socket_close (closed, NULL));
  close (silent_end);
  /* A request that was not read yet stands before the end. */
  g_assert_cmpint (write (half_end, "x", 1), ==, 1);
  close (half_end);

  g_assert_cmpuint (practice_sweeper_sweep (sweeper, G_USEC_PER_SEC), ==, 3);
  g_assert_cmpuint (practice_sweeper_sweep (sweeper, 5 * G_USEC_PER_SEC), ==, 3);
  g_assert_false (g_socket_is_closed (ended));
  g_assert_cmpuint (practice_sweeper_sweep (sweeper, 6 * G_USEC_PER_SEC), ==, 2);
  g_assert_true (g_socket_is_closed (ended));
  g_assert_false (g_socket_is_closed (open));

  g_assert_cmpint (g_socket_receive (waiting, &byte, 1, NULL, NULL), ==, 1);
  g_assert_cmpint (byte, ==, 'x');
  g_assert_cmpuint (practice_sweeper_sweep (sweeper, 7 * G_USEC_PER_SEC), ==, 2);
  g_assert_cmpuint (practice_sweeper_sweep (sweeper, 12 * G_USEC_PER_SEC), ==, 1);
  close (open_end);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/practice/http-sweeper/sweep", test_sweep);
  return g_test_run ();
}
