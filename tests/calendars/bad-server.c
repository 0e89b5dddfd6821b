/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "bad-server.h"

#include <string.h>

struct _BadServer
{
  GSocketService *service;
  char *address;
  char *answer;
  BadServer *next;
};

static BadServer *gone;

/* In a thread of each connection. */
static gboolean
on_run_cb (GThreadedSocketService *service, GSocketConnection *connection, GObject *source, BadServer *self)
{
  GInputStream *in = g_io_stream_get_input_stream (G_IO_STREAM (connection));
  GOutputStream *out = g_io_stream_get_output_stream (G_IO_STREAM (connection));
  g_autoptr (GString) request = g_string_new (NULL);
  char byte;

  /* Without an answer it reads until the other side has had enough. */
  while ((self->answer == NULL || strstr (request->str, "\r\n\r\n") == NULL) && g_input_stream_read (in, &byte, 1, NULL, NULL) == 1)
    g_string_append_c (request, byte);
  if (self->answer != NULL)
    g_output_stream_write_all (out, self->answer, strlen (self->answer), NULL, NULL, NULL);
  /* What was sent with the request is read too: a socket closed with bytes unread takes the answer with it. */
  g_socket_shutdown (g_socket_connection_get_socket (connection), FALSE, TRUE, NULL);
  while (g_input_stream_read (in, &byte, 1, NULL, NULL) == 1)
    ;
  return TRUE;
}

BadServer *
bad_server_new (const char *answer)
{
  BadServer *self = g_new0 (BadServer, 1);
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) parts = NULL;
  guint16 port;

  self->service = g_threaded_socket_service_new (10);
  port = g_socket_listener_add_any_inet_port (G_SOCKET_LISTENER (self->service), NULL, &error);
  g_assert_no_error (error);
  self->address = g_strdup_printf ("http://127.0.0.1:%u", port);
  if (answer != NULL)
    {
      parts = g_strsplit (answer, "%s", -1);
      self->answer = g_strjoinv (self->address, parts);
    }
  g_signal_connect (self->service, "run", G_CALLBACK (on_run_cb), self);
  return self;
}

void
bad_server_free (BadServer *self)
{
  g_socket_service_stop (self->service);
  g_socket_listener_close (G_SOCKET_LISTENER (self->service));
  g_object_unref (self->service);
  /* The threads of its connections may still look at the rest, which stays until the test ends. */
  self->next = gone;
  gone = self;
}

const char *
bad_server_get_address (BadServer *self)
{
  return self->address;
}
