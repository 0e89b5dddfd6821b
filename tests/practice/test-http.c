/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-http"

/* The program itself, over its Unix socket and over a port: practice-http.c, practice-engine-pool.c and main.c. */

#include <gio/gio.h>
#include <gio/gunixsocketaddress.h>
#include <glib/gstdio.h>
#include <libsoup/soup.h>
#include <signal.h>
#include <string.h>
#include <sys/stat.h>

#include "practice/practice-http.h"

/* Must never be seen outside of the record. */
#define SECRET_NAME "Zweifelhofer"

typedef struct
{
  char *folder;
  char *database;
  char *socket;
  GSubprocess *process;
  GDataInputStream *output;
  char *base;      /* where to ask */
  char *token;     /* NULL on the socket */
  SoupSession *session;
  /* of the last answer */
  SoupMessageHeaders *headers;
  char *body;
} Server;

static char *
read_line (Server *server)
{
  return g_data_input_stream_read_line (server->output, NULL, NULL, NULL);
}

/* Starts the program; NULL-terminated further arguments. */
static GSubprocess *
spawn (Server *server, const char *const *arguments)
{
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;
  GSubprocess *process;

  g_ptr_array_add (argv, (char *) g_getenv ("RECEPTION_PRACTICE"));
  g_ptr_array_add (argv, (char *) "--database");
  g_ptr_array_add (argv, server->database);
  for (guint i = 0; arguments[i] != NULL; i++)
    g_ptr_array_add (argv, (char *) arguments[i]);
  g_ptr_array_add (argv, NULL);
  process = g_subprocess_newv ((const char *const *) argv->pdata,
                               G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_MERGE, &error);
  g_assert_no_error (error);
  return process;
}

