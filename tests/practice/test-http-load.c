/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-http-load"

/* The program under what a day brings: large bodies, many desks, kill -9. practice-http.c, practice-engine-pool.c. */

#include <gio/gunixsocketaddress.h>
#include <signal.h>
#include <string.h>

#include "http-fixture.h"

/* What the server process holds at most, in KiB. */
static guint64
get_peak_memory (HttpFixture *server)
{
  g_autofree char *path = g_strdup_printf ("/proc/%s/status", g_subprocess_get_identifier (server->process));
  g_autofree char *text = NULL;
  const char *line;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  line = strstr (text, "VmHWM:");
  return g_ascii_strtoull (line + strlen ("VmHWM:") + strspn (line + strlen ("VmHWM:"), " \t"), NULL, 10);
}

/* A sanitizer keeps what was freed for a while, so there the peak says nothing. */
static void
assert_grown_less (HttpFixture *server, guint64 before, guint64 kilobytes)
{
  if (g_getenv ("ASAN_OPTIONS") == NULL)
    g_assert_cmpuint (get_peak_memory (server), <, before + kilobytes); /* what the kernel tells may also be a little less than before */
}

/* 100 MB are refused, told by their length or not, and are not kept. */
static void
test_large_body (void)
{
  const gsize length = 100 * 1000 * 1000;
  g_autoptr (HttpFixture) server = http_fixture_new (FALSE);
  g_autofree char *body = g_malloc0 (length);
  g_autoptr (GInputStream) stream = NULL;
  SoupMessage *message;
  guint64 before;

  g_assert_cmpuint (http_fixture_request (server, "GET", "/metadata", NULL), ==, 200);
  before = get_peak_memory (server);
  g_assert_cmpuint (http_fixture_send_message (server, http_fixture_make_message (server, "POST", "/Patient"), body, length), ==, 413);
  assert_grown_less (server, before, 16 * 1024);

  stream = g_memory_input_stream_new_from_data (body, length, NULL);
  message = http_fixture_make_message (server, "POST", "/Patient");
  soup_message_set_request_body (message, "application/fhir+json", stream, -1);
  g_assert_cmpuint (http_fixture_send_message (server, message, NULL, 0), ==, 413);
  assert_grown_less (server, before, 80 * 1024);
  g_assert_cmpuint (http_fixture_request (server, "GET", "/Patient", NULL), ==, 200);
}

static guint
count_descriptors (HttpFixture *server)
{
  g_autofree char *path = g_strdup_printf ("/proc/%s/fd", g_subprocess_get_identifier (server->process));
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  guint count = 0;

  while (g_dir_read_name (folder) != NULL)
    count++;
  return count;
}

/* One connection serves one request after the other. */
static void
test_keep_alive (void)
{
  for (int port = 0; port < 2; port++)
    {
      g_autoptr (HttpFixture) server = http_fixture_new (port);
      SoupMessage *first = g_object_ref (http_fixture_make_message (server, "GET", "/Patient"));
      SoupMessage *second = g_object_ref (http_fixture_make_message (server, "GET", "/metadata"));

      g_assert_cmpuint (http_fixture_send_message (server, first, NULL, 0), ==, 200);
      g_assert_cmpuint (http_fixture_send_message (server, second, NULL, 0), ==, 200);
      g_assert_cmpuint (soup_message_get_connection_id (first), ==, soup_message_get_connection_id (second));
      g_object_unref (first);
      g_object_unref (second);
    }
}

/* Desks come and go all day: a connection that ended leaves nothing behind. */
static void
test_descriptors (void)
{
  g_autoptr (HttpFixture) server = http_fixture_new (FALSE);
  guint before;

  g_assert_cmpuint (http_fixture_request (server, "GET", "/Patient", NULL), ==, 200);
  before = count_descriptors (server);
  for (guint i = 0; i < 30; i++)
    {
      g_autoptr (GSocketAddress) address = g_unix_socket_address_new (server->socket);

      g_object_unref (server->session);
      server->session = soup_session_new_with_options ("remote-connectable", address, NULL);
      g_assert_cmpuint (http_fixture_request (server, "GET", "/Patient", NULL), ==, 200);
    }
  for (guint i = 0; i < 120 && count_descriptors (server) > before + 2; i++)
    g_usleep (G_USEC_PER_SEC / 10);
  g_assert_cmpuint (count_descriptors (server), <=, before + 2);
}

