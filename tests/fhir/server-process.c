/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "server-process.h"

#include <signal.h>
#include <sys/prctl.h>

/* A test that is killed takes its server along. */
static void
on_child_started_cb (gpointer user_data)
{
  prctl (PR_SET_PDEATHSIG, SIGTERM);
}

ServerProcess *
server_process_new (const char *const *argv)
{
  ServerProcess *self = g_new0 (ServerProcess, 1);
  g_autoptr (GSubprocessLauncher) launcher = NULL;
  g_autoptr (GError) error = NULL;

  launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE);
  g_subprocess_launcher_set_child_setup (launcher, on_child_started_cb, NULL, NULL);
  self->process = g_subprocess_launcher_spawnv (launcher, argv, &error);
  g_assert_no_error (error);
  self->output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (self->process));
  return self;
}

char *
server_process_read_line (ServerProcess *self)
{
  return g_data_input_stream_read_line_utf8 (self->output, NULL, NULL, NULL);
}

int
server_process_wait (ServerProcess *self)
{
  g_subprocess_wait (self->process, NULL, NULL);
  return g_subprocess_get_if_exited (self->process) ? g_subprocess_get_exit_status (self->process) : -1;
}

void
server_process_free (ServerProcess *self)
{
  g_output_stream_close (g_subprocess_get_stdin_pipe (self->process), NULL, NULL);
  g_subprocess_send_signal (self->process, SIGTERM);
  server_process_wait (self);
  g_object_unref (self->output);
  g_object_unref (self->process);
  g_free (self);
}
