/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "fhir"

#include "fhir-exchange.h"

#include <string.h>

#include "fhir-error-private.h"
#include "fhir-outcome.h"
#include "fhir-parse.h"
#include "fhir-resource.h"

#define READ_BYTES (64 * 1024)
#define MAX_REDIRECTS 3
/* Longer than this no desk waits in front of a patient: then the caller decides. */
#define MAX_WAIT_MS (30 * 1000)

/* One request, from the first attempt to the last word. */
typedef struct
{
  FhirChannel *channel;
  FhirRequest *request;
  GSource *on_cancel; /* the caller's cancellable */
  GSource *wait;      /* back-off between two attempts */
  guint n_retries;
  guint n_redirects;

  /* Of the attempt under way. */
  SoupMessage *message;
  GCancellable *attempt;
  GSource *deadline;
  GByteArray *body;
  gboolean was_sent;
  gboolean has_headers; /* the reply begins to come */
  gboolean timed_out;
  gboolean is_stopped;
} Exchange;

static void start_attempt (GTask *task);

static void
clear_source (GSource **source)
{
  if (*source != NULL)
    g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}

static void
clear_attempt (Exchange *self)
{
  clear_source (&self->deadline);
  if (self->message != NULL)
    g_signal_handlers_disconnect_by_data (self->message, self);
  g_clear_object (&self->message);
  g_clear_object (&self->attempt);
  g_clear_pointer (&self->body, g_byte_array_unref);
}

static void
exchange_free (gpointer data)
{
  Exchange *self = data;

  clear_attempt (self);
  clear_source (&self->wait);
  clear_source (&self->on_cancel);
  fhir_request_free (self->request);
  fhir_channel_unref (self->channel);
  g_free (self);
}

/* Ends the exchange. The sources hold the task, so they must go before it is returned. */
static void
finish_with_error (GTask *task, GError *error, gboolean may_be_done)
{
  Exchange *self = g_task_get_task_data (task);

  clear_attempt (self);
  clear_source (&self->wait);
  clear_source (&self->on_cancel);
  if (may_be_done && self->request->repeat != FHIR_REPEAT_READ)
    fhir_error_mark_outcome_unknown (error);
  g_task_return_error (task, error);
}

static gboolean
on_wait_ended_cb (gpointer data)
{
  GTask *task = data;
  Exchange *self = g_task_get_task_data (task);

  g_clear_pointer (&self->wait, g_source_unref);
  start_attempt (task);
  return G_SOURCE_REMOVE;
}

/* Attaches @source to the context of the exchange. */
static void
attach (GTask *task, GSource *source, GSourceFunc callback)
{
  g_source_set_callback (source, callback, g_object_ref (task), g_object_unref);
  g_source_attach (source, g_task_get_context (task));
}

/* Sends once more, after @ms. */
static void
retry_after (GTask *task, guint ms)
{
  Exchange *self = g_task_get_task_data (task);

  clear_attempt (self);
  self->n_retries++;
  self->wait = g_timeout_source_new (ms);
  attach (task, self->wait, on_wait_ended_cb);
}

/* Doubles with every try, with a jitter so that the desks of a clinic do not come back all at once. */
static guint
backoff_ms (Exchange *self)
{
  guint64 ms = (guint64) self->channel->backoff_unit_ms << MIN (self->n_retries, 10u);

  if (ms > 1)
    ms = ms / 2 + (guint64) g_random_int_range (0, (gint32) MIN (ms / 2 + 1, G_MAXINT32 / 2));
  return (guint) MIN (ms, MAX_WAIT_MS);
}

/* What Retry-After says, in seconds or as a date (RFC 9110, section 10.2.3), capped; FALSE when it says nothing. */
static gboolean
read_retry_after (SoupMessage *message, guint *ms)
{
  const char *text = soup_message_headers_get_one (soup_message_get_response_headers (message), "Retry-After");
  g_autoptr (GDateTime) date = NULL;
  guint64 seconds;

  if (text == NULL)
    return FALSE;

  if (g_ascii_string_to_unsigned (text, 10, 0, G_MAXUINT32, &seconds, NULL))
    {
      *ms = (guint) MIN (seconds * 1000, MAX_WAIT_MS);
      return TRUE;
    }

  date = soup_date_time_new_from_http_string (text);
  if (date == NULL)
    return FALSE;

  *ms = (guint) CLAMP (g_date_time_to_unix (date) * 1000 - g_get_real_time () / 1000, 0, MAX_WAIT_MS);
  return TRUE;
}

