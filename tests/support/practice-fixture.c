/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-support"

#include "practice-fixture.h"

#include "keep-result.h"

#include <errno.h>
#include <gio/gio.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>

struct _PracticeFixture
{
  GSubprocess *process;
  GStrv arguments;
  char *folder;
  char *socket;
  char *database;
};

/* Reads lines of its standard output until the one that says it is ready. */
static void
wait_until_ready (PracticeFixture *self)
{
  g_autoptr (GDataInputStream) lines = g_data_input_stream_new (g_subprocess_get_stdout_pipe (self->process));

  g_filter_input_stream_set_close_base_stream (G_FILTER_INPUT_STREAM (lines), FALSE);
  for (;;)
    {
      g_autoptr (GError) error = NULL;
      g_autofree char *line = g_data_input_stream_read_line_utf8 (lines, NULL, NULL, &error);

      g_assert_no_error (error);
      if (line == NULL)
        g_error ("reception-practice ended before it was ready");
      if (g_str_has_prefix (line, "listening on"))
        return;
    }
}

/* A test that crashes must not leave its server behind. */
static void
die_with_parent (gpointer user_data)
{
  prctl (PR_SET_PDEATHSIG, SIGKILL);
}

void
practice_fixture_start (PracticeFixture *self)
{
  g_autoptr (GSubprocessLauncher) launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) argv = NULL;
  g_autoptr (GError) error = NULL;
  const char *program = g_getenv ("RECEPTION_PRACTICE");

  g_assert_nonnull (program);
  g_assert_null (self->process);

  g_strv_builder_add_many (builder, program, "--database", self->database, "--socket", self->socket, NULL);
  if (self->arguments != NULL)
    g_strv_builder_addv (builder, (const char **) self->arguments);
  argv = g_strv_builder_end (builder);
  g_subprocess_launcher_set_child_setup (launcher, die_with_parent, NULL, NULL);
  self->process = g_subprocess_launcher_spawnv (launcher, (const char *const *) argv, &error);
  g_assert_no_error (error);
  wait_until_ready (self);
}

/* A sample clinic of a fixed date is a copy: what the server is asked to make is there already when it starts. */
static void
copy_sample (PracticeFixture *self)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) argv = NULL;
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;
  const char *program = g_getenv ("RECEPTION_SAMPLE_RECORD");

  if (program == NULL || self->arguments == NULL || !g_strv_contains ((const char *const *) self->arguments, "--sample")
      || !g_strv_contains ((const char *const *) self->arguments, "--date"))
    return;
  g_strv_builder_add_many (builder, program, self->database, NULL);
  g_strv_builder_addv (builder, (const char **) self->arguments);
  argv = g_strv_builder_end (builder);
  process = g_subprocess_newv ((const char *const *) argv, G_SUBPROCESS_FLAGS_NONE, &error);
  g_assert_no_error (error);
  g_subprocess_wait_check (process, NULL, &error);
  g_assert_no_error (error);
}

PracticeFixture *
practice_fixture_new (const char *const *arguments)
{
  PracticeFixture *self = g_new0 (PracticeFixture, 1);
  g_autoptr (GError) error = NULL;

  self->folder = g_dir_make_tmp ("reception-XXXXXX", &error);
  g_assert_no_error (error);
  self->socket = g_build_filename (self->folder, "socket", NULL);
  self->database = g_build_filename (self->folder, "practice.db", NULL);
  self->arguments = g_strdupv ((char **) arguments);
  copy_sample (self);
  practice_fixture_start (self);
  return self;
}

static void
end_with_signal (PracticeFixture *self, int signal_number)
{
  g_autoptr (GError) error = NULL;

  g_subprocess_send_signal (self->process, signal_number);
  g_subprocess_wait (self->process, NULL, &error);
  g_assert_no_error (error);
  if (signal_number == SIGTERM)
    g_assert_true (g_subprocess_get_successful (self->process));
  g_clear_object (&self->process);
}

void
practice_fixture_kill (PracticeFixture *self)
{
  end_with_signal (self, SIGKILL);
}

/* A process goes on for a while after it was told to stop, long enough for an answer when the machine is busy. */
void
practice_fixture_pause (PracticeFixture *self)
{
  id_t pid = (id_t) g_ascii_strtoull (g_subprocess_get_identifier (self->process), NULL, 10);
  siginfo_t info = { 0 };

  g_subprocess_send_signal (self->process, SIGSTOP);
  g_assert_cmpint (TEMP_FAILURE_RETRY (waitid (P_PID, pid, &info, WSTOPPED | WEXITED | WNOWAIT)), ==, 0);
  g_assert_cmpint (info.si_code, ==, CLD_STOPPED);
}

void
practice_fixture_resume (PracticeFixture *self)
{
  g_subprocess_send_signal (self->process, SIGCONT);
}

static gboolean
try_to_remove (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (!g_file_test (path, G_FILE_TEST_IS_DIR) || !try_to_remove (path))
        g_remove (path);
    }
  return g_rmdir (folder) == 0 || errno == ENOENT;
}

void
practice_fixture_remove_folder (const char *folder)
{
  gint64 end = g_get_monotonic_time () + keep_result_get_patience ();

  while (!try_to_remove (folder))
    {
      g_assert_cmpint (g_get_monotonic_time (), <, end);
      g_usleep (10 * 1000);
    }
}

void
practice_fixture_free (PracticeFixture *self)
{
  if (self->process != NULL)
    end_with_signal (self, SIGTERM);
  practice_fixture_remove_folder (self->folder);
  g_strfreev (self->arguments);
  g_free (self->folder);
  g_free (self->socket);
  g_free (self->database);
  g_free (self);
}

const char *
practice_fixture_get_folder (PracticeFixture *self)
{
  return self->folder;
}

const char *
practice_fixture_get_socket (PracticeFixture *self)
{
  return self->socket;
}

const char *
practice_fixture_get_database (PracticeFixture *self)
{
  return self->database;
}

FhirClient *
practice_fixture_create_client (PracticeFixture *self)
{
  return fhir_client_new_for_socket (self->socket);
}