static void
start (Server *server, gboolean port)
{
  const char *const on_socket[] = { "--socket", server->socket, NULL };
  const char *const on_port[] = { "--port", "0", NULL };
  g_autofree char *line = NULL;

  server->process = spawn (server, port ? on_port : on_socket);
  server->output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (server->process));
  line = read_line (server);
  if (port)
    {
      g_assert_true (g_str_has_prefix (line, "token "));
      server->token = g_strdup (line + strlen ("token "));
      g_free (line);
      line = read_line (server);
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

/* Ends it, and returns what else it said. */
static char *
stop (Server *server, int signal)
{
  GString *said = g_string_new (NULL);
  char *line;

  g_subprocess_send_signal (server->process, signal);
  g_assert_true (g_subprocess_wait (server->process, NULL, NULL));
  while ((line = read_line (server)) != NULL)
    {
      g_string_append (said, line);
      g_free (line);
    }
  g_clear_object (&server->output);
  return g_string_free (said, FALSE);
}

static Server *
server_new (gboolean port)
{
  Server *server = g_new0 (Server, 1);

  server->folder = g_dir_make_tmp ("http-XXXXXX", NULL);
  server->database = g_build_filename (server->folder, "p.db", NULL);
  server->socket = g_build_filename (server->folder, "s", NULL);
  start (server, port);
  return server;
}

static void
server_free (Server *server)
{
  static const char *const names[] = { "p.db", "p.db-wal", "p.db-shm", "p.db.lock", "s", "token" };

  if (server->output != NULL)
    {
      g_autofree char *said = stop (server, SIGTERM);

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

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Server, server_free)

static SoupMessage *
make_message (Server *server, const char *method, const char *path)
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

/* Takes @message. */
static guint
send_message (Server *server, SoupMessage *message, const void *body, gsize length)
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

static guint
request (Server *server, const char *method, const char *path, const char *body)
{
  g_autofree char *quoted = body != NULL ? g_strdelimit (g_strdup (body), "'", '"') : NULL;

  return send_message (server, make_message (server, method, path), quoted, quoted != NULL ? strlen (quoted) : 0);
}

static const char *
get_header (Server *server, const char *name)
{
  return soup_message_headers_get_one (server->headers, name);
}

static void
test_socket (void)
{
  g_autoptr (Server) server = server_new (FALSE);
  g_autofree char *location = NULL;
  GStatBuf info;

  g_assert_cmpint (g_stat (server->socket, &info), ==, 0);
  g_assert_cmpuint (info.st_mode & 0777, ==, 0600);
  g_assert_cmpint (g_stat (server->database, &info), ==, 0);
  g_assert_cmpuint (info.st_mode & 0777, ==, 0600);

  g_assert_cmpuint (request (server, "POST", "/Patient", "{'resourceType':'Patient','name':[{'family':'" SECRET_NAME "'}]}"), ==, 201);
  g_assert_cmpstr (get_header (server, "ETag"), ==, "W/\"1\"");
  g_assert_nonnull (get_header (server, "Last-Modified"));
  g_assert_true (g_str_has_prefix (get_header (server, "Content-Type"), "application/fhir+json"));
  location = g_strdup (get_header (server, "Location"));
  g_assert_true (g_str_has_prefix (location, "http://desk/fhir/Patient/"));
  g_assert_cmpuint (request (server, "GET", location + strlen ("http://desk/fhir"), NULL), ==, 200);
  g_assert_cmpuint (request (server, "HEAD", location + strlen ("http://desk/fhir"), NULL), ==, 200);
  g_assert_cmpuint (request (server, "GET", "/Patient?name=zweif", NULL), ==, 200);
  g_assert_nonnull (strstr (server->body, SECRET_NAME));
  g_assert_nonnull (strstr (server->body, "\"url\":\"http://desk/fhir/Patient?name=zweif\""));
  g_assert_cmpuint (request (server, "GET", "/Appointment/%24find?start=2026&end=2027", NULL), ==, 200);
  g_assert_cmpuint (request (server, "GET", "/Patient/", NULL), ==, 200);
}

static void
test_port (void)
{
  g_autoptr (Server) server = server_new (TRUE);
  SoupMessage *message;
  g_autofree char *token = NULL;

  g_assert_cmpuint (request (server, "GET", "/metadata", NULL), ==, 200);
  g_assert_cmpstr (get_header (server, "Content-Type"), ==, "application/fhir+json; charset=utf-8");

  message = make_message (server, "GET", "/metadata");
  soup_message_headers_replace (soup_message_get_request_headers (message), "Host", "evil.example.org");
  g_assert_cmpuint (send_message (server, message, NULL, 0), ==, 403);

  token = g_steal_pointer (&server->token);
  g_assert_cmpuint (request (server, "GET", "/metadata", NULL), ==, 401);
  g_assert_true (g_str_has_prefix (get_header (server, "WWW-Authenticate"), "Bearer"));
  g_assert_cmpuint (request (server, "POST", "/Patient", "{'resourceType':'Patient'}"), ==, 401);
  server->token = g_strconcat (token, "x", NULL);
  g_assert_cmpuint (request (server, "GET", "/metadata", NULL), ==, 401);
  g_free (server->token);
  server->token = g_steal_pointer (&token);
  g_assert_cmpuint (request (server, "GET", "/Patient?_summary=count", NULL), ==, 200);
  g_assert_nonnull (strstr (server->body, "\"total\":0"));
}

static void
test_gzip (void)
{
  g_autoptr (Server) server = server_new (TRUE);
  SoupMessage *message = make_message (server, "GET", "/metadata");

  soup_session_remove_feature_by_type (server->session, SOUP_TYPE_CONTENT_DECODER);
  soup_message_headers_replace (soup_message_get_request_headers (message), "Accept-Encoding", "gzip");
  g_assert_cmpuint (send_message (server, message, NULL, 0), ==, 200);
  g_assert_cmpstr (get_header (server, "Content-Encoding"), ==, "gzip");
  g_assert_cmphex ((guchar) server->body[0], ==, 0x1f);
  g_assert_cmpint (soup_message_headers_get_content_length (server->headers), <, 200000);
  g_assert_cmpuint (request (server, "GET", "/metadata", NULL), ==, 200);
  g_assert_null (get_header (server, "Content-Encoding"));
}

static void
test_token_file (void)
{
  g_autoptr (Server) server = server_new (FALSE);
  g_autofree char *path = g_build_filename (server->folder, "token", NULL);
  const char *const good[] = { "--port", "0", "--token-file", path, NULL };
  g_autofree char *line = NULL;
  g_autofree char *said = stop (server, SIGTERM);

  g_object_unref (server->process);
  g_assert_true (g_file_set_contents (path, "0123456789abcdef0123\n", -1, NULL));
  server->process = spawn (server, good);
  server->output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (server->process));
  line = read_line (server);
  /* A token from a file is not shown. */
  g_assert_true (g_str_has_prefix (line, "listening on http://127.0.0.1:"));
  g_free (server->base);
  server->base = g_strdup (line + strlen ("listening on "));
  server->token = g_strdup ("0123456789abcdef0123");
  g_clear_object (&server->session);
  server->session = soup_session_new ();
  g_assert_cmpuint (request (server, "GET", "/Patient", NULL), ==, 200);
}

/* @count times "[" and as many "]". */
static char *
make_deep (guint count)
{
  GString *text = g_string_new ("{\"resourceType\":\"Basic\",\"code\":");

  for (guint i = 0; i < count; i++)
    g_string_append_c (text, '[');
  for (guint i = 0; i < count; i++)
    g_string_append_c (text, ']');
  g_string_append_c (text, '}');
  return g_string_free (text, FALSE);
}

static void
test_bad_input (void)
{
  static const struct
  {
    const char *method, *path, *body;
    guint status;
  } cases[] = {
    { "POST", "/Patient", "{'resourceType':'Patient','name':[{'fam", 400 },
    { "POST", "/Patient", "{'resourceType':'Patient','name':[{'family':'\xff\xfe'}]}", 400 },
    { "POST", "/Patient", "{'resourceType':'Patient','birthDate':'0000-00-00'}", 400 },
    { "POST", "/Patient", "{'resourceType':'Patient','birthDate':'99999-01-01'}", 400 },
    { "POST", "/Patient", "{'resourceType':'Patient','active':'yes'}", 400 },
    { "POST", "/Patient", "{'resourceType':'Patient','id':'x','id':'y'}", 400 },
    { "POST", "/Patient", "null", 400 },
    { "POST", "/Patient", " ", 400 },
    { "GET", "/Patient?name=x%27%3B%20DROP%20TABLE%20resource%3B--", NULL, 200 },
    { "GET", "/Patient?_sort=name%29%3BDROP%20TABLE%20resource", NULL, 200 },
    { "GET", "/Patient?_page=AAAA", NULL, 400 },
    { "GET", "/Patient?_page=%2F%2F%2F%2F", NULL, 400 },
    { "GET", "/Patient?birthdate=%00", NULL, 400 },
    { "GET", "/Patient/..%2F..%2Fetc%2Fpasswd", NULL, 400 },
    { "GET", "/Patient?_format=xml", NULL, 406 },
    { "GET", "/Patient?_format=application/fhir%2Bjson", NULL, 200 },
    { "PUT", "/Patient/a", "{'resourceType':'Patient','id':'b'}", 400 },
    { "FROB", "/Patient", NULL, 405 },
  };
  g_autoptr (Server) server = server_new (FALSE);
  g_autofree char *deep = make_deep (100000);
  SoupMessage *message;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      guint status = request (server, cases[i].method, cases[i].path, cases[i].body);

      if (status != cases[i].status)
        g_error ("%s %s %s: %u %s", cases[i].method, cases[i].path, cases[i].body, status, server->body);
    }
  g_assert_cmpuint (send_message (server, make_message (server, "POST", "/Basic"), deep, strlen (deep)), ==, 400);

  message = make_message (server, "GET", "/Patient");
  soup_message_headers_replace (soup_message_get_request_headers (message), "Accept", "application/fhir+xml");
  g_assert_cmpuint (send_message (server, message, NULL, 0), ==, 406);
  message = make_message (server, "POST", "/Patient");
  soup_message_headers_replace (soup_message_get_request_headers (message), "Content-Encoding", "gzip");
  g_assert_cmpuint (send_message (server, message, "x", 1), ==, 415);
  g_free (server->base);
  server->base = g_strdup ("http://desk");
  g_assert_cmpuint (request (server, "GET", "/elsewhere", NULL), ==, 404);
  g_assert_cmpuint (request (server, "GET", "/fhirx/Patient", NULL), ==, 404);
  g_assert_cmpuint (request (server, "GET", "/fhir/Patient?_summary=count", NULL), ==, 200);
  g_assert_nonnull (strstr (server->body, "\"total\":0"));
}