/* Whether @status is worth another try, and after how long. */
static gboolean
wants_retry (Exchange *self, guint status, guint *ms)
{
  gboolean told = read_retry_after (self->message, ms);

  if (self->n_retries >= self->channel->max_retries)
    return FALSE;
  if (!told)
    *ms = backoff_ms (self);

  switch (status)
    {
    case 429:
      return TRUE;
    case 503:
      return told || self->request->repeat != FHIR_REPEAT_NEVER;
    case 502:
    case 504:
      return self->request->repeat != FHIR_REPEAT_NEVER;
    default:
      return FALSE;
    }
}

/* The connection failed or broke. */
static void
attempt_broke (GTask *task, const GError *reason)
{
  Exchange *self = g_task_get_task_data (task);
  gboolean was_sent = self->was_sent;
  GError *error;

  if (g_cancellable_is_cancelled (g_task_get_cancellable (task)))
    error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "Operation was cancelled");
  else if (self->timed_out)
    error = fhir_error_new_full (FHIR_ERROR_TIMEOUT, 0, NULL, NULL, "The server did not answer in time");
  else
    error = fhir_outcome_from_transport (reason);

  if (g_error_matches (error, FHIR_ERROR, FHIR_ERROR_NETWORK) && self->request->repeat != FHIR_REPEAT_NEVER
      && self->n_retries < self->channel->max_retries)
    {
      g_error_free (error);
      retry_after (task, backoff_ms (self));
      return;
    }

  finish_with_error (task, error, was_sent);
}

/* Whether the body claims to be JSON; no claim at all is let through to the parser. */
static gboolean
is_json (SoupMessage *message)
{
  const char *type = soup_message_headers_get_content_type (soup_message_get_response_headers (message), NULL);

  return type == NULL || strstr (type, "json") != NULL;
}

/* Ends the exchange well, with what the headers tell besides. Takes @reply. */
static void
finish_with_reply (GTask *task, FhirReply *reply)
{
  Exchange *self = g_task_get_task_data (task);
  SoupMessageHeaders *headers = soup_message_get_response_headers (self->message);

  reply->status = soup_message_get_status (self->message);
  reply->etag = g_strdup (soup_message_headers_get_one (headers, "ETag"));
  reply->location = g_strdup (soup_message_headers_get_one (headers, "Location"));
  reply->can_wait = soup_message_headers_header_contains (headers, "Preference-Applied", "wait");
  clear_attempt (self);
  clear_source (&self->on_cancel);
  g_task_return_pointer (task, reply, (GDestroyNotify) fhir_reply_free);
}

static void
on_parsed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Exchange *self = g_task_get_task_data (task);
  guint status = soup_message_get_status (self->message);
  g_autoptr (FhirReply) reply = g_new0 (FhirReply, 1);
  GError *error = NULL;

  if (self->request->wants_bundle)
    reply->bundle = fhir_parse_bundle_finish (result, &error);
  else
    reply->json = fhir_parse_finish (result, &error);
  if (error != NULL)
    {
      finish_with_error (task,
                         error->domain == FHIR_ERROR
                           ? fhir_error_new_full (FHIR_ERROR_BAD_REPLY, status, NULL, NULL, error->message)
                           : g_error_copy (error),
                         TRUE);
      g_error_free (error);
      return;
    }

  finish_with_reply (task, g_steal_pointer (&reply));
}

/* A 2xx came whole. */
static void
attempt_succeeded (GTask *task)
{
  Exchange *self = g_task_get_task_data (task);
  guint status = soup_message_get_status (self->message);
  g_autoptr (GBytes) bytes = NULL;

  clear_source (&self->deadline);
  if (self->body->len > 0 && !is_json (self->message))
    {
      finish_with_error (task, fhir_error_new_full (FHIR_ERROR_BAD_REPLY, status, NULL, NULL, "The reply is not FHIR JSON"),
                         TRUE);
      return;
    }

  if (self->body->len > 0)
    {
      bytes = g_byte_array_free_to_bytes (g_steal_pointer (&self->body));
      (self->request->wants_bundle ? fhir_parse_bundle_async : fhir_parse_async) (bytes, g_task_get_cancellable (task), on_parsed_cb,
                                                                                  g_object_ref (task));
      return;
    }

  finish_with_reply (task, g_new0 (FhirReply, 1));
}

