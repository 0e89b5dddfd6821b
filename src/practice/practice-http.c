/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "practice-http"

#include "practice-http.h"

#include <gio/gunixsocketaddress.h>
#include <glib/gstdio.h>
#include <libsoup/soup.h>
#include <string.h>
#include <sys/stat.h>

#include "practice-auth.h"
#include "practice-http-refusal.h"
#include "practice-http-sweeper.h"
#include "practice-http-waits.h"

#define BASE_PATH "/fhir"
#define CONTENT_TYPE "application/fhir+json; charset=utf-8"

/* Smaller answers are not worth the work of packing them. */
#define MIN_GZIP 8192

/* Connections of a busy moment; more than any clinic has desks. */
#define LISTEN_BACKLOG 512

struct _PracticeHttp
{
  SoupServer *server;
  GSocketService *service;
  PracticeSweeper *sweeper;
  PracticeWaits *waits;
  PracticePool *pool; /* borrowed */
  char *token;        /* NULL on a Unix socket, whose file mode is the guard */
  char *address;
  char *socket_path;
};

/* A message while its job runs. */
typedef struct
{
  PracticeHttp *http;
  SoupServerMessage *message;
  char *base_url;
  PracticeJob *waiting; /* the job, while it waits for something to be written */
  char *etag;           /* of the record, when the client may wait for the next */
  gboolean is_over;     /* the client did not wait */
} Exchange;

static void on_message_finished_cb (SoupServerMessage *message, gpointer user_data);

static void
exchange_free (Exchange *exchange)
{
  g_signal_handlers_disconnect_by_func (exchange->message, on_message_finished_cb, exchange);
  g_clear_pointer (&exchange->waiting, practice_job_free);
  g_object_unref (exchange->message);
  g_free (exchange->base_url);
  g_free (exchange->etag);
  g_free (exchange);
}

static char *
make_error (guint status, const char *code, const char *text, gsize *length)
{
  g_autoptr (PracticeOutcome) outcome = practice_outcome_new ();
  g_autoptr (PracticeJson) json = NULL;

  practice_outcome_error (outcome, status, code, NULL, "%s", text);
  json = practice_outcome_to_json (outcome);
  return practice_json_print (json, length);
}

static void
respond_error (SoupServerMessage *message, guint status, const char *code, const char *text)
{
  gsize length = 0;
  char *body = make_error (status, code, text, &length);

  soup_server_message_set_status (message, status, NULL);
  soup_server_message_set_response (message, CONTENT_TYPE, SOUP_MEMORY_TAKE, body, length);
}

/* What the rest of a refused body would do to memory: nothing. */
static void
stop_reading (SoupServerMessage *message)
{
  soup_message_body_set_accumulate (soup_server_message_get_request_body (message), FALSE);
  soup_message_headers_replace (soup_server_message_get_response_headers (message), "Connection", "close");
}

static void
on_got_chunk_cb (SoupServerMessage *message, GBytes *chunk, gpointer user_data)
{
  gsize *received = g_object_get_data (G_OBJECT (message), "practice-received");

  *received += g_bytes_get_size (chunk);
  if (*received > PRACTICE_HTTP_MAX_BODY && soup_server_message_get_status (message) == 0)
    {
      respond_error (message, 413, "too-long", "The body is larger than this server takes");
      stop_reading (message);
      soup_message_body_truncate (soup_server_message_get_request_body (message));
    }
}

/* Who may not ask is told so before anything else is read. */
static void
refuse (SoupServerMessage *message, guint status, const char *code, const char *challenge, const char *text)
{
  if (practice_refusal_has_body (message))
    {
      g_autofree char *json = make_error (status, code, text, &(gsize){ 0 });

      practice_refusal_send (message, status, challenge, json);
      return;
    }

  respond_error (message, status, code, text);
  if (challenge != NULL)
    soup_message_headers_replace (soup_server_message_get_response_headers (message), "WWW-Authenticate", challenge);
  stop_reading (message);
}

