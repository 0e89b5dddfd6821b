/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fault-server.h"

#include <string.h>

struct _FaultServer
{
  GSocketService *service;
  char *base_url;
  GQueue answers;      /* GBytes; an empty one is silence */
  GPtrArray *requests; /* text */
  GPtrArray *silent;   /* connections that are kept open without an answer */
};

/* One connection: read until the request is whole, then write the answer. */
typedef struct
{
  FaultServer *server;
  GSocketConnection *connection;
  GString *request;
  GBytes *answer;
  char buffer[16384];
} Visit;

static void
visit_free (Visit *visit)
{
  g_clear_object (&visit->connection);
  g_clear_pointer (&visit->answer, g_bytes_unref);
  g_string_free (visit->request, TRUE);
  g_free (visit);
}

static void
on_closed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Visit *visit = user_data;

  g_io_stream_close_finish (G_IO_STREAM (source), result, NULL);
  visit_free (visit);
}

static void
on_written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Visit *visit = user_data;

  /* The client may have gone before all of a large answer was written; that is what some tests want. */
  g_output_stream_write_all_finish (G_OUTPUT_STREAM (source), result, NULL, NULL);
  g_io_stream_close_async (G_IO_STREAM (visit->connection), G_PRIORITY_DEFAULT, NULL, on_closed_cb, visit);
}

/* Whether header and body are there, as far as Content-Length says. */
static gboolean
is_whole (const char *request, gsize length)
{
  const char *end = strstr (request, "\r\n\r\n");
  const char *header = strcasestr (request, "\r\nContent-Length:");
  guint64 expected = 0;

  if (end == NULL)
    return FALSE;
  if (header != NULL && header < end)
    expected = g_ascii_strtoull (header + strlen ("\r\nContent-Length:"), NULL, 10);

  return length >= (gsize) (end + 4 - request) + expected;
}

static void
answer (Visit *visit)
{
  FaultServer *self = visit->server;
  gsize length;
  const void *data;

  g_ptr_array_add (self->requests, g_strdup (visit->request->str));
  visit->answer = g_queue_pop_head (&self->answers);
  if (visit->answer == NULL)
    g_error ("The test did not say what to answer to request %u", self->requests->len);

  data = g_bytes_get_data (visit->answer, &length);
  if (length == 0)
    {
      g_ptr_array_add (self->silent, g_steal_pointer (&visit->connection));
      visit_free (visit);
      return;
    }

  g_output_stream_write_all_async (g_io_stream_get_output_stream (G_IO_STREAM (visit->connection)), data, length,
                                   G_PRIORITY_DEFAULT, NULL, on_written_cb, visit);
}

static void
on_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Visit *visit = user_data;
  gssize n = g_input_stream_read_finish (G_INPUT_STREAM (source), result, NULL);

  if (n <= 0)
    {
      visit_free (visit);
      return;
    }

  g_string_append_len (visit->request, visit->buffer, n);
  if (is_whole (visit->request->str, visit->request->len))
    answer (visit);
  else
    g_input_stream_read_async (G_INPUT_STREAM (source), visit->buffer, sizeof visit->buffer, G_PRIORITY_DEFAULT, NULL,
                               on_read_cb, visit);
}

static gboolean
on_incoming_cb (GSocketService *service, GSocketConnection *connection, GObject *source, gpointer user_data)
{
  Visit *visit = g_new0 (Visit, 1);

  visit->server = user_data;
  visit->connection = g_object_ref (connection);
  visit->request = g_string_new (NULL);
  g_input_stream_read_async (g_io_stream_get_input_stream (G_IO_STREAM (connection)), visit->buffer,
                             sizeof visit->buffer, G_PRIORITY_DEFAULT, NULL, on_read_cb, visit);
  return TRUE;
}

FaultServer *
fault_server_new (void)
{
  FaultServer *self = g_new0 (FaultServer, 1);
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) wanted = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GSocketAddress) address = NULL;
  g_autoptr (GError) error = NULL;

  g_queue_init (&self->answers);
  self->requests = g_ptr_array_new_with_free_func (g_free);
  self->silent = g_ptr_array_new_with_free_func (g_object_unref);
  self->service = g_socket_service_new ();
  g_socket_listener_add_address (G_SOCKET_LISTENER (self->service), wanted, G_SOCKET_TYPE_STREAM,
                                 G_SOCKET_PROTOCOL_TCP, NULL, &address, &error);
  g_assert_no_error (error);

  self->base_url = g_strdup_printf ("http://127.0.0.1:%u/fhir",
                                    g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (address)));
  g_signal_connect (self->service, "incoming", G_CALLBACK (on_incoming_cb), self);
  g_socket_service_start (self->service);
  return self;
}

void
fault_server_free (FaultServer *self)
{
  g_socket_service_stop (self->service);
  g_socket_listener_close (G_SOCKET_LISTENER (self->service));
  g_clear_object (&self->service);
  g_ptr_array_unref (self->silent);
  g_ptr_array_unref (self->requests);
  g_queue_clear_full (&self->answers, (GDestroyNotify) g_bytes_unref);
  g_free (self->base_url);
  g_free (self);
}

const char *
fault_server_get_base_url (FaultServer *self)
{
  return self->base_url;
}

void
fault_server_answer_raw (FaultServer *self, const void *data, gsize length)
{
  g_queue_push_tail (&self->answers, g_bytes_new (data, length));
}

static void
answer_part (FaultServer *self, guint status, const char *headers, const char *body, gsize n_bytes)
{
  g_autoptr (GString) text = g_string_new (NULL);

  g_string_append_printf (text, "HTTP/1.1 %u Answer\r\nConnection: close\r\n", status);
  if (headers == NULL || strcasestr (headers, "Content-Type:") == NULL)
    g_string_append (text, "Content-Type: application/fhir+json\r\n");
  if (headers != NULL)
    g_string_append (text, headers);
  g_string_append_printf (text, "Content-Length: %zu\r\n\r\n", strlen (body));
  g_string_append_len (text, body, (gssize) n_bytes);
  fault_server_answer_raw (self, text->str, text->len);
}

void
fault_server_answer (FaultServer *self, guint status, const char *headers, const char *body)
{
  answer_part (self, status, headers, body, strlen (body));
}

void
fault_server_answer_cut (FaultServer *self, guint status, const char *body, gsize n_bytes)
{
  g_assert_cmpuint (n_bytes, <, strlen (body));
  answer_part (self, status, NULL, body, n_bytes);
}

void
fault_server_answer_never (FaultServer *self)
{
  fault_server_answer_raw (self, "", 0);
}

guint
fault_server_get_n_requests (FaultServer *self)
{
  return self->requests->len;
}

const char *
fault_server_get_request (FaultServer *self, guint index)
{
  g_assert_cmpuint (index, <, self->requests->len);
  return g_ptr_array_index (self->requests, index);
}

guint
fault_server_get_n_left (FaultServer *self)
{
  return g_queue_get_length (&self->answers);
}