static void
test_one_server (void)
{
  g_autoptr (HttpFixture) server = http_fixture_new (FALSE);
  g_autofree char *other = g_build_filename (server->folder, "other", NULL);
  const char *const arguments[] = { "--socket", other, NULL };
  g_autoptr (GSubprocess) second = http_fixture_spawn (server, arguments);

  g_assert_true (g_subprocess_wait (second, NULL, NULL));
  g_assert_cmpint (g_subprocess_get_exit_status (second), ==, 1);
  g_assert_false (g_file_test (other, G_FILE_TEST_EXISTS));
  g_assert_cmpuint (http_fixture_request (server, "GET", "/Patient", NULL), ==, 200);
}

/* Killed in the middle of it, again and again: what was acknowledged is there, the socket it left is no obstacle. */
static void
test_kill (void)
{
  g_autoptr (HttpFixture) server = http_fixture_new (FALSE);
  guint acknowledged = 0;

  for (guint round = 0; round < 3; round++)
    {
      g_autofree char *total = NULL;
      g_autofree char *said = NULL;

      for (guint i = 0; i < 20; i++)
        acknowledged += http_fixture_request (server, "POST", "/Patient", "{'resourceType':'Patient','name':[{'family':'" SECRET_NAME "'}]}") == 201;
      said = http_fixture_stop (server, SIGKILL);
      g_assert_cmpstr (said, ==, "");
      g_clear_object (&server->process);
      http_fixture_start (server, FALSE);
      total = g_strdup_printf ("\"total\":%u,", acknowledged);
      g_assert_cmpuint (http_fixture_request (server, "GET", "/Patient?name=" SECRET_NAME "&_count=0", NULL), ==, 200);
      g_assert_nonnull (strstr (server->body, total));
    }
  g_assert_cmpuint (acknowledged, ==, 60);
}

typedef struct
{
  GMainLoop *loop;
  guint pending;
  guint created;
} Crowd;

static void
on_created_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Crowd *crowd = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) answer = soup_session_send_and_read_finish (SOUP_SESSION (source), result, &error);
  SoupMessage *message = soup_session_get_async_result_message (SOUP_SESSION (source), result);

  g_assert_no_error (error);
  crowd->created += soup_message_get_status (message) == 201;
  if (--crowd->pending == 0)
    g_main_loop_quit (crowd->loop);
}

/* Writes that come together share a commit; each gets its own answer, and of those with one condition one creates. */
static void
test_crowd (void)
{
  g_autoptr (HttpFixture) server = http_fixture_new (FALSE);
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (GSocketAddress) address = g_unix_socket_address_new (server->socket);
  g_autoptr (SoupSession) session = soup_session_new_with_options ("remote-connectable", address, "max-conns", 16,
                                                                   "max-conns-per-host", 16, NULL);
  static const char body[] = "{\"resourceType\":\"Patient\",\"identifier\":[{\"value\":\"only\"}]}";
  Crowd crowd = { loop, 100, 0 };

  for (guint i = 0; i < crowd.pending; i++)
    {
      g_autoptr (SoupMessage) message = http_fixture_make_message (server, "POST", "/Patient");
      g_autoptr (GBytes) bytes = g_bytes_new_static (body, strlen (body));

      soup_message_set_request_body_from_bytes (message, "application/fhir+json", bytes);
      if (i % 2 == 0)
        soup_message_headers_append (soup_message_get_request_headers (message), "If-None-Exist", "identifier=only&active:missing=false");
      soup_session_send_and_read_async (session, message, G_PRIORITY_DEFAULT, NULL, on_created_cb, &crowd);
    }
  g_main_loop_run (loop);
  g_assert_cmpuint (crowd.created, ==, 100);

  crowd = (Crowd){ loop, 50, 0 };
  for (guint i = 0; i < 50; i++)
    {
      g_autoptr (SoupMessage) message = http_fixture_make_message (server, "POST", "/Practitioner");
      static const char practitioner[] = "{\"resourceType\":\"Practitioner\",\"identifier\":[{\"value\":\"one\"}]}";
      g_autoptr (GBytes) bytes = g_bytes_new_static (practitioner, strlen (practitioner));

      soup_message_set_request_body_from_bytes (message, "application/fhir+json", bytes);
      soup_message_headers_append (soup_message_get_request_headers (message), "If-None-Exist", "identifier=one");
      soup_session_send_and_read_async (session, message, G_PRIORITY_DEFAULT, NULL, on_created_cb, &crowd);
    }
  g_main_loop_run (loop);
  g_assert_cmpuint (crowd.created, ==, 1);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/practice/http-load/large-body", test_large_body);
  g_test_add_func ("/practice/http-load/descriptors", test_descriptors);
  g_test_add_func ("/practice/http-load/keep-alive", test_keep_alive);
  g_test_add_func ("/practice/http-load/one-server", test_one_server);
  g_test_add_func ("/practice/http-load/kill", test_kill);
  g_test_add_func ("/practice/http-load/crowd", test_crowd);
  return g_test_run ();
}