/* Guards that need no body: token, host, length. */
static void
on_headers_received_cb (SoupServer *server, SoupServerMessage *message, const char *path, GHashTable *query,
                        gpointer user_data)
{
  PracticeHttp *http = user_data;
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  const char *host = soup_message_headers_get_one (headers, "Host");

  if (http->token != NULL && !practice_auth_host_is_loopback (host))
    {
      refuse (message, 403, "forbidden", NULL, "This server is asked by the names of the loopback only");
    }
  else if (http->token != NULL
           && !practice_auth_check (soup_message_headers_get_one (headers, "Authorization"), http->token))
    {
      refuse (message, 401, "login", "Bearer realm=\"reception-practice\"", "A bearer token is needed");
    }
  else if (soup_message_headers_get_encoding (headers) == SOUP_ENCODING_CONTENT_LENGTH
           && soup_message_headers_get_content_length (headers) > PRACTICE_HTTP_MAX_BODY)
    {
      respond_error (message, 413, "too-long", "The body is larger than this server takes");
      stop_reading (message);
    }
  else
    {
      g_object_set_data_full (G_OBJECT (message), "practice-received", g_new0 (gsize, 1), g_free);
      g_signal_connect (message, "got-chunk", G_CALLBACK (on_got_chunk_cb), NULL);
    }
}

/* What libsoup refuses itself, such as a path that leads up, it refuses without a word. */
static void
on_headers_handled_cb (SoupServerMessage *message, gpointer user_data)
{
  guint status = soup_server_message_get_status (message);

  if (status >= 400 && soup_server_message_get_response_body (message)->length == 0)
    refuse (message, status, "value", NULL, "That is no path that could be asked for");
}

static void
on_request_started_cb (SoupServer *server, SoupServerMessage *message, gpointer user_data)
{
  g_signal_connect_after (message, "got-headers", G_CALLBACK (on_headers_handled_cb), NULL);
}

/* (nullable): @plain packed, when that is asked for and worth it. */
static GBytes *
compress (const PracticeHttp *http, SoupServerMessage *message, const char *plain, gsize length)
{
  const char *accepted = soup_message_headers_get_list (soup_server_message_get_request_headers (message),
                                                        "Accept-Encoding");
  g_autoptr (GZlibCompressor) compressor = NULL;
  g_autoptr (GOutputStream) memory = NULL;
  g_autoptr (GOutputStream) stream = NULL;

  if (http->token == NULL || length < MIN_GZIP || accepted == NULL
      || !soup_header_contains (accepted, "gzip"))
    return NULL;

  compressor = g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_GZIP, 5);
  memory = g_memory_output_stream_new_resizable ();
  stream = g_converter_output_stream_new (memory, G_CONVERTER (compressor));
  if (!g_output_stream_write_all (stream, plain, length, NULL, NULL, NULL)
      || !g_output_stream_close (stream, NULL, NULL))
    return NULL;

  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (memory));
}

static void
set_body (const PracticeHttp *http, SoupServerMessage *message, PracticeResponse *response)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);
  g_autoptr (GBytes) packed = compress (http, message, response->body, response->body_length);

  soup_message_headers_set_content_type (headers, "application/fhir+json; charset=utf-8", NULL);
  if (packed != NULL)
    {
      soup_message_headers_replace (headers, "Content-Encoding", "gzip");
      soup_message_body_append_bytes (soup_server_message_get_response_body (message), packed);
    }
  else
    {
      soup_message_body_append_take (soup_server_message_get_response_body (message),
                                     (guchar *) g_steal_pointer (&response->body), response->body_length);
    }
}

static void
on_message_finished_cb (SoupServerMessage *message, gpointer user_data)
{
  Exchange *exchange = user_data;

  exchange->is_over = TRUE;
  if (exchange->waiting != NULL)
    {
      practice_waits_remove (exchange->http->waits, exchange);
      exchange_free (exchange);
    }
}

/* Nobody has to ask again before something has changed. */
static void
set_etag (Exchange *exchange)
{
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (exchange->message);

  soup_message_headers_replace (headers, "ETag", exchange->etag);
  soup_message_headers_replace (headers, "Preference-Applied", "wait");
}

