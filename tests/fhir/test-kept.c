/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "await.h"
#include "soup-door.h"

#include <string.h>

/* Connections that are kept, one of which the server closes just as a request goes out on it. The machine is slow: the
 * next try finds its answer as soon as it has asked. */

#define N_CONNECTIONS 4
#define PATIENT "{\"resourceType\":\"Patient\",\"id\":\"%s\",\"meta\":{\"versionId\":\"1\"}}"

/* A server that keeps its connections, in a thread of its own. Each request has a path of its own. */
typedef struct
{
  GThread *thread;
  GMainContext *context;
  GMainLoop *loop;
  GAsyncQueue *doors; /* the address, once it listens */
  GMutex mutex;
  GHashTable *sockets; /* path of a request -> the server's end of its connection; below the mutex */
  GPtrArray *held;     /* requests that wait until each connection has one; of the thread */

  FhirClient *client;
  GHashTable *paths; /* the client's id of a connection -> path of its first request */
  gulong on_starting;
  gulong on_wrote;
  gulong on_restarted;
  guint n_asked;
  guint n_to_close; /* so many requests from now on lose their connection */
  guint n_restarted;
} Fixture;

/* Answers none of the first requests before all are there: so each opens a connection. */
static void
hold (Fixture *fixture, SoupServerMessage *message)
{
  soup_server_message_pause (message);
  g_ptr_array_add (fixture->held, g_object_ref (message));
  if (fixture->held->len < N_CONNECTIONS)
    return;

  g_ptr_array_foreach (fixture->held, (GFunc) soup_server_message_unpause, NULL);
  g_clear_pointer (&fixture->held, g_ptr_array_unref);
}

static void
on_request_cb (SoupServer *server, SoupServerMessage *message, const char *path, GHashTable *query, gpointer data)
{
  Fixture *fixture = data;
  char *body = g_strdup_printf (PATIENT, strrchr (path, '/') + 1);

  g_mutex_lock (&fixture->mutex);
  g_hash_table_insert (fixture->sockets, g_strdup (path), g_object_ref (soup_door_get_socket (message)));
  g_mutex_unlock (&fixture->mutex);
  if (fixture->held != NULL)
    hold (fixture, message);
  soup_server_message_set_status (message, 200, NULL);
  soup_server_message_set_response (message, "application/fhir+json", SOUP_MEMORY_TAKE, body, strlen (body));
}

/* libsoup keeps connections only while it listens by itself, here where nobody asks. */
static void
listen_apart (SoupServer *server, GSocketAddress *address)
{
  g_autoptr (GSocket) socket = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, NULL);

  g_assert_true (g_socket_bind (socket, address, TRUE, NULL));
  g_assert_true (g_socket_listen (socket, NULL));
  g_assert_true (soup_server_listen_socket (server, socket, 0, NULL));
}

static gpointer
serve (gpointer data)
{
  Fixture *fixture = data;
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new (loopback, 0);
  g_autoptr (SoupServer) server = NULL;
  SoupDoor *door;

  g_main_context_push_thread_default (fixture->context);
  server = soup_server_new (NULL, NULL);
  soup_server_add_handler (server, NULL, on_request_cb, fixture, NULL);
  listen_apart (server, address);
  door = soup_door_new (server, address);
  g_async_queue_push (fixture->doors, soup_door_get_address (door));
  g_main_loop_run (fixture->loop);
  soup_door_free (door);
  g_main_context_pop_thread_default (fixture->context);
  return NULL;
}

/* A request has its connection, and nothing is written yet. */
static gboolean
on_starting_cb (GSignalInvocationHint *hint, guint n, const GValue *values, gpointer data)
{
  Fixture *fixture = data;
  SoupMessage *message = g_value_get_object (&values[0]);
  gpointer id = GSIZE_TO_POINTER (soup_message_get_connection_id (message));
  const char *path = g_hash_table_lookup (fixture->paths, id);

  if (path == NULL)
    g_hash_table_insert (fixture->paths, id, g_strdup (g_uri_get_path (soup_message_get_uri (message))));
  else if (fixture->n_to_close > 0)
    {
      fixture->n_to_close--;
      g_mutex_lock (&fixture->mutex);
      g_assert_true (g_socket_shutdown (g_hash_table_lookup (fixture->sockets, path), TRUE, TRUE, NULL));
      g_mutex_unlock (&fixture->mutex);
    }
  return TRUE;
}

