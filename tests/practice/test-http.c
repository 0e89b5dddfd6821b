/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "test-http"

/* The program itself, over its Unix socket and over a port: practice-http.c, practice-http-refusal.c and main.c. */

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/stat.h>

#include "http-fixture.h"

static void
test_socket (void)
{
  g_autoptr (HttpFixture) server = http_fixture_new (FALSE);
  g_autofree char *location = NULL;
  GStatBuf info;

  g_assert_cmpint (g_stat (server->socket, &info), ==, 0);
  g_assert_cmpuint (info.st_mode & 0777, ==, 0600);
  g_assert_cmpint (g_stat (server->database, &info), ==, 0);
  g_assert_cmpuint (info.st_mode & 0777, ==, 0600);

  g_assert_cmpuint (http_fixture_request (server, "POST", "/Patient", "{'resourceType':'Patient','name':[{'family':'" SECRET_NAME "'}]}"), ==, 201);
  g_assert_cmpstr (http_fixture_get_header (server, "ETag"), ==, "W/\"1\"");
  g_assert_nonnull (http_fixture_get_header (server, "Last-Modified"));
  g_assert_true (g_str_has_prefix (http_fixture_get_header (server, "Content-Type"), "application/fhir+json"));
  location = g_strdup (http_fixture_get_header (server, "Location"));
  g_assert_true (g_str_has_prefix (location, "http://desk/fhir/Patient/"));
  g_assert_cmpuint (http_fixture_request (server, "GET", location + strlen ("http://desk/fhir"), NULL), ==, 200);
  g_assert_cmpuint (http_fixture_request (server, "HEAD", location + strlen ("http://desk/fhir"), NULL), ==, 200);
  g_assert_cmpuint (http_fixture_request (server, "GET", "/Patient?name=zweif", NULL), ==, 200);
  g_assert_nonnull (strstr (server->body, SECRET_NAME));
  g_assert_nonnull (strstr (server->body, "\"url\":\"http://desk/fhir/Patient?name=zweif\""));
  g_assert_cmpuint (http_fixture_request (server, "GET", "/Appointment/%24find?start=2026&end=2027", NULL), ==, 200);
  g_assert_cmpuint (http_fixture_request (server, "GET", "/Patient/", NULL), ==, 200);
}

static void
test_port (void)
{
  g_autoptr (HttpFixture) server = http_fixture_new (TRUE);
  SoupMessage *message;
  g_autofree char *token = NULL;

  g_assert_cmpuint (http_fixture_request (server, "GET", "/metadata", NULL), ==, 200);
  g_assert_cmpstr (http_fixture_get_header (server, "Content-Type"), ==, "application/fhir+json; charset=utf-8");

  message = http_fixture_make_message (server, "GET", "/metadata");
  soup_message_headers_replace (soup_message_get_request_headers (message), "Host", "evil.example.org");
  g_assert_cmpuint (http_fixture_send_message (server, message, NULL, 0), ==, 403);

  token = g_steal_pointer (&server->token);
  g_assert_cmpuint (http_fixture_request (server, "GET", "/metadata", NULL), ==, 401);
  g_assert_true (g_str_has_prefix (http_fixture_get_header (server, "WWW-Authenticate"), "Bearer"));
  g_assert_cmpuint (http_fixture_request (server, "POST", "/Patient", "{'resourceType':'Patient'}"), ==, 401);
  server->token = g_strconcat (token, "x", NULL);
  g_assert_cmpuint (http_fixture_request (server, "GET", "/metadata", NULL), ==, 401);
  g_free (server->token);
  server->token = g_steal_pointer (&token);
  g_assert_cmpuint (http_fixture_request (server, "GET", "/Patient?_summary=count", NULL), ==, 200);
  g_assert_nonnull (strstr (server->body, "\"total\":0"));
}