static void
on_job_done_cb (PracticeJob *job, gpointer user_data)
{
  Exchange *exchange = user_data;
  SoupServerMessage *message = exchange->message;
  SoupMessageHeaders *headers = soup_server_message_get_response_headers (message);
  PracticeResponse *response = &job->response;

  soup_server_message_set_status (message, response->status, NULL);
  soup_message_headers_replace (headers, "Cache-Control", "no-store");
  if (response->etag != NULL)
    soup_message_headers_replace (headers, "ETag", response->etag);
  if (response->last_modified != 0)
    {
      g_autoptr (GDateTime) moment = g_date_time_new_from_unix_utc (response->last_modified / G_USEC_PER_SEC);
      g_autofree char *date = soup_date_time_to_string (moment, SOUP_DATE_HTTP);

      soup_message_headers_replace (headers, "Last-Modified", date);
    }
  if (response->location != NULL)
    {
      g_autofree char *location = g_strconcat (exchange->base_url, "/", response->location, NULL);

      soup_message_headers_replace (headers, "Location", location);
    }
  if (response->body != NULL)
    set_body (exchange->http, message, response);
  if (exchange->etag != NULL && response->status == 200)
    set_etag (exchange);
  if (!practice_request_is_read_only (&job->request) && response->status < 300)
    practice_waits_change (exchange->http->waits);

  /* A connection that went away has nobody to answer. */
  if (!exchange->is_over)
    soup_server_message_unpause (message);
  exchange_free (exchange);
}

/* application/fhir+json is all there is to get. */
static gboolean
accepts_json (const char *accept)
{
  return accept == NULL || strstr (accept, "json") != NULL || strstr (accept, "*/*") != NULL
         || strstr (accept, "application/*") != NULL;
}

/* "?_format=xml" says what Accept says, for those who cannot set headers. */
static gboolean
wants_other_format (const char *query)
{
  const char *format = query != NULL ? strstr (query, "_format=") : NULL;

  if (format == NULL || (format != query && format[-1] != '&'))
    return FALSE;
  format += strlen ("_format=");
  return g_strstr_len (format, strcspn (format, "&"), "json") == NULL;
}

/* (nullable): what is behind the base path, decoded; NULL when the URL is outside of it or not UTF-8. */
static char *
get_fhir_path (const char *path)
{
  g_autofree char *decoded = NULL;
  gsize length;

  if (!g_str_has_prefix (path, BASE_PATH) || (path[strlen (BASE_PATH)] != '/' && path[strlen (BASE_PATH)] != '\0'))
    return NULL;

  path += strlen (BASE_PATH);
  decoded = g_uri_unescape_string (*path == '/' ? path + 1 : path, NULL);
  if (decoded == NULL || !g_utf8_validate (decoded, -1, NULL))
    return NULL;
  length = strlen (decoded);
  if (length > 0 && decoded[length - 1] == '/')
    decoded[length - 1] = '\0';
  return g_steal_pointer (&decoded);
}

static PracticeJob *
make_job (SoupServerMessage *message, const char *fhir_path, const char *base_url)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  g_autoptr (GBytes) body = soup_message_body_flatten (soup_server_message_get_request_body (message));
  PracticeJob *job = practice_job_new (soup_server_message_get_method (message), fhir_path,
                                       g_uri_get_query (soup_server_message_get_uri (message)), body);

  job->request.content_type = g_strdup (soup_message_headers_get_one (headers, "Content-Type"));
  job->request.if_match = g_strdup (soup_message_headers_get_list (headers, "If-Match"));
  job->request.if_none_match = g_strdup (soup_message_headers_get_list (headers, "If-None-Match"));
  job->request.if_modified_since = g_strdup (soup_message_headers_get_one (headers, "If-Modified-Since"));
  job->request.if_none_exist = g_strdup (soup_message_headers_get_one (headers, "If-None-Exist"));
  job->request.prefer = g_strdup (soup_message_headers_get_list (headers, "Prefer"));
  job->request.base_url = g_strdup (base_url);
  return job;
}

/* What is written from here on is told by the next answer. */
static void
submit_waiting (gpointer user_data)
{
  Exchange *exchange = user_data;

  g_free (exchange->etag);
  exchange->etag = practice_waits_dup_etag (exchange->http->waits);
  practice_pool_submit (exchange->http->pool, g_steal_pointer (&exchange->waiting));
}