/* A read goes along within its own origin; nothing else does, because the token would go with it. */
static void
attempt_redirected (GTask *task)
{
  Exchange *self = g_task_get_task_data (task);
  guint status = soup_message_get_status (self->message);
  const char *location = soup_message_headers_get_one (soup_message_get_response_headers (self->message), "Location");
  g_autoptr (GUri) target = NULL;

  if (self->request->repeat == FHIR_REPEAT_READ && location != NULL && self->n_redirects < MAX_REDIRECTS)
    target = fhir_channel_resolve_link (self->channel, location);

  if (target == NULL)
    {
      /* "See other" points at the result of what was done; all others say that it was not done here (RFC 9110, 15.4). */
      finish_with_error (task, fhir_error_new_full (FHIR_ERROR_BAD_REPLY, status, NULL, NULL, "The server sends elsewhere"),
                         status == 303);
      return;
    }

  self->n_redirects++;
  g_uri_unref (self->request->uri);
  self->request->uri = g_steal_pointer (&target);
  clear_attempt (self);
  start_attempt (task);
}

/* Whether a failure of a write leaves open what became of it: a gateway gave up, or whoever answered was not the FHIR
 * server. A FHIR server that says what went wrong has stored nothing. */
static gboolean
leaves_open (guint status, JsonObject *outcome)
{
  if (status == 502 || status == 504 || status == 408)
    return TRUE;

  return status >= 500 && g_strcmp0 (fhir_json_get_string (outcome, "resourceType"), "OperationOutcome") != 0;
}

/* Anything but a 2xx came whole. */
static void
attempt_refused (GTask *task)
{
  Exchange *self = g_task_get_task_data (task);
  guint status = soup_message_get_status (self->message);
  g_autoptr (JsonObject) outcome = NULL;
  g_autoptr (GBytes) bytes = NULL;
  guint ms = 0;

  if (wants_retry (self, status, &ms))
    {
      retry_after (task, ms);
      return;
    }

  bytes = g_byte_array_free_to_bytes (g_steal_pointer (&self->body));
  outcome = fhir_parse (bytes, NULL);
  finish_with_error (task, fhir_outcome_to_error (status, outcome), leaves_open (status, outcome));
}

static void
attempt_ended (GTask *task)
{
  Exchange *self = g_task_get_task_data (task);
  guint status = soup_message_get_status (self->message);

  if (status >= 200 && status < 300)
    attempt_succeeded (task);
  else if (status >= 300 && status < 400)
    attempt_redirected (task);
  else
    attempt_refused (task);
}

/* Whether less came than was promised. libsoup takes the end of the connection for the end of the body. */
static gboolean
is_cut (SoupMessage *message)
{
  SoupMessageHeaders *headers = soup_message_get_response_headers (message);
  SoupMessageMetrics *metrics = soup_message_get_metrics (message);

  if (soup_message_headers_get_encoding (headers) != SOUP_ENCODING_CONTENT_LENGTH || metrics == NULL)
    return FALSE;

  return soup_message_metrics_get_response_body_bytes_received (metrics)
         < (guint64) soup_message_headers_get_content_length (headers);
}

static void
on_bytes_read_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Exchange *self = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = g_input_stream_read_bytes_finish (G_INPUT_STREAM (source), result, &error);

  if (bytes == NULL)
    {
      attempt_broke (task, error);
      return;
    }

  if (g_bytes_get_size (bytes) == 0 && is_cut (self->message))
    {
      error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT, "The reply ended too early");
      attempt_broke (task, error);
      return;
    }

  if (g_bytes_get_size (bytes) == 0)
    {
      attempt_ended (task);
      return;
    }

  if (self->body->len + g_bytes_get_size (bytes) > self->channel->max_reply_bytes)
    {
      finish_with_error (task,
                         fhir_error_new_full (FHIR_ERROR_BAD_REPLY, soup_message_get_status (self->message), NULL, NULL,
                                              "The reply is larger than any record"),
                         TRUE);
      return;
    }

  g_byte_array_append (self->body, g_bytes_get_data (bytes, NULL), (guint) g_bytes_get_size (bytes));
  g_input_stream_read_bytes_async (G_INPUT_STREAM (source), READ_BYTES, G_PRIORITY_DEFAULT, self->attempt,
                                   on_bytes_read_cb, g_object_ref (task));
}

static void
on_headers_received_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GTask) task = user_data;
  Exchange *self = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GInputStream) stream = soup_session_send_finish (SOUP_SESSION (source), result, &error);

  if (stream == NULL)
    {
      attempt_broke (task, error);
      return;
    }

  if (self->is_stopped)
    g_cancellable_cancel (self->attempt);
  self->body = g_byte_array_new ();
  g_input_stream_read_bytes_async (stream, READ_BYTES, G_PRIORITY_DEFAULT, self->attempt, on_bytes_read_cb,
                                   g_object_ref (task));
}

