/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The server of the CalDAV tests: one that is killed takes it along. */

#include "caldav-server.h"
#include "keep-result.h"

#include <signal.h>
#include <unistd.h>

/* What is left of the killed one lies here. */
#define FOLDER "TMPDIR"
#define PORT "port"

static void
remove_folder (const char *folder)
{
  g_autoptr (GSubprocess) process = g_subprocess_new (G_SUBPROCESS_FLAGS_NONE, NULL, "rm", "-rf", folder, NULL);

  g_assert_true (g_subprocess_wait_check (process, NULL, NULL));
}

static gboolean
answers (guint16 port)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketConnection) connection = g_socket_client_connect_to_host (client, "127.0.0.1", port, NULL, NULL);

  return connection != NULL;
}

static void
be_killed (void)
{
  CaldavServer *server = caldav_server_new ();
  g_autofree char *path = g_build_filename (g_getenv (FOLDER), PORT, NULL);
  g_autofree char *port = NULL;

  caldav_server_start (server);
  port = g_strdup_printf ("%u", caldav_server_get_port (server));
  g_assert_true (g_file_set_contents (path, port, -1, NULL));
  kill (getpid (), SIGKILL);
}

static void
test_killed (void)
{
  g_autofree char *radicale = g_find_program_in_path ("radicale"), *folder = NULL, *path = NULL, *port = NULL;
  g_autoptr (GError) error = NULL;
  guint16 number;

  if (g_test_subprocess ())
    {
      be_killed ();
      return;
    }
  if (radicale == NULL)
    {
      g_test_skip ("Radicale is not here");
      return;
    }
  folder = g_dir_make_tmp ("killed.XXXXXX", &error);
  g_assert_no_error (error);
  path = g_build_filename (folder, PORT, NULL);
  g_setenv (FOLDER, folder, TRUE);
  g_test_trap_subprocess (NULL, 0, 0);
  g_assert_false (g_test_trap_has_passed ());
  g_file_get_contents (path, &port, NULL, &error);
  g_assert_no_error (error);
  number = (guint16) g_ascii_strtoull (port, NULL, 10);
  g_assert_cmpuint (number, >, 0);
  KEEP_RESULT_UNTIL (!answers (number));
  remove_folder (folder);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/calendars/caldav-server/ends-with-the-test", test_killed);
  return g_test_run ();
}