/* The history of all the record may be answered later, see PracticeWaits. */
static void
submit (Exchange *exchange, PracticeJob *job)
{
  PracticeWaits *waits = exchange->http->waits;
  guint seconds = g_str_equal (job->request.path, "_history") ? practice_waits_get_seconds (job->request.prefer) : 0;

  if (seconds == 0)
    {
      practice_pool_submit (exchange->http->pool, job);
      return;
    }

  exchange->waiting = job;
  if (!practice_waits_add (waits, job->request.if_none_match, seconds, submit_waiting, exchange, (GDestroyNotify) exchange_free))
    submit_waiting (exchange);
}

static void
on_request_received_cb (SoupServer *server, SoupServerMessage *message, const char *path, GHashTable *query,
                        gpointer user_data)
{
  PracticeHttp *http = user_data;
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  GUri *uri = soup_server_message_get_uri (message);
  const char *host = soup_message_headers_get_one (headers, "Host");
  const char *encoding = soup_message_headers_get_one (headers, "Content-Encoding");
  g_autofree char *fhir_path = get_fhir_path (g_uri_get_path (uri));
  Exchange *exchange;
  PracticeJob *job;

  if (fhir_path == NULL)
    {
      respond_error (message, 404, "not-found", "The base path is " BASE_PATH);
      return;
    }
  if (!accepts_json (soup_message_headers_get_list (headers, "Accept")) || wants_other_format (g_uri_get_query (uri)))
    {
      respond_error (message, 406, "not-supported", "This server speaks JSON (application/fhir+json)");
      return;
    }
  if (encoding != NULL && g_ascii_strcasecmp (encoding, "identity") != 0)
    {
      respond_error (message, 415, "not-supported", "This server takes bodies as they are, not packed");
      return;
    }

  exchange = g_new0 (Exchange, 1);
  exchange->http = http;
  exchange->message = g_object_ref (message);
  g_signal_connect (message, "finished", G_CALLBACK (on_message_finished_cb), exchange);
  g_signal_connect (message, "disconnected", G_CALLBACK (on_message_finished_cb), exchange);
  exchange->base_url = g_strconcat ("http://", practice_auth_host_is_plain (host) ? host : "localhost", BASE_PATH, NULL);
  job = make_job (message, fhir_path, exchange->base_url);
  job->func = on_job_done_cb;
  job->user_data = exchange;
  soup_server_message_pause (message);
  submit (exchange, job);
}

static gboolean
on_connection_received_cb (GSocketService *service, GSocketConnection *connection, GObject *source, gpointer user_data)
{
  PracticeHttp *http = user_data;
  g_autoptr (GSocketAddress) local = g_socket_connection_get_local_address (connection, NULL);
  g_autoptr (GSocketAddress) remote = g_socket_connection_get_remote_address (connection, NULL);
  g_autoptr (GError) error = NULL;

  practice_sweeper_watch (http->sweeper, g_socket_connection_get_socket (connection));
  if (!soup_server_accept_iostream (http->server, G_IO_STREAM (connection), local, remote, &error))
    g_message ("A connection could not be taken: %s", error->message);
  return TRUE;
}

PracticeHttp *
practice_http_new (PracticePool *pool)
{
  PracticeHttp *http = g_new0 (PracticeHttp, 1);

  http->pool = pool;
  http->server = soup_server_new ("server-header", "reception-practice", NULL);
  g_signal_connect (http->server, "request-started", G_CALLBACK (on_request_started_cb), NULL);
  soup_server_add_early_handler (http->server, NULL, on_headers_received_cb, http, NULL);
  soup_server_add_handler (http->server, NULL, on_request_received_cb, http, NULL);
  http->sweeper = practice_sweeper_new ();
  http->waits = practice_waits_new ();
  http->service = g_socket_service_new ();
  g_signal_connect (http->service, "incoming", G_CALLBACK (on_connection_received_cb), http);
  return http;
}

void
practice_http_free (PracticeHttp *http)
{
  if (http->socket_path != NULL)
    g_unlink (http->socket_path);
  g_socket_service_stop (http->service);
  g_socket_listener_close (G_SOCKET_LISTENER (http->service));
  g_object_unref (http->service);
  practice_sweeper_free (http->sweeper);
  practice_waits_free (http->waits);
  soup_server_disconnect (http->server);
  g_object_unref (http->server);
  if (http->token != NULL)
    explicit_bzero (http->token, strlen (http->token));
  g_free (http->token);
  g_free (http->address);
  g_free (http->socket_path);
  g_free (http);
}

