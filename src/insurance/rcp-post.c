/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "rcp-insurance"

#include "rcp-post.h"

#include "insurance/rcp-core-envelope.h"

#define READ_BYTES (64 * 1024)

typedef struct
{
  SoupMessage *message;
  GInputStream *stream;
  GByteArray *body;
  GCancellable *attempt; /* ended by the deadline, and by the caller's own */
  GSource *deadline;
  gulong on_cancel;
  gboolean is_late;
} Post;

static void
post_free (gpointer data)
{
  Post *self = data;

  g_clear_object (&self->message);
  g_clear_object (&self->stream);
  g_clear_object (&self->attempt);
  g_clear_pointer (&self->body, g_byte_array_unref);
  g_free (self);
}

void
rcp_posted_free (RcpPosted *self)
{
  g_free (self->content_type);
  g_clear_pointer (&self->body, g_bytes_unref);
  g_free (self);
}

/* The deadline holds the task. */
static void
stop_waiting (GTask *task)
{
  Post *self = g_task_get_task_data (task);

  if (self->deadline)
    g_source_destroy (self->deadline);
  g_clear_pointer (&self->deadline, g_source_unref);
  if (self->on_cancel != 0)
    g_cancellable_disconnect (g_task_get_cancellable (task), self->on_cancel);
  self->on_cancel = 0;
}

static void
fail (GTask *task, GError *error)
{
  Post *self = g_task_get_task_data (task);

  stop_waiting (task);
  if (self->is_late)
    {
      g_clear_error (&error);
      error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_TIMED_OUT, "No answer in time");
    }
  g_task_return_error (task, error);
}

static guint
read_retry_after (SoupMessage *message)
{
  const char *text = soup_message_headers_get_one (soup_message_get_response_headers (message), "Retry-After");
  guint64 seconds;

  return text && g_ascii_string_to_unsigned (text, 10, 0, 3600, &seconds, NULL) ? (guint) seconds * 1000 : 0;
}

static void
succeed (GTask *task)
{
  Post *self = g_task_get_task_data (task);
  RcpPosted *posted = g_new0 (RcpPosted, 1);

  stop_waiting (task);
  posted->status = soup_message_get_status (self->message);
  /* With its parameters: the boundary is one. */
  posted->content_type = g_strdup (soup_message_headers_get_one (soup_message_get_response_headers (self->message), "Content-Type"));
  posted->retry_after_ms = read_retry_after (self->message);
  posted->body = g_byte_array_free_to_bytes (g_steal_pointer (&self->body));
  g_task_return_pointer (task, posted, (GDestroyNotify) rcp_posted_free);
}

static void
on_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Post *self = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GBytes) bytes = g_input_stream_read_bytes_finish (G_INPUT_STREAM (source), result, &error);

  if (bytes == NULL)
    fail (task, error);
  else if (g_bytes_get_size (bytes) == 0)
    succeed (task);
  else if (self->body->len + g_bytes_get_size (bytes) > RCP_CORE_LONGEST)
    fail (task, g_error_new_literal (RCP_CORE_ERROR, RCP_CORE_ERROR_TOO_LONG, "The answer is too long"));
  else
    {
      g_byte_array_append (self->body, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
      g_input_stream_read_bytes_async (self->stream, READ_BYTES, G_PRIORITY_DEFAULT, self->attempt, on_read_cb, g_object_ref (task));
    }
}

static void
on_sent_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Post *self = g_task_get_task_data (task);
  GError *error = NULL;

  self->stream = soup_session_send_finish (SOUP_SESSION (source), result, &error);
  if (self->stream == NULL)
    fail (task, error);
  else
    g_input_stream_read_bytes_async (self->stream, READ_BYTES, G_PRIORITY_DEFAULT, self->attempt, on_read_cb, g_object_ref (task));
}

static gboolean
on_deadline_cb (gpointer user_data)
{
  Post *self = g_task_get_task_data (user_data);

  self->is_late = TRUE;
  g_cancellable_cancel (self->attempt);
  return G_SOURCE_REMOVE;
}

static void
on_cancelled_cb (GCancellable *cancellable, gpointer attempt)
{
  g_cancellable_cancel (attempt);
}

/**
 * rcp_post_async:
 * @body: may hold a password and patients' data: it is never logged
 * @timeout_ms: until the last byte is there
 *
 * A redirection is an answer like any other: neither data nor password go where the clinic did not send them.
 */
void
rcp_post_async (SoupSession *session, const char *url, const char *content_type, GBytes *body, guint timeout_ms, GCancellable *cancellable,
                GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = NULL;
  Post *self;

  g_return_if_fail (SOUP_IS_SESSION (session));
  g_return_if_fail (url != NULL && content_type != NULL && body != NULL);

  task = g_task_new (session, cancellable, callback, user_data);
  g_task_set_source_tag (task, rcp_post_async);
  self = g_new0 (Post, 1);
  g_task_set_task_data (task, self, post_free);
  self->message = soup_message_new ("POST", url);
  if (self->message == NULL)
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "Not an address");
      return;
    }
  self->body = g_byte_array_new ();
  self->attempt = g_cancellable_new ();
  soup_message_add_flags (self->message, SOUP_MESSAGE_NO_REDIRECT);
  soup_message_set_request_body_from_bytes (self->message, content_type, body);
  self->deadline = g_timeout_source_new (timeout_ms);
  g_source_set_callback (self->deadline, on_deadline_cb, g_object_ref (task), g_object_unref);
  g_source_attach (self->deadline, g_task_get_context (task));
  if (cancellable)
    self->on_cancel = g_cancellable_connect (cancellable, G_CALLBACK (on_cancelled_cb), g_object_ref (self->attempt), g_object_unref);
  soup_session_send_async (session, self->message, G_PRIORITY_DEFAULT, self->attempt, on_sent_cb, g_object_ref (task));
}

/* Returns: (transfer full): with any HTTP status; %NULL when nothing came, or G_IO_ERROR_TIMED_OUT */
RcpPosted *
rcp_post_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, rcp_post_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
