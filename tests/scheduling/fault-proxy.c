/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fault-proxy.h"

#include <gio/gunixsocketaddress.h>
#include <json-glib/json-glib.h>
#include <string.h>

#include "soup-door.h"

struct _FaultProxy
{
  SoupDoor *door;
  SoupServer *server;
  SoupSession *session;
  char *socket;
  GArray *faults;
  guint n_transactions;
  guint n_passing;
  guint n_broken_reads;
  FaultHook hook;
  gpointer hook_data;
};

typedef struct
{
  Fault kind;
  guint argument;
} Step;

/* One request on its way through. */
typedef struct
{
  FaultProxy *proxy;
  SoupServerMessage *message;
  SoupMessage *forwarded;
  Step step;
} Passage;

static void
passage_free (Passage *self)
{
  self->proxy->n_passing--;
  g_clear_object (&self->message);
  g_clear_object (&self->forwarded);
  g_free (self);
}

/* Ends the connection after @bytes of @text; what libsoup writes afterwards goes nowhere. */
static void
hang_up (SoupServerMessage *message, const char *text, gsize bytes)
{
  GSocket *socket = soup_door_get_socket (message);

  for (gsize sent = 0; sent < bytes;)
    {
      gssize n = g_socket_send_with_blocking (socket, text + sent, bytes - sent, TRUE, NULL, NULL);

      /* A client that was ended meanwhile has hung up itself. */
      if (n <= 0)
        break;
      sent += (gsize)n;
    }
  g_socket_shutdown (socket, TRUE, TRUE, NULL);
  soup_server_message_set_status (message, 500, NULL);
  soup_server_message_unpause (message);
}

static void
answer (SoupServerMessage *message, guint status, const char *body, gsize length)
{
  soup_server_message_set_status (message, status, NULL);
  soup_server_message_set_response (message, "application/fhir+json", SOUP_MEMORY_COPY, body, length);
  soup_server_message_unpause (message);
}

static void
answer_outcome (SoupServerMessage *message, guint status, const char *code)
{
  g_autofree char *body = g_strdup_printf (
      "{\"resourceType\":\"OperationOutcome\",\"issue\":[{\"severity\":\"error\",\"code\":\"%s\"}]}", code);

  answer (message, status, body, strlen (body));
}

static void
replace (char **text, const char *from, const char *to)
{
  g_autoptr (GString) string = g_string_new (*text);

  g_string_replace (string, from, to, 1);
  g_free (*text);
  *text = g_string_free (g_steal_pointer (&string), FALSE);
}

static void
answer_cut (Passage *self, const char *body)
{
  g_autofree char *reply = g_strdup_printf (
      "HTTP/1.1 200 OK\r\nContent-Type: application/fhir+json\r\nContent-Length: %zu\r\n\r\n%s", strlen (body), body);

  hang_up (self->message, reply, MIN (self->step.argument, strlen (reply) - 1));
}

/* The record has answered. */
static void
on_forwarded_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  Passage *self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = soup_session_send_and_read_finish (SOUP_SESSION (source), result, &error);
  g_autofree char *body = NULL;
  const char *type;

  g_assert_no_error (error);
  /* Without a body there are no data: 304, when nothing has changed. */
  body = g_bytes_get_size (bytes) > 0 ? g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes)) : g_strdup ("");
  switch (self->step.kind)
    {
    case FAULT_LOSE_REPLY:
      hang_up (self->message, NULL, 0);
      break;
    case FAULT_CUT_REPLY:
      answer_cut (self, body);
      break;
    case FAULT_FALSE_FAILURE:
      replace (&body, "\"status\":\"201 Created\"", "\"status\":\"412 Precondition Failed\"");
      replace (&body, "\"status\":\"201\"", "\"status\":\"412\"");
      g_assert_nonnull (strstr (body, "412"));
      answer (self->message, 200, body, strlen (body));
      break;
    case FAULT_NOT_ATOMIC:
      replace (&body, "batch-response", "transaction-response");
      answer (self->message, 200, body, strlen (body));
      break;
    case FAULT_NO_FHIR:
      soup_server_message_set_status (self->message, 200, NULL);
      soup_server_message_set_response (self->message, "text/html", SOUP_MEMORY_STATIC, "<html>Sign in</html>", 20);
      soup_server_message_unpause (self->message);
      break;
    default:
      type = soup_message_headers_get_one (soup_message_get_response_headers (self->forwarded), "ETag");
      if (type != NULL)
        soup_message_headers_replace (soup_server_message_get_response_headers (self->message), "ETag", type);
      answer (self->message, soup_message_get_status (self->forwarded), body, strlen (body));
      break;
    }
  passage_free (self);
}

static void
copy_header (const char *name, const char *value, gpointer user_data)
{
  static const char *const kept[] = { "If-Match", "If-None-Exist", "Prefer", "Content-Type", "Accept", NULL };

  if (g_strv_contains (kept, name))
    soup_message_headers_replace (user_data, name, value);
}

static void
forward (Passage *self)
{
  GUri *uri = soup_server_message_get_uri (self->message);
  g_autofree char *path = g_uri_to_string (uri);
  SoupMessageBody *body = soup_server_message_get_request_body (self->message);
  g_autoptr (GBytes) bytes = soup_message_body_flatten (body);
  g_autofree char *text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));

  if (self->step.kind == FAULT_NOT_ATOMIC)
    replace (&text, "\"transaction\"", "\"batch\"");
  self->forwarded = soup_message_new (soup_server_message_get_method (self->message), path);
  soup_message_headers_foreach (soup_server_message_get_request_headers (self->message), copy_header,
                                soup_message_get_request_headers (self->forwarded));
  if (*text != '\0')
    {
      g_autoptr (GBytes) sent = g_bytes_new (text, strlen (text));

      soup_message_set_request_body_from_bytes (self->forwarded, "application/fhir+json", sent);
    }
  soup_session_send_and_read_async (self->proxy->session, self->forwarded, G_PRIORITY_DEFAULT, NULL, on_forwarded_cb,
                                    self);
}