/* What the server process holds at most, in KiB. */
static guint64
get_peak_memory (Server *server)
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
assert_grown_less (Server *server, guint64 before, guint64 kilobytes)
{
  if (g_getenv ("ASAN_OPTIONS") == NULL)
    g_assert_cmpuint (get_peak_memory (server) - before, <, kilobytes);
}

/* 100 MB are refused, told by their length or not, and are not kept. */
static void
test_large_body (void)
{
  const gsize length = 100 * 1000 * 1000;
  g_autoptr (Server) server = server_new (FALSE);
  g_autofree char *body = g_malloc0 (length);
  g_autoptr (GInputStream) stream = NULL;
  SoupMessage *message;
  guint64 before;

  g_assert_cmpuint (request (server, "GET", "/metadata", NULL), ==, 200);
  before = get_peak_memory (server);
  g_assert_cmpuint (send_message (server, make_message (server, "POST", "/Patient"), body, length), ==, 413);
  assert_grown_less (server, before, 16 * 1024);

  stream = g_memory_input_stream_new_from_data (body, length, NULL);
  message = make_message (server, "POST", "/Patient");
  soup_message_set_request_body (message, "application/fhir+json", stream, -1);
  g_assert_cmpuint (send_message (server, message, NULL, 0), ==, 413);
  assert_grown_less (server, before, 80 * 1024);
  g_assert_cmpuint (request (server, "GET", "/Patient", NULL), ==, 200);
}