static void
test_gzip (void)
{
  g_autoptr (HttpFixture) server = http_fixture_new (TRUE);
  SoupMessage *message = http_fixture_make_message (server, "GET", "/metadata");

  soup_session_remove_feature_by_type (server->session, SOUP_TYPE_CONTENT_DECODER);
  soup_message_headers_replace (soup_message_get_request_headers (message), "Accept-Encoding", "gzip");
  g_assert_cmpuint (http_fixture_send_message (server, message, NULL, 0), ==, 200);
  g_assert_cmpstr (http_fixture_get_header (server, "Content-Encoding"), ==, "gzip");
  g_assert_cmphex ((guchar) server->body[0], ==, 0x1f);
  g_assert_cmpint (soup_message_headers_get_content_length (server->headers), <, 200000);
  g_assert_cmpuint (http_fixture_request (server, "GET", "/metadata", NULL), ==, 200);
  g_assert_null (http_fixture_get_header (server, "Content-Encoding"));
}

static void
test_token_file (void)
{
  g_autoptr (HttpFixture) server = http_fixture_new (FALSE);
  g_autofree char *path = g_build_filename (server->folder, "token", NULL);
  const char *const good[] = { "--port", "0", "--token-file", path, NULL };
  g_autofree char *line = NULL;
  g_autofree char *said = http_fixture_stop (server, SIGTERM);

  g_object_unref (server->process);
  g_assert_true (g_file_set_contents (path, "0123456789abcdef0123\n", -1, NULL));
  server->process = http_fixture_spawn (server, good);
  server->output = g_data_input_stream_new (g_subprocess_get_stdout_pipe (server->process));
  line = http_fixture_read_line (server);
  /* A token from a file is not shown. */
  g_assert_true (g_str_has_prefix (line, "listening on http://127.0.0.1:"));
  g_free (server->base);
  server->base = g_strdup (line + strlen ("listening on "));
  server->token = g_strdup ("0123456789abcdef0123");
  g_clear_object (&server->session);
  server->session = soup_session_new ();
  g_assert_cmpuint (http_fixture_request (server, "GET", "/Patient", NULL), ==, 200);
}

/* The first line and headers of the answer to @head, which promises a body that does not follow. */
static char *
ask_without_body (HttpFixture *server, const char *head, GSocketConnection **connection)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GUri) uri = g_uri_parse (server->base, G_URI_FLAGS_NONE, NULL);
  g_autoptr (GError) error = NULL;
  char answer[4096];
  gssize n;

  g_socket_client_set_timeout (client, 10);
  *connection = g_socket_client_connect_to_host (client, "127.0.0.1", g_uri_get_port (uri), NULL, &error);
  g_assert_no_error (error);
  g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (*connection)), head, strlen (head), NULL, NULL, &error);
  g_assert_no_error (error);
  n = g_input_stream_read (g_io_stream_get_input_stream (G_IO_STREAM (*connection)), answer, sizeof answer - 1, NULL, &error);
  g_assert_no_error (error);
  return g_strndup (answer, n);
}

/* How much of a body the server lets come before it ends the connection. */
static gsize
push_body (GSocketConnection *connection)
{
  static const char zeros[65536];
  gsize pushed = 0;

  while (pushed < 100 * 1024 * 1024)
    {
      gssize n = g_output_stream_write (g_io_stream_get_output_stream (G_IO_STREAM (connection)), zeros, sizeof zeros, NULL, NULL);

      if (n <= 0)
        break;
      pushed += n;
    }
  return pushed;
}