static gboolean
on_late_cb (gpointer user_data)
{
  forward (user_data);
  return G_SOURCE_REMOVE;
}

/* As many entries as were sent, each made. */
static void
answer_false_yes (Passage *self)
{
  g_autoptr (GBytes) bytes = soup_message_body_flatten (soup_server_message_get_request_body (self->message));
  g_autofree char *text = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  g_autoptr (JsonNode) node = json_from_string (text, NULL);
  guint n_entries = json_array_get_length (json_object_get_array_member (json_node_get_object (node), "entry"));
  g_autoptr (GString) reply
      = g_string_new ("{\"resourceType\":\"Bundle\",\"type\":\"transaction-response\",\"entry\":[");

  for (guint i = 0; i < n_entries; i++)
    g_string_append_printf (reply, "%s{\"response\":{\"status\":\"201\",\"location\":\"Appointment/x%u/_history/1\"}}",
                            i > 0 ? "," : "", i);
  g_string_append (reply, "]}");
  answer (self->message, 200, reply->str, reply->len);
}

static void
pass (Passage *self)
{
  g_autofree char *seconds = g_strdup_printf ("%u", self->step.argument);

  switch (self->step.kind)
    {
    case FAULT_LOSE_REQUEST:
      hang_up (self->message, NULL, 0);
      break;
    case FAULT_FALSE_YES:
      answer_false_yes (self);
      break;
    case FAULT_TRY_AGAIN:
      answer_outcome (self->message, 409, "transient");
      break;
    case FAULT_TAKEN:
      answer_outcome (self->message, 409, "conflict");
      break;
    case FAULT_REFUSED:
      answer_outcome (self->message, self->step.argument, self->step.argument == 403 ? "forbidden" : "exception");
      break;
    case FAULT_THROTTLED:
      soup_message_headers_replace (soup_server_message_get_response_headers (self->message), "Retry-After", seconds);
      answer_outcome (self->message, 429, "throttled");
      break;
    case FAULT_LATE:
      g_timeout_add (self->step.argument, on_late_cb, self);
      return;
    default:
      forward (self);
      return;
    }
  passage_free (self);
}

static Step
take_step (FaultProxy *self)
{
  Step step = { FAULT_NONE, 0 };

  self->n_transactions++;
  if (self->faults->len > 0)
    {
      step = g_array_index (self->faults, Step, 0);
      g_array_remove_index (self->faults, 0);
    }
  return step;
}

static void
on_request_cb (SoupServer *server, SoupServerMessage *message, const char *path, GHashTable *query, gpointer user_data)
{
  FaultProxy *self = user_data;
  Passage *passage = g_new0 (Passage, 1);
  FaultHook hook = self->hook;
  gboolean is_post = g_strcmp0 (soup_server_message_get_method (message), "POST") == 0;
  gboolean is_change = g_strcmp0 (soup_server_message_get_method (message), "GET") != 0;

  passage->proxy = self;
  self->n_passing++;
  passage->message = g_object_ref (message);
  soup_server_message_pause (message);
  if (is_post && (g_strcmp0 (path, "/fhir") == 0 || g_strcmp0 (path, "/fhir/") == 0))
    passage->step = take_step (self);
  else if (!is_change && self->n_transactions > 0 && self->n_broken_reads > 0)
    {
      self->n_broken_reads--;
      passage->step.kind = FAULT_LOSE_REQUEST;
    }
  if (is_post && hook != NULL)
    {
      self->hook = NULL;
      hook (self->hook_data);
    }
  pass (passage);
}

FaultProxy *
fault_proxy_new (const char *folder, const char *record_socket)
{
  FaultProxy *self = g_new0 (FaultProxy, 1);
  g_autoptr (GSocketAddress) record = g_unix_socket_address_new (record_socket);
  g_autoptr (GSocketAddress) own = NULL;

  self->socket = g_build_filename (folder, "proxy", NULL);
  own = g_unix_socket_address_new (self->socket);
  self->faults = g_array_new (FALSE, FALSE, sizeof (Step));
  self->session = soup_session_new_with_options ("remote-connectable", record, NULL);
  self->server = soup_server_new (NULL, NULL);
  soup_server_add_handler (self->server, NULL, on_request_cb, self, NULL);
  self->door = soup_door_new (self->server, own);
  return self;
}

void
fault_proxy_settle (FaultProxy *self)
{
  while (self->n_passing > 0)
    g_main_context_iteration (NULL, TRUE);
}

void
fault_proxy_free (FaultProxy *self)
{
  fault_proxy_settle (self);
  g_clear_pointer (&self->door, soup_door_free);
  g_clear_object (&self->server);
  g_clear_object (&self->session);
  g_array_unref (self->faults);
  g_free (self->socket);
  g_free (self);
}

const char *
fault_proxy_get_socket (FaultProxy *self)
{
  return self->socket;
}

void
fault_proxy_push (FaultProxy *self, Fault fault, guint argument)
{
  Step step = { fault, argument };

  g_array_append_val (self->faults, step);
}

void
fault_proxy_set_hook (FaultProxy *self, FaultHook hook, gpointer user_data)
{
  self->hook = hook;
  self->hook_data = user_data;
}

void
fault_proxy_break_reads (FaultProxy *self, guint n_reads)
{
  self->n_broken_reads = n_reads;
}

guint
fault_proxy_get_n_transactions (FaultProxy *self)
{
  return self->n_transactions;
}
