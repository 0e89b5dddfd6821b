/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "http-fixture"

#include "http-fixture.h"

#include <gio/gunixsocketaddress.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>

char *
http_fixture_read_line (HttpFixture *server)
{
  return g_data_input_stream_read_line (server->output, NULL, NULL, NULL);
}

/* A test that ends in an abort takes its server along. */
static void
on_child_started_cb (gpointer user_data)
{
  prctl (PR_SET_PDEATHSIG, SIGTERM);
}

GSubprocess *
http_fixture_spawn (HttpFixture *server, const char *const *arguments)
{
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  g_autoptr (GSubprocessLauncher) launcher = NULL;
  g_autoptr (GError) error = NULL;
  GSubprocess *process;

  g_ptr_array_add (argv, (char *) g_getenv ("RECEPTION_PRACTICE"));
  g_ptr_array_add (argv, (char *) "--database");
  g_ptr_array_add (argv, server->database);
  for (guint i = 0; arguments[i] != NULL; i++)
    g_ptr_array_add (argv, (char *) arguments[i]);
  g_ptr_array_add (argv, NULL);
  launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_MERGE);
  g_subprocess_launcher_set_child_setup (launcher, on_child_started_cb, NULL, NULL);
  process = g_subprocess_launcher_spawnv (launcher, (const char *const *) argv->pdata, &error);
  g_assert_no_error (error);
  return process;
}

void
http_fixture_start (HttpFixture *server, gboolean port)
{
  const char *const on_socket[] = { "--socket", server->socket, NULL };
  const char *const on_port[] = { "--port", "0", NULL };
  g_autofree char *line = NULL;

  server->process = http_fixture_spawn (server, port ? on_port : on_socket);
  server->output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (server->process));
  line = http_fixture_read_line (server);
  if (port)
    {
      g_assert_true (g_str_has_prefix (line, "token "));
      server->token = g_strdup (line + strlen ("token "));
      g_free (line);
      line = http_fixture_read_line (server);
      g_assert_true (g_str_has_prefix (line, "listening on http://127.0.0.1:"));
      server->base = g_strdup (line + strlen ("listening on "));
      server->session = soup_session_new ();
    }
  else
    {
      g_autoptr (GSocketAddress) address = g_unix_socket_address_new (server->socket);

      g_assert_true (g_str_has_prefix (line, "listening on unix:"));
      g_free (server->base);
      server->base = g_strdup ("http://desk/fhir");
      g_clear_object (&server->session);
      server->session = soup_session_new_with_options ("remote-connectable", address, NULL);
    }
}

char *
http_fixture_stop (HttpFixture *server, int signal)
{
  GString *said = g_string_new (NULL);
  char *line;

  g_subprocess_send_signal (server->process, signal);
  g_assert_true (g_subprocess_wait (server->process, NULL, NULL));
  while ((line = http_fixture_read_line (server)) != NULL)
    {
      g_string_append (said, line);
      g_free (line);
    }
  g_clear_object (&server->output);
  return g_string_free (said, FALSE);
}

HttpFixture *
http_fixture_new (gboolean port)
{
  HttpFixture *server = g_new0 (HttpFixture, 1);

  server->folder = g_dir_make_tmp ("http-XXXXXX", NULL);
  server->database = g_build_filename (server->folder, "p.db", NULL);
  server->socket = g_build_filename (server->folder, "s", NULL);
  http_fixture_start (server, port);
  return server;
}

void
http_fixture_free (HttpFixture *server)
{
  static const char *const names[] = { "p.db", "p.db-wal", "p.db-shm", "p.db.lock", "s", "token" };

  if (server->output != NULL)
    {
      g_autofree char *said = http_fixture_stop (server, SIGTERM);

      g_assert_cmpint (g_subprocess_get_exit_status (server->process), ==, 0);
      g_assert_cmpstr (said, ==, "");
      g_assert_false (g_file_test (server->socket, G_FILE_TEST_EXISTS));
    }
  g_object_unref (server->process);
  g_clear_object (&server->session);
  g_clear_pointer (&server->headers, soup_message_headers_unref);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (server->folder, names[i], NULL);

      g_unlink (path);
    }
  g_assert_cmpint (g_rmdir (server->folder), ==, 0);
  g_free (server->body);
  g_free (server->base);
  g_free (server->token);
  g_free (server->folder);
  g_free (server->database);
  g_free (server->socket);
  g_free (server);
}

SoupMessage *
http_fixture_make_message (HttpFixture *server, const char *method, const char *path)
{
  g_autofree char *url = g_strconcat (server->base, path, NULL);
  SoupMessage *message = soup_message_new (method, url);

  g_assert_nonnull (message);
  if (server->token != NULL)
    {
      g_autofree char *value = g_strconcat ("Bearer ", server->token, NULL);

      soup_message_headers_append (soup_message_get_request_headers (message), "Authorization", value);
    }
  return message;
}

guint
http_fixture_send_message (HttpFixture *server, SoupMessage *message, const void *body, gsize length)
{
  g_autoptr (SoupMessage) owned = message;
  g_autoptr (GBytes) bytes = body != NULL ? g_bytes_new_static (body, length) : NULL;
  g_autoptr (GBytes) answer = NULL;
  g_autoptr (GError) error = NULL;

  if (bytes != NULL)
    soup_message_set_request_body_from_bytes (message, "application/fhir+json", bytes);
  answer = soup_session_send_and_read (server->session, message, NULL, &error);
  g_assert_no_error (error);
  g_free (server->body);
  server->body = g_strndup (g_bytes_get_data (answer, NULL) != NULL ? g_bytes_get_data (answer, NULL) : "",
                            g_bytes_get_size (answer));
  g_clear_pointer (&server->headers, soup_message_headers_unref);
  server->headers = soup_message_headers_ref (soup_message_get_response_headers (message));
  return soup_message_get_status (message);
}

guint
http_fixture_request (HttpFixture *server, const char *method, const char *path, const char *body)
{
  g_autofree char *quoted = body != NULL ? g_strdelimit (g_strdup (body), "'", '"') : NULL;

  return http_fixture_send_message (server, http_fixture_make_message (server, method, path), quoted, quoted != NULL ? strlen (quoted) : 0);
}

const char *
http_fixture_get_header (HttpFixture *server, const char *name)
{
  return soup_message_headers_get_one (server->headers, name);
}