/* Who has no token is told so before the body comes, and cannot send much of one. */
static void
test_refused_early (void)
{
  static const char *const heads[] = {
    "POST /fhir/Patient HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/fhir+json\r\nContent-Length: 104857600\r\n\r\n",
    "POST /fhir/Patient HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n6400000\r\n",
    "POST /fhir/Patient HTTP/1.1\r\nHost: evil.example.org\r\nContent-Length: 104857600\r\n\r\n",
    "POST /fhir/..%2fPatient HTTP/1.1\r\nHost: localhost\r\nContent-Length: 104857600\r\n\r\n",
  };
  static const char *const answers[] = { "HTTP/1.1 401 ", "HTTP/1.1 401 ", "HTTP/1.1 403 ", "HTTP/1.1 400 " };
  g_autoptr (HttpFixture) server = http_fixture_new (TRUE);

  for (guint i = 0; i < G_N_ELEMENTS (heads); i++)
    {
      g_autoptr (GSocketConnection) connection = NULL;
      g_autofree char *answer = ask_without_body (server, heads[i], &connection);

      g_assert_true (g_str_has_prefix (answer, answers[i]));
      g_assert_cmpint (strstr (answer, "WWW-Authenticate: Bearer") != NULL, ==, i < 2);
      g_assert_nonnull (strstr (answer, "Connection: close\r\n"));
      g_assert_nonnull (strstr (answer, "OperationOutcome"));
      g_assert_cmpuint (push_body (connection), <, 20 * 1024 * 1024);
    }
  g_assert_cmpuint (http_fixture_request (server, "GET", "/Patient?_summary=count", NULL), ==, 200);
  g_assert_nonnull (strstr (server->body, "\"total\":0"));
}

/* Who sends nothing more and does not read is not kept. */
static void
test_refused_and_silent (void)
{
  g_autoptr (HttpFixture) server = http_fixture_new (TRUE);
  g_autoptr (GSocketConnection) connection = NULL;
  g_autofree char *answer
      = ask_without_body (server, "PUT /fhir/Patient/a HTTP/1.1\r\nHost: localhost\r\nContent-Length: 10\r\n\r\n", &connection);
  gint64 start = g_get_monotonic_time ();
  gsize pushed = 0;

  g_assert_true (g_str_has_prefix (answer, "HTTP/1.1 401 "));
  /* After its patience the server resets what still comes. */
  while (g_get_monotonic_time () - start < 10 * G_USEC_PER_SEC
         && g_output_stream_write (g_io_stream_get_output_stream (G_IO_STREAM (connection)), "x", 1, NULL, NULL) == 1)
    {
      pushed++;
      g_usleep (G_USEC_PER_SEC / 10);
    }
  g_assert_cmpuint (pushed, <, 80);
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
    { "GET", "/Patient/..%2f", NULL, 400 },
    { "POST", "/Patient/..%2fPatient", "{'resourceType':'Patient'}", 400 },
    { "GET", "/Patient?_format=xml", NULL, 406 },
    { "GET", "/Patient?_format=application/fhir%2Bjson", NULL, 200 },
    { "PUT", "/Patient/a", "{'resourceType':'Patient','id':'b'}", 400 },
    { "FROB", "/Patient", NULL, 405 },
  };
  g_autoptr (HttpFixture) server = http_fixture_new (FALSE);
  g_autofree char *deep = make_deep (100000);
  SoupMessage *message;

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      guint status = http_fixture_request (server, cases[i].method, cases[i].path, cases[i].body);

      if (status != cases[i].status)
        g_error ("%s %s %s: %u %s", cases[i].method, cases[i].path, cases[i].body, status, server->body);
      if (status >= 400 && strstr (server->body, "OperationOutcome") == NULL)
        g_error ("%s %s: %u without a word", cases[i].method, cases[i].path, status);
    }
  g_assert_cmpuint (http_fixture_send_message (server, http_fixture_make_message (server, "POST", "/Basic"), deep, strlen (deep)), ==, 400);

  message = http_fixture_make_message (server, "GET", "/Patient");
  soup_message_headers_replace (soup_message_get_request_headers (message), "Accept", "application/fhir+xml");
  g_assert_cmpuint (http_fixture_send_message (server, message, NULL, 0), ==, 406);
  message = http_fixture_make_message (server, "POST", "/Patient");
  soup_message_headers_replace (soup_message_get_request_headers (message), "Content-Encoding", "gzip");
  g_assert_cmpuint (http_fixture_send_message (server, message, "x", 1), ==, 415);
  g_free (server->base);
  server->base = g_strdup ("http://desk");
  g_assert_cmpuint (http_fixture_request (server, "GET", "/elsewhere", NULL), ==, 404);
  g_assert_cmpuint (http_fixture_request (server, "GET", "/fhirx/Patient", NULL), ==, 404);
  g_assert_cmpuint (http_fixture_request (server, "GET", "/fhir/Patient?_summary=count", NULL), ==, 200);
  g_assert_nonnull (strstr (server->body, "\"total\":0"));
}