static void
on_message_starting_cb (SoupMessage *message, gpointer user_data)
{
  Exchange *self = user_data;

  self->was_sent = TRUE;
  self->has_headers = FALSE; /* it also starts again by itself, on a new connection */
}

static void
on_headers_arrived_cb (SoupMessage *message, gpointer user_data)
{
  Exchange *self = user_data;

  self->has_headers = TRUE;
}

/* The server closed a kept connection just as the request went out, and libsoup begins again by itself. Where another
 * kept connection is free it does so before it has heard of the end of the first try, takes that for the end of the
 * second and lets go of the message twice (3.2.3 and 3.6: run_until_read_done()). A new connection takes long enough. */
static void
on_restarted_cb (SoupMessage *message, gpointer user_data)
{
  soup_message_add_flags (message, SOUP_MESSAGE_NEW_CONNECTION);
}

/* Breaks the attempt under way off. A message that is cancelled after its headers came and before they are handed to us,
 * libsoup lets go of twice (3.6.5: run_until_read_done() finishes it once more); then it is cancelled at the hand-over. */
static void
stop_attempt (Exchange *self)
{
  self->is_stopped = TRUE;
  if (!self->has_headers || self->body != NULL)
    g_cancellable_cancel (self->attempt);
}

static gboolean
on_deadline_reached_cb (gpointer data)
{
  Exchange *self = g_task_get_task_data (data);

  self->timed_out = TRUE;
  stop_attempt (self);
  return G_SOURCE_REMOVE;
}

static void
start_attempt (GTask *task)
{
  Exchange *self = g_task_get_task_data (task);

  self->message = fhir_request_make_message (self->request, self->channel->token);
  self->attempt = g_cancellable_new ();
  self->was_sent = FALSE;
  self->has_headers = FALSE;
  self->timed_out = FALSE;
  self->is_stopped = FALSE;
  g_signal_connect (self->message, "starting", G_CALLBACK (on_message_starting_cb), self);
  g_signal_connect (self->message, "got-headers", G_CALLBACK (on_headers_arrived_cb), self);
  g_signal_connect (self->message, "restarted", G_CALLBACK (on_restarted_cb), self);

  if (self->channel->timeout > 0)
    {
      self->deadline = g_timeout_source_new_seconds (self->channel->timeout);
      attach (task, self->deadline, on_deadline_reached_cb);
    }

  self->channel->n_requests++;
  soup_session_send_async (self->channel->session, self->message, G_PRIORITY_DEFAULT, self->attempt,
                           on_headers_received_cb, g_object_ref (task));
}

/* The caller lost interest: the attempt under way ends by itself, a wait is ended here. */
static gboolean
on_cancelled_cb (GCancellable *cancellable, gpointer data)
{
  GTask *task = data;
  Exchange *self = g_task_get_task_data (task);

  if (self->wait != NULL)
    finish_with_error (task, g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, "Operation was cancelled"), FALSE);
  else if (self->attempt != NULL)
    stop_attempt (self);
  return G_SOURCE_REMOVE;
}

/**
 * fhir_exchange_async:
 * @channel: where to
 * @request: (transfer full): what to send
 * @cancellable: (nullable): cancels it, also between two attempts
 * @callback: called with the result
 * @user_data: passed on
 *
 * Sends @request as often as its #FhirRepeat and the channel's patience allow.
 */
void
fhir_exchange_async (FhirChannel *channel, FhirRequest *request, GCancellable *cancellable,
                     GAsyncReadyCallback callback, gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, user_data);
  Exchange *self = g_new0 (Exchange, 1);

  g_task_set_source_tag (task, fhir_exchange_async);
  g_task_set_task_data (task, self, exchange_free);
  self->channel = fhir_channel_ref (channel);
  self->request = request;

  if (request->uri == NULL)
    {
      g_task_return_new_error (task, FHIR_ERROR, FHIR_ERROR_FAILED, "The address cannot be asked");
      return;
    }
  if (g_task_return_error_if_cancelled (task))
    return;

  if (cancellable != NULL)
    {
      self->on_cancel = g_cancellable_source_new (cancellable);
      attach (task, self->on_cancel, G_SOURCE_FUNC (on_cancelled_cb));
    }
  start_attempt (task);
}

FhirReply *
fhir_exchange_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