static gboolean
on_restarted_cb (GSignalInvocationHint *hint, guint n, const GValue *values, gpointer data)
{
  ((Fixture *) data)->n_restarted++;
  return TRUE;
}

/* The answer comes while the asking has not returned. */
static gboolean
on_wrote_cb (GSignalInvocationHint *hint, guint n, const GValue *values, gpointer data)
{
  g_usleep (20 * 1000);
  return TRUE;
}

static gulong
listen_to (const char *signal, GSignalEmissionHook hook, Fixture *fixture)
{
  return g_signal_add_emission_hook (g_signal_lookup (signal, SOUP_TYPE_MESSAGE), 0, hook, fixture, NULL);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  GInetSocketAddress *address;
  g_autofree char *base_url = NULL;

  g_mutex_init (&fixture->mutex);
  fixture->paths = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  fixture->sockets = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  fixture->held = g_ptr_array_new_with_free_func (g_object_unref);
  fixture->context = g_main_context_new ();
  fixture->loop = g_main_loop_new (fixture->context, FALSE);
  fixture->doors = g_async_queue_new ();
  fixture->thread = g_thread_new ("server", serve, fixture);
  address = g_async_queue_pop (fixture->doors);
  base_url = g_strdup_printf ("http://127.0.0.1:%u/fhir", g_inet_socket_address_get_port (address));
  fixture->client = fhir_client_new (base_url);
  /* What libsoup does by itself is looked at, not what we repeat. */
  fhir_client_set_max_retries (fixture->client, 0);
  g_type_class_unref (g_type_class_ref (SOUP_TYPE_MESSAGE));
  fixture->on_starting = listen_to ("starting", on_starting_cb, fixture);
  fixture->on_wrote = listen_to ("wrote-body", on_wrote_cb, fixture);
  fixture->on_restarted = listen_to ("restarted", on_restarted_cb, fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_signal_remove_emission_hook (g_signal_lookup ("starting", SOUP_TYPE_MESSAGE), fixture->on_starting);
  g_signal_remove_emission_hook (g_signal_lookup ("wrote-body", SOUP_TYPE_MESSAGE), fixture->on_wrote);
  g_signal_remove_emission_hook (g_signal_lookup ("restarted", SOUP_TYPE_MESSAGE), fixture->on_restarted);
  g_assert_finalize_object (fixture->client);
  g_main_loop_quit (fixture->loop);
  g_thread_join (fixture->thread);
  g_async_queue_unref (fixture->doors);
  g_main_loop_unref (fixture->loop);
  g_main_context_unref (fixture->context);
  g_assert_null (fixture->held);
  g_hash_table_unref (fixture->sockets);
  g_hash_table_unref (fixture->paths);
  g_mutex_clear (&fixture->mutex);
}

/* Reads @n patients at once, each of which must come. */
static void
read_at_once (Fixture *fixture, guint n)
{
  GAsyncResult *results[N_CONNECTIONS] = { NULL };
  guint first = fixture->n_asked;

  for (guint i = 0; i < n; i++)
    {
      g_autofree char *reference = g_strdup_printf ("Patient/%u", fixture->n_asked++);

      fhir_client_read_async (fixture->client, reference, NULL, await_cb, &results[i]);
    }
  for (guint i = 0; i < n; i++)
    {
      g_autofree char *reference = g_strdup_printf ("Patient/%u", first + i);
      g_autoptr (FhirResource) resource = NULL;
      g_autoptr (GError) error = NULL;

      await_result (&results[i]);
      resource = fhir_client_read_finish (fixture->client, results[i], &error);
      g_assert_no_error (error);
      g_assert_cmpstr (fhir_resource_get_reference (resource), ==, reference);
      g_object_unref (results[i]);
    }
}

/* libsoup begins such a request again by itself, on the next connection that it kept. */
static void
test_closed (Fixture *fixture, gconstpointer data)
{
  read_at_once (fixture, N_CONNECTIONS);
  g_assert_cmpuint (g_hash_table_size (fixture->paths), ==, N_CONNECTIONS);

  for (guint i = 1; i < N_CONNECTIONS; i++)
    {
      fixture->n_to_close = 1;
      read_at_once (fixture, 1);
      g_assert_cmpuint (fixture->n_to_close, ==, 0);
      g_assert_cmpuint (fixture->n_restarted, ==, i);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/fhir/kept/closed", Fixture, NULL, set_up, test_closed, tear_down);
  return g_test_run ();
}