static void
test_arguments (void)
{
  static const char *const wrong[][4] = {
    { NULL }, { "--socket", NULL }, { "--socket", "/tmp/x", "--port", "1" }, { "--port", "99999", NULL },
    { "--socket", "/nonexistent/folder/x", NULL }, { "--port", "0", "--date", "tomorrow" },
  };
  g_autoptr (HttpFixture) server = http_fixture_new (FALSE);
  g_autofree char *said = http_fixture_stop (server, SIGTERM);

  for (guint i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      const char *const arguments[] = { wrong[i][0], wrong[i][1], wrong[i][2], wrong[i][3], NULL };
      g_autoptr (GSubprocess) process = http_fixture_spawn (server, arguments);

      g_assert_true (g_subprocess_wait (process, NULL, NULL));
      g_assert_cmpint (g_subprocess_get_exit_status (process), ==, 1);
    }
}

static void
write_patient (const char *path, const char *id)
{
  g_autofree char *text = g_strdup_printf ("{\"resourceType\":\"Patient\",\"id\":\"%s\"}", id);

  g_assert_true (g_file_set_contents (path, text, -1, NULL));
}

/* As "find -print0" gives them: names with a line end in them are names as well; the last NUL may be left out. */
static void
test_import_from_input (void)
{
  g_autoptr (HttpFixture) server = http_fixture_new (FALSE);
  g_autofree char *said = http_fixture_stop (server, SIGTERM);
  g_autofree char *first = g_build_filename (server->folder, "a\nb.json", NULL);
  g_autofree char *second = g_build_filename (server->folder, "c.json", NULL);
  g_autoptr (GString) paths = g_string_new (first);
  g_autoptr (GBytes) input = NULL;
  g_autoptr (GBytes) output = NULL;
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;

  write_patient (first, "a");
  write_patient (second, "c");
  g_string_append_c (paths, '\0');
  g_string_append (paths, second);
  input = g_bytes_new (paths->str, paths->len);
  process = g_subprocess_new (G_SUBPROCESS_FLAGS_STDIN_PIPE | G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error,
                              g_getenv ("RECEPTION_PRACTICE"), "--database", server->database, "--import", "-", NULL);
  g_assert_no_error (error);
  g_assert_true (g_subprocess_communicate (process, input, NULL, &output, NULL, &error));
  g_assert_cmpint (g_subprocess_get_exit_status (process), ==, 0);
  g_unlink (first);
  g_unlink (second);

  g_clear_object (&server->process);
  http_fixture_start (server, FALSE);
  g_assert_cmpuint (http_fixture_request (server, "GET", "/Patient/a", NULL), ==, 200);
  g_assert_cmpuint (http_fixture_request (server, "GET", "/Patient/c", NULL), ==, 200);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/practice/http/socket", test_socket);
  g_test_add_func ("/practice/http/port", test_port);
  g_test_add_func ("/practice/http/refused-early", test_refused_early);
  g_test_add_func ("/practice/http/refused-and-silent", test_refused_and_silent);
  g_test_add_func ("/practice/http/gzip", test_gzip);
  g_test_add_func ("/practice/http/token-file", test_token_file);
  g_test_add_func ("/practice/http/bad-input", test_bad_input);
  g_test_add_func ("/practice/http/arguments", test_arguments);
  g_test_add_func ("/practice/http/import-from-input", test_import_from_input);
  return g_test_run ();
}