static guint
count_descriptors (Server *server)
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
      g_autoptr (Server) server = server_new (port);
      SoupMessage *first = g_object_ref (make_message (server, "GET", "/Patient"));
      SoupMessage *second = g_object_ref (make_message (server, "GET", "/metadata"));

      g_assert_cmpuint (send_message (server, first, NULL, 0), ==, 200);
      g_assert_cmpuint (send_message (server, second, NULL, 0), ==, 200);
      g_assert_cmpuint (soup_message_get_connection_id (first), ==, soup_message_get_connection_id (second));
      g_object_unref (first);
      g_object_unref (second);
    }
}

/* Desks come and go all day: a connection that ended leaves nothing behind. */
static void
test_descriptors (void)
{
  g_autoptr (Server) server = server_new (FALSE);
  guint before;

  g_assert_cmpuint (request (server, "GET", "/Patient", NULL), ==, 200);
  before = count_descriptors (server);
  for (guint i = 0; i < 30; i++)
    {
      g_autoptr (GSocketAddress) address = g_unix_socket_address_new (server->socket);

      g_object_unref (server->session);
      server->session = soup_session_new_with_options ("remote-connectable", address, NULL);
      g_assert_cmpuint (request (server, "GET", "/Patient", NULL), ==, 200);
    }
  for (guint i = 0; i < 120 && count_descriptors (server) > before + 2; i++)
    g_usleep (G_USEC_PER_SEC / 10);
  g_assert_cmpuint (count_descriptors (server), <=, before + 2);
}

static void
test_one_server (void)
{
  g_autoptr (Server) server = server_new (FALSE);
  g_autofree char *other = g_build_filename (server->folder, "other", NULL);
  const char *const arguments[] = { "--socket", other, NULL };
  g_autoptr (GSubprocess) second = spawn (server, arguments);

  g_assert_true (g_subprocess_wait (second, NULL, NULL));
  g_assert_cmpint (g_subprocess_get_exit_status (second), ==, 1);
  g_assert_false (g_file_test (other, G_FILE_TEST_EXISTS));
  g_assert_cmpuint (request (server, "GET", "/Patient", NULL), ==, 200);
}

