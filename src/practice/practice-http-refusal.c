/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "practice-http"

#include "practice-http-refusal.h"

#include <string.h>

/* A connection that is closed on bytes that nobody read is reset, and the answer is lost with it. So a small body is
 * read off and forgotten; who goes on after that has to live without the answer. */
#define MOST_FORGOTTEN (256 * 1024)
#define PATIENCE_SECONDS 2
#define CHUNK 16384

typedef struct
{
  SoupServerMessage *message; /* until its connection is taken */
  char *answer;
  GIOStream *stream;
  GCancellable *cancellable;
  guint timer;
  gsize forgotten;
  guint8 chunk[CHUNK];
} Refusal;

static void
refusal_free (Refusal *refusal)
{
  g_clear_handle_id (&refusal->timer, g_source_remove);
  if (refusal->stream != NULL)
    g_io_stream_close (refusal->stream, NULL, NULL);
  g_clear_object (&refusal->stream);
  g_clear_object (&refusal->cancellable);
  g_free (refusal->answer);
  g_free (refusal);
}

static void read_off (Refusal *refusal);

static void
on_chunk_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Refusal *refusal = user_data;
  gssize n = g_input_stream_read_finish (G_INPUT_STREAM (source), result, NULL);

  refusal->forgotten += MAX (n, 0);
  if (n > 0 && refusal->forgotten < MOST_FORGOTTEN)
    read_off (refusal);
  else
    refusal_free (refusal);
}

static void
read_off (Refusal *refusal)
{
  g_input_stream_read_async (g_io_stream_get_input_stream (refusal->stream), refusal->chunk, CHUNK, G_PRIORITY_LOW,
                             refusal->cancellable, on_chunk_read_cb, refusal);
}

static void
on_answer_written_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Refusal *refusal = user_data;

  if (!g_output_stream_write_all_finish (G_OUTPUT_STREAM (source), result, NULL, NULL))
    {
      refusal_free (refusal);
      return;
    }

  if (G_IS_SOCKET_CONNECTION (refusal->stream))
    g_socket_shutdown (g_socket_connection_get_socket (G_SOCKET_CONNECTION (refusal->stream)), FALSE, TRUE, NULL);
  read_off (refusal);
}

static gboolean
on_patience_lost_cb (gpointer user_data)
{
  Refusal *refusal = user_data;

  refusal->timer = 0;
  g_cancellable_cancel (refusal->cancellable);
  return G_SOURCE_REMOVE;
}

/* Not from within libsoup's own reading. */
static gboolean
on_idle_cb (gpointer user_data)
{
  Refusal *refusal = user_data;

  refusal->stream = soup_server_message_steal_connection (refusal->message);
  g_clear_object (&refusal->message);
  refusal->timer = g_timeout_add_seconds (PATIENCE_SECONDS, on_patience_lost_cb, refusal);
  g_output_stream_write_all_async (g_io_stream_get_output_stream (refusal->stream), refusal->answer,
                                   strlen (refusal->answer), G_PRIORITY_DEFAULT, refusal->cancellable,
                                   on_answer_written_cb, refusal);
  return G_SOURCE_REMOVE;
}

gboolean
practice_refusal_has_body (SoupServerMessage *message)
{
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);
  SoupEncoding encoding = soup_message_headers_get_encoding (headers);

  return encoding == SOUP_ENCODING_CHUNKED
         || (encoding == SOUP_ENCODING_CONTENT_LENGTH && soup_message_headers_get_content_length (headers) > 0);
}

void
practice_refusal_send (SoupServerMessage *message, guint status, const char *challenge, const char *json)
{
  Refusal *refusal = g_new0 (Refusal, 1);

  refusal->message = g_object_ref (message);
  refusal->cancellable = g_cancellable_new ();
  refusal->answer = g_strdup_printf ("HTTP/1.1 %u %s\r\n%s%s%sContent-Type: application/fhir+json; charset=utf-8\r\n"
                                     "Content-Length: %zu\r\nConnection: close\r\n\r\n%s",
                                     status, soup_status_get_phrase (status),
                                     challenge != NULL ? "WWW-Authenticate: " : "", challenge != NULL ? challenge : "",
                                     challenge != NULL ? "\r\n" : "", strlen (json), json);
  soup_server_message_pause (message);
  g_idle_add (on_idle_cb, refusal);
}