/* A socket file that nobody answers at was left by a server that died. */
static gboolean
remove_stale_socket (const char *path, GSocketAddress *address, GError **error)
{
  g_autoptr (GSocket) probe = NULL;
  GStatBuf info;

  if (g_lstat (path, &info) != 0)
    return TRUE;
  if (!S_ISSOCK (info.st_mode))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_EXISTS, "%s is there and is not a socket", path);
      return FALSE;
    }

  probe = g_socket_new (G_SOCKET_FAMILY_UNIX, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_DEFAULT, error);
  if (probe == NULL)
    return FALSE;
  if (g_socket_connect (probe, address, NULL, NULL))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_ADDRESS_IN_USE, "another server answers at %s", path);
      return FALSE;
    }

  g_unlink (path);
  return TRUE;
}

/* libsoup keeps connections alive only while it has a listener of its own. It gets one that nobody can reach: its name
 * is gone before it listens. */
static gboolean
listen_nowhere (PracticeHttp *http, GError **error)
{
  g_autofree char *folder = g_dir_make_tmp ("reception-XXXXXX", error);
  g_autofree char *path = folder != NULL ? g_build_filename (folder, "s", NULL) : NULL;
  g_autoptr (GSocketAddress) address = path != NULL ? g_unix_socket_address_new (path) : NULL;
  g_autoptr (GSocket) socket = NULL;
  gboolean bound;

  if (folder == NULL)
    return FALSE;

  socket = g_socket_new (G_SOCKET_FAMILY_UNIX, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_DEFAULT, error);
  bound = socket != NULL && g_socket_bind (socket, address, FALSE, error);
  g_unlink (path);
  g_rmdir (folder);
  return bound && g_socket_listen (socket, error) && soup_server_listen_socket (http->server, socket, 0, error);
}

/* Connections are accepted here and handed to libsoup: the sweeper needs to know them (see there). libsoup would also let ten of them wait only; a Unix socket refuses the eleventh of a busy moment outright. */
static GSocket *
listen_at (PracticeHttp *http, GSocketAddress *address, GError **error)
{
  g_autoptr (GSocket) socket = g_socket_new (g_socket_address_get_family (address), G_SOCKET_TYPE_STREAM,
                                             G_SOCKET_PROTOCOL_DEFAULT, error);

  if (socket == NULL)
    return NULL;

  g_socket_set_listen_backlog (socket, LISTEN_BACKLOG);
  if (!g_socket_bind (socket, address, TRUE, error) || !g_socket_listen (socket, error)
      || !g_socket_listener_add_socket (G_SOCKET_LISTENER (http->service), socket, NULL, error)
      || !listen_nowhere (http, error))
    return NULL;
  return g_steal_pointer (&socket);
}

gboolean
practice_http_listen_socket (PracticeHttp *http, const char *path, GError **error)
{
  g_autoptr (GSocketAddress) address = g_unix_socket_address_new (path);
  g_autoptr (GSocket) socket = NULL;
  mode_t before;

  if (!remove_stale_socket (path, address, error))
    return FALSE;

  /* The file has its mode from the first moment on. */
  before = umask (0177);
  socket = listen_at (http, address, error);
  umask (before);
  if (socket == NULL)
    return FALSE;

  http->socket_path = g_strdup (path);
  http->address = g_strconcat ("unix:", path, NULL);
  return TRUE;
}

gboolean
practice_http_listen_port (PracticeHttp *http, guint16 port, const char *token, GError **error)
{
  g_autoptr (GSocketAddress) wanted = g_inet_socket_address_new_from_string ("127.0.0.1", port);
  g_autoptr (GSocketAddress) given = NULL;
  g_autoptr (GSocket) socket = NULL;

  g_return_val_if_fail (token != NULL, FALSE);

  socket = listen_at (http, wanted, error);
  given = socket != NULL ? g_socket_get_local_address (socket, error) : NULL;
  if (given == NULL)
    return FALSE;

  http->address = g_strdup_printf ("http://127.0.0.1:%u" BASE_PATH,
                                   g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (given)));
  http->token = g_strdup (token);
  return TRUE;
}

const char *
practice_http_get_address (PracticeHttp *http)
{
  return http->address;
}