/* Killed in the middle of it, again and again: what was acknowledged is there, the socket it left is no obstacle. */
static void
test_kill (void)
{
  g_autoptr (Server) server = server_new (FALSE);
  guint acknowledged = 0;

  for (guint round = 0; round < 3; round++)
    {
      g_autofree char *total = NULL;
      g_autofree char *said = NULL;

      for (guint i = 0; i < 20; i++)
        acknowledged += request (server, "POST", "/Patient", "{'resourceType':'Patient','name':[{'family':'" SECRET_NAME "'}]}") == 201;
      said = stop (server, SIGKILL);
      g_assert_cmpstr (said, ==, "");
      g_clear_object (&server->process);
      start (server, FALSE);
      total = g_strdup_printf ("\"total\":%u,", acknowledged);
      g_assert_cmpuint (request (server, "GET", "/Patient?name=" SECRET_NAME "&_count=0", NULL), ==, 200);
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
  g_autoptr (Server) server = server_new (FALSE);
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  g_autoptr (GSocketAddress) address = g_unix_socket_address_new (server->socket);
  g_autoptr (SoupSession) session = soup_session_new_with_options ("remote-connectable", address, "max-conns", 16,
                                                                   "max-conns-per-host", 16, NULL);
  static const char body[] = "{\"resourceType\":\"Patient\",\"identifier\":[{\"value\":\"only\"}]}";
  Crowd crowd = { loop, 100, 0 };

  for (guint i = 0; i < crowd.pending; i++)
    {
      g_autoptr (SoupMessage) message = make_message (server, "POST", "/Patient");
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
      g_autoptr (SoupMessage) message = make_message (server, "POST", "/Practitioner");
      static const char practitioner[] = "{\"resourceType\":\"Practitioner\",\"identifier\":[{\"value\":\"one\"}]}";
      g_autoptr (GBytes) bytes = g_bytes_new_static (practitioner, strlen (practitioner));

      soup_message_set_request_body_from_bytes (message, "application/fhir+json", bytes);
      soup_message_headers_append (soup_message_get_request_headers (message), "If-None-Exist", "identifier=one");
      soup_session_send_and_read_async (session, message, G_PRIORITY_DEFAULT, NULL, on_created_cb, &crowd);
    }
  g_main_loop_run (loop);
  g_assert_cmpuint (crowd.created, ==, 1);
}

static void
test_arguments (void)
{
  static const char *const wrong[][4] = {
    { NULL }, { "--socket", NULL }, { "--socket", "/tmp/x", "--port", "1" }, { "--port", "99999", NULL },
    { "--socket", "/nonexistent/folder/x", NULL }, { "--port", "0", "--date", "tomorrow" },
  };
  g_autoptr (Server) server = server_new (FALSE);
  g_autofree char *said = stop (server, SIGTERM);

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      const char *const arguments[] = { wrong[i][0], wrong[i][1], wrong[i][2], wrong[i][3], NULL };
      g_autoptr (GSubprocess) process = spawn (server, arguments);

      g_assert_true (g_subprocess_wait (process, NULL, NULL));
      g_assert_cmpint (g_subprocess_get_exit_status (process), ==, 1);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/practice/http/socket", test_socket);
  g_test_add_func ("/practice/http/port", test_port);
  g_test_add_func ("/practice/http/gzip", test_gzip);
  g_test_add_func ("/practice/http/token-file", test_token_file);
  g_test_add_func ("/practice/http/bad-input", test_bad_input);
  g_test_add_func ("/practice/http/large-body", test_large_body);
  g_test_add_func ("/practice/http/descriptors", test_descriptors);
  g_test_add_func ("/practice/http/keep-alive", test_keep_alive);
  g_test_add_func ("/practice/http/one-server", test_one_server);
  g_test_add_func ("/practice/http/kill", test_kill);
  g_test_add_func ("/practice/http/crowd", test_crowd);
  g_test_add_func ("/practice/http/arguments", test_arguments);
  return g_test_run ();
}
