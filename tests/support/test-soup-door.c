/* SPDX-License-Identifier: GPL-3.0-or-later */

/* A server of a test keeps no socket: soup-door.c, for canned-server.c and fault-proxy.c. */

#include "soup-door.h"

typedef struct
{
  SoupServer *server;
  SoupDoor *door;
  GSocket *seen; /* of the last client, while it lives */
  guint n_asked;
} Fixture;

static void
on_asked_cb (SoupServer *server, SoupServerMessage *message, const char *path, GHashTable *query, gpointer user_data)
{
  Fixture *fixture = user_data;

  g_set_weak_pointer (&fixture->seen, soup_door_get_socket (message));
  g_assert_true (G_IS_SOCKET (fixture->seen));
  fixture->n_asked++;
  soup_server_message_set_status (message, 200, NULL);
  soup_server_message_set_response (message, "text/plain", SOUP_MEMORY_STATIC, "yes", 3);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GSocketAddress) loopback = g_inet_socket_address_new_from_string ("127.0.0.1", 0);

  fixture->server = soup_server_new (NULL, NULL);
  soup_server_add_handler (fixture->server, NULL, on_asked_cb, fixture, NULL);
  fixture->door = soup_door_new (fixture->server, loopback);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_pointer (&fixture->door, soup_door_free);
  g_assert_finalize_object (fixture->server);
  g_assert_null (fixture->seen);
}

static void
on_answered_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) answer = soup_session_send_and_read_finish (SOUP_SESSION (source), result, &error);

  g_assert_no_error (error);
  g_assert_cmpmem (g_bytes_get_data (answer, NULL), g_bytes_get_size (answer), "yes", 3);
  *(gboolean *) user_data = TRUE;
}

static void
ask (SoupSession *session, SoupDoor *door)
{
  guint port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (soup_door_get_address (door)));
  g_autofree char *uri = g_strdup_printf ("http://127.0.0.1:%u/", port);
  g_autoptr (SoupMessage) message = soup_message_new ("GET", uri);
  gboolean is_answered = FALSE;

  soup_session_send_and_read_async (session, message, G_PRIORITY_DEFAULT, NULL, on_answered_cb, &is_answered);
  while (!is_answered)
    g_main_context_iteration (NULL, TRUE);
}

/* Also while the client still holds its end. */
static void
test_keeps_no_socket (Fixture *fixture, gconstpointer data)
{
  g_autoptr (SoupSession) session = soup_session_new ();

  for (guint i = 1; i <= 3; i++)
    {
      ask (session, fixture->door);
      g_assert_cmpuint (fixture->n_asked, ==, i);
    }
  g_clear_pointer (&fixture->door, soup_door_free);
  g_assert_null (fixture->seen);
}

static void
test_lets_nobody_in_when_closed (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GSocketAddress) address = g_object_ref (soup_door_get_address (fixture->door));
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GError) error = NULL;

  g_clear_pointer (&fixture->door, soup_door_free);
  g_assert_null (g_socket_client_connect (client, G_SOCKET_CONNECTABLE (address), NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CONNECTION_REFUSED);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add ("/support/soup-door/keeps-no-socket", Fixture, NULL, set_up, test_keeps_no_socket, tear_down);
  g_test_add ("/support/soup-door/lets-nobody-in-when-closed", Fixture, NULL, set_up, test_lets_nobody_in_when_closed, tear_down);
  return g_test_run ();
}
